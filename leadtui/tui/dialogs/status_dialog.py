"""The status dialog: choose a status, fill in what it asks, read what saving will do, save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.css.query import QueryType
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import FormatContext
from leadtui.domain.permission import Permission
from leadtui.domain.proposal import Proposal, ProposalSort
from leadtui.domain.status import Status
from leadtui.language import calendar
from leadtui.language.phone import show_phone
from leadtui.language.text import safe
from leadtui.language.translate import pgettext
from leadtui.presentation.formatter import DO_NOT_CALL_GLYPH
from leadtui.presentation.presence import COMPANY_GLYPH
from leadtui.services.drafts import STATUS_DRAFT
from leadtui.services.follow_up import SetStatus
from leadtui.services.session import Clock
from leadtui.tui.commands.command import KeyOf, bindings_of
from leadtui.tui.commands.dialogs import STATUS_COMMANDS
from leadtui.tui.dialogs.dialog import FormDialog, kept_notice
from leadtui.tui.dialogs.status_entry import (
    NO_NEXT_STEP,
    PROMISED,
    REMIND,
    StatusEntry,
    StatusReading,
    StatusSnapshot,
    answer_key,
    entry_of,
    form_key,
    proposed_date,
    proposed_next_day,
    proposed_reminder,
    read_entry,
    weekday_of_date,
)
from leadtui.tui.dialogs.status_form import Attempt, field_messages, outcome, status_fields
from leadtui.tui.program import program_of
from leadtui.tui.widgets.date_input import SHEET_KEY, DateInput
from leadtui.tui.widgets.draft_autosave import DraftAutosave, Keep
from leadtui.tui.widgets.form import Form
from leadtui.tui.widgets.form_field import FieldMessage, FormField
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.status_list import StatusList, StatusPane

BESIDE = 120
"""Columns from which on the timeline stands beside the form; above it where there are fewer."""

LINES_UNDER_STATUSES = 3
"""That of the filter, and one on either side of it."""

History = Callable[[int], Content]
"""The customer's timeline in lines of so many cells."""

TICK = 20
"""Seconds after which what depends on the present moment is told again."""


class StatusDialog(FormDialog[SetStatus]):
    """Closes with the step that the person decided on, or with None; what they typed is then kept as a draft.

    It reads and writes nothing. `keep` is given what is typed, a moment after it was typed and always before the
    dialog closes; a blank draft means that there is nothing to keep.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(STATUS_COMMANDS)]
    # Beside the timeline the form has one column again.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (104, "-wide"), (BESIDE, "-narrow"), (160, "-wide")]  # noqa: RUF012

    SAVES_BY_KEY: ClassVar[bool] = True
    """Whether the key of a status that asks nothing gives it at once."""

    statuses = getters.query_one("#statuses", StatusList)

    company: var[str] = var("")
    """Who else has the customer open, in words."""

    def __init__(
        self,
        snapshot: StatusSnapshot,
        keep: Keep | None,
        clock: Clock | None = None,
        history: History | None = None,
    ) -> None:
        """`clock` is the desk's; without it the moment of the snapshot stands still. `history` stays in view.

        Without `keep` what is typed is not kept.
        """
        super().__init__()
        self._history = history
        self.snapshot = snapshot
        self._clock = clock
        draft = snapshot.draft or FormDraft(STATUS_DRAFT, snapshot.lead.id)
        self._entry = entry_of(draft)
        self._autosave = DraftAutosave(self, lambda: (self.draft,), keep, (self._draft_about(draft),))
        self._status = self._first_status()
        self._touched: set[str] = set()
        self._tried = bool(snapshot.problems)
        self._refused = self._refusals()
        self._reason = snapshot.reason or self._refused.pop("", "")
        self._filled_in = ""
        """The weekday that the dialog filled in by itself."""
        self._typed_ahead: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """The timeline, the statuses, what is asked; what saving does beneath."""
        statuses = self.snapshot.definitions.open_statuses
        at = self._status.id if self._status else None
        with Vertical(id="dialog"):
            with VerticalScroll(id="above", classes="history", can_focus=False):
                yield Static()
            with Horizontal(id="parts"):
                with VerticalScroll(id="beside", classes="history", can_focus=False):
                    yield Static()
                proposes = self.snapshot.actor.may(Permission.PROPOSE)
                yield StatusPane(statuses, self.snapshot.lead.status_id, at, proposes=proposes)
                yield Static(id="rule")
                with Vertical(id="ask"):
                    yield Static(id="notice")
                    yield Form()
            yield Static(id="company")
            yield Static(id="outcome")
            yield Static(id="reason")

    async def on_mount(self) -> None:
        """Open as it was left: with the draft, and with what was wrong at the last save."""
        self.box.border_title = self._title()
        self._say_company()
        for part in (self.form, self.query_one("#outcome")):
            self.watch(part, "virtual_size", self._fit_anew, init=False)
        # What was not kept before was typed a moment ago, as the note of a call: that needs no telling.
        if self.snapshot.draft is not None and self.snapshot.draft.saved_at is not None:
            key = program_of(self).key_of("start-afresh")
            notice = kept_notice(self.snapshot.draft, key, self._format_context())
            if notice.plain:
                go_on = Content.assemble(
                    ("Enter", "bold $key"), " ", (pgettext("key", "go on with it"), "$dim")
                )
                notice = Content("  ·  ").join((notice, go_on))
            self.show_notice(notice)
        await self._show_form()
        if self._clock is not None:
            self.set_interval(TICK, self._tell)
        if self._tried:
            self._enter_form(self._first_wrong())
        else:
            self.set_focus(self.statuses)

    def on_resize(self) -> None:
        """The timeline goes beside the form, or above it; of several customers there is none."""
        self.set_class(self.size.width >= BESIDE and self._history is not None, "-beside")
        self.set_class(self._history is None, "-alone")
        self.call_after_refresh(self._show_history)

    def _show_history(self) -> None:
        place = self.query_one("#beside" if self.has_class("-beside") else "#above", VerticalScroll)
        if self._history is not None:
            place.query_one(Static).update(self._history(place.scrollable_content_region.width))
        self.call_after_refresh(self._fit)

    def _fit_anew(self) -> None:
        """Follow what has come beneath a field or a line more of what saving does."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Be as high as the statuses and the form need; the style sheet says how high at the most."""
        if not self.form.children:
            return  # it is still to come
        parts, ask = self.query_one("#parts"), self.query_one("#ask")
        form = max((each.virtual_region_with_margin.bottom for each in self.form.children), default=0)
        notice = sum(
            each.outer_size.height + each.styles.margin.height for each in ask.children[:-1] if each.display
        )
        needed = max(form + notice, len(self.snapshot.definitions.open_statuses) + LINES_UNDER_STATUSES)
        others = sum(
            each.outer_size.height for each in self.box.children if each.display and each is not parts
        )
        self.box.styles.height = needed + others + parts.gutter.height + self.box.gutter.height

    def watch_company(self) -> None:
        """Say who else has the customer open."""
        if self.is_mounted:
            self._say_company()

    def _say_company(self) -> None:
        line = self.query_one("#company", Static)
        line.update(Content(f"{COMPANY_GLYPH} {self.company}"))
        line.set_class(bool(self.company), "-shown")

    def on_unmount(self) -> None:
        """However it closes, also with the program: what is typed is kept."""
        self._autosave.now()

    # What the person does

    @on(StatusList.Previewed)
    async def _preview(self, event: StatusList.Previewed) -> None:
        # While a key is held down only the status where it comes to rest is worth a form.
        if event.status is self.statuses.status and event.status is not self._status:
            await self._change_status(event.status)

    @on(StatusList.Chosen)
    async def _choose(self, event: StatusList.Chosen) -> None:
        if event.by_key and event.status.asks_nothing and self.SAVES_BY_KEY:
            self._gather()
            reading = self._read(event.status)
            if not reading.problems:
                self._save(reading)
                return
        at = self._entry.at if event.status is self._status else ""
        if event.status is not self._status:
            await self._change_status(event.status)
        self._enter_form(at)

    @on(FormField.Changed)
    def _change(self, event: FormField.Changed) -> None:
        key = event.field.key
        if event.field not in self.form.fields:
            return
        if event.field.text == self._entry.text(key):
            if key == REMIND:
                self._tell()  # what was proposed may have been declined
            return
        self._refused.pop(key, None)
        self._gather()
        self._fill_in_weekday(key)
        self._tell()
        self._autosave.soon()

    @on(FormField.Left)
    def _leave(self, event: FormField.Left) -> None:
        if event.field in self.form.fields:
            self._touched.add(event.field.key)
            self._gather()
            self._tell()

    @on(Form.Finished)
    def _finish(self) -> None:
        self.action_save_status()

    @on(Form.LeftAtTop)
    def _back_to_list(self) -> None:
        self.set_focus(self.statuses)

    @on(events.Click, "#notice")
    async def _click_notice(self) -> None:
        await self.action_start_afresh()

    def focus_next(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """Tab ends at the last field: what is pasted behind a Tab must not choose another status."""
        fields = list(self.form.fields)
        if fields and self.focused is not None and fields[-1] in self.focused.ancestors:
            return self.focused
        return super().focus_next(selector)

    def on_descendant_focus(self) -> None:
        """The keys in the border are those that work now."""
        choosing = "" if self.focused is not self.statuses else self.statuses.keys_shown
        self.box.border_subtitle = _keys(
            program_of(self).key_of, choosing, dated=isinstance(self.focused, DateInput)
        )

    def on_key(self, event: events.Key) -> None:
        """Keys that come while the form of the chosen status is being built wait for it."""
        if self.focused is not None or event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        if self.statuses.let_go:
            self._typed_ahead.append(event.copy())
        else:
            self.set_focus(self.statuses)
            self.app.post_message(event.copy())

    @property
    def missed(self) -> Proposal:
        """What somebody may miss here: what they looked for among the statuses, or a field of the one that is filled in."""
        at = None if self._status is None else self._status.id
        if self.focused is self.statuses or at is None:
            return Proposal(0, ProposalSort.STATUS, self.statuses.filter or "", status_id=at)
        return Proposal(0, ProposalSort.ANSWER, "", status_id=at)

    def action_save_status(self) -> None:
        """Close with the step, or show what is missing."""
        if self._status is None:
            return
        self._take_offered_reminder()
        self._gather()
        reading = self._read(self._status)
        if not reading.problems:
            self._save(reading)
            return
        self._tried = True
        self._reason = reading.problems.get("", "")
        self._tell()
        self._enter_form(self._first_wrong())

    def action_leave_status(self) -> None:
        """Close without saving; what is typed is kept."""
        self._gather()
        self._autosave.now(with_focus=True)
        self.dismiss(None)

    async def action_start_afresh(self) -> None:
        """Throw away the draft that the dialog was opened with, and everything typed since."""
        if self.snapshot.draft is None:
            return
        self.snapshot = replace(self.snapshot, draft=None)
        self._entry = StatusEntry(self._entry.status_id)
        self._refused.clear()
        self._touched.clear()
        self._tried = False
        self._reason = self._filled_in = ""
        self.show_notice(Content(""))
        await self._show_form()
        self._autosave.now()
        self.set_focus(self.statuses)

    # What is typed

    def _first_status(self) -> Status | None:
        """The status that the dialog opens on: the draft's, else the lead's, else the first."""
        statuses = self.snapshot.definitions.open_statuses
        for wanted in (self._entry.status_id, self.snapshot.lead.status_id):
            found = next((each for each in statuses if each.id == wanted), None)
            if found is not None:
                return found
        return statuses[0] if statuses else None

    def _refusals(self) -> dict[str, str]:
        if self._status is None:
            return {}
        return {form_key(problem, self._status): str(problem) for problem in self.snapshot.problems}

    def _gather(self) -> None:
        """Take over what stands in the form."""
        typed = {**self._entry.typed, **{each.key: each.text for each in self.form.fields}}
        self._entry = StatusEntry(self._status.id if self._status else None, typed, self.form.current_key)

    def _read(self, status: Status) -> StatusReading:
        return read_entry(self._entry, status, self.snapshot, self._format_context().now)

    def _format_context(self) -> FormatContext:
        now = self._clock() if self._clock is not None else self.snapshot.context.now
        return replace(self.snapshot.context, now=now, people=self.snapshot.definitions.active_colleagues)

    def _fill_in_weekday(self, changed: str) -> None:
        """A date brings its day of the week, unless the person has chosen one."""
        if self._status is None:
            return
        pair = weekday_of_date(self._status, self._read(self._status).values)
        if pair is None or changed != answer_key(pair[1]) or pair[2] is None:
            return
        field = self.form.field(answer_key(pair[0]))
        if field is not None and field.text in ("", self._filled_in):
            field.text = self._filled_in = calendar.weekday_name(pair[2], self.snapshot.context.language)
            self._gather()

    def _save(self, reading: StatusReading) -> None:
        self._autosave.now()
        self.dismiss(reading.command)

    @property
    def draft(self) -> FormDraft:
        """What is typed by now."""
        return self._draft_about(FormDraft(STATUS_DRAFT, self.snapshot.lead.id))

    def _draft_about(self, draft: FormDraft) -> FormDraft:
        return self._entry.to_draft(draft, self._format_context().now)

    # What is shown

    def _title(self) -> Content:
        """Whom the dialog is about."""
        return _title(self.snapshot)

    def _messages(
        self, status: Status, reading: StatusReading, context: FormatContext
    ) -> dict[str, FieldMessage]:
        """What stands beneath the fields, by form key."""
        attempt = Attempt(self._touched, self._tried, self._refused)
        return field_messages(status, self._entry, reading, attempt, context)

    def _outcome(self, status: Status, reading: StatusReading, context: FormatContext) -> Content:
        """What saving will do."""
        return outcome(status, self._entry, reading, replace(self.snapshot, context=context))

    async def _change_status(self, status: Status) -> None:
        self._gather()
        self._status = status
        self._entry = replace(self._entry, status_id=status.id)
        self._touched.clear()
        self._refused.clear()
        self._tried = False
        self._reason = self._filled_in = ""
        await self._show_form()
        self._autosave.soon()

    async def _show_form(self) -> None:
        fields = (
            status_fields(self._status, self._entry, self.snapshot, self._format_context())
            if self._status
            else []
        )
        await self.form.show(fields)
        self._tell()

    def _enter_form(self, key: str = "") -> None:
        """Put the cursor into the field of that key, or into the first; what was typed ahead follows it there."""
        field = self.form.field(key) or next((each for each in self.form.fields if not each.disabled), None)
        if field is None or field.disabled:
            self.set_focus(self.statuses)
        else:
            field.take_focus()
        self.statuses.let_go = False
        typed_ahead, self._typed_ahead = self._typed_ahead, []
        for event in typed_ahead:
            self.app.post_message(event)

    def _first_wrong(self) -> str:
        """The key of the first field that something is wrong with; empty where there is none."""
        if self._status is None:
            return ""
        wrong = {*self._read(self._status).problems, *self._refused}
        return next((each.key for each in self.form.fields if each.key in wrong), "")

    def _tell(self) -> None:
        """Say what was understood, what is wrong, and what saving will do."""
        if self._status is None:
            return
        context, reading = self._format_context(), self._read(self._status)
        messages = self._messages(self._status, reading, context)
        for field in self.form.fields:
            self.form.show_message(field.key, messages.get(field.key))
        self._propose(self._status, reading, context)
        promised = self.form.field(PROMISED)
        if promised is not None:
            promised.disabled = reading.remind_at is None
        self._ask_why_unplanned(reading)
        self.query_one("#outcome", Static).update(self._outcome(self._status, reading, context))
        self.show_reason(self._reason)
        self.call_after_refresh(self._fit)

    def _propose(self, status: Status, reading: StatusReading, context: FormatContext) -> None:
        """Propose what follows from what is filled in: the right arrow takes it."""
        self._offer(
            REMIND, proposed_reminder(status, reading.values, context) or self._next_day(reading, context)
        )
        pair = weekday_of_date(status, reading.values)
        if pair is not None:
            weekday = reading.values.get(answer_key(pair[0]))
            self._offer(
                answer_key(pair[1]), proposed_date(weekday, context) if isinstance(weekday, int) else ""
            )

    def _next_day(self, reading: StatusReading, context: FormatContext) -> str:
        """What is proposed to whoever would leave the customer with nothing planned, and has not said why."""
        unplanned = reading.plan is not None and reading.plan.unplanned
        if not unplanned or self.snapshot.several or self._entry.text(NO_NEXT_STEP).strip():
            return ""
        return proposed_next_day(context)

    def _ask_why_unplanned(self, reading: StatusReading) -> None:
        """Ask it where nothing would be planned, neither by what is typed nor by what is proposed."""
        reason, reminder = self.form.field(NO_NEXT_STEP), self.form.field(REMIND)
        if reason is None:
            return
        editor = reminder.editor if reminder is not None else None
        planned = reading.plan is None or not reading.plan.unplanned
        timed = reminder is not None and bool(reminder.text.strip())
        offered = isinstance(editor, LineInput) and bool(editor.offer)
        reason.disabled = planned or timed or offered
        reason.display = not reason.disabled

    def _take_offered_reminder(self) -> None:
        """It looks filled in, so it is: whoever wants none takes it out."""
        field = self.form.field(REMIND)
        if (
            field is not None
            and isinstance(field.editor, LineInput)
            and field.editor.offer
            and not field.text
        ):
            field.text = field.editor.offer

    def _offer(self, key: str, text: str) -> None:
        field = self.form.field(key)
        if field is not None and isinstance(field.editor, LineInput) and not field.editor.declined:
            field.editor.offer = text


def _title(snapshot: StatusSnapshot) -> Content:
    """Whom the dialog is about, and the call that ended in it."""
    lead = snapshot.lead
    name = lead.name or (
        show_phone(lead.phone, snapshot.definitions.workspace.region) if lead.phone else lead.email
    )
    words = pgettext("title", "{name} · status").format(name=safe(name) or pgettext("customer", "no name"))
    called_for = safe(snapshot.called_for)
    banned = pgettext("choice", "do not call")
    forbidden = f"· {DO_NOT_CALL_GLYPH} {banned} " if lead.do_not_call else ""
    return Content.assemble(
        f" {words} ", (forbidden, "$late"), (f"· {called_for} " if called_for else "", "$dim not bold")
    )


def _keys(key_of: KeyOf, choosing: str, *, dated: bool) -> Content:
    """The keys that work now; a click does the same. `choosing` are the keys of the statuses, blank within the form."""
    leave = key_of("leave-status")
    if not choosing:
        pairs = [
            ("Enter", pgettext("key", "next field"), ""),
            (key_of("save-status"), pgettext("key", "save"), "@click=screen.save_status"),
            *([(SHEET_KEY, pgettext("key", "calendar"), "")] if dated else []),
            (leave, pgettext("key", "back, kept as draft"), "@click=screen.leave_status"),
        ]
    else:
        pairs = [
            (choosing, pgettext("key", "choose"), ""),
            ("/", pgettext("key", "filter"), ""),
            ("Enter", pgettext("key", "fill in"), ""),
            (leave, pgettext("key", "back"), "@click=screen.leave_status"),
        ]
    parts = [
        Content.assemble((key, f"bold $key {click}".strip()), " ", (words, f"$dim {click}".strip()))
        for key, words, click in pairs
    ]
    return Content.assemble(" ", Content(" · ").join(parts), " ")
