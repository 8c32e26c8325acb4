"""The options by which a command is told which customers are meant, and in which order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_type_hints

import typer

from leadtui.cli.options import words
from leadtui.language.translate import N_

StatusOption = Annotated[
    list[str],
    typer.Option(
        parser=words, metavar="STATUS", help=N_("Only this status, by key or title; “new” for none yet.")
    ),
]
OwnerOption = Annotated[
    list[str],
    typer.Option(
        parser=words, metavar="PERSON", help=N_("Only this owner, by e-mail or name; “me”; “nobody”.")
    ),
]
CityOption = Annotated[
    list[str], typer.Option(parser=words, metavar="CITY", help=N_("Only this city; “” for none."))
]
ChannelOption = Annotated[
    list[str],
    typer.Option(
        parser=words, metavar="CHANNEL", help=N_("Only this latest entry channel, by key or title.")
    ),
]
SinceOption = Annotated[
    str,
    typer.Option(
        "--from",
        parser=words,
        metavar="DAY",
        show_default=False,
        help=N_("Only who came in on this day or later."),
    ),
]
UntilOption = Annotated[
    str,
    typer.Option(
        "--to",
        parser=words,
        metavar="DAY",
        show_default=False,
        help=N_("Only who came in on this day or earlier."),
    ),
]
FindOption = Annotated[
    str,
    typer.Option(
        parser=words,
        metavar="TEXT",
        show_default=False,
        help=N_("Only who has this in name, phone, e-mail or city."),
    ),
]
NeedOption = Annotated[
    list[str], typer.Option(parser=words, metavar="NEED", help=N_("Only this need, by key or title."))
]
GradeOption = Annotated[list[str], typer.Option(parser=words, metavar="GRADE", help=N_("Only this grade."))]
FieldOption = Annotated[
    list[str],
    typer.Option(
        "--field",
        parser=words,
        metavar="FIELD=VALUE",
        help=N_("Only who has this in a field of your own: a choice, a part of a text, or from..until."),
    ),
]
ViewOption = Annotated[
    str,
    typer.Option(
        "--view",
        parser=words,
        metavar="TITLE",
        show_default=False,
        help=N_("As in a saved view; what else is given goes before it."),
    ),
]
SortOption = Annotated[
    str,
    typer.Option(
        parser=words,
        metavar="COLUMN",
        show_default=False,
        help=N_("Sort by a column, a field of your own included. Else by date, the newest first."),
    ),
]
ReverseOption = Annotated[bool, typer.Option("--reverse", help=N_("Turn the order round."))]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What was typed of which customers, in which order; each name is that of an option."""

    status: StatusOption = dataclasses.field(default_factory=list[str])
    owner: OwnerOption = dataclasses.field(default_factory=list[str])
    city: CityOption = dataclasses.field(default_factory=list[str])
    channel: ChannelOption = dataclasses.field(default_factory=list[str])
    since: SinceOption = ""
    until: UntilOption = ""
    find: FindOption = ""
    sort: SortOption = ""
    reverse: ReverseOption = False
    need: NeedOption = dataclasses.field(default_factory=list[str])
    grade: GradeOption = dataclasses.field(default_factory=list[str])
    field: FieldOption = dataclasses.field(default_factory=list[str])
    view: ViewOption = ""


def narrowed(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `Narrowing`, all in the place of its argument `narrowing`."""
    hints, unsaid = get_type_hints(Narrowing, include_extras=True), Narrowing()
    options = [
        Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=getattr(unsaid, name), annotation=hint)
        for name, hint in hints.items()
    ]

    def run(**typed: Any) -> None:
        narrowing = Narrowing(**{name: typed.pop(name) for name in hints})
        command(narrowing=narrowing, **typed)

    parameters = signature(command, eval_str=True).parameters.values()
    run.__signature__ = Signature(  # type: ignore[attr-defined]  # Typer reads a command's options from it
        [taken for each in parameters for taken in (options if each.name == "narrowing" else [each])]
    )
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run
