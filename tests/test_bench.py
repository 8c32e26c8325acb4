"""The benchmark measures, judges and writes: its plumbing, never its times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from amounts import EVERYTHING

from tests.bench import page, record
from tests.bench.bars import MILLION, ROWS
from tests.bench.figures import Figures, Quantity, Spread
from tests.bench.judging import Verdict, judge, some_missed
from tests.bench.record import Run

ROOT = Path(__file__).parents[1]
ROWS_AT_ONCE = 200


def _benchmark(*arguments: str) -> str:
    command = (sys.executable, "-m", "tests.bench", *arguments, "--rows", str(ROWS_AT_ONCE), "--once")
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _figures(undo: float) -> Figures:
    return {
        "import": {Quantity.PROCESSOR: Spread(10.0, 11.0, 12.0, 3)},
        "imports undo": {Quantity.PROCESSOR: Spread(undo, undo, undo, 3)},
    }


def _run(customers: int, undo: float) -> Run:
    return Run("import", customers, "2025-03-01 09:00 UTC", "2 processors", 0.1, _figures(undo))


def test_what_one_types_is_measured_kept_and_printed(tmp_path: Path) -> None:
    kept = tmp_path / "figures.json"
    printed = _benchmark("search", "--json", str(kept))
    (run,) = record.read(kept)
    assert (run.part, run.customers) == ("search", ROWS_AT_ONCE)
    assert {row.act for row in ROWS if row.part == "search"} <= run.figures.keys()
    assert "bar for 1,000,000" in printed
    assert "FAIL" not in printed


def test_a_bar_holds_only_where_the_store_has_the_size_it_is_for() -> None:
    verdicts = {
        (customers, undo): [
            each.verdict
            for each in judge("import", _figures(undo), customers)
            if each.row.act == "imports undo"
        ]
        for customers in (MILLION - 1, MILLION)
        for undo in (7.0, 7.1)
    }
    assert verdicts == {
        (MILLION - 1, 7.0): [Verdict.OTHER_SIZE],
        (MILLION - 1, 7.1): [Verdict.OTHER_SIZE],
        (MILLION, 7.0): [Verdict.MET],
        (MILLION, 7.1): [Verdict.MISSED],
    }
    assert not some_missed([_run(MILLION - 1, 7.1), _run(MILLION, 7.0)])
    assert some_missed([_run(MILLION - 1, 7.0), _run(MILLION, 7.1)])


def test_the_page_says_what_limits_what_is_too_slow_and_draws_how_it_grows(tmp_path: Path) -> None:
    kept = tmp_path / "figures.json"
    record.write(kept, [_run(1_000, 0.5), _run(MILLION, 60.0)])
    record.write(kept, [_run(MILLION, 70.0)])
    runs = record.read(kept)
    assert [run.customers for run in runs] == [1_000, MILLION]
    page.write(tmp_path / "performance.md", runs)
    written = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "| `imports undo` | processor | 7.00 | ≤ 0.7 | FAIL | import (10 s) |" in written
    assert "- `imports undo`: nobody has looked yet." in written
    assert "- Size of the store" not in written
    picture = ElementTree.parse(tmp_path / "performance" / "import.svg")
    words = {each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {"imports undo", "1,000", "1,000,000", "customers"} <= words
    assert written.count("performance/import.svg") == 1


def test_what_measures_imports_nothing_of_the_program() -> None:
    # A process begins with as much memory as the one that started it: what measures has to be small.
    small = "import tests.bench.__main__, sys; sys.exit('leadtui' in sys.modules)"
    subprocess.run((sys.executable, "-c", small), cwd=ROOT, check=True)


@pytest.mark.proof
def test_every_row_is_measured(tmp_path: Path) -> None:
    kept = tmp_path / "figures.json"
    # What is measured in terminals is only where everything is: on a busy machine they draw what nobody waits for yet.
    parts = ("all",) if EVERYTHING else ("import",)
    _benchmark(*parts, "--json", str(kept), "--write", str(tmp_path / "performance.md"))
    figures = {run.part: run.figures for run in record.read(kept)}
    for row in (each for each in ROWS if EVERYTHING or each.part in parts):
        measured = figures[row.part]
        assert row.act in measured, row.title
        assert not row.reference or row.reference in measured, row.title
        judged = [each for each in judge(row.part, measured, ROWS_AT_ONCE) if each.row is row]
        assert [each.bar for each in judged] == list(row.bars), row.title
        assert all(each.verdict is not Verdict.MISSED for each in judged), row.title
