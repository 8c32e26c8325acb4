"""Whether a customer is rung at a moment: by the workspace's call windows on the customer's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from leadtui.domain.workspace import Workspace
from leadtui.language.local_zone import zone_of


@dataclass(frozen=True, slots=True)
class OutsideWindow:
    """That a customer is not rung at a moment. `zone` is the one whose clock counts, `opens` is UTC."""

    zone: str
    elsewhere: bool
    """Whether that clock shows another time than the workspace's."""
    opens: datetime | None
    """When it is open next; None where it stays closed."""
    holiday: str = ""
    """The holiday that it is there; "" for a day that is none, or has no name."""


def zone_of_customer(phone: str, city: str, workspace: Workspace) -> str:
    """The zone that a customer's number (E.164) or city tells, else the workspace's."""
    return zone_of(phone, city) or workspace.zone


def outside_window(workspace: Workspace, zone: str, at: datetime) -> OutsideWindow | None:
    """Why somebody in `zone` is not rung at that moment (aware); None where they are, or nothing is defined."""
    calls = workspace.calls
    if not calls.week or calls.is_open(at, zone):
        return None
    holiday = calls.holiday_on(calls.day_of(at, zone))
    return OutsideWindow(
        zone,
        clocks_differ(zone, workspace.zone, at),
        calls.next_open(at, zone),
        holiday.title if holiday else "",
    )


def clocks_differ(one: str, other: str, at: datetime) -> bool:
    """Whether the clocks of two zones show another time at that moment."""
    return at.astimezone(ZoneInfo(one)).utcoffset() != at.astimezone(ZoneInfo(other)).utcoffset()
