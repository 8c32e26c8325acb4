"""How it reads that others have a customer open, and that somebody gave one to the person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from leadtui.domain.field import Answer, FieldKind
from leadtui.language.text import brief
from leadtui.language.translate import _, counted, format_list, ngettext, pgettext
from leadtui.presentation.formatter import NAME_WIDTH, Formatter
from leadtui.presentation.outcome import show_when
from leadtui.services.cartable import Given

COMPANY_GLYPH = "◎"
"""Stands before who else has a customer open."""

BREAK_GLYPH = "◐"
"""Stands before who is on a break, and since when."""

GIVEN_GLYPH = "✦"
"""Stands before a customer who has just come from somebody else."""


def company_sentence(people: tuple[int, ...], formatter: Formatter, on_break: Collection[int] = ()) -> str:
    """Who has a customer open in another terminal, and which of them are `on_break`; empty where nobody has."""
    me = formatter.session.actor.id
    others = [_named(each, formatter, on_break) for each in people if each != me]
    if not others:
        return _("You have it open in another terminal") if people else ""
    if len(others) < len(people):
        words = ngettext(
            "{names} has it open, and you in another terminal",
            "{names} have it open, and you in another terminal",
            len(others),
        )
    else:
        words = ngettext("{names} has it open", "{names} have it open", len(others))
    return words.format(names=format_list(others))


def _named(person_id: int, formatter: Formatter, on_break: Collection[int]) -> str:
    name = brief(formatter.person(person_id), NAME_WIDTH)
    return pgettext("person", "{name} (on a break)").format(name=name) if person_id in on_break else name


def given_sentence(new: tuple[Given, ...], formatter: Formatter, key: str) -> str:
    """That customers were given to the person; one by its name, several by their number. `key` opens them."""
    if len(new) != 1:
        words = ngettext(
            "{count} customer was given to you; {key} opens it.",
            "{count} customers were given to you; {key} opens them one by one.",
            len(new),
        )
        return words.format(count=counted(len(new)), key=key)
    (one,) = new
    name = brief(one.lead_name or formatter.phone(one.phone), NAME_WIDTH) or pgettext("customer", "no name")
    what = _what(one, formatter)
    if one.actor_id is None:
        words = _("Given to you: {name}. {key} opens it.")
        return words.format(name=format_list(each for each in (name, what) if each), key=key)
    giver = brief(formatter.person(one.actor_id), NAME_WIDTH)
    if what:
        words = _("From {giver}: {what} – {name}. {key} opens it.")
        return words.format(giver=giver, what=what, name=name, key=key)
    return _("From {giver}: {name}. {key} opens it.").format(giver=giver, name=name, key=key)


def _what(one: Given, formatter: Formatter) -> str:
    """The status that it was given with and its time: of the meeting where one is agreed, else of the reminder."""
    context = formatter.context
    at = _agreed(one.detail.answers, context.zone) or one.detail.reminder_at
    parts = (brief(one.detail.status_to, NAME_WIDTH), show_when(at, context) if at else "")
    return format_list(each for each in parts if each)


def _agreed(answers: tuple[Answer, ...], zone: str) -> datetime | None:
    """The first date and time of day among the answers, as one moment."""
    day = next((each.value for each in answers if each.kind is FieldKind.DATE), None)
    time = next((each.value for each in answers if each.kind is FieldKind.TIME), None)
    if not isinstance(day, str) or not isinstance(time, str):
        return None
    try:
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
