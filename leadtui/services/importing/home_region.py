"""Which country's numbers a file is likely to hold, before there is a workspace that says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from leadtui.domain.importing import ImportOptions
from leadtui.language.phone import parse_phone, parse_phones, region_of_number
from leadtui.language.text import fold_digits
from leadtui.services.importing.sheet import Reading, Sheet, open_sheets


class FoundRegion(NamedTuple):
    """A country, and why it is taken."""

    region: str
    by_writing: bool
    """No number has a country code; words and numbers are written as there."""


def region_of_files(paths: Sequence[Path], options: ImportOptions) -> FoundRegion | None:
    """The country of most numbers that are written with a country code; where none are, one whose people have
    letters of the file, and where most numbers are valid; None where no country has most.

    The first rows of each table are looked at. Raises as `open_sheets` does.
    """
    coded, valid, national = Counter[str](), Counter[str](), 0
    for path in paths:
        for sheet in open_sheets(path, Reading.of(options)):
            candidates = _regions_of_letters(sheet)
            for row in islice(sheet.rows, _ROWS_LOOKED_AT):
                coded.update(_regions_in(row.cells))
                for cell in filter(_is_national, row.cells) if candidates else ():
                    national += 1
                    valid.update(region for region in candidates if parse_phone(cell, region) is not None)
    counted, total = (coded, coded.total()) if coded else (valid, national)
    if not counted:
        return None
    (region, count), *_others = counted.most_common(1)
    return FoundRegion(region, not coded) if count * 2 > total else None


_ROWS_LOOKED_AT = 2_000
_LONGEST = 60

_WRITTEN = (
    (re.compile("[ٹڈڑںے]"), ("PK",)),
    (re.compile("[پچژگکی]"), ("IR", "AF")),
    (re.compile("[ğı]"), ("TR",)),
)
"""Letters that no other language of this list has, and where they are written; numbers begin with a zero there."""

_NATIONAL = re.compile(r"\(?0[1-9][\d\s()-]{8,15}")


def _regions_of_letters(sheet: Sheet) -> tuple[str, ...]:
    text = "".join(chain(sheet.titles, *(row.cells for row in sheet.sample)))
    return next((regions for letters, regions in _WRITTEN if letters.search(text)), ())


def _is_national(cell: str) -> bool:
    return len(cell) < _LONGEST and _NATIONAL.fullmatch(fold_digits(cell.strip("'\" "))) is not None


def _regions_in(cells: Sequence[str]) -> list[str]:
    return [
        region
        for cell in cells
        if len(cell) < _LONGEST and ("+" in cell or fold_digits(cell.strip("'\" ")[:2]) == "00")
        for phone in parse_phones(cell, "")
        if (region := region_of_number(phone.e164))
    ]
