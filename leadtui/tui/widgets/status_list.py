"""The statuses, each on one key, with a filter by title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.status import STATUS_COLOURS, Status
from leadtui.language.text import cell_width, ellipsize, safe, search_key
from leadtui.language.translate import _, pgettext
from leadtui.tui.commands.command import small_letter
from leadtui.tui.input_queue import FindsByLetters
from leadtui.tui.keyboard import key_name
from leadtui.tui.program import program_of
from leadtui.tui.widgets.form_field import passes_on, take

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
FILTER_KEY = "/"


def status_colour(status: Status) -> str:
    """The theme colour of a status, whatever its definition says."""
    return f"$status-{status.colour if status.colour in STATUS_COLOURS else 'grey'}"


def keys_of(statuses: Sequence[Status]) -> dict[int, str]:
    """The keys of those statuses that have one, by their ids; `statuses` are all that are in use, in their order."""
    return dict(zip((each.id for each in statuses), KEYS, strict=False))


class StatusList(FindsByLetters, VerticalScroll, can_focus=True):
    """Up and down preview a status, its key or Enter chooses it. The list lets go of the keyboard when it is chosen."""

    DEFAULT_CSS = """
    StatusList {
        background: $pane;
        color: $foreground;
        scrollbar-size-vertical: 1;
        Static { height: auto; text-wrap: nowrap; }
    }
    """

    at: reactive[int] = reactive(0, init=False)
    """Where the cursor stands among those that the filter shows."""

    @dataclass
    class Previewed(Message):
        """The cursor came to another status."""

        status: Status

    @dataclass
    class Chosen(Message):
        """A status was chosen; `by_key` where its own key did it."""

        status: Status
        by_key: bool = False

    @dataclass
    class Filtered(Message):
        """The filter changed; None where there is none."""

        text: str | None

    def __init__(
        self, statuses: Sequence[Status], current_id: int | None, at_id: int | None, *, proposes: bool
    ) -> None:
        """`current_id` is the status that the lead has, `at_id` the one that the cursor begins on.

        With `proposes` the person is told how a status that is missed is proposed.
        """
        super().__init__(id="statuses")
        self.statuses = tuple(statuses)
        self._current_id = current_id
        self._proposes = proposes
        self._keys = keys_of(self.statuses)
        self._by_key = {self._keys[each.id]: each for each in self.statuses if each.id in self._keys}
        self.filter: str | None = None
        self.let_go = False
        """Whether the list gave the keyboard up to the form of the status that was chosen."""
        self._shown = self.statuses
        widths = [
            cell_width(safe(each.title))
            + (cell_width(pgettext("choice", "now")) + 1 if each.id == current_id else 0)
            for each in statuses
        ]
        self.wanted_width = max(widths, default=20) + 8
        """Cells with which no title is cut."""
        places = [place for place, each in enumerate(self.statuses) if each.id == at_id]
        self.set_reactive(StatusList.at, places[0] if places else 0)

    def compose(self) -> ComposeResult:
        """One block of lines."""
        yield Static()

    @property
    def keys_shown(self) -> str:
        """The keys of the statuses in short, such as 1–9 a."""
        keys = KEYS[: max(1, len(self.statuses))]
        rows = (keys[:9], keys[9:])
        return " ".join(f"{each[0]}–{each[-1]}" if len(each) > 2 else " ".join(each) for each in rows if each)

    @property
    def status(self) -> Status | None:
        """The status under the cursor; None where there is none to choose."""
        return self._shown[self.at] if self.at < len(self._shown) else None

    @property
    def takes_letters(self) -> bool:
        """Letters belong to the filter while there is one."""
        return self.filter is not None

    def on_mount(self) -> None:
        """Draw once the size is known."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Titles are cut to the width."""
        self._draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The bar shows where the keyboard is."""
        super().watch_has_focus(has_focus)
        if has_focus:
            self.let_go = False
        self._draw()

    def watch_at(self) -> None:
        """Show the status under the cursor."""
        self._draw()
        if self.status is not None:
            self.post_message(self.Previewed(self.status))

    def on_key(self, event: events.Key) -> None:
        """Choose, move or filter."""
        if passes_on(self, event):
            return
        letter = event.character if event.is_printable else None
        match event.key:
            case "up":
                self._move(-1)
            case "down":
                self._move(1)
            case "home":
                self._move(-len(self._shown))
            case "end":
                self._move(len(self._shown))
            case "pageup":
                self._move(1 - self.size.height)
            case "pagedown":
                self._move(self.size.height - 1)
            case "enter" | "right":
                self._choose(self.status, by_key=False)
            case "backspace" if self.filter is not None:
                self._narrow(self.filter[:-1] if self.filter else None)
            case "escape" if self.filter is not None:
                self._narrow(None)
            case _ if letter is None or (letter == " " and not self.filter):
                return
            case _ if self.filter is not None:
                self._narrow(self.filter + letter)
            case _ if status := self._by_key.get(small_letter(event.key)):
                self._choose(status, by_key=True)
            case _:
                self._narrow("" if event.key == key_name(FILTER_KEY) else letter)
        take(event)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; to be saved it still needs a key."""
        block = self.query_one(Static)
        spot = event.get_content_offset(block)
        if spot is not None and 0 <= spot.y < len(self._shown):
            self.at = spot.y
            self._choose(self.status, by_key=False)

    def _choose(self, status: Status | None, *, by_key: bool) -> None:
        if status is None:
            return
        if self.filter is not None:
            self._narrow(None, at=status)
        self.set_reactive(StatusList.at, self._shown.index(status))
        self._draw()
        self.post_message(self.Chosen(status, by_key))
        # What is typed from here on is for the form, also where it came in the same breath.
        self.let_go = True
        self.screen.set_focus(None)

    def _move(self, by: int) -> None:
        self.at = max(0, min(self.at + by, len(self._shown) - 1))

    def _narrow(self, text: str | None, at: Status | None = None) -> None:
        here = at or self.status
        self.filter = text
        wanted = search_key(text or "")
        found = [each for each in self.statuses if wanted in search_key(each.title)]
        # Those that begin so come first, since they are what is meant.
        self._shown = tuple(sorted(found, key=lambda each: not search_key(each.title).startswith(wanted)))
        keeps = here in self._shown and not wanted
        self.set_reactive(StatusList.at, self._shown.index(here) if here is not None and keeps else 0)
        self._draw()
        self.post_message(self.Filtered(text))
        if self.status is not None and self.status is not here:
            self.post_message(self.Previewed(self.status))

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        # Before it has a size it is drawn as it is going to be, so that no title flashes up cut.
        width = self.scrollable_content_region.width if self.size.width else self.wanted_width
        lines = [self._line(place, each, width) for place, each in enumerate(self._shown)]
        if not lines:
            lines = self._nothing(width)
        self.query_one(Static).update(Content("\n").join(lines))
        self.scroll_to_region(Region(0, self.at, 1, 1), animate=False, force=True)

    def _line(self, place: int, status: Status, width: int) -> Content:
        here = place == self.at
        colour = status_colour(status)
        bar = ("▌", "$primary") if here and self.has_focus else " "
        key = self._keys.get(status.id, " ")
        shown = program_of(self).keyboard.shown
        now = pgettext("choice", "now") if status.id == self._current_id else ""
        room = width - 8 - (cell_width(now) + 1 if now else 0)
        title = ellipsize(safe(status.title), max(room, 4))
        glyph = ellipsize(safe(status.glyph), 1) or " "
        filled = " " * max(0, room - cell_width(title))
        style = f"bold $pane on {colour}" if here else colour
        name = Content.styled(f" {glyph} {title}{filled} ", style)
        return Content.assemble(
            bar, (shown(key), "bold $key"), " ", name, (f" {now}" if now else "", "$faint")
        )

    def _nothing(self, width: int) -> list[Content]:
        """That there is none, and how one that is missed is proposed."""
        words = (
            _("Nothing is called “{text}”.").format(text=self.filter)
            if self.filter
            else _("No status is defined yet; a supervisor defines them.")
        )
        lines = [Content.styled(ellipsize(safe(words), max(width, 1)), "$faint")]
        if self._proposes:
            key = program_of(self).key_of("propose")
            lines.append(
                Content.assemble(" ", (key, "bold $key"), " ", (pgettext("key", "propose it"), "$dim"))
            )
        return lines


class StatusFilter(Widget):
    """The line under the status list: the filter's key, or what is being looked for."""

    DEFAULT_CSS = "StatusFilter { height: 1; background: $pane; }"

    text: reactive[str | None] = reactive(None)

    def render(self) -> Content:
        """The key and what it is for, or what is typed."""
        key = (f" {program_of(self).keyboard.shown(FILTER_KEY)}", "bold $key")
        if self.text is None:
            return Content.assemble(key, "  ", (pgettext("key", "filter"), "$dim"))
        return Content.assemble(key, "  ", safe(self.text), ("▏", "$primary"))


class StatusPane(Vertical):
    """The statuses as wide as their titles want, and the filter right under them."""

    DEFAULT_CSS = """
    StatusPane { height: 100%; }
    StatusPane > StatusList { height: auto; }
    """

    def __init__(
        self, statuses: Sequence[Status], current_id: int | None, at_id: int | None, *, proposes: bool
    ) -> None:
        """As `StatusList`."""
        super().__init__()
        self._statuses = StatusList(statuses, current_id, at_id, proposes=proposes)
        self.styles.width = self._statuses.wanted_width

    def compose(self) -> ComposeResult:
        """The list and the filter."""
        yield self._statuses
        yield StatusFilter()

    def on_resize(self, event: events.Resize) -> None:
        """The filter keeps its line under a list that is longer than the pane."""
        self._statuses.styles.max_height = max(event.size.height - 2, 1)

    def on_status_list_filtered(self, event: StatusList.Filtered) -> None:
        """Show what is being looked for."""
        event.stop()
        self.query_one(StatusFilter).text = event.text
