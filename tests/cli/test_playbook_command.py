"""Playbooks from the command line: shown, set from a file, exported, and back to an earlier version."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run, StoreOfTest

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def ask(run: Run, place: StoreOfTest, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    return run


def test_a_playbook_goes_out_comes_in_and_goes_back(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "talk.toml"
    assert ask("needs", "playbook", "export", "opening", str(file)).code == 0
    text = file.read_text("utf-8")
    assert ask("needs", "playbook", "show", "opening").out.strip() == text.strip()
    file.write_text(text.replace("Hello, this is", "Good day, this is"), "utf-8")
    assert ask("needs", "playbook", "set", "opening", str(file), "--json").data == {
        "need": "opening",
        "version": 2,
    }
    assert ask("needs", "playbook", "restore", "opening", "1", "--json").data["version"] == 3
    assert ask("needs", "playbook", "show", "opening").out.strip() == text.strip()
    versions = ask("needs", "playbook", "history", "opening", "--json").data
    assert [each["version"] for each in versions] == [3, 2, 1]
    assert versions[2]["by"] is None
    assert ask("needs", "playbook", "history", "opening").out.splitlines()[1].startswith("3")


def test_what_is_wrong_in_a_file_is_told_with_its_place(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "talk.toml"
    file.write_text('[[items]]\nask = "a"\ntitle = "A"\nwhen = { ask = "b" }\n', "utf-8")
    refused = ask("needs", "playbook", "set", "An integration", str(file))
    assert refused.code != 0
    assert refused.err.startswith("items[0].when: There is no question “b” here")
    assert ask("needs", "playbook", "show", "integration").code == 1
