"""The audit: who changed what of how the desk works; what was before and is after stands beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from leadtui.domain.audit import AuditEntry, AuditFilter, AuditKind
from leadtui.language import calendar
from leadtui.language.translate import P_, _, pgettext
from leadtui.presentation.audit import KIND_WORDS, AuditWords, find_entries
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.table import TextColumn
from leadtui.services.audit import list_entries
from leadtui.services.day import bounds
from leadtui.services.session import Session
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.lists import AUDIT_COMMANDS
from leadtui.tui.dialogs.period_dialog import PERIODS, periods
from leadtui.tui.screens.listing import MOST_SHOWN, Contents, Entry, ListingScreen
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import Edited
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.options import Options

ANY = ""
"""Stands for everybody, everything and any time."""

RENEWED_EVERY = 1.0
"""Seconds between two looks whether something has come; only then is anything read."""


class AuditScreen(ListingScreen):
    """The newest first, as many as are shown; the line above narrows them by words, person, kind and period."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(AUDIT_COMMANDS)]
    DEFAULT_CSS = """
    AuditScreen {
        #sides { height: 1fr; }
        #sides > Vertical { width: 3fr; }
        #rule { width: 1; height: 100%; background: $rule; }
        #beside { width: 2fr; margin: 0 1; scrollbar-size-vertical: 1; }
        #about { max-height: 9999; padding: 0; border-top: none; color: $foreground; }
    }
    """

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """`session` says whose it is, `formatter` how it reads."""
        title = P_("heading", "Audit")
        contents = Contents(
            title, _columns, self._read, self._nothing, AUDIT_COMMANDS, renewed_every=RENEWED_EVERY
        )
        super().__init__(session, formatter, contents)
        people = [Choice(str(each.id), each.name) for each in session.definitions.colleagues]
        kinds = [Choice(each.value, pgettext("kind", words)) for each, words in KIND_WORDS.items()]
        times = [Choice(name, pgettext("period", words)) for name, words in PERIODS.items()]
        self._by = DropDown([Choice(ANY, pgettext("person", "everybody")), *people], ANY)
        self._kind = DropDown([Choice(ANY, pgettext("choice", "everything")), *kinds], ANY)
        self._period = DropDown([Choice(ANY, pgettext("period", "any time")), *times], ANY)
        self._words = AuditWords(session)
        self._wanted = AuditFilter()
        self._find = ""
        self._read_last: tuple[object, list[AuditEntry]] = (None, [])

    def compose_above(self) -> ComposeResult:
        """What narrows the list."""
        with Horizontal(id="narrowing"):
            yield LineInput(placeholder=pgettext("hint", "find"), id="find")
            yield self._by
            yield self._kind
            yield self._period

    def compose_list(self) -> ComposeResult:
        """The list at the left; what was before and is after at the right."""
        with Horizontal(id="sides"):
            with Vertical():
                yield Static(id="heads")
                yield Options(markup=False)
            yield Static(id="rule")
            with VerticalScroll(id="beside"):
                yield Static(id="about")

    @property
    def list_width(self) -> int:
        """What the right leaves of the width."""
        return (self.size.width - 3) * 3 // 5

    # What is shown

    def _read(self) -> tuple[Sequence[Entry], int]:
        """Those that are looked for, as many as are shown; they are read again only where something has moved."""
        state = (self.session.latest_change(), self._wanted, self._find)
        if self._read_last[0] != state:
            read = partial(list_entries, self.session, self._wanted)
            self._read_last = state, list(islice(find_entries(self.session, read, self._find), MOST_SHOWN))
        found = self._read_last[1]
        narrowed = self._find or self._wanted != AuditFilter()
        count = len(found) if narrowed or not found else found[0].number
        return [self._entry(each) for each in found], count

    def _nothing(self) -> str:
        """What stands there where there is none."""
        return _("The audit has nothing of that.")

    def _entry(self, entry: AuditEntry) -> Entry:
        words, event = self._words, entry.event
        what = words.line(event)
        about = (words.full_moment(entry), words.who(entry), "", what, "", *words.told(event))
        return Entry(str(entry.number), (words.short_moment(entry), entry.actor_name, what), about)

    # Narrowing

    @on(Input.Changed, "#find")
    def _look_for(self, event: Input.Changed) -> None:
        event.stop()
        self._find = event.value.strip()
        self.load()

    @on(Input.Submitted, "#find")
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.list.focus()

    @on(Edited)
    def _narrow(self, event: Edited) -> None:
        event.stop()
        since, before = self._span()
        kinds = frozenset({AuditKind(self._kind.text)} if self._kind.text else set[AuditKind]())
        self._wanted = AuditFilter(int(self._by.text) if self._by.text else None, kinds, since, before)
        self.load()

    def _span(self) -> tuple[datetime | None, datetime | None]:
        """From when and before when, by the workspace's days."""
        if not self._period.text:
            return None, None
        session = self.session
        zone, week = session.workspace.zone, session.format_context().weekdays
        today = calendar.local_date(session.now(), zone)
        first, last = periods(today, session.calendar, week[0])[self._period.text]
        return bounds(first, zone)[0], bounds(last, zone)[1]

    def action_find_in_audit(self) -> None:
        """Look for words."""
        self.query_one("#find", LineInput).focus()

    def action_leave_audit(self) -> None:
        """Back to where one was."""
        self.dismiss(None)


def _columns() -> list[TextColumn]:
    """When, by whom, and what."""
    return [
        TextColumn(pgettext("column", "When")),
        TextColumn(pgettext("column", "By"), yields=2, least=8),
        TextColumn(pgettext("column", "What"), yields=1, least=16),
    ]
