"""A filter of all customers, told in a few words."""

from __future__ import annotations

from datetime import datetime, timedelta

from leadtui.domain.view import LeadFilter
from leadtui.language import calendar
from leadtui.language.translate import _
from leadtui.services.desk import Desk


def filter_words(chosen: LeadFilter, desk: Desk) -> str:
    """What the filter lets through, such as "New, Follow-up · me · Tehran"."""
    definitions = desk.definitions
    statuses = [each.title for each in definitions.statuses if each.id in chosen.status_ids]
    owners = [
        _("me") if each.id == desk.actor.id else each.name
        for each in definitions.colleagues
        if each.id in chosen.owner_ids
    ]
    channels = [each.title for each in definitions.channels if each.id in chosen.channel_ids]
    parts = [
        ([_("New")] if chosen.without_status else []) + statuses,
        ([_("nobody's")] if chosen.without_owner else []) + owners,
        sorted(chosen.cities),
        channels,
        _dates(chosen, desk),
    ]
    return " · ".join(_(", ").join(part) for part in parts if part)


def _dates(chosen: LeadFilter, desk: Desk) -> list[str]:
    words: list[str] = []
    if chosen.entered_from is not None:
        words.append(_("from {day}").format(day=_day(chosen.entered_from, desk)))
    if chosen.entered_before is not None:
        last = chosen.entered_before - timedelta(microseconds=1)
        words.append(_("until {day}").format(day=_day(last, desk)))
    return words


def _day(at: datetime, desk: Desk) -> str:
    return calendar.show_date(at, desk.calendar, desk.language, zone=desk.workspace.zone, style="numeric")
