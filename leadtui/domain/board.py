"""What the board of a team counts, and the list of customers behind each of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Figure(StrEnum):
    """What is counted of each colleague, in the order of the board."""

    CALLS = "calls"
    REACHED = "reached"
    WORKED = "worked"
    MEETINGS = "meetings"
    LEFT = "left"
    """For today, and not done."""
    OVERDUE = "overdue"
    MISSED = "missed"
    UNTOUCHED = "untouched"
    FIRST_CONTACT = "first-contact"
    """Who came in during the period and was contacted; of them the time that it took is shown."""


class Concern(StrEnum):
    """What needs somebody, in the order of the board."""

    UNHEARD = "unheard"
    """Reminders that are due with a colleague who does not work here any more."""
    PROMISED = "promised"
    """Calls that were promised and are overdue."""
    NOBODYS = "nobodys"
    """New leads in nobody's cartable."""
    LEFT_BEHIND = "left-behind"
    """Customers of a colleague who does not work here any more."""
    STALLED = "stalled"
    """Customers whose work has stopped: nobody contacts them, and nobody is reminded of them."""
    RETURNED = "returned"
    """Customers who were given back with a reason, and whom nobody has worked on or given on since."""
    UNPLANNED = "unplanned"
    """Open customers in a cartable who were left without a next step, and for whom nothing is planned since."""
    NO_OUTCOME = "no-outcome"
    """Customers who were rung and given no status since."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The customers whom a number of the board counts: of a colleague, or of all of them for None.

    What was done is that of the days from `first` to `last` of the workspace's zone; what is left and needs somebody
    is as of `at` (aware UTC).
    """

    what: Figure | Concern
    person_id: int | None
    first: date
    last: date
    at: datetime
