"""`leadtui fields`: what a workspace keeps of its customers beyond what every desk keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from leadtui.cli.definitions import NameArgument, Noun, TitleArgument, add_list, add_use
from leadtui.cli.field_options import FieldOptions
from leadtui.cli.matching import FIELD
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option
from leadtui.cli.records import field_record
from leadtui.domain.field import Field
from leadtui.language.translate import N_, format_list, pgettext
from leadtui.presentation.table import TextColumn

app = Group(N_("The customers' own fields."))

TitleOption = Annotated[str, text_option("TITLE", N_("Another title; the key stays."), "--title")]


def _columns() -> list[TextColumn]:
    return [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Kind")),
        TextColumn(pgettext("column", "Options"), yields=2, least=12),
    ]


def _row(field: Field) -> list[str]:
    return [field.key, field.title, field.kind.value, format_list(field.options)]


_FIELDS = Noun("fields", "field", FIELD, lambda known: known.fields, field_record, _columns, _row)

add_list(app, _FIELDS, N_("List the fields with their kinds."))


@app.command(
    "add",
    help=N_("Add a field of customers."),
    epilog="leadtui fields add Size --kind choice --option Small --option Large",
)
def add_command(
    common: CommandOptions, title: TitleArgument, asked: FieldOptions, as_json: JsonOption = False
) -> None:
    from leadtui.services.defining import save_field

    with session_for(common) as session:
        _FIELDS.answer(session, save_field(session, asked.applied(Field(0, "", title))).id, as_json=as_json)


@app.command(
    "change",
    help=N_("Change a field; the kind of one that customers have an answer in stays."),
    epilog="leadtui fields change size --title 'Size of the firm'",
)
def change_command(
    common: CommandOptions,
    name: NameArgument,
    asked: FieldOptions,
    title: TitleOption = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.defining import save_field

    with session_for(common) as session:
        before = _FIELDS.chosen(session, name)
        save_field(session, asked.applied(replace(before, title=title or before.title)), before)
        _FIELDS.answer(session, before.id, as_json=as_json)


add_use(app, _FIELDS, "size")
