"""What follows words of any script stands in the same column of every terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest

from leadtui.language.text import cell_width, safe
from leadtui.presentation.terminal_columns import with_columns

PLAIN = "\x1b[0m"
"""Ends what is styled alike: one cell of a table."""

Width = Callable[[str, str], int]
"""How many cells a letter takes behind the one before it."""


def by_character(letter: str, _before: str) -> int:
    """As xterm and VTE."""
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def by_cluster(letter: str, before: str) -> int:
    """As kitty: no mark has a cell, nor has a letter that a virama joins to the one before."""
    after_virama = before and unicodedata.combining(before) == 9 and letter.isalpha()
    return 0 if after_virama or unicodedata.category(letter)[0] == "M" else by_character(letter, before)


def drawn(data: str, width: Width) -> list[str]:
    """The cells of a line once a terminal that counts so has drawn `data`."""
    cells = [" "] * 120
    at = saved = 0
    before = ""
    for control, forward, letter in re.findall(r"\x1b([78])|\x1b\[(\d+)C|([^\x1b])", data.replace(PLAIN, "")):
        if control == "7":
            saved = at
        elif control:
            at = saved
        elif forward:
            at += int(forward)
        else:
            cells_taken = width(letter, before)
            if not cells_taken:
                cells[max(at - 1, 0)] += letter
            else:
                cells[at : at + cells_taken] = [letter, ""][:cells_taken]
                at += cells_taken
            before = letter
    return cells


NAMES = [
    *("தமிழ்", "नमस्ते", "राम शर्मा", "प्रिया कुमारी", "বাংলা নাম", "ગુજરાતી", "ಕನ್ನಡ", "മലയാളം", "සිංහල", "ਪੰਜਾਬੀ"),
    *("ที่นี่ Thai", "ກາວ", "မြန်မာ", "ភាសាខ្មែរ", "Ravi राम (काका)", "plain", "تهران", "東京", "한국어"),
]


@pytest.mark.parametrize("width", [by_character, by_cluster])
@pytest.mark.parametrize("name", NAMES)
def test_the_next_column_stands_where_it_was_counted(name: str, width: Width) -> None:
    words = safe(name)
    line = words + " " * (30 - cell_width(words)) + "|next"
    cells = drawn(with_columns(line), width)
    assert "".join(cells[30 : 30 + 5]) == "|next"
    assert "".join(cells[:30]).split() == words.split()


def test_a_name_that_fills_its_column_moves_nothing() -> None:
    for width in (by_character, by_cluster):
        cells = drawn(with_columns(safe("राम") + PLAIN + "|next"), width)
        assert "".join(cells).rstrip().endswith("|next")
        assert cells[cell_width("राम")] == "|"


def test_what_all_terminals_count_alike_goes_out_as_it_is() -> None:
    for data in ("plain", "\x1b[1mتهران\x1b[0m 東京 한국어 é 👍 │"):
        assert with_columns(data) == data


def test_each_column_of_a_line_is_put_right_by_itself() -> None:
    line = "राम      +98 912 345 6789   தமிழ்    \x1b[0m│"
    assert with_columns(line).count("\x1b7") == 2
    assert "+98 912 345 6789" in with_columns(line)
