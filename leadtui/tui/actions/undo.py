"""Taking back the person's last step, whoever is in hand."""

from __future__ import annotations

from functools import partial

from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.services.undo import NotTakenBack, Undone, undo
from leadtui.tui.actions.in_hand import LeadInHand

UNDO_KEY = "u"


class UndoAction(LeadInHand):
    """Gives a screen the action `undo`."""

    _passed_over: frozenset[int] = frozenset()
    """Steps that were refused: asked once more, the one before them is offered."""
    _confirmed: int | None = None
    """The step that was asked about: the next press takes it back."""

    def action_undo(self) -> None:
        """Take back the last step, and open its customer."""
        self.leadtui.writer.write(
            partial(undo, self.desk, passing=self._passed_over, confirmed=self._confirmed),
            self._taken_back,
            self._not_taken_back,
        )

    def _taken_back(self, undone: Undone) -> None:
        self._confirmed = None
        self.app.notify(undone.words, timeout=8)
        for sentence in undone.kept:
            self.app.notify(sentence, severity="warning", timeout=10)
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
