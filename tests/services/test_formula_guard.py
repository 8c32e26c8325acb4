"""Nothing that is exported runs as a formula, and what is imported again is as it was."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from session_making import add_lead, make_session

from leadtui.domain.view import View
from leadtui.services.exporting import export_file
from leadtui.services.formula_guard import guarded, kept_exact, unguarded
from leadtui.services.importing.running import import_files
from leadtui.services.leads import find_lead

CELLS = st.text(st.one_of(st.sampled_from("'=+-@\t\r\n＝"), st.characters()), max_size=6)


@given(CELLS)
def test_a_guarded_cell_is_no_formula_and_is_read_as_it_was(cell: str) -> None:
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
    assert unguarded(guarded(cell)) == cell
    assert unguarded(kept_exact(cell)) == cell


@given(CELLS)
def test_an_exact_cell_is_as_it_is_but_for_an_apostrophe_that_would_be_taken_for_a_guard(cell: str) -> None:
    assert kept_exact(cell) == cell or cell.startswith("'")


def test_a_table_for_people_comes_in_without_its_guards(tmp_path: Path) -> None:
    names = ("=HYPERLINK(1)", "@home", "'+quoted", "Ben")
    session = make_session(tmp_path)
    for place, name in enumerate(names):
        add_lead(session, name, f"+1 212 555 010{place}")
    export_file(session, View(), tmp_path / "people.csv")
    (tmp_path / "other").mkdir()
    other = make_session(tmp_path / "other")
    import_files(other, [tmp_path / "people.csv"])
    for place, name in enumerate(names):
        assert find_lead(other, f"+1212555010{place}").name == name
    session.close()
    other.close()
