"""No command waits for what it does not need: help needs no store, a list no screens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from leadtui.cli.command_list import COMMANDS
from leadtui.cli.main import Imported

SCRIPT = """
import json, sys
sys.argv = ["leadtui", *sys.argv[1:]]
from leadtui.__main__ import run
code = None
try:
    run()
except SystemExit as end:
    code = end.code
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def loaded(*arguments: object, home: Path) -> set[str]:
    """The modules that a process has imported at the end of a command that went well."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)},
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code in (0, None), done.stderr
    return set(modules)


HEAVY = frozenset(
    {
        *("alembic", "openpyxl", "python_calamine", "segno", "charset_normalizer"),
        *("sqlalchemy.orm", "sqlalchemy.dialects.postgresql"),
    }
)


@pytest.mark.parametrize("arguments", [("--help",), ("leads", "list", "--help")])
def test_help_loads_neither_store_nor_screens(arguments: tuple[str, ...], tmp_path: Path) -> None:
    modules = loaded(*arguments, home=tmp_path)
    assert not modules & (
        HEAVY | {"sqlalchemy", "textual", "phonenumbers", "rich.console", "pysqlite3", "sqlite3"}
    )


def test_help_loads_nothing_of_what_is_defined(tmp_path: Path) -> None:
    modules = loaded("--help", home=tmp_path)
    assert not modules & {
        "leadtui.domain.workspace",
        "leadtui.domain.preferences",
        "leadtui.language.calendar",
    }


@pytest.mark.parametrize("given", [(), ("board",), ("channels",)])
def test_no_command_imports_another(given: tuple[str, ...], tmp_path: Path) -> None:
    commands = {each.place.partition(":")[0] for each in COMMANDS}
    modules = loaded(*given, "--help", home=tmp_path)
    assert {each.removeprefix("leadtui.cli.") for each in modules} & commands == set(given)


def test_every_command_is_where_the_list_says() -> None:
    imported = Imported(COMMANDS)
    assert list(imported) == [each.name for each in COMMANDS]
    for name, command in imported.items():
        assert command.name == name
        assert command.help


def test_the_version_is_said_before_anything_is_imported(tmp_path: Path) -> None:
    modules = loaded("--version", home=tmp_path)
    assert {each for each in modules if each.startswith("leadtui")} == {"leadtui", "leadtui.__main__"}
    assert not modules & {"typer", "importlib.metadata", "dataclasses", "pathlib"}


@pytest.mark.parametrize("command", [("leads", "list"), ("statuses", "list"), ("reminders",)])
def test_a_list_loads_no_screens_and_nothing_heavy(
    command: tuple[str, ...], place: Any, tmp_path: Path
) -> None:
    modules = loaded(*command, "--store", place, "--as", "neda@example.com", home=tmp_path)
    assert "sqlalchemy" in modules
    assert not modules & (
        HEAVY | {"textual", "rich.console", "leadtui.services.importing.running", "leadtui.services.board"}
    )
    assert not any(name.startswith("leadtui.tui") for name in modules)
