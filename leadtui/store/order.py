"""All customers in order: a million ids as one array, or the first few of them at once."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    null,
    select,
    type_coerce,
)

from leadtui.domain.field import AnswerValue, FieldKind
from leadtui.domain.lead_fields import BuiltInKind, LeadField, built_in
from leadtui.domain.view import answer_key, custom_key
from leadtui.domain.visibility import Owners, Visibility
from leadtui.domain.workspace import MemberState
from leadtui.language.collation import sort_key
from leadtui.language.text import search_key
from leadtui.store import tables
from leadtui.store.calls_made import first_call_at, last_call_at
from leadtui.store.column_types import microseconds
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.do_not_call import forbidden
from leadtui.store.expressions import in_cartables_of, scanned
from leadtui.store.id_arrays import Ranks, among, among_parts
from leadtui.store.last_answers import answer_in, latest_answers
from leadtui.store.leads import of_ids

SortKey: TypeAlias = tuple[Decimal | int, str]
"""What two customers are compared by, before their ids."""

KeyOfValue: TypeAlias = Callable[[Any], SortKey | None]
"""Works out what to compare by, from what is kept."""

Walk: TypeAlias = "tuple[Select[int], bool]"
"""A statement that gives ids in order from an index, and whether these have something in the column."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """One way to sort. `key` of a value of `column` is None where there is nothing to sort by.

    `walks`, given whether to descend, are the statements whose ids, one after the other, are all
    leads in order; None where no index has that order, so that every lead must be looked at.
    """

    column: ColumnElement[Any]
    key: Callable[[Any], SortKey | None]
    walks: Callable[[bool], list[Walk]] | None = None


def sorting_by(tx: WorkspaceConnection, sort: str) -> Sorting:
    """How to sort by `sort`, the key of a field of the table.

    Raises ValueError for anything else. By a field that is not defined, nobody has anything.
    """
    own, asked = custom_key(sort), answer_key(sort)
    if own is not None:
        return _by_custom_field(tx, own)
    if asked is not None:
        return _by_answer(tx, *asked)
    field = _sorted_by(sort)
    worked_out = _WORKED_OUT.get(field.key)
    if worked_out is not None:
        return worked_out(tx)
    column = _column_of(field)
    match field.kind:
        case BuiltInKind.CHANNEL:
            return _by_rank(tx.workspace_id, column, _in_position(tx, tables.channel))
        case BuiltInKind.NEED:
            return _by_rank(tx.workspace_id, column, _in_position(tx, tables.need))
        case BuiltInKind.STATUS:
            return _by_rank(tx.workspace_id, column, _in_position(tx, tables.status))
        case FieldKind.PERSON:
            return _by_rank(tx.workspace_id, column, _people_by_name(tx))
        case BuiltInKind.COUNT:
            return Sorting(column, lambda count: (count, "") if count else None)
        case BuiltInKind.MOMENT | BuiltInKind.DUE:
            return _by_moment(tx.workspace_id, column)
        case _:
            return _by_text(tx, column)


def has_index(sort: str) -> bool:
    """Whether the first leads in that order can be had without looking at all of them."""
    if custom_key(sort) is not None or answer_key(sort) is not None or sort in _WORKED_OUT:
        return False
    return _column_of(_sorted_by(sort)).name in _INDEXED


_INDEXED = frozenset(
    names[1]
    for names in ([each.name for each in index.columns] for index in tables.lead.indexes)
    if names == ["workspace_id", names[1], "id"]
)
"""The columns by which an index has the leads of a workspace in order."""


def _sorted_by(sort: str) -> LeadField:
    field = built_in(sort)
    if field is None or field.table is None:
        raise ValueError(sort)
    return field


def _column_of(field: LeadField) -> Column[Any]:
    """Words are sorted by a column of their sort keys, where there is one."""
    by_key = f"{field.column}_sort"
    return _lead[by_key if by_key in _lead else field.column]


def _by_text(tx: WorkspaceConnection, column: Column[str]) -> Sorting:
    if column.name not in _INDEXED:
        return Sorting(column, _text_key(tx.language))
    workspace_id = tx.workspace_id
    return Sorting(
        column,
        lambda text: (0, text) if text else None,
        lambda down: [
            (_ids_by(workspace_id, column, down).where(column > ""), True),
            (_ids_by(workspace_id, _lead.id, down).where(column == ""), False),
        ],
    )


def _by_moment(workspace_id: int, column: Column[datetime]) -> Sorting:
    if column.name not in _INDEXED:
        # Read as it is kept: a moment for each of a million would cost more than the sorting.
        return Sorting(type_coerce(column, BigInteger), _moment_key)
    return Sorting(
        column,
        lambda at: None if at is None else (microseconds(at), ""),
        lambda down: [
            (_ids_by(workspace_id, column, down).where(column.is_not(None)), True),
            (_ids_by(workspace_id, _lead.id, down).where(column.is_(None)), False),
        ],
    )


def _by_bans(_tx: WorkspaceConnection) -> Sorting:
    return Sorting(forbidden(), lambda is_forbidden: (0, "") if is_forbidden else None)


def _by_plan(_tx: WorkspaceConnection) -> Sorting:
    """Whom nobody has called, then for whom nothing is planned, then by the next step; those that are nobody's have none.

    So the overdue stand together, whatever the time is: an order outlives the minute.
    """
    nothing = _lead.next_at.is_(None)
    place = case(
        (_lead.owner_id.is_(None), null()),
        (and_(nothing, _lead.contacted_at.is_(None)), -2),
        (nothing, -1),
        else_=type_coerce(_lead.next_at, BigInteger),
    )
    return Sorting(place, _moment_key)


def _by_touch(_tx: WorkspaceConnection) -> Sorting:
    """As `Lead.touched_at`."""
    latest: ColumnElement[int] = type_coerce(_lead.entered_at, BigInteger)
    for each in (_lead.contacted_at, _lead.status_at, _lead.owner_at):
        moment = type_coerce(each, BigInteger)
        latest = case((moment > latest, moment), else_=latest)
    return Sorting(latest, _moment_key)


def _by_first_call(_tx: WorkspaceConnection) -> Sorting:
    return Sorting(type_coerce(first_call_at(), BigInteger), _moment_key)


def _by_last_call(_tx: WorkspaceConnection) -> Sorting:
    return Sorting(type_coerce(last_call_at(), BigInteger), _moment_key)


def _by_leaver(tx: WorkspaceConnection) -> Sorting:
    """By the name of an owner who has left; others have nothing in it."""
    member = tables.membership.c
    left = select(member.user_id).where(
        member.workspace_id == tx.workspace_id, member.state == MemberState.GONE.value
    )
    gone = set(tx.connection.execute(left).scalars())
    ranks = _ranks(each for each in _people_by_name(tx) if each in gone)
    return Sorting(_lead.owner_id, lambda owner_id: (ranks[owner_id], "") if owner_id in ranks else None)


def _by_rank(workspace_id: int, column: Column[int], ranked: list[int]) -> Sorting:
    """By a definition: a walk for each, in order; then the ids that are not defined, by themselves."""

    def walks(down: bool) -> list[Walk]:
        by_id = _ids_by(workspace_id, _lead.id, down)
        known = [by_id.where(column == one) for one in ranked]
        unknown = [_ids_by(workspace_id, column, down).where(gap) for gap in _gaps(column, ranked)]
        filled = known + unknown
        in_turn = reversed(filled) if down else filled
        return [*((statement, True) for statement in in_turn), (by_id.where(column.is_(None)), False)]

    return Sorting(column, _rank_key(_ranks(ranked)), walks if column.name in _INDEXED else None)


def _gaps(column: Column[int], known: list[int]) -> list[ColumnElement[bool]]:
    """The ranges around and between known ids, which an index answers at once, as it does not NOT IN."""
    if not known:
        return [column.is_not(None)]
    ascending = sorted(known)
    between = [and_(column > one, column < other) for one, other in pairwise(ascending) if other - one > 1]
    return [column < ascending[0], *between, column > ascending[-1]]


def _by_custom_field(tx: WorkspaceConnection, key: str) -> Sorting:
    field = tables.field.c
    defined = tx.connection.execute(
        select(field.kind, field.options).where(
            field.workspace_id == tx.workspace_id, field.key == key, field.status_id.is_(None)
        )
    ).first()
    if defined is None:
        return Sorting(null(), lambda _value: None)
    value = cast(_lead.custom[key].as_string(), Text)
    return Sorting(value, _key_of_kind(tx, FieldKind(defined.kind), defined.options))


def _by_answer(tx: WorkspaceConnection, status_id: int, key: str) -> Sorting:
    field = tables.field.c
    defined = tx.connection.execute(
        select(field.kind, field.options).where(
            field.workspace_id == tx.workspace_id, field.key == key, field.status_id == status_id
        )
    ).first()
    if defined is None:
        return Sorting(null(), lambda _value: None)
    by_value = _key_of_kind(tx, FieldKind(defined.kind), defined.options)

    def by_answers(kept: str | None) -> SortKey | None:
        answer = None if kept is None else answer_in(kept, key)
        return None if answer is None else by_value(_as_database_text(answer.value))

    return Sorting(latest_answers(status_id), by_answers)


def _as_database_text(value: AnswerValue) -> str:
    """A value as the database gives it from within an object."""
    if isinstance(value, bool):
        return str(int(value))
    return json.dumps(value) if isinstance(value, list) else str(value)


def _key_of_kind(tx: WorkspaceConnection, kind: FieldKind, options: Sequence[str]) -> KeyOfValue:
    words = _text_key(tx.language)
    match kind:
        case FieldKind.NUMBER | FieldKind.INTEGER | FieldKind.YEAR | FieldKind.MONEY:
            return _number_key(words)
        case FieldKind.WEEKDAY | FieldKind.YES_NO:
            return _number_key(words)
        case FieldKind.DATE | FieldKind.TIME:
            return lambda text: (0, text) if text else None
        case FieldKind.PERSON:
            return _place_key(list(map(str, _people_by_name(tx))), words)
        case FieldKind.CHOICE:
            return _place_key(options, words)
        case FieldKind.CHOICES:
            return _places_key(options, words)
        case _:
            return words


def _ids_by(workspace_id: int, column: Column[Any], descending: bool) -> Select[int]:
    ids = select(_lead.id).where(_lead.workspace_id == workspace_id)
    by = (column,) if column is _lead.id else (column, _lead.id)
    return ids.order_by(*(each.desc() for each in by) if descending else by)


def _in_position(tx: WorkspaceConnection, table: Table) -> list[int]:
    ids = (
        select(table.c.id)
        .where(table.c.workspace_id == tx.workspace_id)
        .order_by(table.c.position, table.c.id)
    )
    return list(tx.connection.execute(ids).scalars())


def _people_by_name(tx: WorkspaceConnection) -> list[int]:
    people = tx.connection.execute(
        select(tables.user.c.id, tables.membership.c.name)
        .join(tables.membership, tables.membership.c.user_id == tables.user.c.id)
        .where(tables.membership.c.workspace_id == tx.workspace_id)
    ).all()
    return [
        one for one, _name in sorted(people, key=lambda person: (sort_key(person[1], tx.language), person[0]))
    ]


def _ranks(ordered: Iterable[Any]) -> dict[Any, int]:
    return {one: rank for rank, one in enumerate(ordered)}


def _rank_key(ranks: Mapping[int, int]) -> Callable[[Any], SortKey | None]:
    return lambda value: None if value is None else (ranks.get(value, len(ranks) + value), "")


def _place_key(places: Iterable[str], words: KeyOfValue) -> KeyOfValue:
    """By the place among `places`; what is not there comes after, by its letters."""
    ranks = _ranks(map(search_key, places))

    def key(value: Any) -> SortKey | None:
        by_letters = words(value)
        rank = ranks.get(search_key(str(value)))
        if by_letters is None:
            return None
        return (len(ranks), by_letters[1]) if rank is None else (rank, "")

    return key


def _places_key(places: Iterable[str], words: KeyOfValue) -> KeyOfValue:
    """By the places of several choices, the first one first."""
    by_place = _place_key(places, words)

    def key(value: Any) -> SortKey | None:
        chosen = [by_place(one) for one in json.loads(value)] if value else []
        return (0, "".join(f"{one[0]:06} {one[1]}\n" for one in chosen if one)) if chosen else None

    return key


def _text_key(language: str) -> KeyOfValue:
    def key(value: Any) -> SortKey | None:
        words = "" if value is None else sort_key(str(value), language)
        return (0, words) if words else None

    return key


def _moment_key(value: int | None) -> SortKey | None:
    return None if value is None else (value, "")


def _number_key(words: KeyOfValue) -> KeyOfValue:
    """Numbers by their size; what is none comes after them, by its letters."""

    def key(value: Any) -> SortKey | None:
        if value is None:
            return None
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return (number, "")
        by_letters = words(value)
        return by_letters and (Decimal("Infinity"), by_letters[1])

    return key


_lead = tables.lead.c

_WORKED_OUT: Mapping[str, Callable[[WorkspaceConnection], Sorting]] = {
    "do_not_call": _by_bans,
    "planned": _by_plan,
    "touched_at": _by_touch,
    "first_call_at": _by_first_call,
    "last_call_at": _by_last_call,
    "owner_left": _by_leaver,
}
"""How leads are sorted by what no column of theirs holds."""

_LEADS_AT_ONCE = 20_000


@dataclass(frozen=True)
class Permutation:
    """Every id of a workspace in one ascending order. The arrays are shared: nobody changes them.

    The first `filled` have something in the column that they are sorted by.
    """

    ascending: array[int]
    filled: int

    def ids(self, descending: bool) -> array[int]:
        """The ids in one direction: those with nothing in the column are last in both."""
        if not descending:
            return self.ascending
        return self.ascending[: self.filled][::-1] + self.ascending[self.filled :][::-1]

    @cached_property
    def _ranks(self) -> Ranks:
        return Ranks(self.ascending)

    @property
    def is_ranked(self) -> bool:
        """Whether `among` was asked before, so that it is quick."""
        return "_ranks" in vars(self)

    def among(self, members: Collection[int]) -> Narrowed:
        """Those of `members` that are in the order."""
        return Narrowed(self, self._ranks.places(members))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Some of the ids of an order, by their places in it, which ascend."""

    whole: Permutation
    places: array[int]

    def ids(self, descending: bool, limit: int | None = None) -> array[int]:
        """The ids as those of the whole order are given; at most `limit` of them."""
        places = self.places
        if descending:
            blank = bisect_left(places, self.whole.filled)
            places = places[:blank][::-1] + places[blank:][::-1]
        result = array("q")
        for start in range(0, len(places), _LEADS_AT_ONCE):
            result.extend(map(self.whole.ascending.__getitem__, places[start : start + _LEADS_AT_ONCE]))
            if limit is not None and len(result) >= limit:
                return result[:limit]
        return result


def permutation(tx: WorkspaceConnection, sort: str, visibility: Visibility | None = None) -> Permutation:
    """All ids that a person with that visibility sees, in the ascending order of `sort`, equal ones by id.

    Where the order would tell what is hidden from them, the customers of whom it is hidden stand as if they had nothing in
    the column. Raises ValueError for an unknown sort.
    """
    whole = _permutation(tx, sort)
    if visibility is None:
        return whole
    seen = None if visibility.all_customers else _of_owners(tx, visibility.customers)
    if not visibility.hides_sort(sort):
        # To go through them all costs less than to seek out each who is seen.
        return whole if seen is None else Permutation(*among_parts(whole.ascending, whole.filled, seen))
    own = array("q") if sort in visibility.hidden else _of_owners(tx, visibility.reached)
    ids = among(whole.ascending[: whole.filled], own)
    filled = len(ids)
    known = set(ids)
    everybody = sorted(_of_owners(tx, None) if seen is None else seen)
    ids.extend(one for one in everybody if one not in known)
    return Permutation(ids, filled)


def _of_owners(tx: WorkspaceConnection, owners: Owners) -> array[int]:
    """The ids of the leads in the cartables of these, in no order."""
    everybody = select(_lead.id).where(_lead.workspace_id == tx.workspace_id)
    return tx.backend.read_ids(tx.connection, everybody.where(in_cartables_of(_lead.owner_id, owners)))


def _permutation(tx: WorkspaceConnection, sort: str) -> Permutation:
    sorting = sorting_by(tx, sort)
    if sorting.walks is None:
        return _permutation_by_scan(tx, sorting)
    ids = array("q")
    filled = 0
    for statement, has_something in sorting.walks(False):
        ids += tx.backend.read_ids(tx.connection, statement)
        filled = len(ids) if has_something else filled
    return Permutation(ids, filled)


def first_ids(tx: WorkspaceConnection, sort: str, descending: bool, limit: int) -> array[int]:
    """The first `limit` ids in order; quick where `sorting.has_index(sort)`."""
    sorting = sorting_by(tx, sort)
    if sorting.walks is None:
        return _permutation_by_scan(tx, sorting).ids(descending)[:limit]
    ids = array("q")
    for statement, _ in sorting.walks(descending):
        if len(ids) < limit:
            ids.extend(tx.connection.execute(statement.limit(limit - len(ids))).scalars())
    return ids


def few_ordered(
    tx: WorkspaceConnection,
    sort: str,
    descending: bool,
    ids: Collection[int],
    visibility: Visibility | None = None,
) -> array[int]:
    """These ids (some thousands at most) in order, without those that are gone; `visibility` as in `permutation`."""
    sorting = sorting_by(tx, sort)
    filled: list[tuple[SortKey, int]] = []
    blank: list[int] = []
    rows = tx.connection.execute(of_ids(tx.workspace_id, ids, _lead.id, sorting.column, _lead.owner_id))
    for one, value, owner_id in rows:
        key = None if visibility and not visibility.can_see_sort(sort, owner_id) else sorting.key(value)
        if key is None:
            blank.append(one)
        else:
            filled.append((key, one))
    filled.sort(reverse=descending)
    blank.sort(reverse=descending)
    return array("q", [one for _, one in filled] + blank)


def _permutation_by_scan(tx: WorkspaceConnection, sorting: Sorting) -> Permutation:
    """Look at every lead and keep the ids of each value apart: only the values are then sorted."""
    by_value: dict[Any, array[int]] = {}
    leads = select(_lead.id, sorting.column).where(scanned(_lead.workspace_id) == tx.workspace_id)
    last = 0
    while True:
        some = leads.where(_lead.id > last).order_by(_lead.id).limit(_LEADS_AT_ONCE)
        ids, values = tx.backend.read_pairs(tx.connection, some)
        if not ids:
            break
        _put_apart(by_value, ids, values)
        last = ids[-1]
    by_key: dict[SortKey | None, array[int]] = {}
    for value, ids in by_value.items():
        key = sorting.key(value)
        by_key[key] = by_key[key] + ids if key in by_key else ids
    ordered = array("q")
    for key in sorted(key for key in by_key if key is not None):
        ordered.extend(sorted(by_key[key]))
    filled = len(ordered)
    ordered.extend(sorted(by_key.get(None, ())))
    return Permutation(ordered, filled)


def _put_apart(by_value: dict[Any, array[int]], ids: array[int], values: list[Any]) -> None:
    for one, value in zip(ids, values, strict=True):
        if value in by_value:
            by_value[value].append(one)
        else:
            by_value[value] = array("q", (one,))
