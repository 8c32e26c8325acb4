"""What was typed into a line, word by word, so that it can be taken back and done again."""

from __future__ import annotations

from collections import deque

STEPS = 200
"""How many steps of a line are kept."""


class LineHistory:
    """The steps of one line: what stood there before each and after it.

    Letters typed one behind the other are one step up to the end of their word, and so are letters that are rubbed out.
    A step is taken back only where the line is as the step has left it.
    """

    def __init__(self) -> None:
        """Nothing has been typed."""
        self._done: deque[tuple[str, str]] = deque(maxlen=STEPS)
        self._undone: list[tuple[str, str]] = []
        self._goes_on = False
        """Whether the last step is one of letters, which the next letter may go on with."""

    def clear(self) -> None:
        """Forget all: something else than the person has put other words there."""
        self._done.clear()
        self._undone.clear()
        self._goes_on = False

    def note(self, before: str, after: str) -> None:
        """The person has made `after` of `before`."""
        if before == after:
            return
        self._undone.clear()
        single = abs(len(after) - len(before)) == 1
        if single and self._goes_on and self._done[-1][1] == before and _go_together(*self._done[-1], after):
            before = self._done.pop()[0]
        self._goes_on = single
        self._done.append((before, after))

    def undo(self, text: str) -> str | None:
        """The line without its last step; None where there is none to take back from `text`."""
        if not self._done or self._done[-1][1] != text:
            return None
        self._goes_on = False
        self._undone.append(self._done.pop())
        return self._undone[-1][0]

    def redo(self, text: str) -> str | None:
        """The line with the step that was taken back last; None where there is none to do again on `text`."""
        if not self._undone or self._undone[-1][0] != text:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1][1]


def _go_together(first: str, between: str, last: str) -> bool:
    """Whether the letter between the last two goes on with the step between the first two."""
    if len(last) < len(between):
        return len(between) < len(first)
    return len(between) > len(first) and len(between.split()) == len(last.split())


def change_ends(before: str, after: str) -> int:
    """Where in `after` the part ends that differs from `before`."""
    shorter = min(len(before), len(after))
    same = 0
    while same < shorter and before[-1 - same] == after[-1 - same]:
        same += 1
    return len(after) - same
