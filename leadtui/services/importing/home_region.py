"""Which country's numbers a file is likely to hold, before there is a workspace that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from leadtui.domain.importing import ImportOptions
from leadtui.language.phone import parse_phones, region_of_number
from leadtui.language.text import fold_digits
from leadtui.services.importing.sheet import Reading, open_sheets


def region_of_files(paths: Sequence[Path], options: ImportOptions) -> str:
    """The country of most numbers that are written with a country code; "" where none are, or no country has most.

    The first rows of each table are looked at. Raises as `open_sheets` does.
    """
    found = Counter[str]()
    for path in paths:
        for sheet in open_sheets(path, Reading.of(options)):
            for row in islice(sheet.rows, _ROWS_LOOKED_AT):
                found.update(_regions_in(row.cells))
    if not found:
        return ""
    (region, count), *_others = found.most_common(1)
    return region if count * 2 > found.total() else ""


_ROWS_LOOKED_AT = 2_000
_LONGEST = 60


def _regions_in(cells: Sequence[str]) -> list[str]:
    return [
        region
        for cell in cells
        if len(cell) < _LONGEST and ("+" in cell or fold_digits(cell.strip("'\" ")[:2]) == "00")
        for phone in parse_phones(cell, "")
        if (region := region_of_number(phone.e164))
    ]
