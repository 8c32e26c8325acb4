"""An app that gives each key to what the one before it brought about, however fast they come."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from textual import events
from textual.app import App, ReturnType, ScreenStackError
from textual.widgets import Input, TextArea

from leadtui.tui.commands import WORK_WHILE_TYPING

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

Typed: TypeAlias = events.Key | events.Paste

ROUNDS = 2
"""How often the way of a key is gone behind it: what it brings about may bring about something itself."""

LOST_AFTER = 1.0
"""Seconds after which a key that has not been followed to its end no longer keeps the next one waiting."""


class KeyOrderApp(App[ReturnType]):
    """A slow line hands over many keys at once, and Textual gives all of them to whatever has the keyboard just then.

    Here a key is followed by a callback on its way from the widget that has the keyboard up to the app, where bindings are
    run; the next key comes when that has been gone a few times. What is still being read or saved holds keys back as well.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[Typed] = deque()
        self._following = 0
        """The number of the key that is being followed; 0 where none is."""
        self._given = 0
        self._text_given = False
        """Whether a field may still be writing down what it was given last."""
        self._holding = False
        self._holds = 0

    async def on_event(self, event: events.Event) -> None:
        """Take keys and what is pasted in their order; while they are held, those that leave are not."""
        if not isinstance(event, Typed) or event.is_forwarded or (self._holding and _leaves(event)):
            await super().on_event(event)
            return
        self._typed.append(event)
        if self._following and len(self._typed) == 1:
            self._wait_for(self._following)
        await self._give_next()

    def hold_keys(self) -> None:
        """Keys that are typed from now on wait: what they are meant for is still being read or saved."""
        self._holds += 1
        self._holding = True

    def free_keys(self) -> None:
        """What the keys are meant for is there: they come in their order."""
        self.call_later(self._free, self._holds)

    async def _free(self, holds: int) -> None:
        if holds == self._holds:  # else something else is being waited for meanwhile
            self._holding = False
            await self._give_next()

    def drop_keys(self) -> None:
        """What the keys were meant for does not come."""
        self._typed.clear()
        self._holding = False

    async def _give_next(self) -> None:
        """Give the next key to what has the keyboard, unless the last one is still on its way."""
        if self._following or self._holding:
            return
        # Letters for a field of text lead nowhere else: only what comes after the last of them has to wait for it.
        while self._typed and self._is_text(self._typed[0]):
            self._text_given = True
            await super().on_event(self._typed.popleft())
        if not self._typed:
            return
        way = self._way()
        if self._text_given:
            self._text_given = False
        else:
            await super().on_event(self._typed.popleft())
        self._given += 1
        self._following = self._given
        self._go(self._following, ROUNDS, way)
        if self._typed:
            self._wait_for(self._following)

    def _is_text(self, event: Typed) -> bool:
        """Whether it is only written down by the field that has the keyboard."""
        return isinstance(self.focused, Input | TextArea) and (
            isinstance(event, events.Paste) or event.is_printable
        )

    def _wait_for(self, key: int) -> None:
        """Wait until the key has done what it does, but not for ever."""
        self.set_timer(LOST_AFTER, partial(self._arrived, key))

    def _way(self) -> list[MessagePump]:
        """What a key passes, from what has the keyboard up to the app."""
        try:
            return list((self.focused or self.screen).ancestors_with_self)
        except ScreenStackError:
            return [self]

    def _go(self, key: int, rounds: int, way: list[MessagePump]) -> None:
        """Go on behind the key, past whatever is closing; at the end of the way begin another round."""
        while way:
            if way.pop(0).call_later(self._go, key, rounds, way):
                return
        if rounds > 1:
            self._go(key, rounds - 1, self._way())
        else:
            self.call_later(self._arrived, key)

    async def _arrived(self, key: int) -> None:
        """The key has done what it does; the next one may come."""
        if key == self._following:
            self._following = 0
            await self._give_next()


def _leaves(event: Typed) -> bool:
    return isinstance(event, events.Key) and event.key in WORK_WHILE_TYPING
