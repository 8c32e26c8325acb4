"""What can be wrong with a store's file, told in sentences that say what to do."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from leadtui.errors import StoreError
from leadtui.language.translate import _

SQLITE_MAGIC = b"SQLite format 3\x00"
NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs4 cifs smb3 smbfs fuse.sshfs 9p afs ncpfs fuse.glusterfs ceph fuse.rclone davfs fuse.davfs2".split()
)


def check_file(path: Path, *, create: bool, application_id: int, mounts: Path = Path("/proc/mounts")) -> None:
    """Look at the file before SQLite does. Raises StoreError where it cannot be a usable store."""
    if path.is_dir():
        raise StoreError(_("{path} is a folder; give the file of a store.").format(path=path))
    _refuse_network(path, mounts)
    if not path.exists():
        if not create:
            raise StoreError(
                _("There is no store at {path}. `leadtui` makes one, and so does `leadtui import`.").format(
                    path=path
                )
            )
        _make_folder(path)
        return
    head = _read_head(path)
    if not head and create:
        return
    if not head.startswith(SQLITE_MAGIC):
        raise StoreError(
            _("{path} is not a leadtui store; nothing was changed. Give another file.").format(path=path)
        )
    if int.from_bytes(head[68:72], "big") != application_id:
        raise StoreError(
            _("{path} belongs to another program, not to leadtui; nothing was changed.").format(path=path)
        )
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreError(
            _("{path} cannot be written; make the file and its folder writable for you.").format(path=path)
        )


def protect(path: Path) -> None:
    """Let only its owner (and group, where that was granted) read the store: it holds people's numbers."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o007 and path.stat().st_uid == os.getuid():
        path.chmod(mode & ~0o007)


def explain(error: DBAPIError, url: URL) -> StoreError:
    """The sentence for what the database said."""
    said = str(error.orig).lower()
    path = url.database or url.render_as_string(hide_password=True)
    for words, sentence in _SENTENCES.items():
        if words in said:
            return StoreError(_(sentence).format(path=path))
    return StoreError(
        _("The store at {path} could not be used: {reason}.").format(path=path, reason=error.orig)
    )


_SENTENCES = {
    "locked": "The store at {path} is busy with another program; try again in a moment.",
    "readonly": "The store at {path} cannot be written; make the file and its folder writable for you.",
    "full": "The disk with {path} is full; nothing was saved. Free some space and save again.",
    "disk i/o": "The disk with {path} refused to write; nothing was saved. Free some space or check the disk, and save again.",
    "malformed": "The store at {path} is damaged. Run `leadtui doctor`, and restore a backup where you have one.",
    "not a database": "{path} is not a leadtui store; nothing was changed. Give another file.",
    "unable to open": "{path} cannot be opened; check that the folder exists and that you may write to it.",
}


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError
        # The file is made here so that nobody else can read it even for a moment.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            _("{path} cannot be made; choose a folder that you may write to.").format(path=path)
        ) from error


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise StoreError(_("{path} cannot be read; check its permissions.").format(path=path)) from error


def _refuse_network(path: Path, mounts: Path) -> None:
    kind = file_system_of(path, mounts)
    if kind in NETWORK_FILE_SYSTEMS:
        raise StoreError(
            _(
                "{path} is on a network file system ({kind}), where SQLite loses data; give a file on this machine."
            ).format(path=path, kind=kind)
        )


def file_system_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of file system that holds `path`, as the mount table names it; "" where there is no table."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    wanted = path.absolute()
    best, kind = "", ""
    for line in lines:
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if wanted.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind
