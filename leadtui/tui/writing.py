"""Writes of one terminal: in a thread, one after the other, in the order in which they were asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from leadtui.errors import LeadtuiError
from leadtui.tui.context_threads import ContextThreads

Result = TypeVar("Result")


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
