"""Order of names and words: as ICU has it, in the languages of the program and across their scripts."""

from __future__ import annotations

import lzma
import random
import unicodedata
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hostile_texts import any_text, harm_in, names
from hypothesis import example, given

from leadtui.language.collation import sort_key
from leadtui.language.text import clean

ORDER = Path(__file__).parent.parent / "data" / "order"
LANGUAGES = ("fa", "ar", "en")
FILES = [(f"{kind}{language}", language) for kind in ("", "mixed-") for language in LANGUAGES]
PAIRS = 50_000


def _in_order(name: str) -> list[list[str]]:
    with lzma.open(ORDER / f"{name}.txt.xz", "rt", encoding="utf-8") as stream:
        return [line.rstrip("\n").split("\t") for line in stream if not line.startswith("# ICU")]


@pytest.mark.parametrize(("name", "language"), FILES)
def test_words_stand_as_icu_has_them(
    name: str, language: str, record_property: Callable[[str, object], None]
) -> None:
    """All words in a row, and 50,000 pairs of any two, which says the same in the measure that is known."""
    lines = _in_order(name)
    ranks = {word: rank for rank, line in enumerate(lines) for word in line}
    keys = {word: sort_key(word, language) for word in ranks}
    assert len(ranks) == 5_000
    pairs = random.Random(name).choices(sorted(ranks), k=2 * PAIRS)
    differing = [
        (one, other)
        for one, other in zip(pairs[:PAIRS], pairs[PAIRS:], strict=True)
        if _compared(keys[one], keys[other]) != _compared(ranks[one], ranks[other])
    ]
    record_property("pairs that differ from ICU", f"{len(differing)} of {PAIRS}")
    assert differing == []
    assert [line for line in lines if len({keys[word] for word in line}) > 1] == []
    assert [(a[0], b[0]) for a, b in pairwise(lines) if not keys[a[0]] < keys[b[0]]] == []


def _compared(one: Any, other: Any) -> int:
    return (one > other) - (one < other)


SCRIPTS = {
    "fa": (
        "- x",
        "007",
        "۱۲ نفر",
        "آذر",
        "ژاله",
        "هدی",
        "یاسر",
        "Adam",
        "Zed",
        "Θάνος",
        "Борис",
        "אדם",
        "王",
    ),
    "ar": ("- x", "007", "١٢", "أحمد", "هدى", "وليد", "ياسر", "Adam", "Zed", "Θάνος", "Борис", "אדם", "王"),
    "en": ("- x", "007", "۱۲", "Adam", "Élodie", "Zed", "أحمد", "یاسر", "Θάνος", "Борис", "אדם", "王"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_follow_one_another(language: str) -> None:
    for earlier, later in combinations(SCRIPTS[language], 2):
        assert sort_key(earlier, language) < sort_key(later, language), (earlier, later)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كريمي", "کریمی"),
        ("فاطمة", "فاطمه"),
        ("علی‌رضا", "علیرضا"),
        ("مُحَمَّد", "محمد"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("ali", "ALI"),
        ("۱۲", "12"),
        ("آ", "ا\u0653"),
        ("أ", "ا\u0654"),
        ("O’Neil", "O'Neil"),
        (" Sara", "Sara"),
    ],
)
def test_some_spellings_are_equal_in_persian(one: str, other: str) -> None:
    assert sort_key(one, "fa") == sort_key(other, "fa")


def test_a_variant_of_a_language_has_its_order() -> None:
    for language, variant in (("fa", "fa-IR"), ("ar", "ar_EG"), ("en", "de")):
        for word in ("هدی", "وحید", "أحمد", "Ärger"):
            assert sort_key(word, language) == sort_key(word, variant)


@given(names)
def test_cleaning_does_not_move_a_name(name: str) -> None:
    name = " ".join(name.split())  # two blanks are one where names are stored, and two in the order
    for language in LANGUAGES:
        assert sort_key(clean(name), language) == sort_key(name, language)


@given(any_text)
@example("".join(map(chr, range(0x780))))  # all letters that have a code of their own
def test_a_key_can_be_stored(text: str) -> None:
    for language in LANGUAGES:
        key = sort_key(text, language)
        assert not harm_in(key)
        assert unicodedata.is_normalized("NFC", key)
