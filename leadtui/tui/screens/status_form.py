"""The fields of the status dialog: what one status asks, in its order, then owner, reminder and note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.domain.field import Field, FieldKind, Surroundings
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.language import calendar
from leadtui.language.translate import _
from leadtui.tui.commands import same_place
from leadtui.tui.echoes import example_of, example_of_moment
from leadtui.tui.status_entry import NOTE, OWNER, PROMISED, REMIND, YES, StatusEntry, answer_key
from leadtui.tui.status_reading import StatusSnapshot, owner_title
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.line_editor import LineEditor
from leadtui.tui.widgets.option_row import OptionRow
from leadtui.tui.widgets.person_editor import PersonEditor
from leadtui.tui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from textual.widget import Widget

MOST_IN_SIGHT = 6
"""Choices up to here are all in sight; more drop down."""

SHORT_KINDS = frozenset(
    {
        FieldKind.DATE,
        FieldKind.TIME,
        FieldKind.WEEKDAY,
        FieldKind.NUMBER,
        FieldKind.MONEY,
        FieldKind.PHONE,
        FieldKind.YES_NO,
    }
)
"""Fields of these kinds share a line."""


def status_fields(
    status: Status, entry: StatusEntry, snapshot: StatusSnapshot, surroundings: Surroundings
) -> list[FormField]:
    """The form of `status`, filled in with `entry`."""
    fields = [
        FormField(
            answer_key(each),
            _title(each, surroundings),
            _editor(each, entry.text(answer_key(each)), snapshot, surroundings),
            required=each.required,
            line="short" if each.kind in SHORT_KINDS else "",
        )
        for each in status.open_fields
    ]
    if status.cartable is CartableRule.NEXT:
        owner = _person_editor(snapshot, surroundings, entry.text(OWNER))
        fields.append(FormField(OWNER, owner_title(status), owner, required=True))
    if status.reminder is not ReminderRule.NO:
        fields += _reminder_fields(status, entry, surroundings)
    fields.append(FormField(NOTE, _("Note"), TextEditor(entry.text(NOTE))))
    return fields


def _reminder_fields(status: Status, entry: StatusEntry, surroundings: Surroundings) -> list[FormField]:
    must = status.reminder is ReminderRule.MUST
    moment = LineEditor(entry.text(REMIND), example_of_moment(surroundings))
    promised = OptionRow([Choice(YES, _("promised to the customer"))], entry.text(PROMISED), several=True)
    return [
        FormField(REMIND, _("Remind"), moment, required=must, line="reminder"),
        FormField(PROMISED, "", promised, line="reminder", aside=True),
    ]


def _title(asked: Field, surroundings: Surroundings) -> str:
    if asked.kind is FieldKind.MONEY and surroundings.currency:
        return _("{field} ({currency})").format(field=asked.title, currency=surroundings.currency)
    return asked.title


def _editor(asked: Field, text: str, snapshot: StatusSnapshot, surroundings: Surroundings) -> Widget:
    match asked.kind:
        case FieldKind.LONG_TEXT:
            return TextEditor(text)
        case FieldKind.WEEKDAY:
            return DropDown(_weekdays(surroundings.language), text)
        case FieldKind.YES_NO:
            return OptionRow(_yes_and_no(), text)
        case FieldKind.CHOICES:
            return OptionRow(_choices(asked), text, several=True)
        case FieldKind.CHOICE:
            few = len(asked.options) <= MOST_IN_SIGHT
            return OptionRow(_choices(asked), text) if few else DropDown(_choices(asked), text)
        case FieldKind.PERSON:
            return _person_editor(snapshot, surroundings, text)
        case _:
            return LineEditor(text, example_of(asked.kind, surroundings))


def _person_editor(snapshot: StatusSnapshot, surroundings: Surroundings, text: str) -> PersonEditor:
    return PersonEditor(
        snapshot.definitions.active_colleagues,
        snapshot.leads_per_colleague,
        snapshot.actor,
        surroundings.language,
        text,
    )


def _choices(asked: Field) -> list[Choice]:
    return [Choice(option, option) for option in asked.options]


def _yes_and_no() -> list[Choice]:
    return [
        Choice("yes", _("yes"), (*same_place("y"), "بله", "نعم")),
        Choice("no", _("no"), (*same_place("n"), "نه", "خیر", "لا")),
    ]


def _weekdays(language: str) -> list[Choice]:
    return [
        Choice(
            calendar.weekday_name(day, language),
            calendar.weekday_name(day, language),
            tuple(calendar.weekday_name(day, other) for other in ("en", "fa", "ar")),
        )
        for day in calendar.weekdays_in_order(language)
    ]
