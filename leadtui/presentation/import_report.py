"""What is said of an import, by both fronts: what became of a file, and of those whom it touched when it is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leadtui.domain.importing import Counts, ImportBatch
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, apart, counted, format_list, ngettext, pgettext
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.services.importing.cell_fates import Why
from leadtui.services.importing.report import ImportReport
from leadtui.services.importing.titles import NO_USE
from leadtui.services.importing.undoing import Because, Stayed, UndoReport


def count_words(counts: Counts) -> str:
    """What became of the rows, as a list."""
    return format_list(
        f"{title} {counted(number)}"
        for title, number in zip(count_titles(), count_numbers(counts), strict=True)
    )


def count_titles() -> list[str]:
    """What rows can become, as the heads of columns."""
    return [
        pgettext("rows", "read"),
        pgettext("rows", "new"),
        pgettext("rows", "updated"),
        pgettext("rows", "unchanged"),
        pgettext("rows", "rejected"),
        pgettext("rows", "skipped"),
    ]


def count_numbers(counts: Counts) -> list[int]:
    """How many rows became what, in the order of the titles."""
    return [counts.read, counts.new, counts.updated, counts.unchanged, counts.rejected, counts.skipped]


def state_words(batch: ImportBatch, formatter: Formatter) -> str:
    """Whether it was taken back or stopped; empty where it came to its end."""
    if batch.undone_at is not None:
        return pgettext("import", "taken back {moment}").format(moment=formatter.moment(batch.undone_at))
    return "" if batch.ended_at else pgettext("import", "stopped")


def went_on_sentence(report: ImportReport, formatter: Formatter) -> str:
    """That an import that was stopped went on, and from where."""
    stopped = report.went_on
    return _(
        "{file}: went on from row {row} of the import that began {moment}; the counts are those of both parts."
    ).format(
        file=report.file,
        row=counted(stopped.row if stopped else 0),
        moment=formatter.moment(stopped.begun_at if stopped else None),
    )


def report_lines(report: ImportReport) -> list[str]:
    """What became of one file, for a command: the counts, and what is to be known besides, indented."""
    lines = [f"{apart(report.file)}: {count_words(report.counts)}"]
    if report.recognised:
        lines.append(pgettext("notice", "Recognised: {words}.").format(words=format_list(report.recognised)))
    if report.mapping:
        mapped = format_list(f"{each.column} → {each.field}" for each in report.mapping)
        lines.append(pgettext("notice", "Columns: {mapped}.").format(mapped=mapped))
    unused = (
        (Why.UNUSED, _("Kept in a note: {columns}; name a field with --map 'Column=field', or --drop them.")),
        (Why.DROPPED, _("Left out: {columns}; name a field with --map 'Column=field'.")),
        (
            Why.IGNORED,
            _("Left out, for a desk has no use for them: {columns}; keep one with --map 'Column=note'."),
        ),
    )
    first, *others = [*lines, *_unused_sentences(report, unused), *_reasons(report), *report.notes]
    return [first, *(f"  {each}" for each in others)]


def result_lines(report: ImportReport) -> list[str]:
    """The same for a screen, where the file and how it is read have just been looked at."""
    unused = (
        (Why.UNUSED, _("Kept in a note: {columns}.")),
        (Why.DROPPED, _("Left out: {columns}.")),
        (Why.IGNORED, _("Left out, for a desk has no use for them: {columns}.")),
    )
    # How an option would decide otherwise was asked beforehand.
    of_options = {each.sentence() for each in report.doubts}
    notes = [each for each in report.notes if each not in of_options]
    return [count_words(report.counts), *_unused_sentences(report, unused), *_reasons(report), *notes]


def _reasons(report: ImportReport) -> Iterator[str]:
    """Why rows are no customers, and cells were not plainly taken."""
    for each in report.reasons:
        rows = ngettext("{n} row: {reason}.", "{n} rows: {reason}.", each.count)
        yield rows.format(n=counted(each.count), reason=each.reason.words())
    for column in report.columns:
        for why, number in sorted(column.whys.items()):
            if not why.of_whole:
                cells = ngettext(
                    "“{column}”: {reason} ({n} cell).", "“{column}”: {reason} ({n} cells).", number
                )
                yield cells.format(column=safe(column.column), reason=why.words(), n=counted(number))


def _unused_sentences(report: ImportReport, sentences: Iterable[tuple[Why, str]]) -> Iterator[str]:
    """What becomes of the columns that no field is meant for."""
    for why, sentence in sentences:
        columns = [
            pgettext("column", "{title} ({count} filled)").format(
                title=safe(each.column), count=counted(each.whys[why])
            )
            for each in report.columns
            if why in each.whys and each.target in ("", *NO_USE)
        ]
        if columns:
            yield sentence.format(columns=format_list(columns))


def undone_sentences(report: UndoReport) -> list[str]:
    """What becomes of those whom an import had touched."""
    file, count = report.batch.file_name, len(report.stayed)
    said = [
        _("Import {id} of {file}:").format(id=report.batch.id, file=file),
        "  "
        + ngettext("{n} new customer goes.", "{n} new customers go.", report.removed).format(
            n=counted(report.removed)
        ),
        "  "
        + ngettext("{n} customer is as before.", "{n} customers are as before.", report.restored).format(
            n=counted(report.restored)
        ),
        "  " + ngettext("{n} customer stays.", "{n} customers stay.", count).format(n=counted(count)),
    ]
    if report.channels_removed:
        words = ngettext(
            "{n} entry channel that it made goes.",
            "{n} entry channels that it made go.",
            report.channels_removed,
        )
        said.append("  " + words.format(n=counted(report.channels_removed)))
    reasons = {each.because for each in report.stayed}
    if Because.IMPORTED_AGAIN in reasons:
        said.append(_("Some stay because of a later import: take that one back first, then this one again."))
    if Because.UNSEEN in reasons:
        said.append(_("Some stay because you do not see them: somebody who does can take back the rest."))
    if Because.NOT_ALLOWED in reasons:
        said.append(
            _(
                "Some stay because your profile does not let you change them so: somebody who may can take back the rest."
            )
        )
    if report.dry_run:
        said.append(_("This was a dry run: nothing was written."))
    return said


def stays_because(stayed: Stayed, formatter: Formatter) -> str:
    """Why one of them stays."""
    if stayed.because is Because.IMPORTED_AGAIN:
        return pgettext("reason", "import {id} changed them since").format(id=stayed.batch_id)
    if stayed.because is Because.UNFINISHED:
        return pgettext("reason", "somebody has something unfinished about them")
    if stayed.because is Because.UNSEEN:
        return pgettext("reason", "you do not see them")
    if stayed.because is Because.NOT_ALLOWED:
        return pgettext("reason", "your profile does not let you change them so")
    if stayed.because is Because.TOO_OLD:
        return pgettext("reason", "the import is too old to know what they were before")
    if stayed.actor_id is None:
        return pgettext("reason", "changed since, {moment}").format(moment=formatter.moment(stayed.at))
    return pgettext("reason", "{person} worked on them, {moment}").format(
        person=formatter.person(stayed.actor_id), moment=formatter.moment(stayed.at)
    )


MOST_NAMED = 8
"""Customers who stay that are named; of more there is only the number."""


def stayed_lines(report: UndoReport, formatter: Formatter) -> list[str]:
    """Who stays and why, the first of them by name."""
    lines = [
        f"  {brief(each.name, 30) or NOTHING}: {stays_because(each, formatter)}"
        for each in report.stayed[:MOST_NAMED]
    ]
    if len(report.stayed) > MOST_NAMED:
        more = pgettext("list", "and {count} more").format(count=counted(len(report.stayed) - MOST_NAMED))
        lines.append(f"  {more}")
    return lines
