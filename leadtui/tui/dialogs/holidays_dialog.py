"""What a calendar file would add to the holidays, before it is taken into the form of the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.holiday import Holiday
from leadtui.language.calendar import local_date
from leadtui.language.text import safe
from leadtui.language.translate import _, counted, pgettext
from leadtui.presentation.week import holiday_sentence
from leadtui.services.holiday_file import HolidaysRead
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import Dialog


class HolidaysDialog(Dialog[bool]):
    """Closes with True where the `new` ones are to be taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "agree", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
    ]
    DEFAULT_CSS = """
    HolidaysDialog {
        #days { height: auto; max-height: 16; margin: 1 0 0 0; scrollbar-size-vertical: 1; }
        #days Static { height: auto; }
        &.-low #days { max-height: 10; }
    }
    """

    def __init__(self, session: Session, title: str, read: HolidaysRead, new: Sequence[Holiday]) -> None:
        """`read` is what the file holds, `new` what of it is not there yet."""
        keys = [("Enter", pgettext("key", "take into the form"))] if new else []
        super().__init__(title, [*keys, ("Esc", pgettext("key", "back"))])
        self._session = session
        self._read = read
        self._new = tuple(new)

    def compose_body(self) -> Iterable[Widget]:
        """How many there are of which sort, and each that is new."""
        read, new = self._read, len(self._new)
        counts = _("New: {new}. There already: {already}. Over: {over}. No whole days: {other}.")
        yield Static(
            counts.format(
                new=counted(new),
                already=counted(len(read.holidays) - new),
                over=counted(read.over),
                other=counted(read.not_whole_days),
            )
        )
        if self._new:
            yield VerticalScroll(Static(self._days()), id="days", can_focus=False)

    def _days(self) -> Content:
        context = self._session.format_context()
        today = local_date(context.now, context.zone)
        return Content("\n").join(
            Content.assemble(
                safe(each.title), "  " if each.title else "", (holiday_sentence(each, today, context), "$dim")
            )
            for each in self._new
        )

    def action_scroll(self, lines: int) -> None:
        """Go through what has no room."""
        if self._new:
            self.query_one("#days").scroll_relative(y=lines, animate=False)

    def action_agree(self) -> None:
        """Take them."""
        if self._new:
            self.dismiss(True)
