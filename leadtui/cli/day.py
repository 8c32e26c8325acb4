"""`leadtui day`: what a person did on a day, as on screen."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from leadtui.cli.matching import chosen_person
from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option
from leadtui.cli.output import Json, write_fields, write_json
from leadtui.cli.records import person_record, status_record
from leadtui.domain.field import read_day
from leadtui.language import calendar
from leadtui.language.translate import N_, counted, pgettext
from leadtui.presentation.formatter import Formatter

if TYPE_CHECKING:
    from leadtui.services.day import Day
    from leadtui.services.session import Session

ALL = "all"
"""Stands for everybody on the command line, in every language."""


def day_command(
    common: CommandOptions,
    on: Annotated[
        str, text_option("DAY", N_("Another day than today, such as yesterday or 1403/07/08."), "--date")
    ] = "",
    of: Annotated[
        str, text_option("PERSON", N_("A colleague's day, by e-mail or name; “all” for everybody's."), "--of")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.day import EVERYBODY, open_day

    with session_for(common) as session:
        person_id = None
        if of:
            person_id = EVERYBODY if of.casefold() == ALL else chosen_person(session, of, also_gone=True).id
        day = open_day(session, read_day(on, session.format_context()) if on else None, person_id)
        if as_json:
            write_json(_record(session, day))
        else:
            write_fields(_fields(session, day))


def _fields(session: Session, day: Day) -> list[tuple[str, str]]:
    formatter = Formatter(session)
    fields = [
        (
            pgettext("field", "Day"),
            calendar.show_date(day.date, session.calendar, session.language, style="long"),
        ),
        (
            pgettext("field", "Person"),
            pgettext("person", "everybody") if day.person_id is None else formatter.person(day.person_id),
        ),
        (pgettext("field", "Calls"), counted(day.calls)),
        (pgettext("field", "Talked"), calendar.show_length(day.talked_seconds, session.language, hours=True)),
        (pgettext("field", "Worked"), counted(day.worked)),
        (pgettext("field", "Reached"), counted(day.reached)),
        (pgettext("field", "Meetings set"), counted(day.meetings)),
        (pgettext("field", "Left without a next step"), counted(day.unplanned)),
    ]
    if day.left is not None:
        fields += [
            (pgettext("field", "Left today"), counted(day.left.today)),
            (pgettext("field", "Overdue"), counted(day.left.overdue)),
            (pgettext("field", "Never called"), counted(day.left.never_called)),
            (pgettext("field", "Nothing planned"), counted(day.left.nothing_planned)),
        ]
    fields += [(formatter.status(status_id), counted(count)) for status_id, count in day.by_status]
    return fields


def _record(session: Session, day: Day) -> dict[str, Json]:
    defined = session.definitions
    statuses = [(defined.status(status_id), count) for status_id, count in day.by_status]
    return {
        "date": day.date.isoformat(),
        "person": person_record(defined.colleague(day.person_id)),
        "calls": day.calls,
        "talked_seconds": day.talked_seconds,
        "follow_ups": day.follow_ups,
        "worked": day.worked,
        "reached": day.reached,
        "meetings": day.meetings,
        "left_without_next_step": day.unplanned,
        "by_status": [
            {"status": status_record(status)["key"], "title": status.title, "count": count}
            for status, count in statuses
            if status is not None
        ],
        "by_hour": [
            {"hour": each.hour, "calls": each.calls, "follow_ups": each.follow_ups} for each in day.hours
        ],
        "left": None if day.left is None else asdict(day.left),
    }
