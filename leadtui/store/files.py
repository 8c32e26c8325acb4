"""Files on disk as far as stores go: what belongs to one, and which file system has it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

LOG_ENDINGS = ("-journal", "-wal", "-shm")
"""What SQLite adds to a database's name for the files that it keeps beside it."""

HEADER = b"SQLite format 3\x00"
"""How a database begins (https://www.sqlite.org/fileformat.html, section 1.3.1)."""

MOUNTS = Path("/proc/mounts")
_OCTAL = re.compile(r"\\([0-7]{3})")


def belongs_to_store(path: Path) -> bool:
    """Whether the file is a database, or has the name of a log beside one. Raises OSError where it cannot be read."""
    return is_database(path) or database_of_log(path) is not None


def database_of_log(path: Path) -> Path | None:
    """The database whose log has that name, where there is one."""
    whole = path.resolve()
    for ending in LOG_ENDINGS:
        database = Path(str(whole).removesuffix(ending))
        if database != whole and is_database(database):
            return database
    return None


def is_database(path: Path) -> bool:
    """Whether the file is a database of SQLite. Nothing but an ordinary file is read. Raises OSError."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


def discard(made: Path) -> None:
    """Delete what is not needed, with what SQLite keeps beside it."""
    for ending in ("", *LOG_ENDINGS):
        with suppress(OSError):
            Path(f"{made}{ending}").unlink(missing_ok=True)


def file_system_of(path: Path, mounts: Path = MOUNTS) -> tuple[str, str]:
    """The kind of file system that holds `path`, as the mount table names it, and where it is mounted.

    Both are "" where there is no table, as on macOS and Windows.
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        wanted = path.resolve()
    except (OSError, RuntimeError):  # a circle of links is a RuntimeError
        return "", ""
    point, kind = "", ""
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        mounted = _OCTAL.sub(lambda found: chr(int(found[1], 8)), parts[1])
        # What is mounted later over the same place hides what was there.
        if wanted.is_relative_to(mounted) and len(mounted) >= len(point):
            point, kind = mounted, parts[2]
    return kind, point
