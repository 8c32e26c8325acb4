"""The program as a process: pipes that close, keys that stop it, a terminal that opens the desk."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from leadtui.paths import templates_folder

LEADTUI = (sys.executable, "-m", "leadtui")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home of its own, so that nobody's settings or stores are touched."""
    home = {name: str(tmp_path / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    return os.environ | home | {"LEADTUI_AS": "neda@example.com", "TERM": "xterm-256color"}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A thousand customers."""
    path = tmp_path / "sheet.csv"
    rows = (f"Customer {number},+1 212 555 {number:04}" for number in range(1000))
    path.write_text("\n".join(("Name,Phone", *rows)) + "\n")
    return path


def test_data_and_words_go_their_own_ways(environment: dict[str, str], sheet: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "desk.db")
    done = subprocess.run(
        [*LEADTUI, "import", str(sheet), "--store", store, "--json"],
        capture_output=True,
        check=True,
        env=environment,
    )
    assert json.loads(done.stdout)["new"] == 1000
    assert b"Made the store" in done.stderr
    assert b"\x1b" not in done.stderr


@needs_posix
def test_a_reader_that_goes_away_ends_the_list_without_a_word(
    environment: dict[str, str], sheet: Path, tmp_path: Path
) -> None:
    store = str(tmp_path / "desk.db")
    subprocess.run(
        [*LEADTUI, "import", str(sheet), "--store", store], capture_output=True, check=True, env=environment
    )
    listing = subprocess.Popen(
        [*LEADTUI, "leads", "list", "--store", store, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert listing.stdout is not None
    assert listing.stdout.readline() == b"[\n"
    listing.stdout.close()
    assert listing.stderr is not None
    assert listing.stderr.read() == b""
    listing.stderr.close()
    assert listing.wait() == 141


@needs_posix
def test_a_refusal_is_one_line_on_standard_error(environment: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [*LEADTUI, "leads", "list", "--store", str(tmp_path / "none.db")],
        capture_output=True,
        check=False,
        env=environment,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1


@needs_posix
def test_alone_without_a_terminal_it_says_what_works(environment: dict[str, str]) -> None:
    done = subprocess.run(
        LEADTUI, capture_output=True, check=False, env=environment, stdin=subprocess.DEVNULL
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"needs a terminal" in done.stderr


@needs_posix
def test_ctrl_c_is_a_sentence_and_no_traceback(
    environment: dict[str, str], sheet: Path, tmp_path: Path
) -> None:
    """The import waits for rows from a pipe when the key is pressed."""
    store = tmp_path / "desk.db"
    script = (
        "import os, signal, threading\n"
        "from leadtui.services.importing import running\n"
        "def waits(*_):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    threading.Event().wait()\n"
        "running.import_files = waits\n"
        "from leadtui.__main__ import run\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "import", str(sheet), "--store", str(store)],
        capture_output=True,
        check=False,
        env=environment,
        timeout=60,
    )
    assert done.returncode == 130
    assert done.stderr == b"Stopped; no store was made.\n"
    assert not store.exists()


@needs_posix
def test_on_a_terminal_the_desk_opens_and_q_closes_it(environment: dict[str, str], place: Any) -> None:
    """The real program in a real terminal, from the entry point to the first customer and back."""
    with _in_a_terminal(environment, "--store", str(place)) as terminal:
        _read_until(terminal, b"Mina Sadeghi")
        os.write(terminal, b"q")


@needs_posix
def test_the_first_time_three_answers_make_a_desk(environment: dict[str, str], tmp_path: Path) -> None:
    store = tmp_path / "new" / "desk.db"
    with _in_a_terminal(environment, "--store", str(store)) as terminal:
        _read_until(terminal, b"the first time")
        os.write(terminal, b"Neda Karimi\rNorthwind\rUS\r\x13")  # Ctrl+S takes what is suggested of the rest
        _read_until(terminal, b"All customers")
        os.write(terminal, b"q")
    listed = subprocess.run(
        [*LEADTUI, "statuses", "list", "--json", "--store", str(store)],
        capture_output=True,
        check=True,
        env=environment,
    )
    assert json.loads(listed.stdout)


@contextmanager
def _in_a_terminal(environment: dict[str, str], *arguments: str, code: int = 0) -> Generator[int]:
    """Runs the program in a terminal of its own and expects it to end with `code` after the block."""
    import fcntl
    import pty
    import struct
    import termios

    process_id, terminal = pty.fork()
    if process_id == 0:
        os.execve(sys.executable, [*LEADTUI, *arguments], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    try:
        yield terminal
        _read_until(terminal, None)
    except BaseException:
        os.kill(process_id, signal.SIGKILL)
        raise
    finally:
        os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(process_id, 0)[1]) == code


def _read_until(terminal: int, wanted: bytes | None) -> bytes:
    """What the terminal shows until `wanted` is there; until its end for None."""
    seen = b""
    until = time.monotonic() + 60
    while wanted is None or wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], max(0, until - time.monotonic()))
        if not ready or time.monotonic() > until:
            pytest.fail(f"waited in vain for {wanted!r} after {seen[-2000:]!r}")
        try:
            got = os.read(terminal, 65536)
        except OSError:  # the other side is closed
            got = b""
        if not got:
            assert wanted is None, f"ended before {wanted!r}: {seen[-3000:]!r}"
            return seen
        seen += got
    return seen


@needs_posix
def test_a_terminal_shows_how_far_an_import_is(
    environment: dict[str, str], sheet: Path, tmp_path: Path
) -> None:
    """The bar is drawn on standard error, where that is a terminal; the report stays clean."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*LEADTUI, "import", str(sheet), "--store", str(tmp_path / "desk.db"), "--json"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    shown = _read_until(ours, None)
    os.close(ours)
    out, _ = process.communicate()
    assert process.returncode == 0
    assert json.loads(out)["new"] == 1000
    assert b"1000/1000" in shown


@needs_posix
def test_a_terminal_is_asked_what_a_file_leaves_open(environment: dict[str, str], tmp_path: Path) -> None:
    """Enter takes what is likelier, a number another choice; what is no choice is asked again."""
    table, store = tmp_path / "table.csv", tmp_path / "desk.db"
    table.write_text(
        "Name,Reach,Seen on,Date\nAnn,+442079460101,x,03/04/2024\nBob,+442079460102,y,05/06/2024\n"
    )
    command = ("import", str(table), "--store", str(store), "--region", "GB")
    with _in_a_terminal(environment, *command) as terminal:
        shown = _read_until(terminal, b"Which one?")
        assert "What the column “Reach” holds is doubtful: “+442079460101”" in shown.decode()
        assert b"1  telephone numbers" in shown
        os.write(terminal, b"\n")
        shown = _read_until(terminal, b"Which one?")
        assert "comes first in “Date” is doubtful: “03/04/2024”" in shown.decode()
        os.write(terminal, b"7\n")
        _read_until(terminal, b"Which one?")
        os.write(terminal, b"2\n")
        shown = _read_until(terminal, b"The store holds 2 customers.")
        assert b"doubtful" not in shown
    listed = subprocess.run(
        [*LEADTUI, "leads", "show", "+442079460101", "--store", str(store), "--json"],
        capture_output=True,
        check=True,
        env=environment,
    )
    assert json.loads(listed.stdout)["entered_at"].startswith("2024-03-0")


@needs_posix
def test_questions_and_usage_are_turned_where_the_terminal_does_not(
    environment: dict[str, str], place: Any
) -> None:
    template = str(templates_folder() / "hesin-haseb.toml")
    asked = {**environment, "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    command = ("--store", str(place), "--language", "fa", "template", "import", template)
    with _in_a_terminal(asked, *command, code=1) as terminal:
        question = _read_until(terminal, b"> ").decode().splitlines()[-2]
        assert normalize("NFKC", question.strip()[::-1]).startswith("اعمال شود؟")
        os.write(terminal, "ن\n".encode())
    with _in_a_terminal(asked, "--language", "fa", "leads", "--help") as terminal:
        usage = _read_until(terminal, None).decode().splitlines()[0]
        assert usage.split(maxsplit=1)[0].isascii()
        assert "leadtui leads [OPTIONS] COMMAND [ARGS]..." in usage


@needs_posix
@pytest.mark.parametrize(("key", "code"), [(b"\x04", 1), (b"\x03", 130)], ids=["Ctrl+D", "Ctrl+C"])
def test_a_question_that_is_not_answered_ends_in_a_sentence_of_its_own(
    environment: dict[str, str], place: Any, key: bytes, code: int
) -> None:
    """Typer would say "Aborted!", in English for everybody."""
    template = str(templates_folder() / "hesin-haseb.toml")
    command = ("--store", str(place), "--language", "fa", "template", "import", template)
    # mlterm turns the lines that commands print by itself.
    asked = {**environment, "LANG": "C.UTF-8", "TERM": "mlterm"}
    with _in_a_terminal(asked, *command, code=code) as terminal:
        _read_until(terminal, "اعمال شود؟ (بله یا نه)\r\n> ".encode())
        time.sleep(0.3)  # until it waits for the answer
        os.write(terminal, key)
        shown = _read_until(terminal, None).decode()
    (said,) = shown.splitlines()[1:]
    assert said.strip() == "متوقف شد."
