"""The version of a store's tables, making them in an empty file, and bringing an older store up to date."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from leadtui.errors import StoreError
from leadtui.language.translate import _

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0002"
"""The newest migration: kept here so that opening a store need not import Alembic."""

APPLICATION_ID = 0x4C454144
"""Written into the head of every SQLite store ("LEAD"), so that another program's file is known as such."""

MIGRATIONS = Path(__file__).parent / "migrations"


def present_version(engine: Engine) -> str | None:
    """The version of the store's tables; None for an empty file."""
    with engine.connect().execution_options(leadtui_begin="BEGIN") as connection:
        return _version(connection)


def is_known_version(version: str) -> bool:
    """Whether this leadtui can open tables of that version, bringing them up to date where they are older."""
    return version == HEAD or version in _migrations()[1]


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables in an empty file, or run the migrations after the store's version; all of it or nothing.

    Any number of processes may do this to one file at once: the first does the work. Raises StoreError
    where a newer leadtui made the store, or where the file turns out to be another program's.
    """
    config, known = _migrations()
    with engine.connect() as connection, _foreign_keys_off(connection), connection.begin():
        version = _version(connection)
        if version == HEAD:
            return
        if version is not None and version not in known:
            raise StoreError(
                _(
                    "This store was made by a newer leadtui (tables {version}); update leadtui to open it."
                ).format(version=version)
            )
        _claim(connection)
        from alembic import command

        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise StoreError(
                _("This store could not be brought up to date: it is damaged. Run `leadtui doctor`.")
            )


def _migrations() -> tuple[Config, frozenset[str]]:
    # Alembic costs half a second to import: only a store that is behind pays for it.
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return config, frozenset(script.revision for script in scripts)


@contextmanager
def _foreign_keys_off(connection: Connection) -> Generator[None]:
    """Outside of transactions only. SQLite alters a table by copying and dropping it, which would cascade."""
    raw = connection.connection.driver_connection
    if raw is None:
        raise RuntimeError("migrations need a connection of a driver")
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _claim(connection: Connection) -> None:
    """Put leadtui's mark on the file, in the transaction that makes the tables."""
    marked = connection.exec_driver_sql("PRAGMA application_id").scalar()
    if marked == APPLICATION_ID:
        return
    if marked or connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first() is not None:
        raise StoreError(_("This file belongs to another program, not to leadtui; nothing was changed."))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
