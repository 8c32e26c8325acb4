"""Connections to a SQLite file: how they are set up, how their transactions begin, and a watch over what others write."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from leadtui.store.backend import WRITING
from leadtui.store.column_types import json_text, read_json
from leadtui.store.sqlite import failures
from leadtui.store.sqlite.driver import sqlite_driver
from leadtui.store.sqlite.files import identity

SAFE_SEARCH_INDEX = (3, 44, 0)
"""The first SQLite whose search index may be written by triggers although the schema is not trusted."""

CHECKPOINT_PAGES = 16_384
"""64 MB of 4 KB pages between checkpoints: bulk writes are then a fifth quicker."""


READING_CACHE_KB = 2_048
"""Pages that a connection keeps in memory; each thread that reads has a connection of its own."""

WRITING_CACHE_KB = 32_768
"""What does not fit is written to the log before its time, and perhaps again: an import changes pages everywhere."""


def make_engine(path: Path, busy_seconds: float, options: dict[str, Any]) -> Engine:
    """An engine whose connections have these execution options and each wait `busy_seconds` for others' transactions."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlite_driver(),
        # What a customer said shall not stand in an error's text.
        hide_parameters=True,
        connect_args={"timeout": busy_seconds},
        pool_size=8,
        max_overflow=8,
        json_serializer=json_text,
        json_deserializer=read_json,
        execution_options=options,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _remember_cursor)
    event.listen(engine, "rollback", _close_cursors)
    return engine


def write_ahead(engine: Engine, busy_seconds: float) -> None:
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


class LogWatch:
    """Whether the write-ahead log and its index are still those that the engine's connections write to.

    Who deletes them takes away what is not in the file yet, and SQLite goes on writing where nobody can read. They go by
    themselves only when the last connection closes.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self._files = [Path(f"{path}{ending}") for ending in ("-wal", "-shm")]
        self._seen: list[tuple[int, int]] = []
        self._open = 0
        self._lock = Lock()
        event.listen(engine, "connect", self._opened)
        event.listen(engine, "close", self._closed)
        event.listen(engine, "close_detached", self._closed)

    def is_in_place(self) -> bool:
        """Whether they are those that were seen before; the first time they are looked at they are."""
        with self._lock:
            present = [identity(each) for each in self._files]
            if not self._seen or (0, 0) in self._seen:
                self._seen = present
            return present == self._seen

    def _opened(self, *_connection: object) -> None:
        with self._lock:
            self._open += 1

    def _closed(self, *_connection: object) -> None:
        with self._lock:
            self._open -= 1
            if self._open == 0:
                self._seen = []


class DataVersionWatch:
    """A watch over a file by `PRAGMA data_version`, which takes some microseconds. See `backend.Watch`."""

    def __init__(self, engine: Engine, path: Path) -> None:
        """With a connection of its own."""
        connection = engine.raw_connection()
        # It stays open as long as the terminal, which none of the pool should.
        connection.detach()
        self._connection = connection
        self._path = path
        self._seen: int | None = None
        self._is_closed = False
        self._lock = Lock()

    def moved(self) -> bool:
        """Whether another connection has written, also of this process, since this was last asked. Raises StoreError."""
        with self._lock:
            return not self._is_closed and self._has_moved()

    def _has_moved(self) -> bool:
        with closing(self._connection.cursor()) as cursor:
            try:
                cursor.execute("PRAGMA data_version")
                row = cursor.fetchone()
            except sqlite_driver().Error as error:
                explained = failures.explain(error, self._path)
                if explained is None:
                    raise
                raise explained from error
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
            self._is_closed = True
            self._connection.close()


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    # The driver shall not begin transactions by itself: `_begin` does, with the right kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        f"trusted_schema = {'OFF' if sqlite_driver().sqlite_version_info >= SAFE_SEARCH_INDEX else 'ON'}",
        "temp_store = MEMORY",
        # Mapped, the file's pages would count as the program's own; the system keeps them anyway.
        "mmap_size = 0",
        f"cache_size = -{READING_CACHE_KB}",
        f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
        # What is deleted is overwritten, so that an erased customer is gone from the file too.
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A reading that later writes would be refused where somebody has written since it began.
    writing = connection.get_execution_options().get(WRITING, True)
    cache = WRITING_CACHE_KB if writing else READING_CACHE_KB
    if connection.info.get("cache", READING_CACHE_KB) != cache:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{cache}")
        connection.info["cache"] = cache
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _remember_cursor(connection: Connection, cursor: DBAPICursor, *_statement: object) -> None:
    connection.info.setdefault("cursors", WeakSet()).add(cursor)


def _close_cursors(connection: Connection) -> None:
    """Close what a failed transaction left half read.

    Else, when its memory is freed in the middle of a later reading by the same statement, pysqlite3 begins that
    reading anew, and rows come twice.
    """
    for cursor in connection.info.pop("cursors", ()):
        cursor.close()
