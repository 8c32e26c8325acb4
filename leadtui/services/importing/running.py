"""Import files: everything is recognised first, then written chunk by chunk, and reported in the end."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from leadtui.domain.importing import Counts
from leadtui.domain.permission import Permission
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.services.desk import Desk
from leadtui.services.importing.channels_and_needs import Channels, Needs
from leadtui.services.importing.cleaning import CallCleaner, Cleaner
from leadtui.services.importing.incoming import Incoming, Reason, Refusal
from leadtui.services.importing.options import ImportOptions
from leadtui.services.importing.preparing import PreparedFile, prepare
from leadtui.services.importing.rejects import RejectsFile
from leadtui.services.importing.report import ImportReport, ReasonCount
from leadtui.services.importing.writing import Setting, Written, write_arrivals, write_outgoing
from leadtui.store import imports
from leadtui.store.rehearsal import rehearsal

CHUNK_ROWS = 5_000
"""Rows of one transaction: other people's saves wait no longer than these take."""

Progress = Callable[[int, int], None]
"""Told how many rows are done, and how many there are."""


def import_files(
    desk: Desk,
    paths: Sequence[Path],
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> tuple[ImportReport, ...]:
    """Import files in this order and report on each.

    All files are opened and read through before the first row is written: where one of them, or an option, cannot
    be used, Unreadable, Invalid or Refused is raised and nothing has changed. Rows are then written chunk by
    chunk, each whole or not at all, and a row that was imported before is told by no timeline again: an import
    that was stopped is simply run again.
    """
    desk.require(Permission.IMPORT)
    options = options or ImportOptions()
    options = replace(options, mapping={clean(title): clean(to) for title, to in options.mapping.items()})
    files = prepare(desk, paths, options)
    rejects = RejectsFile(options.rejects, paths, [file.sheet.titles for file in files])
    steps = _Steps(progress, sum(file.row_count for file in files))
    with rejects, _place_to_write(desk, options) as place, _without_collecting():
        runs = [_Run(place, file, options) for file in files]
        for index, run in enumerate(runs):
            for written in run.write_arrivals():
                rejects.add(index, run.file.name, written.rejected)
                steps.add(written.counts.read)
        # Who was rung may be a customer by a later row, or by another of the files.
        for run in runs:
            for written in run.write_outgoing():
                steps.add(written.counts.read)
            run.end()
    if not options.dry_run:
        desk.reload_definitions()
    return tuple(run.report() for run in runs)


class _Run:
    """One file on its way into the store."""

    def __init__(self, desk: Desk, file: PreparedFile, options: ImportOptions) -> None:
        self.file = file
        self._desk = desk
        self._options = options
        self._setting: Setting | None = None
        self._counts = Counts()
        self._reasons: Counter[Reason] = Counter()

    def write_arrivals(self) -> Iterator[Written]:
        """Write everybody who came in, chunk by chunk."""
        setting = self._setting = self._begin()
        if self.file.is_log:
            rows = self._calls(setting).incoming(self.file.sheet)
        else:
            rows = Cleaner(self.file.mapping, setting.fields, setting.surroundings).rows(self.file.sheet)
        return self._write(setting, rows, write_arrivals)

    def write_outgoing(self) -> Iterator[Written]:
        """Write the calls that the desk made, where the file is a telephone log."""
        if not self.file.is_log or self._setting is None:
            return iter(())
        rows = self._calls(self._setting).outgoing(self.file.sheet)
        return self._write(self._setting, rows, write_outgoing)

    def end(self) -> None:
        """Note that every row of the file has been written."""
        if self._setting is not None:
            with self._desk.store.write() as connection:
                workspace_id, now = self._desk.workspace.id, self._desk.now()
                imports.count(connection, workspace_id, self._setting.batch_id, self._counts, now)

    def report(self) -> ImportReport:
        """What became of the file."""
        written = self._setting is not None and not self._options.dry_run
        return ImportReport(
            file=str(self.file.path),
            batch_id=self._setting.batch_id if self._setting and written else None,
            recognised=(*self.file.recognised(), self._numbers_of()),
            mapping=self.file.mapped(),
            unused=self.file.unused(),
            counts=self._counts,
            reasons=tuple(ReasonCount(reason, count) for reason, count in self._reasons.most_common()),
            notes=(*self.file.notes(), *self._note_on_region()),
        )

    def _numbers_of(self) -> str:
        """By which country's rules numbers without a country code were read: some are valid in two."""
        region = self._options.region or self._desk.workspace.region
        return _("numbers of {region}").format(region=region.upper())

    def _note_on_region(self) -> tuple[str, ...]:
        """Where most numbers are none, they are likely another country's than the workspace's."""
        if self._setting is None or self._options.region:
            return ()
        if self._reasons[Reason.UNUSABLE_CONTACT] * 2 < self._counts.read:
            return ()
        words = _(
            "Numbers without a country code were read as numbers of {region}; "
            "where they are another country's, name it with --region."
        )
        return (words.format(region=self._setting.surroundings.region),)

    def _begin(self) -> Setting:
        """Note that the import of the file begins."""
        desk, file, now = self._desk, self.file, self._desk.now()
        workspace_id = desk.workspace.id
        with desk.store.write() as connection:
            batch_id = imports.start(
                connection, workspace_id, desk.actor.id, file.name, file.digest, self._options.to_json(), now
            )
            if file.given:
                imports.keep_layout(
                    connection, workspace_id, file.layout, {**file.remembered, **file.given}, now
                )
        dates = file.mapping.dates
        return Setting(
            desk=desk,
            batch_id=batch_id,
            source=file.name,
            now=now,
            duplicates=self._options.duplicates,
            channels=Channels(workspace_id, file.channel),
            needs=Needs(desk.definitions.needs),
            fields={field.key: field for field in desk.definitions.open_fields},
            surroundings=replace(
                desk.surroundings(),
                region=(self._options.region or desk.workspace.region).upper(),
                calendar=dates.calendar if dates else desk.workspace.calendar,
            ),
        )

    def _calls(self, setting: Setting) -> CallCleaner:
        return CallCleaner(setting.surroundings.region, setting.surroundings.zone)

    def _write(
        self, setting: Setting, rows: Iterator[Incoming | Refusal], write: _WriteRows
    ) -> Iterator[Written]:
        """Write rows a chunk in a transaction, which also counts them: a stopped import tells how far it came."""
        while chunk := list(islice(rows, CHUNK_ROWS)):
            with self._desk.store.write() as connection:
                written = write(connection, setting, chunk)
                counts = self._counts + written.counts
                imports.count(connection, self._desk.workspace.id, setting.batch_id, counts)
            self._counts = counts
            self._reasons.update(refusal.reason for refusal in written.refusals)
            yield written


_WriteRows = Callable[[Connection, Setting, Sequence[Incoming | Refusal]], Written]


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
def _place_to_write(desk: Desk, options: ImportOptions) -> Generator[Desk]:
    """The desk itself, or for a dry run one on a copy of its store."""
    if not options.dry_run:
        yield desk
        return
    with rehearsal(desk.store) as store:
        yield Desk(
            store,
            desk.definitions,
            desk.actor.id,
            desk.now,
            language=desk.language,
            calendar=desk.calendar,
        )
