"""From what was typed on a command line to the one status, colleague, day or moment that it means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from leadtui.domain.field import find_people
from leadtui.domain.status import Status
from leadtui.domain.workspace import Colleague
from leadtui.errors import Invalid, NotFound
from leadtui.language.text import search_key
from leadtui.language.translate import N_, P_, _, format_list, pgettext
from leadtui.presentation import repetition
from leadtui.presentation.input_feedback import doubt_about_moment, moment_reading, moment_to_come
from leadtui.presentation.repetition import ReminderTime

if TYPE_CHECKING:
    from leadtui.services.session import Session

ME = P_("person", "me")
"""Stands for oneself."""


class Titled(Protocol):
    """What has a stable key and a title that people read."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...


Thing = TypeVar("Thing", bound=Titled)


class Kind(NamedTuple):
    """A kind of thing that is named on a command line: what is said where nothing of it is meant, or several."""

    none: str
    several: str


STATUS = Kind(
    N_("There is no status “{typed}”. There are: {names}."),
    N_("Several can be meant by status “{typed}”: {names}. Type more of it."),
)
COLLEAGUE = Kind(
    N_("There is no colleague “{typed}”. There are: {names}."),
    N_("Several can be meant by colleague “{typed}”: {names}. Type more of it."),
)
CHANNEL = Kind(
    N_("There is no entry channel “{typed}”. There are: {names}."),
    N_("Several can be meant by entry channel “{typed}”: {names}. Type more of it."),
)
NEED = Kind(
    N_("There is no need “{typed}”. There are: {names}."),
    N_("Several can be meant by need “{typed}”: {names}. Type more of it."),
)
FIELD = Kind(
    N_("There is no field “{typed}”. There are: {names}."),
    N_("Several can be meant by field “{typed}”: {names}. Type more of it."),
)
COLUMN = Kind(
    N_("There is no column “{typed}”. There are: {names}."),
    N_("Several can be meant by column “{typed}”: {names}. Type more of it."),
)


def matching(typed: str, things: Sequence[Thing]) -> list[Thing]:
    """The things that `typed` can mean: the one with that key or title, else those that begin with it."""
    wanted = search_key(typed)
    for same in (
        [each for each in things if each.key == typed],
        [each for each in things if wanted in (search_key(each.key), search_key(each.title))],
    ):
        if same:
            return same
    return [
        each
        for each in things
        if wanted and (search_key(each.key).startswith(wanted) or search_key(each.title).startswith(wanted))
    ]


def chosen(kind: Kind, typed: str, things: Sequence[Thing], known: Sequence[Thing] = ()) -> Thing:
    """The one of the things that `typed` means. Raises NotFound, naming those it can mean, else the `known` or all."""
    found = matching(typed, things)
    if len(found) == 1:
        return found[0]
    raise unclear(kind, typed, [_keyed(each) for each in found or known or things], several=bool(found))


def chosen_status(session: Session, typed: str, statuses: Sequence[Status]) -> Status:
    """The one of the statuses that `typed` means. Raises NotFound, naming those that can be given."""
    return chosen(STATUS, typed, statuses, session.definitions.open_statuses)


def chosen_person(session: Session, typed: str, *, also_gone: bool = False) -> Colleague:
    """The one colleague that `typed` means; where `also_gone`, else one who has left. Raises NotFound, naming those there are."""
    if search_key(typed) in (ME, search_key(pgettext("person", ME))):
        return session.actor
    people = session.definitions.active_colleagues
    found = find_people(typed, people)
    if also_gone and not found:
        found = find_people(typed, session.definitions.people)
    if len(found) == 1:
        return found[0]
    named = [f"{each.name} <{each.email}>" for each in found or people]
    raise unclear(COLLEAGUE, typed, named, several=bool(found))


def unclear(kind: Kind, typed: str, names: Sequence[str], *, several: bool) -> NotFound:
    """That `typed` means nothing of the kind, or several things; `names` are what it can mean."""
    sentence = _(kind.several) if several else _(kind.none)
    return NotFound(sentence.format(typed=typed, names=format_list(names)))


def read_moment(session: Session, typed: str, field: str = "") -> datetime:
    """The moment that was typed, aware UTC. Raises Invalid, with the `field` that it is for."""
    context = session.format_context()
    reading = moment_reading(typed, context)
    if reading.said is None:
        sentence = _("“{typed}” is no moment; type one such as tomorrow {hour}, +2d or {date} {time}.")
        raise Invalid(
            doubt_about_moment(typed, reading, context)
            or sentence.format(typed=typed, **moment_to_come(context)),
            field,
        )
    return reading.said


def read_reminder_time(session: Session, typed: str, field: str = "") -> ReminderTime:
    """The moment that was typed, or the rule of what comes again. Raises Invalid, with the `field` that it is for."""
    context = session.format_context()
    time = repetition.read_reminder_time(typed, context)
    if time is not None:
        return time
    doubt = repetition.repetition_doubt(repetition.repetition_reading(typed, context), context)
    if not doubt and repetition.says_repetition(typed):
        doubt = repetition.why_no_rule(context)
    if doubt:
        raise Invalid(doubt, field)
    return ReminderTime(read_moment(session, typed, field))


def read_rule(session: Session, typed: str) -> ReminderTime:
    """The rule that was typed, with *every* or without it. Raises Invalid."""
    context = session.format_context()
    for line in (typed, f"every {typed}"):
        time = repetition.read_reminder_time(line, context)
        if time is not None and time.repeats:
            return time
        doubt = repetition.repetition_doubt(repetition.repetition_reading(line, context), context)
        if doubt:
            raise Invalid(doubt)
    raise Invalid(repetition.why_no_rule(context))


def _keyed(thing: Titled) -> str:
    return f"{thing.key} ({thing.title})" if search_key(thing.key) != search_key(thing.title) else thing.key
