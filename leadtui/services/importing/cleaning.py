"""Clean the rows of a sheet: numbers, addresses, dates and words as a customer's record keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from leadtui.domain.field import AnswerValue, Field, FormatContext, read_answer, read_email
from leadtui.domain.follow_up import NOTE_LIMIT
from leadtui.domain.lead import LeadNumber
from leadtui.errors import Invalid
from leadtui.language.calendar import parse_datetime
from leadtui.language.phone import parse_phones
from leadtui.language.text import clean, clean_multiline, ellipsize
from leadtui.language.translate import _
from leadtui.services.importing import telephone_log
from leadtui.services.importing.columns import ColumnMapping, Target, is_test_row
from leadtui.services.importing.date_style import DateOrder
from leadtui.services.importing.incoming import Call, Incoming, Reason, Refusal
from leadtui.services.importing.reading import Row, Sheet
from leadtui.services.importing.telephone_log import Direction, read_calls

WORDS_LIMIT = 200
"""The longest name, city, grade, field of study or referrer; what is longer is kept whole as a note."""


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Cleans rows by one mapping. `context` say in which zone, region and calendar the file is written."""

    mapping: ColumnMapping
    fields: Mapping[str, Field]
    """The workspace's own fields by key."""
    context: FormatContext

    def rows(self, sheet: Sheet) -> Iterator[Incoming | Refusal]:
        """What each row says, in the order of the file. Raises Unreadable as `sheet.rows` does."""
        return map(self.clean, sheet.rows)

    def clean(self, row: Row) -> Incoming | Refusal:
        """What one row says about a person."""
        found = self.mapping.cells_by_target(row.cells)
        if is_test_row(found):
            return _refused(row.line, row.cells, Reason.TEST_ROW)
        remarks: list[str] = []
        numbers = self._numbers(found, remarks)
        email = _email(found.get(Target.EMAIL, ""), remarks)
        if not numbers and not email:
            return _unreachable(row.line, row.cells, found)
        return Incoming(
            line=row.line,
            numbers=numbers,
            email=email,
            name=_name(found, remarks),
            city=_words(found, Target.CITY, remarks),
            grade=_words(found, Target.GRADE, remarks),
            major=_words(found, Target.MAJOR, remarks),
            referrer=_words(found, Target.REFERRER, remarks),
            entered_at=self._moment(found.get(Target.ENTERED_AT, ""), remarks),
            channel=_words(found, Target.CHANNEL, remarks),
            need=_words(found, Target.NEED, remarks),
            custom=self._custom(found, remarks) if self.fields else {},
            note=_note(found.get(Target.NOTE, ""), remarks),
        )

    def _numbers(self, found: Mapping[str, str], remarks: list[str]) -> tuple[LeadNumber, ...]:
        numbers: dict[str, LeadNumber] = {}
        for target in (Target.PHONE, Target.PHONE_OTHER):
            cell = found.get(target)
            if cell is None:
                continue
            phones = parse_phones(cell, self.context.region)
            if not phones:
                _remark(remarks, _("Phone, not a whole number: {text}"), cell)
            for phone in phones:
                numbers.setdefault(phone.e164, LeadNumber(phone.e164, phone.written, phone.extension))
        return tuple(numbers.values())

    def _moment(self, cell: str, remarks: list[str]) -> datetime | None:
        if not cell:
            return None
        style = self.mapping.dates
        moment = parse_datetime(
            cell,
            self.context.zone,
            style.calendar if style else self.context.calendar,
            day_first=None if style is None else style.order is not DateOrder.MONTH_FIRST,
        )
        if moment is None:
            _remark(remarks, _("Date, not understood: {text}"), cell)
        return moment

    def _custom(self, found: Mapping[str, str], remarks: list[str]) -> dict[str, AnswerValue]:
        values: dict[str, AnswerValue] = {}
        for key in found.keys() & self.fields.keys():
            field = self.fields[key]
            try:
                value = read_answer(replace(field, required=False), found[key], self.context)
            except Invalid:
                remarks.append(f"{field.title}: {clean(found[key])}")
            else:
                if value is not None:
                    values[key] = value
        return values


@dataclass(frozen=True, slots=True)
class CallCleaner:
    """Cleans the records of a telephone log. `zone` is an IANA name."""

    region: str
    zone: str

    def incoming(self, sheet: Sheet) -> Iterator[Incoming | Refusal]:
        """Who rang, and the records that are neither incoming nor outgoing, in the order of the file."""
        for row, call in self._calls(sheet):
            if call.direction is Direction.INCOMING:
                yield self._clean(row, call, Reason.WITHHELD_NUMBER)
            elif call.direction is Direction.INTERNAL:
                yield _refused(row.line, row.cells, Reason.INTERNAL_CALL)

    def outgoing(self, sheet: Sheet) -> Iterator[Incoming | Refusal]:
        """Who was rung, in the order of the file."""
        for row, call in self._calls(sheet):
            if call.direction is Direction.OUTGOING:
                yield self._clean(row, call, Reason.UNKNOWN_NUMBER)

    def _calls(self, sheet: Sheet) -> Iterator[tuple[Row, telephone_log.Call]]:
        return zip(sheet.rows, read_calls(sheet, self.region, self.zone), strict=True)

    def _clean(self, row: Row, call: telephone_log.Call, without_number: Reason) -> Incoming | Refusal:
        if not call.number:
            return _refused(row.line, row.cells, without_number)
        phones = parse_phones(call.number, self.region)
        if not phones:
            outgoing = call.direction is Direction.OUTGOING
            return (
                _refused(row.line, row.cells, Reason.UNKNOWN_NUMBER)
                if outgoing
                else _unreachable(row.line, row.cells, {Target.PHONE: call.number})
            )
        phone = phones[0]
        return Incoming(
            line=row.line,
            numbers=(LeadNumber(phone.e164, phone.written, phone.extension),),
            name=clean(call.name, max_length=WORDS_LIMIT),
            entered_at=call.started_at,
            call=Call(call.unique_id, call.answered, call.seconds),
        )


_BETWEEN_ADDRESSES = re.compile(r"[\s,;،؛/|]+")
_SHOWN = 60

# Cities, forms, fields of study come again and again.
_clean = lru_cache(maxsize=16_384)(clean)


def _email(cell: str, remarks: list[str]) -> str:
    """The first usable address in a cell."""
    if not cell:
        return ""
    usable = [
        address
        for part in _BETWEEN_ADDRESSES.split(cell)
        if part and (address := read_email(part)) is not None
    ]
    if not usable:
        _remark(remarks, _("E-mail, not a whole address: {text}"), cell)
        return ""
    for further in dict.fromkeys(usable[1:]):
        if further != usable[0]:
            _remark(remarks, _("Another e-mail: {text}"), further)
    return usable[0]


def _name(found: Mapping[str, str], remarks: list[str]) -> str:
    if Target.NAME in found:
        return _words(found, Target.NAME, remarks)
    parts = (found.get(Target.FIRST_NAME, ""), found.get(Target.LAST_NAME, ""))
    return _within_limit(clean(" ".join(part for part in parts if part)), remarks)


def _words(found: Mapping[str, str], target: Target, remarks: list[str]) -> str:
    cell = found.get(target)
    if cell is None:
        return ""
    words = _clean(cell)
    return words if len(words) <= WORDS_LIMIT else _within_limit(words, remarks)


def _within_limit(words: str, remarks: list[str]) -> str:
    if len(words) <= WORDS_LIMIT:
        return words
    remarks.append(words)
    return clean(words, max_length=WORDS_LIMIT)


def _note(cell: str, remarks: list[str]) -> str:
    if not remarks:
        return clean_multiline(cell, max_length=NOTE_LIMIT) if cell else ""
    return clean_multiline("\n".join((cell, *remarks)), max_length=NOTE_LIMIT)


def _remark(remarks: list[str], sentence: str, cell: str) -> None:
    """Keep what cannot be used; words that only say that there is nothing ("none", "ندارد") are let go."""
    words = clean(cell)
    if any(letter.isdigit() or letter in "@." for letter in words):
        remarks.append(sentence.format(text=words))


def _refused(line: int, cells: tuple[str, ...], reason: Reason) -> Refusal:
    return Refusal(line, reason, reason.words(), cells)


def _unreachable(line: int, cells: tuple[str, ...], found: Mapping[str, str]) -> Refusal:
    """A row with nothing by which a customer can be reached."""
    written = [
        _("“{text}”").format(text=ellipsize(clean(found[target]), _SHOWN))
        for target in (Target.PHONE, Target.PHONE_OTHER, Target.EMAIL)
        if clean(found.get(target, ""))
    ]
    if not written:
        return _refused(line, cells, Reason.NO_CONTACT)
    sentence = _("{written} can be neither rung nor written to").format(written=_(", ").join(written))
    return Refusal(line, Reason.UNUSABLE_CONTACT, sentence, cells)
