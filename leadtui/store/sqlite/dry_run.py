"""A copy of a store to try something out on: the store itself is neither written nor held up."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from leadtui.errors import StoreError
from leadtui.language.translate import _
from leadtui.store.sqlite.driver import sqlite_driver


@contextmanager
def trial_copy(raw: Any) -> Generator[Path]:
    """A file that holds what the driver's connection `raw` sees, and is gone after the block.

    Raises StoreError where there is no room for it.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix="leadtui-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _no_room(error.strerror or str(error)) from error
    with made as folder:  # its owner alone can read it: it holds people's numbers
        path = Path(folder) / "trial.db"
        driver = sqlite_driver()
        try:
            with closing(driver.connect(str(path))) as copy:
                raw.backup(copy)
        except driver.Error as error:
            raise _no_room(str(error)) from error
        yield path


def _no_room(reason: str) -> StoreError:
    return StoreError(
        _(
            "There is no room to try this out on a copy of the store: {reason}. Free some space in {folder}."
        ).format(reason=reason, folder=tempfile.gettempdir())
    )
