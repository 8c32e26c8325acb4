"""What the demonstration is made of, as its files say it, and the chance that picks: who rings whom, what is said."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from leadtui import paths
from leadtui.services.toml_reader import TomlTable, read_file

Thing = TypeVar("Thing")


class Chance:
    """The same seed gives the same course, on every version of Python: only `Random.random` promises that.

    It is also several times quicker than `Random.choice` and its kin, which guard against biases of 2**-53.
    """

    def __init__(self, seed: int) -> None:
        """Begin the course of `seed`."""
        self.part = Random(seed).random
        """A number from 0 up to 1."""

    def likely(self, share: float) -> bool:
        """Whether something happens that happens in `share` of all cases."""
        return self.part() < share

    def below(self, end: int) -> int:
        """A whole number from 0 up to `end`."""
        return int(self.part() * end)

    def between(self, low: float, high: float) -> float:
        """A number from `low` up to `high`."""
        return low + (high - low) * self.part()

    def one(self, things: Sequence[Thing]) -> Thing:
        """One of the things, each as often as the others."""
        return things[int(self.part() * len(things))]

    def of(self, mix: Mix[Thing]) -> Thing:
        """One of the things, by how often each is taken."""
        return mix.things[bisect(mix.sums, self.part() * mix.sums[-1])]


@dataclass(frozen=True, slots=True)
class Mix(Generic[Thing]):
    """Things, each with how often it is taken; `sums` adds these up from the first on."""

    things: tuple[Thing, ...]
    sums: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it is written at home, and in Latin letters."""

    own: str
    latin: str

    def written(self, latin: bool) -> str:
        """The name in one of the two."""
        return self.latin if latin else self.own


@dataclass(frozen=True, slots=True)
class Home:
    """Where people live: `numbers` are patterns of national numbers, `#` a digit, `{area}` one of `areas`."""

    country: str
    cities: tuple[Named, ...]
    numbers: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """The names that people of one language bear, and their homes."""

    women: tuple[Named, ...]
    men: tuple[Named, ...]
    families: tuple[Named, ...]
    homes: Mix[Home]


@dataclass(frozen=True, slots=True)
class Crowd:
    """A part of the customers: whose names, in which letters, living where."""

    people: Population
    latin: bool
    homes: Mix[Home]


@dataclass(frozen=True, slots=True)
class Teammate:
    """Somebody who works at the desk."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class CartableWords:
    """Keys of statuses for the person's own customers: steps behind them, and the one that each waits in."""

    before: tuple[str, ...]
    reminded: tuple[str, ...]
    handed: tuple[str, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoMove:
    """A move of a case by its key, with what it asks, as typed."""

    key: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoCase:
    """A case of the kind with that key, opened `hours` ago in the `state` of that key, else in the first.

    `people` are named by role, `beneath` is the title of the case above.
    """

    kind: str
    state: str
    title: str
    beneath: str
    hours: int
    people: Mapping[str, str]
    answers: Mapping[str, str]
    moves: tuple[DemoMove, ...]


@dataclass(frozen=True, slots=True)
class Scenery:
    """Everything that one language's demonstration is made of; statuses and channels by their keys.

    Numbers of `country` are written as at home, `educated` percent of the customers say their grade and major.
    """

    country: str
    educated: int
    person: Teammate
    colleagues: tuple[Teammate, ...]
    crowds: Mix[Crowd]
    channels: Mix[str]
    grades: tuple[str, ...]
    majors: tuple[str, ...]
    companies: tuple[str, ...]
    job_titles: tuple[str, ...]
    messages: tuple[str, ...]
    stories: Mix[tuple[str, ...]]
    cartable: CartableWords
    notes: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, tuple[str, ...]]
    amounts: range
    cases: tuple[DemoCase, ...]


def load_scenery(language: str) -> Scenery:
    """What the demonstration in `language` ("en", "fa" or "ar") is made of. Raises Unreadable."""
    folder = paths.demo_folder()
    table = read_file(folder / f"{language}.toml")
    crowds = table.tables("crowds")
    names = {each.text(key, "") for each in crowds for key in ("people", "home")}
    people = {name: _people(read_file(folder / f"{name}.toml")) for name in sorted(names)}
    details, amounts = table.table("details"), table.table("amounts")
    stories = table.tables("stories")
    channels, cartable = table.table("channels"), table.table("cartable")
    return Scenery(
        country=table.text("country", '"+1"'),
        educated=details.number("educated"),
        person=_teammate(table.table("person")),
        colleagues=tuple(_teammate(each) for each in table.tables("colleagues")),
        crowds=_mix(crowds, tuple(_crowd(each, people) for each in crowds)),
        channels=Mix(tuple(channels.values), tuple(accumulate(map(channels.number, channels.values)))),
        grades=details.texts("grades"),
        majors=details.texts("majors"),
        companies=details.texts("companies"),
        job_titles=details.texts("job_titles"),
        messages=details.texts("messages"),
        stories=_mix(stories, tuple(_keys(each, "steps") for each in stories)),
        cartable=CartableWords(
            *(_keys(cartable, name) for name in ("before", "reminded", "handed", "waiting"))
        ),
        notes=_all_texts(table.table("notes")),
        answers=_all_texts(table.table("answers")),
        amounts=range(amounts.number("least"), amounts.number("most"), amounts.number("step")),
        cases=tuple(map(_case, table.tables("cases"))),
    )


def _mix(tables: tuple[TomlTable, ...], things: tuple[Thing, ...]) -> Mix[Thing]:
    return Mix(things, tuple(accumulate(each.number("share") for each in tables)))


def _case(table: TomlTable) -> DemoCase:
    return DemoCase(
        table.text("kind", '"resume"'),
        table.text("state", '"review"', ""),
        table.text("title", '"Course"', ""),
        table.text("beneath", '"Course"', ""),
        table.number("hours"),
        _said(table, "people"),
        _said(table, "answers"),
        tuple(_move(each) for each in table.tables("moves")),
    )


def _move(table: TomlTable) -> DemoMove:
    said = _all_said(table)
    return DemoMove(said["key"], {name: text for name, text in said.items() if name != "key"})


def _said(table: TomlTable, name: str) -> Mapping[str, str]:
    return _all_said(table.table(name)) if name in table.values else {}


def _all_said(table: TomlTable) -> Mapping[str, str]:
    """Texts by their names; several that are chosen stand in lines."""
    return {
        name: "\n".join(table.texts(name)) if isinstance(value, list) else table.text(name, '"…"')
        for name, value in table.values.items()
    }


def _teammate(table: TomlTable) -> Teammate:
    return Teammate(table.text("name", '"Neda Karimi"'), table.text("email", '"neda@example.com"'))


def _crowd(table: TomlTable, people: Mapping[str, Population]) -> Crowd:
    return Crowd(
        people=people[table.text("people", "")],
        latin=table.word("script", ("own", "latin")) == "latin",
        homes=people[table.text("home", "")].homes,
    )


def _people(table: TomlTable) -> Population:
    homes = table.tables("homes")
    return Population(
        women=_named(table, "women"),
        men=_named(table, "men"),
        families=_named(table, "families"),
        homes=_mix(homes, tuple(_home(each) for each in homes)),
    )


def _home(table: TomlTable) -> Home:
    return Home(
        country=table.text("country", '"+1"'),
        cities=_named(table, "cities"),
        numbers=table.texts("numbers"),
        areas=table.texts("areas"),
    )


def _named(table: TomlTable, name: str) -> tuple[Named, ...]:
    parts = [each.partition("|") for each in table.texts(name)]
    return tuple(Named(own, latin or own) for own, _bar, latin in parts)


def _keys(table: TomlTable, name: str) -> tuple[str, ...]:
    """Keys of statuses in one text, some more than once."""
    return tuple(table.text(name, '"no_answer call_back"').split())


def _all_texts(table: TomlTable) -> Mapping[str, tuple[str, ...]]:
    return {name: table.texts(name) for name in table.values}
