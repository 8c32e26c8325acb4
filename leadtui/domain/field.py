"""Fields that a workspace defines, and how a typed answer is read, checked and shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from leadtui.domain.opening import NOTHING_DEFINED, Opening, usual_days
from leadtui.errors import Invalid
from leadtui.language import calendar, moment, phone
from leadtui.language.calendar import WEEK_AS_USUAL, Calendar
from leadtui.language.clock import WORK_HOURS, WorkHours, parse_time
from leadtui.language.here import Here
from leadtui.language.moment import workweeks
from leadtui.language.money import OtherCurrencyError, currency_unit, read_money, show_money
from leadtui.language.numbers import NumberRead, number_style, read_number
from leadtui.language.reading import Reading, doubt_sentence
from leadtui.language.text import clean, clean_multiline, fold_digits, search_key
from leadtui.language.translate import _, format_list, pgettext, show_digits, show_figures

AnswerValue = str | int | bool | list[str]
"""What is kept: text, ISO date or time, E.164 number and decimal as str; weekday (Monday 0) and
person id as int; yes/no as bool; several choices as a list of str."""


class FieldKind(StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    INTEGER = "integer"
    YEAR = "year"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    WEEKDAY = "weekday"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes-no"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    PERSON = "person"


NUMBER_KINDS = frozenset({FieldKind.NUMBER, FieldKind.INTEGER, FieldKind.YEAR, FieldKind.MONEY})
"""The kinds whose answers are kept as a number."""


FOUND_KINDS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
"""The kinds by whose answers customers can be found."""


@dataclass(frozen=True, slots=True)
class Field:
    """A lead field, or a status's own field where `status_id` is set. `key` is stable, `title` is read."""

    id: int
    key: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    options: tuple[str, ...] = ()
    required: bool = False
    position: int = 0
    status_id: int | None = None
    retired: bool = False
    found_by: bool = False
    """Whether leads are found by what they have in it, which is one of the FOUND_KINDS."""
    playbook: str = ""
    """Whose answers it holds: the key of a need, or `playbook.OPENING`; empty for a field that was defined by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the definition that stood when it was given, so that it stays readable."""

    field_id: int
    key: str
    title: str
    kind: FieldKind
    value: AnswerValue


class Person(Protocol):
    """Somebody whom a field of kind person can name."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


PersonLike = TypeVar("PersonLike", bound=Person)


@dataclass(frozen=True, slots=True)
class FormatContext:
    """What reading and showing an answer depends on: `now` is aware UTC, `zone` an IANA name."""

    now: datetime
    zone: str
    region: str
    calendar: Calendar
    language: str
    currency: str = ""
    people: Sequence[Person] = ()
    hours: WorkHours = WORK_HOURS
    work: Opening = NOTHING_DEFINED
    """When somebody works; without a week, in `hours` of every day."""
    calls: Opening = NOTHING_DEFINED
    """When customers are rung on their own clock; without a week, whenever somebody likes."""
    their_zone: str = ""
    """The IANA zone of the customer whom a moment is about; "" where it is about nobody."""
    in_tomans: bool = False
    """Whether amounts that are kept in rials are shown in tomans; what is typed says which it is, or is in rials."""
    week_start: int = WEEK_AS_USUAL
    """The weekday (Monday 0) on which weeks begin."""

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays (Monday 0) in the order of the week."""
        return calendar.weekdays_in_order(self.language, self.region, self.week_start)

    @property
    def here(self) -> Here:
        """What a time that is typed is relative to."""
        is_certain = self.work.week or self.calls.week or len(workweeks(self.region)) == 1
        days = self.working_days if is_certain else None
        return Here(self.now, self.zone, self.calendar, self.region, self.hours, days, self.week_start)

    @property
    def working_days(self) -> Opening:
        """Which days are worked: by the hours of work, else the call windows, else as is usual in the region."""
        defined = next((each for each in (self.work, self.calls) if each.week), None)
        return defined or usual_days(self.region, self.work.holidays)

    def days_ahead(self, moment: datetime) -> int:
        """How many days after today an aware moment is, in the zone; negative for a day that has passed."""
        return (calendar.local_date(moment, self.zone) - calendar.local_date(self.now, self.zone)).days


def read_answer(field: Field, text: str, context: FormatContext) -> AnswerValue | None:
    """Read what was typed into `field`; None where that is nothing, or commas alone, and nothing is required.

    Raises Invalid, with the field's key, where the answer is missing or cannot be read.
    """
    typed = clean_multiline(text) if field.kind in _OF_SEVERAL_LINES else clean(text)
    value = _READERS[field.kind](field, typed, context) if typed else None
    if value is not None and value != []:
        return value
    if field.required:
        raise Invalid(_("{field} is needed.").format(field=field.title), field.key)
    return None


def answer_from(field: Field, value: AnswerValue) -> Answer:
    """`value` together with the definition of `field` as it stands now."""
    return Answer(field.id, field.key, field.title, field.kind, value)


def show_answer(kind: FieldKind, value: AnswerValue, context: FormatContext) -> str:
    """An answer as a person reads it, in one language and calendar.

    A value that is not of its kind, such as one from before the field changed, is shown as it is.
    """
    try:
        return _shown(kind, value, context)
    except (ValueError, IndexError):
        return _as_it_is(value)


def edit_text(kind: FieldKind, value: AnswerValue, context: FormatContext) -> str:
    """An answer as a person would type it, such that `read_answer` reads the same value again."""
    try:
        return _typed(kind, value, context)
    except (ValueError, IndexError):
        return _as_it_is(value)


def _shown(kind: FieldKind, value: AnswerValue, context: FormatContext) -> str:
    match kind:
        case FieldKind.DATE:
            day = date.fromisoformat(str(value))
            return calendar.show_date(day, context.calendar, context.language, style="long")
        case FieldKind.TIME:
            return calendar.show_time(time.fromisoformat(str(value)), context.language)
        case FieldKind.WEEKDAY:
            return calendar.weekday_name(int(str(value)), context.language)
        case FieldKind.YES_NO if isinstance(value, bool):
            return pgettext("choice", "yes") if value else pgettext("choice", "no")
        case FieldKind.PHONE:
            return phone.show_phone(str(value), context.region)
        case FieldKind.PERSON:
            return next(
                (each.name for each in context.people if each.id == value), pgettext("person", "somebody")
            )
        case FieldKind.MONEY:
            return show_money(
                _decimal(value), context.currency, context.language, in_tomans=context.in_tomans
            )
        case FieldKind.NUMBER | FieldKind.INTEGER | FieldKind.YEAR:
            # Not parted by thousands: most are no amounts, and a year or a number of a contract would look strange.
            return show_figures(format(_decimal(value), "f"), context.language)
        case _:
            return _as_it_is(value)


def _as_it_is(value: AnswerValue) -> str:
    return format_list(map(str, value)) if isinstance(value, list) else str(value)


def _typed(kind: FieldKind, value: AnswerValue, context: FormatContext) -> str:
    match kind:
        case FieldKind.DATE:
            day = date.fromisoformat(str(value))
            return calendar.typed_date(day, context.calendar, "en")
        case FieldKind.TIME:
            return str(value)
        case FieldKind.NUMBER | FieldKind.MONEY | FieldKind.INTEGER | FieldKind.YEAR:
            return str(value).replace(".", number_style(context.region).decimal_sign)
        case FieldKind.CHOICES:
            return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
        case FieldKind.PERSON:
            return next((each.email for each in context.people if each.id == value), "")
        case _:
            return _shown(kind, value, context)


def _read_text(_field: Field, typed: str, _format_context: FormatContext) -> AnswerValue:
    return typed


def _read_decimal(field: Field, typed: str, context: FormatContext) -> AnswerValue:
    return _number_kept(field, read_number(typed, number_style(context.region)))


def _read_integer(field: Field, typed: str, context: FormatContext) -> AnswerValue:
    found = read_number(typed, number_style(context.region))
    if found is None or found.number != found.number.to_integral_value():
        raise Invalid(_("{field} takes a whole number, such as 12.").format(field=field.title), field.key)
    return format(found.number.to_integral_value(), "f")


def _read_year(field: Field, typed: str, _format_context: FormatContext) -> AnswerValue:
    year = fold_digits(typed)
    if not _YEAR.fullmatch(year):
        raise Invalid(_("{field} takes a year, such as 2011.").format(field=field.title), field.key)
    return year


_YEAR = re.compile(r"[12][0-9]{3}")
"""Of the Gregorian, the Jalali or the Hijri calendar: which of them it is, whoever asks for it knows."""


def _read_money(field: Field, typed: str, context: FormatContext) -> AnswerValue:
    try:
        return _number_kept(field, read_money(typed, number_style(context.region), context.currency))
    except OtherCurrencyError as error:
        raise Invalid(
            _("{field} takes an amount in {currency}; “{typed}” is in another currency.").format(
                field=field.title, currency=currency_unit(context.currency, context.language), typed=typed
            ),
            field.key,
        ) from error


def _number_kept(field: Field, found: NumberRead | None) -> AnswerValue:
    if found is None:
        raise Invalid(_("{field} takes a number, such as 1200.").format(field=field.title), field.key)
    return format(found.number, "f")


def _read_date(field: Field, typed: str, context: FormatContext) -> AnswerValue:
    reading = day_reading(typed, context)
    if reading.said is None:
        why = _why_no_day(typed, reading, context) or _(
            "{field} takes a day, such as {example} or tomorrow."
        ).format(field=field.title, example=example_day(context))
        raise Invalid(why, field.key)
    return reading.said.isoformat()


def day_reading(typed: str, context: FormatContext) -> Reading[date]:
    """The day that was typed, and what else it could be."""
    return moment.read_day(typed, context.here)


def read_day(typed: str, context: FormatContext, key: str = "") -> date:
    """The day that was typed. Raises Invalid, with the `key` of the field that it is for."""
    reading = day_reading(typed, context)
    if reading.said is None:
        sentence = _("“{typed}” is no day; type one such as {example} or yesterday.")
        raise Invalid(
            _why_no_day(typed, reading, context)
            or sentence.format(typed=typed, example=example_day(context)),
            key,
        )
    return reading.said


def _why_no_day(typed: str, reading: Reading[date], context: FormatContext) -> str:
    """What is in doubt about a day that was typed; empty where nothing of it is understood."""
    return calendar.year_doubt(typed, context.calendar, context.region) or doubt_sentence(
        reading, lambda day: calendar.show_date(day, context.calendar, context.language)
    )


def example_day(context: FormatContext) -> str:
    """A day to come, as one would type it."""
    week_later = calendar.local_date(context.now, context.zone) + timedelta(days=7)
    return calendar.typed_date(week_later, context.calendar, context.language)


def _read_time(field: Field, typed: str, context: FormatContext) -> AnswerValue:
    at = parse_time(typed, context.hours)
    if at is None:
        sentence = _("{field} takes a time, such as {example}.")
        raise Invalid(sentence.format(field=field.title, example=example_time(context)), field.key)
    return at.isoformat("minutes")


def example_time(context: FormatContext) -> str:
    """A time of day, as one would type it."""
    return show_digits("10:30", context.language)


def _read_weekday(field: Field, typed: str, _format_context: FormatContext) -> AnswerValue:
    day = moment.parse_weekday(typed)
    if day is None:
        raise Invalid(
            _("{field} takes a day of the week, such as Saturday.").format(field=field.title), field.key
        )
    return day


def _read_choice(field: Field, typed: str, _format_context: FormatContext) -> AnswerValue:
    if typed in field.options:
        return typed
    wanted = search_key(typed)
    exact = [option for option in field.options if search_key(option) == wanted]
    begins = exact or [option for option in field.options if search_key(option).startswith(wanted)]
    if len(begins) != 1:
        raise Invalid(
            _("{field} takes one of: {options}.").format(
                field=field.title, options=format_list(field.options)
            ),
            field.key,
        )
    return begins[0]


def _read_choices(field: Field, typed: str, context: FormatContext) -> AnswerValue:
    chosen: list[str] = []
    for line in typed.split("\n"):
        # An option may have a comma of its own.
        parts = [line] if line in field.options else line.replace("،", ",").replace("؛", ",").split(",")
        chosen += (str(_read_choice(field, part.strip(), context)) for part in parts if part.strip())
    return [option for option in field.options if option in chosen]


_YES = frozenset(search_key(word) for word in ("yes", "y", "true", "1", "بله", "آری", "بلی", "نعم", "✓"))
_NO = frozenset(search_key(word) for word in ("no", "n", "false", "0", "نه", "خیر", "لا"))


def yes_or_no(typed: str) -> bool | None:
    """Read a yes or a no, whole and in any of the languages; None for all else."""
    word = search_key(typed) or typed
    if word in _YES or word == search_key(pgettext("choice", "yes")):
        return True
    if word in _NO or word == search_key(pgettext("choice", "no")):
        return False
    return None


def _read_yes_no(field: Field, typed: str, _format_context: FormatContext) -> AnswerValue:
    answer = yes_or_no(typed)
    if answer is None:
        raise Invalid(_("{field} takes yes or no.").format(field=field.title), field.key)
    return answer


def _read_phone(field: Field, typed: str, context: FormatContext) -> AnswerValue:
    number = phone.parse_phone(typed, context.region)
    if number is None:
        raise Invalid(
            _("{field} takes a whole phone number, with its area or country code.").format(field=field.title),
            field.key,
        )
    return number.e164


def read_email(text: str) -> str | None:
    """A usable e-mail address in lower case, or None (one @, a dot in the domain, no white space)."""
    # Small letters may come apart into letter and mark, so they are cleaned again.
    typed = clean(clean(text).strip("<>").removeprefix("mailto:").casefold())
    local, at, domain = typed.rpartition("@")
    usable = (
        at
        and local
        and "." in domain
        and not domain.startswith(".")
        and not domain.endswith(".")
        and ".." not in domain
        and not _NOT_IN_ADDRESS.search(local + domain)
        and len(typed) <= 254
    )
    return typed if usable else None


_NOT_IN_ADDRESS = re.compile(r"""[\s,;:"<>()\[\]\\@]""")


def _read_email(field: Field, typed: str, _format_context: FormatContext) -> AnswerValue:
    address = read_email(typed)
    if address is None:
        raise Invalid(
            _("{field} takes an e-mail address, such as name@example.com.").format(field=field.title),
            field.key,
        )
    return address


def _read_link(field: Field, typed: str, _format_context: FormatContext) -> AnswerValue:
    address = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or "." not in parts.netloc or " " in address:
        raise Invalid(
            _("{field} takes a web address, such as example.com/page.").format(field=field.title), field.key
        )
    return address


def _read_person(field: Field, typed: str, context: FormatContext) -> AnswerValue:
    found = find_people(typed, context.people)
    if len(found) != 1:
        problem = (
            _("{field}: nobody here is called {name}.")
            if not found
            else _("{field}: several people are called {name}; type more of it, or the e-mail.")
        )
        raise Invalid(problem.format(field=field.title, name=typed), field.key)
    return found[0].id


def find_people(typed: str, people: Sequence[PersonLike]) -> list[PersonLike]:
    """The people whom `typed` can mean, best first: whole e-mail or name, else a beginning, else a part."""
    wanted = search_key(typed)
    address = typed.strip().casefold()
    whole = [one for one in people if one.email.casefold() == address or search_key(one.name) == wanted]
    if whole or not wanted:
        return whole
    words = [one for one in people if any(search_key(part).startswith(wanted) for part in one.name.split())]
    begins = [one for one in people if search_key(one.name).startswith(wanted) and one not in words]
    if words or begins:
        return words + begins
    return [one for one in people if wanted in search_key(one.name) or address in one.email.casefold()]


def _decimal(value: AnswerValue) -> Decimal:
    """A number as it is kept. Raises ValueError for anything else."""
    if not _KEPT_NUMBER.fullmatch(str(value)):
        raise ValueError(value)
    return Decimal(str(value))


_KEPT_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

_OF_SEVERAL_LINES = frozenset({FieldKind.LONG_TEXT, FieldKind.CHOICES})

_READERS = {
    FieldKind.TEXT: _read_text,
    FieldKind.LONG_TEXT: _read_text,
    FieldKind.NUMBER: _read_decimal,
    FieldKind.INTEGER: _read_integer,
    FieldKind.YEAR: _read_year,
    FieldKind.MONEY: _read_money,
    FieldKind.DATE: _read_date,
    FieldKind.TIME: _read_time,
    FieldKind.WEEKDAY: _read_weekday,
    FieldKind.CHOICE: _read_choice,
    FieldKind.CHOICES: _read_choices,
    FieldKind.YES_NO: _read_yes_no,
    FieldKind.PHONE: _read_phone,
    FieldKind.EMAIL: _read_email,
    FieldKind.LINK: _read_link,
    FieldKind.PERSON: _read_person,
}
