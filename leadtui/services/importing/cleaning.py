"""Clean the rows of a sheet: numbers, addresses, dates and words as a customer's record keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from leadtui.domain.field import (
    NUMBER_KINDS,
    AnswerValue,
    Field,
    FieldKind,
    FormatContext,
    edit_text,
    read_answer,
    read_email,
)
from leadtui.domain.lead import LeadNumber
from leadtui.domain.lead_fields import (
    CHANNEL,
    CONTACTED_AT,
    EMAIL,
    ENTERED_AT,
    NAME,
    NEED,
    OWNER,
    PHONE,
    PHONE_OTHER,
    STATUS,
    WORDS_LIMIT,
    import_fields,
)
from leadtui.errors import Invalid
from leadtui.language.date_cells import DateFault
from leadtui.language.phone import PhoneCell, calling_code, read_phone_cell
from leadtui.language.territory import region_of
from leadtui.language.text import clean, clean_multiline, search_key
from leadtui.language.translate import _, pgettext
from leadtui.services.importing.account import Places
from leadtui.services.importing.cell_fates import Noted, Why
from leadtui.services.importing.columns import ColumnMapping, Target, is_test_row
from leadtui.services.importing.import_notes import kept_columns
from leadtui.services.importing.imported_lead import ImportedLead, Reason, RejectedRow, rejected, unreachable
from leadtui.services.importing.sheet import Row, Sheet
from leadtui.services.importing.standing import StandingReader
from leadtui.services.importing.titles import PARTS
from leadtui.services.importing.values import ValueReader

_NAMED = frozenset({CHANNEL, NEED, OWNER, STATUS})
"""The fields whose cells name something that the workspace defines."""

_WORDS = tuple(
    (each.key, each.column) for each in import_fields() if each.kind is FieldKind.TEXT and each.key != NAME
)


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Cleans rows by one mapping. `context` say in which zone, region and calendar the file is written."""

    mapping: ColumnMapping
    places: Places
    fields: Mapping[str, Field]
    """The workspace's own fields by key; none is required of a file."""
    context: FormatContext
    values: ValueReader
    standings: StandingReader
    area_code: str = ""
    """What goes before a number of a town that is written without it."""
    channel: str = ""
    """Through which rows came that name no channel."""
    meant: Mapping[str, str] = field(default_factory=dict[str, str])
    """What cells of owners, states, needs and channels mean, by their search key."""

    def arrivals(self, sheet: Sheet) -> Iterator[ImportedLead | RejectedRow]:
        """What each row says, in the order of the file. Raises Unreadable as `sheet.rows` does."""
        return map(self.clean, sheet.rows)

    def outgoing(self, _sheet: Sheet, /) -> Iterator[ImportedLead | RejectedRow]:
        """Nobody: a table of people has no calls."""
        return iter(())

    def clean(self, row: Row) -> ImportedLead | RejectedRow:
        """What one row says about a person."""
        if row.damage:
            return RejectedRow(row.line, Reason.DAMAGED, row.damage, row.cells)
        noted: list[Noted] = []
        cells = self._without_faxes(row.cells, noted) if self.mapping.kinds else row.cells
        found = self._meant(self.mapping.cells_by_target(cells))
        if is_test_row(found):
            return rejected(row.line, row.cells, Reason.TEST_ROW)
        numbers = self._numbers(found, noted)
        email = _email(" ".join(filter(None, (found.get(EMAIL), found.get(Target.EMAIL_OTHER)))), noted)
        if not numbers and not email:
            return unreachable(row.line, row.cells, found)
        values: dict[str, Any] = {"name": _name(found, noted), "email": email}
        if Target.ENTERED_TIME in found:
            words = pgettext("pattern", "Time: {text}").format(text=clean(found[Target.ENTERED_TIME]))
            noted.append(Noted(Target.ENTERED_TIME, words, Why.BESIDE))
        for key, column in _WORDS:
            if key in found:
                values[column] = _words(key, found[key], noted)
        if CONTACTED_AT in found:
            values["contacted_at"] = self._moment(CONTACTED_AT, found, row.line, noted)
        return ImportedLead(
            line=row.line,
            numbers=numbers,
            values=values,
            entered_at=self._moment(ENTERED_AT, found, row.line, noted),
            standing=self.standings.read(found, row.line, noted),
            channel=_words(CHANNEL, found.get(CHANNEL, self.channel), noted),
            need=_words(NEED, found.get(NEED, ""), noted),
            custom=self._custom(found, row.line, noted) if self.fields else {},
            note=_note(found.get(Target.NOTE, ""), noted),
            shares=bool(found.get(Target.SHARED_NUMBERS)),
            kept=kept_columns(self.places, row.cells),
            noted=noted,
            cells=row.cells,
        )

    def _without_faxes(self, cells: Sequence[str], noted: list[Noted]) -> Sequence[str]:
        """The cells without the numbers that nobody answers, which are noted."""
        faxes = self.mapping.faxes(cells)
        for column, kind in faxes.items():
            words = pgettext("pattern", "{title}: {cell}").format(
                title=clean(kind), cell=clean(cells[column])
            )
            noted.append(Noted(self.mapping.targets[column], words, Why.BESIDE))
        return ["" if column in faxes else cell for column, cell in enumerate(cells)]

    def _meant(self, found: dict[str, str]) -> dict[str, str]:
        if self.meant:
            for key in found.keys() & _NAMED:
                found[key] = self.meant.get(search_key(found[key]), found[key])
        return found

    def _numbers(self, found: Mapping[str, str], noted: list[Noted]) -> list[LeadNumber]:
        numbers: dict[str, LeadNumber] = {}
        country = found.get(Target.COUNTRY, "")
        region = next(filter(None, map(region_of, country.split(", "))), None) if country else None
        for key in (PHONE, PHONE_OTHER):
            cell = found.get(key)
            if cell is None:
                continue
            read = self._read_phones(cell, region)
            if not read.phones:
                _unusable(key, Why.NUMBER, _("Phone, not a whole number: {text}"), cell, noted)
            elif read.rest:
                noted += [
                    Noted(key, _("Phone, beside the number: {text}").format(text=text), Why.BESIDE)
                    for text in read.rest
                ]
            for phone in read.phones:
                numbers.setdefault(phone.e164, LeadNumber(phone.e164, phone.written, phone.extension))
        code = calling_code(region) if region else ""
        if country and not (code and any(each.startswith(code) for each in numbers)):
            words = pgettext("pattern", "Country: {text}").format(text=clean(country))
            noted.append(Noted(Target.COUNTRY, words, Why.BESIDE))
        return list(numbers.values())

    def _read_phones(self, cell: str, region: str | None) -> PhoneCell:
        """The numbers of a cell, by the rules of the row's country first, and by those of the file's where it has none there."""
        if region is not None and region != self.context.region:
            read = read_phone_cell(cell, region)
            if read.phones:
                return read
        return read_phone_cell(cell, self.context.region, self.area_code)

    def _moment(self, key: str, found: Mapping[str, str], line: int, noted: list[Noted]) -> datetime | None:
        cell = found.get(key, "")
        if not cell:
            return None
        moment = self.values.moment(key, cell, line)
        if not isinstance(moment, DateFault):
            return moment
        sentence = (
            _("Date, not understood: {text}")
            if moment is DateFault.NO_DATE
            else pgettext("unread", "Date, {reason}: {text}").format(reason=moment.words(), text="{text}")
        )
        _unusable(key, Why.DATE, sentence, cell, noted)
        return None

    def _custom(self, found: Mapping[str, str], line: int, noted: list[Noted]) -> dict[str, AnswerValue]:
        values: dict[str, AnswerValue] = {}
        for key, each in self.fields.items():
            if key not in found:
                continue
            try:
                typed = self._as_typed(each, found[key], line)
                value = read_answer(each, typed, self.context)
            except Invalid:
                noted.append(Noted(key, f"{each.title}: {clean(found[key])}", _why_unread(each)))
            else:
                if value is not None:
                    values[key] = value
                else:
                    noted.append(Noted(key, "", Why.SAYS_NOTHING))
        return values

    def _as_typed(self, field: Field, cell: str, line: int) -> str:
        """A date or a number of the file as a person here would type it. Raises Invalid where it is none."""
        match field.kind:
            case FieldKind.DATE:
                day = self.values.day(field.key, cell, line)
                value = None if isinstance(day, DateFault) else day.isoformat()
            case FieldKind.NUMBER | FieldKind.INTEGER | FieldKind.MONEY:
                currency = self.context.currency if field.kind is FieldKind.MONEY else None
                number = self.values.number(field.key, cell, line, currency)
                value = None if number is None else format(number, "f")
            case _:
                return cell
        if value is None:
            raise Invalid("", field.key)
        return edit_text(field.kind, value, self.context)


_BETWEEN_ADDRESSES = re.compile(r"(?:[\s,;،؛/|]|:::)+")

# Cities, forms, fields of study come again and again.
_clean = lru_cache(maxsize=16_384)(clean)


def _email(cell: str, noted: list[Noted]) -> str:
    """The first usable address in a cell."""
    if not cell:
        return ""
    parts = {part: read_email(part) for part in _BETWEEN_ADDRESSES.split(cell) if part}
    usable = [address for address in parts.values() if address is not None]
    if not usable:
        _unusable(EMAIL, Why.VALUE, _("E-mail, not a whole address: {text}"), cell, noted)
        return ""
    beside = [part for part, address in parts.items() if address is None and any(map(str.isalnum, part))]
    if beside:
        words = _("E-mail, beside the address: {text}").format(text=clean(" ".join(beside)))
        noted.append(Noted(EMAIL, words, Why.BESIDE))
    for further in dict.fromkeys(usable[1:]):
        if further != usable[0]:
            _unusable(EMAIL, Why.FURTHER, _("Another e-mail: {text}"), further, noted)
    return usable[0]


def _name(found: Mapping[str, str], noted: list[Noted]) -> str:
    parts = {each: found[each] for each in PARTS[NAME] if each in found}
    if NAME in found:
        for target, part in parts.items():
            if search_key(part) not in search_key(found[NAME]):
                noted.append(Noted(target, clean(part), Why.FURTHER))
        return _words(NAME, found[NAME], noted)
    return _within_limit(NAME, clean(" ".join(part for part in parts.values() if part)), noted)


def _words(key: str, cell: str, noted: list[Noted]) -> str:
    words = _clean(cell) if cell else ""
    return words if len(words) <= WORDS_LIMIT else _within_limit(key, words, noted)


def _within_limit(key: str, words: str, noted: list[Noted]) -> str:
    if len(words) <= WORDS_LIMIT:
        return words
    noted.append(Noted(key, words, Why.TOO_LONG))
    return clean(words, max_length=WORDS_LIMIT)


def _note(cell: str, noted: list[Noted]) -> str:
    if not noted:
        return clean_multiline(cell) if cell else ""
    return clean_multiline("\n".join((cell, *(each.text for each in noted if each.text))))


def _unusable(key: str, why: Why, sentence: str, cell: str, noted: list[Noted]) -> None:
    """Keep what cannot be used; words that only say that there is nothing ("none", "ندارد") are let go."""
    words = clean(cell)
    if search_key(words) in _NOTHING or not any(map(str.isalnum, words)):
        noted.append(Noted(key, "", Why.SAYS_NOTHING))
    else:
        noted.append(Noted(key, sentence.format(text=words), why))


_NOTHING = frozenset(
    map(
        search_key,
        (
            "none|no|nil|null|nan|na|n/a|not available|unknown|undefined|empty|anonymous|withheld|no phone|no email|no number"
            "|not set|tbd|ندارد|نداره|ندارم|نامشخص|نیست|خالی|لا يوجد|غير متوفر|مجهول|yok|bilinmiyor|aucun|néant|ninguno|nenhum"
            "|keine|unbekannt|нет|无|नहीं"
        ).split("|"),
    )
)


def _why_unread(field: Field) -> Why:
    """What a cell is not that the field cannot take."""
    if field.kind in (FieldKind.DATE, FieldKind.TIME):
        return Why.DATE
    numbers = (*NUMBER_KINDS, FieldKind.PHONE)
    return Why.NUMBER if field.kind in numbers else Why.VALUE
