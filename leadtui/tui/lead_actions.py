"""What a person does with the lead in hand: set its status, ring, note, remind. A mixin for screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import getters, on, work
from textual.app import App
from textual.message import Message
from textual.screen import Screen

from leadtui.domain.lead import Lead
from leadtui.errors import Invalid, InvalidAnswers, LeadtuiError
from leadtui.language.translate import _
from leadtui.services import drafts, leads, reminders
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.desk import Desk
from leadtui.services.follow_up import STATUS_DRAFT, SetStatus, set_status
from leadtui.services.leads import NOTE_DRAFT, OpenLead
from leadtui.tui.presenter import Presenter, brief
from leadtui.tui.screens.call_dialog import CallDialog, CallEnded
from leadtui.tui.screens.dialog import Answer, Dialog
from leadtui.tui.screens.note_dialog import NoteDialog
from leadtui.tui.screens.remind_dialog import RemindDialog, ReminderWish
from leadtui.tui.screens.status_dialog import StatusDialog, StatusSnapshot

if TYPE_CHECKING:
    from leadtui.tui.app import LeadtuiApp


@dataclass(frozen=True, slots=True)
class _Again:
    """How a refused dialog comes back: what was typed, and why it was refused."""

    draft: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: tuple[Invalid, ...] = ()
    reason: str = ""


class LeadActions(Screen[Any]):
    """Gives a screen the actions `set_status`, `call`, `note` and `remind` on its `lead_in_hand`."""

    app = getters.app(cast("type[App[Any]]", App))

    desk: Desk
    presenter: Presenter

    @dataclass
    class Prepared(Message):
        """From a thread: what a dialog needs has been read; `then` opens it."""

        number: int
        then: Callable[[], None]

    @dataclass
    class Unfinished(Message):
        """From a thread: something typed about a lead was never saved."""

        lead: Lead
        key: str

    _asked_for: int = 0
    """Counts what was asked for: of two dialogs that are being prepared only the later one opens."""

    @property
    def leadtui(self) -> LeadtuiApp:
        """The program, by its own type."""
        return cast("LeadtuiApp", self.app)

    @property
    def lead_in_hand(self) -> int | None:
        """The customer that the actions work on."""
        raise NotImplementedError

    def lead_saved(self, lead_id: int, *, worked: bool) -> None:
        """A step on the lead was saved; `worked` where it was a status."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """See whether something was left unfinished, also by a crash."""
        self._look_for_draft()

    @work(thread=True, group="draft", description="look for something unfinished")
    def _look_for_draft(self) -> None:
        try:
            draft = drafts.newest_draft(self.desk)
            lead = None if draft is None else leads.open_lead(self.desk, draft.lead_id).lead
        except LeadtuiError:
            return  # whoever it was about has gone
        if draft is not None and lead is not None:
            self.post_message(self.Unfinished(lead, "m" if draft.kind == NOTE_DRAFT else "s"))

    @on(Unfinished)
    def _tell_unfinished(self, message: Unfinished) -> None:
        sentence = _("What you typed about {name} is kept; {key} on that customer goes on with it.")
        name = brief(message.lead.name or self.presenter.phone(message.lead.phone), 40)
        self.app.notify(sentence.format(name=name, key=message.key), markup=False, timeout=8)

    @on(Prepared)
    def _go_on(self, message: Prepared) -> None:
        if message.number == self._asked_for:
            message.then()

    def _begin(self) -> int:
        """From now on keys wait for what they are meant for: a dialog that opens, or the customer that is next."""
        self.leadtui.hold_keys()
        self._asked_for += 1
        return self._asked_for

    def _push(self, dialog: Dialog[Answer], take: Callable[[Answer | None], None]) -> None:
        self.app.push_screen(dialog, take)
        dialog.call_after_refresh(self.leadtui.free_keys)

    # Status

    def action_set_status(self) -> None:
        """Open the status dialog for the lead in hand."""
        if self._nobody_in_hand():
            return
        self._prepare_status(self._begin(), cast("int", self.lead_in_hand), _Again(), "")

    @work(thread=True, group="dialogs", exclusive=True, description="read what the status dialog shows")
    def _prepare_status(self, number: int, lead_id: int, again: _Again, called_for: str) -> None:
        desk = self.desk
        try:
            opened = leads.open_lead(desk, lead_id)
            draft = drafts.find_draft(desk, STATUS_DRAFT, lead_id)
            counts = leads_per_colleague(desk)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self._tell_refusal, error)))
            return
        snapshot = StatusSnapshot(
            lead=opened.lead,
            definitions=desk.definitions,
            surroundings=desk.surroundings(),
            actor=desk.actor,
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
            self._keep_draft(STATUS_DRAFT, lead_id, dict(content))

        def take(command: SetStatus | None) -> None:
            if command is not None:
                self._save_status(command, typed, snapshot.called_for)

        dialog = StatusDialog(snapshot, keep, self.desk.now)
        self.app.push_screen(dialog, take)
        dialog.call_after_refresh(self.leadtui.free_keys)

    def _save_status(self, command: SetStatus, typed: Mapping[str, str], called_for: str) -> None:
        self.leadtui.hold_keys()

        def saved(lead: Lead) -> None:
            self._tell_saved(lead)
            self.lead_saved(lead.id, worked=True)
            self.leadtui.free_keys()

        def refused(error: LeadtuiError) -> None:
            problems = error.problems if isinstance(error, InvalidAnswers) else ()
            if isinstance(error, Invalid) and not problems:
                problems = (error,)
            again = _Again(typed, problems, "" if problems else str(error))
            self.leadtui.drop_keys()
            self._prepare_status(self._begin(), command.lead_id, again, called_for)

        self.leadtui.writer.write(partial(set_status, self.desk, command), saved, refused)

    def _tell_saved(self, lead: Lead) -> None:
        name = brief(lead.name or self.presenter.phone(lead.phone), 40)
        status = self.presenter.status_content(lead.status_id).plain
        self.app.notify(f"{name}: {status}", markup=False, timeout=3)

    # Call

    def action_call(self) -> None:
        """Ring the lead in hand."""
        if not self._nobody_in_hand():
            self._prepare(self._begin(), cast("int", self.lead_in_hand), self._open_call)

    def _open_call(self, opened: OpenLead) -> None:
        if not opened.lead.numbers:
            self.leadtui.drop_keys()
            self.app.notify(_("This customer has no number to ring."), severity="warning", markup=False)
            return

        def take(ended: CallEnded | None) -> None:
            if ended is not None:
                self._log_call(opened.lead.id, ended)

        self._push(CallDialog(self.desk, opened.lead, self.leadtui.settings.dial), take)

    def _log_call(self, lead_id: int, ended: CallEnded) -> None:
        minutes, seconds = divmod(ended.seconds, 60)
        called_for = _("the call took {time}").format(time=f"{minutes}:{seconds:02}")

        self.leadtui.hold_keys()

        def logged(_lead: Lead) -> None:
            self.leadtui.look_again()
            self._prepare_status(self._begin(), lead_id, _Again(), called_for)

        def refused(error: LeadtuiError) -> None:
            # What came of the call is worth keeping also where the call itself could not be noted.
            self._prepare_status(self._begin(), lead_id, _Again(reason=str(error)), called_for)

        self.leadtui.writer.write(
            partial(leads.log_call, self.desk, lead_id, ended.number, ended.started_at, ended.seconds),
            logged,
            refused,
        )

    # Note

    def action_note(self) -> None:
        """Write a note about the lead in hand."""
        if not self._nobody_in_hand():
            self._prepare_note(self._begin(), cast("int", self.lead_in_hand))

    @work(thread=True, group="dialogs", exclusive=True, description="read what the note dialog shows")
    def _prepare_note(self, number: int, lead_id: int) -> None:
        try:
            opened = leads.open_lead(self.desk, lead_id)
            draft = drafts.find_draft(self.desk, NOTE_DRAFT, lead_id)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self._tell_refusal, error)))
            return
        text = draft.content.get(NOTE_DRAFT, "") if draft else ""
        self.post_message(self.Prepared(number, partial(self._open_note, opened.lead, text)))

    def _open_note(self, lead: Lead, text: str, reason: str = "") -> None:
        def keep(typed: str) -> None:
            self._keep_draft(NOTE_DRAFT, lead.id, {NOTE_DRAFT: typed} if typed.strip() else {})

        def take(note: str | None) -> None:
            if note is not None:
                self._save_note(lead, note)

        self._push(NoteDialog(lead, text, reason, keep), take)

    def _save_note(self, lead: Lead, note: str) -> None:
        self.leadtui.writer.write(
            partial(leads.add_note, self.desk, lead.id, note),
            lambda lead: self.lead_saved(lead.id, worked=False),
            # The draft may be what could not be written, so the text goes back by hand.
            lambda error: self._open_note(lead, note, str(error)),
        )

    # Remind

    def action_remind(self) -> None:
        """Set a reminder on the lead in hand."""
        if not self._nobody_in_hand():
            self._prepare(self._begin(), cast("int", self.lead_in_hand), self._open_remind)

    def _open_remind(self, opened: OpenLead, wish: ReminderWish | None = None, reason: str = "") -> None:
        def take(wanted: ReminderWish | None) -> None:
            if wanted is not None:
                self._save_reminder(opened, wanted)

        self._push(RemindDialog(self.desk, opened.lead, wish, reason), take)

    def _save_reminder(self, opened: OpenLead, wanted: ReminderWish) -> None:
        lead_id = opened.lead.id

        def saved(_id: int) -> None:
            when = self.presenter.moment(wanted.due, self.desk.now())
            self.app.notify(_("You will be reminded {when}.").format(when=when), markup=False)
            self.lead_saved(lead_id, worked=False)

        self.leadtui.writer.write(
            lambda: reminders.set_reminder(
                self.desk, lead_id, wanted.due, wanted.note, promised=wanted.promised
            ),
            saved,
            lambda error: self._open_remind(opened, wanted, str(error)),
        )

    # What they share

    @work(thread=True, group="dialogs", exclusive=True, description="read the lead for a dialog")
    def _prepare(self, number: int, lead_id: int, then: Callable[[OpenLead], None]) -> None:
        try:
            opened = leads.open_lead(self.desk, lead_id)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self._tell_refusal, error)))
        else:
            self.post_message(self.Prepared(number, partial(then, opened)))

    def _keep_draft(self, kind: str, lead_id: int, content: Mapping[str, str]) -> None:
        """Keep what is typed, without a word; where that fails, it is told once and not at every letter."""
        write = partial(drafts.save_draft, self.desk, kind, lead_id, content)
        if not content:
            write = partial(drafts.discard_draft, self.desk, kind, lead_id)
        self.leadtui.writer.write(write, refused=lambda error: self.leadtui.tell_trouble(str(error)))

    def _nobody_in_hand(self) -> bool:
        if self.lead_in_hand is None:
            self.app.notify(
                _("No customer is open; choose one in a table."), severity="warning", markup=False
            )
        return self.lead_in_hand is None

    def _tell_refusal(self, error: LeadtuiError) -> None:
        self.leadtui.drop_keys()
        self.app.notify(str(error), severity="error", markup=False, timeout=8)
