"""What one process does in the test of many: works at a store like a person, and writes down what was acknowledged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, TextIO

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead import Lead
from leadtui.domain.reminder import ReminderState
from leadtui.domain.status import CartableRule, ReminderRule
from leadtui.domain.view import View
from leadtui.errors import LeadtuiError, StoreError
from leadtui.services import leads, presence, reminders
from leadtui.services.bulk import assign
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing.running import import_files
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import open_lead
from leadtui.services.presence import take_next
from leadtui.services.session import Session
from leadtui.services.undo import undo

THINKING = (0.3, 1.0)
"""Seconds between two steps of a person: at least, and at most."""

FEWEST_STEPS = 6
"""So many steps each person takes on a busy machine too, so that every kind comes up."""

WORKED_AT_ONCE = 60
"""So many customers are worked by all, so that they get into each other's way."""


@dataclass(slots=True)
class Worker:
    """One person at one terminal."""

    session: Session
    log: TextIO
    random: Random
    terminal: str
    list: LeadList = field(init=False)
    steps: int = 0

    def __post_init__(self) -> None:
        self.list = LeadList(self.session)

    def work(self, until: float) -> None:
        """Take one step after the other until this moment of `time.monotonic`, and the fewest that there must be."""
        kinds: list[tuple[Callable[[], dict[str, Any]], int]] = [
            (self.set_status, 6),
            (self.note, 3),
            (self.remind, 3),
            (self.end_reminder, 4),
            (self.transfer, 2),
            (self.undo, 2),
            (self.edit, 2),
            (self.next_free, 3),
        ]
        steps, weights = zip(*kinds, strict=True)
        while time.monotonic() < until or self.steps < FEWEST_STEPS:
            (step,) = self.random.choices(steps, weights)
            self.steps += 1
            began = time.perf_counter()
            try:
                told = step()
            except StoreError as error:
                # A lock that a person would have to read of, or worse.
                told = {"trouble": str(error)}
            except LeadtuiError as error:
                told = {"refused": type(error).__name__}
            told |= {"step": step.__name__, "seconds": time.perf_counter() - began}
            self.write(told)
            time.sleep(self.random.uniform(*THINKING))
        presence.leave(self.session, self.terminal)

    def write(self, told: dict[str, Any]) -> None:
        """Write down what was acknowledged."""
        self.log.write(json.dumps(told) + "\n")
        self.log.flush()

    @property
    def token(self) -> str:
        """Words that no other step says."""
        return f"{self.terminal} step {self.steps}"

    def somebody(self) -> Lead:
        """A customer whom others work too."""
        ids = self.list.order(View(sort="name", descending=False))[:WORKED_AT_ONCE]
        return open_lead(self.session, self.random.choice(ids)).lead

    def later(self) -> Any:
        """A time to be reminded at; some come due while the test runs."""
        return self.session.now() + timedelta(seconds=self.random.choice((2, 5, 3_600, 90_000)))

    def colleague(self) -> int:
        """Anybody who works here."""
        return self.random.choice(self.session.definitions.active_colleagues).id

    # The steps: each returns what the store has acknowledged

    def set_status(self, lead: Lead | None = None) -> dict[str, Any]:
        lead = lead or self.somebody()
        status = self.random.choice(
            [each for each in self.session.definitions.open_statuses if not each.retired]
        )
        token = self.token
        asked = status.reminder is not ReminderRule.NO
        saved = set_status(
            self.session,
            SetStatus(
                lead.id,
                lead.version,
                status.id,
                {each.key: _answer(each) for each in status.open_fields},
                self.colleague() if status.cartable is CartableRule.NEXT else None,
                self.later() if asked else None,
                note=token,
                no_next_step=token,
            ),
        )
        return {"lead": lead.id, "version": saved.version, "kind": "status-set", "text": token}

    def note(self) -> dict[str, Any]:
        lead, token = self.somebody(), self.token
        saved = leads.add_note(self.session, lead.id, token)
        return {"lead": lead.id, "version": saved.version, "kind": "note", "text": token}

    def remind(self) -> dict[str, Any]:
        lead, token = self.somebody(), self.token
        reminder_id = reminders.set_reminder(self.session, lead.id, self.later(), token)
        return {"lead": lead.id, "kind": "reminder-set", "text": token, "set": reminder_id}

    def end_reminder(self) -> dict[str, Any]:
        mine = [
            each.reminder
            for each in reminders.list_reminders(self.session)
            if each.reminder.state is ReminderState.PENDING
        ]
        if not mine:
            return {"refused": "nothing to end"}
        one = self.random.choice(mine)
        match self.random.randrange(3):
            case 0:
                reminders.acknowledge(self.session, one.id)
                return {"lead": one.lead_id, "kind": "reminder-done", "ended": one.id}
            case 1:
                reminders.cancel(self.session, one.id)
                return {"lead": one.lead_id, "kind": "reminder-cancelled", "ended": one.id}
            case _:
                new = reminders.snooze(self.session, one.id, self.session.now() + timedelta(hours=1))
                return {"lead": one.lead_id, "kind": "reminder-moved", "ended": one.id, "set": new}

    def transfer(self) -> dict[str, Any]:
        lead, token = self.somebody(), self.token
        owner = self.random.choice((None, self.colleague()))
        told = assign(self.session, [lead.id], owner, token)
        if not told.done:
            return {"refused": "the same owner"}
        return {"lead": lead.id, "kind": "transferred", "text": token}

    def undo(self) -> dict[str, Any]:
        undone = undo(self.session)
        return {"lead": undone.taken[0].lead.id, "kind": "undone"}

    def edit(self) -> dict[str, Any]:
        lead, token = self.somebody(), self.token
        saved = edit_lead(self.session, EditLead(lead.id, lead.version, {"major": token}))
        return {"lead": lead.id, "version": saved.version, "kind": "edited"}

    def next_free(self) -> dict[str, Any]:
        lead_id = take_next(self.session, self.terminal, self.list.order(View()))
        if lead_id is None:
            return {"refused": "nobody is free"}
        return self.set_status(open_lead(self.session, lead_id).lead)


def _answer(asked: Field) -> str:
    match asked.kind:
        case FieldKind.DATE:
            return "2031-05-06"
        case FieldKind.TIME:
            return "10:30"
        case FieldKind.NUMBER | FieldKind.MONEY:
            return "42"
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return asked.options[0]
        case FieldKind.LINK:
            return "https://example.com"
        case FieldKind.WEEKDAY:
            return "Monday"
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return "so be it"
        case _:
            return ""


def work_at(path: Path, email: str, log: Path, seed: int, begin: Any, seconds: float) -> None:
    """What a process of the test runs: a person who works for so long, once all are there."""
    session = Session.open(path, email)
    with log.open("w", encoding="utf-8") as written:
        worker = Worker(session, written, Random(seed), f"terminal {seed}")
        presence.arrive(session, worker.terminal)
        begin.wait()
        worker.work(time.monotonic() + seconds)
    session.close()


def import_into(path: Path, email: str, files: Sequence[Path], log: Path, begin: Any, seconds: float) -> None:
    """What the importing process runs: one file after the other, with a short pause, for so long."""
    session = Session.open(path, email)
    with log.open("w", encoding="utf-8") as written:
        begin.wait()
        until = time.monotonic() + seconds
        for file in files:
            if time.monotonic() > until:
                break
            (report,) = import_files(session, [file])
            written.write(json.dumps({"imported": report.batch_id, "new": report.counts.new}) + "\n")
            written.flush()
            time.sleep(0.5)
    session.close()


def take_again_and_again(path: Path, email: str, terminal: str, times: int, log: Path, begin: Any) -> None:
    """What a process of the test of `take_next` runs: it writes down from when to when it had whom."""
    session = Session.open(path, email)
    ids = LeadList(session).order(View())
    random = Random(terminal)
    with log.open("w", encoding="utf-8") as written:
        begin.wait()
        for _time in range(times):
            lead_id = take_next(session, terminal, ids)
            taken = time.monotonic()
            time.sleep(random.uniform(0, 0.02))
            written.write(json.dumps([lead_id, taken, time.monotonic()]) + "\n")
    session.close()
