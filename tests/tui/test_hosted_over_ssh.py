"""Over a real sshd: somebody whose key may open the desk tries to get anything else of the server."""

from __future__ import annotations

import os
import shlex
import socket
import sys
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
from session_making import PASSWORD, add_lead, make_session, secured
from terminal import Terminal

from leadtui.services import signing_in
from leadtui.services.own_preferences import find_settings
from leadtui.services.session import Session

if os.name == "nt":
    pytest.skip("sshd is of POSIX", allow_module_level=True)

from ssh_server import SshServer, ssh_server

pytestmark = pytest.mark.proof

NEDA = "neda@example.com"
SHELL = ("uid=", "root:x:", "$ ", "# ")
"""What a shell, or what it runs, would show."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which Neda has a password, with one customer."""
    with closing(make_session(tmp_path_factory.mktemp("service"))) as session:
        secured(session)
        add_lead(session, "Mina Sadeghi", "+12125550101", mine=True)
        return session.store.path


@pytest.fixture(scope="module")
def server(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[SshServer]:
    """As docs/security.md says it: the key opens Neda's desk."""
    program = [sys.executable, "-I", "-m", "leadtui", "--store", str(store), "--hosted", "--as", NEDA]
    beside = f'restrict,pty,command="{shlex.join(program)}"'
    with ssh_server(tmp_path_factory.mktemp("sshd") / "server", beside) as running:
        yield running


@pytest.fixture
def folder(store: Path) -> Path:
    """Neda's own."""
    return store.parent / "people" / NEDA


def seated(server: SshServer, *options: str, asked: tuple[str, ...] = ()) -> Terminal:
    """Neda at a terminal of her own, connected to the server."""
    environment = {**server.programs.environment, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    return Terminal(server.command("-tt", *options, asked=asked), environment, (100, 30))


def at_desk(server: SshServer, *options: str, asked: tuple[str, ...] = ()) -> Terminal:
    """Neda, who has typed her password."""
    terminal = seated(server, *options, asked=asked)
    terminal.press("", "Password")
    terminal.press(PASSWORD + "\r", "Mina Sadeghi")
    terminal.rest()
    return terminal


def test_what_is_asked_for_without_a_terminal_is_refused(server: SshServer, store: Path) -> None:
    for asked in (
        ("id",),
        ("sh", "-c", "id"),
        ("cat", "/etc/passwd"),
        (sys.executable, "-m", "leadtui", "--store", str(store), "leads", "list"),
        ("leadtui", "--hosted", "--as", "boss@example.com"),
        ("",),
        (),
    ):
        done = server.ask(asked=asked)
        assert done.returncode == 1
        assert done.stdout == ""
        assert "The desk needs a terminal" in done.stderr


def test_files_are_neither_sent_nor_fetched(server: SshServer, tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    mine.write_text("mine")
    programs, port = server.programs, str(server.port)
    for command in (
        [programs.program("sftp"), *server.options, "-P", port, f"{server.who}:/etc/passwd", str(theirs)],
        [programs.program("scp"), *server.options, "-P", port, f"{server.who}:/etc/passwd", str(theirs)],
        [
            programs.program("scp"),
            "-O",
            *server.options,
            "-P",
            port,
            f"{server.who}:/etc/passwd",
            str(theirs),
        ],
        [programs.program("scp"), *server.options, "-P", port, str(mine), f"{server.who}:{theirs}"],
        [programs.program("scp"), "-O", *server.options, "-P", port, str(mine), f"{server.who}:{theirs}"],
    ):
        assert server.run(command).returncode != 0
        assert not theirs.exists()


def test_nothing_is_forwarded(server: SshServer) -> None:
    # From the server to here: it does not listen.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    behind = server.ask("-o", "ExitOnForwardFailure=yes", "-N", "-R", f"{port}:127.0.0.1:{server.port}")
    assert behind.returncode != 0
    assert "remote port forwarding failed" in behind.stderr
    # From here into its network: nobody answers there.
    terminal = seated(server, "-L", f"{port}:127.0.0.1:{server.port}", "-A", "-X")
    try:
        terminal.press("", "Password")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as through:
            through.settimeout(10)
            try:
                answered = through.recv(100)
            except ConnectionResetError:
                answered = b""
        assert answered == b""
    finally:
        terminal.close()
    straight = server.ask("-W", f"127.0.0.1:{server.port}")
    assert straight.returncode != 0
    assert "SSH-2.0" not in straight.stdout


def test_what_is_sent_of_the_environment_says_nothing(server: SshServer, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    evil = tmp_path / "evil"
    evil.mkdir()
    for name in ("sitecustomize", "usercustomize", "leadtui", "textual"):
        (evil / f"{name}.py").write_text(f"open({str(marker)!r}, 'w')\n")
    password = tmp_path / "password"
    password.write_text(PASSWORD + "\n")
    password.chmod(0o600)
    sent = {
        "PYTHONPATH": evil,
        "PYTHONSTARTUP": evil / "leadtui.py",
        "PYTHONINSPECT": "1",
        "PYTHONHOME": evil,
        "LEADTUI_PASSWORD_FILE": password,
        "LEADTUI_STORE": tmp_path / "other.db",
        "LEADTUI_AS": "boss@example.com",
        "LEADTUI_LANGUAGE": "fa",
        "TEXTUAL_LOG": marker,
        "SSH_ORIGINAL_COMMAND": "sh",
        "XDG_CONFIG_HOME": evil,
    }
    said = " ".join(f"{name}={value}" for name, value in sent.items())
    terminal = seated(server, "-o", f"SetEnv={said}")
    try:
        terminal.press("", "Password")  # neither skipped nor asked for in Persian
        terminal.rest()
        assert NEDA in terminal.words()
        terminal.press("\x1b", "")
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert not marker.exists()


@pytest.mark.parametrize(
    "asked", [("sh",), ("bash", "-i"), ("leadtui", "--hosted", "--as", "boss@example.com")]
)
def test_what_is_asked_for_at_a_terminal_opens_the_desk_of_the_key(
    server: SshServer, asked: tuple[str, ...]
) -> None:
    terminal = seated(server, asked=asked)
    try:
        terminal.press("", "Password")
        terminal.rest()
        assert NEDA in terminal.words()
        assert "boss@" not in terminal.words()
        # The address is that of the key: what is typed goes into the line of the password.
        terminal.press("\x1b[Z\x1b[Z", "")
        assert terminal.end("\x11") == 0
    finally:
        terminal.close()


def test_no_key_leads_to_a_shell(server: SshServer, store: Path, folder: Path) -> None:
    terminal = at_desk(server)
    try:
        begin = len(terminal.written)
        for key in ("\x1a", "\x1c", "\x03", "\x04", "\x1d", "\x1b\x1a", "!sh\r", ":!sh\r"):
            terminal.send(key)
            terminal.rest()
        terminal.send("\x1b\x1b")
        terminal.rest()
        assert not any(words in terminal.words(begin) for words in SHELL)
        # Everything still works, and nobody is signed in on the disk.
        terminal.press("?", "Help")
        terminal.send("\x1b")
        terminal.rest()
        assert [each for each in folder.rglob("*") if each.is_file()] == []
        assert terminal.end("\x11") == 0
    finally:
        terminal.close()
    assert list(store.parent.rglob("*.json")) == []


def test_the_sign_in_ends_with_the_desk_and_settings_stay_in_the_store(
    server: SshServer, store: Path
) -> None:
    terminal = at_desk(server)
    try:
        terminal.press("\x10", "find a command")
        terminal.send("density")
        terminal.rest()
        terminal.press("\r", "Compact")
        terminal.rest()
        assert terminal.end("\x11") == 0
    finally:
        terminal.close()
    here = signing_in.sign_in_again(store, NEDA, PASSWORD)
    with closing(opened(store, here.token)) as session:
        assert find_settings(session)["density"] == "compact"
        live = [each.id for each in signing_in.list_sign_ins(session) if each.is_live(session.now())]
        assert here.sign_in_id in live
        lately = [each for each in signing_in.list_sign_ins(session) if each.created_at.year > 2024]
        assert [each.id for each in lately if each.ended_at is None] == [here.sign_in_id]
        signing_in.sign_out(session)


def opened(store: Path, token: str) -> Session:
    from leadtui.domain.signing_in import Token

    return Session.open(store, NEDA, proof=Token(token))


def refused(words: str) -> bool:
    """Whether what was drawn says that a file is out of reach."""
    flat = " ".join(words.split())
    return "outside of your folder" in flat or "nobody" in flat


def test_files_come_from_and_go_into_the_own_folder_alone(
    server: SshServer, store: Path, folder: Path, tmp_path: Path
) -> None:
    (folder / "mine.csv").write_text("name,phone\nSara,+12125550102\n")
    secret = tmp_path / "secret.csv"
    secret.write_text("name,phone\nSomebody,+12125550999\n")
    terminal = at_desk(server)
    try:
        terminal.press("\x0f", "mine.csv")
        for typed in (str(secret), "/etc/passwd", "../../desk.db", "~root/x"):
            begin = len(terminal.written)
            terminal.send("\x15" + typed + "\r")
            terminal.read_until(lambda begin=begin: refused(terminal.words(begin)), f"the refusal of {typed}")
        terminal.send("\x1b")
        terminal.rest()
        for typed in (str(tmp_path / "out.csv"), "../../out.csv"):
            terminal.press("x", "Export")
            begin = len(terminal.written)
            terminal.send("\x1b[B\x1b[B")
            terminal.rest()
            terminal.send("\x15" + typed + "\r")
            terminal.read_until(lambda begin=begin: refused(terminal.words(begin)), f"the refusal of {typed}")
            terminal.send("\x1b")
            terminal.rest()
        terminal.press("x", "Export")
        terminal.send("\x1b[B\x1b[B")
        terminal.rest()
        terminal.send("\x15out.csv\r")
        terminal.read_until((folder / "out.csv").exists, "the export")
        assert terminal.end("\x11") == 0
    finally:
        terminal.close()
    assert (folder / "out.csv").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not (tmp_path / "out.csv").exists()
    assert {each.name for each in store.parent.iterdir()} <= {
        *("desk.db", "desk.db-wal", "desk.db-shm", "people", ".desk.db.lock")
    }


def test_who_loses_the_line_is_signed_out(server: SshServer, store: Path) -> None:
    terminal = at_desk(server)
    terminal.close()
    here = signing_in.sign_in_again(store, NEDA, PASSWORD)
    with closing(opened(store, here.token)) as session:
        until = time.monotonic() + 30
        while any(
            each.ended_at is None and each.created_at.year > 2024 and each.id != here.sign_in_id
            for each in signing_in.list_sign_ins(session)
        ):
            assert time.monotonic() < until, "the sign-in of the lost line does not end"
        signing_in.sign_out(session)
