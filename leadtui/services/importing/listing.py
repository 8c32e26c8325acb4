"""What was imported before."""

from __future__ import annotations

from leadtui.domain.importing import ImportBatch
from leadtui.domain.permission import Permission
from leadtui.services.session import Session
from leadtui.store import imports

__all__ = ["ImportBatch", "list_imports"]


def list_imports(session: Session, limit: int = 1_000) -> tuple[ImportBatch, ...]:
    """The imports of the workspace, newest first, at most `limit`; one without an end was stopped."""
    with session.read(Permission.IMPORT) as tx:
        return imports.batches(tx, limit)
