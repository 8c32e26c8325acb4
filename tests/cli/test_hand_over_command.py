"""`leadtui hand-over`, and what can still be asked of who has left."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from command_running import Run
from session_making import MovingClock, add_lead, hire, make_session

from leadtui.services.reminders import set_reminder

pytestmark = pytest.mark.usefixtures("noon")


def test_a_colleague_leaves_and_can_still_be_asked_for(run: Run, tmp_path: Path) -> None:
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    people = [add_lead(reza, f"Customer {number}", mine=True) for number in range(3)]
    set_reminder(reza, people[0].id, clock.now + timedelta(hours=1))
    for each in (reza, session):
        each.close()
    at = ("--store", tmp_path / "desk.db")
    assert run("hand-over", "reza", "--dry-run", "--json", *at).data["customers"] == 3
    refused = run("hand-over", "reza", *at)
    assert (refused.code, "--to" in refused.err) == (1, True)
    told = run("hand-over", "reza", "--to", "neda", "--json", *at).data
    assert (told["customers"], told["reminders"], told["changed"]) == (3, 1, 3)
    assert len(run("leads", "list", "--owner", "neda", "--json", *at).data) == 3
    assert run("leads", "list", "--owner", "reza", "--json", *at).data == []
    assert run("day", "--of", "reza", "--json", *at).data["person"]["email"] == "reza@example.com"
    assert run("undo", *at).code == 0
    assert len(run("leads", "list", "--owner", "reza", "--json", *at).data) == 3
