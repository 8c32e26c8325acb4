"""What a file seems to be, before anything of it is imported: what a person looks at who decides where its columns go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leadtui.domain.importing import ImportOptions
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid
from leadtui.services.importing.columns import ColumnMapping
from leadtui.services.importing.doubt import Doubt
from leadtui.services.importing.preparing import PreparedFile, prepare, recognise_sheet, rules_of
from leadtui.services.importing.rows import is_blank
from leadtui.services.importing.running import doubts_of
from leadtui.services.importing.sheet import Reading, Sheet, open_sheets
from leadtui.services.session import Session

EXAMPLES = 3
"""Cells of a column that are shown of it."""


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """A column: its title, where it goes ("" where no field is meant), and what its first cells hold."""

    title: str
    target: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be imported."""

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


def preview(session: Session, path: Path, options: ImportOptions) -> Preview:
    """Read the file through and say what it seems to be; nothing is written.

    A table without a column of numbers or addresses is shown all the same, since one of its columns may be mapped to
    them. Raises Unreadable, Refused; Invalid for any other option that cannot be.
    """
    session.check(Permission.IMPORT)
    try:
        files = prepare(session, (path,), options)
    except Invalid as error:
        if error.field != "map":
            raise
        return _as_it_stands(session, path, options)
    (file, *_others) = files
    return _previewed(file, doubts_of(session, files, options))


def _previewed(file: PreparedFile, doubts: tuple[Doubt, ...]) -> Preview:
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
    )


def _as_it_stands(session: Session, path: Path, options: ImportOptions) -> Preview:
    (sheet, *_others) = open_sheets(path, Reading.of(options))
    mapping = recognise_sheet(session, sheet, options.mapping, rules_of(session, options))
    return Preview(
        path,
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


def _sheets(sheet: Sheet) -> tuple[str, ...]:
    return (sheet.sheet_name, *sheet.other_sheets) if sheet.other_sheets else ()
