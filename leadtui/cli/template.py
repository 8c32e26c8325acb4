"""`leadtui template`: a workspace's whole definition as a file, out of the store and into it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, cast

import typer

from leadtui.cli.options import (
    REFUSED,
    STANDARD_OUTPUT,
    CommandOptions,
    ForceOption,
    Group,
    JsonOption,
    session_for,
)
from leadtui.cli.output import Json, ask, tell, write_into, write_json, write_line
from leadtui.language.keyboard_layouts import letters_at
from leadtui.language.text import search_key
from leadtui.language.translate import N_, _, pgettext

app = Group()

OutArgument = Annotated[
    str, typer.Argument(metavar="FILE", help=N_("Where it goes, in TOML; “-” for standard output."))
]
InArgument = Annotated[
    str, typer.Argument(metavar="NAME|FILE", help=N_("A TOML file, or a template that comes with leadtui."))
]
YesOption = Annotated[bool, typer.Option("--yes", help=N_("Apply the differences without asking."))]
RetireOption = Annotated[
    bool, typer.Option("--retire-missing", help=N_("Retire what the file does not have. Else it stays."))
]


@app.command(
    "export",
    help=N_(
        "Write statuses, fields, channels, needs, profiles and the workspace's settings to a template file."
    ),
    epilog="leadtui template export desk.toml",
)
def export_template_command(
    common: CommandOptions,
    file: OutArgument,
    force: ForceOption = False,
) -> None:
    from leadtui.services.template_exchange import template_text

    with session_for(common) as session:
        text = template_text(session)
    write_into(None if file == STANDARD_OUTPUT else Path(file), text, force=force)


@app.command(
    "import",
    help=N_("Bring the workspace into line with a template file; the differences are shown first."),
    epilog="leadtui template import desk.toml",
)
def import_template_command(
    common: CommandOptions,
    file: InArgument,
    yes: YesOption = False,
    retire_missing: RetireOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.template import difference_lines
    from leadtui.services.template_exchange import compare, import_template, read_template

    with session_for(common) as session:
        template = read_template(file)
        differences = compare(session, template, retire_missing=retire_missing)
        if not as_json:
            for line in difference_lines(differences) or [_("No difference.")]:
                write_line(line)
        applied = bool(differences) and (yes or _agreed())
        if applied:
            if any(each.sorts_anew for each in differences):
                tell(_("Customers are sorted anew in the other language; a million take a minute or two."))
            import_template(session, template, retire_missing=retire_missing, shown=differences)
    if as_json:
        records = cast("list[Json]", [{**asdict(each), "action": each.action.value} for each in differences])
        write_json({"applied": applied, "differences": records})
    elif applied:
        tell(pgettext("notice", "Done."))
    if differences and not applied:
        tell(_("Nothing was changed."))
        raise typer.Exit(REFUSED)


def _agreed() -> bool:
    """Ask, where somebody can answer."""
    if not sys.stdin.isatty():
        tell(_("Say --yes to apply this where nobody can be asked."))
        return False
    while True:
        answer = agreement(ask(_("Apply this? (yes or no)")))
        if answer is not None:
            return answer
        tell(_("Answer yes or no."))


def agreement(typed: str) -> bool | None:
    """Whether a person says yes: by a word of any language, its first letter in theirs, or the key of `y` or `n`."""
    from leadtui.domain.field import yes_or_no

    letter = typed.strip()
    if not letter:
        return False
    for answer, key, word in ((True, "y", pgettext("choice", "yes")), (False, "n", pgettext("choice", "no"))):
        if letter in letters_at(key) or search_key(letter) == search_key(word)[0]:
            return answer
    return yes_or_no(typed)
