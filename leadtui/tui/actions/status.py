"""Setting the status of the lead in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import cast

from textual import work

from leadtui.domain.difference import Side
from leadtui.domain.lead import Lead
from leadtui.errors import Conflict, Invalid, InvalidAnswers, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.services import drafts, leads, reminders
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.drafts import Draft
from leadtui.services.follow_up import STATUS_DRAFT, SetStatus, set_status
from leadtui.services.leads import OpenLead
from leadtui.tui.actions.in_hand import LeadInHand, TakenUp
from leadtui.tui.actions.status_conflict import StatusConflict
from leadtui.tui.dialogs.conflict_dialog import ConflictDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog, StatusSnapshot


@dataclass(frozen=True, slots=True)
class Again:
    """How a refused dialog comes back: what was typed, and why it was refused."""

    draft: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: tuple[Invalid, ...] = ()
    reason: str = ""


class StatusAction(LeadInHand):
    """Gives a screen the action `set_status`."""

    def action_set_status(self) -> None:
        """Open the status dialog for the lead in hand."""
        if self.nobody_in_hand():
            return
        self.prepare_status(self.begin(), cast("int", self.lead_in_hand), Again(), "")

    def taken_up(self) -> dict[str, TakenUp]:
        """The status."""

        def resume(draft: Draft) -> None:
            self.prepare_status(self.begin(), cast("int", draft.lead_id), Again(), "")

        return {**super().taken_up(), STATUS_DRAFT: TakenUp(_("status"), resume)}

    @work(thread=True, group="dialogs", exclusive=True, description="read what the status dialog shows")
    def prepare_status(self, number: int, lead_id: int, again: Again, called_for: str) -> None:
        session = self.session
        try:
            opened = leads.open_lead(session, lead_id)
            draft = drafts.find_draft(session, STATUS_DRAFT, lead_id)
            counts = leads_per_colleague(session)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
            return
        snapshot = StatusSnapshot(
            lead=opened.lead,
            definitions=session.definitions,
            context=session.format_context(),
            actor=session.actor,
            leads_per_colleague=counts,
            pending=opened.pending,
            draft=again.draft or (draft.content if draft else None),
            problems=again.problems,
            reason=again.reason,
            called_for=called_for,
        )
        self.post_message(self.Prepared(number, partial(self._open_status, snapshot)))

    def _open_status(self, snapshot: StatusSnapshot) -> None:
        lead_id = snapshot.lead.id
        typed: dict[str, str] = dict(snapshot.draft or {})

        def keep(content: Mapping[str, str]) -> None:
            typed.clear()
            typed.update(content)
            self.keep_draft(STATUS_DRAFT, lead_id, dict(content))

        def take(command: SetStatus | None) -> None:
            if command is not None:
                self._save_status(command, typed, snapshot.called_for)
            else:
                self.leave_draft(STATUS_DRAFT, lead_id)

        dialog = StatusDialog(snapshot, keep, self.session.now)
        dialog.company = self.leadtui.company_words(lead_id)
        self.app.push_screen(dialog, take)
        dialog.call_after_refresh(self.leadtui.free_keys)

    def _save_status(self, command: SetStatus, typed: Mapping[str, str], called_for: str) -> None:
        self.leadtui.hold_keys()

        def saved(lead: Lead) -> None:
            self._tell_saved(lead)
            self.lead_saved(lead.id, worked=True)

        def refused(error: LeadtuiError) -> None:
            problems = error.problems if isinstance(error, InvalidAnswers) else ()
            if isinstance(error, Invalid) and not problems:
                problems = (error,)
            again = Again(typed, problems, "" if problems else str(error))
            self.leadtui.drop_keys()
            if isinstance(error, Conflict) and command.seen is not None:
                self._prepare_conflict(self.begin(), command, error, again, called_for)
                return
            self.prepare_status(self.begin(), command.lead_id, again, called_for)

        self.leadtui.writer.write(partial(set_status, self.session, command), saved, refused)

    @work(thread=True, group="dialogs", exclusive=True, description="read what somebody else changed")
    def _prepare_conflict(
        self, number: int, command: SetStatus, error: Conflict, again: Again, called_for: str
    ) -> None:
        try:
            now = leads.open_lead(self.session, command.lead_id)
        except LeadtuiError as gone:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, gone)))
            return
        then = partial(self._open_conflict, command, error, now, again, called_for)
        self.post_message(self.Prepared(number, then))

    def _open_conflict(
        self, command: SetStatus, error: Conflict, now: OpenLead, again: Again, called_for: str
    ) -> None:
        conflict = StatusConflict(self.session, self.formatter, command, command.seen or now.lead, now)
        name = brief(now.lead.name or self.formatter.phone(now.lead.phone), 40)
        theirs = _("theirs") if error.actor_id is None else self.formatter.person(error.actor_id)

        def take(chosen: Mapping[str, Side] | None) -> None:
            if chosen is None:
                self.prepare_status(self.begin(), command.lead_id, again, called_for)
                return
            mine = conflict.command(chosen)
            if mine is not None:
                self._save_status(mine, again.draft, called_for)
            else:
                self._leave_theirs(conflict, conflict.reminder_beside(chosen))

        self.push_dialog(ConflictDialog(name, str(error), conflict.differences(), theirs), take)

    def _leave_theirs(self, conflict: StatusConflict, remind_at: datetime | None) -> None:
        """Their status stays; what I noted, and the reminder that I chose to keep, are saved beside it."""
        command, session = conflict.mine, self.session

        def save() -> Lead:
            if command.note:
                leads.add_note(session, command.lead_id, command.note)
            if remind_at is not None:
                reminders.set_reminder(session, command.lead_id, remind_at, promised=command.promised)
            drafts.discard_draft(session, STATUS_DRAFT, command.lead_id)
            return leads.open_lead(session, command.lead_id).lead

        def saved(lead: Lead) -> None:
            self._tell_saved(lead)
            self.lead_saved(lead.id, worked=True)

        self.leadtui.writer.write(save, saved)

    def _tell_saved(self, lead: Lead) -> None:
        name = brief(self.formatter.name(lead), 40)
        status = self.formatter.status(lead.status_id)
        self.app.notify(f"{name}: {status}", markup=False, timeout=3)
