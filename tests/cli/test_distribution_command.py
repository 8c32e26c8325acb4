"""`leadtui distribution`: a rule is kept, tried, switched on, used by name and removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run
from session_making import MovingClock, add_lead, hire, make_session

pytestmark = pytest.mark.usefixtures("noon")


def test_a_rule_from_first_to_last(run: Run, tmp_path: Path) -> None:
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    for number in range(6):
        add_lead(session, f"Customer {number}")
    session.close()
    at = ("--store", tmp_path / "desk.db")
    kept = run(
        "distribution", "add", "New ones", "--sharing", "weighted", "--among", "reza=2", "--json", *at
    ).data
    assert (kept["key"], kept["on"], kept["among"]) == ("new_ones", False, ["reza@example.com=2"])
    edited = run("distribution", "edit", "new", "--among", "reza=2", "--among", "neda", "--cap", "4", *at)
    assert "by weight · Reza Amini=2, Neda Karimi · at most 4 each" in edited.out
    refused = run("distribute", "--rule", "New ones", *at)
    assert (refused.code, "“New ones” is switched off" in refused.err) == (1, True)
    tried = run("distribution", "try", "New ones", "--json", *at).data
    assert (tried["rule"], [each["gets"] for each in tried["people"]]) == ("New ones", [4, 2])
    on = run("distribution", "edit", "New ones", "--on", *at)
    assert [line.split()[:3] for line in on.out.splitlines() if line.startswith("Reza")] == [
        ["Reza", "Amini", "4"]
    ]
    assert "new_ones" in on.out
    assert run("distribute", "--rule", "New ones", "--json", *at).data["shared_out"] == 6
    assert "by the rule: “New ones”" in run("leads", "show", "1", *at).out
    (listed,) = run("distribution", "list", "--json", *at).data
    assert listed["on"]
    for nothing in (
        ("distribute",),
        ("distribute", "evenly", "--rule", "New ones"),
        ("distribution", "edit", "New"),
    ):
        assert run(*nothing, *at).code == 1
    assert (
        run("distribution", "edit", "New", "--off", "--no-cap", "--everybody", "--json", *at).data["among"]
        == []
    )
    assert run("distribution", "remove", "New ones", *at).err == "“New ones” is removed.\n"
    assert run("distribution", "list", "--json", *at).data == []
