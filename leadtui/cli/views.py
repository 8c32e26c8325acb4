"""`leadtui views`: filter, find, order and columns under a title, one's own or the team's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.definitions import NameArgument, TitleArgument
from leadtui.cli.fields import TitleOption
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option
from leadtui.cli.output import tell, write_json, write_json_list, write_table
from leadtui.cli.records import view_record
from leadtui.cli.view_options import ViewOptions, chosen_columns, chosen_view
from leadtui.domain.view import Arrangement, SavedView
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.filters import filter_words
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session

app = Group()

ColumnsOption = Annotated[
    list[str],
    text_option("COLUMN", N_("A column that is shown. Several times, in their order; else all."), "--column"),
]
SharedOption = Annotated[
    bool | None,
    typer.Option("--shared/--own", show_default=False, help=N_("Whether the whole team sees it.")),
]


@app.command("list", help=N_("List the views that you see."), epilog="leadtui views list --json")
def list_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    from leadtui.services.views import list_views

    with session_for(common) as session:
        views = list_views(session)
        if as_json:
            write_json_list(view_record(each, session.definitions) for each in views)
        else:
            _write(session, views)


@app.command(
    "add",
    help=N_("Save which customers, in which order, by which columns, under a title."),
    epilog="leadtui views add 'Interested in Rome' --status interested --city Rome --sort next_at",
)
def add_command(
    common: CommandOptions,
    title: TitleArgument,
    asked: ViewOptions,
    column: ColumnsOption = [],  # noqa: B006  # Typer copies it
    shared: SharedOption = None,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.views import save_view

    with session_for(common) as session:
        arrangement = Arrangement(chosen_view(session, asked), chosen_columns(session, column))
        _answer(session, save_view(session, title, arrangement, shared=bool(shared)), as_json=as_json)


@app.command(
    "change",
    help=N_("Change a view: its title, who sees it, its columns, or the customers and their order anew."),
    epilog="leadtui views change Interested --status interested --owner me --shared",
)
def change_command(
    common: CommandOptions,
    name: NameArgument,
    asked: ViewOptions,
    title: TitleOption = "",
    column: ColumnsOption = [],  # noqa: B006  # Typer copies it
    shared: SharedOption = None,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.views import change_view, find_view

    with session_for(common) as session:
        before = find_view(session, name)
        kept = before.arrangement
        arrangement = Arrangement(
            kept.view if asked == ViewOptions() else chosen_view(session, asked),
            chosen_columns(session, column) if column else kept.columns,
        )
        changed = change_view(
            session,
            before.id,
            title=title or None,
            shared=shared,
            arrangement=None if arrangement == kept else arrangement,
        )
        _answer(session, changed, as_json=as_json)


@app.command("remove", help=N_("Forget a view."), epilog="leadtui views remove Interested")
def remove_command(common: CommandOptions, name: NameArgument) -> None:
    from leadtui.services.views import delete_view, find_view

    with session_for(common) as session:
        view = find_view(session, name)
        delete_view(session, view.id)
        tell(_("“{title}” is removed.").format(title=view.title))


def _answer(session: Session, view: SavedView, *, as_json: bool) -> None:
    if as_json:
        write_json(view_record(view, session.definitions))
    else:
        _write(session, [view])


def _write(session: Session, views: Sequence[SavedView]) -> None:
    formatter = Formatter(session)
    columns = [
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Whose"), yields=3, least=8),
        TextColumn(pgettext("column", "Filter"), yields=2, least=12),
        TextColumn(pgettext("column", "Find"), yields=4),
        TextColumn(pgettext("column", "Sorted by"), yields=5),
    ]
    rows = [
        [
            each.title,
            pgettext("person", "everybody") if each.shared else formatter.person(each.user_id),
            filter_words(each.arrangement.view.filter, formatter),
            each.arrangement.view.find,
            each.arrangement.view.sort,
        ]
        for each in views
    ]
    write_table(columns, rows)
