"""What people type for what comes again, as a table; and when it comes, over changes of clocks and in three calendars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from leadtui.domain.field import FormatContext
from leadtui.domain.holiday import kept_holiday
from leadtui.domain.opening import Opening
from leadtui.domain.week import read_week
from leadtui.language.calendar import Calendar
from leadtui.language.calendar_days import to_parts
from leadtui.language.reading import Doubt
from leadtui.language.repetition import EVERY_DAY, LAST_DAY, Repetition, WorkingDays, kept_text, read_kept
from leadtui.language.repetition_reading import read_repetition
from leadtui.language.text import clean
from leadtui.language.time_words import Unit
from leadtui.language.translate import use
from leadtui.presentation.input_feedback import Verdict
from leadtui.presentation.repetition import reminder_time_feedback, rule_words

PHRASES = Path(__file__).parent.parent / "data" / "repetitions.tsv"
ZONES = {
    "GB": "Europe/London",
    "US": "America/New_York",
    "IR": "Asia/Tehran",
    "EG": "Africa/Cairo",
    "SA": "Asia/Riyadh",
}
LANGUAGES = {"IR": "fa", "EG": "ar", "SA": "ar"}
NOW = datetime(2026, 11, 27, 10, 42, 30)
"""Friday 6 Azar 1405, wherever the workspace is."""

REFUSALS = {Doubt.NOT_UNDERSTOOD: "no", Doubt.SEVERAL: "several"}


def phrases() -> Iterator[list[str]]:
    for line in PHRASES.read_text(encoding="utf-8").splitlines()[1:]:
        yield line.split("\t")


def context(region: str) -> FormatContext:
    zone = ZONES[region]
    calendar = Calendar.JALALI if region == "IR" else Calendar.GREGORIAN
    language = LANGUAGES.get(region, "en")
    return FormatContext(NOW.replace(tzinfo=ZoneInfo(zone)), zone, region, calendar, language)


def short(rule: Repetition) -> str:
    kept = kept_text(rule)
    assert read_kept(kept) == rule
    for part in ("DTSTART:", "RRULE:", "RSCALE=GREGORIAN;"):
        kept = kept.replace(part, "")
    return kept.replace("\n", " ")


def test_phrases() -> None:
    wrong: list[str] = []
    for region, phrase, means, other in phrases():
        here = context(region)
        reading = read_repetition(phrase, here.here)
        if reading.said is not None:
            told = short(reading.said), ";;".join(f"{each.begin:%a %H:%M}" for each in reading.others)
        else:
            told = (
                REFUSALS.get(reading.doubt, f"meant: {reading.meant}"),
                ";;".join(map(short, reading.others)),
            )
        if told != (means, other):
            wrong.append(f"{region}: {phrase!r} should be {means} ({other}), is {told}")
    assert not wrong, "\n".join(wrong)


def test_what_is_said_of_a_rule_is_read_as_that_rule() -> None:
    """In each language: whoever is asked to type it that way can."""
    for region, phrase, means, _other in phrases():
        here = context(region)
        use(here.language)

        def read(line: str, here: FormatContext = here) -> Repetition | None:
            return read_repetition(line, here.here).said

        rule = read(phrase)
        assert (rule is None) == (means.split(":")[0] in ("no", "several", "meant"))
        if rule is not None:
            again = read(rule_words(rule, here))
            assert again is not None, rule_words(rule, here)
            assert (again.unit, again.step, again.weekdays, again.month_day, again.begin.time()) == (
                rule.unit,
                rule.step,
                rule.weekdays,
                rule.month_day,
                rule.begin.time(),
            )


def test_while_one_types_the_rule_is_said_with_its_first_day() -> None:
    feedback = reminder_time_feedback("every sat 3", context("GB"))
    assert feedback.verdict is Verdict.UNDERSTOOD
    assert feedback.words == "↻ every Saturday 15:00, not 03:00 · first Saturday 28 Nov 2026 · in 1 day"
    assert reminder_time_feedback("every sat 3am", context("GB")).verdict is Verdict.UNUSUAL
    refused = reminder_time_feedback("every 9", context("GB"))
    assert refused.verdict is Verdict.REFUSED
    assert "every Monday 09:00" in refused.words
    asked = reminder_time_feedback("monthly 9", context("GB"))
    assert "every month on day 9 09:00 or every month on day 27 09:00" in asked.words
    assert "28 Nov 2026" in reminder_time_feedback("tomorrow 9", context("GB")).words


def coming(
    rule: Repetition, zone: str, after: datetime, count: int, days: WorkingDays = EVERY_DAY
) -> list[datetime]:
    found: list[datetime] = []
    for _each in range(count):
        following = rule.due_after(after, zone, days)
        assert following is not None
        assert following > after
        found.append(following)
        after = following
    return found


@pytest.mark.parametrize(
    ("rule", "zone", "after", "clocks"),
    [
        # The clock of the wall stays over the end of summer time.
        (
            Repetition(Unit.DAY, datetime(2026, 10, 24, 9)),
            "Europe/London",
            datetime(2026, 10, 23, 12, tzinfo=UTC),
            ["10-24 09:00+0100", "10-25 09:00+0000", "10-26 09:00+0000"],
        ),
        # A time that is left out comes an hour later that day, and at its own again.
        (
            Repetition(Unit.DAY, datetime(2026, 3, 28, 1, 30)),
            "Europe/London",
            datetime(2026, 3, 27, 12, tzinfo=UTC),
            ["03-28 01:30+0000", "03-29 02:30+0100", "03-30 01:30+0100"],
        ),
        # One that comes twice comes the first time alone.
        (
            Repetition(Unit.DAY, datetime(2026, 10, 24, 1, 30)),
            "Europe/London",
            datetime(2026, 10, 24, 12, tzinfo=UTC),
            ["10-25 01:30+0100", "10-26 01:30+0000"],
        ),
        # Two weeks are fourteen days, with both days of one in it.
        (
            Repetition(Unit.WEEK, datetime(2026, 11, 28, 9), 2, (0, 5)),
            "Asia/Tehran",
            datetime(2026, 11, 27, tzinfo=UTC),
            ["11-28 09:00+0330", "11-30 09:00+0330", "12-12 09:00+0330", "12-14 09:00+0330"],
        ),
        # A month without such a day has its last one.
        (
            Repetition(Unit.MONTH, datetime(2027, 1, 31, 9), 1, (), 31),
            "UTC",
            datetime(2027, 1, 1, tzinfo=UTC),
            ["01-31 09:00+0000", "02-28 09:00+0000", "03-31 09:00+0000", "04-30 09:00+0000"],
        ),
    ],
)
def test_when_it_comes(rule: Repetition, zone: str, after: datetime, clocks: list[str]) -> None:
    found = coming(rule, zone, after, len(clocks))
    assert [f"{each.astimezone(ZoneInfo(zone)):%m-%d %H:%M%z}" for each in found] == clocks


@pytest.mark.parametrize("calendar", [Calendar.JALALI, Calendar.HIJRI])
@pytest.mark.parametrize("day", [15, 30, 31, LAST_DAY])
@pytest.mark.parametrize("step", [1, 3])
def test_every_month_of_another_calendar_once(calendar: Calendar, day: int, step: int) -> None:
    """Over twelve years: every month in its turn, on its day or its last one."""
    rule = Repetition(Unit.MONTH, datetime(2026, 11, 1, 9), step, (), day, calendar)
    found = coming(rule, "Asia/Tehran", datetime(2026, 11, 20, tzinfo=UTC), 144 // step)
    parts = [to_parts(each.astimezone(ZoneInfo("Asia/Tehran")).date(), calendar) for each in found]
    assert {
        (later[0] * 12 + later[1]) - (former[0] * 12 + former[1]) for former, later in pairwise(parts)
    } == {step}
    for (_year, month, number), each in zip(parts, found, strict=True):
        tomorrow = to_parts(each.astimezone(ZoneInfo("Asia/Tehran")).date() + timedelta(days=1), calendar)
        assert number == day or (tomorrow[1] != month and (day == LAST_DAY or number < day))


def test_a_rule_ends_where_its_calendar_is_not_known_any_more() -> None:
    rule = Repetition(Unit.MONTH, datetime(2077, 9, 1, 9), 1, (), 15, Calendar.HIJRI)
    after = datetime.combine(date(2077, 11, 16), datetime.min.time(), UTC)
    assert rule.due_after(after, "Asia/Riyadh", EVERY_DAY) is None


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "every day",
        "DTSTART:20261128T090000\nRRULE:FREQ=YEARLY",
        "DTSTART:20261399T090000\nRRULE:FREQ=DAILY",
    ],
)
def test_what_is_no_rule_repeats_nothing(kept: str) -> None:
    assert read_kept(kept) is None


CHRISTMAS = tuple(
    each
    for each in map(kept_holiday, ("gregorian *-12-25", "gregorian *-12-26", "gregorian 2026-12-28"))
    if each
)
"""A Friday, a Saturday and the Monday after."""

SHOP = Opening(read_week("Mon-Fri 9-17; Sat 10-14"), CHRISTMAS)
NIGHTS = Opening(read_week("Mon-Thu 22-02"), CHRISTMAS)


@pytest.mark.parametrize(
    ("rule", "days", "came"),
    [
        (Repetition(Unit.DAY, datetime(2026, 12, 1, 9), on_workdays=True), SHOP, ["24", "29", "30", "31"]),
        (Repetition(Unit.DAY, datetime(2026, 12, 1, 9), on_workdays=True), NIGHTS, ["24", "29", "30", "31"]),
        # What is named for a holiday comes on the next working day, and once where that has its own.
        (Repetition(Unit.WEEK, datetime(2026, 12, 1, 9), 1, (5,)), SHOP, ["29", "02", "09"]),
        (Repetition(Unit.WEEK, datetime(2026, 12, 1, 9), 1, (4, 5, 0)), SHOP, ["29", "01", "02", "04"]),
        (Repetition(Unit.DAY, datetime(2026, 12, 1, 9)), SHOP, ["24", "29", "30"]),
        (Repetition(Unit.MONTH, datetime(2026, 12, 1, 9), 1, (), 25), SHOP, ["29", "25", "25"]),
        # A day off that was named is meant, be it a holiday as well.
        (Repetition(Unit.WEEK, datetime(2026, 12, 1, 9), 1, (6,)), SHOP, ["27", "03"]),
        (Repetition(Unit.WEEK, datetime(2026, 12, 1, 9), 1, (5,)), NIGHTS, ["26", "02"]),
    ],
)
def test_working_days_and_holidays(rule: Repetition, days: Opening, came: list[str]) -> None:
    after = datetime(2026, 12, 23, 20, tzinfo=UTC)
    assert [f"{each:%d}" for each in coming(rule, "UTC", after, len(came), days)] == came


def test_working_days_are_those_of_the_workspace_at_the_time() -> None:
    """One rule: it follows the week that the workspace has when the next time is worked out."""
    rule = Repetition(Unit.DAY, datetime(2026, 12, 1, 9), on_workdays=True)
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    found = [
        rule.due_after(friday, "UTC", Opening(read_week(week))) for week in ("Mon-Fri 9-17", "Tue 9-17", "")
    ]
    assert found == [datetime(2026, 12, 1, 9, tzinfo=UTC), datetime(2026, 12, 1, 9, tzinfo=UTC), None]


@pytest.mark.parametrize(
    ("region", "line", "said"),
    [
        ("IR", "هر روز کاری ۹", "↻ هر روز کاری ۰۹:۰۰، نه ۲۱:۰۰ · نخستین بار شنبه ۷ آذر ۱۴۰۵"),
        ("IR", "روزهای کاری ۹", "↻ هر روز کاری ۰۹:۰۰، نه ۲۱:۰۰ · نخستین بار شنبه ۷ آذر ۱۴۰۵"),
        ("EG", "كل يوم عمل ٩", "السبت"),
        ("GB", "every weekday 9", "↻ every working day 09:00, not 21:00 · first Saturday 28 Nov 2026"),
    ],
)
def test_the_week_that_is_defined_says_which_days_are_worked(region: str, line: str, said: str) -> None:
    """Saturday is one of them here, whatever is usual in the region; and nothing is in doubt."""
    here = replace(context(region), work=Opening(read_week("Sat-Wed 9-17")))
    use(here.language)
    feedback = reminder_time_feedback(line, here)
    assert said in clean(feedback.words)
    assert feedback.verdict is Verdict.UNDERSTOOD


def test_where_people_differ_and_nothing_is_defined_it_is_asked() -> None:
    feedback = reminder_time_feedback("روزهای کاری ۹", context("IR"))
    assert feedback.verdict is Verdict.REFUSED
