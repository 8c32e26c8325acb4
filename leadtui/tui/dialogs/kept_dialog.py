"""A dialog in which what is typed is kept as a draft, as it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import on
from textual.await_complete import AwaitComplete
from textual.widgets import Input, OptionList, TextArea

from leadtui.domain.draft import FormDraft
from leadtui.tui.dialogs.dialog import Answer, Dialog
from leadtui.tui.widgets.draft_autosave import DraftAutosave, Keep
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.marked_lists import Mark

YES = "yes"
"""What a draft holds of a mark that is set."""


class KeptDialog(Dialog[Answer]):
    """A subclass says in `texts` what is kept, where that is something else than its lines and marks.

    It calls `keep_soon` where something is chosen by other widgets than the usual.
    """

    def __init__(
        self, title: str, keys: Sequence[tuple[str, str]], draft: FormDraft, keep: Keep | None
    ) -> None:
        """`draft` is what is kept already; without `keep` nothing is."""
        super().__init__(title, keys)
        self.draft = draft
        """What is typed by now."""
        self._autosave = DraftAutosave(self, lambda: (self.draft,), keep, (draft,))

    def texts(self) -> Mapping[str, str]:
        """What is typed, by the ids of the lines and marks; nothing where no line says anything."""
        lines = {each.id: each.text for each in (*self.query(LineInput), *self.query(TextInput))}
        marks = {each.id: YES if each.value else "" for each in self.query(Mark)}
        typed = any(text.strip() for text in lines.values())
        return {key: text for key, text in {**lines, **marks}.items() if key and typed}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Mark.Changed)
    @on(OptionList.OptionHighlighted)
    def keep_soon(self) -> None:
        """Something was typed or chosen."""
        self._gather()
        self._autosave.soon()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close; the draft is kept first, so that what follows from the answer comes after it."""
        self._gather()
        self._autosave.now()
        return super().dismiss(result)

    def on_unmount(self) -> None:
        """However it closes, also with the program: the draft is as it was typed."""
        self._autosave.now()

    def _gather(self) -> None:
        self.draft = replace(self.draft, texts=dict(self.texts()))
