"""Do-not-call: forbidding to ring a customer or a number, and allowing it again.

The list is one of numbers: what is done to a number holds for every customer who has it, and stands in the timeline of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from leadtui.domain.audit import AuditAct, AuditKind, done
from leadtui.domain.do_not_call import Ban, ListedNumber
from leadtui.domain.follow_up import NOTE_FIELD
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_entry import read_reason
from leadtui.domain.permission import Permission
from leadtui.domain.status import Status, StatusKind
from leadtui.domain.visibility import is_within, reach
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.errors import Invalid, LeadtuiError, Refused
from leadtui.language.phone import parse_phone, show_phone
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.services.drafts import DO_NOT_CALL_DRAFT
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, do_not_call, drafts, follow_ups, journal, leads, suppression

NUMBER_FIELD = "number"
"""The name under which errors of a number are reported."""

_ADDED, _REMOVED = "do_not_call_added", "do_not_call_removed"
"""Under these names a step keeps what it changed in the list."""


@dataclass(frozen=True, slots=True)
class ForbiddenNumbers:
    """What became of numbers that were to be put on the list; `unreadable` are as they were written."""

    added: int
    already: int
    unreadable: tuple[str, ...]


class CallForbidden(Refused):
    """The customer must not be rung; `ban` says who forbade it, when and why."""

    def __init__(self, ban: Ban) -> None:
        super().__init__(_("This customer must not be rung; somebody must allow calls first."))
        self.ban = ban


def forbid(session: Session, lead_id: int, reason: str) -> Lead:
    """Put all numbers of a customer on the list and return the customer.

    Raises Invalid without a reason, Refused where there is no number or all are on the list.
    """
    with session.write(Permission.FORBID_CALLS) as tx:
        why = read_reason(reason)
        lead = tx.lead(lead_id, Permission.FORBID_CALLS)
        if not lead.numbers:
            raise Refused(
                _("This customer has no number that could be forbidden; set a status that forbids calls.")
            )
        bans = _new_bans(tx, [each.e164 for each in lead.numbers], why)
        if not bans:
            raise Refused(_("Every number of this customer is on the do-not-call list already."))
        _forbid(tx, bans, why, about=lead_id)
        drafts.discard(tx, tx.actor.id, DO_NOT_CALL_DRAFT, lead_id)
        return tx.show(leads.get(tx, lead_id))


def forbid_number(session: Session, number: str, reason: str) -> ListedNumber:
    """Put a number in any writing on the list, whether a customer has it or not, and return it with those who have it.

    Raises Invalid where it is no number or there is no reason, Refused where it is on the list, or the person may not
    forbid calls to everybody: a number is whoever's.
    """
    with session.write(Permission.FORBID_CALLS) as tx:
        tx.require_all(Permission.FORBID_CALLS)
        why, e164 = read_reason(reason), _read_number(tx, number)
        bans = _new_bans(tx, [e164], why)
        if not bans:
            raise Refused(
                _("{number} is on the do-not-call list already.").format(number=_shown(session, e164))
            )
        _forbid(tx, bans, why)
        tx.audit(done(AuditKind.DO_NOT_CALL, AuditAct.ADDED, title=e164, reason=why))
        return _listed(tx, bans[0])


def forbid_numbers(session: Session, numbers: Iterable[str], reason: str) -> ForbiddenNumbers:
    """Put many numbers on the list at once; those on it stay as they are, and what is no number is told. Raises as `forbid_number`."""
    e164s: dict[str, None] = {}
    unreadable: list[str] = []
    for number in numbers:
        parsed = parse_phone(clean(number), session.workspace.region)
        if parsed is None:
            unreadable.append(number)
        else:
            e164s[parsed.e164] = None
    with session.write(Permission.FORBID_CALLS) as tx:
        tx.require_all(Permission.FORBID_CALLS)
        why = read_reason(reason)
        bans = _new_bans(tx, list(e164s), why)
        _forbid(tx, bans, why)
        if bans:
            tx.audit(done(AuditKind.DO_NOT_CALL, AuditAct.ADDED, count=len(bans), reason=why))
    return ForbiddenNumbers(len(bans), len(e164s) - len(bans), tuple(unreadable))


def allow(session: Session, lead_id: int, reason: str) -> Lead:
    """Take all numbers of a customer off the list, and a status that forbids calls back to the one before it.

    Returns the customer. Raises Invalid without a reason, Refused where calls are allowed.
    """
    with session.write(Permission.ALLOW_CALLS) as tx:
        why = read_reason(reason)
        lead = tx.lead(lead_id, Permission.ALLOW_CALLS)
        if not lead.do_not_call:
            raise Refused(_("This customer may be called already."))
        _allow(tx, lead, why)
        drafts.discard(tx, tx.actor.id, DO_NOT_CALL_DRAFT, lead_id)
        return tx.show(leads.get(tx, lead_id))


def allow_number(session: Session, number: str, reason: str) -> ListedNumber:
    """Take a number off the list and return it as it stood there. A status of the customer who has it stays as it is.

    Raises Invalid where it is no number or there is no reason, Refused where it is not on the list, or as `forbid_number`.
    """
    with session.write(Permission.ALLOW_CALLS) as tx:
        tx.require_all(Permission.ALLOW_CALLS)
        why, e164 = read_reason(reason), _read_number(tx, number)
        if not do_not_call.of_numbers(tx, [e164]):
            raise Refused(_("{number} is not on the do-not-call list.").format(number=_shown(session, e164)))
        suppression.forget(tx, [e164])
        gone = do_not_call.remove(tx, [e164])
        held = _held(tx, gone)
        _tell_holders(tx, ActivityKind.CALLS_ALLOWED, held, why, _group(tx, held))
        tx.audit(done(AuditKind.DO_NOT_CALL, AuditAct.REMOVED, title=e164, reason=why))
        return _listed(tx, gone[0])


def list_forbidden(session: Session) -> tuple[ListedNumber, ...]:
    """The do-not-call list, the newest entry first: for whoever sees the numbers of all customers, since it has them."""
    with session.read(Permission.SEE_NUMBERS, Permission.SEE_CUSTOMERS) as tx:
        tx.require_all(Permission.SEE_NUMBERS, Permission.SEE_CUSTOMERS)
        return do_not_call.listed(tx, tx.visibility)


def export_forbidden(session: Session) -> tuple[ListedNumber, ...]:
    """The whole list as `list_forbidden` gives it, to be written into a file, of which the audit tells."""
    with session.write(Permission.EXPORT, Permission.SEE_NUMBERS, Permission.SEE_CUSTOMERS, tells=True) as tx:
        tx.require_all(Permission.EXPORT, Permission.SEE_NUMBERS, Permission.SEE_CUSTOMERS)
        listed = do_not_call.listed(tx, tx.visibility)
        tx.audit(done(AuditKind.DO_NOT_CALL, AuditAct.DONE, count=len(listed)))
        return listed


def bans_of(tx: Transaction, lead: Lead) -> tuple[Ban, ...]:
    """Why a customer must not be rung: their status, then each of their numbers that is on the list."""
    if not lead.do_not_call:
        return ()
    by_number = do_not_call.of_numbers(tx, [each.e164 for each in lead.numbers])
    if lead.status_id is None or not tx.definitions.forbids_calls(lead.status_id):
        return by_number
    given = follow_ups.status_origin(tx, lead.id, lead.status_id)
    by_status = (
        Ban(lead.status_at, None, "", status_id=lead.status_id)
        if given is None
        else Ban(given.at, given.actor_id, given.note, status_id=lead.status_id)
    )
    return (by_status, *by_number)


def require_callable(tx: Transaction, lead: Lead, at: datetime) -> None:
    """Raises CallForbidden where the customer must not be rung at that moment.

    A call that had begun when calls were forbidden was made, and may be noted.
    """
    held = [each for each in bans_of(tx, lead) if each.held(at)]
    if held:
        raise CallForbidden(held[0])


def lifting_problem(
    lead: Lead, status: Status, note: str, actor: Colleague, definitions: Definitions
) -> LeadtuiError | None:
    """What is wrong with giving `status` to a customer whose present one forbids calls: it allows them again.

    Refused without the permission, Invalid where the note does not say why.
    """
    if status.kind is StatusKind.DO_NOT_CALL or not definitions.forbids_calls(lead.status_id):
        return None
    if not is_within((lead.owner_id,), reach(actor, Permission.ALLOW_CALLS, definitions)):
        return _no_lifting(definitions, lead)
    return None if note else Invalid(_("Say in the note why they may be called again."), NOTE_FIELD)


def _no_lifting(definitions: Definitions, lead: Lead) -> Refused:
    status = definitions.status(lead.status_id)
    return Refused(
        _(
            "“{status}” forbids calls; your profile does not allow lifting that ({permission}); ask a supervisor."
        ).format(status=status.title if status else "", permission=Permission.ALLOW_CALLS.value)
    )


# Taking a step back


def require_undo(tx: Transaction, step: journal.Step, lead: Lead) -> None:
    """Raises Refused where taking the step back would allow calls, and the person may not do that."""
    was: dict[str, Any] = dict(step.was.get("lead", {}))
    leaves = tx.definitions.forbids_calls(lead.status_id) and not tx.definitions.forbids_calls(
        was.get("status_id", lead.status_id)
    )
    if leaves and not tx.reaches(Permission.ALLOW_CALLS, was.get("owner_id", lead.owner_id)):
        raise _no_lifting(tx.definitions, lead)
    if step.was.get(_ADDED):
        tx.require_reach(Permission.ALLOW_CALLS, was.get("owner_id", lead.owner_id))


def put_back(tx: Transaction, step: journal.Step) -> None:
    """Give the list what the step took off it, and take off what the step put on it."""
    added: Sequence[str] = step.was.get(_ADDED, ())
    if added:
        do_not_call.remove(tx, added)
    removed = do_not_call.from_kept(step.was.get(_REMOVED, ()))
    on_it = {each.e164 for each in do_not_call.of_numbers(tx, [each.e164 for each in removed])}
    do_not_call.add(tx, [each for each in removed if each.e164 not in on_it])


def _listed(tx: Transaction, ban: Ban) -> ListedNumber:
    """A number of the list with those who have it, as far as the person may know it."""
    holders = leads.find_by_number(tx, ban.e164, tx.visibility)
    names = leads.rows(tx, holders)
    return ListedNumber(ban, tuple((each, names[each].name) for each in holders))


def _new_bans(tx: Transaction, e164s: Sequence[str], reason: str) -> list[Ban]:
    on_it = {each.e164 for each in do_not_call.of_numbers(tx, e164s)}
    return [Ban(tx.now, tx.actor.id, reason, each) for each in e164s if each not in on_it]


def _forbid(tx: Transaction, bans: Sequence[Ban], reason: str, about: int = 0) -> None:
    """Put numbers on the list; the customers who have some of them are told so in their timelines.

    The step on the customer that it is `about` is the last, which undoing names.
    """
    do_not_call.add(tx, bans)
    held = _held(tx, bans)
    held |= {about: held.pop(about)} if about else {}
    _tell_holders(tx, ActivityKind.CALLS_FORBIDDEN, held, reason, _group(tx, held), about)


def _tell_holders(
    tx: Transaction,
    kind: ActivityKind,
    held: Mapping[int, Sequence[Ban]],
    reason: str,
    group_id: int | None,
    about: int = 0,
) -> None:
    """Tell customers what became of their numbers, as a step of each.

    Of customers of whom the person may not know the number only the one that it is `about` has a step: taking one back
    would tell that they have it.
    """
    for lead_id, bans in held.items():
        lead = leads.get(tx, lead_id)
        if lead_id != about and not tx.visibility.can_see_numbers(lead.owner_id):
            _tell(tx, lead, kind, reason, bans)
            continue
        with journal.record(tx, lead_id, tx.actor.id, tx.now, group_id=group_id) as step:
            step.more.update(_kept(kind, bans))
            step.activity_id = _tell(tx, lead, kind, reason, bans)


def _held(tx: Transaction, bans: Sequence[Ban]) -> dict[int, list[Ban]]:
    """Those of the numbers that each customer has who has any."""
    holders = leads.holders_of_numbers(tx, [each.e164 for each in bans])
    held: dict[int, list[Ban]] = {}
    for ban in bans:
        for lead_id in holders.get(ban.e164, ()):
            held.setdefault(lead_id, []).append(ban)
    return held


def _group(tx: Transaction, held: Mapping[int, Sequence[Ban]]) -> int | None:
    """Where a number is shared, what is done to it is taken back at once, as it was done; else each step by itself."""
    numbers = [each.e164 for bans in held.values() for each in bans]
    return journal.next_group(tx) if len(set(numbers)) < len(numbers) else None


def _kept(kind: ActivityKind, bans: Sequence[Ban]) -> dict[str, Any]:
    """What a step keeps of the list."""
    if kind is ActivityKind.CALLS_FORBIDDEN:
        return {_ADDED: [each.e164 for each in bans]}
    return {_REMOVED: do_not_call.kept(bans)}


def _allow(tx: Transaction, lead: Lead, reason: str) -> None:
    values: dict[str, Any] = {}
    detail = ActivityDetail(text=reason)
    if tx.definitions.forbids_calls(lead.status_id):
        status_id = _status_before(tx, lead)
        values = {"status_id": status_id, "status_at": None if status_id is None else tx.now}
        before, after = tx.definitions.status(lead.status_id), tx.definitions.status(status_id)
        detail = ActivityDetail(
            text=reason,
            status_from=before.title if before else "",
            status_to=after.title if after else "",
            status_to_id=status_id,
        )
    numbers = [each.e164 for each in lead.numbers]
    gone = do_not_call.remove(tx, numbers)
    suppression.forget(tx, numbers)
    held = _held(tx, gone)
    group_id = _group(tx, held)
    held.pop(lead.id, None)
    _tell_holders(tx, ActivityKind.CALLS_ALLOWED, held, reason, group_id)
    with journal.record(tx, lead.id, tx.actor.id, tx.now, group_id=group_id) as step:
        step.more.update(_kept(ActivityKind.CALLS_ALLOWED, gone))
        step.activity_id = _tell(tx, lead, ActivityKind.CALLS_ALLOWED, reason, gone, detail, **values)


def _status_before(tx: Transaction, lead: Lead) -> int | None:
    """The last status before those that forbid calls; none where the customer was new."""
    status_id, seen = lead.status_id, set[int]()
    while status_id is not None and tx.definitions.forbids_calls(status_id) and status_id not in seen:
        seen.add(status_id)
        given = follow_ups.status_origin(tx, lead.id, status_id)
        status_id = None if given is None else given.status_from_id
    return None if tx.definitions.forbids_calls(status_id) else status_id


def _tell(
    tx: Transaction,
    lead: Lead,
    kind: ActivityKind,
    reason: str,
    bans: Sequence[Ban],
    detail: ActivityDetail | None = None,
    **values: Any,
) -> int:
    """Write the entry of the timeline, and the lead's new values; the entry's id."""
    detail = detail or ActivityDetail(text=reason)
    numbers = ", ".join(each.e164 for each in bans)
    activity_id = activities.add(
        tx,
        lead.id,
        kind,
        tx.now,
        tx.actor.id,
        replace(detail, source=numbers),
    )
    leads.change(tx, lead, **values)
    return activity_id


def _read_number(tx: Transaction, number: str) -> str:
    parsed = parse_phone(clean(number), tx.workspace.region)
    if parsed is None:
        raise Invalid(
            _("“{number}” is not a telephone number; write it as it is dialled.").format(number=number),
            NUMBER_FIELD,
        )
    return parsed.e164


def _shown(session: Session, e164: str) -> str:
    return show_phone(e164, session.workspace.region)
