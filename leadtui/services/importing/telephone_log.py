"""Read the call records of telephone exchanges, with or without titles, whose layouts are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leadtui.domain.lead import LeadNumber
from leadtui.domain.lead_fields import ENTERED_AT, NAME, PHONE, WORDS_LIMIT
from leadtui.language.phone import parse_phone, read_phone_cell
from leadtui.language.text import clean
from leadtui.language.translate import _, pgettext
from leadtui.services.importing.cell_fates import Why
from leadtui.services.importing.contents import Content, content_of, digit_count
from leadtui.services.importing.imported_lead import (
    Call,
    ImportedLead,
    Reason,
    RejectedRow,
    Standing,
    rejected,
    unreachable,
)
from leadtui.services.importing.layouts import call_layouts
from leadtui.services.importing.layouts.layout import CallLayout
from leadtui.services.importing.rows import Row
from leadtui.services.importing.sheet import Sheet
from leadtui.services.importing.titles import Target, title_key
from leadtui.services.importing.values import Unread, ValueKind, ValueReader


class CallDirection(StrEnum):
    """Who rang whom."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One record of the exchange."""

    direction: CallDirection
    number: str
    """The outside party, as the exchange wrote it; "" where it was withheld. The far extension of an internal call."""
    own: str
    """Our side: the extension where one took part, else the line that was rung."""
    name: str
    """What the outside party calls itself, where that is more than its number; "" mostly."""
    start: str
    """When it began to ring, by the exchange's own wall clock, as it writes it."""
    answered: bool
    length: str
    """How long the two talked, as the exchange writes it."""
    disposition: str
    """How it ended, in the exchange's words: ANSWERED, NO ANSWER, BUSY, FAILED."""
    unique_id: str


@dataclass(frozen=True, slots=True)
class CallLog:
    """Where the columns of a telephone log stand, by Asterisk's names for them."""

    positions: Mapping[str, int]

    def targets(self, width: int) -> tuple[str, ...]:
        """Where each of its columns goes: those of no use to a timeline's entry of a call go nowhere."""
        targets = [str(Target.IGNORE)] * width
        for name, position in self.positions.items():
            targets[position] = _TARGETS.get(name, Target.IGNORE)
        return tuple(targets)

    def record(self, cells: Sequence[str]) -> _Record:
        """A row of it."""
        return _Record(cells, self.positions)

    def call(self, cells: Sequence[str], region: str) -> CallRecord:
        """Who rang whom. `region` is the country whose numbers are dialled: a digit dialled for an outside line is taken off."""
        return _call(self.record(cells), region)

    def column(self, name: str) -> int:
        """The column of that name; -1 where there is none."""
        return self.positions.get(name, -1)


def find_call_log(sheet: Sheet) -> CallLog | None:
    """The call records that `sheet` holds, known by its titles or by the form of its columns; None for another table."""
    read = _by_titles if sheet.has_header else _by_places
    positions = next(filter(None, (read(layout, sheet) for layout in call_layouts())), None)
    return None if positions is None else CallLog(positions)


@dataclass(frozen=True, slots=True)
class CallReader:
    """Makes of the records of a telephone log whom they are about."""

    log: CallLog
    region: str
    values: ValueReader
    standing: Standing | None = None
    """Whose those are who are new."""
    area_code: str = ""
    """What goes before a number of a town that is written without it."""
    channel: str = ""
    """Through which they came; "" for the log's own."""

    def arrivals(self, sheet: Sheet) -> Iterator[ImportedLead | RejectedRow]:
        """Who rang, and the records that are neither incoming nor outgoing, in the order of the file."""
        for row in sheet.rows:
            damage = self._damage(row)
            if damage:
                yield RejectedRow(row.line, Reason.DAMAGED, damage, row.cells)
                continue
            call = self.log.call(row.cells, self.region)
            if call.direction is CallDirection.INCOMING:
                yield self._clean(row, call, Reason.WITHHELD_NUMBER)
            elif call.direction is CallDirection.INTERNAL:
                yield rejected(row.line, row.cells, Reason.INTERNAL_CALL)

    def outgoing(self, sheet: Sheet) -> Iterator[ImportedLead | RejectedRow]:
        """Who was rung, in the order of the file."""
        for row in sheet.rows:
            call = None if self._damage(row) else self.log.call(row.cells, self.region)
            if call is not None and call.direction is CallDirection.OUTGOING:
                yield self._clean(row, call, Reason.UNKNOWN_NUMBER)

    def _damage(self, row: Row) -> str:
        """What is wrong with a record; "" mostly. An exchange writes when a call began and how it ended."""
        record = self.log.record(row.cells)
        if row.damage or record["start"] or record["disposition"]:
            return row.damage
        return pgettext("reason", "it is cut short: neither the time of the call nor how it ended is there")

    def _clean(self, row: Row, call: CallRecord, without_number: Reason) -> ImportedLead | RejectedRow:
        if not call.number:
            return rejected(row.line, row.cells, without_number)
        phones = read_phone_cell(call.number, self.region, self.area_code).phones
        if not phones:
            outgoing = call.direction is CallDirection.OUTGOING
            return (
                rejected(row.line, row.cells, Reason.UNKNOWN_NUMBER)
                if outgoing
                else unreachable(row.line, row.cells, {PHONE: call.number})
            )
        phone = phones[0]
        whys = self._of_no_use(row, call)
        notes: list[str] = []
        started_at = self._start(row, call, whys, notes)
        seconds = self._seconds(row, call, whys, notes)
        # Two calls that tell neither their name nor their moment are told apart by all that they say.
        unique_id = call.unique_id or ("" if started_at else "\x1f".join(row.cells))
        return ImportedLead(
            line=row.line,
            numbers=[LeadNumber(phone.e164, phone.written, phone.extension)],
            values={"name": clean(call.name, max_length=WORDS_LIMIT)},
            cells=row.cells,
            entered_at=started_at,
            channel=self.channel,
            note="\n".join(notes),
            standing=self.standing,
            whys=whys,
            call=Call(unique_id, call.answered, seconds),
        )

    def _of_no_use(self, row: Row, call: CallRecord) -> dict[int, Why]:
        """The cells about the desk's own side of a call, which a timeline does not tell."""
        record = self.log.record(row.cells)
        incoming = call.direction is CallDirection.INCOMING
        own = {"dst" if incoming else "src"}
        repeats = call.number in record.caller_id or call.name
        if "clid" in self.log.positions and not (incoming and repeats):
            own.add("clid")
        if incoming and record["src"] != call.number:
            own.add("src")  # a name or a mark in place of the number, which the caller's id has
        if record["billsec"]:
            own.add("duration")
        return {self.log.column(name): Why.IGNORED for name in own if record[name]}

    def _start(self, row: Row, call: CallRecord, whys: dict[int, Why], notes: list[str]) -> datetime | None:
        if not call.start:
            return None
        moment = self.values.moment(ENTERED_AT, call.start, row.line)
        if isinstance(moment, datetime):
            return moment
        whys[self.log.column("start")] = Why.DATE
        notes.append(_("Date, not understood: {text}").format(text=clean(call.start)))
        return None

    def _seconds(self, row: Row, call: CallRecord, whys: dict[int, Why], notes: list[str]) -> int:
        seconds = _seconds(call.length)
        if seconds is None:
            name = "billsec" if self.log.record(row.cells)["billsec"] else "duration"
            whys[self.log.column(name)] = Why.NUMBER
            notes.append(_("Length of the call, not understood: {text}").format(text=clean(call.length)))
            self.values.tally.add_unread(Unread(row.line, name, ValueKind.NUMBER, call.length, None))
        return seconds or 0


_NEEDED = frozenset({"src", "dst", "start", "disposition"})

_TARGETS = {
    "src": PHONE,
    "dst": PHONE,
    "clid": NAME,
    "start": ENTERED_AT,
    **dict.fromkeys(("duration", "billsec", "disposition"), Target.NOTE),
}
"""What the timeline's entry of a call is made of."""

_LONGEST_EXTENSION = 6
"""Digits: exchanges give three to five, and no telephone number is so short."""

_INCOMING_CONTEXT = re.compile(
    r"from-(?:trunk|pstn|did|outside|zaptel|dahdi|sip-external)|ext-did|incoming|inbound"
)
_OUTGOING_CONTEXT = re.compile(r"from-internal|outbound|outgoing|outrt|dialout|from-inside")

_EXTENSION_IN_CHANNEL = re.compile(
    r"(?:PJSIP|SIP|IAX2|Local|DAHDI|SCCP|Agent)/(\d{2,6})(?:[-@/;]|$)", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:(?P<h>\d+):)?(?P<m>\d{1,2}):(?P<s>\d{1,2})(?:\.\d+)?")
_SPAN = re.compile(r"(?:(?P<h>\d+)\s*h)?\s*(?:(?P<m>\d+)\s*m)?\s*(?P<s>\d+)\s*s.*", re.IGNORECASE)
_CAUSE = re.compile(r"[A-Z]+(?:_[A-Z]+)*")
"""A cause of Q.850 as FreeSWITCH writes it: NORMAL_CLEARING."""
_BESIDE_NAME = re.compile(r"(?P<name>[^()<>]*?)\s*[(<](?P<number>\+?[\d*#]+)[)>]")
"""A party as 3CX writes it: Ann Test (101)."""
_ENDED = {"ANSWERED": True, "YES": True} | dict.fromkeys(
    (
        *("NO", "NO ANSWER", "BUSY", "FAILED", "CONGESTION", "CANCEL"),
        *("UNANSWERED", "MISSED", "REDIRECTED", "WAITING"),
    ),
    False,
)
_DIRECTIONS = {
    **dict.fromkeys(("inbound", "incoming", "in", "inbound queue"), CallDirection.INCOMING),
    **dict.fromkeys(("outbound", "outgoing", "out"), CallDirection.OUTGOING),
    **dict.fromkeys(("internal", "local"), CallDirection.INTERNAL),
}
_CALLER = re.compile(r'\s*"?(?P<name>[^"<]*?)"?\s*<(?P<number>[^>]*)>\s*')

_OUTSIDE_LINE = "09"
"""What is dialled to reach the telephone network from an exchange: 9 or 0."""


@dataclass(frozen=True, slots=True)
class _Record:
    """One row, whose cells are asked for by Asterisk's names."""

    cells: Sequence[str]
    positions: Mapping[str, int]

    def __getitem__(self, name: str) -> str:
        position = self.positions.get(name)
        cell = self.cells[position].strip() if position is not None and position < len(self.cells) else ""
        party = _BESIDE_NAME.fullmatch(cell) if name in ("src", "dst") else None
        return party["number"] if party else cell

    @property
    def caller_id(self) -> str:
        """Name and number of who rang, as the log puts them together."""
        position = self.positions.get("clid", self.positions.get("src", 0))
        return self.cells[position].strip() if position < len(self.cells) else ""


def _by_titles(layout: CallLayout, sheet: Sheet) -> Mapping[str, int] | None:
    names = {title_key(title): name for title, name in layout.titles.items()}
    positions: dict[str, int] = {}
    for index, title in enumerate(sheet.titles):
        name = names.get(title_key(title))
        if name is not None:
            positions.setdefault(name, index)
    has_duration = "billsec" in positions or "duration" in positions
    return positions if positions.keys() >= _NEEDED and has_duration else None


def _by_places(layout: CallLayout, sheet: Sheet) -> Mapping[str, int] | None:
    # The last columns may be blank in all rows, and are then not counted as columns.
    if not layout.order or not layout.fewest <= len(sheet.titles) <= len(layout.order):
        return None
    positions = {name: index for index, name in enumerate(layout.order[: len(sheet.titles)])}
    records = [_Record(row.cells, positions) for row in sheet.sample]
    fitting = sum(_is_record(record, layout.endings) for record in records)
    return positions if records and fitting >= 0.8 * len(records) else None


def _is_record(record: _Record, endings: frozenset[str]) -> bool:
    ended = record["disposition"]
    return (
        (ended.upper() in endings if endings else _CAUSE.fullmatch(ended) is not None)
        and content_of(record["start"]) is Content.DATE
        and record["billsec"].isdecimal()
    )


def _call(record: _Record, region: str) -> CallRecord:
    direction = _direction(record)
    source, destination = record["src"], record["dst"]
    name = ""
    if direction is CallDirection.INCOMING:
        name, caller = _caller(record.caller_id)
        number = source if _has_digits(source) else caller
        own = _extension(record["dstchannel"]) or _extension(record["channel"]) or destination
    else:
        number = _dialled(destination, region) if direction is CallDirection.OUTGOING else destination
        own = source if _is_extension(source) else _extension(record["channel"]) or source
    return CallRecord(
        direction=direction,
        number=number if _has_digits(number) else "",
        own=own,
        name=name,
        start=record["start"],
        answered=_is_answered(record),
        length=record["billsec"] or record["duration"],
        disposition=record["disposition"],
        unique_id=record["uniqueid"],
    )


def _is_answered(record: _Record) -> bool:
    """By how the call ended, in Asterisk's or 3CX's words; elsewhere whoever talked was answered."""
    ended = record["disposition"].upper()
    if ended in _ENDED:
        return _ENDED[ended]
    return bool(_seconds(record["billsec"]))


def _direction(record: _Record) -> CallDirection:
    """Tell by what the log says, by the context that the call came through, else by the lengths of the numbers."""
    source, destination = record["src"], record["dst"]
    said = _DIRECTIONS.get(record["direction"].lower())
    if said is not None:
        return said
    from_outside, to_outside = _is_outside(source), _is_outside(destination)
    context = record["dcontext"].lower()
    if _INCOMING_CONTEXT.search(context) and not (_is_extension(source) and _is_extension(destination)):
        return CallDirection.INCOMING
    if to_outside and (
        _OUTGOING_CONTEXT.search(context) or not from_outside or _extension(record["channel"])
    ):
        return CallDirection.OUTGOING
    return CallDirection.INCOMING if from_outside else CallDirection.INTERNAL


def _is_extension(number: str) -> bool:
    return number.isdecimal() and len(number) <= _LONGEST_EXTENSION


def _is_outside(number: str) -> bool:
    """Whether it is a number of the telephone network, not an extension, a service code or a name such as `s`."""
    return digit_count(number) > _LONGEST_EXTENSION


def _has_digits(number: str) -> bool:
    """Whether it is a number: exchanges write "anonymous", "unknown" or "s" where there is none."""
    return digit_count(number) > 0


def _extension(channel: str) -> str:
    """The extension that a channel such as `SIP/101-0000012a` belongs to, "" for a trunk."""
    found = _EXTENSION_IN_CHANNEL.match(channel)
    return found[1] if found else ""


def _caller(caller_id: str) -> tuple[str, str]:
    """Return name and number of `"Sara" <0912…>`; the name is "" where it only repeats the number."""
    found = _CALLER.fullmatch(caller_id) or _BESIDE_NAME.fullmatch(caller_id)
    if found is None:
        return (clean(caller_id) if any(map(str.isalpha, caller_id)) else ""), ""
    name = clean(found["name"])
    return ("" if not any(map(str.isalpha, name)) else name), found["number"].strip()


def _dialled(number: str, region: str) -> str:
    """Return `number` without the digit dialled for an outside line, where only then it is a telephone number."""
    if (
        number[:1] in _OUTSIDE_LINE
        and parse_phone(number, region) is None
        and parse_phone(number[1:], region) is not None
    ):
        return number[1:]
    return number


def _seconds(text: str) -> int | None:
    """Seconds as such, or as hours, minutes and seconds; None where it is neither."""
    if not text or text.isdecimal():
        return int(text or 0)
    clock = _CLOCK.fullmatch(text) or _SPAN.fullmatch(text)
    return int(clock["h"] or 0) * 3600 + int(clock["m"] or 0) * 60 + int(clock["s"]) if clock else None
