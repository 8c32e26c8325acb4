"""How the parts of a lead read, in the person's language, calendar and zone: the same on screen and by command."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from leadtui.domain.field import AnswerValue, FieldKind, FormatContext, show_answer
from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import BuiltInKind, LeadField, titled
from leadtui.domain.status import Status
from leadtui.domain.view import PLAN_WORDS, plan_of
from leadtui.domain.visibility import hidden_words
from leadtui.language import calendar
from leadtui.language.phone import show_phone
from leadtui.language.text import brief, cell_width, safe
from leadtui.language.translate import counted, pgettext

if TYPE_CHECKING:
    from leadtui.domain.workspace import Definitions
    from leadtui.services.session import Session

NOTHING = "–"
"""What stands where there is no owner, no reminder, no answer."""

DO_NOT_CALL_GLYPH = "⊘"
"""Stands before what must not be rung."""

NEW_GLYPH = "●"
"""Stands before the word for a lead that nobody has given a status."""

ODD_GLYPH = "•"
"""Stands where a status' own glyph would not take one cell."""

NAME_WIDTH = 40
"""The most cells that a name from data takes within a sentence."""

DAYS_BY_NAME = 7
"""Days to come within which the weekday alone says which day is meant."""


class Formatter:
    """Puts what one session reads into words. Definitions are looked up at each call, so that a change shows at once."""

    def __init__(self, session: Session) -> None:
        """`session` gives the definitions, the clock, the language and the calendar."""
        self.session = session

    @property
    def definitions(self) -> Definitions:
        """What the workspace has defined, as last loaded."""
        return self.session.definitions

    @property
    def context(self) -> FormatContext:
        """What showing an answer depends on, now."""
        return self.session.format_context()

    def person(self, user_id: int | None) -> str:
        """A colleague's name."""
        if user_id is None:
            return NOTHING
        person = self.definitions.colleague(user_id)
        return person.name if person else pgettext("person", "somebody")

    def actor(self, user_id: int | None) -> str:
        """Who did something; what nobody did, the program did."""
        return "leadtui" if user_id is None else self.person(user_id)

    def owner(self, owner_id: int | None) -> str:
        """Whose cartable a lead is in; one's own says so."""
        return pgettext("person", "me") if owner_id == self.session.actor.id else self.person(owner_id)

    def status(self, status_id: int | None) -> str:
        """A status by glyph and title."""
        return status_words(self.definitions.status(status_id))

    def status_title(self, status_id: int | None) -> str:
        """A status by its title alone."""
        status = self.definitions.status(status_id)
        return status.title if status else pgettext("status", "New")

    def channel(self, channel_id: int | None) -> str:
        """An entry channel's title; empty where there is none."""
        channel = self.definitions.channel(channel_id)
        return channel.title if channel else ""

    def name(self, lead: Lead) -> str:
        """What a customer is called: by the number where there is no name, if that may be seen."""
        return lead.name or self.phone(lead.phone) or pgettext("customer", "no name")

    def phone(self, e164: str) -> str:
        """A number grouped for reading, as at home in the workspace's region."""
        return show_phone(e164, self.session.workspace.region) if e164 else ""

    def lead_phone(self, lead: Lead) -> str:
        """A customer's number that is rung, or the words that stand where the person may not see it."""
        return number_hidden() if lead.numbers_hidden else self.phone(lead.phone)

    def marked_phone(self, e164: str, *, do_not_call: bool, hidden: bool) -> str:
        """A number, or that it is hidden; either says so where it must not be rung."""
        shown = number_hidden() if hidden else self.phone(e164)
        return f"{DO_NOT_CALL_GLYPH} {shown}" if do_not_call else shown

    def day(self, at: datetime) -> str:
        """A day, without its year where that is the present one."""
        zone = self.session.workspace.zone
        today = calendar.local_date(self.session.now(), zone)
        return calendar.show_date(
            at, self.session.calendar, self.session.language, zone=zone, style="short", today=today
        )

    def date(self, at: datetime) -> str:
        """A day in figures, with its year."""
        session = self.session
        return calendar.show_date(
            at, session.calendar, session.language, zone=session.workspace.zone, style="numeric"
        )

    def time(self, at: datetime) -> str:
        """The time of day."""
        return calendar.show_time(at, self.session.language, self.session.workspace.zone)

    def moment(self, at: datetime | None) -> str:
        """A day and time as near as today and tomorrow."""
        if at is None:
            return NOTHING
        session = self.session
        return calendar.show_moment(
            at, session.calendar, session.language, session.workspace.zone, session.now()
        )

    def short_moment(self, at: datetime) -> str:
        """A moment in a narrow column: the time today, weekday and time within a week, else the day."""
        zone = self.session.workspace.zone
        day = calendar.local_date(at, zone)
        ahead = (day - calendar.local_date(self.session.now(), zone)).days
        if ahead == 0:
            return self.time(at)
        if 0 < ahead < DAYS_BY_NAME:
            weekday = calendar.weekday_name(day.weekday(), self.session.language, short=True)
            return f"{weekday} {self.time(at)}"
        return self.day(at)

    @property
    def short_moment_width(self) -> int:
        """The most cells that `short_moment` takes for a time to come: weekdays are longer in some languages."""
        weekdays = (calendar.weekday_name(day, self.session.language, short=True) for day in range(7))
        return max(map(cell_width, weekdays)) + len(" 10:00")

    def full_moment(self, at: datetime) -> str:
        """A moment in full: weekday, date with its year, time and zone."""
        session, zone = self.session, self.session.workspace.zone
        return pgettext("pattern", "{day} {time} ({zone})").format(
            day=calendar.show_date(at, session.calendar, session.language, zone=zone, style="long"),
            time=self.time(at),
            zone=zone,
        )

    def answer(self, kind: FieldKind, value: AnswerValue) -> str:
        """What was answered to a field of that kind."""
        return show_answer(kind, value, self.context)

    def value(self, field: LeadField, lead: Lead) -> str:
        """Any field of a lead as it reads; empty where there is nothing."""
        value = field.value(lead)
        if field.own is not None:
            if lead.numbers_hidden and field.reaches:
                return hidden_words()
            return "" if value is None else self.answer(field.own.kind, value)
        match field.kind:
            case FieldKind.PHONE:
                return self.lead_phone(lead)
            case FieldKind.EMAIL if lead.numbers_hidden:
                return hidden_words()
            case FieldKind.PERSON:
                return self.person(value)
            case BuiltInKind.STATUS:
                return self.status(value)
            case FieldKind.YES_NO:
                return pgettext("choice", "yes") if value else ""
            case BuiltInKind.LEFT:
                return pgettext("choice", "yes") if self.definitions.has_left(value) else ""
            case BuiltInKind.COUNT:
                return counted(value) if value else ""
            case BuiltInKind.PLAN:
                plan = plan_of(lead, self.session.now())
                return pgettext("filter", PLAN_WORDS[plan]) if plan else ""
            case BuiltInKind.CHANNEL | BuiltInKind.NEED:
                named = titled(field, lead, self.definitions)
                return named.title if named else ""
            case BuiltInKind.MOMENT:
                return self.day(value) if value else ""
            case BuiltInKind.DUE:
                return self.moment(value) if value else ""
            case _:
                return str(value)


def taken_back_words() -> str:
    """What stands behind an entry whose step was taken back: strikes and colours are not seen on every terminal."""
    return pgettext("timeline", "taken back")


def number_hidden() -> str:
    """What stands where the person may not see a customer's number."""
    return pgettext("customer", "number hidden")


def status_glyph(status: Status) -> str:
    """The one cell that stands before a status' title, whatever its definition says."""
    glyph = safe(status.glyph)
    return glyph if cell_width(glyph) == 1 else ODD_GLYPH


def status_words(status: Status | None) -> str:
    """A status by glyph and title; without one the lead is new."""
    if status is None:
        return NEW_GLYPH + " " + pgettext("status", "New")
    return f"{status_glyph(status)} {brief(status.title)}"
