"""Choosing a file, or several: a line in which one types or pastes where it is, and the folder below it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from leadtui.errors import Refused
from leadtui.hosting import require_within
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, apart, counted, format_list, ngettext, pgettext
from leadtui.services.atomic_file import path_typed
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.file_list import FileList
from leadtui.tui.widgets.form_field import take
from leadtui.tui.widgets.inputs import LineInput


class PathLine(LineInput):
    """The line: Backspace goes to the folder above while nothing is typed."""

    class Above(Message):
        """The folder above is wanted."""

    def on_key(self, event: events.Key) -> None:
        """Leave the folder."""
        if event.key == "backspace" and not self.value:
            take(event)
            self.post_message(self.Above())


class FileDialog(Dialog[tuple[Path, ...]]):
    """Closes with the file, or with those that are marked; what is typed narrows the folder.

    A path is gone to, and files that are dragged onto the terminal are such paths.
    """

    DEFAULT_CSS = """
    FileDialog {
        #dialog { width: 76; }
        #folder, #marked { height: 1; color: $dim; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-low FileList, &.-low FileList:focus { height: 10; }
    }
    """

    def __init__(
        self, title: str, folder: Path, endings: Sequence[str], reason: str = "", *, several: bool = False
    ) -> None:
        """It begins in `folder`, and shows files with these `endings`; `reason` is why another file was refused.

        Unless `several` may be marked, it closes with one.
        """
        keys = [
            ("Tab", pgettext("key", "mark")) if several else ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "open")),
            ("Backspace", pgettext("key", "folder above")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(title, keys, reason)
        self._begin_in = folder
        self._endings = tuple(endings)
        self._several = several

    def compose_body(self) -> Iterable[Widget]:
        """The line, the folder's name and what is in it."""
        yield PathLine(placeholder=pgettext("hint", "type a name, or a path such as ~/Downloads"))
        yield Static(id="folder")
        yield FileList(self._begin_in, self._endings)
        if self._several:
            yield Static(id="marked")

    def on_mount(self) -> None:
        """Begin in the line."""
        super().on_mount()
        self._line.focus()
        self._say_folder(self._begin_in)

    @property
    def _line(self) -> PathLine:
        return self.query_one(PathLine)  # a reminder's alert over the dialog has a line of its own

    @property
    def _list(self) -> FileList:
        return self.query_one(FileList)

    @on(FileList.Changed)
    def _follow(self) -> None:
        self._say_folder(self._list.location)

    def _say_folder(self, folder: Path) -> None:
        home = Path.home()
        shown = Path("~") / folder.relative_to(home) if folder.is_relative_to(home) else folder
        self.query_one("#folder", Static).update(Content(apart(safe(str(shown)))))

    @on(FileList.PermissionError)
    def _say_closed(self, event: FileList.PermissionError) -> None:
        self.tell(_("The folder {folder} may not be looked into.").format(folder=safe(str(event.path))))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._list.narrow("" if _is_path(event.value) else event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not _is_path(event.value):
            self._open(self._list.pointed)
            return
        try:
            path = self._list.location / path_typed(_unquoted(event.value))
            several = () if path.exists() else self._several_typed(event.value)
            if several:
                for each in several:
                    require_within(each)
                self.dismiss(several)
            else:
                self._open(path if path.exists() else None, event.value)
        except (Refused, OSError) as error:
            self.tell(str(error))

    @on(FileList.Selected)
    def _picked(self, event: FileList.Selected) -> None:
        self._open(event.path)

    def _open(self, path: Path | None, typed: str = "") -> None:
        if path is None:
            self.tell(
                _("There is no file {file}.").format(file=safe(typed))
                if typed
                else _("There is no such file here.")
            )
        else:
            try:
                self._go_to(path)
            except Refused as outside:
                self.tell(str(outside))

    def _go_to(self, path: Path) -> None:
        """Open a folder, or close with the files. Raises Refused outside of the folder of somebody who is hosted."""
        chosen = (path,) if path.is_dir() else self._list.marked or (path,)
        for each in chosen:
            require_within(each)
        if path.is_dir():
            self.tell("")
            self._line.text = ""
            self._list.location = path.resolve()
        else:
            self.dismiss(chosen)

    def _several_typed(self, typed: str) -> tuple[Path, ...]:
        """The files that a line names which terminals paste for several that are dropped on them."""
        try:
            paths = tuple(self._list.location / path_typed(each) for each in shlex.split(typed))
        except ValueError:  # a quote that does not end
            return ()
        return paths if self._several and all(each.is_file() for each in paths) else ()

    def _mark(self) -> None:
        self._list.mark()
        marked = self._list.marked
        words = ngettext(
            "{n} file is marked: {names}.", "{n} files are marked: {names}.", len(marked)
        ).format(n=counted(len(marked)), names=format_list(apart(brief(each.name, 40)) for each in marked))
        self.query_one("#marked", Static).update(Content(words if marked else ""))

    @on(PathLine.Above)
    def _leave_folder(self) -> None:
        self._list.action_navigate_up()

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list, Tab marks."""
        moves = {
            "up": self._list.action_cursor_up,
            "down": self._list.action_cursor_down,
            "pageup": self._list.action_page_up,
            "pagedown": self._list.action_page_down,
        }
        if self._several:
            moves["tab"] = self._mark
        move = moves.get(event.key)
        if move is not None:
            take(event)
            move()


def _is_path(typed: str) -> bool:
    return any(sign in typed for sign in ("/", "\\")) or typed.strip().startswith("~")


def _unquoted(typed: str) -> str:
    """As terminals paste a file that is dropped on them: in quotes, or its blanks behind backslashes."""
    typed = typed.strip()
    if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\"":
        return typed[1:-1]
    return typed.replace("\\ ", " ")
