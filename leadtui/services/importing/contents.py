"""What the cells of a column hold, told from their text alone: a phone, an e-mail address, a date, a number, words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from leadtui.language.phone import mobile_length, parse_phone
from leadtui.language.text import fold_digits
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


_ENOUGH = 200
_MOST = 0.7
_AROUND = " \t\r\n\u00a0\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e'\"="

_DIGIT = re.compile(r"\d")
# Before the @ a colon stands in no address, but in those of other kinds: sip:, xmpp:, https://user:word@host.
_EMAIL = re.compile(r"(?:mailto:)?[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:]{2,}")
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
