"""A case: a record of a kind about none or more leads in roles, and what moving it from one state to the next changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from leadtui.domain.case_kind import (
    PARENT,
    CaseKind,
    CaseState,
    Check,
    Effect,
    EffectKind,
    Limit,
    Pool,
    Requirement,
    Transition,
    Whom,
)
from leadtui.domain.field import (
    Answer,
    AnswerValue,
    Field,
    FormatContext,
    answer_from,
    edit_text,
    read_answer,
    yes_or_no,
)
from leadtui.domain.follow_up import NOTE_FIELD, OWNER_FIELD, REMINDER_FIELD, check_note, check_reason, passed
from leadtui.domain.lead import Lead
from leadtui.domain.playbook import filled_in
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.domain.workspace import Colleague
from leadtui.errors import Invalid, InvalidAnswers, Refused
from leadtui.language.calendar import local_date
from leadtui.language.money import smallest_part
from leadtui.language.text import search_key
from leadtui.language.translate import _, format_list

TITLE_FIELD = "title"
OVERRIDE_FIELD = "override"
"""The names under which errors of these parts are reported."""


@dataclass(frozen=True, slots=True)
class CaseLead:
    """A lead in a case, by its id; 0 stands for one of whom the person may not know."""

    role: str
    lead_id: int


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `kind` and `state` are keys, `owner_id` is who is responsible for it; times are aware UTC.

    `version` counts its changes, `limits_passed` how many limits of its state have been reached.
    """

    id: int
    version: int
    kind: str
    state: str
    state_at: datetime
    opened_at: datetime
    opened_by: int
    title: str = ""
    owner_id: int | None = None
    parent_id: int | None = None
    answers: Mapping[str, AnswerValue] = field(default_factory=dict[str, AnswerValue])
    leads: tuple[CaseLead, ...] = ()
    limits_passed: int = 0

    def lead_ids(self, role: str = "") -> tuple[int, ...]:
        """The leads in that role, or in any."""
        return tuple(dict.fromkeys(each.lead_id for each in self.leads if not role or each.role == role))


class CaseAct(StrEnum):
    """What can happen to a case."""

    OPENED = "opened"
    MOVED = "moved"
    ANSWERED = "answered"
    LINKED = "linked"
    UNLINKED = "unlinked"
    GIVEN = "given"
    NOTED = "noted"
    LIMIT = "limit"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """What an entry of a case's timeline tells; titles are kept, so that it reads as it was given.

    `override` is why somebody made the move against what it requires, `limit` what the time in a state brought about.
    """

    move: str = ""
    state_from: str = ""
    state_to: str = ""
    answers: tuple[Answer, ...] = ()
    note: str = ""
    override: str = ""
    owner_from_id: int | None = None
    owner_to_id: int | None = None
    role: str = ""
    limit: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One entry of a case's timeline. `at` is aware UTC; `actor_id` is None for what the program did."""

    id: int
    act: CaseAct
    at: datetime
    actor_id: int | None
    detail: CaseDetail
    undone: bool = False


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a move is judged by: the leads of the case in their roles, their other cases, and the cases above and beneath.

    `statuses` are those of the workspace by their ids.
    """

    leads: Mapping[str, Sequence[Lead]] = field(default_factory=dict[str, Sequence[Lead]])
    earlier: Mapping[str, Sequence[Case]] = field(default_factory=dict[str, Sequence[Case]])
    parent: Case | None = None
    children: Sequence[Case] = ()
    statuses: Mapping[int, Status] = field(default_factory=dict[int, Status])

    def status_of_key(self, key: str) -> Status | None:
        """The status of that key which is in use."""
        return next((each for each in self.statuses.values() if each.key == key and not each.retired), None)


@dataclass(frozen=True, slots=True)
class CaseMove:
    """What a person decided: a transition, and what it asked for, answers as typed. `remind_at` is aware UTC.

    `override` is why it is to be made against what it requires.
    """

    transition: Transition
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    person_id: int | None = None
    remind_at: datetime | None = None
    note: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class LeadChange:
    """What a move does to one lead: a status with its answers, another owner, a reminder after minutes or at a time.

    `messages` are the keys of texts that are sent.
    """

    lead_id: int
    status: Status | None = None
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    gives: bool = False
    owner_id: int | None = None
    remind_at: datetime | None = None
    remind_after: int | None = None
    remind_whom: int | None = None
    reminder_note: str = ""
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseStep:
    """Everything that one move changes: of the case, and of the leads in it. `given` are the answers that came with it."""

    transition: Transition
    state: CaseState
    answers: Mapping[str, AnswerValue]
    given: tuple[Answer, ...]
    owner_id: int | None
    note: str
    override: str
    leads: tuple[LeadChange, ...]


class NotMet(Refused):
    """What a move requires is not so; where it is `overridable`, whoever may goes on with a reason."""

    def __init__(self, reason: str, *, overridable: bool) -> None:
        super().__init__(reason)
        self.overridable = overridable


def plan(
    kind: CaseKind,
    case: Case,
    move: CaseMove,
    facts: CaseFacts,
    actor: Colleague,
    context: FormatContext,
    *,
    may_override: bool,
) -> CaseStep:
    """Work out what the move changes; nothing that it does brings about another move.

    Raises Refused where it does not begin in the case's state or its actor may not make it, NotMet with the reason where
    what it requires is not so, and InvalidAnswers with a problem for all that is missing or wrong.
    """
    transition = move.transition
    _require_possible(kind, case, transition, actor)
    problems: list[Invalid] = []
    given = _read_answers(kind, transition, case, move.answers, context, problems)
    _check_asked(move, context, problems)
    if problems:
        raise InvalidAnswers(tuple(problems))
    answers = {key: value for key, value in {**case.answers, **given}.items() if value is not None}
    override = _judge(transition.requires, case, answers, facts, move.override, may_override=may_override)
    effects = [
        each for each in transition.effects if each.when is None or _holds(each.when, case, answers, facts)
    ]
    owner_id = case.owner_id
    for each in effects:
        match each.do:
            case EffectKind.STAMP:
                answers[each.field] = local_date(context.now, context.zone).isoformat()
            case EffectKind.PERCENT:
                answers |= _percentage(each, answers, facts, smallest_part(context.currency))
            case EffectKind.OWN:
                owner_id = _whom(each.to, case, move, actor, None, context)
            case _:
                pass
    after = replace(case, answers=answers, owner_id=owner_id)
    changed = {key: value for key, value in answers.items() if case.answers.get(key) != value}
    return CaseStep(
        transition=transition,
        state=kind.state(transition.to or case.state) or kind.first_state,
        answers=answers,
        given=tuple(answer_from(each, changed[each.key]) for each in kind.fields if each.key in changed),
        owner_id=owner_id,
        note=move.note,
        override=override,
        leads=_lead_changes(kind, after, move, effects, facts, actor, context),
    )


def _require_possible(kind: CaseKind, case: Case, transition: Transition, actor: Colleague) -> None:
    if case.state not in transition.before:
        state = kind.state_title(case.state)
        moves = format_list(each.title for each in open_moves(kind, case, actor))
        if not moves:
            words = _("“{move}” does not begin at “{state}”, nor does any other move that you may make.")
            raise Refused(words.format(move=transition.title, state=state))
        words = _("“{move}” does not begin at “{state}”. There you can make: {moves}.")
        raise Refused(words.format(move=transition.title, state=state, moves=moves))
    if not transition.may_be_made_by(actor):
        words = _("Your profile does not allow “{move}”; ask a supervisor.")
        raise Refused(words.format(move=transition.title))


def read_case_answers(
    fields: Sequence[Field], typed: Mapping[str, str], context: FormatContext
) -> dict[str, AnswerValue | None]:
    """What was typed into fields of a case, by their keys. Raises InvalidAnswers."""
    problems: list[Invalid] = []
    found = _read(fields, typed, context, problems)
    if problems:
        raise InvalidAnswers(tuple(problems))
    return found


def _read(
    fields: Sequence[Field], typed: Mapping[str, str], context: FormatContext, problems: list[Invalid]
) -> dict[str, AnswerValue | None]:
    known = {each.key for each in fields}
    for key in typed.keys() - known:
        problems.append(Invalid(_("“{field}” is not asked for here.").format(field=key), key))
    found: dict[str, AnswerValue | None] = {}
    for each in fields:
        if each.key not in typed and not each.required:
            continue
        try:
            found[each.key] = read_answer(each, typed.get(each.key, ""), context)
        except Invalid as problem:
            problems.append(problem)
    return found


def _read_answers(
    kind: CaseKind,
    transition: Transition,
    case: Case,
    typed: Mapping[str, str],
    context: FormatContext,
    problems: list[Invalid],
) -> dict[str, AnswerValue | None]:
    """What was typed; what must be answered and was before stays where nothing is typed."""
    asked = [
        replace(
            each,
            required=each.key in transition.needs and (each.key in typed or each.key not in case.answers),
        )
        for key in transition.asked
        if (each := kind.field(key)) is not None and not each.retired
    ]
    return _read(asked, typed, context, problems)


def _check_asked(move: CaseMove, context: FormatContext, problems: list[Invalid]) -> None:
    transition = move.transition
    if transition.person and move.person_id is None:
        problems.append(Invalid(_("{field} is needed.").format(field=transition.person), OWNER_FIELD))
    elif move.person_id is not None and not transition.person:
        words = _("“{move}” asks for no colleague.").format(move=transition.title)
        problems.append(Invalid(words, OWNER_FIELD))
    elif move.person_id is not None and all(each.id != move.person_id for each in context.people):
        problems.append(Invalid(_("That colleague no longer works here; choose another."), OWNER_FIELD))
    if move.remind_at is None:
        if transition.reminder is ReminderRule.MUST:
            problems.append(Invalid(_("A reminder is needed, such as tomorrow 10."), REMINDER_FIELD))
    elif transition.reminder is ReminderRule.NO:
        words = _("“{status}” sets no reminder.").format(status=transition.title)
        problems.append(Invalid(words, REMINDER_FIELD))
    elif move.remind_at <= context.now:
        problems.append(passed())
    try:
        check_note(move.note)
    except Invalid as problem:
        problems.append(Invalid(str(problem), NOTE_FIELD))
    try:
        check_reason(move.override, OVERRIDE_FIELD)
    except Invalid as problem:
        problems.append(problem)


def _judge(
    requires: Sequence[Requirement],
    case: Case,
    answers: Mapping[str, AnswerValue],
    facts: CaseFacts,
    override: str,
    *,
    may_override: bool,
) -> str:
    """Why the move is made against what it requires; empty where all of that is so. Raises NotMet."""
    unmet = [each for each in requires if not any(_holds(one, case, answers, facts) for one in each.checks)]
    if not unmet:
        return ""
    hard = next((each for each in unmet if not each.overridable), None)
    if hard is not None:
        raise NotMet(hard.reason, overridable=False)
    if not may_override:
        words = _("Your profile does not allow going on against it with a reason; ask a supervisor.")
        raise NotMet(f"{unmet[0].reason} {words}", overridable=False)
    if not override:
        raise NotMet(unmet[0].reason, overridable=True)
    return override


def _holds(check: Check, case: Case, answers: Mapping[str, AnswerValue], facts: CaseFacts) -> bool:
    return _is_so(check, case, answers, facts) is not check.negated


def _is_so(check: Check, case: Case, answers: Mapping[str, AnswerValue], facts: CaseFacts) -> bool:
    if check.kind or check.pool is not Pool.EARLIER:
        return _counts(check, case, facts)
    leads = facts.leads.get(check.role, ())
    if check.statuses:
        keys = [_status_key(each, facts) for each in leads]
        return bool(keys) and all(each in check.statuses for each in keys)
    if check.role:
        return bool(leads) and all(_fits(check, _of_lead(each, check.field)) for each in leads)
    if check.field.startswith(PARENT):
        above = facts.parent
        return above is not None and _fits(check, above.answers.get(check.field.removeprefix(PARENT)))
    return _fits(check, answers.get(check.field))


def _counts(check: Check, case: Case, facts: CaseFacts) -> bool:
    match check.pool:
        case Pool.PARENT:
            pool: Sequence[Case] = () if facts.parent is None else (facts.parent,)
        case Pool.CHILDREN:
            pool = facts.children
        case Pool.EARLIER:
            pool = facts.earlier.get(check.role, ())
    found = {
        each.id
        for each in pool
        if each.id != case.id
        and (not check.kind or each.kind == check.kind)
        and (not check.states or each.state in check.states)
    }
    least = 1 if check.least is None and check.most is None else check.least or 0
    return least <= len(found) and (check.most is None or len(found) <= check.most)


def _status_key(lead: Lead, facts: CaseFacts) -> str:
    status = facts.statuses.get(lead.status_id or 0)
    return status.key if status else ""


_OF_EVERY_LEAD = frozenset({"name", "city", "phone", "email", "grade", "major", "referrer"})


def _of_lead(lead: Lead, key: str) -> AnswerValue | None:
    return str(getattr(lead, key)) if key in _OF_EVERY_LEAD else lead.custom.get(key)


def _fits(check: Check, value: AnswerValue | None) -> bool:
    if value is None or value in ("", []):
        return False
    if check.least is not None or check.most is not None:
        number = _number(value)
        return (
            number is not None
            and (check.least is None or check.least <= number)
            and (check.most is None or number <= check.most)
        )
    if not check.answers:
        return True
    wanted = {search_key(each) for each in check.answers}
    if isinstance(value, bool):
        return value in {yes_or_no(each) for each in check.answers}
    given = [search_key(str(each)) for each in (value if isinstance(value, list) else [value])]
    return all(each in wanted for each in given) if check.whole else any(each in wanted for each in given)


def _number(value: AnswerValue | None) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _percentage(
    effect: Effect, answers: Mapping[str, AnswerValue], facts: CaseFacts, exactly: Decimal
) -> dict[str, AnswerValue]:
    amount, share = (_figure(each, answers, facts) for each in (effect.of, effect.by))
    if amount is None or share is None:
        return {}
    worked_out = (amount * share / 100).quantize(exactly)
    return {effect.field: format(worked_out.normalize() + 0, "f")}


def _figure(key: str, answers: Mapping[str, AnswerValue], facts: CaseFacts) -> Decimal | None:
    if not key.startswith(PARENT):
        return _number(answers.get(key))
    return None if facts.parent is None else _number(facts.parent.answers.get(key.removeprefix(PARENT)))


def _whom(
    whom: Whom, case: Case, move: CaseMove, actor: Colleague, lead: Lead | None, context: FormatContext
) -> int | None:
    """Who is meant; where that is nobody who works here, whoever is responsible for the case, else whoever makes the move."""
    match whom:
        case Whom.ACTOR:
            meant = actor.id
        case Whom.ASKED:
            meant = move.person_id
        case Whom.OPENER:
            meant = case.opened_by
        case Whom.RESPONSIBLE:
            meant = case.owner_id
        case Whom.CARTABLE:
            meant = lead.owner_id if lead else None
        case Whom.NOBODY:
            return None
    here = {each.id for each in context.people}
    return next((each for each in (meant, case.owner_id) if each in here), actor.id)


def _lead_changes(
    kind: CaseKind,
    case: Case,
    move: CaseMove,
    effects: Sequence[Effect],
    facts: CaseFacts,
    actor: Colleague,
    context: FormatContext,
) -> tuple[LeadChange, ...]:
    changes: dict[int, LeadChange] = {}
    words = {
        each.key: edit_text(each.kind, case.answers[each.key], context)
        for each in kind.fields
        if each.key in case.answers
    }
    for effect in effects:
        for lead in facts.leads.get(effect.role, ()):
            change = changes.get(lead.id, LeadChange(lead.id))
            changes[lead.id] = _with_effect(change, effect, lead, case, move, facts, actor, words, context)
    return tuple(each for each in changes.values() if each != LeadChange(each.lead_id))


def _with_effect(
    change: LeadChange,
    effect: Effect,
    lead: Lead,
    case: Case,
    move: CaseMove,
    facts: CaseFacts,
    actor: Colleague,
    words: Mapping[str, str],
    context: FormatContext,
) -> LeadChange:
    person = _whom(effect.to, case, move, actor, lead, context)
    match effect.do:
        case EffectKind.STATUS:
            status = facts.status_of_key(effect.status)
            if status is None:
                raise Refused(
                    _("There is no status “{key}”; its kind of case needs one.").format(key=effect.status)
                )
            answers = {key: filled_in(text, words) for key, text in effect.answers}
            given = person if status.cartable is CartableRule.NEXT else change.owner_id
            return replace(change, status=status, answers=answers, owner_id=given)
        case EffectKind.GIVE:
            return replace(change, gives=True, owner_id=person)
        case EffectKind.REMIND:
            return replace(
                change,
                remind_at=move.remind_at,
                remind_after=effect.after,
                remind_whom=person,
                reminder_note=effect.note or move.transition.title,
            )
        case EffectKind.SEND:
            return replace(change, messages=(*change.messages, effect.message))
        case _:
            return change


def role_problems(kind: CaseKind, leads: Sequence[CaseLead]) -> tuple[Invalid, ...]:
    """What is wrong with who is in a case, each beside its role."""
    problems: list[Invalid] = []
    counts = {each.key: 0 for each in kind.roles}
    for each in leads:
        if each.role not in counts:
            words = _("“{kind}” has no role “{role}”.").format(kind=kind.title, role=each.role)
            problems.append(Invalid(words, each.role))
        else:
            counts[each.role] += 1
    for role in kind.roles:
        if counts[role.key] < role.least:
            problems.append(Invalid(_("{field} is needed.").format(field=role.title), role.key))
        elif role.most and counts[role.key] > role.most:
            words = _("“{role}” is taken in this case; take out first who it is.").format(role=role.title)
            problems.append(Invalid(words, role.key))
    return tuple(problems)


def next_limit(kind: CaseKind, case: Case) -> Limit | None:
    """What happens next to a case that stays where it is; None where nothing does."""
    state = kind.state(case.state)
    return next(iter(state.limits[case.limits_passed :]), None) if state else None


def whose_turn(kind: CaseKind, case: Case, people: Sequence[Colleague]) -> tuple[Colleague, ...]:
    """Who of these people can move the case on: who is responsible for it, where they may, else whoever may."""
    able = tuple(each for each in people if open_moves(kind, case, each))
    return tuple(each for each in able if each.id == case.owner_id) or able


def open_moves(kind: CaseKind, case: Case, actor: Colleague) -> tuple[Transition, ...]:
    """The moves that the person may make from where the case is, in their order."""
    return tuple(each for each in kind.moves_from(case.state) if each.may_be_made_by(actor))
