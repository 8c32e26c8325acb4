"""`leadtui board`: the team's figures of a period, and what needs somebody."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option
from leadtui.cli.output import tell, write_json, write_line, write_table
from leadtui.domain.field import read_day
from leadtui.errors import Invalid
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.board import Board, Figures
    from leadtui.services.session import Session


class By(StrEnum):
    """What the figures are told apart by."""

    COLLEAGUE = "colleague"
    CHANNEL = "channel"


def board_command(
    common: CommandOptions,
    since: Annotated[
        str,
        text_option("DAY", N_("From this day on, such as yesterday or 1403/07/01; else today."), "--from"),
    ] = "",
    until: Annotated[str, text_option("DAY", N_("Until this day, which is included."), "--to")] = "",
    by: Annotated[
        By,
        typer.Option("--by", help=N_("By colleague, or by entry channel: who came in, was reached and won.")),
    ] = By.COLLEAGUE,
    as_csv: Annotated[
        bool, typer.Option("--csv", help=N_("Write the figures as CSV, for a spreadsheet."))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.board import board_csv, board_record, channels_csv
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
            as_lines = channels_csv if by is By.CHANNEL else board_csv
            sys.stdout.write(as_lines(board, session.definitions))
        elif by is By.CHANNEL:
            _write_channels(session, board)
        else:
            _write(session, board)


def _write_channels(session: Session, board: Board) -> None:
    from leadtui.presentation.board import channel_cells, channel_columns

    formatter = Formatter(session)
    if not board.channels:
        tell(_("Nobody came in on these days."))
        return
    write_table(channel_columns(), [channel_cells(each, formatter) for each in board.channels])


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
