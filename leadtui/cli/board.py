"""`leadtui board`: the team's figures of a period, and what needs somebody."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option
from leadtui.cli.output import write_json, write_line, write_table
from leadtui.domain.field import read_day
from leadtui.errors import Invalid
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.board import Board, Figures
    from leadtui.services.session import Session


def board_command(
    common: CommandOptions,
    since: Annotated[
        str,
        text_option("DAY", N_("From this day on, such as yesterday or 1403/07/01; else today."), "--from"),
    ] = "",
    until: Annotated[str, text_option("DAY", N_("Until this day, which is included."), "--to")] = "",
    as_csv: Annotated[
        bool, typer.Option("--csv", help=N_("Write the figures of the agents as CSV, for a spreadsheet."))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.board import board_csv, board_record
    from leadtui.services.board import open_board

    with session_for(common) as session:
        context = session.format_context()
        first, last = (read_day(each, context) if each else None for each in (since, until))
        if first and last and last < first:
            raise Invalid(_("The last day is before the first."), "to")
        board = open_board(session, first, last)
        if as_json:
            write_json(board_record(board, session.definitions))
        elif as_csv:
            sys.stdout.write(board_csv(board, session.definitions))
        else:
            _write(session, board)


def _write(session: Session, board: Board) -> None:
    from leadtui.domain.board import Figure
    from leadtui.presentation.board import FIGURE_TITLES, concern_cells, figure_cell, shift_words

    formatter = Formatter(session)
    columns = [
        TextColumn(pgettext("column", "Colleague"), yields=1, least=12),
        TextColumn(pgettext("column", "On shift")),
        *(TextColumn(pgettext("column", FIGURE_TITLES[each])) for each in Figure),
    ]

    def cells(figures: Figures) -> list[str]:
        return [figure_cell(each, figures, session.language) for each in Figure]

    rows = [
        [formatter.person(each.person_id), shift_words(each.shift, formatter), *cells(each.figures)]
        for each in board.agents
    ]
    write_table(columns, [*rows, [pgettext("person", "everybody"), "", *cells(board.team)]])
    if board.concerns:
        write_line("")
        columns = [
            TextColumn(pgettext("column", "Needs somebody")),
            TextColumn(pgettext("column", "Number")),
            TextColumn(pgettext("column", "Since")),
            TextColumn(pgettext("column", "With"), yields=1, least=12),
        ]
        write_table(columns, [concern_cells(each, formatter) for each in board.concerns])
