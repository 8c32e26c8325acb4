"""Cases in words: what a case is called, what happened to it, and what was done as time ran out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leadtui.domain.case import CaseAct, CaseDetail, CaseEntry
from leadtui.domain.case_kind import LimitKind
from leadtui.language.text import safe
from leadtui.language.translate import P_, _, format_list, pgettext, quoted
from leadtui.presentation.formatter import Formatter, taken_back_words

if TYPE_CHECKING:
    from leadtui.services.case_limits import OverTime
    from leadtui.services.cases import ShownCase

ACT_WORDS: Mapping[CaseAct, str] = {
    CaseAct.OPENED: P_("case", "opened"),
    CaseAct.MOVED: P_("case", "moved"),
    CaseAct.ANSWERED: P_("case", "filled in"),
    CaseAct.LINKED: P_("case", "customer added"),
    CaseAct.UNLINKED: P_("case", "customer taken out"),
    CaseAct.GIVEN: P_("case", "given"),
    CaseAct.NOTED: P_("case", "noted"),
    CaseAct.LIMIT: P_("case", "stood too long"),
    CaseAct.UNDONE: P_("case", "took back"),
}
"""What happened to a case."""


def act_words(act: str) -> str:
    """What happened, by the word under which it is kept."""
    known = {each.value: words for each, words in ACT_WORDS.items()}
    return pgettext("case", known[act]) if act in known else act


def case_name(shown: ShownCase) -> str:
    """What a case is called: by its title, else by those who are in it, else by its kind and number."""
    names = shown.names()
    hidden = sum(not each.lead_id for each in shown.case.leads)
    if shown.case.title:
        return safe(shown.case.title)
    if any(names):
        return safe(format_list(each for each in names if each))
    if hidden:
        return pgettext("case", "a customer whom you do not see")
    return f"{safe(shown.kind.title)} {shown.case.id}"


def entry_words(entry: CaseEntry, formatter: Formatter) -> str:
    """What an entry of a case's timeline tells, in one line."""
    detail = entry.detail
    parts = [_happened(entry.act, detail)]
    if detail.state_from and detail.state_to:
        arrow = pgettext("pattern", "{before} → {now}")
        parts.append(arrow.format(before=safe(detail.state_from), now=safe(detail.state_to)))
    elif entry.act in (CaseAct.OPENED, CaseAct.MOVED) and detail.state_to:
        parts.append(safe(detail.state_to))
    for each in detail.answers:
        shown = formatter.answer(each.kind, each.value)
        parts.append(f"{safe(each.title)}: {safe(shown)}")
    if detail.owner_from_id is not None or detail.owner_to_id is not None:
        words = pgettext("timeline", "to {name}")
        to = formatter.person(detail.owner_to_id) if detail.owner_to_id else pgettext("person", "nobody")
        parts.append(words.format(name=safe(to)))
    if detail.override:
        words = pgettext("case", "although it was not met: {reason}")
        parts.append(words.format(reason=quoted(safe(detail.override))))
    if detail.note:
        parts.append(quoted(safe(detail.note)))
    told = "  ".join(each for each in parts if each)
    return f"{told}  ({taken_back_words()})" if entry.undone else told


def _happened(act: CaseAct, detail: CaseDetail) -> str:
    if act is CaseAct.MOVED and detail.move:
        return safe(detail.move)
    words = pgettext("case", ACT_WORDS[act])
    if act in (CaseAct.LINKED, CaseAct.UNLINKED) and detail.role:
        return f"{words} ({safe(detail.role)})"
    if act is CaseAct.UNDONE:
        undone = safe(detail.move) or act_words(detail.undoes)
        return f"{words}: {undone}"
    return words


def over_time_sentence(each: OverTime) -> str:
    """What was done about a case that stood too long in a state."""
    words = {
        LimitKind.REMIND: _("{kind} {id} stood too long at “{state}”: somebody is reminded."),
        LimitKind.ESCALATE: _("{kind} {id} stood too long at “{state}”: it went to a supervisor."),
        LimitKind.MOVE: _("{kind} {id} stood too long at “{state}”: it moved to “{to}”."),
    }[each.limit.then]
    return words.format(kind=safe(each.kind), id=each.case_id, state=safe(each.state), to=safe(each.state_to))
