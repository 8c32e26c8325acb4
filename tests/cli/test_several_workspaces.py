"""On a store of several workspaces every command knows where the person works, or says what it cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run, StoreOfTest
from session_making import IN_BOTH, IN_THE_FIRST, IN_THE_SECOND, make_two_workspaces
from test_refusals import NEEDED

from leadtui.services.templates import load_template

OF_THE_STORE = frozenset({"backup", "restore", "doctor", "workspaces add"})
"""What concerns no single workspace."""

OF_ONE_NAMED = frozenset({"workspaces rename", "workspaces close", "workspaces reopen"})
"""What names its workspace anyway."""


@pytest.fixture
def path(tmp_path: Path, noon: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store, in a folder with every file that a command of the table names."""
    del noon
    path = make_two_workspaces(tmp_path)
    (tmp_path / "FILE").write_text("phone\n+12125550109\n")
    (tmp_path / "COPY").write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEADTUI_STORE", str(path))
    return path


@pytest.mark.parametrize(
    "name", [*(each for each in NEEDED if each not in OF_THE_STORE | OF_ONE_NAMED), "statuses list"]
)
def test_who_works_in_several_is_told_how_to_name_one(run: Run, path: Path, name: str) -> None:
    before = {each: each.stat().st_size for each in path.parent.iterdir()}
    arguments = [str(path) if each == "STORE" else each for each in NEEDED.get(name, ((), ()))[0]]
    said = run(*name.split(), *arguments, "--as", IN_BOTH)
    titles = ", ".join(load_template(each).workspace.title for each in ("blank", "sales"))
    assert (said.code, said.out) == (1, "")
    assert f"Several workspaces of this store can be meant: {titles}." in said.err
    assert "--workspace" in said.err
    assert {each: each.stat().st_size for each in path.parent.iterdir() if each in before} == before
    assert {each.name for each in path.parent.iterdir() if each not in before} <= {
        "desk.db-wal",
        "desk.db-shm",
    }


def test_who_works_in_one_of_them_works_there(run: Run, path: Path) -> None:
    assert run("leads", "add", "--name", "Anna Rossi", "--as", IN_THE_FIRST).code == 0
    for email, count in ((IN_THE_FIRST, 1), (IN_THE_SECOND, 0)):
        assert len(run("leads", "list", "--json", "--as", email).data) == count


def test_what_concerns_the_whole_store_is_done_by_who_may_it_in_every_workspace(run: Run, path: Path) -> None:
    assert run("leads", "add", "--name", "Anna Rossi", "--as", IN_THE_FIRST).code == 0
    for email in (IN_THE_FIRST, IN_THE_SECOND):
        for command in (
            ("backup", "kept.db"),
            ("restore", "COPY", "--store", path),
            ("doctor", "--repair"),
            ("workspaces", "add", "Another"),
        ):
            refused = run(*command, "--as", email)
            assert refused.code == 1, command
            assert "every workspace of this store" in refused.err
    assert run("backup", "kept.db", "--as", IN_BOTH).code == 0
    restored = run("restore", "kept.db", "--store", path, "--as", IN_BOTH)
    assert (restored.code, "1 customer" in restored.out) == (0, True), restored.err
    assert run("doctor", "--repair", "--as", IN_BOTH).code == 0


def test_one_workspace_is_named_by_title_or_id_or_in_the_environment(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del path
    sales, blank = (load_template(each).workspace.title for each in ("sales", "blank"))
    assert (
        run("leads", "add", "--name", "Anna Rossi", "--as", IN_BOTH, "--workspace", sales.upper()).code == 0
    )

    def count(*named: str) -> int:
        return len(run("leads", "list", "--json", "--as", IN_BOTH, *named).data)

    assert (count("--workspace", sales), count("--workspace", "1"), count("--workspace", "2")) == (1, 1, 0)
    monkeypatch.setenv("LEADTUI_WORKSPACE", sales)
    assert (count(), count("--workspace", blank)) == (1, 0)
    assert len(run("--workspace", blank, "leads", "list", "--json", "--as", IN_BOTH).data) == 0
    assert run("leads", "list", "--workspace", "", "--as", IN_BOTH).code == 2


def test_workspaces_are_added_renamed_closed_and_opened_again(run: Run, place: StoreOfTest) -> None:
    store = ("--store", place)
    added = run("workspaces", "add", "Northwind Wien", "--country", "Austria", "--json", *store).data
    assert added == {
        "id": 2,
        "title": "Northwind Wien",
        "kind": "private",
        "profile": "Owner",
        "closed": False,
        "due": 0,
        "missed": 0,
    }
    again = run("workspaces", "add", "northwind wien", *store)
    assert (again.code, "choose a name" in again.err) == (1, True)
    refused = run("colleagues", "add", "Sara", "sara@example.com", "--workspace", "2", *store)
    assert (refused.code, "--kind business" in refused.err) == (1, True)
    changed = ("workspace", "--workspace", "2", *store)
    wrong = run(
        *changed, "--kind", "business", "--registered-name", "N", "--registered-number", "ATU13585628"
    )
    assert (wrong.code, "no number of a business in Austria" in wrong.err) == (1, True)
    right = run(
        *changed, "--kind", "business", "--registered-name", "N", "--registered-number", "ATU13585627"
    )
    assert right.code == 0, right.err
    assert run("colleagues", "add", "Sara", "sara@example.com", "--workspace", "2", *store).code == 0
    assert run("workspaces", "rename", "northwind wien", "Wien", "--json", *store).data["title"] == "Wien"
    assert run("workspaces", "close", "Wien", "--confirm", "Graz", *store).code == 1
    assert run("workspaces", "close", "Wien", "--confirm", "wien", *store).code == 0
    assert [(each["title"], each["closed"]) for each in run("workspaces", "list", "--json", *store).data] == [
        ("Northwind Sales", False),
        ("Wien", True),
    ]
    closed = run("leads", "add", "--name", "Anna", "--workspace", "Wien", *store)
    assert (closed.code, "is closed" in closed.err) == (1, True)
    assert run("leads", "list", "--workspace", "Wien", *store).code == 0
    assert len(run("leads", "list", "--json", *store).data) == 1  # nobody has to name the only open one
    last = run("workspaces", "close", "1", "--confirm", "Northwind Sales", *store)
    assert (last.code, "only open workspace" in last.err) == (1, True)
    nobody = run("leads", "list", "--workspace", "Wien", "--as", "sara@example.com", *store)
    assert (nobody.code, "is closed" in nobody.err) == (1, True)
    assert run("workspaces", "reopen", "Wien", *store).code == 0
    assert run("leads", "add", "--name", "Anna", "--workspace", "Wien", *store).code == 0


def test_the_store_of_several_is_examined_whole(run: Run, path: Path) -> None:
    assert run("doctor", "--json").data["ok"], path
