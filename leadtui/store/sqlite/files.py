"""The file of a store: what is looked at before SQLite opens it, and how it gets its name."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from leadtui import whole_file
from leadtui.errors import StoreError
from leadtui.language.translate import N_, _
from leadtui.store.files import HEADER, LOG_ENDINGS, MOUNTS, file_system_of

APPLICATION_ID = 0x4C454144
"""Written into the head of every store ("LEAD"), so that another program's file is known as such."""

NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs4 cifs smb2 smb3 smbfs ncpfs ncp 9p afs coda ceph lustre beegfs gpfs davfs fuse.sshfs fuse.glusterfs "
    "fuse.ceph fuse.rclone fuse.davfs2 fuse.s3fs fuse.gcsfuse fuse.curlftpfs fuse.vmhgfs-fuse vboxsf prl_fs".split()
)

NOT_WRITABLE = N_("{path} cannot be written; make the file and its folder writable for you.")
LOG_GONE = N_(
    "The log of {path} was deleted while it was open, and with it what was saved last; nothing more is saved. Close leadtui everywhere, "
    "start it again and see what the last minutes lack."
)
MOVED = N_("{path} was moved or deleted while it was open; nothing was saved. Put it back and start again.")


def check_file(path: Path, *, create: bool, mounts: Path = MOUNTS) -> None:
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
        _check_head(path, _read_head(path), create=create)
    if not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreError(_(NOT_WRITABLE).format(path=path))


def check_place(path: Path) -> None:
    """Raises StoreError where no store can be made at `path`; makes nothing."""
    _refuse_network(path, MOUNTS)
    kind = _kind_of_file(path)
    if kind:
        raise _came_first(path)
    nearest = next((folder for folder in path.parents if folder.exists()), path.parent)
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise _not_made(path)


def put_in_place(made: Path, target: Path) -> None:
    """Move a settled store to where no file may be. Raises StoreError where one came first."""
    if target.exists():
        raise _came_first(target)
    clear_logs(target)
    try:
        whole_file.put_in_place(made, target, force=False)
    except whole_file.FileIsThere as error:
        raise _came_first(target) from error


def clear_logs(target: Path) -> None:
    """Delete the logs of a store that was deleted: SQLite would take them for those of the one that comes there. Raises StoreError."""
    try:
        for ending in LOG_ENDINGS:
            Path(f"{target}{ending}").unlink(missing_ok=True)
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
        raise StoreError(_(MOVED).format(path=path))


def on_network(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of network file system that `path` is on; "" where it is on this machine."""
    if sys.platform == "win32" and path.drive.startswith("\\\\"):
        return "SMB"
    kind, point = file_system_of(path, mounts)
    # Light virtual machines have their own root over 9p; nobody else writes there.
    return kind if kind in NETWORK_FILE_SYSTEMS and (kind, point) != ("9p", "/") else ""


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


def _check_head(path: Path, head: bytes, *, create: bool) -> None:
    if not head:
        if not create:
            raise no_store(path)
    elif not head.startswith(HEADER):
        raise StoreError(
            _("{path} is not a leadtui store; nothing was changed. Give another file.").format(path=path)
        )
    elif int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise StoreError(
            _("{path} belongs to another program, not to leadtui; nothing was changed.").format(path=path)
        )


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError
        # The file is made here so that nobody else can read it even for a moment.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
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
