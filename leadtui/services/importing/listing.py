"""What was imported before."""

from __future__ import annotations

from leadtui.domain.importing import ImportBatch
from leadtui.domain.permission import Permission
from leadtui.services.desk import Desk
from leadtui.store import imports

__all__ = ["ImportBatch", "list_imports"]


def list_imports(desk: Desk, limit: int = 1_000) -> tuple[ImportBatch, ...]:
    """The imports of the workspace, newest first, at most `limit`; one without an end was stopped."""
    desk.require(Permission.IMPORT)
    with desk.store.read() as connection:
        return imports.batches(connection, desk.workspace.id, limit)
