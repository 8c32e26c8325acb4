"""All customers in order: a million ids as one array, or the first few of them at once."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from leadtui.domain.visibility import Visibility
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.expressions import scanned
from leadtui.store.id_arrays import among
from leadtui.store.lead_rows import of_ids
from leadtui.store.sorting import Sorting, SortKey, sorting_by

_lead = tables.lead.c

_LEADS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
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


def permutation(tx: WorkspaceConnection, sort: str, visibility: Visibility | None = None) -> Permutation:
    """All ids in the ascending order of `sort`, equal ones by id. Raises ValueError for an unknown sort.

    Where the order would tell what is hidden from a person with that visibility, the customers of whom it is
    hidden stand as if they had nothing in the column.
    """
    whole = _permutation(tx, sort)
    if visibility is None or not visibility.hides_sort(sort):
        return whole
    own = tx.backend.read_ids(
        tx.connection,
        select(_lead.id).where(_lead.workspace_id == tx.workspace_id, _lead.owner_id == visibility.person_id),
    )
    ids = among(whole.ascending[: whole.filled], own)
    filled = len(ids)
    known = set(ids)
    everybody = tx.backend.read_ids(
        tx.connection,
        select(_lead.id).where(scanned(_lead.workspace_id) == tx.workspace_id).order_by(_lead.id),
    )
    ids.extend(one for one in everybody if one not in known)
    return Permutation(ids, filled)


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


def ordered_ids(tx: WorkspaceConnection, sort: str, descending: bool) -> array[int]:
    """All ids of the workspace in order."""
    return permutation(tx, sort).ids(descending)


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
    hides = visibility is not None and visibility.hides_sort(sort)
    sorting = sorting_by(tx, sort)
    filled: list[tuple[SortKey, int]] = []
    blank: list[int] = []
    rows = tx.connection.execute(of_ids(tx.workspace_id, ids, _lead.id, sorting.column, _lead.owner_id))
    for one, value, owner_id in rows:
        key = (
            None if hides and visibility and not visibility.can_see_numbers(owner_id) else sorting.key(value)
        )
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
