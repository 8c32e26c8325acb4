"""Opening a store from a path or a URL, and its read and write transactions."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Collection, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, DBAPIError

from leadtui.errors import StoreError
from leadtui.language.translate import _
from leadtui.store import failures
from leadtui.store.schema import APPLICATION_ID, HEAD, bring_up_to_date, present_version

BUSY_SECONDS = 30.0
"""How long a transaction waits for others' before it is refused.

SQLite lets those who wait in as chance will have it: with twenty at once on a busy machine one may wait for ten seconds
and more. It waits in the writing thread, so that no screen does.
"""

SAFE_SEARCH_INDEX = (3, 44, 0)
"""The first SQLite whose search index may be written by triggers although the schema is not trusted."""

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
        self._opened = failures.identity(self.path)

    @property
    def path(self) -> Path:
        """The file of the store."""
        return Path(str(self.url.database))

    @contextmanager
    def read(self, interruption: Interruption | None = None) -> Generator[Connection]:
        """A consistent view of the store. Raises StoreError; Interrupted where `interruption` asked for it."""
        with self._transaction("BEGIN", interruption) as connection:
            yield connection

    @contextmanager
    def write(self) -> Generator[Connection]:
        """One write transaction: committed whole at the end, or not at all. Raises StoreError."""
        failures.check_in_place(self.path, self._opened)
        with self._transaction("BEGIN IMMEDIATE", None) as connection:
            yield connection

    def watch(self) -> Watch:
        """A watch over the store, with a connection of its own. Raises StoreError."""
        with _explaining(self.url):
            return Watch(self._engine, self.url)

    def scrub(self, named: Collection[str], told: Collection[str]) -> bool:
        """After an erasing: none of these texts is left in the file or its log. See store/scrubbing.py."""
        from leadtui.store.scrubbing import scrub  # only whoever erases needs it

        with _explaining(self.url), self._engine.connect() as connection:
            return scrub(connection.connection.driver_connection, self.path, named, told)

    def close(self) -> None:
        """Close every idle connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, begin: str, interruption: Interruption | None) -> Generator[Connection]:
        with (
            _explaining(self.url, interruption),
            self._engine.connect() as connection,
            connection.execution_options(leadtui_begin=begin).begin(),
            _watched(connection, interruption),
        ):
            yield connection


class Watch:
    """Says in a few microseconds whether anybody has written to a store, so that looking often costs nothing.

    May be used from any thread. Close it when it is done with.
    """

    def __init__(self, engine: Engine, url: URL) -> None:
        """Use `Store.watch`. The first `moved` is True."""
        connection = engine.raw_connection()
        # It stays open as long as the terminal, which none of the pool should.
        connection.detach()
        self._connection = connection
        self._url = url
        self._seen: int | None = None
        self._lock = Lock()

    def moved(self) -> bool:
        """Whether another connection has written, also of this process, since this was last asked. Raises StoreError."""
        with self._lock, _explaining(self._url), closing(self._connection.cursor()) as cursor:
            cursor.execute("PRAGMA data_version")
            row = cursor.fetchone()
            seen = row[0] if row else None
            before, self._seen = self._seen, seen
            return seen is None or seen != before

    def look_again(self) -> None:
        """The next `moved` is True: what was to be read after the last one could not be."""
        with self._lock:
            self._seen = None

    def close(self) -> None:
        """Let the store go."""
        with self._lock:
            self._connection.close()


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
def _explaining(url: URL, interruption: Interruption | None = None) -> Generator[None]:
    """What the engine says becomes a StoreError, but for faults of the program itself, which stay as they are."""
    try:
        yield
    except DBAPIError as error:
        if interruption is not None and interruption.asked:
            raise Interrupted from error
        explained = failures.explain(error, url)
        if explained is None:
            raise
        raise explained from error


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
        return _file_url(words)
    try:
        url = make_url(words)
    except (ArgumentError, ValueError) as error:
        raise _no_address(words) from error
    if url.get_backend_name() != "sqlite":
        raise StoreError(
            _("“{kind}” stores cannot be opened by this version; give a file.").format(
                kind=url.get_backend_name()
            )
        )
    # Another driver, a store in memory that nobody could open again, or options that would undo what keeps it safe.
    if (
        url.drivername not in ("sqlite", "sqlite+pysqlite")
        or url.database in (None, "", ":memory:")
        or url.query
    ):
        raise _no_address(words)
    return _file_url(str(url.database))


def _file_url(words: str) -> URL:
    if not words or "\0" in words:
        raise _no_address(words)
    return URL.create("sqlite", database=str(Path(words).expanduser().absolute()))


def _no_address(words: str) -> StoreError:
    return StoreError(
        _(
            "“{store}” is not a store's address; give a file, or a URL such as sqlite:////folder/desk.db."
        ).format(store=words)
    )


def store_exists(where: str | Path) -> bool:
    """Whether there is something at that address already; an empty file is nothing yet."""
    return failures.is_there(Path(str(store_url(where).database)))


def open_store(where: str | Path, *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> Store:
    """Open the store at `where`, bringing an older one up to date; with `create`, make a missing one.

    Raises StoreError, whose sentence says what to do, where there is none or it cannot be used.
    """
    url = store_url(where)
    path = Path(str(url.database))
    failures.check_file(path, create=create, application_id=APPLICATION_ID)
    engine = _engine(url, busy_seconds)
    try:
        with _explaining(url):
            _make_ready(engine, path, create=create, busy_seconds=busy_seconds)
    except BaseException:
        engine.dispose()
        raise
    failures.protect(path)
    return Store(engine, url)


def open_as_it_is(where: str | Path, *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """Open an existing store without bringing it up to date, to look at what may be wrong with it."""
    url = store_url(where)
    failures.check_file(Path(str(url.database)), create=False, application_id=APPLICATION_ID)
    return Store(_engine(url, busy_seconds), url)


def check_place(where: str | Path) -> None:
    """Raises StoreError where no store can be made at this address; makes nothing."""
    failures.check_place(Path(str(store_url(where).database)))


def put_in_place(made: Path, target: Path) -> None:
    """Move a store that is closed to where nothing is yet, in one step. Raises StoreError where something is."""
    failures.put_in_place(made, target)
    failures.protect(target)


def _make_ready(engine: Engine, path: Path, *, create: bool, busy_seconds: float) -> None:
    """See to the tables first and to WAL last: a file that was being made when the machine stopped is then
    either empty or whole, with leadtui's mark in its head."""
    version = present_version(engine)
    if version is None and not create:
        raise failures.no_store(path)
    if version != HEAD:
        bring_up_to_date(engine)
    _write_ahead(engine, busy_seconds)


def _write_ahead(engine: Engine, busy_seconds: float) -> None:
    """Keep changes in a write-ahead log, which stays so once chosen."""
    deadline = time.monotonic() + busy_seconds
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        while raw.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
            try:
                raw.execute("PRAGMA journal_mode = WAL").fetchone()
                return
            except sqlite_driver().OperationalError as error:
                # SQLite refuses at once, without its usual waiting, while another process does the same.
                if failures.is_busy(error) and time.monotonic() < deadline:
                    time.sleep(0.02)
                    continue
                raise


def _engine(url: URL, busy_seconds: float) -> Engine:
    engine = create_engine(
        url,
        module=sqlite_driver(),
        # What a customer said shall not stand in an error's text.
        hide_parameters=True,
        connect_args={"timeout": busy_seconds},
        pool_size=8,
        max_overflow=8,
        json_deserializer=_json_reader(url),
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _remember_cursor)
    event.listen(engine, "rollback", _close_cursors)
    return engine


def _json_reader(url: URL) -> Callable[[str], Any]:
    def read(kept: str) -> Any:
        try:
            return json.loads(kept)
        except ValueError as error:
            raise failures.damaged(url) from error

    return read


def _prepare_connection(connection: DBAPIConnection, _record: object) -> None:
    # The driver shall not begin transactions by itself: `_begin` does, with the right kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        f"trusted_schema = {'OFF' if sqlite_driver().sqlite_version_info >= SAFE_SEARCH_INDEX else 'ON'}",
        "temp_store = MEMORY",
        "mmap_size = 268435456",
        "cache_size = -32768",
        f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
        # What is deleted is overwritten, so that an erased customer is gone from the file too.
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(str(options.get("leadtui_begin", "BEGIN IMMEDIATE")))


def _remember_cursor(connection: Connection, cursor: DBAPICursor, *_statement: object) -> None:
    connection.info.setdefault("cursors", WeakSet()).add(cursor)


def _close_cursors(connection: Connection) -> None:
    """Close what a failed transaction left half read.

    Else, when its memory is freed in the middle of a later reading by the same statement, pysqlite3 begins that
    reading anew, and rows come twice.
    """
    for cursor in connection.info.pop("cursors", ()):
        cursor.close()
