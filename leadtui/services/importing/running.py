"""Import files: everything is recognised first, then written chunk by chunk, and reported in the end."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from leadtui.domain.audit import AuditKind, done
from leadtui.domain.distribution import Distributor
from leadtui.domain.field import FormatContext
from leadtui.domain.importing import Counts, ImportBatch, ImportOptions, Outcome
from leadtui.domain.lead_fields import PHONE, PHONE_OTHER
from leadtui.domain.permission import Permission
from leadtui.domain.preferences import Preferences
from leadtui.errors import Conflict, Refused
from leadtui.language.text import clean, search_key
from leadtui.language.translate import _, counted, ngettext, pgettext
from leadtui.services import presence
from leadtui.services.distributing import distributor
from leadtui.services.importing.account import Account, CellFate
from leadtui.services.importing.cell_fates import Why
from leadtui.services.importing.channels_and_needs import Channels, Needs
from leadtui.services.importing.cleaning import Cleaner
from leadtui.services.importing.doubt import Doubt
from leadtui.services.importing.imported_lead import (
    ImportedLead,
    Reason,
    RejectedRow,
    RowReader,
    rejected,
)
from leadtui.services.importing.preparing import PreparedFile, prepare
from leadtui.services.importing.report import ImportReport, ReasonCount, WentOn, cells_file, rejects_file
from leadtui.services.importing.standing import StandingReader, require_colleague
from leadtui.services.importing.telephone_log import CallReader
from leadtui.services.importing.titles import TARGETS, closed_targets
from leadtui.services.importing.values import ValueReader
from leadtui.services.importing.writing import Setting, Written, write_arrivals, write_outgoing
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import imports
from leadtui.store.imports import ImportRow, RowCount

CHUNK_ROWS = 20_000
"""Rows of one transaction: what is written into the same page is written at once."""

ROWS_BESIDE_DESKS = 5_000
"""The most of them where somebody has a desk open: saves wait no longer than these take."""

_FIRST_ROWS = 5_000
"""So many tell what a file leaves open before it is imported."""

Progress = Callable[[int, int], None]
"""Told how many rows are done, and how many there are."""


def import_files(
    session: Session,
    paths: Sequence[Path],
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> tuple[ImportReport, ...]:
    """Import files in this order and report on each.

    All files are opened and read through before the first row is written: where one of them, or an option, cannot
    be used, Unreadable, Invalid or Refused is raised and nothing has changed. Rows are then written chunk by
    chunk, each whole or not at all. An import that was stopped goes on after its last chunk where the same person
    imports the same file again by the same options; and a row that was imported before is told by no timeline
    again. Raises Conflict where the same import goes on in another program, or was taken back meanwhile.
    """
    session.check(Permission.IMPORT)
    options = options or ImportOptions()
    options = replace(
        options,
        mapping={clean(title): clean(to) for title, to in options.mapping.items()},
        values={clean(words): clean(meant) for words, meant in options.values.items()},
    )
    files = prepare(session, paths, options)
    if options.strict:
        _require_certain([_Run(session, file, options, set()) for file in files])
    rejects_to = rejects_file(
        options.rejects, paths, [file.sheet.titles for file in files], force=options.force
    )
    cells_to = cells_file(options.report, paths, force=options.force)
    steps = _Steps(progress, sum(file.row_count for file in files))
    with (
        rejects_to as rejects,
        cells_to as cells,
        _place_to_write(session, options) as place,
        _without_collecting(),
    ):
        begun = set[int]()
        runs = [_Run(place, file, options, begun) for file in files]
        for index, run in enumerate(runs):
            for done in run.write_arrivals():
                rejects.add(index, run.file.name, done.rejected)
                cells.add(run.file.name, run.cells_of(done))
                steps.add(done.row_count)
        # Who was rung may be a customer by a later row, or by another of the files.
        for run in runs:
            for done in run.write_outgoing():
                cells.add(run.file.name, run.cells_of(done))
                steps.add(done.row_count)
        _end(place, runs)
    if not options.dry_run:
        session.reload_definitions()
    return tuple(run.report() for run in runs)


def find_doubts(session: Session, paths: Sequence[Path], options: ImportOptions) -> tuple[Doubt, ...]:
    """What the files leave open, as far as their first rows tell; nothing is written. Raises as `import_files`."""
    return doubts_of(session, prepare(session, paths, options), options)


def doubts_of(session: Session, files: Sequence[PreparedFile], options: ImportOptions) -> tuple[Doubt, ...]:
    """The same of files that are prepared already."""
    found = (each for file in files for each in _Run(session, file, options, set()).find_doubts(_FIRST_ROWS))
    return tuple({(each.about, each.column): each for each in found}.values())


def _require_certain(runs: Sequence[_Run]) -> None:
    """Raises Refused where a file leaves anything open."""
    doubts = [each for run in runs for each in run.find_doubts(None)]
    if doubts:
        said = " ".join(dict.fromkeys(each.sentence() for each in doubts))
        raise Refused(_("Nothing was imported, for something is doubtful. {doubts}").format(doubts=said))


MOST_LISTED = 1_000
"""Imports."""


def list_imports(session: Session) -> tuple[ImportBatch, ...]:
    """The newest imports of the workspace, the last one first; one without an end was stopped."""
    with session.read(Permission.IMPORT) as tx:
        return imports.batches(tx, MOST_LISTED)


class _Run:
    """One file on its way into the store."""

    def __init__(self, session: Session, file: PreparedFile, options: ImportOptions, begun: set[int]) -> None:
        """`begun` are the batches of this import; one file may be named twice."""
        self.file = file
        self._session = session
        self._options = options
        self._begun = begun
        self._setting: Setting | None = None
        self._rows: RowReader | None = None
        self._stopped: ImportBatch | None = None
        self._to_pass = 0
        self._counts = Counts()
        self._reasons: Counter[Reason] = Counter()
        self._row_counts: Counter[RowCount] = Counter()
        self._values = ValueReader(file.rules, file.styles, session.workspace.zone)
        self._places = file.places(drop=options.drop)
        self._account = Account(self._places)

    @property
    def batch_id(self) -> int | None:
        """The import's number in the store, once it has begun."""
        return None if self._setting is None else self._setting.batch_id

    def write_arrivals(self) -> Iterator[_Done]:
        """Write everybody who came in, chunk by chunk."""
        setting = self._setting = self._begin()
        self._rows = self._reader(setting)
        return self._write(setting, self._rows.arrivals(self.file.sheet), write_arrivals)

    def find_doubts(self, row_count: int | None) -> tuple[Doubt, ...]:
        """What the file leaves open, as far as its first rows tell; nothing is written."""
        reader = self._reader(self._setting_of(0, self._session.now(), self._format_context()))
        rows = reader.arrivals(self.file.sheet)
        deque(islice(rows, row_count), maxlen=0)
        return self._doubts()

    def _reader(self, setting: Setting) -> RowReader:
        """What makes leads of the rows."""
        file, options = self.file, self._options
        self._values = ValueReader(file.rules, file.styles, setting.context.zone)
        standings = self._standings(setting)
        if file.calls is not None:
            return CallReader(
                file.calls,
                setting.context.region,
                self._values,
                standings.read({}, 0, []),
                options.area_code,
                options.channel,
            )
        return Cleaner(
            file.mapping,
            self._places,
            {key: replace(field, required=False) for key, field in setting.fields.items()},
            setting.context,
            self._values,
            standings,
            options.area_code,
            options.channel,
            {search_key(words): meant for words, meant in file.values.items()},
        )

    def _doubts(self) -> tuple[Doubt, ...]:
        in_cells = self._values.tally.doubts(self._titles())
        return (*self.file.sheet.doubts, *self.file.mapping.doubts, *in_cells)

    def write_outgoing(self) -> Iterator[_Done]:
        """Write the calls that the desk made."""
        if self._setting is None or self._rows is None:
            return iter(())
        return self._write(self._setting, self._rows.outgoing(self.file.sheet), write_outgoing)

    def cells_of(self, done: _Done) -> Iterator[CellFate]:
        """The cells of rows that are done which were not plainly taken."""
        return self._account.cells(done.rows, done.refused)

    def report(self) -> ImportReport:
        """What became of the file."""
        written = self._setting is not None and not self._options.dry_run
        return ImportReport(
            file=str(self.file.path),
            batch_id=self._setting.batch_id if self._setting and written else None,
            recognised=(*self.file.recognised(), self._numbers_of()),
            mapping=self.file.mapped(),
            unused=self.file.unused(),
            columns=self._account.columns(),
            counts=self._counts,
            sharing=self._row_counts[RowCount.SHARING],
            reasons=tuple(ReasonCount(reason, count) for reason, count in self._reasons.most_common()),
            notes=(
                *self.file.notes(),
                *self._note_on_region(),
                *(each.sentence() for each in (*self.file.sheet.doubts, *self.file.mapping.doubts)),
                *self._note_on_sharing(),
                *self._note_on_erased(),
                *self._values.tally.sentences(self._titles()),
            ),
            doubts=self._doubts(),
            values=self._values.tally,
            titles=self._titles(),
            went_on=None
            if self._stopped is None
            else WentOn(self._stopped.counts.read + 1, self._stopped.started_at),
        )

    def _note_on_sharing(self) -> Iterator[str]:
        if self._row_counts[RowCount.SHARING]:
            words = ngettext(
                "{n} new customer shares a number or an address with another person.",
                "{n} new customers share a number or an address with another person.",
                self._row_counts[RowCount.SHARING],
            )
            yield words.format(n=counted(self._row_counts[RowCount.SHARING]))
        if self._row_counts[RowCount.OF_SEVERAL]:
            words = ngettext(
                "{n} call was of a number that several customers share; it stands with whom somebody spoke with last.",
                "{n} calls were of numbers that several customers share; each stands with whom somebody spoke with last.",
                self._row_counts[RowCount.OF_SEVERAL],
            )
            yield words.format(n=counted(self._row_counts[RowCount.OF_SEVERAL]))

    def _note_on_erased(self) -> tuple[str, ...]:
        if not self._row_counts[RowCount.RETURNED]:
            return ()
        words = ngettext(
            "{n} customer has the number of somebody who was erased; one that was forbidden is on the do-not-call list again.",
            "{n} customers have numbers of people who were erased; those that were forbidden are on the do-not-call list again.",
            self._row_counts[RowCount.RETURNED],
        )
        return (words.format(n=counted(self._row_counts[RowCount.RETURNED])),)

    def _titles(self) -> dict[str, str]:
        """The column of each field."""
        mapping = self.file.mapping
        return dict(zip(mapping.targets, mapping.titles, strict=True))

    def _numbers_of(self) -> str:
        """By which country's rules numbers without a country code were read: some are valid in two."""
        region = self._options.region or self._session.workspace.region
        return pgettext("recognised", "numbers of {region}").format(region=region.upper())

    def _note_on_region(self) -> tuple[str, ...]:
        """Where most numbers are none, they are likely another country's than the workspace's."""
        if self._setting is None or self._options.region:
            return ()
        phones = [each for each in self._account.columns() if each.target in (PHONE, PHONE_OTHER)]
        unread = sum(each.whys.get(Why.NUMBER, 0) for each in phones)
        filled = sum(each.filled for each in phones)
        if self._reasons[Reason.UNUSABLE_CONTACT] * 2 < self._counts.read and unread * 2 < max(filled, 1):
            return ()
        words = _(
            "Numbers without a country code were read as numbers of {region}; "
            "where they are another country's, name it with --region."
        )
        return (words.format(region=self._setting.context.region),)

    def _begin(self) -> Setting:
        """Note that the import of the file begins, or go on with one that was stopped."""
        session, file = self._session, self.file
        context = self._format_context()
        options = {**self._options.to_json(), "reading": self._way_of_reading(context)}
        with session.write(Permission.IMPORT) as tx:
            stopped = imports.find_stopped(tx, tx.actor.id, file.digest, options, self._begun)
            # Rows without a date came in when their import began, whenever they are written.
            now = tx.now if stopped is None else stopped.started_at
            batch_id = (
                imports.start(tx, tx.actor.id, file.name, file.digest, options, now)
                if stopped is None
                else stopped.id
            )
            if stopped is None:
                tx.audit(done(AuditKind.IMPORT, subject_id=batch_id, title=file.name, rows=file.row_count))
            if file.given or self._options.values:
                values = {f"{imports.OF_A_VALUE}{words}": meant for words, meant in file.values.items()}
                imports.keep_layout(tx, file.layout, {**file.remembered, **file.given, **values}, now)
        self._begun.add(batch_id)
        if stopped is not None and stopped.counts.read:
            self._stopped, self._counts, self._to_pass = stopped, stopped.counts, stopped.counts.read
        return self._setting_of(batch_id, now, context)

    def _setting_of(self, batch_id: int, now: datetime, context: FormatContext) -> Setting:
        session = self._session
        return Setting(
            session=session,
            batch_id=batch_id,
            source=self.file.name,
            now=now,
            duplicates=self._options.duplicates,
            same_number=self._options.same_number,
            channels=Channels(self.file.channel),
            needs=Needs(session.definitions.needs),
            fields={field.key: field for field in session.definitions.open_fields},
            context=context,
            places=self._places,
        )

    def _format_context(self) -> FormatContext:
        return replace(
            self._session.format_context(),
            region=(self._options.region or self._session.workspace.region).upper(),
            calendar=self._session.workspace.calendar,
        )

    def _way_of_reading(self, context: FormatContext) -> str:
        """A digest of how the file is read: where that has changed, its first rows have to be read anew, too."""
        fields = [(each.key, each.kind.value, each.options) for each in self._session.definitions.open_fields]
        file = self.file
        where = (context.region, context.zone, context.calendar.value, file.calls is not None)
        what = (dict(file.styles) or None, file.channel.value, fields)
        words = f"({repr(where)[1:-1]}, {_as_begun(file.mapping.targets)}, {repr(what)[1:-1]})"
        return hashlib.blake2b(words.encode(errors="surrogatepass"), digest_size=12).hexdigest()

    def _standings(self, setting: Setting) -> StandingReader:
        known, actor = self._session.definitions, self._session.actor
        owner = self._options.owner
        return StandingReader(
            known,
            actor,
            setting.now,
            self._values,
            require_colleague(known, actor, owner) if owner else None,
            self._distributor(),
        )

    def _distributor(self) -> Distributor | None:
        words = self._options.distribution
        if words is None:
            return None
        with self._session.read(Permission.TRANSFER) as tx:
            return distributor(tx, words)

    def _write(
        self, setting: Setting, rows: Iterator[ImportedLead | RejectedRow], write: _WriteRows
    ) -> Iterator[_Done]:
        """Write rows a chunk in a transaction, which also counts them: a stopped import tells how far it came."""
        yield from self._pass_over(setting, rows)
        while chunk := list(islice(rows, self._rows_at_once())):
            with self._session.write(Permission.IMPORT) as tx:
                self._require_same_fields(tx, setting)
                written = write(tx, setting, chunk)
                counts = self._counts + written.counts
                imports.advance(tx, setting.batch_id, self._counts.read, counts)
            self._counts = counts
            self._row_counts.update(written.row_counts)
            yield self._done(len(chunk), written.rows, written.rejected_rows)

    def _rows_at_once(self) -> int:
        return min(CHUNK_ROWS, ROWS_BESIDE_DESKS) if presence.is_anybody_here(self._session) else CHUNK_ROWS

    def _require_same_fields(self, tx: Transaction, setting: Setting) -> None:
        """Rows that were read by what fields were are not written once they are not. Raises Conflict."""
        if not closed_targets(tx.definitions).keys().isdisjoint(self.file.mapping.targets):
            raise Refused(
                _("What you may change was changed meanwhile, so that the import stopped; begin again.")
            )
        present = {each.key: each for each in tx.definitions.open_fields}
        for key in setting.fields.keys() & set(self.file.mapping.targets):
            was, now = setting.fields[key], present.get(key)
            if now is None or (now.kind, now.options) != (was.kind, was.options):
                raise Conflict(
                    _("Somebody changed the field “{field}” in the meantime; import {file} again.").format(
                        field=was.title, file=self.file.name
                    )
                )

    def _pass_over(self, setting: Setting, rows: Iterator[ImportedLead | RejectedRow]) -> Iterator[_Done]:
        """Go past the rows that were written before the import was stopped; what became of them is told again."""
        while self._to_pass and (chunk := list(islice(rows, min(CHUNK_ROWS, self._to_pass)))):
            self._to_pass -= len(chunk)
            with self._session.read(Permission.IMPORT) as tx:
                became = imports.rows_between(tx, setting.batch_id, chunk[0].line, chunk[-1].line)
            standing, refused = list[ImportedLead](), list[RejectedRow]()
            for row in chunk:
                kept = became.get(row.line)
                if isinstance(row, RejectedRow):
                    refused.append(row)
                elif kept is not None and kept.outcome is Outcome.SKIPPED:
                    refused.append(rejected(row.line, row.cells, Reason.UNKNOWN_NUMBER))
                else:
                    row.whys = {**row.whys, **_kept_whys(kept)}
                    standing.append(row)
                if kept is not None and kept.before:
                    self._row_counts.update({each: kept.before.get(each.value, 0) for each in RowCount})
            yield self._done(len(chunk), standing, refused)

    def _done(self, row_count: int, rows: Sequence[ImportedLead], refused: Sequence[RejectedRow]) -> _Done:
        self._reasons.update(row.reason for row in refused)
        self._account.add(rows, refused)
        return _Done(row_count, rows, refused)


def _kept_whys(kept: ImportRow | None) -> dict[int, Why]:
    """Why cells of a row were not plainly taken, as far as only its writing could tell."""
    fates = (kept.before or {}).get(imports.FATES, ()) if kept is not None else ()
    return {column: Why(why) for column, why in fates}


def _as_begun(targets: Sequence[str]) -> str:
    """Where columns go, in the form by whose digest an import that was stopped has been known since the first release."""
    written = [f"<Target.{each.upper()}: '{each}'>" if each in TARGETS else repr(each) for each in targets]
    return f"({', '.join(written)}{',' if len(written) == 1 else ''})"


class _Done(NamedTuple):
    """So many more rows are done: those that stand for somebody, and those that are rejected or skipped."""

    row_count: int
    rows: Sequence[ImportedLead]
    refused: Sequence[RejectedRow]

    @property
    def rejected(self) -> list[RejectedRow]:
        """The rows that might be mended and imported again."""
        return [row for row in self.refused if row.reason.outcome is Outcome.REJECTED]


def _end(session: Session, runs: Sequence[_Run]) -> None:
    """Note that every row of every file has been written: of all at once, so that none is taken for another import."""
    batch_ids = [run.batch_id for run in runs if run.batch_id is not None]
    with session.write(Permission.IMPORT) as tx:
        imports.end(tx, batch_ids, tx.now)


_WriteRows = Callable[[Transaction, Setting, Sequence[ImportedLead | RejectedRow]], Written]


class _Steps:
    """Tells how far the import has come."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        self.add(0)

    def add(self, rows: int) -> None:
        """So many more rows are done."""
        self._done += rows
        if self._progress is not None:
            self._progress(self._done, self._total)


@contextmanager
def _without_collecting() -> Generator[None]:
    """Pause the search for unreachable cycles: rows make none, and walking a chunk over and over costs a sixth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def _place_to_write(session: Session, options: ImportOptions) -> Generator[Session]:
    """The session itself, or for a dry run one on a copy of its store."""
    if not options.dry_run:
        yield session
        return
    with session.store.dry_run() as store:
        yield Session(
            store,
            session.definitions,
            session.actor.id,
            session.now,
            preferences=Preferences(session.language, session.calendar),
            proven=session.proven,
        )
