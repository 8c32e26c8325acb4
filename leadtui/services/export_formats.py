"""Customers as CSV (RFC 4180), as a workbook (ECMA-376) and as visiting cards (vCard 3.0)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO

from leadtui.domain.lead import Lead
from leadtui.language.translate import is_right_to_left
from leadtui.services.export_columns import ExportColumn, ExportOptions, Wording
from leadtui.services.importing.report import safe_for_spreadsheets

_LONGEST_CELL = 32_767
"""Letters that a cell of a sheet holds."""

_LONGEST_LINE = 75
"""Octets of a line of a card, its end not counted (RFC 2426, section 2.6)."""


def write_csv(
    stream: IO[bytes],
    columns: Sequence[ExportColumn],
    customers: Iterable[Lead],
    wording: Wording,
    options: ExportOptions,
) -> None:
    """A table in UTF-8 whose cells no spreadsheet program runs as a formula; an exact one is as it is."""
    text = io.TextIOWrapper(
        stream, encoding="utf-8-sig" if options.byte_order_mark else "utf-8", newline="", write_through=True
    )
    writer = csv.writer(text)

    def write(cells: Iterable[str]) -> None:
        writer.writerow(cells if options.exact else map(safe_for_spreadsheets, cells))

    write(column.title for column in columns)
    for customer in customers:
        write(column.text(customer, wording) for column in columns)
    text.flush()
    text.detach()  # the stream is its owner's to close


def write_workbook(
    stream: IO[bytes],
    columns: Sequence[ExportColumn],
    customers: Iterable[Lead],
    wording: Wording,
    language: str,
) -> None:
    """A workbook of one sheet whose cells are all text, so that numbers keep their zeros and nothing is a formula."""
    # Half a second to import, and only a workbook needs it.
    from openpyxl import Workbook
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("leadtui")
    sheet.sheet_view.rightToLeft = is_right_to_left(language)
    sheet.freeze_panes = "A2"

    def cell(text: str) -> Cell:
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL])
        made.data_type = "s"  # also what begins with “=”
        return made

    sheet.append([cell(column.title) for column in columns])
    for customer in customers:
        sheet.append([cell(column.text(customer, wording)) for column in columns])
    book.save(stream)


def write_cards(stream: IO[bytes], customers: Iterable[Lead], wording: Wording) -> None:
    """Visiting cards, one for each customer.

    Of version 3.0 (RFC 2426), in UTF-8: telephones of every make read it, 4.0 not all.
    """
    for customer in customers:
        for line in _card(customer, wording):
            stream.write(folded(line))


def folded(line: str) -> bytes:
    """A line of a card with its end, folded before it has more than 75 octets, never within a letter."""
    parts: list[bytes] = [b""]
    for letter in line:
        octets = letter.encode("utf-8", errors="replace")
        if len(parts[-1]) + len(octets) > _LONGEST_LINE:
            parts.append(b" ")
        parts[-1] += octets
    return b"\r\n".join(parts) + b"\r\n"


def escaped(text: str) -> str:
    """A text as the value of a property (RFC 2426, section 4)."""
    for sign, written in (
        ("\\", "\\\\"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", ""),
        (",", "\\,"),
        (";", "\\;"),
    ):
        text = text.replace(sign, written)
    return text


def _card(customer: Lead, wording: Wording) -> Iterable[str]:
    numbers = [wording.number(each) for each in customer.numbers] or [customer.phone] * bool(customer.phone)
    shown = customer.name or next(iter(numbers), "") or customer.email or "?"
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"FN:{escaped(shown)}"
    # Which part of a name is the family's nobody has said.
    yield f"N:;{escaped(shown)};;;"
    for number in numbers:
        yield f"TEL;TYPE=VOICE:{escaped(number)}"
    if customer.email:
        yield f"EMAIL;TYPE=INTERNET:{escaped(customer.email)}"
    if customer.city:
        yield f"ADR:;;;{escaped(customer.city)};;;"
    status = wording.status(customer.status_id)
    if status:
        yield f"CATEGORIES:{escaped(status)}"
    yield "END:VCARD"
