"""Leads in the tables of the desk: their columns, and the cells with glyph and colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from leadtui.domain.cartable import Urgency
from leadtui.domain.lead import Lead
from leadtui.domain.view import SortColumn
from leadtui.language.translate import _
from leadtui.presentation.cartable_reason import URGENCY_GLYPHS, why
from leadtui.presentation.formatter import (
    DO_NOT_CALL_GLYPH,
    NEW_GLYPH,
    NOTHING,
    Formatter,
    status_glyph,
)
from leadtui.services.cartable import CartableReason
from leadtui.tui.status_style import status_style
from leadtui.tui.widgets.record_table import Cell, Column

GIVEN_GLYPH = "✦"

URGENCY_STYLES: dict[Urgency, str] = {
    Urgency.OVERDUE: "late",
    Urgency.SOON: "soon",
    Urgency.NEVER_CONTACTED: "untouched",
    Urgency.TODAY: "dim",
    Urgency.LATER: "dim",
    Urgency.WAITING: "faint",
}
"""The theme variable of each group of the cartable."""


def lead_columns(formatter: Formatter) -> tuple[Column, ...]:
    """Every field of a customer as a column; where there is little room the last in rank give way."""
    moment_width = formatter.short_moment_width
    columns = (
        Column(SortColumn.NAME, _("Name"), 20, 14, 0),
        Column(SortColumn.CITY, _("City"), 12, 9, 5),
        Column(SortColumn.PHONE, _("Phone"), 17, 16, 1),
        Column(SortColumn.STATUS, _("Status"), 19, 16, 2),
        Column(SortColumn.OWNER, _("Owner"), 9, 7, 3),
        Column(SortColumn.CHANNEL, _("Entry"), 18, 13, 4),
        Column(SortColumn.ENTERED_AT, _("Date"), 11, 9, 6),
        Column(SortColumn.NEXT_AT, _("Next"), moment_width, moment_width, 8),
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
        for rank, each in enumerate(formatter.definitions.open_fields)
    )
    return (*columns, *own)


def cartable_columns(formatter: Formatter) -> tuple[Column, ...]:
    """The columns of the cartable: the reason first."""
    moment_width = formatter.short_moment_width
    return (
        Column("why", _("Why"), 16, 16, 1, sortable=False),
        Column("name", _("Name"), 16, 14, 0, sortable=False),
        Column("status", _("Status"), 17, 14, 2, sortable=False),
        Column("phone", _("Phone"), 17, 16, 4, sortable=False),
        Column("next", _("Next"), moment_width, moment_width, 3, sortable=False),
    )


class LeadCells:
    """Writes the cells of one desk's leads."""

    def __init__(self, formatter: Formatter) -> None:
        """`formatter` gives the words."""
        self._formatter = formatter
        self._cells: Mapping[str, Callable[[Lead], Cell]] = {
            SortColumn.NAME: lambda lead: Cell(lead.name or _("no name"), "" if lead.name else "faint"),
            SortColumn.CITY: lambda lead: Cell(lead.city, "dim"),
            SortColumn.PHONE: self._phone,
            SortColumn.EMAIL: lambda lead: (
                Cell(_("e-mail hidden"), "faint") if lead.numbers_hidden else Cell(lead.email, "dim")
            ),
            SortColumn.ENTERED_AT: lambda lead: self._day(lead.entered_at),
            SortColumn.GRADE: lambda lead: Cell(lead.grade, "dim"),
            SortColumn.MAJOR: lambda lead: Cell(lead.major, "dim"),
            SortColumn.CHANNEL: lambda lead: Cell(formatter.channel(lead.channel_latest_id), "dim"),
            SortColumn.STATUS: self._status,
            SortColumn.OWNER: self._owner,
            SortColumn.NEXT_AT: self._next,
            SortColumn.NEED: lambda lead: Cell(formatter.need(lead.need_id), "dim"),
            SortColumn.REFERRER: lambda lead: Cell(lead.referrer, "dim"),
            SortColumn.CHANNEL_FIRST: lambda lead: Cell(formatter.channel(lead.channel_first_id), "dim"),
            SortColumn.CONTACTED_AT: lambda lead: self._day(lead.contacted_at),
            SortColumn.OWNER_AT: lambda lead: self._day(lead.owner_at),
        }

    def of_lead(self, lead: Lead, columns: tuple[Column, ...]) -> tuple[Cell, ...]:
        """The cells of one customer for the given columns."""
        return tuple(self._cell(lead, column.key) for column in columns)

    def of_cartable(
        self, lead: Lead, reason: CartableReason | None, *, given: bool = False
    ) -> tuple[Cell, ...]:
        """The cells of one customer of the cartable; `given` marks one that has just come from somebody else."""
        return (
            self._reason(reason),
            # The column of numbers is the first to give way.
            Cell(
                self._formatter.name(lead),
                "untouched bold" if given else "",
                DO_NOT_CALL_GLYPH if lead.do_not_call else GIVEN_GLYPH if given else "",
            ),
            self._status(lead),
            self._phone(lead, "dim"),
            self._next(lead),
        )

    def _cell(self, lead: Lead, key: str) -> Cell:
        if key in self._cells:
            return self._cells[key](lead)
        fields = self._formatter.definitions.open_fields
        own = next((each for each in fields if f"custom:{each.key}" == key), None)
        return Cell("" if own is None else self._formatter.field_value(own, lead), "dim")

    def _phone(self, lead: Lead, style: str = "") -> Cell:
        """Struck through where it must not be rung."""
        shown = self._formatter.lead_phone(lead)
        if lead.do_not_call:
            return Cell(shown, "faint strike" if shown else "faint", DO_NOT_CALL_GLYPH)
        return Cell(shown, "faint" if lead.numbers_hidden else style)

    def _reason(self, reason: CartableReason | None) -> Cell:
        if reason is None:
            return Cell("")
        glyph, style = URGENCY_GLYPHS[reason.urgency], URGENCY_STYLES[reason.urgency]
        return Cell(why(reason, self._formatter.context), style, glyph)

    def _status(self, lead: Lead) -> Cell:
        status = self._formatter.definitions.status(lead.status_id)
        glyph = status_glyph(status) if status else NEW_GLYPH
        title = self._formatter.status_title(lead.status_id)
        return Cell(title, status_style(status).removeprefix("$"), glyph)

    def _owner(self, lead: Lead) -> Cell:
        """The first name, as far as it says who is meant; one's own leads stand out."""
        owner_id, session = lead.owner_id, self._formatter.session
        if owner_id is None:
            return Cell(NOTHING, "faint")
        name = self._formatter.owner(owner_id)
        if owner_id == session.actor.id:
            return Cell(name, "key bold")
        first = name.partition(" ")[0]
        same = [each for each in session.definitions.colleagues if each.name.partition(" ")[0] == first]
        return Cell(first if len(same) == 1 else name, "dim")

    def _next(self, lead: Lead) -> Cell:
        """When the next reminder is due; red where it has passed."""
        if lead.next_at is None:
            return Cell(NOTHING, "faint")
        late = lead.next_at <= self._formatter.session.now()
        return Cell(self._formatter.short_moment(lead.next_at), "late" if late else "dim")

    def _day(self, at: datetime | None) -> Cell:
        return Cell(NOTHING, "faint") if at is None else Cell(self._formatter.day(at), "dim")
