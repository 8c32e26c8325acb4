"""SQLite as the engine of a store that is one file. See store/backend.py for what each method promises."""

from __future__ import annotations

import json
import mmap
import re
from array import array
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    Text,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from leadtui.errors import StoreError
from leadtui.language.translate import _
from leadtui.store.backend import BACKEND, Restored
from leadtui.store.column_types import forms_in_json
from leadtui.store.expressions import position, scanned
from leadtui.store.id_arrays import ids_from
from leadtui.store.search import Find
from leadtui.store.sqlite import checks, connections, failures, files, search
from leadtui.store.sqlite.driver import sqlite_driver

_ROWS_AT_ONCE = 100
_VALUES_AT_ONCE = 32_000
"""SQLite takes 32,766 values in one statement."""

_MOST_TERMS = 40
"""Above so many texts an expression with one term for each takes longer than a function of Python, or has no room."""


class SqliteBackend:
    """A file on this machine, opened by any number of programs at once."""

    def __init__(self, path: Path) -> None:
        """The file need not be there yet."""
        self.path = path
        self.url = URL.create("sqlite", database=str(path))
        self._opened = (0, 0)
        self._busy_seconds = 0.0
        self._log: connections.LogWatch | None = None

    def exists(self) -> bool:
        """An empty file is nothing yet."""
        return files.is_there(self.path)

    def check(self, *, create: bool) -> None:
        """The file is looked at before SQLite does."""
        files.check_file(self.path, create=create)

    @contextmanager
    def making(self) -> Generator[str]:
        """A file beside it."""
        from leadtui.store.sqlite.backup import new_store

        with new_store(self.path) as made:
            yield str(made)
        self.protect()

    def protect(self) -> None:
        """Its owner reads it, and the group where that was granted."""
        files.protect(self.path)

    def connect(self, busy_seconds: float) -> Engine:
        """Remembers which file it is: one that is moved while it is open is no longer written to."""
        self._opened = files.identity(self.path)
        self._busy_seconds = busy_seconds
        engine = connections.make_engine(self.path, busy_seconds, {BACKEND: self})
        self._log = connections.LogWatch(engine, self.path)
        return engine

    @contextmanager
    def altering(self, connection: Connection) -> Generator[None]:
        """Foreign keys are off meanwhile: SQLite alters a table by copying and dropping it, which would cascade."""
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                _claim(connection)
                yield
        finally:
            raw.execute("PRAGMA foreign_keys = ON")

    def make_ready(self, engine: Engine) -> None:
        """See to WAL last: a file that was being made when the machine stopped is then either empty or whole."""
        connections.write_ahead(engine, self._busy_seconds)
        with engine.connect() as connection:
            search.check_format(connection, self.path)
        if self._log is not None:
            self._log.is_in_place()

    def damaged(self) -> StoreError:
        """The file is damaged."""
        return failures.damaged(self.path)

    def no_store(self) -> StoreError:
        """There is no such file."""
        return files.no_store(self.path)

    def check_present(self) -> None:
        """SQLite would go on writing into a file that nobody can open again."""
        files.check_in_place(self.path, self._opened)
        if self._log is not None and not self._log.is_in_place():
            raise StoreError(_(files.LOG_GONE).format(path=self.path))

    def interrupter(self, connection: Connection) -> Callable[[], None]:
        """SQLite looks for it every few thousand steps of its machine."""
        raw: Any = connection.connection.driver_connection
        return raw.interrupt

    def watch(self, engine: Engine) -> connections.DataVersionWatch:
        """By a pragma."""
        return connections.DataVersionWatch(engine, self.path)

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What is spoken with the driver directly fails with its own errors."""
        return DBAPIError, sqlite_driver().Error

    def explain(self, error: Exception) -> StoreError | None:
        """By SQLite's codes."""
        return failures.explain(error, self.path)

    def read_ids(self, connection: Connection, statement: Select[int]) -> array[int]:
        """As one value of the database: a row for each id costs thrice as much."""
        ids = statement.subquery().c[0]
        return ids_from(connection.execute(select(func.group_concat(ids))).scalar())

    def read_pairs(self, connection: Connection, statement: Select[int, Any]) -> tuple[array[int], list[Any]]:
        """As two values of the database."""
        ids, values = statement.subquery().c
        pairs = select(func.group_concat(ids), func.json_group_array(values))
        joined, listed = connection.execute(pairs).one()
        return ids_from(joined), json.loads(listed)

    def search_ids(
        self,
        connection: Connection,
        workspace_id: int,
        find: Find,
        *,
        limit: int | None = None,
        also: ColumnElement[bool] | None = None,
    ) -> array[int]:
        """By the trigram index."""
        return search.search_ids(connection, workspace_id, find, limit, also)

    def insert_rows(
        self, connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Many in each statement.

        A statement for every row takes three times as long: for each the driver calls SQLite anew, and the search
        index writes out what it has gathered.
        """
        names = ", ".join(f'"{name}"' for name in columns)
        marks = f"({', '.join('?' * len(columns))})"
        at_once = min(_ROWS_AT_ONCE, _VALUES_AT_ONCE // len(columns))
        whole = len(rows) - len(rows) % at_once
        for start, end, count in ((0, whole, at_once), (whole, len(rows), len(rows) - whole)):
            if start < end:
                statement = f'INSERT INTO "{table.name}" ({names}) VALUES {", ".join([marks] * count)}'
                connection.exec_driver_sql(
                    statement,
                    [
                        tuple(chain.from_iterable(rows[each : each + count]))
                        for each in range(start, end, count)
                    ],
                )

    def reserve_ids(self, connection: Connection, workspace_id: int, table: Table, count: int) -> range:
        """Above every id that is there and every one that was ever reserved, by one statement under the write lock.

        Rows that are written one at a time take the next id by themselves and are not in `last_id`.
        """
        if not count:
            return range(0)
        last = connection.exec_driver_sql(
            "INSERT INTO last_id (workspace_id, table_name, row_id) VALUES (:workspace_id, :name, :count + max("
            f'(SELECT coalesce(max(id), 0) FROM "{table.name}"), '
            "(SELECT coalesce(max(row_id), 0) FROM last_id WHERE table_name = :name))) "
            "ON CONFLICT (workspace_id, table_name) DO UPDATE SET row_id = excluded.row_id RETURNING row_id",
            {"workspace_id": workspace_id, "name": table.name, "count": count},
        ).scalar_one()
        return range(last - count + 1, last + 1)

    def mentions(
        self, connection: Connection, column: Column[Any], texts: Collection[str]
    ) -> ColumnElement[bool]:
        """By SQLite's own search for a few texts, else by a function of Python."""
        kept = type_coerce(column, Text)
        if len(texts) <= _MOST_TERMS:
            return or_(*(func.instr(kept, each) > 0 for each in sorted(texts)))
        pattern = re.compile("|".join(map(re.escape, sorted(texts))))

        def mentions(text: str | None) -> bool:
            return text is not None and pattern.search(text) is not None

        raw: Any = connection.connection.driver_connection
        raw.create_function("leadtui_mentions", 1, mentions)
        return func.leadtui_mentions(kept) == 1

    def erase_traces(self, engine: Engine, named: Collection[str], written: Collection[str]) -> bool:
        """In the file and its log."""

        with engine.connect() as connection:
            return wipe(connection.connection.driver_connection, self.path, named, written)

    def erase_all_traces(self, engine: Engine) -> bool:
        """By writing the file anew."""
        with engine.connect() as connection:
            return write_anew(connection.connection.driver_connection)

    @contextmanager
    def trial_copy(self, connection: Connection) -> Generator[str]:
        """A file in a folder of its own."""
        from leadtui.store.sqlite.backup import trial_copy

        with trial_copy(connection.connection.driver_connection) as path:
            yield str(path)

    def back_up(
        self,
        target: Path,
        *,
        force: bool,
        still: Callable[[], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """A copy of the file, with what is still in its log."""
        from leadtui.store.sqlite import backup

        backup.write_backup(self.path, target, force=force, still=still, progress=progress)

    def back_up_beside(self, word: str, at: datetime, *, sound: bool = True) -> Path:
        """In the folder of the file."""
        from leadtui.store.sqlite import backup

        return backup.backup_beside(self.path, word, at, sound=sound)

    def make_restorable(self, backup: Path) -> Path:
        """A copy in the folder of the file."""
        from leadtui.store.sqlite.backup import make_restorable

        return make_restorable(backup, self.path)

    def replace(self, made: Path, at: datetime) -> Restored:
        """The file gets this name."""
        from leadtui.store.sqlite.backup import replace_store

        return replace_store(made, self.path, at)

    def journal_mode(self, connection: Connection) -> str:
        """Is "wal" where all is right."""
        return checks.journal_mode(connection)

    def damages(self, connection: Connection) -> list[str]:
        """What SQLite's integrity check finds."""
        return checks.damages(connection)

    def schema_differences(self, connection: Connection, version: str) -> list[str]:
        """By what `sqlite_master` says made them."""
        return checks.schema_differences(connection, version)

    def mend_schema(self, connection: Connection, version: str) -> None:
        """By what `sqlite_master` says made them."""
        checks.mend_schema(connection, version)

    def misfits(self, connection: Connection) -> list[str]:
        """SQLite keeps in a column whatever it is given."""
        return checks.misfits(connection)

    def broken_references(self, connection: Connection) -> int:
        """What SQLite's check of the foreign keys finds."""
        return checks.broken_references(connection)

    def mend_references(self, connection: Connection) -> None:
        """Row by row."""
        checks.mend_references(connection)

    def search_agrees(self, connection: Connection) -> bool:
        """By the index's own check, for which SQLite asks for the write lock although nothing is written."""
        return search.agrees(connection)

    def only_mark_in_search(self, connection: Connection) -> None:
        """By the index's own choice, which is kept in it."""
        search.only_mark(connection)

    def merge_search(self, connection: Connection, *, begin: bool) -> bool:
        """Some hundred pages."""
        return search.merge(connection, begin=begin)

    def search_keeps_deleted(self, connection: Connection) -> bool:
        """As the index's own choice says."""
        return search.keeps_what_is_deleted(connection)

    def clean_search(self, connection: Connection) -> None:
        """By writing what was not merged yet anew."""
        search.clean(connection)

    def rebuild_search(self, connection: Connection) -> None:
        """By the index's own command."""
        search.rebuild(connection)


def _claim(connection: Connection) -> None:
    """Put leadtui's mark on the file, in the transaction that makes the tables."""
    marked = connection.exec_driver_sql("PRAGMA application_id").scalar()
    if marked == files.APPLICATION_ID:
        return
    if marked or connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first() is not None:
        raise StoreError(_("This file belongs to another program, not to leadtui; nothing was changed."))
    connection.exec_driver_sql(f"PRAGMA application_id = {files.APPLICATION_ID}")


@compiles(position, "sqlite")
def _position(element: position, compiler: SQLCompiler, **options: Any) -> str:
    text, part = element.clauses
    return f"instr({compiler.process(text, **options)}, {compiler.process(part, **options)})"


@compiles(scanned, "sqlite")
def _scanned(element: scanned, compiler: SQLCompiler, **options: Any) -> str:
    # https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
    (column,) = element.clauses
    return f"+{compiler.process(column, **options)}"


LARGE_FILE = 256 * 1024 * 1024
"""In a larger file only what says who it was is looked for: each text takes a reading of all of it."""

MOST_LOOKED_FOR = 200


def wipe(raw: Any, path: Path, named: Collection[str], written: Collection[str]) -> bool:
    """Empty the log, and write the file anew where it still holds one of the texts; whether nothing is left.

    `raw` is a driver's connection with no transaction open. SQLite overwrites what it deletes
    (`PRAGMA secure_delete`), but when it moves rows from page to page it leaves copies in the unused room
    of the pages, and a store from before that setting has others. False where another program is reading at
    this moment, so that the log cannot be emptied: it goes with the next erasing or the next program that closes.
    """
    emptied = _empty_log(raw)
    texts = [*named, *(() if path.stat().st_size > LARGE_FILE else written)]
    if _holds(path, texts[:MOST_LOOKED_FOR]):
        return write_anew(raw)
    return emptied


def write_anew(raw: Any) -> bool:
    """Write the file anew, without the unused room of its pages; whether the log could be emptied, too."""
    # In memory the new file would take as much room as the store.
    raw.execute("PRAGMA temp_store = FILE")
    try:
        raw.execute("VACUUM")
    finally:
        raw.execute("PRAGMA temp_store = MEMORY")
    return _empty_log(raw)


def _empty_log(raw: Any) -> bool:
    return raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def _holds(path: Path, texts: Collection[str]) -> bool:
    if not texts or not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        forms = {form.encode(errors="replace") for text in texts if text for form in forms_in_json(text)}
        return any(content.find(form) >= 0 for form in forms)
