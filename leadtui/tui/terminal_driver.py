"""What is written to the terminal passes here, so that its columns stand; what the terminal answers is taken from the keys."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO, Any, cast

from textual import _time, events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

from leadtui.presentation.drawn_text import Drawing
from leadtui.presentation.terminal_columns import for_terminal
from leadtui.presentation.terminal_kind import (
    ANSWERS,
    QUESTIONS,
    STOPS_TURNING,
    TURNS_AGAIN,
    UNFINISHED_ANSWER,
)
from leadtui.settings import TerminalProfile

_SAID_AGAIN = re.compile(r"\x1b\[([\d;]+)m[^\x1b]*(?:\x1b\[0m\x1b\[\1m[^\x1b]*)+")


def said_once(data: str) -> str:
    """Leave out where colours end and the same ones begin at once, as from cell to cell of a table: half of what is sent."""
    return _SAID_AGAIN.sub(_without_repetition, data)


def _without_repetition(found: re.Match[str]) -> str:
    return found[0].replace(f"\x1b[0m\x1b[{found[1]}m", "")


class TerminalAnswered(Message):
    """The terminal has answered one of the `QUESTIONS`."""

    def __init__(self, answer: re.Match[str]) -> None:
        super().__init__()
        self.answer = answer


class LosableStream:
    """A stream to a terminal that may vanish: what is written then goes nowhere, and nobody waits for it."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write, as far as there is a terminal."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Write what is not written yet."""
        with suppress(OSError):
            self._stream.flush()

    def fileno(self) -> int:
        """The terminal's number."""
        return self._stream.fileno()


class TerminalDriver(Driver):
    """Stands before a driver of Textual; `drawing` says what the terminal is given."""

    drawing: Drawing
    asks: bool
    """Whether the terminal is asked what it is."""
    _told: TerminalProfile | None = None
    """As what the terminal was told to leave lines as they are."""

    def write(self, data: str) -> None:
        """Write with everything in its column, and each colour said once."""
        super().write(said_once(for_terminal(data, self.drawing.profile)))  # pyright: ignore[reportAbstractUsage]  # a driver's own stands behind

    def start_application_mode(self) -> None:
        """Take the terminal, at the start and when the program goes on after it was stopped."""
        stream = getattr(self, "_file", None)  # which Textual's thread writes to
        if stream is not None and not isinstance(stream, LosableStream):
            self._file = LosableStream(stream)
        super().start_application_mode()
        self.set_up()
        if self.asks:
            self.ask()

    def ask(self) -> None:
        """Ask the terminal what it is; each answer comes as a `TerminalAnswered`."""
        self.write(QUESTIONS)
        self.flush()

    def set_up(self) -> None:
        """Tell a terminal that has to be told to leave lines as they are, and one that need not be to turn them again."""
        profile = self.drawing.profile
        if profile is not self._told:
            self._let_turn()
        if profile in STOPS_TURNING and self._told is None:
            self.write(STOPS_TURNING[profile])
            self._told = profile
        self.flush()

    def _let_turn(self) -> None:
        if self._told is not None:
            self.write(TURNS_AGAIN[self._told])
            self._told = None

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was: at the end, after a fault, and while the program is stopped."""
        self._let_turn()
        super().stop_application_mode()


def terminal_driver(driver: type[Driver], drawing: Drawing, *, asks: bool) -> type[Driver]:
    """Return `driver` with a `TerminalDriver` before it."""
    asks = asks and driver.__module__ == "textual.drivers.linux_driver" and os.isatty(0)
    return cast(
        "type[Driver]",
        type(
            driver.__name__,
            (TerminalDriver, driver),
            cast("dict[str, Any]", {"drawing": drawing, "asks": asks}),
        ),
    )


_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"

_UNFINISHED = re.compile(rf"{UNFINISHED_ANSWER.pattern}|\x1b\[20?0?\Z")


class AnswerParser(XTermParser):
    """Textual's parser of what comes from the terminal; what answers the `QUESTIONS` is no key, and nothing pasted is either.

    Textual takes a paste apart at every Escape in it, and gives what stands behind one as keys that were pressed.
    """

    _unfinished = ""
    _pasted: str | None = None
    """What has come in of a paste that has not ended."""

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what has come in."""
        if not data:  # the end
            yield from super().feed(data)
            return
        read_at = _time.get_time()
        for message in self._parsed(data):
            # What came at once has the same time, however long the parts take to be parsed.
            message.time = read_at
            yield message

    def _parsed(self, data: str) -> Iterator[Message]:
        while data:
            if self._pasted is None:
                typed, begins, data = (self._unfinished + data).partition(_PASTE_BEGINS)
                yield from self._typed(typed)
                if begins:
                    self._pasted = ""
            else:
                searched_from = max(0, len(self._pasted) - len(_PASTE_ENDS))
                self._pasted += data
                end = self._pasted.find(_PASTE_ENDS, searched_from)
                if end < 0:
                    return
                data = self._pasted[end + len(_PASTE_ENDS) :]
                yield events.Paste(self._pasted[:end].replace("\0", ""))
                self._pasted = None

    def _typed(self, data: str) -> Iterator[Message]:
        self._unfinished = ""
        if unfinished := _UNFINISHED.search(data):
            data, self._unfinished = data[: unfinished.start()], unfinished[0]
        for answer in ANSWERS.finditer(data):
            yield TerminalAnswered(answer)
        if rest := ANSWERS.sub("", data):
            yield from super().feed(rest)


if sys.platform != "win32":
    from textual.drivers import linux_driver

    # Textual's driver takes its parser from there by name, and has no other place to say which.
    linux_driver.XTermParser = AnswerParser  # pyright: ignore[reportPrivateImportUsage]
