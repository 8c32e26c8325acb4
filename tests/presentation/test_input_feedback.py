"""What stands at a field for a day or a time: what was understood, what else it could be, and how it can be typed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from leadtui.domain.field import Field, FieldKind, FormatContext, read_answer
from leadtui.errors import Invalid
from leadtui.language import translate
from leadtui.language.calendar import Calendar, show_moment
from leadtui.language.clock import WorkHours
from leadtui.presentation.input_feedback import (
    Verdict,
    example_of,
    example_of_moment,
    moment_feedback,
    moment_reading,
    understood,
)

LONDON = FormatContext(
    now=datetime(2026, 11, 27, 10, 42, tzinfo=UTC),
    zone="Europe/London",
    region="GB",
    calendar=Calendar.GREGORIAN,
    language="en",
)
"""Friday."""


@pytest.mark.parametrize(
    ("typed", "verdict", "words"),
    [
        ("tomorrow 3", Verdict.UNDERSTOOD, "Sat 28 Nov 2026 15:00, not 03:00 · in 1 day"),
        ("tomorrow 15", Verdict.UNDERSTOOD, "Sat 28 Nov 2026 15:00 · in 1 day"),
        ("today 3", Verdict.UNDERSTOOD, "Fri 27 Nov 2026 15:00 · in 4 hours"),
        ("12/1", Verdict.UNDERSTOOD, "Tue 12 Jan 2027 09:00, not 1 Dec 2026 · in 46 days"),
        ("tomorrow 03:00", Verdict.UNUSUAL, "Sat 28 Nov 2026 03:00 · in 16 hours"),
        ("tomorrow 3am", Verdict.UNUSUAL, "Sat 28 Nov 2026 03:00 · in 16 hours"),
        ("midnight", Verdict.UNUSUAL, "Sat 28 Nov 2026 00:00 · in 13 hours"),
        ("+14h", Verdict.UNUSUAL, "Sat 28 Nov 2026 00:42 · in 14 hours"),
        ("today 9", Verdict.REFUSED, "That time has passed; a reminder needs a time to come."),
        ("today", Verdict.REFUSED, "At what time today? Type the hour as well."),
        ("tomorow 10", Verdict.REFUSED, "Did you mean “tomorrow 10”?"),
        (
            "9.10",
            Verdict.REFUSED,
            "Did you mean tomorrow 09:10 or Sat 9 Oct 2027 09:00? Type it that way.",
        ),
        ("13pm", Verdict.REFUSED, "Not understood; type such as tomorrow 10, +2d or 2026-12-04 16:00."),
        ("", Verdict.REFUSED, ""),
    ],
)
def test_a_moment_is_told_with_what_else_it_could_be(typed: str, verdict: Verdict, words: str) -> None:
    feedback = moment_feedback(typed, LONDON)
    assert (feedback.verdict, feedback.words) == (verdict, words)


def test_the_hours_of_work_are_those_of_the_workspace() -> None:
    late = replace(LONDON, hours=WorkHours(time(16), time(23)))
    assert moment_feedback("tomorrow 10", late).words.startswith("Sat 28 Nov 2026 22:00, not 10:00")
    assert moment_feedback("tomorrow 22:00", late).verdict is Verdict.UNDERSTOOD
    assert moment_feedback("tomorrow 22:00", LONDON).verdict is Verdict.UNUSUAL


def test_what_is_offered_is_read_back() -> None:
    for typed in ("9.10", "9h", "tomorrow midnight"):
        for meant in moment_reading(typed, LONDON).others:
            shown = moment_feedback(typed, LONDON).words
            said = offered(meant)
            assert said in shown
            assert moment_reading(said, LONDON).said == meant


def offered(moment: datetime) -> str:
    """A moment as it is offered."""
    return show_moment(moment, LONDON.calendar, LONDON.language, LONDON.zone, LONDON.now)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "words"),
    [
        (FieldKind.TIME, "5", "17:00", "17:00, not 05:00"),
        (FieldKind.TIME, "05", "05:00", "05:00"),
        (FieldKind.TIME, "17:00", "17:00", ""),
        (FieldKind.TIME, "14h", "14:00", "14:00"),
        (FieldKind.DATE, "tomorrow", "2026-11-28", "Saturday 28 Nov 2026"),
        (FieldKind.DATE, "12/1", "2027-01-12", "Tuesday 12 Jan 2027, not 1 Dec 2026"),
        (FieldKind.DATE, "3/5/2027", "2027-05-03", "Monday 3 May 2027, not 5 Mar 2027"),
    ],
)
def test_an_answer_is_told_with_what_else_it_could_be(
    kind: FieldKind, typed: str, value: str, words: str
) -> None:
    assert read_answer(Field(0, "when", "When", kind), typed, LONDON) == value
    assert understood(kind, value, typed, LONDON) == words


@pytest.mark.parametrize(
    ("kind", "typed", "why"),
    [
        (FieldKind.DATE, "16:30", "When takes a day, such as 2026-12-04 or tomorrow."),
        (FieldKind.DATE, "3", "When takes a day, such as 2026-12-04 or tomorrow."),
        (FieldKind.DATE, "tomorow", "Did you mean “tomorrow”?"),
        (FieldKind.TIME, "tomorrow", "When takes a time, such as 10:30."),
        (FieldKind.TIME, "15/7", "When takes a time, such as 10:30."),
        (FieldKind.TIME, "tomorrow 16:30", "When takes a time, such as 10:30."),
        (FieldKind.TIME, "13pm", "When takes a time, such as 10:30."),
    ],
)
def test_a_day_takes_no_time_and_a_time_no_day(kind: FieldKind, typed: str, why: str) -> None:
    with pytest.raises(Invalid, match=f"^{re.escape(why)}$"):
        read_answer(Field(0, "when", "When", kind), typed, LONDON)


@pytest.mark.parametrize("calendar", tuple(Calendar))
@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_examples_are_read(language: str, calendar: Calendar) -> None:
    """Placeholders are in the person's language and calendar, and each of them is what may be typed."""
    context = replace(LONDON, language=language, calendar=calendar)
    translate.use(language)
    for example in example_of_moment(context).replace("،", ",").split(","):
        assert moment_reading(example, context).said is not None, example
    for example in example_of(FieldKind.DATE, context).replace("،", ",").split(","):
        assert date.fromisoformat(str(read_answer(Field(0, "", "", FieldKind.DATE), example, context)))
    assert (
        read_answer(Field(0, "", "", FieldKind.TIME), example_of(FieldKind.TIME, context), context) == "10:30"
    )
