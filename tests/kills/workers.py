"""What the processes do that are killed: each works on a store until the end, and writes down what was acknowledged."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from leadtui.services import leads, outbox, reminders
from leadtui.services.backing_up import back_up
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing import running
from leadtui.services.importing.running import import_files
from leadtui.services.session import Session, system_clock
from leadtui.services.undo import undo

STORE, LOG, SHEET, BACKUP = "desk.db", "acknowledged", "sheet.csv", "backup.db"
MINUTES_APART = 6
"""By so much the clock of one process that sends is ahead of the one before: what that one had claimed is nobody's then."""

CHUNK_ROWS = 100
"""So many rows an import writes at once here, so that there are many moments between two chunks."""


@dataclass(slots=True)
class Work:
    """A process' desk and its chances."""

    session: Session
    chance: Random
    log: int
    ready: Callable[[], None]

    def acknowledged(self, lead_id: int, text: str, *, undone: bool = False) -> None:
        """Write down what a person was told is saved. From the first time on the process may be killed."""
        line = json.dumps({"lead": lead_id, "text": text, "undone": undone})
        os.write(self.log, line.encode() + b"\n")
        self.ready()

    def lead(self) -> int:
        """One of the customers."""
        return self.chance.randint(1, 10)

    def mark(self) -> str:
        """A text that stands nowhere else."""
        return f"mark {self.chance.getrandbits(64):x}"

    def later(self) -> datetime:
        """A time to be reminded at."""
        return self.session.now() + timedelta(minutes=self.chance.randint(1, 9_999))


def save(work: Work) -> None:
    """Steps, notes and reminders without end."""
    while True:
        lead_id, text = work.lead(), work.mark()
        what = work.chance.random()
        if what < 0.5:
            _give_a_status(work, lead_id, text)
        elif what < 0.7:
            leads.add_note(work.session, lead_id, text)
        else:
            reminder = reminders.set_reminder(work.session, lead_id, work.later(), text)
            if what > 0.9:
                reminders.snooze(work.session, reminder, work.later())
        work.acknowledged(lead_id, text)


def import_a_sheet(work: Work) -> None:
    """Import the sheet, which ends at some time."""
    work.ready()
    running.CHUNK_ROWS = CHUNK_ROWS
    sheet = Path(str(work.session.store.path)).with_name(SHEET)
    import_files(work.session, [sheet])


def take_back(work: Work) -> None:
    """Steps that are taken back at once, without end."""
    while True:
        lead_id, text = work.lead(), work.mark()
        _give_a_status(work, lead_id, text)
        work.acknowledged(lead_id, text)
        undo(work.session)
        work.acknowledged(lead_id, text, undone=True)


def send(work: Work) -> None:
    """Whatever is due in the outbox, one message after the other. Each process comes some minutes later than the one before."""
    work.ready()
    outbox.run(work.session)


def write_backups(work: Work) -> None:
    """Backups one over the other, without end."""
    work.ready()
    while True:
        back_up(work.session, Path(str(work.session.store.path)).with_name(BACKUP), force=True)


WORKERS: dict[str, Callable[[Work], None]] = {
    "save": save,
    "import": import_a_sheet,
    "undo": take_back,
    "back up": write_backups,
    "send": send,
}


def run(kind: str, folder: Path, seed: int, ready: Callable[[], None]) -> None:
    """Open the store and work on it; `ready` says from when on there is something to be killed in."""
    later = timedelta(minutes=MINUTES_APART * seed) if kind == "send" else timedelta()
    session = Session.open(folder / STORE, "neda@example.com", lambda: system_clock() + later)
    log = os.open(folder / LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    WORKERS[kind](Work(session, Random(seed), log, ready))


def _give_a_status(work: Work, lead_id: int, text: str) -> None:
    status = work.chance.choice(
        [each for each in work.session.definitions.open_statuses if each.key in _SIMPLE]
    )
    lead = leads.open_lead(work.session, lead_id).lead
    remind = work.later() if status.key == "call_back" else None
    set_status(
        work.session,
        SetStatus(lead_id, lead.version, status.id, remind_at=remind, note=text, no_next_step=text),
    )


_SIMPLE = frozenset({"no_answer", "voicemail", "call_back", "interested"})
