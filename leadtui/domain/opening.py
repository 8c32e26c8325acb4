"""When something is open: by the week and the holidays, on the wall clock of any zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from leadtui.domain.holiday import Holiday, kept_holiday
from leadtui.domain.week import MIDNIGHT, Span, Week, kept_week
from leadtui.language.calendar import local_date
from leadtui.language.dates import to_utc

FARTHEST = 400
"""Days in which the next opening is looked for: who is closed longer does not open."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A week without its holidays. Moments are aware; zones are IANA names."""

    week: Week
    holidays: tuple[Holiday, ...] = ()

    def holiday_on(self, day: date) -> Holiday | None:
        """The holiday that the day is."""
        return next((each for each in self.holidays if each.falls_on(day)), None)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The spans of that day, none on a holiday."""
        return () if self.holiday_on(day) else self.week.days[day.weekday()]

    def is_open(self, moment: datetime, zone: str) -> bool:
        """Whether it is open at that moment, by the wall clock of `zone`."""
        return any(begin <= moment < end for begin, end in self._spans(local_date(moment, zone), zone))

    def next_open(self, moment: datetime, zone: str) -> datetime | None:
        """The first moment from that one on at which it is open (UTC); None where it does not open in over a year."""
        today = local_date(moment, zone)
        for later in range(FARTHEST):
            for begin, end in self._spans(today + timedelta(days=later), zone):
                if moment < end:
                    return max(begin, moment)
        return None

    def closes(self, moment: datetime, zone: str) -> datetime | None:
        """When what is open at that moment closes (UTC); None where it is closed."""
        spans = self._spans(local_date(moment, zone), zone)
        return next((end for begin, end in spans if begin <= moment < end), None)

    def _spans(self, day: date, zone: str) -> Iterator[tuple[datetime, datetime]]:
        for span in self.spans_on(day):
            begin, end = _moment(day, span.begin, zone), _moment(day, span.end, zone)
            if begin < end:  # else the clock was put forward over all of it
                yield begin, end


NOTHING_DEFINED = Opening(Week())
"""Never open: whoever asks looks first whether there is a week."""


def _moment(day: date, minutes: int, zone: str) -> datetime:
    if minutes == MIDNIGHT:
        return to_utc(day + timedelta(days=1), time(), zone)
    return to_utc(day, time(*divmod(minutes, 60)), zone)


@lru_cache(maxsize=16)
def kept_opening(week: str, holidays: tuple[str, ...]) -> Opening:
    """The opening of a week and holidays as a store keeps them; what cannot be read of them is left out."""
    return Opening(kept_week(week), tuple(filter(None, map(kept_holiday, holidays))))
