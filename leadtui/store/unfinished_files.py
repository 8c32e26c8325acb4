"""Files that are written beside their place and moved there once they are whole: their names, and clearing what killed processes left."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from leadtui.store.sqlite.files import LOG_ENDINGS


def beside(target: Path) -> Path:
    """Where this process writes what becomes `target`: in its folder, so that moving it there is one step."""
    return target.with_name(f".{target.name}.{os.getpid()}.part")


def discard(made: Path) -> None:
    """Delete what is not needed, with what SQLite keeps beside it."""
    for ending in ("", *LOG_ENDINGS):
        with suppress(OSError):
            Path(f"{made}{ending}").unlink(missing_ok=True)


def clear_left(target: Path) -> None:
    """Delete what processes that are gone left of the same target: killed ones cannot do so themselves."""
    name = re.compile(rf"(\.{re.escape(target.name)}\.(\d{{1,10}})\.part)(?:{'|'.join(LOG_ENDINGS)})?")
    with suppress(OSError):
        for each in list(target.parent.iterdir()):
            left = name.fullmatch(each.name)
            if left is not None and _is_gone(int(left[2])):
                discard(target.with_name(left[1]))


def _is_gone(process: int) -> bool:
    if sys.platform == "win32":  # where asking so would end the process
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
