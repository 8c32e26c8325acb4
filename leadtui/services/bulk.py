"""Several customers at once: which they are, what became of a command on them, and giving them to a colleague."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from leadtui.domain.follow_up import OWNER_FIELD, check_note
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.permission import SEE_LEADS, Grant, Permission, Scope
from leadtui.domain.visibility import is_within
from leadtui.errors import Invalid, Refused
from leadtui.language.text import clean_multiline
from leadtui.language.translate import _
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import journal, lead_writing, leads, reminders
from leadtui.store.lead_writing import LeadChange, NewActivity
from leadtui.store.leads import Held

AT_ONCE = 100
"""Customers that are changed in one transaction: between two of them colleagues save what they do."""

GIVEN_AT_ONCE = 1_000
"""Customers that are given to somebody in one transaction: many take hardly longer than a few, one by one."""

NOTHING_MORE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Selection:
    """Customers as they stood when a person chose them: their ids, and the version of each."""

    ids: array[int]
    versions: array[int]

    def parts(self, size: int = AT_ONCE) -> Iterator[Selection]:
        """The same customers, `size` at a time."""
        for start in range(0, len(self.ids), size):
            yield Selection(self.ids[start : start + size], self.versions[start : start + size])


@dataclass(frozen=True, slots=True)
class Result:
    """What became of some customers: how many were `done`, needed nothing (`same`), or were left as they are because

    somebody had changed them since they were seen (`changed`), they are not there any more (`gone`), or their status
    forbids calls, which the person may not or did not lift (`banned`), nothing would be planned for them (`unplanned`),
    they are not written to (`unwritten`), or the person may not do that to them (`beyond`).
    `group_id` is that of the steps, None where nothing was done yet.
    """

    done: int = 0
    same: int = 0
    changed: int = 0
    gone: int = 0
    group_id: int | None = None
    banned: int = 0
    unplanned: int = 0
    unwritten: int = 0
    beyond: int = 0

    @property
    def through(self) -> int:
        """How many were tried."""
        counts = (self.done, self.same, self.changed, self.gone, self.banned, self.unplanned, self.unwritten)
        return sum(counts) + self.beyond

    def __add__(self, other: Result) -> Result:
        """Both together."""
        return Result(
            self.done + other.done,
            self.same + other.same,
            self.changed + other.changed,
            self.gone + other.gone,
            self.group_id or other.group_id,
            self.banned + other.banned,
            self.unplanned + other.unplanned,
            self.unwritten + other.unwritten,
            self.beyond + other.beyond,
        )


def select(session: Session, lead_ids: Iterable[int]) -> Selection:
    """The customers as they stand now; those that are gone, or not seen, are left out."""
    with session.read(SEE_LEADS) as tx:
        pairs = leads.versions(tx, array("q", lead_ids), tx.visibility)
    return Selection(*pairs)


def as_selected(lead_ids: Sequence[int] | Selection) -> Iterator[tuple[int, int | None]]:
    """Each id with the version at which it was seen, None where any will do."""
    if isinstance(lead_ids, Selection):
        return zip(lead_ids.ids, lead_ids.versions, strict=True)
    return ((each, None) for each in lead_ids)


def assign(
    session: Session,
    lead_ids: Sequence[int] | Selection,
    owner_id: int | None,
    note: str = "",
    *,
    group_id: int | None = None,
) -> Result:
    """Give the customers to `owner_id`, or to nobody; their pending reminders go with them.

    They are changed in one transaction, so a caller gives a part of many at a time, and the `group_id` of the
    first part with the others: one undoing then takes all of them back. Who was changed since they were selected
    is left as they are. Raises Refused, and Invalid beside the owner or the note.
    """
    words = clean_multiline(note)
    with session.write(Permission.TRANSFER) as tx:
        check_note(words)
        if owner_id is not None and not any(
            person.id == owner_id for person in tx.definitions.active_colleagues
        ):
            raise Invalid(_("That colleague no longer works here; choose another."), OWNER_FIELD)
        require_giving(tx, [owner_id])
        result, going = _sorted_out(tx, lead_ids, owner_id)
        if owner_id == tx.actor.id:
            for lead in going:
                tx.require_taking(lead)
        if going:
            group_id = group_id or journal.next_group(tx)
            transfer(tx, going, dict.fromkeys((lead.id for lead in going), owner_id), group_id, note=words)
        return replace(result, group_id=group_id)


def require_giving(tx: Transaction, owner_ids: Iterable[int | None]) -> None:
    """Raises Refused where the person may not give customers to each of these, None for nobody."""
    tx.require(Permission.TRANSFER)
    if is_within(owner_ids, tx.reach(Permission.TRANSFER)):
        return
    scope = tx.actor.scope(Permission.TRANSFER)
    words = (
        _("Your profile lets you give customers to your teams alone ({permission}); ask a supervisor.")
        if scope is Scope.TEAM
        else _("Your profile lets you give customers to yourself alone ({permission}); ask a supervisor.")
    )
    raise Refused(words.format(permission=Grant(Permission.TRANSFER, scope).name))


def _sorted_out(
    tx: Transaction, lead_ids: Sequence[int] | Selection, owner_id: int | None
) -> tuple[Result, list[Held]]:
    """Those who are to go, and how many do not and why."""
    selected = list(as_selected(lead_ids))
    standing = leads.held(tx, {lead_id for lead_id, _version in selected})
    going: dict[int, Held] = {}
    gone = changed = same = 0
    for lead_id, version in selected:
        lead = standing.get(lead_id)
        if lead is None or not tx.visibility.can_see(lead.owner_id):
            gone += 1
        elif version not in (None, lead.version):
            changed += 1
        elif lead.owner_id == owner_id or lead_id in going:
            same += 1
        else:
            going[lead_id] = lead
    return Result(len(going), same, changed, gone), list(going.values())


def transfer(
    tx: Transaction,
    going: Sequence[Lead | Held],
    owners: Mapping[int, int | None],
    group_id: int,
    *,
    kind: ActivityKind = ActivityKind.TRANSFERRED,
    note: str = "",
    rule: str = "",
    reminding: int | None = None,
    more: Mapping[str, Any] = NOTHING_MORE,
) -> None:
    """Give each lead to its owner of `owners`, by lead id, with its pending reminders.

    Those of a lead that goes to nobody stay with whom they are; where `reminding` names somebody, they get what
    reminded the owner. `rule` is by which of distribution it goes, and `more` is kept with what each step replaced.
    """
    ids = [lead.id for lead in going]
    by_owner: dict[int | None, list[int]] = {}
    for each in ids:
        by_owner.setdefault(owners[each], []).append(each)
    with journal.record_each(tx, ids, tx.actor.id, tx.now, group_id=group_id, more=more) as activities:
        for owner_id, theirs in by_owner.items():
            if owner_id is not None:
                reminders.pass_on(tx, theirs, owner_id)
        if reminding is not None:
            for before in {lead.owner_id for lead in going}:
                left = [each.id for each in going if each.owner_id == before and owners[each.id] is None]
                reminders.pass_on(tx, left, reminding, before)

        @cache
        def told(from_id: int | None, to_id: int | None) -> ActivityDetail:
            return ActivityDetail(text=note, rule=rule, owner_from_id=from_id, owner_to_id=to_id)

        entries = [
            NewActivity(lead.id, kind, tx.now, tx.actor.id, told(lead.owner_id, owners[lead.id]))
            for lead in going
        ]
        activities.update(zip(ids, lead_writing.add_activities(tx, entries), strict=True))
        lead_writing.change_leads(
            tx,
            [
                LeadChange(each, {"owner_id": owners[each], "owner_at": owners[each] and tx.now})
                for each in ids
            ],
        )
