"""A view of all customers: in which order they stand, which are filtered out, and what is being found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING

from leadtui.domain.board import Listing
from leadtui.domain.field import NUMBER_KINDS, AnswerValue, FieldKind
from leadtui.language.text import fold_words, search_key
from leadtui.language.translate import P_

if TYPE_CHECKING:
    from leadtui.domain.lead import Lead

CUSTOM_PREFIX = "custom:"
ANSWER_PREFIX = "answer:"

NEWEST = "entered_at"
"""What leads are sorted by where nobody asks for anything else."""

YES, NO = "yes", "no"
"""What stands for the two answers among `FieldFilter.options`."""

CHOSEN_KINDS = frozenset(
    {FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO, FieldKind.WEEKDAY, FieldKind.PERSON}
)
"""Kinds whose answers are chosen: a filter names some of them."""

RANGE_KINDS = NUMBER_KINDS | {FieldKind.DATE, FieldKind.TIME}
"""Kinds whose answers have an order: a filter gives the least and the most."""


_SIGNS = frozenset("%_")
"""What is looked for as it is typed, though keys for finding leave it out."""


def custom_sort(key: str) -> str:
    """The `View.sort` that sorts by the workspace's own field `key`."""
    return CUSTOM_PREFIX + key


def custom_key(sort: str) -> str | None:
    """The key of the workspace's own field that `sort` sorts by; None for a built-in column."""
    return sort.removeprefix(CUSTOM_PREFIX) if sort.startswith(CUSTOM_PREFIX) else None


def answer_sort(status_id: int, key: str) -> str:
    """The `View.sort` that sorts by what was last answered to the field `key` of a status."""
    return f"{ANSWER_PREFIX}{status_id}:{key}"


def answer_key(sort: str) -> tuple[int, str] | None:
    """The status and the key of its field by whose answers `sort` sorts; None for any other column."""
    status_id, _colon, key = sort.removeprefix(ANSWER_PREFIX).partition(":")
    return (int(status_id), key) if sort.startswith(ANSWER_PREFIX) and status_id.isdecimal() else None


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """What a field's value must be. Which parts count follows from the kind of the field.

    `options` are titles of choices, `YES` and `NO`, weekdays (Monday "0") or ids of people, as text.
    `least` and `most` are included, and written as values are kept: plain numbers, ISO dates and times.
    `contains` fits without regard to case and ways of spelling a letter; % and _ in it are letters like any. `none` lets
    those through who have nothing in the field.
    """

    key: str
    options: frozenset[str] = frozenset()
    least: str = ""
    most: str = ""
    contains: str = ""
    none: bool = False

    @property
    def empty(self) -> bool:
        """Whether it lets every value through, and none too."""
        return not (self.none or self.options or self.least or self.most or self.contains.strip())

    def fits(self, kind: FieldKind, value: AnswerValue | None) -> bool:
        """Whether a customer with that value, or with none, is let through."""
        if self.empty:
            return True
        if value is None or value in ("", []):
            return self.none
        if kind in CHOSEN_KINDS:
            return self._is_chosen(kind, value)
        if kind in RANGE_KINDS:
            return self._is_between(kind, str(value))
        return self._is_within(str(value))

    def _is_within(self, value: str) -> bool:
        if not self.contains.strip():
            return False
        wanted = search_key(self.contains)
        if not wanted or not _SIGNS.isdisjoint(self.contains):
            return fold_words(self.contains) in fold_words(value)
        return wanted in search_key(value)

    def _is_chosen(self, kind: FieldKind, value: AnswerValue) -> bool:
        if kind is FieldKind.YES_NO:
            return (YES if value in (True, 1, "true") else NO) in self.options
        wanted = {search_key(option) for option in self.options}
        given = value if isinstance(value, list) else [str(value)]
        return any(search_key(str(each)) in wanted for each in given)

    def _is_between(self, kind: FieldKind, value: str) -> bool:
        if not (self.least or self.most):
            return False
        if kind in (FieldKind.DATE, FieldKind.TIME):
            # ISO dates and times of one kind sort as their letters do.
            return (not self.least or value >= self.least) and (not self.most or value <= self.most)
        number = _number(value)
        if number is None:
            return False
        least, most = (_number(each) if each else number for each in (self.least, self.most))
        return least is not None and most is not None and least <= number <= most


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """What must have been answered the last time that a lead was given a status: who never was is not let through.

    `wanted.key` is that of a field of the status; its `none` lets those through who left the field empty.
    """

    status_id: int
    wanted: FieldFilter


class Plan(StrEnum):
    """What is planned for a customer of a cartable, as its parts have it."""

    OVERDUE = "overdue"
    NOTHING = "nothing-planned"
    """Without a next step after the first contact."""
    NEVER_CALLED = "never-called"
    """Without a next step before it."""


PLAN_WORDS = {
    Plan.OVERDUE: P_("filter", "overdue"),
    Plan.NOTHING: P_("filter", "nothing planned"),
    Plan.NEVER_CALLED: P_("filter", "never called"),
}
"""What people read, marked for translation as a "filter"."""


def plan_of(lead: Lead, now: datetime) -> Plan | None:
    """What of a `Plan` a lead is in at that moment (aware UTC); None where the next step is to come, or it is nobody's."""
    if lead.owner_id is None:
        return None
    if lead.next_at is not None:
        return Plan.OVERDUE if lead.next_at <= now else None
    return Plan.NEVER_CALLED if lead.contacted_at is None else Plan.NOTHING


class Calls(StrEnum):
    """Whether a customer may be rung."""

    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Which customers a list is narrowed to: every part that is set must fit, any choice within it will do.

    `without_status` adds new customers to the chosen statuses, `without_owner` those in nobody's
    cartable to the chosen owners. `cities` fit without regard to case and ways of spelling a letter;
    "" among them means no city. `channel_ids` are compared with the latest channel, and `without_channel` adds who has none.
    `grades` fit like cities. `entered_from` (included) and `entered_before` (excluded) are aware UTC.
    `fields` narrow by the workspace's own fields, each at most once. `next_*` and `contacted_*` are bounds like those of
    `entered_*`, of the next step and the last contact, `first_call_*` and `last_call_*` of when somebody rang; `never_rung`
    lets through whom nobody ever rang. `answers` narrow by what was asked with a status. `untouched_since` lets through whom
    nobody has worked or rung since, and who were there by then; `least_attempts` who was tried so often, and `owner_left`
    whose owner works here no more.
    `overdue_at` is the moment by which one is overdue: `at` sets it for each reading.
    """

    status_ids: frozenset[int] = frozenset()
    without_status: bool = False
    owner_ids: frozenset[int] = frozenset()
    without_owner: bool = False
    cities: frozenset[str] = frozenset()
    channel_ids: frozenset[int] = frozenset()
    without_channel: bool = False
    entered_from: datetime | None = None
    entered_before: datetime | None = None
    need_ids: frozenset[int] = frozenset()
    without_need: bool = False
    grades: frozenset[str] = frozenset()
    fields: tuple[FieldFilter, ...] = ()
    plans: frozenset[Plan] = frozenset()
    calls: frozenset[Calls] = frozenset()
    next_from: datetime | None = None
    next_before: datetime | None = None
    contacted_from: datetime | None = None
    contacted_before: datetime | None = None
    first_call_from: datetime | None = None
    first_call_before: datetime | None = None
    last_call_from: datetime | None = None
    last_call_before: datetime | None = None
    never_rung: bool = False
    answers: tuple[AnswerFilter, ...] = ()
    untouched_since: datetime | None = None
    least_attempts: int = 0
    owner_left: bool = False
    overdue_at: datetime | None = None

    def at(self, now: datetime) -> LeadFilter:
        """The filter as it is at that minute, of which all kept of it is true."""
        if Plan.OVERDUE not in self.plans:
            return self
        return replace(self, overdue_at=now.replace(second=0, microsecond=0))

    @property
    def empty(self) -> bool:
        """Whether it lets every customer through."""
        return self == LeadFilter()

    def word_keys(self, part: str) -> frozenset[str]:
        """The words of one part, such as "cities", in the form in which they are compared."""
        words: frozenset[str] = getattr(self, part)
        # A word of signs alone has no key of its own; as it is, it is nobody's key.
        return frozenset(search_key(word) or word.strip() for word in words)


@dataclass(frozen=True, slots=True)
class View:
    """What one list of all customers shows, and in which order.

    `sort` is the key of a field of the table (`domain.lead_fields`). Customers with nothing in that column come
    last in both directions. `find` is what the person typed, as typed. With `listing` it shows only those whom a number
    of the board counts; that is of a moment, and is not kept.
    """

    sort: str = NEWEST
    descending: bool = True
    filter: LeadFilter = LeadFilter()
    find: str = ""
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a person wants of one column: `width` in cells, None where it follows from the room that there is."""

    key: str
    shown: bool = True
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A view with the columns that it is seen by. Columns that are not named come after the named ones, as is usual."""

    view: View = View()
    columns: tuple[ColumnChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedView:
    """An arrangement under a title, of one person (`user_id`) or, where `shared`, of everybody.

    `out_of_use` are the titles of the fields that it asks for and that the workspace has retired: the arrangement goes
    without them until they are back.
    """

    id: int
    title: str
    user_id: int
    shared: bool
    arrangement: Arrangement
    out_of_use: tuple[str, ...] = ()


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
