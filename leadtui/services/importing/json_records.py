"""JSON as a table: an object a line, or an array of objects; what is nested in one becomes columns `outer.inner`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from leadtui.errors import Unreadable
from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.services.importing.contents import Content, content_of
from leadtui.services.importing.delimited import MAXIMUM_LINE, not_readable
from leadtui.services.importing.rows import MAXIMUM_COLUMNS, Row

MAXIMUM_ARRAY = 64 * 1024**2
"""Bytes of a file that is one array, which has to be held whole; lines may be as many as they are."""

_DEEPEST = 3
"""Levels that become columns; what is deeper stands in its cell as it is written."""

_REACHED = (Content.PHONE, Content.EMAIL)


@dataclass(frozen=True, slots=True)
class JsonRows:
    """The objects of a file, a row each; every iteration opens it again."""

    path: Path
    encoding: str
    titles: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        """Yield the objects that say anything; a line that is none says that it is damaged. Raises Unreadable."""
        for position, (line, record) in enumerate(self._records(), start=1):
            cells = {} if record is None else _cells(record)
            if record is None:
                words = pgettext("reason", "line {line} is no JSON object").format(line=line)
                yield Row(line, ("",) * len(self.titles), position, words)
            elif any(cells.values()):
                yield Row(line, tuple(cells.get(title, "") for title in self.titles), position)

    def with_titles(self) -> JsonRows:
        """The same rows under the keys that any of the objects has, in the order of their first appearance."""
        found: dict[str, None] = {}
        for _line, record in self._records():
            found |= dict.fromkeys(key for key, _cell in _flat(record or {}))
            if len(found) > MAXIMUM_COLUMNS:
                raise self._no_table()
        return replace(self, titles=tuple(found))

    def _records(self) -> Iterator[tuple[int, dict[str, object] | None]]:
        """Each object with the line that it stands in, None for a line that is none; of an array, its place."""
        try:
            with self.path.open(encoding=self.encoding, errors="replace") as file:
                first = file.readline(MAXIMUM_LINE)
                while first.strip("\ufeff \t\r\n") == "" and first:
                    first = file.readline(MAXIMUM_LINE)
                start = _parsed(first)
                alone = not file.readline(MAXIMUM_LINE).strip()
                if isinstance(start, dict) and not (alone and _wrapped(cast("dict[str, object]", start))):
                    file.seek(0)
                    for line, text in enumerate(iter(lambda: file.readline(MAXIMUM_LINE), ""), start=1):
                        if text.strip("\ufeff \t\r\n"):
                            record = _parsed(text)
                            yield (
                                line,
                                cast("dict[str, object]", record) if isinstance(record, dict) else None,
                            )
                    return
        except OSError as error:
            raise not_readable(self.path, error) from error
        yield from enumerate(self._array(), start=1)

    def _array(self) -> list[dict[str, object] | None]:
        """The objects of a file that is one array, or one object around it."""
        if self.path.stat().st_size > MAXIMUM_ARRAY:
            raise Unreadable(
                _(
                    "{file} is one large piece of JSON. Export it as .csv, or with an object in each line."
                ).format(file=safe(str(self.path)))
            )
        whole = _parsed(self.path.read_text(encoding=self.encoding, errors="replace"))
        if isinstance(whole, dict):
            held = cast("dict[str, object]", whole)
            whole = _wrapped(held) or [held]
        if not isinstance(whole, list) or not any(
            isinstance(each, dict) for each in cast("list[object]", whole)
        ):
            raise self._no_table()
        return [
            cast("dict[str, object]", each) if isinstance(each, dict) else None
            for each in cast("list[object]", whole)
        ]

    def _no_table(self) -> Unreadable:
        return Unreadable(
            _(
                "{file} is JSON that holds no list of customers, or is damaged. Export it as .csv or .xlsx."
            ).format(file=safe(str(self.path)))
        )


def _parsed(text: str) -> object:
    """What a text says in JSON; None where it is none."""
    try:
        return json.loads(text.strip("\ufeff \t\r\n"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None


def _wrapped(record: dict[str, object]) -> list[object]:
    """The only list of objects in what a web service answers; empty where the record can be reached itself."""
    leaves = tuple(_leaves(record))
    lists = [cast("list[object]", each) for each in leaves if isinstance(each, list)]
    lists = [each for each in lists if any(isinstance(one, dict) for one in each)]
    reached = any(isinstance(each, str) and content_of(each) in _REACHED for each in leaves)
    return lists[0] if len(lists) == 1 and not reached else []


def _leaves(record: dict[str, object], depth: int = 1) -> Iterator[object]:
    for value in record.values():
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _leaves(cast("dict[str, object]", value), depth + 1)
        else:
            yield value


def _cells(record: dict[str, object]) -> dict[str, str]:
    """What a record says by column; what it says twice of one stands there together."""
    cells: dict[str, str] = {}
    for key, cell in _flat(record):
        known = cells.get(key, "")
        cells[key] = f"{known}, {cell}" if known and cell not in ("", known) else known or cell
    return cells


def _flat(record: dict[str, object], before: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _flat(cast("dict[str, object]", value), f"{before}{key}.", depth + 1)
        elif answers := _answers(cast("object", value)):
            yield from answers
        else:
            yield f"{before}{key}", _cell(cast("object", value))


def _answers(value: object) -> list[tuple[str, str]]:
    """What a list of questions with their answers says, as forms send them; empty where it is another list."""
    if not isinstance(value, list):
        return []
    answers: list[tuple[str, str]] = []
    for each in cast("list[object]", value):
        record = cast("dict[str, object]", each) if isinstance(each, dict) else {}
        name = next((record[key] for key in _QUESTION if isinstance(record.get(key), str)), "")
        answer = next((record[key] for key in _ANSWER if key in record), None)
        if not name or (answer is None and not record.keys() & set(_ANSWER)):
            return []
        answers.append((cast("str", name), _cell(answer)))
    return answers


_QUESTION = ("name", "question", "label", "key", "field", "title")
_ANSWER = ("values", "value", "answer", "answers")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(
        isinstance(each, dict | list) for each in cast("list[object]", value)
    ):
        return ", ".join(filter(None, map(_cell, cast("list[object]", value))))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
