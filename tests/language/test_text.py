"""Text is cleaned, made safe, searched and cut as people expect, whatever it holds."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hostile_texts import INSIDE_EMOJI, any_text, names
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from leadtui.language.bidi import is_closed, without_isolates
from leadtui.language.person_names import spellings
from leadtui.language.text import (
    LINE_SIGN,
    MARKS_PER_LETTER,
    cell_width,
    clean,
    clean_multiline,
    ellipsize,
    fold_digits,
    safe,
    safe_multiline,
    search_key,
    search_keys_of_beginning,
)


def has_harmful(text: str, inside: str = "") -> list[str]:
    """The characters of `text` that no terminal may be sent; those of `inside` may stand inside an emoji."""
    return [
        letter
        for letter in text
        if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Zl", "Zp")
        or (unicodedata.category(letter) == "Cf" and letter != "\u200c" and letter not in inside)
        or ord(letter) & 0xFFFE == 0xFFFE
    ]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("", ""),
        ("Ali", "Ali"),
        ("  Ali \t\n Rezaei\u00a0 ", "Ali Rezaei"),
        ("محمدعلي عبدالعلی", "محمدعلي عبدالعلی"),
        ("أحمد الإبراهيمي", "أحمد الإبراهيمي"),
        ("مكة", "مكة"),
        ("ﻣﺤﻤﺪ ﻋﻠﻲ", "محمد علي"),
        ("ﻋﺒﺪﷲ ﮔﻼﺏ", "عبدالله گلاب"),
        ("ﻣﹹ", "مُ"),
        ("ﺑﹻـ", "بِ"),
        ("ﭗﮊ", "پژ"),
        ("﷽", "﷽"),
        ("ســـلام", "سلام"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200cمی\u200c\u200cخواهم\u200c", "می\u200cخواهم"),
        ("می\u200c خواهم", "می خواهم"),
        ("۵\u200cساله", "۵ساله"),
        ("هٔ\u200cما", "هٔ\u200cما"),
        ("e\u0301", "é"),
        ("ا\u200c\u0653", "آ"),
        ("a" + "\u0316" * 50 + "b", "a" + "\u0316" * MARKS_PER_LETTER + "b"),
        ("\u0301a \u0301b", "a b"),
        ("\u202eilA\u202c \u2066x\u2069", "ilA x"),
        ("\ufeffنام", "نام"),
        ("A\u200dB", "AB"),
        ("a\x00b\x7fc\x9fd", "abcd"),
        ("\ud800a\ue000b\uffffc", "abc"),
        ("\x1b[31;1mAli\x1b[0m", "Ali"),
        ("\x9b31mAli", "Ali"),
        ("\x9bAli", "Ali"),
        ("\x1b]52;c;cm0gLXJm\x07Ali", "Ali"),
        ("\x1b]8;;http://x.example\x1b\\Ali\x1b]8;;\x1b\\", "Ali"),
        ("\x1bP1$r0m\x1b\\Ali", "Ali"),
        ("\x1b(BAli\x1b7", "Ali"),
        ("\x1b]0;never ended", "]0;never ended"),
        ("\x1b\x1b[31m[31mAli", "[31mAli"),
        ("[/b] Ali", "[/b] Ali"),
        ("❤️ ⚠️ ©️", "❤️ ⚠️ ©️"),
        ("👨‍👩‍👧‍👦 👩🏽‍⚕️ 🤷🏽‍♀️ 🏳️‍🌈", "👨‍👩‍👧‍👦 👩🏽‍⚕️ 🤷🏽‍♀️ 🏳️‍🌈"),
        ("1️⃣ 👍🏽 🇫🇷", "1️⃣ 👍🏽 🇫🇷"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿x\U000e0067", "🏴󠁧󠁢󠁥󠁮󠁧󠁿x"),
        ("a\ufe0f \u200d👩\u200d x", "a 👩 x"),
        ("ශ්\u200dරී", "ශ්\u200dරී"),
        ("क्\u200dx", "क्x"),
        ("😀 سلام", "😀 سلام"),
        ("\u3164", ""),
        ("\u2800x", "x"),
    ],
)
def test_clean(written: str, stored: str) -> None:
    assert clean(written) == stored
    assert clean(stored) == stored


@pytest.mark.parametrize(
    ("written", "length", "stored"),
    [
        ("Maryam", 3, "Mar"),
        ("Maryam", 10, "Maryam"),
        ("Mary Ann", 5, "Mary"),
        ("می\u200cخواهم", 3, "می"),
        ("ab\u0316c", 2, "a"),
        ("ab\u0316c", 3, "ab\u0316"),
        ("x🇮🇷y", 2, "x"),
        ("🇮🇷🇦🇪", 3, "🇮🇷"),
        ("👍🏽", 1, ""),
        ("👨‍👩‍👧", 4, "👨‍👩"),
        ("👨‍👩‍👧", 2, "👨"),
        ("x🏴󠁧󠁢󠁥󠁮󠁧󠁿", 4, "x"),
        ("x1️⃣", 3, "x"),
        ("abc", 0, ""),
    ],
)
def test_clean_cuts_between_letters(written: str, length: int, stored: str) -> None:
    assert clean(written, max_length=length) == stored


@given(any_text)
@example("ي\u200c\u0654")
@example("a\u0340\u0316\u0316\u0316\u0316\u0301")
@example("\u1100\u0301\u0301\u0301\u0301\u0301\u1161")
def test_cleaned_text_is_fit_to_store(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not has_harmful(cleaned, inside=INSIDE_EMOJI)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == " ".join(cleaned.split())
    assert "\u0640" not in cleaned
    assert not cleaned.startswith("\u200c")
    cleaned.encode()


@given(any_text, st.integers(0, 30))
def test_cut_text_is_as_clean_as_the_whole(text: str, length: int) -> None:
    cut = clean(text, max_length=length)
    assert len(cut) <= length
    assert clean(text).startswith(cut)
    assert clean(cut) == cut


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("گفت: «قيمت؟»\r\nدوباره  زنگ بزنید\r", "گفت: «قيمت؟»\nدوباره زنگ بزنید"),
        ("a\n\n\n\n\nb", "a\n\n\nb"),
        ("\n \n a \n\t\n b\n\n", "a\n\nb"),
        ("a\u2028b\x85c\vd", "a\nb\nc\nd"),
        ("\x1b[2Ja\nb\x07", "a\nb"),
        ("", ""),
    ],
)
def test_clean_multiline(written: str, stored: str) -> None:
    assert clean_multiline(written) == stored


@given(any_text, st.integers(0, 30))
def test_cleaned_lines_are_fit_to_store(text: str, length: int) -> None:
    cleaned = clean_multiline(text)
    assert clean_multiline(cleaned) == cleaned
    assert not has_harmful(cleaned.replace("\n", ""), inside=INSIDE_EMOJI)
    assert "\n\n\n\n" not in cleaned
    assert all(line == clean(line) for line in cleaned.split("\n"))
    cut = clean_multiline(text, max_length=length)
    assert len(cut) <= length
    assert cleaned.startswith(cut)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain  text ", "plain  text "),
        ("محمدعلي كريمي", "محمدعلي كريمي"),
        ("ســـلام می\u200cخواهم", "ســـلام می\u200cخواهم"),
        ("a\r\nb\nc", f"a {LINE_SIGN} b {LINE_SIGN} c"),
        ("a\tb", "a b"),
        ("\x1b[31mAli\x1b[0m\x07", "Ali"),
        ("\x1b]52;c;eA==\x07Ali", "Ali"),
        ("\u202eAli\u200d\u200f", "Ali"),
        ("file\udce4.csv \ue0b0", "file·.csv ·"),
        ("\u0301a", "a"),
        ("a" + "\u0301" * 9, "a" + "\u0301" * MARKS_PER_LETTER),
        ("[/b] $x 50 %", "[/b] $x 50 %"),
        ("👍🏽 Paris 🇫🇷 \u4dc0 \U0001faff\u0378", "👍 Paris FR · ··"),
    ],
)
def test_safe(text: str, drawn: str) -> None:
    assert safe(text) == drawn


@given(any_text)
@example("\u2066\u2069")
@example("\u2066\n\u2069")
def test_safe_text_has_nothing_that_a_terminal_obeys(text: str) -> None:
    drawn = safe(text)
    assert is_closed(drawn)
    assert not has_harmful(without_isolates(drawn))
    assert "\n" not in drawn
    assert "\u200d" not in drawn
    assert "\ufe0f" not in drawn
    assert safe(drawn) == drawn


@given(any_text)
@example("\U0001f3fb\u1071")
@example("\u2066\n\u2069")
def test_safe_text_of_several_lines_keeps_them(text: str) -> None:
    drawn = safe_multiline(text)
    assert all(map(is_closed, drawn.split("\n")))
    assert not has_harmful(without_isolates(drawn.replace("\n", "")))
    assert drawn.split("\n") == [safe(line) for line in drawn.split("\n")]
    assert safe_multiline("one\r\ntwo\u2028\x1b[31mthree") == "one\ntwo\nthree"


@given(names)
def test_safe_changes_no_letter_of_a_cleaned_name(name: str) -> None:
    assert safe(clean(name)) == clean(name)


def _spellings() -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent.parent / "data" / "spellings.tsv").read_text(encoding="utf-8").splitlines()
    return [(one, other, meant) for one, other, meant in (line.split("\t") for line in lines[1:])]


def test_spellings_meet_as_they_should() -> None:
    found: list[tuple[str, str, str]] = []
    for one, other, _meant in _spellings():
        if search_key(one) == search_key(other) != "":
            meeting = "same word"
        elif search_key(other) in spellings(one) and search_key(one) in spellings(other):
            meeting = "same person"
        else:
            meeting = "different"
        found.append((one, other, meeting))
    assert found == _spellings()
    assert len(found) >= 60


def test_a_word_is_found_at_every_letter_that_is_typed_of_it() -> None:
    for word in {word for one, other, _meant in _spellings() for word in (one, other)}:
        for end in range(1, len(word) + 1) if "ئ" in word or "\u0670" in word else ():
            keys = search_keys_of_beginning(word[:end])
            assert any(key in search_key(word) for key in keys), (word, word[:end])


@given(any_text)
def test_search_key_is_its_own_key(text: str) -> None:
    key = search_key(text)
    assert search_key(key) == key
    assert not has_harmful(key)
    assert not any(letter.isspace() for letter in key)


@given(names)
def test_cleaning_does_not_change_what_a_name_is_found_by(name: str) -> None:
    assert search_key(clean(name)) == search_key(name)


@given(names, names)
def test_a_part_is_found_in_the_whole(first: str, second: str) -> None:
    assert search_key(first) in search_key(f"{first} {second}")


def test_fold_digits() -> None:
    assert fold_digits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ ۲a²") == "0123456789 0123456789 2a²"


@pytest.mark.parametrize(
    ("text", "cells"), [("Ali", 3), ("سلام", 4), ("می\u200cخواهم", 7), ("你好", 4), ("é", 1)]
)
def test_cell_width(text: str, cells: int) -> None:
    assert cell_width(text) == cells


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Maryam", 6, "Maryam"),
        ("Maryam", 5, "Mary…"),
        ("Mary Ann", 6, "Mary…"),
        ("محمدعلی عبدالعلی", 8, "محمدعلی…"),
        ("你好世界", 4, "你…"),
        ("abe\u0301\u0316cd", 4, "abe\u0301\u0316…"),
        ("Maryam", 1, "…"),
        ("Maryam", 0, ""),
        ("", 0, ""),
    ],
)
def test_ellipsize(text: str, width: int, shown: str) -> None:
    assert ellipsize(text, width) == shown


@given(any_text, st.integers(0, 30))
def test_ellipsized_text_fits(text: str, width: int) -> None:
    shown = ellipsize(safe(text), width)
    assert cell_len(shown) <= width
    if cell_len(safe(text)) <= width:
        assert shown == safe(text) or width == 0
