"""What a person does with the lead in hand; a screen that inherits LeadActions has all of it."""

from __future__ import annotations

from leadtui.tui.actions.call import CallAction
from leadtui.tui.actions.customer import LeadFormAction
from leadtui.tui.actions.erase import EraseAction
from leadtui.tui.actions.merge import MergeAction
from leadtui.tui.actions.note import NoteAction
from leadtui.tui.actions.remind import RemindAction
from leadtui.tui.actions.settings import SettingsAction
from leadtui.tui.actions.undo import UndoAction
from leadtui.tui.actions.unfinished import Unfinished

__all__ = ["LeadActions"]


class LeadActions(
    Unfinished,
    CallAction,
    LeadFormAction,
    NoteAction,
    RemindAction,
    EraseAction,
    MergeAction,
    SettingsAction,
    UndoAction,
):
    """Gives a screen everything that is done with its `lead_in_hand`."""
