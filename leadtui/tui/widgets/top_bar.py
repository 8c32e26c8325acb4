"""The line at the top: workspace, person, date and time, call windows, reminders."""

from __future__ import annotations

from functools import partial

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive

from leadtui.language import calendar
from leadtui.language.text import brief, cell_width, safe
from leadtui.language.translate import npgettext, pgettext, show_number
from leadtui.presentation.cartable_reason import elsewhere_words, overdue_words
from leadtui.presentation.presence import BREAK_GLYPH, GIVEN_GLYPH
from leadtui.presentation.week import CallsNow, calls_now
from leadtui.services.session import Session
from leadtui.tui.program import program_of
from leadtui.tui.widgets.call_bar import CALL_GLYPH
from leadtui.tui.widgets.key_bar import CommandLine, meaning


class TopBar(CommandLine):
    """One line; where it is narrow the person gives way first, then the call windows, the workspace and the date.

    A click on a count opens what it counts.
    """

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; padding: 0 1; background: $pane-alt; color: $foreground; }
    TopBar.-seen-as { background: $soon; color: $pane; }
    """

    minute: reactive[str] = reactive("")
    calls: reactive[CallsNow | None] = reactive(None)
    """How the call windows stand; None where none are defined."""
    overdue: reactive[int] = reactive(0)
    """How many customers of the person's cartable are overdue."""
    elsewhere: reactive[int] = reactive(0)
    """How many due reminders concern customers in other cartables."""
    given: reactive[int] = reactive(0)
    """How many customers others gave to the person that they have not looked at."""
    without_outcome: reactive[int] = reactive(0)
    """How many customers the person rang without giving a status since."""

    proposed: reactive[int] = reactive(0)
    """How many proposals wait for the person's decision."""

    break_since: reactive[str] = reactive("")
    """The time since which the person is on a break; empty for at work."""
    waiting: reactive[int] = reactive(0)
    """How many reminders are due, which during a break do not ring."""

    several: reactive[bool] = reactive(False)
    """Whether the person works in other workspaces, too."""
    due_there: reactive[int] = reactive(0)
    """How many reminders are due in those."""

    def __init__(self, session: Session) -> None:
        """`session` gives the names and the clock."""
        super().__init__()
        self._session = session

    def on_mount(self) -> None:
        """Follow the clock."""
        self.set_class(bool(self._session.seen_as), "-seen-as")
        self.tick()
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        """Show the present minute, and how the call windows stand in it."""
        now, workspace = self._session.now(), self._session.workspace
        day = calendar.show_date(
            now, self._session.calendar, self._session.language, zone=workspace.zone, style="long"
        )
        self.minute = f"{day}  {calendar.show_time(now, self._session.language, workspace.zone)}"
        self.calls = calls_now(self._session.format_context()) if workspace.calls.week else None

    def say_anew(self) -> None:
        """Say everything in the language in use, which has changed."""
        self.tick()
        self.refresh()

    def follow(self, other: TopBar) -> None:
        """Count what the line of the desk counts."""
        for name in ("overdue", "elsewhere", "break_since", "waiting", "several", "due_there"):
            self.watch(other, name, partial(setattr, self, name))

    def render(self) -> RenderResult:
        """The left side, room, the right side."""
        width = self.content_size.width
        if self._session.seen_as:
            return self._seen_as(width)
        lefts = [self._left(person=True), self._left(person=False), Content("◉ leadtui")]
        with_person_or_without, without_person = lefts[:2], lefts[1:2]
        calls, with_date, with_time = self.calls, self._right(date=True), self._right(date=False)
        sides = [
            *((left, self._right(date=True, calls=calls.words)) for left in with_person_or_without if calls),
            *((left, self._right(date=True, calls=calls.short)) for left in without_person if calls),
            *((left, with_date) for left in lefts),
            *((left, self._right(date=False, calls=calls.short)) for left in with_person_or_without if calls),
            *((left, with_time) for left in lefts),
        ]
        for left, right in sides:
            room = width - left.cell_length - right.cell_length
            if room >= 2:
                return Content.assemble(left, " " * room, right)
        return with_time

    def _seen_as(self, width: int) -> Content:
        """As whom the person looks around, and what ends it."""
        title = brief(self._session.seen_title, 24)
        words = pgettext("notice", "As “{title}”: nothing is changed").format(title=title)
        ends = pgettext("notice", "{key} ends it").format(key=program_of(self).key_of("quit"))
        left = Content.styled(f"◉ {words} · {ends}", "bold")
        for right in (self.minute, self.minute.rpartition("  ")[2]):
            room = width - left.cell_length - cell_width(right)
            if room >= 2:
                return Content.assemble(left, " " * room, right)
        return left

    def _left(self, *, person: bool) -> Content:
        parts: list[Content | tuple[str, str] | str] = [("◉ leadtui", "bold $primary"), "  "]
        parts.append(self._workspace())
        if person:
            parts.append(("  ·  ", "$faint"))
            parts.append(safe(self._session.actor.name))
        return Content.assemble(*parts)

    def _workspace(self) -> Content:
        """The workspace; where there are others, a menu that counts what is due there."""
        title = Content(safe(self._session.workspace.title))
        if not self.several:
            return meaning(title, "workspaces")
        due = (f" ◷ {self._number(self.due_there)}", "bold $soon") if self.due_there else ""
        return meaning(Content.assemble(title, (" ▾", "$key"), due), "workspaces")

    def _number(self, count: int) -> str:
        return show_number(count, self._session.language)

    def _break(self) -> list[Content | tuple[str, str] | str]:
        words = pgettext("shift", "break {time}").format(time=self.break_since)
        wait = npgettext("shift", "{n} waits", "{n} wait", self.waiting).format(n=self._number(self.waiting))
        key = program_of(self).key_of("break")
        return [
            (f"   {key}", "bold $key"),
            (f" {BREAK_GLYPH} {words}" + (f" · {wait}" if self.waiting else ""), "bold $soon"),
        ]

    def _right(self, *, date: bool, calls: str = "") -> Content:
        shown = self.minute if date else self.minute.rpartition("  ")[2]
        parts: list[Content | tuple[str, str] | str] = [(shown, "$dim")]
        if calls and self.calls:
            parts.append((f"   {CALL_GLYPH} {calls}", "$dim" if self.calls.is_open else "$soon"))
        if self.break_since:
            parts += self._break()
        if self.given:
            words = npgettext("notice", "{count} given", "{count} given", self.given).format(
                count=self._number(self.given)
            )
            key = program_of(self).key_of("given-lead")
            parts.append(self._count(key, f"{GIVEN_GLYPH} {words}", "bold $untouched", "given-lead"))
        if self.without_outcome:
            words = npgettext("call", "{count} no outcome", "{count} no outcome", self.without_outcome)
            key = program_of(self).key_of("no-outcome")
            words = words.format(count=self._number(self.without_outcome))
            parts.append(self._count(key, f"{CALL_GLYPH} {words}", "bold $late", "no-outcome"))
        if self.proposed:
            words = npgettext("notice", "{count} proposed", "{count} proposed", self.proposed)
            words = words.format(count=self._number(self.proposed))
            parts.append(self._count("", f"✎ {words}", "$untouched", "proposals"))
        if self.elsewhere:
            parts.append(self._count("", f"◷ {elsewhere_words(self.elsewhere)}", "$soon", "reminders"))
        if self.overdue:
            parts.append(self._count("", f"▲ {overdue_words(self.overdue)}", "bold $late", "part-overdue"))
        return Content.assemble(*parts)

    def _count(self, key: str, words: str, style: str, command: str) -> Content:
        shown = [(key, "bold $key"), " "] if key else []
        count = Content.assemble(*shown, (words, style))
        if self.screen is program_of(self).desk_screen:
            count = meaning(count, command)
        return Content.assemble("   ", count)
