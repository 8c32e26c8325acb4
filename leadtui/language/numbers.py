"""Numbers as people write them: 1.234,50, 1 500, ۱۲٬۵۰۰, 1,23,456; what could be two numbers is doubtful."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from leadtui.language import cldr
from leadtui.language.text import fold_digits

LONGEST_NUMBER = 40
"""Digits beyond which nothing is taken for a number."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a column writes its numbers."""

    decimal_sign: str
    """`.` or `,`: the one of the region, or of the column where its cells say so."""
    decides: str = ""
    """The signs that the column's cells show to stand before decimals: both where they contradict one another."""
    groups: str = ""
    """The signs that they show to part thousands."""


@dataclass(frozen=True, slots=True)
class NumberRead:
    """A number, and whether it might be another one."""

    number: Decimal
    doubtful: bool = False


def number_style(region: str) -> NumberStyle:
    """Return how people of `region` (ISO 3166) write numbers."""
    return NumberStyle("," if region in cldr.DECIMAL_COMMA else ".")


def find_number_style(cells: Iterable[str], region: str) -> NumberStyle:
    """Return how a column writes its numbers, by its cells together, where they say nothing by its region."""
    shown: Counter[str] = Counter()
    groups: set[str] = set()
    undecided: set[str] = set()
    for cell in cells:
        parts = _split(cell)
        if parts is not None:
            shown.update(parts.decimal_sign)
            groups.update(parts.group_signs)
            undecided.update(parts.open_sign)
    if len(undecided) > 1:  # 2.500 and 2,500: rather two thousands than a column of two ways
        groups |= undecided
    usual = number_style(region).decimal_sign
    sign = max(shown, key=lambda each: (shown[each], each == usual), default=usual)
    return NumberStyle(sign, "".join(sorted(shown)), "".join(sorted(groups)))


def read_number(text: str, style: NumberStyle) -> NumberRead | None:
    """Return the number that `text` is, None where it is none.

    The later of two signs stands before the decimals; a sign that comes twice parts thousands; one before more or
    fewer than three digits does not. What `style` alone decides, 2.500 or 2,500, is doubtful, unless other cells
    of the column show what the sign means, or the region does and reads thousands.
    """
    parts = _split(text)
    if parts is None:
        return None
    sign = parts.open_sign
    if not sign:
        return NumberRead(Decimal(f"{parts.whole}.{parts.fraction}" if parts.fraction else parts.whole))
    other = "," if sign == "." else "."
    if sign == style.decimal_sign and sign not in style.groups:
        doubtful = sign not in style.decides or other in style.decides
        return NumberRead(Decimal(f"{parts.whole}.{parts.fraction}"), doubtful)
    return NumberRead(
        Decimal(parts.whole + parts.fraction), sign in style.decides or sign == style.decimal_sign
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    whole: str
    """With a minus before it where there is one."""
    fraction: str
    decimal_sign: str = ""
    group_signs: str = ""
    open_sign: str = ""
    """The sign between whole and fraction where it may part thousands as well."""


_NUMBER = re.compile(r"([+\-−]?) ?(\d+(?:[.,٬٫'’ ]\d+)*|[.,٫]\d+)")
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?e[+-]?\d{1,2}", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_PLAIN_GROUP_SIGNS = "٬'’ "


def _split(text: str) -> _Parts | None:
    """Take a number apart; None where it is none, or longer than anything that is counted."""
    line = _SPACES.sub(" ", fold_digits(text).strip())
    if len(line) > LONGEST_NUMBER:
        return None
    if _EXPONENT.fullmatch(line):
        written = format(Decimal(line), "f")
        whole, _, fraction = written.partition(".")
        return _Parts(whole, fraction) if len(written) <= LONGEST_NUMBER else None
    found = _NUMBER.fullmatch(line)
    if not found:
        return None
    minus = "" if found[1] in ("", "+") else "-"
    pieces = re.split(r"([.,٬٫'’ ])", found[2])
    groups, signs = pieces[::2], "".join(pieces[1::2])
    decimal = _decimal_sign(groups, signs)
    fraction = groups.pop() if decimal else ""
    parting = signs[:-1] if decimal else signs
    if (decimal and decimal in parting) or len(set(parting)) > 1 or not _are_thousands(groups):
        return None
    whole = minus + ("".join(groups) or "0")
    if not decimal and len(groups) == 2 and signs in (".", ","):
        return _Parts(minus + groups[0], groups[1], open_sign=signs)
    return _Parts(whole, fraction, decimal.strip("٫"), "".join(set(parting) & {".", ","}))


def _decimal_sign(groups: list[str], signs: str) -> str:
    """Return the last sign where it can only stand before decimals, else ""."""
    if not signs or signs[-1] in _PLAIN_GROUP_SIGNS:
        return ""
    if signs[-1] == "٫" or len(set(signs)) > 1:
        return signs[-1]
    thousands = len(groups[-1]) == 3 and 1 <= len(groups[0]) <= 3 and not groups[0].startswith("0")
    return "" if len(signs) > 1 or thousands else signs


def _are_thousands(groups: list[str]) -> bool:
    """Whether digits are parted by threes, or as in India, the last three and then by twos."""
    first, *others = groups
    if not others:
        return True
    middle = {len(group) for group in others[:-1]}
    return (
        len(others[-1]) == 3
        and 1 <= len(first) <= 3
        and (middle <= {3} or (middle <= {2} and len(first) <= 2))
    )
