"""`leadtui backup` and `leadtui restore`: the whole store into a file, and a file in the place of the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadtui.cli.options import CommandOptions, ForceOption, JsonOption, session_for
from leadtui.cli.output import Json, note_saved, tell, write_json, write_line
from leadtui.cli.signed_in import open_session
from leadtui.language.translate import N_, _, counted, ngettext

BackupArgument = Annotated[Path, typer.Argument(metavar="FILE", help=N_("Where the backup goes."))]
RestoreArgument = Annotated[Path, typer.Argument(metavar="FILE", help=N_("The backup."))]


def backup_command(
    common: CommandOptions,
    file: BackupArgument,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.backing_up import back_up

    with session_for(common, of_the_store=True) as session:
        report = back_up(session, file, force=force)
    note_saved()
    customers = report.counts.customers
    if as_json:
        record: dict[str, Json] = {
            "file": str(report.path),
            "size": report.size,
            "customers": customers,
            "activities": report.counts.activities,
            "audited": report.audited,
        }
        write_json(record)
        return
    if not report.audited:
        tell(_("The store could not be written, so its audit does not tell of this backup."))
    sentence = ngettext(
        "Wrote {file}: {n} customer, {size} bytes, checked.",
        "Wrote {file}: {n} customers, {size} bytes, checked.",
        customers,
    )
    write_line(sentence.format(file=report.path, n=counted(customers), size=counted(report.size)))


def restore_command(
    common: CommandOptions,
    file: RestoreArgument,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.backing_up import restore
    from leadtui.services.entering import any_of_them

    report = restore(common.where, file, lambda where: open_session(where, common.who, pick=any_of_them))
    note_saved()
    customers = report.counts.customers
    if as_json:
        record: dict[str, Json] = {
            "store": str(report.path),
            "kept": None if report.kept is None else str(report.kept),
            "customers": customers,
            "activities": report.counts.activities,
        }
        write_json(record)
        return
    sentence = ngettext(
        "{store} is restored: {n} customer.", "{store} is restored: {n} customers.", customers
    )
    write_line(sentence.format(store=report.path, n=counted(customers)))
    if report.kept is not None:
        tell(_("The store that was there is kept as {path}.").format(path=report.kept))
