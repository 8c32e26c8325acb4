"""A reminder that has come due, over whatever is open; it never takes the keyboard by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from leadtui.domain.reminder import ReminderKind
from leadtui.language import calendar
from leadtui.language.moment import parse_moment
from leadtui.language.phone import show_phone
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.services.desk import Desk
from leadtui.services.reminders import ListedReminder, ReminderGroup
from leadtui.tui.commands import same_place
from leadtui.tui.moment_words import EXAMPLES, echo, read_future

ANSWER_KEY = "ctrl+r"
SNOOZES: tuple[tuple[str, timedelta], ...] = (
    ("1", timedelta(minutes=5)),
    ("2", timedelta(minutes=15)),
    ("3", timedelta(hours=1)),
)
TOMORROW_KEY = "4"
TYPED_KEY = "5"


class SnoozeInput(Input):
    """Where any moment is typed; Escape leads back to the alert's keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    class Left(Message):
        """The person types no moment after all."""

    def action_leave(self) -> None:
        """Back to the alert's keys."""
        self.post_message(self.Left())


class ReminderAlert(Vertical, can_focus=True):
    """Shows the earliest due reminder and how many wait behind it.

    Ctrl+R takes the keyboard to it and back; then o opens the customer, d is done, 1–4 snooze, 5 asks
    for any moment.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(same_place("o")), "open", show=False),
        Binding(",".join(same_place("d")), "done", show=False),
        *(
            Binding(",".join(same_place(key)), f"snooze({index})", show=False)
            for index, (key, _time) in enumerate(SNOOZES)
        ),
        Binding(",".join(same_place(TOMORROW_KEY)), "tomorrow", show=False),
        Binding(",".join(same_place(TYPED_KEY)), "type", show=False),
        Binding("escape", "leave", show=False),
    ]

    DEFAULT_CSS = """
    ReminderAlert {
        layer: alert;
        dock: top;
        width: 64;
        max-width: 100%;
        height: auto;
        margin: 1 2 0 0;
        padding: 0 1;
        background: $pane-alt;
        border: round $soon;
        border-title-color: $soon;
        border-title-style: bold;
        border-subtitle-color: $dim;
        align-horizontal: right;
        &.-missed { border: round $late; border-title-color: $late; }
        &:focus-within { background: $cursor-blurred; }
        #alert-lead, #alert-keys { height: auto; }
        #alert-echo { height: auto; display: none; }
        SnoozeInput { display: none; border: none; height: 1; padding: 0 1; background: $field; }
        SnoozeInput:focus { background: $field-focus; }
        &.-typing SnoozeInput, &.-typing #alert-echo { display: block; }
        &.-typing #alert-keys { display: none; }
    }
    """

    due: reactive[tuple[ListedReminder, ...]] = reactive(())
    """What has come due, earliest first."""

    field = getters.query_one(SnoozeInput)

    @dataclass
    class Opened(Message):
        """The person wants to see the customer."""

        lead_id: int

    @dataclass
    class Done(Message):
        """The person has dealt with it."""

        reminder_id: int

    @dataclass
    class Snoozed(Message):
        """The person wants to be told again at `until` (aware UTC)."""

        reminder_id: int
        until: datetime

    def __init__(self, desk: Desk) -> None:
        """`desk` gives the clock, the calendar and the definitions."""
        super().__init__()
        self._desk = desk
        self._focused_before: Widget | None = None

    def successor(self) -> ReminderAlert:
        """Another alert with the same content, for another screen."""
        alert = ReminderAlert(self._desk)
        alert.set_reactive(ReminderAlert.due, self.due)
        return alert

    def compose(self) -> ComposeResult:
        """The customer, the keys, the line to type a moment into."""
        yield Static(id="alert-lead")
        yield Static(id="alert-keys")
        yield SnoozeInput(placeholder=EXAMPLES)
        yield Static(id="alert-echo")

    def on_mount(self) -> None:
        """Follow the clock, since lateness grows."""
        self.styles.offset = (max(0, self.screen.size.width - 66), 0)
        self._draw()
        self.set_interval(10, self._draw)

    def watch_due(self) -> None:
        """Show what is due now; another reminder ends the typing of a moment."""
        if self.is_mounted:
            self._draw()

    def toggle_keyboard(self) -> None:
        """Take the keyboard, or give it back to where it was."""
        if self.has_focus_within:
            self._give_back()
        else:
            self._focused_before = self.screen.focused
            self.focus()

    def action_open(self) -> None:
        """Open the customer."""
        lead_id = self.due[0].reminder.lead_id
        self._give_back()
        self.post_message(self.Opened(lead_id))

    def action_done(self) -> None:
        """Dealt with."""
        self.post_message(self.Done(self.due[0].reminder.id))
        self._give_back()

    def action_snooze(self, index: int) -> None:
        """Tell me again in a while."""
        self._snooze(self._desk.now() + SNOOZES[index][1])

    def action_tomorrow(self) -> None:
        """Tell me again tomorrow at the same time of the day as it was due."""
        until = parse_moment(
            "tomorrow", now=self._desk.now(), zone=self._desk.workspace.zone, calendar=self._desk.calendar
        )
        if until is not None:
            self._snooze(until)

    def action_type(self) -> None:
        """Ask for a moment."""
        self.add_class("-typing")
        self.query_one("#alert-echo", Static).update("")
        self.field.value = ""
        self.field.focus()

    def action_leave(self) -> None:
        """Back to where the keyboard was; the reminder stays."""
        self._give_back()

    @on(SnoozeInput.Left)
    def _leave_typing(self, event: SnoozeInput.Left) -> None:
        event.stop()
        self.remove_class("-typing")
        self.focus()

    @on(Input.Changed)
    def _echo(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one("#alert-echo", Static).update(echo(event.value, self._desk))

    @on(Input.Submitted)
    def _take_typed(self, event: Input.Submitted) -> None:
        event.stop()
        until = read_future(event.value, self._desk)
        if until is not None:
            self.remove_class("-typing")
            self._snooze(until)

    def on_click(self, event: events.Click) -> None:
        """A click takes the keyboard here, as Ctrl+R does."""
        event.stop()
        if not self.has_focus_within:
            self.toggle_keyboard()

    def _snooze(self, until: datetime) -> None:
        self.post_message(self.Snoozed(self.due[0].reminder.id, until))
        self._give_back()

    def _give_back(self) -> None:
        self.remove_class("-typing")
        before, self._focused_before = self._focused_before, None
        self.screen.set_focus(before if before is not None and before.is_attached else None)

    def _draw(self) -> None:
        if not self.due or not self.is_attached:
            return
        first, desk, now = self.due[0], self._desk, self._desk.now()
        missed = first.group is ReminderGroup.MISSED
        self.set_class(missed, "-missed")
        waiting = _(" · 1 of {count}").format(count=len(self.due)) if len(self.due) > 1 else ""
        promised = first.reminder.kind is ReminderKind.CALLBACK
        kind = _("missed while closed") if missed else _("promised call") if promised else _("reminder")
        self.border_title = Content(f"◷ {kind}{waiting}")
        self.border_subtitle = Content.assemble(("Ctrl+R", "bold $key"), " ", _("answer it"))
        status = desk.definitions.status(first.status_id)
        late = calendar.show_relative(first.reminder.due, now, desk.language)
        when = calendar.show_moment(
            first.reminder.due, desk.calendar, desk.language, desk.workspace.zone, now
        )
        phone = show_phone(first.phone, desk.workspace.region) if first.phone else ""
        lines = [
            Content.assemble((safe(first.lead_name) or safe(phone), "bold"), "  ", (safe(phone), "$dim")),
            Content.assemble((f"{when} – {late}", "$late" if missed else "$soon")),
        ]
        if status is not None or first.reminder.note:
            words = safe(first.reminder.note or (status.title if status else ""))
            lines[1] = Content.assemble(lines[1], "  ", (words, "$dim"))
        self.query_one("#alert-lead", Static).update(Content("\n").join(lines))
        self.query_one("#alert-keys", Static).update(self._keys())

    def _keys(self) -> Content:
        pairs = [("o", _("open")), ("d", _("done")), ("1", _("5 min")), ("2", _("15 min")), ("3", _("1 h"))]
        pairs += [(TOMORROW_KEY, _("tomorrow")), (TYPED_KEY, _("when …"))]
        style = "bold $key" if self.has_focus_within else "$dim"
        return Content("  ").join(
            Content.assemble((key, style), " ", (title, "$dim")) for key, title in pairs
        )

    def on_descendant_focus(self) -> None:
        """The keys light up while they work."""
        self._draw()

    def on_focus(self) -> None:
        """The keys light up while they work."""
        self._draw()

    def on_blur(self) -> None:
        """The keys are dim while they do not work."""
        self._draw()
