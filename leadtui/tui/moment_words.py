"""What a typed moment was understood as, told back in full while it is typed."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.moment import parse_moment
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.services.desk import Desk

EXAMPLES = "tomorrow 10 · +2d · sat 9:30 · فردا ساعت ۱۰"
"""What the placeholder of a moment shows."""


def read_future(typed: str, desk: Desk) -> datetime | None:
    """The moment to come that was typed, aware UTC; None where there is none or it has passed."""
    moment = parse_moment(clean(typed), now=desk.now(), zone=desk.workspace.zone, calendar=desk.calendar)
    return moment if moment is not None and moment > desk.now() else None


def echo(typed: str, desk: Desk) -> Content:
    """The moment in full in the desk's calendar, in the other one, and how far away it is; or why there is none."""
    if not typed.strip():
        return Content("")
    now, zone = desk.now(), desk.workspace.zone
    moment = parse_moment(clean(typed), now=now, zone=zone, calendar=desk.calendar)
    if moment is None:
        return Content.styled(
            _("Not understood; type such as tomorrow 10, +2d or 1403/07/08 16:00."), "$late"
        )
    if moment <= now:
        return Content.styled(_("That time has passed; a reminder needs a time to come."), "$late")
    other = Calendar.GREGORIAN if desk.calendar is Calendar.JALALI else None
    parts = [f"{calendar.show_date(moment, desk.calendar, desk.language, zone=zone, style='long')}"]
    parts[0] += f" {calendar.show_time(moment, desk.language, zone)}"
    if other is not None:
        parts.append(calendar.show_date(moment, other, desk.language, zone=zone, style="long"))
    parts.append(calendar.show_relative(moment, now, desk.language))
    return Content.styled("✓ " + " · ".join(parts), "$gained")
