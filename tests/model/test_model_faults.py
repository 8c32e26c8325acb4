"""The model is worth something only where it catches faults: these are planted, one at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from leadtui.domain.lead import ActivityKind, Lead
from leadtui.services.follow_up import SetStatus
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.store import activities, reminders, tables
from leadtui.store.connection import WorkspaceConnection
from model import desk_machine
from model.running import run_steps

STEPS = 2_000


def found() -> str:
    """What the machine says of the fault: at once, and when it clears its table."""
    with pytest.raises(AssertionError) as caught:
        run_steps(STEPS, begin_with=7, shrink=False)
    told: list[str] = []
    error: BaseException | None = caught.value
    while error is not None:
        told.append(str(error))
        error = error.__context__
    return "; ".join(told)


def test_a_dropped_activity_row_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    add = activities.add

    def drop(tx: WorkspaceConnection, lead_id: int, kind: ActivityKind, *rest: Any, **more: Any) -> int:
        if kind is not ActivityKind.REMINDER_SET:
            return add(tx, lead_id, kind, *rest, **more)
        return tx.connection.execute(select(func.max(tables.activity.c.id))).scalar_one()

    monkeypatch.setattr(activities, "add", drop)
    assert "timeline" in found()


@pytest.mark.proof
def test_a_commit_before_the_reminder_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    add = reminders.add

    def commit_first(tx: WorkspaceConnection, **values: Any) -> int:
        tx.connection.exec_driver_sql("COMMIT")
        tx.connection.exec_driver_sql("BEGIN IMMEDIATE")
        return add(tx, **values)

    monkeypatch.setattr(reminders, "add", commit_first)
    said = found()
    assert "the store says" in said


def test_a_missing_version_check_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    set_status = desk_machine.set_status

    def whatever_was_seen(session: Session, command: SetStatus) -> Lead:
        now = open_lead(session, command.lead_id).lead.version
        return set_status(session, replace(command, version=now))

    monkeypatch.setattr(desk_machine, "set_status", whatever_was_seen)
    assert "Conflict expected" in found()
