"""Leads in the tables of the desk: their columns as a person wants them, and the cells with glyph and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from leadtui.domain.cartable import Urgency
from leadtui.domain.field import FieldKind
from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import NAME, BuiltInKind, LeadField, find_field, table_fields
from leadtui.domain.view import ColumnChoice, Plan, plan_of
from leadtui.language.calendar import show_relative
from leadtui.language.text import cell_width
from leadtui.language.translate import counted, pgettext
from leadtui.presentation.cartable_reason import URGENCY_GLYPHS, why
from leadtui.presentation.formatter import (
    DO_NOT_CALL_GLYPH,
    NEW_GLYPH,
    NOTHING,
    Formatter,
    status_glyph,
)
from leadtui.presentation.presence import COMPANY_GLYPH, GIVEN_GLYPH
from leadtui.services.cartable import CartableReason
from leadtui.services.session import Session
from leadtui.tui.status_style import status_style
from leadtui.tui.widgets.record_table import Cell, Column

LEAST_WIDTH, MOST_WIDTH = 3, 80
"""Cells that a person can give a column."""

URGENCY_STYLES: dict[Urgency, str] = {
    Urgency.OVERDUE: "late",
    Urgency.SOON: "soon",
    Urgency.ATTEMPT_DUE: "soon",
    Urgency.NEVER_CONTACTED: "untouched",
    Urgency.TODAY: "dim",
    Urgency.LATER: "dim",
    Urgency.WAITING: "faint",
}
"""The theme variable of each group of the cartable."""


def lead_columns(formatter: Formatter) -> tuple[Column, ...]:
    """Every field of a lead as a column; where there is little room the last in rank give way."""
    moment_width = formatter.short_moment_width
    return tuple(
        Column(
            each.key,
            pgettext("column", place.title) or each.title,
            place.width or moment_width,
            place.least or moment_width,
            place.rank,
            align="end" if each.kind is BuiltInKind.COUNT else "start",
            usual=place.usual,
        )
        for each in table_fields(formatter.definitions)
        if (place := each.table) is not None
    )


def cartable_columns(formatter: Formatter) -> tuple[Column, ...]:
    """The columns of the cartable: the reason first."""
    moment_width = formatter.short_moment_width
    why_width = max(16, len("▲ ") + cell_width(_longest_delay(formatter.session)))
    return (
        Column("why", pgettext("column", "Why"), why_width, why_width, 1, sortable=False),
        Column("name", pgettext("column", "Name"), 16, 13, 0, sortable=False),
        Column("status", pgettext("column", "Status"), 17, 11, 2, sortable=False),
        Column("phone", pgettext("column", "Phone"), 17, 17, 3, sortable=False),
        # Why has it already, as far as it is near.
        Column("next", pgettext("column", "Next"), moment_width, moment_width, 4, sortable=False),
    )


def _longest_delay(session: Session) -> str:
    """The widest of the delays that are told in minutes: `59 min late`."""
    now = session.now()
    return show_relative(now - timedelta(minutes=59), now, session.language, session.workspace.zone, due=True)


def choices_for(columns: Sequence[Column], chosen: Sequence[ColumnChoice]) -> tuple[ColumnChoice, ...]:
    """A choice for every column there is: those that are `chosen` in their order, then the others, shown where that is usual."""
    keys = {column.key for column in columns}
    named = tuple(each for each in chosen if each.key in keys)
    known = {each.key for each in named}
    others = (column for column in columns if column.key not in known)
    return (*named, *(ColumnChoice(str(column.key), shown=column.usual) for column in others))


def arranged(columns: Sequence[Column], chosen: Sequence[ColumnChoice]) -> tuple[Column, ...]:
    """The columns that are shown, in the chosen order; where nothing is chosen, the usual ones as they are.

    In an order of the person's own, the column that comes last is the first to give way.
    """
    if not chosen:
        return tuple(column for column in columns if column.usual)
    by_key = {column.key: column for column in columns}
    shown = [each for each in choices_for(columns, chosen) if each.shown]
    placed = tuple(_sized(by_key[each.key], each, rank) for rank, each in enumerate(shown))
    return placed or tuple(columns[:1])


class LeadCells:
    """Writes the cells of one desk's leads."""

    def __init__(self, formatter: Formatter) -> None:
        """`formatter` gives the words."""
        self._formatter = formatter

    def of_lead(self, lead: Lead, columns: tuple[Column, ...], *, leased: bool = False) -> tuple[Cell, ...]:
        """The cells of one customer for the given columns; `leased` marks one that somebody else has open."""
        return tuple(
            replace(cell, glyph=COMPANY_GLYPH) if leased and column.key == NAME else cell
            for column, cell in ((each, self._cell(lead, each.key)) for each in columns)
        )

    def of_cartable(
        self, lead: Lead, reason: CartableReason | None, *, given: bool = False, leased: bool = False
    ) -> tuple[Cell, ...]:
        """The cells of one customer of the cartable.

        `given` marks one that has just come from somebody else, `leased` one that somebody else has open.
        """
        sign = COMPANY_GLYPH if leased else GIVEN_GLYPH if given else ""
        return (
            self._reason(reason),
            Cell(
                self._formatter.name(lead),
                "untouched bold" if given else "",
                DO_NOT_CALL_GLYPH if lead.do_not_call else sign,
            ),
            self._status(lead),
            self._phone(lead, "dim"),
            self._next(lead),
        )

    def _cell(self, lead: Lead, key: str) -> Cell:
        field = find_field(key, self._formatter.definitions)
        if field is None:
            return Cell("")
        if field.own is not None:
            return Cell(self._formatter.value(field, lead), "dim")
        if field.key == NAME:
            return Cell(lead.name or pgettext("customer", "no name"), "" if lead.name else "faint")
        match field.kind:
            case FieldKind.PHONE:
                return self._phone(lead)
            case FieldKind.EMAIL if lead.numbers_hidden:
                return Cell(pgettext("customer", "e-mail hidden"), "faint")
            case FieldKind.PERSON:
                return self._owner(lead)
            case BuiltInKind.STATUS:
                return self._status(lead)
            case BuiltInKind.DUE:
                return self._next(lead)
            case BuiltInKind.MOMENT:
                return self._day(field.value(lead))
            case BuiltInKind.PLAN:
                return self._plan(field, lead)
            case FieldKind.YES_NO if lead.do_not_call:
                return Cell(self._formatter.value(field, lead), "dim", DO_NOT_CALL_GLYPH)
            case _:
                return Cell(self._formatter.value(field, lead), "dim")

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
        if reason.outside is not None:
            style = "dim"
        return Cell(why(reason, self._formatter.context), style, glyph)

    def _status(self, lead: Lead) -> Cell:
        status = self._formatter.definitions.status(lead.status_id)
        glyph = status_glyph(status) if status else NEW_GLYPH
        title = self._formatter.status_title(lead.status_id)
        if lead.attempts > 1:
            title = f"{title} ×{counted(lead.attempts)}"
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

    def _plan(self, field: LeadField, lead: Lead) -> Cell:
        late = plan_of(lead, self._formatter.session.now()) is Plan.OVERDUE
        return Cell(self._formatter.value(field, lead), "late" if late else "dim")

    def _day(self, at: datetime | None) -> Cell:
        return Cell(NOTHING, "faint") if at is None else Cell(self._formatter.day(at), "dim")


def _sized(column: Column, choice: ColumnChoice, rank: int) -> Column:
    if choice.width is None:
        return replace(column, priority=rank)
    return replace(column, width=choice.width, min_width=choice.width, priority=rank)
