"""A status for many customers, erasing several, and one's own preferences, from the command line."""

from __future__ import annotations

import pytest
from command_running import Run, StoreOfTest

from leadtui import paths

pytestmark = pytest.mark.usefixtures("noon")

ROME = ("Anna", "Berta", "Clara", "Dora")


@pytest.fixture
def ask(run: Run, place: StoreOfTest, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    for name in ROME:
        assert run("leads", "add", "--name", name, "--field", "city=Rome", "--nobodys").code == 0
    return run


def test_a_status_is_asked_once_for_many_and_their_reminders_are_spread(ask: Run) -> None:
    span = ("--remind-between", "2024-09-30 8:00", "2024-10-01 20:00")
    meant = ("leads", "status", "call_back", "--city", "Rome", "--sort", "name", *span)
    tried = ask(*meant, "--dry-run")
    assert (tried.code, tried.out) == (0, "")
    assert (
        tried.err.splitlines()[1:]
        == [
            "4 reminders are set, from Monday 08:00 to Tuesday 14:00.",
            "4 customers would get it.",
        ]
        or "4 reminders are set, from Monday 08:00 to Tuesday 14:00." in tried.err
    ), tried.err
    assert ask("leads", "list", "--status", "call_back", "--json").data == []

    done = ask(*meant, "--promised", "--note", "from the fair", "--json").data
    assert (done["customers"], done["done"], done["changed"], done["banned"]) == (4, 4, 0, 0)
    assert (done["first_reminder"], done["last_reminder"]) == ("2024-09-30T12:00:00Z", "2024-10-01T18:00:00Z")
    due = {each["name"]: (each["due"], each["kind"]) for each in ask("reminders", "--json").data}
    assert [due[name] for name in ROME] == [
        ("2024-09-30T12:00:00Z", "callback"),
        ("2024-09-30T18:00:00Z", "callback"),
        ("2024-10-01T12:00:00Z", "callback"),
        ("2024-10-01T18:00:00Z", "callback"),
    ]
    assert ask("undo").code == 0
    assert {each["group"] for each in ask("reminders", "--json").data} == {"done"}
    assert ask("leads", "list", "--status", "call_back", "--json").data == []


def test_what_is_wrong_with_a_status_for_many_is_said_at_once(ask: Run, place: StoreOfTest) -> None:
    wrong = ask(
        "leads", "status", "demo", place.lead.id, "--answer", "size=2", "--remind-between", "soon", "+1d"
    )
    assert wrong.code == 1
    assert "has no field “size”" in wrong.err
    assert len(wrong.err.splitlines()) == 2, "the moment is none either"
    assert "needed" in ask("leads", "status", "demo", place.lead.id).err
    back = ("leads", "status", "call_back", place.lead.id)
    assert "ends before it begins" in ask(*back, "--remind-between", "+2d", "+1d").err
    assert "has passed" in ask(*back, "--remind-between", "2024-09-01 9:00", "2024-09-02 9:00").err
    assert "give one of them" in ask(*back, "--remind", "+1d", "--remind-between", "+1d", "+2d").err
    assert ask("leads", "status", "call_back").code == 2
    assert ask("leads", "show", place.lead.id, "--json").data["version"] == place.lead.version


def test_several_are_erased_once_their_number_is_said(ask: Run, place: StoreOfTest) -> None:
    romans = ("leads", "erase", "--city", "Rome", "--reason", "no consent")
    assert ask(*romans).err == "Type “ERASE 4” to confirm; nothing was erased.\n"
    assert ask(*romans, "--yes", 3).err == "4 customers are meant, not 3; nothing was erased.\n"
    assert ask("leads", "erase", "--city", "Nowhere", "--reason", "x", "--yes", 1).code == 1
    assert len(ask("leads", "list", "--json").data) == 5
    assert ask(*romans, "--yes", 4).err.startswith("4 customers were erased.")
    assert ask("leads", "erase", place.lead.id, "--reason", "asked", "--yes", 1).code == 0
    assert ask("leads", "list", "--json").data == []
    assert [each["reason"] for each in ask("leads", "erasures", "--json").data] == [
        "asked",
        *["no consent"] * 4,
    ]


def test_everybody_sets_their_own_by_command(ask: Run) -> None:
    changed = ask(
        *("me", "--name", "Neda K.", "--speaks", "fa", "--digits", "latin", "--calendar", "Jalali", "--json"),
        *(
            "--theme",
            "leadtui-day",
            "--no-bell",
            "--dial",
            "ring {number}",
            "--key",
            "note=ctrl+n",
            "--key",
            "undo=U",
        ),
    ).data
    assert (changed["name"], changed["language"], changed["calendar"]) == ("Neda K.", "fa", "jalali")
    assert changed["keymap"] == {"note": "ctrl+n", "undo": "U"}
    now = ask("me", "--key", "undo=", "--digits", "usual", "--speaks", "usual", "--json").data
    assert (now["language"], now["digits"], now["keymap"]) == (None, None, {"note": "ctrl+n"})
    assert (now["theme"], now["bell"], now["dial"]) == ("leadtui-day", False, "ring {number}")
    wrong = ask("me", "--density", "tiny", "--digits", "roman", "--key", "x")
    assert (wrong.code, len(wrong.err.splitlines())) == (1, 3)
    assert ask("colleagues", "list", "--json").data[0]["name"] == "Neda K."

    paths.settings_file().write_text("theme = 3\n")
    refused = ask("me", "--theme", "leadtui-day")
    assert (refused.code, paths.settings_file().read_text()) == (1, "theme = 3\n")
    assert "wrong kind" in refused.err
