"""What the panes of the desk have in common: a title line, and under it a table of customers that is read in threads."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from textual import getters, on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from leadtui.errors import LeadtuiError
from leadtui.language.translate import npgettext, show_number
from leadtui.presentation.formatter import Formatter
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.tui.widgets.lead_cells import LeadCells
from leadtui.tui.widgets.record_table import RecordTable


class PaneTitle(Widget):
    """The bar and the tint show that the pane has the focus; the pane adds the class -focused."""

    DEFAULT_CSS = """
    PaneTitle {
        height: 1;
        background: $pane;
        color: $foreground;
        text-style: bold;
        &.-focused { background: $cursor-blurred; }
    }
    """

    words: reactive[str] = reactive("")
    count: reactive[str] = reactive("")
    view: reactive[str] = reactive("")
    """The saved view that the pane shows, and whether it is changed."""
    chosen: reactive[str] = reactive("")
    """How many of its rows are chosen."""

    def __init__(self, words: str) -> None:
        """`words` are shown as they are."""
        super().__init__()
        self.set_reactive(PaneTitle.words, words)

    def render(self) -> Content:
        """The bar where the pane has the focus, the title, the count."""
        bar = ("▌", "$primary") if self.has_class("-focused") else (" ", "")
        view = ("  " + self.view if self.view else "", "$dim")
        chosen = (f"   ▌{self.chosen}" if self.chosen else "", "$primary")
        return Content.assemble(bar, self.words, view, "  ", (self.count, "$dim"), chosen)


class TablePane(Vertical):
    """A subclass has a `PaneTitle` and a `RecordTable`, and says `Failed` and `Renewed` of what it reads."""

    DEFAULT_CSS = "TablePane { background: $pane; }"

    title = getters.query_one(PaneTitle)
    table = getters.query_one(RecordTable)

    @dataclass
    class Failed(Message):
        """What the table shows could not be read."""

        error: LeadtuiError

    @dataclass
    class Renewed(Message):
        """The table shows the whole of what was read last."""

        pane: TablePane

    def __init__(self, session: Session, formatter: Formatter, customers: LeadList, name: str) -> None:
        """`session` says whose desk it is, `customers` gives the rows; `name` becomes the id."""
        super().__init__(id=name)
        self._session = session
        self._formatter = formatter
        self._customers = customers
        self._cells = LeadCells(formatter)
        self._generation: int = 0
        self._leased: frozenset[int] = frozenset()

    def mark_leased(self, lead_ids: frozenset[int]) -> None:
        """Mark the leads that others have open, so that nobody is given them as next."""
        moved = self._leased ^ lead_ids
        self._leased = lead_ids
        if moved:
            self.table.refresh_rows(moved, flash=False)

    def show_changed(self, lead_ids: Iterable[int] | None, by_others: Collection[int]) -> None:
        """Read rows in view again, of these leads or of all; those that somebody else changed flash."""
        if lead_ids is None:
            self.table.refetch()
        else:
            self.table.refresh_rows(list(lead_ids), flash=by_others)

    @on(RecordTable.ChoiceChanged)
    def _count_chosen(self) -> None:
        self.count_chosen()

    def count_chosen(self) -> None:
        """Say in the title how many rows are chosen."""
        count = len(self.table.chosen)
        words = npgettext("choice", "{count} chosen", "{count} chosen", count)
        self.title.chosen = words.format(count=show_number(count, self._session.language)) if count else ""
