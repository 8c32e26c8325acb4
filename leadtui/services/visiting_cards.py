"""Customers as visiting cards: vCard 3.0 (RFC 2426) in UTF-8, which telephones of every make read; 4.0 not all do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO
from uuid import NAMESPACE_OID, uuid5

from leadtui.domain.lead import LeadNumber
from leadtui.domain.lead_fields import LeadField
from leadtui.language.person_names import part_name
from leadtui.language.phone import is_mobile
from leadtui.language.translate import pgettext
from leadtui.services.export_columns import Customer, Wording

DO_NOT_CALL = "X-LEADTUI-DO-NOT-CALL"
"""The property of whoever must not be rung; its value is *yes*."""

_LONGEST_LINE = 75
"""Octets of a line of a card, its end not counted (RFC 2426, section 2.6)."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Makes cards of customers."""

    wording: Wording
    desk: str
    """What tells the workspace from every other one."""
    company: LeadField | None
    """The field of the workspace's own that says for whom a customer works."""

    def write(self, stream: IO[bytes], customers: Iterable[Customer]) -> None:
        """One card for each customer."""
        for customer in customers:
            for line in self._lines(customer):
                stream.write(folded(line))

    def _lines(self, customer: Customer) -> Iterator[str]:
        lead = customer.lead
        numbers = lead.numbers or ((LeadNumber(lead.phone, lead.phone),) if lead.phone else ())
        shown = lead.name or next((each.e164 for each in numbers), "") or lead.email or "?"
        name = part_name(lead.name)
        company = str(self.wording.value(self.company, lead)) if self.company else ""
        yield "BEGIN:VCARD"
        yield "VERSION:3.0"
        yield f"UID:urn:uuid:{uuid5(NAMESPACE_OID, f'{self.desk}:{lead.id}')}"
        yield f"FN:{escaped(shown)}"
        parts = (name.family, name.given, name.middle, name.prefix, name.suffix)
        yield f"N:{';'.join(map(escaped, parts))}"
        if company:
            yield f"ORG:{escaped(company)}"
        for place, number in enumerate(numbers):
            yield _telephone(number, preferred=place == 0 and len(numbers) > 1)
        if lead.email:
            yield f"EMAIL;TYPE=INTERNET:{escaped(lead.email)}"
        if lead.city:
            yield f"ADR:;;;{escaped(lead.city)};;;"
        if customer.note:
            yield f"NOTE:{escaped(customer.note)}"
        marks = [self.wording.status(lead.status_id)]
        if lead.do_not_call:
            marks.append(pgettext("column", "Do not call"))
        if any(marks):
            yield f"CATEGORIES:{','.join(escaped(each) for each in marks if each)}"
        if lead.do_not_call:
            yield f"{DO_NOT_CALL}:yes"
        yield "END:VCARD"


def _telephone(number: LeadNumber, *, preferred: bool) -> str:
    """A number with its kind; the extension as RFC 3966 writes it.

    To a telephone a semicolon is *wait, then go on dialling*, so that it dials no digit of the extension too early.
    """
    types = ["CELL"] if is_mobile(number.e164) else []
    types += ["VOICE", *(["PREF"] if preferred else [])]
    extension = f";ext={number.extension}" if number.extension else ""
    return f"TEL;TYPE={','.join(types)}:{escaped(number.e164 + extension)}"


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
