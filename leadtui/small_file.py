"""The one way to read a file that people write by hand: neither a pipe nor its size makes the program wait."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

LARGEST = 1_000_000
"""In bytes; what people write by hand is some thousands."""


def read_small_file(path: Path, largest: int = LARGEST) -> bytes:
    """What is in the file. Raises OSError, also for a pipe or a device, which it does not wait for."""
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
