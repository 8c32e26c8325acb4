"""Somebody who is hosted: the desk and one folder, whatever they type."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from pathlib import Path

import pytest
from desk_driving import Driver, driven
from session_making import add_lead, secured

from leadtui import hosting, kept_sign_ins
from leadtui.cli.main import run as run_command
from leadtui.cli.options import OpenRequest
from leadtui.errors import LeadtuiError, Refused
from leadtui.hosting import clean_environment
from leadtui.services.atomic_file import path_typed
from leadtui.services.own_preferences import find_settings
from leadtui.services.session import Session
from leadtui.starting import open_screens
from leadtui.tui.dialogs.file_dialog import FileDialog
from leadtui.tui.suspending import can_suspend

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no sshd that would host anybody")


@pytest.fixture
def folder(session: Session, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """The folder of the session's person, who is hosted; nobody is afterwards."""
    monkeypatch.chdir(session.store.path.parent)  # put back at the end, as the home folder is
    monkeypatch.setenv("HOME", os.environ["HOME"])
    signals = {each: signal.getsignal(each) for each in (signal.SIGTSTP, signal.SIGQUIT)}
    mask = os.umask(0o022)
    yield hosting.begin(str(session.store.path), session.actor.email)
    hosting.end()
    os.umask(mask)
    for each, handler in signals.items():
        signal.signal(each, handler)


def test_the_folder_is_the_persons_alone_and_lies_beside_the_store(session: Session, folder: Path) -> None:
    assert folder == session.store.path.parent.resolve() / "people" / "neda@example.com"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert Path.cwd() == Path.home() == folder
    assert not can_suspend()


@pytest.mark.parametrize("said", [("--as", "neda@example.com", "leads", "list"), ()])
def test_it_opens_the_desk_of_one_person_and_nothing_else(
    said: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command(lambda _request: pytest.fail("a desk was opened"), ["--hosted", *said])
    assert ended.value.code == 2
    assert "--as EMAIL" in " ".join(capsys.readouterr().err.split())


def test_a_store_that_asks_nobody_hosts_nobody(session: Session, tmp_path: Path) -> None:
    for store, words in ((session.store.path, "leadtui secure"), (tmp_path / "none.db", "no store at")):
        with pytest.raises(LeadtuiError, match=words):
            open_screens(OpenRequest(str(store), session.actor.email, hosted=True))
    assert hosting.folder() is None
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("email", ["../../etc@x", ".ssh", "a/b@c", "ß@ü.de", "x" * 300])
def test_no_address_leads_to_another_folder(tmp_path: Path, folder: Path, email: str) -> None:
    place = hosting.begin(str(tmp_path / "desk.db"), email)
    assert place.parent == (tmp_path / "people").resolve()
    assert not place.name.startswith(".")


@pytest.mark.parametrize(
    "typed", ["/etc/passwd", "../x", "~/../x", "~root/x", "~/a/../../x", "/", "out/x", "a\0b", "../desk.db"]
)
def test_a_path_that_leads_out_is_refused(folder: Path, typed: str) -> None:
    (folder / "out").symlink_to("/etc")
    with pytest.raises(Refused):
        path_typed(typed)


def test_what_is_in_the_folder_is_taken(folder: Path) -> None:
    (folder / "sub").mkdir()
    for typed in ("x.csv", "~/x.csv", "sub/x.csv", "./sub/../x.csv", str(folder / "x.csv")):
        path_typed(typed)


def test_no_sign_in_is_kept_or_found(folder: Path) -> None:
    assert not kept_sign_ins.keep("abc", "neda@example.com", "token", pytest.fail)
    assert kept_sign_ins.find("abc", "") == ("", "")
    assert list(folder.rglob("*")) == []


def test_little_of_the_environment_is_taken_over(tmp_path: Path) -> None:
    environment = {
        "TERM": "xterm-256color",
        "LANG": "fa_IR.UTF-8",
        "LC_ALL": "../../etc",
        "COLORTERM": "true\x1bcolor",
        **dict.fromkeys(("LEADTUI_STORE", "PYTHONPATH", "TEXTUAL", "HOME", "LD_PRELOAD", "TMUX"), "x"),
        **dict.fromkeys(("SSH_ORIGINAL_COMMAND", "EDITOR", "PAGER", "XDG_CONFIG_HOME", "TERMINFO"), "x"),
        "PATH": "/tmp/evil",
    }
    clean_environment(environment)
    with pytest.raises(Refused, match="PYTHONPATH"):
        hosting.begin(str(tmp_path / "desk.db"), "neda@example.com")
    hosting.end()
    assert environment == {"TERM": "xterm-256color", "LANG": "fa_IR.UTF-8", "PATH": os.defpath}


def out_of(driver: Driver) -> bool:
    return driver.shows_wrapped("outside of your folder")


async def test_files_are_chosen_in_the_folder_alone(session: Session, folder: Path) -> None:
    secured(session)
    (folder / "mine.csv").write_text("name,phone\nMina,+12125550101\n")
    (folder / "passwd.csv").symlink_to("/etc/passwd")
    async with driven(session) as driver:
        await driver.press("ctrl+o")
        assert isinstance(driver.app.screen, FileDialog)
        assert driver.shows("mine.csv")
        assert not driver.shows("..")
        await driver.press("backspace", "backspace")
        assert driver.shows("mine.csv")
        for typed in ("/etc/passwd", "../../desk.db", "/", "~root/", "./passwd.csv"):
            await driver.press("ctrl+u")
            await driver.type(typed)
            await driver.press("enter")
            assert isinstance(driver.app.screen, FileDialog)
            assert out_of(driver) or driver.shows("names nobody"), typed
        await driver.press("ctrl+u")
        await driver.type("mine")
        await driver.press("enter")
        assert not isinstance(driver.app.screen, FileDialog)


async def test_files_are_written_into_the_folder_alone(
    session: Session, folder: Path, tmp_path: Path
) -> None:
    secured(session)
    add_lead(session, "Mina Sadeghi", mine=True)
    async with driven(session) as driver:
        await driver.press("x", "down", "down", "ctrl+u")
        await driver.type(str(tmp_path / "out.csv"))
        await driver.press("enter")
        assert out_of(driver)
        await driver.press("end", "ctrl+u")
        await driver.type("mine.csv")
        await driver.press("enter")
        await driver.until((folder / "mine.csv").exists, "the file")
    assert (folder / "mine.csv").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "out.csv").exists()


async def test_settings_are_kept_in_the_store_and_no_other_program_begins(
    session: Session, folder: Path
) -> None:
    secured(session)
    async with driven(session) as driver:
        assert not await driver.app.lend_terminal(lambda: pytest.fail("something began"))
        await driver.app.run_named("density")
        await driver.settled()
    assert find_settings(session)["density"] == "compact"
    assert list(folder.rglob("*")) == []
