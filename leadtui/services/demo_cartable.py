"""The cartable that the demonstration begins with: customers who wait for every reason that there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Situation:
    """Why one customer waits. Times are aware UTC; without `due` nobody is reminded.

    Nobody has `called` a customer who has only just come into the cartable; `handed_on` is one whom a
    colleague gave to the person. A reminder that was `rung` was seen when it was due, one `snoozed_to` a
    time was moved there, one that is `done` was ended.
    """

    due: datetime | None = None
    promised: bool = False
    called: bool = True
    handed_on: bool = False
    rung: bool = False
    snoozed_to: datetime | None = None
    done: bool = False


def situations(now: datetime, zone: str) -> tuple[Situation, ...]:
    """The customers of the cartable as of `now` (aware UTC), the most telling ones first."""
    minute = now.replace(second=0, microsecond=0)
    quarter = minute - timedelta(minutes=minute.minute % 15)
    today = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)

    def minutes(count: int) -> datetime:
        return minute + timedelta(minutes=count)

    def hours(count: float) -> datetime:
        return quarter + timedelta(hours=count)

    def on_day(days: int, hour: int, minute: int = 0) -> datetime:
        return (today + timedelta(days=days, hours=hour, minutes=minute)).astimezone(now.tzinfo)

    never_called = Situation(called=False)
    waiting = Situation()
    return (
        Situation(minutes(0), promised=True),
        never_called,
        Situation(minutes(25)),
        Situation(minutes(-12), rung=True),
        Situation(hours(3), handed_on=True),
        Situation(minutes(-26 * 60)),
        Situation(on_day(1, 10)),
        waiting,
        never_called,
        Situation(minutes(8)),
        Situation(minutes(40), promised=True),
        Situation(minutes(-3 * 60)),
        Situation(minutes(-4 * 60), snoozed_to=hours(1.75)),
        Situation(on_day(2, 11)),
        Situation(minutes(-30 * 60), done=True),
        never_called,
        Situation(minutes(-25), promised=True, rung=True),
        Situation(minutes(2), handed_on=True),
        Situation(hours(5)),
        Situation(on_day(1, 11, 30), promised=True),
        Situation(on_day(3, 16), handed_on=True),
        waiting,
        never_called,
        Situation(on_day(1, 15), handed_on=True),
        Situation(on_day(6, 9, 30)),
        Situation(minutes(-54 * 60), done=True),
        never_called,
    )
