"""A dialog in which what is typed is kept as a draft, as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import on
from textual.await_complete import AwaitComplete
from textual.widgets import Input, OptionList

from leadtui.tui.dialogs.dialog import Answer, Dialog
from leadtui.tui.keeping import Keeping
from leadtui.tui.widgets.marked_lists import Mark

Keep = Callable[[Mapping[str, str]], None]
"""Is given what is typed, by field; nothing where there is nothing to keep."""


class KeptDialog(Dialog[Answer]):
    """A subclass gives `content`, and calls `keep_soon` where something is chosen by other widgets than the usual."""

    def __init__(self, keep: Keep | None, kept: Mapping[str, str]) -> None:
        """`kept` is what the draft holds already; without `keep` nothing is."""
        super().__init__()
        self._keep = keep
        self._kept = self._typed = dict(kept)
        self._keeping = Keeping(self, self._keep_typed)

    def content(self) -> dict[str, str]:
        """What is typed, by field; empty where it is not worth keeping."""
        raise NotImplementedError

    @on(Input.Changed)
    @on(Mark.Changed)
    @on(OptionList.OptionHighlighted)
    def keep_soon(self) -> None:
        """Something was typed or chosen."""
        self._typed = self.content()
        self._keeping.soon()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close; the draft is kept first, so that what follows from the answer comes after it."""
        self._typed = self.content()
        self._keeping.now()
        return super().dismiss(result)

    def on_unmount(self) -> None:
        """However it closes, also with the program: the draft is as it was typed."""
        self._keeping.now()

    def _keep_typed(self) -> None:
        if self._keep is not None and self._typed != self._kept:
            self._kept = self._typed
            self._keep(self._typed)
