"""What the program and its first questions share: in whatever terminal, lines are seen as they should be, and it is given back."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager

from rich.text import Text
from textual import on
from textual.actions import SkipAction
from textual.app import App, ReturnType, SuspendNotSupported
from textual.driver import Driver
from textual.filter import LineFilter
from textual.widgets import Input, TextArea

from leadtui.crash_report import report_crash
from leadtui.hosting import folder
from leadtui.language.bidi import without_isolates
from leadtui.language.translate import _
from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.terminal_kind import kind_by_environment
from leadtui.settings import AUTO, TerminalProfile
from leadtui.tui.direction import DirectionFilter
from leadtui.tui.mirroring import FROM_THE_RIGHT, from_the_right
from leadtui.tui.suspending import can_suspend, sleep_until_woken
from leadtui.tui.terminal_driver import TerminalAnswered, TerminalDriver, terminal_driver
from leadtui.tui.theming import sixteen_colour_themes


class TerminalApp(App[ReturnType]):
    """Draws for the terminal that the setting `direction` names, or that answers what it is."""

    def __init__(self, direction: str = AUTO) -> None:
        """`direction` is one of `settings.DIRECTIONS`."""
        self._terminal = kind_by_environment(os.environ)
        self._direction = direction
        self.drawing = Drawing(self._profile)
        self._direction_filter = DirectionFilter(self.drawing)
        super().__init__()

    @property
    def _profile(self) -> TerminalProfile:
        return self._terminal.profile if self._direction == AUTO else TerminalProfile(self._direction)

    def on_mount(self) -> None:
        """Let style sheets know which way the interface runs."""
        self.set_class(from_the_right(), FROM_THE_RIGHT)

    def fitting_theme(self, theme: str) -> str:
        """The theme that is shown where `theme` is wished: in a terminal of sixteen colours one of those.

        Of other colours such a terminal makes the nearest that it has: a cursor would be black on black.
        """
        if self.is_headless or self.console.color_system != "standard":
            return theme
        night, day = (each.name for each in sixteen_colour_themes())
        return night if self.available_themes[theme].dark else day

    def get_driver_class(self) -> type[Driver]:
        """The driver of this platform, in whose terminal columns stand and lines run as they should."""
        return terminal_driver(super().get_driver_class(), self.drawing, asks=self._direction == AUTO)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, and what turns lines from right to left."""
        return [*super().get_line_filters(), self._direction_filter]

    def use_direction(self, direction: str) -> None:
        """Draw from now on as the setting `direction` says."""
        self._direction = direction
        if direction == AUTO and isinstance(self._driver, TerminalDriver):
            self._driver.ask()
        self._use_profile()

    @on(TerminalAnswered)
    def _take_answer(self, message: TerminalAnswered) -> None:
        self._terminal = self._terminal.with_answer(message.answer)
        self._use_profile()

    def _use_profile(self) -> None:
        if self._profile is not self.drawing.profile:
            self.drawing.profile = self._profile
            if isinstance(self._driver, TerminalDriver):
                self._driver.set_up()
            self.draw_anew()

    def draw_anew(self) -> None:
        """Place and draw everything again, where the terminal or the language that it is drawn for has changed."""
        self.set_class(from_the_right(), FROM_THE_RIGHT, update=False)
        for screen in self.screen_stack:
            screen.update_node_styles(animate=False)  # Covered ones do not get the class by themselves.
            for widget in screen.walk_children(with_self=True):
                widget.notify_style_update()  # It forgets what it has drawn already.
                widget.refresh(layout=True)

    def copy_to_clipboard(self, text: str) -> None:
        """Give other programs the text as it is read, without what keeps its parts apart here."""
        super().copy_to_clipboard(without_isolates(text))

    async def action_suspend(self) -> None:
        """Give the terminal back to the shell until `fg`; in a field the key is the field's."""
        if isinstance(self.focused, Input | TextArea):
            raise SkipAction
        if not can_suspend():
            self.notify(_("leadtui was not started from a shell that it could go back to."))
            return
        async with self.at_rest():
            with self.suspend():
                sleep_until_woken()

    async def lend_terminal(self, work: Callable[[], object]) -> bool:
        """Let something else have the terminal until it ends; False where that cannot be here."""
        if folder() is not None:
            return False  # who is hosted begins no other program
        async with self.at_rest():
            try:
                with self.suspend():
                    work()
            except SuspendNotSupported:
                return False
        return True

    async def take_what_is_typed(self) -> None:
        """Wait until the keys that were pressed before have come where they belong, though not for long."""

    @asynccontextmanager
    async def at_rest(self) -> AsyncGenerator[None]:
        """Within the block nothing is under way that others would have to wait for."""
        yield

    def _fatal_error(self) -> None:
        """An error that nobody foresaw ends the program: one sentence, and nothing of what it was working on."""
        if self._exception is not None:
            self.panic(Text(report_crash(self._exception)))
