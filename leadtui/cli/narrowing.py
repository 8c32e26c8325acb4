"""From what was typed on a command line to the statuses, people, channels and columns that it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar
from zoneinfo import ZoneInfo

from leadtui.domain.field import Field, FieldKind, find_people, read_answer
from leadtui.domain.lead_fields import ENTERED_AT, SORT_KEYS, filtered_words, table_fields
from leadtui.domain.status import Status
from leadtui.domain.view import CHOSEN_KINDS, NO, RANGE_KINDS, YES, FieldFilter, LeadFilter, View, custom_sort
from leadtui.domain.workspace import Channel, Colleague, Need
from leadtui.errors import Invalid, NotFound
from leadtui.language import calendar, moment
from leadtui.language.text import search_key
from leadtui.language.translate import N_, P_, _, format_list, pgettext

if TYPE_CHECKING:
    from leadtui.cli.narrowing_options import Narrowing
    from leadtui.services.session import Session

ME = P_("person", "me")
NOBODY = P_("person", "nobody")
NEW = "new"
"""Words that stand for oneself, for no owner, and for no status yet."""


class Titled(Protocol):
    """What has a stable key and a title that people read."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...


Thing = TypeVar("Thing", bound=Titled)


class _Sentences(NamedTuple):
    """What is said where what was typed means none of a kind, or several."""

    none: str
    several: str


_STATUS = _Sentences(
    N_("There is no status “{typed}”. There are: {names}."),
    N_("Several can be meant by status “{typed}”: {names}. Type more of it."),
)
_COLLEAGUE = _Sentences(
    N_("There is no colleague “{typed}”. There are: {names}."),
    N_("Several can be meant by colleague “{typed}”: {names}. Type more of it."),
)
_CHANNEL = _Sentences(
    N_("There is no entry channel “{typed}”. There are: {names}."),
    N_("Several can be meant by entry channel “{typed}”: {names}. Type more of it."),
)
_NEED = _Sentences(
    N_("There is no need “{typed}”. There are: {names}."),
    N_("Several can be meant by need “{typed}”: {names}. Type more of it."),
)
_FIELD = _Sentences(
    N_("There is no field “{typed}”. There are: {names}."),
    N_("Several can be meant by field “{typed}”: {names}. Type more of it."),
)
_COLUMN = _Sentences(
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


def chosen_status(session: Session, typed: str, statuses: Sequence[Status]) -> Status:
    """The one status that `typed` means. Raises NotFound, naming those there are."""
    found = matching(typed, statuses)
    if len(found) == 1:
        return found[0]
    raise _unclear(_STATUS, typed, found or session.definitions.open_statuses, several=bool(found))


def chosen_person(session: Session, typed: str) -> Colleague:
    """The one colleague that `typed` means. Raises NotFound, naming those there are."""
    if search_key(typed) in (ME, search_key(pgettext("person", ME))):
        return session.actor
    found = find_people(typed, session.definitions.active_colleagues)
    if len(found) == 1:
        return found[0]
    named = found or session.definitions.active_colleagues
    raise _named_unclear(_COLLEAGUE, typed, [_named(each) for each in named], several=bool(found))


def chosen_view(session: Session, narrowing: Narrowing) -> View:
    """The list that the options ask for; what is given goes before what the saved view says.

    Raises NotFound or Invalid for the first that means nothing.
    """
    asked = _asked_view(session, narrowing)
    if not narrowing.view:
        return asked
    from leadtui.services.views import find_view

    kept = find_view(session, narrowing.view).arrangement.view
    parts = {name: value for name, value in _parts(asked.filter).items() if value}
    return View(
        sort=asked.sort if narrowing.sort else kept.sort,
        descending=asked.descending if narrowing.sort else kept.descending != narrowing.reverse,
        filter=replace(kept.filter, **parts),
        find=narrowing.find or kept.find,
    )


def _parts(lead_filter: LeadFilter) -> dict[str, Any]:
    return {each.name: getattr(lead_filter, each.name) for each in fields(lead_filter)}


def _asked_view(session: Session, narrowing: Narrowing) -> View:
    without_status, status_ids = _statuses(session, narrowing.status)
    nobody = [
        each
        for each in narrowing.owner
        if search_key(each) in (NOBODY, search_key(pgettext("person", NOBODY)))
    ]
    named = [each for each in narrowing.owner if each not in nobody]
    column = _column(session, narrowing.sort) if narrowing.sort else ENTERED_AT
    words: dict[str, Any] = {
        place.part: frozenset(getattr(narrowing, each.key)) for each, place in filtered_words()
    }
    return View(
        sort=column,
        descending=(column == ENTERED_AT) != narrowing.reverse,
        filter=LeadFilter(
            status_ids=status_ids,
            without_status=without_status,
            owner_ids=frozenset(chosen_person(session, each).id for each in named),
            without_owner=bool(nobody),
            channel_ids=_ids(_CHANNEL, narrowing.channel, session.definitions.channels),
            entered_from=_beginning(session, narrowing.since) if narrowing.since else None,
            entered_before=_beginning(session, narrowing.until, days_on=1) if narrowing.until else None,
            need_ids=_ids(_NEED, narrowing.need, session.definitions.needs),
            fields=tuple(field_filter(session, each) for each in narrowing.field),
            **words,
        ),
        find=narrowing.find,
    )


def _statuses(session: Session, typed: Sequence[str]) -> tuple[bool, frozenset[int]]:
    without, ids = False, set[int]()
    for each in typed:
        if search_key(each) in (NEW, search_key(pgettext("status", "New"))) and not matching(
            each, session.definitions.statuses
        ):
            without = True
        else:
            ids.add(chosen_status(session, each, session.definitions.statuses).id)
    return without, frozenset(ids)


def _ids(
    kind: _Sentences, typed: Sequence[str], things: Sequence[Channel] | Sequence[Need]
) -> frozenset[int]:
    ids = set[int]()
    for each in typed:
        found = matching(each, [*things])
        if len(found) != 1:
            raise _unclear(kind, each, found or things, several=bool(found))
        ids.add(found[0].id)
    return frozenset(ids)


def field_filter(session: Session, typed: str) -> FieldFilter:
    """What `FIELD=VALUE` means: a choice, a beginning..end, or a text. Raises NotFound or Invalid."""
    named, equals, value = typed.partition("=")
    found = matching(named.strip(), session.definitions.open_fields)
    if not equals or len(found) != 1:
        raise _unclear(_FIELD, named, found or session.definitions.open_fields, several=len(found) > 1)
    (field,) = found
    if field.kind in RANGE_KINDS:
        least, dots, most = value.partition("..")
        bounds = [_bound(session, field, each) for each in (least, most if dots else least)]
        return FieldFilter(field.key, least=bounds[0], most=bounds[1])
    if field.kind in CHOSEN_KINDS:
        chosen = read_answer(replace(field, required=True), value, session.format_context())
        if field.kind is FieldKind.YES_NO:
            return FieldFilter(field.key, options=frozenset({YES if chosen else NO}))
        options = chosen if isinstance(chosen, list) else [chosen]
        return FieldFilter(field.key, options=frozenset(str(each) for each in options))
    return FieldFilter(field.key, contains=value)


def _bound(session: Session, field: Field, typed: str) -> str:
    value = read_answer(replace(field, required=False), typed, session.format_context())
    return "" if value is None else str(value)


def _column(session: Session, typed: str) -> str:
    named = typed.replace("-", "_").casefold()
    if named in SORT_KEYS:
        return named
    found = matching(typed, session.definitions.open_fields)
    if len(found) == 1:
        return custom_sort(found[0].key)
    known = [each.plain_key for each in table_fields(session.definitions)]
    raise _named_unclear(_COLUMN, typed, known, several=False)


def _beginning(session: Session, typed: str, days_on: int = 0) -> datetime:
    """When the day that `typed` means begins in the workspace's zone, or one `days_on` after it."""
    zone = session.workspace.zone
    day: date | None = calendar.parse_date(typed, session.calendar)
    if day is None:
        when = moment.parse_moment(typed, now=session.now(), zone=zone, calendar=session.calendar)
        if when is None:
            raise Invalid(
                _("“{typed}” is no day; type one such as 1403/07/08 or 2024-09-29.").format(typed=typed)
            )
        day = calendar.local_date(when, zone)
    return datetime.combine(day + timedelta(days=days_on), time(), ZoneInfo(zone))


def _unclear(kind: _Sentences, typed: str, things: Sequence[Titled], *, several: bool) -> NotFound:
    return _named_unclear(kind, typed, [_keyed(each) for each in things], several=several)


def _named_unclear(kind: _Sentences, typed: str, names: Sequence[str], *, several: bool) -> NotFound:
    sentence = _(kind.several) if several else _(kind.none)
    return NotFound(sentence.format(typed=typed, names=format_list(names)))


def _keyed(thing: Titled) -> str:
    return f"{thing.key} ({thing.title})" if search_key(thing.key) != search_key(thing.title) else thing.key


def _named(person: Colleague) -> str:
    return f"{person.name} <{person.email}>"
