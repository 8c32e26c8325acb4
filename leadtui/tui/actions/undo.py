"""Taking back the person's last step, whoever is in hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from leadtui.errors import LeadtuiError
from leadtui.language.translate import _, ngettext, show_number
from leadtui.services.undo import NotTakenBack, Undone, settled, undo_part, undo_rest
from leadtui.tui.actions.in_hand import LeadInHand
from leadtui.tui.dialogs.progress_dialog import ProgressDialog

UNDO_KEY = "u"

MOST_TOLD = 2
"""So many of those that could not be taken back are told one by one."""


class UndoAction(LeadInHand):
    """Gives a screen the action `undo`."""

    _passed_over: frozenset[int] = frozenset()
    """Steps that were refused: asked once more, the one before them is offered."""
    _confirmed: int | None = None
    """The step that was asked about: the next press takes it back."""

    def action_undo(self) -> None:
        """Take back the last step, and open its customer."""
        self._undo_on(
            partial(undo_part, self.session, passing=self._passed_over, confirmed=self._confirmed), None, None
        )

    def _undo_on(
        self, part: Callable[[], Undone], before: Undone | None, progress: ProgressDialog | None
    ) -> None:
        """Take back a part, and the next one after it, each in its turn among everything else that is saved."""

        def end(undone: Undone) -> None:
            if progress is not None and progress.is_attached:
                progress.dismiss(None)
            try:
                self._taken_back(settled(undone))
            except LeadtuiError as error:
                self._not_taken_back(error)

        def taken(now: Undone) -> None:
            undone = now if before is None else before + now
            shown = progress
            if undone.rest and shown is None:
                total = undone.through + len(undone.rest)
                shown = ProgressDialog(_("Taking back"), total, self.session.language)
                self.app.push_screen(shown)
            if shown is not None:
                shown.show(undone.through)
            if undone.rest and not (shown is not None and shown.stopped):
                self._undo_on(partial(undo_rest, self.session, undone.rest), undone, shown)
            else:
                end(undone)

        def refused(error: LeadtuiError) -> None:
            if before is not None:
                end(before)
            self._not_taken_back(error)

        self.leadtui.writer.write(part, taken, refused)

    def _taken_back(self, undone: Undone) -> None:
        self._confirmed = None
        self.app.notify(undone.words, timeout=8)
        for sentence in undone.kept[:MOST_TOLD]:
            self.app.notify(sentence, severity="warning", timeout=10)
        more = len(undone.kept) - MOST_TOLD
        if more > 0:
            words = ngettext(
                "{count} more could not be taken back.", "{count} more could not be taken back.", more
            )
            count = show_number(more, self.session.language)
            self.app.notify(words.format(count=count), severity="warning", timeout=10)
        if undone.rest:
            words = ngettext(
                "{count} is not taken back yet; {key} goes on.",
                "{count} are not taken back yet; {key} goes on.",
                len(undone.rest),
            )
            count = show_number(len(undone.rest), self.session.language)
            self.app.notify(words.format(count=count, key=UNDO_KEY), severity="warning", timeout=10)
        lead_id = undone.taken[0].lead.id
        self.lead_saved(lead_id, worked=False)
        self.leadtui.open_lead(lead_id)

    def _not_taken_back(self, error: LeadtuiError) -> None:
        sentence = str(error)
        if isinstance(error, NotTakenBack):
            if error.asks:
                self._confirmed = error.step_id
                sentence = _("{step} Press {key} once more to take it back.").format(
                    step=sentence, key=UNDO_KEY
                )
            else:
                self._passed_over |= {error.step_id}
                self.leadtui.open_lead(error.lead_id)
        self.app.notify(sentence, severity="warning", timeout=10)
