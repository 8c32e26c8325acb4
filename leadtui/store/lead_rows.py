"""Leads as the lists show them: the rows of given ids, and how many there are of what."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, bindparam, desc, func, select, true

from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.visibility import Visibility
from leadtui.language.text import search_key
from leadtui.store import do_not_call, tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.expressions import scanned

_columns = tables.lead.c

LEAD_COLUMNS = (
    *(_columns[each.name] for each in fields(Lead) if each.name in _columns),
    do_not_call.forbidden().label("do_not_call"),
)
"""What `lead_from` reads, in the order of the fields of a Lead."""

AT_ONCE = 10_000
"""The most ids that one statement names."""

_CITIES_CONSIDERED = 2_000


def lead_from(row: Sequence[Any], numbers: tuple[LeadNumber, ...] = ()) -> Lead:
    """The lead in a row of LEAD_COLUMNS."""
    return Lead(*row, numbers=numbers)


def rows(
    tx: WorkspaceConnection, ids: Collection[int], visibility: Visibility | None = None
) -> dict[int, Lead]:
    """The leads of these ids without their further numbers, as a person with that visibility may see them.

    Those that are gone or not seen are left out.
    """
    wanted = list(ids)
    found: dict[int, Lead] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = of_ids(tx.workspace_id, wanted[start : start + AT_ONCE], *LEAD_COLUMNS)
        for row in tx.connection.execute(some).all():
            found[row[0]] = lead_from(row)
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
        .where(*_seen(tx.workspace_id, visibility), _columns.city_sort > "")
        .group_by(_columns.city_sort)
        .order_by(desc("leads"), _columns.city_sort)
        .limit(_CITIES_CONSIDERED)
        .subquery()
    )
    named = (
        select(_columns.city, grouped.c.leads)
        .join(grouped, grouped.c.latest == _columns.id)
        .order_by(grouped.c.leads.desc(), _columns.city_sort)
    )
    wanted = search_key(prefix)
    cities = [(city, leads) for city, leads in tx.connection.execute(named) if _begins(city, wanted)]
    return cities[:limit]


def _begins(city: str, wanted: str) -> bool:
    return search_key(city).startswith(wanted) or any(
        search_key(word).startswith(wanted) for word in city.split()
    )


def _seen(workspace_id: int, visibility: Visibility | None) -> list[ColumnElement[bool]]:
    here = _columns.workspace_id == workspace_id
    return (
        [here]
        if visibility is None or visibility.all_customers
        else [here, _columns.owner_id == visibility.person_id]
    )


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


def versions(tx: WorkspaceConnection, ids: Sequence[int]) -> tuple[array[int], array[int]]:
    """Those of `ids` that are there, in their order, and the version of each."""
    there, known = array("q"), array("q")
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        rows_there = tx.connection.execute(of_ids(tx.workspace_id, some, _columns.id, _columns.version))
        version_of = {one: version for one, version in rows_there}  # noqa: C416 - a result is no pairs to dict
        for one in some:
            if one in version_of:
                there.append(one)
                known.append(version_of[one])
    return there, known
