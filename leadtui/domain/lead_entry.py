"""What a person typed about a customer, read to what is kept of them: each field by its own rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

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
from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.view import custom_key, custom_sort
from leadtui.domain.visibility import REACHING_KINDS
from leadtui.domain.workspace import Channel, Definitions, Need
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.phone import parse_phones, show_phone
from leadtui.language.text import clean, search_key
from leadtui.language.translate import _

WORDS_LIMIT = 200
"""The most letters of a name, city, grade, major or referrer."""


class CustomerField(StrEnum):
    """What every customer has and a person can type, in the order of the form."""

    NAME = "name"
    PHONE = "phone"
    PHONE_OTHER = "phone_other"
    EMAIL = "email"
    CITY = "city"
    GRADE = "grade"
    MAJOR = "major"
    REFERRER = "referrer"
    CHANNEL = "channel"
    NEED = "need"


REACHING = frozenset({CustomerField.PHONE, CustomerField.PHONE_OTHER, CustomerField.EMAIL})
"""What a customer is reached by, so that somebody known shows at it."""

_WORDS = (
    CustomerField.NAME,
    CustomerField.CITY,
    CustomerField.GRADE,
    CustomerField.MAJOR,
    CustomerField.REFERRER,
)


@dataclass(frozen=True, slots=True)
class LeadValues:
    """What is kept of a customer, as far as people type it; the number that is rung comes first."""

    name: str = ""
    numbers: tuple[LeadNumber, ...] = ()
    email: str = ""
    city: str = ""
    grade: str = ""
    major: str = ""
    referrer: str = ""
    channel_id: int | None = None
    need_id: int | None = None
    custom: Mapping[str, AnswerValue] = field(default_factory=dict[str, AnswerValue])


def values_of(lead: Lead) -> LeadValues:
    """What is kept of a customer now."""
    return LeadValues(
        name=lead.name,
        numbers=lead.numbers,
        email=lead.email,
        city=lead.city,
        grade=lead.grade,
        major=lead.major,
        referrer=lead.referrer,
        channel_id=lead.channel_latest_id,
        need_id=lead.need_id,
        custom=lead.custom,
    )


def entry_titles(definitions: Definitions) -> dict[str, str]:
    """The title of everything that can be typed about a customer, by entry key, in the order of the form.

    An entry key is a CustomerField or, for a field of the workspace's own, `domain.view.custom_sort` of its key.
    """
    titles = {str(key): title for key, title in _titles().items()}
    return titles | {custom_sort(each.key): each.title for each in definitions.open_fields}


def is_built_in_title(title: str) -> bool:
    """Whether a title reads as that of a field that every customer has, in the language that the program speaks."""
    return search_key(title) in {search_key(each) for each in _titles().values()}


def change_title(key: str, definitions: Definitions) -> str:
    """The title of a field by the key that an entry of the timeline names it by."""
    titles = {str(key): title for key, title in _titles().items()} | {
        "numbers": _("Numbers"),
        "status": _("Status"),
        "owner": _("Cartable"),
    }
    own = next((each.title for each in definitions.fields if each.key == key), key)
    return titles.get(key, own)


def entry_texts(values: LeadValues, definitions: Definitions, context: FormatContext) -> dict[str, str]:
    """What is kept as a person would type it, by entry key: reading it gives the same again."""
    numbers = [_number_text(each, context.region) for each in values.numbers]
    channel, need = definitions.channel(values.channel_id), definitions.need(values.need_id)
    texts = {
        **{str(key): str(getattr(values, key)) for key in _WORDS},
        str(CustomerField.PHONE): numbers[0] if numbers else "",
        str(CustomerField.PHONE_OTHER): ", ".join(numbers[1:]),
        str(CustomerField.EMAIL): values.email,
        str(CustomerField.CHANNEL): channel.key if channel else "",
        str(CustomerField.NEED): need.key if need else "",
    }
    for each in definitions.open_fields:
        value = values.custom.get(each.key)
        text = "" if value is None else edit_text(each.kind, value, context)
        texts[custom_sort(each.key)] = text
    return texts


def shown_texts(values: LeadValues, definitions: Definitions, context: FormatContext) -> dict[str, str]:
    """What is kept as a person reads it, by entry key; fields out of use too."""
    shown = [shown_number(each) for each in values.numbers]
    channel, need = definitions.channel(values.channel_id), definitions.need(values.need_id)
    texts = {
        **{str(key): str(getattr(values, key)) for key in _WORDS},
        str(CustomerField.PHONE): shown[0] if shown else "",
        str(CustomerField.PHONE_OTHER): _(", ").join(shown[1:]),
        str(CustomerField.EMAIL): values.email,
        str(CustomerField.CHANNEL): channel.title if channel else "",
        str(CustomerField.NEED): need.title if need else "",
    }
    kinds = {each.key: each.kind for each in definitions.fields}
    return texts | {
        custom_sort(key): show_answer(kinds.get(key, FieldKind.TEXT), value, context)
        for key, value in values.custom.items()
    }


def shown_number(number: LeadNumber) -> str:
    """A number with its country and its extension, which reads alike everywhere."""
    shown = show_phone(number.e164, "", full=True)
    if not number.extension:
        return shown
    return _("{number} ext. {extension}").format(number=shown, extension=number.extension)


def read_lead_values(
    typed: Mapping[str, str],
    before: LeadValues | None,
    definitions: Definitions,
    context: FormatContext,
) -> LeadValues:
    """What is to be kept: what was typed by entry key, and for the rest what stood `before` (None: somebody new).

    Only what is typed is checked, and what a new customer must have. Raises InvalidAnswers, a problem for each
    wrong entry key.
    """
    reading = _Reading(dict(typed), before, definitions, context)
    values = reading.values()
    if reading.problems:
        raise InvalidAnswers(tuple(reading.problems))
    return values


def differences(
    before: LeadValues, after: LeadValues, definitions: Definitions, context: FormatContext
) -> tuple[tuple[str, str, str], ...]:
    """Every field that changed, by the key that a timeline names it by, as shown before and after."""
    was, now = (shown_texts(each, definitions, context) for each in (before, after))
    numbers = (CustomerField.PHONE, CustomerField.PHONE_OTHER)
    told = [
        (custom_key(key) or key, was.get(key, ""), now.get(key, ""))
        for key in dict.fromkeys((*was, *now))
        if key not in numbers and was.get(key, "") != now.get(key, "")
    ]
    if before.numbers != after.numbers:
        one = max(len(before.numbers), len(after.numbers)) == 1
        lists = [_(", ").join(map(shown_number, each.numbers)) for each in (before, after)]
        told.insert(0, (str(CustomerField.PHONE) if one else "numbers", lists[0], lists[1]))
    return tuple(told)


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


_BETWEEN = re.compile(r"[\s,;،؛/|\\\-–—]+")
_JOINING = frozenset({"and", "or", "و", "یا", "أو", "او"})


def _titles() -> dict[CustomerField, str]:
    return {
        CustomerField.NAME: _("Name"),
        CustomerField.PHONE: _("Phone"),
        CustomerField.PHONE_OTHER: _("Further numbers"),
        CustomerField.EMAIL: _("E-mail"),
        CustomerField.CITY: _("City"),
        CustomerField.GRADE: _("Grade"),
        CustomerField.MAJOR: _("Major"),
        CustomerField.REFERRER: _("Referrer"),
        CustomerField.CHANNEL: _("Entry channel"),
        CustomerField.NEED: _("Need"),
    }


def _number_text(number: LeadNumber, region: str) -> str:
    """A number as it was written, where that can be read back in this region; else with its country."""
    for text in (number.written, shown_number(number)):
        read = parse_phones(text, region)
        if len(read) == 1 and (read[0].e164, read[0].extension) == (number.e164, number.extension):
            return text
    return f"{number.e164} ext. {number.extension}" if number.extension else number.e164


@dataclass(slots=True)
class _Reading:
    """Reads one entry; what is wrong with it gathers in `problems`."""

    typed: dict[str, str]
    before: LeadValues | None
    definitions: Definitions
    context: FormatContext
    problems: list[Invalid] = field(default_factory=list[Invalid])

    def values(self) -> LeadValues:
        values = self.before or LeadValues()
        words = {str(key): self._words(key) for key in _WORDS if key in self.typed}
        values = replace(values, **words)
        if {CustomerField.PHONE, CustomerField.PHONE_OTHER} & self.typed.keys():
            values = replace(values, numbers=self._numbers(values))
        if CustomerField.EMAIL in self.typed:
            values = replace(values, email=self._email())
        if CustomerField.CHANNEL in self.typed:
            channel = self._named(CustomerField.CHANNEL, self.definitions.channels, values.channel_id)
            values = replace(values, channel_id=channel)
        if CustomerField.NEED in self.typed:
            values = replace(
                values, need_id=self._named(CustomerField.NEED, self.definitions.needs, values.need_id)
            )
        values = replace(values, custom=self._custom(values.custom))
        if not self.problems and not (values.name or values.numbers or values.email):
            sentence = _("A customer needs a name, a number or an e-mail address.")
            self.problems.append(Invalid(sentence, CustomerField.NAME))
        return values

    def _words(self, key: CustomerField) -> str:
        words = clean(self.typed[key])
        if len(words) > WORDS_LIMIT:
            self.problems.append(
                Invalid(_("This is too long; {limit} letters fit.").format(limit=WORDS_LIMIT), key)
            )
        return words

    def _numbers(self, values: LeadValues) -> tuple[LeadNumber, ...]:
        texts = entry_texts(values, self.definitions, self.context) | self.typed
        numbers: dict[str, LeadNumber] = {}
        for key in (CustomerField.PHONE, CustomerField.PHONE_OTHER):
            try:
                read = read_numbers(texts[key], self.context.region, key, values.numbers)
            except Invalid as problem:
                self.problems.append(problem)
            else:
                for each in read:
                    numbers.setdefault(each.e164, each)
        return tuple(numbers.values())

    def _email(self) -> str:
        typed = clean(self.typed[CustomerField.EMAIL])
        address = read_email(typed) if typed else ""
        if address is None:
            self.problems.append(
                Invalid(
                    _("That is no e-mail address; type one such as name@example.com."), CustomerField.EMAIL
                )
            )
        return address or ""

    def _named(
        self, key: CustomerField, known: Sequence[Channel] | Sequence[Need], before: int | None
    ) -> int | None:
        """The one that is named by key or title; one out of use only where it was given before."""
        typed = clean(self.typed[key])
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
        titles = _(", ").join(each.title for each in usable)
        self.problems.append(
            Invalid(
                _("There is no “{typed}”; choose one of: {known}.").format(typed=typed, known=titles), key
            )
        )
        return None

    def _custom(self, custom: Mapping[str, AnswerValue]) -> Mapping[str, AnswerValue]:
        kept = dict(custom)
        for each in self.definitions.open_fields:
            key = custom_sort(each.key)
            if key not in self.typed and self.before is not None:
                continue
            try:
                value = read_answer(each, self.typed.get(key, ""), self.context)
            except Invalid as problem:
                self.problems.append(Invalid(str(problem), key))
                continue
            kept.pop(each.key, None)
            if value is not None:
                kept[each.key] = value
        return kept


def hidden_entries(definitions: Definitions) -> frozenset[str]:
    """The entry keys of what is not shown to whoever may not see how a customer is reached."""
    own = [custom_sort(each.key) for each in definitions.fields if each.kind in REACHING_KINDS]
    return frozenset((*REACHING, CustomerField.REFERRER, *own))


def asked_field(key: str, definitions: Definitions) -> Field | None:
    """The workspace's own field that an entry key stands for."""
    own = custom_key(key)
    return None if own is None else next((each for each in definitions.open_fields if each.key == own), None)
