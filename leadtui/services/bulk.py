"""Several customers at once: which they are, what became of a command on them, and giving them to a colleague."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from leadtui.domain.follow_up import OWNER_FIELD, check_note
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.permission import SEE_LEADS, Permission
from leadtui.errors import Invalid, NotFound
from leadtui.language.text import clean_multiline
from leadtui.language.translate import _
from leadtui.services.session import Session, Transaction
from leadtui.store import activities, journal, leads, reminders

AT_ONCE = 100
"""Customers that are changed in one transaction: between two of them colleagues save what they do."""


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

    somebody had changed them since they were seen (`changed`) or they are not there any more (`gone`).
    `group_id` is that of the steps, None where nothing was done yet.
    """

    done: int = 0
    same: int = 0
    changed: int = 0
    gone: int = 0
    group_id: int | None = None

    def __add__(self, other: Result) -> Result:
        """Both together."""
        return Result(
            self.done + other.done,
            self.same + other.same,
            self.changed + other.changed,
            self.gone + other.gone,
            self.group_id or other.group_id,
        )


def select(session: Session, lead_ids: Iterable[int]) -> Selection:
    """The customers as they stand now; those that are gone are left out."""
    with session.read(SEE_LEADS) as tx:
        pairs = leads.versions(tx, array("q", lead_ids))
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
    result = Result(group_id=group_id)
    with session.write(Permission.TRANSFER) as tx:
        check_note(words)
        if owner_id is not None and not any(
            person.id == owner_id for person in tx.definitions.active_colleagues
        ):
            raise Invalid(_("That colleague no longer works here; choose another."), OWNER_FIELD)
        for lead_id, version in as_selected(lead_ids):
            result += _assign_one(tx, lead_id, version, owner_id, words, result.group_id)
    return result


def _assign_one(
    tx: Transaction,
    lead_id: int,
    version: int | None,
    owner_id: int | None,
    note: str,
    group_id: int | None,
) -> Result:
    try:
        lead = tx.lead(lead_id)
    except NotFound:
        return Result(gone=1)
    if version not in (None, lead.version):
        return Result(changed=1)
    if lead.owner_id == owner_id:
        return Result(same=1)
    if owner_id == tx.actor.id:
        tx.require_taking(lead)
    group = group_id or journal.next_group(tx)
    with journal.record(tx, lead.id, tx.actor.id, tx.now, group_id=group) as step:
        step.activity_id = _transfer(tx, lead, owner_id, note)
    return Result(done=1, group_id=group)


def _transfer(tx: Transaction, lead: Lead, owner_id: int | None, note: str) -> int:
    if owner_id is not None:
        pending = reminders.pending_of_lead(tx, lead.id)
        going = tuple(each.id for each in pending if each.owner_id != owner_id)
        if going:
            reminders.move(tx, going, owner_id)
    detail = ActivityDetail(text=note, owner_from_id=lead.owner_id, owner_to_id=owner_id)
    activity_id = activities.add(tx, lead.id, ActivityKind.TRANSFERRED, tx.now, tx.actor.id, detail)
    leads.change(
        tx,
        lead,
        owner_id=owner_id,
        owner_at=None if owner_id is None else tx.now,
    )
    return activity_id
