"""`leadtui teams`: who works together, led by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from leadtui.cli.definitions import NameArgument, TitleArgument
from leadtui.cli.fields import TitleOption
from leadtui.cli.matching import Kind, chosen, chosen_person
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option
from leadtui.cli.output import tell, write_json, write_json_list, write_table
from leadtui.cli.records import team_record
from leadtui.domain.team import Team
from leadtui.errors import Invalid
from leadtui.language.translate import N_, _, format_list, pgettext
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session

TEAM = Kind(
    N_("There is no team “{typed}”. There are: {names}."),
    N_("Several can be meant by team “{typed}”: {names}. Type more of it."),
)

app = Group()

LeadOption = Annotated[
    str, text_option("PERSON", N_("Who leads it, by e-mail or name; “nobody” where nobody does."), "--lead")
]
MemberOption = Annotated[
    list[str], text_option("PERSON", N_("Who is in it, by e-mail or name. Several times."), "--member")
]
WithoutOption = Annotated[
    list[str], text_option("PERSON", N_("Who is in it no more. Several times."), "--without")
]


@app.command("list", help=N_("List the teams with who is in them."), epilog="leadtui teams list --json")
def list_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    with session_for(common) as session:
        teams = session.definitions.teams
        if as_json:
            write_json_list(team_record(each, session.definitions) for each in teams)
        else:
            _write(session, teams)


@app.command(
    "add",
    help=N_("Make a team of colleagues."),
    epilog="leadtui teams add Evenings --lead sara --member reza --member mina",
)
def add_command(
    common: CommandOptions,
    title: TitleArgument,
    lead: LeadOption = "",
    member: MemberOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        team = Team(0, "", title, _lead(session, lead, None), _people(session, member))
        _save(session, team, None, as_json=as_json)


@app.command(
    "change",
    help=N_("Change a team's title, its lead and who is in it; it holds at once."),
    epilog="leadtui teams change Evenings --member lea --without reza",
)
def change_command(
    common: CommandOptions,
    name: NameArgument,
    title: TitleOption = "",
    lead: LeadOption = "",
    member: MemberOption = [],  # noqa: B006  # Typer copies it
    without: WithoutOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        before = _chosen(session, name)
        gone = _people(session, without)
        changed = replace(
            before,
            title=title or before.title,
            lead_id=_lead(session, lead, before.lead_id),
            members=tuple(each for each in (*before.members, *_people(session, member)) if each not in gone),
        )
        if changed == before:
            raise Invalid(_("Say what is to be changed; --help lists it."))
        _save(session, changed, before, as_json=as_json)


@app.command("remove", help=N_("Remove a team; its people stay."), epilog="leadtui teams remove Evenings")
def remove_command(common: CommandOptions, name: NameArgument) -> None:
    from leadtui.services.teams import remove_team

    with session_for(common) as session:
        team = _chosen(session, name)
        remove_team(session, team.id)
        tell(_("“{title}” is removed.").format(title=team.title))


def _chosen(session: Session, typed: str) -> Team:
    return chosen(TEAM, typed, session.definitions.teams)


def _lead(session: Session, typed: str, before: int | None) -> int | None:
    if typed in ("nobody", pgettext("choice", "nobody")):
        return None
    return chosen_person(session, typed).id if typed else before


def _people(session: Session, typed: Iterable[str]) -> tuple[int, ...]:
    return tuple(chosen_person(session, each).id for each in typed)


def _save(session: Session, team: Team, before: Team | None, *, as_json: bool) -> None:
    from leadtui.services.teams import save_team

    saved = save_team(session, team, before)
    if as_json:
        write_json(team_record(saved, session.definitions))
    else:
        _write(session, [saved])


def _write(session: Session, teams: Sequence[Team]) -> None:
    known = session.definitions

    def name(person_id: int | None) -> str:
        person = known.colleague(person_id)
        return person.name if person else ""

    columns = [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Led by"), yields=3, least=8),
        TextColumn(pgettext("column", "Members"), yields=2, least=20),
    ]
    write_table(
        columns,
        [[each.key, each.title, name(each.lead_id), format_list(map(name, each.members))] for each in teams],
    )
