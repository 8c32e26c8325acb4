"""What the tests of the store share: stores in files of their own, and other processes that get in the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from leadtui.store.engine import open_store

_PREPARED = """
import json, os, sys
import alembic.command, alembic.config, alembic.script  # a person without rights may not read the installed files
from killed_at import killed_at
from leadtui.errors import StoreError
from leadtui.store.engine import open_store
from leadtui.store.sqlite.driver import sqlite_driver
where = sys.argv[1]
"""

_AS_NOBODY = """
if os.getuid() == 0:  # root may write everywhere, whatever the permissions say
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
"""

Child = Callable[[str, Path], Any]
Held = Callable[[str, Path], AbstractContextManager[None]]


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    """A store with its tables and nothing in them, closed."""
    path = tmp_path / "desk.db"
    path.write_bytes(_empty_store())
    path.chmod(0o600)
    return path


@cache
def _empty_store() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        open_store(path, create=True).close()
        return path.read_bytes()


@pytest.fixture
def child() -> Child:
    """Runs Python in another process, with `where` given, and returns what its variable `said` holds at the end."""

    def run(script: str, where: Path) -> Any:
        return _run(_PREPARED + script, where)

    return run


@pytest.fixture
def child_without_rights() -> Child:
    """The same as `child`, as a person who is not root and owns nothing."""

    def run(script: str, where: Path) -> Any:
        return _run(_PREPARED + _AS_NOBODY + script, where)

    return run


@pytest.fixture
def open_folder() -> Generator[Path]:
    """A folder that everybody may walk into, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def held() -> Held:
    """Runs SQL on the file in another process, which then keeps its transaction open until the end of the block."""

    @contextmanager
    def hold(statements: str, where: Path) -> Generator[None]:
        script = (
            "raw = sqlite_driver().connect(where)\nraw.isolation_level = None\n"
            f"for each in {statements!r}.split(';'): raw.execute(each).fetchall()\n"
            "print('held', flush=True)\nsys.stdin.read()"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", _PREPARED + script, str(where)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "held\n"
            yield
        finally:
            process.communicate("")

    return hold


def _run(script: str, where: Path) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", script + "\nprint(json.dumps(said))", str(where)],
        check=False,  # the assertion shows what the other process said
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
