"""Drives the real program in tests: opens it on a real store at a size, and waits until nothing moves any more."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from typing import Any, cast

from textual import events, keys
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import WorkerCancelled

from leadtui.language import translate
from leadtui.services.session import Session
from leadtui.settings import AUTO, Settings, TerminalProfile
from leadtui.tui.action_runner import ACTIONS
from leadtui.tui.app import LeadtuiApp
from leadtui.tui.screens.desk import DeskScreen
from leadtui.tui.widgets.reminder_alert import ReminderAlert

WIDE = (140, 40)
NARROW = (80, 24)

PATIENCE = 60
"""Seconds after which what has not come is taken never to come."""


class PhotographedApp(App[Any]):
    """Draws pictures that load nothing from elsewhere: any monospaced font serves."""

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as SVG, without the fonts that it would fetch."""
        drawn = super().export_screenshot(title=title, simplify=simplify)
        return re.sub(r"@font-face\s*\{[^}]*\}\s*", "", drawn)


class DrivenApp(PhotographedApp, LeadtuiApp):
    """The program, with its bell counted."""

    rung = 0

    def _handle_exception(self, error: Exception) -> None:
        """Fail the test, also by what a person would go on after."""
        App[None]._handle_exception(self, error)

    def bell(self) -> None:
        """Count it."""
        self.rung += 1
        super().bell()


class Driver:
    """A person at the program: presses keys, and reads what stands on the screen once it has settled."""

    def __init__(self, app: DrivenApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> DeskScreen:
        """The desk, whatever lies over it."""
        return self.app.desk_screen

    @property
    def alert(self) -> ReminderAlert | None:
        """The reminder alert, where there is one on the screen on top."""
        return next(iter(self.app.screen.query(ReminderAlert)), None)

    async def press(self, *keys: str) -> None:
        """Press the keys one after the other, each when what the last one brought about is there."""
        for key in keys:
            await self.pilot.press(key)
            await self.settled()

    async def type(self, text: str) -> None:
        """Type the text as a terminal sends it, all at once, and wait for what it brings about."""
        self.send(*written(text))
        await self.settled()

    def send(self, *keys: events.Key | str) -> None:
        """Put keys into the queue one behind the other, as they come in over a slow line."""
        for key in keys:
            self.app.post_message(
                events.Key(key, key if len(key) == 1 else None) if isinstance(key, str) else key
            )

    async def click(self, widget: str | type[Widget], at: tuple[int, int]) -> None:
        """Click on a cell of the widget."""
        await self.pilot.click(widget, offset=at)
        await self.settled()

    async def click_words(self, words: str, *, line: int | None = None, times: int = 1) -> None:
        """Click where these words stand: on their first place on the screen, or on a line from the top or bottom."""
        lines = self.lines()
        for y, text in enumerate(lines):
            x = text.find(words)
            if x >= 0 and (line is None or y == line % len(lines)):
                await self.pilot.click(offset=(x, y), times=times)
                await self.settled()
                return
        raise AssertionError(f"“{words}” is not on the screen:\n{self.text()}")

    async def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        await self.pilot.resize_terminal(columns, lines)
        await self.settled()

    async def settled(self) -> None:
        """Wait until no reading and no writing is under way and all of it is on the screen."""
        await settled(self.pilot)

    async def until(self, condition: Callable[[], object], what: str = "what was waited for") -> None:
        """Wait for what the program's own timers bring about, and for what follows from it."""
        await self.reached(condition, what)
        await self.settled()

    async def reached(self, condition: Callable[[], object], what: str = "what was waited for") -> None:
        """Wait for something while other things are still under way."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await self.pilot.pause(0.005)
        except TimeoutError:
            raise AssertionError(f"{what} did not come:\n{self.text()}") from None

    def lines(self) -> list[str]:
        """The lines of the screen, with what shows through from the screens below, without blanks at their ends."""
        app = cast("Any", self.app)
        update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
        return ["".join(piece.text for strip in line for piece in strip).rstrip() for line in update.strips]

    def strips(self) -> list[Strip]:
        """The lines of the screen on top, with their styles."""
        return cast("Any", self.app.screen)._compositor.render_strips()

    def text(self) -> str:
        """All of the screen."""
        return "\n".join(self.lines())

    def shows(self, words: str) -> bool:
        """Whether a line of the screen has these words."""
        return any(words in line for line in self.lines())

    def shows_wrapped(self, words: str) -> bool:
        """Whether all of these words are shown, wherever lines of a sentence with a path in it happen to end."""
        return all(self.shows(word) for word in words.split())

    def told(self) -> list[str]:
        """The sentences of the notifications that are shown."""
        return [str(each.message) for each in cast("Any", self.app)._notifications]

    @property
    def open_name(self) -> str:
        """The name of the customer in the panel."""
        opened = self.screen.panel.opened
        return opened.lead.name if opened else ""

    @property
    def focused(self) -> str:
        """What has the keyboard: its id, else its kind."""
        widget = self.app.screen.focused
        return "" if widget is None else widget.id or type(widget).__name__


@asynccontextmanager
async def driven(
    session: Session,
    *,
    size: tuple[int, int] = WIDE,
    settings: Settings | None = None,
    problems: Iterable[str] = (),
) -> AsyncGenerator[Driver]:
    """Open the program on the desk, as `run_app` does, and let it settle; close it as one does."""
    app = make_app(session, settings, problems)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, pilot)
            await driver.settled()
            try:
                yield driver
            except AssertionError:
                # What a person would have seen of the failure; standard output may be somebody's who reads it.
                sys.stderr.write(driver.text() + "\n")
                raise
            await driver.settled()
    finally:
        app.writer.close()


def make_app(session: Session, settings: Settings | None = None, problems: Iterable[str] = ()) -> DrivenApp:
    """The program on the desk, in the session's language. Nothing blinks or glides, and lines stand as they are read."""
    translate.use(session.language)
    settings = settings or Settings()
    if settings.direction == AUTO:
        settings = replace(settings, direction=TerminalProfile.OFF)
    app = DrivenApp(session, settings, problems)
    app.animation_level = "none"
    return app


async def settled(pilot: Pilot[Any]) -> None:
    """Until no worker runs and no message waits, twice in a row: what the last one brought about begins others."""
    quiet = 0
    while quiet < 2:
        await pilot.pause()
        # An action that asks goes on until it is answered.
        waiting = [each for each in pilot.app.workers if not each.is_finished and each.group != ACTIONS]
        quiet = 0 if waiting or at_work(pilot.app) else quiet + 1
        for worker in waiting:
            with suppress(WorkerCancelled):
                await worker.wait()
        if at_work(pilot.app):
            await asyncio.sleep(0.001)


def at_work(app: App[Any]) -> bool:
    """Whether an action has the keys, or a thread still reads or writes.

    A thread whose worker was superseded goes on, and tells what it finds.
    """
    if (
        isinstance(app, LeadtuiApp)
        and app.is_running
        and (app.input_queue.is_held or not app.input_queue.is_empty)
    ):
        return True
    if isinstance(app, LeadtuiApp) and not app.writer.is_idle:
        return True
    pool = cast("Any", asyncio.get_running_loop())._default_executor
    return pool is not None and (
        pool._work_queue.qsize() > 0 or pool._idle_semaphore._value < len(pool._threads)
    )


async def stilled(pilot: Pilot[Any]) -> None:
    """Settled, and no cursor blinks any more."""
    await settled(pilot)
    for field in pilot.app.screen.query("Input, TextArea"):
        cast("Any", field).cursor_blink = False
    await settled(pilot)


def keys_of(text: str) -> list[str]:
    """The keys that type the text, for `Pilot.press`."""
    return [key_of(letter) for letter in text]


def written(text: str) -> list[events.Key]:
    """What the terminal sends for a text, all at once: of one time, as `AnswerParser` gives it."""
    sent = [events.Key(key_of(each), each) for each in text]
    for event in sent:
        event.time = sent[0].time
    return sent


def key_of(letter: str) -> str:
    """What Textual calls the key that types the letter."""
    return letter if letter.isalnum() else cast("Any", keys)._character_to_key(letter)


@contextmanager
def refusing_disk() -> Generator[None]:
    """No file may grow: for SQLite that is a disk that refuses to write."""
    import resource  # Windows has none, and the other tests need it not

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
