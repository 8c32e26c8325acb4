"""The command palette: every command, and every customer by name, number or e-mail."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, cast

from textual import events
from textual.app import ComposeResult
from textual.command import (
    CommandInput,
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
    SearchIcon,
)
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import LoadingIndicator

from leadtui.domain.lead import Lead
from leadtui.domain.view import View
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief, cell_width, search_key
from leadtui.language.translate import _, apart, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.services.lead_list import LeadList
from leadtui.tui.actions.commands import COMMANDS
from leadtui.tui.commands.command import Command, Scope, allowed, with_keys
from leadtui.tui.mirroring import TurnedScreen
from leadtui.tui.program import program_of
from leadtui.tui.screens.board import BoardScreen
from leadtui.tui.screens.day import DayScreen
from leadtui.tui.screens.desk import DeskScreen
from leadtui.tui.screens.listing import ListingScreen
from leadtui.tui.screens.reminders import RemindersScreen
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.widgets.form_field import take
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.narrowed_list import ENDS, go_to_end
from leadtui.tui.widgets.options import beside

CUSTOMERS_SHOWN = 8

IN_TITLE, OF_CUSTOMER, IN_HELP = 3.0, 2.0, 1.0
"""How well something matches."""

KEY_WIDTH = 9
HELP_AT = 28
"""The cell at which what a command does begins."""
WIDTH, MOST_WIDTH, SIDES = 0.96, 118, 6
"""How much of the screen the palette takes, at most so many cells, and how many of those stand beside its words."""


class PaletteLine(CommandInput, LineInput):
    """Where one types what is to be found; as long as nothing is, Home and End lead to the ends of the list."""

    def on_key(self, event: events.Key) -> None:
        """Go to an end of the list."""
        if event.key in ENDS and not self.value:
            take(event)
            go_to_end(self.screen.query_one(CommandList), event.key)


class Palette(TurnedScreen, CommandPalette):
    """Textual's, in leadtui's look: a box over the desk, and no sign whose width differs by terminal."""

    DEFAULT_CSS = """
    Palette {
        #--container {
            width: 96%; max-width: 118; margin-top: 2; background: transparent;
            &:dark { background: transparent; }
        }
        #--input, #--input.--list-visible { height: 3; border: round $primary; padding: 0 1; background: $pane; }
        SearchIcon { margin: 0; width: 2; color: $key; text-style: bold; }
        CommandInput, CommandInput:focus { height: 1; border: none; padding: 0; background: $pane; }
        CommandList, CommandList.--populating {
            max-height: 70vh; border: round $primary; background: $pane; scrollbar-size-vertical: 1;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        CommandList > .option-list--option { padding: 0 1; text-style: none; }
        CommandList > .option-list--option-highlighted { color: $foreground; background: $cursor; text-style: none; }
        CommandList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
        LoadingIndicator { display: none; }
    }
    """

    def compose(self) -> ComposeResult:
        """As Textual has it, with a line that is typed in as every other is, in any script."""
        sign = SearchIcon()
        sign.icon = "/"
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield sign
                yield PaletteLine(placeholder=cast("Any", self)._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield CommandList()
                yield LoadingIndicator()


def scopes_of(screen: Screen[Any]) -> tuple[Scope, ...]:
    """Which commands apply to a screen, besides those that apply everywhere."""
    if isinstance(screen, DeskScreen):
        in_talk = (Scope.PLAYBOOK,) if screen.talk is not None else ()
        return (*in_talk, Scope.LEAD, Scope.DESK)
    if isinstance(screen, SettingsScreen):
        return (Scope.SETTINGS,)
    if isinstance(screen, DayScreen):
        return (Scope.DAY,)
    if isinstance(screen, ListingScreen):
        return (screen.contents.commands[0].scope,)
    if isinstance(screen, BoardScreen):
        return (Scope.BOARD,)
    return (Scope.REMINDERS,) if isinstance(screen, RemindersScreen) else ()


class CommandProvider(Provider):
    """Every command that applies to the screen, found by its title or by words of its help."""

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(
                self._shown(command), partial(self._run, command), text=pgettext("key", command.title)
            )

    async def search(self, query: str) -> Hits:
        """The commands that match: those whose title begins so before all customers, those whose help does after."""
        wanted = search_key(query)
        for command in self._commands():
            title, explained = search_key(pgettext("key", command.title)), search_key(_(command.help))
            score = IN_TITLE if title.startswith(wanted) else IN_HELP if wanted in title + explained else 0
            if wanted and score:
                yield Hit(score, self._shown(command), partial(self._run, command))

    def _commands(self) -> tuple[Command, ...]:
        program = program_of(self.screen)
        scopes = (*scopes_of(self.screen), Scope.EVERYWHERE)
        here = [each for each in COMMANDS if each.scope in scopes]
        if isinstance(self.screen, ListingScreen | RemindersScreen) and not self.screen.on_line:
            here = [each for each in here if not each.on_line]
        here = allowed(here, program.session.actor)
        if isinstance(self.screen, DeskScreen):
            here = self.screen.offered_here(here)
        return with_keys(here, program.keymap)

    def _shown(self, command: Command) -> Content:
        key = command.shown_key(program_of(self.screen).keyboard)
        room = " " * max(0, KEY_WIDTH - cell_width(key))
        title = Content.assemble((room + key, "bold $key"), "  ", (pgettext("key", command.title), "bold"))
        width = min(int(self.screen.size.width * WIDTH), MOST_WIDTH) - SIDES - HELP_AT
        return Content("\n").join(beside(title, HELP_AT, Content.styled(_(command.help), "$dim"), width))

    async def _run(self, command: Command) -> None:
        app = program_of(self.screen)
        await app.run_command(command)


class LeadProvider(Provider):
    """Customers, found as in the find line."""

    async def search(self, query: str) -> Hits:
        """The first customers that match."""
        if len(query.strip()) < 2:
            return
        app = program_of(self.screen)
        customers = LeadList(app.session)
        try:
            ids = await asyncio.to_thread(customers.first_window, View(find=query), CUSTOMERS_SHOWN)
            found = await asyncio.to_thread(customers.rows, ids)
        except LeadtuiError:
            return
        for rank, (lead_id, lead) in enumerate(found.items()):
            # In the list's own order. The help of a hit would be markup.
            yield Hit(
                OF_CUSTOMER - rank / 100, self._shown(lead, app.formatter), partial(app.open_lead, lead_id)
            )

    def _shown(self, lead: Lead, formatter: Formatter) -> Content:
        name = brief(lead.name) or pgettext("customer", "no name")
        details = " · ".join(
            apart(part) for part in (formatter.lead_phone(lead), lead.city, lead.email) if part
        )
        return Content.assemble(" " * KEY_WIDTH, "  ", (name, "bold"), "  ", (brief(details), "$dim"))
