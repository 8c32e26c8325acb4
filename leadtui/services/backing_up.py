"""Back a store up while it is in use, and put a backup in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from leadtui.domain.permission import Permission
from leadtui.errors import StoreError
from leadtui.services.session import Clock, Session, system_clock
from leadtui.store.consistency import StoreCounts, count
from leadtui.store.engine import backend_at
from leadtui.store.files import discard


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was written and checked."""

    path: Path
    size: int
    """In bytes."""
    counts: StoreCounts


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A store that was restored; `kept` is where the one before it is now, None where there was none."""

    path: Path
    kept: Path | None
    counts: StoreCounts


def back_up(session: Session, file: Path, *, force: bool = False) -> BackupReport:
    """Write the whole store to `file`, as it is at one moment, while others go on working in it.

    The file is there whole and checked, or not at all; its owner alone can read it. Raises Refused where there is
    a file already and `force` is not given, StoreError where it cannot be written.
    """
    session.check(Permission.BACK_UP)
    target = file.expanduser().absolute()
    session.store.backend.back_up(target, force=force)
    with session.store.read() as connection:
        return BackupReport(target, target.stat().st_size, count(connection))


def restore(where: str, file: Path, email: str = "", clock: Clock = system_clock) -> RestoreReport:
    """Put a backup in the place of the store at `where`, which is kept beside it.

    The backup is copied and checked before anything is replaced. The permission is that of the person in the
    present store; where there is none that can be opened, in the backup. Raises Refused, NotFound, and StoreError
    where the backup is not sound or others have the present store open.
    """
    backend = backend_at(where)
    _require_in_present(where, email)
    made = backend.make_restorable(file.expanduser().absolute())
    try:
        counts = _counted(str(made), email, clock)
        restored = backend.replace(made, clock())
    finally:
        discard(made)
    return RestoreReport(restored.path, restored.kept, counts)


def _require_in_present(where: str, email: str) -> None:
    """Raises Refused where the present store says that the person may not; one that is damaged says nothing."""
    if not backend_at(where).exists():
        return
    try:
        session = Session.open(where, email)
    except StoreError:
        return
    _close_after(session, lambda: session.check(Permission.BACK_UP))


def _counted(made: str, email: str, clock: Clock) -> StoreCounts:
    """What the backup holds. Raises Refused where the person may not use it, NotFound where they are not in it."""
    session = Session.open(made, email, clock)
    found: list[StoreCounts] = []

    def look() -> None:
        with session.read(Permission.BACK_UP) as tx:
            found.append(count(tx.connection))

    _close_after(session, look)
    return found[0]


def _close_after(session: Session, work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        session.close()
