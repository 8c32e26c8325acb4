"""A playbook in a TOML file: read so that a problem names its place in the file, and written so that it reads the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead_fields import BUILT_IN, LeadField, built_in
from leadtui.domain.message import MessageText
from leadtui.domain.playbook import (
    NO_PLAYBOOK,
    Condition,
    ItemKind,
    Objection,
    Playbook,
    PlaybookItem,
    Surroundings,
    playbook_problems,
)
from leadtui.domain.playbook_table import playbook_table
from leadtui.domain.status import Status
from leadtui.domain.workspace import Need
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.text import clean_multiline
from leadtui.language.translate import _
from leadtui.services.toml_reader import TomlTable, read_file

_PARTS = ("opening", "items", "objections", "status", "answers", "remind")
_KINDS = tuple(each.value for each in ItemKind)
_OF_ITEMS = (*_KINDS, "title", "text", "field", "kind", "options", "when", "finds", "message")

ASKED_BUILT_IN = tuple(
    each.key
    for each in BUILT_IN
    if each.form is not None and isinstance(each.kind, FieldKind) and not each.names_another
)
"""The keys of what every customer has that a question can be about."""


def surroundings(
    fields: Iterable[Field], statuses: Iterable[Status], needs: Iterable[Need], texts: Iterable[MessageText]
) -> Surroundings:
    """What a playbook can name among definitions in use."""
    asked = {key: asked_as(found) for key in ASKED_BUILT_IN if (found := built_in(key)) is not None}
    asked |= {each.key: each for each in fields if not each.playbook and not each.retired}
    return Surroundings(
        asked,
        {each.key: tuple(one.key for one in each.open_fields) for each in statuses if not each.retired},
        frozenset(each.key for each in needs if not each.retired),
        tuple(each.key for each in texts if not each.retired),
    )


def asked_as(field: LeadField) -> Field:
    """What every customer has, as a field that can be asked for."""
    kind = field.kind if isinstance(field.kind, FieldKind) else FieldKind.TEXT
    return Field(0, field.key, field.title, kind)


def load_playbook(file: Path) -> Playbook:
    """The playbook of a TOML file. Raises Unreadable, which names what is wrong in it."""
    return read_playbook(read_file(file))


def playbook_text(playbook: Playbook) -> bytes:
    """The playbook as TOML, in UTF-8."""
    import tomli_w

    return tomli_w.dumps(playbook_table(playbook), multiline_strings=True).encode()


def playbook_under(table: TomlTable, name: str) -> Playbook:
    """The playbook under [name]; none where it is left out."""
    return read_playbook(table.table(name)) if name in table.values else NO_PLAYBOOK


def read_playbook(table: TomlTable) -> Playbook:
    """The playbook of a table. What it names is judged by `require_sound`. Raises Unreadable."""
    table.allow(*_PARTS)
    return Playbook(
        opening=_long(table, "opening"),
        items=tuple(map(_item, table.tables("items"))),
        objections=tuple(map(_objection, table.tables("objections"))),
        status=table.text("status", '"call_back"', ""),
        answers=_pairs(table, "answers"),
        remind=table.text("remind", '"tomorrow 10"', ""),
    )


def require_sound(table: TomlTable, name: str, playbook: Playbook, known: Surroundings) -> None:
    """Raises Unreadable beside the first thing that is wrong with the playbook under [name] of `table`."""
    for problem in playbook_problems(playbook, known) if playbook else ():
        raise table.problem(f"{name}.{_file_place(problem.field, playbook)}", str(problem))


def at_places(error: InvalidAnswers, playbook: Playbook) -> InvalidAnswers:
    """The same problems, each of them beginning with its place as the file has it."""
    return InvalidAnswers(
        tuple(
            Invalid(f"{_file_place(each.field, playbook)}: {each}", each.field) if each.field else each
            for each in error.problems
        )
    )


def _file_place(place: str, playbook: Playbook) -> str:
    """A problem's place as the file has it: "items[2].when"."""
    head, number, rest = (*place.split(".", 2), "", "")[:3]
    if not number.isdigit():
        return place
    if head == "items":
        kind = playbook.items[int(number)].kind
        named = {"key": "ask", "text": kind.value if kind not in (ItemKind.ASK, ItemKind.LINK) else "text"}
        rest = named.get(rest, rest)
    return f"{head}[{number}].{rest}"


def _item(table: TomlTable) -> PlaybookItem:
    table.allow(*_OF_ITEMS)
    kind = next((each for each in ItemKind if each.value in table.values), None)
    if kind is None:
        raise table.problem("ask", _("Say what this line is: ask, say, do, send, read or link."))
    first = (
        table.text(kind.value, '"why"') if kind in (ItemKind.ASK, ItemKind.LINK) else _long(table, kind.value)
    )
    is_link = kind is ItemKind.LINK
    item = PlaybookItem(
        kind,
        key=first if kind is ItemKind.ASK else "",
        title=table.text("title", '"Budget"', ""),
        text=_long(table, "text") if is_link or kind is ItemKind.ASK else first,
        link=first if is_link else table.text("link", '"https://example.com"', ""),
        field=table.text("field", '"major"', ""),
        answer=table.choice("kind", FieldKind, FieldKind.TEXT),
        options=table.texts("options"),
        finds=_pairs(table, "finds"),
        message=table.text("message", '"appointment"', ""),
    )
    if "when" not in table.values:
        return item
    when = table.table("when")
    when.allow("ask", "is")
    return replace(item, when=Condition(when.text("ask", '"why"'), when.texts("is")))


def _objection(table: TomlTable) -> Objection:
    table.allow("says", "answer")
    return Objection(_long(table, "says"), _long(table, "answer"))


def _long(table: TomlTable, name: str) -> str:
    """A text of one line or several."""
    table.text(name, '"…"', "")
    return clean_multiline(str(table.values.get(name, "")))


def _pairs(table: TomlTable, name: str) -> tuple[tuple[str, str], ...]:
    if name not in table.values:
        return ()
    inner = table.table(name)
    return tuple((key, inner.text(key, '"…"')) for key in inner.values)
