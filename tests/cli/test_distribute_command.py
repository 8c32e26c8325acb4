"""`leadtui distribute`, and an import that shares its new customers out."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run
from session_making import MovingClock, add_lead, hire, make_session

pytestmark = pytest.mark.usefixtures("noon")


def test_tried_and_then_done(run: Run, tmp_path: Path) -> None:
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    for number in range(5):
        add_lead(session, f"Customer {number}", mine=number == 0)
    session.close()
    at = ("--store", tmp_path / "desk.db")
    tried = run("distribute", "evenly", "--try", "--json", *at).data
    assert [(each["person"]["name"], each["gets"], each["had"]) for each in tried["people"]] == [
        ("Neda Karimi", 3, 1),
        ("Reza Amini", 2, 0),
    ]
    assert (tried["shared_out"], tried["rule"]) == (0, "evenly")
    dry = run("distribute", "least-loaded", "--dry-run", *at)
    assert "Nothing is changed yet." in dry.err
    done = run("distribute", "least-loaded", "--cap", "2", "--json", *at)
    assert (done.data["shared_out"], done.data["left"]) == (3, 1)
    assert "1 is left: nobody takes it." in done.err
    assert len(run("leads", "list", "--owner", "reza", "--json", *at).data) == 2
    shown = run("leads", "show", "2", *at).out
    assert "by the rule: least loaded first" in shown
    sheet = tmp_path / "more.csv"
    sheet.write_text("Name,Phone\nAnna,+1 212 555 0190\nLea,+1 212 555 0191\n")
    refused = run("import", sheet, "--among", "reza", *at)
    assert (refused.code, "--distribute" in refused.err) == (1, True)
    assert run("import", sheet, "--distribute", "weighted", "--among", "reza=2", *at).code == 0
    assert len(run("leads", "list", "--owner", "reza", "--json", *at).data) == 4
