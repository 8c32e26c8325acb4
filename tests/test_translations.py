"""The translations are whole where the program speaks a language, and say what the English says."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from gettext import c2py  # pyright: ignore  # what gettext itself reads plural rules with
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from given_messages import CATALOGUE

from leadtui.language import translate
from leadtui.language.translate import LANGUAGES, SOURCE_LANGUAGE

WRITTEN = Path(translate.__file__).parent / "locales"
BEGUN = sorted(path.name for path in WRITTEN.iterdir())
WHOLE = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]


@cache
def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _translation(language: str) -> Catalog:
    return _read(WRITTEN / language / "LC_MESSAGES" / "leadtui.po")


def _forms(texts: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def _translated(language: str) -> list[Message]:
    return [each for each in _translation(language) if each.id and any(_forms(each.string))]


def _key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.context, _forms(message.id)


def _told(message: Message, fault: str) -> str:
    return f"{message.context}: “{message.id}” → “{message.string}”: {fault}"


def test_every_language_that_is_spoken_is_written() -> None:
    assert set(WHOLE) <= set(BEGUN)


@pytest.mark.parametrize("language", BEGUN)
def test_a_translation_has_the_messages_of_the_program(
    language: str, record_property: Callable[[str, object], None]
) -> None:
    """All of them, no others, and no guesses; what is only begun may still have empty ones."""
    messages = {_key(each) for each in _read(CATALOGUE) if each.id}
    catalogue = _translation(language)
    there = {_key(each) for each in catalogue if each.id}
    done = {_key(each) for each in _translated(language) if all(_forms(each.string))}
    record_property("figure", f"catalogue {language}: {len(done & messages)} of {len(messages)} messages")
    assert there - messages == set()
    assert [each.id for each in catalogue if each.id and each.fuzzy] == []
    assert not catalogue.obsolete
    if language in WHOLE:
        assert messages - done == set(), "write them, after: uv run locales/update"


PLACE = re.compile(r"\{[^{}]*\}")
LITERAL = re.compile(r"`[^`]*`|--[a-z][a-z-]+|\bleadtui\b|\bCtrl\+[A-Z]\b|\bF\d+\b|\.[a-z]{2,}\b")
"""What a person has to type just so: commands, options, keys of dialogs, the ends of files' names."""


@pytest.mark.parametrize("language", BEGUN)
def test_a_translation_names_the_same_places(language: str) -> None:
    """Of a plural, the form of one number alone (Arabic's for two) may leave the number out."""
    of_one_number = _forms_of_one_number(_translation(language))
    faults: list[str] = []
    for each in _translated(language):
        wanted = set(PLACE.findall(_forms(each.id)[-1]))
        for form, text in enumerate(_forms(each.string)):
            found = set(PLACE.findall(text))
            may_lack = (
                {"{n}", "{count}"} if isinstance(each.id, tuple) and form in of_one_number else set[str]()
            )
            if found - wanted or wanted - found - may_lack:
                faults.append(_told(each, f"{sorted(wanted)} against {sorted(found)}"))
    assert faults == []


def _forms_of_one_number(catalogue: Catalog) -> frozenset[int]:
    form_of = c2py(catalogue.plural_expr)
    numbers: dict[int, int] = {}
    for number in range(1000):
        numbers[form_of(number)] = numbers.get(form_of(number), 0) + 1
    return frozenset(form for form, count in numbers.items() if count == 1)


@pytest.mark.parametrize("language", BEGUN)
def test_a_translation_has_a_form_for_every_number(language: str) -> None:
    catalogue = _translation(language)
    form_of = c2py(catalogue.plural_expr)
    assert {form_of(number) for number in range(1000)} == set(range(catalogue.num_plurals))
    assert [
        _told(each, f"{catalogue.num_plurals} forms are wanted")
        for each in _translated(language)
        if isinstance(each.id, tuple)
        and (len(_forms(each.string)) != catalogue.num_plurals or not all(_forms(each.string)))
    ] == []


@pytest.mark.parametrize("language", BEGUN)
def test_a_translation_keeps_what_has_to_be_typed(language: str) -> None:
    assert [
        _told(each, f"lacks {sorted(missing)}")
        for each in _translated(language)
        for text in _forms(each.string)
        if (missing := set(LITERAL.findall(_forms(each.id)[-1])) - set(LITERAL.findall(text)))
    ] == []


@pytest.mark.parametrize("language", BEGUN)
def test_a_translation_begins_and_ends_as_the_message(language: str) -> None:
    """With no space, and with an ellipsis or a colon where the message has one."""
    faults: list[str] = []
    for each in _translated(language):
        end = _forms(each.id)[-1][-1]
        for text in _forms(each.string):
            if text != text.strip():
                faults.append(_told(each, "a space at an end"))
            elif end in "…:" and not text.endswith(end):
                faults.append(_told(each, f"ends without {end}"))
    assert faults == []


STRAY: dict[str, re.Pattern[str]] = {
    # Arabic letters and digits on Persian's places, Latin signs beside Persian letters, half-spaces that part nothing.
    "fa": re.compile(r"[يك٠-٩ىة]|[آ-ی][,;?]|[ \u200c]\u200c|\u200c[\s.،؛:؟)»]|\u200c$|[\u200e\u200f]|[“”]"),
    "ar": re.compile(r"[یکگچپژ۰-۹]|[ء-ي][,;?]|[\u200e\u200f\u200c]|[“”]"),
}


@pytest.mark.parametrize("language", BEGUN)
def test_a_translation_is_written_with_the_signs_of_its_language(language: str) -> None:
    assert [
        _told(each, f"“{found.group()}”")
        for each in _translated(language)
        for text in _forms(each.string)
        if (found := STRAY[language].search(text))
    ] == []
