"""Unicode's own conformance tests of the Bidirectional Algorithm, its tables, and another program's answers."""

from __future__ import annotations

import lzma
import random
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from amounts import EVERYTHING
from bidi import get_display  # pyright: ignore[reportMissingTypeStubs]
from hypothesis import assume, given
from hypothesis import strategies as st

from leadtui.language.bidi import (
    Direction,
    VisualOrder,
    bidi_class,
    first_strong,
    mirrored,
    needs_order,
    visual_order,
)
from leadtui.language.bidi_data import BRACKETS, MIRRORS, UNICODE_VERSION

UNICODE = Path(__file__).parents[1] / "data" / "unicode"

LTR, RTL = Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT


def lines_of(name: str) -> Iterator[str]:
    """The lines of data in one of Unicode's files, without comments."""
    with lzma.open(UNICODE / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
        for line in file:
            if data := line.partition("#")[0].strip():
                yield data


def uncached(text: str, base: Direction | None) -> VisualOrder:
    """What is worked out, and not what is remembered: every line is another here."""
    return visual_order.__wrapped__(text, base)


def shown(levels: str) -> tuple[int | None, ...]:
    return tuple(None if level == "x" else int(level) for level in levels.split())


@pytest.mark.proof
def test_unicodes_character_tests_pass(record_property: Callable[[str, object], None]) -> None:
    tried = 0
    wrong: list[str] = []
    for line in lines_of("BidiCharacterTest"):
        codes, direction, base, levels, order = line.split(";")
        found = uncached(
            "".join(chr(int(code, 16)) for code in codes.split()),
            None if direction == "2" else Direction(int(direction)),
        )
        expected = VisualOrder(Direction(int(base)), shown(levels), tuple(map(int, order.split())))
        tried += 1
        if found != expected:
            wrong.append(line)
    assert wrong == []
    assert tried == 91_707
    record_property("figure", f"UAX #9, BidiCharacterTest.txt of {UNICODE_VERSION}: {tried:,} of {tried:,}")


REPRESENTATIVE = {
    "L": "a",
    "R": "א",
    "AL": "ع",
    "EN": "1",
    "AN": "٣",
    "ES": "-",
    "ET": "%",
    "CS": ",",
    "NSM": "\u0300",
    "BN": "\u00ad",
    "B": "\u2029",
    "S": "\t",
    "WS": " ",
    "ON": "!",
    "LRE": "\u202a",
    "RLE": "\u202b",
    "PDF": "\u202c",
    "LRO": "\u202d",
    "RLO": "\u202e",
    "LRI": "\u2066",
    "RLI": "\u2067",
    "FSI": "\u2068",
    "PDI": "\u2069",
}
"""A character of each class, none a bracket."""


@pytest.mark.parametrize(
    "share",
    [
        pytest.param(0.02, id="fiftieth"),
        pytest.param(0.1, id="tenth", marks=pytest.mark.proof),
        *([pytest.param(1.0, id="whole", marks=pytest.mark.proof)] if EVERYTHING else []),
    ],
)
def test_unicodes_tests_of_classes_pass(share: float, record_property: Callable[[str, object], None]) -> None:
    assert all(bidi_class(letter) == kind for kind, letter in REPRESENTATIVE.items())
    chance = random.Random(9)
    levels: tuple[int | None, ...] = ()
    order: tuple[int, ...] = ()
    tried = 0
    wrong: list[tuple[str, int]] = []
    for line in lines_of("BidiTest"):
        if line.startswith("@"):
            name, _, value = line.partition(":")
            if name == "@Levels":
                levels = shown(value)
            elif name == "@Reorder":
                order = tuple(map(int, value.split()))
            continue
        if chance.random() >= share:
            continue
        classes, _, directions = line.partition(";")
        text = "".join(map(REPRESENTATIVE.__getitem__, classes.split()))
        for bit, base in ((1, None), (2, LTR), (4, RTL)):
            if int(directions, 16) & bit:
                found = uncached(text, base)
                tried += 1
                if (found.levels, found.indices) != (levels, order):
                    wrong.append((line, bit))
    assert wrong == []
    assert tried == 770_241 if share == 1 else tried > 700_000 * share
    record_property("figure", f"UAX #9, BidiTest.txt of {UNICODE_VERSION}: {tried:,} of {tried:,}")


def test_brackets_are_those_of_unicode() -> None:
    opening = {}
    for line in lines_of("BidiBrackets"):
        code, pair, kind = (field.strip() for field in line.split(";"))
        if kind == "o":
            opening[chr(int(code, 16))] = chr(int(pair, 16))
    assert dict(zip(BRACKETS[::2], BRACKETS[1::2], strict=True)) == opening


def test_mirrors_are_those_of_unicode() -> None:
    mirrors = {}
    for line in lines_of("BidiMirroring"):
        code, mirror = (chr(int(field.strip(), 16)) for field in line.split(";"))
        mirrors[code] = mirror
    assert {letter: mirrored(letter) for letter in MIRRORS} == mirrors
    assert mirrored("a") == "a"


def test_every_character_has_the_class_of_unicode_or_what_its_block_is_reserved_for() -> None:
    """Unicode's file has what this Python does not know yet; such a character runs as its neighbours do."""
    assert UNICODE_VERSION == "15.0.0"
    for line in lines_of("DerivedBidiClass"):
        codes, kind = (field.strip() for field in line.split(";"))
        first, _, last = codes.partition("..")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            letter = chr(code)
            if unicodedata.category(letter) != "Cn":
                assert bidi_class(letter) == unicodedata.bidirectional(letter)
            elif kind in ("R", "AL", "BN"):
                assert bidi_class(letter) == kind, hex(code)
            else:
                assert bidi_class(letter) in (kind, "L", "R", "AL", "ET")


@pytest.mark.parametrize("code", [0x05FF, 0x07FE, 0x086B, 0x10CFF, 0x10ECF, 0x1E900 + 0x5D, 0x1EEFF])
def test_what_no_python_knows_in_a_right_to_left_block_runs_right_to_left(code: int) -> None:
    assert bidi_class(chr(code)) in ("R", "AL")
    assert needs_order(chr(code))


def test_all_that_can_turn_a_line_is_seen_to_turn_it() -> None:
    turning = {"R", "AL", "AN", *(kind for kind in REPRESENTATIVE if len(kind) == 3 and kind != "NSM")}
    two_planes = map(chr, range(0x20000))
    assert [each for each in two_planes if bidi_class(each) in turning and not needs_order(each)] == []


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Sara سارا", LTR),
        ("سارا Sara", RTL),
        ("091 سارا", RTL),
        ("\u2068سارا\u2069 Sara", LTR),
        ("\u2068سارا\u2069 12", None),
        ("0918 180 9983", None),
        ("١٢", None),
        ("", None),
    ],
)
def test_the_first_letter_with_a_direction_gives_the_line_its_own(
    text: str, direction: Direction | None
) -> None:
    assert first_strong(text) is direction
    assert visual_order(text).base == (direction or LTR)


LETTERS = "abc אבג سلامپچ 0123۴۵۶٧٨ .,:/+-%()[]«» \u0651\u200c\u200e\u200f!"

ISOLATED = st.tuples(st.sampled_from("\u2066\u2067\u2068"), st.text(LETTERS, max_size=12), st.just("\u2069"))

PIECES = st.lists(st.text(LETTERS, max_size=12) | ISOLATED.map("".join), max_size=5).map("".join)


@given(PIECES, st.sampled_from([LTR, RTL]))
def test_the_line_reads_as_another_program_reads_it(text: str, base: Direction) -> None:
    ours = "".join(text[index] for index in visual_order(text, base).indices)
    # python-bidi lets the letter before an isolate not reach the brackets behind it, as rule N0 has it.
    assume(not ("\u2069" in text and set("()[]«»") & set(text)))
    theirs = get_display(text, base_dir="LR"[base])
    assert isinstance(theirs, str)
    assert ours == theirs.replace("\u200c", "")


@given(st.text(), st.sampled_from([None, LTR, RTL]))
def test_every_character_that_is_drawn_is_drawn_once(text: str, base: Direction | None) -> None:
    order = visual_order(text, base)
    assert sorted(order.indices) == [place for place, level in enumerate(order.levels) if level is not None]
    if not needs_order(text) and order.base is LTR:
        assert list(order.indices) == sorted(order.indices)
