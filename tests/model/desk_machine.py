"""Two people work on the same customers in every order that chance finds; after each step the store must say what the model says."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from desk_making import MovingClock, hire, make_desk
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import event
from sqlalchemy.engine import Engine

from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.status import ReminderRule, Status
from leadtui.errors import Conflict, LeadtuiError
from leadtui.services import leads, reminders
from leadtui.services.desk import Desk
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing.options import Duplicates, ImportOptions
from leadtui.services.importing.running import import_files
from leadtui.store import tables
from leadtui.store.lead_writing import NewLead, insert_leads
from model.lead_model import PENDING, LeadModel, ModelLead, ModelReminder, Rules, step

ANSWERS = {"date": "2024-10-05", "time": "16:00"}
"""What is typed into fields that must be filled in, by kind; an amount into the others."""


class Stopped(Exception):
    """The program died in the middle of a step."""


@dataclass(slots=True)
class Tally:
    """How many steps all machines have taken together."""

    steps: int = 0


class DeskMachine(RuleBasedStateMachine):
    """Every rule does one thing with a service and with the model, and compares the customer that it was done to."""

    tally = Tally()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=_quick_folder()))
        self.clock = MovingClock()
        self.neda = make_desk(self.folder, clock=self.clock)
        self.reza = hire(self.neda, "Reza Amini", "reza@example.com", self.clock)
        self.neda.reload_definitions()
        self.desks = (self.neda, self.reza)
        self.statuses = {each.key: each for each in self.neda.definitions.open_statuses}
        self.model = LeadModel()
        self.ids: list[int] = []
        self.imports = 0

    def teardown(self) -> None:
        """Look at everything once more, and clear the table."""
        try:
            for lead_id in self.ids:
                self.compare(lead_id)
            self.check_whole()
        finally:
            for desk in self.desks:
                desk.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # What chance chooses

    def desk(self, who: int) -> Desk:
        """Neda's or Reza's."""
        return self.desks[who]

    def lead(self, which: int) -> int:
        """One of the customers that are there."""
        return self.ids[which % len(self.ids)]

    @initialize(how_many=st.integers(1, 3))
    def begin(self, how_many: int) -> None:
        """A few customers are there from the start."""
        for number in range(how_many):
            self.add_one(f"Customer {number}", f"+1212555{number:04}")

    def add_one(self, name: str, number: str) -> None:
        """Somebody who was imported before the story begins."""
        new = NewLead(name=name, entered_at=self.clock.now, numbers=(LeadNumber(number, number),))
        with self.neda.store.write() as connection:
            (lead_id,) = insert_leads(
                connection, self.neda.workspace.id, [new], self.clock.now, self.neda.actor.id
            )
        self.model.add(lead_id, ModelLead(name, (number,)))
        self.ids.append(lead_id)

    # The rules

    @rule(
        who=st.integers(0, 1),
        which=st.integers(0, 9),
        key=st.integers(0, 99),
        other=st.integers(0, 1),
        hours=st.none() | st.integers(1, 100),
        late=st.integers(0, 9),
        stop=st.none() | st.integers(1, 12),
    )
    def give_a_status(
        self, who: int, which: int, key: int, other: int, hours: int | None, late: int, stop: int | None
    ) -> None:
        """Give a status as it is seen (or, now and then, as it was seen a change ago), and perhaps die in between."""
        desk, lead_id = self.desk(who), self.lead(which)
        status = list(self.statuses.values())[key % len(self.statuses)]
        rules = _rules(status)
        chosen = self.desks[other].actor.id if rules.moves == "next" else None
        remind = self.clock.now + timedelta(hours=hours or 2)
        if rules.reminder == ReminderRule.NO or (rules.reminder == ReminderRule.ASK and hours is None):
            remind = None
        seen = self.model.leads[lead_id].version - (late == 0)
        command = SetStatus(lead_id, seen, status.id, rules.asks, chosen, remind)
        if late == 0:
            self.refused(lambda: set_status(desk, command), Conflict)
            return self.compare(lead_id)
        if stop is not None and self.dies(lambda: set_status(desk, command), stop):
            return self.compare(lead_id)
        if stop is None:
            set_status(desk, command)

        def taken(lead: ModelLead) -> None:
            set_reminder = step(lead, rules, desk.actor.id, chosen, remind, self.clock.now)
            if remind is not None:
                set_reminder(self.new_reminder(lead_id))

        self.model.change(lead_id, desk.actor.id, taken)
        return self.compare(lead_id)

    @rule(who=st.integers(0, 1), which=st.integers(0, 9))
    def note(self, who: int, which: int) -> None:
        """Write something down."""
        desk, lead_id = self.desk(who), self.lead(which)
        leads.add_note(desk, lead_id, "a note")
        self.model.change(lead_id, desk.actor.id, lambda _lead: None)
        self.compare(lead_id)

    @rule(who=st.integers(0, 1), which=st.integers(0, 9), seconds=st.integers(0, 600))
    def ring(self, who: int, which: int, seconds: int) -> None:
        """A call is a fact: nobody takes it back, but it stands in the way of nothing."""
        desk, lead_id = self.desk(who), self.lead(which)
        if self.forbidden(lead_id):
            return
        number = self.model.leads[lead_id].numbers[0]
        leads.log_call(desk, lead_id, number, self.clock.now, seconds)
        now = self.clock.now
        self.model.change(lead_id, None, lambda lead: setattr(lead, "contacted", now))
        self.compare(lead_id)

    @rule(
        who=st.integers(0, 1),
        which=st.integers(0, 9),
        hours=st.integers(1, 200),
        stop=st.none() | st.integers(1, 8),
    )
    def remind(self, who: int, which: int, hours: int, stop: int | None) -> None:
        """Set a reminder for oneself."""
        desk, lead_id = self.desk(who), self.lead(which)
        due = self.clock.now + timedelta(hours=hours)
        if stop is None:
            reminders.set_reminder(desk, lead_id, due)
        elif self.dies(lambda: reminders.set_reminder(desk, lead_id, due), stop):
            return self.compare(lead_id)

        def taken(lead: ModelLead) -> None:
            lead.reminders[self.new_reminder(lead_id)] = ModelReminder(desk.actor.id, due)

        self.model.change(lead_id, desk.actor.id, taken)
        return self.compare(lead_id)

    @rule(
        which=st.integers(0, 99), how=st.sampled_from(["done", "cancel", "snooze"]), hours=st.integers(1, 50)
    )
    def end_a_reminder(self, which: int, how: str, hours: int) -> None:
        """Its owner ends it in one of the three ways; whoever comes second is refused."""
        found = [(lead_id, each) for lead_id in self.ids for each in self.model.leads[lead_id].reminders]
        if not found:
            return None
        lead_id, reminder_id = found[which % len(found)]
        reminder = self.model.leads[lead_id].reminders[reminder_id]
        desk = next(each for each in self.desks if each.actor.id == reminder.owner)
        until = self.clock.now + timedelta(hours=hours)
        calls: dict[str, Callable[[], object]] = {
            "done": lambda: reminders.acknowledge(desk, reminder_id),
            "cancel": lambda: reminders.cancel(desk, reminder_id),
            "snooze": lambda: reminders.snooze(desk, reminder_id, until),
        }
        if reminder.state != PENDING:
            self.refused(calls[how], LeadtuiError)
            return self.compare(lead_id)
        calls[how]()

        def taken(lead: ModelLead) -> None:
            ended = {"done": "acknowledged", "cancel": "cancelled", "snooze": "rescheduled"}[how]
            lead.reminders[reminder_id].state = ended
            if how == "snooze":
                lead.reminders[self.new_reminder(lead_id)] = ModelReminder(desk.actor.id, until)

        self.model.change(lead_id, desk.actor.id, taken)
        return self.compare(lead_id)

    @rule(hours=st.integers(1, 60))
    def time_goes_on(self, hours: int) -> None:
        """Reminders come due."""
        self.clock.move(hours=hours)

    @precondition(lambda self: self.imports < 1)
    @rule(fills=st.booleans())
    def import_a_file(self, fills: bool) -> None:
        """One who is known and one who is not, by the same number once more."""
        self.imports += 1
        known = self.model.leads[self.ids[0]]
        sheet = self.folder / f"sheet{self.imports}.csv"
        city = "Boston" if fills else known.city
        sheet.write_text(
            f"Name,Phone,City\n{known.name},{known.numbers[0]},{city}\nNewcomer,+12125559{self.imports:03},Rome\n"
        )
        (report,) = import_files(self.neda, [sheet], ImportOptions(duplicates=Duplicates.FILL))
        assert report.counts.new == 1
        # That they came in once more is told, and what the file adds: one change.
        self.model.change(
            self.ids[0], None, lambda lead: setattr(lead, "city", city), told=1 + (city != known.city)
        )
        new_id = leads.find_lead(self.neda, f"+12125559{self.imports:03}").id
        self.model.add(new_id, ModelLead("Newcomer", (f"+12125559{self.imports:03}",), "Rome"))
        self.ids.append(new_id)
        self.compare(self.ids[0])
        self.compare(new_id)

    # Looking

    def compare(self, lead_id: int) -> None:
        """What the store says of a customer, against the model."""
        model = self.model.leads[lead_id]
        opened = leads.open_lead(self.neda, lead_id)
        lead = opened.lead
        status = self.neda.definitions.status(lead.status_id)
        numbers = tuple(each.e164 for each in lead.numbers)
        _same("name", lead.name, model.name)
        _same("city", lead.city, model.city)
        _same("numbers", numbers, model.numbers)
        _same("status", status.key if status else None, model.status)
        _same("owner", lead.owner_id, model.owner)
        _same("last contact", lead.contacted_at, model.contacted)
        _same("version", lead.version, model.version)
        _same("next action", lead.next_at, model.next_at)
        _same("entries of the timeline", len(opened.timeline), model.told)
        _same("reminders", _reminders(self.neda, lead), model.reminders)

    @invariant()
    def count_the_step(self) -> None:
        """After the beginning and after every rule."""
        DeskMachine.tally.steps += 1

    def check_whole(self) -> None:
        """The lists and counts of the desk."""
        with self.neda.store.read() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
            assert connection.exec_driver_sql("SELECT count(*) FROM lead").scalar() == len(self.model.leads)

    def new_reminder(self, lead_id: int) -> int:
        """The id of the reminder that the model does not know yet."""
        lead = leads.open_lead(self.neda, lead_id).lead
        known = {each for one in self.model.leads.values() for each in one.reminders}
        new = set(_reminders(self.neda, lead)) - known
        _same("new reminders", len(new), 1)
        return new.pop()

    def refused(self, call: Callable[[], object], kind: type[LeadtuiError]) -> None:
        """The call must be refused."""
        try:
            call()
        except kind:
            return
        raise AssertionError(f"{kind.__name__} expected, and nothing was refused")

    def forbidden(self, lead_id: int) -> bool:
        """Whether the customer must not be rung."""
        key = self.model.leads[lead_id].status
        return key is not None and self.statuses[key].kind.value == "do-not-call"

    def dies(self, call: Callable[[], object], after: int) -> bool:
        """Run the call in a program that dies after so many statements; returns whether it died before it was done."""
        with _dying(after):
            try:
                call()
            except Stopped:
                return True
        return False


def _same(what: str, store: object, model: object) -> None:
    if store != model:
        raise AssertionError(f"{what}: the store says {store}, the model {model}")


def _rules(status: Status) -> Rules:
    asks = {
        each.key: each.options[0] if each.options else ANSWERS.get(each.kind.value, "1200")
        for each in status.open_fields
        if each.required
    }
    return Rules(status.key, status.cartable.value, status.final, status.reminder.value, asks)


def _reminders(desk: Desk, lead: Lead) -> dict[int, ModelReminder]:
    table = tables.reminder
    with desk.store.read() as connection:
        rows = connection.execute(table.select().where(table.c.lead_id == lead.id))
        return {row.id: ModelReminder(row.owner_id, row.due, row.state) for row in rows}


@contextmanager
def _dying(after: int) -> Generator[None]:
    """The statement with that number never comes to pass."""
    left = after

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal left
        if statement.startswith("BEGIN"):
            return
        left -= 1
        if left < 0:
            raise Stopped

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def _quick_folder() -> str | None:
    """Memory, where the machine has such a folder: thousands of stores are made."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
