"""Cases in words: what a case is called, what happened to it, and what was done as time ran out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from leadtui.domain.case import CaseAct, CaseDetail, CaseEntry, next_limit, whose_turn
from leadtui.domain.case_kind import LimitKind
from leadtui.domain.field import NUMBER_KINDS, FieldKind
from leadtui.language.text import safe
from leadtui.language.translate import P_, _, counted, format_list, npgettext, pgettext, quoted
from leadtui.presentation.formatter import NOTHING, Formatter, taken_back_words

if TYPE_CHECKING:
    from leadtui.services.case_limits import OverTime
    from leadtui.services.cases import ShownCase

MOST_NAMED = 2
"""Names of people who can move a case on; of more it is said how many they are."""

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


def people_words(shown: ShownCase) -> str:
    """Who is in a case, by roles; empty where nobody is whom the person sees."""
    told: list[str] = []
    for role in shown.kind.roles:
        if names := format_list(each for each in shown.names(role.key) if each):
            words = pgettext("pattern", "{field}: {value}")
            told.append(words.format(field=safe(role.title), value=safe(names)))
    return " · ".join(told)


def answer_texts(shown: ShownCase, formatter: Formatter) -> list[str]:
    """What was answered, in the order of its kind's fields, without their titles."""
    answers = shown.case.answers
    return [
        formatter.answer(each.kind, answers[each.key]) for each in shown.kind.fields if each.key in answers
    ]


def by_answers(found: Sequence[ShownCase]) -> list[ShownCase]:
    """The cases as they are compared: by kind, then by what was chosen and by figures, in the order of the fields."""
    return sorted(found, key=_comparable)


def _comparable(shown: ShownCase) -> tuple[str, list[Decimal]]:
    places: list[Decimal] = []
    for each in shown.kind.open_fields:
        value = shown.case.answers.get(each.key)
        if each.kind is FieldKind.CHOICE:
            places.append(Decimal(each.options.index(value) if value in each.options else len(each.options)))
        elif each.kind in NUMBER_KINDS:
            places.append(Decimal("Infinity") if value is None else Decimal(str(value)))
    return shown.kind.key, places


def turn_words(shown: ShownCase, formatter: Formatter) -> str:
    """Who can move a case on: who is responsible for it, where they may, else whoever may."""
    people = whose_turn(shown.kind, shown.case, formatter.definitions.active_colleagues)
    if len(people) > MOST_NAMED:
        words = npgettext("case", "any of {n} colleague", "any of {n} colleagues", len(people))
        return words.format(n=counted(len(people)))
    return format_list(formatter.owner(each.id) for each in people) or NOTHING


def limit_words(shown: ShownCase, formatter: Formatter) -> str:
    """What happens to a case that stays where it is, and when; empty where nothing does."""
    limit = next_limit(shown.kind, shown.case)
    if limit is None or shown.due_at is None:
        return ""
    words = {
        LimitKind.REMIND: pgettext("case", "{moment}: somebody is reminded"),
        LimitKind.ESCALATE: pgettext("case", "{moment}: it goes to a supervisor"),
        LimitKind.MOVE: pgettext("case", "{moment}: it moves to “{state}”"),
    }[limit.then]
    state = safe(shown.kind.state_title(limit.to))
    return words.format(moment=formatter.moment(shown.due_at), state=state)


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
