"""The locked desk: nothing of it in sight until its person proves to be back; what falls due still rings, without names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

from textual import getters, on, work
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from leadtui.domain.signing_in import SignedOut
from leadtui.errors import LeadtuiError
from leadtui.language.text import safe
from leadtui.language.translate import npgettext, pgettext, show_number
from leadtui.services.session import Session
from leadtui.services.signing_in import unlock
from leadtui.services.workspaces import due_elsewhere
from leadtui.tui.mirroring import TurnedScreen
from leadtui.tui.program import program_of

LOOKS_EVERY = 5.0
"""Seconds between two looks at the clock, whether something has fallen due."""


class LockScreen(TurnedScreen, ModalScreen[None]):
    """Closes once the password is right. No other key does anything but those that leave the program."""

    DEFAULT_CSS = """
    LockScreen {
        align: center middle;
        background: $background;
        #lock { width: 56; max-width: 100%; height: auto; padding: 1 2; background: $pane; border: round $primary; }
        #who { text-style: bold; margin: 0 0 1 0; }
        #due { color: $soon; height: auto; }
        #refused { color: $late; height: auto; }
        .label { color: $dim; }
        Input, Input:focus {
            border: none; height: 1; padding: 0 1; margin: 0 0 1 0; background: $field-focus; background-tint: transparent;
        }
    }
    """
    AUTO_FOCUS = "Input"

    app = getters.app(cast("type[App[Any]]", App))

    def __init__(
        self, session: Session, due: Callable[[], int], upcoming: Callable[[], datetime | None]
    ) -> None:
        """`due` counts the reminders that were due when it was locked, `upcoming` is when the next one is (aware UTC)."""
        super().__init__()
        self._session = session
        self._due = due
        self._upcoming = upcoming
        self._rang_for: datetime | None = None
        self._elsewhere: frozenset[tuple[int, int]] | None = None
        """What is due in the person's other workspaces; None before anybody has looked."""

    @dataclass
    class FoundElsewhere(Message):
        """From the thread: what is due in the person's other workspaces."""

        due: frozenset[tuple[int, int]]

    def compose(self) -> ComposeResult:
        """Whose desk it is, the line for the password, what is due."""
        box = Vertical(id="lock")
        title = pgettext("title", "Locked")
        box.border_title = Content(f" {title} ")
        leave = program_of(self).key_of("quit")
        box.border_subtitle = Content.assemble(
            " ",
            ("Enter", "bold $key"),
            " ",
            pgettext("key", "unlock"),
            " · ",
            (leave, "bold $key"),
            " ",
            pgettext("key", "quit"),
            " ",
        )
        with box:
            yield Static(safe(self._session.actor.name), id="who")
            yield Static(pgettext("field", "Password"), classes="label")
            yield Input(password=True)
            yield Static(id="due")
            yield Static(id="refused")

    def on_mount(self) -> None:
        """Say what is due, now and as it falls due."""
        self._tell_due()
        self._look_elsewhere()
        self.set_interval(LOOKS_EVERY, self._tell_due)
        self.set_interval(LOOKS_EVERY, self._look_elsewhere)

    @work(
        thread=True, exclusive=True, group="elsewhere", description="look for reminders of other workspaces"
    )
    def _look_elsewhere(self) -> None:
        with suppress(LeadtuiError):  # the password is what is asked for here, and tells what is wrong
            self.post_message(self.FoundElsewhere(due_elsewhere(self._session)))

    @on(FoundElsewhere)
    def _take_elsewhere(self, message: FoundElsewhere) -> None:
        before, self._elsewhere = self._elsewhere, message.due
        if before is not None and message.due - before:
            self._ring()
        self._tell_due()

    def _ring(self) -> None:
        if program_of(self).settings.bell:
            self.app.bell()

    def _tell_due(self) -> None:
        upcoming, now = self._upcoming(), self._session.now()
        fell_due = upcoming is not None and upcoming <= now
        if fell_due and upcoming != self._rang_for:
            self._rang_for = upcoming
            self._ring()
        count = self._due() + fell_due + len(self._elsewhere or ())
        words = npgettext("notice", "{count} reminder is due.", "{count} reminders are due.", count)
        shown = words.format(count=show_number(count, self._session.language))
        self.query_one("#due", Static).update(f"◷ {shown}" if count else "")

    @on(Input.Submitted)
    async def _try(self, event: Input.Submitted) -> None:
        event.stop()
        password = event.input.value
        event.input.value = ""
        event.input.disabled = True
        try:
            # Proving it takes a while by design.
            await asyncio.to_thread(partial(unlock, self._session, password))
        except SignedOut as ended:
            self.app.exit(return_code=1, message=safe(str(ended)))
        except LeadtuiError as error:
            self.query_one("#refused", Static).update(Content(safe(str(error))))
            event.input.disabled = False
            event.input.focus()
        else:
            self.dismiss(None)
