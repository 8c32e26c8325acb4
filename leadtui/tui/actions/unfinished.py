"""Offering at the start what was open when the program ended, also by a crash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.services import drafts
from leadtui.services.deeds import at_words
from leadtui.services.drafts import Unfinished as UnfinishedDraft
from leadtui.services.editing import CUSTOMER_DRAFT
from leadtui.services.follow_up import STATUS_DRAFT
from leadtui.services.leads import CALL_DRAFT, NOTE_DRAFT
from leadtui.services.reminders import REMIND_DRAFT
from leadtui.tui.actions.call import CallAction
from leadtui.tui.actions.customer import CustomerAction
from leadtui.tui.actions.note import NoteAction
from leadtui.tui.actions.remind import RemindAction
from leadtui.tui.actions.status import Again
from leadtui.tui.presenter import brief
from leadtui.tui.screens.unfinished_dialog import UnfinishedDialog


class Unfinished(CallAction, CustomerAction, NoteAction, RemindAction):
    """Looks for dialogs that were open when the program ended, and opens them again as they were."""

    @dataclass
    class Found(Message):
        """From a thread: what was open, the newest first."""

        unfinished: tuple[UnfinishedDraft, ...]

    def on_mount(self) -> None:
        """See whether something was left unfinished, also by a crash."""
        self._look_for_drafts()

    @work(thread=True, group="draft", description="look for something unfinished")
    def _look_for_drafts(self) -> None:
        try:
            found = drafts.unfinished(self.desk)
        except LeadtuiError:
            return  # the desk itself will tell what is wrong with the store
        known = tuple(each for each in found if each.draft.kind in self._titles())
        if known:
            self.post_message(self.Found(known))

    @on(Found)
    def _offer(self, message: Found) -> None:
        def take(place: int | None) -> None:
            if place is not None:
                self._resume(message.unfinished[place])

        self.app.push_screen(UnfinishedDialog(self._lines(message.unfinished)), take)

    def _lines(self, unfinished: Sequence[UnfinishedDraft]) -> list[str]:
        titles = self._titles()
        return [
            _("{name} · {what} · {when}").format(
                name=_("new customer") if each.lead is None else brief(self.presenter.name(each.lead), 30),
                what=titles[each.draft.kind],
                when=at_words(self.desk, each.draft.saved_at),
            )
            for each in unfinished
        ]

    def _titles(self) -> dict[str, str]:
        return {
            STATUS_DRAFT: _("status"),
            NOTE_DRAFT: _("note"),
            REMIND_DRAFT: _("reminder"),
            CALL_DRAFT: _("call"),
            CUSTOMER_DRAFT: _("fields"),
        }

    def _resume(self, unfinished: UnfinishedDraft) -> None:
        draft, lead_id = unfinished.draft, unfinished.draft.lead_id
        if lead_id is None:
            self._prepare_customer(self.begin(), None, Again())
            return
        self.leadtui.open_lead(lead_id)
        if draft.kind == NOTE_DRAFT:
            self.prepare_note(self.begin(), lead_id)
        elif draft.kind == REMIND_DRAFT:
            self.prepare_remind(self.begin(), lead_id)
        elif draft.kind == CALL_DRAFT:
            self.resume_call(lead_id, draft.content)
        elif draft.kind == CUSTOMER_DRAFT:
            self._prepare_customer(self.begin(), lead_id, Again())
        else:
            self.prepare_status(self.begin(), lead_id, Again(), "")
