"""Cases: opening one, moving it on, answering, who is in it, listing and finding; each call is one step or one look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from leadtui.domain import case as rules
from leadtui.domain.case import (
    Case,
    CaseAct,
    CaseDetail,
    CaseEntry,
    CaseFacts,
    CaseLead,
    CaseMove,
    CaseStep,
    next_limit,
    open_moves,
    read_case_answers,
    role_problems,
)
from leadtui.domain.case_kind import CaseKind, Transition
from leadtui.domain.escalation import over_at
from leadtui.domain.field import Answer, AnswerValue, Field, answer_from
from leadtui.domain.follow_up import NOTE_FIELD, OWNER_FIELD, check_note
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind, Lead
from leadtui.domain.permission import Permission
from leadtui.domain.visibility import without_numbers
from leadtui.errors import Invalid, InvalidAnswers, NotFound, Refused
from leadtui.language.text import clean, clean_multiline
from leadtui.language.translate import _
from leadtui.services.case_steps import CaseChange, Unsent, put_case_back, take_case_step, write_case_step
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.services.undo import take_steps_back
from leadtui.store import cases, leads
from leadtui.store.cases import CaseFilter

__all__ = [
    "AnswerCase",
    "CaseFilter",
    "MoveCase",
    "OpenCase",
    "OpenedCase",
    "ShownCase",
    "answer_case",
    "cases_of_lead",
    "count_cases",
    "find_cases",
    "give_case",
    "link_lead",
    "move_case",
    "note_case",
    "open_at",
    "open_case",
    "open_within",
    "plan_move",
    "show_case",
    "undo_case",
    "unlink_lead",
]

ALL_CASES = CaseFilter()
"""Whatever the person may see."""

LONGEST_TITLE = 200
"""In letters."""

MOST_LISTED = 5_000
"""Cases that are listed at once."""


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case as the person may see it, with its kind and those of its leads whom they see, by their ids."""

    case: Case
    kind: CaseKind
    leads: Mapping[int, Lead] = field(default_factory=dict[int, Lead])
    due_at: datetime | None = None
    """When (aware UTC) the next limit of its state is reached; None where none is left."""
    unsent: tuple[Unsent, ...] = ()
    """What the move that was just made would have sent, and did not."""

    @property
    def state_title(self) -> str:
        """Where it stands."""
        return self.kind.state_title(self.case.state)

    def names(self, role: str = "") -> tuple[str, ...]:
        """The names of those in that role, or in any, whom the person sees."""
        return tuple(self.leads[each].name for each in self.case.lead_ids(role) if each in self.leads)


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case with all that is shown of it: its timeline, newest first, the moves that the person may make, and other cases."""

    shown: ShownCase
    timeline: tuple[CaseEntry, ...]
    moves: tuple[Transition, ...]
    parent: ShownCase | None
    children: tuple[ShownCase, ...]
    is_worked: bool = False
    """Whether the person may work on it beside moves that their profile makes by name."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What a person decided about a new case of the kind with that key; answers are as typed. Without an owner it is theirs."""

    kind: str
    leads: tuple[CaseLead, ...] = ()
    title: str = ""
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    parent_id: int | None = None
    owner_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MoveCase:
    """What a person decided about a case, as they saw it at `version`; without one, whatever it is by now.

    `move` is the key of a transition, the rest is as in `domain.case.CaseMove`.
    """

    case_id: int
    move: str
    version: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    person_id: int | None = None
    remind_at: datetime | None = None
    note: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """What was typed into fields of a case, as seen at `version`; a title of None stays as it is."""

    case_id: int
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    version: int | None = None
    title: str | None = None


def open_case(session: Session, command: OpenCase) -> ShownCase:
    """Open a case in the first state of its kind.

    Raises InvalidAnswers with a problem for each role and field that is missing or wrong, NotFound for a lead or a case
    above it that the person does not see.
    """
    return open_at(session, command, "")


def open_at(session: Session, command: OpenCase, state: str) -> ShownCase:
    """As `open_case`, in the state of that key where one is named; in another than the first needs leave to approve cases."""
    with session.write(Permission.SEE_CASES, Permission.WORK_CASES) as tx:
        return open_within(tx, command, state)


def open_within(tx: Transaction, command: OpenCase, state: str, group_id: int | None = None) -> ShownCase:
    """As `open_at`, in the transaction of whoever calls it; those that are opened with one `group_id` are taken back as one."""
    kind = _kind_in_use(tx, command.kind)
    for each in command.leads:
        tx.lead(each.lead_id, Permission.WORK_CASES)
    begins = kind.state(state) or kind.first_state
    if begins != kind.first_state:
        tx.require(Permission.APPROVE_CASES)
    _require_parent(tx, kind, command.parent_id)
    title = _read_title(command.title)
    note = clean_multiline(command.note)
    check_note(note)
    owner_id = tx.actor.id if command.owner_id is None else _colleague(tx, command.owner_id)
    if owner_id != tx.actor.id:
        tx.require_reach(Permission.TRANSFER, owner_id)
    problems = [*role_problems(kind, command.leads)]
    answers: dict[str, AnswerValue | None] = {}
    try:
        answers = read_case_answers(_fillable(tx, kind), command.answers, tx.format_context())
    except InvalidAnswers as error:
        problems += error.problems
    if problems:
        raise InvalidAnswers(tuple(problems))
    kept = {key: value for key, value in answers.items() if value is not None}
    case_id = cases.add(
        tx,
        kind_id=kind.id,
        state=begins.key,
        at=tx.now,
        by=tx.actor.id,
        title=title,
        owner_id=owner_id,
        parent_id=command.parent_id,
        answers=kept,
    )
    detail = CaseDetail(state_to=begins.title, answers=_told(kind, kept), note=note)
    people = tuple(dict.fromkeys(command.leads))
    change = CaseChange(CaseAct.OPENED, detail, people=people, opens=True, group_id=group_id)
    return _shown(tx, write_case_step(tx, kind, cases.get(tx, case_id), change))


def move_case(session: Session, command: MoveCase) -> ShownCase:
    """Move a case by one of its transitions, with everything that this does, or nothing.

    Raises Refused where the person may not, `domain.case.NotMet` where something that it requires is not so, InvalidAnswers
    for what is missing or wrong, and Conflict where somebody changed the case since `version`.
    """
    with session.write(Permission.SEE_CASES) as tx:
        case, kind = _seen(tx, command.case_id), _kind_of(tx, command.case_id)
        _require_version(case, command.version)
        step = _plan(tx, kind, case, command)
        moves = bool(step.transition.to)
        detail = CaseDetail(
            move=step.transition.title,
            state_from=kind.state_title(case.state) if moves else "",
            state_to=step.state.title,
            answers=step.given,
            note=step.note,
            override=step.override,
            owner_from_id=case.owner_id if step.owner_id != case.owner_id else None,
            owner_to_id=step.owner_id if step.owner_id != case.owner_id else None,
        )
        values = {"answers": dict(step.answers), "owner_id": step.owner_id}
        if moves:
            values |= {"state": step.state.key, "state_at": tx.now, "limits_passed": 0}
        change = CaseChange(CaseAct.MOVED, detail, values, leads=step.leads)
        after, unsent = take_case_step(tx, kind, case, change)
        return replace(_shown(tx, after), unsent=unsent)


def plan_move(session: Session, command: MoveCase) -> CaseStep:
    """What the move would change, without writing anything. Raises as `move_case`."""
    with session.read(Permission.SEE_CASES) as tx:
        case, kind = _seen(tx, command.case_id), _kind_of(tx, command.case_id)
        return _plan(tx, kind, case, command)


def answer_case(session: Session, command: AnswerCase) -> ShownCase:
    """Write answers and the title of a case; where none is another than before, nothing is written.

    Raises InvalidAnswers, Refused where the state lets answers change by moves alone, and Conflict as `move_case`.
    """
    with session.write(Permission.SEE_CASES, Permission.WORK_CASES) as tx:
        case, kind = _worked(tx, command.case_id)
        _require_version(case, command.version)
        state = kind.state(case.state)
        if state is not None and state.is_settled:
            words = _("At “{state}” answers change by a move alone; choose one.")
            raise Refused(words.format(state=state.title))
        fields = [
            replace(each, required=each.required and each.key in command.answers)
            for each in _fillable(tx, kind)
        ]
        read = read_case_answers(fields, command.answers, tx.format_context())
        answers = {key: value for key, value in {**case.answers, **read}.items() if value is not None}
        title = case.title if command.title is None else _read_title(command.title)
        if answers == dict(case.answers) and title == case.title:
            return _shown(tx, case)
        given = {key: value for key, value in answers.items() if case.answers.get(key) != value}
        change = CaseChange(
            CaseAct.ANSWERED, CaseDetail(answers=_told(kind, given)), {"answers": answers, "title": title}
        )
        return _shown(tx, write_case_step(tx, kind, case, change))


def link_lead(session: Session, case_id: int, role: str, lead_id: int) -> ShownCase:
    """Put a lead into a case in a role.

    Raises InvalidAnswers where the role has enough already, Refused where the state lets nobody in or out, NotFound.
    """
    with session.write(Permission.SEE_CASES, Permission.WORK_CASES) as tx:
        tx.lead(lead_id, Permission.WORK_CASES)
        case, kind = _worked(tx, case_id)
        people = (*case.leads, CaseLead(role, lead_id))
        return _with_people(tx, kind, case, people, CaseAct.LINKED, role)


def unlink_lead(session: Session, case_id: int, role: str, lead_id: int) -> ShownCase:
    """Take a lead out of a role of a case.

    Raises InvalidAnswers where the role needs one, Refused as `link_lead`, NotFound where none is in it.
    """
    with session.write(Permission.SEE_CASES, Permission.WORK_CASES) as tx:
        tx.lead(lead_id, Permission.WORK_CASES)
        case, kind = _worked(tx, case_id)
        leaving = CaseLead(role, lead_id)
        if leaving not in case.leads:
            raise NotFound(_("That customer is not in this case in that role."))
        people = tuple(each for each in case.leads if each != leaving)
        return _with_people(tx, kind, case, people, CaseAct.UNLINKED, role)


def give_case(session: Session, case_id: int, owner_id: int | None, version: int | None = None) -> ShownCase:
    """Make a colleague, or nobody, responsible for a case."""
    with session.write(Permission.SEE_CASES, Permission.WORK_CASES) as tx:
        case, kind = _worked(tx, case_id)
        _require_version(case, version)
        if owner_id is not None:
            _colleague(tx, owner_id)
        if owner_id == case.owner_id:
            return _shown(tx, case)
        if owner_id not in (None, tx.actor.id):
            tx.require_reach(Permission.TRANSFER, owner_id)
        detail = CaseDetail(owner_from_id=case.owner_id, owner_to_id=owner_id)
        change = CaseChange(CaseAct.GIVEN, detail, {"owner_id": owner_id})
        return _shown(tx, write_case_step(tx, kind, case, change))


def note_case(session: Session, case_id: int, text: str) -> ShownCase:
    """Note something in the timeline of a case."""
    with session.write(Permission.SEE_CASES, Permission.WORK_CASES) as tx:
        case, kind = _worked(tx, case_id)
        note = clean_multiline(text)
        if not note:
            raise Invalid(_("The note is empty."), NOTE_FIELD)
        check_note(note)
        change = CaseChange(CaseAct.NOTED, CaseDetail(note=note))
        return _shown(tx, write_case_step(tx, kind, case, change))


def undo_case(session: Session, case_id: int) -> ShownCase | None:
    """Take back the person's newest step on a case, with what it did to its leads; None where that had opened it.

    Also where they see it no more, having given it away. Raises NotFound where there is none, and Refused or `undo.NotTakenBack`
    where somebody moved the case or a lead on since.
    """
    with session.write(Permission.SEE_CASES) as tx:
        entry = cases.latest_step(tx, case_id, tx.actor.id)
        if entry is None:
            _seen(tx, case_id)
            raise NotFound(_("There is nothing of yours to take back."))
        steps = [int(each) for each in entry.was.get("steps", ())]
        if steps:
            take_steps_back(tx, steps)
        else:
            put_case_back(tx, entry)
        left = cases.of_ids(tx, [case_id])
        return _shown(tx, left[0]) if left else None


def find_cases(
    session: Session, wanted: CaseFilter = ALL_CASES, limit: int = MOST_LISTED
) -> tuple[ShownCase, ...]:
    """The cases that fit and that the person may see, the last moved first."""
    with session.read(Permission.SEE_CASES) as tx:
        if wanted.lead_id is not None:
            tx.lead(wanted.lead_id)
        return _all_shown(tx, cases.found(tx, wanted, tx.visibility, limit))


def count_cases(session: Session, wanted: CaseFilter = ALL_CASES) -> int:
    """How many cases fit that the person may see, however many are listed at once."""
    with session.read(Permission.SEE_CASES) as tx:
        return cases.count(tx, wanted, tx.visibility)


def cases_of_lead(session: Session, lead_id: int) -> tuple[ShownCase, ...]:
    """The cases of one lead, the last moved first."""
    return find_cases(session, CaseFilter(lead_id=lead_id))


def show_case(session: Session, case_id: int) -> OpenedCase:
    """One case with its timeline, its moves and the cases around it. Raises NotFound."""
    with session.read(Permission.SEE_CASES) as tx:
        case, kind = _seen(tx, case_id), _kind_of(tx, case_id)
        whole = _is_whole(tx, _people(tx, [case]), case)
        timeline = tuple(each if whole else _redacted_entry(tx, each) for each in cases.timeline(tx, case.id))
        around = [*cases.children(tx, case.id)]
        if case.parent_id is not None:
            around += cases.of_ids(tx, [case.parent_id])
        people = _people(tx, around)
        visible = [each for each in around if _may_see(tx, people, each)]
        shown = {each.case.id: each for each in _all_shown(tx, visible)}
        is_worked = tx.actor.may(Permission.WORK_CASES) and _works_on(tx, case)
        return OpenedCase(
            _shown(tx, case),
            timeline,
            tuple(each for each in open_moves(kind, case, tx.actor) if each.by or is_worked),
            shown.pop(case.parent_id or 0, None),
            tuple(shown.values()),
            is_worked,
        )


def _fillable(tx: Transaction, kind: CaseKind) -> tuple[Field, ...]:
    """What the person may fill in beside moves: what a review decides is only for whoever may decide it."""
    return kind.open_fields if tx.actor.may(Permission.APPROVE_CASES) else kind.entry_fields


def _with_people(
    tx: Transaction, kind: CaseKind, case: Case, people: Sequence[CaseLead], act: CaseAct, role: str
) -> ShownCase:
    after = tuple(dict.fromkeys(people))
    problems = role_problems(kind, after)
    if problems:
        raise InvalidAnswers(problems)
    if after == case.leads:
        return _shown(tx, case)
    state = kind.state(case.state)
    if state is not None and state.is_settled and not tx.actor.may(Permission.APPROVE_CASES):
        words = _("At “{state}” only whoever approves cases changes who takes part; ask a supervisor.")
        raise Refused(words.format(state=state.title))
    named = kind.role(role)
    detail = CaseDetail(role=named.title if named else role)
    return _shown(tx, write_case_step(tx, kind, case, CaseChange(act, detail, people=after)))


def _plan(tx: Transaction, kind: CaseKind, case: Case, command: MoveCase) -> CaseStep:
    transition = kind.move(command.move)
    if transition is None:
        raise Invalid(_("“{kind}” has no move “{move}”.").format(kind=kind.title, move=command.move), "move")
    if not transition.by:
        _require_working(tx, case)
    move = CaseMove(
        transition,
        command.answers,
        command.person_id,
        command.remind_at,
        clean_multiline(command.note),
        clean(command.override),
    )
    return rules.plan(
        kind,
        case,
        move,
        _facts(tx, case),
        tx.actor,
        tx.format_context(),
        may_override=tx.actor.may(Permission.OVERRIDE_CASES),
    )


def _facts(tx: Transaction, case: Case) -> CaseFacts:
    """What the move is judged by, whoever makes it: also what that person does not see."""
    people = leads.whole_leads(tx, case.lead_ids())
    others = cases.of_leads(tx, case.lead_ids()) if case.leads else []
    roles = {each.role for each in case.leads}
    return CaseFacts(
        leads={role: [people[each] for each in case.lead_ids(role)] for role in roles},
        earlier={
            role: [
                each
                for each in others
                if each.id != case.id and set(each.lead_ids()) & set(case.lead_ids(role))
            ]
            for role in roles
        },
        parent=cases.get(tx, case.parent_id) if case.parent_id is not None else None,
        children=cases.children(tx, case.id),
        statuses={each.id: each for each in tx.definitions.statuses},
    )


def _seen(tx: Transaction, case_id: int) -> Case:
    """The case as it is kept. Raises NotFound also where the person does not see it."""
    case = cases.get(tx, case_id)
    if not _may_see(tx, _people(tx, [case]), case):
        raise cases.no_such_case(case_id)
    return case


def _worked(tx: Transaction, case_id: int) -> tuple[Case, CaseKind]:
    """The case and its kind, for somebody who works on it. Raises NotFound as `_seen`, Refused."""
    case = _seen(tx, case_id)
    _require_working(tx, case)
    return case, _kind_of(tx, case_id)


def _require_working(tx: Transaction, case: Case) -> None:
    """Raises Refused unless the person is responsible for the case, or may work on the cases of somebody who is in it."""
    tx.require(Permission.WORK_CASES)
    if not _works_on(tx, case):
        for each in _people(tx, [case]).values():
            tx.require_reach(Permission.WORK_CASES, each.owner_id)


def _works_on(tx: Transaction, case: Case) -> bool:
    people = _people(tx, [case]).values()
    mine = not people or case.owner_id == tx.actor.id
    return mine or any(tx.reaches(Permission.WORK_CASES, each.owner_id) for each in people)


def _may_see(tx: Transaction, people: Mapping[int, Lead], case: Case) -> bool:
    if not case.leads or case.owner_id == tx.actor.id:
        return True
    return any(tx.visibility.can_see(people[each].owner_id) for each in case.lead_ids() if each in people)


def _people(tx: Transaction, found: Sequence[Case]) -> dict[int, Lead]:
    return leads.whole_leads(tx, {lead_id for case in found for lead_id in case.lead_ids()})


def _kind_of(tx: Transaction, case_id: int) -> CaseKind:
    return _known_kind(tx, cases.get(tx, case_id).kind)


def _known_kind(tx: Transaction, key: str) -> CaseKind:
    kind = tx.definitions.case_kind(key)
    if kind is None:
        raise NotFound(_("There is no kind of case “{key}”.").format(key=key))
    return kind


def _kind_in_use(tx: Transaction, key: str) -> CaseKind:
    kind = _known_kind(tx, key)
    if kind.retired:
        raise Refused(_("“{kind}” is no longer in use; choose another.").format(kind=kind.title))
    return kind


def _require_parent(tx: Transaction, kind: CaseKind, parent_id: int | None) -> None:
    above = tx.definitions.case_kind(kind.parent)
    if above is None and parent_id is not None:
        raise Invalid(_("A case of this kind stands beneath none."), "parent")
    if above is not None and parent_id is None:
        raise Invalid(
            _("It stands beneath a case of kind “{kind}”; name that.").format(kind=above.title), "parent"
        )
    if above is not None and parent_id is not None and _seen(tx, parent_id).kind != above.key:
        raise Invalid(
            _("It stands beneath a case of kind “{kind}”; name that.").format(kind=above.title), "parent"
        )


def _require_version(case: Case, version: int | None) -> None:
    if version not in (None, case.version):
        raise cases.changed_meanwhile()


def _colleague(tx: Transaction, user_id: int) -> int:
    if all(each.id != user_id for each in tx.definitions.active_colleagues):
        raise Invalid(_("That colleague no longer works here; choose another."), OWNER_FIELD)
    return user_id


def _read_title(typed: str) -> str:
    title = clean(typed)
    if len(title) > LONGEST_TITLE:
        words = _("The title is too long; {limit} letters fit.")
        raise Invalid(words.format(limit=LONGEST_TITLE), rules.TITLE_FIELD)
    return title


def _told(kind: CaseKind, answers: Mapping[str, AnswerValue]) -> tuple[Answer, ...]:
    return tuple(answer_from(each, answers[each.key]) for each in kind.fields if each.key in answers)


def _shown(tx: Transaction, case: Case) -> ShownCase:
    return _all_shown(tx, [case])[0]


def _all_shown(tx: Transaction, found: Sequence[Case]) -> tuple[ShownCase, ...]:
    people = _people(tx, found)
    return tuple(_as_seen(tx, people, each) for each in found)


def _as_seen(tx: Transaction, people: Mapping[int, Lead], case: Case) -> ShownCase:
    """The case without the leads of whom the person may not know; what was written then has no number."""
    kind = _known_kind(tx, case.kind)
    seen = {
        each: tx.show(people[each])
        for each in case.lead_ids()
        if each in people and tx.visibility.can_see(people[each].owner_id)
    }
    shown = replace(
        case,
        leads=tuple(each if each.lead_id in seen else replace(each, lead_id=0) for each in case.leads),
    )
    if not _is_whole(tx, people, case):
        told = {each.key: each.value for each in _redacted(tx, _told(kind, case.answers))}
        shown = replace(shown, title=without_numbers(case.title), answers=told)
    limit = next_limit(kind, case)
    due_at = over_at(case.state_at, limit.after, tx.workspace) if limit else None
    return ShownCase(shown, kind, seen, due_at)


def _is_whole(tx: Transaction, people: Mapping[int, Lead], case: Case) -> bool:
    """Whether the person sees each of its leads with how they can be reached."""
    if tx.visibility.whole:
        return True
    return all(
        each in people and tx.visibility.can_see_numbers(people[each].owner_id) for each in case.lead_ids()
    )


def _redacted(tx: Transaction, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Answers as somebody sees them who sees no numbers."""
    detail = ActivityDetail(answers=answers)
    entry = Activity(0, 0, ActivityKind.CASE, tx.now, detail=detail)
    return tx.visibility.redact_activity(entry, None).detail.answers


def _redacted_entry(tx: Transaction, entry: CaseEntry) -> CaseEntry:
    detail = entry.detail
    return replace(
        entry,
        detail=replace(
            detail,
            answers=_redacted(tx, detail.answers),
            note=without_numbers(detail.note),
            override=without_numbers(detail.override),
        ),
    )
