"""Importing hostile files, and options that are hostile themselves: reports and refusals hold nothing that acts."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from command_running import Run
from hostile_texts import HOSTILE, harm_in, storable

NAMES = [
    name for name in HOSTILE if 0 < len(name.encode("utf-8", "replace")) < 200 and not {"/", "\0"} & set(name)
]
"""What a file can be called."""


ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON must not hold as it is. It keeps what is only not to be seen, so that programs read what was written."""

ARGUMENTS = [
    text for text in HOSTILE if "\0" not in text and not re.search("[\ud800-\udc7f\udd00-\udfff]", text)
]
"""What a shell can hand over; bytes that are no text come as surrogates of their own."""


def hostile_file(folder: Path, name: str, texts: Sequence[str]) -> Path:
    """A table with a usable customer and one who cannot be reached, every other cell and title a hostile text."""
    file = folder / f"{storable(name)}.csv"
    cells = [storable(text) for text in texts]
    with file.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(["Name", "Phone", *cells])
        writer.writerow([cells[0], "+989121234567", *cells])
        writer.writerow([cells[-1], cells[0], *cells])
    return file


def assert_harmless(said: Any) -> None:
    """Nothing that the command wrote acts on a terminal; ends of lines are its own."""
    assert not harm_in(said.out.replace("\n", ""))
    assert not harm_in(said.err.replace("\n", ""))


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 8))
def test_reports_and_rejects(run: Run, tmp_path: Path, start: int) -> None:
    texts = HOSTILE[start : start + 8]
    files = [hostile_file(tmp_path, name, texts) for name in [NAMES[start % len(NAMES)], "plain"]]
    store, rejects = tmp_path / "desk.db", tmp_path / "rejects.csv"
    shown = run("import", *files, "--store", store, "--rejects", rejects)
    assert_harmless(shown)
    if shown.code == 0:
        again = run("import", *files, "--store", store, "--json")
        assert json.loads(again.out)["new"] == 0
        assert not ACTING.search(again.out)
        assert_harmless(run("imports", "list", "--store", store))
        assert "Traceback" not in again.err


OPTIONS = ("--template", "--region", "--encoding", "--delimiter", "--map", "--store", "--as")


@pytest.mark.parametrize(("place", "option"), list(enumerate(OPTIONS)))
def test_options(run: Run, tmp_path: Path, place: int, option: str) -> None:
    file = hostile_file(tmp_path, "plain", ["City"])
    for text in ARGUMENTS[place :: len(OPTIONS)]:
        value = f"{text}=note" if option == "--map" else text
        said = run("import", file, "--dry-run", "--store", tmp_path / "no.db", option, value)
        assert said.code in (0, 1, 2)
        assert_harmless(said)


def test_files_that_are_not_there(run: Run, tmp_path: Path) -> None:
    for text in ARGUMENTS[::3]:
        said = run("import", tmp_path / text, "--store", tmp_path / "desk.db")
        assert said.code in (1, 2)
        assert_harmless(said)
