"""People may have passwords and sign in; a store can be told from others. Nobody has a password yet, so nothing is asked."""

from __future__ import annotations

import json
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_HASHING = {"memory": 19456, "time": 2, "parallelism": 1}


def upgrade() -> None:
    """Go forward; there is no way back but a backup."""
    op.add_column("workspace", sa.Column("idle_lock", sa.Integer(), nullable=False, server_default="15"))
    op.add_column("workspace", sa.Column("sign_in_days", sa.Integer(), nullable=False, server_default="30"))
    op.add_column("user", sa.Column("password", sa.Text(), nullable=False, server_default=""))
    op.add_column("user", sa.Column("password_at", sa.BigInteger()))
    op.add_column("user", sa.Column("kind", sa.Text(), nullable=False, server_default="person"))
    about = op.create_table(
        "store_info",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hashing", sa.JSON(), nullable=False),
        sa.Column("administrator_id", _ID),
        sa.Column("secured_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_info")),
        sa.ForeignKeyConstraint(
            ["administrator_id"], ["user.id"], name=op.f("fk_store_info_administrator_id_user")
        ),
    )
    plain = sa.table(about.name, sa.column("key", sa.Text), sa.column("hashing", sa.Text))
    op.execute(plain.insert().values(key=secrets.token_hex(16), hashing=json.dumps(_HASHING)))
    _create_sign_ins()


def _create_sign_ins() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("terminal", sa.Text(), nullable=False, server_default=""),
        sa.Column("host", sa.Text(), nullable=False, server_default=""),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("locked_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sign_in_user_id_user")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_user_id"), "sign_in", ["user_id"])
    op.create_table(
        "sign_in_failure",
        sa.Column("id", _ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("terminal", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
        sa.UniqueConstraint("address", "terminal", name=op.f("uq_sign_in_failure_address_terminal")),
    )
    op.create_table(
        "one_time_code",
        sa.Column("id", _ID, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", _ID),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_one_time_code_user_id_user")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_one_time_code_made_by_user")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_one_time_code_code_hash")),
    )
    op.create_index(op.f("ix_one_time_code_user_id"), "one_time_code", ["user_id"])
