"""The least window that the screens fit into: in a smaller one a sentence stands over all of it, and no key acts on what it hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from leadtui.language.translate import _, counted

if TYPE_CHECKING:
    from textual.app import RenderResult

LEAST_SIZE = Size(80, 23)
"""Columns and lines: a usual terminal, one line of which a multiplexer has taken for itself."""


def is_too_small(size: Size) -> bool:
    """Whether the screens do not fit into it."""
    return size.width < LEAST_SIZE.width or size.height < LEAST_SIZE.height


def cover(screen: Screen[Any]) -> None:
    """Lay the sentence over a screen whose window is too small, and take it away where it is not."""
    notices = screen.query(TooSmall)
    if not is_too_small(cast("Any", screen).app.size):
        notices.remove()
    elif not notices:
        screen.mount(TooSmall())


class TooSmall(Static):
    """Covers whatever is on the screen."""

    DEFAULT_CSS = """
    TooSmall {
        overlay: screen; position: absolute; offset: 0 0; width: 100vw; height: 100vh;
        background: $pane; color: $foreground; content-align: center middle; text-align: center;
    }
    """

    def render(self) -> RenderResult:
        """What to do."""
        return _("leadtui needs {columns} columns and {lines} lines; make the window larger.").format(
            columns=counted(LEAST_SIZE.width), lines=counted(LEAST_SIZE.height)
        )
