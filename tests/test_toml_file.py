"""Settings, themes and templates may be anything on the disk: each is a sentence, and nothing waits or falls."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from leadtui.errors import Unreadable
from leadtui.services.templates import load_template
from leadtui.settings import load_settings
from leadtui.small_file import LARGEST
from leadtui.toml_file import read_toml

HOSTILE: dict[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a circle of links": lambda path: path.symlink_to(path),
    "a folder": Path.mkdir,
    "nested without end": lambda path: _write(path, "language = " + "[" * 100_000),
    "a key of many parts": lambda path: _write(path, "a" + ".a" * 50_000 + " = 1"),
    "many keys of many parts": lambda path: _write(path, ("x" + ".a" * 300 + " = 1\n") * 1_000),
    "huge": lambda path: _write(path, "#" * (LARGEST + 1)),
    "bytes": lambda path: _write(path, "\udcff\udcfe\x00"),
}


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode(errors="surrogateescape"))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_told_in_a_sentence(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "own.toml"
    HOSTILE[kind](file)
    _settings, problems = load_settings(file)
    assert len(problems) == 1
    with pytest.raises(Unreadable):
        load_template(str(file))
    with pytest.raises((OSError, UnicodeDecodeError, tomllib.TOMLDecodeError)):
        read_toml(file)
