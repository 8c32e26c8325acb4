"""What is typed, in its order: each key is given to what the one before it brought about, however fast they come."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeAlias

from textual import events
from textual.app import App, ScreenStackError
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Input, TextArea

from leadtui.language.keyboard_layouts import KeyboardLayout
from leadtui.language.text import safe_multiline
from leadtui.tui.keyboard import Keyboard, key_name
from leadtui.tui.mirroring import key_as_meant

Typed: TypeAlias = events.Key | events.Paste

ROUNDS = 2
"""How often the way of a key is gone behind it: what it brings about may bring about something itself."""

LOST_AFTER = 1.0
"""Seconds after which a key that has not been followed to its end no longer keeps the next one waiting."""

EMPTIED_AFTER = 3.0
"""Seconds for which a program that is asked to end waits at most for what was typed before."""

AT_ONCE = 0.02
"""Seconds within which characters come that one key writes, such as لا; nobody types two keys in them."""


class FindsByLetters:
    """Stands before a widget that is no field of text, and yet takes letters for what they are."""

    @property
    def takes_letters(self) -> bool:
        """Whether it does so just now."""
        return True


def takes_letters(widget: Widget | None) -> bool:
    """Whether a widget takes letters for what they are, so that none of them is a command while it has the keyboard."""
    return isinstance(widget, Input | TextArea) or (
        isinstance(widget, FindsByLetters) and widget.takes_letters
    )


def _nothing(*_about: object) -> None:
    """What is done where nobody asks."""


class InputQueue:
    """Keys and pastes on their way to the widgets. The app hands all its events over to `take`.

    A slow line brings many keys at once, and Textual gives all of them to whatever has the keyboard just then. Here a
    key is followed by a callback on its way from the widget that has the keyboard up to the app, where bindings are run;
    the next key comes when that has been gone a few times. While the queue is `held`, keys wait as well: what they are
    meant for is still being read or saved.

    A key that writes a letter of another keyboard is given as the Latin one in its place, its character as it was: so no
    command, list or dialog knows of keyboards. Fields get what is written.
    """

    def __init__(
        self,
        app: App[Any],
        give: Callable[[events.Event], Awaitable[None]],
        keyboard: Keyboard,
        *,
        learned: Callable[[], None] = _nothing,
        ask: Callable[[events.Key, Sequence[KeyboardLayout]], None] = _nothing,
    ) -> None:
        """`give` is what the app does with an event by itself.

        `learned` is called when more is known of the keyboard, and `ask` where a key can be several: it asks which of
        those keyboards it is.
        """
        self._app = app
        self._give = give
        self._keyboard = keyboard
        self._learned = learned
        self._ask = ask
        self._typed: deque[Typed] = deque()
        self._following = 0
        """The number of the key that is being followed; 0 where none is."""
        self._given = 0
        self._text_given = False
        """Whether a field may still be writing down what it was given last."""
        self._waited_behind: Typed | None = None
        """The key behind which more characters of the same one were waited for long enough."""
        self._holds = 0
        self.leaving: frozenset[str] = frozenset()
        """Keys that come while the queue is held as well: they lead away from what is waited for."""

    async def take(self, event: events.Event) -> None:
        """Take an event of the app: keys and pastes come in their order; while held, only keys that leave come."""
        if not isinstance(event, Typed) or event.is_forwarded or (self.is_held and self._leaves(event)):
            await self._hand_over(event)
            return
        if isinstance(event, events.Paste):
            # What comes from a clipboard may hold anything; Textual's own fields would draw it as it is.
            event.text = safe_multiline(event.text)
        self._typed.append(event)
        await self._go_on()

    async def take_again(self, event: events.Key) -> None:
        """Take a key before all that waits, now that one knows which it is."""
        self._typed.appendleft(event)
        await self._go_on()

    async def _go_on(self) -> None:
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

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._typed

    async def emptied(self) -> None:
        """Wait until all that was typed is given and has arrived, but not for ever: what it is meant for may not come."""
        with suppress(TimeoutError):
            async with asyncio.timeout(EMPTIED_AFTER):
                await asyncio.sleep(AT_ONCE)  # A thread reads the terminal, and hands over what it has read.
                passed = asyncio.Event()
                while self._app.call_later(passed.set) and await passed.wait():
                    passed.clear()
                    if self._text_given and not self._following:
                        self._follow(self._way())
                    elif not (self._typed or self._following):
                        return
                    await asyncio.sleep(AT_ONCE)

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
            await self._give(self._written(self._typed.popleft()))
        if not self._typed:
            return
        way = self._way()
        if not self._text_given:
            event = self._next_key()
            if event is None:
                return
            await self._hand_over(event)
        self._follow(way)
        if self._typed:
            self._wait_for(self._following)

    def _follow(self, way: list[MessagePump]) -> None:
        """Follow what was given last on its way."""
        self._text_given = False
        self._given += 1
        self._following = self._given
        self._go(self._following, ROUNDS, way)

    async def _hand_over(self, event: events.Event) -> None:
        """Give an event; an arrow as the interface runs."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            event = key_as_meant(event, self._way()[0])
        await self._give(event)

    def _is_text(self, event: Typed) -> bool:
        """Whether it is only written down by the field that has the keyboard."""
        return isinstance(self._app.focused, Input | TextArea) and (
            isinstance(event, events.Paste) or event.is_printable
        )

    def _written(self, event: Typed) -> Typed:
        """What is written down, with the place of its key where there is no doubt about it."""
        if isinstance(event, events.Paste) or event.character is None:
            return event
        if self._keyboard.learn(event.character, in_field=True):
            self._learned()
        places = self._keyboard.readings(event.character)
        return _in_place(event, places[0]) if len(places) == 1 else event

    def _next_key(self) -> Typed | None:
        """Take out what is given next; None where more may belong to it, or the person is asked which key it is."""
        event = self._typed[0]
        if isinstance(event, events.Paste) or event.character is None:
            event = self._typed.popleft()
            return _with_modifiers_in_place(event, self._keyboard) if isinstance(event, events.Key) else event
        if takes_letters(self._app.focused):
            return self._written(self._typed.popleft())
        text = self._at_once()
        if text is None:
            return None
        for _character in text:
            self._typed.popleft()
        key = events.Key(event.key, text)
        if self._keyboard.learn(text, in_field=False):
            self._learned()
        places = self._keyboard.readings(text)
        if len(places) > 1:
            self._ask(key, self._keyboard.having(text))
            return None
        return _in_place(key, places[0])

    def _at_once(self) -> str | None:
        """The characters that the key which is next has written; None where some of them may still come."""
        typed = ""
        last = self._typed[0]
        for each in self._typed:
            if not isinstance(each, events.Key) or not each.character or each.time - last.time > AT_ONCE:
                break
            typed += each.character
            last = each
        written = [text for text in self._keyboard.texts if typed.startswith(text)]
        if written:
            return max(written, key=len)
        # Not by the clock: the next one may have come and lie among the app's messages for as long as it is busy.
        if self._waited_behind is not last and any(text.startswith(typed) for text in self._keyboard.texts):
            self._app.set_timer(AT_ONCE, partial(self._no_more_comes, last))
            return None
        return typed[0]

    async def _no_more_comes(self, behind: Typed) -> None:
        """Enough was waited for more characters of a key."""
        self._waited_behind = behind
        await self._give_next()

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


def _in_place(event: events.Key, place: str) -> events.Key:
    """The key as the Latin one in its place, with what it writes."""
    if place == event.character:
        return event
    return events.Key(key_name(place), event.character)


def _with_modifiers_in_place(event: events.Key, keyboard: Keyboard) -> events.Key:
    """Ctrl and a letter as Ctrl and the Latin one in its place, where the terminal tells of it and there is no doubt."""
    modifiers, _plus, letter = event.key.rpartition("+")
    if not modifiers or len(letter) != 1 or letter.isascii():
        return event
    places = keyboard.readings(letter)
    return events.Key(f"{modifiers}+{key_name(places[0])}", None) if len(places) == 1 else event
