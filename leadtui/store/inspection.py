"""How much a store holds, over all of its workspaces."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from leadtui.domain.reminder import ReminderState
from leadtui.store import tables


@dataclass(frozen=True, slots=True)
class Counts:
    """What a store holds, over all of its workspaces."""

    customers: int
    pending_reminders: int
    activities: int


def count(connection: Connection) -> Counts:
    """How much the store holds."""
    pending = tables.reminder.c.state == ReminderState.PENDING.value
    numbers = (
        connection.execute(statement).scalar_one()
        for statement in (
            select(func.count()).select_from(tables.lead),
            select(func.count()).select_from(tables.reminder).where(pending),
            select(func.count()).select_from(tables.activity),
        )
    )
    return Counts(*numbers)
