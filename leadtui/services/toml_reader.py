"""A table of a TOML file whose values are checked as they are read: every problem names the file, the key and the fix."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar, cast

from leadtui.errors import Unreadable
from leadtui.language.text import cell_width, clean, safe, search_key
from leadtui.language.translate import _, format_list, pgettext
from leadtui.small_file import read_small_file
from leadtui.toml_file import NestedTooDeeply, parse_toml

Choice = TypeVar("Choice", bound=StrEnum)

LARGEST_FILE = 1_000_000
"""In bytes: a hundred times a large template."""


@dataclass(frozen=True, slots=True)
class TomlTable:
    """The values of one table of `file`; `place` is its key, such as "statuses[2].fields[0]", "" for the whole file."""

    file: Path
    place: str
    values: Mapping[str, object]

    def key(self, name: str) -> str:
        """The whole key of `name` in this table."""
        return f"{self.place}.{name}" if self.place else name

    def problem(self, name: str, sentence: str) -> Unreadable:
        """`sentence` behind the file and the whole key that it speaks of."""
        return Unreadable(f"{safe(str(self.file))}: {safe(self.key(name))}: {sentence}")

    def allow(self, *known: str) -> None:
        """Raises Unreadable for a key that is none of `known`."""
        for name in self.values:
            if name not in known:
                raise self.problem(name, _unknown_key(name, known))

    def text(self, name: str, example: str, usual: str | None = None) -> str:
        """A text that says something, cleaned; `usual` where it is left out, which is a problem for None."""
        value = self.values.get(name, usual)
        if value is None:
            raise self.problem(
                name,
                _("This is missing; add a line such as {example}.").format(example=f"{name} = {example}"),
            )
        if not isinstance(value, str):
            raise self.problem(name, _wrong_type(_("This takes text in quotes, not {given}."), value))
        words = clean(value)
        if not words and name in self.values:
            raise self.problem(
                name,
                _("This is empty; write something such as {example}.").format(example=f"{name} = {example}"),
            )
        return words

    def choice(self, name: str, kind: type[Choice], usual: Choice | None = None) -> Choice:
        """One of the words of an enum."""
        known = tuple(each.value for each in kind)
        return kind(self.word(name, known, None if usual is None else usual.value))

    def word(self, name: str, known: Iterable[str], usual: str | None = None) -> str:
        """One of the words `known`, all of which are listed where it is another."""
        words = tuple(known)
        value = self.text(name, f'"{words[0]}"', usual)
        if value not in words:
            raise self.problem(name, unknown_value(value, words))
        return value

    def shaped(self, name: str, shape: str, example: str, sentence: str) -> str:
        """A text of the regular expression `shape`; `sentence` names {value} and says what fits."""
        value = self.text(name, f'"{example}"')
        if not re.fullmatch(shape, value):
            raise self.problem(name, sentence.format(value=value, example=example))
        return value

    def flag(self, name: str, usual: bool) -> bool:
        """true or false."""
        value = self.values.get(name, usual)
        if not isinstance(value, bool):
            raise self.problem(name, _wrong_type(_("This takes true or false, not {given}."), value))
        return value

    def number(self, name: str) -> int:
        """A whole number."""
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.problem(name, _wrong_type(_("This takes a whole number, not {given}."), value))
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, each cleaned and unlike the others; nothing where it is left out."""
        wanted = _("This takes a list of texts, not {given}.")
        value = self.values.get(name, [])
        if not isinstance(value, list):
            raise self.problem(name, _wrong_type(wanted, value))
        found: list[tuple[str, str]] = []
        for index, each in enumerate(cast("list[object]", value)):
            place = f"{name}[{index}]"
            if not isinstance(each, str):
                raise self.problem(place, _wrong_type(_("This takes text in quotes, not {given}."), each))
            words = clean(each)
            if not words:
                raise self.problem(place, _("This is empty; write something or leave it out."))
            found.append((place, words))
        self.different(found)
        return tuple(words for _place, words in found)

    def table(self, name: str) -> TomlTable:
        """The table under [name]."""
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise self.problem(name, _wrong_type(_("This takes a table, not {given}."), value))
        return TomlTable(self.file, self.key(name), cast("dict[str, object]", value))

    def tables(self, name: str) -> tuple[TomlTable, ...]:
        """The tables under [[name]]; nothing where there are none."""
        line = f"[[{self._without_indexes(name)}]]"
        wanted = _("This takes tables, each under a line {line}, not {given}.")
        value = self.values.get(name, [])
        if not isinstance(value, list):
            raise self.problem(name, _wrong_type(wanted, value, line))
        tables: list[TomlTable] = []
        for index, each in enumerate(cast("list[object]", value)):
            place = f"{name}[{index}]"
            if not isinstance(each, dict):
                raise self.problem(place, _wrong_type(wanted, each, line))
            tables.append(TomlTable(self.file, self.key(place), cast("dict[str, object]", each)))
        return tuple(tables)

    def different(self, found: Iterable[tuple[str, str]]) -> None:
        """Raises Unreadable where two texts, each behind its key here, are the same or only written differently."""
        places: dict[str, tuple[str, str]] = {}
        for place, words in found:
            # What has no letters at all, such as "-", has an empty key and is compared as it is.
            key = search_key(words) or words
            if key in places:
                first, other = places[key]
                raise self.problem(place, _same(words, other, self.key(first)))
            places[key] = (place, words)

    def _without_indexes(self, name: str) -> str:
        return re.sub(r"\[\d+\]", "", self.key(name))


def read_file(file: Path) -> TomlTable:
    """The whole of a TOML file. Raises Unreadable where it cannot be read or is no TOML, with the line."""
    shown = safe(str(file))
    try:
        if file.is_dir():
            raise Unreadable(_("{file} is a folder; name a file inside it.").format(file=shown))
        if file.stat().st_size > LARGEST_FILE:
            raise Unreadable(
                _("{file} is far too large for a template; name another file.").format(file=shown)
            )
        content = read_small_file(file)
    except FileNotFoundError:
        raise Unreadable(
            _("There is no file {file}; check the name and the folder.").format(file=shown)
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(_("{file} cannot be read: {reason}.").format(file=shown, reason=reason)) from error
    try:
        # Some editors begin a file with a byte order mark, which TOML does not know.
        values = parse_toml(content)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            _("{file}, line {line}: this is not UTF-8; save the file in that encoding.").format(
                file=shown, line=line
            )
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(_not_toml(shown, content, error)) from error
    return TomlTable(file, "", values)


def one_cell(table: TomlTable, name: str, usual: str) -> str:
    """A sign of one cell on every terminal's screen. Raises Unreadable."""
    sign = table.text(name, f'"{usual}"', usual)
    if len(sign) != 1 or cell_width(safe(sign)) != 1:
        raise table.problem(
            name,
            _(
                "“{sign}” does not take one cell of the screen; choose a single sign such as ● ◆ ◐ ✓ ✕."
            ).format(sign=safe(sign)),
        )
    return sign


def unknown_value(value: str, known: Iterable[str], *, listed: bool = True) -> str:
    """The sentence for a word that is not `known`: with the nearest one, and all where they are to be `listed`."""
    words = tuple(known)
    near = nearest(value, words)
    shown = safe(value)
    if near is not None and listed:
        sentence = _("“{value}” is not known; did you mean “{nearest}”? Known are: {known}.")
    elif near is not None:
        sentence = _("“{value}” is not known; did you mean “{nearest}”?")
    elif listed:
        sentence = _("“{value}” is not known. Known are: {known}.")
    else:
        sentence = _("“{value}” is not known; such as “{example}” would be.")
    return sentence.format(value=shown, nearest=near, known=format_list(words), example=words[0])


def nearest(value: str, known: Iterable[str]) -> str | None:
    """The word that was probably meant, whatever its case and its hyphens."""
    folded = {_folded(word): word for word in known}
    close = get_close_matches(_folded(value), folded, n=1)
    return folded[close[0]] if close else None


def _folded(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")


def _unknown_key(name: str, known: tuple[str, ...]) -> str:
    near = nearest(name, known)
    if near is None:
        return _("There is no such key. Known here are: {known}.").format(known=format_list(known))
    return _("There is no such key; did you mean “{nearest}”? Known here are: {known}.").format(
        nearest=near, known=format_list(known)
    )


def _wrong_type(sentence: str, value: object, line: str = "") -> str:
    return sentence.format(given=_type_in_words(value), line=line)


def _type_in_words(value: object) -> str:
    match value:
        case None:
            # Translators: a "given value" stands for {given} in the sentences that begin with "This takes".
            return pgettext("given value", "nothing")
        case bool():
            return pgettext("given value", "true or false")
        case str():
            return pgettext("given value", "text")
        case int() | float():
            return pgettext("given value", "a number")
        case list():
            return pgettext("given value", "a list")
        case dict():
            return pgettext("given value", "a table")
        case _:
            return pgettext("given value", "a date or time")


def _same(words: str, other: str, place: str) -> str:
    if words == other:
        return _("“{words}” stands at {place} already; write something else.").format(
            words=safe(words), place=place
        )
    return _("“{words}” reads the same as “{other}” at {place}; write something else.").format(
        words=safe(words), other=safe(other), place=place
    )


_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def _not_toml(file: str, content: bytes, error: Exception) -> str:
    """tomllib says the line only inside its sentence until Python 3.14."""
    if isinstance(error, NestedTooDeeply):
        return _("{file} is nested too deeply for a template; make it flatter.").format(file=file)
    reason = str(error)
    found = _PLACE.search(reason)
    line = int(found["line"]) if found and found["line"] else content.rstrip().count(b"\n") + 1
    return _("{file}, line {line}: this is not TOML ({reason}); correct that line.").format(
        file=file, line=line, reason=safe(_PLACE.sub("", reason))
    )
