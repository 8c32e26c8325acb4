"""`leadtui profiles`: what the people who have one may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.definitions import NameArgument, TitleArgument
from leadtui.cli.fields import TitleOption
from leadtui.cli.matching import FIELD, Kind, chosen, unclear
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, words
from leadtui.cli.output import tell, write_json, write_json_list, write_table
from leadtui.cli.records import profile_record
from leadtui.domain.field_rights import FieldRight
from leadtui.domain.lead_fields import LeadField, rights_allowed, ruled_fields, with_right
from leadtui.domain.permission import Grant, Permission, Profile, Scope, differences, least_scope, scopes_of
from leadtui.errors import Invalid, Refused
from leadtui.language.text import search_key
from leadtui.language.translate import N_, ListStyle, _, format_list, pgettext
from leadtui.presentation.field_right_words import differing_fields, right_words
from leadtui.presentation.permission_words import area_words, grant_words, permission_words
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session

PROFILE = Kind(
    N_("There is no profile “{typed}”. There are: {names}."),
    N_("Several can be meant by profile “{typed}”: {names}. Type more of it."),
)

app = Group()

AllowOption = Annotated[
    list[Permission],
    typer.Option(
        "--allow", metavar="PERMISSION", help=N_("What it allows, such as exports:run. Several times.")
    ),
]
ForbidOption = Annotated[
    list[Permission],
    typer.Option("--forbid", metavar="PERMISSION", help=N_("What it allows no more. Several times.")),
]


HideOption = Annotated[
    list[str],
    typer.Option("--hide", metavar="FIELD", help=N_("A field that is not shown to them. Several times.")),
]
ReadOption = Annotated[
    list[str],
    typer.Option("--read", metavar="FIELD", help=N_("A field that they read only. Several times.")),
]
EditOption = Annotated[
    list[str], typer.Option("--edit", metavar="FIELD", help=N_("A field that they change. Several times."))
]

GrantsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PERMISSION=SCOPE...",
        help=N_("What it allows, and for whose customers: none, own, team or all."),
    ),
]
OtherArgument = Annotated[
    str, typer.Argument(parser=words, metavar="OTHER", help=N_("Key or title of the one to compare it with."))
]


@app.command(
    "list", help=N_("List the profiles with what they allow."), epilog="leadtui profiles list --json"
)
def list_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    with session_for(common) as session:
        profiles = session.definitions.profiles
    if as_json:
        write_json_list(profile_record(each) for each in profiles)
    else:
        _write(profiles)


@app.command(
    "add",
    help=N_("Add a profile. It allows what is named, and nothing else."),
    epilog="leadtui profiles add Reception --allow customers:see --allow customers:add",
)
def add_command(
    common: CommandOptions,
    title: TitleArgument,
    allow: AllowOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        profile = Profile(0, "", title).granting(dict.fromkeys(allow, Scope.ALL))
        _save(session, profile, None, as_json=as_json)


@app.command(
    "change",
    help=N_("Change a profile's title and what it allows; it holds at once for all who have it."),
    epilog="leadtui profiles change agent --allow exports:run --forbid follow-ups:transfer",
)
def change_command(
    common: CommandOptions,
    name: NameArgument,
    title: TitleOption = "",
    allow: AllowOption = [],  # noqa: B006  # Typer copies it
    forbid: ForbidOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
) -> None:
    with session_for(common) as session:
        before = chosen_profile(session, name)
        changed = replace(before, title=title or before.title).granting(
            dict.fromkeys(allow, Scope.ALL) | {each: least_scope(each) for each in forbid}
        )
        _save(session, changed, before, as_json=as_json)


@app.command(
    "set",
    help=N_("Say for whose customers a profile allows something: none, own, team or all."),
    epilog="leadtui profiles set agent customers:edit=own exports:run=team",
)
def set_command(
    common: CommandOptions, name: NameArgument, grants: GrantsArgument, as_json: JsonOption = False
) -> None:
    with session_for(common) as session:
        before = chosen_profile(session, name)
        _save(session, before.granting(dict(map(_read_grant, grants))), before, as_json=as_json)


@app.command(
    "show",
    help=N_("Show a profile, permission by permission, and for whose customers it allows each."),
    epilog="leadtui profiles show agent",
)
def show_command(common: CommandOptions, name: NameArgument, as_json: JsonOption = False) -> None:
    with session_for(common) as session:
        profile = chosen_profile(session, name)
    if as_json:
        write_json(profile_record(profile))
        return
    columns = [
        TextColumn(pgettext("column", "Area"), yields=2, least=10),
        TextColumn(pgettext("column", "Permission"), yields=3, least=20),
        TextColumn(pgettext("column", "Allows"), yields=1, least=20),
        TextColumn(profile.title, yields=4, least=6),
    ]
    write_table(
        columns,
        [
            [area_words(each.area), each.value, permission_words(each), grant_words(profile, each)]
            for each in Permission
        ],
    )


@app.command(
    "copy",
    help=N_("Add a profile that allows what another one does."),
    epilog="leadtui profiles copy agent 'Senior agent'",
)
def copy_command(
    common: CommandOptions, name: NameArgument, title: TitleArgument, as_json: JsonOption = False
) -> None:
    with session_for(common) as session:
        copied = chosen_profile(session, name)
        _save(session, replace(copied, id=0, key="", title=title), None, as_json=as_json)


@app.command(
    "compare",
    help=N_("Show what one of two profiles allows and the other does not."),
    epilog="leadtui profiles compare agent supervisor",
)
def compare_command(
    common: CommandOptions, name: NameArgument, other: OtherArgument, as_json: JsonOption = False
) -> None:
    with session_for(common) as session:
        profiles = [chosen_profile(session, each) for each in (name, other)]
        fields = differing_fields(profiles[0], profiles[1], session.definitions)
    told = differences(*profiles)
    if as_json:
        write_json_list(
            {
                "permission": each.value,
                **{one.key: each in one.permissions for one in profiles},
                "scopes": {one.key: one.scope(each) for one in profiles},
            }
            for each in told
        )
        return
    columns = [
        TextColumn(pgettext("column", "Allows"), yields=1, least=20),
        *(TextColumn(each.title, yields=2, least=6) for each in profiles),
    ]
    rows = [[each.value, *(grant_words(one, each) for one in profiles)] for each in told]
    rows += [[each.title, *(right_words(one.fields.of(each.key)) for one in profiles)] for each in fields]
    write_table(columns, rows)
    if not rows:
        tell(_("Both allow the same."))


@app.command(
    "fields",
    help=N_(
        "Show how far the people of a profile reach each field of a customer, or change it: hidden, read or edited."
    ),
    epilog="leadtui profiles fields agent --hide city --read email",
)
def fields_command(
    common: CommandOptions,
    name: NameArgument,
    hide: HideOption = [],  # noqa: B006  # Typer copies it
    read: ReadOption = [],  # noqa: B006  # Typer copies it
    edit: EditOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.profiles import save_profile

    wanted = {FieldRight.HIDDEN: hide, FieldRight.READ: read, FieldRight.EDITED: edit}
    with session_for(common) as session:
        profile = chosen_profile(session, name)
        rights = profile.fields
        known = ruled_fields(session.definitions)
        for right, named in wanted.items():
            for each in named:
                field = _chosen_field(each, known)
                if right not in rights_allowed(field.key):
                    raise Refused(_("Nobody works with customers without names: this one is not hidden."))
                rights = with_right(rights, field.key, right)
        if rights != profile.fields:
            profile = save_profile(session, replace(profile, fields=rights), profile)
    if as_json:
        write_json(profile_record(profile))
        return
    columns = [
        TextColumn(pgettext("column", "Field"), yields=1, least=12),
        TextColumn(pgettext("column", "Right")),
    ]
    write_table(columns, [[each.title, right_words(profile.fields.of(each.key))] for each in known])


def _chosen_field(typed: str, known: Sequence[LeadField]) -> LeadField:
    """The field that was meant, by key or title. Raises NotFound."""
    found = [each for each in known if each.plain_key == typed.strip()]
    found = found or [each for each in known if search_key(each.title) == search_key(typed)]
    if len(found) != 1:
        raise unclear(FIELD, typed, [each.plain_key for each in found or known], several=bool(found))
    return found[0]


@app.command(
    "remove", help=N_("Remove a profile that nobody has."), epilog="leadtui profiles remove reception"
)
def remove_command(common: CommandOptions, name: NameArgument) -> None:
    from leadtui.services.profiles import remove_profile

    with session_for(common) as session:
        profile = chosen_profile(session, name)
        remove_profile(session, profile.id)
        tell(_("“{title}” is removed.").format(title=profile.title))


def chosen_profile(session: Session, typed: str) -> Profile:
    """The one that was meant, by key or title. Raises NotFound."""
    return chosen(PROFILE, typed, session.definitions.profiles)


def _allowed(profile: Profile) -> list[Permission]:
    return [each for each in Permission if each in profile.permissions]


def _read_grant(typed: str) -> tuple[Permission, Scope]:
    """Reads `PERMISSION=SCOPE`. Raises Invalid."""
    name, _equals, scope = typed.partition("=")
    permission = next((each for each in Permission if each.value == name), None)
    if permission is None:
        known = format_list(each.value for each in Permission)
        raise Invalid(
            _("There is no permission “{typed}”; there are: {known}.").format(typed=name, known=known)
        )
    scopes = scopes_of(permission)
    if scope not in scopes:
        known = format_list((f"{permission}={each}" for each in scopes), ListStyle.OR)
        raise Invalid(
            _("“{typed}” says not for whose customers; write {known}.").format(typed=typed, known=known)
        )
    return permission, Scope(scope)


def _save(session: Session, profile: Profile, before: Profile | None, *, as_json: bool) -> None:
    from leadtui.services.profiles import save_profile

    saved = save_profile(session, profile, before)
    if as_json:
        write_json(profile_record(saved))
    else:
        _write([saved])


def _write(profiles: Sequence[Profile]) -> None:
    columns = [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Allows"), yields=2, least=20),
    ]
    rows = [
        [each.key, each.title, format_list(Grant(one, each.scope(one)).name for one in _allowed(each))]
        for each in profiles
    ]
    write_table(columns, rows)
