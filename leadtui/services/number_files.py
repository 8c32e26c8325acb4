"""Lists of numbers as files: the first column of a table, or a number in each line."""

from __future__ import annotations

import errno
from pathlib import Path

from leadtui.errors import Unreadable
from leadtui.language.translate import _
from leadtui.small_file import read_small_file

MOST_BYTES = 64 * 1024 * 1024
"""A longer file is no list of numbers."""


def read_numbers(file: Path) -> list[str]:
    """The first cell of each line that has one; a head that has no digit is none of them. Raises Unreadable."""
    try:
        text = read_small_file(file, MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise Unreadable(_("{file} is too large for a list of numbers.").format(file=file)) from error
        raise Unreadable(
            _("{file} cannot be read: {reason}").format(file=file, reason=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise Unreadable(_("{file} is no text in UTF-8; save it as such.").format(file=file)) from error
    cells = [line.replace(";", ",").replace("\t", ",").split(",")[0] for line in text.splitlines()]
    cells = [stripped for cell in cells if (stripped := cell.strip().strip("\"'"))]
    return cells[1:] if cells and not any(sign.isdigit() for sign in cells[0]) else cells
