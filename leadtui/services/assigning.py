"""Giving customers to a colleague, or taking them out of every cartable: the owner changes and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from leadtui.domain.follow_up import NOTE_FIELD, NOTE_LIMIT, OWNER_FIELD
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid, NotFound
from leadtui.language.text import clean_multiline
from leadtui.language.translate import _
from leadtui.services.bulk import Result, Selection, as_selected
from leadtui.services.session import Session, Transaction
from leadtui.store import activities, journal, leads, reminders


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
    told = Result(group_id=group_id)
    with session.write(Permission.TRANSFER) as tx:
        if len(words) > NOTE_LIMIT:
            raise Invalid(
                _("The note is too long; {limit} letters fit.").format(limit=f"{NOTE_LIMIT:,}"), NOTE_FIELD
            )
        if owner_id is not None and not any(
            person.id == owner_id for person in tx.definitions.active_colleagues
        ):
            raise Invalid(_("That colleague no longer works here; choose another."), OWNER_FIELD)
        for lead_id, version in as_selected(lead_ids):
            told += _assign_one(tx, lead_id, version, owner_id, words, told.group_id)
    return told


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
