"""Trying again whoever was not reached: after how long, how often at the most, and what then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from leadtui.domain.opening import NOTHING_DEFINED, Opening

LONGEST_WAIT = 30 * 24 * 60
MOST_ATTEMPTS = 99
"""What a rule may say at the most: minutes until the next attempt, and attempts."""

EARLIEST, LATEST = time(8), time(20)
"""Between these hours an attempt is planned where no call windows are defined: nobody is to be rung at night."""

TIMES_OF_DAY = (time(10), time(13), time(16))
"""When somebody is tried at another time of the day: one in the morning, one at noon, one in the afternoon."""


class RetryPace(StrEnum):
    """How the next attempt follows the one before."""

    NO = "no"
    FIXED = "fixed"
    GROWING = "growing"
    OTHER_TIME = "other-time"


@dataclass(frozen=True, slots=True)
class RetryRule:
    """What a status plans for somebody who was not reached; with the pace *no* it plans nothing.

    The next attempt comes `after_minutes`: always, twice as late with each attempt, or then at another time of the
    day. After the attempt that is the `most`-th, the lead is given the status with the key `then_status` (it stays
    as it is for ""), and leaves every cartable where `releases` is set.
    """

    pace: RetryPace = RetryPace.NO
    after_minutes: int = 120
    most: int = 5
    then_status: str = ""
    releases: bool = False

    def __bool__(self) -> bool:
        """Whether anything is planned at all."""
        return self.pace is not RetryPace.NO

    def next_attempt(
        self, attempts: int, now: datetime, zone: str, calls: Opening = NOTHING_DEFINED
    ) -> datetime | None:
        """When (UTC) to try again after so many attempts, the one of `now` (aware) included; None after the last.

        By the clock of the IANA `zone`: when `calls` are open there, by day where it has no week.
        """
        if not self or attempts >= self.most:
            return None
        doubled = attempts - 1 if self.pace is RetryPace.GROWING else 0
        local = ZoneInfo(zone)
        earliest = now + timedelta(minutes=min(self.after_minutes * 2**doubled, LONGEST_WAIT))
        earliest = earliest.astimezone(local)
        if self.pace is RetryPace.OTHER_TIME:
            candidates = _other_times(now.astimezone(local), earliest)
            wanted = next((each for each in candidates if calls.is_open(each, zone)), candidates[0])
        else:
            wanted = earliest if calls.week else _by_day(earliest)
        opens = calls.next_open(wanted, zone) if calls.week else None
        return (opens or wanted).astimezone(UTC)


NO_RETRY = RetryRule()
"""Plans nothing."""


def _by_day(moment: datetime) -> datetime:
    """The moment where it is by day, else the next morning's first."""
    if moment.time() < EARLIEST:
        return _at(moment, 0, EARLIEST)
    return moment if moment.time() <= LATEST else _at(moment, 1, EARLIEST)


def _other_times(now: datetime, earliest: datetime) -> list[datetime]:
    """The times of day of a week from `earliest` on, but for the one nearest to `now`."""
    nearest = min(TIMES_OF_DAY, key=lambda each: abs(_minutes(each) - _minutes(now.time())))
    times = (_at(earliest, days, each) for days in range(8) for each in TIMES_OF_DAY if each != nearest)
    return [each for each in times if each >= earliest]


def _at(moment: datetime, days: int, wanted: time) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=days), wanted, moment.tzinfo)


def _minutes(of_day: time) -> int:
    return of_day.hour * 60 + of_day.minute
