"""Two people work on the same customers in every order that chance finds; after each step the store must say what the model says."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from session_making import MovingClock, hire, make_session
from sqlalchemy import event
from sqlalchemy.engine import Engine

from leadtui.domain.importing import Duplicates, ImportOptions
from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.reminder import ReminderKind
from leadtui.domain.status import ReminderRule, Status, StatusKind
from leadtui.errors import Conflict, InvalidAnswers, LeadtuiError, NotFound, Refused
from leadtui.services import leads, reminders
from leadtui.services.bulk import assign
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing.running import import_files
from leadtui.services.lead_merge import merge
from leadtui.services.session import Session
from leadtui.services.undo import last_undoable, undo
from leadtui.store import leads as kept_leads
from leadtui.store.column_types import moment
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.lead_writing import NewLead, insert_leads
from model.lead_model import (
    PENDING,
    VALUES,
    LeadModel,
    Lost,
    ModelLead,
    ModelReminder,
    Rules,
    Taken,
    attempt,
    give,
    hand_over,
    is_left,
)

ANSWERS = {"date": "2024-10-05", "time": "16:00"}
"""What is typed into fields that must be filled in, by kind; an amount into the others."""

NEDA, REZA = "neda@example.com", "reza@example.com"

WORDS = st.sampled_from(["Mina", "Sara", "Boston", "شیراز"])

ENDINGS = {"done": "acknowledged", "cancel": "cancelled", "snooze": "rescheduled"}


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
        store = self.folder / "desk.db"
        store.write_bytes(_store_of_two())
        self.neda, self.reza = (Session.open(store, each, self.clock) for each in (NEDA, REZA))
        self.sessions = (self.neda, self.reza)
        self.statuses = {each.key: each for each in self.neda.definitions.open_statuses}
        self.choices = [_rules(each, self.statuses) for each in self.statuses.values()]
        self.forbidding = {each.key for each in self.choices if each.forbids}
        self.model = LeadModel()
        self.imports = 0

    def teardown(self) -> None:
        """Look at everything once more, and clear the table."""
        try:
            for lead_id in self.model.leads:
                self.compare(lead_id)
                opened = leads.open_lead(self.neda, lead_id)
                _same("the timeline that is shown", len(opened.timeline), self.model.leads[lead_id].told)
            self.check_whole()
        finally:
            for session in self.sessions:
                session.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # What chance chooses

    def session(self, who: int) -> Session:
        """Neda's or Reza's."""
        return self.sessions[who]

    def lead(self, which: int) -> int:
        """One of the customers that are there."""
        return sorted(self.model.leads)[which % len(self.model.leads)]

    @initialize(how_many=st.integers(1, 3))
    def begin(self, how_many: int) -> None:
        """A few customers are there from the start."""
        for number in range(how_many):
            self.add_one(f"Customer {number}", f"+1212555{number:04}")

    def add_one(self, name: str, number: str) -> None:
        """Somebody who was imported before the story begins."""
        new = NewLead(
            {
                "name": name,
                "entered_at": self.clock.now,
            },
            numbers=(LeadNumber(number, number),),
        )
        with self.neda.write() as tx:
            (lead_id,) = insert_leads(tx, [new], self.clock.now, self.neda.actor.id)
        self.model.add(lead_id, ModelLead(name, (number,)))

    # The rules

    @rule(
        who=st.integers(0, 1),
        which=st.integers(0, 9),
        key=st.integers(0, 99),
        other=st.integers(0, 1),
        hours=st.none() | st.integers(1, 100),
        late=st.integers(0, 9),
        silent=st.booleans(),
        stop=st.none() | st.integers(1, 25),
    )
    def give_a_status(
        self,
        who: int,
        which: int,
        key: int,
        other: int,
        hours: int | None,
        late: int,
        silent: bool,
        stop: int | None,
    ) -> None:
        """Give a status as it is seen (or, now and then, as it was seen a change ago), and perhaps die in between.

        Who is `silent` does not say why a customer is left without a next step.
        """
        session, lead_id = self.session(who), self.lead(which)
        rules = self.choices[key % len(self.choices)]
        chosen = self.sessions[other].actor.id if rules.moves == "next" else None
        remind: datetime | None = self.clock.now + timedelta(hours=hours or 2)
        if rules.reminder == ReminderRule.NO or (rules.reminder == ReminderRule.ASK and hours is None):
            remind = None
        seen = self.model.leads[lead_id].version - (late == 0)
        command = SetStatus(
            lead_id,
            seen,
            self.statuses[rules.key].id,
            rules.asks,
            chosen,
            remind,
            note="why not",
            no_next_step="rings us",
        )
        if late == 0:
            self.refused(lambda: set_status(session, command), Conflict)
            return self.compare(lead_id)
        if self.forbidden(lead_id) and not rules.forbids and session is self.reza:
            self.refused(lambda: set_status(session, command), Refused)
            return self.compare(lead_id)
        attempt = None if remind is not None else self.next_attempt(lead_id, rules)
        step = (rules, session.actor.id, chosen, remind or attempt, self.clock.now)
        if silent:
            command = replace(command, no_next_step="")
            if is_left(self.model.leads[lead_id], *step):
                self.refused(lambda: set_status(session, command), InvalidAnswers)
                return self.compare(lead_id)
        if self.dies(lambda: set_status(session, command), stop):
            return self.compare(lead_id)

        def given(lead: ModelLead) -> None:
            reminded = give(lead, *step)
            due = remind or attempt
            if due is not None:
                new = ModelReminder(reminded, due, by_step=True, attempt=due == attempt)
                lead.reminders[self.new_reminder(lead_id)] = new

        self.model.change(lead_id, session.actor.id, "status", given)
        return self.compare(lead_id)

    @rule(who=st.integers(0, 1), which=st.integers(0, 9), to=st.integers(0, 2))
    def transfer(self, who: int, which: int, to: int) -> None:
        """Give the customer to somebody, or to nobody; who has them already gets nothing."""
        session, lead_id = self.session(who), self.lead(which)
        owner = self.sessions[to].actor.id if to < len(self.sessions) else None
        told = assign(session, [lead_id], owner)
        if owner == self.model.leads[lead_id].owner:
            assert (told.done, told.same) == (0, 1)
            return self.compare(lead_id)

        def given(lead: ModelLead) -> None:
            hand_over(lead, owner, self.clock.now)
            for reminder in lead.reminders.values():
                if reminder.state == PENDING and owner is not None:
                    reminder.owner = owner

        self.model.change(lead_id, session.actor.id, "transfer", given)
        return self.compare(lead_id)

    @rule(who=st.integers(0, 1), which=st.integers(0, 9), key=st.sampled_from(["name", "city"]), word=WORDS)
    def edit(self, who: int, which: int, key: str, word: str) -> None:
        """Change a field; where that changes nothing, nothing is written."""
        session, lead_id = self.session(who), self.lead(which)
        lead = self.model.leads[lead_id]
        edit_lead(session, EditLead(lead_id, lead.version, {key: word}))
        if getattr(lead, key) != word:
            self.model.change(lead_id, session.actor.id, "edit", lambda lead: setattr(lead, key, word))
        self.compare(lead_id)

    @rule(who=st.integers(0, 1), which=st.integers(0, 9))
    def note(self, who: int, which: int) -> None:
        """Write something down."""
        session, lead_id = self.session(who), self.lead(which)
        leads.add_note(session, lead_id, "a note")
        self.model.change(lead_id, session.actor.id, "note", lambda _lead: None)
        self.compare(lead_id)

    @rule(who=st.integers(0, 1), which=st.integers(0, 9), seconds=st.integers(0, 600))
    def ring(self, who: int, which: int, seconds: int) -> None:
        """A call is a fact: nobody takes it back. Whom nobody may ring, nobody can have rung."""
        session, lead_id, now = self.session(who), self.lead(which), self.clock.now
        number = self.model.leads[lead_id].numbers[0]
        if self.forbidden(lead_id):
            self.refused(lambda: leads.log_call(session, lead_id, number, now, seconds), Refused)
            return self.compare(lead_id)
        leads.log_call(session, lead_id, number, now, seconds)
        self.model.change(lead_id, None, "call", lambda lead: setattr(lead, "contacted", now))
        return self.compare(lead_id)

    @rule(
        who=st.integers(0, 1),
        which=st.integers(0, 9),
        hours=st.integers(1, 200),
        stop=st.none() | st.integers(1, 15),
    )
    def remind(self, who: int, which: int, hours: int, stop: int | None) -> None:
        """Set a reminder for oneself."""
        session, lead_id = self.session(who), self.lead(which)
        due = self.clock.now + timedelta(hours=hours)
        if self.dies(lambda: reminders.set_reminder(session, lead_id, due), stop):
            return self.compare(lead_id)

        def reminded(lead: ModelLead) -> None:
            lead.reminders[self.new_reminder(lead_id)] = ModelReminder(session.actor.id, due)

        self.model.change(lead_id, session.actor.id, "reminder", reminded)
        return self.compare(lead_id)

    @rule(which=st.integers(0, 99), how=st.sampled_from(sorted(ENDINGS)), hours=st.integers(1, 50))
    def end_a_reminder(self, which: int, how: str, hours: int) -> None:
        """Its owner ends it in one of the three ways; whoever comes second is refused."""
        found = [
            (lead_id, each) for lead_id in self.model.leads for each in self.model.leads[lead_id].reminders
        ]
        if not found:
            return None
        lead_id, reminder_id = found[which % len(found)]
        reminder = self.model.leads[lead_id].reminders[reminder_id]
        session = next(each for each in self.sessions if each.actor.id == reminder.owner)
        until = self.clock.now + timedelta(hours=hours)
        calls: dict[str, Callable[[], object]] = {
            "done": lambda: reminders.acknowledge(session, reminder_id),
            "cancel": lambda: reminders.cancel(session, reminder_id),
            "snooze": lambda: reminders.snooze(session, reminder_id, until),
        }
        if reminder.state != PENDING:
            self.refused(calls[how], LeadtuiError)
            return self.compare(lead_id)
        calls[how]()

        def ended(lead: ModelLead) -> None:
            lead.reminders[reminder_id].state = ENDINGS[how]
            if how == "snooze":
                later = replace(lead.reminders[reminder_id], due=until, state=PENDING)
                lead.reminders[self.new_reminder(lead_id)] = later

        kind = "moved" if how == "snooze" else "ended"
        self.model.change(lead_id, session.actor.id, kind, ended)
        return self.compare(lead_id)

    @rule(who=st.integers(0, 1), stop=st.none() | st.integers(1, 25))
    def take_back(self, who: int, stop: int | None) -> None:
        """Undo one's last step, also one of another day; where somebody moved the customer on, it is refused."""
        session = self.session(who)
        last, undoable = self.model.last_step(session.actor.id), last_undoable(session)
        if last is None:
            _same("what can be undone", undoable, None)
            return self.refused(lambda: undo(session), NotFound)
        lead_id, step = last
        _same("the customer to be undone", undoable.lead.id if undoable else None, lead_id)
        confirmed = undoable.step_id if undoable else None
        if not self.model.can_take_back(lead_id, step) or self.needs_a_supervisor(session, lead_id, step):
            self.refused(lambda: undo(session, confirmed=confirmed), Refused)
            return self.compare(lead_id)
        if self.dies(lambda: undo(session, confirmed=confirmed), stop):
            return self.compare(lead_id)
        self.model.take_back(lead_id, step)
        if step.lost is not None:
            self.compare(step.lost.id)
        return self.compare(lead_id)

    @rule(who=st.integers(0, 1), which=st.integers(0, 9), key=st.integers(0, 99), hours=st.integers(1, 9))
    def change_ones_mind(self, who: int, which: int, key: int, hours: int) -> None:
        """Give a status and take it back at once."""
        self.give_a_status(who, which, key, 1 - who, hours, late=1, silent=False, stop=None)
        self.take_back(who, None)

    @rule(who=st.integers(0, 1), which=st.integers(0, 9), key=st.integers(0, 1), times=st.integers(1, 6))
    def nobody_answers(self, who: int, which: int, key: int, times: int) -> None:
        """The same attempt again and again, perhaps until the rule gives the customer up."""
        trying = [place for place, each in enumerate(self.choices) if each.most]
        for _each in range(times):
            self.give_a_status(who, which, trying[key], 1 - who, None, late=1, silent=True, stop=None)
            self.clock.move(minutes=5)

    @rule(who=st.integers(0, 1), which=st.integers(0, 9), key=st.integers(0, 9), silent=st.booleans())
    def plan_nothing(self, who: int, which: int, key: int, silent: bool) -> None:
        """Somebody was reached, and nothing is planned."""
        open_ones = [
            place
            for place, each in enumerate(self.choices)
            if each.moves == "stay" and each.reminder == ReminderRule.ASK and not each.final
        ]
        place = open_ones[key % len(open_ones)]
        self.give_a_status(who, which, place, 1 - who, None, late=1, silent=silent, stop=None)

    @precondition(lambda self: len(self.model.leads) > 1)
    @rule(which=st.integers(0, 9), other=st.integers(0, 8), stop=st.none() | st.integers(1, 40))
    def merge_two(self, which: int, other: int, stop: int | None) -> None:
        """Make one of two: of each value one of the two stays, of numbers, entries and reminders all."""
        kept_id = self.lead(which)
        others = [each for each in self.model.leads if each != kept_id]
        lost_id = others[other % len(others)]
        kept, lost = self.model.leads[kept_id], self.model.leads[lost_id]
        versions = (kept.version, lost.version)
        if self.dies(lambda: merge(self.neda, kept_id, lost_id, versions), stop):
            self.compare(lost_id)
            return self.compare(kept_id)
        result = leads.open_lead(self.neda, kept_id).lead
        gone = Lost(lost_id, self.model.leads.pop(lost_id), self.model.steps.pop(lost_id))

        def merged(lead: ModelLead) -> None:
            now = self.seen(result)
            for name in set(VALUES) - {"numbers"}:
                if getattr(now, name) not in (getattr(kept, name), getattr(lost, name)):
                    raise AssertionError(f"{name} of neither: {getattr(now, name)}")
                setattr(lead, name, getattr(now, name))
            _same("numbers of both", set(now.numbers), {*kept.numbers, *lost.numbers})
            lead.numbers = now.numbers
            lead.reminders |= deepcopy(lost.reminders)

        self.model.change(kept_id, self.neda.actor.id, "merge", merged, told=lost.told + 1, lost=gone)
        return self.compare(kept_id)

    @rule(hours=st.integers(1, 60))
    def time_goes_on(self, hours: int) -> None:
        """Reminders come due."""
        self.clock.move(hours=hours)

    @precondition(lambda self: self.imports < 1)
    @rule(fills=st.booleans())
    def import_a_file(self, fills: bool) -> None:
        """One who is known and one who is not, by the same number once more."""
        self.imports += 1
        known_id = min(self.model.leads)
        known = self.model.leads[known_id]
        sheet = self.folder / f"sheet{self.imports}.csv"
        city = "Boston" if fills else known.city
        sheet.write_text(
            f"Name,Phone,City\n{known.name},{known.numbers[0]},{city}\nNewcomer,+12125559{self.imports:03},Rome\n"
        )
        (report,) = import_files(self.neda, [sheet], ImportOptions(duplicates=Duplicates.FILL))
        assert report.counts.new == 1
        # That they came in once more is told, and what the file adds: one change.
        self.model.change(
            known_id,
            None,
            "import",
            lambda lead: setattr(lead, "city", lead.city or city),
            told=1 + (known.city == "" != city),
        )
        new_id = leads.find_lead(self.neda, f"+12125559{self.imports:03}").id
        self.model.add(new_id, ModelLead("Newcomer", (f"+12125559{self.imports:03}",), "Rome"))
        self.compare(known_id)
        self.compare(new_id)

    # Looking

    def compare(self, lead_id: int) -> None:
        """What the store says of a customer, against the model."""
        model = self.model.leads[lead_id]
        with self.neda.read() as tx:
            lead = kept_leads.get(tx, lead_id)
            told = tx.connection.exec_driver_sql(
                "SELECT count(*) FROM activity WHERE lead_id = ?", (lead_id,)
            )
            entries = told.scalar_one()
            kept_reminders = _reminders(tx, lead_id)
        seen = self.seen(lead)
        for name in VALUES:
            _same(name, getattr(seen, name), getattr(model, name))
        _same("version", lead.version, model.version)
        _same("next action", lead.next_at, model.next_at)
        _same("entries of the timeline", entries, model.told)
        _same("reminders", kept_reminders, model.reminders)

    def seen(self, lead: Lead) -> ModelLead:
        """What the store says, in the words of the model."""
        status = self.neda.definitions.status(lead.status_id)
        return ModelLead(
            name=lead.name,
            numbers=tuple(each.e164 for each in lead.numbers),
            city=lead.city,
            status=status.key if status else None,
            status_at=lead.status_at,
            owner=lead.owner_id,
            owner_at=lead.owner_at,
            contacted=lead.contacted_at,
            attempts=lead.attempts,
        )

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
        with self.neda.read() as tx:
            found = _reminders(tx, lead_id)
        known = {each for one in self.model.leads.values() for each in one.reminders}
        new = set(found) - known
        _same("new reminders", len(new), 1)
        return new.pop()

    def next_attempt(self, lead_id: int, rules: Rules) -> datetime | None:
        """When the status tries again by itself: how late that is has tests of its own."""
        attempts = attempt(self.model.leads[lead_id], rules)
        zone = self.neda.workspace.zone
        return self.statuses[rules.key].retry.next_attempt(attempts, self.clock.now, zone)

    def refused(self, call: Callable[[], object], kind: type[LeadtuiError]) -> None:
        """The call must be refused."""
        try:
            call()
        except kind:
            return
        raise AssertionError(f"{kind.__name__} expected, and nothing was refused")

    def forbidden(self, lead_id: int) -> bool:
        """Whether the customer must not be rung."""
        return self.model.leads[lead_id].status in self.forbidding

    def needs_a_supervisor(self, session: Session, lead_id: int, step: Taken) -> bool:
        """Whether taking the step back would allow calls that are forbidden."""
        before = step.values.get("status", self.model.leads[lead_id].status)
        allows = self.forbidden(lead_id) and before not in self.forbidding
        return allows and session is self.reza

    def dies(self, call: Callable[[], object], after: int | None) -> bool:
        """Run the call, perhaps in a program that dies after so many statements; returns whether it died in it."""
        if after is None:
            call()
            return False
        with _dying(after):
            try:
                call()
            except Stopped:
                return True
        return False


@cache
def _store_of_two() -> bytes:
    """A store in which Neda and Reza work, made once: thousands of stories begin with it."""
    with tempfile.TemporaryDirectory() as folder:
        neda = make_session(Path(folder))
        hire(neda, "Reza Amini", REZA, MovingClock()).close()
        neda.close()
        return (Path(folder) / "desk.db").read_bytes()


def _same(what: str, store: object, model: object) -> None:
    if store != model:
        raise AssertionError(f"{what}: the store says {store}, the model {model}")


def _rules(status: Status, all_of_them: Mapping[str, Status]) -> Rules:
    asks = {
        each.key: each.options[0] if each.options else ANSWERS.get(each.kind.value, "1200")
        for each in status.open_fields
        if each.required
    }
    then = all_of_them.get(status.retry.then_status)
    return Rules(
        status.key,
        status.cartable.value,
        status.final,
        status.kind is StatusKind.DO_NOT_CALL,
        status.reminder.value,
        asks,
        status.retry.most if status.retry else 0,
        _rules(then, all_of_them) if then else None,
    )


def _reminders(tx: WorkspaceConnection, lead_id: int) -> dict[int, ModelReminder]:
    rows = tx.connection.exec_driver_sql(
        "SELECT id, owner_id, due, state, follow_up_id, kind FROM reminder WHERE lead_id = ?", (lead_id,)
    )
    return {
        row.id: ModelReminder(
            row.owner_id,
            moment(row.due),
            row.state,
            row.follow_up_id is not None,
            row.kind == ReminderKind.ATTEMPT.value,
        )
        for row in rows
    }


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
