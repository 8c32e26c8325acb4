"""The desk as text holds what waits and who came in, in the cells that there are, whatever names hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.demo.building import build_demo
from leadtui.language import translate
from leadtui.language.text import cell_width
from leadtui.presentation.desk_text import CARTABLE_SHOWN, CUSTOMERS_SHOWN, print_desk
from leadtui.presentation.table import GAP, TextColumn, lay_out
from leadtui.services.session import Session
from leadtui.services.templates import load_template
from leadtui.store.lead_writing import NewLead, insert_leads

NOW = datetime(2024, 9, 27, 14, 42, 33, tzinfo=UTC)

HOSTILE = (
    "\x1b]52;c;aGk=\x07Mallory",
    "[/b] Ali",
    "\u202egnp.exe",
    "line\nbreak\tand\x9b31mred",
    "Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo",
    "👩\u200d👩\u200d👧 family",
    "張偉" * 20,
    "x" * 10_000,
    "سارا\u200cی \u2067ناز\u2069",
    "",
)


@pytest.fixture(scope="module", params=["en", "fa"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    where = tmp_path_factory.mktemp("desk") / "demo.db"
    session = build_demo(where, str(request.param), 240, lambda: NOW)
    yield session
    session.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A desk of names as an older or another program may have left them in the store."""
    where = tmp_path_factory.mktemp("desk") / "hostile.db"
    session = Session.create(where, load_template("sales"), HOSTILE[0], "neda@example.com", lambda: NOW)
    rows = [
        NewLead(
            {
                "name": name,
                "entered_at": NOW,
                "city": name,
                "owner_id": session.actor.id,
            }
        )
        for name in HOSTILE
    ]
    with session.write() as tx:
        insert_leads(tx, rows, NOW, None)
    yield session
    session.close()


def lines_of(session: Session, width: int) -> list[str]:
    """What is printed in the session's language, every line of which must fit and harm no terminal."""
    translate.use(session.language)
    lines = print_desk(session, width).split("\n")
    for line in lines:
        assert cell_width(line) <= width
        assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in line)
        assert not any(letter in "\u200d\u202a\u202b\u202d\u202e\u2066\u2067\u2068" for letter in line)
    return lines


class Said(NamedTuple):
    """What stands around the customers."""

    reminders: str
    cartable: list[str]
    never_called: str
    customers: str
    columns: list[str]
    more: str


SAID = {
    "en": Said(
        "5 overdue",
        ["Why", "Name", "Status", "Phone", "Next"],
        "never called",
        "All customers 240",
        ["Name", "City", "Phone", "Entry", "Status", "Owner"],
        "… and 220 more",
    ),
    "fa": Said(
        "۵ دیرکرد",
        ["چرا", "نام", "وضعیت", "شماره تماس", "بعدی"],
        "تماس‌نگرفته",
        "همه مشتریان ۲۴۰",
        ["نام", "شهر", "شماره تماس", "ورود", "وضعیت", "مسئول"],
        "… و ۲۲۰ دیگر",
    ),
}


def test_the_cartable_comes_first_then_the_newest_customers(shown: Session) -> None:
    lines = lines_of(shown, 120)
    assert lines[0].startswith(f"{shown.workspace.title} · {shown.actor.name} · ")
    said = SAID[shown.language]
    assert lines[0].endswith(said.reminders)
    assert re.split(r"  +", lines[3].strip()) == said.cartable
    customers = lines.index(said.customers)
    mine = lines[4 : customers - 1]
    assert len(mine) == 27
    assert mine[0].startswith("▲ ")
    assert said.never_called in "".join(mine)
    assert re.split(r"  +", lines[customers + 1].strip()) == said.columns
    assert len(lines) == customers + 2 + CUSTOMERS_SHOWN + 1
    assert lines[-1] == said.more


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_columns_stand_under_their_titles(shown: Session, width: int) -> None:
    lines = lines_of(shown, width)
    start = cell_width(lines[3].partition(SAID[shown.language].cartable[1])[0])
    for line in lines[4:20]:
        assert cells_before(line, start)[-1] == " "
        assert cells_after(line, start)[0] != " "


def cells_before(line: str, cell: int) -> str:
    return next(line[:end] for end in range(len(line) + 1) if cell_width(line[:end]) == cell)


def cells_after(line: str, cell: int) -> str:
    return line[len(cells_before(line, cell)) :].lstrip("\u200c")


@pytest.mark.parametrize("width", [1, 5, 20, 39, 80, 200])
def test_hostile_names_neither_widen_a_line_nor_reach_the_terminal(hostile: Session, width: int) -> None:
    lines = lines_of(hostile, width)
    if width >= 80:
        assert sum("Mallory" in line for line in lines) == 3
        assert sum("[/b] Ali" in line for line in lines) == 2
    assert len(lines) == 3 + 1 + len(HOSTILE) + 2 + 1 + len(HOSTILE)


def test_an_empty_desk_says_so(tmp_path: Path) -> None:
    session = Session.create(
        tmp_path / "desk.db", load_template("sales"), "Neda", "neda@example.com", lambda: NOW
    )
    assert lines_of(session, 80) == [
        "Northwind Sales · Neda · Fri 27 Sep 2024 10:42",
        "",
        "My cartable 0 · today 0 · overdue 0 · upcoming 0 · never called 0 · nothing pla…",
        "Nobody waits for you.",
        "",
        "All customers 0",
        "No customers yet.",
    ]
    session.close()


def test_a_long_cartable_is_cut_and_says_how_much(tmp_path: Path) -> None:
    session = Session.create(
        tmp_path / "desk.db", load_template("sales"), "Neda", "neda@example.com", lambda: NOW
    )
    rows = [
        NewLead(
            {
                "name": f"Customer {n}",
                "entered_at": NOW,
                "owner_id": session.actor.id,
            }
        )
        for n in range(50)
    ]
    with session.write() as tx:
        insert_leads(tx, rows, NOW, None)
    lines = lines_of(session, 80)
    assert lines[4 + CARTABLE_SHOWN] == "… and 10 more"
    assert lines[-1] == "… and 30 more"
    session.close()


@given(
    rows=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=30), st.text(max_size=5)), max_size=5),
    width=st.integers(0, 60),
)
def test_columns_fit_whatever_they_hold(rows: list[tuple[str, str, str]], width: int) -> None:
    columns = [
        TextColumn("Name", yields=1, least=4),
        TextColumn("Note", yields=3, least=6),
        TextColumn("Mark", yields=2, least=2),
    ]
    lines = lay_out(columns, rows, width)
    assert len(lines) == 1 + len(rows)
    assert all(cell_width(line) <= width for line in lines)


def test_the_least_important_column_gives_way_first() -> None:
    columns = [
        TextColumn("Name", yields=1, least=6),
        TextColumn("City", yields=3, least=5),
        TextColumn("Owner", yields=2, least=4),
    ]
    rows = [("Camila Roberts", "San Francisco", "Daniel Brooks")]
    assert lay_out(columns, rows, 80) == [
        "Name            City           Owner",
        "Camila Roberts  San Francisco  Daniel Brooks",
    ]
    assert lay_out(columns, rows, 38) == [
        "Name            City     Owner",
        "Camila Roberts  San Fr…  Daniel Brooks",
    ]
    assert lay_out(columns, rows, 28) == ["Name            City   Owner", "Camila Roberts  San…   Dani…"]
    assert lay_out(columns, rows, 18) == ["Name          Own…", "Camila Robe…  Dan…"]
    assert lay_out(columns, rows, 3) == ["Na…", "Ca…"]
    assert len(GAP) == 2
