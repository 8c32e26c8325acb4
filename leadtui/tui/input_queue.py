"""What is typed, in its order: each key is given to what the one before it brought about, however fast they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeAlias

from textual import events
from textual.app import App, ScreenStackError
from textual.message_pump import MessagePump
from textual.widgets import Input, TextArea

from leadtui.language.text import safe_multiline

Typed: TypeAlias = events.Key | events.Paste

ROUNDS = 2
"""How often the way of a key is gone behind it: what it brings about may bring about something itself."""

LOST_AFTER = 1.0
"""Seconds after which a key that has not been followed to its end no longer keeps the next one waiting."""


class InputQueue:
    """Keys and pastes on their way to the widgets. The app hands all its events over to `take`.

    A slow line brings many keys at once, and Textual gives all of them to whatever has the keyboard just then. Here a
    key is followed by a callback on its way from the widget that has the keyboard up to the app, where bindings are run;
    the next key comes when that has been gone a few times. While the queue is `held`, keys wait as well: what they are
    meant for is still being read or saved.
    """

    def __init__(self, app: App[Any], give: Callable[[events.Event], Awaitable[None]]) -> None:
        """`give` is what the app does with an event by itself."""
        self._app = app
        self._give = give
        self._typed: deque[Typed] = deque()
        self._following = 0
        """The number of the key that is being followed; 0 where none is."""
        self._given = 0
        self._text_given = False
        """Whether a field may still be writing down what it was given last."""
        self._holds = 0
        self.leaving: frozenset[str] = frozenset()
        """Keys that come while the queue is held as well: they lead away from what is waited for."""

    async def take(self, event: events.Event) -> None:
        """Take an event of the app: keys and pastes come in their order; while held, only keys that leave come."""
        if not isinstance(event, Typed) or event.is_forwarded or (self.is_held and self._leaves(event)):
            await self._give(event)
            return
        if isinstance(event, events.Paste):
            # What comes from a clipboard may hold anything; Textual's own fields would draw it as it is.
            event.text = safe_multiline(event.text)
        self._typed.append(event)
        if self._following and len(self._typed) == 1:
            self._wait_for(self._following)
        await self._give_next()

    @contextmanager
    def held(self) -> Generator[None]:
        """What is typed within waits until the last who holds the queue has done."""
        self._hold()
        try:
            yield
        finally:
            self._free()

    @contextmanager
    def freed(self) -> Generator[None]:
        """Within `held`: for a while what is typed comes, as when the person is asked something."""
        self._free()
        try:
            yield
        finally:
            self._hold()

    @property
    def is_held(self) -> bool:
        """Whether what is typed waits for somebody."""
        return self._holds > 0

    def drop(self) -> None:
        """Forget what waits: what it was meant for does not come."""
        self._typed.clear()

    def _hold(self) -> None:
        self._holds += 1

    def _free(self) -> None:
        # After the messages that wait already: they make ready what the keys are meant for.
        self._app.call_later(self._let_go)

    async def _let_go(self) -> None:
        self._holds -= 1
        await self._give_next()

    async def _give_next(self) -> None:
        """Give the next key to what has the keyboard, unless the last one is still on its way."""
        if self._following or self.is_held:
            return
        # Letters for a field of text lead nowhere else: only what comes after the last of them has to wait for it.
        while self._typed and self._is_text(self._typed[0]):
            self._text_given = True
            await self._give(self._typed.popleft())
        if not self._typed:
            return
        way = self._way()
        if self._text_given:
            self._text_given = False
        else:
            await self._give(self._typed.popleft())
        self._given += 1
        self._following = self._given
        self._go(self._following, ROUNDS, way)
        if self._typed:
            self._wait_for(self._following)

    def _is_text(self, event: Typed) -> bool:
        """Whether it is only written down by the field that has the keyboard."""
        return isinstance(self._app.focused, Input | TextArea) and (
            isinstance(event, events.Paste) or event.is_printable
        )

    def _leaves(self, event: Typed) -> bool:
        return isinstance(event, events.Key) and event.key in self.leaving

    def _wait_for(self, key: int) -> None:
        """Wait until the key has done what it does, but not for ever."""
        self._app.set_timer(LOST_AFTER, partial(self._arrived, key))

    def _way(self) -> list[MessagePump]:
        """What a key passes, from what has the keyboard up to the app."""
        try:
            return list((self._app.focused or self._app.screen).ancestors_with_self)
        except ScreenStackError:
            return [self._app]

    def _go(self, key: int, rounds: int, way: list[MessagePump]) -> None:
        """Go on behind the key, past whatever is closing; at the end of the way begin another round."""
        while way:
            if way.pop(0).call_later(self._go, key, rounds, way):
                return
        if rounds > 1:
            self._go(key, rounds - 1, self._way())
        else:
            self._app.call_later(self._arrived, key)

    async def _arrived(self, key: int) -> None:
        """The key has done what it does; the next one may come."""
        if key == self._following:
            self._following = 0
            await self._give_next()
