"""The board in words, and as the records and lines that it is exported as."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from leadtui.domain.board import Concern, Figure
from leadtui.domain.workspace import Definitions
from leadtui.language.text import brief
from leadtui.language.translate import P_, counted, format_list, npgettext, pgettext, show_digits, show_number
from leadtui.presentation.activity_sentence import whom
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.table import TextColumn
from leadtui.services.board import Board, CameBy, ConcernLine, Figures
from leadtui.services.presence import Shift

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

FIGURE_TITLES: dict[Figure, str] = {
    Figure.CALLS: P_("column", "Calls"),
    Figure.REACHED: P_("column", "Reached"),
    Figure.WORKED: P_("column", "Worked"),
    Figure.MEETINGS: P_("column", "Meetings"),
    Figure.LEFT: P_("column", "Left"),
    Figure.OVERDUE: P_("column", "Overdue"),
    Figure.MISSED: P_("column", "Missed"),
    Figure.UNTOUCHED: P_("column", "Untouched"),
    Figure.FIRST_CONTACT: P_("column", "First contact"),
}

CONCERN_TITLES: dict[Concern, str] = {
    Concern.UNHEARD: P_("field", "Reminders nobody will hear"),
    Concern.PROMISED: P_("field", "Promised calls overdue"),
    Concern.NOBODYS: P_("field", "New, in nobody's cartable"),
    Concern.LEFT_BEHIND: P_("field", "Customers of who has left"),
    Concern.STALLED: P_("field", "Stalled over 14 days"),
    Concern.RETURNED: P_("field", "Returned with a reason"),
    Concern.UNPLANNED: P_("field", "Left without a next step"),
    Concern.NO_OUTCOME: P_("field", "Calls without an outcome"),
}

REASON_WIDTH, MOST_REASONS = 24, 3
"""Letters of a reason that are shown, and how many reasons are."""


def concern_cells(line: ConcernLine, formatter: Formatter) -> list[str]:
    """What it is, how many, since when, and with whom or why: `Omar 5, Jack 4`."""
    since = "" if line.oldest is None else formatter.moment(line.oldest)
    title = pgettext("field", CONCERN_TITLES[line.concern])
    return [title, counted(line.count), since, concern_detail(line, formatter)]


def concern_detail(line: ConcernLine, formatter: Formatter) -> str:
    """With whom they are, most first; by age where they are nobody's, by reason where they were returned."""
    if line.reasons:
        most = sorted(line.reasons.items(), key=lambda pair: -pair[1])
        return format_list(
            pgettext("pattern", "“{reason}” {count}").format(
                reason=brief(reason, REASON_WIDTH), count=counted(count)
            )
            for reason, count in most[:MOST_REASONS]
        )
    if line.within:
        return _ages(line)
    most = sorted(line.by_person.items(), key=lambda pair: -pair[1])
    return format_list(
        f"{whom(person_id, formatter)} {counted(count)}" for person_id, count in most if person_id
    )


def channel_columns() -> list[TextColumn]:
    """The titles of a table by entry channel."""
    return [
        TextColumn(pgettext("field", "Entry channel"), yields=1, least=12),
        TextColumn(pgettext("column", "Came in"), right=True),
        TextColumn(pgettext("column", "Reached"), right=True),
        TextColumn(pgettext("column", "Won"), right=True),
    ]


def channel_cells(line: CameBy, formatter: Formatter) -> list[str]:
    """By which channel, how many came in, and how many of them were reached and won."""
    title = formatter.channel(line.channel_id) or pgettext("filter", "no channel")
    return [brief(title), *(counted(each) for each in (line.came, line.reached, line.won))]


def _ages(line: ConcernLine) -> str:
    hour, day, week = line.within
    ages = (
        (hour, npgettext("age", "{n} up to an hour", "{n} up to an hour", hour)),
        (day - hour, npgettext("age", "{n} up to a day", "{n} up to a day", day - hour)),
        (week - day, npgettext("age", "{n} up to a week", "{n} up to a week", week - day)),
        (line.count - week, npgettext("age", "{n} longer", "{n} longer", line.count - week)),
    )
    return format_list(words.format(n=counted(count)) for count, words in ages if count)


def figure_cell(figure: Figure, figures: Figures, language: str) -> str:
    """One figure as it reads."""
    if figure is Figure.FIRST_CONTACT:
        return contact_words(figures, language)
    return show_number(figure_count(figure, figures), language)


def figure_count(figure: Figure, figures: Figures) -> int:
    """One figure; of the first contact there is no count."""
    return {
        Figure.CALLS: figures.calls,
        Figure.REACHED: figures.reached,
        Figure.WORKED: figures.worked,
        Figure.MEETINGS: figures.meetings,
        Figure.LEFT: figures.left.today,
        Figure.OVERDUE: figures.left.overdue,
        Figure.MISSED: figures.missed,
        Figure.UNTOUCHED: figures.untouched,
    }.get(figure, 0)


def contact_words(figures: Figures, language: str) -> str:
    """How soon who came in was spoken with: half of them, and nine in ten: `12 min · 90% 5:10 hrs`."""
    if figures.contact_median is None or figures.contact_p90 is None:
        return NOTHING
    return pgettext("pattern", "{median} · 90% {most}").format(
        median=length_words(figures.contact_median, language),
        most=length_words(figures.contact_p90, language),
    )


def length_words(seconds: float, language: str) -> str:
    """How long something took, by the unit that says enough: `41 sec`, `12 min`, `5:10 hrs`, `3 days`."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return pgettext("length", "{n} sec").format(n=show_number(round(seconds), language))
    if minutes < 90:
        return pgettext("length", "{n} min").format(n=show_number(minutes, language))
    hours, days = divmod(minutes, 60), round(seconds / 86_400)
    if days < 2:
        return pgettext("length", "{n} hrs").format(n=show_digits(f"{hours[0]}:{hours[1]:02}", language))
    return npgettext("length", "{n} day", "{n} days", days).format(n=show_number(days, language))


def shift_words(shift: Shift | None, formatter: Formatter) -> str:
    """Whether somebody is at work: `09:02`, from when on, `break 10:31`, `away`."""
    if shift is None:
        return pgettext("shift", "away")
    if shift.break_at is not None:
        return pgettext("shift", "break {time}").format(time=formatter.time(shift.break_at))
    if shift.since is None:
        return pgettext("shift", "here")
    return formatter.time(shift.since)


# As they are exported


def board_record(board: Board, definitions: Definitions) -> dict[str, Any]:
    """The whole board for JSON; its keys stay."""
    return {
        "from": board.first.isoformat(),
        "to": board.last.isoformat(),
        "agents": [
            {
                "person": _person(definitions, each.person_id),
                "on_shift": each.on_shift,
                "since": _moment(each.shift and each.shift.since),
                "on_break_since": _moment(each.shift and each.shift.break_at),
                "open_lead": each.lead_id,
                "open_lead_since": _moment(each.shift and each.shift.opened_at if each.lead_id else None),
                **_figures(each.figures),
            }
            for each in board.agents
        ],
        "team": _figures(board.team),
        "channels": [
            {
                "channel": None if channel is None else {"key": channel.key, "title": channel.title},
                "came_in": each.came,
                "reached": each.reached,
                "won": each.won,
            }
            for each in board.channels
            for channel in (definitions.channel(each.channel_id),)
        ],
        "needs_somebody": [
            {
                "what": each.concern.value,
                "count": each.count,
                "oldest": _moment(each.oldest),
                "by_person": [
                    {"person": _person(definitions, person_id), "count": count}
                    for person_id, count in each.by_person.items()
                ],
                "reasons": dict(each.reasons),
            }
            for each in board.concerns
        ],
    }


def board_csv(board: Board, definitions: Definitions) -> str:
    """The figures of the agents for a spreadsheet, a line each below the titles."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["email", "name", "on_shift", *FIGURES])
    for each in board.agents:
        person = definitions.colleague(each.person_id)
        if person is not None:
            figures = ("" if value is None else value for value in _figures(each.figures).values())
            writer.writerow([person.email, person.name, int(each.on_shift), *figures])
    return written.getvalue()


def channels_csv(board: Board, definitions: Definitions) -> str:
    """The figures of the entry channels for a spreadsheet, a line each below the titles."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["channel", "title", "came_in", "reached", "won"])
    for each in board.channels:
        channel = definitions.channel(each.channel_id)
        named = (channel.key, channel.title) if channel else ("", "")
        writer.writerow([*named, each.came, each.reached, each.won])
    return written.getvalue()


def _figures(figures: Figures) -> dict[str, int | float | None]:
    values = (
        *(figures.calls, figures.reached, figures.worked, figures.meetings),
        *(figures.left.today, figures.left.overdue, figures.missed, figures.untouched),
        *(figures.contact_median, figures.contact_p90),
    )
    return dict(zip(FIGURES, values, strict=True))


def _person(definitions: Definitions, person_id: int | None) -> dict[str, str] | None:
    person = definitions.colleague(person_id)
    return None if person is None else {"name": person.name, "email": person.email}


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
