"""`leadtui doctor`: what stands in the way, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui import paths
from leadtui.cli.options import REFUSED, CommandOptions, JsonOption, session_for
from leadtui.cli.output import Json, note_saved, tell, write_fields, write_json, write_line
from leadtui.language.translate import N_, _

if TYPE_CHECKING:
    from leadtui.services.doctor import Examination


RepairOption = Annotated[
    bool,
    typer.Option(
        "--repair", help=N_("Put right what can be proven from the rest of the store, after a backup.")
    ),
]


TerminalOption = Annotated[
    bool,
    typer.Option(
        "--terminal", help=N_("Ask the terminal how it shows lines from right to left, and what it needs.")
    ),
]


AuditOption = Annotated[
    bool,
    typer.Option(
        "--audit", help=N_("Look also whether an entry of the audit was changed, taken out, put in or moved.")
    ),
]


HeadsOption = Annotated[
    Path | None,
    typer.Option(
        "--head",
        metavar="FILE",
        show_default=False,
        help=N_("With --audit: compare with the heads that `leadtui audit --head` has put into this file."),
    ),
]


def doctor_command(
    common: CommandOptions,
    repair: RepairOption = False,
    terminal: TerminalOption = False,
    audit: AuditOption = False,
    head: HeadsOption = None,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.doctor import problems_and_notes
    from leadtui.services.doctor import examine

    if terminal:
        from leadtui.cli.terminal import show_terminal

        show_terminal()
        return
    if repair:
        _repair(common)
    asked = audit or head is not None
    found = examine(common.where, paths.settings_file(), audit=asked, heads_file=head)
    problems, notes = problems_and_notes(found)
    if as_json:
        facts: dict[str, Json] = dict(found.facts)
        write_json({"ok": found.well, "problems": list(problems), "notes": list(notes), "facts": facts})
    else:
        _write(found, problems, notes)
    if not found.well:
        raise typer.Exit(REFUSED)


def _repair(chosen: CommandOptions) -> None:
    """Put right what can be proven, and say each; the examination after it shows what is left."""
    from leadtui.presentation.doctor import repaired_sentence
    from leadtui.services.repairing import repair as repair_store

    with session_for(chosen, of_the_store=True) as session:
        report = repair_store(session)
    for each in report.repaired:
        tell(repaired_sentence(each))
    if report.backup is None:
        tell(_("There is nothing that can be put right."))
    else:
        note_saved()
        tell(_("The store from before is kept as {path}.").format(path=report.backup))


def _write(found: Examination, problems: Sequence[str], notes: Sequence[str]) -> None:
    from leadtui.presentation.doctor import fact_titles, fact_words

    write_fields(
        (title, fact_words(found.facts[key])) for key, title in fact_titles().items() if key in found.facts
    )
    write_line()
    for problem in problems:
        write_line("✗ " + problem)
    for note in notes:
        write_line("• " + note)
    if found.well:
        write_line("✓ " + _("Nothing is wrong."))
