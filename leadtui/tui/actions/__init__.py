"""What a person does with the lead in hand; a screen that inherits LeadActions has all of it."""

from __future__ import annotations

from leadtui.tui.actions.erase import EraseAction
from leadtui.tui.actions.merge import MergeAction
from leadtui.tui.actions.undo import UndoAction
from leadtui.tui.actions.unfinished import Unfinished

__all__ = ["LeadActions"]


class LeadActions(Unfinished, EraseAction, MergeAction, UndoAction):
    """Gives a screen everything that is done with its `lead_in_hand`."""
