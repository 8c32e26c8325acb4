"""The version of a store's tables, and bringing an older store up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from leadtui.errors import StoreError
from leadtui.language.translate import _

HEAD = "0001"
"""The newest migration: kept here so that opening a store need not import Alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"


def present_version(engine: Engine) -> str | None:
    """The version of the store's tables; None for an empty file."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(engine: Engine, version: str | None) -> None:
    """Run the migrations after `version`. Raises StoreError where a newer leadtui made the store."""
    # Alembic costs half a second to import: only a store that is behind pays for it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            _("This store was made by a newer leadtui (tables {version}); update leadtui to open it.").format(
                version=version
            )
        )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
