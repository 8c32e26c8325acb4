"""Which terminals are running, and which lead each has open. None of it is a change of a lead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, insert, literal, select, update

from leadtui.store import tables
from leadtui.store.column_types import Moment
from leadtui.store.connection import WorkspaceConnection

_present = tables.presence.c


@dataclass(frozen=True, slots=True)
class Present:
    """One running terminal; times are aware UTC.

    `arrived_at` is since when it runs and `opened_at` since when the lead is open, where that is known.
    `break_at` is since when its person is on a break, None where not. Until `leased_until` nobody else is given the lead.
    """

    terminal: str
    user_id: int
    lead_id: int | None
    seen_at: datetime
    leased_until: datetime | None = None
    arrived_at: datetime | None = None
    opened_at: datetime | None = None
    break_at: datetime | None = None

    def leases(self, at: datetime) -> bool:
        """Whether it has a lead open that nobody else is to be given; older terminals say no time, and keep it."""
        return self.lead_id is not None and (self.leased_until is None or at < self.leased_until)


def note(
    tx: WorkspaceConnection,
    user_id: int,
    terminal: str,
    lead_id: int | None,
    at: datetime,
    leased_until: datetime | None = None,
) -> None:
    """The terminal is here, with this lead open or none. Times are aware UTC.

    Without `leased_until` the lease of the lead that it had open already ends when it did.

    Who was seen at a time that has not come yet, by a clock that went wrong, was seen now, and goes from now on.
    """
    tx.connection.execute(
        update(tables.presence)
        .where(_present.workspace_id == tx.workspace_id, _present.seen_at > at)
        .values(seen_at=at)
    )
    # A lead that has gone meanwhile is none.
    existing = (
        select(tables.lead.c.id)
        .where(tables.lead.c.workspace_id == tx.workspace_id, tables.lead.c.id == lead_id)
        .scalar_subquery()
    )
    values = {"user_id": user_id, "lead_id": existing, "seen_at": at}
    if leased_until is not None:
        values["leased_until"] = leased_until
    now = literal(at, Moment)
    opened = case((_present.lead_id.is_distinct_from(existing), now), else_=_present.opened_at)
    noted = tx.connection.execute(
        update(tables.presence)
        .where(_present.workspace_id == tx.workspace_id, _present.terminal == terminal)
        .values(opened_at=opened, **values)
    )
    if not noted.rowcount:
        on_break = break_of(tx, user_id)
        tx.connection.execute(
            insert(tables.presence).values(
                workspace_id=tx.workspace_id,
                terminal=terminal,
                arrived_at=at,
                opened_at=at,
                break_at=on_break,
                **values,
            )
        )


def break_of(tx: WorkspaceConnection, user_id: int) -> datetime | None:
    """Since when the person is on a break (aware UTC), whenever their terminals were seen last; None for at work."""
    return tx.connection.execute(
        select(_present.break_at)
        .where(
            _present.workspace_id == tx.workspace_id,
            _present.user_id == user_id,
            _present.break_at.is_not(None),
        )
        .limit(1)
    ).scalar()


def note_break(tx: WorkspaceConnection, user_id: int, since: datetime | None) -> None:
    """The person is on a break since then (aware UTC), None for back from it: in all their terminals."""
    tx.connection.execute(
        update(tables.presence)
        .where(_present.workspace_id == tx.workspace_id, _present.user_id == user_id)
        .values(break_at=since)
    )


def forget(tx: WorkspaceConnection, terminal: str) -> None:
    """The terminal has been closed."""
    tx.connection.execute(
        delete(tables.presence).where(_present.workspace_id == tx.workspace_id, _present.terminal == terminal)
    )


def forget_unseen(tx: WorkspaceConnection, since: datetime) -> None:
    """Those that were not seen since then are gone. `since` is aware UTC."""
    tx.connection.execute(
        delete(tables.presence).where(_present.workspace_id == tx.workspace_id, _present.seen_at < since)
    )


def terminals(tx: WorkspaceConnection) -> tuple[str, ...]:
    """The names of all terminals that have not said that they were closed."""
    return tuple(
        tx.connection.execute(
            select(_present.terminal).where(_present.workspace_id == tx.workspace_id)
        ).scalars()
    )


def others(tx: WorkspaceConnection, terminal: str, since: datetime) -> tuple[Present, ...]:
    """The other terminals that were seen since then, the longest there first. `since` is aware UTC."""
    rows = tx.connection.execute(
        select(
            _present.terminal,
            _present.user_id,
            _present.lead_id,
            _present.seen_at,
            _present.leased_until,
            _present.arrived_at,
            _present.opened_at,
            _present.break_at,
        )
        .where(
            _present.workspace_id == tx.workspace_id,
            _present.terminal != terminal,
            _present.seen_at >= since,
        )
        .order_by(_present.id)
    )
    return tuple(Present(*row) for row in rows)


def taken_among(
    tx: WorkspaceConnection, terminal: str, since: datetime, at: datetime, lead_ids: Collection[int]
) -> set[int]:
    """Those of the leads that another terminal, seen since then, has a lease of. Times are aware UTC."""
    wanted = set(lead_ids)
    return {
        each.lead_id
        for each in others(tx, terminal, since)
        if each.lead_id is not None and each.lead_id in wanted and each.leases(at)
    }
