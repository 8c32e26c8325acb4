"""Second thoughts and company: steps that can be taken back, numbers that must not be rung, who is here, saved views."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from leadtui.store.sqlite.driver import sqlite_driver

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AGENT = (
    *("customers:see", "customers:see-numbers", "customers:add", "customers:edit", "customers:forbid-calls"),
    *("cartables:see", "follow-ups:set", "follow-ups:transfer", "follow-ups:remind", "reports:own-day"),
)
_SUPERVISOR = (
    *_AGENT,
    *("customers:merge", "customers:erase", "customers:allow-calls", "imports:run", "imports:undo"),
    *("exports:run", "settings:define", "settings:share-views", "settings:back-up", "colleagues:manage"),
    "reports:all-days",
)


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.create_table(
        "desk_state",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_desk_state_user_id_user")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_desk_state_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_state")),
        sa.UniqueConstraint("workspace_id", "user_id", name=op.f("uq_desk_state_workspace_id_user_id")),
    )
    op.create_table(
        "do_not_call",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("e164", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["user.id"], name=op.f("fk_do_not_call_added_by_user")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_do_not_call_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_call")),
        sa.UniqueConstraint("workspace_id", "e164", name=op.f("uq_do_not_call_workspace_id_e164")),
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_erasure_actor_id_user")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_erasure_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "last_id",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_last_id_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_id")),
        sa.UniqueConstraint("workspace_id", "table_name", name=op.f("uq_last_id_workspace_id_table_name")),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_saved_view_user_id_user")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_saved_view_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saved_view_workspace_id_user_id"), ["workspace_id", "user_id"], unique=False
        )

    op.create_table(
        "presence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["lead.id"], name=op.f("fk_presence_lead_id_lead"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_presence_user_id_user")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_presence_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
        sa.UniqueConstraint("workspace_id", "terminal", name=op.f("uq_presence_workspace_id_terminal")),
    )
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_presence_workspace_id_lead_id"), ["workspace_id", "lead_id"], unique=False
        )

    op.create_table(
        "given_seen",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["lead.id"], name=op.f("fk_given_seen_lead_id_lead"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_given_seen_user_id_user")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_given_seen_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_seen")),
        sa.UniqueConstraint(
            "workspace_id", "user_id", "lead_id", name=op.f("uq_given_seen_workspace_id_user_id_lead_id")
        ),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("version_before", sa.Integer(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_step_activity_id_activity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_step_actor_id_user")),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["lead.id"], name=op.f("fk_step_lead_id_lead"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["undone_by"], ["user.id"], name=op.f("fk_step_undone_by_user")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_step_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_lead_id_id"), ["lead_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_step_workspace_id_actor_id_id"), ["workspace_id", "actor_id", "id"], unique=False
        )

    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activity_call",
            ["workspace_id", "actor_id", "at"],
            unique=False,
            sqlite_where=sa.text("kind = 'call'"),
        )

    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.add_column(sa.Column("undone_at", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("undone_at", sa.BigInteger(), nullable=True))

    _grant_what_is_new()
    _forget_what_is_deleted()


def _forget_what_is_deleted() -> None:
    """The search index shall keep nothing of a customer who is erased; else it only marks entries as deleted."""
    if op.get_bind().dialect.name == "sqlite" and sqlite_driver().sqlite_version_info >= (3, 42, 0):
        op.execute("INSERT INTO lead_search(lead_search, rank) VALUES ('secure-delete', 1)")


def _grant_what_is_new() -> None:
    """Until now nobody could change the two ready profiles, so that they are what they were made as."""
    profile = sa.table("profile", sa.column("key", sa.Text), sa.column("permissions", sa.Text))
    for key, permissions in (("agent", _AGENT), ("supervisor", _SUPERVISOR)):
        op.execute(
            profile.update().where(profile.c.key == key).values(permissions=json.dumps(sorted(permissions)))
        )
