"""In a terminal of sixteen colours, as over ssh with TERM=xterm, the cursor is seen and statuses keep their colours."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, make_session
from terminal import Terminal
from textual.theme import Theme

from leadtui.domain.status import STATUS_COLOURS
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import sixteen_colour_themes

OF_MORE_COLOURS = re.compile(r"[;\x1b\[][34]8;[25];")
"""What asks for one of 256 colours, or of all."""


@pytest.mark.parametrize("term", ["xterm", pytest.param("linux", marks=pytest.mark.proof)])
def test_only_the_colours_of_the_terminal_are_used(tmp_path: Path, term: str) -> None:
    session = make_session(tmp_path, clock=MovingClock())
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    set_status(session, SetStatus(lead.id, lead.version, session.definitions.statuses[0].id))
    add_lead(session, "Omid Karimi", mine=True)
    session.close()
    environment = {**os.environ, "TERM": term, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    for name in ("COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM"):
        environment.pop(name, None)
    command = [
        sys.executable,
        "-m",
        "leadtui",
        "--store",
        str(tmp_path / "desk.db"),
        "--as",
        "neda@example.com",
    ]
    terminal = Terminal(command, environment)
    terminal.press("", "Omid Karimi")
    assert terminal.end("q") == 0
    drawn = terminal.written.decode("utf-8", "replace")
    assert not OF_MORE_COLOURS.search(drawn)
    # The cursor is a line turned round.
    assert re.search(r"\x1b\[[0-9;]*\b7\b[0-9;]*m", drawn)


@pytest.mark.parametrize("theme", sixteen_colour_themes(), ids=lambda theme: theme.name)
def test_what_has_to_be_told_apart_is_another_colour(theme: Theme) -> None:
    colours = variables_for(theme)
    for text in (
        "dim",
        "faint",
        "late",
        "soon",
        "untouched",
        "gained",
        "key",
        *(f"status-{each}" for each in STATUS_COLOURS),
    ):
        assert colours[text] not in (colours["pane"], colours["field"], colours["cursor"]), text
    assert len({colours[each] for each in ("pane", "field", "field-focus")}) == 3
