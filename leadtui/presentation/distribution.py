"""A rule of distribution in a few words."""

from __future__ import annotations

from leadtui.domain.distribution import CHANNEL, CITY, NEED, SHARING_TITLES, RuleWords, Sharing
from leadtui.domain.lead_fields import built_in
from leadtui.domain.workspace import Definitions
from leadtui.language.translate import P_, counted, format_list, pgettext

_EVERYBODY = P_("person", "everybody")


def rule_line(words: RuleWords, defined: Definitions) -> str:
    """What a rule says: `by weight · City · Sara Amini=2, Reza · at most 200 · on shift`."""
    parts = [
        sharing_title(words.sharing),
        by_title(words.by, defined),
        format_list(_named(each, defined) for each in words.among) or pgettext("person", _EVERYBODY),
    ]
    if words.cap:
        parts.append(pgettext("rule", "at most {count} each").format(count=counted(words.cap)))
    if words.on_shift:
        parts.append(pgettext("rule", "on shift"))
    return " · ".join(part for part in parts if part)


def sharing_title(sharing: str) -> str:
    """Who of several gets the next lead, in the language in use."""
    known = {each.value: each for each in Sharing}
    return pgettext("choice", SHARING_TITLES[known[sharing]]) if sharing in known else sharing


def by_title(by: str, defined: Definitions) -> str:
    """What leads go by: the title of the field of that key."""
    if by in (CHANNEL, CITY, NEED):
        field = built_in(by)
        return field.title if field is not None else by
    return next((each.title for each in defined.fields if each.key == by), by)


def among_line(words: RuleWords, defined: Definitions) -> str:
    """Those among whom a rule shares out, as they are typed: `Sara Amini=2; Reza Karimi: Rome`."""
    return "; ".join(_named(each, defined) for each in words.among)


def _named(typed: str, defined: Definitions) -> str:
    """One of those who get leads, by name: `Sara Amini=2: Rome`."""
    who, colon, takes = typed.partition(":")
    email, equals, weight = who.partition("=")
    person = next((each for each in defined.colleagues if each.email == email), None)
    name = person.name if person is not None else email
    return f"{name}{f'={weight}' if equals else ''}{colon}{f' {takes}' if takes else ''}"
