"""What has come due: found in a thread, shown by an alert on whatever screen is on top, answered from there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar, cast

from textual.app import App
from textual.signal import Signal

from leadtui.domain.reminder import Reminder
from leadtui.domain.signing_in import Locked
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.presentation.lead_details import again_sentence
from leadtui.services import reminders
from leadtui.services.call_windows import NotInWindow
from leadtui.services.case_limits import is_any_over_time, pass_time
from leadtui.services.escalating import escalate, is_anything_overdue
from leadtui.services.reminders import ListedReminder
from leadtui.tui.dialogs.lock_screen import LockScreen
from leadtui.tui.dialogs.window_dialog import InWindow, WindowDialog
from leadtui.tui.program import program_of
from leadtui.tui.watching import SessionMessage, Watcher
from leadtui.tui.widgets.reminder_alert import ReminderAlert

Saved = TypeVar("Saved")

ESCALATED_EVERY = 30.0
"""Seconds between two looks at what is overdue for so long that it goes on."""

REMINDERS_EVERY = 5.0
"""Seconds between two looks at the clock: at the reminders only where one comes due or something has moved."""


class DueReminders:
    """The person's reminders whose time has come; the app hands back what was found, and what they say of one."""

    @dataclass
    class Found(SessionMessage):
        """From the thread: what has come due, earliest first, and when the next one does."""

        due: tuple[ListedReminder, ...]
        upcoming: datetime | None

    def __init__(self, app: App[Any]) -> None:
        """Nothing is due before the first look."""
        self._app = app
        self._due: tuple[ListedReminder, ...] = ()
        self._rung: set[int] = set()
        self._waiting = False
        """Whether the person is on a break: what is due is counted, and rings once they are back."""
        self._looks = 0
        self._next: datetime | None = None
        self._looked_at: datetime | None = None
        """When they were last looked at; None where something has moved since."""
        self.alert: ReminderAlert | None = None
        """What shows them, where there are any."""

    @property
    def count(self) -> int:
        """How many have come due, as last looked at."""
        return len(self._due)

    @property
    def upcoming(self) -> datetime | None:
        """When the next one comes due, aware UTC, as last looked at."""
        return self._next

    def begin(self) -> None:
        """Look from now on, and follow the screens that open and close."""
        self._program = program_of(self._app)
        self._app.set_interval(REMINDERS_EVERY, self._look_in_time)
        self._app.set_interval(ESCALATED_EVERY, self.pass_on)
        changed: Signal[Any] = cast("Any", self._app).screen_change_signal
        changed.subscribe(self._app, lambda _screen: self._app.call_later(self._place_alert))
        self.look()

    def begin_anew(self) -> None:
        """The person has gone to another workspace: what was due is that of the one before."""
        self._due, self._next, self._waiting = (), None, False
        self._rung.clear()
        self._place_alert()
        self.look()

    @property
    def waiting(self) -> bool:
        """Whether the person is on a break."""
        return self._waiting

    def pass_on(self) -> None:
        """Pass on what is overdue for long enough, whoever's it is, and cases that stand too long; nothing while nobody says when."""
        program = self._program

        async def work() -> None:
            try:
                # Not as an action: what a person waits for is not superseded by it.
                if await asyncio.to_thread(is_anything_overdue, program.session):
                    await program.writer.run(partial(escalate, program.session))
                    program.look_again()
                if await asyncio.to_thread(is_any_over_time, program.session):
                    await program.writer.run(partial(pass_time, program.session))
                    program.look_again()
            except LeadtuiError as error:
                self._app.post_message(Watcher.Troubled(str(error)))

        if program.at_work and not program.session.seen_as:
            self._app.run_worker(
                work, exclusive=True, group="escalation", description="pass on overdue reminders"
            )

    def note_change(self) -> None:
        """Something moved, so that what is due may be another, or reads otherwise: look the next time."""
        self._looked_at = None

    def _look_in_time(self) -> None:
        now, last = self._program.session.now(), self._looked_at
        # A clock that was set back has everything before it again.
        if last is None or now < last or (self._next is not None and self._next <= now):
            self.look()

    def look(self) -> None:
        """Find out what has come due."""
        self._looked_at = self._program.session.now()
        self._looks += 1
        self._app.run_worker(
            partial(self._find, self._looks),
            thread=True,
            exclusive=True,
            group="reminders",
            description="look for reminders",
        )

    def _find(self, look: int) -> None:
        session = self._program.session
        try:
            # In this order: what comes due between the two is looked at once more, and not passed over.
            upcoming = reminders.next_due(session)
            found = self.Found(reminders.due_reminders(session), upcoming)
            found.session = session
            if look == self._looks:  # a later look tells what is newer
                self._app.post_message(found)
        except Locked:
            self.note_change()  # who unlocks the desk looks again
        except LeadtuiError as error:
            self.note_change()
            self._app.post_message(Watcher.Troubled(str(error)))

    def wait(self, *, waiting: bool) -> None:
        """The person is on a break, or back from it: what has come due meanwhile rings then."""
        if waiting != self._waiting:
            self._waiting = waiting
            self._place_alert()
            self.look()

    def take(self, message: Found) -> None:
        """Show what is due, and ring for what was not before."""
        self._due, self._next = message.due, message.upcoming
        self._place_alert()
        new = {each.reminder.id for each in message.due} - self._rung
        if not new:
            return
        program = self._program
        unseen = [each.reminder.id for each in message.due if each.reminder.rung_at is None]
        if program.session.seen_as:
            unseen = []  # they ring at the person's own desk
        if self._waiting:
            # They are counted in sight of the person, so that they are not missed; they are told in time.
            program.save(partial(reminders.mark_shown, program.session, unseen))
            return
        self._rung |= new
        self.note_change()  # that they were shown moves nothing for others, and is read again here
        if program.settings.bell:
            self._app.bell()
        program.save(partial(reminders.mark_shown, program.session, unseen))

    def _place_alert(self) -> None:
        """The alert is on whatever screen is on top, and takes the focus from nothing."""
        if not self._program.at_work:
            return
        alert, screen = self.alert, self._app.screen
        due = () if self._waiting or isinstance(screen, LockScreen) else self._due
        if alert is not None and not (due and alert.is_attached and alert.screen is screen):
            if alert.is_attached:
                alert.give_back()
                alert.remove()
            self.alert = alert = None
        if alert is not None:
            alert.due = due
        elif due:
            self.alert = ReminderAlert(self._program.session, due, above_keys=not screen.is_modal)
            screen.mount(self.alert)

    # What the person says of one

    def end(self, reminder_id: int) -> None:
        """It is dealt with; one that repeats comes again."""
        self._answer(partial(reminders.acknowledge, self._program.session, reminder_id), self._told_again)

    def skip(self, reminder_id: int) -> None:
        """This time of one that comes again is left out."""
        self._answer(partial(reminders.skip, self._program.session, reminder_id), self._told_again)

    def snooze(self, reminder_id: int, until: datetime) -> None:
        """Tell it again then; where nobody rings at that hour, the person says which it is to be."""
        self._snooze(reminder_id, until, asked=False)

    def _snooze(self, reminder_id: int, until: datetime, *, asked: bool) -> None:
        notice = _("You will be reminded {when}.").format(when=self._program.formatter.moment(until))
        snooze = partial(reminders.snooze, self._program.session, reminder_id, until, asked=asked)
        self._answer(snooze, lambda _new_id: notice, snoozes=reminder_id)

    async def _ask(self, reminder_id: int, outside: NotInWindow) -> None:
        decided = await self._program.actions.ask(WindowDialog(outside, ringing=False))
        opens = outside.outside.opens
        if decided is not None:
            until = opens if decided is InWindow.LATER and opens is not None else outside.at
            self._snooze(reminder_id, until, asked=True)

    def _told_again(self, following: Reminder | None) -> str:
        return "" if following is None else again_sentence(following, self._program.formatter)

    def _answer(
        self,
        work: Callable[[], Saved],
        notice_of: Callable[[Saved], str],
        *,
        snoozes: int | None = None,
    ) -> None:
        """Save what the person says; what they type into a field meanwhile does not wait for it."""
        saving = self._program.writer.run(work)

        async def follow() -> None:
            try:
                notice = notice_of(await saving)
            except NotInWindow as outside:
                if snoozes is not None:
                    self._program.actions.run(self._ask, snoozes, outside)
            except LeadtuiError as error:
                # Somebody else ended it first, or it was moved: what is still due shows at once.
                self._app.notify(str(error), severity="error", timeout=8, markup=False)
            else:
                if notice:
                    self._app.notify(notice, markup=False)
            self._program.look_again()

        self._app.run_worker(follow, group="writes", description="answer a reminder")
