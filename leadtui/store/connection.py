"""What the store's functions work through."""

from __future__ import annotations

from sqlalchemy import Connection


class WorkspaceConnection:
    """A connection inside a transaction, and the workspace whose rows it works on."""

    __slots__ = ("connection", "workspace_id")

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self.connection = connection
        self.workspace_id = workspace_id
