"""A small app around the status dialog, and definitions to open it with, in English and in Persian."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, cast

from textual import events, keys
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.draft import FormDraft, draft_of
from leadtui.domain.field import Field, FieldKind, FormatContext
from leadtui.domain.lead import Lead
from leadtui.domain.reminder import Reminder
from leadtui.domain.status import CartableRule, ReminderRule, Status, StatusKind
from leadtui.domain.workspace import Colleague, Definitions, MemberState, Workspace
from leadtui.language.bidi import without_isolates
from leadtui.language.calendar import Calendar
from leadtui.paths import themes_folder
from leadtui.services.drafts import STATUS_DRAFT
from leadtui.services.follow_up import SetStatus
from leadtui.services.session import Clock
from leadtui.settings import AUTO, TerminalProfile
from leadtui.tui.commands.dialogs import STATUS_COMMANDS
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.dialogs.status_entry import StatusSnapshot
from leadtui.tui.input_queue import InputQueue
from leadtui.tui.keyboard import Keyboard
from leadtui.tui.terminal_app import TerminalApp
from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import load_themes
from leadtui.tui.widgets.form_field import FormField

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
"""Saturday 7 Mehr 1403, 10:42 in Tehran."""

WORKSPACE = Workspace(1, "Hesin Haseb", "en", Calendar.JALALI, "IR", "Asia/Tehran", "IRR")

NEDA = Colleague(1, "Neda Karimi", "neda@example.com")
REZA = Colleague(2, "Reza Karimi", "reza@example.com")
REZVAN = Colleague(3, "Rezvan Amini", "rezvan@example.com")
OMID = Colleague(4, "Omid Rezaei", "omid@example.com")
MARYAM = Colleague(5, "مریم کریمی", "maryam@example.com")
GONE = Colleague(6, "Gone Karimi", "gone@example.com", state=MemberState.GONE)
COLLEAGUES = (NEDA, REZA, REZVAN, OMID, MARYAM, GONE)
LEADS = {NEDA.id: 37, REZA.id: 12, REZVAN.id: 4, OMID.id: 21}

MEETING_FIELDS = (
    Field(1, "day", "Day of the meeting", FieldKind.WEEKDAY, required=True, position=0),
    Field(2, "date", "Date", FieldKind.DATE, required=True, position=1),
    Field(3, "time", "Time", FieldKind.TIME, required=True, position=2),
)

STATUSES = (
    Status(1, "cooperation", "Co-operation", "✔", "green", kind=StatusKind.WON, cartable=CartableRule.NONE),
    Status(
        2,
        "in-person",
        "In-person meeting",
        "◆",
        "violet",
        cartable=CartableRule.NEXT,
        reminder=ReminderRule.MUST,
        owner_title="Who holds the meeting",
        fields=MEETING_FIELDS,
    ),
    Status(
        3,
        "online",
        "Online meeting",
        "◇",
        "violet",
        reminder=ReminderRule.ASK,
        fields=(*MEETING_FIELDS[1:], Field(4, "link", "Link", FieldKind.LINK)),
    ),
    Status(4, "referred", "Referred", "→", "blue", cartable=CartableRule.NEXT),
    Status(5, "follow-up", "Follow-up", "◐", "amber", reminder=ReminderRule.MUST),
    Status(6, "exam", "Awaiting exam", "◔", "amber", reminder=ReminderRule.ASK),
    Status(7, "withdrew", "Withdrew", "×", "grey", kind=StatusKind.LOST, cartable=CartableRule.NONE),
    Status(8, "blacklist", "Blacklist", "⊘", "red", kind=StatusKind.DO_NOT_CALL, cartable=CartableRule.NONE),
    Status(
        9,
        "contract",
        "Contract",
        "✔",
        "green",
        kind=StatusKind.WON,
        fields=(Field(5, "amount", "Amount", FieldKind.MONEY, required=True),),
    ),
)

EVERY_KIND = Status(
    20,
    "everything",
    "Everything",
    "◇",
    "teal",
    fields=(
        Field(20, "text", "Text", FieldKind.TEXT),
        Field(21, "long", "Long text", FieldKind.LONG_TEXT),
        Field(22, "number", "Number", FieldKind.NUMBER),
        Field(23, "money", "Price", FieldKind.MONEY),
        Field(24, "phone", "Second phone", FieldKind.PHONE),
        Field(25, "email", "E-mail", FieldKind.EMAIL),
        Field(26, "link", "Page", FieldKind.LINK),
        Field(27, "few", "Level", FieldKind.CHOICE, ("low", "middle", "high")),
        Field(
            28,
            "many",
            "City",
            FieldKind.CHOICE,
            ("Tehran", "Tabriz", "Rasht", "Yazd", "Qom", "Ahvaz", "Kish"),
        ),
        Field(29, "several", "Courses", FieldKind.CHOICES, ("Tax", "Payroll", "Excel, advanced", "Audit")),
        Field(30, "agreed", "Agreed", FieldKind.YES_NO),
        Field(31, "who", "Adviser", FieldKind.PERSON),
    ),
)

PERSIAN_STATUSES = (
    Status(1, "cooperation", "منجر به همکاری", "✓", "green", kind=StatusKind.WON, cartable=CartableRule.NONE),
    Status(
        2,
        "in-person",
        "جلسه حضوری",
        "◆",
        "violet",
        cartable=CartableRule.NEXT,
        reminder=ReminderRule.MUST,
        owner_title="برگزارکننده جلسه",
        fields=(
            replace(MEETING_FIELDS[0], title="روز جلسه"),
            replace(MEETING_FIELDS[1], title="تاریخ جلسه"),
            replace(MEETING_FIELDS[2], title="ساعت جلسه"),
        ),
    ),
    Status(3, "follow-up", "منتظر پیگیری", "◐", "amber", reminder=ReminderRule.MUST),
    Status(4, "withdrew", "انصراف از مشاوره", "✕", "grey", kind=StatusKind.LOST, cartable=CartableRule.NONE),
)

PERSIAN_COLLEAGUES = (
    Colleague(1, "ندا کریمی", "neda@example.com"),
    Colleague(2, "رضا کریمی", "reza@example.com"),
    Colleague(3, "رضوان امینی", "rezvan@example.com"),
    Colleague(4, "علي كاظمي", "ali@example.com"),
)

LEAD = Lead(
    7, 3, "Mina Sadeghi", NOW - timedelta(days=4), phone="+989143009087", status_id=5, owner_id=NEDA.id
)


def pending(number: int, due: datetime, owner_id: int = NEDA.id) -> Reminder:
    """A pending reminder of the lead."""
    return Reminder(number, LEAD.id, owner_id, due, due.replace(tzinfo=None), WORKSPACE.zone)


def snapshot(
    *,
    statuses: tuple[Status, ...] = STATUSES,
    colleagues: tuple[Colleague, ...] = COLLEAGUES,
    lead: Lead = LEAD,
    reminders: tuple[Reminder, ...] = (),
    draft: FormDraft | Mapping[str, str] | None = None,
    language: str = "en",
) -> StatusSnapshot:
    """What the dialog is opened with; `replace` it for the rest. `draft` is one, or what a row holds of it."""
    if draft is not None and not isinstance(draft, FormDraft):
        draft = draft_of(STATUS_DRAFT, lead.id, draft, NOW)
    workspace = replace(WORKSPACE, language=language)
    definitions = Definitions(workspace, statuses=statuses, colleagues=colleagues)
    context = FormatContext(
        now=NOW,
        zone=workspace.zone,
        region=workspace.region,
        calendar=workspace.calendar,
        language=language,
        currency=workspace.currency,
        people=definitions.active_colleagues,
    )
    return StatusSnapshot(lead, definitions, context, colleagues[0], LEADS, reminders, draft)


def persian_snapshot() -> StatusSnapshot:
    """The same in Persian."""
    lead = replace(LEAD, name="مینا صادقی", status_id=3)
    return snapshot(statuses=PERSIAN_STATUSES, colleagues=PERSIAN_COLLEAGUES, lead=lead, language="fa")


class DialogApp(TerminalApp[None]):
    """Opens the dialog at once; keeps what it closed with and every draft that it gave."""

    def __init__(
        self,
        opened_with: StatusSnapshot | None = None,
        *,
        theme: str = "leadtui-night",
        clock: Clock | None = None,
    ) -> None:
        super().__init__(TerminalProfile.OFF)
        self._opened_with = opened_with or snapshot()
        self._clock = clock
        self._theme_name = theme
        self.keyboard = Keyboard(AUTO)
        self.input_queue = InputQueue(self, super().on_event, self.keyboard)
        self.drafts: list[FormDraft] = []
        self.closed_with: list[SetStatus | None] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_for(self.current_theme)

    async def on_event(self, event: events.Event) -> None:
        await self.input_queue.take(event)

    def compose(self) -> ComposeResult:
        yield Static("The desk")

    def key_of(self, name: str) -> str:
        return next(each for each in STATUS_COMMANDS if each.name == name).shown_key(self.keyboard)

    def on_mount(self) -> None:
        for theme in load_themes([themes_folder()])[0]:
            self.register_theme(theme)
        self.theme = self._theme_name
        self.dialog = StatusDialog(self._opened_with, self.drafts.append, self._clock)
        self.push_screen(self.dialog, self.closed_with.append)


class Person:
    """A person at the dialog."""

    def __init__(self, app: DialogApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.pressed = 0

    @property
    def dialog(self) -> StatusDialog:
        return self.app.dialog

    async def press(self, *pressed: str) -> None:
        """Press keys one after the other; letters in a row come as fast as they can."""
        self.pressed += len(pressed)
        for letters, together in groupby(pressed, key=lambda key: len(key) == 1):
            for key in together:
                self.app.post_message(events.Key(key_of(key), key) if letters else events.Key(key, None))
                if not letters:
                    await self.settled()
            await self.settled()

    async def click(self, widget: type[Widget] | str, at: tuple[int, int] = (0, 0)) -> None:
        """Click on a cell of the widget."""
        await self.pilot.click(widget, offset=at)
        await self.settled()

    async def settled(self) -> None:
        """Wait until no message waits anywhere, whatever else the machine is doing."""
        quiet = 0
        while quiet < 3:
            await self.pilot.pause(0)
            pumps = [self.app, *self.app.screen.walk_children(with_self=True)]
            waiting = any(cast("Any", pump)._message_queue.qsize() for pump in pumps)
            quiet = 0 if waiting else quiet + 1

    async def type(self, text: str) -> None:
        """Type letters."""
        await self.press(*text)

    def field(self, title: str) -> FormField:
        """The field under that label."""
        return next(each for each in self.dialog.form.fields if each.title == title)

    def said(self, title: str) -> str:
        """What stands under a field, as it reads."""
        message = self.field(title).message
        return without_isolates(message.content().plain) if message else ""

    def line(self, name: str) -> str:
        """What a line of the dialog says."""
        return str(self.dialog.query_one(f"#{name}", Static).render())

    @property
    def titles(self) -> list[str]:
        return [each.title for each in self.dialog.form.fields if each.title and each.display]

    @property
    def at(self) -> str:
        """The label of the field that the cursor stands in, or "statuses"."""
        focused = self.dialog.focused
        if focused is self.dialog.statuses:
            return "statuses"
        ancestors = focused.ancestors if focused else []
        return next((each.title for each in self.dialog.form.fields if each in ancestors), "")

    @property
    def step(self) -> SetStatus:
        """What the dialog closed with."""
        (command,) = self.app.closed_with
        assert command is not None
        return command

    @property
    def still_open(self) -> bool:
        return not self.app.closed_with


@asynccontextmanager
async def opened(
    opened_with: StatusSnapshot | None = None, size: tuple[int, int] = (120, 40), clock: Clock | None = None
) -> AsyncGenerator[Person]:
    """The dialog open in a terminal of that size, and a person at it."""
    app = DialogApp(opened_with, clock=clock)
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot)
        await person.settled()
        yield person


def key_of(letter: str) -> str:
    """What Textual calls the key that types the letter."""
    return letter if letter.isalnum() else cast("Any", keys)._character_to_key(letter)
