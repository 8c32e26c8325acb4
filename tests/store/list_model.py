"""A naive model of all customers: what ordering, filtering and finding mean, one customer at a time."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert

from leadtui.domain.field import AnswerValue
from leadtui.domain.lead_fields import SORT_KEYS
from leadtui.domain.view import FieldFilter, LeadFilter, Plan, custom_key
from leadtui.language.collation import sort_key
from leadtui.language.phone import phone_search_digits
from leadtui.language.text import search_key
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.search import search_text

HERE, ELSEWHERE = 1, 2
LANGUAGE = "fa"
"""The workspace that is looked at, and another one in the same store."""

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)

# Ids in the order in which the definitions stand: their positions and names run against their ids.
STATUSES = (3, 1, 2)
CHANNELS = (2, 1)
NEEDS = (1, 3, 2)
PEOPLE = {2: "آرش", 3: "بابک", 1: "Zoë"}
STRANGER = 9
"""Owns customers but is no member any more, as only a repaired store can have it."""

LEVELS: tuple[str, ...] = ("low", "بالا", "high")
FIELDS = {
    "budget": "money",
    "level": "choice",
    "tags": "choices",
    "adviser": "person",
    "remark": "text",
    "keen": "yes-no",
}


@dataclass(frozen=True)
class Customer:
    """One lead of either workspace, as a test puts it into a store."""

    id: int
    workspace_id: int = HERE
    name: str = ""
    city: str = ""
    email: str = ""
    numbers: tuple[str, ...] = ()
    grade: str = ""
    entered_at: datetime = NOW
    channel_latest_id: int | None = None
    status_id: int | None = None
    owner_id: int | None = None
    need_id: int | None = None
    channel_first_id: int | None = None
    contacted_at: datetime | None = None
    owner_at: datetime | None = None
    next_at: datetime | None = None
    custom: Mapping[str, AnswerValue] = field(default_factory=dict[str, AnswerValue])


def here(connection: Connection) -> WorkspaceConnection:
    """The connection, at work in the workspace that is looked at."""
    return WorkspaceConnection(connection, HERE)


def define(connection: Connection) -> None:
    """Write what the customers refer to, for both workspaces."""
    put = connection.execute
    for workspace_id in (HERE, ELSEWHERE):
        values = {"language": LANGUAGE, "calendar": "jalali", "region": "IR", "zone": "Asia/Tehran"}
        put(
            insert(tables.workspace).values(
                id=workspace_id, title=f"Desk {workspace_id}", currency="IRR", created_at=NOW, **values
            )
        )
    put(insert(tables.profile).values(id=1, workspace_id=HERE, key="agent", title="Agent", permissions=[]))
    for person, name in (PEOPLE | {STRANGER: "Stranger"}).items():
        put(insert(tables.user).values(id=person, name=name, email=f"{person}@desk.test", created_at=NOW))
        if person != STRANGER:
            put(insert(tables.membership).values(workspace_id=HERE, user_id=person, name=name, profile_id=1))
    for table, ids in ((tables.channel, CHANNELS), (tables.need, NEEDS), (tables.status, STATUSES)):
        extra = {"glyph": "●", "colour": "blue", "kind": "open", "cartable": "stay", "reminder": "no"}
        for position, one in enumerate(ids):
            more = extra if table is tables.status else {}
            row = {
                "id": one,
                "workspace_id": HERE,
                "key": f"k{one}",
                "title": f"T{one}",
                "position": position,
            }
            put(insert(table).values(row | more))
    for key, kind in FIELDS.items():
        options = list(LEVELS) if kind in {"choice", "choices"} else []
        put(
            insert(tables.field).values(
                workspace_id=HERE, key=key, title=key.title(), kind=kind, options=options
            )
        )


def put_customers(connection: Connection, customers: Iterable[Customer]) -> None:
    """Put exactly these customers into the store."""
    connection.execute(delete(tables.lead))
    for one in customers:
        connection.execute(
            insert(tables.lead).values(
                id=one.id,
                workspace_id=one.workspace_id,
                name=one.name,
                name_sort=sort_key(one.name, LANGUAGE),
                city=one.city,
                city_sort=sort_key(one.city, LANGUAGE),
                city_key=search_key(one.city),
                phone=one.numbers[0] if one.numbers else "",
                email=one.email,
                grade=one.grade,
                entered_at=one.entered_at,
                channel_latest_id=one.channel_latest_id,
                channel_first_id=one.channel_first_id,
                contacted_at=one.contacted_at,
                owner_at=one.owner_at,
                status_id=one.status_id,
                owner_id=one.owner_id,
                need_id=one.need_id,
                next_at=one.next_at,
                custom=one.custom,
                search_key=search_text(one.name, one.city, one.email, one.numbers),
                created_at=NOW,
            )
        )


def of_workspace(customers: Iterable[Customer]) -> list[Customer]:
    """The customers of the workspace that is looked at."""
    return [one for one in customers if one.workspace_id == HERE]


def in_order(customers: Iterable[Customer], sort: str, descending: bool) -> list[int]:
    """The ids in order: nothing in the column is last in both directions, equal ones stand by their ids."""
    values = {one.id: _value(one, sort) for one in customers}
    filled = sorted(((value, one) for one, value in values.items() if value), reverse=descending)
    blank = sorted((one for one, value in values.items() if not value), reverse=descending)
    return [one for _, one in filled] + blank


def fits(one: Customer, lead_filter: LeadFilter) -> bool:
    """Whether the filter lets the customer through."""
    chosen = lead_filter
    statuses: set[int | None] = {*chosen.status_ids, *([None] if chosen.without_status else [])}
    owners: set[int | None] = {*chosen.owner_ids, *([None] if chosen.without_owner else [])}
    cities = {search_key(city) or city.strip() for city in chosen.cities}
    needs: set[int | None] = {*chosen.need_ids, *([None] if chosen.without_need else [])}
    grades = {search_key(grade) or grade.strip() for grade in chosen.grades}
    channels: set[int | None] = {*chosen.channel_ids, *([None] if chosen.without_channel else [])}
    return (
        (not statuses or one.status_id in statuses)
        and (not owners or one.owner_id in owners)
        and (not cities or search_key(one.city) in cities)
        and (not channels or one.channel_latest_id in channels)
        and (chosen.entered_from is None or one.entered_at >= chosen.entered_from)
        and (chosen.entered_before is None or one.entered_at < chosen.entered_before)
        and (not chosen.plans or bool(chosen.plans & {_plan(one, chosen)}))
        and (chosen.next_from is None or (one.next_at is not None and one.next_at >= chosen.next_from))
        and (chosen.next_before is None or (one.next_at is not None and one.next_at < chosen.next_before))
        and (
            chosen.contacted_from is None
            or bool(one.contacted_at and one.contacted_at >= chosen.contacted_from)
        )
        and (
            chosen.contacted_before is None
            or bool(one.contacted_at and one.contacted_at < chosen.contacted_before)
        )
        and (chosen.untouched_since is None or _untouched(one, chosen.untouched_since))
        and (not needs or one.need_id in needs)
        and (not grades or search_key(one.grade) in grades)
        and all(_field_fits(each, one.custom.get(each.key)) for each in chosen.fields)
    )


def _plan(one: Customer, chosen: LeadFilter) -> Plan | None:
    """In which part of a cartable the customer is, as far as a filter asks for it."""
    if one.owner_id is None:
        return None
    if one.next_at is None:
        return Plan.NEVER_CALLED if one.contacted_at is None else Plan.NOTHING
    return Plan.OVERDUE if chosen.overdue_at and one.next_at <= chosen.overdue_at else None


def _untouched(one: Customer, since: datetime) -> bool:
    return one.entered_at < since and all(
        each is None or each < since for each in (one.contacted_at, one.owner_at)
    )


def _field_fits(chosen: FieldFilter, answer: Any) -> bool:
    match chosen.key:
        case "budget":
            below = chosen.least and (answer is None or Decimal(answer) < Decimal(chosen.least))
            above = chosen.most and (answer is None or Decimal(answer) > Decimal(chosen.most))
            return not below and not above
        case "level" | "tags":
            given: list[str] = [answer or ""] if chosen.key == "level" else answer or []
            return not chosen.options or not chosen.options.isdisjoint(given)
        case "keen":
            return not chosen.options or ({True: "yes", False: "no"}.get(answer, "") in chosen.options)
        case _:
            return search_key(chosen.contains) in search_key(answer or "")


def is_found(one: Customer, typed: str) -> bool:
    """Whether what was typed finds the customer: every word of it must be in some line."""
    names = [search_key(one.name), *(search_key(word) for word in one.name.split())]
    numbers = [number.removeprefix("+") for number in one.numbers]
    lines = [*names, search_key(one.city), search_key(one.email), *numbers]
    words = typed[:200].split()
    return all(_word_is_in(word, lines) and _is_spelled(word, one) for word in words)


def _is_spelled(word: str, one: Customer) -> bool:
    """Whether what stands around each % and _ in a word, as far as it is ASCII, is written like that."""
    runs = [] if phone_search_digits(word) else re.findall("[!-~]*[%_][!-~]*", word)
    written = [text.translate(_SMALL) for text in (one.name, one.city, one.email)]
    return all(any(run.translate(_SMALL) in text for text in written) for run in runs)


def _word_is_in(word: str, lines: list[str]) -> bool:
    key = search_key(word)
    digits = phone_search_digits(word)
    if digits is not None:
        return any(digits in line or key in line for line in lines)
    few = key.lstrip("+0")
    if few == "" or re.fullmatch("[0-9]", few):
        return True
    if re.fullmatch("[0-9]{2}", few):
        return any(line.startswith(few) or re.search(few + r"([0-9]|\Z)", line) for line in lines)
    if len(key) <= 2:
        return any(line.startswith(key) for line in lines)
    return any(key in line for line in lines)


def _value(one: Customer, sort: str) -> tuple[Any, ...] | None:
    """What the customer is compared by; None where there is nothing."""
    own = custom_key(sort)
    if own is not None:
        answer = one.custom.get(own)
        return None if answer is None else _custom_value(own, answer)
    match sort:
        case "name" | "city" | "grade":
            words = sort_key(getattr(one, sort), LANGUAGE)
            return (words,) if words else None
        case "email":
            return (one.email,) if one.email else None
        case "phone":
            return one.numbers[:1] or None
        case "entered_at":
            return (one.entered_at,)
        case "next_at" | "contacted_at" | "owner_at":
            at = getattr(one, sort)
            return at and (at,)
        case "status":
            return _rank(one.status_id, STATUSES)
        case "channel":
            return _rank(one.channel_latest_id, CHANNELS)
        case "channel_first":
            return _rank(one.channel_first_id, CHANNELS)
        case "need":
            return _rank(one.need_id, NEEDS)
        case "owner":
            return _rank(one.owner_id, [*PEOPLE, STRANGER])
        case "touched_at":
            return (max(each for each in (one.entered_at, one.contacted_at, one.owner_at) if each),)
        case "planned":
            if one.owner_id is None:
                return None
            if one.next_at is not None:
                return (1, one.next_at)
            return (0, one.contacted_at is not None)
        case "attempts" | "do_not_call" | "first_call_at" | "last_call_at" | "owner_left":
            return None  # nobody of these was rung or forbidden, and who has left is a stranger
        case "major" | "referrer":
            return None
        case _:
            raise ValueError(sort)


def _rank(value: int | None, ranked: Iterable[int]) -> tuple[int] | None:
    return None if value is None else (list(ranked).index(value),)


def _custom_value(key: str, answer: Any) -> tuple[Any, ...] | None:
    match key:
        case "budget":
            return (Decimal(answer),)
        case "level":
            return (
                (LEVELS.index(answer), "") if answer in LEVELS else (len(LEVELS), sort_key(answer, LANGUAGE))
            )
        case "tags":
            return tuple(LEVELS.index(each) for each in answer) or None
        case "keen":
            return (int(answer),)
        case "adviser":
            return (list(PEOPLE).index(answer),)
        case _:
            return (sort_key(answer, LANGUAGE),) if sort_key(answer, LANGUAGE) else None


SORTS = [*SORT_KEYS, *(f"custom:{key}" for key in FIELDS), "custom:gone"]

_LETTERS = "abzéاآبپیيكک۱۲٣90 -'\"@._\u200c😀"
_texts = st.one_of(
    st.just(""),
    st.sampled_from(["Reza Ahmadi", "رضا احمدی", "رضا  احمدي", "José Kaya", "آرش", "ارش", "Level 12", "!!!"]),
    st.text(_LETTERS, max_size=12),
)
_emails = st.one_of(
    st.just(""), st.sampled_from(["ali.1985@gmail.com", "reza12@desk.test", "z_z@x.ir", "912@912.com"])
)
_numbers = st.one_of(
    st.sampled_from(["+989121234567", "+982188776655", "+989350911259", "+442071234567", "+12025550112"]),
    st.from_regex(r"\+98(912|935|21)[0-9]{7}", fullmatch=True),
)
_moments = st.sampled_from([NOW + timedelta(hours=hours) for hours in (-48, -1, 0, 1, 48)])
_optional_moments = st.one_of(st.none(), _moments)
_custom: dict[str, st.SearchStrategy[AnswerValue]] = {
    "budget": st.sampled_from(["9", "10", "-3", "1200.50", "1200.5", "100"]),
    "level": st.sampled_from([*LEVELS, "former", "another"]),
    "tags": st.lists(st.sampled_from(LEVELS), unique=True).map(list[str]),
    "adviser": st.sampled_from(list(PEOPLE)),
    "remark": _texts,
    "keen": st.booleans(),
}
_answers = st.fixed_dictionaries(dict[str, st.SearchStrategy[AnswerValue]](), optional=_custom)


def _optional(ids: Iterable[int]) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), st.sampled_from(list(ids)))


@st.composite
def customer_lists(draw: st.DrawFn) -> list[Customer]:
    """Up to twelve customers, most of them here, with ids that leave gaps."""
    ids = draw(st.lists(st.integers(1, 40), unique=True, max_size=12))
    return [
        Customer(
            id=one,
            workspace_id=draw(st.sampled_from([HERE, HERE, HERE, ELSEWHERE])),
            name=draw(_texts),
            city=draw(_texts),
            email=draw(_emails),
            numbers=tuple(draw(st.lists(_numbers, max_size=2, unique=True))),
            grade=draw(_texts),
            entered_at=draw(_moments),
            channel_latest_id=draw(_optional(CHANNELS)),
            status_id=draw(_optional(STATUSES)),
            owner_id=draw(_optional([*PEOPLE, STRANGER])),
            need_id=draw(_optional(NEEDS)),
            channel_first_id=draw(_optional(CHANNELS)),
            contacted_at=draw(_optional_moments),
            owner_at=draw(_optional_moments),
            next_at=draw(_optional_moments),
            custom=draw(_answers),
        )
        for one in ids
    ]


_planned = st.one_of(
    st.just(dict[str, Any]()),
    st.fixed_dictionaries(
        {"plans": st.frozensets(st.sampled_from(Plan), min_size=1, max_size=2), "overdue_at": _moments}
    ),
    st.fixed_dictionaries({"next_from": _optional_moments, "next_before": _optional_moments}),
    st.fixed_dictionaries({"contacted_from": _optional_moments, "contacted_before": _optional_moments}),
    st.fixed_dictionaries({"untouched_since": _moments}),
)
"""What is planned and was done, of which one part at a time leaves some."""

_filters = st.builds(
    LeadFilter,
    status_ids=st.frozensets(st.sampled_from(STATUSES), max_size=2),
    without_status=st.booleans(),
    owner_ids=st.frozensets(st.sampled_from([*PEOPLE, STRANGER]), max_size=2),
    without_owner=st.booleans(),
    cities=st.frozensets(_texts, max_size=2),
    channel_ids=st.frozensets(st.sampled_from(CHANNELS), max_size=2),
    without_channel=st.booleans(),
    entered_from=_optional_moments,
    entered_before=_optional_moments,
    need_ids=st.frozensets(st.sampled_from(NEEDS), max_size=2),
    without_need=st.booleans(),
    grades=st.frozensets(_texts, max_size=1),
    fields=st.lists(
        st.one_of(
            st.builds(
                FieldFilter,
                st.just("budget"),
                least=st.sampled_from(["", "-3", "9", "100"]),
                most=st.sampled_from(["", "10", "1200.5"]),
            ),
            st.builds(
                FieldFilter,
                st.sampled_from(["level", "tags"]),
                options=st.frozensets(st.sampled_from(LEVELS), max_size=2),
            ),
            st.builds(
                FieldFilter,
                st.just("keen"),
                options=st.frozensets(st.sampled_from(["yes", "no"]), max_size=1),
            ),
            st.builds(FieldFilter, st.just("remark"), contains=_texts),
        ),
        max_size=2,
        unique_by=lambda each: each.key,
    ).map(tuple),
)


def _asking(chosen: LeadFilter, planned: Mapping[str, Any]) -> LeadFilter:
    return replace(chosen, **planned)


filters = st.builds(_asking, _filters, _planned)

_HOSTILE = '"*^(){}:+-,.;%_\\\x00\x1a\ud800\n\t NEAROTDاآ۹۱۲0129ab@é😀\u200c\u202e'


@st.composite
def finds(draw: st.DrawFn, customers: list[Customer]) -> str:
    """What a person might type: parts of what is there, in other writings, and anything at all."""
    known = [text for one in customers for text in (one.name, one.city, one.email, *one.numbers) if text]
    words: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        word = draw(st.one_of(st.sampled_from(known), st.text(_HOSTILE, max_size=8)) if known else st.text())
        start = draw(st.integers(0, len(word)))
        part = word[start : draw(st.integers(start, len(word)))]
        part = draw(st.sampled_from([part, part.upper(), part.translate(_PERSIAN), part.replace("+98", "0")]))
        words.append(part)
    return draw(st.sampled_from([" ", "\t", "  "])).join(words)


_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
