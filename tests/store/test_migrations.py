"""The migrations and the tables say the same, and a file is brought up to date without losing anything."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from amounts import small_and_large
from released import ReleasedStore
from session_making import NOON
from sqlalchemy import JSON, Column, DefaultClause, Engine, create_engine, inspect, select
from sqlalchemy.sql.schema import SchemaItem

from leadtui.domain.permission import DEFINING, READY_PROFILES, SUPERVISOR_PROFILE, Area, Permission
from leadtui.store import consistency, engine, schema, tables
from leadtui.store.column_types import OwnJson
from leadtui.store.engine import open_store
from leadtui.store.schema import HEAD, MIGRATIONS, bring_up_to_date, present_version
from leadtui.store.search_keys import DERIVED
from leadtui.store.sqlite.backend import SqliteBackend
from leadtui.store.sqlite.driver import sqlite_driver
from leadtui.store.sqlite.files import APPLICATION_ID

Child = Callable[[str, Path], Any]

# The tables that the design lists.
DESIGNED = frozenset(
    "workspace user membership profile field status channel need lead lead_number follow_up reminder activity draft "
    "import_batch import_row change step do_not_call erasure presence saved_view desk_state".split()
)


@pytest.fixture
def upgraded(tmp_path: Path) -> Engine:
    """An empty file that Alembic alone has brought up to date."""
    empty = SqliteBackend(tmp_path / "empty.db").connect(busy_seconds=1)
    bring_up_to_date(empty)
    return empty


def _ours(
    thing: SchemaItem, name: str | None, kind: str, _reflected: bool, _other: SchemaItem | None
) -> bool:
    """Leave out what the full-text index keeps for itself, which SQLAlchemy does not know."""
    del thing
    return kind != "table" or not (name or "").startswith("lead_search")


def _default_differs(
    context: MigrationContext,
    _there: Column[object],
    column: Column[object],
    there: str | None,
    _default: object,
    _rendered: str | None,
) -> bool:
    """Alembic puts brackets around the empty word as it reads it, and then takes it for another one."""
    default = column.server_default
    if not isinstance(default, DefaultClause):
        return there is not None
    wanted = (
        default.arg if isinstance(default.arg, str) else str(default.arg.compile(dialect=context.dialect))
    )
    return there is None or there.strip("()'") != wanted


def _type_differs(
    _context: MigrationContext, _inspected: object, _column: object, present: object, wanted: object
) -> bool | None:
    """JSON that is read tolerantly is JSON to the tables; else as Alembic compares."""
    return False if isinstance(wanted, OwnJson) and isinstance(present, JSON) else None


def test_the_migrations_end_where_the_tables_stand(upgraded: Engine) -> None:
    with upgraded.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": _type_differs,
                "compare_server_default": _default_differs,
                "include_object": _ours,
            },
        )
        assert compare_metadata(context, tables.metadata) == []


def test_every_table_of_the_design_is_there(upgraded: Engine) -> None:
    assert set(inspect(upgraded).get_table_names()) >= DESIGNED
    assert set(tables.metadata.tables) >= DESIGNED


def test_every_table_of_a_workspace_is_keyed_by_it(upgraded: Engine) -> None:
    """So that a workspace can be a shard. Who people are and by what they sign in is the store's."""
    inspector = inspect(upgraded)
    without = {
        table.name
        for table in tables.metadata.sorted_tables
        if not any(column["name"] == "workspace_id" for column in inspector.get_columns(table.name))
    }
    of_the_store = {"user", "store_info", "sign_in", "sign_in_failure", "one_time_code"}
    assert without == {"workspace", *of_the_store}


def test_the_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_new_store_is_at_the_head(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    open_store(path, create=True).close()
    made = create_engine(f"sqlite:///{path}", module=sqlite_driver())
    with made.connect() as connection:
        assert present_version(connection) == HEAD


def test_bringing_up_to_date_twice_changes_nothing(upgraded: Engine) -> None:
    def everything() -> list[tuple[object, ...]]:
        with upgraded.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM sqlite_master")]

    before = everything()
    bring_up_to_date(upgraded)
    assert everything() == before


_NEXT = '''
"""A table is altered, which SQLite does by copying and dropping it."""
import sqlalchemy as sa
from alembic import op
revision = "next"
down_revision = "{head}"
def upgrade():
    with op.batch_alter_table("lead", recreate="always") as batch:
        batch.add_column(sa.Column("nickname", sa.Text(), nullable=False, server_default=""))
    {then}
'''


def _with_one_more_migration(folder: Path, monkeypatch: pytest.MonkeyPatch, then: str) -> None:
    copy = folder / "migrations"
    (copy / "versions").mkdir(parents=True)
    names = (
        "env.py",
        "script.py.mako",
        *(f"versions/{each.name}" for each in MIGRATIONS.glob("versions/0*.py")),
    )
    for name in names:
        (copy / name).write_text((MIGRATIONS / name).read_text())
    (copy / "versions" / "next.py").write_text(_NEXT.format(head=HEAD, then=then))
    monkeypatch.setattr(schema, "MIGRATIONS", copy)
    monkeypatch.setattr(schema, "HEAD", "next")
    monkeypatch.setattr(engine, "HEAD", "next")


def _fill(path: Path) -> None:
    raw = sqlite_driver().connect(path)
    raw.executescript(
        """
        PRAGMA foreign_keys = ON;
        INSERT INTO workspace (id, title, language, calendar, region, zone, currency, created_at)
        VALUES (1, 'w', 'en', 'gregorian', 'US', 'UTC', 'USD', 0);
        INSERT INTO lead (id, workspace_id, name, entered_at, created_at, search_key) VALUES (7, 1, 'Sara', 0, 0, 's');
        INSERT INTO lead_number (workspace_id, lead_id, e164) VALUES (1, 7, '+989121234567');
        INSERT INTO activity (workspace_id, lead_id, kind, at, detail) VALUES (1, 7, 'note', 0, '{}');
        """
    )
    raw.close()


def _counts(path: Path) -> dict[str, int]:
    raw = sqlite_driver().connect(path)
    counts = {
        name: raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("lead", "lead_number", "activity")
    }
    raw.close()
    return counts


def test_altering_a_table_keeps_what_hangs_on_it(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(store_file)
    _with_one_more_migration(store_file.parent, monkeypatch, "pass")
    store = open_store(store_file)
    with store.read() as connection:
        assert "nickname" in {column["name"] for column in inspect(connection).get_columns("lead")}
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()
    assert _counts(store_file) == {"lead": 1, "lead_number": 1, "activity": 1}


def test_a_migration_that_fails_changes_nothing(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(store_file)
    _with_one_more_migration(store_file.parent, monkeypatch, "raise RuntimeError('half way')")
    with pytest.raises(RuntimeError, match="half way"):
        open_store(store_file)
    monkeypatch.undo()
    store = open_store(store_file)
    with store.read() as connection:
        assert "nickname" not in {column["name"] for column in inspect(connection).get_columns("lead")}
    store.close()
    assert _counts(store_file) == {"lead": 1, "lead_number": 1, "activity": 1}


def test_a_store_of_the_first_version_opens_with_all_that_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = create_engine(f"sqlite:///{path}", module=sqlite_driver())
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with old.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for key, granted in (("agent", '["customers:see"]'), ("supervisor", '["settings:define"]')):
            connection.exec_driver_sql(
                "INSERT INTO workspace SELECT 1, 'w', 'en', 'gregorian', 'US', 'UTC', 'USD', 0 "
                "WHERE NOT EXISTS (SELECT 1 FROM workspace)"
            )
            connection.exec_driver_sql(
                "INSERT INTO profile (workspace_id, key, title, permissions) VALUES (1, ?, ?, ?)",
                (key, key, granted),
            )
        connection.exec_driver_sql(
            "INSERT INTO lead (id, workspace_id, name, entered_at, created_at) VALUES (7, 1, 'Sara', 0, 0)"
        )
    old.dispose()
    store = open_store(path)
    with store.read() as connection:
        granted = {
            row.key: frozenset(json.loads(row.permissions))
            for row in connection.exec_driver_sql("SELECT key, permissions FROM profile")
        }
        assert connection.exec_driver_sql("SELECT name FROM lead WHERE id = 7").scalar() == "Sara"
    store.close()
    # What supervisors had they keep; what is the owner's own is given to nobody.
    erasing = frozenset({Permission.ERASE_CUSTOMERS})
    supervisor = READY_PROFILES[SUPERVISOR_PROFILE] | erasing
    assert granted == {**READY_PROFILES, SUPERVISOR_PROFILE: supervisor}


GRANTED_SINCE = {
    "follow-ups:take-over",
    "imports:over",
    "messages:send",
    "messages:set-up",
    "messages:texts",
    *(each.value for each in Permission if each.area is Area.CASES),
    "reports:audit",
    "reports:board",
    "settings:propose",
    *(each.value for each in DEFINING),
}
"""Permissions that a migration gives to profiles: all else of a row stays."""


def _rows(path: Path) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Every table's columns and rows, but for what the search index and the migrations keep."""
    raw = sqlite_driver().connect(path)
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
    for name in names:
        if not name.startswith(("lead_search", "sqlite_", "alembic_", "last_id")):
            columns = sorted(row[1] for row in raw.execute(f'PRAGMA table_info("{name}")'))
            listed = ", ".join(f'"{column}"' for column in columns)
            kept[name] = columns, raw.execute(f'SELECT {listed} FROM "{name}" ORDER BY rowid').fetchall()
    # What customers are found and sorted by is written anew: that it is right, the doctor tells.
    columns, leads = kept["lead"]
    anew = {columns.index(name) for name in DERIVED if name in columns}
    kept["lead"] = (
        columns,
        [tuple("" if at in anew else value for at, value in enumerate(row)) for row in leads],
    )
    columns, profiles = kept["profile"]
    place = columns.index("permissions")
    kept["profile"] = (
        columns,
        [
            (
                *row[:place],
                sorted(set(json.loads(row[place])) - GRANTED_SINCE - {"settings:define"}),
                *row[place + 1 :],
            )
            for row in profiles
        ],
    )
    columns, members = kept["membership"]
    if "active" in columns:  # as it was kept whether somebody works there
        at = columns.index("active")
        kept["membership"] = (
            [*columns[:at], "state", *columns[at + 1 :]],
            [(*row[:at], "active" if row[at] else "gone", *row[at + 1 :]) for row in members],
        )
    raw.close()
    return kept


def _same_rows(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Each row of before stands there with all its values; what came in addition does not count."""
    for name, (columns, rows) in before.items():
        now_columns, now_rows = after[name]
        places = [now_columns.index(column) for column in columns]
        # A migration adds profiles; all others stay as they were.
        kept = now_rows[: len(rows)] if name == "profile" else now_rows
        assert [tuple(row[place] for place in places) for row in kept] == rows, name


def test_a_released_store_keeps_every_row(released: ReleasedStore) -> None:
    before = _rows(released.path)
    store = open_store(released.path)
    with store.read() as connection:
        whole = store.backend.damages(connection) == [] and not store.backend.broken_references(connection)
    wrong = list(consistency.look(store, NOON))
    store.close()
    after = _rows(released.path)
    assert whole
    assert [each.fault for each in wrong if each.fault is consistency.Fault.SEARCH_KEY] == []
    _same_rows(before, after)
    columns, rows = after["import_row"]
    assert rows
    assert {row[columns.index("workspace_id")] for row in rows} == {1}


def test_a_row_of_an_import_that_is_gone_does_not_keep_a_store_shut(released: ReleasedStore) -> None:
    raw = sqlite_driver().connect(released.path)
    raw.execute("INSERT INTO import_row (batch_id, line, outcome) VALUES (999, 1, 'new')")
    raw.execute(
        "INSERT INTO presence (workspace_id, user_id, terminal, lead_id, seen_at) VALUES (1, 1, 't', 999, 0)"
    )
    raw.commit()
    raw.close()
    store = open_store(released.path)
    with store.write() as connection:
        assert store.backend.broken_references(connection) == 1
        store.backend.mend_references(connection)
        assert store.backend.broken_references(connection) == 0
    store.close()


_KILLED_WHILE_UPGRADING = """
import shutil
said, last, killed = [], 1, True
while killed:
    path = f"{where}.{last}"
    shutil.copy(where, path)
    killed = killed_at(last, lambda: open_store(path).close())
    said.append(path)
    last += every
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@small_and_large("statements from kill to kill", 41, 9)
def test_an_upgrade_that_is_killed_is_done_at_the_next_opening(
    child: Child, released: ReleasedStore, amount: int
) -> None:
    before = _rows(released.path)
    killed = child(f"every = {amount}" + _KILLED_WHILE_UPGRADING, released.path)
    assert len(killed) * amount > 45
    for path in killed:
        open_store(path).close()
        _same_rows(before, _rows(Path(path)))


def test_no_index_of_a_workspaces_rows_begins_with_anything_else(upgraded: Engine) -> None:
    inspector = inspect(upgraded)
    for table in tables.metadata.sorted_tables:
        if "workspace_id" in table.columns:
            keys = [*inspector.get_indexes(table.name), *inspector.get_unique_constraints(table.name)]
            assert [key for key in keys if key["column_names"][0] != "workspace_id"] == []


@pytest.mark.parametrize(
    ("granted", "takes_over"),
    [
        ({"customers:see", "customers:see-numbers", "follow-ups:transfer"}, True),
        ({"colleagues:manage"}, True),
        ({"customers:see", "follow-ups:transfer"}, False),
        ({"customers:see-numbers"}, False),
        (set[str](), False),
    ],
)
def test_who_had_it_in_effect_may_take_over(
    released: ReleasedStore, granted: set[str], takes_over: bool
) -> None:
    raw = sqlite_driver().connect(released.path)
    raw.execute("UPDATE profile SET permissions = ? WHERE key = 'agent'", [json.dumps(sorted(granted))])
    raw.commit()
    raw.close()
    store = open_store(released.path)
    with store.read() as connection:
        kept = connection.execute(
            select(tables.profile.c.permissions).where(tables.profile.c.key == "agent")
        ).scalar_one()
    store.close()
    sees_audit = {"reports:audit"} if "colleagues:manage" in granted else set[str]()
    assert {each for each in kept if not each.startswith("cases:")} - {"settings:propose"} == granted | (
        {"follow-ups:take-over"} if takes_over else set()
    ) | sees_audit
