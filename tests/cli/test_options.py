"""Which store, as whom, and how a command ends."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from command_running import Run

from leadtui import paths
from leadtui.cli.options import OpenRequest

READING = (
    ("leads", "list"),
    ("leads", "show", "1"),
    ("follow-up", "1", "--status", "won"),
    ("reminders",),
    ("reminders", "done", "1"),
    ("reminders", "cancel", "1"),
    ("reminders", "snooze", "1", "tomorrow"),
    ("statuses", "list"),
    ("imports", "list"),
)


@pytest.mark.parametrize("command", READING)
def test_without_a_store_one_sentence_says_how_to_make_one(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    said = run(*command, "--store", tmp_path / "none.db")
    assert said.code == 1
    assert said.out == ""
    assert said.err == (
        f"There is no store at {tmp_path / 'none.db'}; `leadtui` makes one, and so does `leadtui import FILE`.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", READING)
def test_a_file_that_is_no_store_is_refused_and_left_alone(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear customer, " * 20)
    said = run(*command, "--store", path)
    assert (said.code, said.out) == (1, "")
    assert "is not a leadtui store" in said.err
    assert path.read_text() == "Dear customer, " * 20


def test_the_store_may_stand_before_and_after_the_command(run: Run, place: Any) -> None:
    after = run("leads", "list", "--store", place, "--json")
    assert run("--store", place, "leads", "list", "--json") == after
    assert [each["name"] for each in after.data] == ["Mina Sadeghi"]


def test_a_url_names_a_store_too(run: Run, place: Any) -> None:
    assert run("leads", "list", "--json", "--store", f"sqlite:///{place}").data[0]["id"] == place.lead.id


def test_what_is_said_last_counts_and_the_environment_least(
    run: Run, place: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = str(tmp_path / "nowhere.db")
    monkeypatch.setenv("LEADTUI_STORE", str(place))
    assert run("statuses", "list").code == 0
    assert run("--store", nowhere, "statuses", "list").code == 1
    assert run("--store", nowhere, "statuses", "list", "--store", place).code == 0
    monkeypatch.setenv("LEADTUI_STORE", nowhere)
    assert run("statuses", "list", "--store", place).code == 0
    assert run("statuses", "list").code == 1


def test_the_person_is_who_the_option_says_else_the_environment(
    run: Run, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def my_customers(*arguments: str) -> list[str]:
        said = run(*arguments, "leads", "list", "--owner", "me", "--json", "--store", place)
        return [each["name"] for each in said.data]

    assert my_customers() == ["Mina Sadeghi"]
    monkeypatch.setenv("LEADTUI_AS", "reza@example.com")
    assert my_customers() == []
    assert my_customers("--as", "NEDA@example.com") == ["Mina Sadeghi"]


def test_who_says_nothing_is_asked_where_several_work(
    run: Run, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEADTUI_AS")
    said = run("leads", "list", "--store", place)
    assert (said.code, said.out) == (1, "")
    assert "Say who you are with --as EMAIL" in said.err


def test_somebody_unknown_is_told_who_works_here(run: Run, place: Any) -> None:
    said = run("leads", "list", "--store", place, "--as", "x@y.zz")
    assert said.code == 1
    assert "x@y.zz" in said.err
    assert "neda@example.com" in said.err
    assert "reza@example.com" in said.err


def test_a_command_that_is_written_wrongly_ends_with_two(run: Run, place: Any) -> None:
    assert run("leads", "list", "--nonsense").code == 2
    assert run("nonsense").code == 2
    assert run("leads", "list", "--limit", "many", "--store", place).code == 2
    assert run("reminders", "done", "99999999999999999999", "--store", place).code == 2
    assert run("follow-up", "1", "--store", place).code == 2


def test_what_the_profile_does_not_allow_is_refused(run: Run, place: Any) -> None:
    said = run("imports", "list", "--store", place, "--as", "reza@example.com")
    assert (said.code, said.out) == (1, "")
    assert "imports:run" in said.err


@pytest.mark.parametrize("reference", ["\udcff", "\x1b[2Jx", "9" * 40, "@", "\u202e77", "' OR 1=1"])
def test_arguments_that_are_no_text_do_no_harm(run: Run, place: Any, reference: str) -> None:
    lossy = 2 if set("\x1b\udcff") & set(reference) else 0
    said = run("leads", "show", reference, "--store", place)
    assert said.code == (lossy or 1)
    assert not set("\x1b\u202e\udcff") & set(said.err)
    assert run("leads", "list", "--find", reference, "--json", "--store", place).code == lossy


def test_alone_it_opens_the_screens_only_on_a_terminal(run: Run, place: Any) -> None:
    said = run("--store", place)
    assert said.code == 1
    assert "needs a terminal" in said.err


def test_the_screens_get_the_store_and_the_person(
    run: Run, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests: list[OpenRequest] = []

    def open_screens(request: OpenRequest) -> int:
        requests.append(request)
        return 7

    monkeypatch.setattr("leadtui.cli.main.on_a_terminal", lambda: True)
    assert run("--store", place, "--as", "reza@example.com", open_screens=open_screens).code == 7
    assert run(open_screens=open_screens).code == 7
    assert requests == [
        OpenRequest(store=str(place), email="reza@example.com"),
        OpenRequest(store=paths.own_store(), email="neda@example.com"),
    ]


def test_settings_that_cannot_be_used_are_told(run: Run, place: Any) -> None:
    paths.settings_file().parent.mkdir(parents=True)
    paths.settings_file().write_text("colour = 1\n")
    said = run("statuses", "list", "--store", place)
    assert said.code == 0
    assert "there is no setting “colour”" in said.err


def test_the_version_is_printed(run: Run) -> None:
    said = run("--version")
    assert said.code == 0
    assert said.out.startswith("leadtui 0.")


def test_a_store_that_is_busy_is_told(run: Run, place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from leadtui.store import engine
    from leadtui.store.sqlite.driver import sqlite_driver

    monkeypatch.setattr(
        engine.open_store, "__kwdefaults__", {"create": False, "keep": True, "busy_seconds": 0.1}
    )
    raw = sqlite_driver().connect(str(place))
    raw.isolation_level = None
    raw.execute("BEGIN IMMEDIATE")
    said = run(
        "follow-up", place.lead.id, "--status", "no_answer", "--store", place, "--as", "neda@example.com"
    )
    assert said.code == 1
    assert "busy with another program; nothing was saved" in said.err
    raw.execute("ROLLBACK")
    raw.close()


@pytest.mark.skipif(shutil.which("chmod") is None or os.name == "nt", reason="needs POSIX permissions")
def test_a_folder_as_store_is_refused(run: Run, tmp_path: Path) -> None:
    assert "is a folder" in run("leads", "list", "--store", tmp_path).err


@pytest.mark.parametrize("option", ["--store", "--as"])
def test_an_option_without_words_is_not_taken_for_none(run: Run, place: Any, option: str) -> None:
    for command in (("leads", "list", option, ""), (option, " ", "leads", "list")):
        said = run(*command)
        assert (said.code, said.out) == (2, "")
        assert option in said.err
        assert "Nothing is given here" in said.err
    assert (
        run("leads", "list", "--limit", 0, "--store", place).out == run("leads", "list", "--store", place).out
    )
