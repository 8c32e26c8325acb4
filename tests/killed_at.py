"""Ends a process of its own in the middle of its work, as a power cut would: at a chosen statement, by SIGKILL."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


def killed_at(statement: int, work: Callable[[], object]) -> bool:
    """Do `work` in a child that is killed before it runs its n-th statement; whether it came to that.

    For a process without threads: the test runs it as a program.
    """
    child = os.fork()
    if child == 0:
        _kill_before(statement)
        try:
            work()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def statements_of(work: Callable[[], object]) -> int:
    """How many statements the work runs."""
    count = 0

    def add(*_arguments: Any) -> None:
        nonlocal count
        count += 1

    event.listen(Engine, "before_cursor_execute", add)
    event.listen(Engine, "commit", add)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", add)
        event.remove(Engine, "commit", add)
    return count


def _kill_before(statement: int) -> None:
    left = statement

    def tick(*_arguments: Any) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", tick)
    event.listen(Engine, "commit", tick)
