"""Telling at the start what was left unfinished, also by a crash."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from leadtui.domain.lead import Lead
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.services import drafts, leads
from leadtui.services.editing import CUSTOMER_DRAFT
from leadtui.services.leads import NOTE_DRAFT
from leadtui.tui.actions.in_hand import LeadInHand
from leadtui.tui.presenter import brief


class Unfinished(LeadInHand):
    """Looks for what the person had typed and never saved."""

    @dataclass
    class Found(Message):
        """From a thread: something typed was never saved; `lead` is None where it was about somebody new."""

        lead: Lead | None
        key: str

    def on_mount(self) -> None:
        """See whether something was left unfinished, also by a crash."""
        self._look_for_draft()

    @work(thread=True, group="draft", description="look for something unfinished")
    def _look_for_draft(self) -> None:
        try:
            draft = drafts.newest_draft(self.desk)
            if draft is None:
                return
            lead = None if draft.lead_id is None else leads.open_lead(self.desk, draft.lead_id).lead
        except LeadtuiError:
            return  # whoever it was about has gone
        self.post_message(self.Found(lead, "a" if lead is None else _KEYS.get(draft.kind, "s")))

    @on(Found)
    def _tell_unfinished(self, message: Found) -> None:
        if message.lead is None:
            sentence = _("What you typed about a new customer is kept; {key} goes on with it.")
            self.app.notify(sentence.format(key=message.key), markup=False, timeout=8)
            return
        sentence = _("What you typed about {name} is kept; {key} on that customer goes on with it.")
        name = brief(self.presenter.name(message.lead), 40)
        self.app.notify(sentence.format(name=name, key=message.key), markup=False, timeout=8)


_KEYS = {NOTE_DRAFT: "m", CUSTOMER_DRAFT: "e"}
