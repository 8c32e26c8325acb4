"""What an answer is edited with: for each kind of field its own editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from leadtui.domain.field import NUMBER_KINDS, Field, FieldKind, FormatContext
from leadtui.language import calendar
from leadtui.language.keyboard_layouts import letters_at
from leadtui.language.money import currency_unit
from leadtui.language.translate import pgettext
from leadtui.presentation.input_feedback import example_of
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.date_input import DateInput
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.option_row import OptionRow
from leadtui.tui.widgets.person_editor import PersonEditor

if TYPE_CHECKING:
    from textual.widget import Widget

    from leadtui.domain.workspace import Colleague, Definitions

MOST_IN_SIGHT = 6
"""Choices up to here are all in sight; more drop down."""

SHORT_KINDS = frozenset(
    {
        FieldKind.DATE,
        FieldKind.TIME,
        FieldKind.WEEKDAY,
        *NUMBER_KINDS,
        FieldKind.PHONE,
        FieldKind.YES_NO,
    }
)
"""Fields of these kinds share a line."""


class People(Protocol):
    """Who can be named, by whom, and how much each has to do."""

    @property
    def definitions(self) -> Definitions: ...
    @property
    def actor(self) -> Colleague: ...
    @property
    def leads_per_colleague(self) -> Mapping[int, int]: ...


def answer_title(asked: Field, context: FormatContext) -> str:
    """A field's label."""
    if asked.kind is FieldKind.MONEY and context.currency:
        return pgettext("pattern", "{field} ({currency})").format(
            field=asked.title, currency=currency_unit(context.currency, context.language)
        )
    return asked.title


def answer_editor(asked: Field, text: str, people: People, context: FormatContext) -> Widget:
    """The editor of a field, filled in with `text`."""
    match asked.kind:
        case FieldKind.LONG_TEXT:
            return TextInput(text)
        case FieldKind.WEEKDAY:
            return DropDown(_weekdays(context), text)
        case FieldKind.YES_NO:
            return OptionRow(yes_and_no(), text)
        case FieldKind.CHOICES:
            return OptionRow(_choices(asked), text, several=True)
        case FieldKind.CHOICE:
            few = len(asked.options) <= MOST_IN_SIGHT
            return OptionRow(_choices(asked), text) if few else DropDown(_choices(asked), text)
        case FieldKind.PERSON:
            return person_editor(people, context, text)
        case FieldKind.DATE:
            return DateInput(text, example_of(asked.kind, context), context)
        case _:
            return LineInput(text, example_of(asked.kind, context))


def person_editor(people: People, context: FormatContext, text: str) -> PersonEditor:
    """An editor that names a colleague."""
    return PersonEditor(
        people.definitions.active_colleagues,
        people.leads_per_colleague,
        people.actor,
        context.language,
        text,
    )


def _choices(asked: Field) -> list[Choice]:
    return [Choice(option, option) for option in asked.options]


def yes_and_no() -> list[Choice]:
    """The two answers, also by the letters of their words in each language."""
    return [
        Choice("yes", pgettext("choice", "yes"), (*letters_at("y"), "بله", "نعم")),
        Choice("no", pgettext("choice", "no"), (*letters_at("n"), "نه", "خیر", "لا")),
    ]


def _weekdays(context: FormatContext) -> list[Choice]:
    language = context.language
    return [
        Choice(
            calendar.weekday_name(day, language),
            calendar.weekday_name(day, language),
            tuple(calendar.weekday_name(day, other) for other in ("en", "fa", "ar")),
        )
        for day in context.weekdays
    ]
