"""Look whether everything in a store agrees, and put right what can be proven, after a backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from leadtui.domain.audit import AuditKind, done
from leadtui.domain.permission import Permission
from leadtui.errors import StoreError
from leadtui.language.translate import _
from leadtui.services.audit import tell_everywhere
from leadtui.services.session import Session
from leadtui.services.workspaces import require_whole_store
from leadtui.store import consistency
from leadtui.store.consistency import Fault, Found

__all__ = ["NOTES", "PRESENT_FOR", "REPAIRABLE", "Fault", "Found", "RepairReport", "repair"]

REPAIRABLE = frozenset(consistency.REPAIRABLE)
"""What can be put right from the rest of the store."""

PRESENT_FOR = timedelta(days=1)
"""A terminal that said nothing for so long is gone."""

NOTES = frozenset({Fault.OWNER, Fault.FINAL_REMINDERS, Fault.PRESENCE})
"""What only matters to know: it may be meant so."""


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What was put right, what stays, and where the store from before is kept (None: nothing had to be done)."""

    repaired: tuple[Found, ...]
    left: tuple[Found, ...]
    backup: Path | None


def repair(session: Session, report: Callable[[Found], None] | None = None) -> RepairReport:
    """Put right whatever can be proven from other rows, each fault in one transaction, and tell each.

    Before the first change the store is backed up beside itself. Raises Refused, and StoreError where the file is
    damaged: then only a backup helps.
    """
    with session.read(Permission.BACK_UP) as tx:
        require_whole_store(tx)
        if session.store.backend.damages(tx.connection):
            raise StoreError(
                _(
                    "The store's file is damaged, which cannot be repaired here; restore a backup with `leadtui restore`."
                )
            )
    repaired: list[Found] = []
    tried: set[Fault] = set()
    kept: Path | None = None
    left = _look(session)
    while wrong := [
        each for each in left if each.fault in consistency.REPAIRABLE and each.fault not in tried
    ]:
        kept = kept or _backed_up(session)
        for each in sorted(wrong, key=lambda each: consistency.REPAIRABLE.index(each.fault)):
            consistency.repair(session.store, each.fault, session.now() - PRESENT_FOR, session.now())
            repaired.append(each)
            tried.add(each.fault)
            if report is not None:
                report(each)
        # In tables that are right now more can be seen.
        left = _look(session)
    still = {each.fault for each in left}
    put_right = tuple(each for each in repaired if each.fault not in still)
    if kept is not None:
        with session.write(Permission.BACK_UP) as tx:
            faults = tuple(each.fault for each in put_right)
            event = done(AuditKind.REPAIR, faults=faults, file=str(kept))
            tell_everywhere(tx, lambda _workspace_id: event)
    return RepairReport(put_right, left, kept)


def _look(session: Session) -> tuple[Found, ...]:
    return tuple(consistency.look(session.store, session.now() - PRESENT_FOR))


def _backed_up(session: Session) -> Path:
    return session.store.backend.back_up_beside("before-repair", session.now(), sound=False)
