"""A folder as a list: its folders first, then the files of some endings; narrowed by what is typed above it.

How a folder is read, in a thread and whatever may not be looked into, is textual-fspicker's; how it is drawn is ours: names are
harmless, run in their own direction, and no sign is wider in one terminal than in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.strip import Strip
from textual_fspicker.parts.directory_navigation import (
    DirectoryEntry,
    DirectoryEntryStyling,
    DirectoryNavigation,
)
from textual_fspicker.path_filters import Filter
from textual_fspicker.safe_tests import is_dir

from leadtui.hosting import is_top
from leadtui.language.text import ellipsize, safe, search_key
from leadtui.language.translate import apart
from leadtui.tui.mirroring import clear_of_scrollbar

FOLDER, FILE, MARKED = "▸", " ", "✓"
LONGEST_NAME = 60


class FileLine(DirectoryEntry):
    """A line of the list."""

    def __init__(self, location: Path, styles: DirectoryEntryStyling, *, is_marked: bool = False) -> None:
        """One that `is_marked` is taken together with the others that are."""
        self._is_marked = is_marked
        super().__init__(location, styles)

    def _as_renderable(self, location: Path) -> Content:
        folder = is_dir(location)
        name = ellipsize(safe(location.name), LONGEST_NAME)
        sign = FOLDER if folder else MARKED if self._is_marked else FILE
        return Content.assemble(
            (f"{sign} ", "bold $key" if self._is_marked else "$dim"),
            (apart(name), "bold" if folder else "$foreground"),
        )


class FileList(DirectoryNavigation):
    """Enter in the line above it opens a folder or picks a file; it never has the keyboard itself."""

    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    FileList, FileList:focus {
        border: none; height: 14; padding: 0; background: $pane;
        text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
    }
    FileList > .option-list--option { padding: 0 1; }
    FileList > .option-list--option-highlighted { color: $foreground; background: $cursor; text-style: bold; }
    FileList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    """

    can_focus = False

    def __init__(self, location: Path, endings: Sequence[str]) -> None:
        """`endings` of the files that are shown, each with its dot and in small letters."""
        super().__init__(location, double_click_directories=False)
        self._endings = frozenset(endings)
        self._wanted = ""
        self._marked = dict[Path, None]()
        self.set_reactive(FileList.file_filter, Filter("", self._is_wanted))

    @property
    def is_root(self) -> bool:
        """Whether there is no folder above: where somebody is hosted their own folder is the highest."""
        return super().is_root or is_top(self.location)

    def action_navigate_up(self) -> None:
        """Go to the folder above, where there is one."""
        if not self.is_root:
            super().action_navigate_up()

    @property
    def pointed(self) -> Path | None:
        """What is under the cursor."""
        place = self.highlighted
        if place is None or place >= self.option_count:
            return None
        return cast("DirectoryEntry", self.get_option_at_index(place)).location

    @property
    def marked(self) -> tuple[Path, ...]:
        """The files that are marked, in the order in which they were."""
        return tuple(self._marked)

    def mark(self) -> None:
        """Mark the file under the cursor, or no longer, and go on to the next line; a folder is not marked."""
        path, place = self.pointed, self.highlighted
        if path is None or place is None or is_dir(path):
            return
        if path in self._marked:
            del self._marked[path]
        else:
            self._marked[path] = None
        self._repopulate_display()
        self.highlighted = min(place + 1, self.option_count - 1)

    def narrow(self, typed: str) -> None:
        """Show only what has these letters in its name."""
        self._wanted = search_key(typed)
        self._repopulate_display()

    def render_line(self, y: int) -> Strip:
        """A line of the list."""
        return clear_of_scrollbar(super().render_line(y), self)

    def _is_wanted(self, path: Path) -> bool:
        return path.suffix.casefold() in self._endings

    def hide(self, path: Path) -> bool:
        """Whether a file or a folder is left out."""
        return super().hide(path) or self._wanted not in search_key(path.name)

    @work(exclusive=True, thread=True, description="read a folder")
    def _load(self) -> None:
        folder = self.location
        try:
            # The reading that the library has, without the thread that it would begin.
            cast("Any", DirectoryNavigation._load).__wrapped__(self)
        except (FileNotFoundError, NotADirectoryError):
            cast("Any", self).app.call_from_thread(self._leave_vanished, folder)

    def _leave_vanished(self, folder: Path) -> None:
        """Show the folder above one that is gone, unless the person went elsewhere; of a root that is gone, nothing."""
        if self.location != folder:
            return
        if self.is_root:
            self._repopulate_display()
        else:
            self.action_navigate_up()

    def _repopulate_display(self) -> None:
        # As the library has it, in lines of our own.
        lines: Iterable[DirectoryEntry] = (
            FileLine(each.location, self._styles, is_marked=each.location in self._marked)
            for each in self._entries
            if not self.hide(each.location)
        )
        with cast("Any", self).app.batch_update():
            self.clear_options()
            if not self.is_root and not self._wanted:
                self.add_option(FileLine(self.location / "..", self._styles))
            self.add_options(self._sort(lines))
        self._settle_highlight()
