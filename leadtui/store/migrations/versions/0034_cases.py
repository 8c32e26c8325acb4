"""What else a company does for its leads: cases, by kinds that a workspace defines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_GRANTED = {
    "cases:see": {"follow-ups:set", "settings:statuses"},
    "cases:work": {"follow-ups:set"},
    "cases:approve": {"reports:all-days"},
    "cases:override": {"reports:all-days"},
    "settings:cases": {"settings:statuses"},
}
"""Each permission with those of which one gives it to a profile."""


def upgrade() -> None:
    """Go forward; there is no way back but a backup. Who follows leads up works cases, who sees all days reviews them."""
    op.create_table(
        "case_kind",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_kind")),
        _of_workspace("case_kind"),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_case_kind_workspace_id_key")),
    )
    op.create_table(
        "case_record",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("kind_id", _ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False, server_default=""),
        sa.Column("owner_id", _ID),
        sa.Column("parent_id", _ID),
        sa.Column("answers", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", _ID, nullable=False),
        sa.Column("limits_passed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("search_key", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_record")),
        _of_workspace("case_record"),
        sa.ForeignKeyConstraint(["kind_id"], ["case_kind.id"], name=op.f("fk_case_record_kind_id_case_kind")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_case_record_owner_id_user")),
        sa.ForeignKeyConstraint(["opened_by"], ["user.id"], name=op.f("fk_case_record_opened_by_user")),
    )
    op.create_index(
        op.f("ix_case_record_workspace_id_id"), "case_record", ["workspace_id", "id"], unique=True
    )
    op.create_table(
        "case_lead",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_lead")),
        _of_workspace("case_lead"),
        _of_parent("case_lead", "case_id", "case_record"),
        _of_parent("case_lead", "lead_id", "lead"),
    )
    op.create_table(
        "case_entry",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", _ID),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("version_after", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("undone_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_entry")),
        _of_workspace("case_entry"),
        _of_parent("case_entry", "case_id", "case_record"),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_case_entry_actor_id_user")),
    )
    for table, columns in (
        ("case_record", ("kind_id", "state", "state_at")),
        ("case_record", ("owner_id", "id")),
        ("case_record", ("parent_id",)),
        ("case_lead", ("case_id",)),
        ("case_lead", ("lead_id",)),
        ("case_entry", ("case_id", "id")),
    ):
        every = ["workspace_id", *columns]
        op.create_index(op.f(f"ix_{table}_{'_'.join(every)}"), table, every)
    _grant()


def _of_workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{table}_workspace_id_workspace")
    )


def _of_parent(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{parent}.workspace_id", f"{parent}.id"],
        name=op.f(f"fk_{table}_workspace_id_{parent}"),
        ondelete="CASCADE",
    )


def _grant() -> None:
    profile = sa.table("profile", sa.column("id", sa.BigInteger), sa.column("permissions", sa.JSON))
    connection = op.get_bind()
    for row_id, granted in connection.execute(sa.select(profile.c.id, profile.c.permissions)).all():
        more = {each for each, given_with in _GRANTED.items() if given_with & set(granted)}
        if more:
            changed = profile.update().where(profile.c.id == row_id)
            connection.execute(changed.values(permissions=sorted({*granted, *more})))
