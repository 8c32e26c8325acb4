"""`--see-as`: a command answers as somebody of another profile is answered, and changes nothing, whichever it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run, StoreOfTest

from leadtui.cli.options import CommandOptions, OpenRequest
from leadtui.domain.permission import Permission
from leadtui.errors import Refused


@pytest.fixture(autouse=True)
def at_store(place: StoreOfTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    monkeypatch.setenv("LEADTUI_AS", "neda@example.com")


def test_what_the_profile_lacks_is_neither_shown_nor_found(
    run: Run, place: StoreOfTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("profiles", "add", "Reception", "--allow", Permission.SEE_CUSTOMERS.value)
    refused = run("--see-as", "reception", "audit")
    assert (refused.code, Permission.SEE_AUDIT.value in refused.err) == (1, True)
    assert run("audit").code == 0
    monkeypatch.setenv("LEADTUI_AS", "reza@example.com")  # in whose cartable the customer is not
    found = ("leads", "list", "--find", "5550101", "--json")
    (own,) = run(*found).data
    assert own["id"] == place.lead.id
    assert run("--see-as", "reception", *found).data == []
    shown = run("--see-as", "reception", "leads", "list")
    assert (shown.code, "As “Reception”: nothing is changed." in shown.err) == (0, True)
    assert place.lead.name in shown.out
    assert "555-0101" not in shown.out


def test_nothing_is_changed(run: Run, place: StoreOfTest, tmp_path: Path) -> None:
    before = run("leads", "show", place.lead.id).out
    for command in (
        ("leads", "edit", place.lead.id, "--set", "city=Rome"),
        ("profiles", "add", "Another"),
        ("leads", "export", tmp_path / "out.csv"),
    ):
        refused = run("--see-as", "owner", *command)
        assert (refused.code, "nothing is changed" in refused.err) == (1, True), command
    assert run("leads", "show", place.lead.id).out == before
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("sign-out",),
        ("demo",),
        ("accept", "--code", "AAAA"),
        ("secure",),
        ("restore", "none.backup"),
        ("init", "Northwind"),
    ],
)
def test_what_goes_by_no_profile_is_refused(run: Run, command: tuple[str, ...]) -> None:
    refused = run("--see-as", "agent", *command)
    assert refused.code == 1
    assert "goes by no profile" in refused.err


def test_nobody_sees_more_than_they_may(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADTUI_AS", "reza@example.com")
    assert run("--see-as", "owner", "audit").code == run("audit").code == 1


def test_a_colleague_is_named_by_their_address(run: Run, place: StoreOfTest) -> None:
    shown = run("--see-as", "reza@example.com", "leads", "show", place.lead.id)
    assert (shown.code, "As “Reza Amini”: nothing is changed." in shown.err) == (0, True)
    refused = run("--see-as", "reza@example.com", "leads", "edit", place.lead.id, "--set", "city=Rome")
    assert (refused.code, "nothing is changed" in refused.err) == (1, True)
    assert run("--see-as", "nobody@example.com", "leads", "list").code == 1


def test_an_unknown_profile_is_named_with_those_there_are(run: Run) -> None:
    refused = run("--see-as", "janitor", "leads", "list")
    assert (refused.code, refused.out) == (1, "")
    assert "There is no profile “janitor”" in refused.err


def test_whatever_asks_for_the_store_itself_is_refused() -> None:
    options = CommandOptions(lambda _request: 0, "desk.db", see_as="agent")
    with pytest.raises(Refused):
        _ = options.where
    assert options.stored_at == "desk.db"


def test_the_desk_opens_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[OpenRequest] = []

    def open_screens(request: OpenRequest) -> int:
        requests.append(request)
        return 0

    monkeypatch.setattr("leadtui.cli.main.on_a_terminal", lambda: True)
    assert run("--see-as", "agent", open_screens=open_screens).code == 0
    assert [each.see_as for each in requests] == ["agent"]
