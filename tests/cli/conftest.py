"""What the tests of the command line share: a way to run a command, and a desk to run it on."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import time_machine
from command_running import Run, Said, StoreOfTest
from session_making import NOON, MovingClock, add_lead, hire, make_session
from typer.testing import CliRunner

from leadtui.cli.main import app
from leadtui.cli.options import CommandOptions, OpenRequest
from leadtui.domain.lead import Lead
from leadtui.language import translate


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, as `leadtui` would and as Neda, and returns what it said."""
    monkeypatch.setenv("LEADTUI_AS", "neda@example.com")

    def leadtui(*arguments: object, open_screens: Callable[[OpenRequest], int] | None = None) -> Said:
        translate.use(translate.SOURCE_LANGUAGE)
        options = CommandOptions(open_screens or _no_screens)
        result = CliRunner().invoke(
            app, [str(each) for each in arguments], obj=options, catch_exceptions=False
        )
        return Said(result.exit_code, result.stdout, result.stderr)

    return leadtui


@pytest.fixture
def noon() -> Generator[None]:
    """The machine's clock stands still at the moment at which the tests' desks are made."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def place(tmp_path: Path, noon: None) -> StoreOfTest:
    """Neda's and Reza's desk, with the template "sales" and a customer in Neda's cartable."""
    del noon
    made, lead = _made()
    path = tmp_path / "desk.db"
    path.write_bytes(made)
    path.chmod(0o600)
    return StoreOfTest(path, lead)


@cache
def _made() -> tuple[bytes, Lead]:
    """What the store of `place` holds, and the customer: copying it takes a twentieth of the time of making it."""
    clock = MovingClock()
    with TemporaryDirectory() as folder:
        session = make_session(Path(folder), clock=clock)
        hire(session, "Reza Amini", "reza@example.com", clock).close()
        session.reload_definitions()
        lead = add_lead(
            session, "Mina Sadeghi", "+1 212 555 0101", mine=True, city="Boston", email="mina@example.com"
        )
        session.close()
        return (Path(folder) / "desk.db").read_bytes(), lead


def _no_screens(request: OpenRequest) -> int:
    raise AssertionError(f"no command may open the screens here: {request}")
