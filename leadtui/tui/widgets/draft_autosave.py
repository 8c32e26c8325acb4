"""Keeping what is typed into a form: a moment after the first key, however fast others follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.dom import DOMNode
from textual.timer import Timer

from leadtui.domain.draft import FormDraft

KEEP_AFTER = 0.3
"""Seconds after which a key that was typed is kept at the latest."""

Keep = Callable[[FormDraft], None]
"""Is given a draft to be kept, or a blank one where it is to be forgotten."""


class DraftAutosave:
    """Hands over, once for all that is typed within `KEEP_AFTER`, the drafts that say something else than before.

    It does not wait for a pause, which may never come.
    """

    def __init__(
        self,
        node: DOMNode,
        read: Callable[[], Iterable[FormDraft]],
        keep: Keep | None,
        kept: Iterable[FormDraft] = (),
    ) -> None:
        """`node` has the timer; `read` gives the drafts as they are now, `kept` are those that are kept already."""
        self._node = node
        self._read = read
        self._keep = keep
        self._kept = _by_form(kept)
        self._timer: Timer | None = None

    def soon(self) -> None:
        """Something was typed."""
        if self._timer is None:
            self._timer = self._node.set_timer(KEEP_AFTER, self.now)

    def now(self, *, with_focus: bool = False) -> None:
        """Keep it at once, as when the form closes; `with_focus` also where nothing but the cursor has moved."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        drafts = _by_form(self._read())
        before, self._kept = self._kept, drafts
        if self._keep is None:
            return
        for form, draft in drafts.items():
            known = before.get(form, FormDraft(*form))
            if not draft.says_the_same(known) or (with_focus and draft.focus != known.focus):
                self._keep(draft)
        for form in before.keys() - drafts.keys():
            self._keep(FormDraft(*form))


def _by_form(drafts: Iterable[FormDraft]) -> dict[tuple[str, int | None], FormDraft]:
    return {(each.kind, each.lead_id): each for each in drafts}
