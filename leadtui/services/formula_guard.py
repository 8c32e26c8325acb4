"""Text in a table that spreadsheet programs open: guarded, so that none of it runs as a formula, and as it was."""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What begins a formula, guarded or not. The wide forms count as well: some spreadsheet programs read them as the
narrow ones (OWASP, CSV Injection)."""


def guarded(cell: str) -> str:
    """A cell that a spreadsheet program shows and never runs: an apostrophe stands before what begins a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def kept_exact(cell: str) -> str:
    """A cell that `unguarded` leaves as it is: guarded only where it would lose an apostrophe of its own."""
    return guarded(cell) if unguarded(cell) != cell else cell
