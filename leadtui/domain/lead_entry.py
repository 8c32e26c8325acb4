"""What a person typed about a lead, read to what is kept of it: each field by its own rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from leadtui.domain.field import (
    AnswerValue,
    Field,
    FieldKind,
    FormatContext,
    edit_text,
    read_answer,
    read_email,
    show_answer,
)
from leadtui.domain.field_rights import FieldRight
from leadtui.domain.follow_up import REASON_FIELD, check_reason
from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.lead_fields import (
    BUILT_IN,
    NAME,
    PHONE,
    PHONE_OTHER,
    REACHING_KINDS,
    BuiltInKind,
    LeadField,
    form_fields,
    own_fields,
    titled,
)
from leadtui.domain.view import custom_key, custom_sort
from leadtui.domain.workspace import Channel, Definitions, Need
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.bidi import without_isolates
from leadtui.language.phone import parse_phones, show_phone
from leadtui.language.text import clean, clean_multiline, search_key
from leadtui.language.translate import _, counted, format_list, pgettext

NUMBERS = "numbers"
"""The key that a timeline names further numbers by, together with the one that is rung."""


def new_lead(now: datetime) -> Lead:
    """Somebody of whom nothing is known yet, who comes in `now`; it has no id."""
    return Lead(id=0, version=0, name="", entered_at=now)


def entry_titles(definitions: Definitions) -> dict[str, str]:
    """The title of everything that can be typed about a lead, by the key of its field, in the order of the form."""
    return {each.key: each.title for each in form_fields(definitions)}


def change_title(key: str, definitions: Definitions) -> str:
    """The title of a field by the key that an entry of the timeline names it by."""
    titles = {each.key: each.title for each in BUILT_IN} | {NUMBERS: pgettext("field", "Numbers")}
    own = next((each.title for each in definitions.fields if each.key == key), key)
    return titles.get(key, own)


def entry_texts(lead: Lead, definitions: Definitions, context: FormatContext) -> dict[str, str]:
    """What is kept as a person would type it, by the key of the field: reading it gives the same again."""

    def text(each: LeadField) -> str:
        value = each.value(lead)
        if each.own is not None:
            return "" if value is None else edit_text(each.own.kind, value, context)
        match each.kind:
            case FieldKind.PHONE:
                return _number_text(lead.numbers[0], context.region) if lead.numbers else ""
            case BuiltInKind.NUMBERS:
                return ", ".join(_number_text(one, context.region) for one in value)
            case BuiltInKind.CHANNEL | BuiltInKind.NEED:
                named = titled(each, lead, definitions)
                return named.key if named else ""
            case _:
                return str(value)

    return {each.key: text(each) for each in form_fields(definitions)}


def shown_texts(lead: Lead, definitions: Definitions, context: FormatContext) -> dict[str, str]:
    """What is kept as a person reads it, by the key of the field; fields out of use too."""

    def text(each: LeadField) -> str:
        value = each.value(lead)
        match each.kind:
            case FieldKind.PHONE:
                return shown_number(lead.numbers[0]) if lead.numbers else ""
            case BuiltInKind.NUMBERS:
                return format_list(map(shown_number, value))
            case BuiltInKind.CHANNEL | BuiltInKind.NEED:
                named = titled(each, lead, definitions)
                return named.title if named else ""
            case _:
                return str(value)

    texts = {each.key: text(each) for each in form_fields(definitions) if each.own is None}
    kinds = {each.key: each.kind for each in definitions.fields}
    return texts | {
        custom_sort(key): show_answer(kinds.get(key, FieldKind.TEXT), value, context)
        for key, value in lead.custom.items()
    }


def shown_number(number: LeadNumber) -> str:
    """A number with its country and its extension, which reads alike everywhere."""
    shown = show_phone(number.e164, "", full=True)
    if not number.extension:
        return shown
    return pgettext("pattern", "{number} ext. {extension}").format(number=shown, extension=number.extension)


def read_lead(
    typed: Mapping[str, str], before: Lead, definitions: Definitions, context: FormatContext
) -> Lead:
    """The lead as it is to be kept: `before`, with what was typed by the key of the field.

    Only what is typed is checked, and what a new lead (one without an id) must have. Raises InvalidAnswers with a
    problem for each wrong key.
    """
    reading = _Reading(dict(typed), before, definitions, context)
    lead = reading.lead()
    if reading.problems:
        raise InvalidAnswers(tuple(reading.problems))
    return lead


def differences(
    before: Lead, after: Lead, definitions: Definitions, context: FormatContext
) -> tuple[tuple[str, str, str], ...]:
    """Every field that changed, by the key that a timeline names it by, as shown before and after."""
    was, now = (shown_texts(each, definitions.unhidden, context) for each in (before, after))
    changes = [
        (custom_key(key) or key, was.get(key, ""), now.get(key, ""))
        for key in dict.fromkeys((*was, *now))
        if key not in (PHONE, PHONE_OTHER) and was.get(key, "") != now.get(key, "")
    ]
    if before.numbers != after.numbers:
        one = max(len(before.numbers), len(after.numbers)) == 1
        lists = [format_list(map(shown_number, each.numbers)) for each in (before, after)]
        changes.insert(0, (PHONE if one else NUMBERS, lists[0], lists[1]))
    return tuple(changes)


def changed_fields(changes: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """The fields that `differences` tells of, by their keys; what is told of all numbers may be of each of their fields."""
    keys = {key for key, _was, _now in changes}
    if not keys.isdisjoint((PHONE, NUMBERS)):
        keys |= {PHONE, PHONE_OTHER}
    return frozenset((*keys, *map(custom_sort, keys)))


def read_numbers(text: str, region: str, entry_key: str, kept: Sequence[LeadNumber] = ()) -> list[LeadNumber]:
    """Every number that was typed. One that is among `kept` stays as it was once written.

    Raises Invalid where a part of the text belongs to no number.
    """
    typed = clean(text)
    known = {_number_text(each, region): each for each in kept}
    if typed in known:
        return [known[typed]]
    found = [LeadNumber(each.e164, each.written, each.extension) for each in parse_phones(typed, region)]
    rest = typed
    for each in found:
        rest = rest.replace(each.written, " ", 1)
    over = " ".join(word for word in _BETWEEN.split(rest) if word and word.casefold() not in _JOINING)
    if over:
        raise Invalid(
            _("“{text}” is no whole phone number; write it with its area or country code.").format(text=over),
            entry_key,
        )
    return [known.get(each.written, each) for each in found]


def read_reason(typed: str) -> str:
    """The reason as it is kept. Raises Invalid where there is none, or it is too long."""
    reason = clean(typed)
    if not reason:
        raise Invalid(_("A reason is needed: others read it later."), REASON_FIELD)
    check_reason(reason)
    return reason


def hidden_entries(definitions: Definitions) -> frozenset[str]:
    """The keys of what is not shown to whoever may not see how a lead is reached."""
    own = [custom_sort(each.key) for each in definitions.fields if each.kind in REACHING_KINDS]
    return frozenset((*(each.key for each in BUILT_IN if each.reaches or each.names_another), *own))


def no_such_field(named: str, entry_key: str) -> Invalid:
    """What is said where somebody names a field that is not there for them."""
    return Invalid(_("There is no field “{field}”.").format(field=named), entry_key)


def only_read(title: str, entry_key: str) -> Invalid:
    """What is said where somebody changes a field that their profile lets them only read."""
    sentence = _("Your profile lets you read “{field}” but not change it; ask a supervisor.")
    return Invalid(sentence.format(field=title), entry_key)


def asked_field(key: str, definitions: Definitions) -> Field | None:
    """The workspace's own field that the key of a field of the form stands for."""
    own = custom_key(key)
    return None if own is None else next((each for each in own_fields(definitions) if each.key == own), None)


_BETWEEN = re.compile(r"[\s,;،؛/|\\\-–—]+")
_JOINING = frozenset({"and", "or", "و", "یا", "أو", "او"})


def _number_text(number: LeadNumber, region: str) -> str:
    """A number as it was written, where that can be read back in this region; else with its country."""
    for text in (number.written, without_isolates(shown_number(number))):
        read = parse_phones(text, region)
        if len(read) == 1 and (read[0].e164, read[0].extension) == (number.e164, number.extension):
            return text
    return f"{number.e164} ext. {number.extension}" if number.extension else number.e164


@dataclass(slots=True)
class _Reading:
    """Reads one entry; what is wrong with it gathers in `problems`."""

    typed: dict[str, str]
    before: Lead
    definitions: Definitions
    context: FormatContext
    problems: list[Invalid] = field(default_factory=list[Invalid])

    def lead(self) -> Lead:
        values: dict[str, Any] = {}
        custom = dict(self.before.custom)
        self._require_in_use()
        self._require_edited()
        for each in form_fields(self.definitions):
            if each.own is not None:
                self._take_own(each.own, each.key, custom)
            elif each.key in self.typed and each.key not in (PHONE, PHONE_OTHER):
                values[each.column] = self._value(each)
        if {PHONE, PHONE_OTHER} & self.typed.keys():
            numbers = self._numbers()
            values |= {"numbers": numbers, "phone": numbers[0].e164 if numbers else ""}
        if "channel_latest_id" in values and self.before.channel_first_id == self.before.channel_latest_id:
            values["channel_first_id"] = values["channel_latest_id"]
        lead = replace(self.before, custom=custom, **values)
        if not self.problems and not (lead.name or lead.numbers or lead.email):
            sentence = _("A customer needs a name, a number or an e-mail address.")
            self.problems.append(Invalid(sentence, NAME))
        return lead

    def _value(self, each: LeadField) -> Any:
        typed, before = clean(self.typed[each.key]), each.value(self.before)
        match each.kind:
            case BuiltInKind.CHANNEL:
                return self._named(each.key, typed, self.definitions.channels, before)
            case BuiltInKind.NEED:
                return self._named(each.key, typed, self.definitions.needs, before)
            case FieldKind.EMAIL:
                return self._email(each.key, typed)
            case _:
                if len(typed) > each.limit:
                    sentence = _("This is too long; {limit} letters fit.")
                    self.problems.append(Invalid(sentence.format(limit=counted(each.limit)), each.key))
                return typed

    def _numbers(self) -> tuple[LeadNumber, ...]:
        texts = entry_texts(self.before, self.definitions.unhidden, self.context) | self.typed
        numbers: dict[str, LeadNumber] = {}
        for key in (PHONE, PHONE_OTHER):
            try:
                read = read_numbers(texts[key], self.context.region, key, self.before.numbers)
            except Invalid as problem:
                self.problems.append(problem)
            else:
                for each in read:
                    numbers.setdefault(each.e164, each)
        return tuple(numbers.values())

    def _email(self, key: str, typed: str) -> str:
        address = read_email(typed) if typed else ""
        if address is None:
            sentence = _("That is no e-mail address; type one such as name@example.com.")
            self.problems.append(Invalid(sentence, key))
        return address or ""

    def _named(
        self, key: str, typed: str, known: Sequence[Channel] | Sequence[Need], before: int | None
    ) -> int | None:
        """The one that is named by key or title; one out of use only where it was given before."""
        if not typed:
            return None
        wanted = search_key(typed)
        usable = [each for each in known if not each.retired or each.id == before]
        for named in (
            [each for each in usable if each.key == typed],
            [each for each in usable if wanted and wanted in (search_key(each.title), search_key(each.key))],
        ):
            if named:
                return named[0].id
        titles = format_list(each.title for each in usable)
        sentence = _("There is no “{typed}”; choose one of: {known}.")
        self.problems.append(Invalid(sentence.format(typed=typed, known=titles), key))
        return None

    def _take_own(self, own: Field, key: str, custom: dict[str, AnswerValue]) -> None:
        if key not in self.typed and (self.before.id or key in self.definitions.sight.read):
            return
        try:
            value = read_answer(own, self.typed.get(key, ""), self.context)
        except Invalid as problem:
            self.problems.append(Invalid(str(problem), key))
            return
        custom.pop(own.key, None)
        if value is not None:
            custom[own.key] = value

    def _require_edited(self) -> None:
        """What was typed into a field that the person may not change; that one is hidden is not told."""
        sight = self.definitions.sight
        if not (sight.hidden or sight.read):
            return
        kept = entry_texts(self.before, self.definitions.unhidden, self.context)
        titles = entry_titles(self.definitions)
        for key, typed in self.typed.items():
            right = sight.of(key)
            if right is FieldRight.HIDDEN and typed:
                self.problems.append(no_such_field(custom_key(key) or key, key))
            elif right is FieldRight.READ and clean_multiline(typed) != kept.get(key, ""):
                self.problems.append(only_read(titles.get(key, key), key))

    def _require_in_use(self) -> None:
        """What was typed into a field that is out of use by now is not passed over without a word."""
        for each in self.definitions.fields:
            key = custom_sort(each.key)
            if each.retired and clean_multiline(self.typed.get(key, "")):
                sentence = _("“{field}” is no longer in use; empty it.")
                self.problems.append(Invalid(sentence.format(field=each.title), key))
