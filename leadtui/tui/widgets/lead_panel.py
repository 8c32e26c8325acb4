"""The open lead: all its fields, what comes next, and its timeline."""

from __future__ import annotations

from datetime import datetime

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import CHANNEL_FIRST, LeadField, panel_fields
from leadtui.domain.reminder import Reminder, ReminderKind
from leadtui.language import calendar
from leadtui.language.text import brief, safe
from leadtui.language.translate import pgettext
from leadtui.presentation.formatter import DO_NOT_CALL_GLYPH, Formatter
from leadtui.presentation.lead_details import ban_sentence, number_words
from leadtui.presentation.presence import COMPANY_GLYPH
from leadtui.services.leads import OpenLead
from leadtui.services.session import Session
from leadtui.tui.status_style import status_content
from leadtui.tui.timeline import draw_timeline

MOST_BANS = 2
"""Reasons not to ring that are told in the panel; the dialog of `d` tells the others."""

GAP = "    "
LEAST_NAME = 20
"""Cells that a name is given, however narrow the panel is."""


class LeadPanel(VerticalScroll):
    """Scrolls as one: the fields first, then the timeline, newest first."""

    DEFAULT_CSS = """
    LeadPanel {
        background: $pane;
        padding: 0 1 0 0;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        #lead-head { height: auto; }
        #lead-timeline { height: auto; padding: 1 0 0 1; }
        &:focus #lead-head { background: $cursor-blurred; }
    }
    """

    head = getters.query_one("#lead-head", Static)
    timeline = getters.query_one("#lead-timeline", Static)

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """Nothing is open yet."""
        super().__init__(id="open-lead")
        self._session = session
        self._formatter = formatter
        self.opened: OpenLead | None = None
        self.company = ""
        """Who else has it open, in words; `redraw` shows it."""

    def compose(self) -> ComposeResult:
        """The head and the timeline."""
        yield Static(id="lead-head")
        yield Static(id="lead-timeline")

    def on_mount(self) -> None:
        """Reminders come closer while one looks at them."""
        self.set_interval(20, self.redraw)

    def show(self, opened: OpenLead | None, company: str) -> None:
        """Show a lead; another one from its top, the same one where it was scrolled to.

        `company` says who else has it open.
        """
        another = opened is None or self.opened is None or opened.lead.id != self.opened.lead.id
        self.opened, self.company = opened, company
        self.redraw()
        if another:
            self.scroll_home(animate=False)

    def redraw(self) -> None:
        """Write everything again, as of now."""
        if self.opened is None:
            self.head.update("")
            self.timeline.update("")
            return
        now = self._session.now()
        self.head.update(self._head(self.opened, now))
        self.timeline.update(
            draw_timeline(self.opened.timeline, self._formatter, self.content_size.width - 1)
        )

    def on_resize(self) -> None:
        """What does not fit into a line goes into one of its own."""
        self.redraw()

    def _head(self, opened: OpenLead, now: datetime) -> Content:
        lead, room = opened.lead, self.content_size.width
        who = Content.assemble(
            ("▌", "$primary"),
            (brief(lead.name, max(room - 2, LEAST_NAME)) or pgettext("customer", "no name"), "bold"),
            "   ",
            status_content(self._session.definitions.status(lead.status_id)),
            "   ",
            (safe(self._where(lead)), "$dim"),
        )
        company = [Content.styled(f"{COMPANY_GLYPH} {self.company}", "bold $soon")] if self.company else []
        lines = _rows([who, *company, self._next(opened.pending, now)], room, first_indent=0)
        for ban in opened.bans[:MOST_BANS]:
            words = Content.styled(f"{DO_NOT_CALL_GLYPH} {safe(ban_sentence(ban, self._formatter))}", "$late")
            lines += [Content.assemble(" ", line) for line in words.wrap(max(room - 1, LEAST_NAME))]
        lines += _rows(self._contact(lead), room)
        lines += _rows(self._fields(lead), room)
        return Content("\n").join(lines)

    def _where(self, lead: Lead) -> str:
        if lead.owner_id is None:
            return pgettext("field", "in nobody's cartable")
        since = self._formatter.day(lead.owner_at) if lead.owner_at else ""
        if lead.owner_id == self._session.actor.id:
            return pgettext("field", "in my cartable since {day}").format(day=since)
        return pgettext("field", "in {name}'s cartable since {day}").format(
            name=brief(self._formatter.person(lead.owner_id)), day=since
        )

    def _next(self, pending: tuple[Reminder, ...], now: datetime) -> Content:
        if not pending:
            return Content.styled(pgettext("reminder", "nothing is planned"), "$faint")
        first = pending[0]
        words = (
            pgettext("reminder", "call back {when}")
            if first.kind is ReminderKind.CALLBACK
            else pgettext("reminder", "reminder {when}")
        )
        shown = words.format(when=self._formatter.moment(first.due))
        distance = calendar.show_relative(first.due, now, self._session.language)
        more = (
            "  " + pgettext("list", "and {count} more").format(count=len(pending) - 1)
            if len(pending) > 1
            else ""
        )
        style = "$late" if first.due <= now else "$soon"
        return Content.assemble(
            (pgettext("field", "next:") + " ", "$dim"), (safe(f"{shown} – {distance}{more}"), style)
        )

    def _contact(self, lead: Lead) -> list[Content]:
        if lead.numbers_hidden:
            city = [Content.styled(safe(lead.city), "$dim")] if lead.city else []
            return [
                Content.styled(pgettext("customer", "number and e-mail are hidden from you"), "$faint"),
                *city,
            ]
        parts: list[Content] = []
        for number in lead.numbers:
            shown = number_words(number, self._formatter)
            style = "$dim" if parts else "bold"
            if lead.do_not_call:
                shown, style = f"{DO_NOT_CALL_GLYPH} {shown}", "$faint strike"
            parts.append(Content.styled(safe(shown), style))
        parts += [Content.styled(safe(words), "$dim") for words in (lead.city, lead.email) if words]
        return parts or [Content.styled(pgettext("customer", "no number, no e-mail"), "$faint")]

    def _fields(self, lead: Lead) -> list[Content]:
        shown = [each for each in panel_fields(self._session.definitions) if not _is_repeated(each, lead)]
        titled = [
            (
                pgettext("field", each.panel.label) if each.panel and each.own is None else each.title,
                self._formatter.value(each, lead),
            )
            for each in shown
        ]
        return [
            Content.assemble((safe(title) + " ", "$faint"), (safe(words), "$dim"))
            for title, words in titled
            if words
        ]


def _is_repeated(field: LeadField, lead: Lead) -> bool:
    """Whether a customer who came in once has the first channel told with the latest one."""
    return field.key == CHANNEL_FIRST and lead.channel_first_id == lead.channel_latest_id


def _rows(parts: list[Content], room: int, *, first_indent: int = 1) -> list[Content]:
    """The parts beside each other in as many lines as they need; none is broken."""
    rows: list[Content] = []
    for part in parts:
        if rows and rows[-1].cell_length + len(GAP) + part.cell_length <= room:
            rows[-1] = Content.assemble(rows[-1], GAP, part)
        else:
            rows.append(Content.assemble(" " * (1 if rows else first_indent), part))
    return rows
