"""What a person has typed to confirm a step that is an owner's own; the step is refused until it is what the step names."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Result = TypeVar("Result")

_typed: ContextVar[str] = ContextVar("typed", default="")


@contextmanager
def confirming(typed: str) -> Generator[None]:
    """What is done within is confirmed by what was typed."""
    token = _typed.set(typed)
    try:
        yield
    finally:
        _typed.reset(token)


def confirmed(typed: str, step: Callable[[], Result]) -> Result:
    """Do the step, confirmed by what was typed."""
    with confirming(typed):
        return step()


def what_confirms() -> str:
    """What was typed to confirm what is being done; nothing where nobody was asked."""
    return _typed.get()
