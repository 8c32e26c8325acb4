"""The columns of an export: what stands in each for a customer, in people's words or so that it can be read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from leadtui.domain.field import Field, FieldKind, edit_text, show_answer
from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.view import custom_sort
from leadtui.errors import Invalid
from leadtui.language import calendar
from leadtui.language.calendar import Calendar
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.services.session import Session


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
    """One column: its key, its title, and what stands in it."""

    key: str
    title: str
    text: Callable[[Lead, Wording], str]


class Wording:
    """Puts values into words, as the options ask."""

    def __init__(self, session: Session, options: ExportOptions) -> None:
        """What the desk has defined is taken as it is now."""
        self._definitions = session.definitions
        self._zone = session.workspace.zone
        self._calendar = session.calendar
        self._options = options
        context = replace(session.format_context(), people=session.definitions.colleagues)
        self.context = (
            replace(
                context,
                calendar=Calendar.GREGORIAN,
                language="en",
                people=session.definitions.active_colleagues,
            )
            if options.exact
            else context
        )

    def moment(self, at: datetime | None) -> str:
        """A moment; "" for none."""
        if at is None:
            return ""
        if self._options.exact:
            return at.astimezone(UTC).isoformat()
        local = at.astimezone(ZoneInfo(self._zone))
        if self._options.own_calendar:
            day = calendar.show_date(at, self._calendar, "en", zone=self._zone, style="numeric")
            return f"{day} {local:%H:%M}"
        return f"{local:%Y-%m-%d %H:%M}"

    def number(self, number: LeadNumber) -> str:
        """A number in E.164, with its extension."""
        return f"{number.e164} ext. {number.extension}" if number.extension else number.e164

    def titled(self, kind: str, row_id: int | None) -> str:
        """The title of a status, a channel, a need or a person."""
        if row_id is None:
            return ""
        if kind == "owner":
            person = self._definitions.colleague(row_id)
            return "" if person is None else (person.email if self._options.exact else person.name)
        found = getattr(self._definitions, kind)(row_id)
        return (
            "" if found is None else (found.key if self._options.exact and kind == "status" else found.title)
        )

    def custom(self, field: Field, lead: Lead) -> str:
        """The answer of a workspace's own field."""
        value = lead.custom.get(field.key)
        if value is None:
            return ""
        if self._options.exact:
            return edit_text(field.kind, value, self.context)
        if field.kind is FieldKind.DATE and not self._options.own_calendar:
            return str(value)
        return show_answer(field.kind, value, self.context)


def columns_of(session: Session, options: ExportOptions) -> list[ExportColumn]:
    """The columns of an export in their order, with titles. Raises Invalid for a column that there is not."""
    present = {each.key: each for each in _all_columns(session, exact=options.exact)}
    if not options.columns:
        # What tells of the desk's work and no import reads is in a table for people, else only where it is named.
        return [each for each in present.values() if not (options.exact and each.key in _FOR_PEOPLE)]
    by_sort = {custom_sort(field.key): field.key for field in session.definitions.fields}
    chosen: list[ExportColumn] = []
    for key in options.columns:
        column = present.get(by_sort.get(key, key))
        if column is None:
            known = _(", ").join(present)
            raise Invalid(
                _("There is no column “{column}”; there are: {known}.").format(column=safe(key), known=known),
                "columns",
            )
        chosen.append(column)
    return chosen


_FOR_PEOPLE = frozenset({"channel_first", "owner_at"})


def _all_columns(session: Session, *, exact: bool) -> list[ExportColumn]:
    built_in: list[tuple[str, str, Callable[[Lead, Wording], str]]] = [
        ("name", _("Name"), lambda lead, _words: lead.name),
        ("phone", _("Phone"), _first_number),
        ("phone_other", _("Other phones"), _other_numbers),
        ("email", _("E-mail"), lambda lead, _words: lead.email),
        ("city", _("City"), lambda lead, _words: lead.city),
        ("entered_at", _("Date"), lambda lead, words: words.moment(lead.entered_at)),
        ("grade", _("Grade"), lambda lead, _words: lead.grade),
        ("major", _("Major"), lambda lead, _words: lead.major),
        ("channel", _("Entry channel"), lambda lead, words: words.titled("channel", lead.channel_latest_id)),
        ("need", _("Need"), lambda lead, words: words.titled("need", lead.need_id)),
        ("referrer", _("Referrer"), lambda lead, _words: lead.referrer),
        ("status", _("Status"), lambda lead, words: words.titled("status", lead.status_id)),
        ("owner", _("Cartable"), lambda lead, words: words.titled("owner", lead.owner_id)),
        ("next_at", _("Next"), lambda lead, words: words.moment(lead.next_at)),
        ("contacted_at", _("Last contact"), lambda lead, words: words.moment(lead.contacted_at)),
        (
            "channel_first",
            _("First entry"),
            lambda lead, words: words.titled("channel", lead.channel_first_id),
        ),
        ("owner_at", _("Owner since"), lambda lead, words: words.moment(lead.owner_at)),
        ("do_not_call", _("Do not call"), lambda lead, _words: _("yes") if lead.do_not_call else ""),
    ]
    columns = [ExportColumn(key, key if exact else title, text) for key, title, text in built_in]
    return columns + [_own_column(field, exact=exact) for field in session.definitions.open_fields]


def _own_column(field: Field, *, exact: bool) -> ExportColumn:
    return ExportColumn(
        field.key, field.key if exact else field.title, lambda lead, words: words.custom(field, lead)
    )


def _first_number(lead: Lead, words: Wording) -> str:
    return words.number(lead.numbers[0]) if lead.numbers else lead.phone


def _other_numbers(lead: Lead, words: Wording) -> str:
    return " / ".join(words.number(each) for each in lead.numbers[1:])
