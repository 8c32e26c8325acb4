"""Parts of a filter that no index answers: what a customer has in a column is looked at, one after the other."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, select

from leadtui.domain.field import FieldKind
from leadtui.domain.lead_fields import filtered_words
from leadtui.domain.view import FieldFilter, LeadFilter
from leadtui.language.text import sort_key
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.expressions import scanned

_lead = tables.lead.c

_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class ScanFilter:
    """One column, and what must hold for its value; each value is judged once, however many have it."""

    column: ColumnElement[Any]
    judge: Callable[[Any], bool]
    _known: dict[Any, bool] = field(default_factory=dict[Any, bool], compare=False)

    def fits(self, value: Any) -> bool:
        """Whether a customer with this value is let through."""
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = self.judge(value)
        return known


def scan_filters(tx: WorkspaceConnection, lead_filter: LeadFilter) -> list[ScanFilter]:
    """The parts of the filter that are set and have no index. By a field that is not defined nobody fits."""
    parts: list[ScanFilter] = []
    if lead_filter.need_ids or lead_filter.without_need:
        needs: set[int | None] = {*lead_filter.need_ids, *([None] if lead_filter.without_need else [])}
        parts.append(ScanFilter(_lead.need_id, needs.__contains__))
    for each, place in filtered_words():
        keys = lead_filter.word_keys(place.part)
        if keys and f"{each.column}_sort" not in _lead:
            column = _lead[each.column]
            parts.append(ScanFilter(column, lambda words, keys=keys: sort_key(words or "") in keys))
    wanted = [each for each in lead_filter.fields if not each.empty]
    if wanted:
        kinds = _kinds(tx)
        parts += [_by_field(each, kinds.get(each.key)) for each in wanted]
    return parts


def scan(tx: WorkspaceConnection, scan_filter: ScanFilter) -> array[int]:
    """The ids of all leads of the workspace that fit, in the order of the ids."""
    leads = select(_lead.id, scan_filter.column).where(scanned(_lead.workspace_id) == tx.workspace_id)
    fitting = array("q")
    last = 0
    while True:
        ids, values = tx.backend.read_pairs(
            tx.connection, leads.where(_lead.id > last).order_by(_lead.id).limit(_AT_ONCE)
        )
        if not ids:
            return fitting
        fitting.extend(one for one, value in zip(ids, values, strict=True) if scan_filter.fits(value))
        last = ids[-1]


def _by_field(wanted: FieldFilter, kind: FieldKind | None) -> ScanFilter:
    if kind is None:
        return ScanFilter(_lead.need_id, lambda _value: False)
    value = cast(_lead.custom[wanted.key].as_string(), Text)
    return ScanFilter(value, lambda text: wanted.fits(kind, _read(kind, text)))


def _read(kind: FieldKind, text: str | None) -> Any:
    """The value as it was kept, from the text that the database gives for it."""
    if text is None:
        return None
    if kind is FieldKind.YES_NO:
        return text in ("1", "true")
    if kind is FieldKind.CHOICES:
        try:
            return json.loads(text)
        except ValueError:  # it was a field of another kind once
            return text
    return text


def _kinds(tx: WorkspaceConnection) -> dict[str, FieldKind]:
    defined = tables.field.c
    rows = tx.connection.execute(
        select(defined.key, defined.kind).where(
            defined.workspace_id == tx.workspace_id, defined.status_id.is_(None)
        )
    )
    return {row.key: FieldKind(row.kind) for row in rows}
