"""A copy of a store to try something out on: the store itself is neither written nor held up."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from leadtui.store.engine import Store, open_store, sqlite_driver


@contextmanager
def rehearsal(store: Store) -> Generator[Store]:
    """Give a store that is like `store` now and is gone afterwards, with everything that was done to it.

    Raises StoreError where there is no room for the copy.
    """
    # The folder can be read by its owner alone: the copy holds people's numbers.
    with tempfile.TemporaryDirectory(prefix="leadtui-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "rehearsal.db"
        with store.read() as connection, closing(sqlite_driver().connect(str(path))) as copy:
            raw = connection.connection.driver_connection
            if raw is None:
                raise RuntimeError("a connection without its driver's")
            raw.backup(copy)
        rehearsed = open_store(path)
        try:
            yield rehearsed
        finally:
            rehearsed.close()
