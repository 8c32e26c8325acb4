"""How it reads that others have a customer open, and that somebody gave one to the person."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from leadtui.domain.field import Answer, FieldKind
from leadtui.language.text import brief
from leadtui.language.translate import _, ngettext, show_number
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.outcome import show_when
from leadtui.services.given import Given
from leadtui.services.session import Session

COMPANY_GLYPH = "◎"

NAME_WIDTH = 40


def company_words(people: tuple[int, ...], session: Session, formatter: Formatter) -> str:
    """Who has a customer open in another terminal; empty where nobody has."""
    others = [brief(formatter.person(each), NAME_WIDTH) for each in people if each != session.actor.id]
    mine = len(others) < len(people)
    if not others:
        return _("You have it open in another terminal") if mine else ""
    names = _(", ").join(others)
    if mine:
        words = ngettext(
            "{names} has it open, and you in another terminal",
            "{names} have it open, and you in another terminal",
            len(others),
        )
    else:
        words = ngettext("{names} has it open", "{names} have it open", len(others))
    return words.format(names=names)


def given_words(new: tuple[Given, ...], session: Session, formatter: Formatter, key: str) -> str:
    """That customers were given to the person; one by its name, several by their number. `key` opens them."""
    if len(new) != 1:
        words = ngettext(
            "{count} customer was given to you; {key} opens it.",
            "{count} customers were given to you; {key} opens them one by one.",
            len(new),
        )
        return words.format(count=show_number(len(new), session.language), key=key)
    one = new[0]
    name = brief(one.lead_name or formatter.phone(one.phone), NAME_WIDTH) or _("no name")
    what = _what(one, session)
    if one.actor_id is None:
        return _("Given to you: {name}. {key} opens it.").format(name=_joined(name, what), key=key)
    giver = brief(formatter.person(one.actor_id), NAME_WIDTH)
    if what:
        words = _("From {giver}: {what} – {name}. {key} opens it.")
        return words.format(giver=giver, what=what, name=name, key=key)
    return _("From {giver}: {name}. {key} opens it.").format(giver=giver, name=name, key=key)


def _what(one: Given, session: Session) -> str:
    """The status that it was given with and its time: of the meeting where one is agreed, else of the reminder."""
    context = session.format_context()
    at = _agreed(one.detail.answers, session.workspace.zone) or one.detail.reminder_at
    return _joined(brief(one.detail.status_to, NAME_WIDTH), show_when(at, context) if at else "")


def _joined(*words: str) -> str:
    return _(", ").join(each for each in words if each)


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
