"""Visiting cards of all three versions come in as people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from import_making import ImportDesk, outcomes

from leadtui.domain.importing import ImportOptions
from leadtui.errors import Unreadable
from leadtui.services.importing import visiting_cards
from leadtui.services.importing.running import import_files
from leadtui.services.importing.sheet import FileKind, open_sheet

Write = Callable[..., Path]
Sample = Callable[[str], Path]


def people(path: Path) -> list[dict[str, str]]:
    """What each card says."""
    sheet = open_sheet(path)
    assert sheet.kind is FileKind.VCF
    return [
        {title: cell for title, cell in zip(sheet.titles, row.cells, strict=True) if cell}
        for row in sheet.rows
    ]


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("FN:Mina Rad", "TEL;TYPE=CELL:+989121234567"), {"Name": "Mina Rad", "Phone": "+989121234567"}),
        (("N:Rad;Mina;;Dr.;", "TEL;CELL;VOICE:0912"), {"Name": "Dr. Mina Rad", "Phone": "0912"}),
        (
            (
                "FN:A",
                'item1.TEL;TYPE="cell,voice":1',
                "item1.X-ABLabel:Mobile",
                "TEL:2",
                "EMAIL:a@x.com",
                "EMAIL:b@x.com",
            ),
            {"Name": "A", "Phone": "1", "Phone 2": "2", "Email": "a@x.com", "Email 2": "b@x.com"},
        ),
        (("FN:A", "TEL:1", "X-7:b", "V25:c"), {"Name": "A", "Phone": "1", "X-7": "b", "V25": "c"}),
        (("FN:A", "TEL;TYPE=WORK,FAX:1", "TEL;VOICE;FAX:2"), {"Name": "A", "Phone": "2", "Fax": "1"}),
        (
            ("FN:A", "TEL;VALUE=uri:tel:+1-201-555-0101;ext=7"),
            {"Name": "A", "Phone": "+1-201-555-0101 ext. 7"},
        ),
        (
            ("FN:A", "ORG:Acme\\, Inc.;Sales", "TITLE:Buyer", "NOTE:one\\ntwo\\; three"),
            {"Name": "A", "Company": "Acme, Inc., Sales", "Job title": "Buyer", "Note": "one\ntwo; three"},
        ),
        (
            ("FN:A", "ADR;TYPE=HOME:;;1 Main St;Oslo;;0150;Norway"),
            {"Name": "A", "Address": "1 Main St, 0150", "City": "Oslo", "Country": "Norway"},
        ),
        (
            ("N:Mina\\\\;Ann;;;", "ADR:;;;Rome\\\\;;;Italy"),
            {"Name": "Ann Mina\\", "City": "Rome\\", "Country": "Italy"},
        ),
        (("FN:Mi", " na", "NOTE:a", "\tb", "PHOTO;ENCODING=b:AAAA", " BBBB"), {"Name": "Mina", "Note": "ab"}),
        (
            (
                "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=85=DB=8C=D9=",
                "=86=D8=A7",
                "TEL;CELL:0912",
            ),
            {"Name": "مینا", "Phone": "0912"},
        ),
        (("FN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C8=E2=E0=ED",), {"Name": "Иван"}),
    ],
)
def test_what_a_card_says(write: Write, lines: tuple[str, ...], says: dict[str, str]) -> None:
    assert people(write(card(*lines), "people.vcf")) == [says]
    assert people(write("\r\n" + card(*lines) * 2, "people.vcf")) == [says, says]
    assert people(write("\ufeff" + card(*lines), "people.csv", "utf-16-le")) == [says]


def test_a_card_without_its_end_costs_itself(write: Write) -> None:
    path = write(
        "BEGIN:VCARD\nFN:Cut\nTEL:1\n" + card("FN:Whole", "TEL:2") + "BEGIN:VCARD\nFN:Last", "people.vcf"
    )
    rows = list(open_sheet(path).rows)
    assert [(row.cells[0], bool(row.damage)) for row in rows] == [
        ("Cut", True),
        ("Whole", False),
        ("Last", True),
    ]


def test_a_card_that_is_far_too_large_costs_itself(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting_cards, "MAXIMUM_CARD", 200)
    cards = (
        card("FN:A", "TEL:1"),
        card("FN:B", "NOTE:" + "x" * 150, "TEL:2", "PHOTO:" + "y" * 150),
        card("FN:C", "TEL:3"),
    )
    rows = list(open_sheet(write("".join(cards), "people.vcf")).rows)
    assert [row.cells[0] for row in rows if not row.damage] == ["A", "C"]
    assert [row.damage for row in rows if row.damage] == ["the card that begins on line 6 is far too large"]


def test_what_a_card_says_beyond_fields_is_kept_and_what_it_says_to_programs_is_not(
    office: ImportDesk, write: Write
) -> None:
    text = card(
        *(
            "FN:Mina",
            "TEL:09120000001",
            "IMPP:skype:mina.s",
            "X-SKYPE:mina.s",
            "item1.X-ABLabel:Boss",
        ),
        *("ANNIVERSARY:2010-05-06", "PHOTO;ENCODING=b:AAAA", "REV:2024-01-01", "RELATED;TYPE=spouse:Ali"),
    )
    (report,) = import_files(office.session, [write(text, "people.vcf")])
    assert outcomes(report) == (1, 0, 0, 0, 0)
    (note,) = office.notes("09120000001")
    assert set(note.removeprefix("Import: ").splitlines()) == {
        *("IMPP: skype:mina.s", "X-SKYPE: mina.s", "ANNIVERSARY: 2010-05-06", "RELATED: Ali"),
    }


def test_a_file_that_says_nothing_is_refused(write: Write) -> None:
    with pytest.raises(Unreadable, match="no card"):
        open_sheet(write(card("REV:2024"), "people.vcf"))


def test_a_visiting_card_becomes_a_customer(office: ImportDesk, sample: Sample) -> None:
    (report,) = import_files(office.session, [sample("cases/x_card.vcf")], ImportOptions(region="US"))
    assert outcomes(report) == (1, 0, 0, 0, 0)
    assert office.lead("+12015550122").name == "Card Person"
