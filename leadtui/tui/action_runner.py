"""Runs actions: coroutines that read, ask the person and write, until what was wanted is done or given up; and its threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, suppress
from contextvars import copy_context
from functools import partial
from inspect import iscoroutinefunction
from typing import Any, ParamSpec, TypeAlias, TypeVar, cast

from textual.app import App
from textual.screen import Screen

from leadtui.errors import LeadtuiError, Unconfirmed
from leadtui.services.confirming import confirmed
from leadtui.tui.input_queue import InputQueue

Given = ParamSpec("Given")
Result = TypeVar("Result")
Answer = TypeVar("Answer")
Dialog = TypeVar("Dialog", bound=Screen[Any])

AskToConfirm: TypeAlias = Callable[[Unconfirmed, str], Screen[str | None]]
"""Given what is to be confirmed, and what was typed and did not do so, the dialog that asks for it."""

ACTIONS = "actions"
"""The group of the workers that run actions: one that asks goes on until the person answers."""


class Superseded(Exception):
    """Something else was asked for before it had been read."""


class NotPossible(LeadtuiError):
    """What was asked for cannot be done here and now, and nothing is wrong: the person is told why."""


class ActionRunner:
    """Each action has the keys until it asks the person something or ends: what is typed meanwhile waits for it.

    A refusal that an action does not take up itself ends it, and is told to the person here and nowhere else.
    """

    def __init__(self, app: App[Any], keys: InputQueue, writer: Writer, confirmation: AskToConfirm) -> None:
        """Actions run as workers of `app`; `confirmation` makes the dialog for what has to be confirmed."""
        self._confirmation = confirmation
        self._app = app
        self._keys = keys
        self._writer = writer
        self._reads = 0
        self.in_sight = asyncio.Event()
        """Set while the person sees what is shown; while the desk is covered nothing opens or closes over its cover."""
        self.in_sight.set()

    def run(
        self,
        action: Callable[Given, Coroutine[Any, Any, None] | None],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> None:
        """Run an action: a coroutine beside everything else, a plain function at once."""
        if iscoroutinefunction(action):
            # Held here and not in the worker, which may begin after the next key.
            held = ExitStack()
            held.enter_context(self._keys.held())

            async def follow() -> None:
                with held:
                    try:
                        await action(*args, **kwargs)
                    except Superseded:
                        pass
                    except LeadtuiError as error:
                        self.refuse(error)

            self._app.run_worker(follow, group=ACTIONS, description=action.__name__)
            return
        try:
            action(*args, **kwargs)
        except LeadtuiError as error:
            self.refuse(error)

    def refuse(self, error: LeadtuiError) -> None:
        """Tell why an action ends; keys that were typed for what it would have opened are dropped."""
        self._keys.drop()
        if isinstance(error, NotPossible):
            self._app.notify(str(error), severity="warning", markup=False)
        else:
            self._app.notify(str(error), severity="error", markup=False, timeout=8)

    # What an action is made of

    async def read(self, work: Callable[[], Result]) -> Result:
        """Read in a thread. Raises LeadtuiError; Superseded where another action has begun to read meanwhile."""
        self._reads += 1
        number = self._reads
        try:
            result = await asyncio.to_thread(work)
        except LeadtuiError:
            if number != self._reads:
                raise Superseded from None
            raise
        if number != self._reads:
            raise Superseded
        return result

    async def ask(self, screen: Screen[Answer]) -> Answer:
        """Open a screen and wait until it closes with its answer; the keys are its own while it is open."""
        await self._seen()
        _forget_information(self._app)
        answer = self._app.push_screen(screen, wait_for_dismiss=True)
        shown = asyncio.get_running_loop().create_future()
        screen.call_after_refresh(lambda: shown.done() or shown.set_result(None))
        await asyncio.wait((shown, answer), return_when=asyncio.FIRST_COMPLETED)
        with self._keys.freed():
            # Shielded: what the screen closes with has to find its future also when the action was cancelled.
            return await asyncio.shield(answer)

    @asynccontextmanager
    async def shown(self, screen: Dialog) -> AsyncGenerator[Dialog]:
        """Show a screen, which has the keys, while something is under way; it closes in the end."""
        await self._seen()
        self._app.push_screen(screen)
        with self._keys.freed():
            try:
                yield screen
            finally:
                await self.in_sight.wait()
                if screen.is_attached:
                    screen.dismiss(None)

    async def _seen(self) -> None:
        """Wait until the desk is not covered; the keys are those of its cover meanwhile."""
        if not self.in_sight.is_set():
            with self._keys.freed():
                await self.in_sight.wait()

    async def write(self, work: Callable[[], Result]) -> Result:
        """Write in its turn, whatever becomes of the action; what has to be confirmed is asked for.

        Raises LeadtuiError; keys that wait are dropped then.
        """
        try:
            return await self._writer.run(work)
        except Unconfirmed as wanted:
            self._keys.drop()
            return await self._write_confirmed(work, wanted)
        except LeadtuiError:
            self._keys.drop()
            raise

    async def _write_confirmed(self, work: Callable[[], Result], wanted: Unconfirmed) -> Result:
        """Ask until what is typed confirms it. Raises `wanted` where the person leaves."""
        typed: str | None = ""
        while True:
            typed = await self.ask(self._confirmation(wanted, typed))
            if typed is None:
                raise wanted
            try:
                return await self._writer.run(partial(confirmed, typed, work))
            except Unconfirmed:
                continue


def _forget_information(app: App[Any]) -> None:
    """Take away what was told of the step before, which would lie over the form of the next one; warnings stay."""
    told = cast("Any", app)._notifications
    for each in [each for each in told if each.severity == "information"]:
        cast("Any", app)._unnotify(each)


class ContextThreads(ThreadPoolExecutor):
    """A pool of threads; each piece of work sees the context variables as they were when it was submitted."""

    def submit(
        self, work: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Result]:
        """Run `work` in a thread, in a copy of the caller's context."""
        return super().submit(copy_context().run, work, *args, **kwargs)


class Writer:
    """Runs use cases that write. None is ever cancelled: `close` waits for the last."""

    def __init__(self) -> None:
        """The thread begins with the first write."""
        self._thread = ContextThreads(max_workers=1, thread_name_prefix="writer")
        self._writing: set[asyncio.Future[Any]] = set()

    def run(self, work: Callable[[], Result]) -> Awaitable[Result]:
        """Have `work` done in its turn, which is taken at once; the awaitable gives its result or raises its error.

        It is done even where nobody waits for it any more.
        """
        writing = asyncio.wrap_future(self._thread.submit(work))
        self._writing.add(writing)
        writing.add_done_callback(self._ended)
        return asyncio.shield(writing)

    def _ended(self, writing: asyncio.Future[Any]) -> None:
        self._writing.discard(writing)
        if not writing.cancelled():
            # Where the program has left meanwhile nobody waits for it: asyncio would tell the terminal of a refusal.
            writing.exception()

    @asynccontextmanager
    async def paused(self) -> AsyncGenerator[None]:
        """Nothing is being written within: what is asked for meanwhile waits."""
        begun, ended = threading.Event(), threading.Event()

        def wait() -> None:
            begun.set()
            ended.wait()

        waiting = self.run(wait)
        try:
            await asyncio.to_thread(begun.wait)
            yield
        finally:
            ended.set()
        await waiting

    @property
    def is_idle(self) -> bool:
        """Whether all that was to be written is written."""
        return not self._writing

    def write_last(self, work: Callable[[], object]) -> None:
        """Run `work` after everything else, when the program is closing; nobody is told what becomes of it."""

        def run() -> None:
            with suppress(LeadtuiError):
                work()

        self._thread.submit(run)

    def close(self) -> None:
        """Wait for what is still being written."""
        self._thread.shutdown(wait=True)
