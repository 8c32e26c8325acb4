"""A rule by which a time comes again: every Saturday at 9, every second week, the 15th of every month of any calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo

from leadtui.language.calendar_days import counts, from_parts, to_parts
from leadtui.language.calendar_names import Calendar
from leadtui.language.dates import to_utc
from leadtui.language.time_words import Unit

LAST_DAY = -1
"""As the day of a month: the last one, whichever it is."""

LONGEST_HOLIDAYS = 60
"""Days among which the next working one is looked for."""

MOST_STEPS = {Unit.DAY: 366, Unit.WEEK: 52, Unit.MONTH: 12}
"""What is counted, and so many of it at the most lie between two times."""


class WorkingDays(Protocol):
    """On which days one works."""

    def works_on(self, day: date) -> bool:
        """Whether one works on that day."""
        ...

    def would_work_on(self, day: date) -> bool:
        """Whether one works on that day where it is no holiday."""
        ...


class _EveryDay:
    """One works on every day."""

    def works_on(self, day: date) -> bool:
        """Always."""
        del day
        return True

    would_work_on = works_on


EVERY_DAY: WorkingDays = _EveryDay()
"""Those of somebody who takes no day off."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """Every `step`-th day, week or month from `begin` on, a naive wall clock whose time of day is that of each.

    Of a week the times come on its `weekdays` (Monday 0), in their order; of a month of `calendar` on its `month_day`,
    which is the month's last one where it has no such day. With `on_workdays` they come on each day on which one works, as
    that is known at the time. What else falls on a holiday on which one would work comes on the next working day; a day
    off that was named is meant.
    """

    unit: Unit
    begin: datetime
    step: int = 1
    weekdays: tuple[int, ...] = ()
    month_day: int = 0
    calendar: Calendar = Calendar.GREGORIAN
    on_workdays: bool = False

    def due_after(self, moment: datetime, zone: str, days: WorkingDays) -> datetime | None:
        """Return the first time after `moment` (aware), in UTC, by the clocks of the IANA `zone`.

        None where there is no more: the Hijri calendar is known to 2077, and one may not work for over a year.
        """
        local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        # A time that a clock change leaves out comes later than its clock says.
        for wall in islice(self._walls(local - timedelta(hours=3)), MOST_STEPS[Unit.DAY]):
            left_out = self.on_workdays and not days.works_on(wall.date())
            if not left_out and to_utc(wall.date(), wall.time(), zone) > moment.astimezone(UTC):
                return to_utc(_worked(wall.date(), days), wall.time(), zone)
        return None

    def _walls(self, after: datetime) -> Iterator[datetime]:
        """Yield the wall clocks after that one."""
        if self.unit is Unit.MONTH and self.calendar is not Calendar.GREGORIAN:
            days = self._days_of_months(after.date())
            walls = (datetime.combine(day, self.begin.time()) for day in days)
            return (wall for wall in walls if wall >= self.begin and wall > after)
        return self._by_rrule(after)

    def _by_rrule(self, after: datetime) -> Iterator[datetime]:
        # It is slow to import, and most desks never need it.
        from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

        match self.unit:
            case Unit.WEEK:
                # A week begins with the first time, so that no two days of one are torn apart.
                rule = rrule(
                    WEEKLY,
                    self.begin,
                    self.step,
                    wkst=self.begin.weekday(),
                    byweekday=self.weekdays or self.begin.weekday(),
                )
            case Unit.MONTH:
                last = 31 if self.month_day == LAST_DAY else self.month_day
                days = range(min(last, 28), last + 1)
                rule = rrule(MONTHLY, self.begin, self.step, bymonthday=days, bysetpos=-1)
            case _:
                rule = rrule(DAILY, self.begin, self.step)
        return rule.xafter(after)

    def _days_of_months(self, after: date) -> Iterator[date]:
        """Yield the day of each month of the calendar, from the month before that of `after` on."""
        if not counts(self.calendar, self.begin.date()):
            return
        year, month, _day = to_parts(self.begin.date(), self.calendar)
        place = year * 12 + month - 1
        # Some days of the sun are more than a month of the moon: the count is never ahead.
        place += max(0, (after - self.begin.date()).days // 31 - 1) // self.step * self.step
        while (day := self._day_of(*divmod(place, 12))) is not None:
            yield day
            place += self.step

    def _day_of(self, year: int, month: int) -> date | None:
        last = 31 if self.month_day == LAST_DAY else self.month_day
        tried = (from_parts(year, month + 1, day, self.calendar) for day in range(last, last - 3, -1))
        return next((day for day in tried if day), None)


def _worked(day: date, days: WorkingDays) -> date:
    """Return the day, or for a holiday on which one would work the next on which one does; itself where that is far."""
    if days.works_on(day) or not days.would_work_on(day):
        return day
    ahead = (day + timedelta(days=later) for later in range(1, LONGEST_HOLIDAYS))
    return next((each for each in ahead if days.works_on(each)), day)


def kept_text(repetition: Repetition) -> str:
    """Return the rule as iCalendar writes it (RFC 5545; RFC 7529 for months of other calendars).

    That it comes on working days is a property of our own: a program that does not know it takes the rule for a daily one.
    """
    rule = [f"FREQ={_FREQUENCIES[repetition.unit]}"]
    if repetition.step > 1:
        rule.append(f"INTERVAL={repetition.step}")
    if repetition.unit is Unit.WEEK:
        rule.append(f"WKST={_WEEKDAYS[repetition.begin.weekday()]}")
        rule.append("BYDAY=" + ",".join(_WEEKDAYS[day] for day in repetition.weekdays))
    if repetition.unit is Unit.MONTH:
        rule.insert(0, f"RSCALE={_SCALES[repetition.calendar]}")
        rule += [f"BYMONTHDAY={repetition.month_day}", "SKIP=BACKWARD"]
    days = f"\n{_ON_WORKDAYS}" if repetition.on_workdays else ""
    return f"DTSTART:{repetition.begin:%Y%m%dT%H%M%S}\nRRULE:{';'.join(rule)}{days}"


def read_kept(text: str) -> Repetition | None:
    """Return the rule that `kept_text` wrote; None for an empty text, and for what it did not write."""
    kept = _KEPT.fullmatch(text)
    if kept is None:
        return None
    parts = dict(part.split("=") for part in kept["rule"].split(";"))
    try:
        repetition = Repetition(
            next(unit for unit, name in _FREQUENCIES.items() if name == parts["FREQ"]),
            datetime.strptime(kept["begin"], "%Y%m%dT%H%M%S"),
            int(parts.get("INTERVAL", "1")),
            tuple(_WEEKDAYS.index(day) for day in parts.get("BYDAY", "").split(",") if day),
            int(parts.get("BYMONTHDAY", "0")),
            next(each for each, name in _SCALES.items() if name == parts.get("RSCALE", "GREGORIAN")),
            kept["workdays"] is not None,
        )
    except (ValueError, KeyError, StopIteration):
        return None
    return repetition if kept_text(repetition) == text else None


_FREQUENCIES = {Unit.DAY: "DAILY", Unit.WEEK: "WEEKLY", Unit.MONTH: "MONTHLY"}
_SCALES = {
    Calendar.GREGORIAN: "GREGORIAN",
    Calendar.JALALI: "PERSIAN",
    Calendar.HIJRI: "ISLAMIC-UMALQURA",
}
"""The names of the calendars in the CLDR."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ON_WORKDAYS = "X-LEADTUI-DAYS:WORKING"
_KEPT = re.compile(
    r"DTSTART:(?P<begin>\d{8}T\d{6})\nRRULE:(?P<rule>[A-Z]+=[-A-Z0-9,]+(?:;[A-Z]+=[-A-Z0-9,]+)*)"
    rf"(?P<workdays>\n{_ON_WORKDAYS})?"
)
