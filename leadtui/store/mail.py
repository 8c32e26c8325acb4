"""The mail server of a workspace: no part of what is defined, so that no template, export or audit has its secret."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from leadtui.domain.mail import MailSecurity, MailServer
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection

_mail = tables.mail_server.c


def find(tx: WorkspaceConnection) -> MailServer | None:
    """The server with its secret; None where none is set."""
    row = tx.connection.execute(
        select(tables.mail_server).where(_mail.workspace_id == tx.workspace_id)
    ).first()
    if row is None:
        return None
    return MailServer(row.host, row.port, MailSecurity(row.security), row.user, row.sender, row.secret)


def put(tx: WorkspaceConnection, server: MailServer | None) -> None:
    """Let this be the server from now on; None for none."""
    tx.connection.execute(delete(tables.mail_server).where(_mail.workspace_id == tx.workspace_id))
    if server is not None:
        tx.connection.execute(
            insert(tables.mail_server).values(
                workspace_id=tx.workspace_id,
                host=server.host,
                port=server.port,
                security=server.security.value,
                user=server.user,
                sender=server.sender,
                secret=server.secret,
            )
        )
