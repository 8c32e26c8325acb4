"""What an engine brings to a store beside the SQL that all engines share: `sqlite/` is SQLite's side of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from sqlalchemy import URL, Column, ColumnElement, Connection, Engine, Select, Table

from leadtui.errors import StoreError

if TYPE_CHECKING:
    from leadtui.store.search import Find

BACKEND = "leadtui_backend"
"""The execution option by which each connection of a store names its backend."""

WRITING = "leadtui_writing"
"""The execution option that says whether a transaction takes the write lock as it begins."""


class Watch(Protocol):
    """Says in a few microseconds whether anybody has written to a store, so that looking often costs nothing.

    May be used from any thread. The first `moved` is True. Close it when it is done with; whoever still asks then is told
    that nothing moved.
    """

    def moved(self) -> bool:
        """Whether another connection has written, also of this process, since this was last asked. Raises StoreError."""
        ...

    def look_again(self) -> None:
        """The next `moved` is True: what was to be read after the last one could not be."""
        ...

    def close(self) -> None:
        """Let the store go."""
        ...


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was replaced: where it is, and where the one that was there is kept (None: there was none)."""

    path: Path
    kept: Path | None


class Backend(Protocol):
    """One engine at one address. Where nothing else is said its methods raise StoreError, whose sentence says what to do."""

    # Where the store lies.

    @property
    def url(self) -> URL:
        """The address."""
        ...

    def exists(self) -> bool:
        """Whether something is there already."""
        ...

    def check(self, *, create: bool) -> None:
        """Look at what is there before it is opened; with `create`, make room for a store where nothing is."""
        ...

    def making(self) -> AbstractContextManager[str]:
        """The address at which a new store is made, which comes to this one in one step after the block: whole, or not at all.

        Close it within the block. Where the block raises, or the store cannot be brought whole onto the disk, nothing is left.
        Refused where no store can be made, or something is there already.
        """
        ...

    def protect(self) -> None:
        """Let nobody read the store but those who may."""
        ...

    # Opening it.

    def connect(self, busy_seconds: float) -> Engine:
        """An engine whose connections name this backend as BACKEND and obey WRITING. Raises nothing: it opens lazily."""
        ...

    def altering(self, connection: Connection) -> AbstractContextManager[None]:
        """A transaction in which tables may be altered, all or nothing. Refused where the tables are another program's."""
        ...

    def make_ready(self, engine: Engine) -> None:
        """What is still to be set up once the tables are up to date."""
        ...

    def damaged(self) -> StoreError:
        """The sentence for a store whose content cannot be read."""
        ...

    def no_store(self) -> StoreError:
        """The sentence for an address where there is no store yet."""
        ...

    # Transactions.

    def check_present(self) -> None:
        """Refuse to write where what was opened is no longer at the address."""
        ...

    def interrupter(self, connection: Connection) -> Callable[[], None]:
        """What any thread calls to stop the statement that this connection is in."""
        ...

    def watch(self, engine: Engine) -> Watch:
        """A watch over the store with a connection of its own."""
        ...

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What the engine's driver raises, by itself and through SQLAlchemy."""
        ...

    def explain(self, error: Exception) -> StoreError | None:
        """The sentence for what the engine said by one of its `errors`; None where the program itself is at fault."""
        ...

    # Statements that each engine has its own way for.

    def read_ids(self, connection: Connection, statement: Select[int]) -> array[int]:
        """The ids that a statement gives, in its order; a million of them in a fraction of a second."""
        ...

    def read_pairs(self, connection: Connection, statement: Select[int, Any]) -> tuple[array[int], list[Any]]:
        """The ids that a statement gives, and what it gives beside them (text, number or nothing), each in its order."""
        ...

    def search_ids(
        self,
        connection: Connection,
        workspace_id: int,
        find: Find,
        *,
        limit: int | None = None,
        also: ColumnElement[bool] | None = None,
    ) -> array[int]:
        """The ids of the leads whose search key has all that is looked for, and for which `also` holds; in no order.

        `limit` is the most that are wanted.
        """
        ...

    def insert_rows(
        self, connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Write many rows. JSON is given as text, moments as microseconds since 1970."""
        ...

    def reserve_ids(self, connection: Connection, workspace_id: int, table: Table, count: int) -> range:
        """Ids for `count` new rows of the table, which nobody else is given, now or after the rows are deleted."""
        ...

    def mentions(
        self, connection: Connection, column: Column[Any], texts: Collection[str]
    ) -> ColumnElement[bool]:
        """Whether one of the texts stands in a column of text or JSON.

        Of many texts only those of the latest call are looked for: execute the statement before the next one is built.
        """
        ...

    # The store as a whole.

    def erase_traces(self, engine: Engine, named: Collection[str], written: Collection[str]) -> bool:
        """See to it that what was deleted is nowhere in the store's files; whether none of it is left.

        `named` are the texts that say who it was, `written` what was written about them.
        """
        ...

    def erase_all_traces(self, engine: Engine) -> bool:
        """The same of everything that was ever deleted, whatever it said: for an erasing that was cut short."""
        ...

    def trial_copy(self, connection: Connection) -> AbstractContextManager[str]:
        """The address of a copy of what the connection sees, which is gone after the block."""
        ...

    def back_up(
        self,
        target: Path,
        *,
        force: bool,
        still: Callable[[], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Write the store as it is now to `target`, whole and checked or not at all, readable by its owner alone.

        `progress` is told how many bytes are written, and of how many; once it is all of them, they are checked. `still` is
        called again and again, and once more before the file is there; what it raises ends the work, and nothing is left.
        Others may go on saving meanwhile. Raises Refused where a file is there and `force` is not given.
        """
        ...

    def back_up_beside(self, word: str, at: datetime, *, sound: bool = True) -> Path:
        """Write a backup beside the store under a name with `word` and the moment, and return where it is.

        Before it is repaired it need not be `sound`, and is kept as it is.
        """
        ...

    def make_restorable(self, backup: Path) -> Path:
        """Copy a backup to beside the store that it is to replace, check all of it and bring it up to date.

        Returns the copy, which the caller moves or deletes. Leaves nothing where the backup is damaged, another
        program's, or a newer leadtui's.
        """
        ...

    def replace(self, made: Path, at: datetime) -> Restored:
        """Put a checked store in the place of the present one, which is kept beside it under a name with the moment.

        Nothing has changed where somebody has the present store open, which is refused.
        """
        ...

    def journal_mode(self, connection: Connection) -> str:
        """How the engine keeps its transactions, in its own word."""
        ...

    def damages(self, connection: Connection) -> list[str]:
        """What the engine finds wrong in what is kept, in its own words; empty where it is whole. Reads all of it."""
        ...

    def schema_differences(self, connection: Connection, version: str) -> list[str]:
        """The tables, indexes, triggers and views that are not as a new store of that version has them, by kind and name."""
        ...

    def mend_schema(self, connection: Connection, version: str) -> None:
        """Make indexes, triggers and views those of a new store of that version; tables stay as they are."""
        ...

    def misfits(self, connection: Connection) -> list[str]:
        """The columns in which a value stands that is none of theirs, as "table.column"."""
        ...

    def broken_references(self, connection: Connection) -> int:
        """How many rows point to a row that is not there."""
        ...

    def mend_references(self, connection: Connection) -> None:
        """Do with such rows what the tables say is done when a row goes: they go too, or point nowhere."""
        ...

    def search_agrees(self, connection: Connection) -> bool:
        """Whether the search index holds what the leads say, asked in a write transaction; read on no more after False."""
        ...

    def only_mark_in_search(self, connection: Connection) -> None:
        """Let the search index keep what anybody deletes from now on, marked as deleted, until `clean_search`.

        Deleting many takes a fraction of the time so. What is found is the same.
        """
        ...

    def merge_search(self, connection: Connection, *, begin: bool) -> bool:
        """Do a part of what `clean_search` would do at once; whether there is more. The first part is to `begin`."""
        ...

    def search_keeps_deleted(self, connection: Connection) -> bool:
        """Whether the search index may hold what was deleted, since `only_mark_in_search` no `clean_search` came."""
        ...

    def clean_search(self, connection: Connection) -> None:
        """See to it that the search index holds nothing of what was deleted, and keeps nothing of what is deleted from now on."""
        ...

    def rebuild_search(self, connection: Connection) -> None:
        """Make the search index anew from the leads."""
        ...


def backend_of(connection: Connection) -> Backend:
    """The backend of the store that a connection belongs to."""
    return cast("Backend", connection.get_execution_options()[BACKEND])
