"""Calls to one number that come too soon after one another, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.language.calendar import show_relative
from leadtui.language.text import brief
from leadtui.language.translate import _, counted, npgettext, pgettext
from leadtui.presentation.formatter import NAME_WIDTH, Formatter

if TYPE_CHECKING:
    from leadtui.services.calls import RecentCall


def call_gap_words(minutes: int) -> str:
    """What the workspace wants between two calls to one number."""
    if minutes <= 0:
        return pgettext("option value", "nobody is asked")
    words = npgettext(
        "option value",
        "asks before a number is rung again within {n} minute",
        "asks before a number is rung again within {n} minutes",
        minutes,
    )
    return words.format(n=counted(minutes))


def rung_just_now_sentence(call: RecentCall, number: str, formatter: Formatter) -> str:
    """Who rang the number (E.164) how long ago, and until when it should be left alone."""
    context = formatter.context
    values = {
        "number": formatter.phone(number),
        "ago": show_relative(call.at, context.now, context.language, context.zone),
        "until": formatter.moment(call.until),
    }
    if call.actor_id is None:
        words = _("Last call to {number}: {ago}. The workspace leaves it alone until {until}.")
    elif call.actor_id == formatter.session.actor.id:
        words = _("Last call to {number}: {ago}, by you. The workspace leaves it alone until {until}.")
    else:
        values["name"] = brief(formatter.person(call.actor_id), NAME_WIDTH)
        words = _("Last call to {number}: {ago}, by {name}. The workspace leaves it alone until {until}.")
    return words.format(**values)
