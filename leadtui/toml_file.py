"""Reading a TOML file that anybody may have written: settings, themes, templates. Nothing in it makes the program wait or fall."""

from __future__ import annotations

import tomllib
from pathlib import Path

from leadtui.small_file import read_small_file

MOST_DOTS = 200
"""In one line: the time that a dotted key (`a.b.c`) takes grows with the square of its parts."""


class NestedTooDeeply(tomllib.TOMLDecodeError):
    """Nobody writes so by hand; reading it would take minutes, or more memory than there is."""


def read_toml(path: Path) -> dict[str, object]:
    """What the file says. Raises as `read_small_file`, UnicodeDecodeError and TOMLDecodeError, nested without end too."""
    return parse_toml(read_small_file(path))


def parse_toml(data: bytes) -> dict[str, object]:
    """What a file of these bytes says. Raises UnicodeDecodeError and TOMLDecodeError, nested without end too."""
    text = data.decode("utf-8-sig")
    if any(line.count(".") > MOST_DOTS for line in text.splitlines()):
        raise NestedTooDeeply("nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise NestedTooDeeply("nested too deeply") from None
