"""`leadtui leads add`, `edit` and `merge`: customers typed in, changed and made one, with the rules of the screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.leads import LeadArgument, write_lead
from leadtui.cli.narrowing import matching
from leadtui.cli.options import AsOption, JsonOption, StoreOption, command_options, session_for, words
from leadtui.cli.output import tell
from leadtui.domain.difference import Side
from leadtui.domain.lead_entry import entry_titles
from leadtui.domain.lead_fields import EMAIL, NAME, PHONE, PHONE_OTHER
from leadtui.domain.view import custom_key
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.text import clean_multiline
from leadtui.language.translate import N_, _, format_list, pgettext

if TYPE_CHECKING:
    from leadtui.domain.difference import Difference
    from leadtui.services.session import Session

NameOption = Annotated[
    str, typer.Option("--name", parser=words, metavar="NAME", show_default=False, help=N_("The full name."))
]
PhoneOption = Annotated[
    list[str],
    typer.Option(
        "--phone",
        parser=words,
        metavar="NUMBER",
        help=N_("A phone number in any writing, with its extension. Several times; the first is rung."),
    ),
]
EmailOption = Annotated[
    str,
    typer.Option(
        "--email", parser=words, metavar="E-MAIL", show_default=False, help=N_("The e-mail address.")
    ),
]
FieldOption = Annotated[
    list[str],
    typer.Option(
        "--field",
        parser=clean_multiline,
        metavar="FIELD=VALUE",
        help=N_("Any other field by key or title, one of your own too. Several times."),
    ),
]
NobodysOption = Annotated[
    bool, typer.Option("--nobodys", help=N_("Into nobody's cartable; otherwise into yours."))
]
SetOption = Annotated[
    list[str],
    typer.Option(
        "--set",
        parser=clean_multiline,
        metavar="FIELD=VALUE",
        help=N_("A field by key or title and its new value; nothing after = empties it. Several times."),
    ),
]
LostArgument = Annotated[
    str,
    typer.Argument(
        parser=words, metavar="LOST", help=N_("Who is merged into the first: an id, a number or an e-mail.")
    ),
]
TakeOption = Annotated[
    list[str],
    typer.Option(
        "--take",
        parser=words,
        metavar="FIELD",
        help=N_("A field in which they differ and the second one's value is to stay. Several times."),
    ),
]


def add_command(
    context: typer.Context,
    name: NameOption = "",
    phone: PhoneOption = [],  # noqa: B006  # Typer copies it
    address: EmailOption = "",
    field: FieldOption = [],  # noqa: B006
    nobodys: NobodysOption = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.editing import AddLead, add_lead
    from leadtui.services.leads import open_lead

    with session_for(command_options(context, store, email)) as session:
        typed = _typed(session, field, "--field")
        given = {
            NAME: name,
            PHONE: phone[0] if phone else "",
            PHONE_OTHER: "; ".join(phone[1:]),
            EMAIL: address,
        }
        typed |= {key: text for key, text in given.items() if text}
        lead = add_lead(session, AddLead(typed, mine=not nobodys))
        _tell_known(session, typed, lead.id)
        write_lead(session, open_lead(session, lead.id), as_json=as_json)


def edit_command(
    context: typer.Context,
    lead: LeadArgument,
    change: SetOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.editing import EditLead, edit_lead
    from leadtui.services.leads import find_lead, open_lead

    with session_for(command_options(context, store, email)) as session:
        found = find_lead(session, lead)
        typed = _typed(session, change, "--set")
        if not typed:
            raise Invalid(_("Nothing is to be changed; write --set field=value."))
        edit_lead(session, EditLead(found.id, found.version, typed))
        _tell_known(session, typed, found.id)
        write_lead(session, open_lead(session, found.id), as_json=as_json)


def merge_command(
    context: typer.Context,
    lead: LeadArgument,
    lost: LostArgument,
    take: TakeOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
    store: StoreOption = "",
    email: AsOption = "",
) -> None:
    from leadtui.services.lead_merge import compare, merge
    from leadtui.services.leads import find_lead, open_lead

    with session_for(command_options(context, store, email)) as session:
        two = compare(session, find_lead(session, lead).id, find_lead(session, lost).id)
        choices = dict.fromkeys(_taken(take, two.differences), Side.LOST)
        one = merge(session, two.kept.id, two.lost.id, (two.kept.version, two.lost.version), choices)
        tell(_("The two are one customer now; `leadtui undo` takes it back."))
        write_lead(session, open_lead(session, one.id), as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Named:
    """Something that can be typed, by the key and title that a person names it by."""

    entry_key: str
    key: str
    title: str


def _typed(session: Session, given: Sequence[str], option: str) -> dict[str, str]:
    """What is typed, by entry key. Raises InvalidAnswers with everything that names no field."""
    titles = entry_titles(session.definitions)
    known = [_Named(key, custom_key(key) or key, title) for key, title in titles.items()]
    typed: dict[str, str] = {}
    problems: list[Invalid] = []
    for each in given:
        name, sign, value = each.partition("=")
        found = matching(words(name), known)
        if not sign:
            sentence = _("“{given}” says nothing; write {option} field=value.")
            problems.append(Invalid(sentence.format(given=each, option=option), name))
        elif len(found) != 1:
            problems.append(_no_field(name, known))
        else:
            typed[found[0].entry_key] = value.strip()
    if problems:
        raise InvalidAnswers(tuple(problems))
    return typed


def _taken(names: Sequence[str], differences: Sequence[Difference]) -> list[str]:
    """The keys of the differences that are named. Raises InvalidAnswers."""
    known = [_Named(each.key, custom_key(each.key) or each.key, each.title) for each in differences]
    problems: list[Invalid] = []
    keys: list[str] = []
    for name in names:
        found = matching(name, known)
        if len(found) == 1:
            keys.append(found[0].entry_key)
        elif known:
            problems.append(_no_field(name, known))
        else:
            problems.append(Invalid(_("The two differ in nothing."), name))
    if problems:
        raise InvalidAnswers(tuple(problems))
    return keys


def _no_field(name: str, known: Sequence[_Named]) -> Invalid:
    listed = format_list(f"{each.key} ({each.title})" for each in known)
    return Invalid(
        _("There is no field “{name}” here; there are: {known}.").format(name=name, known=listed), name
    )


def _tell_known(session: Session, typed: dict[str, str], lead_id: int) -> None:
    """Who has the same e-mail address, and which of the numbers must not be rung."""
    from leadtui.services.editing import look_up

    known = look_up(session, typed, lead_id)
    for each in known.there:
        words = (
            _("{name} has {shown} too; `leadtui leads merge` makes one of two.")
            if each.name
            else pgettext(
                "notice", "another customer has {shown} too; `leadtui leads merge` makes one of two."
            )
        )
        tell(words.format(name=each.name, shown=each.shown))
    for number in known.forbidden.values():
        tell(_("{number} must not be rung.").format(number=number))
