"""Back a store up while it is in use, and put a backup in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from leadtui.domain.audit import AuditEvent, AuditKind, done
from leadtui.domain.audit_chain import Head
from leadtui.domain.permission import Permission
from leadtui.errors import StoreError
from leadtui.services.audit import tell_everywhere
from leadtui.services.session import Clock, Session, system_clock
from leadtui.services.workspaces import require_whole_store
from leadtui.store import audit, definitions, invitations, sign_ins
from leadtui.store.connection import WorkspaceConnection
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
    audited: bool
    """Whether the audit tells of it: not where the store could not be written, which is when a backup is needed most."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A store that was restored; `kept` is where the one before it is now, None where there was none."""

    path: Path
    kept: Path | None
    counts: StoreCounts


def back_up(
    session: Session,
    file: Path,
    *,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> BackupReport:
    """Write the whole store to `file`, as it is at one moment, while others go on working in it.

    `progress` is told how many bytes are written, and of how many; once it is all of them, they are checked.
    The file is there whole and checked, or not at all; its owner alone can read it. Whoever may no longer, meanwhile, gets
    none. Raises Refused where there is a file already and `force` is not given, StoreError where it cannot be written.
    """

    def still() -> None:
        with session.read(Permission.BACK_UP) as tx:
            require_whole_store(tx)

    still()
    target = file.expanduser().absolute()
    # A file that is in the way is refused below, and no backup.
    audited = (force or not target.exists()) and _told(session, target)
    session.store.backend.back_up(target, force=force, still=still, progress=progress)
    with session.store.read() as connection:
        return BackupReport(target, target.stat().st_size, count(connection), audited)


def _told(session: Session, target: Path) -> bool:
    """Let the audit tell that a backup is made, so that the backup tells it, too; whether it could."""
    try:
        with session.write(Permission.BACK_UP) as tx:
            tell_everywhere(
                tx, lambda _workspace_id: done(AuditKind.BACKUP, title=target.name, file=str(target))
            )
    except StoreError:
        return False
    return True


Opener: TypeAlias = Callable[[str], Session]
"""Opens a store as the person who acts, with whatever proof it asks for."""


def restore(where: str, file: Path, opened: Opener, clock: Clock = system_clock) -> RestoreReport:
    """Put a backup in the place of the store at `where`, which is kept beside it.

    The backup is copied and checked before anything is replaced. The permission is that of the person in the
    present store; where there is none that can be opened, in the backup; in every workspace of it. In what is restored
    nobody is signed in, and no one-time code is good. Raises Refused, NotFound, and StoreError where the backup is not
    sound or others have the present store open.
    """
    backend = backend_at(where)
    replaced = _require_in_present(where, opened)
    made = backend.make_restorable(file.expanduser().absolute())
    try:
        counts = _taken_on(str(made), file, opened, clock, replaced)
        restored = backend.replace(made, clock())
    finally:
        discard(made)
    return RestoreReport(restored.path, restored.kept, counts)


def _require_in_present(where: str, opened: Opener) -> dict[int, Head]:
    """The heads of the audits of the present store, by the ids of its workspaces.

    Raises Refused where that store says that the person may not; one that is damaged says nothing.
    """
    if not backend_at(where).exists():
        return {}
    try:
        session = opened(where)
    except StoreError:
        return {}
    with closing(session), session.read(Permission.BACK_UP) as tx:
        require_whole_store(tx)
        heads = {
            each: audit.head(WorkspaceConnection(tx.connection, each))
            for each in definitions.workspaces(tx.connection)
        }
    return {each: head for each, head in heads.items() if head is not None}


def _taken_on(
    made: str, file: Path, opened: Opener, clock: Clock, replaced: Mapping[int, Head]
) -> StoreCounts:
    """What the backup holds, whose audits tell from now on that it was restored, and which entry was the last of the other's.

    Nobody is signed in to it any more. Raises Refused where the person may not use it, NotFound where they are not in it.
    """

    def told(workspace_id: int) -> AuditEvent:
        last = replaced.get(workspace_id)
        return done(
            AuditKind.RESTORE,
            title=file.name,
            file=str(file.expanduser().absolute()),
            replaced=None if last is None else last.number,
            replaced_hash="" if last is None else last.hash,
        )

    with closing(opened(made)) as session, session.write(Permission.BACK_UP) as tx:
        require_whole_store(tx)
        tell_everywhere(tx, told)
        sign_ins.end_everybodys(tx.connection, clock())
        invitations.end_all(tx.connection, clock())
        return count(tx.connection)
