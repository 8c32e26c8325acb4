"""`leadtui proposals`: proposed, listed, approved, declined and merged."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run
from session_making import MovingClock, hire, make_session

pytestmark = pytest.mark.usefixtures("noon")


def test_proposals_from_first_to_last(run: Run, tmp_path: Path) -> None:
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    hire(session, "Sara Holm", "sara@example.com", clock).close()
    session.close()
    at = ("--store", tmp_path / "desk.db")
    sara = (*at, "--as", "sara@example.com")
    why = ("--why", "asked for every day")
    assert run("proposals", "add", "status", "Sample sent", *why, "--json", *sara).data["state"] == "open"
    asked = ("proposals", "add", "answer", "Team", "--status", "interested", *why)
    assert run(*asked, "--example", "Acme asked", *sara).code == 0
    for title in ("Training", "Courses"):
        assert run("proposals", "add", "need", title, *why, *sara).code == 0
    listed = run("proposals", "list", *at).out
    assert "Field of “Interested”" in listed
    assert "Sara Holm" in listed
    assert run("proposals", "merge", "4", "--into", "3", *at).code == 0
    assert [each["merged_into"] for each in run("proposals", "list", "--json", *at).data] == [
        None,
        None,
        None,
        3,
    ]
    approved = run("proposals", "approve", "1", "--title", "Sample was sent", "--json", *at).data
    statuses = {each["id"]: each["title"] for each in run("statuses", "list", "--json", *at).data}
    assert statuses[approved["definition_id"]] == "Sample was sent"
    choice = ("--kind", "choice", "--option", "small", "--option", "large")
    assert run("proposals", "approve", "2", *choice, *at).code == 0
    assert run("proposals", "decline", "3", "--reason", "the courses say it", *at).code == 0
    mine = run("proposals", "list", "--mine", "--json", *sara).data
    assert [each["state"] for each in mine] == ["declined", "declined", "approved", "approved"]
    assert len(run("proposals", "list", "--decided", "--json", *at).data) == 4
    assert "No proposal 3 waits" in run("proposals", "approve", "3", *at).err
    assert run("proposals", "list", "--json", *at).data == []
