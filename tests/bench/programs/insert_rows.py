"""Inserts a file as it is, as the `sqlite3` shell would: `python -m tests.bench.programs.insert_rows STORE FILE`."""

from __future__ import annotations

import csv
import sqlite3
import sys
from pathlib import Path


def main() -> None:
    """Read the rows, and insert them."""
    with Path(sys.argv[2]).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        titles = next(rows)
        connection = sqlite3.connect(sys.argv[1])
        columns = ", ".join(f'"{title}" TEXT' for title in titles)
        connection.execute(f"CREATE TABLE t({columns})")
        connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(titles))})", rows)
        connection.commit()
        connection.close()


if __name__ == "__main__":
    main()
