"""`leadtui profiles`: one is copied under another title, and two are compared."""

from __future__ import annotations

import pytest
from command_running import Run, StoreOfTest

from leadtui.domain.permission import READY_PROFILES, Permission


@pytest.fixture(autouse=True)
def at_store(place: StoreOfTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    monkeypatch.setenv("LEADTUI_AS", "neda@example.com")


ADDS = {"agent": True, "senior_agent": False}
EXPORTS = {"agent": False, "senior_agent": True}


def test_a_copy_allows_the_same_and_is_compared(run: Run) -> None:
    made = run("profiles", "copy", "agent", "Senior agent", "--json").data
    assert (made["key"], made["title"]) == ("senior_agent", "Senior agent")
    assert set(made["permissions"]) == {each.value for each in READY_PROFILES["agent"]}
    same = run("profiles", "compare", "agent", "senior_agent")
    assert (same.code, "Both allow the same." in same.err) == (0, True)
    run("profiles", "change", "senior_agent", "--allow", "exports:run", "--forbid", "customers:add")
    told = run("profiles", "compare", "agent", "Senior agent", "--json").data
    assert told == [
        {"permission": "customers:add", "scopes": {"agent": "all", "senior_agent": "none"}, **ADDS},
        {"permission": "exports:run", "scopes": {"agent": "none", "senior_agent": "all"}, **EXPORTS},
    ]
    shown = run("profiles", "compare", "agent", "senior_agent").out
    assert "exports:run" in shown
    assert "customers:see" not in shown
    made = run(
        "profiles", "set", "senior_agent", "exports:run=team", "customers:see-numbers=none", "--json"
    ).data
    assert made["scopes"] == {"exports:run": "team", "customers:see-numbers": "none"}
    assert "exports:run" in run("profiles", "show", "senior_agent").out
    for wrong in ("exports:fly=own", "exports:run=some", "settings:fields=team", "exports:run"):
        assert run("profiles", "set", "senior_agent", wrong).code == 1


def test_nobody_copies_more_than_they_may(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("profiles", "change", "agent", "--allow", Permission.MANAGE_COLLEAGUES.value)
    monkeypatch.setenv("LEADTUI_AS", "reza@example.com")
    refused = run("profiles", "copy", "supervisor", "Another")
    assert (refused.code, "neither grant nor take away" in refused.err) == (1, True)
    assert run("profiles", "copy", "agent", "Another").code == 0
