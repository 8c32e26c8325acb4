"""The notes in which an import keeps what no field takes: columns without a field, and people who share a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from leadtui.domain.follow_up import NOTE_LIMIT
from leadtui.domain.lead_fields import NAME, PHONE, PHONE_OTHER
from leadtui.language.text import clean, clean_multiline
from leadtui.language.translate import _, pgettext
from leadtui.services.formula_guard import unguarded
from leadtui.services.importing.account import Places
from leadtui.services.importing.cell_fates import Why
from leadtui.services.importing.rows import is_blank, plain
from leadtui.services.importing.titles import PARTS


def kept_columns(places: Places, cells: Sequence[str]) -> str:
    """What a row says in columns that no field is meant for, a line each; "" where that is nothing."""
    if "" not in places.targets and len(cells) <= len(places.titles):
        return ""  # a million rows come through here
    said = "\n".join(
        _said(places, column, cells) for column in _filled(cells) if places.why_unused(column) is Why.UNUSED
    )
    return pgettext("pattern", "Import: {said}").format(said=said) if said else ""


def another_person(places: Places, cells: Sequence[str], name: str) -> str:
    """Everything that a row says about another person than the customer who has their number or address."""
    said = (
        _said(places, column, cells)
        for column in _filled(cells)
        if places.why_unused(column) in (None, Why.UNUSED) and not _is_said(places, column, cells, name)
    )
    heading = _("Import: another person with the same number or address: {name}").format(name=name)
    return "\n".join((heading, *said))


def parts(note: str) -> Iterator[str]:
    """A note in pieces that one entry of a timeline takes."""
    rest = clean_multiline(note)
    if len(rest) <= NOTE_LIMIT:
        yield from filter(None, (rest,))
        return
    while rest:
        piece = clean_multiline(rest, max_length=NOTE_LIMIT)
        if len(piece) < len(rest):
            between_words = max(piece.rfind(" "), piece.rfind("\n"))
            piece = piece[:between_words] if between_words > 0 else piece
        yield piece
        rest = rest[len(piece) :].lstrip()


def _filled(cells: Sequence[str]) -> Iterable[int]:
    return (column for column, cell in enumerate(cells) if cell and not is_blank(cell))


def _said(places: Places, column: int, cells: Sequence[str]) -> str:
    title, cell = clean(places.title(column)), clean(plain(unguarded(cells[column])))
    return pgettext("pattern", "{title}: {cell}").format(title=title, cell=cell)


def _is_said(places: Places, column: int, cells: Sequence[str], name: str) -> bool:
    """Whether a cell is the number that both have, or what the other person is called."""
    target = places.targets[column] if column < len(places.targets) else ""
    if target in (NAME, *PARTS[NAME]):
        return clean(cells[column]) in name
    return target in (PHONE, PHONE_OTHER)
