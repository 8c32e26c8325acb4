"""Writes of one terminal: in a thread, one after the other, in the order in which they were asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from textual.app import App

from leadtui.errors import LeadtuiError
from leadtui.tui.context_threads import ContextThreads

Result = TypeVar("Result")


class Writer:
    """Runs use cases that write. None is ever cancelled: `close` waits for the last."""

    def __init__(self, app: App[Any]) -> None:
        """`app` runs what follows a write."""
        self._app = app
        self._thread = ContextThreads(max_workers=1, thread_name_prefix="writer")

    def write(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        refused: Callable[[LeadtuiError], None] | None = None,
    ) -> None:
        """Run `work` in the writing thread, then `done` or `refused` on the screen's.

        Without `refused` the sentence is shown as a notification.
        """
        # It is submitted here and not in the worker, so that two writes keep their order.
        future = self._thread.submit(work)

        async def follow() -> None:
            try:
                result = await asyncio.shield(asyncio.wrap_future(future))
            except LeadtuiError as error:
                if refused is not None:
                    refused(error)
                else:
                    self._app.notify(str(error), severity="error", markup=False, timeout=8)
            else:
                if done is not None:
                    done(result)

        self._app.run_worker(follow(), group="writes", description="write", exit_on_error=True)

    def write_last(self, work: Callable[[], object]) -> None:
        """Run `work` after everything else, when the program is closing; nobody is told what becomes of it."""

        def run() -> None:
            with suppress(LeadtuiError):
                work()

        self._thread.submit(run)

    def close(self) -> None:
        """Wait for what is still being written."""
        self._thread.shutdown(wait=True)
