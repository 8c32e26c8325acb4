"""`leadtui day`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run
from session_making import MovingClock, add_lead, hire, make_session, status_of

from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import log_call, open_lead

pytestmark = pytest.mark.usefixtures("noon")


def test_my_day_and_everybodys(run: Run, tmp_path: Path) -> None:
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    lead = add_lead(session, "Anna", "+1 212 555 0101", mine=True)
    log_call(session, lead.id, lead.phone, clock.now, 125)
    lead = open_lead(session, lead.id).lead
    set_status(session, SetStatus(lead.id, lead.version, status_of(session, "no_answer").id))
    session.close()
    at = ("--store", tmp_path / "desk.db")
    day = run("day", "--json", *at).data
    assert {name: day[name] for name in ("calls", "talked_seconds", "worked", "reached", "meetings")} == {
        "calls": 1,
        "talked_seconds": 125,
        "worked": 1,
        "reached": 1,
        "meetings": 0,
    }
    assert [(each["status"], each["count"]) for each in day["by_status"]] == [("no_answer", 1)]
    assert [(each["calls"], each["follow_ups"]) for each in day["by_hour"]] == [(1, 1)]
    assert day["left"]["overdue"] == 0
    assert "0:02:05" in run("day", *at).out
    assert run("day", "--date", "yesterday", "--json", *at).data["calls"] == 0
    everybody = run("day", "--of", "all", "--json", *at).data
    assert (everybody["person"], everybody["calls"]) == (None, 1)
    assert run("day", "--of", "reza", "--json", *at).data["person"]["email"] == "reza@example.com"
    refused = run("day", "--of", "all", "--as", "reza@example.com", *at)
    assert (refused.code, "reports:all-days" in refused.err) == (1, True)
    assert run("day", "--date", "some day", *at).code == 1
