"""What a person may see: which customers at all, and of which of them the numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TypeAlias

from leadtui.domain.do_not_call import Ban
from leadtui.domain.field import Answer, AnswerValue, FieldKind
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_fields import (
    BUILT_IN,
    CHANNEL,
    NEED,
    PHONE,
    REACHING_KINDS,
    BuiltInKind,
    filtered_words,
)
from leadtui.domain.message import Message
from leadtui.domain.permission import Permission, Scope
from leadtui.domain.reminder import Reminder
from leadtui.domain.team import team_mates
from leadtui.domain.view import RANGE_KINDS, LeadFilter, answer_key, custom_key, custom_sort
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.language.text import fold_digits
from leadtui.language.translate import pgettext

_REACHING = tuple(each for each in BUILT_IN if each.reaches)
_OF_OTHERS = tuple(each for each in BUILT_IN if each.names_another)
_REACHING_COLUMNS = frozenset(each.key for each in (*_REACHING, *_OF_OTHERS))
_REACHING_CHANGES = frozenset({*(each.key for each in _REACHING), *(each.column for each in _REACHING)})
_CALLS = frozenset({ActivityKind.CALL, ActivityKind.CALL_IN, ActivityKind.CALL_OUT})
_BANS = frozenset({ActivityKind.CALLS_FORBIDDEN, ActivityKind.CALLS_ALLOWED})

_LEAD_TEXTS, _DETAIL_TEXTS = (
    tuple(each.name for each in fields(kind) if each.type == "str") for kind in (Lead, ActivityDetail)
)
"""The columns of words: whatever people or files put there may hold a number, one that is added later too."""

_NOTHING: Mapping[FieldKind | BuiltInKind, object] = {
    BuiltInKind.NUMBERS: (),
    BuiltInKind.CHANNEL: None,
    BuiltInKind.NEED: None,
}
"""What a hidden field has, where that is no empty text."""

_WORD = re.compile(r"\S+")
_AT_SIGNS = frozenset("@＠﹫")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[34]|19|20)\d\d"
_PLAIN = rf"""
    (?<!\d)(?:
        {_YEAR}([-/.]){_DAY}\1{_DAY}(?![-/.]?\d)
        | {_DAY}([-/.]){_DAY}\2{_YEAR}(?![-/.]?\d)
        | \d{{1,2}}:\d\d(?::\d\d)?(?!\d)
        | (?<!,)\d{{1,3}}(?:[,٬]\d{{3}})+(?![\d,٬])
    )
"""
"""A day, a time, an amount with its thousands set apart: they stay."""

_DIGITS = re.compile(rf"{_PLAIN} | (?P<number>\+?\d(?:(?:[^\w:]|_){{0,3}}\d){{4,}})", re.VERBOSE)
"""What is plain; else five digits and more with what people write between them."""

_FIGURE = re.compile(r"-?\d+(?:\.\d+)?|\d{4}-\d\d-\d\d|\d\d:\d\d(?::\d\d)?", re.ASCII)
"""What a field of the RANGE_KINDS stores; a damaged or converted store may hold words there."""

_TELLING_DIGITS = 3
"""So many digits of a number tell something of it."""


Owners: TypeAlias = "frozenset[int] | None"
"""Those in whose cartables customers are, by their ids; None for everybody's, and for those who are in nobody's."""


@dataclass(frozen=True, slots=True)
class Visibility:
    """What one person sees of the customers.

    `customers` are those in whose cartables they see customers at all, `numbers` those of whose customers they
    see numbers and e-mail addresses, where they see the customers. `reaching_keys` are the workspace's own fields
    of the REACHING_KINDS, `plain_keys` those of figures and days: a figure or a day in them stays as it is.
    `reaching_answers` are what statuses ask for of the REACHING_KINDS, by status and key.
    `hidden` are the fields, by their keys, that the person sees of no customer.
    """

    person_id: int
    customers: Owners = None
    numbers: Owners = None
    reaching_keys: frozenset[str] = frozenset()
    plain_keys: frozenset[str] = frozenset()
    reaching_answers: frozenset[tuple[int, str]] = frozenset()
    hidden: frozenset[str] = frozenset()

    @property
    def all_customers(self) -> bool:
        """Whether no customer is hidden from the person."""
        return self.customers is None

    @property
    def all_numbers(self) -> bool:
        """Whether no number of a customer whom they see is hidden from the person."""
        return self.numbers is None

    @property
    def reached(self) -> Owners:
        """Those whose customers the person sees together with their numbers and e-mail addresses."""
        return common(self.customers, self.numbers)

    @property
    def whole(self) -> bool:
        """Whether nothing is hidden from the person."""
        return self.reached is None and not self.hidden

    @property
    def hides_among_seen(self) -> bool:
        """Whether numbers are hidden of customers whom the person sees otherwise."""
        return self.reached != self.customers

    def common(self, other: Visibility) -> Visibility:
        """What both see."""
        return replace(
            self,
            customers=common(self.customers, other.customers),
            numbers=common(self.numbers, other.numbers),
            hidden=self.hidden | other.hidden,
        )

    def can_see(self, owner_id: int | None) -> bool:
        """Whether the person sees a customer who is in that person's cartable, or in nobody's."""
        return self.customers is None or owner_id in self.customers

    def can_see_numbers(self, owner_id: int | None) -> bool:
        """Whether the person sees how such a customer can be reached."""
        reached = self.reached
        return reached is None or owner_id in reached

    def hides_sort(self, sort: str) -> bool:
        """Whether the order of a `View.sort` would tell what is hidden."""
        if sort in self.hidden:
            return True
        return not self.all_numbers and (
            sort in _REACHING_COLUMNS
            or custom_key(sort) in self.reaching_keys
            or answer_key(sort) in self.reaching_answers
        )

    def can_see_sort(self, sort: str, owner_id: int | None) -> bool:
        """Whether the person sees what customers of that owner are sorted by."""
        return not self.hides_sort(sort) or (sort not in self.hidden and self.can_see_numbers(owner_id))

    def hides_filter(self, chosen: LeadFilter) -> bool:
        """Whether who fits a filter would tell what stands in a hidden field."""
        if not self.hidden:
            return False
        words = any(
            each.key in self.hidden and chosen.word_keys(place.part) for each, place in filtered_words()
        )
        channels = CHANNEL in self.hidden and (chosen.channel_ids or chosen.without_channel)
        needs = NEED in self.hidden and (chosen.need_ids or chosen.without_need)
        own = any(custom_sort(each.key) in self.hidden for each in chosen.fields if not each.empty)
        return bool(words or channels or needs or own)

    def redact(self, lead: Lead) -> Lead:
        """The lead as the person may see it: with `numbers_hidden` and without them where they may not."""
        if self.whole:
            return lead
        lead = self.without_hidden(lead)
        if self.reached is None:
            return lead
        if self.can_see_numbers(lead.owner_id):
            # Who shares a number may be a customer of whom the person may not know.
            return replace(lead, numbers=tuple(replace(each, shared=False) for each in lead.numbers))
        words = {name: without_numbers(getattr(lead, name)) for name in _LEAD_TEXTS}
        answers = {
            key: _redact_answer(each)
            for key, each in lead.answers.items()
            if each.kind not in REACHING_KINDS and key not in self.reaching_answers
        }
        hidden = {each.column: () if each.kind is BuiltInKind.NUMBERS else "" for each in _REACHING}
        return replace(
            lead,
            **{**words, **hidden},
            custom=self._redact_custom(lead.custom),
            answers=answers,
            numbers_hidden=True,
        )

    def redact_activity(self, activity: Activity, owner_id: int | None) -> Activity:
        """An entry of the timeline of a customer of that owner, as the person may see it."""
        activity = self.without_hidden_changes(activity)
        if activity.message is not None:
            activity = replace(activity, message=self.redact_message(activity.message, owner_id))
        if self.can_see_numbers(owner_id):
            return activity
        return replace(activity, detail=self._redact_detail(activity.kind, activity.detail))

    def redact_message(self, message: Message, owner_id: int | None) -> Message:
        """A message to a customer of that owner, as the person may see it: not where a hidden field stands in it."""
        told = message.filled.filled_in
        if self.hidden and (told is None or not told.isdisjoint(self._hidden_changes)):
            subject = hidden_words() if message.filled.subject else ""
            message = replace(message, filled=replace(message.filled, body=hidden_words(), subject=subject))
        if self.can_see_numbers(owner_id):
            return message
        filled = message.filled
        words = {name: without_numbers(getattr(filled, name)) for name in ("title", "subject", "body")}
        return replace(
            message,
            recipient=hidden_words(),
            detail=without_numbers(message.detail),
            filled=replace(filled, **words),
        )

    def redact_ban(self, ban: Ban, owner_id: int | None) -> Ban:
        """Why a customer of that owner must not be rung, as the person may see it."""
        if self.can_see_numbers(owner_id):
            return ban
        return replace(ban, reason=without_numbers(ban.reason), e164=hidden_words() if ban.e164 else ban.e164)

    def redact_reminder(self, reminder: Reminder, owner_id: int | None) -> Reminder:
        """A reminder of a customer of that owner, as the person may see it."""
        if self.can_see_numbers(owner_id):
            return reminder
        return replace(reminder, note=without_numbers(reminder.note))

    def tells_nothing(self, activity: Activity) -> bool:
        """Whether all that an entry of the timeline says is hidden."""
        changes = activity.detail.changes
        only_changes = activity.kind is ActivityKind.EDITED and bool(changes)
        return only_changes and all(key in self._hidden_changes for key, _was, _is in changes)

    @property
    def _hidden_changes(self) -> frozenset[str]:
        """The keys that timelines name hidden fields by."""
        built_in = {each.column for each in BUILT_IN if each.key in self.hidden}
        return frozenset(
            (*self.hidden, *built_in, *(key for each in self.hidden if (key := custom_key(each))))
        )

    def without_hidden(self, lead: Lead) -> Lead:
        """The lead without what the person sees of no customer."""
        if not self.hidden:
            return lead
        hidden = [each for each in BUILT_IN if each.key in self.hidden]
        custom = {key: value for key, value in lead.custom.items() if custom_sort(key) not in self.hidden}
        return replace(lead, **{each.column: _NOTHING.get(each.kind, "") for each in hidden}, custom=custom)

    def without_hidden_changes(self, activity: Activity) -> Activity:
        """An entry of a timeline without what it tells of fields that the person sees of no customer."""
        if not self.hidden:
            return activity
        hidden, detail = self._hidden_changes, activity.detail
        changes = tuple(each for each in detail.changes if each[0] not in hidden)
        channel = "" if CHANNEL in self.hidden else detail.channel
        return replace(activity, detail=replace(detail, changes=changes, channel=channel))

    def _redact_custom(self, custom: Mapping[str, AnswerValue]) -> Mapping[str, AnswerValue]:
        return {
            key: value if key in self.plain_keys and _is_figure(value) else _words_alone(value)
            for key, value in custom.items()
            if key not in self.reaching_keys
        }

    def _redact_detail(self, kind: ActivityKind, detail: ActivityDetail) -> ActivityDetail:
        words = {name: without_numbers(getattr(detail, name)) for name in _DETAIL_TEXTS}
        if kind in _CALLS:
            words["text"] = ""
        if kind in _BANS:
            words["source"] = ""
        return replace(
            detail,
            **words,
            answers=tuple(_redact_answer(each) for each in detail.answers),
            changes=tuple(self._redact_change(*each) for each in detail.changes),
            numbers_hidden=True,
        )

    def _redact_change(self, key: str, before: str, after: str) -> tuple[str, str, str]:
        if key in _REACHING_CHANGES or key in self.reaching_keys:
            return key, hidden_words() if before else "", hidden_words() if after else ""
        return key, without_numbers(before), without_numbers(after)


def common(one: Owners, other: Owners) -> Owners:
    """Those who are in both."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def reach(person: Colleague, permission: Permission, definitions: Definitions) -> Owners:
    """Those for whose customers that person's profile grants the permission; nobody's are everybody's alone."""
    match person.scope(permission):
        case Scope.ALL:
            return None
        case Scope.TEAM:
            return team_mates(person.id, definitions.teams)
        case Scope.OWN:
            return frozenset({person.id})
        case Scope.NONE:
            return frozenset()


def is_within(owners: Iterable[int | None], reached: Owners) -> bool:
    """Whether all of these, None for nobody, are among those who are reached."""
    return reached is None or reached.issuperset(owners)


def visibility_of(person: Colleague, definitions: Definitions) -> Visibility:
    """What that person's profile lets them see: whoever is in their own cartable in any case."""
    customers = reach(person, Permission.SEE_CUSTOMERS, definitions)
    numbers = reach(person, Permission.SEE_NUMBERS, definitions)
    return Visibility(
        person.id,
        customers=None if customers is None else customers | {person.id},
        numbers=frozenset() if PHONE in person.fields.hidden else numbers,
        reaching_keys=frozenset(each.key for each in definitions.fields if each.kind in REACHING_KINDS),
        plain_keys=frozenset(each.key for each in definitions.fields if each.kind in RANGE_KINDS),
        reaching_answers=frozenset(
            (status.id, each.key)
            for status in definitions.statuses
            for each in status.fields
            if each.kind in REACHING_KINDS
        ),
        hidden=person.fields.hidden,
    )


def hidden_words() -> str:
    """What stands in the place of a number or an e-mail address that the person may not see."""
    return pgettext("customer", "hidden")


def without_numbers(text: str, instead: str | None = None) -> str:
    """The text with `instead`, or `hidden_words`, for the numbers and e-mail addresses in it; days of a calendar stay."""
    if len(text) < 5:
        return text
    if instead is None:
        instead = hidden_words()
    if not _AT_SIGNS.isdisjoint(text):
        text = _WORD.sub(lambda word: word[0] if _AT_SIGNS.isdisjoint(word[0]) else instead, text)
    # Digits fold one to one, so that places in the folded text are places in the text.
    folded = fold_digits(text)
    parts: list[str] = []
    end = 0
    for found in _DIGITS.finditer(folded):
        if found["number"]:
            parts += [text[end : found.start()], instead]
            end = found.end()
    return "".join((*parts, text[end:]))


def asks_for_number(text: str) -> bool:
    """Whether looking for the text may find a number or an address by a part of it, wherever it stands."""
    return not _AT_SIGNS.isdisjoint(text) or sum(map(str.isdigit, text)) >= _TELLING_DIGITS


def _is_figure(value: AnswerValue) -> bool:
    return isinstance(value, str) and _FIGURE.fullmatch(value) is not None


def _words_alone(value: AnswerValue) -> AnswerValue:
    if isinstance(value, str):
        return without_numbers(value)
    return [without_numbers(each) for each in value] if isinstance(value, list) else value


def _redact_answer(answer: Answer) -> Answer:
    if answer.kind in REACHING_KINDS:
        return replace(answer, kind=FieldKind.TEXT, value=hidden_words())
    if answer.kind in RANGE_KINDS and _is_figure(answer.value):
        return answer
    return replace(answer, value=_words_alone(answer.value))
