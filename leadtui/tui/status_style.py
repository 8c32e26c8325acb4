"""A status on screen: its glyph and title in its colour."""

from __future__ import annotations

from textual.content import Content

from leadtui.domain.status import STATUS_COLOURS, Status
from leadtui.presentation.formatter import status_words


def status_style(status: Status | None) -> str:
    """The theme variable of a status' colour, whatever its definition says: a style could hold a command."""
    if status is None:
        return "$status-blue"
    return f"$status-{status.colour if status.colour in STATUS_COLOURS else 'grey'}"


def status_content(status: Status | None) -> Content:
    """A status for lists and running text; without one the lead is new."""
    return Content.styled(status_words(status), status_style(status))
