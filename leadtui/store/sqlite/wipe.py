"""Seeing to it that what was deleted is no longer in the file of a store, byte for byte."""

from __future__ import annotations

import mmap
from collections.abc import Collection
from pathlib import Path
from typing import Any

from leadtui.store.json_text import forms_in_json

LARGE_FILE = 256 * 1024 * 1024
"""In a larger file only what says who it was is looked for: each text takes a reading of all of it."""

MOST_LOOKED_FOR = 200


def wipe(raw: Any, path: Path, named: Collection[str], told: Collection[str]) -> bool:
    """Empty the log, and write the file anew where it still holds one of the texts; whether nothing is left.

    `raw` is a driver's connection with no transaction open. SQLite overwrites what it deletes
    (`PRAGMA secure_delete`), but when it moves rows from page to page it leaves copies in the unused room
    of the pages, and a store from before that setting has others. False where another program is reading at
    this moment, so that the log cannot be emptied: it goes with the next erasing or the next program that closes.
    """
    emptied = _empty_log(raw)
    texts = [*named, *(() if path.stat().st_size > LARGE_FILE else told)]
    if _holds(path, texts[:MOST_LOOKED_FOR]):
        # In memory the new file would take as much room as the store.
        raw.execute("PRAGMA temp_store = FILE")
        raw.execute("VACUUM")
        raw.execute("PRAGMA temp_store = MEMORY")
        emptied = _empty_log(raw)
    return emptied


def _empty_log(raw: Any) -> bool:
    return raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def _holds(path: Path, texts: Collection[str]) -> bool:
    if not texts or not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        forms = {form.encode(errors="replace") for text in texts if text for form in forms_in_json(text)}
        return any(content.find(form) >= 0 for form in forms)
