"""Text is drawn so that a reader from the right reads it, and whole so that a number is rung rightly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.bidi import Direction, isolated, left_to_right
from leadtui.language.text import cell_width
from leadtui.presentation.drawn_text import AS_READ, Drawing
from leadtui.settings import TerminalProfile

LTR, RTL = Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT

PLAIN = Drawing(TerminalProfile.PLAIN)


@pytest.mark.parametrize(
    ("text", "base", "shown"),
    [
        ("Sara Ahmadi", RTL, "Sara Ahmadi"),
        ("سلام", None, "ﻡﺎﻠﺳ"),
        ("سارا احمدی", LTR, "ﯼﺪﻤﺣﺍ ﺍﺭﺎﺳ"),
        ("می\u200cروم", None, "ﻡﻭﺭﯽﻣ"),
        ("خانهٔ ما", None, "ﺎﻣ ﻪٔﻧﺎﺧ"),
        ("نوبت (۲)", None, "(۲) ﺖﺑﻮﻧ"),
        ("«سارا»", None, "«ﺍﺭﺎﺳ»"),
        ("سارا…", None, "…ﺍﺭﺎﺳ"),
        ("۱۴۰۳/۰۷/۰۸ ۱۶:۳۰", RTL, "۱۶:۳۰ ۱۴۰۳/۰۷/۰۸"),
        ("١٤٤٦/٠٥/٢٤", RTL, "١٤٤٦/٠٥/٢٤"),
        ("شماره 0912", None, "0912 ﻩﺭﺎﻤﺷ"),
        ("سارا (276) 555-0108", LTR, "ﺍﺭﺎﺳ (276) 555-0108"),
        ("سارا (276) 555-0108", RTL, "(276) 555-0108 ﺍﺭﺎﺳ"),
        ("سارا 06 12 34 56 78", RTL, "06 12 34 56 78 ﺍﺭﺎﺳ"),
        ("سارا +1 (276) 555-0108 زنگ", RTL, "ﮓﻧﺯ +1 (276) 555-0108 ﺍﺭﺎﺳ"),
        ("نوبت 5 12 16:30", RTL, "16:30 12 5 ﺖﺑﻮﻧ"),
        ("mary@example.com", RTL, "mary@example.com"),
        (f"به {left_to_right('+98 912 345 6789')} زنگ بزن", None, "ﻥﺰﺑ ﮓﻧﺯ +98 912 345 6789 ﻪﺑ"),
        (f"{isolated('سارا (تهران)')} called", LTR, "(ﻥﺍﺮﻬﺗ) ﺍﺭﺎﺳ called"),
        (f"{isolated('Sara (Tehran)')} زنگ زد", RTL, "ﺩﺯ ﮓﻧﺯ Sara (Tehran)"),
        ("", None, ""),
    ],
)
def test_text_is_drawn_as_it_is_seen(text: str, base: Direction | None, shown: str) -> None:
    assert PLAIN.turned(text, base) == shown


def test_what_says_how_to_run_is_never_drawn() -> None:
    text = f"{isolated('سارا')} \u200e\u200f{left_to_right('12')}"
    assert not set("\u200e\u200f\u2066\u2067\u2068\u2069") & set(PLAIN.turned(text, LTR))
    assert AS_READ.turned(isolated("سارا")) == "سارا"


TEXT = st.text("abc XYZ سلامپچگ ةى אבג 0123۴۵٧ .,:/+-()«»…\u0651\u064e\u200c", max_size=30)
BASES = st.sampled_from([LTR, RTL])


@given(TEXT, BASES)
def test_a_drawn_text_takes_the_cells_that_it_took(text: str, base: Direction) -> None:
    assert cell_width(PLAIN.turned(text, base)) == cell_width(text)


@given(TEXT, BASES)
def test_every_letter_is_drawn_once_with_its_marks(text: str, base: Direction) -> None:
    glyphs = PLAIN.glyphs(text, base)
    assert len({glyph.place for glyph in glyphs}) == len(glyphs)
    drawn = "".join(text[glyph.place] + glyph.text[1:] for glyph in glyphs)
    assert sorted(drawn) == sorted(text.replace("\u200c", ""))


NAMES = st.text("سلامپچگ ةى\u0651\u064e\u200c", max_size=20).map("س".__add__)


@given(NAMES, BASES)
def test_the_short_way_for_names_leads_where_the_long_one_does(text: str, base: Direction) -> None:
    assert PLAIN.turned(text, base) == "".join(glyph.text for glyph in PLAIN.glyphs(text, base))


@given(st.lists(st.sampled_from(["سارا", "Sara", "12", "۱۲", "+98 912", "-", ".", "("]), max_size=5), BASES)
def test_a_number_for_dialling_is_whole_in_every_line(parts: list[str], base: Direction) -> None:
    number = "+98 918 180 9983"
    for at in range(len(parts) + 1):
        line = " ".join([*parts[:at], left_to_right(number), *parts[at:]])
        assert number in PLAIN.turned(line, base)
        assert number in PLAIN.turned(f"{isolated(line)} سارا", base)
