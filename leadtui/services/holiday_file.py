"""Holidays out of a calendar file (iCalendar, RFC 5545), as firms and states publish them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from leadtui.domain.holiday import Holiday, once
from leadtui.errors import Unreadable
from leadtui.language.calendar import Calendar
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.small_file import read_small_file

if TYPE_CHECKING:
    from icalendar import Event

YEARS_AHEAD = 5
"""How far days are worked out that come again by another rule than the date."""

_LONGEST = 31
"""Days of one entry: what is longer is no holiday."""


@dataclass(frozen=True, slots=True)
class HolidaysRead:
    """What a file holds: the days from `since` on; how many are over, and how many entries are no whole days."""

    holidays: tuple[Holiday, ...]
    over: int = 0
    not_whole_days: int = 0


def content_of(file: Path) -> bytes:
    """What is in a file that a person names. Raises Unreadable."""
    try:
        return read_small_file(file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unreadable(
            _("{file} cannot be read: {reason}.").format(file=safe(str(file)), reason=reason)
        ) from error


def read_holiday_file(content: bytes, since: date) -> HolidaysRead:
    """The holidays of a calendar file: entries of whole days. One that comes every year on its date is one of every year.

    Raises Unreadable where it is no calendar.
    """
    from icalendar import Calendar as CalendarFile  # a tenth of a second to import

    try:
        events = cast("Any", CalendarFile.from_ical(content)).walk("VEVENT")
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise Unreadable(_("This is no calendar file; save it as iCalendar (.ics).")) from error
    found: dict[Holiday, None] = {}
    over = other = 0
    for event in cast("list[Event]", events):
        days = _days(event, since)
        if days is None:
            other += 1
            continue
        kept = [each for each in days if each.year is None or (each.next_day(since) is not None)]
        found |= dict.fromkeys(kept)
        over += not kept
    return HolidaysRead(tuple(found), over, other)


def _days(event: Event, since: date) -> list[Holiday] | None:
    """The days of an entry; None where it is of hours, or was called off."""
    begin = _value(event, "DTSTART")
    if not isinstance(begin, date) or isinstance(begin, datetime):
        return None
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    end = _value(event, "DTEND")
    length = (end - begin).days if isinstance(end, date) and not isinstance(end, datetime) else 1
    if not 0 <= length <= _LONGEST:
        return None
    title = str(event.get("SUMMARY", ""))
    days = [begin + timedelta(days=each) for each in range(max(length, 1))]
    rule = cast("dict[str, Any] | None", event.get("RRULE"))
    if rule is None:
        return [once(each, title) for each in days]
    if _is_every_year(rule):
        return [
            Holiday(Calendar.GREGORIAN, each.month, each.day, None, once(each, title).title) for each in days
        ]
    return [once(first + (each - begin), title) for first in _again(event, begin, since) for each in days]


def _value(event: Event, name: str) -> object:
    return getattr(event.get(name), "dt", None)


def _is_every_year(rule: dict[str, Any]) -> bool:
    """Whether it comes every year on its date without end."""
    return set(rule) <= {"FREQ", "INTERVAL", "WKST", "BYMONTH", "BYMONTHDAY"} and (
        rule["FREQ"] == ["YEARLY"] and rule.get("INTERVAL", [1]) == [1]
    )


def _again(event: Event, begin: date, since: date) -> Iterator[date]:
    """The days on which an entry comes again by its rule, in the years that are worked out."""
    from dateutil.rrule import rrulestr

    last = datetime(since.year + YEARS_AHEAD, 12, 31)
    rule = event.get("RRULE").to_ical().decode().split(";")
    # Whole days have no zone, and an end that names one is its day.
    plain = ";".join(each[: len("UNTIL=20261231")] if each.startswith("UNTIL=") else each for each in rule)
    left_out = {getattr(each, "dt", None) for each in getattr(event.get("EXDATE"), "dts", ())}
    try:
        moments = rrulestr(plain, dtstart=datetime(begin.year, begin.month, begin.day))
        for moment in moments.xafter(datetime(since.year, 1, 1), inc=True):
            if moment > last:
                return
            if moment.date() not in left_out:
                yield moment.date()
    except (ValueError, TypeError):
        yield begin
