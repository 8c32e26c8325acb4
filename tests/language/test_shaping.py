"""Letters take the shapes that a reader expects, a cell for a cell."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.shaping import shape
from leadtui.language.text import cell_width, clean


def forms(text: str) -> str:
    """The shape of each letter: isolated, final, initial or medial by its first letter, `-` for what has none."""
    names = (unicodedata.decomposition(letter).partition(" ")[0] for letter in shape(text))
    return "".join(
        name[1] if name in ("<isolated>", "<final>", "<initial>", "<medial>") else "-" for name in names
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلام", "imfi"),  # lam and alef stay two letters
        ("لا", "if"),
        ("پدر", "ifi"),
        ("چای", "ifi"),
        ("ژاله", "iiif"),
        ("گچ", "if"),
        ("کیک", "imf"),
        ("ی", "i"),
        ("خانهٔ", "ifif-"),  # hamza above stays on its heh
        ("خانۀ", "ifif"),
        ("ۀب", "ii"),
        ("بَبِبّ", "i-m-f-"),
        ("ء", "i"),
        ("شيء", "ifi"),
        ("سأل", "ifi"),
        ("على", "imf"),
        ("می\u200cروم", "if-iii"),
        ("ه\u200d", "i-"),
        ("\u200dه", "-f"),
        ("ـهـ", "-m-"),
        ("ڤيتنام", "immmfi"),
        ("بښب", "i-i"),  # no shapes of the middle letter: it joins none
        ("سارا Sara سارا", "ifii------ifii"),
        ("۱۲۳ ١٢٣ abc", "-----------"),
        ("שלום", "----"),
        ("", ""),
    ],
)
def test_letters_take_the_shape_that_their_neighbours_give_them(text: str, expected: str) -> None:
    assert forms(text) == expected


DECOMPOSED = "\u0675\u0676\u0677\u0678"
"""Letters for which Unicode has others (16, 9.2, "High Hamza")."""

ARABIC = st.text(
    st.characters(min_codepoint=0x600, max_codepoint=0x6FF, exclude_characters=DECOMPOSED)
    | st.sampled_from("\u200c\u200d لا")
)


@given(ARABIC)
def test_a_shape_takes_the_cell_of_its_letter(text: str) -> None:
    shaped = shape(text)
    assert len(shaped) == len(text)
    assert cell_width(shaped) == cell_width(text)
    for letter, drawn in zip(text, shaped, strict=True):
        assert drawn == letter or unicodedata.normalize("NFKC", drawn) == unicodedata.normalize(
            "NFKC", letter
        )


@given(ARABIC)
def test_shapes_that_come_in_are_stored_as_their_letters(text: str) -> None:
    assert clean(shape(text)) == clean(text)


@given(ARABIC, ARABIC)
def test_what_a_non_joiner_or_a_space_parts_is_shaped_apart(left: str, right: str) -> None:
    for parting in "\u200c ":
        assert shape(left + parting + right) == shape(left) + parting + shape(right)
