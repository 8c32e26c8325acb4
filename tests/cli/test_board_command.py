"""`leadtui board`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run
from session_making import MovingClock, add_lead, hire, make_session

from leadtui.services.leads import log_call

pytestmark = pytest.mark.usefixtures("noon")


def test_the_team_as_table_csv_and_json(run: Run, tmp_path: Path) -> None:
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    lead = add_lead(session, "Anna", "+1 212 555 0101", mine=True)
    add_lead(session, "Ben")
    log_call(session, lead.id, lead.phone, clock.now, 125)
    session.close()
    at = ("--store", tmp_path / "desk.db")
    board = run("board", "--json", *at).data
    assert [(each["person"]["name"], each["calls"], each["reached"]) for each in board["agents"]] == [
        ("Neda Karimi", 1, 1),
        ("Reza Amini", 0, 0),
    ]
    assert board["team"]["calls"] == 1
    assert [(each["what"], each["count"]) for each in board["needs_somebody"]] == [
        ("nobodys", 1),
        ("no-outcome", 1),
    ]
    lines = run("board", "--csv", *at).out.splitlines()
    assert lines[0].startswith("email,name,on_shift,calls,reached,worked,meetings,left_today")
    assert lines[1].startswith("neda@example.com,Neda Karimi,0,1,1,0,0")
    (by_channel,) = board["channels"]
    assert by_channel["channel"]["key"] == "web_form"
    assert (by_channel["came_in"], by_channel["reached"], by_channel["won"]) == (2, 1, 0)
    assert run("board", "--by", "channel", "--csv", *at).out.splitlines() == [
        "channel,title,came_in,reached,won",
        "web_form,Website form,2,1,0",
    ]
    assert "Website form" in run("board", "--by", "channel", *at).out
    shown = run("board", *at).out
    assert "New, in nobody's cartable" in shown
    assert run("board", "--from", "yesterday", "--to", "yesterday", "--json", *at).data["team"]["calls"] == 0
    assert run("board", "--from", "today", "--to", "yesterday", *at).code == 1
    assert run("board", "--as", "reza@example.com", *at).code == 1
