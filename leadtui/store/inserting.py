"""Writing one row and learning its id."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, insert


def insert_row(connection: Connection, table: Table, **values: Any) -> int:
    """Write one row into a table whose primary key is `id`; return the id that the store gave it."""
    key: Any = connection.execute(insert(table).values(**values)).inserted_primary_key
    return int(key[0])
