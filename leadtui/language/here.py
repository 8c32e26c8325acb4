"""Where and when a line about a time is typed: what *tomorrow*, *9* and *3/5* are relative to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from leadtui.language.calendar_days import counts, to_parts
from leadtui.language.calendar_names import WEEK_AS_USUAL, Calendar
from leadtui.language.clock import WORK_HOURS, WorkHours
from leadtui.language.repetition import WorkingDays


@dataclass(frozen=True, slots=True)
class Here:
    """What a line is relative to: `now` is aware, and kept as what the clocks of `zone` show.

    Months are counted in `calendar`, days and months stand in the order of `region` (ISO 3166).
    """

    now: datetime
    zone: str
    calendar: Calendar
    region: str = ""
    hours: WorkHours = WORK_HOURS
    """Those of work: a bare hour is one of them."""
    working_days: WorkingDays | None = None
    """None where people of the region differ about them."""
    week_start: int = WEEK_AS_USUAL
    """The weekday (Monday 0) on which weeks begin."""

    def __post_init__(self) -> None:
        """Take the clock of the zone."""
        object.__setattr__(self, "now", self.now.astimezone(ZoneInfo(self.zone)))

    @property
    def years(self) -> frozenset[int]:
        """This year and those beside it, in each calendar: such figures are no time of day."""
        today = self.now.date()
        present = (to_parts(today, each)[0] for each in Calendar if counts(each, today))
        return frozenset(year + near for year in present for near in (-1, 0, 1))
