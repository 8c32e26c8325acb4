"""The week as it is typed, and when it is open by the clock of a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.holiday import kept_holiday, read_holiday, typed_holiday
from leadtui.domain.opening import Opening
from leadtui.domain.week import MIDNIGHT, Span, Week, kept_week, read_week
from leadtui.errors import Invalid
from leadtui.language import translate
from leadtui.language.calendar import Calendar, weekdays_in_order
from leadtui.presentation.week import holiday_words, week_sentence, week_words

WEEKS = {
    "Sat–Wed 9–13, 14–17; Thu 9–13": "Sat-Wed 09:00-13:00, 14:00-17:00; Thu 09:00-13:00",
    "Mon-Fri 9-5": "Mon-Fri 09:00-17:00",
    "Mon-Fri 9-1, 2-6": "Mon-Fri 09:00-13:00, 14:00-18:00",
    "Mon 02-06": "Mon 02:00-06:00",
    "Mon 1am-3am": "Mon 01:00-03:00",
    "monday and wed: 9:30 to 18.15": "Mon 09:30-18:15; Wed 09:30-18:15",
    "Mon, Tue 9am-5pm, Sat 10-1": "Mon-Tue 09:00-17:00; Sat 10:00-13:00",
    "every day 0-24; Fri closed": "Sat-Thu 00:00-24:00",
    "9-17": "Mon-Sun 09:00-17:00",
    "شنبه تا چهارشنبه ۹ تا ۱۳ و ۱۴ تا ۱۷؛ پنج‌شنبه ۹–۱۳": "Sat-Wed 09:00-13:00, 14:00-17:00; Thu 09:00-13:00",
    "هر روز ۹-۱۸، جمعه تعطیل": "Sat-Thu 09:00-18:00",
    "الأحد إلى الخميس ٩ إلى ١٧": "Sun-Thu 09:00-17:00",
    "Mon-Fri 22-2": "Mon-Fri 22:00-02:00",
    "Mon 22-6, Tue 06-9": "Mon 22:00-06:00; Tue 06:00-09:00",
    "every day 22:00-02:00, 9-12": "Mon-Sun 09:00-12:00, 22:00-02:00",
    "Mon 10pm to 2am": "Mon 22:00-02:00",
    "Mon 18-2": "Mon 18:00-02:00",
    "Mon 20-9": "Mon 20:00-09:00",
    "Mon 9-08": "Mon 09:00-08:00",
    "Mon 12:00-11:00": "Mon 12:00-11:00",
    "Mon 22-24": "Mon 22:00-24:00",
    "Mon 22-0": "Mon 22:00-24:00",
    "شنبه تا چهارشنبه ۲۲ تا ۲": "Sat-Wed 22:00-02:00",
    "كل يوم ٢٢ إلى ٠٢": "Mon-Sun 22:00-02:00",
    "": "",
    "Mon closed": "",
}

NO_WEEKS = (
    *("hello", "Mon", "Mon 9", "Mon 9-", "Mon 9-13-14", "14-9 Mon", "Mon 22-22", "Mon 9-25", "Mon 9:70-10"),
    *(
        "Mon 9-13, 12-14",
        "Mon-Tue-Wed 9-13",
        "Mon 6-2",
        "every day 22-6, 05-8",
        "Sun 20-02; Mon 0-9",
        "someday 9-13",
        "=",
        "-",
        ";9",
        "شنبه تا",
    ),
)


@pytest.mark.parametrize(("typed", "kept"), WEEKS.items())
def test_a_week_is_read_as_people_say_it(typed: str, kept: str) -> None:
    assert read_week(typed).text == kept
    assert kept_week(kept) == read_week(typed)


@pytest.mark.parametrize("typed", NO_WEEKS)
def test_what_is_no_week_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_week(typed, "hours")
    assert refused.value.field == "hours"


SPANS = st.lists(st.integers(0, MIDNIGHT // 15), unique=True, max_size=6).map(
    lambda ends: tuple(
        Span(15 * begin, 15 * end) for begin, end in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)
    )
)


def running_on(days: list[tuple[Span, ...]], nights: list[int]) -> Week:
    """The week whose days run on past midnight for so many quarters of an hour, as far as the next day is free."""
    for place, quarters in enumerate(nights):
        today, tomorrow = days[place], days[(place + 1) % 7]
        if today and quarters:
            free = tomorrow[0].begin if tomorrow else MIDNIGHT
            begin = today[-1].begin
            end = MIDNIGHT + min(15 * quarters, free, begin - 15)
            days[place] = (*today[:-1], Span(begin, max(end, today[-1].end)))
    return Week(tuple(days))


SOME_WEEKS = st.builds(
    running_on,
    st.lists(SPANS, min_size=7, max_size=7),
    st.lists(st.integers(0, 40), min_size=7, max_size=7),
)


@given(SOME_WEEKS, st.sampled_from(translate.LANGUAGES), st.sampled_from(("US", "DE", "IR")))
def test_a_week_reads_back_in_every_language(week: Week, language: str, region: str) -> None:
    assert read_week(week.text) == week
    translate.use(language)
    assert read_week(week_words(week, language, weekdays_in_order(language, region))) == week


def test_the_days_that_are_closed_are_told() -> None:
    week = read_week("Mon-Fri 9-17")
    assert week_sentence(week, "en", tuple(range(7))) == "Mon–Fri 9–17; closed Sat–Sun"
    assert (week.hours.begin, week.hours.end) == (time(9), time(17))
    assert week_sentence(Week(), "en", tuple(range(7))) == ""


HOLIDAYS = {
    "25 December Christmas": "gregorian *-12-25 Christmas",
    "Dec 25": "gregorian *-12-25",
    "3 April 2026: Good Friday": "gregorian 2026-04-03 Good Friday",
    "2026-04-03 Good Friday": "gregorian 2026-04-03 Good Friday",
    "25 Dec 2nd day": "gregorian *-12-25 2nd day",
    "۱۳ فروردین روز طبیعت": "jalali *-01-13 روز طبیعت",
    "۱۴۰۵/۰۱/۱۳": "jalali 1405-01-13",
    "10 Muharram Ashura": "hijri *-01-10 Ashura",
    "29 February": "gregorian *-02-29",
}


@pytest.mark.parametrize(("typed", "kept"), HOLIDAYS.items())
def test_a_holiday_is_read_in_any_calendar_and_reads_back(typed: str, kept: str) -> None:
    holiday = read_holiday(typed, Calendar.GREGORIAN, "GB")
    assert holiday.text == kept
    assert kept_holiday(kept) == holiday
    for language in translate.LANGUAGES:
        assert read_holiday(holiday_words(holiday, language), Calendar.GREGORIAN, "GB") == holiday
        assert typed_holiday(holiday, language)


@pytest.mark.parametrize(
    "typed", ["Nowruz", "30 February", "1/1", "Friday", "tomorrow", "gregorian 2026-02-30", "", "1446/05/24"]
)
def test_what_is_no_holiday_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_holiday(typed, Calendar.JALALI, "IR")


def at(text: str) -> datetime:
    """A moment by the clock of Berlin."""
    from zoneinfo import ZoneInfo

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


OPENING = Opening(
    read_week("Mon-Fri 9-13, 14-17; Sat 2:30-3"),
    tuple(
        read_holiday(each, Calendar.GREGORIAN, "DE") for each in ("25 Dec", "26 Dec", "2026-04-03 Karfreitag")
    ),
)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-27 10:00", "2026-11-27 10:00"),
        ("2026-11-27 08:59", "2026-11-27 09:00"),
        ("2026-11-27 13:00", "2026-11-27 14:00"),
        ("2026-11-27 17:00", "2026-11-28 14:30"),
        ("2026-11-28 15:00", "2026-11-30 09:00"),
        ("2026-12-24 18:00", "2026-12-28 09:00"),
        ("2026-04-02 18:00", "2026-04-04 14:30"),
    ],
)
def test_the_next_open_moment(moment: str, opens: str) -> None:
    assert OPENING.next_open(at(moment), "Europe/Berlin") == at(opens)
    assert OPENING.is_open(at(moment), "Europe/Berlin") is (moment == opens)


NIGHTS = Opening(
    read_week("Fri-Sun 22-2; Mon 1-5"),
    (read_holiday("25 Dec Christmas", Calendar.GREGORIAN, "DE"),),
)
"""The night to Christmas, a Friday in 2026, belongs to its eve, on which nobody works; that to Saturday to the holiday."""


@pytest.mark.parametrize(
    ("moment", "opens", "closes", "day"),
    [
        ("2026-11-27 21:59", "2026-11-27 22:00", None, "2026-11-27"),
        ("2026-11-27 22:00", "2026-11-27 22:00", "2026-11-28 02:00", "2026-11-27"),
        ("2026-11-28 01:59", "2026-11-28 01:59", "2026-11-28 02:00", "2026-11-27"),
        ("2026-11-28 02:00", "2026-11-28 22:00", None, "2026-11-28"),
        ("2026-11-30 01:30", "2026-11-30 01:30", "2026-11-30 02:00", "2026-11-29"),
        ("2026-11-30 02:00", "2026-11-30 13:00", None, "2026-11-30"),
        ("2026-12-25 23:00", "2026-12-26 22:00", None, "2026-12-25"),
        ("2026-12-26 01:00", "2026-12-26 22:00", None, "2026-12-25"),
        ("2027-12-24 23:00", "2027-12-24 23:00", "2027-12-25 02:00", "2027-12-24"),
        ("2027-12-25 01:00", "2027-12-25 01:00", "2027-12-25 02:00", "2027-12-24"),
        ("2027-12-25 22:00", "2027-12-26 22:00", None, "2027-12-25"),
        # The clock is put forward from 2 to 3 in the night to Sunday, and back from 3 to 2.
        ("2026-03-28 23:00", "2026-03-28 23:00", "2026-03-29 03:00", "2026-03-28"),
        ("2026-03-29 03:00", "2026-03-29 22:00", None, "2026-03-29"),
        ("2026-10-24 23:00", "2026-10-24 23:00", "2026-10-25 02:00", "2026-10-24"),
        ("2026-10-25 02:00", "2026-10-25 22:00", None, "2026-10-25"),
    ],
)
def test_hours_past_midnight_belong_to_the_day_on_which_they_begin(
    moment: str, opens: str, closes: str | None, day: str
) -> None:
    assert NIGHTS.next_open(at(moment), "Europe/Berlin") == at(opens)
    assert NIGHTS.is_open(at(moment), "Europe/Berlin") is (moment == opens)
    assert NIGHTS.closes(at(moment), "Europe/Berlin") == (closes and at(closes))
    assert NIGHTS.day_of(at(moment), "Europe/Berlin") == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("week", "begin", "end", "morning", "inside", "outside"),
    [
        ("Mon-Fri 22-2", time(22), time(2), time(22), time(1), time(12)),
        ("Mon 9-17; Fri 18-2", time(9), time(2), time(9), time(1), time(5)),
        ("every day 0-24", time(0), time(23, 59), time(9), time(3), None),
        ("Mon 8-20; Tue 20-09", time(0), time(23, 59), time(9), time(3), None),
    ],
)
def test_the_hours_of_a_week_may_run_past_midnight(
    week: str, begin: time, end: time, morning: time, inside: time, outside: time | None
) -> None:
    hours = read_week(week).hours
    assert (hours.begin, hours.end, hours.morning) == (begin, end, morning)
    assert hours.outside(inside) == 0
    if outside is not None:
        assert hours.outside(outside) > 0


def test_what_goes_on_at_midnight_closes_when_all_of_it_does() -> None:
    opening = Opening(read_week("Fri 20-24; Sat 0-6"))
    assert opening.closes(at("2026-11-27 21:00"), "Europe/Berlin") == at("2026-11-28 06:00")
    assert Opening(read_week("every day 0-24")).closes(at("2026-11-27 21:00"), "Europe/Berlin") is None


@pytest.mark.parametrize(
    ("moment", "minutes", "after"),
    [
        ("2026-11-27 10:00", 30, "2026-11-27 10:30"),
        ("2026-11-27 16:55", 30, "2026-11-28 14:55"),
        ("2026-11-27 16:30", 30, "2026-11-27 17:00"),
        ("2026-11-27 13:00", 1, "2026-11-27 14:01"),
        ("2026-11-29 12:00", 60, "2026-11-30 10:00"),
        ("2026-12-24 16:00", 120, "2026-12-28 10:00"),
        ("2026-11-23 09:00", 5 * 7 * 60 + 30, "2026-11-28 15:00"),
    ],
)
def test_only_open_minutes_count(moment: str, minutes: int, after: str) -> None:
    length = timedelta(minutes=minutes)
    assert OPENING.after_open_time(at(moment), length, "Europe/Berlin") == at(after)
    before = OPENING.before_open_time(at(after), length, "Europe/Berlin")
    assert before is not None
    assert before >= at(moment)


@given(
    SOME_WEEKS,
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.integers(1, 3000),
    st.sampled_from(("Asia/Tehran", "Europe/Berlin", "UTC")),
)
def test_counting_open_minutes_forwards_and_backwards_agrees(
    week: Week, since: datetime, now: datetime, minutes: int, zone: str
) -> None:
    """Whether they are over by now is the same question from either end, wherever the two moments lie."""
    opening, length = Opening(week), timedelta(minutes=minutes)
    since, now = since.replace(tzinfo=UTC), now.replace(tzinfo=UTC)
    after = opening.after_open_time(since, length, zone)
    before = opening.before_open_time(now, length, zone)
    assert (after is not None and after <= now) == (before is not None and since <= before)


def test_by_the_clock_of_another_zone_it_is_open_at_other_moments() -> None:
    evening = at("2026-11-27 17:00")
    assert OPENING.is_open(evening, "America/New_York")
    assert OPENING.closes(evening, "America/New_York") == at("2026-11-27 19:00")
    assert OPENING.closes(evening, "Europe/Berlin") is None


def test_a_span_that_the_clock_leaves_out_is_none() -> None:
    night = Opening(read_week("Sun 02:00-03:00"))
    assert not night.is_open(at("2026-03-29 03:00"), "Europe/Berlin")  # put forward from 2 to 3
    assert night.next_open(at("2026-03-28 12:00"), "Europe/Berlin") == at("2026-04-05 02:00")
    assert night.is_open(at("2026-10-25 02:30"), "Europe/Berlin")


@given(
    SOME_WEEKS,
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from(("Asia/Tehran", "Europe/Berlin", "UTC")),
)
def test_what_is_open_next_is_open_and_nothing_before_it(week: Week, moment: datetime, zone: str) -> None:
    opening, moment = Opening(week), moment.replace(tzinfo=UTC)
    opens = opening.next_open(moment, zone)
    assert (opens is None) is (not week)
    if opens is not None:
        assert opens >= moment
        assert opening.is_open(opens, zone)
        assert (opens == moment) is opening.is_open(moment, zone)
        closes = opening.closes(opens, zone)
        if closes is not None:
            assert closes > opens
            assert opening.is_open(closes - timedelta(microseconds=1), zone)
            assert not opening.is_open(closes, zone)


def test_a_holiday_of_one_year_is_none_of_another() -> None:
    good_friday = read_holiday("2026-04-03", Calendar.GREGORIAN, "DE")
    assert good_friday.falls_on(date(2026, 4, 3))
    assert not good_friday.falls_on(date(2027, 4, 3))
    assert good_friday.next_day(date(2026, 4, 4)) is None
