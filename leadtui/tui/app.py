"""The terminal program: one desk, its screens, and what it watches beside them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, cast

from textual import events, on
from textual.binding import BindingType
from textual.notifications import SeverityLevel
from textual.theme import ThemeProvider
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from leadtui import hosting, paths
from leadtui.crash_report import crash_text, report_crash
from leadtui.domain.preferences import Preferences
from leadtui.domain.proposal import Proposal, ProposalSort
from leadtui.domain.workspace import last_entered
from leadtui.errors import LeadtuiError
from leadtui.language import translate
from leadtui.language.keyboard_layouts import KeyboardLayout
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.presence import company_sentence, given_sentence
from leadtui.presentation.proposal import answer_sentence
from leadtui.services import reminders
from leadtui.services.calls import CallWithoutOutcome
from leadtui.services.cartable import Given
from leadtui.services.own_preferences import keep_settings
from leadtui.services.rights import seen_colleague
from leadtui.services.session import Session
from leadtui.settings import COMFORTABLE, COMPACT, Settings, save_settings, unusual
from leadtui.tui.action_runner import ACTIONS, ActionRunner, ContextThreads, NotPossible, Writer
from leadtui.tui.actions.call import ring
from leadtui.tui.actions.commands import COMMANDS
from leadtui.tui.actions.propose import propose_missing
from leadtui.tui.commands.command import (
    Command,
    Keymap,
    Scope,
    bindings_of,
    shown_key,
    small_letter,
    with_keys,
)
from leadtui.tui.commands.everywhere import EVERYWHERE_COMMANDS
from leadtui.tui.dialogs.confirm_dialog import ConfirmDialog
from leadtui.tui.dialogs.help import HelpScreen
from leadtui.tui.dialogs.keyboard_dialog import KeyboardDialog
from leadtui.tui.dialogs.lead_form import LeadForm
from leadtui.tui.dialogs.moved_dialog import MovedDialog
from leadtui.tui.dialogs.progress_dialog import ProgressDialog
from leadtui.tui.dialogs.propose_dialog import ProposeDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.dialogs.unforeseen_dialog import UnforeseenDialog
from leadtui.tui.dialogs.workspaces_dialog import WorkspacesDialog
from leadtui.tui.due_reminders import DueReminders
from leadtui.tui.finding_anew import FindingAnew
from leadtui.tui.input_queue import InputQueue, takes_letters
from leadtui.tui.keyboard import Keyboard
from leadtui.tui.keymap import checked_keymap, for_textual
from leadtui.tui.least_size import is_too_small
from leadtui.tui.leaving import leaving_when_asked
from leadtui.tui.locking import Locking
from leadtui.tui.palette import CommandProvider, LeadProvider, Palette, scopes_of
from leadtui.tui.reminders_elsewhere import RemindersElsewhere
from leadtui.tui.screens.board import BoardScreen
from leadtui.tui.screens.desk import DeskScreen
from leadtui.tui.screens.listing import ListingScreen
from leadtui.tui.screens.reminders import RemindersScreen
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.sending import Sending
from leadtui.tui.terminal_app import TerminalApp
from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import SIXTEEN, load_themes, sixteen_colour_themes
from leadtui.tui.watching import SessionMessage, Watcher
from leadtui.tui.widgets.reminder_alert import ReminderAlert

TROUBLE_TOLD_EVERY = timedelta(minutes=1)

LONGEST_NOTICE = 400
"""Cells of a notification that are shown: a sentence may quote anything, and the desk must stay in sight."""

FALLBACK_THEME = "leadtui-night"

_WHILE_LOCKED = frozenset({"quit", "suspend"})

_FROM_PERSON = (events.Key, events.Paste, events.MouseEvent)


class LeadtuiApp(TerminalApp[str]):
    """Opens the desk, watches for changes of others and for reminders. Ends with the profile as which to look around, if any."""

    TITLE = "leadtui"
    ENABLE_COMMAND_PALETTE = False  # its key is a command of leadtui's own
    # Textual declares these otherwise than as class variables.
    COMMANDS = {CommandProvider, LeadProvider}  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(EVERYWHERE_COMMANDS)]
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
    .-from-the-right {
        ToastRack { align: left bottom; }
        ToastHolder { align-horizontal: left; }
        LeadPanel { padding: 0 0 0 1; }
        RowsEditor .asked-part { padding: 0 4 0 0; }
    }
    """

    def __init__(self, session: Session, settings: Settings, problems: Iterable[str] = ()) -> None:
        """`problems` are sentences that the person is told at the start."""
        super().__init__(settings.direction)
        self.settings = settings
        self.session = session
        self.writer = Writer()
        self.keyboard = Keyboard(settings.keyboard)
        self.input_queue = InputQueue(
            self, super().on_event, self.keyboard, learned=self._name_keys, ask=self._ask_which_key
        )
        self.actions = ActionRunner(self, self.input_queue, self.writer, ConfirmDialog)
        self.watcher = Watcher(self, session, self.writer, self._is_desk_in_view)
        self.due_reminders = DueReminders(self)
        self.reminders_elsewhere = RemindersElsewhere(self)
        self.finding_anew = FindingAnew(self)
        self.sending = Sending(self)
        self.locking = Locking(self, session.now(), self.actions, self.writer, self.due_reminders)
        self.keymap: Keymap = {}
        self._problems = list(problems)
        self.desk_screen = DeskScreen(session)
        """The desk, whatever lies on top of it."""
        self._last_trouble = ("", session.now())
        self._themes_taken = False
        self._only_shown = ""
        self._is_leaving = False
        self._crashes_told: set[str] = set()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that leadtui's screens name, for themes that do not have them."""
        return variables_for(self.current_theme)

    def on_load(self) -> None:
        """Give the threads that read the context of the program, its language above all."""
        asyncio.get_running_loop().set_default_executor(ContextThreads(thread_name_prefix="reader"))

    async def on_event(self, event: events.Event) -> None:
        """Give keys in their order; in a window that is too small only those that leave."""
        if isinstance(event, _FROM_PERSON):
            self.locking.note_key()
        if not (isinstance(event, _FROM_PERSON) and is_too_small(self.size) and not self._leaves(event)):
            await self.input_queue.take(event)

    def _leaves(self, event: events.Event) -> bool:
        leaving = (*self._command("quit").keys_anywhere, *self._command("suspend").keys_anywhere)
        return isinstance(event, events.Key) and event.key in leaving

    async def on_key(self, event: events.Key) -> None:
        """Run what a key is bound to; a capital that is bound to nothing is taken for its small letter."""
        event.prevent_default()
        if not await self._check_bindings(event.key):
            small = small_letter(event.key)
            if small != event.key:
                await self._check_bindings(small)

    def on_mount(self) -> None:
        """Open the desk and begin to watch."""
        self._take_themes()
        self._take_keymap()
        self.set_class(self.settings.density == COMPACT, "-compact")
        self.watcher.begin()
        self.push_screen(self.desk_screen)
        for problem in self._problems:
            self.notify(problem, severity="warning", markup=False, timeout=10)
        self.save_quietly(partial(reminders.follow_zones, self.session))
        self.due_reminders.begin()
        self.reminders_elsewhere.begin()
        self.finding_anew.begin()
        self.sending.begin()
        self.locking.begin()

    def on_unmount(self) -> None:
        """Take leave of the others at this store."""
        self.watcher.end()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell the person something, whatever it quotes: it is never markup. A locked desk tells it once it is not."""
        shown = ellipsize(safe(message), LONGEST_NOTICE)
        tell = partial(
            super().notify, shown, title=safe(title), severity=severity, timeout=timeout, markup=markup
        )
        if not self.locking.told_later(tell):
            tell()

    def _take_themes(self) -> None:
        themes, problems = load_themes([paths.themes_folder(), paths.own_themes_folder()])
        for theme in (*themes, *sixteen_colour_themes()):
            self.register_theme(theme)
        wanted = self.settings.theme
        if wanted not in self.available_themes:
            sentence = _("There is no theme “{theme}”; {fallback} is used.")
            problems.append(sentence.format(theme=wanted, fallback=FALLBACK_THEME))
            wanted = FALLBACK_THEME
        self.show_theme(wanted)
        self._themes_taken = True
        self._problems += problems

    def _take_keymap(self) -> None:
        self.keymap, problems = checked_keymap(self.settings.keymap, self.keyboard)
        self._problems += problems
        self.set_keymap(for_textual(self.keymap))
        commands = with_keys(EVERYWHERE_COMMANDS, self.keymap)
        self.input_queue.leaving = frozenset(key for each in commands for key in each.keys_anywhere)

    # Commands that apply everywhere

    def action_help(self) -> None:
        """Show every key; Enter on one runs it."""
        if not isinstance(self.screen, HelpScreen):
            self.actions.run(self._help)

    async def _help(self) -> None:
        command = await self.actions.ask(HelpScreen(COMMANDS, scopes_of(self.screen)))
        if command is not None:
            await self.run_command(command)

    def action_answer_reminder(self) -> None:
        """Take the keyboard to the reminder that is due, or give it back."""
        if self.due_reminders.alert is not None:
            self.due_reminders.alert.toggle_keyboard()
        else:
            self.notify(_("No reminder is due."), markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the desk is locked no command works but those that leave."""
        if self.locking.is_locked and action not in _WHILE_LOCKED:
            return False
        return super().check_action(action, parameters)

    def action_lock(self) -> None:
        """Lock the desk."""
        self.actions.run(self.locking.lock)

    def action_propose(self) -> None:
        """Propose what is missing where the person is."""
        if not isinstance(self.screen, ProposeDialog):
            self.actions.run(propose_missing, self.desk_screen, self._missed())

    def _missed(self) -> Proposal:
        """What is most likely missed on the screen on top."""
        if isinstance(self.screen, StatusDialog):
            return self.screen.missed
        talk = self.desk_screen.talk if self.screen is self.desk_screen else None
        if talk is not None and talk.has_keyboard:
            return Proposal(0, ProposalSort.QUESTION, "", need=talk.owner)
        sort = ProposalSort.FIELD if isinstance(self.screen, LeadForm) else ProposalSort.STATUS
        return Proposal(0, sort, "")

    def action_workspaces(self) -> None:
        """Choose the workspace to work in."""
        if not isinstance(self.screen, WorkspacesDialog):
            self.actions.run(self._choose_workspace)

    async def _choose_workspace(self) -> None:
        if self.session.seen_as or any(isinstance(each, ProgressDialog) for each in self.screen_stack):
            raise NotPossible(_("Something is under way here; stop it or wait for it first."))
        from leadtui.tui.actions.workspaces import choose_workspace  # few go from one to another

        chosen = await choose_workspace(self.actions, self.session)
        if chosen is not None:
            session = await self.actions.read(partial(self.session.entered, chosen))
            # By itself: this action ends with the screens that are open.
            self.call_later(self._enter, session)

    async def _enter(self, session: Session) -> None:
        """Work in another workspace: what is typed in this one is kept as when the program ends."""
        self.input_queue.drop()
        cast("Any", self.workers).cancel_group(self, ACTIONS)
        with self.input_queue.held():
            while self.desk_screen in self.screen_stack:
                await self.pop_screen()
            self.watcher.end()
            self.session = session
            translate.use(session.language)
            self.watcher = Watcher(self, session, self.writer, self._is_desk_in_view)
            self.desk_screen = DeskScreen(session)
            self.watcher.begin()
            await self.push_screen(self.desk_screen)
            self.draw_anew()
            self.save_quietly(partial(reminders.follow_zones, session))
            self.due_reminders.begin_anew()
            self.reminders_elsewhere.look()

    def _is_of_here(self, message: SessionMessage) -> bool:
        """Whether what was seen is of the workspace that is shown."""
        return message.session is self.session

    def action_theme(self) -> None:
        """Choose a theme; the choice is kept."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder=pgettext("hint", "find a theme")))

    def action_command_palette(self) -> None:
        """Find a command or a customer; over a dialog there is none, since its commands work on the desk."""
        if not self.screen.is_modal:
            self.push_screen(Palette(placeholder=pgettext("hint", "find a command or a customer")))

    def action_density(self) -> None:
        """More on the screen, or more room between it; the choice is kept."""
        compact = self.settings.density != COMPACT
        self._keep_settings(replace(self.settings, density=COMPACT if compact else COMFORTABLE))
        self.set_class(compact, "-compact")
        self.notify(_("Compact: more is on the screen.") if compact else _("Comfortable: more room between."))

    def watch_theme(self, theme: str) -> None:
        """Keep a theme that the person chose."""
        if self._themes_taken and theme not in (self.settings.theme, self._only_shown):
            self._keep_settings(replace(self.settings, theme=theme))
            self.show_theme(theme)

    def show_theme(self, theme: str) -> None:
        """Look so until another is shown or chosen: that is not kept."""
        known = theme if theme in self.available_themes else FALLBACK_THEME
        self._only_shown = self.fitting_theme(known)
        self.theme = self._only_shown

    @property
    def themes(self) -> Sequence[str]:
        """The themes that can be chosen."""
        return sorted(each for each in self.available_themes if not each.startswith(SIXTEEN))

    def look_as(self, settings: Settings) -> None:
        """Look and take keys by other settings from now on, and keep them at this machine."""
        before = self.settings
        if settings != before:
            self._keep_settings(settings)
        self.show_theme(settings.theme)
        self.set_class(settings.density == COMPACT, "-compact")
        if settings.direction != before.direction:
            self.use_direction(settings.direction)
        if settings.keyboard != before.keyboard:
            self.keyboard.use(settings.keyboard)
            self.draw_anew()

    def speak(self, preferences: Preferences) -> None:
        """Say and show everything as the person has just chosen, on every open screen."""
        self.session.speak(preferences)
        translate.use(self.session.language)
        self.desk_screen.say_anew()
        if self.due_reminders.alert is not None:
            self.due_reminders.alert.say_anew()
        self.draw_anew()

    def _name_keys(self) -> None:
        """Name the keys as the person's keyboard has them, of which more is known now."""
        if self.due_reminders.alert is not None:
            self.due_reminders.alert.say_anew()
        self.draw_anew()

    def _keep_settings(self, settings: Settings) -> None:
        self.settings = settings
        if hosting.folder() is None:
            self.save(lambda: save_settings(settings, paths.settings_file()))
        else:
            self.save(partial(keep_settings, self.session, unusual(settings)))

    def _ask_which_key(self, key: events.Key, layouts: Sequence[KeyboardLayout]) -> None:
        """Ask which keyboard it is, since a key means several things; the answer is kept, and the key goes on."""
        if not isinstance(self.screen, KeyboardDialog):
            self.actions.run(self._ask_for_keyboard, key, layouts)

    async def _ask_for_keyboard(self, key: events.Key, layouts: Sequence[KeyboardLayout]) -> None:
        name = await self.actions.ask(KeyboardDialog(key.character or "", layouts))
        if name is not None:
            self.look_as(replace(self.settings, keyboard=name))
            await self.input_queue.take_again(key)

    # What screens and the palette ask for

    @property
    def at_work(self) -> bool:
        """Whether the desk is open: what a thread brings when the program is closing has nowhere to go."""
        return self.desk_screen in self.screen_stack and self.screen.is_attached

    @property
    def formatter(self) -> Formatter:
        """How this desk's leads read."""
        return self.desk_screen.formatter

    def open_lead(self, lead_id: int) -> None:
        """Show a customer at the desk; what is being typed over it stays open."""
        self.desk_screen.open_lead(lead_id)
        if isinstance(self.screen, RemindersScreen | ListingScreen | BoardScreen):
            self.screen.dismiss(None)
        elif self.screen is not self.desk_screen:
            self.notify(_("The customer is open at the desk, under this dialog."))

    async def action_quit(self) -> None:
        """End the program; settings that are not saved are told first."""
        screen = self.screen
        if not isinstance(screen, SettingsScreen) or not screen.warns(self._quit_key()):
            await super().action_quit()

    def see_as(self, whom: str) -> None:
        """Close this desk and open it as `Session.seen_as` says of whom; what is typed is kept."""
        screen = self.screen
        if not isinstance(screen, SettingsScreen) or not screen.warns(self.key_of("see-as-profile")):
            self.exit(whom)

    async def take_what_is_typed(self) -> None:
        """Give the keys that wait for those before them."""
        await self.input_queue.emptied()

    @asynccontextmanager
    async def at_rest(self) -> AsyncGenerator[None]:
        """Nothing is being written within the block; after it what others did meanwhile is shown."""
        async with self.writer.paused():
            yield
        self.look_again()

    def _handle_exception(self, error: Exception) -> None:
        """Say what nobody foresaw. What an action or a look at the others failed in is not done, and the program goes on."""
        if not isinstance(error, WorkerFailed) or not self.at_work:
            super()._handle_exception(error)
            return
        self.input_queue.drop()
        places = crash_text(error.error)
        if places not in self._crashes_told:
            # What is tried again and again is told once.
            self._crashes_told.add(places)
            self.push_screen(UnforeseenDialog(report_crash(error.error), places))

    def action_help_quit(self) -> None:
        """Say, to whom Ctrl+C ends programs elsewhere, which key ends this one."""
        self.notify(_("{key} closes leadtui; Ctrl+C copies what is marked.").format(key=self._quit_key()))

    def _quit_key(self) -> str:
        """The key that ends the program from where the keyboard is: no letter where letters are written down."""
        command = self._command("quit")
        writes = isinstance(self.focused, Input | TextArea)
        return shown_key(
            (*command.keys_anywhere, *command.keys)[0] if writes else command.keys[0], self.keyboard
        )

    async def run_command(self, command: Command) -> None:
        """Run a command as its key would; one that the person may not is refused by its permission's name."""
        if command.needs:
            try:
                self.session.require(frozenset(command.needs))
                if command.for_all:
                    self.session.require_reach(command.needs, None)
                if self.at_work:
                    self.desk_screen.require_here(command)
            except LeadtuiError as error:
                self.input_queue.drop()
                self.notify(str(error), severity="warning", markup=False)
                return
        if command.runs is not None:
            self.actions.run(command.runs, self.desk_screen)
        elif command.scope is Scope.EVERYWHERE:
            await self.run_action(command.method, self)
        elif command.scope in (Scope.LEAD, Scope.DESK):
            await self.run_action(command.method, self.desk_screen)
        elif command.scope is Scope.PLAYBOOK and self.desk_screen.talk is not None:
            await self.run_action(command.method, self.desk_screen.talk)
        else:
            await self.run_action(command.method, self.screen)

    async def run_named(self, name: str) -> None:
        """Run the command of that name."""
        await self.run_command(self._command(name))

    async def action_run_named(self, name: str) -> None:
        """What keys run, and clicks on their words."""
        await self.run_named(name)

    # What is saved

    def save(self, work: Callable[[], object]) -> None:
        """Save in its turn what asks the person nothing; a refusal is told."""
        self._follow(self.writer.run(work), self.actions.refuse)

    def save_quietly(self, work: Callable[[], object]) -> None:
        """Save in its turn what the person did not ask to be saved; only where that does not work they are told."""
        if not self.session.seen_as:
            self._follow(self.writer.run(work), lambda error: self.tell_trouble(str(error)))

    def _follow(self, saving: Awaitable[object], refused: Callable[[LeadtuiError], None]) -> None:
        async def follow() -> None:
            try:
                await saving
            except LeadtuiError as error:
                refused(error)

        self.run_worker(follow, group="writes", description="save")

    # What moved

    @on(Watcher.Changed)
    def _take_changes(self, message: Watcher.Changed) -> None:
        if not self._is_of_here(message) or not self.at_work or not self.watcher.take_changes(message):
            return
        self.desk_screen.take_changes(
            message.lead_ids, definitions=message.definitions, by_others=message.by_others
        )
        if message.lead_ids is None or message.lead_ids:
            self.watcher.look_for_given()
            self.watcher.look_for_calls()
        if message.proposals:
            self.watcher.look_for_proposals()
        if message.reminders:
            self.due_reminders.look()
        else:
            self.due_reminders.note_change()

    def _is_desk_in_view(self) -> bool:
        """Whether the desk is shown, be it under dialogs, or a call goes on there."""
        above = self.screen_stack[self.screen_stack.index(self.desk_screen) + 1 :] if self.at_work else []
        return self.desk_screen.call is not None or all(each.is_modal for each in above)

    @on(Watcher.CompanySeen)
    def _show_company(self, message: Watcher.CompanySeen) -> None:
        """Say beside the open customer who else has it open, at the desk and in a dialog over it."""
        if not self._is_of_here(message) or not self.watcher.take_company(message) or not self.at_work:
            return
        self.desk_screen.show_company()
        self.desk_screen.show_leased(frozenset(message.company.people))
        self.desk_screen.show_break(self.break_at)
        self.due_reminders.wait(waiting=self.break_at is not None)
        for screen in self.screen_stack:
            if isinstance(screen, StatusDialog):
                screen.company = company_sentence(
                    self.company_of(screen.snapshot.lead.id), self.formatter, self.on_break
                )

    @on(Watcher.GivenSeen)
    def _show_given(self, message: Watcher.GivenSeen) -> None:
        """Mark and count what was given to the person, and tell what has just come."""
        if not self._is_of_here(message):
            return
        new = self.watcher.take_given(message)
        if not self.at_work:
            return
        self.desk_screen.show_given(self.given)
        if new:
            self.notify(given_sentence(new, self.formatter, self.key_of("given-lead")), timeout=10)

    @on(Watcher.CallsSeen)
    def _show_calls(self, message: Watcher.CallsSeen) -> None:
        """Count at the desk whose calls have no outcome."""
        if self._is_of_here(message) and message.calls != self.watcher.calls:
            self.watcher.calls = message.calls
            if self.at_work:
                self.desk_screen.show_calls(message.calls)

    @on(Watcher.AccessLost)
    def _lose_access(self, message: Watcher.AccessLost) -> None:
        """Say that the sign-in is locked; leave where it has ended: nothing could be read or saved here any more."""
        if message.locked:
            self.locking.cover()
        elif not self._is_leaving:
            self._is_leaving = True
            # What was typed comes by messages, for which nobody may wait within one.
            leave = self._leave_closed if message.closed else self._leave
            self.run_worker(partial(leave, message.sentence), description="leave")

    async def _leave_closed(self, sentence: str) -> None:
        """Go on in another open workspace of the person, where there is one; they say first that they know."""
        await self.take_what_is_typed()
        try:
            session = None if self.locking.is_locked else await asyncio.to_thread(self._elsewhere)
        except LeadtuiError:
            session = None
        if session is None:
            await self._leave(sentence)
            return
        await self._enter(session)
        self._is_leaving = False
        await self.push_screen(MovedDialog(sentence, session.workspace.title))

    def _elsewhere(self) -> Session | None:
        """The same person in another open workspace of theirs; None where there is none. Raises LeadtuiError."""
        own = [each for each in self.session.own_workspaces() if not each.closed]
        chosen = last_entered(own) or next(iter(own), None)
        return None if chosen is None else self.session.entered(chosen.id)

    async def _leave(self, sentence: str) -> None:
        await self.take_what_is_typed()
        self.exit(return_code=1, message=safe(sentence))

    @on(Watcher.ProposalsSeen)
    def _show_proposals(self, message: Watcher.ProposalsSeen) -> None:
        """Count at the desk what waits for the person's decision."""
        if self.at_work:
            self.desk_screen.show_proposals(message.count)

    @on(Watcher.Answered)
    def _tell_answers(self, message: Watcher.Answered) -> None:
        """Tell what became of what the person proposed."""
        for each in message.answers:
            self.notify(answer_sentence(each), timeout=15)

    @on(Watcher.Troubled)
    def _take_trouble(self, message: Watcher.Troubled) -> None:
        self.tell_trouble(message.sentence)

    @property
    def given(self) -> tuple[Given, ...]:
        """Customers that others gave to the person and that the person has not looked at; the newest first."""
        return self.watcher.given

    @property
    def calls_without_outcome(self) -> tuple[CallWithoutOutcome, ...]:
        """Whom the person rang and gave no status since; the oldest call first."""
        return self.watcher.calls

    def key_of(self, name: str) -> str:
        """The key of a command as the person reads and presses it, by the command's name."""
        return self._command(name).shown_key(self.keyboard)

    def key_here(self, name: str) -> str:
        """As `key_of`: one that does it from where the keyboard is, also where letters are written down."""
        command = self._command(name)
        if takes_letters(self.focused):
            return command.key_beside_letters(self.keyboard)
        return command.shown_key(self.keyboard)

    def _command(self, name: str) -> Command:
        """The command of that name, with the keys that the person gave it."""
        (command,) = with_keys((each for each in COMMANDS if each.name == name), self.keymap)
        return command

    def company_of(self, lead_id: int | None) -> tuple[int, ...]:
        """Whose other terminals have this customer open."""
        return self.watcher.company.at(lead_id)

    @property
    def break_at(self) -> datetime | None:
        """Since when the person is on a break (aware UTC); None for at work."""
        return self.watcher.company.own_break

    @property
    def on_break(self) -> frozenset[int]:
        """The ids of the people who are on a break."""
        return self.watcher.company.on_break

    def note_open(self, lead_id: int) -> None:
        """A customer was opened: others learn of it."""
        self.watcher.note_open(lead_id)

    async def take_next(self, candidates: Sequence[int]) -> int | None:
        """Take the first of the customers that is free, so that no other terminal gets it. Raises LeadtuiError."""
        return await self.watcher.take_next(candidates)

    def tell_trouble(self, sentence: str) -> None:
        """Tell what does not work in the background; the same again only after a while."""
        now = self.session.now()
        told, at = self._last_trouble
        if self.locking.is_locked:
            return  # nothing works then, and what is wrong may be about somebody
        if sentence != told or now - at >= TROUBLE_TOLD_EVERY:
            self.notify(sentence, severity="error", markup=False, timeout=10)
            self._last_trouble = (sentence, now)

    # What has come due

    @on(DueReminders.Found)
    def _take_due(self, message: DueReminders.Found) -> None:
        if self._is_of_here(message) and self.at_work:
            self.due_reminders.take(message)
            self.desk_screen.show_due(message.due)

    @on(RemindersElsewhere.Found)
    def _take_due_elsewhere(self, message: RemindersElsewhere.Found) -> None:
        if self._is_of_here(message) and self.at_work:
            # Behind the cover of a locked desk the cover rings, and what has a name is told afterwards.
            waiting = self.due_reminders.waiting or self.locking.is_locked
            self.reminders_elsewhere.take(message, waiting=waiting)
            self.desk_screen.show_due_elsewhere(message.listed)

    @on(ReminderAlert.Done)
    def _done(self, message: ReminderAlert.Done) -> None:
        self.due_reminders.end(message.reminder_id)

    @on(ReminderAlert.Skipped)
    def _skipped(self, message: ReminderAlert.Skipped) -> None:
        self.due_reminders.skip(message.reminder_id)

    @on(ReminderAlert.Snoozed)
    def _snoozed(self, message: ReminderAlert.Snoozed) -> None:
        self.due_reminders.snooze(message.reminder_id, message.until)

    @on(ReminderAlert.Opened)
    def _opened(self, message: ReminderAlert.Opened) -> None:
        self.open_lead(message.lead_id)

    @on(ReminderAlert.Rung)
    def _rung(self, message: ReminderAlert.Rung) -> None:
        self.open_lead(message.lead_id)
        self.actions.run(ring, self.desk_screen, message.lead_id)

    def look_again(self) -> None:
        """Show at once what this terminal itself has changed."""
        self.watcher.look_for_changes()
        self.due_reminders.look()


def run_app(session: Session, settings: Settings, problems: Iterable[str] = (), *, seen_as: str = "") -> int:
    """Work at the desk until the person leaves, everything that was being saved is saved; return the exit code.

    Whoever looks around as somebody else, as from the first with what `Session.seen_as` says in `seen_as`, comes back to their
    own desk.
    """
    try:
        while True:
            known = session.definitions
            whom = seen_colleague(seen_as, known) or known.profile(seen_as)
            app = LeadtuiApp(session if whom is None else session.seeing_as(whom), settings, problems)
            with leaving_when_asked(app) as run:
                try:
                    run()
                finally:
                    app.writer.close()
            if app.return_code or (whom is None and not app.return_value):
                return app.return_code or 0
            # The desk of somebody else was looked at, or is from now on: whoever leaves it is back at their own.
            seen_as, settings, problems = app.return_value or "", app.settings, ()
    finally:
        session.close()
