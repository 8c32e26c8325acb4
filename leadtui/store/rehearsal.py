"""A copy of a store to try something out on: the store itself is neither written nor held up."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from leadtui.errors import StoreError
from leadtui.language.translate import _
from leadtui.store.engine import Store, open_store, sqlite_driver


@contextmanager
def rehearsal(store: Store) -> Generator[Store]:
    """Give a store that is like `store` now and is gone afterwards, with everything that was done to it.

    Raises StoreError where there is no room for the copy.
    """
    with _folder() as folder:
        path = folder / "rehearsal.db"
        _copy(store, path)
        copy = open_store(path)
        try:
            yield copy
        finally:
            copy.close()


@contextmanager
def _folder() -> Generator[Path]:
    """A folder for the copy that its owner alone can read: it holds people's numbers."""
    try:
        made = tempfile.TemporaryDirectory(prefix="leadtui-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _no_room(error.strerror or str(error)) from error
    with made as name:
        yield Path(name)


def _copy(store: Store, path: Path) -> None:
    driver = sqlite_driver()
    with store.read() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            raise RuntimeError("a connection without its driver's")
        try:
            with closing(driver.connect(str(path))) as copy:
                raw.backup(copy)
        except driver.Error as error:
            raise _no_room(str(error)) from error


def _no_room(reason: str) -> StoreError:
    return StoreError(
        _(
            "There is no room to try this out on a copy of the store: {reason}. Free some space in {folder}."
        ).format(reason=reason, folder=tempfile.gettempdir())
    )
