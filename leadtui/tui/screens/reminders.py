"""My reminders: missed, due, today, later, done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, TypeVar, cast

from textual import getters, on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import Lead
from leadtui.domain.reminder import Reminder, ReminderKind, ReminderState
from leadtui.errors import LeadtuiError
from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.language.translate import P_, _, pgettext, show_number
from leadtui.presentation.escalation import going_words
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import again_sentence
from leadtui.presentation.repetition import marked_rule
from leadtui.services import reminders
from leadtui.services.drafts import REMIND_DRAFT
from leadtui.services.reminders import ListedReminder, ReminderGroup
from leadtui.services.session import Session
from leadtui.tui.actions.call_windows import write_in_window
from leadtui.tui.commands.command import Command, bindings_of, offered
from leadtui.tui.commands.lists import REMINDERS_COMMANDS
from leadtui.tui.dialogs.remind_dialog import RemindDialog
from leadtui.tui.mirroring import TurnedScreen
from leadtui.tui.program import program_of
from leadtui.tui.status_style import status_content
from leadtui.tui.widgets.key_bar import KeyBar
from leadtui.tui.widgets.options import Options
from leadtui.tui.widgets.table_pane import PaneTitle
from leadtui.tui.widgets.top_bar import TopBar

Written = TypeVar("Written")

RENEWED_EVERY = 10.0

LONGEST_WHEN = 28
LONGEST_PHONE = 20
"""Cells that the time and the number take at most."""

WITH_STATUS, STATUS_WIDTH = 100, 22
"""Columns of the screen from which the statuses have a column of their own, and its cells."""

SIDES = 10
"""Cells beside the columns and between them."""

TITLES = {
    ReminderGroup.MISSED: (P_("heading", "Overdue, came while leadtui was closed"), "$late"),
    ReminderGroup.DUE: (P_("heading", "Overdue"), "$soon"),
    ReminderGroup.TODAY: (P_("heading", "Today"), "$foreground"),
    ReminderGroup.LATER: (P_("heading", "Later"), "$foreground"),
    ReminderGroup.DONE: (P_("heading", "Done in the last days"), "$dim"),
}
ENDINGS = {
    ReminderState.ACKNOWLEDGED: P_("reminder", "done · {about}"),
    ReminderState.CANCELLED: P_("reminder", "cancelled · {about}"),
    ReminderState.RESCHEDULED: P_("reminder", "moved · {about}"),
}
"""How a reminder ended, before what it is about."""


class RemindersScreen(TurnedScreen, Screen[int | None]):
    """Closes with the id of a customer to open, or with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(REMINDERS_COMMANDS),
        Binding("b,f10", "leave", show=False),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]
    DEFAULT_CSS = """
    RemindersScreen {
        background: $pane;
        OptionList, OptionList:focus {
            border: none; height: 1fr; padding: 0; background: $pane; scrollbar-size-vertical: 1;
        }
        OptionList > .option-list--option-highlighted { background: $cursor; text-style: none; }
        OptionList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
        OptionList > .option-list--option-disabled { color: $foreground; }
    }
    """
    AUTO_FOCUS = "OptionList"

    app = getters.app(cast("type[App[Any]]", App))
    list = getters.query_one(OptionList)

    @dataclass
    class Loaded(Message):
        """From the thread: the person's reminders."""

        listed: tuple[ListedReminder, ...]

    @dataclass
    class Failed(Message):
        """From the thread: they could not be read."""

        error: LeadtuiError

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """`session` says whose reminders they are."""
        super().__init__()
        self._session = session
        self._formatter = formatter
        self._listed: dict[str, ListedReminder] = {}
        self._drawn: list[tuple[str | None, Content]] = []

    def compose(self) -> ComposeResult:
        """The top line, the list, the keys."""
        yield TopBar(self._session)
        yield PaneTitle(_("My reminders"))
        yield Options(markup=False)
        yield KeyBar(self.offered)

    def on_mount(self) -> None:
        """Read, and follow the clock."""
        self.query_one(TopBar).follow(program_of(self).desk_screen.query_one(TopBar))
        self.query_one(PaneTitle).add_class("-focused")
        self.load()
        self.set_interval(RENEWED_EVERY, self.load)

    def on_resize(self) -> None:
        """The lines are as long as the screen is wide."""
        self._draw(self._marked())

    @work(thread=True, exclusive=True, group="reminders-list", description="read my reminders")
    def load(self) -> None:
        """Read the list again; the place in it is kept."""
        try:
            listed = reminders.list_reminders(self._session)
        except LeadtuiError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Loaded(listed))

    @on(Failed)
    def _tell(self, message: Failed) -> None:
        program_of(self).tell_trouble(str(message.error))

    @on(Loaded)
    def _show_loaded(self, message: Loaded) -> None:
        before = self._listed
        self._listed = {str(each.reminder.id): each for each in message.listed}
        marked = self._marked()
        if (
            marked in before
            and marked in self._listed
            and _ended(self._listed[marked]) != _ended(before[marked])
        ):
            # The cursor stays where the next one comes to stand; it does not follow what is done with.
            marked = None
        self._draw(marked)

    def _marked(self) -> str | None:
        at = self.list.highlighted
        return None if at is None else self.list.get_option_at_index(at).id

    def _draw(self, marked: str | None) -> None:
        """Write the list anew where anything in it is another than before; the cursor is put on `marked`."""
        lines = self._lines()
        if lines == self._drawn:
            return
        self._drawn = lines
        at = self.list.highlighted or 0
        options = [Option(line, id=key, disabled=key is None) for key, line in lines]
        self.list.clear_options()
        self.list.add_options(options)
        places = [place for place, option in enumerate(options) if not option.disabled]
        if marked in self._listed:
            self.list.highlighted = self.list.get_option_index(str(marked))
        elif places:
            self.list.highlighted = next((place for place in places if place >= at), places[-1])
        self._offer()

    def _lines(self) -> list[tuple[str | None, Content]]:
        lines: list[tuple[str | None, Content]] = []
        widths = self._widths()
        for group in ReminderGroup:
            members = [each for each in self._listed.values() if each.group is group]
            if not members:
                continue
            title, style = TITLES[group]
            count = show_number(len(members), self._session.language)
            above = "\n" if lines else ""
            lines.append(
                (
                    None,
                    Content.assemble(
                        above, " ", (pgettext("heading", title), f"bold {style}"), (f"  {count}", "$dim")
                    ),
                )
            )
            lines += [(str(each.reminder.id), self._line(each, widths)) for each in members]
        return lines or [(None, Content.styled(" " + _("You have no reminders."), "$dim"))]

    def _widths(self) -> tuple[int, int, int]:
        """The cells of the first three columns: as many as their longest words need, within reason."""
        shown = self._listed.values()
        whens = (self._formatter.moment(each.reminder.due) for each in shown)
        names = (safe(each.lead_name) for each in shown)
        phones = (self._phone(each) for each in shown)
        most = (LONGEST_WHEN, max(12, self.size.width // 4), LONGEST_PHONE)
        when, name, phone = (
            min(max((cell_width(each) for each in words), default=0), width)
            for words, width in zip((whens, names, phones), most, strict=True)
        )
        return when, name, phone

    def _phone(self, listed: ListedReminder) -> str:
        return self._formatter.marked_phone(
            listed.phone, do_not_call=listed.do_not_call, hidden=listed.numbers_hidden
        )

    def _line(self, listed: ListedReminder, widths: tuple[int, int, int]) -> Content:
        reminder = listed.reminder
        when = _cell(self._formatter.moment(reminder.due), widths[0])
        name = _cell(listed.lead_name or pgettext("customer", "no name"), widths[1])
        phone = _cell(self._phone(listed), widths[2])
        with_status = self.size.width >= WITH_STATUS
        title = self._formatter.status_title(listed.status_id)
        about = reminder.note or title
        if with_status and about == title:
            about = ""  # it stands in its own column
        if reminder.repeats:
            about = f"{marked_rule(reminder.repeats, self._formatter.context)} · {about}"
        if reminder.kind is ReminderKind.CALLBACK:
            about = pgettext("reminder", "promised · {about}").format(about=about)
        goes = going_words(listed.going, self._formatter) if reminder.is_due(self._session.now()) else ""
        about = f"{goes} · {about}" if goes else about
        if reminder.state in ENDINGS:
            about = pgettext("reminder", ENDINGS[reminder.state]).format(about=about)
        if listed.do_not_call:
            about = pgettext("reminder", "do not call · {about}").format(about=about)
        left = self.size.width - sum(widths) - SIDES - (STATUS_WIDTH if with_status else 0)
        done = listed.group is ReminderGroup.DONE
        return Content.assemble(
            "  ",
            (when, "$faint" if done else TITLES[listed.group][1]),
            "  ",
            (name, "$dim" if done else ""),
            "  ",
            (phone, "$faint strike" if listed.do_not_call else "$dim"),
            "  ",
            self._status(listed) if with_status else "",
            (ellipsize(safe(about).rstrip(" ·"), max(left, 8)), "$dim"),
        )

    def _status(self, listed: ListedReminder) -> Content:
        """The customer's status, as wide as its column."""
        status = self._session.definitions.status(listed.status_id)
        shown = status_content(status).truncate(STATUS_WIDTH - 2, ellipsis=True)
        return Content.assemble(shown, " " * (STATUS_WIDTH - shown.cell_length))

    # Commands

    @property
    def offered(self) -> tuple[Command, ...]:
        """What can be done now: nothing to a reminder where none is under the cursor."""
        return offered(REMINDERS_COMMANDS, self._session.actor, on_line=self.on_line)

    @property
    def on_line(self) -> bool:
        """Whether a reminder is under the cursor."""
        return self.is_mounted and self._marked() is not None

    @on(OptionList.OptionHighlighted)
    def _offer(self) -> None:
        self.query_one(KeyBar).commands = self.offered

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        listed = self._listed.get(str(event.option.id))
        if listed is not None:
            self.dismiss(listed.reminder.lead_id)

    def action_open_reminded(self) -> None:
        """Open the customer of the reminder under the cursor."""
        self.list.action_select()

    def action_move(self, step: int) -> None:
        """Go to the reminder below or above."""
        if step > 0:
            self.list.action_cursor_down()
        else:
            self.list.action_cursor_up()

    def action_leave(self) -> None:
        """Back to the desk."""
        self.dismiss(None)

    def action_reminder_done(self) -> None:
        """The reminder is dealt with."""
        program_of(self).actions.run(self._end, reminders.acknowledge)

    def action_skip_reminder(self) -> None:
        """This time of one that comes again is left out."""
        program_of(self).actions.run(self._end, reminders.skip)

    def action_cancel_reminder(self) -> None:
        """The reminder is not wanted any more, nor any that would follow it."""
        program_of(self).actions.run(self._end, reminders.cancel)

    def action_move_reminder(self) -> None:
        """Ask for another time."""
        program_of(self).actions.run(self._move)

    async def _end(self, end: Callable[[Session, int], Reminder | None]) -> None:
        chosen = self._chosen()
        if chosen is not None:
            following = await self._write(partial(end, self._session, chosen.reminder.id))
            if following is not None:
                self.notify(again_sentence(following, self._formatter), markup=False)

    async def _move(self) -> None:
        """Ask for another time until it is saved or the person leaves."""
        chosen = self._chosen()
        if chosen is None:
            return
        session, reminder = self._session, chosen.reminder
        lead = Lead(
            id=reminder.lead_id,
            version=0,
            name=chosen.lead_name,
            phone=chosen.phone,
            entered_at=session.now(),
        )
        draft, reason = FormDraft(REMIND_DRAFT, reminder.lead_id), ""
        while True:
            dialog = RemindDialog(session, lead, draft, reason, move=True)
            wish = await program_of(self).actions.ask(dialog)
            if wish is None:
                return

            def move(due: datetime, asked: bool) -> int:
                return reminders.snooze(session, reminder.id, due, asked=asked)

            try:
                await write_in_window(program_of(self).actions, move, wish.due)
            except LeadtuiError as error:
                draft, reason = dialog.draft, str(error)
            else:
                self._written()
                return

    def _chosen(self) -> ListedReminder | None:
        at = self.list.highlighted
        chosen = None if at is None else self._listed.get(str(self.list.get_option_at_index(at).id))
        return chosen if chosen is not None and chosen.group is not ReminderGroup.DONE else None

    async def _write(self, change: Callable[[], Written]) -> Written:
        written = await program_of(self).actions.write(change)
        self._written()
        return written

    def _written(self) -> None:
        self.load()
        program_of(self).look_again()


def _ended(listed: ListedReminder) -> bool:
    return listed.group is ReminderGroup.DONE


def _cell(words: str, width: int) -> str:
    shown = ellipsize(safe(words), width)
    return shown + " " * (width - cell_width(shown))
