"""When something is open: by the week and the holidays, on the wall clock of any zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain

from leadtui.domain.holiday import Holiday, kept_holiday
from leadtui.domain.week import MIDNIGHT, Span, Week, kept_week
from leadtui.language.calendar import local_date
from leadtui.language.dates import to_utc
from leadtui.language.moment import workweeks

FARTHEST = 400
"""Days in which the next opening is looked for: who is closed longer does not open."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A week without its holidays. Moments are aware; zones are IANA names."""

    week: Week
    holidays: tuple[Holiday, ...] = ()
    _holiday_by_day: dict[date, Holiday | None] = field(
        default_factory=dict[date, Holiday | None], init=False, repr=False, compare=False
    )

    def holiday_on(self, day: date) -> Holiday | None:
        """The holiday that the day is."""
        if day not in self._holiday_by_day:
            holiday = next((each for each in self.holidays if each.falls_on(day)), None)
            self._holiday_by_day[day] = holiday
        return self._holiday_by_day[day]

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on that day, none on a holiday. What runs past midnight into a holiday belongs to its eve."""
        return () if self.holiday_on(day) else self.week.days[day.weekday()]

    def works_on(self, day: date) -> bool:
        """Whether it opens on that day."""
        return bool(self.spans_on(day))

    def would_work_on(self, day: date) -> bool:
        """Whether the week opens on that day, be it a holiday or not."""
        return bool(self.week.days[day.weekday()])

    def day_of(self, moment: datetime, zone: str) -> date:
        """Whose day of the week a moment is: in a night that the week has for the day before, still that one."""
        today = local_date(moment, zone)
        eve = today - timedelta(days=1)
        night = _moments(self.week.days[eve.weekday()], eve, zone)
        return eve if any(begin <= moment < end for begin, end in night) else today

    def is_open(self, moment: datetime, zone: str) -> bool:
        """Whether it is open at that moment, by the wall clock of `zone`."""
        return self._span_at(moment, zone) is not None

    def next_open(self, moment: datetime, zone: str) -> datetime | None:
        """The first moment from that one on at which it is open (UTC); None where it does not open in over a year."""
        eve = local_date(moment, zone) - timedelta(days=1)
        for later in range(FARTHEST):
            for begin, end in self._spans(eve + timedelta(days=later), zone):
                if moment < end:
                    return max(begin, moment)
        return None

    def closes(self, moment: datetime, zone: str) -> datetime | None:
        """When what is open at that moment closes (UTC); None where it is closed, and where it stays open for a week."""
        at = moment
        while (span := self._span_at(at, zone)) is not None:
            at = span[1]
            if at - moment >= timedelta(weeks=1):
                return None
        return at if at > moment else None

    def after_open_time(self, moment: datetime, length: timedelta, zone: str) -> datetime | None:
        """When (UTC) it will have been open for so long from a moment on; None where that takes over a year."""
        eve, left = local_date(moment, zone) - timedelta(days=1), length
        for later in range(FARTHEST):
            for begin, end in self._spans(eve + timedelta(days=later), zone):
                open_for = max(end - max(begin, moment), timedelta())
                if open_for and open_for >= left:
                    return max(begin, moment) + left
                left -= open_for
        return None

    def before_open_time(self, moment: datetime, length: timedelta, zone: str) -> datetime | None:
        """The last moment (UTC) from which on it has been open for so long until that one; None for over a year ago."""
        today, left = local_date(moment, zone), length
        for earlier in range(FARTHEST):
            for begin, end in reversed(tuple(self._spans(today - timedelta(days=earlier), zone))):
                open_for = max(min(end, moment) - begin, timedelta())
                if open_for and open_for >= left:
                    return min(end, moment) - left
                left -= open_for
        return None

    def _span_at(self, moment: datetime, zone: str) -> tuple[datetime, datetime] | None:
        """Begin and end of what is open at that moment, which may have begun the day before."""
        today = local_date(moment, zone)
        spans = chain(self._spans(today - timedelta(days=1), zone), self._spans(today, zone))
        return next((each for each in spans if each[0] <= moment < each[1]), None)

    def _spans(self, day: date, zone: str) -> Iterator[tuple[datetime, datetime]]:
        return _moments(self.spans_on(day), day, zone)


NOTHING_DEFINED = Opening(Week())
"""Never open: whoever asks looks first whether there is a week."""


def usual_days(region: str, holidays: tuple[Holiday, ...]) -> Opening:
    """The days that are worked in a region (ISO 3166); where people differ about one it is worked."""
    days = workweeks(region)[-1]
    return Opening(Week(tuple((Span(0, MIDNIGHT),) if each in days else () for each in range(7))), holidays)


def _moments(spans: Iterable[Span], day: date, zone: str) -> Iterator[tuple[datetime, datetime]]:
    """Begin and end of each of the spans of a day."""
    for span in spans:
        begin, end = _moment(day, span.begin, zone), _moment(day, span.end, zone)
        if begin < end:  # else the clock was put forward over all of it
            yield begin, end


def _moment(day: date, minutes: int, zone: str) -> datetime:
    days, minute = divmod(minutes, MIDNIGHT)
    return to_utc(day + timedelta(days=days), time(*divmod(minute, 60)), zone)


@lru_cache(maxsize=16)
def kept_opening(week: str, holidays: tuple[str, ...]) -> Opening:
    """The opening of a week and holidays as a store keeps them; what cannot be read of them is left out."""
    return Opening(kept_week(week), tuple(filter(None, map(kept_holiday, holidays))))
