"""Setting the status of the open lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from leadtui.domain.lead import Lead
from leadtui.errors import Conflict, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import pgettext
from leadtui.presentation.errors import sentence
from leadtui.services import drafts, follow_up, leads, reminders
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.drafts import STATUS_DRAFT
from leadtui.services.follow_up import SetStatus
from leadtui.tui.actions.bulk import set_status_of_several
from leadtui.tui.actions.desk import Desk, chosen_leads, required_lead
from leadtui.tui.actions.drafts import NOTHING_REFUSED, Retry, keep_draft, leave_draft
from leadtui.tui.actions.status_conflict import StatusConflict
from leadtui.tui.dialogs.conflict_dialog import ConflictDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.dialogs.status_entry import StatusSnapshot


async def set_status(desk: Desk) -> None:
    """Set the status of the open lead, or of all that are chosen."""
    if ids := chosen_leads(desk):
        await set_status_of_several(desk, ids)
    else:
        await set_status_of(desk, required_lead(desk))


async def set_status_of(
    desk: Desk, lead_id: int, retry: Retry = NOTHING_REFUSED, called_for: str = ""
) -> None:
    """Ask, beginning with the draft, until the step is saved or the person leaves."""
    while True:
        snapshot = await desk.read(partial(_snapshot, desk, lead_id, retry, called_for))
        dialog = StatusDialog(snapshot, partial(keep_draft, desk), desk.session.now)
        dialog.company = desk.program.company_words(lead_id)
        command = await desk.ask(dialog)
        if command is None:
            leave_draft(desk, STATUS_DRAFT, lead_id)
            return
        try:
            lead = await _save(desk, command)
        except LeadtuiError as error:
            retry = Retry.after(error, dialog.draft, desk.formatter)
        else:
            status = desk.formatter.status(lead.status_id)
            desk.tell(f"{brief(desk.formatter.name(lead), 40)}: {status}", timeout=3)
            await desk.lead_saved(lead_id, worked=True)
            return


async def _save(desk: Desk, command: SetStatus) -> Lead:
    """Save the step; where somebody else worked on the lead meanwhile, what the person chooses of both."""
    while True:
        try:
            return await desk.write(partial(follow_up.set_status, desk.session, command))
        except Conflict as conflict:
            if command.seen is None:
                raise
            now = await desk.read(partial(leads.open_lead, desk.session, command.lead_id))
            both = StatusConflict(desk.session, desk.formatter, command, command.seen, now)
            chosen = await desk.ask(_conflict_dialog(desk, both, conflict))
            if chosen is None:
                raise
        mine = both.command(chosen)
        if mine is None:
            return await desk.write(_keeping_theirs(desk, command, both.reminder_beside(chosen)))
        command = mine


def _snapshot(desk: Desk, lead_id: int, retry: Retry, called_for: str) -> StatusSnapshot:
    session = desk.session
    opened = leads.open_lead(session, lead_id)
    return StatusSnapshot(
        lead=opened.lead,
        definitions=session.definitions,
        context=session.format_context(),
        actor=session.actor,
        leads_per_colleague=leads_per_colleague(session),
        pending=opened.pending,
        draft=retry.draft or drafts.find_draft(session, STATUS_DRAFT, lead_id),
        problems=retry.problems,
        reason=retry.reason,
        called_for=called_for,
    )


def _conflict_dialog(desk: Desk, both: StatusConflict, conflict: Conflict) -> ConflictDialog:
    lead = both.now.lead
    name = brief(lead.name or desk.formatter.phone(lead.phone), 40)
    theirs = (
        pgettext("person", "theirs")
        if conflict.actor_id is None
        else desk.formatter.person(conflict.actor_id)
    )
    return ConflictDialog(name, sentence(conflict, desk.formatter), both.differences(), theirs)


def _keeping_theirs(desk: Desk, mine: SetStatus, remind_at: datetime | None) -> Callable[[], Lead]:
    """Their status stays; what I noted, and the reminder that I chose to keep, are saved beside it."""
    session, lead_id = desk.session, mine.lead_id

    def save() -> Lead:
        if mine.note:
            leads.add_note(session, lead_id, mine.note)
        if remind_at is not None:
            reminders.set_reminder(session, lead_id, remind_at, promised=mine.promised)
        drafts.discard_draft(session, STATUS_DRAFT, lead_id)
        return leads.open_lead(session, lead_id).lead

    return save
