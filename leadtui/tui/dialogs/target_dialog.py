"""Writing a file: where it goes; a file that is there is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.errors import LeadtuiError
from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.tui.dialogs.dialog import SAVE, Dialog
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone, Way
from leadtui.tui.widgets.inputs import LineInput
from leadtui.whole_file import FileIsThere


@dataclass(frozen=True, slots=True)
class Target:
    """The file as it was typed; `replace` that one that is there may go."""

    typed: str
    replace: bool = False


class TargetDialog(Dialog[Target]):
    """Enter writes the file. What was refused before comes back, with the reason beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    TargetDialog {
        #dialog { width: 76; }
        #about { height: auto; color: $dim; margin: 0 0 1 0; }
    }
    """

    def __init__(self, title: str, about: str, typed: str, problem: LeadtuiError | None = None) -> None:
        """`about` says what is written; `typed` is proposed, or was refused with `problem`."""
        keys = [("Enter", pgettext("key", "write")), ("Esc", pgettext("key", "back"))]
        super().__init__(title, keys)
        self._about = about
        self._proposed = typed
        self._problem = problem
        self._agreed = typed if isinstance(problem, FileIsThere) else None
        """The file of which was said that it is there: Enter again replaces it."""

    def compose_body(self) -> Iterable[Widget]:
        """What is written, and where."""
        yield Static(Content(safe(self._about)), id="about")
        file = FormField("file", pgettext("field", "File"), LineInput(self._proposed))
        file.steps = self._go
        yield file

    def on_mount(self) -> None:
        """Begin with the file, and with what was wrong about it."""
        super().on_mount()
        if self._agreed is not None:
            words = _("This file is there already. Enter again replaces it; or type another name.")
            self._file.show_message(FieldMessage(Tone.DOUBTFUL, words))
        elif self._problem is not None:
            self._file.show_message(FieldMessage(Tone.WRONG, str(self._problem)))
        self._file.take_focus()

    @on(FormField.Changed)
    def _changed(self, event: FormField.Changed) -> None:
        event.stop()
        if event.field.text.strip() != self._proposed:
            event.field.show_message(None)

    def action_save(self) -> None:
        """Close with the file."""
        typed = self._file.text.strip()
        if typed:
            self.dismiss(Target(typed, typed == self._agreed))
        else:
            self._file.show_message(FieldMessage(Tone.WRONG, _("Say which file.")))

    def _go(self, _field: FormField, way: Way) -> None:
        if way is Way.ON:
            self.action_save()

    @property
    def _file(self) -> FormField:
        return self.query_one(FormField)


def proposed_file(name: str) -> str:
    """A file in the home folder that is not there yet."""
    home, path = Path.home(), Path(name)
    names = [name, *(f"{path.stem}-{number}{path.suffix}" for number in range(2, 100))]
    return f"~/{next((each for each in names if not (home / each).exists()), name)}"
