"""What the program says follows the language in use, and works without any catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import Context
from decimal import Decimal
from pathlib import Path

import pytest
from catalogue_making import write_catalogue

from leadtui.language import translate
from leadtui.language.translate import (
    N_,
    P_,
    ListStyle,
    Sentence,
    _,
    format_list,
    is_right_to_left,
    language,
    ngettext,
    npgettext,
    pgettext,
    show_digits,
    show_number,
    speaks,
    use,
)


@pytest.fixture(autouse=True)
def persian_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Persian catalogue beside no other, and English in use before and after."""
    sentences = {
        "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n > 1);\n",
        "Next lead": "مشتری بعدی",
        "list\x04{first}, {rest}": "{first}، {rest}",
        "list\x04{first} or {rest}": "{first} یا {rest}",
        "month\x04May": "مه",
        "list\x04{n} more\x00{n} others": "{n} دیگر\x00{n} دیگر",
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
    marked, month = N_("Next lead"), P_("month", "May")
    assert (marked, month) == ("Next lead", "May")
    use("fa")
    assert _(marked) == "مشتری بعدی"
    assert pgettext("month", month) == "مه"
    assert pgettext("month", "") == ""


def test_a_count_reads_as_in_its_context() -> None:
    assert npgettext("list", "{n} more", "{n} more", 1) == "{n} more"
    use("fa")
    assert [npgettext("list", "{n} more", "{n} others", n) for n in (1, 2)] == ["{n} دیگر", "{n} دیگر"]


def test_two_programs_in_one_process_speak_each_its_own_language() -> None:
    persian, english = Context(), Context()
    persian.run(use, "fa")
    english.run(use, "en")
    assert [each.run(_, "Next lead") for each in (persian, english)] == ["مشتری بعدی", "Next lead"]
    assert Context().run(language) == "en"


@pytest.mark.parametrize(
    ("name", "items", "style", "listed"),
    [
        ("en", (), ListStyle.UNIT, ""),
        ("en", ("Mina",), ListStyle.OR, "Mina"),
        ("en", ("Mina", "Reza", "Sara"), ListStyle.UNIT, "Mina, Reza, Sara"),
        ("en", ("Mina", "Reza", "Sara"), ListStyle.OR, "Mina, Reza or Sara"),
        (
            "en",
            ("owner Mina, Reza → you", "reminder cancelled"),
            ListStyle.CLAUSES,
            "owner Mina, Reza → you; reminder cancelled",
        ),
        ("en", ("{rest}", "{first}"), ListStyle.UNIT, "{rest}, {first}"),
        (
            "fa",
            ("مینا", "رضا", "سارا"),
            ListStyle.UNIT,
            "\u2068مینا\u2069، \u2068رضا\u2069، \u2068سارا\u2069",
        ),
        ("fa", ("مینا", "رضا"), ListStyle.OR, "\u2068مینا\u2069 یا \u2068رضا\u2069"),
    ],
)
def test_format_list(name: str, items: tuple[str, ...], style: ListStyle, listed: str) -> None:
    use(name)
    assert format_list(items, style) == listed


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


@pytest.mark.parametrize(
    ("name", "sentence", "value", "said"),
    [
        ("en", "{name} called.", "Sara", "Sara called."),
        ("en", "{name} called.", "سارا", "\u2068سارا\u2069 called."),
        ("en", "{name} called.", 12, "12 called."),
        ("fa", "{name} زنگ زد.", "Sara", "\u2068Sara\u2069 زنگ زد."),
        ("fa", "{name} زنگ زد.", "سارا", "\u2068سارا\u2069 زنگ زد."),
        ("fa", "{name} زنگ زد.", "۱۲", "۱۲ زنگ زد."),
        ("fa", "{name} زنگ زد.", "\u2066+98 912\u2069", "\u2066+98 912\u2069 زنگ زد."),
        ("fa", "{name} زنگ زد.", "سارا \u2069", "\u2068سارا \u2069 زنگ زد."),
    ],
)
def test_a_value_keeps_its_order_in_a_sentence(name: str, sentence: str, value: object, said: str) -> None:
    use(name)
    assert Sentence(sentence).format(name=value) == said


def test_all_that_is_said_keeps_values_apart() -> None:
    """Whoever fills a sentence in need not think of it."""
    for said in (
        _("Next lead"),
        pgettext("choice", "yes"),
        ngettext("{n}", "{n}", 2),
        npgettext("list", "{n}", "{n}", 2),
    ):
        assert isinstance(said, Sentence)
