"""Which files are a store's: whoever writes over one of them loses customers."""

from __future__ import annotations

from pathlib import Path

LOG_ENDINGS = ("-journal", "-wal", "-shm")
"""What SQLite adds to a database's name for the files that it keeps beside it."""

_HEADER = b"SQLite format 3\x00"
"""How a database begins (https://www.sqlite.org/fileformat.html, section 1.3.1)."""


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
        return file.read(len(_HEADER)) == _HEADER


def belongs_to_store(path: Path) -> bool:
    """Whether the file is a database, or has the name of a log beside one. Raises OSError where it cannot be read."""
    return is_database(path) or database_of_log(path) is not None
