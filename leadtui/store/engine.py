"""Opening a store from a path or a URL, and its read and write transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError

from leadtui.errors import StoreError
from leadtui.language.translate import _
from leadtui.store import failures
from leadtui.store.schema import HEAD, bring_up_to_date, present_version

APPLICATION_ID = 0x4C454144
"""Written into the head of every SQLite store ("LEAD"), so that another program's file is known as such."""

BUSY_SECONDS = 10.0
CHECKPOINT_PAGES = 16_384
"""64 MB of 4 KB pages between checkpoints: bulk writes are then a fifth quicker."""


def sqlite_driver() -> ModuleType:
    """The SQLite that is used: pysqlite3 (3.51.3 or later, without the WAL-reset fault) where it is installed."""
    try:
        import pysqlite3  # pyright: ignore[reportMissingTypeStubs]  # the package has no types
    except ImportError:
        return sqlite3
    return pysqlite3


class Store:
    """An open store. `read` and `write` may be used from any thread, each with its own connection."""

    def __init__(self, engine: Engine, url: URL) -> None:
        """Wrap an engine whose schema is up to date; use `open_store`."""
        self._engine = engine
        self.url = url

    @property
    def path(self) -> Path | None:
        """The file of a SQLite store."""
        return sqlite_path(self.url)

    @contextmanager
    def read(self, interruption: Interruption | None = None) -> Generator[Connection]:
        """A consistent view of the store. Raises StoreError; Interrupted where `interruption` asked for it."""
        with self._transaction("BEGIN", interruption) as connection:
            yield connection

    @contextmanager
    def write(self) -> Generator[Connection]:
        """One write transaction: committed whole at the end, or not at all. Raises StoreError."""
        with self._transaction("BEGIN IMMEDIATE", None) as connection:
            yield connection

    def close(self) -> None:
        """Close every idle connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, begin: str, interruption: Interruption | None) -> Generator[Connection]:
        try:
            with (
                self._engine.connect() as connection,
                connection.execution_options(leadtui_begin=begin).begin(),
                _watched(connection, interruption),
            ):
                yield connection
        except DBAPIError as error:
            if interruption is not None and interruption.asked:
                raise Interrupted from error
            raise failures.explain(error, self.url) from error


class Interrupted(Exception):  # it is no error: somebody asked for it
    """A read was superseded and stopped; its result is not wanted."""


class Interruption:
    """Lets one thread stop a read that another thread is in."""

    def __init__(self) -> None:
        """Nothing is watched yet."""
        self.asked = False
        self._raw: Any = None

    def watch(self, connection: Connection) -> None:
        """Called by the reading thread: `stop` now reaches this connection."""
        raw = connection.connection.driver_connection
        self._raw = raw if hasattr(raw, "interrupt") else None
        if self.asked:
            raise Interrupted

    def forget(self) -> None:
        """Called by the reading thread at the end of its transaction."""
        self._raw = None

    def stop(self) -> None:
        """Called by any thread: the read ends with Interrupted as soon as the engine notices."""
        self.asked = True
        raw = self._raw
        if raw is not None:
            raw.interrupt()


@contextmanager
def _watched(connection: Connection, interruption: Interruption | None) -> Generator[None]:
    if interruption is None:
        yield
        return
    interruption.watch(connection)
    try:
        yield
    finally:
        interruption.forget()


def store_url(where: str | Path) -> URL:
    """A SQLAlchemy URL from a path or a URL. Raises StoreError where it is neither."""
    words = str(where)
    if "://" not in words:
        return URL.create("sqlite", database=str(Path(words).expanduser().absolute()))
    try:
        url = make_url(words)
    except ArgumentError as error:
        raise StoreError(
            _(
                "“{store}” is not a store's address; give a file, or a URL such as sqlite:////folder/desk.db."
            ).format(store=words)
        ) from error
    if url.get_backend_name() != "sqlite":
        raise StoreError(
            _("“{kind}” stores cannot be opened by this version; give a file.").format(
                kind=url.get_backend_name()
            )
        )
    return url


def sqlite_path(url: URL) -> Path | None:
    """The file of a SQLite URL; None for another engine or a store in memory."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def store_exists(where: str | Path) -> bool:
    """Whether there is something at that address already."""
    path = sqlite_path(store_url(where))
    return path is not None and path.exists()


def open_store(where: str | Path, *, create: bool = False) -> Store:
    """Open the store at `where`, bringing an older one up to date; with `create`, make a missing one.

    Raises StoreError, whose sentence says what to do, where there is none or it cannot be used.
    """
    url = store_url(where)
    path = sqlite_path(url)
    if path is not None:
        failures.check_file(path, create=create, application_id=APPLICATION_ID)
    engine = _engine(url)
    try:
        version = present_version(engine)
        if version != HEAD:
            bring_up_to_date(engine, version)
            with engine.begin() as connection:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    except DBAPIError as error:
        engine.dispose()
        raise failures.explain(error, url) from error
    except StoreError:
        engine.dispose()
        raise
    if path is not None:
        failures.protect(path)
    return Store(engine, url)


def _engine(url: URL) -> Engine:
    driver = sqlite_driver()
    engine = create_engine(
        url, module=driver, connect_args={"timeout": BUSY_SECONDS}, pool_size=8, max_overflow=8
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_connection(connection: DBAPIConnection, _record: object) -> None:
    # The driver shall not begin transactions by itself: `_begin` does, with the right kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "temp_store = MEMORY",
        "mmap_size = 268435456",
        "cache_size = -32768",
        f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(str(options.get("leadtui_begin", "BEGIN IMMEDIATE")))
