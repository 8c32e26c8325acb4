"""Messages to customers: their texts, gateways, an outbox, and who agreed. Whoever follows leads up may send them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_GRANTED = {
    "follow-ups:set": {"messages:send"},
    "settings:needs": {"messages:texts"},
    "settings:workspace": {"messages:set-up"},
}
"""What is given to whom until somebody decides otherwise: who set the mail server sets the gateways."""


def _workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{table}_workspace_id_workspace")
    )


def _of_lead(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "lead_id"],
        ["lead.workspace_id", "lead.id"],
        name=op.f(f"fk_{table}_workspace_id_lead"),
        ondelete="CASCADE",
    )


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.create_table(
        "message_text",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        _words("subject"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_text")),
        _workspace("message_text"),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_message_text_workspace_id_key")),
    )
    op.create_table(
        "gateway",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        _words("secret"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway")),
        _workspace("gateway"),
        sa.UniqueConstraint("workspace_id", "medium", name=op.f("uq_gateway_workspace_id_medium")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("actor_id", _ID, nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        _words("title"),
        _words("subject"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("activity_id", _ID, nullable=False),
        sa.Column("cause_id", _ID),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("state_at", sa.BigInteger()),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("doubted_at", sa.BigInteger()),
        _words("problem"),
        _words("detail"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        _workspace("outbox"),
        _of_lead("outbox"),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_outbox_actor_id_user")),
        sa.UniqueConstraint("workspace_id", "token", name=op.f("uq_outbox_workspace_id_token")),
    )
    op.create_index(
        op.f("ix_outbox_workspace_id_state_due_at"), "outbox", ["workspace_id", "state", "due_at"]
    )
    op.create_index(op.f("ix_outbox_workspace_id_lead_id"), "outbox", ["workspace_id", "lead_id"])
    op.create_table(
        "consent",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        _workspace("consent"),
        _of_lead("consent"),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_consent_actor_id_user")),
    )
    op.create_index(op.f("ix_consent_workspace_id_lead_id"), "consent", ["workspace_id", "lead_id"])
    profile = sa.table("profile", sa.column("id", sa.BigInteger), sa.column("permissions", sa.JSON))
    connection = op.get_bind()
    for row_id, granted in connection.execute(sa.select(profile.c.id, profile.c.permissions)).all():
        more = {each for given, adds in _GRANTED.items() if given in granted for each in adds}
        if more - set(granted):
            changed = profile.update().where(profile.c.id == row_id)
            connection.execute(changed.values(permissions=sorted({*granted, *more})))
