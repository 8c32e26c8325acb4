"""A kind of case in a TOML file: read so that a problem names its place in the file, and written so that it reads the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from leadtui.domain.case_kind import (
    CaseKind,
    CaseRole,
    CaseState,
    Check,
    Effect,
    EffectKind,
    Limit,
    LimitKind,
    Pool,
    Requirement,
    Transition,
    Whom,
)
from leadtui.domain.case_kind_checking import KindSurroundings, kind_problems
from leadtui.domain.case_kind_table import FILE_NAMES, kind_table
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.status import STATUS_COLOURS, ReminderRule
from leadtui.language.translate import _
from leadtui.services.toml_reader import TomlTable, one_cell, read_file

_KEY = "[a-z][a-z0-9_]*"


def load_kinds(file: Path) -> tuple[CaseKind, ...]:
    """The kinds under [[cases]] in a TOML file. Raises Unreadable, which names what is wrong in it."""
    return read_kinds(read_file(file))


def read_kinds(table: TomlTable) -> tuple[CaseKind, ...]:
    """The kinds under [[cases]]; nothing where there are none. Raises Unreadable."""
    kinds = tuple(_kind(each, position) for position, each in enumerate(table.tables("cases")))
    table.different((f"cases[{place}].key", each.key) for place, each in enumerate(kinds))
    table.different((f"cases[{place}].title", each.title) for place, each in enumerate(kinds))
    return kinds


def require_sound_kinds(table: TomlTable, kinds: Sequence[CaseKind], known: KindSurroundings) -> None:
    """Raises Unreadable at the first thing that is wrong with a kind of the file."""
    for place, kind in enumerate(kinds):
        problems = kind_problems(kind, known)
        if problems:
            where = f"cases[{place}].{_in_file(problems[0].field)}"
            raise table.problem(where, str(problems[0]))


def kinds_text(kinds: Sequence[CaseKind]) -> bytes:
    """Kinds as a TOML file in UTF-8."""
    import tomli_w

    return tomli_w.dumps({"cases": [kind_file_table(each) for each in kinds]}).encode()


def kind_file_table(kind: CaseKind) -> dict[str, object]:
    """A kind as its table in a file: without the fields that went."""
    return kind_table(replace(kind, fields=kind.open_fields))


def _in_file(place: str) -> str:
    """A place such as "moves.2.to" as a key of the file, "moves[2].to"."""
    return re.sub(r"\.(\d+)", r"[\1]", place)


def _kind(table: TomlTable, position: int) -> CaseKind:
    table.allow("key", "title", "parent", "roles", "fields", "states", "moves")
    return CaseKind(
        id=0,
        key=_key(table, "viewing"),
        title=table.text("title", '"Viewing"'),
        position=position,
        parent=table.text("parent", '"project"', ""),
        roles=tuple(map(_role, table.tables("roles"))),
        fields=tuple(map(_field, table.tables("fields"))),
        states=tuple(map(_state, table.tables("states"))),
        moves=tuple(map(_move, table.tables("moves"))),
    )


def _key(table: TomlTable, example: str) -> str:
    return table.shaped(
        "key",
        _KEY,
        example,
        _("“{value}” cannot be a key; take small Latin letters, digits and _, such as {example}."),
    )


def _role(table: TomlTable) -> CaseRole:
    table.allow("key", "title", "least", "most")
    return CaseRole(
        _key(table, "buyer"),
        table.text("title", '"Buyer"'),
        table.number("least") if "least" in table.values else 1,
        table.number("most") if "most" in table.values else 1,
    )


def _field(table: TomlTable) -> Field:
    table.allow("key", "title", "kind", "options", "required")
    return Field(
        0,
        _key(table, "price"),
        table.text("title", '"Price"'),
        table.choice("kind", FieldKind, FieldKind.TEXT),
        table.texts("options"),
        required=table.flag("required", False),
    )


def _state(table: TomlTable) -> CaseState:
    table.allow("key", "title", "glyph", "colour", "final", "review", "locked", "void", "limits")
    return CaseState(
        key=_key(table, "waiting"),
        title=table.text("title", '"Waiting"'),
        glyph=one_cell(table, "glyph", "●"),
        colour=table.word("colour", STATUS_COLOURS, "blue"),
        final=table.flag("final", False),
        review=table.flag("review", False),
        locked=table.flag("locked", False),
        void=table.flag("void", False),
        limits=tuple(map(_limit, table.tables("limits"))),
    )


def _limit(table: TomlTable) -> Limit:
    table.allow("after", "then", "to", "note")
    return Limit(
        table.number("after"),
        table.choice("then", LimitKind),
        table.text("to", '"given_up"', ""),
        table.text("note", '"Ask again"', ""),
    )


def _move(table: TomlTable) -> Transition:
    table.allow(
        *("key", "title", "from", "to", "by", "asks", "needs", "person", "reminder", "requires", "effects")
    )
    return Transition(
        key=_key(table, "accept"),
        title=table.text("title", '"Accept"'),
        before=table.texts(FILE_NAMES[Transition]["before"]),
        to=table.text("to", '"accepted"', ""),
        by=table.texts("by"),
        asks=table.texts("asks"),
        needs=table.texts("needs"),
        person=table.text("person", '"Who holds it"', ""),
        reminder=table.choice("reminder", ReminderRule, ReminderRule.NO),
        requires=tuple(map(_requirement, table.tables("requires"))),
        effects=tuple(map(_effect, table.tables("effects"))),
    )


def _requirement(table: TomlTable) -> Requirement:
    table.allow("any", "reason", "override")
    checks = tuple(map(_check, table.tables("any")))
    return Requirement(checks, table.text("reason", '"Why it is refused."'), table.flag("override", False))


def _check(table: TomlTable) -> Check:
    table.allow("field", "role", "is", "whole", "statuses", "kind", "pool", "states", "least", "most", "not")
    return Check(
        field=table.text("field", '"price"', ""),
        role=table.text("role", '"buyer"', ""),
        answers=table.texts("is"),
        whole=table.flag("whole", False),
        statuses=table.texts("statuses"),
        kind=table.text("kind", '"viewing"', ""),
        pool=table.choice("pool", Pool, Pool.EARLIER),
        states=table.texts("states"),
        least=table.number("least") if "least" in table.values else None,
        most=table.number("most") if "most" in table.values else None,
        negated=table.flag("not", False),
    )


def _effect(table: TomlTable) -> Effect:
    table.allow(
        *("do", "role", "status", "answers", "to", "after", "note", "field", "of", "by", "message", "when")
    )
    answers = table.table("answers") if "answers" in table.values else None
    return Effect(
        do=table.choice("do", EffectKind),
        role=table.text("role", '"buyer"', ""),
        status=table.text("status", '"call_back"', ""),
        answers=tuple((name, answers.text(name, '"text"')) for name in answers.values) if answers else (),
        to=table.choice("to", Whom, Whom.CARTABLE),
        after=table.number("after") if "after" in table.values else 0,
        note=table.text("note", '"Ring again"', ""),
        field=table.text("field", '"paid_on"', ""),
        of=table.text("of", '"price"', ""),
        by=table.text("by", '"parent.share"', ""),
        message=table.text("message", '"invitation"', ""),
        when=_check(table.table("when")) if "when" in table.values else None,
    )
