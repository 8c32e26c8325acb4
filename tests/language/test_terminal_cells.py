"""What is drawn takes as many cells in one terminal as in another, so that the columns of a table stand."""

from __future__ import annotations

import csv
import unicodedata
from itertools import product
from pathlib import Path

import pytest

from leadtui.language.text import cell_width, clean, safe

EMOJI_FILE = Path(__file__).parents[1] / "data" / "cases" / "emoji.csv"


def cells_by_character(text: str) -> int:
    """As xterm and VTE count: one code point after the other (POSIX wcwidth)."""
    return sum(width_of(letter) for letter in text)


def cells_by_what_is_seen(text: str) -> int:
    """As kitty counts: flags, tones, presentations and joined emoji are one (its text-sizing protocol, "splitting")."""
    cells, before, joined, flag = 0, "", False, False
    for letter in text:
        if letter == "\ufe0f":
            cells += width_of(before) == 1
        elif is_flag_half(letter):
            cells += 0 if flag else 2
            flag = not flag
        elif not (joined or "\U0001f3fb" <= letter <= "\U0001f3ff"):
            cells += width_of(letter)
        flag = flag and is_flag_half(letter)
        joined = letter == "\u200d"
        before = letter
    return cells


def width_of(letter: str) -> int:
    if not letter or unicodedata.category(letter) in ("Mn", "Me", "Cf") or "\u1160" <= letter <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


PEOPLE = ("👍", "👩", "🤷", "☝", "❤", "🏳", "⚠", "©", "1", "あ", "a")
AFTER = ("", "\ufe0e", "\ufe0f", "🏽", "\ufe0f\u20e3", "\u200d", "\U000e0067\U000e007f", "\u0301")
JOINED = (
    "",
    "👦",
    "\u200d👦",
    "\u200d♀\ufe0f",
    "\u200d🌈",
    "🇫🇷",
    "🇫",
    "🇫🇷🇩",
    "\u4dc0",
    "☰",
    "\U0001faff",
    "🫨",
)

MATRIX = ["".join(parts) for parts in product(PEOPLE, AFTER, JOINED)]
EVERY_EMOJI = [chr(code) for block in (range(0x2190, 0x2C00), range(0x1F000, 0x1FC00)) for code in block]


def rows() -> list[list[str]]:
    with EMOJI_FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("text", [cell for row in rows() for cell in row if cell != "தமிழ்"])
def test_what_people_write_takes_the_same_cells_everywhere(text: str) -> None:
    drawn = safe(clean(text))
    assert cells_by_character(drawn) == cells_by_what_is_seen(drawn) == cell_width(drawn)


def test_emoji_take_the_same_cells_everywhere() -> None:
    for text in (*MATRIX, *EVERY_EMOJI):
        for drawn in (safe(text), safe(clean(text))):
            assert cells_by_character(drawn) == cells_by_what_is_seen(drawn) == cell_width(drawn), ascii(text)


def test_what_is_stored_keeps_its_emoji_whole() -> None:
    for row in rows():
        for cell in row:
            assert clean(cell) == unicodedata.normalize("NFC", cell.replace("\u200f", "").strip())
