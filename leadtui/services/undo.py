"""Taking back the last step of a person: status, answers, owner, reminders and all, by a new entry in the timeline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from leadtui.domain.field_rights import FieldRight
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_entry import changed_fields
from leadtui.domain.lead_fields import NEED
from leadtui.domain.permission import Permission
from leadtui.domain.reminder import Reminder, ReminderState
from leadtui.domain.undoing import Later, Touched, Verdict, judge
from leadtui.domain.workspace import WITH_CARTABLE
from leadtui.errors import NotFound, Refused
from leadtui.language import calendar
from leadtui.language.phone import show_phone
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.services import do_not_call, messages
from leadtui.services.bulk import AT_ONCE
from leadtui.services.case_steps import put_back as put_case_back
from leadtui.services.handing_over import bring_back, left_by
from leadtui.services.lead_merge import owner_of_lost, unmerge
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, journal, leads, reminders, search_keys
from leadtui.store.journal import Step

NAME_WIDTH = 40
"""Cells that a customer's name takes at most within a sentence."""

__all__ = [
    "NotTakenBack",
    "TakenBack",
    "Undoable",
    "Undone",
    "last_undoable",
    "settled",
    "take_steps_back",
    "undo",
    "undo_escalation",
    "undo_part",
    "undo_rest",
]


class NotTakenBack(Refused):
    """The step cannot be taken back, or `asks` to be confirmed first: `confirmed=step_id` does that.

    `activity` is what somebody did since and stands in the way, or the step itself where it asks; None where the
    sentence says all. It and `lead` are as the person may see them.
    """

    def __init__(
        self, sentence: str, step_id: int, lead: Lead, activity: Activity | None = None, *, asks: bool = False
    ) -> None:
        super().__init__(sentence)
        self.step_id = step_id
        self.lead = lead
        self.activity = activity
        self.asks = asks


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One lead's step that was taken back. `lead` is as it was just before, `activity` the entry taken back.

    `gone` and `back` are when the reminders are due that went and came back by it, aware UTC.
    """

    lead: Lead
    activity: Activity
    detail: ActivityDetail
    status_changed: bool
    owner_changed: bool
    gone: tuple[datetime, ...]
    back: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Undoable:
    """The step that would be taken back next. `count` customers were worked by it at once.

    `lead`, one of them, and `activity`, its entry of the timeline, are as the person may see them.
    """

    step_id: int
    lead: Lead
    activity: Activity
    count: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and why some of the same could not be; `rest` are its steps that are not tried yet."""

    taken: tuple[TakenBack, ...]
    refused: tuple[NotTakenBack, ...] = ()
    rest: tuple[int, ...] = ()

    def __add__(self, later: Undone) -> Undone:
        """Together with what was tried after it."""
        return Undone(self.taken + later.taken, self.refused + later.refused, later.rest)

    @property
    def through(self) -> int:
        """How many steps were tried."""
        return len(self.taken) + len(self.refused)


def last_undoable(session: Session, passing: Collection[int] = ()) -> Undoable | None:
    """The person's newest step that was not taken back and is not in `passing`."""
    with session.read() as tx:
        step = journal.latest_of(tx, tx.actor.id, passing)
        if step is None:
            return None
        activity = _activity_of(tx, step)
        lead = leads.get(tx, step.lead_id)
        group = _ids_of_group(tx, step)
        return Undoable(step.id, *_as_seen(tx, step, lead, activity), len(group))


def undo(
    session: Session, *, passing: Collection[int] = (), confirmed: int | None = None, dry_run: bool = False
) -> Undone:
    """Take back the person's newest step whole; what was done at once is taken back at once.

    Calls are facts and stay. Steps in `passing` are left out. A step of another day, or one before a step that
    was passed over, asks first: NotTakenBack with `asks`, until `confirmed` is its id. `dry_run` says what would
    be taken back, and writes nothing. Raises NotTakenBack, with the reason, where somebody has moved the lead
    on, and NotFound where there is nothing to take back.
    """
    undone = undo_part(session, passing=passing, confirmed=confirmed, dry_run=dry_run)
    while undone.rest:
        undone += undo_rest(session, undone.rest, dry_run=dry_run)
    return settled(undone)


def undo_part(
    session: Session, *, passing: Collection[int] = (), confirmed: int | None = None, dry_run: bool = False
) -> Undone:
    """The beginning of `undo`: as much as is taken back in one transaction; `undo_rest` goes on with its `rest`.

    Many customers are worked part by part, as they were when they were chosen: between two parts colleagues save
    what they do. What an interrupted undoing leaves is the person's newest step still.
    """

    def part(tx: Transaction) -> Undone:
        newest = journal.latest_of(tx, tx.actor.id, passing)
        if newest is None:
            raise NotFound(_("There is nothing of yours to take back."))
        if newest.id != confirmed:
            _ask(tx, newest, passing)
        # The newest first, so that two steps on one lead go in their order.
        return _undo(tx, tuple(reversed(_ids_of_group(tx, newest))))

    return _written(session, part, dry_run=dry_run)


def undo_rest(session: Session, going: Sequence[int], *, dry_run: bool = False) -> Undone:
    """Take back the next part of these steps, newest first; one that was taken back meanwhile is passed over.

    They are the `rest` of what `undo_part` began. Raises Refused for steps that the person did not take at once.
    """

    def part(tx: Transaction) -> Undone:
        _require_begun(tx, going[:AT_ONCE])
        return _undo(tx, going)

    return _written(session, part, dry_run=dry_run)


def undo_escalation(session: Session, lead_id: int) -> Undone:
    """Take back that the program passed on an overdue reminder of a customer, or the customer: the newest such step.

    It goes on no more for that reason. Raises NotTakenBack, with the reason, where somebody has moved the lead on, and NotFound where
    nothing was passed on.
    """
    with session.write(Permission.TRANSFER) as tx:
        step = journal.latest_by_the_program(tx, tx.lead(lead_id).id)
        if step is None:
            raise NotFound(_("Nothing of this customer was passed on."))
        return settled(_undo(tx, (step.id,)))


def take_steps_back(tx: Transaction, step_ids: Sequence[int]) -> Undone:
    """Take back these steps, all or none. Raises NotTakenBack where something stands in the way of one."""
    undone = _undo(tx, tuple(reversed(step_ids)))
    if undone.refused:
        raise undone.refused[0]
    return settled(undone)


def settled(undone: Undone) -> Undone:
    """What an undoing came to in the end. Raises what stood in its way where nothing was taken back."""
    if undone.taken:
        return undone
    raise undone.refused[0] if undone.refused else NotFound(_("There is nothing of yours to take back."))


Owner: TypeAlias = "int | None"
Whose: TypeAlias = Callable[[Transaction, Step, Lead], Sequence[Owner]]


def _whose_again(_tx: Transaction, step: Step, lead: Lead) -> Sequence[Owner]:
    """In whose cartable the customer is once the step is taken back."""
    return (journal.lead_values(step).get("owner_id", lead.owner_id),)


def _who_is_given(tx: Transaction, step: Step, lead: Lead) -> Sequence[Owner]:
    """Who gets the customer back; what the person took for themselves may go back to whom they took it from."""
    return () if lead.owner_id == tx.actor.id else _whose_again(tx, step, lead)


def _whose_were_merged(tx: Transaction, step: Step, lead: Lead) -> Sequence[Owner]:
    """In whose cartables the two customers are again whom the step made one."""
    return (*_whose_again(tx, step, lead), owner_of_lost(step))


ASKED: Mapping[ActivityKind, tuple[Permission, Whose]] = {
    **dict.fromkeys(
        (
            ActivityKind.REMINDER_SET,
            ActivityKind.REMINDER_DONE,
            ActivityKind.REMINDER_MOVED,
            ActivityKind.REMINDER_CANCELLED,
            ActivityKind.REMINDER_SKIPPED,
        ),
        (Permission.REMIND, _whose_again),
    ),
    ActivityKind.EDITED: (Permission.EDIT_CUSTOMERS, _whose_again),
    ActivityKind.TRANSFERRED: (Permission.TRANSFER, _who_is_given),
    ActivityKind.REMINDER_PASSED: (Permission.TRANSFER, _whose_again),
    ActivityKind.ESCALATED: (Permission.TRANSFER, _whose_again),
    ActivityKind.MERGED: (Permission.MERGE_CUSTOMERS, _whose_were_merged),
    ActivityKind.CALLS_FORBIDDEN: (Permission.ALLOW_CALLS, _whose_again),
    ActivityKind.CALLS_ALLOWED: (Permission.FORBID_CALLS, _whose_again),
    ActivityKind.MESSAGE: (Permission.SEND_MESSAGES, _whose_again),
    # Who sees a case takes their own move of it back, as moves of their profile need nothing else.
    ActivityKind.CASE: (Permission.SEE_CASES, _whose_again),
}
"""What taking back a step of that kind needs, and for whose customers."""

_ELSE = (Permission.FOLLOW_UP, _whose_again)
"""As `ASKED`, of any other kind: what setting a status needs."""


def _put_case_back(tx: Transaction, step: Step) -> None:
    """Also what a leaver had of cases is given back, and with it the leaver."""
    put_case_back(tx, step)
    bring_back(tx, step)


PUTTING_BACK: dict[ActivityKind, Callable[[Transaction, Step], object]] = {
    ActivityKind.MERGED: unmerge,
    ActivityKind.CALLS_FORBIDDEN: do_not_call.put_back,
    ActivityKind.CALLS_ALLOWED: do_not_call.put_back,
    ActivityKind.TRANSFERRED: bring_back,
    ActivityKind.REMINDER_PASSED: bring_back,
    ActivityKind.MESSAGE: messages.put_back,
    ActivityKind.CONSENT: messages.put_consent_back,
    ActivityKind.CASE: _put_case_back,
}
"""What a step of that kind replaced beside the lead's own rows, and how that is put back."""


class _OnlyTriedError(Exception):
    """Ends the transaction of a dry run without keeping anything."""

    def __init__(self, undone: Undone) -> None:
        super().__init__()
        self.undone = undone


def _written(session: Session, part: Callable[[Transaction], Undone], *, dry_run: bool) -> Undone:
    try:
        with session.write() as tx:
            undone = part(tx)
            if dry_run:
                raise _OnlyTriedError(undone)
    except _OnlyTriedError as tried:
        return tried.undone
    return undone


def _undo(tx: Transaction, going: Sequence[int]) -> Undone:
    taken: list[TakenBack] = []
    refused: list[NotTakenBack] = []
    for step_id in going[:AT_ONCE]:
        step = journal.get(tx, step_id)
        if step is None or step.undone_at is not None:
            continue  # erased with its customer, or taken back in another terminal
        try:
            taken.append(_take_back(tx, step))
        except NotTakenBack as error:
            refused.append(error)
    return Undone(tuple(taken), tuple(refused), tuple(going[AT_ONCE:]))


def _require_begun(tx: Transaction, going: Sequence[int]) -> None:
    """Raises Refused unless these are steps that the person took, and at once."""
    steps = [step for step in (journal.get(tx, each) for each in going) if step is not None]
    at_once = {each.group_id or -each.id for each in steps}
    if len(at_once) > 1 or any(each.actor_id != tx.actor.id for each in steps):
        raise Refused(_("Only the rest of one step of your own can be taken back."))


def _ids_of_group(tx: Transaction, step: Step) -> tuple[int, ...]:
    if step.group_id is None:
        return (step.id,)
    return journal.ids_of_group(tx, tx.actor.id, step.group_id)


def _ask(tx: Transaction, step: Step, passing: Collection[int]) -> None:
    zone = tx.workspace.zone
    today = calendar.local_date(step.at, zone) == calendar.local_date(tx.now, zone)
    if today and not any(each > step.id for each in passing):
        return
    activity = _activity_of(tx, step)
    lead = leads.get(tx, step.lead_id)
    sentence = _("Your last step is not of today, or a later one stays; confirm that it is to be taken back.")
    raise NotTakenBack(sentence, step.id, *_as_seen(tx, step, lead, activity), asks=True)


def _activity_of(tx: Transaction, step: Step) -> Activity:
    activity = activities.get(tx, step.activity_id)
    if activity is None:
        raise NotFound(_("That step is no longer in the timeline."))
    return activity


def _require_asked(tx: Transaction, activity: Activity, step: Step, lead: Lead) -> None:
    """Raises Refused where the person may not do what taking the step back is, NotTakenBack where not to this customer."""
    permission, whose = _asked(tx, activity)
    tx.require(permission)
    try:
        for owner_id in whose(tx, step, lead):
            tx.require_reach(permission, owner_id)
    except Refused as refused:
        raise NotTakenBack(str(refused), step.id, _seen(tx, lead, step)) from None


def _asked(tx: Transaction, activity: Activity) -> tuple[Permission, Whose]:
    """What taking the step back needs, which is what it needed itself: who answers in a talk need not edit customers."""
    changed = {key for key, _was, _now in activity.detail.changes}
    of_talk = {NEED, *(each.key for each in tx.definitions.fields if each.playbook)}
    if activity.kind is ActivityKind.EDITED and changed and changed <= of_talk:
        return _ELSE
    return ASKED.get(activity.kind, _ELSE)


def _take_back(tx: Transaction, step: Step) -> TakenBack:
    """Put one lead back to before the step. Raises NotTakenBack where something stands in the way."""
    activity = _activity_of(tx, step)
    lead = leads.get(tx, step.lead_id)
    _require_asked(tx, activity, step, lead)
    if activity.kind is ActivityKind.EDITED:
        _require_edited(tx, activity, lead, step)
    pending = reminders.pending_of_lead(tx, lead.id)
    verdict = _judge(tx, step, lead)
    values = journal.lead_values(step)
    if verdict.rung_since:
        values.pop("contacted_at", None)
    step = _require_usable(tx, step, lead, values)
    _put_more_back(tx, activity, step, lead)
    journal.put_back(tx, step, tx.now, tx.actor.id, leaving=verdict.leaving)
    after = reminders.pending_of_lead(tx, lead.id)
    taken = _taken_back(tx, activity, lead, values, pending, after)
    activities.add(tx, lead.id, ActivityKind.UNDONE, tx.now, tx.actor.id, taken.detail)
    version = leads.change(tx, lead, **values)
    # An import may have noted something since, by which the lead is found.
    search_keys.refresh(tx, [lead.id])
    journal.mark_undone(tx, step, version, tx.now, tx.actor.id)
    seen, shown = _as_seen(tx, step, lead, activity)
    detail = _as_seen(tx, step, lead, replace(activity, detail=taken.detail))[1].detail
    return replace(taken, lead=seen, activity=shown, detail=detail)


def _require_edited(tx: Transaction, activity: Activity, lead: Lead, step: Step) -> None:
    """Taking an edit back edits its fields: what the person may not change by now stays as it is. Raises NotTakenBack."""
    sight = tx.definitions.sight
    if any(sight.of(each) is not FieldRight.EDITED for each in changed_fields(activity.detail.changes)):
        words = _("Your profile no longer lets you change all that this step changed; ask a supervisor.")
        raise NotTakenBack(words, step.id, _seen(tx, lead, step))


def _as_seen(tx: Transaction, step: Step, lead: Lead, activity: Activity) -> tuple[Lead, Activity]:
    """The lead and an entry of its timeline, as the person may be told them."""
    seen = _seen(tx, lead, step)
    if not seen.numbers_hidden:
        return seen, tx.visibility.without_hidden_changes(activity)
    # The person sees no number of this customer, neither before nor after: any owner but the person tells so.
    return seen, tx.show_activity(activity, None)


def _seen(tx: Transaction, lead: Lead, step: Step) -> Lead:
    """The lead as the person may see it now, or would once the step is taken back; who is not seen has no name."""
    owners = (lead.owner_id, journal.lead_values(step).get("owner_id", lead.owner_id))
    if any(tx.visibility.can_see_numbers(each) for each in owners):
        return tx.visibility.without_hidden(lead)
    shown = tx.show(lead)
    return shown if any(tx.visibility.can_see(each) for each in owners) else replace(shown, name="")


def _put_more_back(tx: Transaction, activity: Activity, step: Step, lead: Lead) -> None:
    """Put back what the step replaced beside the lead's own rows, where the person may and it is possible."""
    put_back = PUTTING_BACK.get(activity.kind)
    try:
        do_not_call.require_undo(tx, step, lead)
        if put_back is not None:
            put_back(tx, step)
        messages.withdraw_caused(tx, step)
    except Refused as refused:
        raise NotTakenBack(str(refused), step.id, _seen(tx, lead, step)) from None


def _judge(tx: Transaction, step: Step, lead: Lead) -> Verdict:
    since = activities.since(tx, lead.id, step.activity_id)
    known = journal.of_activities(tx, lead.id, step.activity_id)
    later = [
        Later(
            each.id,
            each.kind,
            each.at,
            _touched(known[each.id]) if each.id in known else None,
            each.undone,
        )
        for each in since
    ]
    verdict = judge(_touched(step), later)
    if verdict.blocked_by is not None:
        activity = next(each for each in since if each.id == verdict.blocked_by)
        raise _moved_on(tx, activity, lead, step)
    return verdict


def _moved_on(tx: Transaction, activity: Activity, lead: Lead, step: Step) -> NotTakenBack:
    if not tx.visibility.can_see(lead.owner_id):
        words = _("The customer is in another cartable by now; your step can no longer be taken back.")
        return NotTakenBack(words, step.id, _seen(tx, lead, step))
    words = _("Somebody has worked on this customer since; your step can no longer be taken back.")
    shown = tx.show_activity(activity, lead.owner_id)
    return NotTakenBack(words, step.id, tx.show(lead), shown)


def _touched(step: Step) -> Touched:
    return Touched(
        columns=frozenset(step.was.get("lead", {})),
        numbers="numbers" in step.was,
        reminders=frozenset(int(each) for each in step.was.get("reminders", {})),
    )


def _require_usable(tx: Transaction, step: Step, lead: Lead, values: Mapping[str, Any]) -> Step:
    """The step, once what the lead gets back is seen to be free: its numbers, and the person who had it.

    A number that somebody has by now of whom the person may not know that is shared with them without a word.
    """
    kept: list[Sequence[Any]] = []
    for number in step.was.get("numbers", ()):
        # One that it shares comes back, whoever else has it.
        holder = None if any(number[4:]) else leads.number_owner(tx, number[0])
        if holder is None or holder == lead.id:
            kept.append(number)
            continue
        other = leads.get(tx, holder)
        if not tx.visibility.can_see_numbers(other.owner_id):
            kept.append([*number[:4], lead.id])
            continue
        words = _("A number that it took away is another customer's by now; it can no longer be taken back.")
        if tx.visibility.can_see_numbers(lead.owner_id):
            words = _(
                "The number {number} belongs to {name} by now; your step can no longer be taken back."
            ).format(number=number[0], name=_called(tx, other))
        raise NotTakenBack(words, step.id, _seen(tx, lead, step))
    owner = tx.definitions.colleague(values.get("owner_id"))
    if owner is not None and owner.state not in WITH_CARTABLE and left_by(step) != owner.id:
        seen = _seen(tx, lead, step)
        words = _("{owner} no longer works here, so {name} cannot go back; give the customer to somebody.")
        raise NotTakenBack(words.format(owner=owner.name, name=_called(tx, seen)), step.id, seen)
    was = {**step.was, "numbers": kept} if kept else dict(step.was)
    ringing = _ringing_here(tx, step, values.get("owner_id", lead.owner_id))
    return replace(step, was={**was, "reminders": ringing} if ringing else was)


def _ringing_here(tx: Transaction, step: Step, owner_id: int | None) -> dict[str, Any]:
    """What the step kept of reminders; one that would ring again at somebody who has left rings where the customer is.

    Where the customer is nobody's, it rings at whoever takes the step back.
    """
    here = {each.id for each in tx.definitions.active_colleagues} | {left_by(step) or tx.actor.id}
    rings_at = owner_id if owner_id in here else tx.actor.id
    kept: dict[str, Any] = dict(step.was.get("reminders", {}))
    for reminder_id, was in kept.items():
        reminder = reminders.get(tx, int(reminder_id))
        if was is None or reminder is None:
            continue
        pending = was.get("state", reminder.state.value) == ReminderState.PENDING.value
        if pending and was.get("owner_id", reminder.owner_id) not in here:
            kept[reminder_id] = {**was, "owner_id": rings_at}
    return kept


def _called(tx: Transaction, lead: Lead) -> str:
    shown = show_phone(lead.phone, tx.workspace.region) if lead.phone else ""
    return brief(lead.name or shown, NAME_WIDTH) or pgettext("customer", "this customer")


def _taken_back(
    tx: Transaction,
    activity: Activity,
    lead: Lead,
    values: Mapping[str, Any],
    pending: tuple[Reminder, ...],
    after: tuple[Reminder, ...],
) -> TakenBack:
    ids_before, ids_after = {each.id for each in pending}, {each.id for each in after}
    gone = [each.due for each in pending if each.id not in ids_after]
    back = [each.due for each in after if each.id not in ids_before]
    if activity.kind is ActivityKind.MERGED:
        gone = back = []  # they only went back with their customer
    detail = ActivityDetail(
        undoes_id=activity.id,
        undoes_kind=activity.kind.value,
        reminder_was=gone[0] if gone else None,
        reminder_at=back[0] if back else None,
        lost_name=activity.detail.lost_name,
        case_kind=activity.detail.case_kind,
        changes=tuple((key, now, was) for key, was, now in activity.detail.changes),
    )
    worked = activity.kind is ActivityKind.STATUS_SET or "status_id" in values
    if worked:
        status_id = values.get("status_id", lead.status_id)
        before, now = (tx.definitions.status(each) for each in (lead.status_id, status_id))
        detail = replace(
            detail,
            status_from=before.title if before else "",
            status_to=now.title if now else "",
            status_to_id=status_id,
        )
    if "owner_id" in values:
        detail = replace(detail, owner_from_id=lead.owner_id, owner_to_id=values["owner_id"])
    return TakenBack(
        lead=lead,
        activity=activity,
        detail=detail,
        status_changed=worked,
        owner_changed="owner_id" in values,
        gone=tuple(gone),
        back=tuple(back),
    )
