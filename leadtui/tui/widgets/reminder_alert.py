"""A reminder that has come due: one line over whatever is open; it never takes the keyboard by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

from leadtui.domain.field import FormatContext
from leadtui.domain.reminder import ReminderKind
from leadtui.language import calendar
from leadtui.language.phone import show_phone
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.escalation import going_words
from leadtui.presentation.formatter import DO_NOT_CALL_GLYPH, Formatter
from leadtui.presentation.input_feedback import example_of_moment, read_future
from leadtui.presentation.repetition import marked_rule
from leadtui.services.reminders import ListedReminder, ReminderGroup
from leadtui.services.session import Session
from leadtui.tui.commands.command import small_letter
from leadtui.tui.program import program_of
from leadtui.tui.widgets.changing_lines import ChangingLines
from leadtui.tui.widgets.date_input import SHEET_KEY, DateInput
from leadtui.tui.widgets.form_field import about_moment

SNOOZES: tuple[tuple[str, timedelta], ...] = (
    ("1", timedelta(minutes=5)),
    ("2", timedelta(minutes=15)),
    ("3", timedelta(hours=1)),
)
TOMORROW_KEY = "4"
TYPED_KEY = "5"

ANSWERS = {
    "o": "open",
    "c": "ring",
    "d": "done",
    "s": "skip",
    **{each: f"snooze({place})" for place, (each, _time) in enumerate(SNOOZES)},
    TOMORROW_KEY: "tomorrow",
    TYPED_KEY: "type",
    "escape": "leave",
}
"""What each key does while the alert has the keyboard."""

NAME_CELLS = 32
"""The most cells that the customer's name takes."""

LATER_LOOKS = 10
"""Seconds after which the line is written again: lateness grows."""


class SnoozeInput(DateInput):
    """Where any moment is typed, or its day chosen on the sheet of a month; Escape leads back to the alert's keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    class Left(Message):
        """The person types no moment after all."""

    def begin(self, context: FormatContext) -> None:
        """Be empty, and read what is typed as of the context's moment: an alert may stand there for hours."""
        self._format_context = context
        self.value = ""

    def action_leave(self) -> None:
        """Back to the alert's keys."""
        self.post_message(self.Left())


class ReminderAlert(Widget):
    """Shows one due reminder and how many there are. It takes a line of the screen, so that it hides nothing.

    Ctrl+R or a click takes the keyboard to it and back; then o opens the customer, c rings them, d is done, s skips one that comes
    again, 1–4 snooze, 5 asks for any moment, and no other letter does anything: it would be meant for this reminder.
    """

    DEFAULT_CSS = """
    ReminderAlert {
        dock: bottom;
        layout: vertical;
        width: 100%;
        height: auto;
        background: $pane-alt;
        color: $foreground;
        &.-above-keys { margin: 0 0 1 0; }
        &:focus-within { background: $cursor-blurred; }
        Static, ChangingLines { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #alert-keys, #alert-echo, SnoozeInput { display: none; }
        &:focus-within #alert-keys { display: block; }
        &.-typing #alert-keys { display: none; }
        &.-typing SnoozeInput, &.-typing #alert-echo { display: block; }
        MonthSheet { constrain: none inflect; margin: 0 0 1 0; }  /* above the line, which stays in sight */
    }
    """

    due: reactive[tuple[ListedReminder, ...]] = reactive(())
    """What has come due, earliest first."""

    field = getters.query_one(SnoozeInput)
    _lead = getters.query_one("#alert-lead", ChangingLines)
    _answers = getters.query_one("#alert-keys", ChangingLines)

    @dataclass
    class Opened(Message):
        """The person wants to see the customer."""

        lead_id: int

    @dataclass
    class Rung(Message):
        """The person wants to see the customer, and rings them."""

        lead_id: int

    @dataclass
    class Done(Message):
        """The person has dealt with it."""

        reminder_id: int

    @dataclass
    class Skipped(Message):
        """The person leaves out this time of one that comes again."""

        reminder_id: int

    @dataclass
    class Snoozed(Message):
        """The person wants to be told again at `until` (aware UTC)."""

        reminder_id: int
        until: datetime

    def __init__(self, session: Session, due: tuple[ListedReminder, ...], *, above_keys: bool) -> None:
        """`session` gives the clock, the calendar and the definitions; `above_keys` leaves the screen's last line free."""
        super().__init__(classes="-above-keys" if above_keys else "")
        self.set_reactive(ReminderAlert.due, due)
        self._session = session
        self._focused_before: Widget | None = None
        self._answered: int | None = None
        """The reminder that the keyboard was taken for: it stays the current one, whatever comes due meanwhile."""

    def compose(self) -> ComposeResult:
        """The reminder, the keys, the line to type a moment into."""
        yield ChangingLines("alert-lead")
        yield ChangingLines("alert-keys")
        context = self._session.format_context()
        yield SnoozeInput("", example_of_moment(context), context, moments=True)
        yield Static(id="alert-echo")

    def on_mount(self) -> None:
        """Follow the clock, since lateness grows."""
        self._draw()
        self.set_interval(LATER_LOOKS, self._draw)

    def on_resize(self) -> None:
        """What there is no room for is left out."""
        self._draw()

    @property
    def current(self) -> ListedReminder:
        """The reminder that is shown: the earliest, or the one that is being answered."""
        return next((each for each in self.due if each.reminder.id == self._answered), self.due[0])

    def watch_due(self) -> None:
        """Show what is due now; the typing of a moment ends with the reminder that it was for."""
        if not self.due or not self.is_mounted:
            return
        if self.has_focus_within and self.current.reminder.id != self._answered:
            self._answered = self.current.reminder.id
            self._leave_typing()
        self._draw()

    def toggle_keyboard(self) -> None:
        """Take the keyboard, or give it back to where it was."""
        if self.has_focus_within:
            self.give_back()
        else:
            self._focused_before = self.screen.focused
            self._answered = self.current.reminder.id
            # Only now, so that Tab never leads here: letters typed in good faith would answer the reminder.
            self.can_focus = True
            self.focus()

    def give_back(self) -> None:
        """Give the keyboard back to where it was, if it is here."""
        if not self.has_focus_within:
            return
        self.remove_class("-typing")
        before, self._focused_before, self._answered = self._focused_before, None, None
        self.screen.set_focus(before if before is not None and before.is_attached else None)
        self.can_focus = False

    # What the person does

    def action_open(self) -> None:
        """Open the customer."""
        lead_id = self.current.reminder.lead_id
        self.give_back()
        self.post_message(self.Opened(lead_id))

    def action_ring(self) -> None:
        """Open the customer and ring."""
        lead_id = self.current.reminder.lead_id
        self.give_back()
        self.post_message(self.Rung(lead_id))

    def action_done(self) -> None:
        """Dealt with."""
        self.post_message(self.Done(self.current.reminder.id))
        self.give_back()

    def action_skip(self) -> None:
        """Leave out this time, where it comes again."""
        if self.current.reminder.repeats:
            self.post_message(self.Skipped(self.current.reminder.id))
            self.give_back()

    def action_snooze(self, index: int) -> None:
        """Tell me again in a while."""
        self._snooze(self._session.now() + SNOOZES[index][1])

    def action_tomorrow(self) -> None:
        """Tell me again tomorrow, at the time of the day that the word alone means."""
        until = read_future("tomorrow", self._session.format_context())
        if until is not None:
            self._snooze(until)

    def action_type(self) -> None:
        """Ask for a moment."""
        self.add_class("-typing")
        self.field.begin(self._session.format_context())
        self._say_how()
        self.field.focus()

    def action_leave(self) -> None:
        """Back to where the keyboard was; the reminder stays."""
        self.give_back()

    async def on_key(self, event: events.Key) -> None:
        """Answer by a key. No other letter reaches the screen below: it would work on the customer that is open there."""
        if self.screen.focused is not self:
            return
        action = ANSWERS.get(small_letter(event.key))
        if action is not None or event.is_printable:
            event.stop()
            event.prevent_default()
        if action is not None:
            await self.run_action(action)

    @on(SnoozeInput.Left)
    def _leave_typing(self) -> None:
        self.remove_class("-typing")
        self.focus()

    @on(Input.Changed)
    def _echo(self, event: Input.Changed) -> None:
        event.stop()
        if event.value.strip():
            self._say(about_moment(event.value, self._session.format_context()).content())
        else:
            self._say_how()

    @on(Input.Submitted)
    def _take_typed(self, event: Input.Submitted) -> None:
        event.stop()
        until = read_future(event.value, self._session.format_context())
        if until is not None:
            self._snooze(until)
        elif not event.value.strip():
            self._say(Content.styled(_("Type when, such as tomorrow 10."), "$late"))

    async def on_click(self, event: events.Click) -> None:
        """A click takes the keyboard here, as Ctrl+R does; one on a key's words does what the key does."""
        event.stop()
        action = event.style.meta.get("answer")
        if not self.has_focus_within:
            self.toggle_keyboard()
        elif action is not None:
            await self.run_action(str(action))

    def _snooze(self, until: datetime) -> None:
        self.post_message(self.Snoozed(self.current.reminder.id, until))
        self.give_back()

    # What is shown

    def _say(self, words: Content | str) -> None:
        self.query_one("#alert-echo", Static).update(words)

    def _say_how(self) -> None:
        self._say(Content.assemble((SHEET_KEY, "bold $key"), " ", (pgettext("key", "calendar"), "$dim")))

    def say_anew(self) -> None:
        """Say everything in the language in use, which has changed."""
        self._draw()

    def _draw(self) -> None:
        # An alert that is taken off as it comes, with a screen that closes at once, is mounted without its parts.
        if not self.due or not self.is_attached or not self.children:
            return
        self._lead.write([self._line(self.size.width - 2)])
        self._answers.write([self._keys(self.size.width - 2)])

    def _line(self, room: int) -> Content:
        """The badge, who, when, and the key; what there is no room for is left out, the number first."""
        shown, session, now = self.current, self._session, self._session.now()
        badge, colour = self._badge(shown)
        due = shown.reminder.due
        zone = session.workspace.zone
        when = calendar.show_moment(due, session.calendar, session.language, zone, now)
        late = calendar.show_relative(due, now, session.language, zone, due=True)
        phone = show_phone(shown.phone, session.workspace.region) if shown.phone else ""
        status = session.definitions.status(shown.status_id)
        about = shown.reminder.note or (status.title if status else "")
        name = Content.styled(ellipsize(safe(shown.lead_name or phone), NAME_CELLS), "bold")
        time = Content.styled(f"{safe(when)} – {safe(late)}", colour)
        key = Content.assemble(
            (program_of(self).key_of("answer-reminder"), "bold $key"), " ", pgettext("key", "answer")
        )
        parts = [badge, name, time]
        if shown.do_not_call:
            words = DO_NOT_CALL_GLYPH + " " + pgettext("reminder", "do not call")
            parts.insert(2, Content.styled(words, "$late"))
        rule = marked_rule(shown.reminder.repeats, session.format_context())
        goes = going_words(shown.going, Formatter(session))
        for extra in (goes, rule, phone if shown.lead_name else "", about):
            words = Content.styled(ellipsize(safe(extra), NAME_CELLS), "$dim")
            if extra and _width([*parts, words, key]) <= room:
                parts.append(words)
        line = Content("  ").join(parts)
        if self.has_focus_within:
            return line
        return Content.assemble(line, " " * max(2, room - line.cell_length - key.cell_length), key)

    def _badge(self, shown: ListedReminder) -> tuple[Content, str]:
        missed = shown.group is ReminderGroup.MISSED
        promised = shown.reminder.kind is ReminderKind.CALLBACK
        kind = pgettext("reminder", "overdue promise") if promised else pgettext("reminder", "overdue")
        colour = "$late" if missed else "$soon"
        return Content.styled(f" ◷ {kind} ", f"bold {colour} reverse"), colour

    def _keys(self, room: int) -> Content:
        """The keys and what they do; where there is no room, those that one knows anyway work without being named."""
        named = [
            ("o", pgettext("key", "open"), "open"),
            ("c", pgettext("key", "ring"), "ring"),
            ("d", pgettext("key", "done"), "done"),
            *([("s", pgettext("key", "skip"), "skip")] if self.current.reminder.repeats else []),
            *(
                (key, words, f"snooze({index})")
                for index, ((key, _time), words) in enumerate(
                    zip(
                        SNOOZES,
                        (pgettext("key", "+5 min"), pgettext("key", "+15 min"), pgettext("key", "+1 h")),
                        strict=True,
                    )
                )
            ),
            (TOMORROW_KEY, pgettext("key", "tomorrow"), "tomorrow"),
            (TYPED_KEY, pgettext("key", "when …"), "type"),
            ("Esc", pgettext("key", "back"), "leave"),
        ]
        keys = {
            action: Content.assemble((key, "bold $key"), " ", title).stylize(
                Style.from_meta({"answer": action})
            )
            for key, title, action in named
        }
        for known in ("leave", "ring", "snooze(1)"):
            if _width([*keys.values()]) > room:
                del keys[known]
        return Content("  ").join(keys.values())

    def on_descendant_focus(self) -> None:
        """The key to the keyboard is shown where it is not here already."""
        self._draw()

    on_descendant_blur = on_focus = on_blur = on_descendant_focus


def _width(parts: list[Content]) -> int:
    return sum(part.cell_length for part in parts) + 2 * (len(parts) - 1)
