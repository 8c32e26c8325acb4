"""Opening a store from a path or a URL, and its read and write transactions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from leadtui.errors import StoreError
from leadtui.language.translate import _
from leadtui.store.backend import WRITING, Backend, Watch, backend_of
from leadtui.store.column_types import DamagedValue
from leadtui.store.schema import HEAD, bring_up_to_date, present_version
from leadtui.store.sqlite.backend import SqliteBackend
from leadtui.store.sqlite.driver import sqlite_build as sqlite_build

BUSY_SECONDS = 30.0
"""How long a transaction waits for others' before it is refused.

SQLite lets those who wait in as chance will have it: with twenty at once on a busy machine one may wait for ten seconds
and more. It waits in the writing thread, so that no screen does.
"""


class Store:
    """An open store. `read` and `write` may be used from any thread, each with its own connection."""

    def __init__(
        self, engine: Engine, backend: Backend, version: str | None = None, kept: Path | None = None
    ) -> None:
        """Wrap an engine whose tables are of `version`, which is looked at before each write; use `open_store`."""
        self._engine = engine
        self._version = version
        self.backend = backend
        self.kept = kept
        """Where the store is kept as it was before its tables were brought up to date, where they just were."""

    @property
    def path(self) -> Path:
        """The file of the store."""
        return Path(str(self.backend.url.database))

    @contextmanager
    def read(self, interruption: Interruption | None = None) -> Generator[Connection]:
        """A consistent view of the store. Raises StoreError; Interrupted where `interruption` asked for it."""
        with (
            self._transaction(writing=False, interruption=interruption) as connection,
            _watched(connection, interruption),
        ):
            yield connection

    @contextmanager
    def write(self) -> Generator[Connection]:
        """One write transaction: committed whole at the end, or not at all. Raises StoreError."""
        self.backend.check_present()
        with self._transaction(writing=True) as connection:
            if self._version is not None and present_version(connection) != self._version:
                raise StoreError(
                    _(
                        "A newer leadtui has changed the tables of {path} meanwhile; nothing was saved. Close this one, update "
                        "it, and start again."
                    ).format(path=self.backend.url.database)
                )
            yield connection

    def watch(self) -> Watch:
        """A watch over the store, with a connection of its own. Raises StoreError."""
        with _explaining(self.backend):
            return self.backend.watch(self._engine)

    def erase_traces(self, named: Collection[str], written: Collection[str]) -> bool:
        """After an erasing: whether none of these texts is left in the store's files. See Backend.erase_traces."""
        with _explaining(self.backend):
            return self.backend.erase_traces(self._engine, named, written)

    def erase_all_traces(self) -> bool:
        """Whether nothing that was ever deleted is left in the store's files. Takes as long as writing all of it."""
        with _explaining(self.backend):
            return self.backend.erase_all_traces(self._engine)

    @contextmanager
    def dry_run(self) -> Generator[Store]:
        """A store that is like this one now and is gone afterwards, with everything that was done to it."""
        with self.read() as connection, self.backend.trial_copy(connection) as where:
            copy = open_store(where)
            try:
                yield copy
            finally:
                copy.close()

    def close(self) -> None:
        """Close every idle connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(
        self, *, writing: bool, interruption: Interruption | None = None
    ) -> Generator[Connection]:
        with (
            _explaining(self.backend, interruption),
            self._engine.connect() as connection,
            connection.execution_options(**{WRITING: writing}).begin(),
        ):
            yield connection


class Interrupted(Exception):  # it is no error: somebody asked for it
    """A read was superseded and stopped; its result is not wanted."""


class Interruption:
    """Lets one thread stop a read that another thread is in."""

    def __init__(self) -> None:
        """Nothing is watched yet."""
        self.asked = False
        self._interrupt: Callable[[], None] | None = None

    def watch(self, connection: Connection) -> None:
        """Called by the reading thread: `stop` now reaches this connection."""
        self._interrupt = backend_of(connection).interrupter(connection)
        if self.asked:
            raise Interrupted

    def forget(self) -> None:
        """Called by the reading thread at the end of its transaction."""
        self._interrupt = None

    def stop(self) -> None:
        """Called by any thread: the read ends with Interrupted as soon as the engine notices."""
        self.asked = True
        interrupt = self._interrupt
        if interrupt is not None:
            interrupt()


@contextmanager
def _explaining(backend: Backend, interruption: Interruption | None = None) -> Generator[None]:
    """What the engine says becomes a StoreError, but for faults of the program itself, which stay as they are."""
    try:
        yield
    except DamagedValue as error:
        raise backend.damaged() from error
    except backend.errors as error:
        if interruption is not None and interruption.asked:
            raise Interrupted from error
        explained = backend.explain(error)
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


def backend_at(where: str | Path) -> Backend:
    """The engine for a path or a URL. Raises StoreError where it is neither."""
    return SqliteBackend(Path(str(store_url(where).database)))


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
    return backend_at(where).exists()


def open_store(
    where: str | Path, *, create: bool = False, keep: bool = True, busy_seconds: float = BUSY_SECONDS
) -> Store:
    """Open the store at `where`, bringing an older one up to date; with `create`, make a missing one.

    Before tables are changed the store is backed up beside itself, unless `keep` is off.

    Raises StoreError, whose sentence says what to do, where there is none or it cannot be used.
    """
    backend = backend_at(where)
    backend.check(create=create)
    engine = backend.connect(busy_seconds)
    try:
        with _explaining(backend):
            with engine.connect().execution_options(**{WRITING: False}) as connection:
                version = present_version(connection)
            if version is None and not create:
                raise backend.no_store()
            kept = bring_up_to_date(engine, keep=keep) if version != HEAD else None
            backend.make_ready(engine)
    except BaseException:
        engine.dispose()
        raise
    backend.protect()
    return Store(engine, backend, HEAD, kept)


def open_as_it_is(where: str | Path) -> Store:
    """Open an existing store without bringing it up to date, to look at what may be wrong with it."""
    backend = backend_at(where)
    backend.check(create=False)
    return Store(backend.connect(BUSY_SECONDS), backend)
