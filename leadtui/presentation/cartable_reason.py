"""The words of the cartable: its parts, how many are overdue, and in a few cells why each customer waits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from leadtui.domain.call_window import OutsideWindow
from leadtui.domain.cartable import CartableEntry, CartablePart, Urgency
from leadtui.domain.field import FormatContext
from leadtui.language.calendar import local_date, show_date, show_relative, show_time, weekday_name
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import P_, counted, npgettext, pgettext, show_number
from leadtui.presentation.formatter import DAYS_BY_NAME

if TYPE_CHECKING:
    from leadtui.services.cartable import CartableReason

LONGEST_HOLIDAY = 20
"""Cells of a holiday's name."""

URGENCY_GLYPHS: dict[Urgency, str] = {
    Urgency.OVERDUE: "▲",
    Urgency.SOON: "•",
    Urgency.ATTEMPT_DUE: "↻",
    Urgency.NEVER_CONTACTED: "○",
    Urgency.TODAY: " ",
    Urgency.LATER: " ",
    Urgency.WAITING: " ",
}
"""What stands before the reason, one cell each."""

_PART_TITLES: dict[CartablePart, str] = {
    CartablePart.TODAY: P_("part", "today"),
    CartablePart.OVERDUE: P_("part", "overdue"),
    CartablePart.UPCOMING: P_("part", "upcoming"),
    CartablePart.NEVER_CALLED: P_("part", "never called"),
    CartablePart.NOTHING_PLANNED: P_("part", "nothing planned"),
}


def part_titles() -> dict[CartablePart, str]:
    """The parts in the order in which they are shown, each in a word or two."""
    return {part: pgettext("part", title) for part, title in _PART_TITLES.items()}


def overdue_words(count: int) -> str:
    """How many customers of a cartable are overdue; nothing for none."""
    return (
        npgettext("reminder", "{n} overdue", "{n} overdue", count).format(n=counted(count)) if count else ""
    )


def elsewhere_words(count: int) -> str:
    """How many due reminders concern customers in other cartables; nothing for none."""
    words = npgettext("reminder", "{n} due elsewhere", "{n} due elsewhere", count)
    return words.format(n=counted(count)) if count else ""


def why(reason: CartableReason, context: FormatContext) -> str:
    """Why the customer waits, as of the moment and the day of `context`: `12 min late`, `promised 10:45`.

    At most 14 cells in English, but for days of another year.
    """
    next_at = reason.entry.next_at
    if reason.outside is not None:
        return not_now(reason.outside, context)
    if next_at is None:
        if reason.urgency is Urgency.NEVER_CONTACTED:
            return pgettext("reason", "never called")
        return _waiting(reason.entry, context)
    if reason.urgency is Urgency.ATTEMPT_DUE:
        return pgettext("reason", "try again")
    if reason.entry.promised:
        return _promised(next_at, context)
    match reason.urgency:
        case Urgency.OVERDUE | Urgency.SOON:
            if abs(next_at - context.now).total_seconds() < 30:
                return pgettext("reason", "due now")
            return show_relative(next_at, context.now, context.language, context.zone, due=True)
        case _:
            return _coming(next_at, context)


def not_now(outside: OutsideWindow, context: FormatContext) -> str:
    """Why somebody is not rung now: for which holiday, or what time it is there, else when it is open again."""
    if outside.holiday:
        return ellipsize(safe(outside.holiday), LONGEST_HOLIDAY)
    if outside.elsewhere:
        return their_time(outside.zone, context)
    if outside.opens is None:
        return pgettext("reason", "closed")
    return pgettext("reason", "opens {when}").format(when=_opening(outside.opens, context))


def their_time(zone: str, context: FormatContext) -> str:
    """What the clock of somebody in `zone` shows."""
    return pgettext("reason", "their {time}").format(time=show_time(context.now, context.language, zone))


def _opening(moment: datetime, context: FormatContext) -> str:
    """The hour of today, else the day."""
    ahead = context.days_ahead(moment)
    if ahead == 0:
        return show_time(moment, context.language, context.zone)
    if ahead < DAYS_BY_NAME:
        return _weekday(moment, context, short=True)
    return show_date(moment, context.calendar, context.language, zone=context.zone)


def _waiting(entry: CartableEntry, context: FormatContext) -> str:
    """For how many days the customer has been in the cartable without a reminder."""
    days = 0 if entry.owner_at is None else -context.days_ahead(entry.owner_at)
    if days <= 0:
        return pgettext("reason", "waiting")
    words = npgettext("reason", "waits {n} day", "waits {n} days", days)
    return words.format(n=show_number(days, context.language))


def _promised(moment: datetime, context: FormatContext) -> str:
    """A promise with its hour if it is for today, else with its weekday while that says the day."""
    ahead = context.days_ahead(moment)
    if ahead == 0:
        return pgettext("reason", "promised {when}").format(
            when=show_time(moment, context.language, context.zone)
        )
    if abs(ahead) < DAYS_BY_NAME:
        return pgettext("reason", "promised {when}").format(when=_weekday(moment, context, short=True))
    return pgettext("reason", "promised")


def _coming(moment: datetime, context: FormatContext) -> str:
    """A time to come: with its hour today, a weekday within a week, then the date."""
    ahead = context.days_ahead(moment)
    if ahead == 0:
        return pgettext("moment", "today {time}").format(
            time=show_time(moment, context.language, context.zone)
        )
    if ahead == 1:
        return pgettext("moment", "tomorrow")
    if ahead < DAYS_BY_NAME:
        return _weekday(moment, context, short=False)
    today = local_date(context.now, context.zone)
    return show_date(moment, context.calendar, context.language, zone=context.zone, today=today)


def _weekday(moment: datetime, context: FormatContext, *, short: bool) -> str:
    return weekday_name(local_date(moment, context.zone).weekday(), context.language, short=short)
