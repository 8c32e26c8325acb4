"""What the actions on the lead in hand share: reading it in a thread, opening a dialog, keeping a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from textual import getters, on, work
from textual.app import App
from textual.message import Message
from textual.screen import Screen

from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.services import drafts, leads
from leadtui.services.desk import Desk
from leadtui.services.leads import OpenLead
from leadtui.tui.presenter import Presenter
from leadtui.tui.program import Program, program_of
from leadtui.tui.screens.dialog import Answer, Dialog


class LeadInHand(Screen[Any]):
    """A screen with a customer in hand, on whom actions work. Each action is a mixin of its own beside this file."""

    app = getters.app(cast("type[App[Any]]", App))

    desk: Desk
    presenter: Presenter

    @dataclass
    class Prepared(Message):
        """From a thread: what a dialog needs has been read; `then` opens it."""

        number: int
        then: Callable[[], None]

    _asked_for: int = 0
    """Counts what was asked for: of two dialogs that are being prepared only the later one opens."""

    @property
    def leadtui(self) -> Program:
        """The program that this runs in."""
        return program_of(self)

    @property
    def lead_in_hand(self) -> int | None:
        """The customer that the actions work on."""
        raise NotImplementedError

    def lead_saved(self, lead_id: int, *, worked: bool) -> None:
        """A step on the lead was saved; `worked` where it was a status, after which keys are freed for the next."""
        raise NotImplementedError

    @on(Prepared)
    def _go_on(self, message: Prepared) -> None:
        if message.number == self._asked_for:
            message.then()

    def begin(self) -> int:
        """From now on keys wait for what they are meant for: a dialog that opens, or the customer that is next."""
        self.leadtui.hold_keys()
        self._asked_for += 1
        return self._asked_for

    def push_dialog(self, dialog: Dialog[Answer], take: Callable[[Answer | None], None]) -> None:
        self.app.push_screen(dialog, take)
        dialog.call_after_refresh(self.leadtui.free_keys)

    @work(thread=True, group="dialogs", exclusive=True, description="read the lead for a dialog")
    def prepare(self, number: int, lead_id: int, then: Callable[[OpenLead], None]) -> None:
        try:
            opened = leads.open_lead(self.desk, lead_id)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
        else:
            self.post_message(self.Prepared(number, partial(then, opened)))

    def keep_draft(self, kind: str, lead_id: int | None, content: Mapping[str, str]) -> None:
        """Keep what is typed, without a word; where that fails, it is told once and not at every letter."""
        write = partial(drafts.save_draft, self.desk, kind, lead_id, content)
        if not content:
            write = partial(drafts.discard_draft, self.desk, kind, lead_id)
        self.leadtui.writer.write(write, refused=lambda error: self.leadtui.tell_trouble(str(error)))

    def leave_draft(self, kind: str, lead_id: int | None) -> None:
        """The person left the dialog by themselves: its draft is kept, and not offered at the next start."""
        self.leadtui.writer.write(
            partial(drafts.leave_draft, self.desk, kind, lead_id),
            refused=lambda error: self.leadtui.tell_trouble(str(error)),
        )

    def nobody_in_hand(self) -> bool:
        if self.lead_in_hand is None:
            self.app.notify(
                _("No customer is open; choose one in a table."), severity="warning", markup=False
            )
        return self.lead_in_hand is None

    def tell_refusal(self, error: LeadtuiError) -> None:
        self.leadtui.drop_keys()
        self.app.notify(str(error), severity="error", markup=False, timeout=8)
