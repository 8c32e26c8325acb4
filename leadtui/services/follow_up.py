"""Setting a status: one step of the work on a lead, saved whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from leadtui.domain import follow_up
from leadtui.domain.call_window import zone_of_customer
from leadtui.domain.difference import step_clashes
from leadtui.domain.follow_up import FollowUp, StatusChange
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.permission import Permission
from leadtui.domain.reminder import ReminderKind, ReminderState
from leadtui.domain.status import Status, StatusKind
from leadtui.errors import Invalid, InvalidAnswers, LeadtuiError, NotFound, Refused
from leadtui.language.repetition import Repetition, kept_text
from leadtui.language.text import clean, clean_multiline
from leadtui.language.translate import _
from leadtui.services.bulk import Result, Selection, as_selected, require_giving
from leadtui.services.call_windows import require_window
from leadtui.services.do_not_call import lifting_problem
from leadtui.services.drafts import STATUS_DRAFT
from leadtui.services.leads import lead_changed
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, drafts, follow_ups, journal, leads, reminders


@dataclass(frozen=True, slots=True)
class SetStatus:
    """What a person decided about a lead, as they saw it at `version`; without one, whatever it is by now.

    With `seen`, the lead as they saw it, only a change of what they decided on stops the step. `answers` are as
    typed, by field key; `remind_at` is aware UTC; `promised` makes the reminder a callback that the customer was
    promised, `repeats` is the rule by which it comes again.
    """

    lead_id: int
    version: int | None
    status_id: int
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    owner_id: int | None = None
    remind_at: datetime | None = None
    promised: bool = False
    note: str = ""
    seen: Lead | None = field(default=None, compare=False)
    repeats: Repetition | None = None
    asked: bool = False
    """Whether the person wants the reminder also at an hour at which the lead is not rung."""
    no_next_step: str = ""
    """Why nothing is planned for the lead, where the step would leave it so."""


def set_status(session: Session, command: SetStatus) -> Lead:
    """Save one step and return the lead as it stands after it.

    Raises Refused, Conflict where somebody worked on the lead since `version`, InvalidAnswers
    with a problem for each field that is missing or wrong, and NotInWindow where the reminder is for an hour at which the
    lead is not rung and the person was not asked.
    """
    with session.write(Permission.FOLLOW_UP) as tx:
        lead = tx.lead(command.lead_id, Permission.FOLLOW_UP)
        if _stale(command, lead):
            raise lead_changed(tx, lead)
        step = _plan(tx, lead, command, reminders.pending_of_lead(tx, lead.id))
        if command.remind_at is not None and not command.asked:
            require_window(tx, lead, command.remind_at)
        _write_step(tx, lead, step, command)
        drafts.discard(tx, tx.actor.id, STATUS_DRAFT, lead.id)
        return tx.show(leads.get(tx, lead.id))


@dataclass(frozen=True, slots=True)
class StatusOfSeveral:
    """What a person decided about several leads at once: as `SetStatus`, and the same for each of them.

    But for the time: `remind_at` says for each, by its id, when to be reminded of it (aware UTC); of one that is not in
    it nobody is. A moment that has passed by the time that its lead's turn comes is the next minute.
    """

    status_id: int
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    owner_id: int | None = None
    remind_at: Mapping[int, datetime] = field(default_factory=dict[int, datetime])
    promised: bool = False
    note: str = ""
    repeats: Repetition | None = None
    no_next_step: str = ""

    def on(self, lead: Lead, now: datetime) -> SetStatus:
        """The step on one of them, at the aware moment `now`."""
        remind_at = self.remind_at.get(lead.id)
        return SetStatus(
            lead.id,
            lead.version,
            self.status_id,
            self.answers,
            self.owner_id,
            None if remind_at is None else max(remind_at, now + timedelta(minutes=1)),
            self.promised and remind_at is not None,
            self.note,
            repeats=self.repeats,
            no_next_step=self.no_next_step,
        )


def set_status_of(
    session: Session,
    lead_ids: Sequence[int] | Selection,
    wanted: StatusOfSeveral,
    *,
    group_id: int | None = None,
) -> Result:
    """Give several customers a status, in one transaction; `group_id` as for `bulk.assign`.

    Who was changed since they were selected is left as they are, and so is, as *beyond*, to whom the person may not do that,
    and, as *banned*, whose status forbids calls where the person may not lift that or the note does not say why. Where nothing
    would be planned for some and no reason is given, they are left too. Where one of these is so with all of one call, it is
    refused. Raises as `set_status` for what would be wrong with each; as long as nothing was done, also where a time to be
    reminded has passed.
    """
    result = Result(group_id=group_id)
    refusal: LeadtuiError | None = None
    with session.write(Permission.FOLLOW_UP) as tx:
        status = _status(tx, wanted.status_id)
        if group_id is None and any(each <= tx.now for each in wanted.remind_at.values()):
            raise follow_up.passed()
        note = clean_multiline(wanted.note)
        needed = [Permission.FOLLOW_UP]
        if status.kind is StatusKind.DO_NOT_CALL:
            needed.append(Permission.FORBID_CALLS)
        tx.require(*needed)
        for lead_id, version in as_selected(lead_ids):
            try:
                lead = tx.lead(lead_id)
            except NotFound:
                result += Result(gone=1)
                continue
            if version not in (None, lead.version):
                result += Result(changed=1)
                continue
            try:
                for each in needed:
                    tx.require_reach(each, lead.owner_id)
            except Refused as error:
                refusal = error
                result += Result(beyond=1)
                continue
            if lifting_problem(lead, status, note, tx.actor, tx.definitions) is not None:
                result += Result(banned=1)
                continue
            command = wanted.on(lead, tx.now)
            try:
                step = _plan(tx, lead, command, reminders.pending_of_lead(tx, lead.id))
            except InvalidAnswers as error:
                if any(each.field != follow_up.NO_NEXT_STEP_FIELD for each in error.problems):
                    raise
                refusal = error
                result += Result(unplanned=1)
                continue
            group = result.group_id or journal.next_group(tx)
            _write_step(tx, lead, step, command, group)
            result += Result(done=1, group_id=group)
    if refusal is not None and not result.done and group_id is None:
        raise refusal
    return result


def reasons_given(session: Session) -> tuple[tuple[int, str], ...]:
    """Why the person left customers without a next step lately, each with the id of the status it was said with, the latest first."""
    with session.read(Permission.FOLLOW_UP) as tx:
        return tuple(follow_ups.reasons_given(tx, tx.actor.id))


def _write_step(
    tx: Transaction, lead: Lead, plan: FollowUp, command: SetStatus, group_id: int | None = None
) -> None:
    with journal.record(tx, lead.id, plan.actor_id, plan.at, group_id=group_id) as step:
        step.activity_id = _write(tx, lead, plan, command)


def _stale(command: SetStatus, lead: Lead) -> bool:
    if command.version in (None, lead.version):
        return False
    return command.seen is None or step_clashes(command.seen, lead)


def plan_step(
    session: Session, lead: Lead, command: SetStatus, pending: tuple[reminders.Reminder, ...] = ()
) -> FollowUp:
    """What the command would change, without writing anything. Raises like `set_status`."""
    with session.read(Permission.FOLLOW_UP) as tx:
        tx.require_reach(Permission.FOLLOW_UP, lead.owner_id)
        return _plan(tx, lead, command, pending)


def _plan(
    tx: Transaction,
    lead: Lead,
    command: SetStatus,
    pending: tuple[reminders.Reminder, ...],
    *,
    by_rule: bool = False,
) -> FollowUp:
    status = _status(tx, command.status_id)
    step = StatusChange(
        status=status,
        answers=command.answers,
        owner_id=command.owner_id,
        remind_at=command.remind_at,
        note=clean_multiline(command.note),
        then=tx.definitions.status_of_key(status.retry.then_status),
        no_next_step=clean(command.no_next_step),
    )
    open_parts = tx.visibility.without_hidden(lead)
    their_zone = zone_of_customer(open_parts.phone, open_parts.city, tx.workspace)
    context = replace(tx.format_context(), their_zone=their_zone)
    plan = follow_up.plan(lead, step, tx.actor, context, tx.definitions.colleagues, pending)
    if plan.transferred and not by_rule and plan.owner_to_id not in (None, tx.actor.id):
        _require_transfer(tx, plan.owner_to_id)
    if plan.transferred and plan.owner_to_id == tx.actor.id:
        tx.require_taking(lead)
    if status.kind is StatusKind.DO_NOT_CALL:
        tx.require_reach(Permission.FORBID_CALLS, lead.owner_id)
    problem = lifting_problem(lead, status, step.note, tx.actor, tx.definitions)
    if problem is not None:
        raise problem
    return plan


def _status(tx: Transaction, status_id: int) -> Status:
    status = tx.definitions.status(status_id)
    if status is None:
        raise Invalid(_("There is no such status; choose another."), follow_up.STATUS_FIELD)
    return status


def _require_transfer(tx: Transaction, owner_id: int | None) -> None:
    if not tx.actor.may(Permission.TRANSFER):
        raise Refused(
            _("Your profile does not allow giving customers to colleagues ({permission}).").format(
                permission=Permission.TRANSFER.value
            )
        )
    require_giving(tx, [owner_id])


def set_status_within(tx: Transaction, lead: Lead, command: SetStatus) -> tuple[ActivityDetail, int]:
    """Set a status as a part of another step, by the workspace's own rule: neither a step nor an entry of its own is written.

    Returns what the timeline is to keep of it, and the id of its follow-up. Raises as `set_status`, though not for its going
    to a colleague.
    """
    plan = _plan(tx, lead, command, reminders.pending_of_lead(tx, lead.id), by_rule=True)
    follow_up_id = _change(tx, lead, plan, command)
    return plan.detail(tx.definitions.status(plan.status_from_id)), follow_up_id


def _write(tx: Transaction, lead: Lead, plan: FollowUp, command: SetStatus) -> int:
    """Everything that the step changes; the id of the activity that tells it."""
    follow_up_id = _change(tx, lead, plan, command)
    return activities.add(
        tx,
        lead.id,
        ActivityKind.STATUS_SET,
        plan.at,
        plan.actor_id,
        replace(
            plan.detail(tx.definitions.status(plan.status_from_id)),
            repeats=kept_text(command.repeats)
            if command.repeats and plan.remind_at and not plan.planned
            else "",
        ),
        follow_up_id=follow_up_id,
    )


def _change(tx: Transaction, lead: Lead, plan: FollowUp, command: SetStatus) -> int:
    """Everything that the step changes but the timeline; the id of the follow-up."""
    actor_id = plan.actor_id
    follow_up_id = follow_ups.add(tx, plan)
    if plan.acknowledges:
        reminders.end(tx, plan.acknowledges, ReminderState.ACKNOWLEDGED, plan.at, actor_id)
    if plan.cancels:
        reminders.end(tx, plan.cancels, ReminderState.CANCELLED, plan.at, actor_id)
    if plan.replaces:
        reminders.end(tx, plan.replaces, ReminderState.RESCHEDULED, plan.at, actor_id)
    if plan.moves and plan.owner_to_id is not None:
        reminders.move(tx, plan.moves, plan.owner_to_id)
    for each in plan.renews:
        reminders.add_next(tx, each.ended, each.due, each.owner_id, plan.at, actor_id)
    if plan.remind_at is not None and plan.reminder_owner_id is not None:
        reminders.add(
            tx,
            lead_id=lead.id,
            owner_id=plan.reminder_owner_id,
            due=plan.remind_at,
            zone=tx.workspace.zone,
            kind=_reminder_kind(plan, command),
            note=plan.status_to.title,
            created_at=plan.at,
            created_by=actor_id,
            replaces_id=plan.replaces[0] if plan.replaces else None,
            follow_up_id=follow_up_id,
            repeats=None if plan.planned else command.repeats,
        )
    owner_at = plan.at if plan.transferred else lead.owner_at
    leads.change(
        tx,
        lead,
        status_id=plan.status_to.id,
        status_at=plan.at,
        owner_id=plan.owner_to_id,
        owner_at=owner_at if plan.owner_to_id is not None else None,
        contacted_at=plan.at,
        attempts=plan.attempts,
    )
    return follow_up_id


def _reminder_kind(plan: FollowUp, command: SetStatus) -> ReminderKind:
    if plan.planned:
        return ReminderKind.ATTEMPT
    return ReminderKind.CALLBACK if command.promised else ReminderKind.REMINDER
