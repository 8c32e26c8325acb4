"""What somebody did to a customer, as one sentence for whom it concerns: who, what, when."""

from __future__ import annotations

from datetime import datetime

from leadtui.domain.lead import Activity, ActivityKind, Lead
from leadtui.language import calendar
from leadtui.language.phone import show_phone
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _
from leadtui.services.session import Session

NAME_WIDTH = 40
"""Cells that a name from data takes at most within a sentence."""


def deed(session: Session, activity: Activity, lead: Lead) -> str:
    """Who did that to the lead, and when, in the person's zone and calendar: `Sara set Meeting on … at 10:41.`"""
    detail = activity.detail
    if detail.source and activity.kind in (ActivityKind.EDITED, ActivityKind.TOUCHED, ActivityKind.CREATED):
        words = _("The import of {source} changed {name} {when}.")
    elif activity.kind is ActivityKind.STATUS_SET:
        words = (
            _("You set {status} on {name} {when}.")
            if activity.actor_id == session.actor.id
            else _("{who} set {status} on {name} {when}.")
        )
    elif activity.kind is ActivityKind.TRANSFERRED:
        words = _("{who} gave {name} to {owner} {when}.")
    elif activity.kind is ActivityKind.REMINDER_MOVED:
        words = _("{who} moved the reminder of {name} {when}.")
    elif activity.kind is ActivityKind.UNDONE:
        words = _("{who} took back a step on {name} {when}.")
    elif activity.actor_id == session.actor.id:
        words = _("You changed {name} {when}.")
    else:
        words = _("{who} changed {name} {when}.")
    return words.format(
        who=who(session, activity.actor_id),
        name=name_of(session, lead),
        status=_short(detail.status_to),
        owner=person(session, detail.owner_to_id),
        source=_short(detail.source),
        when=at_words(session, activity.at),
    )


def at_words(session: Session, at: datetime) -> str:
    """When something was, within a sentence: `at 10:41` today, else `on Sat 14 Mehr 10:41`."""
    zone = session.workspace.zone
    if calendar.local_date(at, zone) == calendar.local_date(session.now(), zone):
        return _("at {time}").format(time=calendar.show_time(at, session.language, zone))
    return _("on {moment}").format(moment=moment_words(session, at))


def moment_words(session: Session, at: datetime) -> str:
    """A moment as near as it is."""
    return calendar.show_moment(at, session.calendar, session.language, session.workspace.zone, session.now())


def name_of(session: Session, lead: Lead) -> str:
    """How a customer is called within a sentence: by name, else by number."""
    shown = show_phone(lead.phone, session.workspace.region) if lead.phone else ""
    return _short(lead.name or shown) or _("this customer")


def who(session: Session, user_id: int | None) -> str:
    """Who did something, at the beginning of a sentence."""
    if user_id is None:
        return "leadtui"
    return _("You") if user_id == session.actor.id else person(session, user_id)


def person(session: Session, user_id: int | None) -> str:
    """A colleague by name; the one who reads it, and nobody, by words."""
    if user_id is None:
        return _("nobody")
    if user_id == session.actor.id:
        return _("you")
    found = session.definitions.colleague(user_id)
    return _short(found.name) if found else _("somebody")


def _short(text: str) -> str:
    return ellipsize(safe(text), NAME_WIDTH)
