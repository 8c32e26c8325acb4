"""The SQLite of Python itself, used where pysqlite3 has no wheel, keeps and finds customers too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

_WITHOUT_PACKAGE = """
import sys
sys.modules["pysqlite3"] = None  # as where it is not installed
from datetime import UTC, datetime
from sqlalchemy import insert
from leadtui.store import order, tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.search import Find, find_ids, search_text

at = datetime(2024, 9, 28, tzinfo=UTC)
store = open_store(where, create=True)
with store.write() as connection:
    put = connection.execute
    put(insert(tables.workspace).values(id=1, title="Desk", language="en", calendar="gregorian", region="IR",
                                        zone="UTC", currency="IRR", created_at=at))
    for one, name in ((1, "Zoe"), (2, "Reza"), (3, "")):
        text = search_text(name, "", "", ())
        put(insert(tables.lead).values(id=one, workspace_id=1, name=name, name_sort=name.lower(), search_key=text,
                                       entered_at=at, created_at=at))
with store.read() as connection:
    tx = WorkspaceConnection(connection, 1)
    said = {
        "driver": sqlite_driver().__name__,
        "found": list(find_ids(tx, Find.read("rez"))),
        "order": list(order.permutation(tx, "name").ids(True)),
    }
store.close()
"""


def test_customers_are_kept_found_and_ordered(child: Callable[[str, Path], Any], tmp_path: Path) -> None:
    said = child(_WITHOUT_PACKAGE, tmp_path / "desk.db")
    assert said == {"driver": "sqlite3", "found": [2], "order": [1, 2, 3]}
