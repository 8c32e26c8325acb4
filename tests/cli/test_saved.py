"""What is saved is said to be saved, also where standard output takes no answer; and what is stored is what was given."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from command_running import Run, StoreOfTest
from typer.main import get_command
from visits import VISIT

from leadtui.cli.main import app
from leadtui.cli.options import CommandOptions, lines, words
from leadtui.domain.case_kind_table import kind_of
from leadtui.services.case_kind_file import kinds_text
from leadtui.services.session import Session

PHONE = "+12125550101"

SAVING: dict[str, tuple[str, ...]] = {
    "import": ("import", "{folder}/sheet.csv", "--json"),
    "imports undo": ("imports", "undo", "1", "--json"),
    "leads add": ("leads", "add", "--name", "Ben", "--phone", "+1 212 555 0102"),
    "leads edit": ("leads", "edit", PHONE, "--set", "city=Boston 2", "--json"),
    "leads merge": ("leads", "merge", PHONE, "+12125550199"),
    "workspace": ("workspace", "--title", "Ours", "--json"),
    "workspace hours": ("workspace", "hours", "Mon-Fri 9-17"),
    "workspace holidays add": ("workspace", "holidays", "add", "25 December Christmas", "--json"),
    "leads note": ("leads", "note", PHONE, "likes tea"),
    "leads call": ("leads", "call", PHONE),
    "leads assign": ("leads", "assign", "reza", PHONE, "--json"),
    "leads status": ("leads", "status", "no_answer", PHONE, "--json"),
    "cases kinds set": ("cases", "kinds", "set", "{folder}/kinds.toml", "--json"),
    "cases add": ("cases", "add", "visit", "--lead", PHONE, "--json"),
    "messages add": ("messages", "add", "Fair", "--by", "sms", "--text", "Come", "--json"),
    "messages send": ("messages", "send", "greeting", PHONE, "--json"),
    "outbox run": ("outbox", "run", "--json"),
    "me": ("me", "--digits", "persian", "--json"),
    "statuses add": ("statuses", "add", "Sample sent", "--json"),
    "colleagues add": ("colleagues", "add", "Lea", "lea@example.com"),
    "profiles add": ("profiles", "add", "Trainee", "--json"),
    "distribution add": ("distribution", "add", "Fair", "--json"),
    "proposals add": ("proposals", "add", "need", "Training", "--why", "asked for", "--json"),
    "views add": ("views", "add", "Mine", "--owner", "me"),
    "follow-up": ("follow-up", PHONE, "--status", "no_answer", "--json"),
    "distribute": ("distribute", "evenly", "--among", "reza", "--json"),
    "hand-over": ("hand-over", "neda", "--to", "reza", "--stays", "--json"),
    "undo": ("undo", "--json"),
    "reminders add": ("reminders", "add", PHONE, "tomorrow 10", "--json"),
    "reminders snooze": ("reminders", "snooze", "1", "tomorrow 10", "--json"),
    "do-not-call import": ("do-not-call", "import", "{folder}/numbers.csv", "--reason", "asked", "--json"),
    "template import": ("template", "import", "blank", "--yes", "--json"),
    "workspaces add": ("workspaces", "add", "Another", "--json"),
    "backup": ("backup", "{folder}/backup.db"),
    "restore": ("restore", "{folder}/earlier.db"),
    "doctor": ("doctor", "--repair"),
}
"""The commands that save something and answer on standard output, in an order in which each has something to do."""

SAYING_NOTHING = {
    *(
        "leads erase",
        "leads export",
        "do-not-call export",
        "leads return",
        "reminders done",
        "reminders skip",
        "reminders cancel",
    ),
    *("escalate", "cases escalate", "cases export", "cases kinds export"),
    *("workspaces close", "workspaces reopen", "gateways set", "gateways remove"),
    *("do-not-call add", "do-not-call remove", "template export", "demo", "workspace holidays import"),
    *("views remove", "profiles remove", "distribution remove"),
    *(f"needs playbook {verb}" for verb in ("set", "export", "restore")),
}
"""Those that save something, or nothing that lasts, and write at most to standard error."""

ALIKE = {
    *(
        f"{noun} {verb}"
        for noun in ("statuses", "fields", "channels", "needs")
        for verb in ("list", "add", "retire", "bring-back", "order")
    ),
    "init",
    "workspace windows",
    *(f"messages {verb}" for verb in ("list", "change", "retire", "bring-back", "order", "consent")),
    *(f"outbox {verb}" for verb in ("list", "withdraw", "again")),
    *(f"gateways {verb}" for verb in ("show", "test")),
    *(f"teams {verb}" for verb in ("list", "add", "change", "remove")),
    *(f"profiles {verb}" for verb in ("show", "set", "fields")),
    *("workspaces list", "workspaces rename"),
    *(f"workspace holidays {verb}" for verb in ("list", "remove")),
    *(f"needs playbook {verb}" for verb in ("show", "history", "difference")),
    *("statuses change", "fields change", "channels rename", "needs rename"),
    *(f"statuses {verb}-field" for verb in ("add", "change", "retire")),
    *(f"colleagues {verb}" for verb in ("list", "change", "retire", "bring-back")),
    *(f"colleagues {verb}" for verb in ("invite", "resend", "withdraw", "suspend", "resume", "remove")),
    *(f"workspace mail {verb}" for verb in ("set", "show", "test", "remove")),
    "accept",
    *(
        f"cases {verb}"
        for verb in ("list", "show", "move", "answer", "link", "unlink", "give", "note", "undo")
    ),
    "cases import",
    *(f"cases kinds {verb}" for verb in ("list", "show", "retire", "bring-back", "order")),
    *(f"{noun} {verb}" for noun in ("profiles", "views") for verb in ("list", "change")),
    *(f"distribution {verb}" for verb in ("list", "edit", "try")),
    *("sign-in", "sign-out", "lock", "password", "secure", "colleagues code", "audit"),
    *(f"sign-ins {verb}" for verb in ("list", "end", "add-service")),
    *(f"profiles {verb}" for verb in ("copy", "compare")),
    *(f"proposals {verb}" for verb in ("list", "approve", "decline", "merge")),
}
"""Those that answer as another one of the same, which is tried."""

READING: dict[str, tuple[str, ...]] = {
    "imports list": ("imports", "list"),
    "leads list": ("leads", "list"),
    "leads show": ("leads", "show", PHONE),
    "leads erasures": ("leads", "erasures", "--json"),
    "reminders": ("reminders", "--json"),
    "do-not-call list": ("do-not-call", "list", "--json"),
    "day": ("day",),
    "hand-over": ("hand-over", "neda", "--dry-run", "--json"),
    "distribute": ("distribute", "evenly", "--dry-run", "--json"),
    "board": ("board", "--json"),
    "statuses list": ("statuses", "list"),
    "undo": ("undo", "--dry-run", "--json"),
    "import": ("import", "{folder}/sheet.csv", "--dry-run"),
    "leads export": ("leads", "export", "-", "--format", "csv"),
    "template export": ("template", "export", "-"),
    "doctor": ("doctor",),
}


def leaves(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that does something, with its whole name."""
    inner = getattr(command, "commands", {})
    if name and (not inner or command.invoke_without_command):
        yield name, command
    for each, sub in inner.items():
        yield from leaves(sub, f"{name} {each}".strip())


COMMANDS = dict(leaves(get_command(app)))


def full_disk() -> IO[str]:
    """Standard output on a disk that takes no more."""
    return Path("/dev/full").open("w", encoding="utf-8")


def nobody() -> IO[str]:
    """Standard output that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="utf-8")


def run_with(arguments: tuple[str, ...], out: IO[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a command whose answer goes there; returns its exit code."""
    with monkeypatch.context() as patch, out:
        patch.setattr(sys, "stdout", out)
        with pytest.raises(SystemExit) as ended:
            app(list(arguments), obj=CommandOptions(lambda _request: 0))
        return int(str(ended.value.code or 0))


@pytest.fixture
def folder(run: Run, place: StoreOfTest) -> Path:
    """Files to read; an import and a reminder in the store, somebody to merge, and a backup of it."""
    folder = place.path.parent
    (folder / "sheet.csv").write_text("Name,Phone\nDara,+1 212 555 0103\n")
    (folder / "kinds.toml").write_bytes(kinds_text([kind_of(VISIT)]))
    (folder / "numbers.csv").write_text("+1 212 555 0104\n")
    (folder / "first.csv").write_text("Name,Phone\nMina,+1 212 555 0199\n")
    for arguments in (
        ("import", folder / "first.csv"),
        ("follow-up", PHONE, "--status", "call_back", "--remind", "tomorrow 10"),
        ("cases", "kinds", "set", folder / "kinds.toml"),
        ("messages", "add", "Greeting", "--by", "sms", "--text", "Hello {name}"),
        ("backup", folder / "earlier.db"),
    ):
        said = run(*arguments, "--store", place)
        assert said.code == 0, said.err
    return folder


def test_every_command_is_one_that_saves_or_one_that_reads() -> None:
    assert COMMANDS.keys() == SAVING.keys() | SAYING_NOTHING | ALIKE | READING.keys()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("lose", [full_disk, nobody])
@pytest.mark.parametrize("name", SAVING)
def test_what_is_saved_is_said_to_be_saved(
    run: Run,
    folder: Path,
    place: StoreOfTest,
    name: str,
    lose: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if name == "doctor":
        _spoil(place.path)
    arguments = tuple(each.format(folder=folder) for each in SAVING[name])
    code = run_with((*arguments, "--store", str(place)), lose(), monkeypatch)
    *_talk, last = capsys.readouterr().err.splitlines()
    assert (code, last.startswith("It is saved, so do not do it again")) == (3, True), last


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("name", READING)
def test_nothing_is_said_to_be_saved_where_nothing_was(
    folder: Path,
    place: StoreOfTest,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = (*(each.format(folder=folder) for each in READING[name]), "--store", str(place))
    answered = run_with(arguments, (folder / "answer").open("w", encoding="utf-8"), monkeypatch)
    assert answered == 0
    capsys.readouterr()
    if not (folder / "answer").stat().st_size:
        return
    assert run_with(arguments, full_disk(), monkeypatch) == 1
    assert "Standard output cannot be written: No space left on device." in capsys.readouterr().err
    assert run_with(arguments, nobody(), monkeypatch) == 141


@pytest.mark.skipif(sys.platform == "win32", reason="closes a standard stream as a POSIX shell does")
def test_a_store_never_gets_the_number_of_a_closed_standard_output(place: StoreOfTest) -> None:
    command = (
        f'"{sys.executable}" -m leadtui leads add --name Ben --phone "+1 212 555 0102" --store "{place}" >&-'
    )
    done = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, "LEADTUI_AS": "neda@example.com"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "It is saved" in done.stderr) == (3, True), done.stderr
    session = Session.open(place.path, "neda@example.com")
    with session.store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("SELECT count(*) FROM lead").scalar() == 2
    session.close()


PATHS = {"store", "file", "files", "rejects", "template"}
"""Parameters that name files, which may have any name."""


def texts() -> Iterator[tuple[str, Any]]:
    """Every parameter of every command that takes text."""
    for name, command in COMMANDS.items():
        for each in command.params:
            if each.name not in PATHS and (hasattr(each.type, "func") or each.type.name == "text"):
                yield f"{name} {each.opts[0]}", each


@pytest.mark.parametrize(("where", "parameter"), [pytest.param(*each, id=each[0]) for each in texts()])
def test_text_that_would_be_stored_otherwise_than_it_was_given_is_refused(where: str, parameter: Any) -> None:
    reader = getattr(parameter.type, "func", None)
    assert reader in (words, lines), f"{where} takes text without looking at it"


@pytest.mark.parametrize(
    "bad", ["Mi\udcffna", "\udcff", "Mi\x00na", "\x1b[31mMina", "\ue000", " ", "\u200f", "\t"]
)
def test_text_of_which_something_would_be_lost_is_no_text(run: Run, place: StoreOfTest, bad: str) -> None:
    said = run("leads", "add", "--name", bad, "--phone", "+1 212 555 0102", "--store", place)
    assert (said.code, "Traceback" in said.err) == (2, False), said.err
    assert run("leads", "list", "--store", place).out.count("\n") == 2


@pytest.mark.parametrize(
    "good", ["Mina  Sadeghi", "مینا\u200cصادقی", "👩🏽\u200d💻 Mina", "Mina \u2067x\u2069"]
)
def test_text_that_people_write_is_kept(run: Run, place: StoreOfTest, good: str) -> None:
    said = run("leads", "add", "--name", good, "--phone", "+1 212 555 0102", "--store", place)
    assert said.code == 0, said.err


def _spoil(store: Path) -> None:
    session = Session.open(store, "neda@example.com")
    with session.store.write() as connection:
        connection.exec_driver_sql("UPDATE lead SET next_at = 5 WHERE id = 1")
    session.close()
