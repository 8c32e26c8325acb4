"""Being asked to end is never lost, wherever Python is just then."""

from __future__ import annotations

import inspect
import signal
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from leadtui.cli.main import Commands, main, run
from leadtui.cli.options import stop_told
from leadtui.cli.output import output_delivered
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


@pytest.mark.parametrize(
    "where",
    [Commands.make_context, Commands.invoke, output_delivered, stop_told, main],
    ids=lambda each: each.__name__,
)
def test_a_stop_is_told_before_the_command_and_within_it(
    where: Callable[..., object], capsys: pytest.CaptureFixture[str]
) -> None:
    """Also while options are still read, where Typer would end without a word."""
    code = inspect.unwrap(where).__code__

    def ask(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code is code:
            sys.setprofile(None)
            signal.raise_signal(signal.SIGTERM)

    sys.setprofile(ask)
    try:
        with pytest.raises(SystemExit) as ended:
            run(lambda _request: 0, ["--language", "en", "--version"])
    finally:
        sys.setprofile(None)
    assert (ended.value.code, capsys.readouterr().err) == (128 + signal.SIGTERM, "Stopped.\n")
