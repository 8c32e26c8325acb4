"""A line that is turned already goes out so that a terminal which turns lines itself leaves it as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from turning_words import Sign, as_kitty_shows, joined_to_lam

from leadtui.language.bidi import Direction, bidi_class, visual_order
from leadtui.language.text import safe
from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.terminal_columns import with_marks, with_words_turned_back
from leadtui.presentation.terminal_kind import ANSWERS, TerminalKind, kind_by_environment
from leadtui.settings import TerminalProfile

PLAIN = Drawing(TerminalProfile.PLAIN)

TEXT = st.text("abc سلامپچگ ةى אבג 0123۴۵٧ .،؟,:/+-()«»…\u0651\u064e\u200c", max_size=40).map(safe)


@given(TEXT, st.sampled_from([*Direction]))
def test_between_marks_nothing_is_turned(text: str, base: Direction) -> None:
    line = PLAIN.turned(text, base)
    sent = with_marks(line)
    order = visual_order(sent, Direction.LEFT_TO_RIGHT)
    letters = [place for place in order.indices if bidi_class(sent[place]) != "NSM"]
    assert letters == sorted(letters)


def cells_of(sent: str) -> list[Sign]:
    """What each cell of a line gets, and whether it leans."""
    leans = False
    cells: list[Sign] = []
    for part in re.findall(
        "(?s)\x1b\\[[0-9;]*m|[^\x1b][\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d]*", sent
    ):
        if part.startswith("\x1b"):
            leans = part == "\x1b[3m"
        else:
            cells.append((part, leans))
    return cells


@given(TEXT, st.sampled_from([*Direction]), st.booleans())
def test_a_terminal_that_turns_words_shows_what_another_shows(
    text: str, base: Direction, whole: bool
) -> None:
    line = PLAIN.turned(text, base)
    shown = as_kitty_shows(cells_of(with_words_turned_back(line)), font_has_letters=whole)
    assert joined_to_lam("".join(shown)) == line


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("\x1b[31mﺍ\x1b[0mﺭﺎﺳ", "\x1b[31mﺳ\x1b[0mﺎﺭﺍ"),
        ("\x1b[1m۰۷:۱۰\x1b[0m", "\x1b[1m۷۰\x1b[3m:\x1b[23m۰۱\x1b[0m"),
        ("\x1b[3;38;5;23m:ﻡ\x1b[0m:", "\x1b[3;38;5;23m\x1b[23m:\x1b[3mﻡ\x1b[0m\x1b[3m:\x1b[23m"),
        ("│ﻡ│", "│ﻡ│"),
        ("\x1b[7mt\x1b[0mo ﻡ", "\x1b[7mt\x1b[0mo ﻡ"),
        ("ﻡ  \x1b[1mHen\x1b[0m  \x1b[2m:\x1b[0m ﻡ", "ﻡ  \x1b[1mHen\x1b[0m  \x1b[2m:\x1b[0m ﻡ"),
        ("ﺩﺎﻠﯿﻣ", "ﻣﯿﻠﺍﺩ"),
        ("ﺎﻣ\u064bﻮﻳ", "ﺎ\x1b[3mﻣ\u064b\x1b[23mﻳﻮ"),
    ],
)
def test_colours_stay_in_their_cells_and_signs_beside_letters_lean(line: str, sent: str) -> None:
    assert with_words_turned_back(line) == sent


@pytest.mark.parametrize("change", [with_marks, with_words_turned_back])
def test_what_is_no_line_goes_out_as_it_is(change: object) -> None:
    assert callable(change)
    for data in ("plain \x1b[1mwords\x1b[0m", "\x1b]2;سارا\x07", "\x1b]52;c;4pi6\x1b\\", "東京 é 👍 │"):
        assert change(data) == data


def answered(*answers: str) -> TerminalKind:
    kind = TerminalKind()
    for answer in answers:
        found = ANSWERS.fullmatch(answer)
        assert found
        kind = kind.with_answer(found)
    return kind


@pytest.mark.parametrize(
    ("answers", "profile"),
    [
        ((), TerminalProfile.PLAIN),
        (("\x1bP>|XTerm(390)\x1b\\",), TerminalProfile.PLAIN),
        (("\x1bP>|foot(1.16.2)\x1b\\", "\x1b[8;0$y"), TerminalProfile.PLAIN),
        (("\x1b[8;1$y", "\x1bP>|VTE(7600)\x1b\\"), TerminalProfile.MARKS),
        (("\x1b[8;1$y",), TerminalProfile.MARKS),
        (("\x1b[8;3$y",), TerminalProfile.MARKS),
        (("\x1b[8;2$y",), TerminalProfile.PLAIN),
        (("\x1b[8;4$y",), TerminalProfile.PLAIN),
        (("\x1bP>|Konsole 23.08.5\x1b\\",), TerminalProfile.KONSOLE),
        (("\x1bP>|kitty(0.35.2)\x1b\\",), TerminalProfile.KITTY),
        (("\x1bP>|tmux 3.4\x1b\\",), TerminalProfile.MARKS),
        (("\x1bP>|tmux in kitty(0.26.5)\x1b\\", "\x1bP>|tmux 3.4\x1b\\"), TerminalProfile.KITTY),
        (("\x1bP>|tmux in VTE(7006)\x1b\\", "\x1bP>|tmux 3.4\x1b\\"), TerminalProfile.MARKS),
    ],
)
def test_a_terminal_gets_what_its_answers_ask_for(answers: tuple[str, ...], profile: TerminalProfile) -> None:
    assert answered(*answers).profile is profile


@pytest.mark.parametrize(
    ("environment", "profile"),
    [
        ({}, TerminalProfile.PLAIN),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, TerminalProfile.MARKS),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230805"}, TerminalProfile.KONSOLE),
        ({"TERM": "xterm-kitty"}, TerminalProfile.KITTY),
        ({"TERM": "mlterm-256color", "MLTERM": "3.9.0"}, TerminalProfile.MLTERM),
        (
            {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0", "KITTY_WINDOW_ID": "1"},
            TerminalProfile.MARKS,
        ),
    ],
)
def test_until_it_answers_the_environment_says(environment: dict[str, str], profile: TerminalProfile) -> None:
    assert kind_by_environment(environment).profile is profile
