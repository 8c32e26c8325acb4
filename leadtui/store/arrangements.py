"""Arrangements of all customers as the store keeps them: plain JSON, read tolerantly years later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from leadtui.domain.lead_fields import filtered_words, find_field
from leadtui.domain.view import Arrangement, ColumnChoice, FieldFilter, LeadFilter, View
from leadtui.domain.workspace import Definitions
from leadtui.store.tables import microseconds, moment

_MOST_CELLS = 200
_IDS = ("status_ids", "owner_ids", "channel_ids", "need_ids")
_WORDS = tuple(place.part for _field, place in filtered_words())
_FLAGS = ("without_status", "without_owner", "without_need")
_MOMENTS = ("entered_from", "entered_before")


def to_json(arrangement: Arrangement) -> dict[str, Any]:
    """Everything that is not as it usually is."""
    view = arrangement.view
    return {
        "sort": str(view.sort),
        "descending": view.descending,
        "find": view.find,
        "filter": _filter_to_json(view.filter),
        "columns": [[each.key, each.shown, each.width] for each in arrangement.columns],
    }


def from_json(kept: Any, definitions: Definitions) -> Arrangement:
    """The reverse of `to_json`. What is not defined any more, or is no arrangement at all, is left out."""
    given = _mapping(kept)
    usual = View()
    sort = str(given.get("sort", usual.sort))
    known = _is_column(sort, definitions)
    return Arrangement(
        View(
            sort=sort if known else usual.sort,
            descending=bool(given.get("descending", usual.descending)) if known else usual.descending,
            filter=_filter_from_json(_mapping(given.get("filter")), definitions),
            find=str(given.get("find", "")),
        ),
        tuple(_columns_from_json(given.get("columns"), definitions)),
    )


def _filter_to_json(chosen: LeadFilter) -> dict[str, Any]:
    kept: dict[str, Any] = {name: sorted(getattr(chosen, name)) for name in (*_IDS, *_WORDS)}
    kept |= {name: getattr(chosen, name) for name in _FLAGS}
    for name in _MOMENTS:
        at: datetime | None = getattr(chosen, name)
        kept[name] = None if at is None else microseconds(at)
    kept["fields"] = [
        {
            "key": each.key,
            "options": sorted(each.options),
            "least": each.least,
            "most": each.most,
            "contains": each.contains,
        }
        for each in chosen.fields
    ]
    return {name: value for name, value in kept.items() if value not in ([], False, None)}


def _filter_from_json(kept: Mapping[str, Any], definitions: Definitions) -> LeadFilter:
    known = {
        "status_ids": {each.id for each in definitions.statuses},
        "owner_ids": {each.id for each in definitions.colleagues},
        "channel_ids": {each.id for each in definitions.channels},
        "need_ids": {each.id for each in definitions.needs},
    }
    values: dict[str, Any] = {
        name: frozenset(one for one in _list(kept.get(name)) if one in ids) for name, ids in known.items()
    }
    values |= {name: frozenset(str(word) for word in _list(kept.get(name))) for name in _WORDS}
    values |= {name: kept.get(name) is True for name in _FLAGS}
    for name in _MOMENTS:
        at = kept.get(name)
        values[name] = moment(at) if isinstance(at, int) else None
    open_keys = {each.key for each in definitions.open_fields}
    fields = [_field_from_json(_mapping(each)) for each in _list(kept.get("fields"))]
    values["fields"] = tuple(each for each in fields if each.key in open_keys and not each.empty)
    return LeadFilter(**values)


def _field_from_json(kept: Mapping[str, Any]) -> FieldFilter:
    return FieldFilter(
        key=str(kept.get("key", "")),
        options=frozenset(str(each) for each in _list(kept.get("options"))),
        least=str(kept.get("least", "")),
        most=str(kept.get("most", "")),
        contains=str(kept.get("contains", "")),
    )


def _columns_from_json(kept: Any, definitions: Definitions) -> list[ColumnChoice]:
    choices: dict[str, ColumnChoice] = {}
    for each in _list(kept):
        parts = _list(each)
        if len(parts) != 3 or not _is_column(str(parts[0]), definitions):
            continue
        width = parts[2] if isinstance(parts[2], int) and 1 <= parts[2] <= _MOST_CELLS else None
        choices[str(parts[0])] = ColumnChoice(str(parts[0]), parts[1] is True, width)
    return list(choices.values())


def _is_column(key: str, definitions: Definitions) -> bool:
    field = find_field(key, definitions)
    return field is not None and field.table is not None


def _mapping(value: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []
