"""The title line of a pane: its name, a count, and the focus bar at its left."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


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

    count: reactive[str] = reactive("")
    view: reactive[str] = reactive("")
    """The saved view that the pane shows, and whether it is changed."""
    chosen: reactive[str] = reactive("")
    """How many of its rows are chosen."""

    def __init__(self, title: str) -> None:
        """`title` is shown as it is."""
        super().__init__()
        self._title = title

    def render(self) -> Content:
        """The bar where the pane has the focus, the title, the count."""
        bar = ("▌", "$primary") if self.has_class("-focused") else (" ", "")
        view = ("  " + self.view if self.view else "", "$dim")
        chosen = (f"   ▌{self.chosen}" if self.chosen else "", "$primary")
        return Content.assemble(bar, self._title, view, "  ", (self.count, "$dim"), chosen)
