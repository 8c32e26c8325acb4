"""An error that nobody foresaw: the person is told, can copy it, and goes on; nobody's data is in what is said."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from desk_driving import NARROW, settled
from session_making import add_lead
from textual.worker import WorkerFailed

from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.settings import Settings
from leadtui.tui.app import LeadtuiApp
from leadtui.tui.dialogs.unforeseen_dialog import UnforeseenDialog


async def fail() -> None:
    name = "Mina Sadeghi"
    raise KeyError(name)


def told(app: LeadtuiApp) -> bool:
    return isinstance(app.screen, UnforeseenDialog)


def fail_in_a_thread() -> None:
    raise LookupError("+12125550101")


@pytest.mark.parametrize("size", [(140, 40), NARROW])
async def test_the_program_goes_on_and_what_happened_can_be_copied(
    session: Session, tmp_path: Path, size: tuple[int, int]
) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    app = LeadtuiApp(session, Settings())
    app.animation_level = "none"
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(pilot)
            app.actions.run(fail)
            await settled(pilot)
            assert told(app)
            (report,) = (tmp_path / "own" / "log").iterdir()
            await pilot.press("y")
            assert "(KeyError); what is saved stays saved" in app.clipboard
            assert str(report) in app.clipboard
            assert "test_unforeseen.py" in app.clipboard
            assert "fail" in app.clipboard
            for text in (app.clipboard, report.read_text()):
                assert "Mina" not in text
            await pilot.press("escape")
            # What is tried again and again is told once, and the desk works on.
            for time in range(3):
                with suppress(WorkerFailed):
                    await app.run_worker(fail_in_a_thread, thread=True).wait()
                await settled(pilot)
                assert told(app) == (time == 0)
                await pilot.press("escape")
            await pilot.press("m", *"kept", "ctrl+s")
            await settled(pilot)
            assert app.return_code is None
    finally:
        app.writer.close()
    assert "kept" in str(open_lead(session, mina.id))
