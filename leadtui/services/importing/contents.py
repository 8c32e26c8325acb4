"""What the cells of a column hold, told from their text alone, and how a column writes its dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leadtui.language.calendar import Calendar, calendar_of, parse_datetime
from leadtui.language.phone import mobile_length, parse_phone
from leadtui.language.text import fold_digits
from leadtui.language.translate import pgettext
from leadtui.services.importing.rows import is_blank


class Content(StrEnum):
    """A kind of cell."""

    BLANK = "blank"
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    WORDS = "words"


def content_of(cell: str, region: str = "") -> Content:
    """Return what one cell holds.

    A number counts as a phone where its form says so, or where it is as long as a mobile of `region`, an ISO 3166 code, and
    is a number there.
    """
    text = fold_digits(cell[:_ENOUGH]).strip(_AROUND)
    if is_blank(text):
        return Content.BLANK
    if _EMAIL.fullmatch(text):
        return Content.EMAIL
    if not _DIGIT.search(text):
        return Content.WORDS
    if _DATE.match(text):
        return Content.DATE
    if _TIME.fullmatch(text):
        return Content.TIME
    if _is_phones(text) or (region and _is_number_of(text, region)):
        return Content.PHONE
    return Content.NUMBER if _NUMBER.fullmatch(text) else Content.WORDS


def column_content(cells: Iterable[str], region: str = "") -> Content:
    """Return what at least seven in ten of the cells hold that are not blank, else `WORDS`."""
    counts = Counter(content_of(cell, region) for cell in cells)
    del counts[Content.BLANK]
    if not counts:
        return Content.BLANK
    content, count = counts.most_common(1)[0]
    return content if count >= _MOST * counts.total() else Content.WORDS


def digit_count(cell: str) -> int:
    """How many digits a cell has, in any of the three scripts."""
    return sum(map(str.isdigit, cell))


class DateOrder(StrEnum):
    """Which part of a date comes first."""

    YEAR_FIRST = "year_first"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How dates are written in one column."""

    calendar: Calendar
    order: DateOrder
    certain: bool = True
    """False where no value of the column decided between day first and month first, or where values contradict."""

    def read(self, text: str, zone: str) -> datetime | None:
        """Return the moment that a cell of the column writes, in UTC; None where it is none.

        Wall-clock time is that of `zone`, an IANA name. Where the column is not certain, a date that cannot have its
        usual order is read in the other one.
        """
        day_first = None if self.order is DateOrder.YEAR_FIRST else self.order is DateOrder.DAY_FIRST
        moment = parse_datetime(text, zone, self.calendar, day_first=day_first)
        if moment is None and not self.certain:
            return parse_datetime(text, zone, self.calendar, day_first=not day_first)
        return moment

    def words(self) -> tuple[str, ...]:
        """The style as said in a report."""
        calendars = {
            Calendar.GREGORIAN: pgettext("recognised", "Gregorian dates"),
            Calendar.JALALI: pgettext("recognised", "Jalali dates"),
        }
        orders = {
            DateOrder.YEAR_FIRST: pgettext("recognised", "year first"),
            DateOrder.DAY_FIRST: pgettext("recognised", "day first"),
            DateOrder.MONTH_FIRST: pgettext("recognised", "month first"),
        }
        said = (calendars[self.calendar], orders[self.order])
        return (
            said
            if self.certain
            else (*said, pgettext("recognised", "no date says whether the day or the month comes first"))
        )


def find_date_style(values: Iterable[str]) -> DateStyle | None:
    """Return the style that most of `values` have, None where none of them is a date of numbers.

    The year tells the calendar. 03/04/2024 alone says nothing: any value such as 25/04/2024 decides for the whole
    column, else the day is taken to come first.
    """
    calendars: Counter[Calendar] = Counter()
    orders: Counter[DateOrder | None] = Counter()
    for value in values:
        found = _DATE_IN_FIGURES.search(fold_digits(value))
        calendar = calendar_of(int(found["year"] or found["year_last"])) if found else None
        if found and calendar:
            calendars[calendar] += 1
            orders[_order(found)] += 1
    if not calendars:
        return None
    calendar = calendars.most_common(1)[0][0]
    if orders[DateOrder.YEAR_FIRST] * 2 > orders.total():
        return DateStyle(calendar, DateOrder.YEAR_FIRST)
    days, months = orders[DateOrder.DAY_FIRST], orders[DateOrder.MONTH_FIRST]
    order = DateOrder.MONTH_FIRST if months > days else DateOrder.DAY_FIRST
    return DateStyle(calendar, order, certain=(days == 0) is not (months == 0))


_ENOUGH = 200
_MOST = 0.7
_AROUND = " \t\r\n\u00a0\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e'\"="

_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"(?:mailto:)?[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]{2,}")
_NUMBER = re.compile(r"[+-]?[\d.,٫٬]+(?:[eE][+-]?\d+)?")
_TIME = re.compile(r"[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?:\s*(?:[aApP]\.?[mM]\.?|ق\.?ظ|ب\.?ظ|ص|م))?")
_MONTHS = (
    r"[a-z]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    "|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
)
_DATE = re.compile(
    r"(?:[^\W\d_]{2,12}،?,?\s+)?"
    r"(?:(?:1[2-4]|19|20|21)\d\d([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{2}(?:\d{2})?"
    rf"|\d{{1,2}}[\s-]+(?:{_MONTHS}),?[\s-]+\d{{4}}|(?:{_MONTHS})\s+\d{{1,2}},?\s+\d{{4}})"
    r"(?!\d|[-/.]\d+(?![\d:]))",
    re.IGNORECASE,
)

_PREFIX = re.compile(r"^(?:p|tel|phone|t|mob|موبایل|تلفن)\s*[:：]\s*", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*(?:داخلی|داخلي|ext\.?|extension|x|#|تحويلة)\s*:?\s*\d{1,6}$", re.IGNORECASE)
_BETWEEN_PHONES = re.compile(r"\s*(?:[/\\,،;؛|\n]+|\s-\s|\s(?:و|یا|أو|and|or)\s)\s*")
_WRITTEN_PHONE = re.compile(r"\+?\(?\+?\d[\d\s()\-.\u00a0\u2010-\u2013\u200c\u202f]*")
_GROUPS = re.compile(r"\d+")

# With a sign of the country, with the leading zero, an Iranian mobile without it, or with a country's digits only.
_DIALLED = re.compile(
    r"(?:\+|00)[1-9]\d{7,13}|0[1-9]\d{8,9}|9\d{9}|(?:98|90|92|93|20)\d{9,10}|9(?:6[1-8]|7[0134])\d{8,9}"
)


def _is_phones(text: str) -> bool:
    """Whether `text` is one phone number or several."""
    return all(_is_phone(part) for part in _BETWEEN_PHONES.split(text) if part)


def _is_number_of(text: str, region: str) -> bool:
    """Whether digits alone are a number of that country."""
    if not text.isascii() or not text.isdecimal() or len(text) < mobile_length(region):
        return False
    return parse_phone(text, region) is not None


def _is_phone(text: str) -> bool:
    text = _EXTENSION.sub("", _PREFIX.sub("", text)).strip(_AROUND)
    if not _WRITTEN_PHONE.fullmatch(text):
        return False
    groups = _GROUPS.findall(text)
    if text.count(".") == 1 and len(groups) == 2:
        return False  # 1726824000.0 is a number
    digits = "".join(groups)
    dialled = ("+" if "+" in text else "") + digits
    if _DIALLED.fullmatch(dialled):
        return True
    # (202) 555-0123: nobody writes another number in such groups
    return len(groups) > 1 and 7 <= len(digits) <= 15


def _order(date: re.Match[str]) -> DateOrder | None:
    """Return the order of one date, None where it could be two."""
    if date["year"]:
        return DateOrder.YEAR_FIRST
    if int(date["first"]) > _MONTHS_A_YEAR:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if int(date["second"]) > _MONTHS_A_YEAR else None


_MONTHS_A_YEAR = 12

_DATE_IN_FIGURES = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}"
    r"|(?P<first>\d{1,2})\s*[-/.]\s*(?P<second>\d{1,2})\s*[-/.]\s*(?P<year_last>\d{4}))(?!\d)"
)
