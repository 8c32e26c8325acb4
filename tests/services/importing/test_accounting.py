"""Nothing of a file is missing: each cell is taken, kept, or told with its reason, and the cells of a column add up."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_making import ImportDesk, copy_of, outcomes
from session_making import make_session

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.importing import Duplicates, ImportOptions
from leadtui.errors import Refused
from leadtui.language.phone import parse_phones
from leadtui.language.text import clean, fold_digits
from leadtui.services.defining import save_field
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.importing.account import ColumnAccount
from leadtui.services.importing.cell_fates import Fate, Why
from leadtui.services.importing.doubt import DoubtAbout
from leadtui.services.importing.report import ImportReport
from leadtui.services.importing.running import find_doubts, import_files
from leadtui.services.importing.upsert import same_person
from leadtui.services.session import Session
from leadtui.store.column_types import microseconds

Sample = Callable[[str], Path]

COLUMNS: dict[str, Sequence[str]] = {
    "name": ("", "Mina", "Mina Sadeghi", "Reza", "رضا کریمی", " \u200c"),
    "first name": ("", "Sara"),
    "phone": (
        "",
        "09120000001",
        "+98 912 000 0001",
        "۰۹۱۲۰۰۰۰۰۰۲",
        "09120000003 / 09120000001 x",
        "12",
        "none",
    ),
    "mobile 2": ("", "09120000004", "call Ali", "09120000002"),
    "email": ("", "a@example.com", "A@Example.com; b@example.com", "nobody", "Ali <c@example.com>"),
    "city": ("", "Karaj", "Qom", "Q" * 250),
    "date": ("", "2024-09-01 10:00", "1403/06/20", "soon"),
    "channel": ("", "Trade fair"),
    "need": ("", "something else"),
    "note": ("", "rang"),
    "Seats": ("", "41", "many"),
    "Budget?": ("", "50-75 Lakhs", "7"),
    "id": ("", "17"),
}
"""Cells by the title of their column: good ones, bad ones, and some of columns that no field is meant for."""


DATES = {
    "2024-09-01 10:00": datetime(2024, 9, 1, 6, 30, tzinfo=UTC),
    "1403/06/20": datetime(2024, 9, 9, 20, 30, tzinfo=UTC),
}
"""The moments that dates of the table mean in Tehran."""


@st.composite
def sheets(draw: st.DrawFn) -> list[list[str]]:
    """A table of repeated people with its titles, some of whose rows are longer than these."""
    titles = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, unique=True))
    titles = [*dict.fromkeys(("phone", *titles))]
    rows = draw(
        st.lists(
            st.tuples(*(st.sampled_from(COLUMNS[title]) for title in titles)).map(list),
            min_size=1,
            max_size=7,
        )
    )
    beyond = draw(st.sampled_from(("", "", "further")))
    return [titles, *([*row, beyond] if beyond and row[0] else row for row in rows)]


SECONDS = {"61": 61, "00:01:01": 61, "37": 37, "0:00:41": 41}


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nobody in it and a field of its own that takes numbers, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    session = make_session(folder, "hesin-haseb")
    save_field(session, Field(0, "", "Seats", FieldKind.NUMBER))
    session.close()
    return folder / "desk.db"


CALL_COLUMNS: dict[str, Sequence[str]] = {
    "calldate": ("2024-09-01 10:00", "1403/06/20", "soon", ""),
    "clid": ('"Sara" <09120000001>', "09120000001", "Reza", '"Desk" <101>', ""),
    "src": ("09120000001", "09120000002", "101", "anonymous", "12", ""),
    "dst": ("09120000001", "02188776655", "101", "s", ""),
    "dcontext": ("from-trunk", "from-internal", ""),
    "channel": ("SIP/101-1", "SIP/trunk-1", ""),
    "duration": ("61", "00:01:01", ""),
    "billsec": ("0", "37", "0:00:41", "a while", ""),
    "disposition": ("ANSWERED", "NO ANSWER", ""),
    "uniqueid": ("1.1",),
}
"""The same of a telephone log with the titles of an exchange."""


@st.composite
def logs(draw: st.DrawFn) -> list[list[str]]:
    """A telephone log, some of whose rows are cut short or longer than its titles."""
    rows = draw(
        st.lists(st.tuples(*map(st.sampled_from, CALL_COLUMNS.values())).map(list), min_size=1, max_size=7)
    )
    for number, row in enumerate(rows):
        row[-1] = f"1.{number}"  # a call that is told twice is one call
    beyond = draw(st.sampled_from(([], ["further"])))
    cut = draw(st.integers(2, len(CALL_COLUMNS)))
    return [[*CALL_COLUMNS], *([*row, *beyond] for row in rows), rows[0][:cut]]


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sheets() | logs(), st.sampled_from(Duplicates), st.booleans())
def test_nothing_of_a_file_is_missing(
    empty_store: Path, sheet: list[list[str]], duplicates: Duplicates, drop: bool
) -> None:
    if not any(map(clean, (cell for row in sheet[1:] for cell in row))):
        return
    with copy_of(empty_store) as (session, folder):
        path, listed = folder / "table.csv", folder / "report.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(sheet)
        options = ImportOptions(duplicates=duplicates, drop=drop, report=listed, force=True, header=True)
        first, told = take(session, path, options)
        assert_whole(session, sheet, first, told)
        again, told = take(session, path, options)
        assert (again.counts.new, again.counts.updated) == (0, 0)
        assert_whole(session, sheet, again, told)


def take(session: Session, path: Path, options: ImportOptions) -> tuple[ImportReport, list[list[str]]]:
    (report,) = import_files(session, [path], options)
    assert options.report is not None
    with options.report.open(encoding="utf-8-sig", newline="") as file:
        return report, list(csv.reader(file))[1:]


def assert_whole(
    session: Session, sheet: list[list[str]], report: ImportReport, told: list[list[str]]
) -> None:
    """Every cell that is not blank is counted once, and stands in the store or in the list of cells."""
    titles = [*sheet[0], *(f"Column {number + 1}" for number in range(len(sheet[0]), max(map(len, sheet))))]
    rows = [row for row in sheet[1:] if any(map(clean, row))]
    filled = {title: sum(bool(clean(cell)) for cell in cells) for title, cells in columns_of(titles, rows)}
    assert {each.column: each.filled for each in report.columns} == filled
    assert all(sum(map(each.count, Fate)) == each.filled for each in report.columns)
    assert len(told) == sum(sum(each.whys.values()) for each in report.columns)
    listed = {(line, column) for _file, line, column, *_rest in told}
    store = stored(session)
    for line, row in enumerate(sheet[1:], start=2):
        for title, cell in zip(titles, row, strict=False):
            if clean(cell) and (str(line), title) not in listed:
                assert is_stored(cell, title, store), (title, cell)


def columns_of(titles: list[str], rows: list[list[str]]) -> list[tuple[str, list[str]]]:
    return [(title, [row[at] for row in rows if at < len(row)]) for at, title in enumerate(titles)]


def stored(session: Session) -> str:
    """All that the store says of customers, and what happened to them."""
    with session.store.read() as connection:
        return "\n".join(
            str(value)
            for table in ("lead", "lead_number", "activity")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
            for value in row
        )


def is_stored(cell: str, title: str, store: str) -> bool:
    numbers = parse_phones(cell, "IR")
    if title in ("phone", "mobile 2") and numbers:
        return all(number.e164 in store for number in numbers)
    if title in ("date", "calldate"):
        return cell in DATES and str(microseconds(DATES[cell])) in store
    if title in ("src", "dst"):
        return numbers[0].e164 in store
    if title == "clid":
        return cell.split('"')[1 if '"' in cell else 0] in store or numbers[0].e164 in store
    if title in ("duration", "billsec"):
        return cell == "0" or f'"seconds":{SECONDS[cell]}' in store
    if title == "disposition":
        return f'"answered":{str(cell == "ANSWERED").lower()}' in store
    return fold_digits(clean(cell)).lower() in store.lower()


def account(report: ImportReport, column: str) -> ColumnAccount:
    return next(each for each in report.columns if each.column == column)


def test_two_people_of_one_number_are_both_kept(office: ImportDesk, sample: Sample) -> None:
    options = ImportOptions(region="US")
    (report,) = import_files(office.session, [sample("cases/share.csv")], options)
    assert outcomes(report) == (3, 1, 0, 0, 0)
    assert office.notes("+12015550140") == [
        "Import: another person with the same number or address: Reza Karimi\nEmail: reza@x.org\nCity: Shiraz"
    ]
    assert office.lead("+12015550140").name == "Sara Ahmadi"
    assert account(report, "Email").whys == {Why.ANOTHER_PERSON: 1}
    assert report.to_json()["differs"] == 3
    (again,) = import_files(office.session, [sample("cases/share.csv")], options)
    assert outcomes(again) == (0, 0, 4, 0, 0)


@pytest.mark.parametrize("duplicates", Duplicates)
def test_no_duplicates_make_one_person_another(
    office: ImportDesk, sample: Sample, duplicates: Duplicates
) -> None:
    path = sample("cases/one-number-three-people.csv")
    (report,) = import_files(office.session, [path], ImportOptions(region="US", duplicates=duplicates))
    assert outcomes(report) == (1, 2, 0, 0, 0)
    holder = office.lead("+12125550143")
    assert (holder.name, holder.email) == ("Clara Test", "clara@example.com")
    notes = "\n".join(office.notes("+12125550143"))
    for said in ("Mark Other", "mark@example.com", "Nina Third", "nina@example.com"):
        assert said in notes


def test_a_customer_whose_name_was_changed_is_the_same_person(office: ImportDesk) -> None:
    table = "name,phone\nSara Ahmadi,09120000001\nReza,09120000001"
    office.take(table)
    lead = office.lead("09120000001")
    edit_lead(office.session, EditLead(lead.id, lead.version, {"name": "Mrs. Karimi"}))
    assert outcomes(office.take(table)) == (0, 0, 2, 0, 0)
    assert outcomes(office.take("name,phone,city\nSara,09120000001,Qom", "other.csv")) == (0, 1, 0, 0, 0)
    assert office.lead("09120000001").city == "Qom"


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Mina", "Mina Sadeghi", True),
        ("Sadeghi, Mina", "mina sadeghi", True),
        ("علی\u200cرضا", "علیرضا", True),
        ("الإبراهيمي", "الابراهیمی", True),
        ("", "Reza", True),
        ("Mina Sadeghi", "Mina Karimi", False),
        ("Min", "Mina", False),
        ("Sara", "Reza", False),
    ],
)
def test_names_that_can_be_one_persons(name: str, other: str, same: bool) -> None:
    assert same_person(name, other) is same
    assert same_person(other, name) is same


def test_answers_to_the_questions_of_a_form_are_kept(office: ImportDesk, sample: Sample) -> None:
    path = sample("cases/meta-own-questions.csv")
    (report,) = import_files(office.session, [path], ImportOptions(region="IN"))
    assert outcomes(report) == (2, 0, 0, 0, 0)
    (kept,) = office.notes("+919876543210")
    assert kept.startswith("Import: ")
    for said in (
        "what_property_are_you_interested_in?: 2 BHK Apartment",
        "your_budget_range?: 50-75 Lakhs",
    ):
        assert said in kept
    unused = report.to_json()["unused_columns"]
    assert {"column": "your_budget_range?", "filled": 2} in unused
    (dropped,) = import_files(office.session, [path], ImportOptions(region="IN", drop=True))
    assert account(dropped, "your_budget_range?").whys == {Why.DROPPED: 2}


def test_what_stands_beside_an_address_or_a_number_is_kept(office: ImportDesk, sample: Sample) -> None:
    import_files(office.session, [sample("cases/leak_note.csv")], ImportOptions(region="US"))
    assert office.notes("+12015550188") == ["Another e-mail: second-private@x.org"]
    assert office.notes("+12015550189") == ["Phone, beside the number: +1201555018"]
    import_files(office.session, [sample("cases/leak_other.csv")], ImportOptions(region="US"))
    assert office.lead("+441214960808").name == "Third P"
    assert office.notes("+441214960808") == [
        "The number +12015550188 belongs to another customer and was left out."
    ]


DOUBTFUL = "name,phone,date\nMina,09120000001,03/04/2024\nReza,09120000002,05/06/2024"


def test_what_is_doubtful_is_refused_where_that_is_asked_for(office: ImportDesk) -> None:
    with pytest.raises(Refused, match="--date-order mdy"):
        office.take(DOUBTFUL, strict=True, region="GB")
    assert office.count("lead") == 0
    assert office.count("import_batch") == 0
    assert outcomes(office.take(DOUBTFUL.replace("03/04", "13/04"), strict=True, region="GB")) == (
        2,
        0,
        0,
        0,
        0,
    )


def test_what_a_person_decides_is_doubtful_no_more(office: ImportDesk) -> None:
    path, options = office.file(DOUBTFUL), ImportOptions(region="GB")
    (doubt,) = find_doubts(office.session, [path], options)
    assert (doubt.about, doubt.column, len(doubt.examples)) == (DoubtAbout.DATE_ORDER, "date", 2)
    assert office.count("lead") == 0
    decided = doubt.decided(options, doubt.choices[1])
    assert find_doubts(office.session, [path], decided) == ()
    (report,) = import_files(office.session, [path], decided)
    assert report.doubts == ()
    assert office.lead("09120000001").entered_at.month == 3


def test_a_note_of_any_length_is_told_whole(office: ImportDesk) -> None:
    long = " ".join(f"word{number}" for number in range(5_000))
    office.take(f"name,phone,note\nMina,09120000001,{long}")
    assert " ".join(office.notes("09120000001")).split() == long.split()
    assert outcomes(office.take(f"name,phone,note\nMina,09120000001,{long}")) == (0, 0, 1, 0, 0)


def test_damage_costs_its_row_and_is_accounted_for(office: ImportDesk, sample: Sample) -> None:
    rejects = office.folder / "rejects.csv"
    options = ImportOptions(region="US", rejects=rejects)
    (report,) = import_files(office.session, [sample("cases/open-quote-last-line.csv")], options)
    assert (report.counts.new, report.counts.rejected) == (1, 1)
    assert office.lead("+12125550143").name == "Ann Test"
    assert "Bob" in rejects.read_text(encoding="utf-8-sig")
    assert account(report, "First Name").whys == {Why.ROW_REJECTED: 1}
