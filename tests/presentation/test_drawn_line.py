"""Lines that are printed in a terminal read as the screen does: from their side, field by field."""

from __future__ import annotations

import pytest

from leadtui.language.bidi import Direction, isolated, left_to_right
from leadtui.language.text import cell_width
from leadtui.presentation.drawn_line import OTHER_SIDE, printed
from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.formatter import DO_NOT_CALL_GLYPH
from leadtui.services.templates import list_templates
from leadtui.settings import TerminalProfile
from leadtui.tui.screens.settings.statuses import GLYPHS

LTR, RTL = Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT


@pytest.mark.parametrize(
    ("text", "base", "shown"),
    [
        ("Sara  0918 180 9983", LTR, "Sara  0918 180 9983"),
        ("سارا  0918 180 9983  Tehran", LTR, "ﺍﺭﺎﺳ  0918 180 9983  Tehran"),
        ("سارا  0918 180 9983", RTL, "                     0918 180 9983  ﺍﺭﺎﺳ"),
        ("نام   شهر", RTL, "                               ﺮﻬﺷ   ﻡﺎﻧ"),
        ("➜ سارا", RTL, "                                  ﺍﺭﺎﺳ ←"),
        (f"با {left_to_right('+98 912')} زنگ", RTL, "                          ﮓﻧﺯ +98 912 ﺎﺑ"),
        (f"call {isolated('سارا (2)')} now", LTR, "call (2) ﺍﺭﺎﺳ now"),
        (
            "سارا\n\nMina\n",
            RTL,
            "                                    ﺍﺭﺎﺳ\n\n                                    Mina\n",
        ),
    ],
)
def test_lines_are_printed_as_they_are_seen(text: str, base: Direction, shown: str) -> None:
    assert printed(text, Drawing(TerminalProfile.PLAIN), base, 40) == shown


@pytest.mark.parametrize(("base", "shown"), [(LTR, "1  {} ﺍﺭﺎﺳ"), (RTL, "ﺍﺭﺎﺳ {}  1")])
def test_a_status_keeps_its_sign_before_its_words_whatever_it_is(base: Direction, shown: str) -> None:
    ready = {each.glyph for template in list_templates() for each in template.statuses}
    for sign in {*GLYPHS, DO_NOT_CALL_GLYPH, *ready, "☎", "⚠", "★", "∅", "⏰", "⬤"}:
        drawn = printed(f"1  {sign} سارا", Drawing(TerminalProfile.PLAIN), base, 20).strip()
        assert drawn == shown.format(sign.translate(OTHER_SIDE) if base is RTL else sign)


def test_a_long_sentence_goes_on_in_the_next_row_and_none_is_wider_than_the_terminal() -> None:
    text = "این جمله از پهنای پنجره بلندتر است و باید در چند سطر بیاید، " + "ا" * 30
    rows = printed(text, Drawing(TerminalProfile.PLAIN), RTL, 20).split("\n")
    assert max(map(cell_width, rows)) == 20
    assert rows[0].rstrip().endswith("ﻦﯾﺍ")
    assert len(rows) > 3
