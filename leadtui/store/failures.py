"""What can be wrong with a store's file, told in sentences that say what to do."""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from leadtui.errors import StoreError
from leadtui.language.translate import N_, _

SQLITE_MAGIC = b"SQLite format 3\x00"
MOUNTS = Path("/proc/mounts")
NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs4 cifs smb2 smb3 smbfs ncpfs ncp 9p afs coda ceph lustre beegfs gpfs davfs fuse.sshfs fuse.glusterfs "
    "fuse.ceph fuse.rclone fuse.davfs2 fuse.s3fs fuse.gcsfuse fuse.curlftpfs fuse.vmhgfs-fuse vboxsf prl_fs".split()
)


def check_file(path: Path, *, create: bool, application_id: int, mounts: Path = MOUNTS) -> None:
    """Look at the file before SQLite does; with `create`, make an empty one where there is none.

    Raises StoreError where it cannot be a usable store.
    """
    _refuse_network(path, mounts)
    kind = _kind_of_file(path)
    if kind == 0:
        if not create:
            raise no_store(path)
        _make_file(path)
        return
    if stat.S_ISDIR(kind):
        raise StoreError(_("{path} is a folder; give the file of a store.").format(path=path))
    if not stat.S_ISREG(kind):
        raise StoreError(_("{path} is no ordinary file; give the file of a store.").format(path=path))
    if not _being_made(path):
        _check_head(path, _read_head(path), create=create, application_id=application_id)
    if not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreError(_(_NOT_WRITABLE).format(path=path))


def check_place(path: Path, mounts: Path = MOUNTS) -> None:
    """Raises StoreError where no store can be made at `path`; makes nothing."""
    _refuse_network(path, mounts)
    kind = _kind_of_file(path)
    if kind:
        raise _came_first(path)
    nearest = next((folder for folder in path.parents if folder.exists()), path.parent)
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise _not_made(path)


def put_in_place(made: Path, target: Path) -> None:
    """Move a closed store to where no file may be. Raises StoreError where one came first."""
    if target.exists():
        raise _came_first(target)
    # Left behind by a store that was deleted; SQLite would take them for this one's.
    for ending in ("-journal", "-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
    try:
        os.link(made, target)  # unlike a move it never covers anything
    except FileExistsError as error:
        raise _came_first(target) from error
    except OSError:
        # Memory sticks have file systems without links.
        try:
            made.rename(target)
        except OSError as error:
            raise _not_made(target) from error


def is_there(path: Path) -> bool:
    """Whether a file lies at `path` that has anything in it. Raises StoreError where that cannot be seen."""
    return _kind_of_file(path) != 0 and (not path.is_file() or path.stat().st_size > 0)


def no_store(path: Path) -> StoreError:
    """The sentence for a store that does not exist yet."""
    return StoreError(
        _("There is no store at {path}; `leadtui` makes one, and so does `leadtui import FILE`.").format(
            path=path
        )
    )


def damaged(url: URL) -> StoreError:
    """The sentence for a store whose content cannot be read."""
    return StoreError(_(_DAMAGED).format(path=url.database))


def protect(path: Path) -> None:
    """Let only its owner (and group, where that was granted) read the store: it holds people's numbers."""
    if sys.platform == "win32":
        return
    about = path.stat()
    if about.st_mode & 0o007 and about.st_uid == os.getuid():
        # A file system without permissions, such as that of a memory stick, refuses; there is nothing to do.
        with suppress(OSError):
            path.chmod(stat.S_IMODE(about.st_mode) & ~0o007)


def identity(path: Path) -> tuple[int, int]:
    """What tells this file from another one that is put in its place; zeros where there is none."""
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_dev, about.st_ino


def check_in_place(path: Path, opened: tuple[int, int]) -> None:
    """Raises StoreError where the file that was opened is no longer at `path`.

    SQLite would go on writing, with a log beside it, into a file that nobody can open again.
    """
    if identity(path) != opened or opened == (0, 0):
        raise StoreError(_(_MOVED).format(path=path))


def explain(error: DBAPIError, url: URL) -> StoreError | None:
    """The sentence for what SQLite said; None where the program itself is at fault."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    said = str(error.orig)
    if code is None:
        # The driver's own errors have no code; only this one comes from what is in the file.
        return damaged(url) if said.startswith("Could not decode") else None
    sentence = _SENTENCES.get(code) or _SENTENCES.get(code & 0xFF)
    if sentence is None and said.startswith("no such table"):
        sentence = _DAMAGED
    if sentence is None and said.startswith(("no such module", "no such tokenizer")):
        sentence = _TOO_OLD
    return None if sentence is None else StoreError(_(sentence).format(path=url.database))


def explain_driver(error: Exception, path: Path) -> StoreError | None:
    """The sentence for what SQLite said to who speaks with it directly; None where there is none."""
    code = getattr(error, "sqlite_errorcode", 0)
    sentence = _SENTENCES.get(code) or _SENTENCES.get(code & 0xFF)
    return None if sentence is None else StoreError(_(sentence).format(path=path))


def is_busy(error: Exception) -> bool:
    """Whether SQLite gave up because another process was at work."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (_BUSY, _LOCKED)


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


def on_network(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of network file system that `path` is on; "" where it is on this machine."""
    if sys.platform == "win32" and path.drive.startswith("\\\\"):
        return "SMB"
    kind, point = file_system_of(path, mounts)
    # Light virtual machines have their own root over 9p; nobody else writes there.
    return kind if kind in NETWORK_FILE_SYSTEMS and (kind, point) != ("9p", "/") else ""


_OCTAL = re.compile(r"\\([0-7]{3})")

_NOT_WRITABLE = N_("{path} cannot be written; make the file and its folder writable for you.")
_DAMAGED = N_(
    "The store at {path} is damaged. Run `leadtui doctor`, and restore a backup where you have one."
)
_TOO_OLD = N_(
    "The SQLite of this Python is too old for {path}: it cannot search. Install the package pysqlite3, or a newer Python."
)
_BUSY_SENTENCE = N_(
    "The store at {path} is busy with another program; nothing was saved. Try again in a moment."
)
_MOVED = N_("{path} was moved or deleted while it was open; nothing was saved. Put it back and start again.")

# https://www.sqlite.org/rescode.html; an extended code goes before the primary one in its low byte.
_BUSY, _LOCKED = 5, 6
_SENTENCES = {
    3: _NOT_WRITABLE,
    _BUSY: _BUSY_SENTENCE,
    _LOCKED: _BUSY_SENTENCE,
    15: _BUSY_SENTENCE,
    8: _NOT_WRITABLE,
    8 | 4 << 8: N_(
        "{path} was moved or deleted while it was open; nothing was saved. Put it back and start again."
    ),
    10: N_(
        "The disk with {path} refused to read or write; nothing was saved. Free some space or check the disk, and "
        "save again."
    ),
    11: _DAMAGED,
    13: N_("The disk with {path} is full; nothing was saved. Free some space and save again."),
    14: N_("{path} cannot be opened; check that the folder exists and that you may write to it."),
    26: _DAMAGED,
}


def _kind_of_file(path: Path) -> int:
    """The file's mode, with its kind; 0 where nothing is there."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        raise StoreError(
            _("{path} cannot be looked at ({reason}); give another file or check its folder.").format(
                path=path, reason=os.strerror(error.errno or 0)
            )
        ) from error


def _being_made(path: Path) -> bool:
    """Whether the machine stopped while the tables were being made; SQLite takes that back as it opens the file."""
    return Path(f"{path}-journal").is_file()


def _check_head(path: Path, head: bytes, *, create: bool, application_id: int) -> None:
    if not head:
        if not create:
            raise no_store(path)
    elif not head.startswith(SQLITE_MAGIC):
        raise StoreError(
            _("{path} is not a leadtui store; nothing was changed. Give another file.").format(path=path)
        )
    elif int.from_bytes(head[68:72], "big") != application_id:
        raise StoreError(
            _("{path} belongs to another program, not to leadtui; nothing was changed.").format(path=path)
        )


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError
        # The file is made here so that nobody else can read it even for a moment.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise _not_made(path) from error


def _not_made(path: Path) -> StoreError:
    return StoreError(_("{path} cannot be made; choose a folder that you may write to.").format(path=path))


def _came_first(path: Path) -> StoreError:
    return StoreError(
        _(
            "Somebody else has made {path} in the meantime; nothing was changed. Do it again on theirs."
        ).format(path=path)
    )


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise StoreError(_("{path} cannot be read; check its permissions.").format(path=path)) from error


def _refuse_network(path: Path, mounts: Path) -> None:
    kind = on_network(path, mounts)
    if kind:
        raise StoreError(
            _(
                "{path} is on a network file system ({kind}), where SQLite loses data; give a file on this machine."
            ).format(path=path, kind=kind)
        )
