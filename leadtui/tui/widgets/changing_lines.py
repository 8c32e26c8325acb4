"""A block of lines of which those are drawn again that changed: most of what a key changes is a few words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget


class ChangingLines(Widget):
    """As high as its lines, or as `min-height` says; a line that is too wide goes on below."""

    DEFAULT_CSS = "ChangingLines { height: auto; }"

    def __init__(self, widget_id: str) -> None:
        """Without lines."""
        super().__init__(id=widget_id)
        self._lines: tuple[Content, ...] = ()
        self.content = Content("")
        """All lines."""

    def write(self, lines: Sequence[Content]) -> None:
        """Show these lines. The screen is laid out anew only where there are more or fewer than there is room for."""
        old, self._lines = self._lines, tuple(lines)
        self.content = Content("\n").join(self._lines)
        self.clear_cached_dimensions()
        width, height = self.content_size
        if not height:
            self.refresh(layout=self.display)  # once it is shown it is laid out anyway
            return
        changed = _changed(old, self._lines, width)
        if changed is None:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, place, width, 1) for place in changed))
        if self._needed(width) != height:
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        """The lines, below each other."""
        return self.content

    def _needed(self, width: int) -> int:
        """The lines of the screen that they take."""
        least = self.styles.min_height
        return max(self.get_content_height(self.size, self.size, width), int(least.value) if least else 0)


def _changed(old: Sequence[Content], new: Sequence[Content], width: int) -> list[int] | None:
    """The places of the lines that differ; None where not each line of either is one on the screen."""
    if any(line.cell_length > width for line in (*old, *new)):
        return None
    shared = min(len(old), len(new))
    # Equal words may be drawn in other colours.
    differing = [place for place in range(shared) if not _is_same(old[place], new[place])]
    return [*differing, *range(shared, max(len(old), len(new)))]


def _is_same(one: Content, other: Content) -> bool:
    return one.plain == other.plain and one.spans == other.spans
