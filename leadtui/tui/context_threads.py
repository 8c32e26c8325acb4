"""Threads that run in the context of whoever gives them work, so that they speak the program's language."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class ContextThreads(ThreadPoolExecutor):
    """A pool of threads; each piece of work sees the context variables as they were when it was submitted."""

    def submit(
        self, work: Callable[Arguments, Result], /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Future[Result]:
        """Run `work` in a thread, in a copy of the caller's context."""
        return super().submit(copy_context().run, work, *args, **kwargs)
