"""What the nouns of a workspace's definition share: listing, retiring, bringing back and ordering, titles alone too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Generic, Protocol, TypeVar

import typer

from leadtui.cli.matching import Kind, Titled, chosen
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, words
from leadtui.cli.output import Json, write_json, write_json_list, write_table
from leadtui.cli.records import titled_record
from leadtui.domain.workspace import Channel, Definitions, Need
from leadtui.language.translate import N_, pgettext
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.session import Session


class Definition(Titled, Protocol):
    """A status, field, channel or need."""

    @property
    def id(self) -> int: ...
    @property
    def retired(self) -> bool: ...


Defined = TypeVar("Defined", bound=Definition)

NameArgument = Annotated[
    str, typer.Argument(parser=words, metavar="NAME", help=N_("Its key or title; its beginning is enough."))
]
NamesArgument = Annotated[
    list[str],
    typer.Argument(parser=words, metavar="NAME…", help=N_("Keys or titles, in the order they are to have.")),
]
TitleArgument = Annotated[
    str, typer.Argument(parser=words, metavar="TITLE", help=N_("What people read. The key follows from it."))
]
RetiredOption = Annotated[bool, typer.Option("--retired", help=N_("Also those that are no longer given."))]


@dataclass(frozen=True, slots=True)
class Noun(Generic[Defined]):
    """A noun of the command line whose things a workspace defines; `sort` is its name among the services."""

    name: str
    sort: str
    kind: Kind
    items: Callable[[Definitions], Sequence[Defined]]
    record: Callable[[Defined], dict[str, Json]]
    columns: Callable[[], list[TextColumn]]
    row: Callable[[Defined], list[str]]

    def chosen(self, session: Session, typed: str) -> Defined:
        """The one that was meant, retired or not. Raises NotFound."""
        return chosen(self.kind, typed, self.items(session.definitions))

    def write(self, things: Sequence[Defined]) -> None:
        """The things as a table."""
        write_table(self.columns(), [self.row(each) for each in things])

    def answer(self, session: Session, thing_id: int, *, as_json: bool) -> None:
        """One thing as it is now."""
        thing = next(each for each in self.items(session.definitions) if each.id == thing_id)
        if as_json:
            write_json(self.record(thing))
        else:
            self.write([thing])


def add_list(app: Group, noun: Noun[Defined], help_: str) -> None:
    """Give the noun the command that lists its things."""

    @app.command("list", help=help_, epilog=f"leadtui {noun.name} list --json")
    def list_command(
        common: CommandOptions, retired: RetiredOption = False, as_json: JsonOption = False
    ) -> None:
        with session_for(common) as session:
            things = [each for each in noun.items(session.definitions) if retired or not each.retired]
        if as_json:
            write_json_list(noun.record(each) for each in things)
        else:
            noun.write(things)


def add_use(app: Group, noun: Noun[Defined], example: str) -> None:
    """Give the noun the commands that take a thing out of use and back into it, and that order all of them."""

    @app.command(
        "retire",
        help=N_("Take one out of use: nobody is offered it any more, what was given with it stays readable."),
        epilog=f"leadtui {noun.name} retire {example}",
    )
    def retire_command(common: CommandOptions, name: NameArgument, as_json: JsonOption = False) -> None:
        from leadtui.services.defining import retire
        from leadtui.services.finding import find_anew

        with session_for(common) as session:
            thing = noun.chosen(session, name)
            retire(session, noun.sort, thing.id)
            find_anew(session)
            noun.answer(session, thing.id, as_json=as_json)

    @app.command(
        "bring-back",
        help=N_("Take a retired one into use again."),
        epilog=f"leadtui {noun.name} bring-back {example}",
    )
    def bring_back_command(common: CommandOptions, name: NameArgument, as_json: JsonOption = False) -> None:
        from leadtui.services.defining import bring_back
        from leadtui.services.finding import find_anew

        with session_for(common) as session:
            thing = noun.chosen(session, name)
            bring_back(session, noun.sort, thing.id)
            find_anew(session)
            noun.answer(session, thing.id, as_json=as_json)

    @app.command(
        "order",
        help=N_("Put those that are named first, in their order; the others follow in theirs."),
        epilog=f"leadtui {noun.name} order {example}",
    )
    def order_command(common: CommandOptions, names: NamesArgument, as_json: JsonOption = False) -> None:
        from leadtui.services.defining import reorder

        with session_for(common) as session:
            reorder(session, noun.sort, [noun.chosen(session, each).id for each in names])
            things = noun.items(session.definitions)
            if as_json:
                write_json_list(noun.record(each) for each in things)
            else:
                noun.write(things)


TitledDefinition = TypeVar("TitledDefinition", Channel, Need)


def titled_noun(
    name: str, sort: str, kind: Kind, items: Callable[[Definitions], Sequence[TitledDefinition]]
) -> Noun[TitledDefinition]:
    """A noun whose things are titles alone."""
    return Noun(name, sort, kind, items, titled_record, _titled_columns, lambda each: [each.key, each.title])


def add_titles(app: Group, noun: Noun[TitledDefinition], example: str) -> None:
    """Give the noun the commands that add and rename titles."""

    @app.command("add", help=N_("Add one."), epilog=f"leadtui {noun.name} add '{example}'")
    def add_command(common: CommandOptions, title: TitleArgument, as_json: JsonOption = False) -> None:
        from leadtui.services.defining import add_titled

        with session_for(common) as session:
            noun.answer(session, add_titled(session, noun.sort, title), as_json=as_json)

    @app.command(
        "rename",
        help=N_("Give one another title; its key stays."),
        epilog=f"leadtui {noun.name} rename phone '{example}'",
    )
    def rename_command(
        common: CommandOptions, name: NameArgument, title: TitleArgument, as_json: JsonOption = False
    ) -> None:
        from leadtui.services.defining import rename

        with session_for(common) as session:
            thing = noun.chosen(session, name)
            rename(session, noun.sort, thing.id, title, thing.title)
            noun.answer(session, thing.id, as_json=as_json)


def _titled_columns() -> list[TextColumn]:
    return [
        TextColumn(pgettext("column", "Key")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
    ]
