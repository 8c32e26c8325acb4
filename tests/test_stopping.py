"""Being asked to end is never lost, wherever Python is just then."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

from leadtui.stopping import Stopped, raise_stopped, when_asked_to_end


def test_a_stop_while_python_clears_up_is_raised_a_moment_later(capsys: pytest.CaptureFixture[str]) -> None:
    """What is raised where a generator that nobody reads on is closed goes nowhere."""

    def numbers() -> Iterator[int]:
        try:
            yield 1
        finally:
            signal.raise_signal(signal.SIGINT)

    def end() -> None:
        begun = numbers()
        next(begun)
        del begun
        until = time.monotonic() + 5
        while time.monotonic() < until:
            time.sleep(0.001)

    with pytest.raises(Stopped), when_asked_to_end(raise_stopped):
        end()
    assert capsys.readouterr().err == ""
