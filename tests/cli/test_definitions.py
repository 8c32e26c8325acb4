"""A workspace defined from the command line alone: statuses, fields, channels, needs, colleagues, profiles, views."""

from __future__ import annotations

import pytest
from command_running import Run, StoreOfTest

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def ask(run: Run, place: StoreOfTest, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    return run


def test_a_status_is_added_asks_something_and_is_retired(ask: Run) -> None:
    added = ask("statuses", "add", "Sample sent", "--colour", "teal", "--reminder", "must", "--json").data
    assert (added["key"], added["colour"], added["reminder"]) == ("sample_sent", "teal", "must")
    field = ("Size", "--kind", "choice", "--option", "Small", "--option", "Large", "--required")
    (asked,) = ask("statuses", "add-field", "sample_sent", *field, "--json").data["fields"]
    assert (asked["kind"], asked["options"], asked["required"]) == ("choice", ["Small", "Large"], True)
    changed = ask("statuses", "change-field", "sample_sent", "size", "--optional", "--json").data["fields"][0]
    assert changed == {**asked, "required": False}
    retired = ask("statuses", "retire-field", "sample_sent", "size", "--json").data["fields"][0]
    assert retired["retired"]
    renamed = ask("statuses", "change", "Sample sent", "--title", "Sample out", "--json").data
    assert (renamed["key"], renamed["title"], renamed["colour"]) == ("sample_sent", "Sample out", "teal")


@pytest.mark.parametrize("noun", ["statuses", "fields", "channels", "needs"])
def test_what_is_defined_is_added_retired_brought_back_and_put_first(ask: Run, noun: str) -> None:
    assert ask(noun, "add", "Town fair").code == 0
    assert ask(noun, "retire", "town").code == 0
    assert "town_fair" not in [each["key"] for each in ask(noun, "list", "--json").data]
    assert "town_fair" in [each["key"] for each in ask(noun, "list", "--retired", "--json").data]
    assert ask(noun, "bring-back", "Town fair").code == 0
    assert ask(noun, "order", "town_fair", "--json").data[0]["key"] == "town_fair"
    assert ask(noun, "list").out.splitlines()[1].startswith("town_fair")


def test_a_field_and_a_channel_get_other_titles_and_keep_their_keys(ask: Run) -> None:
    ask("fields", "add", "Size")
    kind = ask("fields", "change", "size", "--title", "Firm's size", "--kind", "number", "--json").data
    assert (kind["key"], kind["title"], kind["kind"]) == ("size", "Firm's size", "number")
    named = ask("channels", "rename", "import", "From a file", "--json").data
    assert (named["key"], named["title"]) == ("import", "From a file")
    refused = ask("channels", "rename", "import", " ")
    assert refused.code == 2


def test_somebody_is_hired_promoted_and_leaves(ask: Run) -> None:
    hired = ask("colleagues", "add", "Sara Ahmadi", "Sara@Example.com", "--json").data
    assert (hired["email"], hired["profile"], hired["active"]) == ("sara@example.com", "agent", True)
    assert (
        ask("colleagues", "change", "sara", "--profile", "Supervisor", "--json").data["profile"]
        == "supervisor"
    )
    assert ask("colleagues", "retire", "sara@example.com").code == 0
    assert "sara@example.com" not in ask("colleagues", "list").out
    assert "sara@example.com" in ask("colleagues", "list", "--retired").out
    assert ask("colleagues", "bring-back", "sara", "--json").data["active"]
    refused = ask("colleagues", "add", "Nobody", "no address")
    assert (refused.code, refused.out) == (1, "")


def test_a_profile_allows_what_is_named_and_goes_when_nobody_has_it(ask: Run) -> None:
    made = ask("profiles", "add", "Reception", "--allow", "customers:add", "--json").data
    assert made["permissions"] == ["customers:add"]
    changed = ("--allow", "exports:run", "--forbid", "customers:add")
    assert ask("profiles", "change", "reception", *changed, "--json").data["permissions"] == ["exports:run"]
    assert ask("profiles", "remove", "Reception").code == 0
    assert ask("profiles", "remove", "Reception").code == 1
    assert ask("profiles", "add", "Odd", "--allow", "customers:fly").code == 2


def test_a_view_is_saved_changed_and_forgotten(ask: Run, place: StoreOfTest) -> None:
    made = ask("views", "add", "Mine", "--owner", "me", "--sort", "name", "--column", "name", "--json").data
    assert (made["sort"], made["columns"], list(made["filter"])) == ("name", ["name"], ["owner_ids"])
    assert [each["id"] for each in ask("leads", "list", "--view", "Mine", "--json").data] == [place.lead.id]
    assert ask("views", "change", "Mine", "--shared", "--title", "Ours", "--json").data["shared"]
    assert ask("views", "change", "Ours", "--owner", "nobody", "--json").data["filter"] == {
        "without_owner": True
    }
    assert "Ours" in ask("views", "list").out
    assert ask("views", "remove", "Ours").code == 0
    assert ask("views", "list", "--json").data == []


def test_a_used_field_becomes_a_year_once_what_is_none_is_put_right(ask: Run) -> None:
    ask("fields", "add", "Since")
    for name, number, since in (("Mina", "555-0191", "2011"), ("Omid", "555-0192", "long ago")):
        assert (
            ask("leads", "add", "--name", name, "--phone", f"212 {number}", "--field", f"since={since}").code
            == 0
        )
    refused = ask("fields", "change", "since", "--kind", "year")
    assert refused.code == 1
    assert [line.split()[1:] for line in refused.out.splitlines()[1:]] == [["Omid", "long", "ago"]]
    assert "1 customer has something in it that is nothing of this kind" in refused.err
    assert ask("leads", "edit", "212 555-0192", "--set", "since=1999").code == 0
    assert ask("fields", "change", "since", "--kind", "year", "--json").data["kind"] == "year"
