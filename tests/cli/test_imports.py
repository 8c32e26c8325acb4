"""`leadtui import` and `imports list`: a store is made, fed again, refused, rehearsed, stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command_running import Run

from leadtui.services.importing import running
from leadtui.services.session import Session
from leadtui.store.engine import open_store

DATA = Path(__file__).parents[1] / "data"
EXPORTS = tuple(
    DATA / name
    for name in (
        *("website-form.csv", "registrations.xlsx", "meta-lead-ads.csv"),
        *("old-excel.csv", "asterisk-cdr.csv"),
    )
)
COUNTS = ("new", "updated", "unchanged", "rejected", "skipped")

pytestmark = pytest.mark.usefixtures("nobody_said_who")


@pytest.fixture
def nobody_said_who(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new store's supervisor is then the system's user."""
    del run
    monkeypatch.delenv("LEADTUI_AS")
    monkeypatch.setattr("getpass.getuser", lambda: "sam")
    for module in ("leadtui.services.entering", "leadtui.services.new_store"):
        monkeypatch.setattr(f"{module}.getuser", lambda: "sam")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Three rows: two customers and one that nobody can be reached by."""
    path = tmp_path / "sheet.csv"
    path.write_text("Name,Phone,Shoe\nAnna,+1 212 555 0101,38\nBen,+1 212 555 0102,42\nNobody,,40\n")
    return path


def test_the_exports_of_the_business(run: Run, tmp_path: Path) -> None:
    """Five files with duplicates between them become 1,089 customers, and nobody new the second time."""
    store = tmp_path / "new" / "desk.db"
    command = ("import", *EXPORTS, "--store", store, "--template", "hesin-haseb", "--json")
    first = run(*command)
    assert first.code == 0, first.err
    assert first.data["customers"] == 1089
    assert first.data["new"] == 1089
    for report in (first.data, *first.data["files"]):
        assert report["read"] == sum(report[each] for each in COUNTS)
    for each in ("read", *COUNTS):
        assert first.data[each] == sum(file[each] for file in first.data["files"])
    assert [Path(file["file"]).name for file in first.data["files"]] == [path.name for path in EXPORTS]
    assert f"پایگاه داده {store} ساخته شد؛ سرپرست آن sam@localhost است." in first.err

    again = run(*command)
    assert again.code == 0, again.err
    assert (again.data["new"], again.data["customers"]) == (0, 1089)
    assert again.data["read"] == first.data["read"]
    assert "the template is left out" in again.err
    assert len(run("imports", "list", "--store", store, "--json").data) == 10
    assert [each.name for each in store.parent.iterdir()] == ["desk.db"]


def test_a_new_store_begins_as_its_template_says(run: Run, sheet: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    assert run("import", sheet, "--store", store, "--template", "sales", "--as", "me@example.com").code == 0
    assert "demo_booked" in [each["key"] for each in run("statuses", "list", "--json", "--store", store).data]
    facts = run("doctor", "--json", "--store", store).data
    assert facts["ok"]
    assert facts["facts"]["customers"] == 2
    assert run("leads", "list", "--store", store, "--as", "me@example.com").code == 0
    assert run("leads", "list", "--store", store, "--as", "you@example.com").code == 1


def test_in_arabic_counts_are_said_with_their_own_forms_and_figures(
    run: Run, sheet: Path, tmp_path: Path
) -> None:
    store = tmp_path / "desk.db"
    said = run("import", sheet, "--store", store, "--template", "sahab")
    assert "في قاعدة البيانات عميلان." in said.out.splitlines()
    assert "  صف واحد: لا رقم هاتف ولا بريد إلكتروني." in said.out.splitlines()
    assert run("imports", "list", "--store", store).out.splitlines()[1].split()[-6:] == list("٣٢٠٠١٠")


def test_a_template_of_your_own_is_a_file(run: Run, sheet: Path, tmp_path: Path) -> None:
    template = tmp_path / "mine.toml"
    template.write_text((DATA.parents[1] / "data" / "templates" / "blank.toml").read_text())
    assert run("import", sheet, "--store", tmp_path / "desk.db", "--template", template).code == 0


def test_the_report_in_words(run: Run, sheet: Path, tmp_path: Path) -> None:
    said = run("import", sheet, "--store", tmp_path / "desk.db")
    assert said.code == 0, said.err
    assert f"{sheet}: read 3, new 2, updated 0, unchanged 0, rejected 1, skipped 0" in said.out
    assert "Recognised: " in said.out
    assert "Name → name" in said.out
    assert "Kept in a note: Shoe (2 filled)" in said.out
    assert "1 row: no phone number and no e-mail address." in said.out
    assert "The store holds 2 customers." in said.out


def test_a_column_goes_where_it_is_told(run: Run, sheet: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    said = run("import", sheet, "--store", store, "--map", "Shoe=city", "--map", "Name=referrer", "--json")
    assert said.code == 0, said.err
    assert {"column": "Shoe", "field": "city"} in said.data["files"][0]["mapping"]
    anna = run("leads", "show", "+1 212 555 0101", "--json", "--store", store).data
    assert (anna["city"], anna["referrer"], anna["name"]) == ("38", "Anna", "")


def test_rejects_are_written_with_line_and_reason(run: Run, sheet: Path, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    assert run("import", sheet, "--store", tmp_path / "desk.db", "--rejects", rejects).code == 0
    words = rejects.read_text(encoding="utf-8-sig")
    assert "Nobody" in words
    assert "4" in words


def test_duplicates_are_treated_as_told(run: Run, sheet: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    assert run("import", sheet, "--store", store).code == 0
    newer = tmp_path / "newer.csv"
    newer.write_text("Name,Phone,City\nAnna Other,+1 212 555 0101,Rome\n")

    def anna() -> tuple[str, str]:
        shown = run("leads", "show", "+1 212 555 0101", "--json", "--store", store).data
        return shown["name"], shown["city"]

    assert run("import", newer, "--store", store, "--duplicates", "keep").code == 0
    assert anna() == ("Anna", "")
    assert run("import", newer, "--store", store).code == 0
    assert anna() == ("Anna", "Rome")
    assert run("import", newer, "--store", store, "--duplicates", "overwrite").code == 0
    assert anna() == ("Anna Other", "Rome")


def test_a_dry_run_into_nothing_leaves_nothing(run: Run, sheet: Path, tmp_path: Path) -> None:
    store = tmp_path / "deep" / "down" / "desk.db"
    said = run("import", sheet, "--store", store, "--dry-run", "--json")
    assert said.code == 0, said.err
    assert (said.data["new"], said.data["customers"]) == (2, 0)
    assert said.data["files"][0]["dry_run"] is True
    assert not (tmp_path / "deep").exists()


def test_a_dry_run_on_a_store_changes_nothing(run: Run, sheet: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    one = tmp_path / "one.csv"
    one.write_text("Name,Phone\nAnna,+1 212 555 0101\n")
    assert run("import", one, "--store", store).code == 0
    before = _everything(store)
    said = run("import", sheet, "--store", store, "--dry-run")
    assert said.code == 0
    assert "This was a dry run: the store is as it was." in said.out
    assert _everything(store) == before


def _everything(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    opened = open_store(store)
    with opened.read() as connection:
        names = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        content = {
            name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]
            for name in names
        }
    opened.close()
    return content


@pytest.mark.usefixtures("sheet")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("missing.csv",), "missing.csv"),
        (("sheet.csv", "--template", "nonsense"), "There is no template “nonsense”"),
        (("sheet.csv", "--map", "Shoe"), "“Shoe” is no mapping"),
        (("sheet.csv", "--map", "Shoe=nonsense"), "nonsense"),
        (("sheet.csv", "--map", "Nonsense=city"), "Nonsense"),
        (("sheet.csv", "--region", "XX"), "XX"),
        (("sheet.csv", "--encoding", "nonsense"), "There is no encoding nonsense"),
        (("sheet.csv", "--delimiter", "nonsense"), "A delimiter is one sign"),
        (("sheet.csv", "--as", "nonsense"), "“nonsense” is no e-mail address"),
        (("empty.csv",), "empty.csv"),
        (("sheet.csv", "picture.csv"), "picture.csv"),
    ],
)
def test_a_refused_import_leaves_no_store_behind(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.csv").touch()
    (tmp_path / "picture.csv").write_bytes(bytes(range(256)) * 40)
    before = set(tmp_path.rglob("*"))
    said = run("import", *arguments, "--store", "desk.db")
    assert (said.code, said.out) == (1, ""), said
    assert sentence in said.err
    assert len([line for line in said.err.splitlines() if line]) == 1
    assert set(tmp_path.rglob("*")) == before


def test_stopping_the_first_import_leaves_no_store_behind(
    run: Run, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stop_after_the_first_rows(monkeypatch)
    said = run("import", sheet, "--store", tmp_path / "desk.db")
    assert (said.code, said.out) == (130, "")
    assert "Stopped; no store was made." in said.err
    assert {each.name for each in tmp_path.iterdir()} == {"sheet.csv"}


def test_stopping_a_later_import_keeps_what_was_written(
    run: Run, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "desk.db"
    one = tmp_path / "one.csv"
    one.write_text("Name,Phone\nEve,+1 212 555 0199\n")
    assert run("import", one, "--store", store).code == 0
    with monkeypatch.context() as stopping:
        _stop_after_the_first_rows(stopping)
        said = run("import", sheet, "--store", store)
    assert said.code == 130
    assert "What was imported stays" in said.err
    stopped = run("imports", "list", "--json", "--store", store).data[0]
    assert stopped["ended_at"] is None
    assert "stopped" in run("imports", "list", "--store", store).out
    said = run("import", sheet, "--store", store, "--json")
    again = said.data
    assert (again["new"], again["unchanged"], again["customers"]) == (2, 0, 3)
    assert "went on from row 4 of the import that began" in said.err
    assert [each["ended_at"] is None for each in run("imports", "list", "--json", "--store", store).data] == [
        False,
        False,
    ]


def _stop_after_the_first_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C comes once a chunk has been written."""

    def stop(self: Any) -> Any:
        yield next(original(self))
        raise KeyboardInterrupt

    original = running._Run.write_arrivals  # pyright: ignore[reportPrivateUsage]  # between two chunks
    monkeypatch.setattr(running._Run, "write_arrivals", stop)  # pyright: ignore[reportPrivateUsage]


def test_an_import_does_not_cover_a_store_that_came_first(
    run: Run, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else makes the same store while this import is at work."""
    store = tmp_path / "desk.db"
    original = running.import_files

    def meanwhile(*arguments: Any) -> Any:
        with monkeypatch.context() as inner:
            inner.setattr(running, "import_files", original)
            other = tmp_path / "other.csv"
            other.write_text("Name,Phone\nEve,+1 212 555 0199\n")
            assert run("import", other, "--store", store).code == 0
        return original(*arguments)

    monkeypatch.setattr(running, "import_files", meanwhile)
    said = run("import", sheet, "--store", store)
    assert (said.code, said.out) == (1, "")
    assert "in the meantime; nothing was changed" in said.err
    monkeypatch.undo()
    listed = run("leads", "list", "--json", "--store", store, "--as", "sam@localhost")
    assert [each["name"] for each in listed.data] == ["Eve"]


REGIONS = {
    "named": (("--region", "de"), "name,phone\nAnn,0170 1234567\nBob,+98 912 345 6789\n", "DE"),
    "file": ((), "name,phone\nAnn,0912 345 6789\nBob,+98 912 345 6780\nCleo,0098 912 345 6781\n", "IR"),
    "split": ((), "name,phone\nAnn,+49 170 1234567\nBob,+98 912 345 6789\n", "TR"),
    "writing": ((), "نام,شماره تماس\nسارا,0912 345 6789\nعلی,09123456780\n", "IR"),
    "another writing": ((), "نام,ٹیلیفون\nعلی,0300 1234567\n", "PK"),
    "writing of elsewhere": ((), "نام,شماره تماس\nسارا,0532 123 45 67\n", "TR"),
    "zone": ((), "name,phone\nAnn,0532 123 45 67\n", "TR"),
    "template": (("--template", "sales"), "name,phone\nAnn,+98 912 345 6789\n", "US"),
}


@pytest.mark.parametrize("case", REGIONS)
def test_a_new_store_has_the_country_that_something_tells(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    """What the person says, the template, most numbers with a country code, how titles and numbers are written, and the
    machine's zone, in that order."""
    options, table, region = REGIONS[case]
    monkeypatch.setenv("TZ", "Europe/Istanbul")
    (tmp_path / "table.csv").write_text(table)
    said = run("import", tmp_path / "table.csv", "--store", tmp_path / "desk.db", *options)
    assert said.code == 0, said.err
    assert f"Its country is {region}" in said.err
    assert f"numbers of {region}" in said.out
    assert "rejected 0" in said.out
    session = Session.open(tmp_path / "desk.db", "sam@localhost")
    assert session.workspace.region == region
    session.close()


def test_the_report_says_what_became_of_cells_in_plain_words(run: Run, tmp_path: Path) -> None:
    rows = [f"Ann,+12125550101,{city},2024-01-02" for city in ("Boston", "Boston", "Boston", "Dallas")]
    table = "\n".join(("name,phone,city,date", *rows, "Ann,+12125550101,,soon"))
    (tmp_path / "table.csv").write_text(table)
    said = run("import", tmp_path / "table.csv", "--store", tmp_path / "desk.db")
    assert "  “city”: the customer has another value, which stays (1 cell)." in said.out
    assert "  “date”: not understood as a date, kept in a note (1 cell)." in said.out


def test_the_report_names_columns_that_are_left_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(
        "name,phone,utm medium,id\nAnn,+12125550101,cpc,\nBob,+12125550102,,\n"
    )
    said = run("import", tmp_path / "table.csv", "--store", tmp_path / "desk.db")
    assert "Left out, for a desk has no use for them: utm medium (1 filled); keep one with --map" in said.out
