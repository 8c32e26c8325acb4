"""On a store of several workspaces every command knows where the person works, or says what it cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run
from session_making import IN_BOTH, IN_THE_FIRST, IN_THE_SECOND, make_two_workspaces
from test_refusals import NEEDED

from leadtui.services.templates import load_template


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


@pytest.mark.parametrize("name", [*NEEDED, "statuses list"])
def test_who_works_in_several_is_told_how_to_name_one(run: Run, path: Path, name: str) -> None:
    before = {each: each.stat().st_size for each in path.parent.iterdir()}
    arguments = [str(path) if each == "STORE" else each for each in NEEDED.get(name, ((), ()))[0]]
    said = run(*name.split(), *arguments, "--as", IN_BOTH)
    titles = ", ".join(load_template(each).workspace.title for each in ("sales", "blank"))
    assert (said.code, said.out) == (1, "")
    assert f"Several workspaces of this store can be meant: {titles}." in said.err
    assert "--as EMAIL" in said.err
    assert {each: each.stat().st_size for each in path.parent.iterdir() if each in before} == before
    assert {each.name for each in path.parent.iterdir() if each not in before} <= {
        "desk.db-wal",
        "desk.db-shm",
    }


def test_who_works_in_one_of_them_works_there(run: Run, path: Path) -> None:
    assert run("leads", "add", "--name", "Anna Rossi", "--as", IN_THE_FIRST).code == 0
    for email, count in ((IN_THE_FIRST, 1), (IN_THE_SECOND, 0)):
        assert len(run("leads", "list", "--json", "--as", email).data) == count
    assert run("backup", "kept.db", "--as", IN_THE_SECOND).code == 0
    restored = run("restore", "kept.db", "--store", path, "--as", IN_THE_FIRST)
    assert (restored.code, "1 customer" in restored.out) == (0, True), restored.err


def test_the_store_of_several_is_examined_whole(run: Run, path: Path) -> None:
    assert run("doctor", "--json").data["ok"], path
