"""Dates and numbers of a file are read by its columns together; what is doubtful or not read is told with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from import_making import ImportDesk
from session_making import make_session

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.importing import DecimalSign, ImportOptions
from leadtui.language.date_forms import DateOrder, WrittenCalendar
from leadtui.language.numbers import NumberStyle
from leadtui.services.defining import save_field
from leadtui.services.exporting import ExportFormat, ExportOptions, export
from leadtui.services.importing.preparing import prepare
from leadtui.services.importing.report import ImportReport
from leadtui.services.importing.running import import_files
from leadtui.services.importing.values import Rules, style_words
from leadtui.services.leads import find_lead

Sample = Callable[[str], Path]

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
RULES = Rules("US", NOW.date())


@pytest.fixture(autouse=True)
def _after_the_files(office: ImportDesk) -> None:
    """Dates in the future are not believed, so the desk's clock is past those of the files."""
    office.clock.move(days=(NOW - office.session.now()).days + 1)


def take(office: ImportDesk, path: Path, region: str, order: DateOrder | None = None) -> ImportReport:
    """Import a file as written in a region."""
    (report,) = import_files(office.session, [path], ImportOptions(region=region, date_order=order))
    return report


def entered(office: ImportDesk, reference: str) -> str:
    """When a customer came in, by the desk's own clock; "" for the moment of the import."""
    at = office.lead(reference).entered_at
    return "" if at == office.session.now() else at.astimezone(ZoneInfo("Asia/Tehran")).isoformat(" ")[:19]


D1 = {
    1: "2024-03-05 15:04:00",
    2: "2024-03-05 17:30:00",
    3: "2024-03-05 12:00:00",
    4: "2024-03-05 00:00:00",
    5: "2024-03-05 14:30:00",
    6: "2024-03-05 00:00:00",
    7: "2024-03-05 00:00:00",
    8: "2024-03-05 14:29:45",
    9: "2024-03-05 17:30:00",
    10: "2024-03-05 17:30:00",
    11: "2024-03-05 17:30:00",
    12: "2024-03-05 14:00:00",
    13: "",
    14: "2024-03-05 00:00:00",
    15: "2024-03-05 00:00:00",
    16: "2024-03-05 00:00:00",
    17: "2024-03-05 17:30:00",
    18: "",
    19: "",
    20: "",
    21: "2024-03-05 00:00:00",
    22: "2024-03-05 00:00:00",
    23: "2024-03-05 14:00:00",
    24: "2024-03-05 14:00:00",
    25: "2024-03-05 17:30:00",
    26: "2024-03-05 16:30:00",
}


def test_dates_of_every_kind(office: ImportDesk, sample: Sample) -> None:
    report = take(office, sample("cases/d1.csv"), "IR", DateOrder.DAY_FIRST)
    assert {number: entered(office, f"a{number}@x.org") for number in D1} == D1
    told = report.to_json()
    assert told["unread_dates"] == 4
    assert [(each["value"], each["reason"]) for each in told["unread"]] == [
        ("0000-00-00 00:00:00", "no_such_day"),
        ("2199-01-01", "out_of_span"),
        ("2024-03-05 24:00", "clock"),
        ("29/02/2023", "no_such_day"),
    ]
    assert [(each["about"], each["examples"], each["options"]) for each in told["doubts"]] == [
        ("calendar", ["1445/08/24", "05/03/2567"], ["--calendar hijri", "--calendar gregorian"])
    ]
    assert "Date, there is no such day: 29/02/2023" in {
        each.detail.text for each in office.timeline("a20@x.org")
    }
    assert any("4 dates were not read" in note and "2199-01-01" in note for note in report.notes)


def test_the_order_is_said_where_nothing_decides_it(office: ImportDesk, sample: Sample) -> None:
    report = take(office, sample("cases/d1.csv"), "IR")
    assert [each["about"] for each in report.to_json()["doubts"]] == ["date-order", "calendar"]
    assert any("“5.3.2024 14:30”, “5/3/24”" in note and "--date-order" in note for note in report.notes)


def test_years_of_two_digits_are_those_of_iran(office: ImportDesk, sample: Sample) -> None:
    take(office, sample("cases/d_fa.csv"), "IR")
    assert [entered(office, f"{each}@x.org")[:10] for each in "abc"] == [
        "2024-10-06",
        "2024-11-11",
        "2024-03-05",
    ]


def test_hijri_dates_of_saudi_arabia(office: ImportDesk, sample: Sample) -> None:
    report = take(office, sample("cases/hijri.csv"), "SA")
    assert [entered(office, f"+96650123456{each}")[:10] for each in "78"] == ["2024-09-08", "2024-09-12"]
    assert {"Hijri dates", "year first"} <= set(report.recognised)


def test_a_request_of_egypt(office: ImportDesk, sample: Sample) -> None:
    take(office, sample("cases/ar-request-date.csv"), "EG")
    assert [entered(office, f"+20101234567{each}")[:10] for each in "89"] == ["2026-05-15", "2026-06-05"]
    assert (office.lead("+201012345678").name, office.lead("+201012345678").city) == ("سارة علي", "القاهرة")


def test_short_american_dates(office: ImportDesk, sample: Sample) -> None:
    take(office, sample("cases/meta-leads-centre.csv"), "US")
    assert [entered(office, f"+1212555014{each}") for each in "35"] == [
        "2021-02-18 11:08:00",
        "2021-02-17 23:39:00",
    ]
    take(office, sample("cases/sf6.csv"), "US")
    assert [entered(office, f"+1201555017{each}")[:10] for each in "01"] == ["2024-03-05", "2024-11-12"]


def test_a_workbooks_dates_and_days(office: ImportDesk, sample: Sample) -> None:
    report = take(office, sample("cases/x_dates.xlsx"), "US")
    assert [entered(office, f"+1201555010{each}") for each in "3456"] == [
        "2024-03-05 14:00:00",
        *["2024-03-05 00:00:00"] * 3,
    ]
    assert [each["examples"] for each in report.to_json()["doubts"]] == [["3/5/24"]]


@pytest.mark.parametrize("name", ["g_outlook.csv", "vicidial-standard.txt"])
def test_a_birthday_is_no_entry(office: ImportDesk, sample: Sample, name: str) -> None:
    report = take(office, sample(f"cases/{name}"), "US")
    assert "entered_at" not in {column.field for column in report.mapping}
    assert {at for (at,) in office.rows("SELECT entered_at FROM lead")} == {
        at for (at,) in office.rows("SELECT created_at FROM lead")
    }


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("1726824000", "1726910400"), False),
        (("Sep 20, 2024", "21 سپتامبر 2024"), False),
        (("1403/06/30", "1726910400"), True),
    ],
)
def test_a_calendar_is_said_of_dates_that_show_one(
    office: ImportDesk, write: Callable[..., Path], cells: tuple[str, str], said: bool
) -> None:
    rows = [f'0912142391{place},"{cell}"' for place, cell in enumerate(cells)]
    report = take(office, write("\n".join(["phone,created at", *rows])), "IR")
    assert [entered(office, f"+98912142391{place}")[:10] for place in (0, 1)] == ["2024-09-20", "2024-09-21"]
    assert ("Jalali dates" in report.recognised) == said


def test_what_a_desk_may_want_to_know_of_a_person_is_kept_in_a_note(
    office: ImportDesk, write: Callable[..., Path]
) -> None:
    cells = {"Birthday": "1980-05-04", "Gender": "f", "Age": "46", "Zip": "78701", "IP": "192.0.2.1"}
    report = take(office, write(f"phone,{','.join(cells)}\n+12015550170,{','.join(cells.values())}\n"), "US")
    assert report.to_json()["unused_columns"] == [
        {"column": column, "filled": 1} for column in cells if column != "IP"
    ]
    (note,) = (text for (text,) in office.rows("SELECT detail FROM activity WHERE kind = 'note'"))
    assert all((f"{column}: {cell}" in note) == (column != "IP") for column, cell in cells.items())


def test_a_fax_is_kept_and_not_rung(office: ImportDesk, write: Callable[..., Path]) -> None:
    titles = "Phone 1 - Label,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value"
    take(office, write(f"{titles}\n* Work Fax,+12015550171,Mobile,+12015550172\n"), "US")
    assert [each.e164 for each in office.lead("+12015550172").numbers] == ["+12015550172"]
    assert office.notes("+12015550172") == ["* Work Fax: +12015550171"]


def test_an_own_field_takes_a_birthday_in_any_language(tmp_path: Path) -> None:
    session = make_session(tmp_path)
    save_field(session, Field(0, "", "Date of birth", FieldKind.DATE))
    (tmp_path / "in.csv").write_text("تلفن,تاریخ تولد\n+12015550170,1980-05-04\n")
    (report,) = import_files(session, [tmp_path / "in.csv"], ImportOptions(region="US"))
    assert find_lead(session, "+12015550170").custom == {report.mapping[1].field: "1980-05-04"}


def test_numbers_are_read_as_their_column_writes_them(tmp_path: Path, sample: Sample) -> None:
    session = make_session(tmp_path)
    (report,) = import_files(session, [sample("cases/num.csv")], ImportOptions(region="US"))
    seats = [find_lead(session, f"+1201555010{each}").custom.get("seats") for each in range(1, 7)]
    assert seats == ["1234.5", "1500", "2500", "2500", None, None]
    told = report.to_json()
    assert (told["unread_numbers"], [each["value"] for each in told["unread"]]) == (2, ["10-20", "~50"])
    assert [(each["about"], each["examples"]) for each in told["doubts"]] == [("decimals", ["2,500"])]


def test_amounts_are_read_as_people_write_them(tmp_path: Path) -> None:
    session = make_session(tmp_path)
    save_field(session, Field(0, "", "Outlay", FieldKind.MONEY))
    cells = ("$1.5m", "250 thousand", "1,250.50 USD", "۲۵۰ هزار دلار", "€ 50", "2,500", "many")
    rows = [f'+1201555010{place},"{cell}"' for place, cell in enumerate(cells)]
    (tmp_path / "in.csv").write_text("\n".join(["phone,outlay", *rows]))
    (report,) = import_files(session, [tmp_path / "in.csv"], ImportOptions(region="US"))
    (key,) = (field.key for field in session.definitions.open_fields if field.title == "Outlay")
    kept = [find_lead(session, f"+1201555010{place}").custom.get(key) for place in range(len(cells))]
    assert kept == ["1500000", "250000", "1250.50", "250000", None, "2500", None]
    assert [each["value"] for each in report.to_json()["unread"]] == ["€ 50", "many"]


@pytest.mark.parametrize("region", ["US", "DE"])
def test_what_was_exported_exactly_comes_back_whole(tmp_path: Path, region: str) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    table = "name,phone,date,seats\nA,+12015550101,2024-03-05T14:00:07.123456Z,1.234\nB,+12015550102,2024-03-05 09:05:59,2500\n"
    (tmp_path / "in.csv").write_text(table)
    first, second = make_session(tmp_path / "one"), make_session(tmp_path / "two")
    import_files(first, [tmp_path / "in.csv"], ImportOptions(decimals=DecimalSign.POINT))
    ids = [find_lead(first, f"+1201555010{each}").id for each in (1, 2)]
    with (tmp_path / "out.csv").open("wb") as out:
        export(first, ids, ExportFormat.CSV, out, ExportOptions(exact=True))
    (report,) = import_files(second, [tmp_path / "out.csv"], ImportOptions(region=region))
    assert report.values.doubts({}) == ()
    for number in ("+12015550101", "+12015550102"):
        was, now = find_lead(first, number), find_lead(second, number)
        assert (now.entered_at, now.custom["seats"]) == (was.entered_at, was.custom["seats"])
    assert find_lead(second, "+12015550101").entered_at == datetime(2024, 3, 5, 14, 0, 7, 123456, tzinfo=UTC)
    assert find_lead(second, "+12015550101").custom["seats"] == "1.234"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2024-03-05", "5 March 2023"], True),
        (["3/5/1980", "12/30/1975"], False),
        (["2031-01-01", "2030-05-05"], False),
        (["1403/07/08", "1402/01/01"], True),
        (["1446/03/05"], True),
        (["45356", "1709647200"], True),
        (["x", ""], True),
    ],
)
def test_columns_that_can_say_when_somebody_came_in(cells: list[str], expected: bool) -> None:
    assert RULES.can_be_entries(cells) is expected


def test_what_a_person_says_goes_first() -> None:
    said = Rules("US", NOW.date(), DateOrder.YEAR_FIRST, WrittenCalendar.JALALI)
    assert style_words(said.date_style(["03/07/15"], said.entries)) == ("Jalali dates", "year first")
    assert Rules(numbers=NumberStyle(".")).number_style(["1,5"]) == NumberStyle(".")


def test_a_field_for_dates_takes_days_to_come() -> None:
    style = RULES.date_style(["1446/05/24", "2030-01-01"], RULES.any_days)
    assert date(2030, 1, 1) in RULES.any_days
    assert style.usual[0] is WrittenCalendar.GREGORIAN


@pytest.mark.parametrize("region", ["IR", "US", "GB", "TH", "SA", "CA"])
@pytest.mark.parametrize(("last", "style_is_of_all"), [("2024-05-06 10:00:00", False), ("25/06/2024", True)])
def test_the_first_cells_say_how_a_column_is_written_only_where_every_cell_begins_with_a_year(
    office: ImportDesk, write: Callable[..., Path], region: str, last: str, *, style_is_of_all: bool
) -> None:
    cells = [f"2024-{1 + number % 12:02}-{1 + number % 28:02}" for number in range(1200)] + ["", last]
    rows = "\n".join(f"A,+1201555{number:04},{cell}" for number, cell in enumerate(cells))
    options = ImportOptions(region=region)
    (prepared,) = prepare(office.session, [write(f"Name,Phone,Created\n{rows}", "a.csv")], options)
    rules, span = prepared.rules, prepared.rules.entries
    style = prepared.styles["entered_at"]
    assert style == rules.date_style(cells, span)
    assert (style != rules.date_style(cells[:1000], span)) is style_is_of_all
