"""How a colleague stands in words: invited, at work, suspended or gone, since when and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.domain.workspace import Colleague, MemberState
from leadtui.language.translate import P_, pgettext
from leadtui.presentation.formatter import Formatter

STATE_WORDS: Mapping[MemberState, str] = {
    MemberState.INVITED: P_("member", "invited"),
    MemberState.ACTIVE: P_("member", "works here"),
    MemberState.SUSPENDED: P_("member", "suspended"),
    MemberState.GONE: P_("member", "gone"),
}

STATE_GLYPHS: Mapping[MemberState, str] = {
    MemberState.INVITED: "◇",
    MemberState.ACTIVE: "●",
    MemberState.SUSPENDED: "◐",
    MemberState.GONE: "○",
}


def state_words(person: Colleague) -> str:
    """How somebody stands."""
    return pgettext("member", STATE_WORDS[person.state])


def standing_sentence(person: Colleague, formatter: Formatter) -> str:
    """How somebody stands, since when and by whom, as far as it was kept."""
    if person.since is None:
        return state_words(person)
    since = formatter.full_moment(person.since)
    if person.by is None or person.by == person.id:
        return pgettext("member", "{state} since {when}").format(state=state_words(person), when=since)
    return pgettext("member", "{state} since {when}, by {name}").format(
        state=state_words(person), when=since, name=formatter.person(person.by)
    )
