"""What somebody did to a customer, as one sentence for whom it concerns: who, what, when."""

from __future__ import annotations

from datetime import datetime

from leadtui.domain.lead import Activity, ActivityKind, Lead
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import NAME_WIDTH, Formatter

_IMPORTED = (ActivityKind.EDITED, ActivityKind.TOUCHED, ActivityKind.CREATED)


def activity_sentence(activity: Activity, lead: Lead, formatter: Formatter) -> str:
    """Who did that to the lead, and when, in the person's zone and calendar: `Sara set Meeting on … at 10:41.`"""
    detail, mine = activity.detail, activity.actor_id == formatter.session.actor.id
    match activity.kind:
        case kind if detail.source and kind in _IMPORTED:
            words = _("The import of {source} changed {name} {when}.")
        case ActivityKind.STATUS_SET:
            words = (
                _("You set {status} on {name} {when}.") if mine else _("{who} set {status} on {name} {when}.")
            )
        case ActivityKind.TRANSFERRED:
            words = _given(detail.owner_to_id, formatter, mine=mine)
        case ActivityKind.REMINDER_MOVED:
            words = (
                _("You moved the reminder of {name} {when}.")
                if mine
                else _("{who} moved the reminder of {name} {when}.")
            )
        case ActivityKind.UNDONE:
            words = (
                _("You took back a step on {name} {when}.")
                if mine
                else _("{who} took back a step on {name} {when}.")
            )
        case _:
            words = _("You changed {name} {when}.") if mine else _("{who} changed {name} {when}.")
    return words.format(
        who=who(activity.actor_id, formatter),
        name=called(lead, formatter),
        status=brief(detail.status_to, NAME_WIDTH),
        owner=whom(detail.owner_to_id, formatter),
        source=brief(detail.source, NAME_WIDTH),
        when=when(activity.at, formatter),
    )


def _given(owner_id: int | None, formatter: Formatter, *, mine: bool) -> str:
    if owner_id is None:
        return _("You gave {name} to nobody {when}.") if mine else _("{who} gave {name} to nobody {when}.")
    if owner_id == formatter.session.actor.id:
        return _("You gave {name} to you {when}.") if mine else _("{who} gave {name} to you {when}.")
    return _("You gave {name} to {owner} {when}.") if mine else _("{who} gave {name} to {owner} {when}.")


def when(at: datetime, formatter: Formatter) -> str:
    """When something was, within a sentence: `at 10:41` today, else `on Sat 14 Mehr 10:41`."""
    if formatter.context.days_ahead(at) == 0:
        # Translators: it stands for {when}, where a sentence says when something was.
        return pgettext("when", "at {time}").format(time=formatter.time(at))
    # Translators: it stands for {when}, with a day of the calendar in {moment}.
    return pgettext("when", "on {moment}").format(moment=formatter.moment(at))


def called(lead: Lead, formatter: Formatter) -> str:
    """How a customer is called within a sentence: by name, else by number."""
    return brief(lead.name or formatter.phone(lead.phone), NAME_WIDTH) or pgettext(
        "customer", "this customer"
    )


def who(user_id: int | None, formatter: Formatter) -> str:
    """Who did something, at the beginning of a sentence."""
    if user_id == formatter.session.actor.id:
        return pgettext("person", "You")
    return brief(formatter.actor(user_id), NAME_WIDTH)


def whom(user_id: int | None, formatter: Formatter) -> str:
    """A colleague by name; the one who reads it, and nobody, by words."""
    if user_id is None:
        return pgettext("person", "nobody")
    if user_id == formatter.session.actor.id:
        return pgettext("person", "you")
    return brief(formatter.person(user_id), NAME_WIDTH)
