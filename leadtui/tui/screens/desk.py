"""The desk: all customers and my cartable side by side, and the open lead under both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from leadtui.errors import LeadtuiError
from leadtui.language.translate import _
from leadtui.presentation.formatter import Formatter
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import OpenLead, open_lead
from leadtui.services.reminders import ListedReminder
from leadtui.services.session import Session
from leadtui.tui.actions.export import ExportAction
from leadtui.tui.actions.restored import RestoredDesk, state_left
from leadtui.tui.actions.together import Together
from leadtui.tui.actions.views import ViewActions
from leadtui.tui.commands import Command, Scope, allowed, bindings_of, commands_of
from leadtui.tui.screens.day import DayScreen
from leadtui.tui.screens.reminders import RemindersScreen
from leadtui.tui.visited import Visited
from leadtui.tui.widgets.cartable_pane import CartablePane
from leadtui.tui.widgets.key_bar import KeyBar
from leadtui.tui.widgets.lead_panel import LeadPanel
from leadtui.tui.widgets.leads_pane import LeadsPane
from leadtui.tui.widgets.pane_title import PaneTitle
from leadtui.tui.widgets.record_table import RecordTable
from leadtui.tui.widgets.top_bar import TopBar

LEAST_SIZE = (80, 24)
"""Columns and lines below which a sentence stands in the place of the desk."""


class DeskScreen(ExportAction, ViewActions, RestoredDesk, Together, Screen[None]):
    """The customer under the cursor of the table that has the focus is the open one."""

    CSS_PATH = "desk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Scope.LEAD, Scope.DESK),
        Binding("escape", "back_to_table", show=False),
    ]
    AUTO_FOCUS = "#cartable"

    @dataclass
    class LeadRead(Message):
        """From the thread: a lead to show, nothing where it has gone."""

        lead_id: int
        opened: OpenLead | None

    def __init__(self, session: Session) -> None:
        """`session` is what every use case is given."""
        left, self._saved_view = state_left(session)
        # It begins with the cartable, where the work is, unless it was left otherwise.
        super().__init__(classes="" if left.cartable_side is False else "-cartable-side")
        self.left = left
        self.session = session
        self.formatter = Formatter(session)
        self._list = LeadList(session)
        self._visited = Visited()
        self._open_id: int | None = None
        self._heard: dict[RecordTable, int] = {}

    def compose(self) -> ComposeResult:
        """The top line, the two panes with a rule between, the panel, the keys."""
        yield TopBar(self.session)
        with Horizontal(id="panes"):
            yield LeadsPane(self.session, self.formatter, self._list, self.left.arrangement, self._saved_view)
            yield Static(id="rule")
            yield CartablePane(self.session, self.formatter, self._list, self.left.part)
        yield LeadPanel(self.session, self.formatter)
        yield KeyBar(self._commands())
        yield Static(
            _("leadtui needs {columns} columns and {lines} lines; make the window larger.").format(
                columns=LEAST_SIZE[0], lines=LEAST_SIZE[1]
            ),
            id="too-small",
        )

    def _commands(self) -> tuple[Command, ...]:
        """What the person may do here, as their profile stands now."""
        return allowed(commands_of([Scope.LEAD, Scope.DESK, Scope.EVERYWHERE]), self.session.actor.may)

    def on_resize(self) -> None:
        """Under the least size a sentence takes the place of the desk."""
        self.set_class(self.size.width < LEAST_SIZE[0] or self.size.height < LEAST_SIZE[1], "-too-small")

    # What is open

    @property
    def lead_in_hand(self) -> int | None:
        """The customer that the commands work on."""
        self._catch_up()
        return self._open_id

    @property
    def shown_lead(self) -> int | None:
        """The open customer."""
        return self._open_id

    @property
    def panel_lead_name(self) -> str | None:
        """The name of the open customer, as far as it has been read."""
        opened = self.panel.opened
        return None if opened is None or opened.lead.id != self._open_id else opened.lead.name

    def open_lead(self, lead_id: int) -> None:
        """Open a customer, wherever it stands in the tables; the place in the tables is kept."""
        self._open(lead_id)
        self.table_in_hand.move_cursor(id=lead_id)

    @on(RecordTable.RowHighlighted)
    def _highlighted(self, event: RecordTable.RowHighlighted) -> None:
        event.stop()
        if event.row_id == event.table.highlighted:
            self._hear(event.table, event.row_id)

    def _hear(self, table: RecordTable, row_id: int) -> None:
        self._heard[table] = row_id
        if self.left.lead_id is not None:
            return  # the table is still on its way to the customer that was open
        if table is self.table_in_hand and row_id != self._open_id:
            # While one types into the find line, who is found first is only being passed.
            self._open(row_id, passing=self.customers.find.has_focus)

    def _catch_up(self) -> None:
        # A key that was typed fast comes before the table's word of where the key before it went.
        table = self.table_in_hand
        if table.highlighted is not None and table.highlighted != self._heard.get(table):
            self._hear(table, table.highlighted)

    @on(CartablePane.Renewed)
    @on(LeadsPane.Renewed)
    def _open_first(self, event: CartablePane.Renewed | LeadsPane.Renewed) -> None:
        if self._open_id is not None:
            return
        taken_up = self.take_up(cartable=isinstance(event, CartablePane.Renewed))
        if taken_up is None:
            return
        if self.cartable.is_empty and self.customers.table.row_count:
            # Nothing waits for me: the work begins down the table of all customers.
            self.show_side(cartable=False)
        elif self.table_in_hand.cursor_id is not None:
            self._open(self.table_in_hand.cursor_id)

    @on(RecordTable.RowActivated)
    def _activated(self, event: RecordTable.RowActivated) -> None:
        event.stop()
        self._open(event.row_id)
        self.action_set_status()

    def _open(self, lead_id: int, *, passing: bool = False) -> None:
        self._open_id = lead_id
        self.leadtui.note_open(lead_id)
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
            self.panel.show(message.opened, self.leadtui.company_words(message.lead_id))

    # Changes, by whoever's hand

    def take_changes(
        self, lead_ids: tuple[int, ...] | None, *, definitions: bool, by_others: frozenset[int]
    ) -> None:
        """Show what moved: rows in view, orders, the open lead. The places are kept."""
        if definitions:
            # A title or a colour may stand in any row.
            lead_ids = None
            self.customers.renew_columns()
            self.query_one(KeyBar).commands = tuple(each for each in self._commands() if each.important)
        if lead_ids is None or lead_ids:
            self.customers.take_changes(lead_ids, by_others)
            self.cartable.take_changes(lead_ids, by_others)
        if self._open_id is not None and (lead_ids is None or self._open_id in lead_ids):
            self._read_lead(self._open_id)

    def show_due(self, due: tuple[ListedReminder, ...]) -> None:
        """Count the due reminders at the top; the cartable's reasons follow them."""
        self.query_one(TopBar).show_reminders(due)

    def lead_saved(self, lead_id: int, *, worked: bool) -> None:
        """A step was saved: show it, and after a status open the next customer, whom keys that are held wait for."""
        if worked:
            self._go_on_from(lead_id)
        self.leadtui.look_again()

    def _go_on_from(self, lead_id: int) -> None:
        # The order is the one that the person saw: the row below is next, whatever becomes of this one.
        table = self.table_in_hand
        at = table.cursor_index
        if at is not None and lead_id == self._open_id and table.cursor_id == lead_id:
            if table is self.customers.table:
                # Others work down the same list.
                below = table.ids_from(at + 1, round_again=False)
                self.take_next(below, partial(self._go_on_with_queue, lead_id))
                return
            if not table.move_cursor(index=at + 1):
                table.move_cursor(index=0)
        elif at is not None and lead_id == self._open_id:
            # It was opened from elsewhere: the work goes on where the table was left.
            table.move_cursor(index=at)
            if table.cursor_id is not None:
                self._open(table.cursor_id)
        self.leadtui.free_keys()

    def _go_on_with_queue(self, lead_id: int) -> None:
        """Whom one found, or the end of the list, is worked: on with the queue."""
        if self.cartable.table.row_count:
            self.customers.clear_find()
            self.show_side(cartable=True)
            if self._open_id == lead_id:
                self._go_on_from(lead_id)
                return
        self.leadtui.free_keys()

    # Commands

    def action_next_lead(self) -> None:
        """The next customer of the cartable; after going back, forward again first."""
        self._catch_up()
        forward = self._visited.forward()
        if forward is not None:
            self.open_lead(forward)
            return
        table = self.cartable.table
        open_before = self._open_id
        arrived = self.show_side(cartable=True) and table.cursor_id != open_before
        if not table.row_count:
            self.notify(_("Your cartable is empty."), markup=False)
            return
        if arrived and table.cursor_id is not None:
            self._open(table.cursor_id)
        elif not table.move_cursor(index=(table.cursor_index or 0) + 1):
            self.notify(_("That was the last of your cartable."), markup=False)
            return
        self.warn_of_company()

    def action_previous_lead(self) -> None:
        """The customer that was open before this one."""
        self._catch_up()
        before = self._visited.back()
        if before is None:
            self.notify(_("There is no customer before this one."), markup=False)
        else:
            self.open_lead(before)

    def action_find(self) -> None:
        """Type into the find line."""
        self.leadtui.hold_keys()
        self.show_side(cartable=False)
        self.customers.find.focus()
        self.call_after_refresh(self.leadtui.free_keys)

    def action_reminders(self) -> None:
        """List my reminders."""

        def take(lead_id: int | None) -> None:
            if lead_id is not None:
                self.open_lead(lead_id)

        self.app.push_screen(RemindersScreen(self.session, self.formatter), take)

    def action_my_day(self) -> None:
        """Show my day."""
        self.app.push_screen(DayScreen(self.session, self.formatter))

    def action_timeline(self) -> None:
        """Scroll the timeline."""
        self.panel.focus()

    def action_back_to_table(self) -> None:
        """Back to the table; in the table, back from what is chosen, then from what was found to all customers."""
        if self.table_in_hand.has_focus and self.several_chosen:
            self.table_in_hand.choose_none()
        elif self.table_in_hand.has_focus and not self.has_class("-cartable-side"):
            self.customers.clear_find()
        self.table_in_hand.focus()

    def show_side(self, *, cartable: bool) -> bool:
        """Show a side and focus its table; returns whether it was the other one before."""
        changed = self.has_class("-cartable-side") != cartable
        self.set_class(cartable, "-cartable-side")
        table = self.table_in_hand
        table.focus()
        if changed and table.cursor_id is not None:
            self._open(table.cursor_id)
        return changed

    # Where the focus is

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _mark_focus(self) -> None:
        focused = self.focused
        if self._open_id is not None and focused is not self.customers.find:
            self._visited.visit(self._open_id)
        for pane in (self.customers, self.cartable):
            inside = focused is not None and pane in focused.ancestors
            title = pane.query_one(PaneTitle)
            title.set_class(inside, "-focused")
            title.refresh()
            if inside and focused is pane.table:
                self.set_class(pane is self.cartable, "-cartable-side")

    @on(LeadsPane.Failed)
    @on(CartablePane.Failed)
    def _tell(self, event: LeadsPane.Failed | CartablePane.Failed) -> None:
        self.notify(str(event.error), severity="error", markup=False, timeout=8)

    @on(RecordTable.FetchFailed)
    def _tell_fetch(self, event: RecordTable.FetchFailed) -> None:
        self.notify(str(event.error), severity="error", markup=False, timeout=8)
