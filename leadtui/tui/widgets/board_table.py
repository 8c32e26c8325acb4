"""The figures of a team and what needs somebody, with a cursor on one number: as wide as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from leadtui.domain.board import Concern, Figure
from leadtui.language.calendar import show_length
from leadtui.language.text import brief, cell_width, ellipsize, safe
from leadtui.language.translate import counted, pgettext, show_number
from leadtui.presentation.board import (
    CONCERN_TITLES,
    FIGURE_TITLES,
    concern_detail,
    contact_words,
    figure_count,
    length_words,
    shift_words,
)
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.table import GAP, TextColumn, aligned, fitted
from leadtui.services.board import AgentLine, Board, ConcernLine, Figures
from leadtui.tui.mirroring import spot_in_line

WITH = "with"
"""The customer whom somebody has open: a place of the cursor as the figures are."""

HERE, ON_BREAK, AWAY = "●", "◐", "○"

SIDE = 1
"""Blank cells at both ends of a line."""

GLYPHS = {
    Concern.UNHEARD: ("▲", "$late"),
    Concern.PROMISED: ("▲", "$late"),
    Concern.NOBODYS: ("○", "$untouched"),
    Concern.LEFT_BEHIND: ("◌", "$soon"),
    Concern.STALLED: ("…", "$soon"),
    Concern.RETURNED: ("↩", "$soon"),
    Concern.UNPLANNED: ("–", "$soon"),
    Concern.NO_OUTCOME: ("∅", "$late"),
}
STYLES = {
    Figure.REACHED: "",
    Figure.MEETINGS: "$gained",
    Figure.OVERDUE: "$late",
    Figure.MISSED: "$late",
    Figure.UNTOUCHED: "$untouched",
}
"""How a figure looks where it is not nothing."""

COUNTED = tuple(each for each in Figure if each is not Figure.FIRST_CONTACT)
CELLS: tuple[Figure | str, ...] = (WITH, *Figure)
"""What the cursor goes to in the row of a colleague."""

FIRST_CELL = 2
"""The place of the first of them among the columns."""

CONCERN_WIDTH, NAME_WIDTH = 30, 24


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the cursor is: on a figure of a colleague, or of the whole team for None; or on something that needs somebody.

    `what` is WITH on the customer whom the colleague has open.
    """

    what: Figure | Concern | str
    person_id: int | None = None

    @property
    def row(self) -> Concern | int | None:
        """What the cursor goes by up and down."""
        return self.what if isinstance(self.what, Concern) else self.person_id


BEGIN = Spot(Figure.CALLS)
"""Where the cursor is at first: on the calls of the team."""


class BoardTable(Widget, can_focus=True):
    """Arrows move from number to number; Enter and a click on the one under the cursor open its list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go_down(-1)", show=False),
        Binding("down", "go_down(1)", show=False),
        Binding("left", "go_on(-1)", show=False),
        Binding("right", "go_on(1)", show=False),
        Binding("home", "go_down(-999)", show=False),
        Binding("end", "go_down(999)", show=False),
    ]
    DEFAULT_CSS = """
    BoardTable { height: auto; width: 1fr; padding: 0 1; background: $pane; }
    """

    board: var[Board | None] = var(None)
    """What is shown; None before it has come."""
    spot: var[Spot] = var(BEGIN)
    """Where the cursor is."""

    @dataclass
    class Moved(Message):
        """The cursor is somewhere else."""

    @dataclass
    class Opened(Message):
        """The number under the cursor was clicked once more."""

    def __init__(self, formatter: Formatter) -> None:
        """`formatter` says how names and times read."""
        super().__init__()
        self._formatter = formatter
        self._shown: dict[int, int] = {}
        self._columns: list[TextColumn] = []

    def watch_board(self) -> None:
        """Keep the cursor on what there is."""
        rows = self._rows()
        if rows and (self.spot == BEGIN or self.spot.row not in rows):
            self.spot = self._spot_in(rows[0])
        self.refresh(layout=True)

    def watch_spot(self) -> None:
        """Show the line of the cursor, and tell whoever says more of it."""
        self.refresh()
        self.post_message(self.Moved())
        line = self._line_of_row()
        if line is not None and self.is_mounted:
            self.call_after_refresh(self._bring_into_view, line)

    def _bring_into_view(self, line: int) -> None:
        container = self.parent
        if isinstance(container, Widget):
            top = 0 if line <= 1 else line
            container.scroll_to_region(Region(0, top, 1, 1), animate=False, force=True)

    # Moving

    def action_go_down(self, by: int) -> None:
        """To the row below, or above."""
        rows = self._rows()
        if not rows:
            return
        at = rows.index(self.spot.row) if self.spot.row in rows else 0
        self.spot = self._spot_in(rows[min(max(at + by, 0), len(rows) - 1)])

    def action_go_on(self, by: int) -> None:
        """To the number beside it."""
        if isinstance(self.spot.what, Concern):
            return
        cells = self._cells_in_sight()
        at = cells.index(self.spot.what) if self.spot.what in cells else 0
        self._column = cells[min(max(at + by, 0), len(cells) - 1)]
        self.spot = Spot(self._column, self.spot.person_id)

    _column: Figure | str = Figure.CALLS
    """In which column the cursor goes up and down."""

    def _spot_in(self, row: Concern | int | None) -> Spot:
        return Spot(row) if isinstance(row, Concern) else Spot(self._column, row)

    def _rows(self) -> list[Concern | int | None]:
        board = self.board
        if board is None:
            return []
        return [*(each.person_id for each in self._agents), None, *(each.concern for each in board.concerns)]

    @property
    def _agents(self) -> list[AgentLine]:
        """Who is at work before who is not."""
        agents: Sequence[AgentLine] = () if self.board is None else self.board.agents
        return sorted(agents, key=lambda each: (each.shift is None, not each.on_shift))

    def _cells_in_sight(self) -> list[Figure | str]:
        self._lay_out()
        shown = [each for place, each in enumerate(CELLS, FIRST_CELL) if place in self._shown]
        return shown or [Figure.CALLS]

    async def on_click(self, event: events.Click) -> None:
        """Go to the number that is clicked; one that the cursor is on already is opened."""
        spot = spot_in_line(event, self)
        clicked = None if spot is None else self._spot_at(spot.x, spot.y)
        if clicked is None:
            return
        event.stop()
        if clicked == self.spot:
            self.post_message(self.Opened())
        elif not isinstance(clicked.what, Concern):
            self._column = clicked.what
        self.spot = clicked

    def _spot_at(self, x: int, y: int) -> Spot | None:
        row = next((row for row in self._rows() if self._line_of(row) == y), "")
        if isinstance(row, str) and not isinstance(row, Concern):
            return None
        if isinstance(row, Concern):
            return Spot(row)
        left = 0
        for place, width in self._shown.items():
            if left <= x < left + width + len(GAP) and 0 <= place - FIRST_CELL < len(CELLS):
                return Spot(CELLS[place - FIRST_CELL], row)
            left += width + len(GAP)
        return None

    # Drawing

    def render(self) -> Content:
        """The heads, the colleagues, the team, and what needs somebody."""
        if self.board is None:
            return Content.styled(pgettext("board", "…"), "$faint")
        self._lay_out()
        return Content("\n").join(self._lines(self.board))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are, each as wide as the screen."""
        del container, viewport, width
        board = self.board
        if board is None:
            return 1
        return len(board.agents) + 3 + (len(board.concerns) + 2 if board.concerns else 0)

    def _line_of(self, row: Concern | int | None) -> int:
        board = self.board
        assert board is not None
        agents = [each.person_id for each in self._agents]
        if isinstance(row, Concern):
            return len(agents) + 5 + [each.concern for each in board.concerns].index(row)
        return 2 + len(agents) if row is None else 1 + agents.index(row)

    def _line_of_row(self) -> int | None:
        return self._line_of(self.spot.row) if self.spot.row in self._rows() else None

    def _lay_out(self) -> None:
        board = self.board
        if board is None:
            return
        # Where there is little room: nine in ten go first, then the words of the shift, then letters of the longest titles.
        self._columns = [
            TextColumn(pgettext("column", "Colleague"), yields=1, least=12),
            TextColumn(pgettext("column", "On shift"), yields=8, least=99),
            TextColumn(pgettext("column", "With"), yields=6, least=12),
            *(
                TextColumn(pgettext("column", FIGURE_TITLES[each]), _YIELDS.get(each, 2), 5, right=True)
                for each in COUNTED
            ),
            TextColumn(
                pgettext("column", FIGURE_TITLES[Figure.FIRST_CONTACT]), yields=7, least=99, right=True
            ),
            TextColumn(pgettext("column", "Of nine in ten"), yields=9, least=99, right=True),
        ]
        rows = [
            [each.title for each in self._columns],
            *(self._texts(each) for each in board.agents),
            ["", "", "", *self._figures(board.team)],
        ]
        widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
        self._shown = fitted(self._columns, widths, max(self.size.width - 2 * SIDE, 20))

    def _texts(self, agent: AgentLine) -> list[str]:
        name = brief(self._formatter.person(agent.person_id), NAME_WIDTH)
        shift = shift_words(agent.shift, self._formatter)
        return [f"● {name}", shift, self._with(agent), *self._figures(agent.figures)]

    def _figures(self, figures: Figures) -> list[str]:
        language = self._formatter.session.language
        median, most = (
            NOTHING if each is None else length_words(each, language)
            for each in (figures.contact_median, figures.contact_p90)
        )
        counts = [show_number(figure_count(each, figures), language) for each in COUNTED]
        return [*counts, median, most]

    def _with(self, agent: AgentLine) -> str:
        board = self.board
        if board is None or agent.lead_id is None:
            return NOTHING
        name = brief(safe(board.names.get(agent.lead_id, "")), NAME_WIDTH) or pgettext("customer", "no name")
        opened = None if agent.shift is None else agent.shift.opened_at
        if opened is None:
            return name
        seconds = max(0, round((board.at - opened).total_seconds()))
        language = self._formatter.session.language
        long = show_length(seconds, language) if seconds < 3600 else length_words(seconds, language)
        return f"{name} {long}"

    def _lines(self, board: Board) -> Iterator[Content]:
        yield self._joined([(each.title, "$faint") for each in self._columns])
        for agent in self._agents:
            yield self._agent(agent)
        yield self._team(board.team)
        if board.concerns:
            yield Content()
            yield Content.assemble((pgettext("heading", "Needs somebody"), "bold"))
            for line in board.concerns:
                yield self._concern(line)

    def _agent(self, agent: AgentLine) -> Content:
        texts = self._texts(agent)
        here = agent.shift is not None
        glyph, style = (
            (HERE, "$gained") if agent.on_shift else (ON_BREAK, "$soon") if here else (AWAY, "$dim")
        )
        texts[0] = texts[0].replace("●", glyph, 1)
        styles = ["", style, "$gained" if agent.lead_id else "$faint", *_figure_styles(agent.figures)]
        return self._joined([*zip(texts, styles, strict=True)], agent.person_id, glyph_style=style)

    def _team(self, team: Figures) -> Content:
        figures = self._figures(team)
        styles = [f"bold {style}".strip() for style in _figure_styles(team)]
        cells = [
            (pgettext("board", "Team"), "bold"),
            ("", ""),
            ("", ""),
            *zip(figures, styles, strict=True),
        ]
        return self._joined(cells, None)

    def _joined(
        self,
        cells: Sequence[tuple[str, str]],
        row: int | str | None = "",
        glyph_style: str = "",
    ) -> Content:
        """A line of those columns that are shown; the row and the number of the cursor are tinted."""
        parts: list[Content] = []
        marked = row != "" and not isinstance(self.spot.what, Concern) and self.spot.person_id == row
        for place, width in self._shown.items():
            text, style = cells[place]
            if place == FIRST_CELL and cell_width(text) > width and " " in text:
                # The name gives way, not how long.
                name, _space, long = text.rpartition(" ")
                text = f"{ellipsize(name, max(width - cell_width(long) - 1, 1))} {long}"
            shown = aligned(safe(text), width, right=self._columns[place].right, cut=True)
            cell = Content.styled(shown, style)
            if place == 0 and glyph_style:
                cell = cell.stylize(glyph_style, 0, 1)
            cell_of = place - FIRST_CELL
            if marked and 0 <= cell_of < len(CELLS) and CELLS[cell_of] == self.spot.what:
                cell = _under_cursor(cell, focused=self.has_focus)
            parts.append(cell)
        line = Content(GAP).join(parts)
        return line.stylize_before("on $cursor-blurred") if marked else line

    def _concern(self, line: ConcernLine) -> Content:
        glyph, style = GLYPHS[line.concern]
        title = ellipsize(pgettext("field", CONCERN_TITLES[line.concern]), CONCERN_WIDTH)
        title += " " * (CONCERN_WIDTH - cell_width(title))
        number = Content.styled(aligned(counted(line.count), 7, right=True), "bold")
        marked = self.spot.what == line.concern
        if marked:
            number = _under_cursor(number, focused=self.has_focus)
        room = max(self.size.width - 2 * SIDE - CONCERN_WIDTH - 16, 0)
        detail = ellipsize(safe(concern_detail(line, self._formatter)), room)
        shown = Content.assemble((glyph, style), " ", title, "  ", number, "  ", (detail, "$dim"))
        return shown.stylize_before("on $cursor-blurred") if marked else shown

    # What is said of the number under the cursor

    def said(self) -> Content:
        """Whose number it is, and what of the row has no room in the table."""
        board, formatter = self.board, self._formatter
        if board is None:
            return Content()
        what, person_id = self.spot.what, self.spot.person_id
        if isinstance(what, Concern):
            line = next((each for each in board.concerns if each.concern is what), None)
            return Content() if line is None else self._said_of(line)
        agent = next((each for each in board.agents if each.person_id == person_id), None)
        figures = board.team if agent is None else agent.figures
        parts = [
            pgettext("board", "Team") if agent is None else brief(formatter.person(person_id), NAME_WIDTH)
        ]
        if agent is not None:
            parts.append(_shift_sentence(agent, formatter))
            if agent.lead_id is not None:
                parts.append(pgettext("board", "with {name}").format(name=self._with(agent)))
        contact = contact_words(figures, formatter.session.language)
        parts.append(pgettext("board", "first contact {times}").format(times=contact))
        return Content.styled(safe("  ·  ".join(parts)), "$dim")

    def _said_of(self, line: ConcernLine) -> Content:
        parts = [pgettext("field", CONCERN_TITLES[line.concern])]
        if line.oldest is not None:
            oldest = self._formatter.moment(line.oldest)
            parts.append(pgettext("board", "the oldest since {when}").format(when=oldest))
        parts.append(concern_detail(line, self._formatter))
        return Content.styled(safe("  ·  ".join(each for each in parts if each)), "$dim")

    def title_of(self, spot: Spot) -> str:
        """What the list behind that number is called."""
        if isinstance(spot.what, Concern):
            return pgettext("field", CONCERN_TITLES[spot.what])
        whose = (
            pgettext("board", "Team")
            if spot.person_id is None
            else brief(self._formatter.person(spot.person_id), NAME_WIDTH)
        )
        return pgettext("board", "{whose}: {what}").format(
            whose=whose, what=pgettext("column", FIGURE_TITLES[Figure(spot.what)]).casefold()
        )


_YIELDS = {Figure.UNTOUCHED: 5, Figure.MEETINGS: 4, Figure.REACHED: 3, Figure.OVERDUE: 3}


def _figure_styles(figures: Figures) -> list[str]:
    counted = [STYLES.get(each, "") if figure_count(each, figures) else "$faint" for each in COUNTED]
    return [*counted, "$dim", "$dim"]


def _shift_sentence(agent: AgentLine, formatter: Formatter) -> str:
    words = shift_words(agent.shift, formatter)
    return pgettext("board", "on shift since {time}").format(time=words) if agent.on_shift else words


def _under_cursor(cell: Content, *, focused: bool) -> Content:
    """The number, told apart without colours too."""
    begin = len(cell.plain) - len(cell.plain.lstrip())
    end = len(cell.plain.rstrip())
    return cell.stylize("bold on $cursor" if focused else "").stylize("underline", begin, end)
