"""Writing the board into a file, as `leadtui board --csv` and `--json` print it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from leadtui.errors import LeadtuiError
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.board import board_csv, board_record
from leadtui.services.atomic_file import atomic_file, path_typed
from leadtui.services.board import Board
from leadtui.tui.actions.desk import Desk
from leadtui.tui.dialogs.dialog import SAVE, Dialog
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone, Way
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf
from leadtui.whole_file import FileIsThere

FORMAT, FILE = "format", "file"


class BoardFormat(StrEnum):
    """How the board is written."""

    CSV = "csv"
    JSON = "json"


PURPOSES = {
    BoardFormat.CSV: N_("The figures of the colleagues, for a spreadsheet."),
    BoardFormat.JSON: N_("The whole board with what needs somebody, for programs."),
}


@dataclass(frozen=True, slots=True)
class BoardFile:
    """What the person chose; `typed` is the file as they typed it, `replace` that one that is there may go."""

    format: BoardFormat
    typed: str
    replace: bool = False


async def export_board(desk: Desk, board: Board) -> None:
    """Ask for format and file until it is written or the person leaves."""
    wish, problem = BoardFile(BoardFormat.CSV, _suggested(board, BoardFormat.CSV)), ""
    there = False
    while True:
        chosen = await desk.actions.ask(BoardExportDialog(board, wish, problem, there=there))
        if chosen is None:
            return
        wish = chosen
        try:
            path = await asyncio.to_thread(partial(_write, desk, board, wish))
        except LeadtuiError as error:
            problem, there = str(error), isinstance(error, FileIsThere)
        else:
            break
    desk.tell(_("The board is in {file}.").format(file=path), timeout=12)


def _write(desk: Desk, board: Board, wish: BoardFile) -> Path:
    definitions = desk.session.definitions
    if wish.format is BoardFormat.CSV:
        # Without the mark spreadsheet programs take Persian and Arabic in a CSV file for gibberish.
        text = "\ufeff" + board_csv(board, definitions)
    else:
        text = json.dumps(board_record(board, definitions), ensure_ascii=False, indent=2) + "\n"
    path = path_typed(wish.typed)
    with atomic_file(path, force=wish.replace) as file:
        file.write(text.encode())
    return path.absolute()


def _suggested(board: Board, kind: BoardFormat) -> str:
    """A file in the present folder, or at home where that cannot be written to."""
    home = Path.home()
    here = Path.cwd() if os.access(".", os.W_OK) else home
    days = board.first.isoformat() + ("" if board.first == board.last else f"-{board.last.isoformat()}")
    file = here / f"leadtui-board-{days}.{kind.value}"
    return f"~/{file.relative_to(home)}" if file.is_relative_to(home) else str(file)


class BoardExportDialog(Dialog[BoardFile]):
    """Enter writes the file; Tab leads from the format to the name."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]

    def __init__(self, board: Board, wish: BoardFile, problem: str, *, there: bool) -> None:
        """`wish` was refused with `problem`, where there is one: because the file is `there`, or for another reason."""
        keys = [
            ("←→", pgettext("key", "choose")),
            ("Tab", pgettext("key", "next field")),
            ("Enter", pgettext("key", "export")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Export · board"), keys)
        self._board = board
        self._wish = wish
        self._problem = problem
        self._agreed = wish.typed if there else None
        """The file of which was said that it is there: Enter again replaces it."""

    def compose_body(self) -> Iterable[Widget]:
        """The format and the file."""
        kinds = [Choice(each.value, each.value.upper(), (each.value,)) for each in BoardFormat]
        fields = [
            FormField(FORMAT, pgettext("field", "Format"), OneOf(kinds, self._wish.format.value)),
            FormField(FILE, pgettext("field", "File"), LineInput(self._wish.typed)),
        ]
        for field in fields:
            field.steps = self._go
        return fields

    def on_mount(self) -> None:
        """Begin with the format, or with the file that was refused."""
        super().on_mount()
        self._explain()
        if not self._problem:
            self._field(FORMAT).take_focus()
            return
        words, tone = self._problem, Tone.WRONG
        if self._agreed is not None:
            words = _("This file is there already. Enter again replaces it; or type another name.")
            tone = Tone.DOUBTFUL
        self._field(FILE).show_message(FieldMessage(tone, words))
        self._field(FILE).take_focus()

    @on(FormField.Changed)
    def _changed(self, event: FormField.Changed) -> None:
        event.stop()
        file = self._field(FILE)
        if event.field.key == FORMAT:
            typed = Path(file.text)
            if typed.suffix.casefold() in {f".{each.value}" for each in BoardFormat}:
                file.text = str(typed.with_suffix(f".{self._kind.value}"))
        elif file.text.strip() != self._agreed:
            file.show_message(None)
        self._explain()

    def action_save(self) -> None:
        """Close with what was chosen."""
        typed = self._field(FILE).text.strip()
        if not typed:
            self._field(FILE).show_message(FieldMessage(Tone.WRONG, _("Say which file.")))
            self._field(FILE).take_focus()
        else:
            self.dismiss(BoardFile(self._kind, typed, typed == self._agreed))

    def _explain(self) -> None:
        self._field(FORMAT).show_message(FieldMessage(Tone.HINT, _(PURPOSES[self._kind])))

    def _go(self, _field: FormField, way: Way) -> None:
        if way is Way.ON:
            self.action_save()
        elif way is Way.DOWN:
            self.focus_next()
        else:
            self.focus_previous()

    @property
    def _kind(self) -> BoardFormat:
        return BoardFormat(self._field(FORMAT).text)

    def _field(self, key: str) -> FormField:
        return next(each for each in self.query(FormField) if each.key == key)
