"""The terminal program: one desk, its screens, and what it watches beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from textual import on, work
from textual.actions import ActionParseResult
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.signal import Signal
from textual.theme import ThemeProvider

from leadtui import paths
from leadtui.errors import LeadtuiError
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _
from leadtui.presentation.formatter import Formatter
from leadtui.services import reminders
from leadtui.services.given import Given
from leadtui.services.reminders import ListedReminder
from leadtui.services.session import Session
from leadtui.settings import COMFORTABLE, COMPACT, Settings, save_settings
from leadtui.tui.commands import COMMANDS, Command, Scope, bindings_of, needed_by
from leadtui.tui.company_words import company_words, given_words
from leadtui.tui.context_threads import ContextThreads
from leadtui.tui.dialogs.help import HelpScreen
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.keymap import Keymap, checked_keymap, for_textual
from leadtui.tui.palette import CommandProvider, LeadProvider, Palette, scopes_of
from leadtui.tui.screens.desk import DeskScreen
from leadtui.tui.screens.reminders import RemindersScreen
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.theming import load_themes, variables_for
from leadtui.tui.watching import WatchingApp
from leadtui.tui.widgets.reminder_alert import ReminderAlert
from leadtui.tui.writing import Writer

REMINDERS_EVERY = 5.0
"""Seconds between two looks at what has come due."""

TROUBLE_TOLD_EVERY = timedelta(minutes=1)

LONGEST_NOTICE = 400
"""Cells of a notification that are shown: a sentence may quote anything, and the desk must stay in sight."""

FALLBACK_THEME = "leadtui-night"


class LeadtuiApp(WatchingApp):
    """Opens the desk, watches for changes of others and for reminders."""

    TITLE = "leadtui"
    ENABLE_COMMAND_PALETTE = False  # its key is a command of leadtui's own
    # Textual declares these otherwise than as class variables.
    COMMANDS = {CommandProvider, LeadProvider}  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Scope.EVERYWHERE)]
    CSS = """
    Screen { color: $foreground; }
    OptionList, OptionList:focus { background-tint: transparent; }
    ToastRack { margin-bottom: 2; }
    .-compact {
        Dialog #dialog { padding: 0 1; }
        Dialog #dialog-body Input, NarrowedList LineInput { margin: 0; }
        .form-message, .row-message { min-height: 0; }
        LeadPanel { height: 8; }
    }
    """

    @dataclass
    class Due(Message):
        """From the thread: what has come due for the person."""

        due: tuple[ListedReminder, ...]

    def __init__(self, session: Session, settings: Settings, problems: Iterable[str] = ()) -> None:
        """`problems` are sentences that the person is told at the start."""
        super().__init__()
        self.session = session
        self.settings = settings
        self.writer = Writer(self)
        self.keymap: Keymap = {}
        self._problems = list(problems)
        self.desk_screen = DeskScreen(session)
        """The desk, whatever lies on top of it."""
        self._rung: set[int] = set()
        self._due: tuple[ListedReminder, ...] = ()
        self._alert: ReminderAlert | None = None
        self._last_trouble = ("", session.now())
        self._themes_taken = False

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that leadtui's screens name, for themes that do not have them."""
        return variables_for(self.current_theme)

    def on_load(self) -> None:
        """Give the threads that read the context of the program, its language above all."""
        asyncio.get_running_loop().set_default_executor(ContextThreads(thread_name_prefix="reader"))

    def on_mount(self) -> None:
        """Open the desk and begin to watch."""
        self._take_themes()
        self._take_keymap()
        self.set_class(self.settings.density == COMPACT, "-compact")
        self.begin_to_watch()
        self.push_screen(self.desk_screen)
        for problem in self._problems:
            self.notify(problem, severity="warning", markup=False, timeout=10)
        self.set_interval(REMINDERS_EVERY, self.look_for_reminders)
        changed: Signal[Any] = cast("Any", self).screen_change_signal
        changed.subscribe(self, lambda _screen: self.call_later(self._place_alert))
        self.look_for_reminders()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell the person something, whatever it quotes: it is never markup."""
        shown = ellipsize(safe(message), LONGEST_NOTICE)
        super().notify(shown, title=safe(title), severity=severity, timeout=timeout, markup=markup)

    def _take_themes(self) -> None:
        themes, problems = load_themes([paths.themes_folder(), paths.own_themes_folder()])
        for theme in themes:
            self.register_theme(theme)
        wanted = self.settings.theme
        if wanted not in self.available_themes:
            sentence = _("There is no theme “{theme}”; {fallback} is used.")
            problems.append(sentence.format(theme=wanted, fallback=FALLBACK_THEME))
            wanted = FALLBACK_THEME
        self.theme = wanted
        self._themes_taken = True
        self._problems += problems

    def _take_keymap(self) -> None:
        self.keymap, problems = checked_keymap(self.settings.keymap)
        self._problems += problems
        self.set_keymap(for_textual(self.keymap))

    # Commands that apply everywhere

    def action_help(self) -> None:
        """Show every key; Enter on one runs it."""

        async def take(command: Command | None) -> None:
            if command is not None:
                await self.run_command(command)

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(scopes_of(self.screen)), take)

    def action_answer_reminder(self) -> None:
        """Take the keyboard to the reminder that is due, or give it back."""
        if self._alert is not None:
            self._alert.toggle_keyboard()
        else:
            self.notify(_("No reminder is due."), markup=False)

    def action_theme(self) -> None:
        """Choose a theme; the choice is kept."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder=_("find a theme")))

    def action_command_palette(self) -> None:
        """Find a command or a customer; over a dialog there is none, since its commands work on the desk."""
        if not self.screen.is_modal:
            self.push_screen(Palette(placeholder=_("find a command or a customer")))

    def action_density(self) -> None:
        """More on the screen, or more room between it; the choice is kept."""
        compact = self.settings.density != COMPACT
        self._keep_settings(replace(self.settings, density=COMPACT if compact else COMFORTABLE))
        self.set_class(compact, "-compact")
        self.notify(_("Compact: more is on the screen.") if compact else _("Comfortable: more room between."))

    def watch_theme(self, theme: str) -> None:
        """Keep a theme that the person chose."""
        if self._themes_taken and theme != self.settings.theme:
            self._keep_settings(replace(self.settings, theme=theme))

    def _keep_settings(self, settings: Settings) -> None:
        self.settings = settings
        self.writer.write(lambda: save_settings(settings, paths.settings_file()))

    # What screens and the palette ask for

    @property
    def _at_work(self) -> bool:
        """Whether the desk is open: what a thread brings when the program is closing has nowhere to go."""
        return self.desk_screen in self.screen_stack and self.screen.is_attached

    @property
    def formatter(self) -> Formatter:
        """How this desk's leads read."""
        return self.desk_screen.formatter

    def open_lead(self, lead_id: int) -> None:
        """Show a customer at the desk; what is being typed over it stays open."""
        self.desk_screen.open_lead(lead_id)
        if isinstance(self.screen, RemindersScreen):
            self.screen.dismiss(None)
        elif self.screen is not self.desk_screen:
            self.notify(_("The customer is open at the desk, under this dialog."))

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action, however it was asked for; one that the person may not is refused by its permission's name."""
        name = action if isinstance(action, str) else action[1]
        needed = needed_by(name.rpartition(".")[2].partition("(")[0])
        if needed:
            try:
                self.session.require(*needed)
            except LeadtuiError as error:
                self.drop_keys()
                self.notify(str(error), severity="warning", markup=False)
                return True
        return await super().run_action(action, default_namespace, namespaces)

    async def action_quit(self) -> None:
        """End the program; settings that are not saved are told first."""
        screen = self.screen
        if not isinstance(screen, SettingsScreen) or not screen.warns(_("q")):
            await super().action_quit()

    async def run_command(self, command: Command) -> None:
        """Run a command as its key would."""
        here = dict.fromkeys((Scope.REMINDERS, Scope.SETTINGS, Scope.DAY), self.screen)
        places = {Scope.EVERYWHERE: self, **here}
        await self.run_action(command.action, places.get(command.scope, self.desk_screen))

    async def action_run_named(self, name: str) -> None:
        """Run a command by its name, as when its key is clicked."""
        await self.run_command(next(command for command in COMMANDS if command.name == name))

    # What moved

    @on(WatchingApp.Changed)
    def _take_changes(self, message: WatchingApp.Changed) -> None:
        if not self._at_work or not self.is_news(message):
            return
        self.desk_screen.take_changes(
            message.lead_ids, definitions=message.definitions, by_others=message.by_others
        )
        if message.lead_ids is None or message.lead_ids:
            self.look_for_given()
        if message.reminders:
            self.look_for_reminders()

    def show_company(self) -> None:
        """Say beside the open customer who else has it open, at the desk and in a dialog over it."""
        if not self._at_work:
            return
        self.desk_screen.show_company()
        for screen in self.screen_stack:
            if isinstance(screen, StatusDialog):
                screen.company = self.company_words(screen.snapshot.lead.id)

    def company_words(self, lead_id: int | None) -> str:
        """Who else has this customer open; empty where nobody has."""
        return company_words(self.company.at(lead_id), self.session, self.formatter)

    def show_given(self, new: tuple[Given, ...]) -> None:
        """Mark and count what was given to the person, and tell what has just come."""
        if not self._at_work:
            return
        self.desk_screen.show_given(self.given)
        if new:
            key = next(each for each in COMMANDS if each.name == "given-lead").shown_key()
            self.notify(given_words(new, self.session, self.formatter, key), timeout=10)

    @on(WatchingApp.Troubled)
    def _take_trouble(self, message: WatchingApp.Troubled) -> None:
        self.tell_trouble(message.sentence)

    def tell_trouble(self, sentence: str) -> None:
        """Tell what does not work in the background; the same again only after a while."""
        now = self.session.now()
        told, at = self._last_trouble
        if sentence != told or now - at >= TROUBLE_TOLD_EVERY:
            self.notify(sentence, severity="error", markup=False, timeout=10)
            self._last_trouble = (sentence, now)

    # What has come due

    @work(thread=True, exclusive=True, group="reminders", description="look for reminders")
    def look_for_reminders(self) -> None:
        """Find out what has come due."""
        try:
            due = reminders.due_reminders(self.session)
        except LeadtuiError as error:
            self.post_message(self.Troubled(str(error)))
        else:
            self.post_message(self.Due(due))

    @on(Due)
    def _take_due(self, message: Due) -> None:
        if not self._at_work:
            return
        self._due = message.due
        self._place_alert()
        self.desk_screen.show_due(message.due)
        new = [each.reminder.id for each in message.due if each.reminder.id not in self._rung]
        if not new:
            return
        self._rung.update(new)
        if self.settings.bell:
            self.bell()
        unseen = [each.reminder.id for each in message.due if each.reminder.rung_at is None]
        self.writer.write(lambda: reminders.mark_shown(self.session, unseen))

    def _place_alert(self) -> None:
        """The alert is on whatever screen is on top, and takes the focus from nothing."""
        if not self._at_work:
            return
        alert, screen = self._alert, self.screen
        if alert is not None and not (self._due and alert.is_attached and alert.screen is screen):
            if alert.is_attached:
                alert.give_back()
                alert.remove()
            self._alert = alert = None
        if alert is not None:
            alert.due = self._due
        elif self._due:
            self._alert = ReminderAlert(self.session, self._due, above_keys=not screen.is_modal)
            screen.mount(self._alert)

    @on(ReminderAlert.Done)
    def _done(self, message: ReminderAlert.Done) -> None:
        self.writer.write(
            lambda: reminders.acknowledge(self.session, message.reminder_id),
            lambda _nothing: self.look_again(),
            self._answer_refused,
        )

    @on(ReminderAlert.Snoozed)
    def _snoozed(self, message: ReminderAlert.Snoozed) -> None:
        self.writer.write(
            lambda: reminders.snooze(self.session, message.reminder_id, message.until),
            lambda _new: self._tell_snoozed(message.until),
            self._answer_refused,
        )

    def _answer_refused(self, error: LeadtuiError) -> None:
        """Somebody else ended it first, or it was moved: what is still due shows at once."""
        self.notify(str(error), severity="error", timeout=8)
        self.look_again()

    def _tell_snoozed(self, until: datetime) -> None:
        when = self.formatter.moment(until)
        self.notify(_("You will be reminded {when}.").format(when=when), markup=False)
        self.look_again()

    @on(ReminderAlert.Opened)
    def _opened(self, message: ReminderAlert.Opened) -> None:
        self.open_lead(message.lead_id)

    def look_again(self) -> None:
        """Show at once what this terminal itself has changed."""
        self.look_for_changes()
        self.look_for_reminders()


def run_app(session: Session, settings: Settings, problems: Iterable[str] = ()) -> int:
    """Work at the desk until the person leaves, everything that was being saved is saved; return the exit code."""
    app = LeadtuiApp(session, settings, problems)
    try:
        app.run()
    finally:
        app.writer.close()
        session.close()
    return app.return_code or 0
