"""Offering at the start what was open when the program ended, also by a crash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.services.deeds import at_words
from leadtui.services.drafts import Draft
from leadtui.services.unfinished import Unfinished as UnfinishedDraft
from leadtui.services.unfinished import unfinished
from leadtui.tui.actions.in_hand import LeadInHand, TakenUp
from leadtui.tui.dialogs.unfinished_dialog import UnfinishedDialog


class Unfinished(LeadInHand):
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
            found = unfinished(self.session)
        except LeadtuiError:
            return  # the desk itself will tell what is wrong with the store
        known = tuple(each for each in found if self._taken_up(each.draft) is not None)
        if known:
            self.post_message(self.Found(known))

    @on(Found)
    def _offer(self, message: Found) -> None:
        def take(place: int | None) -> None:
            if place is not None:
                self._resume(message.unfinished[place].draft)

        self.app.push_screen(UnfinishedDialog(self._lines(message.unfinished)), take)

    def _lines(self, found: Sequence[UnfinishedDraft]) -> list[str]:
        return [
            _("{name} · {what} · {when}").format(
                name=self._about(each), what=taken.title, when=at_words(self.session, each.draft.saved_at)
            )
            for each in found
            if (taken := self._taken_up(each.draft)) is not None
        ]

    def _about(self, each: UnfinishedDraft) -> str:
        """Whom or what it is about."""
        if each.lead is not None:
            return brief(self.formatter.name(each.lead), 30)
        taken = self._taken_up(each.draft)
        return taken.name(each.draft) if taken is not None and taken.name is not None else ""

    def _taken_up(self, draft: Draft) -> TakenUp | None:
        """What opens it: by its kind, or by how its kind begins where every definition has its own."""
        kinds = self.taken_up()
        start, colon, _id = draft.kind.rpartition(":")
        return kinds.get(draft.kind) or kinds.get(start + colon)

    def _resume(self, draft: Draft) -> None:
        taken = self._taken_up(draft)
        if taken is None:
            return
        if draft.lead_id is not None:
            self.leadtui.open_lead(draft.lead_id)
        taken.resume(draft)
