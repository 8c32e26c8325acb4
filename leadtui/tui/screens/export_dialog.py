"""Into which file customers are written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.tui.screens.dialog import Dialog
from leadtui.tui.widgets.typed import TypedLine


class ExportDialog(Dialog[Path]):
    """Closes with the file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f12", "save", show=False, priority=True),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = "ExportDialog #file { margin: 0; }"

    def __init__(self, whom: str, path: Path, reason: str = "") -> None:
        """`whom` says which customers; `path` is proposed, or was refused for `reason`."""
        super().__init__()
        self._whom = whom
        self._path = path
        self._reason = reason

    def compose_body(self) -> Iterable[Widget]:
        """One line."""
        yield Label(_("File"), classes="label")
        yield TypedLine(safe(str(self._path)), id="file", select_on_focus=False)
        hint = _("Its ending says what it becomes: .csv (safe for spreadsheets), .xlsx or .vcf (contacts).")
        yield Static(Content(hint), classes="hint")

    def title_words(self) -> str:
        """Whom this is about."""
        return _("Export · {whom}").format(whom=self._whom)

    def key_words(self) -> list[tuple[str, str]]:
        """Write or leave."""
        return [("Enter", _("write the file")), ("Esc", _("back"))]

    def on_mount(self) -> None:
        """Tell what was refused."""
        super().on_mount()
        self.tell(self._reason)

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Close with the file."""
        typed = self.query_one("#file", TypedLine).value.strip()
        if not typed:
            self.tell(_("A file is needed."))
            return
        self.dismiss(Path(typed).expanduser())
