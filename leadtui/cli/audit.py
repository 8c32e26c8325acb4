"""`leadtui audit`: who changed what of how the desk works, and the head of it, to be kept elsewhere."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.matching import chosen_person
from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option
from leadtui.cli.output import Json, tell, write_json_list, write_line, write_table
from leadtui.cli.records import moment_text
from leadtui.domain.field import read_day
from leadtui.errors import Invalid
from leadtui.language.translate import N_, _, counted, format_list, pgettext
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.domain.audit import AuditEntry, AuditFilter, AuditKind
    from leadtui.services.session import Session

MOST_SHOWN = 100
"""Entries that are shown at the most where no number of them is said; JSON and CSV have all."""

HeadOption = Annotated[
    Path | None,
    typer.Option(
        "--head",
        metavar="FILE",
        show_default=False,
        help=N_(
            "Put the number and hash of the newest entry at the end of a file, which `doctor --audit` compares."
        ),
    ),
]


def audit_command(
    common: CommandOptions,
    by: Annotated[str, text_option("PERSON", N_("What this colleague did, by e-mail or name."), "--by")] = "",
    kind: Annotated[
        list[str],
        typer.Option(
            "--kind",
            metavar="KIND",
            show_default=False,
            help=N_(
                "What is of this kind, such as export, erasure, profile or colleague; as often as you like."
            ),
        ),
    ] = [],  # noqa: B006  # Typer copies it
    since: Annotated[
        str, text_option("DAY", N_("From this day on, such as yesterday or 1403/07/01."), "--from")
    ] = "",
    until: Annotated[str, text_option("DAY", N_("Until this day, which is included."), "--to")] = "",
    find: Annotated[str, text_option("TEXT", N_("What says all these words."), "--find")] = "",
    limit: Annotated[
        int,
        typer.Option("--limit", metavar="COUNT", min=0, show_default=False, help=N_("So many at the most.")),
    ] = 0,
    head: HeadOption = None,
    as_csv: Annotated[bool, typer.Option("--csv", help=N_("Write CSV, for a spreadsheet."))] = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.audit import find_entries
    from leadtui.services.audit import keep_head, list_entries

    with session_for(common) as session:
        if head is not None:
            kept = keep_head(session, head)
            words = _("The head of the audit is in {file}: entry {number}, {hash}.")
            tell(words.format(file=head, number=counted(kept.head.number), hash=kept.head.hash))
            return
        read = partial(list_entries, session, _wanted(session, by, kind, since, until))
        found = find_entries(session, read, find)
        some = islice(found, limit) if limit else found
        if as_json:
            write_json_list(_record(each) for each in some)
        elif as_csv:
            _write_csv(session, some)
        else:
            _write(session, list(islice(some, MOST_SHOWN)), more=not limit and next(some, None) is not None)


def _wanted(session: Session, by: str, kinds: Sequence[str], since: str, until: str) -> AuditFilter:
    from leadtui.domain.audit import AuditFilter
    from leadtui.services.day import bounds

    context, zone = session.format_context(), session.workspace.zone
    first, last = (read_day(each, context) if each else None for each in (since, until))
    if first and last and last < first:
        raise Invalid(_("The last day is before the first."), "to")
    return AuditFilter(
        chosen_person(session, by, also_gone=True).id if by else None,
        frozenset(map(_kind, kinds)),
        bounds(first, zone)[0] if first else None,
        bounds(last, zone)[1] if last else None,
    )


def _kind(typed: str) -> AuditKind:
    from leadtui.domain.audit import AuditKind

    for each in AuditKind:
        if each.value == typed.casefold():
            return each
    sentence = _("The audit has no kind “{typed}”; there are: {known}.")
    raise Invalid(sentence.format(typed=typed, known=format_list(each.value for each in AuditKind)), "kind")


def _write(session: Session, entries: Sequence[AuditEntry], *, more: bool) -> None:
    from leadtui.presentation.audit import AuditWords

    words = AuditWords(session)
    columns = [
        TextColumn(pgettext("column", "Number"), right=True),
        TextColumn(pgettext("column", "When")),
        TextColumn(pgettext("column", "By"), yields=2, least=8),
        TextColumn(pgettext("column", "What"), yields=1, least=16),
        TextColumn("", yields=3, least=8),
        TextColumn(pgettext("column", "Before → after"), yields=4, least=16),
    ]
    rows = [
        [
            counted(each.number),
            words.moment(each),
            each.actor_name,
            words.subject(each.event),
            words.act(each.event),
            words.brief(each.event),
        ]
        for each in entries
    ]
    if not rows:
        tell(_("The audit has nothing of that."))
    write_table(columns, rows)
    if more:
        write_line("")
        tell(
            _("Only the newest {count}; --limit says how many, --json and --csv have all.").format(
                count=counted(MOST_SHOWN)
            )
        )


def _write_csv(session: Session, entries: Iterable[AuditEntry]) -> None:
    from leadtui.presentation.audit import AuditWords
    from leadtui.services.formula_guard import guarded

    words = AuditWords(session)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["number", "at", "by", "kind", "act", "what", "before_after", "hash"])
    for each in entries:
        told = (each.actor_name, each.event.kind.value, each.event.act.value)
        said = (words.subject(each.event), words.brief(each.event))
        writer.writerow([each.number, moment_text(each.at), *map(guarded, (*told, *said)), each.hash])


def _record(entry: AuditEntry) -> dict[str, Json]:
    event = entry.event
    parts: list[Json] = [
        {"part": each.name, "before": _json(each.before), "after": _json(each.after)} for each in event.parts
    ]
    return {
        "number": entry.number,
        "at": moment_text(entry.at),
        "by": {"id": entry.actor_id, "name": entry.actor_name},
        "kind": event.kind.value,
        "act": event.act.value,
        "id": event.subject_id,
        "title": event.title,
        "of_status": event.within,
        "parts": parts,
        "sign_in": entry.sign_in_id,
        "hash": entry.hash,
    }


def _json(value: str | float | tuple[str, ...] | None) -> Json:
    return list(value) if isinstance(value, tuple) else value
