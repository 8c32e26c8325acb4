"""The version of a store's tables, making them in an empty store, and bringing an older store up to date."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, column, inspect, select, table

from leadtui.errors import StoreError
from leadtui.language.translate import _
from leadtui.store.backend import backend_of

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0038"
"""The newest migration: kept here so that opening a store need not import Alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"

_version = table("alembic_version", column("version_num"))


def present_version(connection: Connection) -> str | None:
    """The version of the store's tables; None for an empty store."""
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.execute(select(_version.c.version_num)).scalar()


def is_known_version(version: str) -> bool:
    """Whether this leadtui can open tables of that version, bringing them up to date where they are older."""
    return version == HEAD or version in _migrations()[1]


def bring_up_to_date(engine: Engine, to: str | None = None, *, keep: bool = False) -> Path | None:
    """Make the tables in an empty store, or run the migrations after the store's version; all of it or nothing.

    With `to` they stop at that version. With `keep` a store that has tables is backed up beside itself first; where that is
    is returned.

    Any number of processes may do this to one store at once: the first does the work. Raises StoreError
    where a newer leadtui made the store, or where it turns out to be another program's.
    """
    config, known = _migrations()
    with engine.connect() as connection, backend_of(connection).altering(connection):
        version = present_version(connection)
        if version == (to or HEAD):
            return None
        if version is not None and version not in known:
            raise StoreError(
                _(
                    "This store was made by a newer leadtui (tables {version}); update leadtui to open it."
                ).format(version=version)
            )
        from alembic import command

        kept = None
        if keep and version is not None:
            # Damaged ones too: whether they can be brought up to date is seen below.
            kept = backend_of(connection).back_up_beside(
                f"before-{to or HEAD}", datetime.now(UTC), sound=False
            )
        broken = backend_of(connection).broken_references(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, to or "head")
        # What was broken before can be repaired once the store opens.
        if backend_of(connection).broken_references(connection) > broken:
            raise StoreError(
                _("This store could not be brought up to date: it is damaged. Run `leadtui doctor`.")
            )
        return kept


def _migrations() -> tuple[Config, frozenset[str]]:
    # Alembic costs half a second to import: only a store that is behind pays for it.
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return config, frozenset(script.revision for script in scripts)
