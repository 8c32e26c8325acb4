"""What people keep of their own desks: how they left it and are spoken to, and the views that they saved under a title.

The arrangements in both are plain JSON, read tolerantly years later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import delete, func, insert, or_, select, update

from leadtui.domain.lead_fields import CHANNEL, NEED, answer_title, filtered_words, find_field, own_fields
from leadtui.domain.preferences import Preferences
from leadtui.domain.view import (
    AnswerFilter,
    Arrangement,
    Calls,
    ColumnChoice,
    FieldFilter,
    LeadFilter,
    Plan,
    SavedView,
    View,
    answer_sort,
    custom_sort,
)
from leadtui.domain.workspace import Definitions
from leadtui.language.calendar import Calendar
from leadtui.language.translate import Digits
from leadtui.store import changes, tables
from leadtui.store.column_types import (
    EARLIEST,
    LATEST,
    DamagedValue,
    json_text,
    microseconds,
    moment,
    read_json,
)
from leadtui.store.connection import WorkspaceConnection, insert_row

_state = tables.desk_state.c

_view = tables.saved_view.c

_MOST_CELLS = 200
_IDS = ("status_ids", "owner_ids", "channel_ids", "need_ids")
_BY_CHOICE = ((CHANNEL, "channel_ids", "without_channel"), (NEED, "need_ids", "without_need"))
"""The fields of which entries are chosen, with the parts of a filter that do it."""
_WORDS = tuple(place.part for _field, place in filtered_words())
_PREFERENCES, _SETTINGS = "preferences", "settings"
_FLAGS = ("without_status", "without_owner", "without_channel", "without_need", "owner_left", "never_rung")
_MOMENTS = (
    *("entered_from", "entered_before", "next_from", "next_before"),
    *("contacted_from", "contacted_before", "untouched_since"),
    *("first_call_from", "first_call_before", "last_call_from", "last_call_before"),
)
_CHOICES: Mapping[str, type[Plan] | type[Calls]] = {"plans": Plan, "calls": Calls}
_MOST_ATTEMPTS = 1_000


def find_state(tx: WorkspaceConnection, user_id: int) -> Any:
    """What was kept last, as JSON; None where nothing was."""
    return tx.connection.execute(
        select(_state.content).where(_state.workspace_id == tx.workspace_id, _state.user_id == user_id)
    ).scalar()


def find_preferences(tx: WorkspaceConnection, user_id: int) -> Preferences:
    """How the person wants to be spoken to; what is no language, calendar or digits by now is left out."""
    kept = _mapping(_mapping(find_state(tx, user_id)).get(_PREFERENCES))
    language, calendar, digits = (kept.get(name) for name in ("language", "calendar", "digits"))
    return Preferences(
        language if isinstance(language, str) else "",
        next((each for each in Calendar if each.value == calendar), None),
        next((each for each in Digits if each.value == digits), None),
        kept.get("in_tomans") is True,
    )


def put_preferences(tx: WorkspaceConnection, user_id: int, chosen: Preferences, at: datetime) -> None:
    """Keep how the person wants to be spoken to, beside how they left their desk. `at` is aware UTC."""
    said = {
        "language": chosen.language,
        "calendar": chosen.calendar.value if chosen.calendar else "",
        "digits": chosen.digits.value if chosen.digits else "",
        "in_tomans": chosen.in_tomans,
    }
    _put(tx, user_id, {**_mapping(find_state(tx, user_id)), _PREFERENCES: said}, at)


def find_settings(tx: WorkspaceConnection, user_id: int) -> Mapping[str, object]:
    """The settings that a person has no machine to keep on, by name, as they were kept."""
    return _mapping(_mapping(find_state(tx, user_id)).get(_SETTINGS))


def put_settings(tx: WorkspaceConnection, user_id: int, given: Mapping[str, object], at: datetime) -> None:
    """Keep these settings beside how the person left their desk. `at` is aware UTC."""
    _put(tx, user_id, {**_mapping(find_state(tx, user_id)), _SETTINGS: dict(given)}, at)


def put_state(tx: WorkspaceConnection, user_id: int, content: Mapping[str, Any], at: datetime) -> None:
    """Keep this in place of how the desk was kept before. `at` is aware UTC."""
    before = _mapping(find_state(tx, user_id))
    kept = {name: before[name] for name in (_PREFERENCES, _SETTINGS) if name in before}
    _put(tx, user_id, {**content, **kept}, at)


def _put(tx: WorkspaceConnection, user_id: int, content: Mapping[str, Any], at: datetime) -> None:
    changed = tx.connection.execute(
        update(tables.desk_state)
        .where(_state.workspace_id == tx.workspace_id, _state.user_id == user_id)
        .values(content=dict(content), saved_at=at)
    )
    if changed.rowcount == 0:
        tx.connection.execute(
            insert(tables.desk_state).values(
                workspace_id=tx.workspace_id, user_id=user_id, content=dict(content), saved_at=at
            )
        )


def views_seen_by(tx: WorkspaceConnection, definitions: Definitions, user_id: int) -> tuple[SavedView, ...]:
    """A person's own views and those of the team, in the order in which they were saved."""
    rows = tx.connection.execute(
        select(_view.id, _view.title, _view.user_id, _view.shared, _view.content)
        .where(
            _view.workspace_id == definitions.workspace.id,
            or_(_view.user_id == user_id, _view.shared.is_(True)),
        )
        .order_by(_view.position, _view.id)
    )
    return tuple(
        SavedView(
            row.id,
            row.title,
            row.user_id,
            row.shared,
            arrangement_from_json(row.content, definitions),
            _out_of_use(row.content, definitions),
        )
        for row in rows
    )


def unreadable_views(tx: WorkspaceConnection, user_id: int) -> tuple[str, ...]:
    """The titles of those views, as `views_seen_by` gives them, of which nothing can be read."""
    rows = tx.connection.execute(
        select(_view.title, _view.content)
        .where(_view.workspace_id == tx.workspace_id, or_(_view.user_id == user_id, _view.shared.is_(True)))
        .order_by(_view.position, _view.id)
    )
    return tuple(row.title for row in rows if not isinstance(row.content, dict))


def add_view(tx: WorkspaceConnection, view: SavedView) -> int:
    """Keep a new view after all others, and return its id."""
    last = tx.connection.execute(
        select(func.max(_view.position)).where(_view.workspace_id == tx.workspace_id)
    ).scalar()
    view_id = insert_row(
        tx.connection,
        tables.saved_view,
        workspace_id=tx.workspace_id,
        position=(last or 0) + 1,
        **_values(view),
    )
    changes.record(tx, "saved_view", [view_id])
    return view_id


def put_view(tx: WorkspaceConnection, view: SavedView, *, arranged: bool) -> None:
    """Keep the view in place of the one with its id; how it was arranged stays as it was kept, unless `arranged` anew."""
    values = _values(view)
    if not arranged:
        del values["content"]
    tx.connection.execute(
        update(tables.saved_view)
        .where(_view.workspace_id == tx.workspace_id, _view.id == view.id)
        .values(**values)
    )
    changes.record(tx, "saved_view", [view.id])


def remove_view(tx: WorkspaceConnection, view_id: int) -> None:
    """Forget the view."""
    tx.connection.execute(
        delete(tables.saved_view).where(_view.workspace_id == tx.workspace_id, _view.id == view_id)
    )
    changes.record(tx, "saved_view", [view_id])


def arrangement_to_json(arrangement: Arrangement) -> dict[str, Any]:
    """Everything that is not as it usually is."""
    view = arrangement.view
    return {
        "sort": str(view.sort),
        "descending": view.descending,
        "find": view.find,
        "filter": _filter_to_json(view.filter),
        "columns": [[each.key, each.shown, each.width] for each in arrangement.columns],
    }


def filter_text(chosen: LeadFilter) -> str:
    """What the filter lets through, as JSON; "" where that is everybody."""
    kept = _filter_to_json(chosen)
    return json_text(kept) if kept else ""


def filter_from_text(text: str, definitions: Definitions) -> LeadFilter:
    """The reverse of `filter_text`, as far as it can be read and is defined still."""
    try:
        return _filter_from_json(_mapping(read_json(text)), definitions)
    except DamagedValue:
        return LeadFilter()


def arrangement_from_json(kept: Any, definitions: Definitions) -> Arrangement:
    """The reverse of `arrangement_to_json`. What is not defined any more, or is no arrangement at all, is left out."""
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


def _out_of_use(kept: Any, definitions: Definitions) -> tuple[str, ...]:
    """The titles of the fields that an arrangement asks for and that are retired."""
    given = _mapping(kept)
    columns = [_list(each) for each in _list(given.get("columns"))]
    chosen = _mapping(given.get("filter"))
    asked = {
        str(given.get("sort")),
        *(str(each[0]) for each in columns if each[1:2] == [True]),
        *(custom_sort(str(_mapping(each).get("key"))) for each in _list(chosen.get("fields"))),
        *(answer_sort(each.status_id, each.wanted.key) for each in _answers_from_json(chosen)),
    }
    return (
        *(each.title for each in definitions.fields if each.retired and custom_sort(each.key) in asked),
        *(
            answer_title(status, each)
            for status in definitions.statuses
            for each in status.fields
            if (status.retired or each.retired) and answer_sort(status.id, each.key) in asked
        ),
    )


def _values(view: SavedView) -> dict[str, Any]:
    return {
        "user_id": view.user_id,
        "shared": view.shared,
        "title": view.title,
        "content": arrangement_to_json(view.arrangement),
    }


def _filter_to_json(chosen: LeadFilter) -> dict[str, Any]:
    kept: dict[str, Any] = {name: sorted(getattr(chosen, name)) for name in (*_IDS, *_WORDS, *_CHOICES)}
    kept["least_attempts"] = chosen.least_attempts
    kept |= {name: getattr(chosen, name) for name in _FLAGS}
    for name in _MOMENTS:
        at: datetime | None = getattr(chosen, name)
        kept[name] = None if at is None else microseconds(at)
    kept["fields"] = [_field_to_json(each) for each in chosen.fields]
    kept["answers"] = [{"status": each.status_id, **_field_to_json(each.wanted)} for each in chosen.answers]
    return {name: value for name, value in kept.items() if value not in ([], False, None)}


def _filter_from_json(kept: Mapping[str, Any], definitions: Definitions) -> LeadFilter:
    known = {
        "status_ids": {each.id for each in definitions.statuses},
        "owner_ids": {each.id for each in definitions.colleagues},
        "channel_ids": {each.id for each in definitions.channels},
        "need_ids": {each.id for each in definitions.needs},
    }
    values: dict[str, Any] = {
        name: frozenset(one for one in _list(kept.get(name)) if isinstance(one, int) and one in ids)
        for name, ids in known.items()
    }
    values |= {name: frozenset(str(word) for word in _list(kept.get(name))) for name in _WORDS}
    values |= dict.fromkeys(_hidden_parts(definitions), frozenset[Any]())
    values |= {name: kept.get(name) is True and name not in _hidden_flags(definitions) for name in _FLAGS}
    for name in _MOMENTS:
        at = kept.get(name)
        values[name] = moment(at) if isinstance(at, int) and EARLIEST <= at <= LATEST else None
    for name, kind in _CHOICES.items():
        words = _list(kept.get(name))
        values[name] = frozenset(each for each in kind if each.value in words)
    attempts = kept.get("least_attempts")
    values["least_attempts"] = attempts if isinstance(attempts, int) and 0 < attempts <= _MOST_ATTEMPTS else 0
    open_keys = {each.key for each in own_fields(definitions)}
    fields = [_field_from_json(_mapping(each)) for each in _list(kept.get("fields"))]
    values["fields"] = tuple(each for each in fields if each.key in open_keys and not each.empty)
    asked = {(status.id, field.key) for status in definitions.statuses for field in status.open_fields}
    values["answers"] = tuple(
        each
        for each in _answers_from_json(kept)
        if (each.status_id, each.wanted.key) in asked and not each.wanted.empty
    )
    return LeadFilter(**values)


def _hidden_parts(definitions: Definitions) -> Iterable[str]:
    """The parts of a filter that would go by fields that are hidden."""
    hidden = definitions.sight.hidden
    words = (place.part for field, place in filtered_words() if field.key in hidden)
    return (*words, *(part for key, part, _flag in _BY_CHOICE if key in hidden))


def _hidden_flags(definitions: Definitions) -> Collection[str]:
    return [flag for key, _part, flag in _BY_CHOICE if key in definitions.sight.hidden]


def _field_to_json(chosen: FieldFilter) -> dict[str, Any]:
    return {
        "key": chosen.key,
        "options": sorted(chosen.options),
        "least": chosen.least,
        "most": chosen.most,
        "contains": chosen.contains,
        **({"none": True} if chosen.none else {}),
    }


def _answers_from_json(kept: Mapping[str, Any]) -> list[AnswerFilter]:
    return [
        AnswerFilter(status_id, _field_from_json(_mapping(each)))
        for each in _list(kept.get("answers"))
        if isinstance(status_id := _mapping(each).get("status"), int)
    ]


def _field_from_json(kept: Mapping[str, Any]) -> FieldFilter:
    return FieldFilter(
        key=str(kept.get("key", "")),
        options=frozenset(str(each) for each in _list(kept.get("options"))),
        least=str(kept.get("least", "")),
        most=str(kept.get("most", "")),
        contains=str(kept.get("contains", "")),
        none=kept.get("none") is True,
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
