"""What a file seems to be, before anything of it is imported: what a person looks at who decides where its columns go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead_fields import NEED, OWNER, STATUS
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid
from leadtui.language.text import clean
from leadtui.services.importing.channels_and_needs import Needs
from leadtui.services.importing.columns import ColumnMapping
from leadtui.services.importing.doubt import Doubt
from leadtui.services.importing.preparing import PreparedFile, own_columns, prepare, recognise_sheet, rules_of
from leadtui.services.importing.rows import is_blank
from leadtui.services.importing.running import doubts_of
from leadtui.services.importing.sheet import Reading, Sheet, open_sheets
from leadtui.services.importing.standing import find_colleague, is_unknown_status
from leadtui.services.session import Session

EXAMPLES = 3
"""Cells of a column that are shown of it."""


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """A column: its title, where it goes ("" where no field is meant), and what its first cells hold."""

    title: str
    target: str
    examples: tuple[str, ...]


MOST_UNKNOWN = 20
"""Words that the workspace does not have are shown of a file."""

_ROWS_LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """What stands in a column of owners, states or needs that the workspace does not have."""

    target: str
    words: str
    count: int
    meant: str = ""
    """What it was said to mean, now or before; else it stays in a note."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file, or a sheet of a workbook, as it would be imported."""

    path: Path
    columns: tuple[PreviewColumn, ...]
    row_count: int
    """All rows; 0 where it cannot be imported as it stands, so that they were not counted."""
    recognised: tuple[str, ...]
    """How it is written, a few words each."""
    notes: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    reachable: bool = True
    """Whether anybody can be reached by one of its columns; else it cannot be imported as it stands."""
    sheets: tuple[str, ...] = ()
    """The names of the sheets of a workbook that has several, the one that is read first."""
    remembered: Mapping[str, str] = field(default_factory=dict[str, str])
    """What was mapped for this layout before; told again, an import that was stopped is known by it and goes on."""
    is_log: bool = False
    """Whether it is a telephone log, whose columns are known and cannot be mapped."""
    unknown: tuple[UnknownValue, ...] = ()
    """What its first rows name that the workspace does not have, each as often as it stands there."""


def preview(session: Session, paths: Sequence[Path], options: ImportOptions) -> tuple[Preview, ...]:
    """Read files through and say what each seems to be, in this order; nothing is written.

    A table without a column of numbers or addresses is shown all the same, since one of its columns may be mapped to
    them. Raises Unreadable, Refused; Invalid for any other option that cannot be.
    """
    session.check(Permission.IMPORT)
    try:
        return _previewed(session, paths, options)
    except Invalid as error:
        if error.field != "map":
            raise
    return tuple(each for path in paths for each in _previewed_alone(session, path, options))


def _previewed(session: Session, paths: Sequence[Path], options: ImportOptions) -> tuple[Preview, ...]:
    return tuple(_preview(session, file, options) for file in prepare(session, paths, options))


def _previewed_alone(session: Session, path: Path, options: ImportOptions) -> tuple[Preview, ...]:
    """A file among whose columns no number may be found, with what was mapped of those that it has."""
    (sheet, *_others) = open_sheets(path, Reading.of(options))
    own = replace(options, mapping=own_columns(sheet, options.mapping))
    try:
        return _previewed(session, (path,), own)
    except Invalid as error:
        if error.field != "map":
            raise
    return (_as_it_stands(session, sheet, own),)


def _preview(session: Session, file: PreparedFile, options: ImportOptions) -> Preview:
    doubts = doubts_of(session, (file,), options)
    return Preview(
        file.path,
        _columns(file.sheet, file.mapping),
        file.row_count,
        file.recognised(),
        file.notes(),
        doubts,
        sheets=_sheets(file.sheet),
        remembered=file.remembered,
        is_log=file.calls is not None,
        unknown=_unknown(session, file),
    )


def _as_it_stands(session: Session, sheet: Sheet, options: ImportOptions) -> Preview:
    mapping = recognise_sheet(session, sheet, options.mapping, rules_of(session, options))
    return Preview(
        sheet.path,
        _columns(sheet, mapping),
        0,
        sheet.recognised().words(),
        tuple(sheet.notes),
        (*sheet.doubts, *mapping.doubts),
        reachable=False,
        sheets=_sheets(sheet),
    )


def _columns(sheet: Sheet, mapping: ColumnMapping) -> tuple[PreviewColumn, ...]:
    columns: list[PreviewColumn] = []
    for place, (title, target) in enumerate(zip(sheet.titles, mapping.targets, strict=True)):
        cells = (row.cells[place] for row in sheet.sample if not is_blank(row.cells[place]))
        columns.append(PreviewColumn(title, target, tuple(dict.fromkeys(cells))[:EXAMPLES]))
    return tuple(columns)


def _unknown(session: Session, file: PreparedFile) -> tuple[UnknownValue, ...]:
    """What owners, states and needs are called in the file and not in the workspace; the most frequent first."""
    if file.calls is not None:
        return ()
    known = session.definitions
    needs = Needs(known.needs)
    is_unknown: dict[str, Callable[[str], bool]] = {
        OWNER: lambda words: find_colleague(known.active_colleagues, words) is None,
        STATUS: partial(is_unknown_status, known.open_statuses),
        NEED: lambda words: needs.of(words).need_id is None,
    }
    places = [(place, key) for place, key in enumerate(file.mapping.targets) if key in is_unknown]
    named = Counter(
        (key, words)
        for row in islice(file.sheet.rows if places else (), _ROWS_LOOKED_AT)
        for place, key in places
        if (words := clean(row.cells[place]))
    )
    return tuple(
        UnknownValue(key, words, count, file.values.get(words, ""))
        for (key, words), count in named.most_common()
        if is_unknown[key](words)
    )[:MOST_UNKNOWN]


def _sheets(sheet: Sheet) -> tuple[str, ...]:
    return (sheet.sheet_name, *sheet.other_sheets) if sheet.other_sheets else ()
