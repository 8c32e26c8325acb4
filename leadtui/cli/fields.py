"""`leadtui fields`: what a workspace keeps of its customers beyond what every desk keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.definitions import NameArgument, Noun, TitleArgument, add_list, add_use
from leadtui.cli.field_options import FieldOptions
from leadtui.cli.matching import FIELD
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option
from leadtui.cli.output import write_table
from leadtui.cli.records import field_record
from leadtui.domain.field import FOUND_KINDS, Field
from leadtui.language.translate import N_, format_list, pgettext
from leadtui.presentation.formatter import NOTHING
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.field_kinds import InTheWay

app = Group()

FoundByOption = Annotated[
    bool | None,
    typer.Option(
        "--found-by/--no-found-by",
        show_default=False,
        help=N_("Whether customers are found by what they have in it; only by texts."),
    ),
]
TitleOption = Annotated[str, text_option("TITLE", N_("Another title; the key stays."), "--title")]


def _columns() -> list[TextColumn]:
    return [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Kind")),
        TextColumn(pgettext("column", "Options"), yields=2, least=12),
        TextColumn(pgettext("column", "Found by it")),
    ]


def _row(field: Field) -> list[str]:
    found_by = pgettext("choice", "yes") if field.found_by else ""
    return [field.key, field.title, field.kind.value, format_list(field.options), found_by]


def _marked(field: Field, found_by: bool | None) -> Field:
    """The field as it was asked for; one that becomes something else than a text finds nobody any more."""
    if found_by is None:
        found_by = field.found_by and field.kind in FOUND_KINDS
    return replace(field, found_by=found_by)


_FIELDS = Noun("fields", "field", FIELD, lambda known: known.fields, field_record, _columns, _row)

add_list(app, _FIELDS, N_("List the fields with their kinds."))


@app.command(
    "add",
    help=N_("Add a field of customers."),
    epilog="leadtui fields add Size --kind choice --option Small --option Large",
)
def add_command(
    common: CommandOptions,
    title: TitleArgument,
    asked: FieldOptions,
    found_by: FoundByOption = None,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.defining import save_field

    with session_for(common) as session:
        wanted = _marked(asked.applied(Field(0, "", title)), found_by)
        _FIELDS.answer(session, save_field(session, wanted).id, as_json=as_json)


@app.command(
    "change",
    help=N_(
        "Change a field. What customers have in it becomes answers of another kind; where some cannot, they are listed "
        "and nothing is changed."
    ),
    epilog="leadtui fields change size --title 'Size of the firm'",
)
def change_command(
    common: CommandOptions,
    name: NameArgument,
    asked: FieldOptions,
    title: TitleOption = "",
    found_by: FoundByOption = None,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.defining import save_field
    from leadtui.services.field_kinds import answers_in_the_way
    from leadtui.services.finding import find_anew

    with session_for(common) as session:
        before = _FIELDS.chosen(session, name)
        wanted = _marked(asked.applied(replace(before, title=title or before.title)), found_by)
        if wanted.kind is not before.kind:
            _list(answers_in_the_way(session, wanted))
        save_field(session, wanted, before)
        find_anew(session)
        _FIELDS.answer(session, before.id, as_json=as_json)


def _list(in_the_way: Sequence[InTheWay]) -> None:
    """The answers that are none of the new kind: of whom, and what."""
    columns = [
        TextColumn(pgettext("column", "Id"), right=True),
        TextColumn(pgettext("column", "Name"), yields=1, least=12),
        TextColumn(pgettext("column", "Answer"), yields=2, least=12),
    ]
    write_table(
        columns, [[str(each.lead_id), each.name or NOTHING, each.text or NOTHING] for each in in_the_way]
    )


add_use(app, _FIELDS, "size")
