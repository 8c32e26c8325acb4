"""What screens ask of the program that they run in, so that they need not know the program itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol, cast

from textual.dom import DOMNode
from textual.screen import Screen

from leadtui.domain.preferences import Preferences
from leadtui.presentation.formatter import Formatter
from leadtui.services.calls import CallWithoutOutcome
from leadtui.services.cartable import Given
from leadtui.services.session import Session
from leadtui.settings import Settings
from leadtui.tui.action_runner import ActionRunner, Writer
from leadtui.tui.commands.command import Command, Keymap
from leadtui.tui.keyboard import Keyboard


class Program(Protocol):
    """The running leadtui, as its screens see it. `LeadtuiApp` is the one that there is."""

    session: Session
    settings: Settings
    writer: Writer
    actions: ActionRunner
    keymap: Keymap
    keyboard: Keyboard

    @property
    def at_work(self) -> bool:
        """Whether the desk is open: what a thread brings when the program is closing has nowhere to go."""
        ...

    @property
    def formatter(self) -> Formatter:
        """How this desk's leads read."""
        ...

    @property
    def desk_screen(self) -> Screen[Any]:
        """The desk, whatever lies on top of it."""
        ...

    @property
    def given(self) -> tuple[Given, ...]:
        """Customers that others gave to the person and that the person has not looked at; the newest first."""
        ...

    @property
    def calls_without_outcome(self) -> tuple[CallWithoutOutcome, ...]:
        """Whom the person rang and gave no status since; the oldest call first."""
        ...

    def key_of(self, name: str) -> str:
        """The key of a command as the person reads and presses it, by the command's name."""
        ...

    def key_here(self, name: str) -> str:
        """As `key_of`: one that does it from where the keyboard is, also where letters are written down."""
        ...

    def company_of(self, lead_id: int | None) -> tuple[int, ...]:
        """Whose other terminals have this customer open."""
        ...

    @property
    def break_at(self) -> datetime | None:
        """Since when the person is on a break (aware UTC); None for at work."""
        ...

    @property
    def on_break(self) -> frozenset[int]:
        """The ids of the people who are on a break."""
        ...

    def note_open(self, lead_id: int) -> None:
        """A customer was opened: others learn of it."""
        ...

    async def take_next(self, candidates: Sequence[int]) -> int | None:
        """Take the first of the customers that is free, so that no other terminal gets it. Raises LeadtuiError."""
        ...

    def save(self, work: Callable[[], object]) -> None:
        """Save in its turn what asks the person nothing; a refusal is told."""
        ...

    def save_quietly(self, work: Callable[[], object]) -> None:
        """Save in its turn what the person did not ask to be saved; only where that does not work they are told."""
        ...

    def see_as(self, whom: str) -> None:
        """Close this desk and open it as somebody of the profile of that key has it."""
        ...

    @property
    def themes(self) -> Sequence[str]:
        """The themes that can be chosen."""
        ...

    def look_as(self, settings: Settings) -> None:
        """Look and take keys by other settings from now on, and keep them at this machine."""
        ...

    def show_theme(self, theme: str) -> None:
        """Look so until another is shown or chosen: that is not kept."""
        ...

    def speak(self, preferences: Preferences) -> None:
        """Say and show everything as the person has just chosen, on every open screen."""
        ...

    async def lend_terminal(self, work: Callable[[], object]) -> bool:
        """Let something else have the terminal until it ends; False where that cannot be here."""
        ...

    def look_again(self) -> None:
        """Show at once what this terminal itself has changed."""
        ...

    def tell_trouble(self, sentence: str) -> None:
        """Tell what does not work in the background; the same again only after a while."""
        ...

    def open_lead(self, lead_id: int) -> None:
        """Show a customer at the desk."""
        ...

    async def run_command(self, command: Command) -> None:
        """Run a command as its key would."""
        ...

    async def run_named(self, name: str) -> None:
        """Run the command of that name."""
        ...


def program_of(node: DOMNode) -> Program:
    """The program that a screen or widget runs in."""
    return cast("Program", cast("Any", node).app)
