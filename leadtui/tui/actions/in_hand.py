"""What the actions on the lead in hand share: reading it in a thread, opening a dialog, keeping a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from textual import getters, on, work
from textual.app import App
from textual.message import Message
from textual.screen import Screen

from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.presentation.formatter import Formatter
from leadtui.services import drafts, leads
from leadtui.services.drafts import LEADS, Draft
from leadtui.services.leads import OpenLead
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import Answer, Dialog
from leadtui.tui.program import Program, program_of

MOST_KEPT = 1_000
"""Customers with whom a draft about several is kept: it is written whole while one types."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """How a dialog that was open when the program ended is taken up again: what it is called, and what opens it.

    `name` says whom or what the draft is about where that is no single customer.
    """

    title: str
    resume: Callable[[Draft], object]
    name: Callable[[Draft], str] | None = None


class LeadInHand(Screen[Any]):
    """A screen with a customer in hand, on whom actions work. Each action is a mixin of its own beside this file."""

    app = getters.app(cast("type[App[Any]]", App))

    session: Session
    formatter: Formatter

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

    def taken_up(self) -> dict[str, TakenUp]:
        """The dialogs that can be taken up again, by the kinds of their drafts; an action adds its own."""
        return {}

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
            opened = leads.open_lead(self.session, lead_id)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
        else:
            self.post_message(self.Prepared(number, partial(then, opened)))

    @work(thread=True, group="dialogs", exclusive=True, description="read the lead and the draft of a dialog")
    def prepare_kept(
        self, number: int, lead_id: int, kind: str, then: Callable[[OpenLead, Mapping[str, str]], None]
    ) -> None:
        try:
            opened = leads.open_lead(self.session, lead_id)
            draft = drafts.find_draft(self.session, kind, lead_id)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
        else:
            content = {} if draft is None else draft.content
            self.post_message(self.Prepared(number, partial(then, opened, content)))

    def keep_draft(self, kind: str, lead_id: int | None, content: Mapping[str, str]) -> None:
        """Keep what is typed, without a word; where that fails, it is told once and not at every letter."""
        write = partial(drafts.save_draft, self.session, kind, lead_id, content)
        if not content:
            write = partial(drafts.discard_draft, self.session, kind, lead_id)
        self.leadtui.writer.write(write, refused=lambda error: self.leadtui.tell_trouble(str(error)))

    def keeper(
        self, kind: str, lead_id: int | None, lead_ids: Sequence[int] = ()
    ) -> Callable[[Mapping[str, str]], None] | None:
        """What keeps the draft of a dialog about one customer, or about `lead_ids`; None where those are too many."""
        if len(lead_ids) > MOST_KEPT:
            return None
        whom = {LEADS: " ".join(map(str, lead_ids))} if lead_ids else {}
        return lambda content: self.keep_draft(kind, lead_id, {**content, **whom} if content else {})

    def leave_draft(self, kind: str, lead_id: int | None) -> None:
        """The person left the dialog by themselves: its draft is kept, and not offered at the next start."""
        self.leadtui.writer.write(
            partial(drafts.leave_draft, self.session, kind, lead_id),
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
