"""The board of a team: live figures of each colleague and what needs somebody, each number a key away from its list."""

from __future__ import annotations

import asyncio
from array import array
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from time import monotonic
from typing import Any, ClassVar, cast

from textual import getters, on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from leadtui.domain.board import Concern, Figure, Listing
from leadtui.domain.view import View
from leadtui.errors import LeadtuiError
from leadtui.language import calendar
from leadtui.language.translate import _, npgettext, pgettext, show_number
from leadtui.presentation.board import channel_cells, channel_columns, figure_count
from leadtui.presentation.table import lay_out
from leadtui.services.board import Board, open_board
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Interrupted, Interruption
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.board_export import export_board
from leadtui.tui.actions.bulk import assign_to_colleague, share_out
from leadtui.tui.actions.desk import Desk
from leadtui.tui.commands.command import allowed, bindings_of
from leadtui.tui.commands.overviews import BOARD_COMMANDS
from leadtui.tui.dialogs.period_dialog import PeriodDialog
from leadtui.tui.mirroring import TurnedScreen
from leadtui.tui.program import program_of
from leadtui.tui.widgets.board_table import BEGIN, WITH, BoardTable, Spot
from leadtui.tui.widgets.key_bar import KeyBar
from leadtui.tui.widgets.top_bar import TopBar

LOOKED_EVERY = 1.0
"""Seconds between two looks at whether the board is to be read again."""

RENEWED_EVERY = 3.0
"""Seconds after a reading until the next one."""

RENEWING_SHARE = 5
"""A reading that takes long is not begun again before so many times as long have passed."""


CHANNELS_BESIDE = 3
"""Cells beside the lines of the entry channels, the scroll bar's included."""

BAR_WIDTH = 40
REACHED_BAR, CALL_BAR = "█", "▒"


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """How the board was left: which days it shows, today for None, and where the cursor was."""

    days: tuple[date, date] | None = None
    spot: Spot = BEGIN


@dataclass(frozen=True, slots=True)
class BoardList:
    """What the board closes with: the list of a number, and what it is called."""

    listing: Listing
    title: str


class BoardScreen(TurnedScreen, Screen["BoardList | int | None"]):
    """Closes with a list to show, with the id of a customer to open, or with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(BOARD_COMMANDS),
        Binding("f12", "leave_board", show=False),
    ]
    DEFAULT_CSS = """
    BoardScreen {
        background: $pane;
        #board-title { height: 1; background: $cursor-blurred; text-style: bold; }
        #board-body { height: 1fr; scrollbar-size-vertical: 1; }
        #board-channels { height: auto; padding: 1 1 0 1; text-wrap: nowrap; }
        #board-hours { height: auto; padding: 1 1 0 1; }
        #board-said { height: 1; padding: 0 1; background: $pane-alt; }
    }
    """
    AUTO_FOCUS = "BoardTable"

    app = getters.app(cast("type[App[Any]]", App))
    table = getters.query_one(BoardTable)

    @dataclass
    class Loaded(Message):
        """From the thread: the board of some days, and how many seconds the reading took."""

        days: tuple[date, date] | None
        board: Board
        took: float

    @dataclass
    class Failed(Message):
        """From the thread: it could not be read."""

        error: LeadtuiError

    def __init__(self, desk: Desk, place: BoardPlace) -> None:
        """`desk` is what is under it, where customers are given; it goes on at `place`."""
        super().__init__()
        self._desk = desk
        self._session = desk.session
        self._days = place.days
        self._spot = place.spot
        self._interruption = Interruption()
        self._reading = False
        self._read_at = self._took = 0.0

    def compose(self) -> ComposeResult:
        """The top line, which days they are, the figures, what is said of one, the keys."""
        yield TopBar(self._session)
        yield Static(id="board-title")
        with VerticalScroll(id="board-body", can_focus=False):
            yield BoardTable(self._desk.formatter)
            yield Static(id="board-hours")
            yield Static(id="board-channels")
        yield Static(id="board-said")
        yield KeyBar(allowed(BOARD_COMMANDS, self._session.actor))

    def on_mount(self) -> None:
        """Read, and follow the clock and the others."""
        self.query_one(TopBar).follow(program_of(self).desk_screen.query_one(TopBar))
        self.table.spot = self._spot
        self._show_title()
        self.load()
        self.set_interval(LOOKED_EVERY, self._load_in_time)

    def on_unmount(self) -> None:
        """What is still being read is for nobody."""
        self._interruption.stop()

    @property
    def place(self) -> BoardPlace:
        """How it is left."""
        return BoardPlace(self._days, self._spot)

    # Reading

    def _load_in_time(self) -> None:
        pause = max(RENEWED_EVERY, RENEWING_SHARE * self._took)
        if not self._reading and monotonic() - self._read_at >= pause:
            self.load()

    def load(self) -> None:
        """Read the board again; an earlier reading that is still under way is stopped."""
        self._interruption.stop()
        self._interruption = Interruption()
        self._reading = True
        self._read(self._days, self._interruption)

    @work(thread=True, exclusive=True, group="board", description="read the board")
    def _read(self, days: tuple[date, date] | None, interruption: Interruption) -> None:
        began = monotonic()
        first, last = days or (None, None)
        try:
            board = open_board(self._session, first, last, interruption=interruption)
        except Interrupted:
            return
        except LeadtuiError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Loaded(days, board, monotonic() - began))

    @on(Failed)
    def _tell(self, message: Failed) -> None:
        self._note_read()
        program_of(self).tell_trouble(str(message.error))

    @on(Loaded)
    def _show_loaded(self, message: Loaded) -> None:
        if message.days != self._days:
            return
        self._took = message.took
        self._note_read()
        self.table.board = message.board
        self.query_one("#board-hours", Static).update(self._hours(message.board))
        self.query_one("#board-channels", Static).update(self._channels(message.board))
        self._show_title()
        self._say()

    def _note_read(self) -> None:
        self._reading, self._read_at = False, monotonic()

    @on(BoardTable.Moved)
    def _say(self) -> None:
        self._spot = self.table.spot
        self.query_one("#board-said", Static).update(self.table.said())

    def _show_title(self) -> None:
        session = self._session
        today = calendar.local_date(session.now(), session.workspace.zone)
        if self._days is None:
            shown = calendar.show_date(today, session.calendar, session.language, style="long", today=today)
            near = pgettext("moment", "today")
        else:
            first, last = (
                calendar.show_date(each, session.calendar, session.language, style="long", today=today)
                for each in self._days
            )
            shown = (
                first
                if first == last
                else pgettext("pattern", "{first} – {last}").format(first=first, last=last)
            )
            near = ""
        live = pgettext("board", "live")
        self.query_one("#board-title", Static).update(
            Content.assemble(
                ("▌", "$primary"),
                pgettext("heading", "Board"),
                (f"   {shown}", "$dim"),
                (f"   {near}" if near else "", "$soon"),
                (f"   {live}", "$gained"),
            )
        )

    def _channels(self, board: Board) -> Content:
        """Who came in by which channel and what became of them, below all else."""
        if not board.channels:
            return Content()
        cells = [channel_cells(each, self._desk.formatter) for each in board.channels]
        heads, *lines = lay_out(channel_columns(), cells, self.size.width - CHANNELS_BESIDE)
        return Content("\n").join([Content.styled(heads, "$faint"), *map(Content, lines)])

    def _hours(self, board: Board) -> Content:
        """What was done in which hour, below all else, where there is room for it."""
        if not board.hours:
            return Content()
        language = self._session.language
        lines = [
            Content.assemble(
                (_("By hour"), "bold"),
                (f"   {REACHED_BAR} ", "$gained"),
                (pgettext("field", "reached"), "$faint"),
                (f"   {CALL_BAR} ", "$dim"),
                (pgettext("field", "calls"), "$faint"),
            )
        ]
        most = max(max(each.calls, each.reached) for each in board.hours) or 1
        for each in board.hours:
            # Who is spoken with need not have been rung: a status says so as well.
            reached = round(each.reached * BAR_WIDTH / most)
            rest = max(round(each.calls * BAR_WIDTH / most) - reached, 0)
            words = " · ".join(
                words.format(n=show_number(count, language))
                for count, words in (
                    (each.reached, npgettext("field", "{n} reached", "{n} reached", each.reached)),
                    (each.calls, npgettext("field", "{n} call", "{n} calls", each.calls)),
                )
                if count
            )
            lines.append(
                Content.assemble(
                    (calendar.show_time(time(each.hour), language), "$dim"),
                    "  ",
                    (REACHED_BAR * reached, "$gained"),
                    (CALL_BAR * rest, "$dim"),
                    "  " if reached or rest else "",
                    (words, "$dim"),
                )
            )
        return Content("\n").join(lines)

    # Commands

    @on(BoardTable.Opened)
    def action_open_counted(self) -> None:
        """Show at the desk whom the number under the cursor counts."""
        board, spot = self.table.board, self.table.spot
        if board is None:
            return
        if spot.what == WITH:
            agent = next((each for each in board.agents if each.person_id == spot.person_id), None)
            if agent is not None and agent.lead_id is not None:
                self.dismiss(agent.lead_id)
            return
        listing = self._listing(board, spot)
        if self._counts_nobody(board, spot):
            self._desk.tell(_("Nobody is counted there."))
        else:
            self.dismiss(BoardList(listing, self.table.title_of(spot)))

    def action_give_counted(self) -> None:
        """Give all whom the number counts to a colleague."""
        program_of(self).actions.run(self._give)

    def action_share_out_counted(self) -> None:
        """Share all whom the number counts out by a rule."""
        program_of(self).actions.run(self._share_out)

    async def _give(self) -> None:
        await assign_to_colleague(self._desk, await self._counted(), chosen=True)
        self.load()

    async def _share_out(self) -> None:
        await share_out(self._desk, await self._counted())
        self.load()

    async def _counted(self) -> array[int]:
        """Whom the number under the cursor counts. Raises NotPossible where it counts nobody."""
        board, spot = self.table.board, self.table.spot
        if board is None:
            raise NotPossible(_("The figures are still being read."))
        if spot.what == WITH or self._counts_nobody(board, spot):
            raise NotPossible(_("Nobody is counted there."))
        view = View(listing=self._listing(board, spot))
        ids = await self._desk.actions.read(partial(LeadList(self._session).order, view))
        if not ids:
            raise NotPossible(_("Nobody is counted there."))
        return ids

    def action_board_period(self) -> None:
        """Choose which days are shown."""
        program_of(self).actions.run(self._choose_period)

    async def _choose_period(self) -> None:
        chosen = await self._desk.actions.ask(PeriodDialog(self._session, self._days))
        if chosen is not None:
            self._days = chosen.days
            self._show_title()
            self.load()

    def action_export_board(self) -> None:
        """Write the board into a file."""
        program_of(self).actions.run(self._export)

    async def _export(self) -> None:
        board = self.table.board
        if board is None:
            first, last = self._days or (None, None)
            board = await asyncio.to_thread(open_board, self._session, first, last)
        await export_board(self._desk, board)

    def action_leave_board(self) -> None:
        """Back to the desk."""
        self.dismiss(None)

    def _listing(self, board: Board, spot: Spot) -> Listing:
        assert not isinstance(spot.what, str) or isinstance(spot.what, Figure | Concern)
        return board.listing(spot.what, spot.person_id)

    def _counts_nobody(self, board: Board, spot: Spot) -> bool:
        if isinstance(spot.what, Concern):
            return all(each.concern is not spot.what for each in board.concerns)
        agent = next((each for each in board.agents if each.person_id == spot.person_id), None)
        figures = board.team if agent is None else agent.figures
        if spot.what is Figure.FIRST_CONTACT:
            return figures.contact_median is None
        return not figure_count(Figure(spot.what), figures)
