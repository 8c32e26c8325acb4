"""What a terminal sees of the others, and they of it: changes of the store, who is here, customers given to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from leadtui.domain.permission import Permission
from leadtui.errors import LeadtuiError
from leadtui.services import given, next_lead, presence
from leadtui.services.given import Given
from leadtui.services.presence import BEAT_EVERY, Company
from leadtui.tui.pasting import PastingApp

if TYPE_CHECKING:
    from leadtui.services.session import Session, Watch
    from leadtui.tui.writing import Writer

CHANGES_EVERY = 0.5
"""Seconds between two looks at what moved. A look at a store that nobody wrote to takes some microseconds."""

OPEN_AFTER = 1.0
"""Seconds after which a customer under the cursor counts as open: whom one only passes is told to nobody."""

DEFINING_TABLES = frozenset({"status", "field", "channel", "need", "membership", "profile", "workspace"})


class WatchingApp(PastingApp[None]):
    """Looks at what others do at the same store, and tells them which customer is open here."""

    session: Session
    writer: Writer

    company: Company = Company()
    """Who else is here."""

    given: tuple[Given, ...] = ()
    """Customers that others gave to the person and that the person has not looked at; the newest first."""

    @dataclass
    class Changed(Message):
        """From the thread: something moved in the store, by whoever's hand.

        `lead_ids` is None where it may be any customer; `by_others` are those of them that somebody else changed.
        """

        sequence: int
        lead_ids: tuple[int, ...] | None
        by_others: frozenset[int]
        definitions: bool
        reminders: bool

    @dataclass
    class CompanySeen(Message):
        """From the thread: who else is here."""

        company: Company

    @dataclass
    class GivenSeen(Message):
        """From the thread: the customers that were given to the person and that they have not looked at."""

        given: tuple[Given, ...]

    @dataclass
    class Troubled(Message):
        """From a thread: something could not be read."""

        sentence: str

    def begin_to_watch(self) -> None:
        """Say that this terminal is here, and look at the others from now on. Raises StoreError."""
        self.terminal = uuid4().hex
        self._sequence = self.session.latest_change()
        self._watch: Watch = self.session.watch()
        self._open: int | None = None
        self._noted: int | None = None
        self._noting: Timer | None = None
        self._told_given: set[int] | None = None
        self._say_quietly(partial(presence.arrive, self.session, self.terminal))
        self.set_interval(CHANGES_EVERY, self.look_for_changes)
        self.set_interval(BEAT_EVERY.total_seconds(), self._beat)
        self.look_for_given()

    def on_unmount(self) -> None:
        """Take leave of the others; where that cannot be written they find out by themselves."""
        self.writer.write_last(partial(presence.leave, self.session, self.terminal))
        self._watch.close()

    # What moved

    @work(thread=True, exclusive=True, group="changes", description="look for changes")
    def look_for_changes(self) -> None:
        """Find out what moved since the last look, and load definitions again where they did."""
        try:
            if self._watch.moved():
                self._look_closely()
        except LeadtuiError as error:
            self._watch.look_again()
            self.post_message(self.Troubled(str(error)))

    def _look_closely(self) -> None:
        session = self.session
        self.post_message(self.CompanySeen(presence.company(session, self.terminal)))
        moved = session.changes_since(self._sequence)
        if not moved:
            return
        definitions = any(each.table in DEFINING_TABLES for each in moved)
        if definitions:
            session.reload_definitions()
        ids = {each.row_id for each in moved if each.table == "lead"}
        some = () if 0 in ids else tuple(ids)
        self.post_message(
            self.Changed(
                sequence=moved[-1].sequence,
                lead_ids=None if 0 in ids else some,
                by_others=given.changed_by_others(session, some),
                definitions=definitions,
                reminders=any(each.table == "reminder" for each in moved),
            )
        )

    def is_news(self, message: Changed) -> bool:
        """Whether the message tells what was not told before; from now on it was."""
        news = message.sequence > self._sequence
        self._sequence = max(self._sequence, message.sequence)
        return news

    # What was given to me

    @work(thread=True, exclusive=True, group="given", description="look for what was given to me")
    def look_for_given(self) -> None:
        """Find out which customers others have given to the person."""
        try:
            if self.session.actor.may(Permission.SEE_CARTABLE):
                self.post_message(self.GivenSeen(given.given_to_me(self.session)))
        except LeadtuiError as error:
            self.post_message(self.Troubled(str(error)))

    @on(GivenSeen)
    def _take_given(self, message: GivenSeen) -> None:
        told = self._told_given
        new = () if told is None else tuple(each for each in message.given if each.activity_id not in told)
        self._told_given = (told or set()) | {each.activity_id for each in message.given}
        self.given = message.given
        self.show_given(new)

    def show_given(self, new: tuple[Given, ...]) -> None:
        """Show `given`; `new` are those that have come while the program was open."""
        raise NotImplementedError

    # Who is here

    @on(CompanySeen)
    def _take_company(self, message: CompanySeen) -> None:
        if message.company != self.company:
            self.company = message.company
            self.show_company()

    def show_company(self) -> None:
        """Show who else is here, wherever it is shown."""
        raise NotImplementedError

    def note_open(self, lead_id: int) -> None:
        """A customer was opened: others learn of it when it stays open for a moment."""
        if lead_id == self._open:
            return
        left, self._open = self._open, lead_id
        if left is not None and left == self._noted and any(each.lead_id == left for each in self.given):
            # As long as it is open it stays marked as new.
            self._mark_seen(left)
        self._note_soon()

    def _mark_seen(self, lead_id: int) -> None:
        def marked(_nothing: None) -> None:
            self.look_for_given()

        self.writer.write(partial(given.mark_seen, self.session, lead_id), marked)

    def _note_soon(self) -> None:
        if self._noting is not None:
            self._noting.stop()
        self._noting = self.set_timer(OPEN_AFTER, self._note)

    def _note(self) -> None:
        self._noting = None
        lead_id = self._open

        def note() -> None:
            if lead_id != self._noted:
                presence.beat(self.session, self.terminal, lead_id)
                self._noted = lead_id

        self._say_quietly(note)

    def _beat(self) -> None:
        # What is noted is read when its turn has come: the writing thread alone changes it.
        self._say_quietly(lambda: presence.beat(self.session, self.terminal, self._noted))

    def _say_quietly(self, work: Callable[[], None]) -> None:
        # What keeps this from being written keeps the person's own work from it too, and is told then.
        self.writer.write(work, refused=lambda _error: None)

    def take_next(
        self,
        candidates: Sequence[int],
        taken: Callable[[int | None], None],
        refused: Callable[[LeadtuiError], None],
    ) -> None:
        """Take the first of the customers that is free, so that no other terminal gets it; then `taken` is called."""
        if self._noting is not None:
            # It would give back what is being taken.
            self._noting.stop()

        def take() -> int | None:
            lead_id = next_lead.take_next(self.session, self.terminal, candidates)
            if lead_id is not None:
                self._noted = lead_id
            return lead_id

        def done(lead_id: int | None) -> None:
            taken(lead_id)
            self._note_soon()

        def failed(error: LeadtuiError) -> None:
            refused(error)
            self._note_soon()

        self.writer.write(take, done, failed)
