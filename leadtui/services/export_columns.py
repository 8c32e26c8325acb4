"""The columns of an export: what stands in each for a customer, in people's words or so that it can be read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeAlias
from zoneinfo import ZoneInfo

from leadtui.domain.field import AnswerValue, Field, FieldKind, edit_text, show_answer
from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.lead_fields import NOTE, BuiltInKind, LeadField, export_fields, titled
from leadtui.domain.view import PLAN_WORDS, plan_of
from leadtui.errors import Invalid
from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.money import currency_unit
from leadtui.language.text import safe
from leadtui.language.translate import _, format_list, pgettext
from leadtui.services.importing.titles import Target
from leadtui.services.session import Session

Cell: TypeAlias = str | Decimal | date
"""What stands in a cell; a moment is a naive datetime, the wall-clock time of the workspace."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as the person who exports may see them, with what was noted, oldest first."""

    lead: Lead
    notes: tuple[str, ...] = ()
    shared_numbers: tuple[str, ...] = ()
    """Those of the numbers, in E.164, that other customers have, too."""

    @property
    def note(self) -> str:
        """Everything that was noted, as one text."""
        return "\n".join(self.notes)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How customers are written.

    `exact` is for another import: keys as titles, E.164, ISO 8601 in UTC, nothing added for spreadsheets.
    `byte_order_mark` lets old spreadsheet programs read a CSV file as UTF-8. `own_calendar` writes dates in the
    person's calendar, else they are ISO 8601 in the workspace's zone. `columns` are keys in their order; () for all.
    """

    exact: bool = False
    byte_order_mark: bool = False
    own_calendar: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column: its key, its title, and what stands in it; what no import reads, or only an exact one needs."""

    key: str
    title: str
    cell: Callable[[Customer, Wording], Cell]
    for_people: bool = False
    for_imports: bool = False
    usual: bool = True
    """Whether it is written where no column is named."""
    is_telephone: bool = False
    currency: str = ""
    """In which its amounts are."""
    status_id: int | None = None
    """The status whose answers it shows."""


class Wording:
    """Puts values into words, as the options ask."""

    def __init__(self, session: Session, options: ExportOptions) -> None:
        """What the desk has defined is taken as it is now."""
        self._definitions = session.definitions
        self._now = session.now()
        self._zone = ZoneInfo(session.workspace.zone)
        self._calendar = session.calendar
        self._exact = options.exact
        self._own_calendar = options.own_calendar and session.calendar is not Calendar.GREGORIAN
        context = replace(session.format_context(), people=session.definitions.colleagues)
        self._context = (
            replace(
                context,
                calendar=Calendar.GREGORIAN,
                language="en",
                people=session.definitions.active_colleagues,
            )
            if options.exact
            else context
        )

    def moment(self, at: datetime | None) -> Cell:
        """A moment; "" for none."""
        if at is None:
            return ""
        if self._exact:
            return at.astimezone(UTC).isoformat()
        local = at.astimezone(self._zone)
        if self._own_calendar:
            day = calendar.show_date(local.date(), self._calendar, "en", style="numeric")
            return f"{day} {local:%H:%M}"
        return local.replace(tzinfo=None)

    def number(self, number: LeadNumber) -> str:
        """A number in E.164, with its extension."""
        return f"{number.e164} ext. {number.extension}" if number.extension else number.e164

    def value(self, field: LeadField, lead: Lead) -> Cell:
        """What stands in a field; "" for nothing."""
        value = field.value(lead)
        if field.own is not None:
            return "" if value is None else self._answer(field.own, value)
        match field.kind:
            case FieldKind.PHONE:
                return self.number(lead.numbers[0]) if lead.numbers else lead.phone
            case BuiltInKind.NUMBERS:
                return " / ".join(map(self.number, value))
            case BuiltInKind.MOMENT | BuiltInKind.DUE:
                return self.moment(value)
            case BuiltInKind.CHANNEL | BuiltInKind.NEED:
                named = titled(field, lead, self._definitions)
                return named.title if named else ""
            case BuiltInKind.STATUS:
                return self.status(value)
            case BuiltInKind.COUNT:
                return Decimal(value)
            case BuiltInKind.PLAN:
                return self._plan(lead)
            case BuiltInKind.LEFT:
                return self._yes_or_no(True) if self._definitions.has_left(value) else ""
            case FieldKind.PERSON:
                person = self._definitions.colleague(value)
                return "" if person is None else (person.email if self._exact else person.name)
            case FieldKind.YES_NO:
                return self._yes_or_no(True) if value else ""
            case _:
                return str(value)

    def _plan(self, lead: Lead) -> str:
        plan = plan_of(lead, self._now)
        if plan is None:
            return ""
        return plan.value if self._exact else pgettext("filter", PLAN_WORDS[plan])

    def status(self, status_id: int | None) -> str:
        """A status; "" for none."""
        status = self._definitions.status(status_id)
        return "" if status is None else (status.key if self._exact else status.title)

    def _answer(self, field: Field, value: AnswerValue) -> Cell:
        match field.kind:
            case FieldKind.NUMBER | FieldKind.INTEGER | FieldKind.YEAR | FieldKind.MONEY:
                return _number(value)
            case FieldKind.DATE if not self._own_calendar:
                return _day(value)
            case FieldKind.YES_NO if isinstance(value, bool):
                return self._yes_or_no(value)
            case FieldKind.PHONE if self._exact:
                return str(value)
            case _:
                return (edit_text if self._exact else show_answer)(field.kind, value, self._context)

    def _yes_or_no(self, value: bool) -> str:
        if self._exact:
            return "yes" if value else "no"
        return pgettext("choice", "yes") if value else pgettext("choice", "no")


def _number(value: AnswerValue) -> Cell:
    """A number; what is none, such as a value from before the field changed, as it is."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return number if number.is_finite() else str(value)


def _day(value: AnswerValue) -> Cell:
    """A day; what is none as it is."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return str(value)


def columns_of(session: Session, options: ExportOptions) -> list[ExportColumn]:
    """The columns of an export in their order, with titles. Raises Invalid for a column that there is not."""
    present = {each.key: each for each in _all_columns(session, exact=options.exact)}
    if not options.columns:
        # What tells of the desk's work and no import reads is in a table for people, else only where it is named; what
        # would fill a cell with pages is in a table for imports.
        return [
            each
            for each in present.values()
            if each.usual and not (each.for_people if options.exact else each.for_imports)
        ]
    by_key = {each.key: each.plain_key for each in export_fields(session.definitions)}
    chosen: list[ExportColumn] = []
    for key in options.columns:
        column = present.get(by_key.get(key, key))
        if column is None:
            known = format_list(present)
            raise Invalid(
                _("There is no column “{column}”; there are: {known}.").format(column=safe(key), known=known),
                "columns",
            )
        chosen.append(column)
    return chosen


def _shared_numbers(customer: Customer, _words: Wording) -> Cell:
    return " / ".join(customer.shared_numbers)


def _all_columns(session: Session, *, exact: bool) -> list[ExportColumn]:
    currency = session.workspace.currency
    if not exact:
        currency = currency_unit(currency, session.language)
    columns = [_column(each, currency, exact=exact) for each in export_fields(session.definitions)]
    if exact:
        key = Target.SHARED_NUMBERS.value
        columns.append(ExportColumn(key, key, _shared_numbers, is_telephone=True))
    if any(each.key == NOTE for each in columns):  # a field of the workspace's own
        return columns
    title = NOTE if exact else pgettext("column", "Notes")
    return [*columns, ExportColumn(NOTE, title, lambda customer, _words: customer.note, for_imports=True)]


def _column(field: LeadField, currency: str, *, exact: bool) -> ExportColumn:
    place = field.export
    title = pgettext("column", place.title) if place and place.title else field.title
    return ExportColumn(
        field.plain_key,
        field.plain_key if exact else title,
        lambda customer, words: words.value(field, customer.lead),
        for_people=place is not None and place.for_people,
        usual=place is None or place.usual,
        is_telephone=field.kind in (FieldKind.PHONE, BuiltInKind.NUMBERS),
        currency=currency if field.kind is FieldKind.MONEY else "",
        status_id=field.asked_by.id if field.asked_by is not None else None,
    )
