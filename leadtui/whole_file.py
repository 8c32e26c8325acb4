"""The one way to write a file: whole or not at all, for its owner alone to read, and never to where a link leads."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from leadtui.errors import Refused
from leadtui.language.text import safe
from leadtui.language.translate import _

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_NEW = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""Only a file that was not there is written to: what somebody put in its place, a link above all, is not opened."""


class FileIsThere(Refused):
    """A file of that name is there already, and nobody has said that it may be replaced."""


@contextmanager
def whole_file(path: Path, *, force: bool = False) -> Generator[IO[bytes]]:
    """A file to write to, which gets the name `path` once the block ends well. One that is there needs `force`.

    Raises Refused where it cannot be written, also out of the block, and FileIsThere where it is there.
    """
    target = path.absolute()
    _clear_left(target)
    check_target(target, force=force)
    part, handle = _new_part(target)
    try:
        with io.BufferedRandom(_Part(handle, target)) as file:
            yield file
        put_in_place(part, target, force=force)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def check_target(target: Path, *, force: bool) -> None:
    """Raises Refused where no file may be written to `target`, FileIsThere where there is one and `force` is not said."""
    try:
        kind = target.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise unwritable(target, error) from error
    shown = safe(str(target))
    if stat.S_ISLNK(kind):
        raise Refused(_("{file} is a link to another file; give that one, or a new name.").format(file=shown))
    if stat.S_ISDIR(kind):
        raise Refused(_("{file} is a folder; give a file.").format(file=shown))
    if not stat.S_ISREG(kind):
        # A device or a pipe would be gone, and a file in its place.
        raise Refused(_("{file} is no ordinary file; give another one.").format(file=shown))
    if not force:
        raise _is_there(target)


def new_part(target: Path) -> Path:
    """An empty file in the folder of `target`, so that moving it there is one step; nobody else can read it.

    Its name cannot be foreseen. What killed programs left of the same target is deleted. Raises Refused.
    """
    _clear_left(target)
    part, handle = _new_part(target)
    os.close(handle)
    return part


def target_of(path: Path) -> Path:
    """What a part will be called, which is all that a person knows of; any other file is itself."""
    part = re.fullmatch(r"\.(.+)\.\d{1,10}\.[0-9a-f]{16}\.part", path.name)
    return path if part is None else path.with_name(part[1])


def put_in_place(part: Path, target: Path, *, force: bool) -> None:
    """Give a finished part the name `target`, both being on the disk then.

    Without `force` it never covers what came first. Raises Refused, and FileIsThere.
    """
    flush(part)
    try:
        if force:
            part.replace(target)
        else:
            _move_where_nothing_is(part, target)
    except FileExistsError as error:
        raise _is_there(target) from error
    except OSError as error:
        raise unwritable(target, error) from error
    flush_folder(target.parent)


def flush(path: Path) -> None:
    """Wait until a file is on the disk. Raises Refused."""
    try:
        _sync(path, os.O_RDWR)
    except OSError as error:
        raise unwritable(path, error) from error


def flush_folder(path: Path) -> None:
    """Wait until a folder's list of files is on the disk, as far as that can be waited for.

    What has just got its name there is whole, on the disk and seen by everybody: to call it refused would be wrong.
    Windows and the file systems of some memory sticks and networks have no such waiting.
    """
    with suppress(OSError):
        _sync(path, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(path: Path, error: OSError) -> Refused:
    """The sentence for a file that the system does not let be written."""
    return Refused(
        _("{file} cannot be written: {reason}. Choose another place, or free some space.").format(
            file=safe(str(path)), reason=error.strerror or str(error)
        )
    )


class _Part(io.FileIO):
    """A file that says what a person can do where it cannot be written, whoever writes to it."""

    def __init__(self, handle: int, target: Path) -> None:
        super().__init__(handle, "w+")
        self._target = target

    def write(self, data: ReadableBuffer, /) -> int | None:
        try:
            return super().write(data)
        except OSError as error:
            raise unwritable(self._target, error) from error


def _new_part(target: Path) -> tuple[Path, int]:
    """A part and what it is open by."""
    part = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(8).hex()}.part")
    try:
        return part, os.open(part, _NEW, 0o600)
    except OSError as error:
        raise unwritable(target, error) from error


def _move_where_nothing_is(part: Path, target: Path) -> None:
    """Raises FileExistsError where something is."""
    if _renamed_where_nothing_is(part, target):
        return
    try:
        os.link(part, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks have file systems without links.
        if os.path.lexists(target):
            raise FileExistsError from None
        part.rename(target)
    else:
        with suppress(OSError):
            part.unlink()


def _renamed_where_nothing_is(part: Path, target: Path) -> bool:
    """In one step, so that nothing has to be removed afterwards, which a disk may refuse; False where that cannot be done.

    By `renameat2` (https://man7.org/linux/man-pages/man2/rename.2.html), which Python does not have.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # few commands come here

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_FROM_HERE, os.fsencode(part), _FROM_HERE, os.fsencode(target), _NO_REPLACE) == 0:
        return True
    if ctypes.get_errno() == errno.EEXIST:
        raise FileExistsError
    return False


_FROM_HERE, _NO_REPLACE = -100, 1
"""AT_FDCWD and RENAME_NOREPLACE of Linux, the same on every processor."""


def _clear_left(target: Path) -> None:
    """Delete what programs that are gone left of the same target, with what SQLite kept beside it."""
    name = re.compile(rf"\.{re.escape(target.name)}\.(\d{{1,10}})(?:\.[0-9a-f]{{16}})?\.part(?:-[a-z]+)?")
    with suppress(OSError):
        for each in list(target.parent.iterdir()):
            left = name.fullmatch(each.name)
            if left is not None and is_gone(int(left[1])):
                with suppress(OSError):
                    each.unlink()


def is_gone(process: int) -> bool:
    """Whether there is no process of that number any more; False where that cannot be known."""
    if sys.platform == "win32":  # where asking so would end the process
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _is_there(target: Path) -> FileIsThere:
    return FileIsThere(
        _("{file} is there already; give another file, or replace it with --force.").format(
            file=safe(str(target))
        )
    )
