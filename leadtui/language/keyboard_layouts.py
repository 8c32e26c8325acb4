"""What each key of a Persian or an Arabic keyboard writes, and which place on the keyboard a character comes from.

A place is named by what a US keyboard writes there, with Shift or without. Sources: xkeyboard-config 2.35.1, `symbols/ir`
(`pes_part_basic`, which is ISIRI 9147) and `symbols/ara` (`basic`); CLDR 43, `keyboards/windows/fa-t-k0-windows.xml` (the
*Persian* of Windows, older than ISIRI 9147) and `ar-t-k0-windows.xml` (*Arabic (101)*).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

PLACES = tuple("`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./")
PLACES_WITH_SHIFT = tuple('~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?')


@dataclass(frozen=True)
class KeyboardLayout:
    """One keyboard: what it writes in each of `PLACES`, and with Shift in each of `PLACES_WITH_SHIFT`.

    Some keys write several characters. `further` is what AltGr reaches of other layouts' letters.
    """

    name: str
    plain: tuple[str, ...]
    shifted: tuple[str, ...]
    further: str = ""
    places: dict[str, str] = field(init=False, repr=False)
    """The place from which each text comes that a key writes."""
    texts: dict[str, str] = field(init=False, repr=False)
    """What is written in each place."""

    def __post_init__(self) -> None:
        """Read the rows both ways; what is written without Shift goes before what is written with it."""
        plain = dict(zip(PLACES, self.plain, strict=True))
        shifted = dict(zip(PLACES_WITH_SHIFT, self.shifted, strict=True))
        object.__setattr__(self, "texts", plain | shifted)
        places: dict[str, str] = {}
        for place, text in self.texts.items():
            places.setdefault(without_ligature(text), place)
        object.__setattr__(self, "places", places)


def without_ligature(text: str) -> str:
    """Return the letters of a lam-alef that stands as one character: X11 sends it in either way, by the program's input method."""
    return unicodedata.normalize("NFKC", text) if "\ufef5" <= text <= "\ufefc" else text


def _rows(*rows: str) -> tuple[str, ...]:
    return tuple(" ".join(rows).split(" "))


ISIRI_9147 = KeyboardLayout(
    "isiri-9147",
    _rows(
        "\u200d ۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹ ۰ - =",
        "ض ص ث ق ف غ ع ه خ ح ج چ \\",
        "ش س ی ب ل ا ت ن م ک گ",
        "ظ ط ز ر ذ د پ و . /",
    ),
    _rows(
        "÷ ! ٬ ٫ ﷼ ٪ × ، * ) ( ـ +",
        "\u0652 \u064c \u064d \u064b \u064f \u0650 \u064e \u0651 ] [ } { |",
        "ؤ ئ ي إ أ آ ة » « : ؛",
        "ك \u0653 ژ \u0670 \u200c \u0654 ء > < ؟",
    ),
    further="ى",
)

PERSIAN_WINDOWS = KeyboardLayout(
    "persian-windows",
    _rows(
        "÷ 1 2 3 4 5 6 7 8 9 0 - =",
        "ض ص ث ق ف غ ع ه خ ح ج چ پ",
        "ش س ی ب ل ا ت ن م ک گ",
        "ظ ط ز ر ذ د ئ و . /",
    ),
    _rows(
        "× ! @ # $ % ^ & * ) ( _ +",
        "\u064b \u064c \u064d ريال ، ؛ , ] [ \\ } { |",
        '\u064e \u064f \u0650 \u0651 ۀ آ ـ « » : "',
        "ة ي ژ ؤ إ أ ء < > ؟",
    ),
)

ARABIC_WINDOWS = KeyboardLayout(
    "arabic-windows",
    _rows(
        "ذ 1 2 3 4 5 6 7 8 9 0 - =",
        "ض ص ث ق ف غ ع ه خ ح ج د \\",
        "ش س ي ب ل ا ت ن م ك ط",
        "ئ ء ؤ ر لا ى ة و ز ظ",
    ),
    _rows(
        "\u0651 ! @ # $ % ^ & * ) ( _ +",
        "\u064e \u064b \u064f \u064c لإ إ ‘ ÷ × ؛ < > |",
        '\u0650 \u064d ] [ لأ أ ـ ، / : "',
        "~ \u0652 } { لآ آ ’ , . ؟",
    ),
)

ARABIC_X11 = KeyboardLayout(
    "arabic-x11",
    _rows(
        "ذ 1 2 3 4 5 6 7 8 9 0 - =",
        "ض ص ث ق ف غ ع ه خ ح ج د \\",
        "ش س ي ب ل ا ت ن م ك ط",
        "ئ ء ؤ ر \ufefb ى ة و ز ظ",
    ),
    _rows(
        "\u0651 ! @ # $ % ^ & * ) ( _ +",
        "\u064e \u064b \u064f \u064c \ufef9 إ ` ÷ × ؛ < > …",
        '\u0650 \u064d ] [ \ufef7 أ ـ ، / : "',
        "~ \u0652 } { \ufef5 آ ' , . ؟",
    ),
    further="پچگڤژ",
)

LAYOUTS = (ISIRI_9147, PERSIAN_WINDOWS, ARABIC_WINDOWS, ARABIC_X11)


def letters_at(place: str) -> tuple[str, ...]:
    """What the keyboards write in a place, whichever the person has; `place` itself is the first."""
    return tuple(dict.fromkeys((place, *(each.texts[place] for each in LAYOUTS))))
