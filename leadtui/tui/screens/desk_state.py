"""The desk as it was left: what changes is kept after a moment, so that a kill loses little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from leadtui.domain.view import SavedView
from leadtui.errors import LeadtuiError
from leadtui.services import views
from leadtui.services.desk_states import DeskState, load_state, save_state
from leadtui.services.session import Session

KEPT_AFTER = 4.0
"""Seconds between two looks at whether there is something to keep: few writes, for many people at one store too."""


def state_left(session: Session) -> tuple[DeskState, SavedView | None]:
    """How the person left the desk, and the saved view that was shown; a new desk where that cannot be read."""
    try:
        state = load_state(session)
        saved = next((each for each in views.list_views(session) if each.id == state.view_id), None)
    except LeadtuiError:
        return DeskState(), None
    return state, saved


class DeskStateAutosave:
    """Saves how the desk is, where it is otherwise than was saved last."""

    def __init__(self, session: Session, kept: DeskState, save: Callable[[Callable[[], None]], None]) -> None:
        """`kept` is how it was left; `save` has a write done without a word."""
        self._session = session
        self._kept = kept
        self._save = save

    def keep(self, state: DeskState, saved: SavedView | None) -> None:
        """Keep the state, with the saved view that is shown."""
        view = state.arrangement.view
        if saved is None or saved.arrangement.view.find != view.find:
            # What is being found was for one customer.
            state = replace(state, arrangement=replace(state.arrangement, view=replace(view, find="")))
        if state != self._kept:
            self._kept = state
            self._save(partial(save_state, self._session, state))
