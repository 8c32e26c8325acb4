"""Which country's numbers a file is likely to hold, before there is a workspace that says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from leadtui.domain.importing import ImportOptions
from leadtui.language.phone import is_mobile, parse_phone, parse_phones, region_of_number
from leadtui.language.text import fold_digits
from leadtui.services.importing.sheet import Reading, Sheet, open_sheets


class FoundRegion(NamedTuple):
    """A country, and why it is taken."""

    region: str
    by_writing: bool
    """Not by country codes; words and numbers are written as there."""


def region_of_files(paths: Sequence[Path], options: ImportOptions, here: str) -> FoundRegion | None:
    """The country by which numbers without a country code are read; None where it is `here`, that of the machine.

    It is the one that most numbers with a country code are of, or one whose people have letters of the file; else
    `here`, or one nearby. Each must be able to read most of the numbers that have no country code: where none can, most
    numbers with one decide.
    The first rows of each table are looked at. Raises as `open_sheets` does.
    """
    coded, national, by_letters = Counter[str](), dict[str, None](), dict[str, None]()
    for path in paths:
        for sheet in open_sheets(path, Reading.of(options)):
            by_letters |= dict.fromkeys(_regions_of_letters(sheet))
            for row in islice(sheet.rows, _ROWS_LOOKED_AT):
                coded.update(_regions_in(row.cells))
                national |= dict.fromkeys(filter(_is_national, row.cells))
    most = [region for region, count in coded.most_common(1) if count * 2 > coded.total()]
    numbers = tuple(islice(national, _NUMBERS_TRIED))
    by_codes = FoundRegion(most[0], by_writing=False) if most else None
    if not numbers or _reader_of(numbers, most):
        return by_codes
    by_writing = _reader_of(numbers, by_letters)
    if not by_writing and _reader_of(numbers, (here,)):
        return None
    if not by_writing:
        by_writing = _reader_of(numbers, (each for each in _NEARBY if _has_mobiles(numbers, each)))
    return FoundRegion(by_writing, by_writing=True) if by_writing else by_codes


def _reader_of(numbers: Sequence[str], regions: Iterable[str]) -> str:
    """That of the regions which can read most of the numbers, and more of them than another; "" where none can."""
    read = {region: sum(parse_phone(each, region) is not None for each in numbers) for region in regions}
    best = max(read, key=lambda region: read[region], default="")
    return best if best and read[best] * 2 > len(numbers) else ""


def _has_mobiles(numbers: Sequence[str], region: str) -> bool:
    phones = (parse_phone(each, region) for each in numbers)
    return any(phone is not None and is_mobile(phone.e164) for phone in phones)


_ROWS_LOOKED_AT = 2_000
_NUMBERS_TRIED = 200

_NEARBY = ("IR", "IQ", "EG", "TR", "PK", "SA", "AE")
"""Countries of the languages that leadtui speaks, and their neighbours; what several of them can read is the first one's."""
_LONGEST = 60

_WRITTEN = (
    (re.compile("[ٹڈڑںے]"), ("PK",)),
    (re.compile("[پچژگکی]"), ("IR", "AF")),
    (re.compile("[ğı]"), ("TR",)),
)
"""Letters that no other language of this list has, and where they are written; numbers begin with a zero there."""

_NATIONAL = re.compile(r"\(?0[1-9](?:[\s()-]*\d){7,10}")
"""With the zero that goes before it within a country; a date has fewer digits."""


def _regions_of_letters(sheet: Sheet) -> tuple[str, ...]:
    text = "".join(chain(sheet.titles, *(row.cells for row in sheet.sample)))
    return next((regions for letters, regions in _WRITTEN if letters.search(text)), ())


def _is_national(cell: str) -> bool:
    return len(cell) < _LONGEST and _NATIONAL.fullmatch(fold_digits(cell.strip("='\" "))) is not None


def _regions_in(cells: Sequence[str]) -> list[str]:
    return [
        region
        for cell in cells
        if len(cell) < _LONGEST and ("+" in cell or fold_digits(cell.strip("='\" ")[:2]) == "00")
        for phone in parse_phones(cell, "")
        if (region := region_of_number(phone.e164))
    ]
