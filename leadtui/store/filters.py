"""Which customers a filter and a find let through, as ids in no order."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, Text, and_, cast, false, or_, select

from leadtui.domain.field import FieldKind
from leadtui.domain.lead_fields import REACHING_KINDS, filtered_words
from leadtui.domain.view import CHOSEN_KINDS, RANGE_KINDS, AnswerFilter, Calls, FieldFilter, LeadFilter, Plan
from leadtui.domain.visibility import Visibility, without_numbers
from leadtui.domain.workspace import MemberState
from leadtui.language.text import search_key
from leadtui.store import tables
from leadtui.store.calls_made import first_call_at, last_call_at
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.do_not_call import forbidden
from leadtui.store.expressions import in_cartables_of, scanned
from leadtui.store.id_arrays import among
from leadtui.store.last_answers import answer_in, latest_answers
from leadtui.store.leads import AT_ONCE, of_ids
from leadtui.store.search import Find, find_ids, found_unhidden, seen_by, seen_ids, spelled_anywhere

FEW = 2_000
"""Up to so many leads it is quicker to go to each than to read the ids of all that fit a filter."""

_lead = tables.lead.c

_Condition: TypeAlias = "tuple[ColumnElement[bool], ...]"
"""One part of a filter: alternatives that exclude each other, each answered by one index."""


def found_ids(tx: WorkspaceConnection, find: Find, visibility: Visibility | None = None) -> array[int]:
    """The ids of the leads that are found by what is not hidden from a person with that visibility."""
    return find_ids(tx, find) if visibility is None else seen_ids(tx, find, visibility)


def fitting_ids(
    tx: WorkspaceConnection,
    lead_filter: LeadFilter,
    visibility: Visibility | None = None,
    members: array[int] | None = None,
) -> array[int] | None:
    """The ids, of `members` or of all, that fit and that a person with that visibility sees; None where all of all do.

    By what is hidden from the person nobody fits.
    """
    if visibility is not None and visibility.hides_filter(lead_filter):
        return array("q")
    conditions = [*_visible(visibility, lead_filter), *_conditions(lead_filter)]
    for place, condition in enumerate(conditions):
        if members is not None and len(members) <= FEW:
            members = _passing(tx, members, conditions[place:])
            break
        fitting = array("q")
        for alternative in condition:
            fitting += tx.backend.read_ids(
                tx.connection, select(_lead.id).where(_lead.workspace_id == tx.workspace_id, alternative)
            )
        members = fitting if members is None else among(members, fitting)
    looked_at = _looked_at(tx, lead_filter)
    if looked_at and members is not None and len(members) <= FEW:
        members = _passing(tx, members, [(and_(*looked_at),)])
    elif looked_at:
        everybody = select(_lead.id).where(scanned(_lead.workspace_id) == tx.workspace_id, *looked_at)
        fitting = tx.backend.read_ids(tx.connection, everybody)
        members = fitting if members is None else among(members, fitting)
    for part in scan_filters(tx, lead_filter, visibility):
        members = _scanned(tx, members, part)
    return members


def looks(tx: WorkspaceConnection, lead_filter: LeadFilter) -> bool:
    """Whether no index answers a part of the filter, so that each customer is looked at for it."""
    return bool(_looked_at(tx, lead_filter)) or bool(scan_filters(tx, lead_filter))


def fitting_among(
    tx: WorkspaceConnection,
    lead_filter: LeadFilter,
    find: Find,
    ids: Collection[int],
    visibility: Visibility | None = None,
) -> set[int]:
    """Those of `ids` that exist, fit both, and are seen."""
    if visibility is not None and visibility.hides_filter(lead_filter):
        return set()
    conditions = [
        *(or_(*condition) for condition in (*_visible(visibility, lead_filter), *_conditions(lead_filter))),
        *_looked_at(tx, lead_filter),
    ]
    if visibility is not None and not visibility.all_numbers:
        conditions.append(seen_by(tx, find, visibility))
    else:
        conditions += [spelled_anywhere(tx, each) for each in find.spellings]
    parts = scan_filters(tx, lead_filter, visibility)
    wanted = list(ids)
    fitting: set[int] = set()
    for start in range(0, len(wanted), AT_ONCE):
        some = of_ids(
            tx.workspace_id,
            wanted[start : start + AT_ONCE],
            _lead.id,
            _lead.search_key,
            *(part.column for part in parts),
        )
        for one, text, *values in tx.connection.execute(some.where(*conditions)):
            scanned = zip(parts, values, strict=True)
            if find.matches(text) and all(part.fits(value) for part, value in scanned):
                fitting.add(one)
    if visibility is None:
        return fitting
    return set(found_unhidden(tx, find, array("q", fitting), visibility))


def _scanned(tx: WorkspaceConnection, members: array[int] | None, part: ScanFilter) -> array[int]:
    if members is None or len(members) > FEW:
        fitting = scan(tx, part)
        return fitting if members is None else among(members, fitting)
    pairs = tx.connection.execute(of_ids(tx.workspace_id, members, _lead.id, part.column))
    return array("q", (one for one, value in pairs if part.fits(value)))


def _passing(tx: WorkspaceConnection, ids: Collection[int], conditions: list[_Condition]) -> array[int]:
    passing = of_ids(tx.workspace_id, ids, _lead.id).where(*(or_(*condition) for condition in conditions))
    return array("q", tx.connection.execute(passing).scalars())


def _visible(visibility: Visibility | None, lead_filter: LeadFilter) -> list[_Condition]:
    """The cartables of which they see customers, or where they ask for what is hidden of some, see that."""
    if visibility is None:
        return []
    asks_for_hidden = not visibility.all_numbers and any(
        each.key in visibility.reaching_keys for each in lead_filter.fields if not each.empty
    )
    owners = visibility.reached if asks_for_hidden else visibility.customers
    return [] if owners is None else [(in_cartables_of(_lead.owner_id, owners),)]


def _conditions(lead_filter: LeadFilter) -> list[_Condition]:
    """The parts that are set; first those that usually leave fewest."""
    conditions = [
        _among(_lead.owner_id, lead_filter.owner_ids, lead_filter.without_owner),
        *_words(lead_filter),
        _between(_lead.entered_at, lead_filter.entered_from, lead_filter.entered_before),
        _between(_lead.next_at, lead_filter.next_from, lead_filter.next_before),
        _among(_lead.channel_latest_id, lead_filter.channel_ids, lead_filter.without_channel),
        _among(_lead.status_id, lead_filter.status_ids, lead_filter.without_status),
    ]
    return [condition for condition in conditions if condition]


def _words(lead_filter: LeadFilter) -> list[_Condition]:
    """Of the words that have an index of their keys; `looking` is for the others."""
    chosen = [(f"{each.column}_key", lead_filter.word_keys(place.part)) for each, place in filtered_words()]
    return [(_lead[column].in_(keys),) for column, keys in chosen if keys and column in _lead]


def _among(column: Column[int], chosen: Collection[int], without: bool = False) -> _Condition:
    """Two alternatives, for SQLite joins an OR over one index less well than two statements."""
    return ((column.in_(sorted(chosen)),) if chosen else ()) + ((column.is_(None),) if without else ())


def _between(column: ColumnElement[Any], least: datetime | None, before: datetime | None) -> _Condition:
    bounds: list[ColumnElement[bool]] = []
    if least is not None:
        bounds.append(column >= least)
    if before is not None:
        bounds.append(column < before)
    return (and_(*bounds),) if bounds else ()


def _looked_at(tx: WorkspaceConnection, lead_filter: LeadFilter) -> list[ColumnElement[bool]]:
    """What no index answers, all of which must hold: each lead is looked at once for all of it."""
    chosen = lead_filter
    conditions = [
        *_between(_lead.contacted_at, chosen.contacted_from, chosen.contacted_before),
        *_between(first_call_at(), chosen.first_call_from, chosen.first_call_before),
        *_between(last_call_at(), chosen.last_call_from, chosen.last_call_before),
    ]
    if chosen.never_rung:
        conditions.append(last_call_at().is_(None))
    since = chosen.untouched_since
    if since is not None:
        worked = (_lead.contacted_at, _lead.status_at, _lead.owner_at)
        conditions += [_lead.entered_at < since, *(or_(each.is_(None), each < since) for each in worked)]
    if chosen.least_attempts > 0:
        conditions.append(_lead.attempts >= chosen.least_attempts)
    if chosen.owner_left:
        member = tables.membership.c
        left = select(member.user_id).where(
            member.workspace_id == tx.workspace_id, member.state == MemberState.GONE.value
        )
        conditions.append(_lead.owner_id.in_(left))
    if chosen.plans:
        conditions.append(and_(_lead.owner_id.is_not(None), or_(*_planned(chosen))))
    if chosen.need_ids or chosen.without_need:
        conditions.append(or_(*_among(_lead.need_id, chosen.need_ids, chosen.without_need)))
    if len(chosen.calls) == 1:
        conditions.append(forbidden() if Calls.FORBIDDEN in chosen.calls else ~forbidden())
    return conditions


def _planned(chosen: LeadFilter) -> list[ColumnElement[bool]]:
    """The alternatives of what is planned."""
    nothing = _lead.next_at.is_(None)
    at = chosen.overdue_at
    alternatives = {
        Plan.OVERDUE: false() if at is None else _lead.next_at <= at,
        Plan.NOTHING: and_(nothing, _lead.contacted_at.is_not(None)),
        Plan.NEVER_CALLED: and_(nothing, _lead.contacted_at.is_(None)),
    }
    return [alternatives[each] for each in Plan if each in chosen.plans]


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


def scan_filters(
    tx: WorkspaceConnection, lead_filter: LeadFilter, visibility: Visibility | None = None
) -> list[ScanFilter]:
    """The parts of the filter that are set and have no index. By a field that is not defined nobody fits.

    Where numbers of some are hidden from the person, those within words are looked at in nobody's.
    """
    parts: list[ScanFilter] = []
    for each, place in filtered_words():
        keys = lead_filter.word_keys(place.part)
        if keys and f"{each.column}_key" not in _lead:
            column = _lead[each.column]
            parts.append(ScanFilter(column, lambda words, keys=keys: search_key(words or "") in keys))
    wanted = [each for each in lead_filter.fields if not each.empty]
    answers = [each for each in lead_filter.answers if not each.wanted.empty]
    if wanted or answers:
        kinds = _kinds(tx)
        numbers = visibility is None or visibility.all_numbers
        parts += [
            _by_answer(each, kinds.get((each.status_id, each.wanted.key)), numbers=numbers)
            for each in answers
        ]
        parts += [_by_field(each, kinds.get((None, each.key)), numbers=numbers) for each in wanted]
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


def _by_field(wanted: FieldFilter, kind: FieldKind | None, *, numbers: bool) -> ScanFilter:
    if kind is None:
        return ScanFilter(_lead.need_id, lambda _value: False)
    value = cast(_lead.custom[wanted.key].as_string(), Text)
    if not numbers and kind not in RANGE_KINDS | CHOSEN_KINDS:
        return ScanFilter(value, lambda text: wanted.fits(kind, without_numbers(text or "")))
    return ScanFilter(value, lambda text: wanted.fits(kind, _read(kind, text)))


def _by_answer(asked: AnswerFilter, kind: FieldKind | None, *, numbers: bool) -> ScanFilter:
    if kind is None:
        return ScanFilter(_lead.need_id, lambda _value: False)
    last = latest_answers(asked.status_id)
    if not numbers and kind in REACHING_KINDS:
        # Nobody is found by what is hidden, and asking for whoever has nothing would tell who has something.
        return ScanFilter(last, lambda _answers: False)

    def fits(answers: str | None) -> bool:
        if answers is None:
            return False
        answer = answer_in(answers, asked.wanted.key)
        value = None if answer is None else answer.value
        hides = not numbers and kind not in RANGE_KINDS | CHOSEN_KINDS
        return asked.wanted.fits(kind, without_numbers(str(value or "")) if hides else value)

    return ScanFilter(last, fits)


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


def _kinds(tx: WorkspaceConnection) -> dict[tuple[int | None, str], FieldKind]:
    """The kinds of the fields, by the status that asks for them (None: those of leads) and their keys."""
    defined = tables.field.c
    rows = tx.connection.execute(
        select(defined.status_id, defined.key, defined.kind).where(defined.workspace_id == tx.workspace_id)
    )
    return {(row.status_id, row.key): FieldKind(row.kind) for row in rows}
