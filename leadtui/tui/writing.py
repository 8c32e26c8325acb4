"""The threads of one terminal: those that speak its language, and the one that writes in the order of asking."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any, ParamSpec, TypeVar

from leadtui.errors import LeadtuiError

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class ContextThreads(ThreadPoolExecutor):
    """A pool of threads; each piece of work sees the context variables as they were when it was submitted."""

    def submit(
        self, work: Callable[Arguments, Result], /, *args: Arguments.args, **kwargs: Arguments.kwargs
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
        writing.add_done_callback(self._writing.discard)
        return asyncio.shield(writing)

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
