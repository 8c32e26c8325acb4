"""The model is worth something only where it catches faults: these are planted, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.reminder import ReminderKind, ReminderState
from leadtui.services.follow_up import SetStatus
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.store import activities, reminders, tables
from leadtui.store.connection import WorkspaceConnection
from model import desk_machine
from model.running import run_steps

STEPS = 2_000


BEGINNINGS = range(7, 13)
"""Not every one comes to each fault, and by each new service they come to others."""


def is_found(words: str) -> bool:
    """Whether the machine says this of the fault: at once, or when it clears its table."""
    for begin_with in BEGINNINGS:
        try:
            run_steps(STEPS, begin_with=begin_with, shrink=False)
        except AssertionError as error:
            told: BaseException | None = error
            while told is not None:
                if words in str(told):
                    return True
                told = told.__context__
    return False


def test_a_dropped_activity_row_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    add = activities.add

    def drop(tx: WorkspaceConnection, lead_id: int, kind: ActivityKind, *rest: Any, **more: Any) -> int:
        if kind is not ActivityKind.REMINDER_SET:
            return add(tx, lead_id, kind, *rest, **more)
        return tx.connection.execute(select(func.max(tables.activity.c.id))).scalar_one()

    monkeypatch.setattr(activities, "add", drop)
    assert is_found("timeline")


@pytest.mark.proof
def test_a_commit_before_the_reminder_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    add = reminders.add

    def commit_first(tx: WorkspaceConnection, **values: Any) -> int:
        tx.connection.exec_driver_sql("COMMIT")
        tx.connection.exec_driver_sql("BEGIN IMMEDIATE")
        return add(tx, **values)

    monkeypatch.setattr(reminders, "add", commit_first)
    assert is_found("the store says")


def test_a_missing_version_check_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    set_status = desk_machine.set_status

    def whatever_was_seen(session: Session, command: SetStatus) -> Lead:
        now = open_lead(session, command.lead_id).lead.version
        return set_status(session, replace(command, version=now))

    monkeypatch.setattr(desk_machine, "set_status", whatever_was_seen)
    assert is_found("Conflict expected")


def test_a_customer_left_without_a_next_step_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    set_status = desk_machine.set_status

    def never_asked(session: Session, command: SetStatus) -> Lead:
        return set_status(session, replace(command, no_next_step=command.no_next_step or "because"))

    monkeypatch.setattr(desk_machine, "set_status", never_asked)
    assert is_found("InvalidAnswers expected")


def test_an_attempt_that_stays_though_somebody_was_reached_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    end = reminders.end

    def keep_attempts(
        tx: WorkspaceConnection, ids: Sequence[int], state: ReminderState, *rest: Any, **more: Any
    ) -> None:
        attempts = set[int]()
        if state is ReminderState.CANCELLED:
            attempts |= set(tx.connection.execute(_ATTEMPTS).scalars())
        end(tx, [each for each in ids if each not in attempts], state, *rest, **more)

    monkeypatch.setattr(reminders, "end", keep_attempts)
    assert is_found("next action")


_ATTEMPTS = select(tables.reminder.c.id).where(tables.reminder.c.kind == ReminderKind.ATTEMPT.value)
