"""What every step on a case has in common: the case, its leads and both timelines written as one step, and taken back as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from leadtui.domain.case import Case, CaseAct, CaseDetail, CaseLead, LeadChange
from leadtui.domain.case_kind import CaseKind
from leadtui.domain.escalation import over_at
from leadtui.domain.follow_up import owner_after
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.message import MessageText, Problem, placeholders_in
from leadtui.domain.reminder import ReminderKind
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.errors import Conflict, NotFound, Refused
from leadtui.language.translate import _
from leadtui.services.follow_up import SetStatus, set_status_within
from leadtui.services.messages import gateway_of, hindrance, queue, words_for, words_of_case
from leadtui.services.transaction import Transaction
from leadtui.store import activities, cases, journal, leads, reminders
from leadtui.store.cases import KeptEntry
from leadtui.store.journal import Step

_ENTRY = "case_entry"
"""What a step on a lead keeps beside the lead's own rows: the entry of the case's timeline with which it was taken."""


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What a step changes: columns of the case, who is in it (None: as before), and its leads, by their ids.

    Steps of one `group_id` are taken back as one; `more` is kept beside what each replaces.
    """

    act: CaseAct
    detail: CaseDetail
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    people: tuple[CaseLead, ...] | None = None
    leads: Sequence[LeadChange] = ()
    by_the_program: bool = False
    opens: bool = False
    group_id: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Unsent:
    """A text that a step would have sent to a lead who is not written to; `title` is the text's."""

    lead_id: int
    title: str
    problem: Problem


def write_case_step(tx: Transaction, kind: CaseKind, case: Case, change: CaseChange) -> Case:
    """Write the step on a case that was read in this transaction, and return the case after it."""
    return take_case_step(tx, kind, case, change)[0]


def take_case_step(
    tx: Transaction, kind: CaseKind, case: Case, change: CaseChange
) -> tuple[Case, tuple[Unsent, ...]]:
    """As `write_case_step`, with what it would have sent: that somebody is not written to is in no step's way."""
    was: dict[str, Any] = (
        {"version": case.version, "opened": True}
        if change.opens
        else {
            "version": case.version,
            **cases.kept_values(case),
        }
    )
    version = cases.change(tx, case, **change.values)
    if change.people is not None:
        cases.set_leads(tx, case.id, change.people)
    actor_id = None if change.by_the_program else tx.actor.id
    entry_id = cases.add_entry(
        tx, case.id, change.act, tx.now, actor_id, change.detail, was=was, version_after=version
    )
    after = cases.get(tx, case.id)
    told = ActivityDetail(
        case_id=case.id,
        case_kind=kind.title,
        case_act=change.act.value,
        case_move=change.detail.move,
        case_state=change.detail.state_to,
    )
    changes = {each.lead_id: each for each in change.leads}
    everybody = dict.fromkeys((*case.lead_ids(), *after.lead_ids()))
    steps: list[int] = []
    unsent: list[Unsent] = []
    group_id = journal.BY_THE_PROGRAM if change.by_the_program else change.group_id
    if group_id is None and len(everybody) > 1:
        group_id = journal.next_group(tx)
    for lead_id in everybody:
        with journal.record(tx, lead_id, tx.actor.id, tx.now, group_id=group_id) as step:
            step.more.update(change.more, **{_ENTRY: entry_id})
            wanted = changes.get(lead_id, LeadChange(lead_id))
            detail, follow_up_id = _change_lead(tx, wanted, told)
            sent, refused = _sorted_texts(tx, wanted)
            detail = replace(detail, unsent=tuple((each.title, each.problem.value) for each in refused))
            step.activity_id = activities.add(
                tx, lead_id, ActivityKind.CASE, tx.now, actor_id, detail, follow_up_id=follow_up_id
            )
            for text in sent:
                _queue(tx, leads.get(tx, lead_id), text, words_of_case(tx, kind, after), step.activity_id)
            unsent += refused
        if step.step_id is not None:
            steps.append(step.step_id)
    cases.note_steps(tx, entry_id, was, steps)
    return after, tuple(unsent)


def _sorted_texts(tx: Transaction, change: LeadChange) -> tuple[list[MessageText], list[Unsent]]:
    """The texts that are queued to a lead, and those that are not."""
    sent: list[MessageText] = []
    refused: list[Unsent] = []
    for key in dict.fromkeys(change.messages):
        lead, text = leads.get(tx, change.lead_id), tx.definitions.text_of_key(key)
        if text is None:
            raise Refused(_("There is no text “{key}”; its kind of case needs one.").format(key=key))
        problem = hindrance(tx, lead, text.medium, gateway_of(tx, text.medium))
        if problem is None:
            sent.append(text)
        else:
            refused.append(Unsent(lead.id, text.title, problem))
    return sent, refused


def _queue(tx: Transaction, lead: Lead, text: MessageText, of_case: Mapping[str, str], cause_id: int) -> None:
    """What is not answered, and what was a field once, fills in nothing: the move is not refused for it."""
    blank = dict.fromkeys(placeholders_in(text.subject + text.body), "")
    queue(tx, lead, text, cause_id=cause_id, words={**blank, **words_for(tx, lead), **of_case})


def _change_lead(
    tx: Transaction, change: LeadChange, told: ActivityDetail
) -> tuple[ActivityDetail, int | None]:
    """What happens to one lead; what its timeline keeps of it, and the id of its follow-up where it got a status."""
    lead, follow_up_id = leads.get(tx, change.lead_id), None
    remind_at = _due(tx, change)
    handed = False
    if change.status is not None:
        command, handed = _status_step(tx, lead, change.status, change, remind_at, told.case_move)
        detail, follow_up_id = set_status_within(tx, lead, command)
        told = replace(
            detail,
            text="",
            no_next_step="",
            case_id=told.case_id,
            case_kind=told.case_kind,
            case_act=told.case_act,
            case_move=told.case_move,
            case_state=told.case_state,
        )
        remind_at = None if command.remind_at is not None else remind_at
        lead = leads.get(tx, lead.id)
    if change.gives and not handed and change.owner_id != lead.owner_id:
        if change.owner_id == tx.actor.id:
            tx.require_taking(lead)
        owner_at = None if change.owner_id is None else tx.now
        told = replace(told, owner_from_id=lead.owner_id, owner_to_id=change.owner_id)
        leads.change(tx, lead, owner_id=change.owner_id, owner_at=owner_at)
        lead = leads.get(tx, lead.id)
    status = tx.definitions.status(lead.status_id)
    # Nobody is reminded of a customer on whom work has ended.
    if remind_at is not None and change.remind_whom is not None and not (status and status.final):
        reminders.add(
            tx,
            lead_id=lead.id,
            owner_id=change.remind_whom,
            due=remind_at,
            zone=tx.workspace.zone,
            kind=ReminderKind.REMINDER,
            note=change.reminder_note,
            created_at=tx.now,
            created_by=tx.actor.id,
        )
        told = replace(told, reminder_at=remind_at)
    # Every step raises the version, and what is due next follows from the reminders.
    leads.change(tx, lead)
    return told, follow_up_id


def _status_step(
    tx: Transaction, lead: Lead, status: Status, change: LeadChange, remind_at: Any, move: str
) -> tuple[SetStatus, bool]:
    """The status as a step, and whether it says by itself in whose cartable the lead then is."""
    handed = status.cartable is CartableRule.NEXT
    owner_id = change.owner_id if handed else None
    reminded = owner_after(status, lead.owner_id, owner_id, tx.actor.id) or tx.actor.id
    through = status.reminder is ReminderRule.MUST or (
        status.reminder is ReminderRule.ASK and change.remind_whom == reminded
    )
    step = SetStatus(
        lead.id,
        None,
        status.id,
        change.answers,
        owner_id,
        remind_at if through else None,
        no_next_step=move,
        note=move,
    )
    return step, handed or status.cartable is CartableRule.NONE


def _due(tx: Transaction, change: LeadChange) -> Any:
    """When the reminder of the step is due, aware UTC; None where it sets none."""
    if change.remind_at is not None or change.remind_after is None:
        return change.remind_at
    at = over_at(tx.now, change.remind_after, tx.workspace) if change.remind_after else tx.now
    return max(at or tx.now, tx.now + timedelta(minutes=1))


def put_back(tx: Transaction, step: Step) -> None:
    """Put the case back to before the step that was taken on it with this one on a lead; once, however many leads it had."""
    entry = cases.entry(tx, int(step.was[_ENTRY]))
    if entry is None or entry.undone:
        return
    put_case_back(tx, entry)


def put_case_back(tx: Transaction, entry: KeptEntry) -> None:
    """Put a case back to before a step. Raises Refused where somebody moved it on since, or is gone who was in it."""
    case = cases.get(tx, entry.case_id)
    if case.version != entry.version_after:
        raise Refused(_("Somebody has worked on this case since; your step can no longer be taken back."))
    if entry.was.get("opened"):
        if cases.children(tx, case.id):
            raise Refused(_("There are cases beneath this one; take those back first."))
        cases.remove(tx, [case.id])
        return
    try:
        for _role, lead_id in entry.was["leads"]:
            leads.get(tx, int(lead_id))
        version = cases.put_back(tx, case, entry.was)
    except (NotFound, Conflict):
        raise Refused(_("A customer who was in this case is gone; the step stays.")) from None
    cases.mark_undone(tx, entry, version, tx.now)
    undone = CaseDetail(undoes=entry.act.value, move=entry.detail.move, state_to=str(entry.was["state"]))
    cases.add_entry(tx, case.id, CaseAct.UNDONE, tx.now, tx.actor.id, undone)
