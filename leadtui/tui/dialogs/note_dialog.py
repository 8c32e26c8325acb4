"""A note about one customer; what is typed is kept as a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from leadtui.domain.lead import Lead
from leadtui.language.translate import _
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.keeping import Keeping
from leadtui.tui.widgets.inputs import TextInput


class NoteDialog(Dialog[str]):
    """Closes with the note, or with nothing; either way the draft holds what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f12", "save", show=False, priority=True),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = "NoteDialog TextInput { height: 8; max-height: 8; }"

    def __init__(self, lead: Lead, text: str, reason: str, keep: Callable[[str], None]) -> None:
        """`text` is a draft, `reason` why an earlier save was refused; `keep` is called with what is typed."""
        super().__init__()
        self._lead = lead
        self._begun_with = text
        self.text = TextInput(text)
        self._reason = reason
        self._keep = keep
        self._keeping = Keeping(self, self._keep_draft)

    def compose_body(self) -> Iterable[Widget]:
        """The text."""
        yield self.text

    def title_words(self) -> str:
        """Whose note it is."""
        return _("{name} · note").format(name=self._lead.name) if self._lead.name else _("Note")

    def key_words(self) -> list[tuple[str, str]]:
        """Save or leave."""
        return [("Ctrl+S", _("save")), ("Esc", _("back, kept as draft"))]

    def on_mount(self) -> None:
        """Go on where the draft ended."""
        super().on_mount()
        self.text.move_cursor(self.text.document.end)
        self.tell(self._reason)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._keeping.soon()

    def action_save(self) -> None:
        """Close with the note."""
        if not self.text.text.strip():
            self.tell(_("The note is empty."))
            return
        self._keeping.now()
        self.dismiss(self.text.text)

    def action_cancel(self) -> None:
        """Close; the draft stays."""
        self._keeping.now()
        self.dismiss(None)

    def on_unmount(self) -> None:
        """However it closes, also with the program: the draft is as it was typed."""
        self._keeping.now()

    def _keep_draft(self) -> None:
        if self.text.text != self._begun_with:
            self._begun_with = self.text.text
            self._keep(self.text.text)
