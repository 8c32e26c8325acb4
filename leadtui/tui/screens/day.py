"""My day: calls, customers worked and reached, meetings set, what is left; by status and by hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, cast

from textual import getters, on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from leadtui.domain.workspace import Colleague
from leadtui.errors import LeadtuiError
from leadtui.language import calendar
from leadtui.language.text import brief, cell_width, safe
from leadtui.language.translate import _, npgettext, pgettext, show_number
from leadtui.presentation.formatter import Formatter
from leadtui.services.day import EVERYBODY, Day, open_day, people_of_days
from leadtui.services.session import Session
from leadtui.tui.commands.command import allowed, bindings_of
from leadtui.tui.commands.overviews import DAY_COMMANDS
from leadtui.tui.mirroring import TurnedScreen
from leadtui.tui.program import program_of
from leadtui.tui.status_style import status_content
from leadtui.tui.widgets.key_bar import KeyBar
from leadtui.tui.widgets.top_bar import TopBar

RENEWED_EVERY = 20
"""Seconds after which the day is read again."""

GAP = "    "
SIDES = 5
"""Cells beside the figures: what stands between two of them, and their margins."""

LEAST_BAR, MOST_BAR = 24, 60
TITLE_WIDTH = 26
BESIDE_BAR = 34
"""Cells of an hour's line besides its bar: the hour, and how much was done in it."""
BESIDE_COUNT = TITLE_WIDTH + 10
"""Cells of a status' line besides its bar: its title, and how many."""
CALL_BAR, FOLLOW_UP_BAR = "█", "▒"


class DayScreen(TurnedScreen, Screen[None]):
    """Reads a day in a thread; the day before and after, and whose it is, are a key away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(DAY_COMMANDS),
        Binding("p", "leave_day", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # Textual's own way
    DEFAULT_CSS = """
    DayScreen {
        background: $pane;
        #day-title { height: 1; background: $cursor-blurred; text-style: bold; }
        #day-body { height: 1fr; scrollbar-size-vertical: 1; padding: 1 2 0 2; }
        #day-figures { height: auto; margin: 0 0 1 0; }
        #day-parts { height: auto; }
        #day-statuses, #day-hours { width: 1fr; height: auto; }
        &.-narrow #day-parts { layout: vertical; }
        &.-narrow #day-statuses { margin: 0 0 1 0; }
    }
    """
    AUTO_FOCUS = ""

    app = getters.app(cast("type[App[Any]]", App))

    @dataclass
    class Loaded(Message):
        """From the thread: the day."""

        day: Day

    @dataclass
    class Failed(Message):
        """From the thread: it could not be read."""

        error: LeadtuiError

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """Begins with the person's own day, today."""
        super().__init__()
        self._session = session
        self._formatter = formatter
        self._people = people_of_days(session)
        self._place = 0
        self._days_ago = 0
        self._day: Day | None = None

    def compose(self) -> ComposeResult:
        """The top line, whose day it is, the figures, the two lists, the keys."""
        yield TopBar(self._session)
        yield Static(id="day-title")
        with VerticalScroll(id="day-body", can_focus=False):
            yield Static(id="day-figures")
            with Horizontal(id="day-parts"):
                yield Static(id="day-statuses")
                yield Static(id="day-hours")
        yield KeyBar(allowed(DAY_COMMANDS, self._session.actor))

    def on_mount(self) -> None:
        """Read, and follow the clock."""
        self._show_title()
        self.load()
        self.set_interval(RENEWED_EVERY, self.load)

    @property
    def person(self) -> Colleague | None:
        """Whose day is shown; None for everybody's."""
        return self._people[self._place]

    @property
    def shown_day(self) -> date:
        """The day that is shown."""
        today = calendar.local_date(self._session.now(), self._session.workspace.zone)
        return today - timedelta(days=self._days_ago)

    @work(thread=True, exclusive=True, group="day", description="read the day")
    def load(self) -> None:
        """Read the day again."""
        person = self.person
        try:
            day = open_day(self._session, self.shown_day, EVERYBODY if person is None else person.id)
        except LeadtuiError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Loaded(day))

    @on(Failed)
    def _tell(self, message: Failed) -> None:
        program_of(self).tell_trouble(str(message.error))

    @on(Loaded)
    def _show_loaded(self, message: Loaded) -> None:
        day, person = message.day, self.person
        if (day.date, day.person_id) != (self.shown_day, None if person is None else person.id):
            return
        self._day = day
        self._show_title()
        self._show(day)

    def _show(self, day: Day) -> None:
        self.query_one("#day-figures", Static).update(self._figures(day))
        self.query_one("#day-statuses", Static).update(self._statuses(day))
        self.query_one("#day-hours", Static).update(self._hours(day))

    def _room(self, beside: int) -> int:
        """Cells of a bar, in half the screen or all of it."""
        width = self.size.width - SIDES
        return max(LEAST_BAR, min(MOST_BAR, (width // 2 if self.has_class("-wide") else width) - beside))

    def on_resize(self) -> None:
        """The figures go on in as many lines as they need, none is broken, and the bars are as long as there is room."""
        if self._day is not None:
            self._show(self._day)

    # Commands

    def action_day_before(self) -> None:
        """Show the day before."""
        self._go(days_ago=self._days_ago + 1)

    def action_day_after(self) -> None:
        """Show the day after; after today there is none."""
        self._go(days_ago=max(0, self._days_ago - 1))

    def action_to_today(self) -> None:
        """Back to today."""
        self._go(days_ago=0)

    def action_person_after(self) -> None:
        """Everybody, then each colleague."""
        self._go(place=(self._place + 1) % len(self._people))

    def action_person_before(self) -> None:
        """The person before."""
        self._go(place=(self._place - 1) % len(self._people))

    def action_leave_day(self) -> None:
        """Back to the desk."""
        self.dismiss(None)

    def _go(self, *, days_ago: int | None = None, place: int | None = None) -> None:
        self._days_ago = self._days_ago if days_ago is None else days_ago
        self._place = self._place if place is None else place
        self._show_title()
        self.load()

    # What is shown

    def _show_title(self) -> None:
        person = self.person
        if person is None:
            whose = _("Everybody's day")
        elif person.id == self._session.actor.id:
            whose = _("My day")
        else:
            whose = _("{name}'s day").format(name=brief(person.name, 30))
        today = calendar.local_date(self._session.now(), self._session.workspace.zone)
        shown = calendar.show_date(
            self.shown_day, self._session.calendar, self._session.language, style="long", today=today
        )
        near = {0: pgettext("moment", "today"), 1: pgettext("moment", "yesterday")}.get(self._days_ago, "")
        self.query_one("#day-title", Static).update(
            Content.assemble(("▌", "$primary"), safe(whose), ("   " + shown, "$dim"), (f"   {near}", "$soon"))
        )

    def _figures(self, day: Day) -> Content:
        figures = [
            (npgettext("field", "call", "calls", day.calls), self._number(day.calls), ""),
            (pgettext("field", "talked"), self._time(day.talked_seconds), ""),
            (pgettext("field", "worked"), self._number(day.worked), ""),
            (pgettext("field", "reached"), self._number(day.reached), "$gained"),
            (
                npgettext("field", "meeting set", "meetings set", day.meetings),
                self._number(day.meetings),
                "$gained",
            ),
        ]
        if day.unplanned:
            title = pgettext("field", "left without a next step")
            figures.append((title, self._number(day.unplanned), "$soon"))
        if day.left is not None:
            left = day.left
            figures += [
                (pgettext("field", "left today"), self._number(left.today), ""),
                (pgettext("field", "overdue"), self._number(left.overdue), "$late" if left.overdue else ""),
                (pgettext("field", "never called"), self._number(left.never_called), ""),
                (pgettext("field", "nothing planned"), self._number(left.nothing_planned), ""),
            ]
        parts = [
            Content.assemble((number, f"bold {style}".strip()), " ", (title, "$dim"))
            for title, number, style in figures
        ]
        lines: list[Content] = []
        for part in parts:
            if lines and lines[-1].cell_length + len(GAP) + part.cell_length <= self.size.width - SIDES:
                lines[-1] = Content.assemble(lines[-1], GAP, part)
            else:
                lines.append(part)
        return Content("\n").join(lines)

    def _statuses(self, day: Day) -> Content:
        lines = [Content.styled(_("By status"), "$faint")]
        most = max((count for _status, count in day.by_status), default=1)
        longest = cell_width(self._number(most))
        for status_id, count in day.by_status:
            title = status_content(self._session.definitions.status(status_id)).truncate(
                TITLE_WIDTH, ellipsis=True
            )
            room = " " * (TITLE_WIDTH - title.cell_length)
            shown = self._number(count)
            bar = FOLLOW_UP_BAR * max(1, round(count * self._room(BESIDE_COUNT) / most))
            number = " " * max(0, longest - cell_width(shown)) + shown
            lines.append(Content.assemble(title, room, "  ", (number, "bold"), "  ", (bar, "$dim")))
        if not day.by_status:
            lines.append(Content.styled(_("Nobody was given a status."), "$dim"))
        return Content("\n").join(lines)

    def _hours(self, day: Day) -> Content:
        lines = [
            Content.assemble(
                (_("By hour"), "$faint"),
                (f"   {CALL_BAR} ", "$key"),
                (pgettext("field", "calls"), "$faint"),
                (f"   {FOLLOW_UP_BAR} ", "$dim"),
                (pgettext("field", "follow-ups"), "$faint"),
            )
        ]
        most = max((each.calls + each.follow_ups for each in day.hours), default=0)
        for each in day.hours:
            # Whatever was done is seen, however little it is beside the busiest hour.
            rung, done = (
                max(1, round(count * self._room(BESIDE_BAR) / most)) if count else 0
                for count in (each.calls, each.follow_ups)
            )
            words = " · ".join(
                words.format(n=self._number(count))
                for count, words in (
                    (each.calls, npgettext("field", "{n} call", "{n} calls", each.calls)),
                    (each.follow_ups, npgettext("field", "{n} follow-up", "{n} follow-ups", each.follow_ups)),
                )
                if count
            )
            hour = self._two_digits(each.hour)
            bar = Content.assemble((CALL_BAR * rung, "$key"), (FOLLOW_UP_BAR * done, "$dim"))
            lines.append(Content.assemble((f"{hour}  ", "$dim"), bar, "  " if words else "", (words, "$dim")))
        if not day.hours:
            lines.append(Content.styled(_("Nothing was done on this day."), "$dim"))
        return Content("\n").join(lines)

    def _number(self, number: int) -> str:
        return show_number(number, self._session.language)

    def _two_digits(self, number: int) -> str:
        shown = self._number(number)
        return self._number(0) + shown if cell_width(shown) < 2 else shown

    def _time(self, seconds: int) -> str:
        """Hours, minutes and seconds."""
        return calendar.show_length(seconds, self._session.language, hours=True)
