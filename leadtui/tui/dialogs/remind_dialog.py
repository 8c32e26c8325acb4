"""When to be reminded of a customer: a new reminder, or another time for one that is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from leadtui.domain.call_window import zone_of_customer
from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import Lead
from leadtui.language.repetition import Repetition
from leadtui.language.text import clean
from leadtui.language.translate import _, pgettext
from leadtui.presentation.input_feedback import example_of_moment, read_future
from leadtui.presentation.repetition import ReminderTime, example_of_reminder, read_reminder_time
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import SAVE, YES, KeptDialog
from leadtui.tui.widgets.date_input import DateInput
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.form_field import about_moment, about_reminder_time
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.marked_lists import Mark


@dataclass(frozen=True, slots=True)
class ReminderWish:
    """When it is due (aware UTC), what it is about, whether it was promised to the customer, and how it comes again."""

    due: datetime
    note: str = ""
    promised: bool = False
    repeats: Repetition | None = None


_WHEN, _ABOUT, _PROMISED = "when", "about", "promised"
"""The ids of the fields, by which a draft holds them."""


class RemindDialog(KeptDialog[ReminderWish]):
    """Enter in the first line is enough; the note and the promise are for those who want them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        SAVE,
        Binding("enter", "save", show=False),
    ]
    DEFAULT_CSS = """
    RemindDialog {
        #when { margin: 0; }
        #echo { height: auto; min-height: 1; margin: 0 0 1 0; }
        MonthSheet { overlay: none; }  /* there is room for it between the lines, and the keys stay in sight */
    }
    """

    def __init__(
        self,
        session: Session,
        lead: Lead,
        draft: FormDraft,
        reason: str = "",
        *,
        move: bool = False,
        keep: Keep | None = None,
    ) -> None:
        """`reason` is why what the draft says was refused; `move` asks for a time alone; `keep` is given what is typed."""
        words = pgettext("title", "{name} · another time") if move else pgettext("title", "{name} · reminder")
        back = pgettext("key", "back") if keep is None else pgettext("key", "back, kept as draft")
        keys = [("Enter", pgettext("key", "save")), ("Tab", pgettext("key", "next field")), ("Esc", back)]
        super().__init__(
            words.format(name=lead.name or pgettext("customer", "no name")), keys, draft, keep, reason
        )
        self._session = session
        self._move = move
        self._zone = zone_of_customer(lead.phone, lead.city, session.workspace)
        texts = draft.texts
        context = session.format_context()
        example = example_of_moment(context) if move else example_of_reminder(context)
        self._when = DateInput(texts.get(_WHEN, ""), example, context, moments=True, id=_WHEN)
        self._about = LineInput(texts.get(_ABOUT, ""), id=_ABOUT)
        self._promised = Mark(
            pgettext("choice", "promised to the customer"), texts.get(_PROMISED) == YES, id=_PROMISED
        )

    def compose_body(self) -> Iterable[Widget]:
        """When, what it was understood as, about what, whether promised."""
        yield Label(pgettext("field", "When"), classes="label")
        yield self._when
        yield Static(id="echo")
        if not self._move:
            yield Label(pgettext("field", "About"), classes="label")
            yield self._about
            yield self._promised

    def on_mount(self) -> None:
        """Show what is typed already."""
        super().on_mount()
        self._echo()

    @on(Input.Changed, "#when")
    def _echo(self) -> None:
        about = about_moment if self._move else about_reminder_time
        context = replace(self._session.format_context(), their_zone=self._zone)
        echo = about(self._when.value, context)
        self.query_one("#echo", Static).update(echo.content())

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Close with the wish, where the moment is understood."""
        time = self._typed_time()
        if time is None:
            if not self._when.value.strip():
                self.tell(_("Type when, such as tomorrow 10."))
            self._when.focus()
        elif self._move:
            self.dismiss(ReminderWish(time.due))
        else:
            about, promised = clean(self._about.value), self._promised.value
            self.dismiss(ReminderWish(time.due, about, promised, time.repeats))

    def _typed_time(self) -> ReminderTime | None:
        """The time to come that is typed; another time for a reminder is one moment."""
        typed, context = self._when.value, self._session.format_context()
        if self._move:
            due = read_future(typed, context)
            return None if due is None else ReminderTime(due)
        time = read_reminder_time(typed, context)
        return time if time is not None and time.due > context.now else None
