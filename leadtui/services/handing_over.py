"""Handing over: others get the customers, reminders and cases of a colleague who leaves; who was given one returns it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from leadtui.domain.audit import AuditKind, done
from leadtui.domain.case import Case, CaseAct, CaseDetail
from leadtui.domain.case_kind import over_states
from leadtui.domain.distribution import RuleWords
from leadtui.domain.follow_up import NOTE_FIELD, OWNER_FIELD, check_note
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.permission import Permission
from leadtui.domain.workspace import WITH_CARTABLE, Colleague, MemberState
from leadtui.errors import Invalid, NotFound, Refused
from leadtui.language.text import clean_multiline
from leadtui.language.translate import _
from leadtui.services import bulk
from leadtui.services.case_steps import CaseChange, write_case_step
from leadtui.services.colleagues import require_changeable, require_profile
from leadtui.services.distributing import distributor
from leadtui.services.drafts import RETURN_DRAFT
from leadtui.services.membership import remove
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import cases, definitions, drafts, given, journal, lead_writing, leads, reminders
from leadtui.store.journal import Step
from leadtui.store.lead_writing import LeadChange, NewActivity

_LEFT = "left"
"""What a step keeps beside the lead's own rows: the id of whoever left by it."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a colleague has: customers in the cartable, pending reminders, and cases on which work goes on."""

    customers: int
    reminders: int
    cases: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing would be dropped."""
        return not (self.customers or self.reminders or self.cases)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How far it is: customers that were given away, others of which only reminders were passed on, and cases.

    `through` says that nothing is left. `group_id` is that of the steps, None where there was none.
    """

    customers: int = 0
    reminded: int = 0
    cases: int = 0
    through: bool = False
    group_id: int | None = None
    left: bool = False
    """Whether the colleague's access was ended by it, which taking it back gives back."""

    @property
    def count(self) -> int:
        """Customers and cases that were changed."""
        return self.customers + self.reminded + self.cases


def left_behind(session: Session, user_id: int) -> LeftBehind:
    """What becomes somebody else's where that colleague leaves."""
    with session.read(Permission.MANAGE_COLLEAGUES) as tx:
        return _left_behind(tx, user_id)


def _left_behind(tx: Transaction, user_id: int) -> LeftBehind:
    return LeftBehind(
        leads.counts_by_owner(tx).get(user_id, 0),
        reminders.count_pending(tx, user_id),
        cases.count_held(tx, user_id, over_states(tx.definitions.case_kinds)),
    )


def hand_over(
    session: Session,
    user_id: int,
    to: Sequence[int],
    begun: HandedOver | None = None,
    *,
    leaving: bool = True,
    by: RuleWords | None = None,
) -> HandedOver:
    """Give what a colleague has to one other, or evenly to several; `to` is empty for nobody. Or share it out `by` a rule.

    It is done a part at a time, each in a transaction: call it again with what it returned as `begun` until it is
    `through`; one undoing takes all of it back. Where the colleague is `leaving`, their access ends first, in a
    transaction of its own, so that it has ended however far the rest comes. Reminders go with their customers. Those of
    customers that nobody gets ring at whoever decides that; those of somebody else's customers at whose they are. A case goes
    to whoever of these has its customer by then, else to them in turn; that of one about nobody is no step of a customer,
    which undoing takes back. Raises Refused, NotFound, and Invalid beside the owner or `active`.
    """
    begun = begun or HandedOver(left=leaving and _end_access(session, user_id, to, by))
    with session.write(Permission.MANAGE_COLLEAGUES, Permission.TRANSFER) as tx:
        person = _require_leaving(tx, user_id, to)
        more = {_LEFT: user_id} if begun.left else {}
        group_id = begun.group_id or journal.next_group(tx)
        if by is not None:
            to = _sharing(tx, user_id, by)
        bulk.require_giving(tx, to or [None])
        if begun.group_id is None:
            _tell_audit(tx, person, to)
        owned = leads.of_owner(tx, user_id, bulk.GIVEN_AT_ONCE)
        if owned and by is not None:
            _share_out(tx, owned, by, group_id, more)
        elif owned:
            _give(tx, owned, to, begun.customers, group_id, more)
        reminding = reminders.leads_reminding(tx, user_id, bulk.GIVEN_AT_ONCE - len(owned))
        if reminding:
            _pass_on(tx, reminding, user_id, to, group_id, more)
        room = bulk.GIVEN_AT_ONCE - len(owned) - len(reminding)
        held = cases.held(tx, user_id, over_states(tx.definitions.case_kinds), room) if room else []
        _give_cases(tx, held, to, begun.cases, group_id, more)
        through = len(held) < room
    done = HandedOver(
        begun.customers + len(owned),
        begun.reminded + len(reminding),
        begun.cases + len(held),
        through,
        left=begun.left,
    )
    return replace(done, group_id=group_id if done.count else None)


def _end_access(session: Session, user_id: int, to: Sequence[int], by: RuleWords | None) -> bool:
    """Let the colleague who leaves do nothing from now on; whether they could until now."""
    with session.write(Permission.MANAGE_COLLEAGUES, Permission.TRANSFER) as tx:
        person = _require_leaving(tx, user_id, to)
        # What cannot be is refused before anything has changed.
        if by is not None:
            distributor(tx, by)
        else:
            bulk.require_giving(tx, to or [None])
        if person.state not in WITH_CARTABLE:
            return False
        remove(tx, person)
    session.reload_definitions()
    return True


def returns_to(session: Session, lead_id: int) -> int | None:
    """To whom `return_lead` would give the customer, None for nobody. Raises Refused as it does, and NotFound."""
    with session.read(Permission.FOLLOW_UP) as tx:
        return _giver(tx, tx.lead(lead_id, Permission.FOLLOW_UP))


def return_lead(session: Session, lead_id: int, reason: str) -> int | None:
    """Give a customer whom somebody gave to the person back, with the reason; returns to whom, None for nobody.

    It goes to who gave it, where they are there; what a rule gave, or who has left, to nobody. Raises Refused
    where nobody gave the customer to the person, and Invalid beside the reason.
    """
    words = clean_multiline(reason)
    with session.write(Permission.FOLLOW_UP) as tx:
        lead = tx.lead(lead_id, Permission.FOLLOW_UP)
        back_to = _giver(tx, lead)
        check_note(words)
        if not words:
            raise Invalid(_("Say why; whoever gets the customer back reads it."), NOTE_FIELD)
        bulk.transfer(
            tx, [lead], {lead.id: back_to}, journal.next_group(tx), kind=ActivityKind.RETURNED, note=words
        )
        drafts.discard(tx, tx.actor.id, RETURN_DRAFT, lead_id)
    return back_to


def _giver(tx: Transaction, lead: Lead) -> int | None:
    """Who gave the customer to the person and is there, None where a rule did or who has left. Raises Refused."""
    me = tx.actor.id
    gave = given.giving(tx, me, lead.id) if lead.owner_id == me else None
    if gave is None or gave[0] == me:
        raise Refused(_("Nobody has given you this customer, so there is nobody to return it to."))
    giver_id, detail = gave
    giver = tx.definitions.colleague(None if detail.rule else giver_id)
    return giver.id if giver is not None and giver.active else None


def left_by(step: Step) -> int | None:
    """The id of the colleague who left by that step; taking it back brings them back."""
    return step.was.get(_LEFT)


def bring_back(tx: Transaction, step: Step) -> None:
    """The step is taken back: whoever left by it works here again. Raises Refused."""
    person = tx.definitions.colleague(left_by(step))
    if person is not None and person.state is MemberState.GONE:
        tx.require(Permission.MANAGE_COLLEAGUES)
        require_changeable(
            tx, person, require_profile(tx.definitions, person.profile), active=True, again=True
        )
        definitions.set_state(tx, person.id, MemberState.ACTIVE, tx.now, tx.actor.id)


def _require_leaving(tx: Transaction, user_id: int, to: Sequence[int]) -> Colleague:
    person = tx.definitions.colleague(user_id)
    if person is None:
        raise NotFound(_("That person does not work here."))
    here = {each.id for each in tx.definitions.active_colleagues} - {user_id}
    if not here.issuperset(to):
        raise Invalid(_("That colleague no longer works here; choose another."), OWNER_FIELD)
    return person


def _tell_audit(tx: Transaction, person: Colleague, to: Sequence[int]) -> None:
    """Let the audit tell, as it begins, who gets what the colleague has."""
    left = _left_behind(tx, person.id)
    if not left.nothing:
        named = tuple(each.name for one in to if (each := tx.definitions.colleague(one)) is not None)
        tx.audit(
            done(
                AuditKind.HAND_OVER,
                subject_id=person.id,
                title=person.name,
                to=named,
                customers=left.customers,
                reminders=left.reminders,
                cases=left.cases,
            )
        )


def _give(
    tx: Transaction,
    ids: Sequence[int],
    to: Sequence[int],
    before: int,
    group_id: int,
    more: Mapping[str, Any],
) -> None:
    """Give these customers away in turn; `before` have been."""
    going = leads.held(tx, ids)
    owners = {each: to[(before + place) % len(to)] if to else None for place, each in enumerate(ids)}
    for each, owner_id in owners.items():
        if owner_id == tx.actor.id:
            tx.require_taking(going[each])
    leaving = [going[each] for each in ids]
    bulk.transfer(tx, leaving, owners, group_id, reminding=tx.actor.id, more=more)


def _give_cases(
    tx: Transaction,
    held: Sequence[Case],
    to: Sequence[int],
    before: int,
    group_id: int,
    more: Mapping[str, Any],
) -> None:
    """Make others responsible for these cases: whoever got the customer, else each in turn; `before` have been given."""
    for place, case in enumerate(held):
        owners = (each.owner_id for each in leads.whole_leads(tx, case.lead_ids()).values())
        in_turn = to[(before + place) % len(to)] if to else None
        owner_id = next((each for each in owners if each in to), in_turn)
        kind = tx.definitions.case_kind(case.kind)
        assert kind is not None, "kinds are retired, never deleted"
        change = CaseChange(
            CaseAct.GIVEN,
            CaseDetail(owner_from_id=case.owner_id, owner_to_id=owner_id),
            {"owner_id": owner_id},
            group_id=group_id,
            more=more,
        )
        write_case_step(tx, kind, case, change)


def _sharing(tx: Transaction, user_id: int, by: RuleWords) -> list[int]:
    """Among whom the rule shares out. Raises as `distributing.distributor`, and Refused where it is the colleague themselves."""
    among = [each.person_id for each in distributor(tx, by).rule.shares]
    if user_id in among:
        raise Refused(_("The rule would give it to the same person; name another rule, or say who gets it."))
    return among


def _share_out(
    tx: Transaction, ids: Sequence[int], by: RuleWords, group_id: int, more: Mapping[str, Any]
) -> None:
    """Give these customers away as the rule says, by how things stand now; whom it gives to nobody is nobody's."""
    going = leads.held(tx, ids)
    rows = leads.rows(tx, ids)
    share_out = distributor(tx, by)
    owners: dict[int, int | None] = {}
    for each in ids:
        columns = {name: getattr(rows[each], name) for name in ("city", "channel_latest_id", "need_id")}
        owners[each] = share_out.next_for(columns, rows[each].custom)
        if owners[each] == tx.actor.id:
            tx.require_taking(going[each])
    bulk.transfer(tx, [going[each] for each in ids], owners, group_id, reminding=tx.actor.id, more=more)


def _pass_on(
    tx: Transaction,
    ids: Sequence[int],
    user_id: int,
    to: Sequence[int],
    group_id: int,
    more: Mapping[str, Any],
) -> None:
    """Let the reminders of these customers, who are not the colleague's, ring where the customer is."""
    standing = leads.rows(tx, ids)
    here = {each.id for each in tx.definitions.active_colleagues} - {user_id}
    with journal.record_each(tx, ids, tx.actor.id, tx.now, group_id=group_id, more=more) as activities:
        entries: list[NewActivity] = []
        for place, each in enumerate(ids):
            owner_id = standing[each].owner_id
            if owner_id not in here:
                owner_id = to[place % len(to)] if to else tx.actor.id
            reminders.pass_on(tx, [each], owner_id, user_id)
            detail = ActivityDetail(owner_from_id=user_id, owner_to_id=owner_id)
            entries.append(NewActivity(each, ActivityKind.REMINDER_PASSED, tx.now, tx.actor.id, detail))
        activities.update(zip(ids, lead_writing.add_activities(tx, entries), strict=True))
        lead_writing.change_leads(tx, [LeadChange(each, {}) for each in ids])
