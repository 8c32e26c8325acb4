"""Writing a file that is there whole or not at all, and that its owner alone can read: it holds people's data."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from leadtui.errors import Refused
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.store.files import belongs_to_store, beside, clear_left


class FileIsThere(Refused):
    """A file of that name is there already, and nobody has said that it may be replaced."""


def path_typed(typed: str) -> Path:
    """The path that a person typed; `~` is their home folder. Raises Refused where whose home that is nobody knows."""
    try:
        return Path(typed.strip()).expanduser()
    except RuntimeError as error:
        raise Refused(_("{file} names nobody's home folder here.").format(file=safe(typed))) from error


@contextmanager
def atomic_file(path: Path, *, force: bool = False) -> Generator[IO[bytes]]:
    """A file to write to, which gets the name `path` once the block ends well. One that is there needs `force`.

    Raises Refused where it cannot be written, FileIsThere where it is there.
    """
    target = path_typed(str(path)).absolute()
    try:
        is_folder, is_there = target.is_dir(), target.exists()
        is_store, is_ordinary = belongs_to_store(target), target.is_file()
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise _unwritable(path, error) from error
    if is_folder:
        raise Refused(_("{file} is a folder; give a file.").format(file=safe(str(path))))
    if is_store:
        raise belongs_to_a_store(path)
    if is_there and not is_ordinary:
        # A device or a pipe would be gone, and a file in its place.
        raise Refused(_("{file} is no ordinary file; give another one.").format(file=safe(str(path))))
    if is_there and not force:
        raise FileIsThere(
            _("{file} is there already; give another file, or replace it with --force.").format(
                file=safe(str(path))
            )
        )
    made = beside(target)
    clear_left(target)
    try:
        handle = os.open(made, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            made.replace(target)
        except OSError as error:
            raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)


def belongs_to_a_store(path: Path) -> Refused:
    """The sentence for a file that no command writes over, however it is asked."""
    return Refused(
        _(
            "{file} belongs to a store, and writing over it would lose what is in it; give another file."
        ).format(file=safe(str(path)))
    )


def _unwritable(path: Path, error: OSError) -> Refused:
    return Refused(
        _("{file} cannot be written: {reason}. Choose another place, or free some space.").format(
            file=safe(str(path)), reason=error.strerror or str(error)
        )
    )
