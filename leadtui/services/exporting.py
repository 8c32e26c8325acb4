"""Export customers: as a table for people, as one that can be imported again, as a workbook, or as visiting cards."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from leadtui.domain.audit import AuditKind, ExportedNumbers, done
from leadtui.domain.lead_fields import COMPANY, NOTE, LeadField, export_fields
from leadtui.domain.permission import SEE_LEADS, Permission
from leadtui.domain.view import View
from leadtui.domain.visibility import is_within
from leadtui.errors import Invalid, Refused
from leadtui.language.text import safe
from leadtui.language.translate import _, counted
from leadtui.services.atomic_file import atomic_file
from leadtui.services.export_columns import Customer, ExportColumn, ExportOptions, Wording, columns_of
from leadtui.services.export_formats import write_csv, write_workbook
from leadtui.services.importing.titles import Target, exact_meaning
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Interrupted, Interruption, Session
from leadtui.services.transaction import Transaction
from leadtui.services.visiting_cards import Cards
from leadtui.store import activities, definitions, leads
from leadtui.store.own_desk import filter_text

__all__ = [
    "AT_ONCE",
    "ExportColumn",
    "ExportFormat",
    "ExportOptions",
    "columns_of",
    "export",
    "export_file",
    "format_of",
    "suggested_name",
]

AT_ONCE = 500
"""Customers that are read in one go: between two of them an export can be stopped."""

MOST_ROWS_OF_A_SHEET = 1_048_575
"""The rows of a sheet without its titles (ECMA-376, part 1, 18.3.1.73)."""

Progress = Callable[[int, int], None]
"""Told how many customers are written, and how many there are."""


class ExportFormat(StrEnum):
    """How customers are written; the value is also the ending of the file's name."""

    CSV = "csv"
    XLSX = "xlsx"
    VCARD = "vcf"


def format_of(path: Path, named: str = "") -> ExportFormat:
    """The format that was named, else that of the file's ending. Raises Invalid where it is none."""
    wanted = (named or path.suffix.removeprefix(".")).casefold()
    for each in ExportFormat:
        if each.value == wanted:
            return each
    raise Invalid(
        _("“{format}” is no format to export to; there are csv, xlsx and vcf.").format(format=safe(wanted)),
        "format",
    )


def export(
    session: Session,
    chosen: View | Sequence[int],
    format_: ExportFormat,
    stream: IO[bytes],
    options: ExportOptions | None = None,
    *,
    progress: Progress | None = None,
    interruption: Interruption | None = None,
) -> int:
    """Write the customers of a view, or those with these ids, in their order; return how many.

    What the person may not see – customers, numbers – is not written. Memory does not grow with the customers. What a
    stream has taken nobody takes back: the audit tells of it before the first customer is written.
    Raises Refused, Invalid where a column is none or a sheet cannot hold so many rows, and Interrupted where
    `interruption` asked for that.
    """
    export = _Export(session, chosen, format_, options or ExportOptions(), interruption)
    export.tell_audit("", len(export.ids))
    return export.write(stream, progress)


def export_file(
    session: Session,
    chosen: View | Sequence[int],
    path: Path,
    options: ExportOptions | None = None,
    *,
    view: View | None = None,
    format_: ExportFormat | None = None,
    force: bool = False,
    progress: Progress | None = None,
    interruption: Interruption | None = None,
) -> int:
    """As `export`, into a file that is there whole or not at all: only once the audit tells of it.

    `view` is what the ids are all of, for the audit. Raises also Refused where the file cannot be written, FileIsThere
    where it is there and `force` does not say to replace it.
    """
    session.check(Permission.EXPORT)
    format_ = format_ or format_of(path)
    with atomic_file(path, force=force) as stream:
        export = _Export(session, chosen, format_, options or ExportOptions(), interruption, view)
        count = export.write(stream, progress)
        if interruption is not None and interruption.asked:
            raise Interrupted
        export.tell_audit(str(path.expanduser().absolute()), count)
        return count


class _Export:
    """One export: which customers, in which order and how."""

    def __init__(
        self,
        session: Session,
        chosen: View | Sequence[int],
        format_: ExportFormat,
        options: ExportOptions,
        interruption: Interruption | None = None,
        view: View | None = None,
    ) -> None:
        """Raises Refused, and Invalid where a column is none or a sheet cannot hold so many rows."""
        session.check(Permission.EXPORT)
        self._session = session
        self._format = format_
        self._options = options
        self._interruption = interruption
        self._view = chosen if isinstance(chosen, View) else view
        self._columns = columns_of(session, options)
        self._as_cards = format_ is ExportFormat.VCARD
        self.ids = (
            LeadList(session).order(chosen, interruption) if isinstance(chosen, View) else array("q", chosen)
        )
        if format_ is ExportFormat.XLSX and len(self.ids) > MOST_ROWS_OF_A_SHEET:
            raise Invalid(
                _("A sheet holds {most} customers at most; narrow them down, or export to CSV.").format(
                    most=counted(MOST_ROWS_OF_A_SHEET)
                ),
                "format",
            )

    def write(self, stream: IO[bytes], progress: Progress | None) -> int:
        """Write the customers; return how many."""
        session, columns, options = self._session, self._columns, self._options
        counting = _Counting(len(self.ids), progress, self._interruption)
        with_notes = self._as_cards or any(each.key == NOTE for each in columns)
        with_sharing = any(each.key == Target.SHARED_NUMBERS for each in columns)
        asked = frozenset(each.status_id for each in columns if each.status_id is not None)
        customers = counting.count(
            _read(session, self.ids, with_notes=with_notes, with_sharing=with_sharing, asked=asked)
        )
        wording = Wording(session, options)
        if self._as_cards:
            _cards(session, wording).write(stream, customers)
        elif self._format is ExportFormat.CSV:
            write_csv(stream, columns, customers, wording, options)
        else:
            write_workbook(stream, columns, customers, wording, options, session.workspace.language)
        return counting.done

    def tell_audit(self, file: str, count: int) -> None:
        """Let the audit tell of so many customers in the file, "" for a stream."""
        view = self._view or View()
        with self._session.write(Permission.EXPORT, SEE_LEADS, tells=True) as tx:
            tx.audit(
                done(
                    AuditKind.EXPORT,
                    title=Path(file).name,
                    file=file,
                    customers=count,
                    format=self._format,
                    find=view.find,
                    filter=filter_text(view.filter),
                    board=view.listing is not None,
                    selected=self._view is None,
                    numbers=self._numbers(tx),
                )
            )

    def _numbers(self, tx: Transaction) -> ExportedNumbers:
        if not self._as_cards and not any(each.is_telephone for each in self._columns):
            return ExportedNumbers.NONE
        if tx.visibility.reached is None:
            return ExportedNumbers.ALL
        return ExportedNumbers.OWN if tx.visibility.reached else ExportedNumbers.NONE


def _cards(session: Session, wording: Wording) -> Cards:
    with session.read(Permission.EXPORT) as tx:
        made_at = definitions.made_at(tx)
    return Cards(wording, f"leadtui:{made_at.isoformat()}:{session.workspace.id}", _company(session))


def _company(session: Session) -> LeadField | None:
    """The field of the workspace's own that says for whom customers work: by its key, else by its title."""
    own = [each for each in export_fields(session.definitions) if each.own is not None]
    keyed = (each for each in own if each.plain_key == COMPANY)
    meant = (each for each in own if (meaning := exact_meaning(each.title)) and meaning.target == COMPANY)
    return next(chain(keyed, meant), None)


def _read(
    session: Session, ids: Sequence[int], *, with_notes: bool, with_sharing: bool, asked: Collection[int]
) -> Iterator[Customer]:
    """The customers with all their numbers and what statuses `asked`, as the person may see them.

    Who has gone, or may not be exported, is left out.

    Raises Refused where the person may no longer, or sees less than at the beginning.
    """
    seen = None
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with session.read(Permission.EXPORT, SEE_LEADS) as tx:
            exported = tx.reach(Permission.EXPORT)
            seen = seen or (tx.visibility, exported)
            if (tx.visibility, exported) != seen:
                raise Refused(
                    _("What you may see was changed meanwhile, so that nothing was exported; begin again.")
                )
            found = leads.whole_leads(tx, set(some), asked)
            noted = activities.notes(tx, some) if with_notes else {}
            numbers = {each.e164 for lead in found.values() for each in lead.numbers} if with_sharing else ()
            holders = leads.holders_of_numbers(tx, numbers)
        for each in some:
            lead = found.get(each)
            if lead is None or not is_within((lead.owner_id,), exported):
                continue
            if tx.visibility.can_see(lead.owner_id):
                written = (tx.show_activity(one, lead.owner_id) for one in noted.get(each, ()))
                shown = tx.show(lead)
                shared = (one.e164 for one in shown.numbers if len(holders.get(one.e164, ())) > 1)
                yield Customer(shown, tuple(one.detail.text for one in written), tuple(shared))


class _Counting:
    """Counts customers on their way, tells how far it is, and stops where that was asked."""

    def __init__(self, total: int, progress: Progress | None, interruption: Interruption | None) -> None:
        self.done = 0
        self._total = total
        self._progress = progress
        self._interruption = interruption

    def count(self, customers: Iterator[Customer]) -> Iterator[Customer]:
        for customer in customers:
            if self.done % AT_ONCE == 0:
                self._tell()
            self.done += 1
            yield customer
        self._tell()

    def _tell(self) -> None:
        if self._interruption is not None and self._interruption.asked:
            raise Interrupted
        if self._progress is not None:
            self._progress(self.done, self._total)


def suggested_name(session: Session, format_: ExportFormat) -> str:
    """A name for the file: that it is customers, and the day on which they were like that."""
    day: datetime = session.now().astimezone(UTC).astimezone(ZoneInfo(session.workspace.zone))
    return f"customers-{day:%Y-%m-%d}.{format_.value}"
