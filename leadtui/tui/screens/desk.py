"""The desk: all customers and my cartable side by side, and the open lead under both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, cast

from textual import getters, on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen

from leadtui.domain.cartable import CartablePart
from leadtui.domain.draft import FormDraft
from leadtui.domain.view import SavedView
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.presence import company_sentence
from leadtui.services import drafts, views
from leadtui.services.calls import CallWithoutOutcome
from leadtui.services.cartable import Given
from leadtui.services.desk_states import DeskState, load_state, save_state
from leadtui.services.drafts import SETTINGS_DRAFT
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import OpenLead, open_lead
from leadtui.services.reminders import ListedReminder
from leadtui.services.session import Session
from leadtui.services.workspaces import ListedWorkspace
from leadtui.tui.action_runner import ActionRunner
from leadtui.tui.actions import playbook
from leadtui.tui.actions.commands import DESK_COMMANDS, LEAD_COMMANDS
from leadtui.tui.actions.desk import StepsRefused
from leadtui.tui.actions.drafts import keep_draft
from leadtui.tui.actions.recovery import offer_unfinished
from leadtui.tui.commands.command import Command, allowed, bindings_of, reaching
from leadtui.tui.commands.dialogs import PLAYBOOK_COMMANDS
from leadtui.tui.commands.everywhere import EVERYWHERE_COMMANDS
from leadtui.tui.dialogs.playbook_entry import TalkSnapshot
from leadtui.tui.dialogs.talk_pane import TalkPane
from leadtui.tui.mirroring import TurnedScreen, from_the_right
from leadtui.tui.program import Program, program_of
from leadtui.tui.screens.board import BoardList, BoardPlace, BoardScreen
from leadtui.tui.screens.day import DayScreen
from leadtui.tui.screens.listing import ListingScreen
from leadtui.tui.screens.reminders import RemindersScreen
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.widgets.call_bar import CallBar, RunningCall
from leadtui.tui.widgets.cartable_pane import CartablePane
from leadtui.tui.widgets.key_bar import KeyBar, command_words
from leadtui.tui.widgets.lead_panel import LeadPanel
from leadtui.tui.widgets.leads_pane import LeadsPane
from leadtui.tui.widgets.record_table import RecordTable
from leadtui.tui.widgets.splitter import Drawn, Rule
from leadtui.tui.widgets.table_pane import TablePane
from leadtui.tui.widgets.top_bar import TopBar

KEPT_AFTER = 4.0
"""Seconds between two looks at whether there is something to keep: few writes, for many people at one store too."""

MOST_VISITED = 200
"""Customers that are remembered to have been open."""


BOTH = 2
"""The sides of the desk."""

BESIDE_TALK = 140
"""Columns from which on a talk by the playbook is a pane of its own beside the desk."""

WITH_NUMBERS = 120
"""Columns from which the cartable shows the numbers beside all customers."""

LEAST_PANE, LEAST_PANEL, LEAST_TABLES = 34, 4, 10
"""Cells that a side, the open customer and all above it keep, however the lines between them are drawn."""

TALK_KEYS = frozenset({"call", "note", "help"})
"""Commands that are named in a talk beside its own."""

NAME_LENGTH = 28
"""The most letters of a name in a sentence about who is open."""


class DeskScreen(TurnedScreen, Screen[None]):
    """The customer under the cursor of the table that has the focus is the open one.

    What a person does here stands in `leadtui.tui.actions`: to them it is the `Desk` that they ask, read and write at.
    """

    CSS_PATH = "desk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(LEAD_COMMANDS),
        *bindings_of(DESK_COMMANDS),
        Binding("escape", "back_to_table", show=False),
    ]
    AUTO_FOCUS = "#cartable"

    app = getters.app(cast("type[App[Any]]", App))

    @dataclass
    class LeadRead(Message):
        """From the thread: a lead to show, nothing where it has gone."""

        lead_id: int
        opened: OpenLead | None

    def __init__(self, session: Session) -> None:
        """`session` is what every use case is given."""
        left, saved_view = _state_left(session)
        # It begins with the cartable, where the work is, unless it was left otherwise.
        super().__init__(classes="" if left.cartable_side is False else "-cartable-side")
        self.set_class(left.zoomed, "-zoomed")
        self.session = session
        self.formatter = Formatter(session)
        self.steps_refused = StepsRefused()
        leads = LeadList(session)
        self.customers = LeadsPane(session, self.formatter, leads, left.arrangement, saved_view)
        self.cartable = CartablePane(session, self.formatter, leads, left.part)
        self._leads = leads
        self.call_bar = CallBar(session, self.formatter)
        self.panel = LeadPanel(session, self.formatter)
        self._kept = left
        self._cartable_width, self._panel_height = left.cartable_width, left.panel_height
        self._awaited = left.lead_id
        """The customer that was open when the desk was left, until a table has come."""
        self._visited = _Visited()
        self._came_by_itself: int | None = None
        """The customer that opened after a step was saved, until the person has turned to it."""
        self._passed_promises: list[int] = []
        """Customers who were promised a call by now and whom the person went past."""
        self._board_place = BoardPlace()
        """How the board was left."""
        self._open_id: int | None = None
        self._renewed = frozenset[TablePane]()
        """The sides that have been read whole, until a customer is open."""
        self._heard: dict[RecordTable, int] = {}
        self._talk: TalkPane | None = None

    def compose(self) -> ComposeResult:
        """The top line, the call that goes on, the two panes with a rule between, the panel, the keys; a talk comes beside."""
        yield TopBar(self.session)
        yield self.call_bar
        with Horizontal(id="body"), Vertical(id="desk"):
            with Horizontal(id="panes"):
                yield self.customers
                yield Rule(id="rule")
                yield self.cartable
            yield self.panel
        yield KeyBar(self._commands())

    def on_mount(self) -> None:
        """Begin where the desk was left, and keep from time to time how it is; offer what was left unfinished."""
        if self._kept.cartable_side is False:
            # At once, before the screen focuses what it usually begins with.
            self.set_focus(self.customers.table)
        self.set_interval(KEPT_AFTER, self._keep_state)
        self.actions.run(offer_unfinished, self)

    def on_unmount(self) -> None:
        """However the program ends, short of being killed: keep the last of it."""
        self._keep_state()

    def _keep_state(self) -> None:
        """Save how the desk is, where it is otherwise than was saved last."""
        if self._open_id is None:
            return  # nothing has been read yet, so nothing was chosen
        arrangement, saved = self.customers.arrangement, self.customers.saved
        if saved is None or saved.arrangement.view.find != arrangement.view.find:
            # What is being found was for one customer.
            arrangement = replace(arrangement, view=replace(arrangement.view, find=""))
        state = DeskState(
            arrangement=arrangement,
            view_id=saved.id if saved else None,
            cartable_side=self.on_cartable_side,
            zoomed=self.has_class("-zoomed"),
            part=self.cartable.part,
            lead_id=self._open_id,
            cartable_width=self._cartable_width,
            panel_height=self._panel_height,
        )
        if state != self._kept:
            self._kept = state
            self.program.save_quietly(partial(save_state, self.session, state))

    def _commands(self) -> tuple[Command, ...]:
        """What the person may do here with the open customer, as their profile stands now."""
        return self.offered_here(
            allowed((*LEAD_COMMANDS, *DESK_COMMANDS, *EVERYWHERE_COMMANDS), self.session.actor)
        )

    def offered_here(self, commands: Sequence[Command]) -> tuple[Command, ...]:
        """Those of the commands that the open customer allows; for who is chosen all, as each is looked at by itself then."""
        if (opened := self._decides) is None:
            return tuple(commands)
        return reaching(commands, partial(self.session.reaches, owner_id=opened.lead.owner_id))

    def require_here(self, command: Command) -> None:
        """Raises Refused where the command is done to the open customer and may not be done to that one."""
        if command.on_lead and (opened := self._decides) is not None:
            self.session.require_reach(command.needs, opened.lead.owner_id)

    @property
    def _decides(self) -> OpenLead | None:
        """The open customer, where commands mean that one and it is read already."""
        opened = self.panel.opened if self.is_mounted else None
        here = opened is not None and opened.lead.id == self._open_id
        return opened if here and not len(self.current_table.chosen) else None

    def on_screen_suspend(self) -> None:
        """A dialog or another screen opens: the person has turned to who came by itself."""
        self._forget_who_came()

    # What actions are given

    @property
    def program(self) -> Program:
        """The program that this runs in."""
        return program_of(self)

    @property
    def actions(self) -> ActionRunner:
        """How an action reads, asks and writes."""
        return self.program.actions

    def tell(
        self, sentence: str, *, severity: SeverityLevel = "information", timeout: float | None = None
    ) -> None:
        """Tell the person something for a moment."""
        self.app.notify(sentence, severity=severity, timeout=timeout, markup=False)

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, as far as the terminal allows that."""
        self.app.copy_to_clipboard(text)

    def open_link(self, address: str) -> None:
        """Let the machine open an address by whatever program is for it."""
        self.app.open_url(address)

    async def drawn(self) -> None:
        """Wait until what was changed stands on the screen."""
        await self.wait_for_refresh()

    # What is open

    @property
    def current_lead(self) -> int | None:
        """The customer that the commands work on."""
        self._catch_up()
        return self._open_id

    @property
    def current_name(self) -> str:
        """Its name, as far as it has been read."""
        opened = self.panel.opened
        return "" if opened is None or opened.lead.id != self._open_id else opened.lead.name

    @property
    def on_cartable_side(self) -> bool:
        """Whether the side of my cartable is shown, or has the focus."""
        return self.has_class("-cartable-side")

    @property
    def current_table(self) -> RecordTable:
        """The table whose side is shown, or has the focus."""
        return self.cartable.table if self.on_cartable_side else self.customers.table

    def open_lead(self, lead_id: int) -> None:
        """Open a customer, wherever it stands in the tables; the place in the tables is kept."""
        self._open(lead_id)
        self.current_table.move_cursor(id=lead_id)

    @on(RecordTable.RowHighlighted)
    def _highlighted(self, event: RecordTable.RowHighlighted) -> None:
        event.stop()
        if event.row_id == event.table.highlighted:
            self._hear(event.table, event.row_id)

    def _hear(self, table: RecordTable, row_id: int) -> None:
        self._heard[table] = row_id
        if self._awaited is not None:
            return  # the table is still on its way to the customer that was open
        if table is self.current_table and row_id != self._open_id:
            # While one types into the find line, who is found first is only being passed.
            self._open(row_id, passing=self.customers.find.has_focus)

    def _catch_up(self) -> None:
        # A key that was typed fast comes before the table's word of where the key before it went.
        table = self.current_table
        if table.highlighted is not None and table.highlighted != self._heard.get(table):
            self._hear(table, table.highlighted)

    @on(TablePane.Renewed)
    def _open_first(self, event: TablePane.Renewed) -> None:
        self.query_one(TopBar).overdue = self.cartable.parts.counts.get(CartablePart.OVERDUE, 0)
        if self._open_id is not None:
            return
        if self._awaited is not None:
            found = self.current_table.move_cursor(id=self._awaited)
            if not found and (event.pane is self.cartable) != self.on_cartable_side:
                return  # it may stand in the other table, which is still to come
            self._awaited = None
        before, self._renewed = self._renewed, self._renewed | {event.pane}
        nobody_yet = len(before) < len(self._renewed) == BOTH
        if self.cartable.is_empty and (self.customers.table.row_count or nobody_yet):
            # Nothing waits for me: the work begins down the table of all customers, or with how they come in.
            # At once, before the screen focuses what it usually begins with.
            self.set_focus(self.customers.table)
            self.show_side(cartable=False)
        elif self.current_table.cursor_id is not None:
            self._open(self.current_table.cursor_id)

    @on(RecordTable.RowActivated)
    async def _activated(self, event: RecordTable.RowActivated) -> None:
        event.stop()
        self._open(event.row_id)
        await self.program.run_named("set-status")

    def _open(self, lead_id: int, *, passing: bool = False) -> None:
        if lead_id != self._open_id:
            self._forget_who_came()
        self._open_id = lead_id
        self._place_talk()
        self.program.note_open(lead_id)
        if not passing:
            self._visited.visit(lead_id)
        self._read_lead(lead_id)

    @work(thread=True, exclusive=True, group="lead", description="read the open lead")
    def _read_lead(self, lead_id: int) -> None:
        try:
            opened = open_lead(self.session, lead_id)
        except LeadtuiError:
            # It has gone meanwhile: the panel empties, the tables will show the same.
            self.post_message(self.LeadRead(lead_id, None))
        else:
            self.post_message(self.LeadRead(lead_id, opened))

    @on(LeadRead)
    def _show(self, message: LeadRead) -> None:
        if message.lead_id == self._open_id:
            self.panel.show(message.opened, self._company(message.lead_id))
            self._show_keys()

    # The call that goes on

    @property
    def call(self) -> RunningCall | None:
        """The call that goes on."""
        return self.call_bar.call

    def show_call(
        self, call: RunningCall | None, typed: FormDraft | None = None, dial: str | None = None
    ) -> None:
        """Show that a call goes on, or none; `typed` is the draft of its status, where its note goes.

        `dial` is the command that rings, which may be empty; without it the call went on before.
        """
        if call is None:
            self.call_bar.call = None
            if self.panel.note.has_focus:
                self.current_table.focus()
            self.panel.end_note()
        elif typed is not None:
            self.panel.begin_note(typed, partial(keep_draft, self))
            if dial is None:
                self.call_bar.resume(call)
            else:
                self.call_bar.begin(call, dial)
        self.set_class(call is not None, "-in-call")

    # The talk by a playbook

    @property
    def talk(self) -> TalkPane | None:
        """The talk that stands beside its customer, also while another one is open."""
        return self._talk

    async def show_talk(self, snapshot: TalkSnapshot | None) -> None:
        """Show a talk in place of the one before, or none; the cursor stays where it is, and else goes back to the table."""
        before, self._talk = self._talk, None
        if before is not None:
            if before.has_keyboard:
                self.current_table.focus()
            await before.remove()
        if snapshot is not None:
            self._talk = TalkPane(snapshot, partial(keep_draft, self), self.session.now)
            await self.query_one("#body").mount(self._talk)
        self._place_talk()

    def _place_talk(self) -> None:
        """The talk stands beside its customer, as long as that one is open: a pane where there is room, else a sheet."""
        talk = self._talk
        here = talk is not None and talk.lead_id == self._open_id
        beside = self.size.width >= BESIDE_TALK
        self.set_class(here and beside, "-talk-beside")
        self.set_class(here and not beside, "-talk-below")
        if talk is not None:
            if not here and talk.has_keyboard:
                self.current_table.focus()
            talk.set_class(here, "-shown")
            talk.place(beside=beside, low=self.has_class("-low"))
        self._mark_talk()

    @on(TalkPane.Finished)
    def _finish_talk(self, event: TalkPane.Finished) -> None:
        if event.pane is self._talk:
            self.actions.run(playbook.finish, self)

    @on(TalkPane.Sends)
    def _send_from_talk(self, event: TalkPane.Sends) -> None:
        if event.pane is self._talk:
            self.actions.run(playbook.send, self, event.text)

    @on(TalkPane.Left)
    def _leave_talk(self, event: TalkPane.Left) -> None:
        if event.pane is self._talk:
            self.actions.run(playbook.leave, self)

    def show_proposals(self, count: int) -> None:
        """Count what is proposed and waits."""
        self.query_one(TopBar).proposed = count

    def show_calls(self, calls: tuple[CallWithoutOutcome, ...]) -> None:
        """Count at the top whom the person rang without giving a status since, and say it beside the open one."""
        self.query_one(TopBar).without_outcome = len(calls)
        self.panel.without_outcome = frozenset(each.lead_id for each in calls)
        self.panel.redraw()

    # Changes, by whoever's hand

    def take_changes(
        self, lead_ids: tuple[int, ...] | None, *, definitions: bool, by_others: frozenset[int]
    ) -> None:
        """Show what moved: rows in view, orders, the open lead. The places are kept."""
        if definitions:
            # A title or a colour may stand in any row.
            lead_ids = None
            self.customers.renew_columns()
            self._show_keys()
        if lead_ids is None or lead_ids:
            self.customers.take_changes(lead_ids, by_others)
            self.cartable.take_changes(lead_ids, by_others)
        if self._open_id is not None and (lead_ids is None or self._open_id in lead_ids):
            self._read_lead(self._open_id)

    def say_anew(self) -> None:
        """Say everything in the language in use, which has changed; what is shown, chosen and typed, and where, stays."""
        self.query_one(TopBar).say_anew()
        self.call_bar.say_anew()
        self.customers.say_anew()
        self.cartable.say_anew()
        self.panel.redraw()
        self.show_company()
        self.query_one(KeyBar).refresh()
        if self._talk is not None:
            self._talk.say_anew()
        if self._open_id is not None:
            self._read_lead(self._open_id)

    def show_due(self, due: tuple[ListedReminder, ...]) -> None:
        """Count at the top what is due in other cartables; the own cartable counts its own customers anew."""
        top = self.query_one(TopBar)
        top.elsewhere, top.waiting = sum(each.elsewhere for each in due), len(due)
        self.cartable.load()

    def show_due_elsewhere(self, listed: Sequence[ListedWorkspace]) -> None:
        """Count beside the workspace's name at the top what is due in the person's others."""
        top = self.query_one(TopBar)
        top.several, top.due_there = len(listed) > 1, sum(each.due for each in listed if not each.here)

    def show_break(self, since: datetime | None) -> None:
        """Say at the top since when the person is on a break, None for at work."""
        self.query_one(TopBar).break_since = "" if since is None else self.formatter.time(since)

    def show_company(self) -> None:
        """Say beside the open customer who else has it open."""
        opened = self.panel.opened
        words = self._company(opened.lead.id if opened else None)
        if words != self.panel.company:
            self.panel.company = words
            self.panel.redraw()

    def show_leased(self, lead_ids: frozenset[int]) -> None:
        """Mark in both tables whom others have open."""
        self.customers.mark_leased(lead_ids)
        self.cartable.mark_leased(lead_ids)

    def _company(self, lead_id: int | None) -> str:
        return company_sentence(self.program.company_of(lead_id), self.formatter, self.program.on_break)

    def show_given(self, given: tuple[Given, ...]) -> None:
        """Mark in the cartable, and count at the top, what others gave to the person."""
        self.query_one(TopBar).given = len(given)
        self.cartable.mark_given(frozenset(each.lead_id for each in given))

    async def lead_saved(self, lead_id: int, *, worked: str = "") -> None:
        """Show a step that was saved; where `worked` says what the lead was worked to, go on to the next one."""
        self.program.look_again()
        self._forget_who_came()
        if worked:
            try:
                await self._go_on_from(lead_id)
            finally:
                await self._tell_who_came(lead_id, worked)

    async def _tell_who_came(self, worked_id: int, worked: str) -> None:
        lead_id = self.current_lead
        came = [] if lead_id is None or lead_id == worked_id else [lead_id]
        rows = await self.actions.read(partial(self._leads.rows, came))
        if lead_id is None or lead_id not in rows or lead_id != self.current_lead:
            self.tell(worked, timeout=3)
            return
        name, undo = brief(self.formatter.name(rows[lead_id]), NAME_LENGTH), self.program.key_of("undo")
        words = _("{step}. Now open: {name}; {key} takes the step back.")
        self.tell(words.format(step=worked, name=name, key=undo), timeout=5)
        self._came_by_itself = lead_id
        self.query_one(KeyBar).notice = Content.assemble(
            (safe(pgettext("key", "Now open: {name}").format(name=name)), "bold"),
            "  ",
            command_words(undo, pgettext("key", "takes back"), "undo"),
        )

    def _forget_who_came(self) -> None:
        if self._came_by_itself is not None:
            self._came_by_itself = None
            self.query_one(KeyBar).notice = Content()

    def go_past(self) -> bool:
        """Whether the person may leave the open customer for the next one.

        Who came by itself stays the first time, and that is said: the key was pressed for the customer before. A
        promised call that is due and is gone past is the next to come by itself.
        """
        lead_id = self.current_lead
        if lead_id is None:
            return True
        if lead_id == self._came_by_itself:
            self._forget_who_came()
            words = _("{name} is the next one, opened by itself; once more goes on to another.")
            self.tell(words.format(name=brief(self.current_name, NAME_LENGTH)))
            return False
        if self.cartable.is_late_promise(lead_id) and lead_id not in self._passed_promises:
            self._passed_promises.append(lead_id)
        return True

    async def _go_on_from(self, lead_id: int) -> None:
        # The order is the one that the person saw: the row below is next, whatever becomes of this one.
        table = self.current_table
        at = table.cursor_index
        if at is None or lead_id != self._open_id:
            return
        passed = self._passed_promises
        passed[:] = [each for each in passed if each != lead_id and self.cartable.is_late_promise(each)]
        if passed:
            self.open_lead(passed.pop(0))
            return
        if table.cursor_id != lead_id:
            # It was opened from elsewhere: the work goes on where the table was left.
            table.move_cursor(index=at)
            if table.cursor_id is not None:
                self._open(table.cursor_id)
        elif table is self.cartable.table:
            if not table.move_cursor(index=at + 1):
                table.move_cursor(index=0)
        else:
            # Others work down the same list.
            free = await self.program.take_next(table.ids_from(at + 1, round_again=False))
            if free is not None:
                self.open_lead(free)
            else:
                await self._go_on_with_cartable(lead_id)

    async def _go_on_with_cartable(self, lead_id: int) -> None:
        """Whom one found, or the end of the list, is worked: on with the cartable."""
        if self.cartable.table.row_count:
            self.customers.clear_find()
            self.show_side(cartable=True)
            await self._go_on_from(lead_id)

    # Commands

    def action_next_lead(self) -> None:
        """The next customer of the cartable; after going back, forward again first."""
        if not self.go_past():
            return
        forward = self._visited.forward()
        if forward is not None:
            self.open_lead(forward)
            return
        table = self.cartable.table
        open_before = self._open_id
        arrived = self.show_side(cartable=True) and table.cursor_id != open_before
        if not table.row_count:
            self.tell(_("Your cartable is empty."))
            return
        if arrived and table.cursor_id is not None:
            self._open(table.cursor_id)
        elif not table.move_cursor(index=(table.cursor_index or 0) + 1):
            self.tell(_("That was the last of your cartable."))
            return
        words = self._company(self.current_lead)
        if words:
            self.tell(pgettext("pattern", "{sentence}.").format(sentence=words), severity="warning")

    def action_previous_lead(self) -> None:
        """The customer that was open before this one."""
        self._catch_up()
        before = self._visited.back()
        if before is None:
            self.tell(_("There is no customer before this one."))
        else:
            self.open_lead(before)

    def action_find(self) -> None:
        """Type into the find line."""
        self.actions.run(self._find)

    async def _find(self) -> None:
        self.show_side(cartable=False)
        self.customers.find.focus()
        await self.drawn()

    def action_reminders(self) -> None:
        """List my reminders."""
        self.actions.run(self._list_reminders)

    async def _list_reminders(self) -> None:
        lead_id = await self.actions.ask(RemindersScreen(self.session, self.formatter))
        if lead_id is not None:
            self.open_lead(lead_id)

    def action_imports(self) -> None:
        """List what was imported."""
        from leadtui.tui.screens.imports import ImportsScreen  # few desks need it on a day

        self.actions.run(self._look_through, ImportsScreen)

    def action_forbidden_numbers(self) -> None:
        """The do-not-call list."""
        from leadtui.tui.screens.forbidden import ForbiddenScreen  # few desks need it on a day

        self.actions.run(self._look_through, ForbiddenScreen)

    def action_proposals(self) -> None:
        """Look at what is proposed."""
        self.actions.run(self._look_at_proposals)

    async def _look_at_proposals(self) -> None:
        from leadtui.tui.screens.proposals import ProposalsScreen  # few desks need it on a day

        listing = ProposalsScreen(self.session, self.formatter)
        await self.actions.ask(listing)
        if listing.begun is not None:
            await self.actions.write(partial(drafts.save_draft, self.session, listing.begun))
            await self.open_settings(listing.begun.kind, listing.begun_words)

    def action_erasures(self) -> None:
        """List what was erased."""
        from leadtui.tui.screens.erasures import ErasuresScreen  # few desks need it on a day

        self.actions.run(self._look_through, ErasuresScreen)

    def action_outbox(self) -> None:
        """List the messages that a person has to look at."""
        from leadtui.tui.screens.outbox import OutboxScreen  # few desks need it on a day

        self.actions.run(self._look_through, OutboxScreen)

    def action_all_cases(self) -> None:
        """List the cases of all customers."""
        from leadtui.tui.screens.cases import CasesScreen  # few desks need it on a day

        self.actions.run(self._look_through, CasesScreen)

    def action_doctor(self) -> None:
        """Look whether everything is in order."""
        from leadtui.tui.screens.doctor import DoctorScreen  # few desks need it on a day

        self.actions.run(self._look_through, DoctorScreen)

    def action_audit(self) -> None:
        """Look through who changed what."""
        from leadtui.tui.screens.audit import AuditScreen  # few desks need it on a day

        self.actions.run(self._look_through, AuditScreen)

    async def _look_through(self, listing: Callable[[Session, Formatter], ListingScreen]) -> None:
        lead_id = await self.actions.ask(listing(self.session, self.formatter))
        if lead_id is not None:
            self.open_lead(lead_id)

    def action_my_day(self) -> None:
        """Show my day."""
        self.app.push_screen(DayScreen(self.session, self.formatter))

    def action_board(self) -> None:
        """Show the team's board."""
        self.actions.run(self._look_at_board)

    async def _look_at_board(self) -> None:
        board = BoardScreen(self, self._board_place)
        chosen = await self.actions.ask(board)
        self._board_place = board.place
        if isinstance(chosen, BoardList):
            self.customers.show_listing(chosen.listing, chosen.title)
            self.show_side(cartable=False)
        elif chosen is not None:
            self.open_lead(chosen)

    def action_settings(self) -> None:
        """Define what the desk asks."""
        self.actions.run(self.open_settings)

    async def open_settings(self, begin_with: str = "", notice: str = "") -> None:
        """Open the settings with what was typed into them and not saved; `begin_with` is the kind of one such draft.

        `notice` is said at the beginning.
        """
        kept: Sequence[FormDraft] = await self.actions.read(
            partial(drafts.drafts_of, self.session, SETTINGS_DRAFT)
        )
        left = await self.actions.ask(SettingsScreen(self.program, kept, begin_with, notice))
        while left is not None:
            # Everything is said otherwise from now on, there too.
            left = await self.actions.ask(SettingsScreen(self.program, left.unsaved, notice=left.notice))
        self.program.show_theme(self.program.settings.theme)

    def action_other_side(self) -> None:
        """Go to the other table."""
        self.show_side(cartable=not self.on_cartable_side)

    def action_zoom(self) -> None:
        """Give the current table the whole width, or both their halves."""
        self.toggle_class("-zoomed")
        self._size_panes(self._cartable_width, self._panel_height)

    def action_timeline(self) -> None:
        """Scroll the timeline."""
        self.panel.focus()

    def action_back_to_table(self) -> None:
        """Back to the table; in the table, back from what is chosen, then from what was found to all customers."""
        if self.current_table.has_focus and len(self.current_table.chosen):
            self.current_table.choose_none()
        elif self.current_table.has_focus and not self.on_cartable_side and not self.customers.end_listing():
            self.customers.clear_find()
        self.current_table.focus()

    def show_side(self, *, cartable: bool) -> bool:
        """Show a side and focus its table; returns whether it was the other one before."""
        changed = self.on_cartable_side != cartable
        self.set_class(cartable, "-cartable-side")
        table = self.current_table
        table.focus()
        if changed and table.cursor_id is not None:
            self._open(table.cursor_id)
        return changed

    # Parts that are drawn with the mouse

    @on(Drawn, "#rule")
    def _part_panes(self, event: Drawn) -> None:
        event.stop()
        panes = self.query_one("#panes").region
        width = event.x - panes.x if from_the_right() else panes.right - 1 - event.x
        self._size_panes(0 if event.back else width, self._panel_height)

    @on(Drawn, "#open-lead")
    def _part_panel(self, event: Drawn) -> None:
        event.stop()
        height = self.panel.region.bottom - event.y
        self._size_panes(self._cartable_width, 0 if event.back else height)

    def _size_panes(self, cartable_width: int, panel_height: int) -> None:
        """Give the cartable and the open customer so many cells, as far as the others keep theirs; 0 as usual."""
        self._cartable_width, self._panel_height = cartable_width, panel_height
        styles, panel = self.cartable.styles, self.panel.styles
        if cartable_width and self.has_class("-wide") and not self.has_class("-zoomed"):
            most = self.size.width - LEAST_PANE - 1
            styles.width = styles.min_width = min(max(cartable_width, LEAST_PANE), most)
        else:
            styles.clear_rule("width")
            styles.clear_rule("min_width")
            self.cartable.refresh(layout=True)
        if panel_height:
            panel.height = min(max(panel_height, LEAST_PANEL), self.size.height - LEAST_TABLES)
        else:
            panel.clear_rule("height")
            self.panel.refresh(layout=True)

    def on_resize(self) -> None:
        """What was drawn fits into the new size; where the cartable can have its numbers, it has."""
        self.set_class(self.size.width >= WITH_NUMBERS, "-roomy")
        self._size_panes(self._cartable_width, self._panel_height)
        self._place_talk()

    # Where the focus is

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _mark_focus(self) -> None:
        focused = self.focused
        if self._open_id is not None and focused is not self.customers.find:
            self._visited.visit(self._open_id)
        for pane in (self.customers, self.cartable):
            inside = focused is not None and pane in focused.ancestors
            pane.title.set_class(inside, "-focused")
            pane.title.refresh()
            if inside and focused is pane.table:
                self.set_class(pane is self.cartable, "-cartable-side")
        self._mark_talk()

    @on(RecordTable.ChoiceChanged)
    def _name_keys_of_choice(self) -> None:
        self._show_keys()

    def _mark_talk(self) -> None:
        """The keys that are named are those of the talk while the cursor is in it."""
        in_talk = self._talk is not None and self._talk.has_keyboard
        if in_talk != self.has_class("-in-talk"):
            self.set_class(in_talk, "-in-talk")
            self._show_keys()
        self.call_bar.refresh()

    def _show_keys(self) -> None:
        """Name the keys of what has the keyboard."""
        commands = self._commands()
        if self.has_class("-in-talk"):
            commands = (*PLAYBOOK_COMMANDS, *(each for each in commands if each.name in TALK_KEYS))
        bar = self.query_one(KeyBar)
        bar.beside_letters = self.has_class("-in-talk")
        bar.commands = tuple(each for each in commands if each.important)

    @on(TablePane.Failed)
    @on(RecordTable.FetchFailed)
    def _tell(self, event: TablePane.Failed | RecordTable.FetchFailed) -> None:
        self.tell(str(event.error), severity="error", timeout=8)


def _state_left(session: Session) -> tuple[DeskState, SavedView | None]:
    """How the person left the desk, and the saved view that was shown; a new desk where that cannot be read."""
    try:
        state = load_state(session)
        saved = next((each for each in views.list_views(session) if each.id == state.view_id), None)
    except LeadtuiError:
        return DeskState(), None
    return state, saved


class _Visited:
    """Which customers were open, as in a reader's history: going somewhere new after going back forgets what lay ahead."""

    def __init__(self) -> None:
        """Nothing was open yet."""
        self._ids: list[int] = []
        self._place = -1

    def visit(self, lead_id: int) -> None:
        """A customer was opened."""
        if self._place >= 0 and self._ids[self._place] == lead_id:
            return
        self._ids = [*self._ids[: self._place + 1], lead_id][-MOST_VISITED:]
        self._place = len(self._ids) - 1

    def back(self) -> int | None:
        """The one before, which becomes the present one."""
        return self._go(-1)

    def forward(self) -> int | None:
        """The one that was gone back from."""
        return self._go(1)

    def _go(self, step: int) -> int | None:
        place = self._place + step
        if not 0 <= place < len(self._ids):
            return None
        self._place = place
        return self._ids[place]
