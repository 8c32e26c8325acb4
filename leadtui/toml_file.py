"""Reading a TOML file that anybody may have written: settings, themes, templates. Nothing in it makes the program wait or fall."""

from __future__ import annotations

import errno
import os
import stat
import tomllib
from pathlib import Path

LARGEST = 1_000_000
"""In bytes; what people write by hand is some thousands."""

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


def read_small_file(path: Path, largest: int = LARGEST) -> bytes:
    """What is in a file that people write by hand. Raises OSError, also for a pipe or a device, which it does not wait for."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        kind = os.fstat(handle).st_mode
        if not stat.S_ISREG(kind):
            is_folder = stat.S_ISDIR(kind)
            raise OSError(
                errno.EISDIR if is_folder else errno.EINVAL,
                os.strerror(errno.EISDIR) if is_folder else "no ordinary file",
            )
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(largest + 1)
    finally:
        os.close(handle)
    if len(data) > largest:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data
