"""`leadtui board`: the team's figures of a period, and what needs somebody."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option
from leadtui.cli.output import Json, write_json, write_line, write_table
from leadtui.cli.records import person_record
from leadtui.domain.field import read_day
from leadtui.errors import Invalid
from leadtui.language import calendar
from leadtui.language.translate import N_, _, counted, pgettext
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.board import Board, Figures
    from leadtui.services.session import Session

FIGURES = (
    "calls",
    "reached",
    "worked",
    "meetings",
    "left_today",
    "overdue",
    "missed",
    "untouched",
    "first_contact_median_seconds",
    "first_contact_p90_seconds",
)
"""The keys of the figures in JSON, and the columns of the CSV."""


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
    from leadtui.services.board import open_board

    with session_for(common) as session:
        context = session.format_context()
        first, last = (read_day(each, context) if each else None for each in (since, until))
        if first and last and last < first:
            raise Invalid(_("The last day is before the first."), "to")
        board = open_board(session, first, last)
        if as_json:
            write_json(_record(session, board))
        elif as_csv:
            _write_csv(session, board)
        else:
            _write(session, board)


def _figures(figures: Figures) -> dict[str, Json]:
    values = (
        *(figures.calls, figures.reached, figures.worked, figures.meetings),
        *(figures.left.today, figures.left.overdue, figures.missed, figures.untouched),
        *(figures.contact_median, figures.contact_p90),
    )
    return dict(zip(FIGURES, values, strict=True))


def _record(session: Session, board: Board) -> dict[str, Json]:
    people = session.definitions.colleague
    return {
        "from": board.first.isoformat(),
        "to": board.last.isoformat(),
        "agents": [
            {
                "person": person_record(people(each.person_id)),
                "on_shift": each.on_shift,
                "open_lead": each.lead_id,
                **_figures(each.figures),
            }
            for each in board.agents
        ],
        "team": _figures(board.team),
        "needs_somebody": [
            {
                "what": each.concern.value,
                "count": each.count,
                "oldest": None if each.oldest is None else each.oldest.isoformat(),
                "by_person": [
                    {"person": person_record(people(person_id)), "count": count}
                    for person_id, count in each.by_person.items()
                ],
            }
            for each in board.concerns
        ],
    }


def _write_csv(session: Session, board: Board) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["email", "name", "on_shift", *FIGURES])
    for each in board.agents:
        person = session.definitions.colleague(each.person_id)
        if person is not None:
            figures = ("" if value is None else value for value in _figures(each.figures).values())
            writer.writerow([person.email, person.name, int(each.on_shift), *figures])


def _write(session: Session, board: Board) -> None:
    from leadtui.presentation.board import concern_cells

    formatter = Formatter(session)
    titles = (
        *(pgettext("column", "Calls"), pgettext("column", "Reached"), pgettext("column", "Worked")),
        *(pgettext("column", "Meetings"), pgettext("column", "Left"), pgettext("column", "Overdue")),
        *(pgettext("column", "Missed"), pgettext("column", "Untouched")),
        *(pgettext("column", "First contact"), pgettext("column", "Of nine in ten")),
    )
    columns = [
        TextColumn(pgettext("column", "Colleague"), yields=1, least=12),
        TextColumn(pgettext("column", "On shift")),
        *map(TextColumn, titles),
    ]
    here, away = pgettext("choice", "yes"), NOTHING
    rows = [
        [
            formatter.person(each.person_id),
            here if each.on_shift else away,
            *_cells(session, each.figures),
        ]
        for each in board.agents
    ]
    write_table(columns, [*rows, [pgettext("person", "everybody"), "", *_cells(session, board.team)]])
    if board.concerns:
        write_line("")
        columns = [
            TextColumn(pgettext("column", "Needs somebody")),
            TextColumn(pgettext("column", "Number")),
            TextColumn(pgettext("column", "Since")),
            TextColumn(pgettext("column", "With"), yields=1, least=12),
        ]
        write_table(columns, [concern_cells(each, formatter) for each in board.concerns])


def _cells(session: Session, figures: Figures) -> list[str]:
    *counts, middle, most = _figures(figures).values()
    times = (
        NOTHING
        if value is None
        else calendar.show_length(round(float(str(value))), session.language, hours=True)
        for value in (middle, most)
    )
    return [*(counted(int(str(each))) for each in counts), *times]
