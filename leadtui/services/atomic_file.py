"""Writing a file that a person named: whole or not at all, and never over a store."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from leadtui.errors import Refused
from leadtui.hosting import require_within
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.store.files import belongs_to_store
from leadtui.whole_file import unwritable, whole_file


def path_typed(typed: str) -> Path:
    """The path that a person typed; `~` is their home folder.

    Raises Refused where whose home that is nobody knows, and outside of the folder of somebody who is hosted.
    """
    try:
        path = Path(typed.strip()).expanduser()
    except RuntimeError as error:
        raise Refused(_("{file} names nobody's home folder here.").format(file=safe(typed))) from error
    require_within(path)
    return path


@contextmanager
def atomic_file(path: Path, *, force: bool = False) -> Generator[IO[bytes]]:
    """As `whole_file`, for a path that a person typed. Raises Refused also where it belongs to a store."""
    target = path_typed(str(path)).absolute()
    try:
        is_store = belongs_to_store(target)
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise unwritable(path, error) from error
    if is_store:
        raise Refused(
            _(
                "{file} belongs to a store, and writing over it would lose what is in it; give another file."
            ).format(file=safe(str(path)))
        )
    with whole_file(target, force=force) as file:
        yield file
