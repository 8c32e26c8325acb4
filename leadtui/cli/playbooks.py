"""`leadtui needs playbook`: how one talks about a need, version by version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.matching import NEED, chosen
from leadtui.cli.options import (
    STANDARD_OUTPUT,
    CommandOptions,
    ForceOption,
    Group,
    JsonOption,
    session_for,
    words,
)
from leadtui.cli.output import (
    Json,
    bytes_written,
    tell,
    write_into,
    write_json,
    write_json_list,
    write_table,
)
from leadtui.domain.playbook import NO_PLAYBOOK, OPENING
from leadtui.errors import InvalidAnswers, NotFound
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session

app = Group(N_("Playbooks: what is said, asked and done about a need, version by version."))

NeedArgument = Annotated[
    str,
    typer.Argument(
        parser=words,
        metavar="NEED",
        help=N_("The need's key or title, or “opening” for the talk with whoever has none yet."),
    ),
]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help=N_("A TOML file, or - for the terminal."))]
VersionArgument = Annotated[int, typer.Argument(metavar="VERSION", help=N_("Its number in the history."))]


def owner_of(session: Session, typed: str) -> str:
    """Whose playbook is meant. Raises NotFound."""
    return OPENING if typed == OPENING else chosen(NEED, typed, session.definitions.needs).key


@app.command(
    "show",
    help=N_("Print a playbook in the form in which it is written."),
    epilog="leadtui needs playbook show opening",
)
def show_command(common: CommandOptions, need: NeedArgument, as_json: JsonOption = False) -> None:
    from leadtui.domain.playbook_table import playbook_table
    from leadtui.services.playbook_file import playbook_text

    with session_for(common) as session:
        owner = owner_of(session, need)
        playbook = session.definitions.playbook(owner)
    if as_json:
        write_json({"need": owner, "version": playbook.version, "playbook": playbook_table(playbook)})
        return
    if not playbook:
        raise NotFound(_("“{need}” has no playbook yet.").format(need=need))
    with bytes_written() as stream:
        stream.write(playbook_text(playbook))


@app.command(
    "set",
    help=N_("Take the playbook of a TOML file as the newest version."),
    epilog="leadtui needs playbook set opening talk.toml",
)
def set_command(
    common: CommandOptions, need: NeedArgument, file: FileArgument, as_json: JsonOption = False
) -> None:
    from leadtui.services.playbook_file import at_places, load_playbook
    from leadtui.services.playbooks import save_playbook

    with session_for(common) as session:
        owner = owner_of(session, need)
        playbook = load_playbook(Path(file).expanduser())
        try:
            saved = save_playbook(session, owner, playbook)
        except InvalidAnswers as error:
            raise at_places(error, playbook) from None
    _tell_version(owner, saved.version, as_json=as_json)


@app.command(
    "export",
    help=N_("Write a playbook into a TOML file, which another desk can take."),
    epilog="leadtui needs playbook export opening talk.toml",
)
def export_command(
    common: CommandOptions, need: NeedArgument, file: FileArgument, force: ForceOption = False
) -> None:
    from leadtui.services.playbook_file import playbook_text

    with session_for(common) as session:
        text = playbook_text(session.definitions.playbook(owner_of(session, need)))
    write_into(None if file == STANDARD_OUTPUT else Path(file), text, force=force)


@app.command(
    "history",
    help=N_("List the versions of a playbook: who wrote them and when."),
    epilog="leadtui needs playbook history opening",
)
def history_command(common: CommandOptions, need: NeedArgument, as_json: JsonOption = False) -> None:
    from leadtui.presentation.formatter import Formatter
    from leadtui.services.playbooks import playbook_history

    with session_for(common) as session:
        versions = playbook_history(session, owner_of(session, need))
        if as_json:
            write_json_list(
                _version_record(session, each.playbook.version, each.actor_id, each.at.isoformat())
                for each in versions
            )
            return
        formatter = Formatter(session)
        columns = [
            TextColumn(pgettext("column", "Version")),
            TextColumn(pgettext("column", "When")),
            TextColumn(pgettext("column", "Who"), yields=1, least=12),
        ]
        write_table(
            columns,
            [
                [
                    str(each.playbook.version),
                    formatter.moment(each.at),
                    "" if each.actor_id is None else formatter.person(each.actor_id),
                ]
                for each in versions
            ],
        )


@app.command(
    "difference",
    help=N_("Tell what a version of a playbook changed of the one before, or of another."),
    epilog="leadtui needs playbook difference opening 2",
)
def difference_command(
    common: CommandOptions,
    need: NeedArgument,
    version: VersionArgument,
    other: Annotated[
        int, typer.Option("--from", metavar="VERSION", help=N_("Compare with this version instead."))
    ] = 0,
    as_json: JsonOption = False,
) -> None:
    from leadtui.domain.playbook import version_of
    from leadtui.presentation.playbook_difference import playbook_difference
    from leadtui.services.playbooks import playbook_history

    with session_for(common) as session:
        owner = owner_of(session, need)
        versions = [each.playbook for each in playbook_history(session, owner)]
        before = version_of(versions, other or version - 1) if other or version > 1 else NO_PLAYBOOK
        changed = playbook_difference(before, version_of(versions, version), session.definitions)
    if as_json:
        write_json_list(
            {"change": "added" if each.added else "removed", "text": each.words} for each in changed
        )
        return
    columns = [
        TextColumn(pgettext("column", "Change")),
        TextColumn(pgettext("column", "Line"), yields=1, least=20),
    ]
    write_table(columns, [[each.sign, each.words] for each in changed])


@app.command(
    "restore",
    help=N_("Let a playbook be as it was in a version of its history."),
    epilog="leadtui needs playbook restore opening 2",
)
def restore_command(
    common: CommandOptions, need: NeedArgument, version: VersionArgument, as_json: JsonOption = False
) -> None:
    from leadtui.services.playbooks import restore_playbook

    with session_for(common) as session:
        owner = owner_of(session, need)
        saved = restore_playbook(session, owner, version)
    _tell_version(owner, saved.version, as_json=as_json)


def _tell_version(owner: str, version: int, *, as_json: bool) -> None:
    if as_json:
        write_json({"need": owner, "version": version})
    else:
        tell(pgettext("notice", "This is version {number} now.").format(number=version))


def _version_record(session: Session, version: int, actor_id: int | None, at: str) -> dict[str, Json]:
    person = session.definitions.colleague(actor_id)
    return {"version": version, "by": person.email if person else None, "at": at}
