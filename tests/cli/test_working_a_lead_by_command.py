"""Giving, noting, noting a call and a reminder from the command line."""

from __future__ import annotations

import pytest
from command_running import Run, StoreOfTest

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def ask(run: Run, place: StoreOfTest, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    return run


def test_customers_are_given_by_name_or_by_what_they_have_in_common(ask: Run, place: StoreOfTest) -> None:
    for name in ("Anna", "Berta", "Clara"):
        ask("leads", "add", "--name", name, "--field", "city=Rome", "--nobodys")
    given = ask("leads", "assign", "reza@example.com", "--city", "Rome", "--note", "fair", "--json").data
    assert given == {"done": 3, "same": 0, "changed": 0, "gone": 0}
    assert ask("leads", "assign", "nobody", place.lead.id).err == "Gave 1 customer.\n"
    assert len(ask("leads", "list", "--owner", "reza", "--json").data) == 3
    assert ask("undo").code == 0
    assert ask("undo").code == 0
    assert ask("leads", "list", "--owner", "reza", "--json").data == []
    assert ask("leads", "assign", "me").code == 2
    assert ask("leads", "assign", "me", place.lead.id, "--city", "Rome").code == 2


def test_a_note_a_call_and_a_reminder_stand_in_the_timeline(ask: Run, place: StoreOfTest) -> None:
    ask("leads", "note", place.lead.id, "likes tea")
    ask("leads", "call", place.lead.id, "--seconds", "95")
    told = ask("reminders", "add", place.lead.id, "tomorrow 10", "--note", "offer", "--json")
    assert (told.data["note"], told.data["kind"]) == ("offer", "reminder")
    timeline = ask("leads", "show", place.lead.id, "--json").data["timeline"]
    kinds = {each["kind"]: each for each in timeline}
    assert kinds["note"]["text"] == "likes tea"
    assert kinds["call"]["seconds"] == 95
    assert "reminder_set" in kinds or "reminder-set" in kinds


def test_calls_are_forbidden_for_a_customer_whole(ask: Run, place: StoreOfTest) -> None:
    said = ask("do-not-call", "add", place.lead.id, "--customer", "--reason", "asked")
    assert said.code == 0
    assert ask("leads", "show", place.lead.id, "--json").data["do_not_call"]
    assert ask("leads", "call", place.lead.id).code == 1
