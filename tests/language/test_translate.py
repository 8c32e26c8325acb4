"""What the program says follows the language in use, and works without any catalogue."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from leadtui.language import translate
from leadtui.language.translate import (
    N_,
    _,
    is_right_to_left,
    language,
    ngettext,
    pgettext,
    show_digits,
    show_number,
    speaks,
    use,
)


def write_catalogue(path: Path, sentences: dict[str, str]) -> None:
    """Write a GNU MO file (gettext manual, 10.3)."""
    pairs = [(key.encode(), value.encode()) for key, value in sorted(sentences.items())]
    start = 28 + 16 * len(pairs)
    tables = b""
    texts = b""
    for side in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[side]), start + len(texts))
            texts += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    path.parent.mkdir(parents=True)
    path.write_bytes(head + tables + texts)


@pytest.fixture(autouse=True)
def persian_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Persian catalogue beside no other, and English in use before and after."""
    sentences = {
        "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n > 1);\n",
        "Next lead": "مشتری بعدی",
        "month\x04May": "مه",
        "{n} lead\x00{n} leads": "{n} مشتری\x00{n} مشتری‌ها",
    }
    write_catalogue(tmp_path / "fa" / "LC_MESSAGES" / "leadtui.mo", sentences)
    monkeypatch.setattr(translate, "_LOCALES", tmp_path)
    translate.catalogue.cache_clear()
    before = language()
    use("en")
    yield
    monkeypatch.undo()
    translate.catalogue.cache_clear()
    use(before)


def test_english_needs_no_catalogue() -> None:
    assert language() == "en"
    assert _("Next lead") == "Next lead"
    assert pgettext("month", "May") == "May"
    assert [ngettext("{n} lead", "{n} leads", n) for n in (0, 1, 2)] == ["{n} leads", "{n} lead", "{n} leads"]
    assert speaks("en_GB")


@pytest.mark.parametrize("name", ["fa", "fa_IR", "fa-IR"])
def test_sentences_follow_the_language_in_use(name: str) -> None:
    use(name)
    assert language() == name
    assert _("Next lead") == "مشتری بعدی"
    assert pgettext("month", "May") == "مه"
    assert ngettext("{n} lead", "{n} leads", 1) == "{n} مشتری"
    assert ngettext("{n} lead", "{n} leads", 2) == "{n} مشتری‌ها"
    assert _("Not translated yet") == "Not translated yet"
    assert _("") == ""
    assert speaks(name)
    use("en")
    assert _("Next lead") == "Next lead"


def test_a_language_without_catalogue_speaks_english() -> None:
    use("ar")
    assert language() == "ar"
    assert _("Next lead") == "Next lead"
    assert not speaks("ar")


def test_marked_messages_are_translated_where_they_are_shown() -> None:
    marked = N_("Next lead")
    assert marked == "Next lead"
    use("fa")
    assert _(marked) == "مشتری بعدی"


def test_direction() -> None:
    assert [name for name in ("en", "fa", "ar_IQ", "fa-IR", "he", "tr", "") if is_right_to_left(name)] == [
        *("fa", "ar_IQ", "fa-IR", "he"),
    ]


@pytest.mark.parametrize(
    ("number", "name", "shown"),
    [
        (12480, "en", "12,480"),
        (12480, "fa", "۱۲٬۴۸۰"),
        (12480, "ar_IQ", "١٢٬٤٨٠"),
        (-1234.5, "fa", "-۱٬۲۳۴٫۵"),
        (Decimal("1234.50"), "en", "1,234.50"),
        (0, "fa", "۰"),
        (7, "de", "7"),
    ],
)
def test_show_number(number: int | float | Decimal, name: str, shown: str) -> None:
    assert show_number(number, name) == shown


def test_show_digits() -> None:
    assert show_digits("10:42", "fa") == "۱۰:۴۲"
    assert show_digits("10:42", "ar") == "١٠:٤٢"
    assert show_digits("10:42", "en") == "10:42"
