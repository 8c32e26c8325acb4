"""What is exported is what is shown, safe for whoever opens it, and exact where it is to be imported again."""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from amounts import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from session_making import MovingClock, add_lead, book_demo, hire, make_session, texts_of

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import Lead
from leadtui.domain.view import LeadFilter, View, custom_sort
from leadtui.errors import Invalid, Refused
from leadtui.services import defining
from leadtui.services.do_not_call import forbid
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.exporting import ExportFormat, ExportOptions, export, export_file, format_of
from leadtui.services.importing.running import import_files
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import add_note
from leadtui.services.session import Interrupted, Interruption, Session
from leadtui.services.visiting_cards import folded

EXACT = ExportOptions(exact=True)


def table(
    session: Session, chosen: View | list[int], options: ExportOptions | None = None
) -> list[list[str]]:
    stream = io.BytesIO()
    export(session, chosen, ExportFormat.CSV, stream, options)
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


@pytest.fixture
def session(tmp_path: Path) -> Any:
    session = make_session(tmp_path)
    add_lead(session, "=HYPERLINK(1)", "+1 212 555 0101", city="Rome", email="hyper@example.org")
    add_lead(session, "مینا صادقی", "+1 212 555 0102", "+1 212 555 0103", city="@home", mine=True)
    add_lead(session, "Ben", city="Rome")
    yield session
    session.close()


def test_no_cell_is_a_formula(session: Session) -> None:
    titles, *rows = table(session, View())
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    by_name = {row[0]: dict(zip(titles, row, strict=True)) for row in rows}
    assert by_name["'=HYPERLINK(1)"]["Phone"] == "'+12125550101"
    assert by_name["مینا صادقی"]["Other phones"] == "'+12125550103"
    assert by_name["مینا صادقی"]["Cartable"] == "Neda Karimi"
    assert by_name["Ben"]["Date"] == "2024-09-28 03:12"
    exact = {row[0] for row in table(session, View(), EXACT)}
    assert "=HYPERLINK(1)" in exact


def test_what_is_shown_is_exported_in_its_order(session: Session) -> None:
    view = View(sort="name", descending=True, filter=LeadFilter(cities=frozenset({"rome"})))
    ids = list(LeadList(session).order(view))
    names = [row[0] for row in table(session, view, ExportOptions(columns=("name", "city")))]
    assert names == ["Name", "Ben", "'=HYPERLINK(1)"]
    assert table(session, ids) == table(session, view)
    assert len(table(session, View(find="مینا"))) == 2
    with pytest.raises(Invalid, match="no column “shoe”; there are: name, phone"):
        table(session, view, ExportOptions(columns=("shoe",)))


def test_the_mark_and_the_calendar_are_options(session: Session) -> None:
    stream = io.BytesIO()
    export(session, View(), ExportFormat.CSV, stream, ExportOptions(byte_order_mark=True))
    assert stream.getvalue().startswith(b"\xef\xbb\xbfName")
    assert table(session, [3], ExportOptions(own_calendar=True, columns=("entered_at",)))[1] == [
        "2024-09-28 03:12"
    ]


def with_values(session: Session) -> Lead:
    """A customer with a number, an amount, a day and a number of the workspace's own."""
    for title, kind in (
        ("Outlay", FieldKind.MONEY),
        ("Renewal", FieldKind.DATE),
        ("Fax", FieldKind.PHONE),
    ):
        defining.save_field(session, Field(0, "", title, kind))
    lead = add_lead(session, "Vera", "+1 212 555 0108", mine=True)
    keys = {each.title: custom_sort(each.key) for each in session.definitions.open_fields}
    typed = {"Seats": "-1,234.5", "Outlay": "1,250,000.50", "Renewal": "2027-03-05", "Fax": "+1 212 555 0199"}
    edited = texts_of(session, lead) | {keys[title]: value for title, value in typed.items()}
    return edit_lead(session, EditLead(lead.id, lead.version, edited))


def test_numbers_are_written_as_numbers(session: Session) -> None:
    lead = with_values(session)
    for options in (ExportOptions(), EXACT):
        titles, cells = table(session, [lead.id], options)
        row = dict(zip(map(str.casefold, titles), cells, strict=True))
        assert (row["seats"], row["outlay"], row["renewal"]) == ("-1234.5", "1250000.50", "2027-03-05")


def test_a_workbook_reckons_with_numbers_and_dates_and_runs_nothing(session: Session, tmp_path: Path) -> None:
    lead = with_values(session)
    export_file(session, View(), tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert {"=HYPERLINK(1)", "+12125550102", "مینا صادقی"} <= {str(cell.value) for cell in cells}
    titles = [cell.value for cell in sheet[1]]
    (row,) = (row for row in sheet.iter_rows(min_row=2) if row[0].value == lead.name)
    shown = {title: (cell.value, cell.number_format) for title, cell in zip(titles, row, strict=True)}
    assert shown["Phone"] == ("+12125550108", "@")
    assert shown["Seats"] == (-1234.5, "0.0")
    assert shown["Outlay"] == (1250000.5, '#,##0.00 "USD"')
    assert shown["Renewal"] == (datetime(2027, 3, 5), "yyyy-mm-dd")
    assert shown["Date"] == (datetime(2024, 9, 28, 3, 12), "yyyy-mm-dd hh:mm")
    assert not sheet.sheet_view.rightToLeft


def test_a_persian_desk_gets_its_sheet_from_right_to_left(tmp_path: Path) -> None:
    session = make_session(tmp_path, "hesin-haseb")
    add_lead(session, "مینا", "09121112233")
    export_file(session, View(), tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert sheet.sheet_view.rightToLeft
    session.close()


def read_cards(data: bytes) -> list[list[tuple[str, str]]]:
    """A reader that knows RFC 2426 alone: lines, folding, escapes."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two
    whole: list[str] = []
    for line in lines:
        if line.startswith(b" "):
            whole[-1] += line[1:].decode("utf-8")
        else:
            whole.append(line.decode("utf-8"))
    cards: list[list[tuple[str, str]]] = []
    for line in whole:
        name, sign, value = line.partition(":")
        assert sign
        assert re.fullmatch(r"[A-Z-]+(;TYPE=[A-Z,]+)?", name)
        if name == "BEGIN":
            cards.append([])
        cards[-1].append((name, value))
    assert all(card[0] == ("BEGIN", "VCARD") and card[1] == ("VERSION", "3.0") for card in cards)
    assert all(card[-1] == ("END", "VCARD") for card in cards)
    return cards


def components(value: str) -> list[str]:
    parts = [""]
    signs = iter(value)
    for sign in signs:
        if sign == "\\":
            escape = next(signs)
            parts[-1] += "\n" if escape in "nN" else escape
        elif sign == ";":
            parts.append("")
        else:
            parts[-1] += sign
    return parts


@settings(max_examples=examples(30), deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=90))
def test_a_line_is_folded_so_that_it_reads_the_same(text: str) -> None:
    data = folded("NOTE:" + text.replace("\r", "").replace("\n", ""))
    lines = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    read = lines[0].decode() + "".join(line[1:].decode() for line in lines[1:])
    assert read == "NOTE:" + text.replace("\r", "").replace("\n", "")


def card_of(session: Session, lead: Lead) -> dict[str, str]:
    stream = io.BytesIO()
    export(session, [lead.id], ExportFormat.VCARD, stream)
    ((*lines,),) = read_cards(stream.getvalue())
    return dict(lines)


def test_cards_are_read_by_another_reader(session: Session) -> None:
    long = "A; B, \\ " + "ن" * 60
    hard = add_lead(session, long, "+1 212 555 0109", city="x;y")
    stream = io.BytesIO()
    assert export(session, View(sort="name", descending=False), ExportFormat.VCARD, stream) == 4
    cards = [dict(card) for card in read_cards(stream.getvalue())]
    named = {components(card["FN"])[0]: card for card in cards}
    assert set(named) == {"=HYPERLINK(1)", "مینا صادقی", "Ben", long}
    assert components(card_of(session, hard)["ADR"])[3] == "x;y"
    assert named["=HYPERLINK(1)"]["TEL;TYPE=VOICE"] == "+12125550101"
    assert named["=HYPERLINK(1)"]["EMAIL;TYPE=INTERNET"] == "hyper@example.org"
    assert components(named["مینا صادقی"]["N"]) == ["صادقی", "مینا", "", "", ""]
    assert named["مینا صادقی"]["TEL;TYPE=VOICE,PREF"] == "+12125550102"


def test_a_card_says_all_that_a_telephone_can_keep(session: Session) -> None:
    lead = add_lead(session, "Dr. Anna van der Berg", "+98 912 345 6789", "+982188776655 ext. 12", mine=True)
    (company,) = (each for each in session.definitions.open_fields if each.key == "company")
    edited = {**texts_of(session, lead), custom_sort(company.key): "Berg, Söhne & Co"}
    edit_lead(session, EditLead(lead.id, lead.version, edited))
    add_note(session, lead.id, "Rings back;\nlikes mornings")
    before = card_of(session, lead)
    assert before["N"] == "van der Berg;Anna;;Dr.;"
    assert before["ORG"] == "Berg\\, Söhne & Co"
    assert before["TEL;TYPE=CELL,VOICE,PREF"] == "+989123456789"
    assert before["TEL;TYPE=VOICE"] == "+982188776655\\;ext=12"
    assert components(before["NOTE"]) == ["Rings back;\nlikes mornings"]
    assert "CATEGORIES" not in before
    assert "X-LEADTUI-DO-NOT-CALL" not in before
    forbid(session, lead.id, "asked for it")
    book_demo(session, lead.id, session.actor.id)
    after = card_of(session, lead)
    assert after["CATEGORIES"] == "Demo booked,Do not call"
    assert after["X-LEADTUI-DO-NOT-CALL"] == "yes"
    assert after["UID"] == before["UID"]
    other = add_lead(session, "Ben Other")
    assert card_of(session, other)["UID"] != before["UID"]


def test_a_field_for_companies_is_known_by_its_title(tmp_path: Path) -> None:
    session = make_session(tmp_path, "blank")
    defining.save_field(session, Field(0, "", "نام شرکت", FieldKind.TEXT))
    (own,) = session.definitions.open_fields
    lead = add_lead(session, "مینا صادقی", "+1 212 555 0102")
    edited = {**texts_of(session, lead), custom_sort(own.key): "حسین حساب"}
    edit_lead(session, EditLead(lead.id, lead.version, edited))
    assert card_of(session, lead)["ORG"] == "حسین حساب"
    session.close()


def test_a_stopped_export_leaves_no_file(session: Session, tmp_path: Path) -> None:
    stop = Interruption()
    told: list[int] = []

    def progress(done: int, _total: int) -> None:
        told.append(done)
        stop.stop()

    for ending in ("csv", "xlsx", "vcf"):
        with pytest.raises(Interrupted):
            export_file(session, View(), tmp_path / f"out.{ending}", progress=progress, interruption=stop)
    assert sorted(each.name for each in tmp_path.iterdir() if "out" in each.name) == []


def test_a_file_is_covered_only_on_demand_and_nobody_else_reads_it(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    with pytest.raises(Refused, match="--force"):
        export_file(session, View(), path)
    assert path.read_text() == "mine"
    assert export_file(session, View(), path, force=True) == 3
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(Refused, match="cannot be written"):
        export_file(session, View(), tmp_path / "no" / "out.csv")
    with pytest.raises(Invalid, match="no format"):
        format_of(Path("out.pdf"))
    assert format_of(Path("out.pdf"), "VCF") is ExportFormat.VCARD


def test_nothing_is_written_over_a_store_or_a_pipe(session: Session, tmp_path: Path) -> None:
    store = session.store.path
    (tmp_path / "rejected.csv").write_text("Name,Phone\nNobody,12\n")
    (tmp_path / "link.csv").symlink_to(store)
    before = store.read_bytes()
    for path in (store, Path(f"{store}-wal"), tmp_path / "link.csv"):
        with pytest.raises(Refused, match="belongs to a store"):
            export_file(session, View(), path, format_=ExportFormat.CSV, force=True)
        with pytest.raises(Refused, match="belongs to a store"):
            import_files(session, [tmp_path / "rejected.csv"], ImportOptions(rejects=path))
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(Refused, match="no ordinary file"):
        export_file(session, View(), tmp_path / "pipe.csv", force=True)
    assert store.read_bytes() == before


def test_who_may_not_export_is_refused(session: Session, tmp_path: Path) -> None:
    agent = hire(session, "Sara", "sara@example.com", MovingClock())
    with pytest.raises(Refused, match="exports:run"):
        export(agent, View(), ExportFormat.CSV, io.BytesIO())
    with pytest.raises(Refused, match="exports:run"):
        export_file(agent, View(), tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()
    agent.close()


@pytest.mark.parametrize("format_", ExportFormat)
def test_hidden_numbers_and_others_customers_are_not_exported(
    session: Session, format_: ExportFormat
) -> None:
    """A profile that may export, but sees neither others' numbers nor, then, others' customers."""
    agent = hire(session, "Sara", "sara@example.com", MovingClock())
    for permissions, others in (
        (["cartables:see", "customers:see", "exports:run"], True),
        (["cartables:see", "exports:run"], False),
    ):
        with session.store.write() as connection:
            connection.exec_driver_sql(
                "UPDATE profile SET permissions = ? WHERE key = 'agent'",
                ('["' + '", "'.join(permissions) + '"]',),
            )
            connection.exec_driver_sql("UPDATE lead SET owner_id = ? WHERE name = 'Ben'", (agent.actor.id,))
        agent.reload_definitions()
        stream = io.BytesIO()
        # The ids of everybody, as if they were chosen before the profile was changed.
        count = export(agent, [1, 2, 3], format_, stream, EXACT)
        assert count == (3 if others else 1)
        if format_ is not ExportFormat.XLSX:
            text = stream.getvalue().decode()
            assert "555" not in text
            assert "hyper@example.org" not in text
            assert ("HYPERLINK" in text) == others
    agent.close()
