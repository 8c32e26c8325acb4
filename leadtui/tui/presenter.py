"""How leads and their parts read on screen: words, glyphs and colours, never markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from textual.content import Content

from leadtui.domain.cartable import Urgency
from leadtui.domain.field import Field, show_answer
from leadtui.domain.lead import Lead
from leadtui.domain.status import STATUS_COLOURS, Status
from leadtui.domain.view import SortColumn
from leadtui.domain.visibility import REACHING_KINDS, hidden_words
from leadtui.language import calendar
from leadtui.language.phone import show_phone
from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.language.translate import _
from leadtui.presentation.cartable_reason import why
from leadtui.services.cartable import CartableReason
from leadtui.services.session import Session
from leadtui.tui.widgets.record_table import Cell, Column
from leadtui.tui.widgets.record_table_drawing import ODD_GLYPH

NEW_GLYPH = "●"
GIVEN_GLYPH = "✦"
NOTHING = "–"
"""What stands where there is no owner, no reminder, no answer."""

DO_NOT_CALL_GLYPH = "⊘"
"""Stands before what must not be rung."""

DAYS_BY_NAME = 7
"""Days to come within which the weekday alone says which day is meant."""

URGENCY_LOOK: dict[Urgency, tuple[str, str]] = {
    Urgency.OVERDUE: ("▲", "late"),
    Urgency.SOON: ("•", "soon"),
    Urgency.NEVER_CONTACTED: ("○", "untouched"),
    Urgency.TODAY: (" ", "dim"),
    Urgency.LATER: (" ", "dim"),
    Urgency.WAITING: (" ", "faint"),
}
"""The glyph and the theme variable of each group of the cartable."""


class Presenter:
    """Reads leads for one desk. It looks up definitions at each call, so that a change of them shows at once."""

    def __init__(self, session: Session) -> None:
        """`session` gives the definitions, the clock, the language and the calendar."""
        self._session = session
        self._cells: Mapping[str, Callable[[Lead, datetime], Cell]] = {
            SortColumn.NAME: lambda lead, _now: Cell(lead.name or _("no name"), "" if lead.name else "faint"),
            SortColumn.CITY: lambda lead, _now: Cell(lead.city, "dim"),
            SortColumn.PHONE: lambda lead, _now: self.phone_cell(lead),
            SortColumn.EMAIL: lambda lead, _now: (
                Cell(_("e-mail hidden"), "faint") if lead.numbers_hidden else Cell(lead.email, "dim")
            ),
            SortColumn.ENTERED_AT: lambda lead, now: Cell(self.day(lead.entered_at, now), "dim"),
            SortColumn.GRADE: lambda lead, _now: Cell(lead.grade, "dim"),
            SortColumn.MAJOR: lambda lead, _now: Cell(lead.major, "dim"),
            SortColumn.CHANNEL: lambda lead, _now: Cell(self.channel(lead.channel_latest_id), "dim"),
            SortColumn.STATUS: lambda lead, _now: self.status_cell(lead.status_id),
            SortColumn.OWNER: lambda lead, _now: self.owner_cell(lead.owner_id),
            SortColumn.NEXT_AT: lambda lead, now: self.next_cell(lead.next_at, now),
            SortColumn.NEED: lambda lead, _now: Cell(self.need(lead.need_id), "dim"),
            SortColumn.REFERRER: lambda lead, _now: Cell(lead.referrer, "dim"),
            SortColumn.CHANNEL_FIRST: lambda lead, _now: Cell(self.channel(lead.channel_first_id), "dim"),
            SortColumn.CONTACTED_AT: lambda lead, now: self.day_cell(lead.contacted_at, now),
            SortColumn.OWNER_AT: lambda lead, now: self.day_cell(lead.owner_at, now),
        }

    def lead_columns(self) -> tuple[Column, ...]:
        """Every field of a customer as a column; where there is little room the last in rank give way."""
        columns = (
            Column(SortColumn.NAME, _("Name"), 20, 14, 0),
            Column(SortColumn.CITY, _("City"), 12, 9, 5),
            Column(SortColumn.PHONE, _("Phone"), 17, 16, 1),
            Column(SortColumn.STATUS, _("Status"), 19, 16, 2),
            Column(SortColumn.OWNER, _("Owner"), 9, 7, 3),
            Column(SortColumn.CHANNEL, _("Entry"), 18, 13, 4),
            Column(SortColumn.ENTERED_AT, _("Date"), 11, 9, 6),
            Column(SortColumn.NEXT_AT, _("Next"), self._moment_width, self._moment_width, 8),
            Column(SortColumn.EMAIL, _("E-mail"), 24, 16, 7),
            Column(SortColumn.GRADE, _("Grade"), 12, 8, 9),
            Column(SortColumn.MAJOR, _("Major"), 12, 8, 10),
            Column(SortColumn.NEED, _("Need"), 12, 8, 11),
            Column(SortColumn.REFERRER, _("Referrer"), 12, 8, 12),
            Column(SortColumn.CHANNEL_FIRST, _("First entry"), 18, 13, 13),
            Column(SortColumn.CONTACTED_AT, _("Last contact"), 12, 9, 14),
            Column(SortColumn.OWNER_AT, _("Owner since"), 12, 9, 15),
        )
        own = (
            Column(f"custom:{each.key}", each.title, 14, 8, 16 + rank)
            for rank, each in enumerate(self._session.definitions.open_fields)
        )
        return (*columns, *own)

    def lead_cells(self, lead: Lead, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
        """The cells of one customer for the given columns."""
        now = self._session.now()
        return tuple(self._lead_cell(lead, column.key, now) for column in columns)

    def cartable_columns(self) -> tuple[Column, ...]:
        """The columns of the cartable: the reason first."""
        return (
            Column("why", _("Why"), 16, 16, 1, sortable=False),
            Column("name", _("Name"), 16, 14, 0, sortable=False),
            Column("status", _("Status"), 17, 14, 2, sortable=False),
            Column("phone", _("Phone"), 17, 16, 4, sortable=False),
            Column("next", _("Next"), self._moment_width, self._moment_width, 3, sortable=False),
        )

    def cartable_cells(
        self, lead: Lead, reason: CartableReason | None, *, given: bool = False
    ) -> tuple[Cell, ...]:
        """The cells of one customer of the cartable; `given` marks one that has just come from somebody else."""
        now = self._session.now()
        return (
            self.why_cell(reason, now),
            # The column of numbers is the first to give way.
            Cell(
                self.name(lead),
                "untouched bold" if given else "",
                DO_NOT_CALL_GLYPH if lead.do_not_call else GIVEN_GLYPH if given else "",
            ),
            self.status_cell(lead.status_id),
            self.phone_cell(lead, "dim"),
            self.next_cell(lead.next_at, now),
        )

    def phone_cell(self, lead: Lead, style: str = "") -> Cell:
        """The number that is rung, or that the person may not see it; struck through where it must not be rung."""
        if lead.do_not_call:
            shown = self.lead_phone(lead)
            return Cell(shown, "faint strike" if shown else "faint", DO_NOT_CALL_GLYPH)
        return Cell(self.lead_phone(lead), "faint" if lead.numbers_hidden else style)

    def why_cell(self, reason: CartableReason | None, now: datetime) -> Cell:
        """The reason why a customer waits, in words."""
        if reason is None:
            return Cell("")
        glyph, style = URGENCY_LOOK[reason.urgency]
        words = why(reason, now, self._session.language, self._session.calendar, self._session.workspace.zone)
        return Cell(words, style, glyph)

    def status_cell(self, status_id: int | None) -> Cell:
        """A status as glyph, word and colour."""
        status = self._session.definitions.status(status_id)
        if status is None:
            return Cell(_("New"), "status-blue", NEW_GLYPH)
        return Cell(status.title, status_style(status).removeprefix("$"), status_glyph(status))

    def owner_cell(self, owner_id: int | None) -> Cell:
        """An owner's first name, as far as it says who is meant; one's own leads stand out."""
        if owner_id is None:
            return Cell(NOTHING, "faint")
        if owner_id == self._session.actor.id:
            return Cell(_("me"), "key bold")
        name = self.person(owner_id)
        first = name.partition(" ")[0]
        same = [each for each in self._session.definitions.colleagues if each.name.partition(" ")[0] == first]
        return Cell(first if len(same) == 1 else name, "dim")

    def next_cell(self, next_at: datetime | None, now: datetime) -> Cell:
        """When the next reminder is due; red where it has passed."""
        if next_at is None:
            return Cell(NOTHING, "faint")
        return Cell(self.short_moment(next_at, now), "late" if next_at <= now else "dim")

    def day_cell(self, at: datetime | None, now: datetime) -> Cell:
        """A day that may not have come yet."""
        return Cell(NOTHING, "faint") if at is None else Cell(self.day(at, now), "dim")

    def status_content(self, status_id: int | None) -> Content:
        """A status as glyph and word in its colour, for running text."""
        status = self._session.definitions.status(status_id)
        if status is None:
            return Content.styled(f"{NEW_GLYPH} {_('New')}", "$status-blue")
        return status_content(status)

    def person(self, user_id: int | None) -> str:
        """A colleague's name."""
        person = self._session.definitions.colleague(user_id)
        return person.name if person else _("somebody")

    def channel(self, channel_id: int | None) -> str:
        """An entry channel's title."""
        channel = self._session.definitions.channel(channel_id)
        return channel.title if channel else ""

    def need(self, need_id: int | None) -> str:
        """A need's title."""
        need = self._session.definitions.need(need_id)
        return need.title if need else ""

    def phone(self, e164: str) -> str:
        """A number grouped for reading, as at home in the workspace's region."""
        return show_phone(e164, self._session.workspace.region) if e164 else ""

    def lead_phone(self, lead: Lead) -> str:
        """A customer's number that is rung, or the words that stand where the person may not see it."""
        return number_hidden() if lead.numbers_hidden else self.phone(lead.phone)

    def name(self, lead: Lead) -> str:
        """What a customer is called: by the number where there is no name, if that may be seen."""
        return lead.name or self.phone(lead.phone) or _("no name")

    def day(self, at: datetime, now: datetime) -> str:
        """A day, without its year where that is the present one."""
        return calendar.show_date(
            at,
            self._session.calendar,
            self._session.language,
            zone=self._session.workspace.zone,
            style="short",
            today=calendar.local_date(now, self._session.workspace.zone),
        )

    def moment(self, at: datetime, now: datetime) -> str:
        """A day and time as near as today and tomorrow."""
        session = self._session
        return calendar.show_moment(at, session.calendar, session.language, session.workspace.zone, now)

    def short_moment(self, at: datetime, now: datetime) -> str:
        """A moment in a narrow column: the time today, weekday and time within a week, else the day."""
        zone = self._session.workspace.zone
        days = (calendar.local_date(at, zone) - calendar.local_date(now, zone)).days
        if days == 0:
            return self.time(at)
        if 0 < days < DAYS_BY_NAME:
            weekday = calendar.weekday_name(
                calendar.local_date(at, zone).weekday(), self._session.language, short=True
            )
            return f"{weekday} {self.time(at)}"
        return self.day(at, now)

    @property
    def _moment_width(self) -> int:
        """The most cells that `short_moment` takes for a time to come: weekdays are longer in some languages."""
        language = self._session.language
        return max(cell_width(calendar.weekday_name(day, language, short=True)) for day in range(7)) + len(
            " 10:00"
        )

    def time(self, at: datetime) -> str:
        """The time of day."""
        return calendar.show_time(at, self._session.language, self._session.workspace.zone)

    def field_value(self, field: Field, lead: Lead) -> str:
        """A customer's own field as it reads; empty where nothing was given."""
        if lead.numbers_hidden and field.kind in REACHING_KINDS:
            return hidden_words()
        value = lead.custom.get(field.key)
        return "" if value is None else show_answer(field.kind, value, self._session.format_context())

    def _lead_cell(self, lead: Lead, key: str, now: datetime) -> Cell:
        if key in self._cells:
            return self._cells[key](lead, now)
        own = next(
            (each for each in self._session.definitions.open_fields if f"custom:{each.key}" == key), None
        )
        return Cell("" if own is None else self.field_value(own, lead), "dim")


def number_hidden() -> str:
    """What stands where the person may not see a customer's number."""
    return _("number hidden")


def status_style(status: Status) -> str:
    """The theme variable of a status' colour, whatever its definition says: a style could hold a command."""
    return f"$status-{status.colour if status.colour in STATUS_COLOURS else 'grey'}"


def status_glyph(status: Status) -> str:
    """The one cell that stands before a status' title, whatever its definition says."""
    glyph = safe(status.glyph)
    return glyph if cell_width(glyph) == 1 else ODD_GLYPH


def status_content(status: Status) -> Content:
    """A status as glyph and title in its colour, for lists and running text."""
    return Content.styled(f"{status_glyph(status)} {brief(status.title)}", status_style(status))


def brief(text: str, width: int = 60) -> str:
    """Text from data for a place where it must not take more than `width` cells, whatever it is."""
    return ellipsize(safe(text), width)
