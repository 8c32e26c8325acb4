"""A folder for what is needed for a while: its owner's alone, and gone afterwards, also where a program was killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from leadtui.errors import Refused
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.whole_file import is_gone


@contextmanager
def passing_folder() -> Generator[Path]:
    """A new folder among the system's temporary ones, which goes with all that is in it after the block.

    What killed programs left of theirs goes first: it may hold people's numbers. Raises Refused where none can be made.
    """
    _clear_left()
    try:
        made = tempfile.TemporaryDirectory(prefix=f"leadtui-{os.getpid()}-", ignore_cleanup_errors=True)
    except OSError as error:
        raise no_room(error) from error
    with made as folder:
        yield Path(folder)


def no_room(error: Exception) -> Refused:
    """The sentence for what cannot be written to such a folder."""
    return Refused(
        _("{folder} does not take what is needed there for a while: {reason}. Free some space in it.").format(
            folder=safe(tempfile.gettempdir()), reason=getattr(error, "strerror", None) or str(error)
        )
    )


_NAME = re.compile(r"leadtui-(\d{1,10})-\w+")


def _clear_left() -> None:
    with suppress(OSError):
        for each in list(Path(tempfile.gettempdir()).glob("leadtui-*")):
            left = _NAME.fullmatch(each.name)
            if left is not None and is_gone(int(left[1])):
                shutil.rmtree(each, ignore_errors=True)
