"""A list that is looked through on a screen of its own: imports, cases, forbidden numbers; what is under the cursor is told below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from textual import getters, on, work
from textual.app import App, ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from leadtui.errors import LeadtuiError
from leadtui.language.text import safe
from leadtui.language.translate import pgettext, show_number
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.table import TextColumn, lay_out
from leadtui.services.session import Session
from leadtui.tui.commands.command import Command, offered
from leadtui.tui.mirroring import TurnedScreen
from leadtui.tui.program import Program, program_of
from leadtui.tui.widgets.key_bar import KeyBar
from leadtui.tui.widgets.options import Options
from leadtui.tui.widgets.table_pane import PaneTitle
from leadtui.tui.widgets.top_bar import TopBar

RENEWED_EVERY = 10.0
"""Seconds after which a list is read again where it says nothing else: others change it."""

MOST_SHOWN = 500
"""Lines that are shown at the most; who looks for more narrows them down, or takes a command."""

SIDES = 5
"""Cells beside a line, with that of the scrollbar."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: its key, its cells, and what is told of it while the cursor is on it."""

    key: str
    cells: tuple[str, ...]
    about: tuple[str, ...] = ()
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a list has: its title, marked for translation as a heading, its columns and commands, and what is read.

    `read` gives the lines, newest first, and how many there are in all; it runs in a thread and may raise LeadtuiError.
    `nothing` says what stands there where there is none.
    """

    title: str
    columns: Callable[[], list[TextColumn]]
    read: Callable[[], tuple[Sequence[Entry], int]]
    nothing: Callable[[], str]
    commands: tuple[Command, ...]
    renewed: bool = True
    """Whether it is read again by itself, for others change it; not where reading it takes long."""
    renewed_every: float = RENEWED_EVERY
    """Seconds after which it is read again."""


class ListingScreen(TurnedScreen, Screen[int | None]):
    """Shows `Contents`. Closes with the id of a customer to open, or with nothing."""

    DEFAULT_CSS = """
    ListingScreen {
        background: $pane;
        #narrowing { height: 1; margin: 0 1 1 1; }
        #narrowing Input, #narrowing DropDown { width: 1fr; margin: 0 1 0 0; }
        #heads { height: 1; padding: 0 1; color: $faint; }
        OptionList, OptionList:focus {
            border: none; height: 1fr; padding: 0; background: $pane; scrollbar-size-vertical: 1;
            text-wrap: nowrap;
        }
        OptionList > .option-list--option { padding: 0 1; }
        OptionList > .option-list--option-highlighted { background: $cursor; text-style: none; }
        OptionList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
        OptionList > .option-list--option-disabled { color: $dim; }
        #about { height: auto; max-height: 8; padding: 1 1 0 1; border-top: solid $rule; color: $dim; }
    }
    """
    AUTO_FOCUS = "OptionList"

    app = getters.app(cast("type[App[Any]]", App))
    list = getters.query_one(OptionList)

    @dataclass
    class Loaded(Message):
        """From the thread: the lines, and how many there are in all."""

        entries: Sequence[Entry]
        count: int

    @dataclass
    class Failed(Message):
        """From the thread: they could not be read."""

        error: LeadtuiError

    def __init__(self, session: Session, formatter: Formatter, contents: Contents) -> None:
        """`session` says whose they are, `formatter` how they read."""
        super().__init__()
        self.session = session
        self.formatter = formatter
        self.contents = contents
        self.entries: Sequence[Entry] = ()
        self._drawn: list[str] = []

    def compose(self) -> ComposeResult:
        """The top line, the title, the heads of the columns, the list, what is told of a line, the keys."""
        yield TopBar(self.session)
        yield PaneTitle(pgettext("heading", self.contents.title))
        yield from self.compose_above()
        yield from self.compose_list()
        yield KeyBar(self.offered)

    def compose_above(self) -> ComposeResult:
        """What stands above the list."""
        yield from ()

    def compose_list(self) -> ComposeResult:
        """The heads of the columns, the list, and what is told of the line under the cursor."""
        yield Static(id="heads")
        yield Options(markup=False)
        yield Static(id="about")

    @property
    def list_width(self) -> int:
        """How many cells there are for the list."""
        return self.size.width

    def on_mount(self) -> None:
        """Read, and follow what others do."""
        self.query_one(TopBar).follow(self.program.desk_screen.query_one(TopBar))
        self.query_one(PaneTitle).add_class("-focused")
        self.load()
        if self.contents.renewed:
            self.set_interval(self.contents.renewed_every, self.load)

    @property
    def offered(self) -> tuple[Command, ...]:
        """What can be done now: nothing to a line where none is under the cursor."""
        return offered(self.contents.commands, self.session.actor, on_line=self.on_line)

    @property
    def program(self) -> Program:
        """The program that this runs in."""
        return program_of(self)

    @work(thread=True, exclusive=True, group="listing", description="read a list")
    def load(self) -> None:
        """Read the list again; the place in it is kept."""
        try:
            entries, count = self.contents.read()
        except LeadtuiError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Loaded(entries, count))

    @on(Failed)
    def _tell(self, message: Failed) -> None:
        self.program.tell_trouble(str(message.error))

    @on(Loaded)
    def _show_loaded(self, message: Loaded) -> None:
        self.entries = message.entries
        count = show_number(message.count, self.session.language) if message.count else ""
        self.query_one(PaneTitle).count = count
        self._draw()

    def on_resize(self) -> None:
        """The lines are as long as the screen is wide."""
        self._draw()

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        columns, width = self.contents.columns(), self.list_width - SIDES
        heads, *lines = lay_out(columns, [each.cells for each in self.entries], width)
        self.query_one("#heads", Static).update(Content(heads if lines else ""))
        if lines != self._drawn or not lines:
            self._drawn = lines
            marked, at = self.marked, self.list.highlighted or 0
            self.list.clear_options()
            self.list.add_options(
                Option(Content.styled(line, each.colour), id=each.key)
                for each, line in zip(self.entries, lines, strict=True)
            )
            if not lines:
                self.list.add_option(
                    Option(Content.styled(safe(self.contents.nothing()), "$dim"), disabled=True)
                )
            keys = [each.key for each in self.entries]
            if marked is not None and marked.key in keys:
                self.list.highlighted = keys.index(marked.key)
            elif keys:
                self.list.highlighted = min(at, len(keys) - 1)
        self._tell_about()

    @property
    def on_line(self) -> bool:
        """Whether a line is under the cursor."""
        return self.marked is not None

    @property
    def marked(self) -> Entry | None:
        """The line under the cursor."""
        at = self.list.highlighted if self.is_mounted else None
        key = None if at is None else self.list.get_option_at_index(at).id
        return next((each for each in self.entries if each.key == key), None)

    @on(OptionList.OptionHighlighted)
    def _tell_about(self) -> None:
        about = self.marked.about if self.marked else ()
        self.query_one("#about", Static).update(Content("\n".join(map(safe, about))))
        self.query_one("#about", Static).display = bool(about)
        self.query_one(KeyBar).commands = self.offered
