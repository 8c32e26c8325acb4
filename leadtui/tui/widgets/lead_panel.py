"""The open lead: all its fields, what comes next, and its timeline in as many lines as it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from leadtui.domain.draft import FormDraft
from leadtui.domain.escalation import Going, next_going
from leadtui.domain.lead import Activity, Lead
from leadtui.domain.lead_fields import CHANNEL_FIRST, LeadField, panel_fields
from leadtui.domain.reminder import Reminder, ReminderKind
from leadtui.language import calendar
from leadtui.language.text import brief, cell_width, safe
from leadtui.language.translate import _, apart, counted, pgettext
from leadtui.presentation.escalation import going_words
from leadtui.presentation.formatter import DO_NOT_CALL_GLYPH, Formatter, taken_back_words
from leadtui.presentation.lead_details import (
    attempts_words,
    ban_sentence,
    local_time,
    number_words,
    sharing_sentence,
)
from leadtui.presentation.presence import COMPANY_GLYPH
from leadtui.presentation.repetition import marked_rule
from leadtui.presentation.timeline import GAP as TIMELINE_GAP
from leadtui.presentation.timeline import Entry, Part, Role, Span, Timeline
from leadtui.services.leads import OpenLead, Sharer
from leadtui.services.session import Session
from leadtui.tui.direction import wrapped
from leadtui.tui.status_style import status_content, status_style
from leadtui.tui.widgets.call_bar import CALL_GLYPH
from leadtui.tui.widgets.changing_lines import ChangingLines
from leadtui.tui.widgets.draft_autosave import DraftAutosave, Keep
from leadtui.tui.widgets.inputs import TextInput
from leadtui.tui.widgets.splitter import Drawing

MOST_BANS = 2
"""Reasons not to ring that are told in the panel; the dialog of `d` tells the others."""

GAP = "    "
LEAST_NAME = 20
"""Cells that a name is given, however narrow the panel is."""

ENTRIES_SHOWN = 200
"""Entries that are drawn; older ones are counted in a last line."""

LEAST_WORDS = 30
"""Cells that the words of an entry have at least; where there are fewer beside when and who, they go under them."""

UNDER_HEAD = "  "

HEAD_LINES = 2
"""Lines that every head has; what else it tells stands with the timeline, so that going through customers lays nothing out."""

PERSON_WIDTH = 16
"""The most cells that the column of names takes."""

STYLES: Mapping[Role, str] = {
    Role.WHAT: "$dim",
    Role.SOURCE: "$faint",
    Role.STATUS_BEFORE: "$faint",
    Role.STATUS: "$status-grey",
    Role.TITLE: "$faint",
    Role.BEFORE: "$dim",
    Role.AFTER: "",
    Role.NOTE: "$foreground",
    Role.OWNER: "$untouched",
    Role.REMINDER: "$soon",
    Role.FORBIDDEN: "$late",
    Role.ALLOWED: "$gained",
}
"""How each role is drawn; a status that is still defined has its own colour."""


class CallNote(TextInput):
    """What one writes down while one talks: the note of the status that follows, kept in its draft as it is typed."""

    DEFAULT_CSS = (
        "CallNote { height: 3; max-height: 3; margin: 0 1; display: none; &.-shown { display: block; } }"
    )

    def __init__(self) -> None:
        """No call goes on."""
        super().__init__(id="call-note")
        self._typed: FormDraft | None = None
        self._autosave: DraftAutosave | None = None

    def begin(self, typed: FormDraft, keep: Keep) -> None:
        """Go on with the draft of the status; `keep` is given it as it is typed."""
        self._typed = typed
        self.text = typed.texts.get(NOTE, "")
        self._autosave = DraftAutosave(self, lambda: (self.draft or typed,), keep, (typed,))

    def end(self) -> None:
        """The call is over."""
        if self._autosave is not None:
            self._autosave.now()
        self._typed = self._autosave = None
        self.text = ""

    @property
    def draft(self) -> FormDraft | None:
        """The draft of the status with the note as it is typed by now; none while no call goes on."""
        if self._typed is None:
            return None
        texts = {key: text for key, text in self._typed.texts.items() if key != NOTE}
        if self.text.strip():
            texts[NOTE] = self.text
        return replace(self._typed, texts=texts)

    def on_text_area_changed(self) -> None:
        """Something was typed."""
        if self._autosave is not None:
            self._autosave.soon()

    def on_unmount(self) -> None:
        """The program ends: what is typed is kept."""
        if self._autosave is not None:
            self._autosave.now()


NOTE = "note"
"""What the draft of a status calls its note."""


class LeadPanel(Drawing, VerticalScroll):
    """Scrolls as one: the fields first, what is noted while one talks, then the timeline, newest first.

    The line above it is drawn with the mouse.
    """

    first_line_only = True

    DEFAULT_CSS = """
    LeadPanel {
        background: $pane;
        padding: 0 1 0 0;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        #call-note-title { height: 1; padding: 0 2; color: $dim; display: none; &.-shown { display: block; } }
        #lead-timeline { padding: 0 0 0 1; }
        &:focus #lead-head { background: $cursor-blurred; }
    }
    """

    head = getters.query_one("#lead-head", ChangingLines)
    timeline = getters.query_one("#lead-timeline", ChangingLines)

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """Nothing is open yet."""
        self.note = CallNote()
        self.without_outcome: frozenset[int] = frozenset()
        """Whom the person rang without giving a status since."""
        super().__init__(id="open-lead")
        self._session = session
        self._formatter = formatter
        self.opened: OpenLead | None = None
        self.company = ""
        """Who else has it open, in words; `redraw` shows it."""

    def compose(self) -> ComposeResult:
        """The head, the note and the timeline."""
        yield ChangingLines("lead-head")
        yield Static(id="call-note-title")
        yield self.note
        yield ChangingLines("lead-timeline")

    def on_mount(self) -> None:
        """Reminders come closer while one looks at them."""
        self.set_interval(20, self.redraw)

    def show(self, opened: OpenLead | None, company: str) -> None:
        """Show a lead; another one from its top, the same one where it was scrolled to.

        `company` says who else has it open.
        """
        another = opened is None or self.opened is None or opened.lead.id != self.opened.lead.id
        self.opened, self.company = opened, company
        self._place_note()
        self.redraw()
        if another:
            self.scroll_home(animate=False)

    def begin_note(self, typed: FormDraft, keep: Keep) -> None:
        """A call goes on: its note is written here, beside the customer's history, while that customer is open."""
        self.note.begin(typed, keep)
        self.query_one("#call-note-title", Static).update(Content(pgettext("hint", "Note, while you talk")))
        self._place_note()

    def end_note(self) -> None:
        """The call is over."""
        self.note.end()
        self._place_note()

    def _place_note(self) -> None:
        draft = self.note.draft
        here = draft is not None and self.opened is not None and draft.lead_id == self.opened.lead.id
        self.query_one("#call-note-title").set_class(here, "-shown")
        self.note.set_class(here, "-shown")
        self._fill()

    def _fill(self) -> None:
        """A short timeline fills the panel, so that a longer one is no other size until it has to be scrolled."""
        note = self.note.has_class("-shown")
        self.timeline.styles.min_height = None if note else max(self.content_size.height - HEAD_LINES, 0)

    def redraw(self) -> None:
        """Write everything again, as of now."""
        if self.opened is None:
            self.head.write(())
            self.timeline.write(())
            return
        now = self._session.now()
        head = self._head(self.opened, now)
        above = len(head) if self.note.has_class("-shown") else HEAD_LINES
        width, sharers = self.content_size.width - 1, self.opened.sharers
        below = draw_timeline(self.opened.timeline, self._formatter, width, sharers)
        self.head.write(head[:above])
        self.timeline.write([*(line[1:] for line in head[above:]), Content(""), *below])

    def on_resize(self) -> None:
        """What does not fit into a line goes into one of its own."""
        self._fill()
        self.redraw()

    def _head(self, opened: OpenLead, now: datetime) -> list[Content]:
        """Who it is and what is known of them; all lines but the first begin with a blank."""
        lead, room = opened.lead, self.content_size.width
        who = Content.assemble(
            ("▌", "$primary"),
            (apart(brief(lead.name, max(room - 2, LEAST_NAME))) or pgettext("customer", "no name"), "bold"),
            "   ",
            status_content(self._session.definitions.status(lead.status_id)),
            "   ",
            (apart(safe(self._where(lead))), "$dim"),
        )
        tried = [Content.styled(safe(attempts_words(lead, self._formatter)), "$dim")] if lead.attempts else []
        company = [Content.styled(f"{COMPANY_GLYPH} {self.company}", "bold $soon")] if self.company else []
        called: list[Content] = []
        if lead.id in self.without_outcome:
            words = pgettext("call", "no outcome yet")
            called = [Content.styled(f"{CALL_GLYPH} {words}", "bold $late")]
        lines = _rows([who, *company, *called, *tried, self._next(opened, now)], room, first_indent=0)
        for ban in opened.bans[:MOST_BANS]:
            words = Content.styled(f"{DO_NOT_CALL_GLYPH} {safe(ban_sentence(ban, self._formatter))}", "$late")
            lines += [Content.assemble(" ", line) for line in words.wrap(max(room - 1, LEAST_NAME))]
        sharing = Content.styled(safe(sharing_sentence(opened.sharers)), "$soon")
        if opened.sharers:
            lines += [Content.assemble(" ", line) for line in sharing.wrap(max(room - 1, LEAST_NAME))]
        lines += _rows(self._contact(lead), room)
        lines += _rows(self._fields(lead), room)
        return lines

    def _where(self, lead: Lead) -> str:
        if lead.owner_id is None:
            return pgettext("field", "in nobody's cartable")
        since = self._formatter.day(lead.owner_at) if lead.owner_at else ""
        if lead.owner_id == self._session.actor.id:
            return pgettext("field", "in my cartable since {day}").format(day=since)
        return pgettext("field", "in {name}'s cartable since {day}").format(
            name=brief(self._formatter.person(lead.owner_id)), day=since
        )

    def _going(self, lead: Lead, reminder: Reminder) -> Going | None:
        """Where it goes if nobody answers it."""
        definitions = self._session.definitions
        status = definitions.status(lead.status_id)
        if status is None:
            return None
        return next_going(reminder, lead.owner_id, lead.owner_at, status.escalation, definitions)

    def _next(self, opened: OpenLead, now: datetime) -> Content:
        pending = opened.pending
        if not pending:
            return Content.styled(pgettext("reminder", "nothing is planned"), "$faint")
        first = pending[0]
        words = (
            pgettext("reminder", "call back {when}")
            if first.kind is ReminderKind.CALLBACK
            else pgettext("reminder", "next attempt {when}")
            if first.kind is ReminderKind.ATTEMPT
            else pgettext("reminder", "reminder {when}")
        )
        shown = words.format(when=self._formatter.moment(first.due))
        zone = self._session.workspace.zone
        distance = calendar.show_relative(first.due, now, self._session.language, zone)
        more = (
            "  " + pgettext("list", "and {count} more").format(count=counted(len(pending) - 1))
            if len(pending) > 1
            else ""
        )
        rule = marked_rule(first.repeats, self._formatter.context)
        goes = going_words(self._going(opened.lead, first), self._formatter) if first.due <= now else ""
        words = "  ".join(part for part in (f"{shown} – {distance}", rule, goes) if part)
        late = first.due <= now and first.kind is not ReminderKind.ATTEMPT
        style = "$late" if late else "$soon"
        return Content.assemble((pgettext("field", "next:") + " ", "$dim"), (safe(f"{words}{more}"), style))

    def _contact(self, lead: Lead) -> list[Content]:
        if lead.numbers_hidden:
            city = [Content.styled(apart(safe(lead.city)), "$dim")] if lead.city else []
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
            parts.append(Content.styled(apart(safe(shown)), style))
        local = local_time(lead, self._formatter)
        if local:
            parts.append(Content.styled(apart(safe(local)), "$soon"))
        parts += [Content.styled(apart(safe(words)), "$dim") for words in (lead.city, lead.email) if words]
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
            Content.assemble((apart(safe(title)) + " ", "$faint"), (apart(safe(words)), "$dim"))
            for title, words in titled
            if words
        ]


def draw_timeline(
    activities: Sequence[Activity], formatter: Formatter, width: int, sharers: Sequence[Sharer] = ()
) -> list[Content]:
    """The entries, newest first, one line each where `width` cells are enough; else the words go on under words.

    Where it is narrow they all stand under when it was and who did it.
    """
    timeline = Timeline(formatter, sharers)
    entries = [timeline.entry(each) for each in activities[:ENTRIES_SHOWN]]
    days = [formatter.day(each.at) for each in entries]
    people = [brief(each.actor, PERSON_WIDTH) for each in entries]
    day_width = max(map(cell_width, days), default=0)
    person_width = max(map(cell_width, people), default=0)
    lines: list[Content] = []
    for entry, day, person in zip(entries, days, people, strict=True):
        when = f"{_padded(day, day_width)}{TIMELINE_GAP}{formatter.time(entry.at)}{TIMELINE_GAP}"
        head = Content.assemble(
            (when, "$faint"), (_padded(person, person_width), "$foreground"), TIMELINE_GAP
        )
        if width - head.cell_length < LEAST_WORDS:
            words = _flowing(_contents(entry), max(width - len(UNDER_HEAD), LEAST_WORDS))
            lines += [head, *(Content.assemble(UNDER_HEAD, line) for line in words)]
            continue
        words = _flowing(_contents(entry), width - head.cell_length)
        indent = Content(" " * head.cell_length)
        lines += [Content.assemble(indent if place else head, line) for place, line in enumerate(words)]
    if len(activities) > len(entries):
        older = _("… and {count} older entries").format(count=counted(len(activities) - len(entries)))
        lines.append(Content.styled(older, "$faint"))
    return lines


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


def _contents(entry: Entry) -> list[Content]:
    parts = [_content(part) for part in entry.parts]
    if not entry.undone:
        return parts
    struck = [Content.styled(part.plain, "$faint strike") for part in parts]
    return [*struck, Content.styled(taken_back_words(), "$dim")]


def _content(part: Part) -> Content:
    drawn = [(f"{each.glyph} {each.text}" if each.glyph else each.text, _style(each)) for each in part]
    return Content.assemble(*((f"{text} ", style) for text, style in drawn[:-1]), drawn[-1])


def _style(span: Span) -> str:
    return status_style(span.status) if span.status else STYLES[span.role]


def _flowing(parts: Sequence[Content], room: int) -> list[Content]:
    """The parts after each other in lines of `room` cells: a part is only broken where it is longer than a line."""
    lines = [Content("")]
    for part in parts:
        line = Content.assemble(lines[-1], TIMELINE_GAP, part) if lines[-1].plain else part
        if line.cell_length <= room:
            lines[-1] = line
        elif part.cell_length <= room:
            lines.append(part)
        else:
            lines[-1:] = wrapped(line, room, part)
    return lines


def _padded(words: str, width: int) -> str:
    return words + " " * (width - cell_width(words))
