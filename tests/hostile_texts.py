"""Text as nobody should write it: what is known to do harm, a strategy for more of it, and what harmless means."""

from __future__ import annotations

import unicodedata
from math import ceil

from hypothesis import strategies as st

ESCAPES = (
    "\x1b[31337mAli\x1b[0m",
    "\x1b[2J\x1b[H\x1b[6nAli",
    "\x1b]52;c;cGF5bG9hZA==\x07Ali",
    "\x1b]52;c;cGF5bG9hZA==\x1b\\Ali",
    "\x1b]8;;https://example.com\x1b\\Ali\x1b]8;;\x1b\\",
    "\x1b]0;title\x07Ali",
    "\x1bPq#0;2;0;0;0\x1b\\Ali",
    "\x1bcAli\x1b7\x1b(0",
    "\x1b",
    "\x9b31mAli\x9d52;c;cGF5bG9hZA==\x9c\x84\x85\x90",
    "Ali\x00\x07\x08\x7f\x0e\x0f",
    "\x03Ali\x02\x02x\x03\x1f",
)
"""Escape sequences and controls: colours, the clipboard, links, the title, device strings, a reset, C1."""

DIRECTIONS = (
    "Ali\u202emoc.elpmaxe\u202c",
    "\u2066Ali\u2067\u2068\u2069\u200e\u200f\u061c",
    "\u202aAli\u202b\u202d",
    "علی Ali (رضا) [Reza] 12/34 ۱۲٫۳۴",
)
"""Bidi overrides, isolates, embeddings and marks; and a mixture of directions that is in order."""

MARKUP = (
    "[/b] Ali",
    "[TODO] x",
    "[@click=app.quit]x[/]",
    "[b]Ali[/b] [$primary]x[/] \\[",
    "[link=https://example.com]x[/link][",
    "`code` **x** <b>&amp;</b>",
)
"""What a drawing program could take for instructions to itself."""

FORMATS = (
    "{name}",
    "{0}",
    "{}",
    "}{",
    "{name!r:>100000}",
    "{0.__class__}",
    "%s %d %(name)s %",
    "$name ${x}",
    "\\N{DASH}",
)
"""What a formatting function could take for a place to fill in."""

NUMERIC = (
    "0",
    "-1",
    "1e9",
    "9e999999999",
    "NaN",
    "1_000",
    "٣٫١٤",
    "²",
    "+98 912 345 6789",
    "1403/13/45",
    "0001-01-01",
    "=1+1",
    "-",
)
"""What could be taken for a number or a day."""

LETTERS = (
    "e" + "\u0301" * 500,
    "\u0301\u0489 alone",
    "Z̴̨͓͖̮̹͚͍͎̝̔̈́̐̾̀͋̈́͐͂̕͜͠A̷̢̛̳̯͓̮͕̜̻̻̘̎̈́̌̏̓̽͝L̸̻̼̇̂̆͗G̷̰̈́̆̀̄̉̂͗Ȍ̶̧̡̬̹̲̱̹̱",
    "👩‍👩‍👧‍👦 family 👍🏽 🏳️‍🌈 🇮🇷🇩🇪🇮",
    "❤️ ☎︎ 1️⃣ 🏽🏽 \ufe0f",
    "漢字とカナの名前はとても長い",
    "ｱｲｳ Ｗｉｄｅ　ｓｐａｃｅ",
    "زهرا\u200cسادات موسوی",
    "\u200cab\u200dcd\u200c\u2060\ufeff\u00ad",
    "ي ك ـ لا ﻻ ﷺ ﷽",
    "\u1100\u1161\u11a8 각 \u0390 ΐ ŉ ǰ ẞ ﬃ İ",
    "line\nline\r\nline\u2028line\u2029line\x85line\vline\fend\rx",
    "\ttab\t\ttab",
    " \u00a0\u2003\u3000spaces\u2800  ",
    "\ue000\U000f0000\U0010fffd",
    "\u0378\U0003fffe\ufdd0\uffff",
    "\U000e0041\U000e007f\U000e0100",
    "\u17b4\u3164\uffa0\u115f",
    "",
    " ",
    "'; DROP TABLE lead; --",
    '" OR NEAR( * ^ AND "',
)
"""Marks without end, letters that join or are wide, white space of every kind, what nobody has assigned."""

LONG = (
    "x" * 10_000,
    "漢" * 10_000,
    "ا" * 10_000,
    "long words " * 900,
    "🇮🇷" * 5_000,
    "e\u0301" * 5_000,
    "[b]" * 3_000,
)
"""Ten thousand characters."""

SURROGATES = ("\ud800 Ali \udfff", "\udc80\udcff", "\ud83d\ude00")
"""What cannot be written in UTF-8: a store can hold it only inside JSON."""

KINDS = (ESCAPES, DIRECTIONS, MARKUP, FORMATS, NUMERIC, LETTERS, LONG, SURROGATES)
HOSTILE = tuple(text for kind in KINDS for text in kind)


def of_each_kind(most: int) -> list[str]:
    """Hostile texts, at most so many of each kind, from its beginning to its end."""
    return [text for kind in KINDS for text in kind[:: ceil(len(kind) / most)]]


_PIECES = (
    "a[/]{}%\\1۱ \t\n\x00\x07\x1b\x7f\x85\x9b\x9d\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u202e\u2066\u2069"
    "\u0301\u0651\ufe0f\ue000👩👍🏽🇮🇷漢ｱاي"
)


TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.characters(exclude_categories=[]), max_size=40),
    st.text(alphabet=st.sampled_from(_PIECES), max_size=40),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join),
)
"""Any text, most of it hostile; lone surrogates included."""

NON_JOINER = "\u200c"
"""The only character without a body that text may have: within Persian words it parts two letters."""


INSIDE_EMOJI = "\u200d" + "".join(map(chr, range(0xE0030, 0xE0080)))
"""What a stored text may have besides, for it is a part of an emoji; nothing draws it."""


def harm_in(text: str, *, allowed: str = "") -> list[str]:
    """The characters that a terminal could act on or that change what stands beside them, by their code points."""
    return [f"U+{ord(letter):04X}" for letter in text if _is_harmful(letter) and letter not in allowed]


def storable(text: str) -> str:
    """`text` as far as a column of text can hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _is_harmful(letter: str) -> bool:
    if letter == NON_JOINER:
        return False
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


_LETTERS_BY_CHANCE = (
    "\x00\x07\x08\x1b\x7f\x80\x85\x9b\x9d\xa0\xad\u034f\u0640\u0643\u064a\u0654\u061c\u115f\u200b\u200c\u200d"
    "\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\u2800\u3000\u3164\ufe0f\ufeff\ufffe\ufff9\ue000\U000f0000"
    "\U000e0041\U0001f3fb\U0001f1ee\U0001f468\u0301\u0489\u0653\u20e3 [](]mnP;0123\n\r\tabاآبپيكیک你😀"
)

any_text = st.one_of(
    st.text(alphabet=st.characters(codec=None, categories=None), max_size=60),  # surrogates as well
    st.text(alphabet=_LETTERS_BY_CHANCE, max_size=60),
)

names = st.text(alphabet="abcXYZ ﻣﺤﷲﻼﻱﻙ👍éÉçñöابپتجحدرسشعفقكکگلمنهويیىأإآؤئة‌َُّ-.'۱٢3", max_size=40)
