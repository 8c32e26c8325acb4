"""What a terminal sees of the others, and they of it: changes of the store, who is here, customers given to one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App
from textual.message import Message
from textual.timer import Timer

from leadtui.domain.permission import Permission
from leadtui.domain.proposal import Proposal
from leadtui.domain.signing_in import Locked, NotSignedIn
from leadtui.errors import LeadtuiError
from leadtui.services import calls, cartable, presence, proposals
from leadtui.services.calls import CallWithoutOutcome
from leadtui.services.cartable import Given
from leadtui.services.entering import ClosedWorkspace, closed_workspace
from leadtui.services.presence import BEAT_EVERY, Company
from leadtui.services.proposals import PROPOSAL
from leadtui.services.rights import NotAtWork
from leadtui.services.session import Session
from leadtui.tui.action_runner import Writer

CHANGES_EVERY = 0.5
"""Seconds between two looks at what moved. A look at a store that nobody wrote to takes some microseconds."""

OPEN_AFTER = 1.0
"""Seconds after which a customer under the cursor counts as open: whom one only passes is told to nobody."""

DEFINING_TABLES = frozenset(
    {
        "status",
        "field",
        "channel",
        "need",
        "membership",
        "profile",
        "team",
        "workspace",
        "distribution_rule",
        "playbook",
        "message_text",
    }
)


class SessionMessage(Message):
    """What was seen in one workspace: told to nobody once the person has gone to another."""

    session: Session | None = None


class Watcher:
    """Looks at what others do at the same store, and tells them which customer is open here.

    What it sees in its threads it posts to the app as messages; the app hands back those of them that `take_…` names.
    """

    @dataclass
    class Changed(SessionMessage):
        """Something moved in the store, by whoever's hand.

        `lead_ids` is None where it may be any customer; `by_others` are those of them that somebody else changed.
        """

        sequence: int
        lead_ids: tuple[int, ...] | None
        by_others: frozenset[int]
        definitions: bool
        reminders: bool
        proposals: bool

    @dataclass
    class CompanySeen(SessionMessage):
        """Who else is here."""

        company: Company

    @dataclass
    class GivenSeen(SessionMessage):
        """The customers that were given to the person and that they have not looked at."""

        given: tuple[Given, ...]

    @dataclass
    class CallsSeen(SessionMessage):
        """Whom the person rang and gave no status since."""

        calls: tuple[CallWithoutOutcome, ...]

    @dataclass
    class AccessLost(SessionMessage):
        """Nothing may be done at this desk any more, or, where it is `locked`, not before its person has proved to be there.

        Where its workspace is `closed` the person may have others.
        """

        sentence: str
        locked: bool = False
        closed: bool = False

    @dataclass
    class ProposalsSeen(SessionMessage):
        """How many proposals wait for the person's decision."""

        count: int

    @dataclass
    class Answered(SessionMessage):
        """What became of what the person proposed, told once."""

        answers: tuple[Proposal, ...]

    @dataclass
    class Troubled(SessionMessage):
        """Something could not be read."""

        sentence: str

    def __init__(
        self, app: App[Any], session: Session, writer: Writer, in_view: Callable[[], bool] = lambda: True
    ) -> None:
        """Nothing is watched before `begin`. `in_view` says whether the open customer is."""
        self._app = app
        self._in_view = in_view
        self._session = session
        self._writer = writer
        self.company = Company()
        """Who else is here."""
        self.calls: tuple[CallWithoutOutcome, ...] = ()
        """Whom the person rang and gave no status since; the oldest call first."""
        self.given: tuple[Given, ...] = ()
        """Customers that others gave to the person and that the person has not looked at; the newest first."""
        self._terminal = presence.terminal_name()
        self._open: int | None = None
        self._noted: int | None = None
        self._noting: Timer | None = None
        self._announced: set[int] | None = None
        self._asked: asyncio.Future[bool] | None = None

    def begin(self) -> None:
        """Say that this terminal is here, and look at the others from now on. Raises StoreError."""
        self._sequence = self._session.latest_change()
        self._watch = self._session.watch()
        self._save_quietly(partial(presence.arrive, self._session, self._terminal))
        self._timers = (
            self._app.set_interval(CHANGES_EVERY, self.look_for_changes),
            self._app.set_interval(BEAT_EVERY.total_seconds(), self._beat),
        )
        self.look_for_given()
        self.look_for_calls()
        self.look_for_proposals()

    def end(self) -> None:
        """Take leave of the others; where that cannot be written they find out by themselves."""
        for each in (*self._timers, self._noting):
            if each is not None:
                each.stop()
        if not self._session.seen_as:
            self._writer.write_last(partial(presence.leave, self._session, self._terminal))
        self._watch.close()

    # What moved

    def look_for_changes(self) -> None:
        """Find out what moved since the last look, and load definitions again where they did.

        Mostly nothing did: that is asked in a thread without a worker, which costs ten times as much as the question.
        """
        if self._asked is None or self._asked.done():
            self._asked = asyncio.get_running_loop().run_in_executor(None, self._has_moved)
            self._asked.add_done_callback(self._follow)

    def _has_moved(self) -> bool:
        # That its time is over, nobody writes.
        return self._watch.moved() or self._session.has_expired()

    def _follow(self, asked: asyncio.Future[bool]) -> None:
        if not asked.cancelled() and (asked.exception() or asked.result()) and self._app.is_running:
            self._look("changes", self._find_changes)

    def take_changes(self, message: Changed) -> bool:
        """Whether the message tells what was not told before; from now on it was."""
        news = message.sequence > self._sequence
        self._sequence = max(self._sequence, message.sequence)
        return news

    def _find_changes(self) -> None:
        try:
            self._watch.moved()  # raises again what kept it from being asked
            self._session.require_signed_in()
            self._look_closely()
        except LeadtuiError:
            self._watch.look_again()
            raise

    def _look_closely(self) -> None:
        session = self._session
        self._post(self.CompanySeen(presence.company(session, self._terminal)))
        moved = session.changes_since(self._sequence)
        if not moved:
            return
        definitions = any(each.table in DEFINING_TABLES for each in moved)
        if definitions and session.reload_definitions().workspace.closed:
            raise closed_workspace(session.workspace.title)
        ids = {each.row_id for each in moved if each.table == "lead"}
        some = () if 0 in ids else tuple(ids)
        self._post(
            self.Changed(
                sequence=moved[-1].sequence,
                lead_ids=None if 0 in ids else some,
                by_others=presence.changed_by_others(session, some),
                definitions=definitions,
                reminders=any(each.table == "reminder" for each in moved),
                proposals=any(each.table == PROPOSAL for each in moved),
            )
        )

    # What was given to me

    def look_for_given(self) -> None:
        """Find out which customers others have given to the person."""
        self._look("given", self._find_given)

    def take_given(self, message: GivenSeen) -> tuple[Given, ...]:
        """Remember what was given; returns what has come while the program was open and was not told before."""
        announced = self._announced
        new = (
            ()
            if announced is None
            else tuple(each for each in message.given if each.activity_id not in announced)
        )
        self._announced = (announced or set()) | {each.activity_id for each in message.given}
        self.given = message.given
        return new

    def _find_given(self) -> None:
        if self._session.actor.may(Permission.SEE_CARTABLE):
            self._post(self.GivenSeen(cartable.given_to_me(self._session)))

    # Whom I rang

    def look_for_calls(self) -> None:
        """Find out whom the person rang and gave no status since."""
        self._look("calls", self._find_calls)

    def _find_calls(self) -> None:
        if self._session.actor.may(Permission.FOLLOW_UP):
            self._post(self.CallsSeen(calls.calls_without_outcome(self._session)))

    # What is proposed

    def look_for_proposals(self) -> None:
        """Find out what waits for the person's decision, and what became of what they proposed."""
        self._look("proposals", self._find_proposals)
        if not self._session.seen_as:
            self._app.run_worker(self._take_answers, group="writes", description="take answers")

    def _find_proposals(self) -> None:
        if any(map(self._session.actor.may, proposals.DECIDING)):
            self._post(self.ProposalsSeen(proposals.count_open(self._session)))

    async def _take_answers(self) -> None:
        try:
            answers = await self._writer.run(partial(proposals.take_answers, self._session))
        except LeadtuiError as error:
            self._post(self.Troubled(str(error)))
        else:
            if answers:
                self._post(self.Answered(answers))

    # Who is here

    def take_company(self, message: CompanySeen) -> bool:
        """Remember who is here; returns whether that is news."""
        news = message.company != self.company
        self.company = message.company
        return news

    def note_open(self, lead_id: int) -> None:
        """A customer was opened: others learn of it when it stays open for a moment."""
        if lead_id == self._open:
            return
        left, self._open = self._open, lead_id
        own = not self._session.seen_as
        if (
            own
            and left is not None
            and left == self._noted
            and any(each.lead_id == left for each in self.given)
        ):
            # As long as it is open it stays marked as new.
            self._app.run_worker(partial(self._mark_seen, left), group="writes", description="mark as seen")
        self._note_soon()

    async def take_next(self, candidates: Sequence[int]) -> int | None:
        """Take the first of the customers that is free, so that no other terminal gets it. Raises LeadtuiError."""
        if self._noting is not None:
            # It would give back what is being taken.
            self._noting.stop()

        def take() -> int | None:
            lead_id = presence.take_next(self._session, self._terminal, candidates)
            if lead_id is not None:
                self._noted = lead_id
            return lead_id

        try:
            return await self._writer.run(take)
        finally:
            self._note_soon()

    async def _mark_seen(self, lead_id: int) -> None:
        await self._writer.run(partial(cartable.mark_seen, self._session, lead_id))
        self.look_for_given()

    def _note_soon(self) -> None:
        if self._noting is not None:
            self._noting.stop()
        self._noting = self._app.set_timer(OPEN_AFTER, self._note)

    def _note(self) -> None:
        self._noting = None
        lead_id = self._open

        def note() -> None:
            if lead_id != self._noted:
                presence.beat(self._session, self._terminal, lead_id)
                self._noted = lead_id

        self._save_quietly(note)

    def _beat(self) -> None:
        # What is noted is read when its turn has come: the writing thread alone changes it.
        in_view = self._in_view()
        self._save_quietly(lambda: presence.beat(self._session, self._terminal, self._noted, in_view=in_view))

    # Threads

    def _post(self, message: SessionMessage) -> None:
        message.session = self._session
        self._app.post_message(message)

    def _look(self, what: str, find: Callable[[], None]) -> None:
        def look() -> None:
            try:
                find()
            except NotSignedIn as error:
                self._post(self.AccessLost(str(error), isinstance(error, Locked)))
            except NotAtWork as error:
                self._post(self.AccessLost(str(error)))
            except ClosedWorkspace as error:
                self._post(self.AccessLost(str(error), closed=True))
            except LeadtuiError as error:
                self._post(self.Troubled(str(error)))

        self._app.run_worker(look, thread=True, exclusive=True, group=what, description=f"look for {what}")

    def _save_quietly(self, work: Callable[[], None]) -> None:
        if self._session.seen_as:
            return  # whoever looks around as somebody else is at nobody's customer
        saving = self._writer.run(work)

        async def follow() -> None:
            # What keeps this from being written keeps the person's own work from it too, and is told then.
            with suppress(LeadtuiError):
                await saving

        self._app.run_worker(follow, group="writes", description="tell the others")
