"""Setting the status of the open lead, also where somebody else came before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from textual.content import Content

from leadtui.domain.call_window import zone_of_customer
from leadtui.domain.difference import Difference, Side
from leadtui.domain.draft import FormDraft
from leadtui.domain.field import show_answer
from leadtui.domain.lead import Activity, ActivityKind, Lead
from leadtui.domain.status import CartableRule, ReminderRule
from leadtui.errors import Conflict, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import apart, pgettext
from leadtui.presentation.errors import sentence
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import attempt_told
from leadtui.presentation.presence import company_sentence
from leadtui.services import drafts, follow_up, leads, reminders
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.drafts import STATUS_DRAFT
from leadtui.services.follow_up import SetStatus
from leadtui.services.leads import OpenLead
from leadtui.services.session import Session
from leadtui.tui.actions.bulk import set_status_of_several
from leadtui.tui.actions.call_windows import write_in_window
from leadtui.tui.actions.desk import Desk, chosen_leads, required_lead
from leadtui.tui.actions.drafts import NOTHING_REFUSED, Retry, keep_draft, leave_draft
from leadtui.tui.actions.running_call import call_with, note_call
from leadtui.tui.actions.running_talk import save_talk, talk_with
from leadtui.tui.dialogs.conflict_dialog import ConflictDialog
from leadtui.tui.dialogs.playbook_entry import with_learnt
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.dialogs.status_entry import StatusSnapshot, owner_title, with_note
from leadtui.tui.widgets.lead_panel import draw_timeline

STATUS, OWNER, REMIND = "status", "owner", "remind"
_ANSWER = "answer."
"""What is compared of two steps, beside the answers: the keys of their differences."""


async def set_status(desk: Desk) -> None:
    """Set the status of the open lead, or of all that are chosen."""
    if ids := chosen_leads(desk):
        await set_status_of_several(desk, ids)
    else:
        await set_status_of(desk, required_lead(desk))


async def set_status_of(
    desk: Desk,
    lead_id: int,
    retry: Retry = NOTHING_REFUSED,
    called_for: str = "",
    *,
    ends_talk: bool = False,
) -> bool:
    """Ask, beginning with the draft, until the step is saved or the person leaves; whether it was saved.

    While a call with the lead goes on the draft is what is noted beside its history; the step ends the call. What was
    answered in a talk by the playbook is saved first, and what was learnt is filled in; where nothing was answered, only
    if the person said that it `ends_talk`.
    """
    talk = talk_with(desk, lead_id)
    if talk is not None:
        answered = ends_talk or talk.has_answers
        learnt = await save_talk(desk, talk)
        if learnt is None:
            return False
        if answered:
            retry = replace(retry, draft=await _with_learnt(desk, lead_id, retry.draft, learnt))
    if call_with(desk, lead_id) is not None:
        note = desk.panel.note.draft
        retry = Retry(note if retry.draft is None or note is None else with_note(retry.draft, note))
    while True:
        snapshot, opened = await desk.actions.read(partial(_snapshot, desk, lead_id, retry, called_for))

        def history(width: int, opened: OpenLead = opened) -> Content:
            lines = draw_timeline(opened.timeline, desk.formatter, width, opened.sharers)
            return Content("\n").join(lines)

        dialog = StatusDialog(snapshot, partial(keep_draft, desk), desk.session.now, history)
        dialog.company = company_sentence(desk.program.company_of(lead_id), desk.formatter)
        command = await desk.actions.ask(dialog)
        if command is None:
            leave_draft(desk, STATUS_DRAFT, lead_id)
            if call_with(desk, lead_id) is not None:
                desk.panel.begin_note(dialog.draft, partial(keep_draft, desk))
            return False
        try:
            lead = await _save(desk, command)
        except LeadtuiError as error:
            retry = Retry.after(error, dialog.draft, desk.formatter)
        else:
            status = desk.formatter.status(lead.status_id)
            step = f"{apart(brief(desk.formatter.name(lead), 40))}: {apart(status)}"
            if told := attempt_told(lead, desk.formatter):
                step = pgettext("notice", "{step}, {attempt}").format(step=step, attempt=told)
            if (going_on := call_with(desk, lead_id)) is not None:
                try:
                    await note_call(desk, going_on)
                except LeadtuiError as error:
                    desk.tell(sentence(error, desk.formatter), severity="error", timeout=8)
            await desk.lead_saved(lead_id, worked=step)
            return True


async def _with_learnt(desk: Desk, lead_id: int, typed: FormDraft | None, learnt: FormDraft) -> FormDraft:
    """What was typed for the status before, with what was learnt in a talk; it outlives the program as what is typed does."""
    if typed is None:
        typed = await desk.actions.read(partial(drafts.find_draft, desk.session, STATUS_DRAFT, lead_id))
    begun = with_learnt(typed, learnt)
    keep_draft(desk, begun)
    return begun


async def _save(desk: Desk, command: SetStatus) -> Lead:
    """Save the step; where somebody else worked on the lead meanwhile, what the person chooses of both."""
    while True:
        try:
            return await _write(desk, command)
        except Conflict as conflict:
            if command.seen is None:
                raise
            now = await desk.actions.read(partial(leads.open_lead, desk.session, command.lead_id))
            both = StatusConflict(desk.session, desk.formatter, command, command.seen, now)
            chosen = await desk.actions.ask(_conflict_dialog(desk, both, conflict))
            if chosen is None:
                raise
        mine = both.command(chosen)
        if mine is None:
            return await desk.actions.write(_keeping_theirs(desk, command, both.reminder_beside(chosen)))
        command = mine


async def _write(desk: Desk, command: SetStatus) -> Lead:
    """Save the step, with its reminder at the hour that the person takes where nobody rings at the one that was said."""
    if command.remind_at is None:
        return await desk.actions.write(partial(follow_up.set_status, desk.session, command))

    def write(due: datetime, asked: bool) -> Lead:
        return follow_up.set_status(desk.session, replace(command, remind_at=due, asked=asked))

    repeats = command.repeats is not None
    lead, _due = await write_in_window(desk.actions, write, command.remind_at, repeats=repeats)
    return lead


def _snapshot(desk: Desk, lead_id: int, retry: Retry, called_for: str) -> tuple[StatusSnapshot, OpenLead]:
    session = desk.session
    opened = leads.open_lead(session, lead_id)
    snapshot = StatusSnapshot(
        lead=opened.lead,
        definitions=session.definitions,
        context=replace(
            session.format_context(),
            their_zone=zone_of_customer(opened.lead.phone, opened.lead.city, session.workspace),
        ),
        actor=session.actor,
        leads_per_colleague=leads_per_colleague(session),
        pending=opened.pending,
        draft=retry.draft or drafts.find_draft(session, STATUS_DRAFT, lead_id),
        problems=retry.problems,
        reason=retry.reason,
        called_for=called_for,
        reasons=follow_up.reasons_given(session),
    )
    return snapshot, opened


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
            reminders.set_reminder(session, lead_id, remind_at, promised=mine.promised, asked=True)
        drafts.discard_draft(session, STATUS_DRAFT, lead_id)
        return leads.open_lead(session, lead_id).lead

    return save


@dataclass(frozen=True, slots=True)
class StatusConflict:
    """My step `mine`, decided on as the lead was `seen`, and the lead with its timeline as it is `now`."""

    session: Session
    formatter: Formatter
    mine: SetStatus
    seen: Lead
    now: OpenLead

    def differences(self) -> tuple[Difference, ...]:
        """The status always; of owner, reminder and answers what the two steps say differently."""
        found = [self._status()]
        status = self.session.definitions.status(self.mine.status_id)
        if status is None:
            return tuple(found)
        theirs = self.now.lead
        if status.cartable is CartableRule.NEXT and theirs.owner_id not in (None, self.mine.owner_id):
            people = [
                self._person(each) for each in (self.seen.owner_id, self.mine.owner_id, theirs.owner_id)
            ]
            found.append(_difference(OWNER, owner_title(status), *people))
        if self._reminders_differ() and status.reminder is not ReminderRule.NO:
            times = [self._moment(each) for each in (self.seen.next_at, self.mine.remind_at, theirs.next_at)]
            found.append(_difference(REMIND, pgettext("field", "Reminder"), *times))
        return (*found, *self._answers())

    def command(self, chosen: Mapping[str, Side]) -> SetStatus | None:
        """My step on the newest version with what is kept of theirs; None where their status stays."""
        if chosen.get(STATUS) is Side.THEIRS:
            return None
        theirs = {f"{_ANSWER}{key}": text for key, (_title, text) in self._their_answers().items()}
        answers = {
            key: theirs.get(f"{_ANSWER}{key}", text) if chosen.get(f"{_ANSWER}{key}") is Side.THEIRS else text
            for key, text in self.mine.answers.items()
        }
        lead = self.now.lead
        return replace(
            self.mine,
            version=lead.version,
            seen=lead,
            answers=answers,
            owner_id=lead.owner_id if chosen.get(OWNER) is Side.THEIRS else self.mine.owner_id,
            remind_at=lead.next_at if chosen.get(REMIND) is Side.THEIRS else self.mine.remind_at,
        )

    def reminder_beside(self, chosen: Mapping[str, Side]) -> datetime | None:
        """The reminder that I keep although their status stays."""
        kept = chosen.get(STATUS) is Side.THEIRS and chosen.get(REMIND) is Side.MINE
        return self.mine.remind_at if kept else None

    def _status(self) -> Difference:
        mine = self.mine.status_id
        titles = [self._title(each) for each in (self.seen.status_id, mine, self.now.lead.status_id)]
        return _difference(STATUS, pgettext("field", "Status"), *titles)

    def _answers(self) -> list[Difference]:
        their = self._their_answers()
        return [
            Difference(f"{_ANSWER}{key}", their[key][0], text, their[key][1])
            for key, text in self.mine.answers.items()
            if key in their and their[key][1] != text
        ]

    def _their_answers(self) -> dict[str, tuple[str, str]]:
        """Title and text of what they answered, by field key, where they set the same status."""
        step = self._their_step()
        if step is None or step.detail.status_to_id != self.mine.status_id:
            return {}
        context = self.session.format_context()
        return {
            each.key: (each.title, show_answer(each.kind, each.value, context))
            for each in step.detail.answers
        }

    def _their_step(self) -> Activity | None:
        entries = self.now.timeline
        return next(
            (each for each in entries if each.kind is ActivityKind.STATUS_SET and not each.undone), None
        )

    def _reminders_differ(self) -> bool:
        mine, theirs = self.mine.remind_at, self.now.lead.next_at
        return (
            mine is not None and theirs not in (None, mine, self.seen.next_at) and theirs > self.session.now()
        )

    def _title(self, status_id: int | None) -> str:
        return self.formatter.status(status_id)

    def _person(self, user_id: int | None) -> str:
        return pgettext("person", "nobody") if user_id is None else self.formatter.person(user_id)

    def _moment(self, at: datetime | None) -> str:
        return "" if at is None else self.formatter.moment(at)


def _difference(key: str, title: str, was: str, mine: str, theirs: str) -> Difference:
    return Difference(key, title, mine, theirs, was=was)
