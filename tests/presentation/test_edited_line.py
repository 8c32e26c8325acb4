"""The cursor passes each letter once, in the order in which it is seen, and a letter goes with all that belongs to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language import translate
from leadtui.language.bidi import Direction
from leadtui.presentation.drawn_text import AS_READ, Drawing
from leadtui.presentation.edited_line import (
    SeenLine,
    lay_out,
    letter_before,
    letter_behind,
    side_of,
    whole_letters,
    word_before,
    word_behind,
)
from leadtui.settings import TerminalProfile

PLAIN = Drawing(TerminalProfile.PLAIN)
LEFT, RIGHT = Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT

TEXT = st.text("abc سلامپچگ ةى אב 019۴۵٧ .,+-()«»\u0651\u064e\u200c", max_size=30)


def line_of(text: str) -> SeenLine:
    return lay_out(text, side_of(text, PLAIN), PLAIN)[0]


def shown(text: str) -> str:
    """The line as it is drawn, with a bar where the cursor stands at its end."""
    return "".join("|" if slot.place == len(text) else slot.text for slot in line_of(text).slots)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("", "|"),
        ("Sara", "Sara|"),
        ("سلام", "|ﻡﺎﻠﺳ"),
        ("می\u200cروم (ab)", "|(ab) ﻡﻭﺭﯽﻣ"),
        ("call سارا", "call ﺍﺭﺎﺳ|"),
        ("call سارا now", "call ﺍﺭﺎﺳ now|"),
        ("سارا ", "| ﺍﺭﺎﺳ"),
        ("خانهٔ ما", "|ﺎﻣ ﻪٔﻧﺎﺧ"),
        ("+98 912 345 6789", "+98 912 345 6789|"),
        ("٠٧٧٠ ١٢٣ ٤٥٦٧", "٠٧٧٠ ١٢٣ ٤٥٦٧|"),
        ("شماره 0918 180 9983 است", "|ﺖﺳﺍ 0918 180 9983 ﻩﺭﺎﻤﺷ"),
        ("شماره +98 918 180 9983", "|+98 918 180 9983 ﻩﺭﺎﻤﺷ"),
        ("0912 345 6789 داخلی 12", "|12 ﯽﻠﺧﺍﺩ 0912 345 6789"),
        ("موبایل ۰۹۱۲ ۳۴۵ ۶۷۸۹", "|۰۹۱۲ ۳۴۵ ۶۷۸۹ ﻞﯾﺎﺑﻮﻣ"),
        ("ایمیل mary_80@example.com", "|mary_80@example.com ﻞﯿﻤﯾﺍ"),
    ],
)
def test_a_line_is_drawn_as_it_is_seen(text: str, drawn: str) -> None:
    assert shown(text) == drawn


@given(TEXT)
def test_the_cursor_passes_every_letter_once_in_one_direction_and_comes_back(text: str) -> None:
    line = line_of(text)
    for step, at in ((1, line.slots[0].place), (-1, line.slots[-1].place)):
        passed = [at]
        while (beside := line.beside(passed[-1], step)) is not None:
            passed.append(beside)
        assert len(set(passed)) == len(passed) == len(line.slots)


@given(TEXT)
def test_a_click_puts_the_cursor_where_it_is_seen(text: str) -> None:
    line = line_of(text)
    for column in range(line.width):
        slot = line.slot_of(line.place_at(column))
        assert slot.column <= column < slot.column + slot.width
    assert line.place_at(-5) == line.slots[0].place
    assert line.place_at(line.width + 5) == line.slots[-1].place


@given(TEXT, st.lists(st.integers(1, 30), max_size=3))
def test_a_wrapped_text_shows_each_letter_in_the_row_that_it_is_in(text: str, breaks: list[int]) -> None:
    ends = sorted({whole_letters(text, at) for at in breaks if at < len(text)} - {0, len(text)})
    rows = lay_out(text, side_of(text, PLAIN), PLAIN, ends)
    starts = [0, *ends]
    assert len(rows) == len(starts)
    for row, start, end in zip(rows, starts, [*ends, len(text) + 1], strict=True):
        assert all(start <= slot.place < end for slot in row.slots)
    places = [slot.place for row in rows for slot in row.slots]
    assert sorted(places) == sorted(slot.place for slot in line_of(text).slots)


def test_a_row_is_turned_as_a_part_of_its_text() -> None:
    """What stands before it in the text says how its numbers and blanks run (UAX #9, 3.4)."""
    rows = lay_out("سلام 12 34 abc", RIGHT, PLAIN, [5])
    assert ["".join(slot.text for slot in row.slots) for row in rows] == [" ﻡﺎﻠﺳ", " abc 34 12"]


def test_a_terminal_that_is_given_lines_as_they_are_read_gets_them_so() -> None:
    text = "می\u200cروم (abc)"
    line = lay_out(text, side_of(text, AS_READ), AS_READ)[0]
    assert "".join(slot.text for slot in line.slots) == text + " "


@pytest.mark.parametrize(
    ("text", "language", "side"),
    [
        ("Sara", "fa", LEFT),
        ("سارا", "en", RIGHT),
        ("12 سارا", "en", RIGHT),
        ("", "fa", RIGHT),
        ("0912", "fa", RIGHT),
        ("0912", "en", LEFT),
    ],
)
def test_a_line_begins_at_the_side_of_its_first_letter(text: str, language: str, side: Direction) -> None:
    translate.use(language)
    assert side_of(text, PLAIN) is side


def test_a_line_without_letters_begins_where_the_one_above_does() -> None:
    assert side_of("12", PLAIN, RIGHT) is RIGHT
    assert side_of("Sara", PLAIN, RIGHT) is LEFT


LETTERS = "س\u0651\u064eل\u0627می\u200cروم🇮🇷"


def test_a_letter_goes_with_its_marks_and_what_parts_it_from_the_next() -> None:
    rubbed_out: list[str] = []
    text = LETTERS
    while text:
        before = letter_before(text, len(text))
        rubbed_out.append(text[before:])
        text = text[:before]
    assert rubbed_out == ["🇮🇷", "م", "و", "ر", "ی\u200c", "م", "\u0627", "ل", "س\u0651\u064e"]
    forward: list[str] = []
    text = LETTERS
    while text:
        behind = letter_behind(text, 0)
        forward.append(text[:behind])
        text = text[behind:]
    assert forward == rubbed_out[::-1]


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("call Sara, now", [0, 4, 9, 14]),
        ("می\u200cروم خانهٔ ما", [0, 6, 12, 15]),
        ("مَدرَسه ۱۲", [0, 7, 10]),
        ("नमस्ते दुनिया", [0, 6, 13]),
        ("a_b-c", [0, 3, 5]),
        ("  ", [0, 2]),
    ],
)
def test_words_of_every_script_are_passed_whole(text: str, stops: list[int]) -> None:
    passed = [0]
    while passed[-1] < len(text):
        passed.append(word_behind(text, passed[-1]))
    assert passed == stops


@given(TEXT)
def test_going_back_over_words_ends_at_the_beginning(text: str) -> None:
    place = len(text)
    while place:
        before = word_before(text, place)
        assert before < place
        assert before == 0 or (text[before].isalnum() and not text[before - 1].isalnum())
        place = before
