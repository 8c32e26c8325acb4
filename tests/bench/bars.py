"""What is measured, what it is held against, and the bars: how much of that, or how much at all, it may take at the most."""

from __future__ import annotations

from dataclasses import dataclass

from .figures import Level, Quantity

PROCESSOR, WALL, WRITTEN = Quantity.PROCESSOR, Quantity.WALL, Quantity.WRITTEN
PEAK, DRAWN, SIZE, COUNT = Quantity.PEAK, Quantity.DRAWN, Quantity.SIZE, Quantity.COUNT

MILLION, STOCK, ANY = 1_000_000, 10_000, 1_000
"""From how many customers on a bar holds: a million; what Textual's own table is given; or any store worth the name."""

KB, MB, GB = 10**3, 10**6, 10**9


@dataclass(frozen=True, slots=True)
class Bar:
    """The most that an act may take.

    `most` is how often what `of`, or the row's reference, takes; where `absolute`, a figure in the quantity's unit. `per` is
    the reference's quantity, where it is another one. Holds in stores of `at` customers or more.
    """

    quantity: Quantity
    most: float
    level: Level = Level.MEDIAN
    absolute: bool = False
    of: str = ""
    per: Quantity | None = None
    at: int = MILLION


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: an act of the program, and an act that is its reference; what limits it, where somebody has looked."""

    part: str
    title: str
    act: str
    reference: str = ""
    bars: tuple[Bar, ...] = ()
    limit: str = ""


_IMPORTS = (
    "Imports are 1.0 of the 1.1 s of processor time: half of that SQLAlchemy and Textual, the rest the program's own modules and "
    "what else they need."
)
_PUT_IN_ORDER = "The ids come from an index; most of it is putting so many in the order of the table."
_LOOKED_AT = "No index has this column, so that each customer is looked at, as the statement does."
_INDEXES = "Rows, their indexes, the search index and what can be taken back are written; the shell writes rows alone."

_START = (
    Row(
        "start",
        "Desk, small store, first rows",
        "desk, first rows, small",
        "hello-world",
        (Bar(WALL, 2.8, at=ANY),),
        _IMPORTS,
    ),
    Row(
        "start",
        "Desk, small store, head of the table",
        "desk, head, small",
        "hello-world",
        (Bar(WALL, 1.6, at=ANY),),
        "All is imported and the store opened before the first frame is drawn. " + _IMPORTS,
    ),
    Row(
        "start",
        "Desk, first rows",
        "desk, first rows",
        "stock table, first rows",
        (Bar(WALL, 0.35), Bar(WALL, 1.2, of="desk, first rows, small")),
        _IMPORTS,
    ),
    Row(
        "start",
        "Desk, first rows, file not in memory",
        "desk, first rows, cold",
        "stock table, first rows",
        (Bar(WALL, 0.5),),
        _IMPORTS,
    ),
    Row("start", "`--version`", "--version", "python -c pass", (Bar(PROCESSOR, 2, at=ANY),)),
    Row(
        "start",
        "`--help`",
        "--help",
        "python -c pass",
        (Bar(PROCESSOR, 8, at=ANY),),
        "`import typer` alone is six times a Python that does nothing, and the modules of all commands are imported for any.",
    ),
    Row(
        "start",
        "`leads list --limit 20`, small store",
        "leads list, small",
        "python -c pass",
        (Bar(PROCESSOR, 25, at=ANY),),
        "`import sqlalchemy` alone is 25 times a Python that does nothing.",
    ),
    Row(
        "start",
        "`leads list --limit 20`",
        "leads list",
        "python -c pass",
        (Bar(PROCESSOR, 25),),
        "`import sqlalchemy` alone is 25 times a Python that does nothing.",
    ),
)

_KEYS = (
    Row(
        "table",
        "Down, to the last byte",
        "desk, Down",
        "stock table, Down",
        (
            Bar(PROCESSOR, 2.5, at=STOCK),
            Bar(DRAWN, 2.5 * KB, absolute=True, at=STOCK),
            Bar(WALL, 0.035, absolute=True, at=STOCK),
        ),
        "The open customer below the table is read and drawn with each row; the reference has nothing below it.",
    ),
    Row(
        "table",
        "PageDown, to the last byte",
        "desk, PageDown",
        "stock table, PageDown",
        (Bar(PROCESSOR, 0.4, at=STOCK), Bar(PROCESSOR, 1.2, of="desk, small, PageDown")),
        "Half of it are the lines of the table by themselves (below); the rest is the open customer and Textual's own painting.",
    ),
    *(
        Row(
            "table",
            title,
            f"desk, {name}",
            f"desk, small, {name}",
            (Bar(PROCESSOR, 1.5), Bar(PROCESSOR, 2, Level.P95)),
        )
        for name, title in {"End": "End", "Home": "Home", "drag": "Bar dragged to the middle"}.items()
    ),
    Row(
        "table",
        "Memory of the desk, peak",
        "desk, memory",
        "stock table, memory",
        (Bar(PEAK, 2.0),),
    ),
    Row(
        "table",
        "A minute's rest, small store",
        "desk, small, a minute's rest",
        bars=(Bar(PROCESSOR, 0.2, absolute=True, at=ANY),),
        limit="Nothing is drawn but the clock. What is left are the timers: whether anybody wrote, the time, and that one is here.",
    ),
    Row(
        "table",
        "A minute's rest",
        "desk, a minute's rest",
        "desk, small, a minute's rest",
        (Bar(PROCESSOR, 1.5),),
    ),
)

_LETTERS = (
    Row(
        "table", "PageDown of the table alone, Persian words seen before", "seen, PageDown", "latin, PageDown"
    ),
    Row("table", "PageDown of the table alone, every Persian word new", "new, PageDown", "latin, PageDown"),
)

_INDEXED = ("name", "city", "status")
_NOT_INDEXED = {
    "need": "need",
    "grade": "grade",
    "contacted_at": "last contact",
    "custom:budget": "own field",
}
_FILTERED = ("status", "owner and city", "new")
_FILTERED_LOOKING = ("grade", "need", "own field")

_LISTS = (
    *(
        Row(
            "table",
            f"Sort by {each}",
            f"order by {each}",
            f"SELECT … ORDER BY {each}",
            (Bar(PROCESSOR, 0.8),),
        )
        for each in _INDEXED
    ),
    Row(
        "table", "Order turned round", "order turned round", "SELECT … ORDER BY name", (Bar(PROCESSOR, 0.8),)
    ),
    *(
        Row(
            "table",
            f"Sort by {title}",
            f"order by {each}",
            f"SELECT … ORDER BY {each}",
            (Bar(PROCESSOR, 0.5),),
            _LOOKED_AT,
        )
        for each, title in _NOT_INDEXED.items()
    ),
    *(
        Row(
            "table",
            f"Sort by {title}, first rows",
            f"first rows by {each}",
            bars=(Bar(WALL, 0.3, absolute=True),),
            limit=_LOOKED_AT,
        )
        for each, title in _NOT_INDEXED.items()
    ),
    *(
        Row(
            "table",
            f"Filter {each}",
            f"filter {each}",
            f"SELECT … WHERE {each}",
            (Bar(PROCESSOR, most),),
            limit,
        )
        for names, most, limit in ((_FILTERED, 0.2, _PUT_IN_ORDER), (_FILTERED_LOOKING, 0.3, _LOOKED_AT))
        for each in names
    ),
    *(
        Row(
            "table",
            f"Filter {each}, first rows",
            f"first rows of {each}",
            bars=(Bar(WALL, 0.15, absolute=True),),
            limit=_LOOKED_AT,
        )
        for each in _FILTERED_LOOKING
    ),
)

_CHOOSING = (
    Row("table", "All chosen", "all chosen"),
    Row("table", "Ids of all chosen", "ids of the chosen"),
)

_SEARCH = tuple(
    Row(
        "search",
        f"Find, each key, {script}{title}",
        f"find {script}{way}",
        f"count(*) … LIKE {script}{way}",
        (Bar(PROCESSOR, most), Bar(PROCESSOR, 0.5, Level.P95)),
    )
    for way, title, most in (
        ("", "", 0.1),
        (", by name", ", by name", 0.1),
        (", among new", ", filtered", 0.3),
    )
    for script in ("Persian", "Latin", "digits")
)

_IMPORT = (
    Row(
        "import",
        "CSV import into a new store",
        "import",
        "sqlite3 .import",
        (
            Bar(WALL, 20),
            # So often the shell's time `sqlite-utils insert --csv` was measured to take.
            Bar(PROCESSOR, 27),
            Bar(WRITTEN, 4, of="import", per=SIZE),
            Bar(PEAK, 400 * MB, absolute=True),
        ),
        _INDEXES,
    ),
    Row(
        "import",
        "CSV import into a store of as many others",
        "import into others",
        "sqlite3 .import",
        (Bar(WALL, 30),),
        _INDEXES,
    ),
    Row(
        "import",
        "A twentieth of the rows into a full store",
        "import of a twentieth into others",
        "import of a twentieth",
        (Bar(PROCESSOR, 1.2), Bar(WRITTEN, 0.5 * GB, absolute=True)),
    ),
    Row("import", "The same file again", "import again", "import", (Bar(PROCESSOR, 0.65),)),
    Row(
        "import",
        "`imports undo`",
        "imports undo",
        "import",
        (Bar(PROCESSOR, 0.7),),
    ),
    Row(
        "import",
        "XLSX import",
        "import of a workbook",
        "import of the same as CSV",
        (Bar(PROCESSOR, 1.2, at=50_000),),
    ),
    Row(
        "import",
        "Size of the store",
        "import",
        "the file",
        (Bar(SIZE, 5.0),),
        "Indexes, the search index, and what each row noted.",
    ),
)

_LIVE = (
    Row(
        "live",
        "A step saved",
        "step saved",
        "step saved, small",
        (Bar(PROCESSOR, 1.2), Bar(WALL, 1.5, Level.P95)),
    ),
    Row(
        "live",
        "Erase one",
        "erase one",
        "erase one, small",
        (Bar(PROCESSOR, 5), Bar(PEAK, 200 * MB, absolute=True)),
    ),
    Row(
        "live",
        "Export all as CSV",
        "export",
        "sqlite3 -csv",
        (Bar(PROCESSOR, 12), Bar(PEAK, 150 * MB, absolute=True)),
    ),
    Row("live", "`backup`, checked", "backup", "sqlite3 .backup, integrity_check", (Bar(PROCESSOR, 1.2),)),
    Row(
        "live",
        "`doctor`",
        "doctor",
        "PRAGMA integrity_check",
        (Bar(PROCESSOR, 1.6),),
        "References, the search index and the keys are checked as well.",
    ),
    Row("live", "My day", "day", "day, small", (Bar(PROCESSOR, 1.2), Bar(PEAK, 100 * MB, absolute=True))),
    Row(
        "live",
        "Saves of 20 agents beside an import",
        "saves beside an import",
        "saves",
        (Bar(WALL, 2.5, Level.P99),),
    ),
    Row("live", "… of which refused", "saves refused", bars=(Bar(COUNT, 0, absolute=True, at=ANY),)),
    Row(
        "live",
        "A colleague's change appears, 20 desks",
        "change appears",
        "polling interval",
        (Bar(WALL, 2),),
    ),
    Row("live", "20,000 customers given to a colleague", "customers given"),
    Row("live", "20,000 customers shared out", "customers shared out"),
)

ROWS = (*_START, *_KEYS, *_LETTERS, *_LISTS, *_CHOOSING, *_SEARCH, *_IMPORT, *_LIVE)

NOT_MEASURED = {
    "Upgrading a store of a million, also killed half-way": "released stores of that size are not kept; the tests of "
    "migrations kill and go on with small ones",
    "A desk with scope *team*, beside one that sees all": "the made stores have no teams",
    "A list of 100,000 cases": "a store is made without any",
    "Sign-in, hash apart": "nobody signs in with a password",
    "`sqlite-utils insert --csv`": "it is not among the dependencies; 27 times the shell, as measured once, stands for it",
}
"""What the bars speak of that nothing here measures, and why."""
