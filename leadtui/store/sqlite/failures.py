"""What SQLite says when something fails, told in sentences that say what to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from leadtui.errors import StoreError
from leadtui.language.translate import N_, _
from leadtui.store.sqlite.files import MOVED, NOT_WRITABLE
from leadtui.whole_file import target_of


def damaged(path: Path) -> StoreError:
    """The sentence for a store whose content cannot be read."""
    return StoreError(_(_DAMAGED).format(path=path))


def too_old(path: Path) -> StoreError:
    """The sentence for a store whose search index this SQLite cannot read."""
    return StoreError(_(_TOO_OLD).format(path=path))


def explain(error: Exception, path: Path) -> StoreError | None:
    """The sentence for what SQLite said, to SQLAlchemy or to who speaks with it directly; None where the program is at fault."""
    said_by = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(said_by, "sqlite_errorcode", None)
    said = str(said_by)
    if code is None:
        # The driver's own errors have no code; only this one comes from what is in the file.
        return damaged(path) if said.startswith("Could not decode") else None
    if is_unwritten(said_by):
        path = target_of(path)
    sentence = _SENTENCES.get(code) or _SENTENCES.get(code & 0xFF)
    if sentence is None and said.startswith(("no such table", "foreign key mismatch")):
        sentence = _DAMAGED
    if said.startswith("invalid fts5 file format") or (
        sentence is None and said.startswith(("no such module", "no such tokenizer"))
    ):
        return too_old(path)
    return None if sentence is None else StoreError(_(sentence).format(path=path))


def is_busy(error: Exception) -> bool:
    """Whether SQLite gave up because another process was at work."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (_BUSY, _LOCKED)


def is_unreadable(error: Exception) -> bool:
    """Whether SQLite cannot make anything of what the file holds, or the disk does not give it."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in (_CORRUPT, _NOT_A_DATABASE) or code in _NOT_READ


def is_unwritten(error: Exception | None) -> bool:
    """Whether the disk did not take what SQLite wrote."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in (_DISK, _FULL) and code not in _NOT_READ


_DAMAGED = N_(
    "The store at {path} is damaged. Run `leadtui doctor`, and restore a backup where you have one."
)
_TOO_OLD = N_(
    "The SQLite of this Python is too old for {path}: it cannot search. Install the package pysqlite3, or a newer Python."
)
_BUSY_SENTENCE = N_(
    "The store at {path} is busy with another program; nothing was saved. Try again in a moment."
)

# https://www.sqlite.org/rescode.html; an extended code goes before the primary one in its low byte.
_BUSY, _LOCKED = 5, 6
_DISK, _FULL = 10, 13
_CORRUPT, _NOT_A_DATABASE = 11, 26
_NOT_READ = frozenset({10 | 1 << 8, 10 | 2 << 8, 10 | 33 << 8})
"""Of a disk's errors those of reading: SQLITE_IOERR_READ, _SHORT_READ and _CORRUPTFS."""
_SENTENCES = {
    3: NOT_WRITABLE,
    _BUSY: _BUSY_SENTENCE,
    _LOCKED: _BUSY_SENTENCE,
    15: _BUSY_SENTENCE,
    8: NOT_WRITABLE,
    8 | 4 << 8: MOVED,
    _DISK: N_(
        "The disk with {path} refused to read or write; nothing was saved. Free some space or check the disk, and "
        "save again."
    ),
    _CORRUPT: _DAMAGED,
    _FULL: N_("The disk with {path} is full; nothing was saved. Free some space and save again."),
    14: N_("{path} cannot be opened; check that the folder exists and that you may write to it."),
    _NOT_A_DATABASE: _DAMAGED,
}
