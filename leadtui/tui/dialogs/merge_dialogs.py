"""Making one customer of two: first whom with, then which value of each field stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import CustomerField, entry_titles, shown_texts
from leadtui.domain.merging import Difference, Side
from leadtui.errors import LeadtuiError
from leadtui.language.text import cell_width, ellipsize, safe
from leadtui.language.translate import _
from leadtui.services.drafts import LEADS
from leadtui.services.merging import Alike, Candidate, Comparison
from leadtui.services.session import Interrupted, Interruption, Session
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.dialogs.kept_dialog import Keep, KeptDialog
from leadtui.tui.presenter import Presenter, brief
from leadtui.tui.widgets.marked_lists import OTHER, THE_ONE
from leadtui.tui.widgets.narrowed_list import Entry, NarrowedList

NAME_WIDTH = 30
TITLE_WIDTH = 16

Search = Callable[[str, Interruption], tuple[Candidate, ...]]


class MergeWithDialog(Dialog[int]):
    """Closes with the id of the customer who is the same person. Looks like the same ones are there at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]
    DEFAULT_CSS = "MergeWithDialog { #dialog { width: 92%; max-width: 100; } NarrowedList { height: 14; } }"

    @dataclass
    class Found(Message):
        """From the thread: whom the typed words find."""

        typed: str
        found: tuple[Candidate, ...]

    def __init__(
        self, lead: Lead, proposed: tuple[Candidate, ...], search: Search, presenter: Presenter
    ) -> None:
        """`search` is called in a thread."""
        super().__init__()
        self._lead = lead
        self._proposed = proposed
        self._search = search
        self._presenter = presenter
        self._interruption = Interruption()

    def compose_body(self) -> Iterable[Widget]:
        """A line to find by, and who is found."""
        yield NarrowedList(
            self._entries(self._proposed, ""),
            _("find the other one by name, number or e-mail"),
            _("Nobody looks like the same person; type to find somebody."),
        )

    def title_words(self) -> str:
        """Whom the other one is merged into."""
        return _("Merge another customer into {name}").format(name=_called(self._lead, self._presenter))

    def key_words(self) -> list[tuple[str, str]]:
        """Choose or leave."""
        return [("↑↓", _("choose")), ("Enter", _("compare the two")), ("Esc", _("back"))]

    def on_mount(self) -> None:
        """Look for what is typed as it is typed."""
        super().on_mount()
        line = self.query_one(NarrowedList).line
        line.focus()
        self.watch(line, "value", self._look, init=False)

    def on_unmount(self) -> None:
        """Nothing is looked for any more."""
        self._interruption.stop()

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        self.dismiss(int(event.name))

    def _look(self, typed: str) -> None:
        self._interruption.stop()
        self._interruption = Interruption()
        self._find(typed, self._interruption)

    @work(thread=True, group="look up", description="find the other customer")
    def _find(self, typed: str, interruption: Interruption) -> None:
        try:
            found = self._search(typed, interruption)
        except (Interrupted, LeadtuiError):
            return  # superseded; or the store cannot be read, which comparing will tell
        self.post_message(self.Found(typed, found))

    @on(Found)
    def _show(self, message: Found) -> None:
        shown = self.query_one(NarrowedList)
        if shown.line.value == message.typed:
            shown.show(self._entries(message.found, message.typed))

    def _entries(self, found: tuple[Candidate, ...], typed: str) -> list[Entry]:
        return [self._entry(each, typed) for each in found]

    def _entry(self, candidate: Candidate, typed: str) -> Entry:
        lead, reason = candidate.lead, _reasons().get(candidate.alike, "")
        details = [self._presenter.phone(lead.phone), lead.email, lead.city]
        shown = Content.assemble(
            (_called(lead, self._presenter), "bold"),
            "  ",
            (f"{reason}  " if reason else "", "$soon"),
            (brief(" · ".join(each for each in details if each)), "$dim"),
            "  ",
            self._presenter.status_content(lead.status_id),
        )
        # It was found by what is typed, in whatever writing that is.
        return Entry(str(lead.id), shown, " ".join((lead.name, *details, typed)))


class ComparisonList(Widget, can_focus=True):
    """A line for each field in which the two differ; the arrows go to a field and to a side of it."""

    DEFAULT_CSS = "ComparisonList { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,shift+tab", "go(-1)", show=False),
        Binding("down,tab", "go(1)", show=False),
        Binding("left", "take(0)", show=False),
        Binding("right", "take(1)", show=False),
        Binding("space,enter", "turn", show=False),
    ]

    at: reactive[int] = reactive(0)
    """The place of the field under the cursor."""

    @dataclass
    class Chosen(Message):
        """A value was chosen."""

    def __init__(
        self, differences: Sequence[Difference], names: tuple[str, str], chosen: Mapping[str, Side]
    ) -> None:
        """`names` are those of the two; `chosen` what was chosen before, by key."""
        super().__init__()
        self._differences = tuple(differences)
        self._names = names
        self.chosen = {each.key: chosen.get(each.key, each.usual) for each in differences}
        """Whose value stays, by key."""

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A line for the names and one for each field."""
        del container, viewport, width
        return len(self._differences) + 1

    def render(self) -> Content:
        """The two columns, the field under the cursor with a bar."""
        half = max((self.size.width - TITLE_WIDTH - 4) // 2, 10)
        names = Content.assemble(
            " " * (TITLE_WIDTH + 2),
            *((_padded(f"  {safe(each)}", half), "bold") for each in self._names),
        )
        lines = [self._line(place, each, half) for place, each in enumerate(self._differences)]
        return Content("\n").join([names, *lines])

    def _line(self, place: int, each: Difference, half: int) -> Content:
        here = place == self.at
        title = _padded(safe(each.title), TITLE_WIDTH)
        line = Content.assemble(
            ("▌ " if here else "  ", "$key"),
            (title, "bold" if here else "$dim"),
            self._value(each, Side.KEPT, half),
            self._value(each, Side.LOST, half),
        )
        return line.stylize("on $cursor") if here and self.has_focus else line

    def _value(self, each: Difference, side: Side, width: int) -> tuple[str, str]:
        taken = self.chosen[each.key] is side
        words = f"{THE_ONE if taken else OTHER} {safe(each.text(side))}"
        return _padded(words, width), "bold $key" if taken else "$dim"

    def on_click(self, event: events.Click) -> None:
        """Take the value that was clicked."""
        place = event.y - 1
        if 0 <= place < len(self._differences):
            self.at = place
            self.action_take(int(event.x >= TITLE_WIDTH + 2 + (self.size.width - TITLE_WIDTH - 4) // 2))

    def action_go(self, by: int) -> None:
        """To the field above or below."""
        if self._differences:
            self.at = (self.at + by) % len(self._differences)

    def action_take(self, side: int) -> None:
        """Let the value at the left or at the right stay."""
        if self._differences:
            self.chosen[self._differences[self.at].key] = Side.LOST if side else Side.KEPT
            self.refresh()
            self.post_message(self.Chosen())

    def action_turn(self) -> None:
        """Let the other of the two stay."""
        if self._differences:
            self.action_take(int(self.chosen[self._differences[self.at].key] is Side.KEPT))


_STAYS = "stays."
"""Before the key of a difference, in a draft."""


def choices_of(draft: Mapping[str, str]) -> dict[str, Side]:
    """Whose values were chosen to stay, as a draft tells."""
    known = {side.value for side in Side}
    return {
        key.removeprefix(_STAYS): Side(text)
        for key, text in draft.items()
        if key.startswith(_STAYS) and text in known
    }


class MergeDialog(KeptDialog[Mapping[str, Side]]):
    """Closes with whose value stays, by the key of each difference."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f12", "save", show=False, priority=True),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    MergeDialog {
        #dialog { width: 96%; max-width: 116; }
        #result { height: auto; margin: 1 0 0 0; padding: 0 1; background: $pane-alt; }
    }
    """

    def __init__(
        self,
        session: Session,
        comparison: Comparison,
        presenter: Presenter,
        chosen: Mapping[str, Side] | None = None,
        reason: str = "",
        keep: Keep | None = None,
    ) -> None:
        """`chosen` is what was chosen before, and refused for `reason` where there is one."""
        super().__init__(keep, {})
        self._session = session
        self._comparison = comparison
        self._presenter = presenter
        names = (_called(comparison.kept, presenter), _called(comparison.lost, presenter))
        self._list = ComparisonList(comparison.differences, names, chosen or {})
        self._reason = reason

    def compose_body(self) -> Iterable[Widget]:
        """The fields that differ, and what the one customer will be."""
        yield self._list
        yield Static(id="result")

    def title_words(self) -> str:
        """Who becomes one."""
        return _("{lost} into {kept}").format(
            lost=_called(self._comparison.lost, self._presenter),
            kept=_called(self._comparison.kept, self._presenter),
        )

    def key_words(self) -> list[tuple[str, str]]:
        """Choose, merge, leave."""
        return [("↑↓", _("field")), ("←→", _("whose stays")), ("Ctrl+S", _("merge")), ("Esc", _("back"))]

    def on_mount(self) -> None:
        """Begin at the first field."""
        super().on_mount()
        self._list.focus()
        self._chosen()
        self.tell(self._reason)

    @on(ComparisonList.Chosen)
    def _chosen(self) -> None:
        self.query_one("#result", Static).update(self._result())
        self.keep_soon()

    def content(self) -> dict[str, str]:
        """Who the other one is, and whose values stay."""
        chosen = {_STAYS + key: side.value for key, side in self._list.chosen.items()}
        return {LEADS: str(self._comparison.lost.id), **chosen}

    def action_save(self) -> None:
        """Close with what was chosen."""
        self.dismiss(dict(self._list.chosen))

    def _result(self) -> Content:
        """The one customer, as they will be."""
        merged = self._comparison.result(self._list.chosen)
        definitions, columns = self._session.definitions, merged.columns
        texts = shown_texts(merged.values, definitions, self._session.format_context())
        head = Content.assemble(
            (_("Becomes"), "$dim"),
            "  ",
            (brief(merged.values.name, NAME_WIDTH) or _("no name"), "bold"),
            "  ",
            self._presenter.status_content(columns["status_id"]),
            "  ",
            (self._where(columns["owner_id"]), "$dim"),
        )
        parts = [
            Content.assemble((safe(title) + " ", "$faint"), (brief(texts[key], 60), "$dim"))
            for key, title in entry_titles(definitions).items()
            if key != CustomerField.NAME and texts.get(key)
        ]
        kept = Content.styled(
            _("Both timelines, all numbers, reminders and drafts stay; u takes the merge back."), "$faint"
        )
        return Content("\n").join([head, Content("   ").join(parts), kept])

    def _where(self, owner_id: int | None) -> str:
        if owner_id is None:
            return _("in nobody's cartable")
        return _("in {name}'s cartable").format(name=brief(self._presenter.person(owner_id), NAME_WIDTH))


def _called(lead: Lead, presenter: Presenter) -> str:
    return brief(lead.name or presenter.phone(lead.phone) or lead.email, NAME_WIDTH) or _("no name")


def _reasons() -> dict[Alike, str]:
    return {
        Alike.NUMBER: _("the same digits"),
        Alike.EMAIL: _("the same e-mail"),
        Alike.NAME: _("the same name"),
    }


def _padded(words: str, width: int) -> str:
    shown = ellipsize(words, max(width - 1, 1))
    return shown + " " * (width - cell_width(shown))
