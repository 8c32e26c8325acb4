"""Leads as they are kept: reading one or many of them, finding whom a number or address means, and changing one."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Row,
    Select,
    bindparam,
    desc,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from leadtui.domain.cartable import CartableEntry
from leadtui.domain.lead import ActivityKind, Lead, LeadNumber
from leadtui.domain.lead_fields import CITY, NAME
from leadtui.domain.status import StatusKind
from leadtui.domain.visibility import Visibility, without_numbers
from leadtui.errors import Conflict, NotFound
from leadtui.language.phone import calling_codes
from leadtui.language.text import search_key
from leadtui.language.translate import _
from leadtui.store import changes, reminders, tables
from leadtui.store.calls_made import first_call_at, last_call_at
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.do_not_call import forbidden
from leadtui.store.expressions import in_cartables_of, scanned
from leadtui.store.last_answers import last_answers

_columns = tables.lead.c

LEAD_COLUMNS = (
    *(_columns[each.name] for each in fields(Lead) if each.name in _columns),
    forbidden().label("do_not_call"),
    first_call_at().label("first_call_at"),
    last_call_at().label("last_call_at"),
)
"""What `lead_from` reads, in the order of the fields of a Lead."""

AT_ONCE = 10_000
"""The most ids that one statement names."""

_CITIES_CONSIDERED = 2_000


def lead_from(row: Sequence[Any], numbers: tuple[LeadNumber, ...] = ()) -> Lead:
    """The lead in a row of LEAD_COLUMNS."""
    return Lead(*row, numbers=numbers)


def rows(
    tx: WorkspaceConnection,
    ids: Collection[int],
    visibility: Visibility | None = None,
    asked: Collection[int] = (),
) -> dict[int, Lead]:
    """The leads of these ids without their further numbers, as a person with that visibility may see them.

    Those that are gone or not seen are left out. They have what they were last answered with the statuses `asked`.
    """
    wanted = list(ids)
    found: dict[int, Lead] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = of_ids(tx.workspace_id, wanted[start : start + AT_ONCE], *LEAD_COLUMNS)
        for row in tx.connection.execute(some).all():
            found[row[0]] = lead_from(row)
    for one, answers in last_answers(tx, list(found), asked).items():
        found[one] = replace(found[one], answers=answers)
    if visibility is None or visibility.whole:
        return found
    return {one: visibility.redact(lead) for one, lead in found.items() if visibility.can_see(lead.owner_id)}


def of_ids(workspace_id: int, ids: Collection[int], *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Columns of the leads with these ids, AT_ONCE of them at most."""
    named = bindparam("ids", list(ids), tables.Id, expanding=True, literal_execute=True)
    # The ids are found by themselves, and not by walking through an index of the workspace.
    return select(*columns).where(scanned(_columns.workspace_id) == workspace_id, _columns.id.in_(named))


def count(tx: WorkspaceConnection, visibility: Visibility | None = None) -> int:
    """How many leads of the workspace a person with that visibility sees."""
    counted = select(func.count()).select_from(tables.lead).where(*_seen(tx.workspace_id, visibility))
    return tx.connection.execute(counted).scalar_one()


def of_owner(tx: WorkspaceConnection, owner_id: int, limit: int) -> tuple[int, ...]:
    """The first leads of a person, by id."""
    rows = tx.connection.execute(
        select(_columns.id)
        .where(_columns.workspace_id == tx.workspace_id, _columns.owner_id == owner_id)
        .order_by(_columns.id)
        .limit(limit)
    )
    return tuple(rows.scalars())


def counts_by_owner(tx: WorkspaceConnection) -> dict[int | None, int]:
    """How many leads each person owns, and nobody (None)."""
    return _counts(tx, _columns.owner_id, None)


def counts_by_status(tx: WorkspaceConnection, visibility: Visibility | None = None) -> dict[int | None, int]:
    """How many leads that a person with that visibility sees stand in each status, and in none yet (None)."""
    return _counts(tx, _columns.status_id, visibility)


def counts_by_channel(tx: WorkspaceConnection) -> dict[int, int]:
    """How many leads came by each channel, the first time or the latest."""
    pairs = select(_columns.channel_first_id, _columns.channel_latest_id, func.count())
    counted: dict[int, int] = {}
    for first, latest, count_of_both in tx.connection.execute(
        pairs.where(scanned(_columns.workspace_id) == tx.workspace_id).group_by(
            _columns.channel_first_id, _columns.channel_latest_id
        )
    ):
        for channel_id in {first, latest} - {None}:
            counted[channel_id] = counted.get(channel_id, 0) + count_of_both
    return counted


def counts_by_need(tx: WorkspaceConnection) -> dict[int, int]:
    """How many leads have each need."""
    counted = _counts(tx, _columns.need_id, None)
    return {need_id: count_of_it for need_id, count_of_it in counted.items() if need_id is not None}


def counts_by_field(tx: WorkspaceConnection) -> dict[str, int]:
    """How many leads have something in each field of the workspace, by its key."""
    given = func.json_each(_columns.custom).table_valued("key", "value")
    counted = (
        select(given.c.key, func.count())
        .select_from(tables.lead.join(given, true()))
        .where(scanned(_columns.workspace_id) == tx.workspace_id)
        .group_by(given.c.key)
    )
    return {row[0]: row[1] for row in tx.connection.execute(counted)}


def distinct_cities(
    tx: WorkspaceConnection, prefix: str, limit: int, visibility: Visibility | None = None
) -> list[tuple[str, int]]:
    """Cities with a word that begins with `prefix` (all for ""), each with how many leads are seen, most first.

    A city is spelled as its latest lead has it. Only the 2,000 most frequent ones are looked at, so
    that an import of nonsense cannot make this slow.
    """
    grouped = (
        select(func.max(_columns.id).label("latest"), func.count().label("leads"))
        .where(*_seen(tx.workspace_id, visibility), _columns.city_key > "")
        .group_by(_columns.city_key)
        .order_by(desc("leads"), _columns.city_key)
        .limit(_CITIES_CONSIDERED)
        .subquery()
    )
    named = (
        select(_columns.city, grouped.c.leads)
        .join(grouped, grouped.c.latest == _columns.id)
        .order_by(grouped.c.leads.desc(), _columns.city_sort)
    )
    if visibility is not None and CITY in visibility.hidden:
        return []
    wanted = search_key(prefix)
    hides = visibility is not None and not visibility.all_numbers
    cities = [
        (city, leads)
        for city, leads in tx.connection.execute(named)
        if _begins(city, wanted) and not (hides and without_numbers(city) != city)
    ]
    return cities[:limit]


def _begins(city: str, wanted: str) -> bool:
    return search_key(city).startswith(wanted) or any(
        search_key(word).startswith(wanted) for word in city.split()
    )


def _seen(workspace_id: int, visibility: Visibility | None) -> list[ColumnElement[bool]]:
    here = _columns.workspace_id == workspace_id
    seen = None if visibility is None else visibility.customers
    return [here] if seen is None else [here, in_cartables_of(_columns.owner_id, seen)]


def _counts(
    tx: WorkspaceConnection, column: Column[Any], visibility: Visibility | None
) -> dict[int | None, int]:
    grouped = select(column, func.count()).where(*_seen(tx.workspace_id, visibility)).group_by(column)
    return {row[0]: row[1] for row in tx.connection.execute(grouped)}


def count_with_custom(tx: WorkspaceConnection, key: str) -> int:
    """How many customers have a value in the workspace's own field `key`."""
    given = _columns.custom[key].as_string().is_not(None)
    return tx.connection.execute(
        select(func.count()).select_from(tables.lead).where(_columns.workspace_id == tx.workspace_id, given)
    ).scalar_one()


class CustomAnswer(NamedTuple):
    """All that a customer has in the workspace's own fields, and whose they are."""

    lead_id: int
    name: str
    owner_id: int | None
    custom: Mapping[str, Any]


def custom_answers(tx: WorkspaceConnection, key: str) -> Iterator[CustomAnswer]:
    """Those who have a value in the workspace's own field `key`, by their ids."""
    columns = (_columns.id, _columns.name, _columns.owner_id, _columns.custom)
    given = _columns.custom[key].as_string().is_not(None)
    asked = select(*columns).where(_columns.workspace_id == tx.workspace_id, given).order_by(_columns.id)
    for row in tx.connection.execute(asked).all():
        yield CustomAnswer(*row)


def versions(
    tx: WorkspaceConnection, ids: Sequence[int], visibility: Visibility
) -> tuple[array[int], array[int]]:
    """Those of `ids` that are there and that a person with that visibility sees, in their order, and the version of each."""
    there, known = array("q"), array("q")
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        wanted = of_ids(tx.workspace_id, some, _columns.id, _columns.version)
        rows_there = tx.connection.execute(wanted.where(*_seen(tx.workspace_id, visibility)[1:]))
        version_of = dict(rows_there.all())
        for one in some:
            if one in version_of:
                there.append(one)
                known.append(version_of[one])
    return there, known


@dataclass(frozen=True, slots=True)
class Held:
    """In whose cartable a lead is, and its version: what giving it to somebody needs to know."""

    id: int
    version: int
    owner_id: int | None


def held(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, Held]:
    """In whose cartables these leads are; those that are gone are left out."""
    wanted = list(ids)
    found: dict[int, Held] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        columns = (_columns.id, _columns.version, _columns.owner_id)
        for row in tx.connection.execute(of_ids(tx.workspace_id, some, *columns)):
            found[row[0]] = Held(*row)
    return found


def get(tx: WorkspaceConnection, lead_id: int) -> Lead:
    """The lead with all its numbers. Raises NotFound."""
    row = tx.connection.execute(
        select(*LEAD_COLUMNS).where(_columns.workspace_id == tx.workspace_id, _columns.id == lead_id)
    ).one_or_none()
    if row is None:
        raise no_such_lead(lead_id)
    return lead_from(row, numbers=numbers_of(tx, lead_id))


def no_such_lead(lead_id: int) -> NotFound:
    """The sentence for a lead that is not there, or not for the person to see."""
    words = _("Customer {id} is not here: erased, merged into another, or not yours to see.")
    return NotFound(words.format(id=lead_id))


def numbers_of(tx: WorkspaceConnection, lead_id: int) -> tuple[LeadNumber, ...]:
    """The lead's numbers, the rung one first."""
    number = tables.lead_number.c
    rows = tx.connection.execute(
        select(*NUMBER_COLUMNS)
        .where(number.workspace_id == tx.workspace_id, number.lead_id == lead_id)
        .order_by(number.position, number.id)
    )
    return tuple(LeadNumber(*row) for row in rows)


_number = tables.lead_number.c

NUMBER_COLUMNS = (_number.e164, _number.written, _number.extension, (_number.sharing != 0).label("shared"))
"""What a LeadNumber is read from, in the order of its fields."""


def change(tx: WorkspaceConnection, lead: Lead, **values: Any) -> int:
    """Write `values` over the lead, as `lead` was read, and return its new version.

    Its `next_at` is brought up to date with its pending reminders in the same step.
    Raises Conflict where somebody else has changed it since.
    """
    result = tx.connection.execute(
        update(tables.lead)
        .where(
            _columns.workspace_id == tx.workspace_id, _columns.id == lead.id, _columns.version == lead.version
        )
        .values(version=lead.version + 1, next_at=reminders.next_due(tx, lead.id), **values)
    )
    if result.rowcount != 1:
        raise changed_meanwhile(lead)
    changes.record(tx, "lead", [lead.id])
    return lead.version + 1


def changed_meanwhile(lead: Lead) -> Conflict:
    """The sentence for a lead that somebody else has changed."""
    if not lead.name:
        return Conflict(
            _("This customer was changed by somebody else in the meantime; look at it again, then save.")
        )
    words = _("{name} was changed by somebody else in the meantime; look at it again, then save.")
    return Conflict(words.format(name=lead.name))


def find_by_number(tx: WorkspaceConnection, e164: str, visibility: Visibility | None = None) -> list[int]:
    """The ids of the leads that have this number, as their first or as another: whose it is, then those who share it.

    Those of whom a person with that visibility may not know it are left out.
    """
    return holders_of_numbers(tx, [e164], visibility).get(e164, [])


def number_owner(tx: WorkspaceConnection, e164: str) -> int | None:
    """The id of the lead that this number belongs to; None where nobody has it, or only leads that share it."""
    owner = select(_number.lead_id).where(
        _number.workspace_id == tx.workspace_id, _number.e164 == e164, _number.sharing == 0
    )
    return tx.connection.execute(owner).scalar()


def find_by_national_number(tx: WorkspaceConnection, digits: str) -> list[int]:
    """The ids of the leads with a number that is a country code and these digits, oldest first."""
    # Italy's national numbers begin with a zero that belongs to them.
    numbers = [f"+{code}{zero}{digits}" for code in calling_codes() for zero in ("", "0")]
    return sorted({each for some in holders_of_numbers(tx, numbers).values() for each in some})


def find_by_email(tx: WorkspaceConnection, email: str, visibility: Visibility | None = None) -> list[int]:
    """The ids of the leads with this e-mail address (lower case), as far as the person may know it, oldest first."""
    rows = tx.connection.execute(
        select(_columns.id)
        .where(
            _columns.workspace_id == tx.workspace_id,
            _columns.email == email,
            *_known_numbers(tx, _columns.id, visibility),
        )
        .order_by(_columns.id)
    )
    return list(rows.scalars())


def cartable(tx: WorkspaceConnection, owner_id: int) -> list[CartableEntry]:
    """What the order of a person's cartable depends on, for each of their leads."""
    rows = tx.connection.execute(
        select(_columns.id, _columns.next_at, _columns.contacted_at, _columns.owner_at)
        .where(_columns.workspace_id == tx.workspace_id, _columns.owner_id == owner_id)
        .order_by(_columns.id)
    ).all()
    promised = reminders.promised_leads(tx, owner_id)
    attempts = reminders.planned_attempts(tx, owner_id)
    return [
        CartableEntry(
            lead_id=row.id,
            next_at=row.next_at,
            promised=row.id in promised,
            attempt=row.next_at is not None and attempts.get(row.id) == row.next_at,
            contacted=row.contacted_at is not None,
            owner_at=row.owner_at,
        )
        for row in rows
    ]


def places(tx: WorkspaceConnection, owner_id: int) -> dict[int, tuple[str, str]]:
    """The number (E.164) and the city of each of a person's leads, which tell where they are; "" for none."""
    rows = tx.connection.execute(
        select(_columns.id, _columns.phone, _columns.city).where(
            _columns.workspace_id == tx.workspace_id, _columns.owner_id == owner_id
        )
    )
    return {row.id: (row.phone or "", row.city or "") for row in rows}


UNDATED = "~"
"""Begins the `source_key` of an entry whose row told no date, so that its `at` is only when it was read."""

_AT_ONCE = 500
"""Values named in one statement: always so many, so that the driver prepares each statement once."""


def holders_of_numbers(
    tx: WorkspaceConnection, numbers: Collection[str], visibility: Visibility | None = None
) -> dict[str, list[int]]:
    """The ids of the leads that have each of these E.164 numbers: whose it is, then those who share it, oldest first.

    Numbers that nobody has, or nobody of whom a person with that visibility may know it, are left out.
    """
    number = tables.lead_number.c
    holders = (
        select(number.e164, number.lead_id)
        .where(number.workspace_id == tx.workspace_id, *_known_numbers(tx, number.lead_id, visibility))
        .order_by(number.e164, number.sharing)
    )
    found: dict[str, list[int]] = {}
    for row in _rows(tx, holders, number.e164, numbers):
        found.setdefault(row.e164, []).append(row.lead_id)
    return found


def _known_numbers(
    tx: WorkspaceConnection, lead_id: Column[int], visibility: Visibility | None
) -> list[ColumnElement[bool]]:
    """Whether the person may know how the lead of a row can be reached."""
    if visibility is None or visibility.reached is None:
        return []
    # Looked at for each row: to list a cartable first may read thousands for one number.
    own = tables.lead.alias().c
    here = (own.workspace_id == tx.workspace_id, own.id == lead_id)
    return [exists().where(*here, in_cartables_of(own.owner_id, visibility.reached))]


def forbidden_numbers(tx: WorkspaceConnection, numbers: Collection[str]) -> set[str]:
    """Those of these E.164 numbers that must not be rung, whoever has them."""
    listed = tables.do_not_call.c
    some = select(listed.e164).where(listed.workspace_id == tx.workspace_id)
    return {row.e164 for row in _rows(tx, some, listed.e164, numbers)}


def leads_by_email(tx: WorkspaceConnection, emails: Collection[str]) -> dict[str, list[int]]:
    """The ids of the leads that have each of these addresses (lower case), oldest first."""
    lead = tables.lead.c
    # In the order of the index of addresses: ordered by id alone, SQLite reads all leads for each part of them.
    leads = (
        select(lead.email, lead.id).where(lead.workspace_id == tx.workspace_id).order_by(lead.email, lead.id)
    )
    found: dict[str, list[int]] = {}
    for row in _rows(tx, leads, lead.email, emails):
        found.setdefault(row.email, []).append(row.id)
    return found


def whole_leads(
    tx: WorkspaceConnection, ids: Collection[int], asked: Collection[int] = ()
) -> dict[int, Lead]:
    """The leads of these ids with all their numbers; `asked` as in `rows`."""
    number = tables.lead_number.c
    listed = (
        select(number.lead_id, *NUMBER_COLUMNS)
        .where(number.workspace_id == tx.workspace_id)
        .order_by(number.lead_id, number.position, number.id)
    )
    numbers: dict[int, list[LeadNumber]] = {}
    for lead_id, *rest in _rows(tx, listed, number.lead_id, ids):
        numbers.setdefault(lead_id, []).append(LeadNumber(*rest))
    leads = rows(tx, ids, asked=asked)
    return {each: replace(lead, numbers=tuple(numbers.get(each, ()))) for each, lead in leads.items()}


def recorded_sources(tx: WorkspaceConnection, source_keys: Collection[str]) -> dict[str, int]:
    """The lead whose timeline holds each of `source_keys`; those that none holds are left out."""
    entry = tables.activity.c
    query = select(entry.source_key, entry.lead_id).where(entry.workspace_id == tx.workspace_id)
    return {row.source_key: row.lead_id for row in _rows(tx, query, entry.source_key, source_keys)}


def former_names(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, set[str]]:
    """The names that leads had before, by hand or by an import, and those of leads that were merged into them.

    What was taken back gave nobody a name: two who were one customer by mistake are two again.
    """
    entry, step = tables.activity.c, tables.step.c
    taken_back = select(step.activity_id).where(
        step.workspace_id == tx.workspace_id, step.lead_id == entry.lead_id, step.undone_at.is_not(None)
    )
    query = select(entry.lead_id, entry.detail).where(
        entry.workspace_id == tx.workspace_id,
        entry.kind.in_((ActivityKind.EDITED.value, ActivityKind.MERGED.value)),
        entry.id.not_in(taken_back),
    )
    names: dict[int, set[str]] = {}
    for lead_id, detail in _rows(tx, query, entry.lead_id, ids):
        had = {before for key, before, _after in detail.get("changes", ()) if key == NAME}
        had |= {detail.get("kept_name", ""), detail.get("lost_name", "")}
        names.setdefault(lead_id, set()).update(had - {""})
    return names


def latest_arrivals(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, datetime]:
    """When each lead last came in through an entry channel, aware UTC, as far as somebody knows the moment."""
    entry = tables.activity.c
    dated = or_(entry.source_key.is_(None), entry.source_key.not_like(f"{UNDATED}%"))
    arrivals = (
        select(entry.lead_id, func.max(entry.at).label("latest"))
        .where(entry.workspace_id == tx.workspace_id, entry.kind.in_(_ARRIVALS), dated)
        .group_by(entry.lead_id)
    )
    return {row.lead_id: row.latest for row in _rows(tx, arrivals, entry.lead_id, ids)}


_ARRIVALS = tuple(kind.value for kind in (ActivityKind.CREATED, ActivityKind.TOUCHED, ActivityKind.CALL_IN))


def _rows(
    tx: WorkspaceConnection, statement: Select[*tuple[Any, ...]], column: Column[Any], values: Collection[Any]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """What `statement` gives for these values of a column, a part of them at a time."""
    named = statement.where(column.in_(bindparam("values", expanding=True)))
    wanted = sorted(set(values))  # in the order of the index
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        some += [some[-1]] * (_AT_ONCE - len(some))
        yield from tx.connection.execute(named, {"values": some})


_lead = tables.lead.c


@dataclass(frozen=True, slots=True)
class Free:
    """A lead that may be worked, and in whose cartable it is."""

    id: int
    owner_id: int | None


def free_among(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, Free]:
    """Those of the leads that no final status has closed and whose numbers may be rung. A few thousand at most."""
    status = tables.status.c
    closed = select(status.id).where(
        status.workspace_id == tx.workspace_id, status.kind != StatusKind.OPEN.value
    )
    rows = tx.connection.execute(
        of_ids(tx.workspace_id, ids, _lead.id, _lead.owner_id).where(
            or_(_lead.status_id.is_(None), _lead.status_id.not_in(closed)), ~forbidden()
        )
    )
    return {row[0]: Free(*row) for row in rows}
