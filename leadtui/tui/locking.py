"""Locking the desk: by a key, after a while without one, or because the sign-in was locked elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from textual.app import App

from leadtui.domain.signing_in import idle_minutes
from leadtui.errors import LeadtuiError
from leadtui.services.session import Session
from leadtui.services.signing_in import lock, require_lockable
from leadtui.tui.action_runner import ActionRunner, Writer
from leadtui.tui.dialogs.lock_screen import LockScreen
from leadtui.tui.due_reminders import DueReminders
from leadtui.tui.program import program_of
from leadtui.tui.widgets.draft_autosave import KEEP_AFTER

LOOKS_EVERY = 5.0
"""Seconds between two looks whether nobody has pressed a key for long enough."""


class Locking:
    """Covers the desk at once; its sign-in is locked once what was typed last is kept as a draft."""

    def __init__(
        self, app: App[Any], now: datetime, actions: ActionRunner, writer: Writer, reminders: DueReminders
    ) -> None:
        """Nobody is away before `begin`; `now` is aware UTC."""
        self._app = app
        self._actions = actions
        self._writer = writer
        self._reminders = reminders
        self._last_key = now
        self._untold: list[Callable[[], None]] = []

    def begin(self) -> None:
        """Look from now on whether the person is away."""
        self._app.set_interval(LOOKS_EVERY, self.look)

    @property
    def _session(self) -> Session:
        """That of the workspace which is shown."""
        return program_of(self._app).session

    def note_key(self) -> None:
        """The person is there."""
        self._last_key = self._session.now()

    @property
    def is_locked(self) -> bool:
        """Whether the desk is covered."""
        return any(isinstance(each, LockScreen) for each in self._app.screen_stack)

    def lock(self) -> None:
        """Lock the desk. Raises Refused where no password would open it again."""
        require_lockable(self._session)
        self.cover()
        self._app.set_timer(KEEP_AFTER * 2, self._lock_sign_in)

    def cover(self) -> None:
        """Let nothing of the desk be seen until the password is given."""
        if not self.is_locked:
            reminders = self._reminders
            self._actions.in_sight.clear()
            self._app.clear_notifications()
            screen = LockScreen(self._session, lambda: reminders.count, lambda: reminders.upcoming)
            self._app.push_screen(screen, self._unlocked)

    def told_later(self, tell: Callable[[], None]) -> bool:
        """Whether the desk is covered, so that what names somebody is told only once it is not."""
        if self.is_locked:
            self._untold.append(tell)
            return True
        return False

    def _unlocked(self, _nothing: None) -> None:
        self.note_key()
        self._actions.in_sight.set()
        self._app.call_after_refresh(self._tell)
        self._reminders.look()
        program_of(self._app).look_again()

    def _tell(self) -> None:
        untold, self._untold = self._untold, []
        for tell in untold:
            tell()

    def look(self) -> None:
        """Cover the desk, and lock its sign-in, where nobody has pressed a key for as long as the workspace allows."""
        people = [each for each in self._session.definitions.active_colleagues if not each.is_service]
        minutes = idle_minutes(self._session.workspace.idle_lock, len(people))
        away_since: datetime = self._session.now() - timedelta(minutes=minutes)
        if minutes and self._session.sign_in_id is not None and self._last_key <= away_since:
            self.cover()
            self._lock_sign_in()

    def _lock_sign_in(self) -> None:
        if not self.is_locked:
            return

        async def work() -> None:
            # Where it was locked elsewhere, or has ended, the desk is covered already; unlocking tells.
            with suppress(LeadtuiError):
                await self._writer.run(partial(lock, self._session))

        self._app.run_worker(work, group="writes", description="lock the sign-in")
