"""What a typed moment was understood as, told back in full while it is typed."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.moment import parse_moment
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.services.session import Session

EXAMPLES = "tomorrow 10 · +2d · sat 9:30 · فردا ساعت ۱۰"
"""What the placeholder of a moment shows."""


def read_future(typed: str, session: Session) -> datetime | None:
    """The moment to come that was typed, aware UTC; None where there is none or it has passed."""
    moment = parse_moment(
        clean(typed), now=session.now(), zone=session.workspace.zone, calendar=session.calendar
    )
    return moment if moment is not None and moment > session.now() else None


def echo(typed: str, session: Session) -> Content:
    """The moment in full in the desk's calendar, in the other one, and how far away it is; or why there is none."""
    if not typed.strip():
        return Content("")
    now, zone = session.now(), session.workspace.zone
    moment = parse_moment(clean(typed), now=now, zone=zone, calendar=session.calendar)
    if moment is None:
        return Content.styled(
            _("Not understood; type such as tomorrow 10, +2d or 1403/07/08 16:00."), "$late"
        )
    if moment <= now:
        return Content.styled(_("That time has passed; a reminder needs a time to come."), "$late")
    other = Calendar.GREGORIAN if session.calendar is Calendar.JALALI else None
    parts = [f"{calendar.show_date(moment, session.calendar, session.language, zone=zone, style='long')}"]
    parts[0] += f" {calendar.show_time(moment, session.language, zone)}"
    if other is not None:
        parts.append(calendar.show_date(moment, other, session.language, zone=zone, style="long"))
    parts.append(calendar.show_relative(moment, now, session.language))
    return Content.styled("✓ " + " · ".join(parts), "$gained")
