"""`leadtui doctor --terminal`: how this terminal shows lines from right to left, and what to set for it."""

from __future__ import annotations

import os
import select
import sys
import time

from leadtui import paths
from leadtui.cli.options import own_settings
from leadtui.cli.output import on_a_terminal, write_drawn, write_fields, write_line
from leadtui.language.translate import _, pgettext
from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.terminal_columns import for_terminal
from leadtui.presentation.terminal_kind import ANSWERS, QUESTIONS, TerminalKind, kind_by_environment
from leadtui.settings import AUTO, TerminalProfile

PATIENCE = 1.0
"""Seconds for an answer: over a slow line it takes that long."""

WHO_ARE_YOU, WHO_I_AM = "\x1b[c", b"\x1b[?"
"""Every terminal answers this one (DA1), and answers in the order of the questions: what has not come by then never will."""

SAMPLE = ("سارا احمدی", "0918 180 9983", "شیراز (فارس)", "۱۴۰۳/۰۷/۰۸", "Sara")

BY_HAND = (TerminalProfile.PLAIN, TerminalProfile.MARKS, TerminalProfile.KITTY, TerminalProfile.OFF)
"""What can be tried side by side; Konsole's own is a state of the whole terminal."""


def show_terminal() -> None:
    """Say what the terminal answers and what it is given for that, and write a sample as each setting draws it."""
    settings = own_settings()
    kind = _asked() if on_a_terminal() else kind_by_environment(os.environ)
    profile = kind.profile if settings.direction == AUTO else TerminalProfile(settings.direction)
    write_fields(
        (
            (pgettext("field", "Terminal"), kind.name or _("It does not say what it is.")),
            (
                pgettext("field", "Turns lines itself"),
                pgettext("choice", "yes") if kind.turns_lines else pgettext("choice", "no"),
            ),
            (pgettext("field", "“direction” in the settings"), settings.direction),
            (pgettext("field", "Lines are drawn as for"), profile),
        )
    )
    write_line()
    write_line(
        _(
            "Here five fields stand from left to right: a name, a number, a town, a date, a name in Latin letters."
        )
    )
    for each in BY_HAND:
        turned = map(Drawing(each).turned, SAMPLE)
        write_drawn(for_terminal(f"{each:<8}│ {' │ '.join(turned)} │", each))
    write_line(
        _("In the right one Persian letters are joined and read from the right, and all else stands as said.")
    )
    write_line(
        _("If it is not “{profile}”, write it as “direction” into {path}.").format(
            profile=profile, path=paths.settings_file()
        )
    )


def _asked() -> TerminalKind:
    """What the terminal says of itself, and where it does not answer, what the environment says."""
    kind = kind_by_environment(os.environ)
    if sys.platform == "win32":
        return kind
    import termios
    import tty

    inward = sys.stdin.fileno()
    before = termios.tcgetattr(inward)
    answer = b""
    try:
        tty.setcbreak(inward)
        sys.stdout.write(QUESTIONS + WHO_ARE_YOU)
        sys.stdout.flush()
        until = time.monotonic() + PATIENCE
        while WHO_I_AM not in answer or not answer.endswith(b"c"):
            ready, _writable, _failed = select.select([inward], [], [], max(0, until - time.monotonic()))
            if not ready:
                break
            answer += os.read(inward, 1024)
    finally:
        termios.tcsetattr(inward, termios.TCSADRAIN, before)
    for each in ANSWERS.finditer(answer.decode("utf-8", "replace")):
        kind = kind.with_answer(each)
    return kind
