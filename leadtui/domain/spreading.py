"""Moments spread over a span of time: many reminders that do not all come at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from leadtui.domain.follow_up import REMINDER_FIELD, passed
from leadtui.domain.opening import Opening
from leadtui.domain.week import Span, Week
from leadtui.domain.workspace import Workspace
from leadtui.errors import Invalid
from leadtui.language.clock import WORK_HOURS
from leadtui.language.translate import _

AT_SOONEST = timedelta(minutes=2)
"""What is spread from a moment that has passed, or has nearly come, begins after so much more time."""


def spread(count: int, begin: datetime, end: datetime, zone: str, hours: Opening) -> list[datetime]:
    """So many moments (aware UTC, whole minutes), evenly over the hours of work between two aware moments, in order.

    The first is where these begin. Where nobody works between the two at all, they are meant as they were said.
    """
    spans = _open_spans(begin, end, zone, hours) or [(begin, max(begin, end))]
    step = sum((to - since for since, to in spans), timedelta()) / max(1, count)
    moments: list[datetime] = []
    place, before = 0, timedelta()
    for number in range(count):
        at = step * number
        while place < len(spans) - 1 and at - before >= spans[place][1] - spans[place][0]:
            before += spans[place][1] - spans[place][0]
            place += 1
        moment = (spans[place][0] + (at - before)).astimezone(UTC).replace(second=0, microsecond=0)
        moments.append(max(moment, spans[place][0].astimezone(UTC)))
    return moments


def span_to_come(begin: datetime, end: datetime, now: datetime) -> tuple[datetime, datetime]:
    """What is still to come of a span (all aware): today from nine to five is from now on at ten.

    Raises Invalid beside the reminder where it has passed, or ends before it begins.
    """
    if end < begin:
        raise Invalid(_("The span ends before it begins."), REMINDER_FIELD)
    if end < now + AT_SOONEST:
        raise passed()
    return max(begin, now + AT_SOONEST), end


def hours_of(workspace: Workspace) -> Opening:
    """When the workspace works: by its week, else when its customers are rung, else the usual hours but on holidays."""
    for each in (workspace.work, workspace.calls):
        if each.week:
            return each
    return Opening(_USUAL, workspace.work.holidays)


_USUAL = Week(
    ((Span(WORK_HOURS.begin.hour * 60, WORK_HOURS.end.hour * 60),),) * 7,
)


def _open_spans(
    begin: datetime, end: datetime, zone: str, hours: Opening
) -> Sequence[tuple[datetime, datetime]]:
    spans: list[tuple[datetime, datetime]] = []
    opens = hours.next_open(begin, zone)
    while opens is not None and opens < end:
        closes = hours.closes(opens, zone) or end
        spans.append((opens, min(closes, end)))
        opens = hours.next_open(closes, zone)
    return spans
