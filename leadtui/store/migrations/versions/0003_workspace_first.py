"""Workspace first: each key and index of a workspace's rows begins with it, and ids are reserved before they are used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    # Parents first: what refers to them needs their unique keys.
    for parent in ("lead", "import_batch"):
        op.create_index(op.f(f"ix_{parent}_workspace_id_id"), parent, ["workspace_id", "id"], unique=True)
    _rebuild(
        "follow_up",
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("actor_id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status_from_id", _ID),
        sa.Column("status_to_id", _ID, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.Column("owner_from_id", _ID),
        sa.Column("owner_to_id", _ID),
        sa.Column("remind_at", sa.BigInteger()),
        sa.Column("undoes_id", _ID),
        sa.Column("undone_at", sa.BigInteger()),
        by_id={
            "actor_id": "user",
            "status_from_id": "status",
            "status_to_id": "status",
            "owner_from_id": "user",
            "owner_to_id": "user",
        },
        within=[("lead_id", "lead", "CASCADE")],
        indexes=[["actor_id", "at"], ["lead_id", "at"]],
    )
    _rebuild(
        "reminder",
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("owner_id", _ID, nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("wall", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", _ID),
        sa.Column("rung_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("ended_by", _ID),
        sa.Column("replaces_id", _ID),
        sa.Column("follow_up_id", _ID),
        by_id={"owner_id": "user", "created_by": "user", "ended_by": "user"},
        within=[("lead_id", "lead", "CASCADE")],
        indexes=[["lead_id", "state", "due"], ["owner_id", "state", "due"]],
    )
    _rebuild(
        "activity",
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_id", _ID),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("follow_up_id", _ID),
        sa.Column("source_key", sa.Text()),
        by_id={"actor_id": "user"},
        within=[("lead_id", "lead", "CASCADE")],
        indexes=[["lead_id", "at"]],
    )
    _rebuild(
        "step",
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("actor_id", _ID, nullable=False),
        sa.Column("activity_id", _ID, nullable=False),
        sa.Column("group_id", _ID),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("version_before", sa.Integer(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.BigInteger()),
        sa.Column("undone_by", _ID),
        by_id={"actor_id": "user", "undone_by": "user"},
        within=[("lead_id", "lead", "CASCADE")],
        indexes=[["actor_id", "id"], ["lead_id", "id"]],
    )
    _rebuild(
        "lead_number",
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("e164", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False, server_default=""),
        sa.Column("extension", sa.Text(), nullable=False, server_default=""),
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        within=[("lead_id", "lead", "CASCADE")],
        unique=[["e164"]],
        indexes=[["lead_id", "position"]],
    )
    _rebuild(
        "given_seen",
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        by_id={"user_id": "user"},
        within=[("lead_id", "lead", "CASCADE")],
        unique=[["user_id", "lead_id"]],
        indexes=[["lead_id"]],
    )
    _rebuild(
        "draft",
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lead_id", _ID),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        by_id={"user_id": "user"},
        within=[("lead_id", "lead", "CASCADE")],
        unique=[["user_id", "kind", "lead_id"]],
        indexes=[["lead_id"]],
    )
    _rebuild(
        "presence",
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("lead_id", _ID),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        by_id={"user_id": "user"},
        within=[("lead_id", "lead", None)],
        unique=[["terminal"]],
        indexes=[["lead_id"]],
    )
    _rebuild(
        "import_row",
        sa.Column("batch_id", _ID, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("lead_id", _ID),
        sa.Column("before", sa.JSON()),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        within=[("batch_id", "import_batch", "CASCADE"), ("lead_id", "lead", None)],
        indexes=[["batch_id", "line"], ["lead_id"]],
    )
    op.create_index("uq_activity_source", "activity", ["workspace_id", "source_key"], unique=True)
    op.create_index(
        "ix_activity_call",
        "activity",
        ["workspace_id", "actor_id", "at"],
        sqlite_where=sa.text("kind = 'call'"),
        postgresql_where=sa.text("kind = 'call'"),
    )
    _remember_ids()


def _rebuild(
    table: str,
    *columns: sa.Column[object],
    by_id: Mapping[str, str] = {},
    within: Sequence[tuple[str, str, str | None]] = (),
    unique: Sequence[Sequence[str]] = (),
    indexes: Sequence[Sequence[str]] = (),
) -> None:
    """Make a table anew, with id and workspace before these columns, and copy its rows.

    `by_id` names the parents that are referred to by id alone, `within` those of the same workspace and what becomes of
    the row when its parent goes. Unique keys and indexes begin with the workspace.
    """
    op.create_table(
        f"new_{table}",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"))
            for column, parent in {"workspace_id": "workspace", **by_id}.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                ["workspace_id", column],
                [f"{parent}.workspace_id", f"{parent}.id"],
                name=op.f(f"fk_{table}_workspace_id_{parent}"),
                ondelete=ondelete,
            )
            for column, parent, ondelete in within
        ),
        *(
            sa.UniqueConstraint(
                "workspace_id", *each, name=op.f("_".join(["uq", table, "workspace_id", *each]))
            )
            for each in unique
        ),
    )
    _copy(table, [column.name for column in columns])
    op.drop_table(table)
    op.rename_table(f"new_{table}", table)
    for each in indexes:
        op.create_index(op.f("_".join(["ix", table, "workspace_id", *each])), table, ["workspace_id", *each])


def _copy(table: str, columns: Sequence[str]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    workspace_id, source = "workspace_id", table
    if table == "import_row":  # it had none of its own; rows of an import that is gone stay behind
        workspace_id = "import_batch.workspace_id"
        names = ", ".join(f'import_row."{name}"' for name in columns)
        source = "import_row JOIN import_batch ON import_batch.id = import_row.batch_id"
    listed = ", ".join(f'"{name}"' for name in columns)
    op.execute(
        f"INSERT INTO new_{table} (id, workspace_id, {listed}) "
        f"SELECT {table}.id, {workspace_id}, {names} FROM {source} ORDER BY {table}.id"
    )


def _remember_ids() -> None:
    """`last_id` held only ids of leads that were deleted; from now on it holds what was given to anybody at all."""
    for table in ("lead", "activity", "follow_up", "step"):
        op.execute(
            f"UPDATE last_id SET row_id = (SELECT max(id) FROM {table}) "
            f"WHERE table_name = '{table}' AND row_id < (SELECT max(id) FROM {table})"
        )
        op.execute(
            "INSERT INTO last_id (workspace_id, table_name, row_id) "
            f"SELECT (SELECT min(id) FROM workspace), '{table}', max(id) FROM {table} "
            f"HAVING max(id) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM last_id WHERE table_name = '{table}')"
        )
