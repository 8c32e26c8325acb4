"""Naming a colleague: typed by any part of the name or e-mail, with who it can mean beside it, least busy first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from leadtui.domain.field import find_people
from leadtui.domain.workspace import Colleague
from leadtui.language.text import cell_width, ellipsize, safe, search_key
from leadtui.language.translate import npgettext, pgettext, show_number
from leadtui.tui.mirroring import key_onward, spot_in_line
from leadtui.tui.widgets.form_field import Way, go, passes_on, take
from leadtui.tui.widgets.inputs import LineInput

BETWEEN = "  ·  "
LONGEST_NAME = 28


class PersonLine(LineInput):
    """The line of a person editor; Down, Tab and Enter take the candidate that is pointed at."""

    def watch_value(self, value: str) -> None:
        """Look up whom it means."""
        if isinstance(self.parent, PersonEditor):
            self.parent.look_up(value)

    def on_key(self, event: events.Key) -> None:
        """Point at a candidate, or take it on the way out."""
        editor = self.parent
        assert isinstance(editor, PersonEditor)
        if passes_on(self, event):
            return
        match event.key:
            case "down" if editor.can_point(1):
                editor.point(1)
            case "up" if editor.can_point(-1):
                editor.point(-1)
            case "enter":
                editor.pick_pointed()
                go(self, Way.ON)
            case "tab":
                editor.pick_pointed()
                self.screen.focus_next()
            case "left" | "right" as key if self.leads_out(key_onward()) and editor.can_point(
                by := 1 if key == key_onward() else -1
            ):
                editor.point(by)
            case _:
                return
        take(event)


class Candidates(Widget):
    """Whom the typed text can mean, in one line, with how many leads each has."""

    DEFAULT_CSS = "Candidates { height: 1; width: 1fr; padding: 0 1; color: $dim; }"

    candidates: reactive[tuple[Colleague, ...]] = reactive(())
    pointed: reactive[int | None] = reactive(None)

    @dataclass
    class Picked(Message):
        """A candidate was clicked."""

        person: Colleague

    def __init__(self, leads_per_colleague: Mapping[int, int], actor_id: int, language: str) -> None:
        """The counts are by user id; `language` writes the figures."""
        super().__init__()
        self._leads = leads_per_colleague
        self._actor_id = actor_id
        self._language = language

    def render(self) -> Content:
        """The candidates that fit whole, from the first or so that the pointed one is in sight."""
        editor = self.parent
        if isinstance(editor, PersonEditor) and editor.chosen is not None:
            return Content.assemble(("✓ ", "$gained"), (self._count(editor.chosen), "$dim"))
        shown = [each for each, _start, _end in self._shown()]
        parts = [self._candidate(each, each is self._pointed_person()) for each in shown]
        more = "  …" if len(shown) < len(self.candidates) else ""
        return Content.assemble(Content(BETWEEN).join(parts), (more, "$faint"))

    def on_click(self, event: events.Click) -> None:
        """Take the candidate under the pointer."""
        spot = spot_in_line(event, self)
        for person, start, end in self._shown():
            if spot is not None and start <= spot.x < end:
                self.post_message(self.Picked(person))

    def _pointed_person(self) -> Colleague | None:
        return None if self.pointed is None else self.candidates[self.pointed]

    def _candidate(self, person: Colleague, pointed: bool) -> Content:
        name = Content.styled(
            self._shown_name(person), "bold $foreground underline" if pointed else "$foreground"
        )
        return Content.assemble(name, "  ", self._count(person))

    def _shown_name(self, person: Colleague) -> str:
        name = ellipsize(safe(person.name), LONGEST_NAME)
        return pgettext("person", "{name} (you)").format(name=name) if person.id == self._actor_id else name

    def _count(self, person: Colleague) -> str:
        count = self._leads.get(person.id, 0)
        return npgettext("person", "{count} lead", "{count} leads", count).format(
            count=show_number(count, self._language)
        )

    def _shown(self) -> list[tuple[Colleague, int, int]]:
        """The candidates in sight, each with its first cell and the one after its last."""
        room = self.content_size.width - 3
        first = 0
        while True:
            shown: list[tuple[Colleague, int, int]] = []
            x = 0
            for person in self.candidates[first:]:
                width = cell_width(self._shown_name(person)) + 2 + cell_width(self._count(person))
                if x + width > room and shown:
                    break
                shown.append((person, x, x + width))
                x += width + len(BETWEEN)
            if self.pointed is None or first + len(shown) > self.pointed:
                return shown
            first += 1


class PersonEditor(Horizontal):
    """Its text is the e-mail address of the chosen person, else what is typed."""

    DEFAULT_CSS = """
    PersonEditor {
        height: 1;
        background: $field;
        &:focus-within { background: $field-focus; }
        LineInput { width: auto; min-width: 18; max-width: 60%; }
    }
    """

    MOST_CANDIDATES: ClassVar[int] = 50

    def __init__(
        self,
        people: Sequence[Colleague],
        leads_per_colleague: Mapping[int, int],
        actor: Colleague,
        language: str,
        text: str = "",
    ) -> None:
        """`people` are who can be named; `text` is an e-mail address or what was typed of a name."""
        super().__init__()
        self._people = tuple(people)
        self._leads = leads_per_colleague
        self._actor_id = actor.id
        self.chosen: Colleague | None = self._with_email(text)
        self._line = PersonLine(self.chosen.name if self.chosen else text, pgettext("hint", "name or e-mail"))
        self._list = Candidates(leads_per_colleague, actor.id, language)
        self._list.candidates = self._find("" if self.chosen else text)

    def compose(self) -> ComposeResult:
        """The line, and the candidates beside it."""
        yield self._line
        yield self._list

    @property
    def text(self) -> str:
        """The chosen person's e-mail address, else what is typed."""
        return self.chosen.email if self.chosen else self._line.text

    @text.setter
    def text(self, value: str) -> None:
        person = self._with_email(value)
        if person is not None:
            self.pick(person)
        else:
            self._line.text = value

    def can_point(self, by: int) -> bool:
        """Whether there is a candidate to point at in that direction."""
        if self.chosen is not None or not self._list.candidates:
            return False
        place = self._list.pointed
        if place is None:
            return by > 0
        return 0 <= place + by < len(self._list.candidates)

    def point(self, by: int) -> None:
        """Point at the next candidate in that direction."""
        self._list.pointed = 0 if self._list.pointed is None else self._list.pointed + by

    def pick_pointed(self) -> None:
        """Choose the candidate that is pointed at."""
        if self.chosen is None and self._list.pointed is not None:
            self.pick(self._list.candidates[self._list.pointed])

    def pick(self, person: Colleague) -> None:
        """Choose that person."""
        self.chosen = person
        self._list.pointed = None
        self._list.candidates = ()
        shown = safe(person.name)
        if self._line.text == shown:
            # Their name was typed whole: the line does not change, who is meant does.
            self._line.post_message(Input.Changed(self._line, shown))
        self._line.text = shown
        self._list.refresh()

    def on_descendant_blur(self) -> None:
        """What can mean only one person means them, once the field is left."""
        if self.chosen is None and self._line.text.strip():
            found = find_people(self._line.text, self._people)
            if len(found) == 1:
                self.pick(found[0])

    def look_up(self, typed: str) -> None:
        """Find whom the line can mean now; called at once, since Enter may follow in the same breath."""
        if self.chosen is not None and typed == safe(self.chosen.name):
            return
        self.chosen = None
        found = self._find(typed)
        self._list.pointed = None
        self._list.candidates = found
        self._list.pointed = 0 if found and typed.strip() else None
        self._list.refresh()

    def on_candidates_picked(self, event: Candidates.Picked) -> None:
        """Choose who was clicked."""
        event.stop()
        self.pick(event.person)
        self.screen.set_focus(self._line)

    def _find(self, typed: str) -> tuple[Colleague, ...]:
        if typed.strip():
            return tuple(find_people(typed, self._people)[: self.MOST_CANDIDATES])
        free_first = sorted(
            self._people,
            key=lambda each: (each.id == self._actor_id, self._leads.get(each.id, 0), search_key(each.name)),
        )
        return tuple(free_first[: self.MOST_CANDIDATES])

    def _with_email(self, text: str) -> Colleague | None:
        address = text.strip().casefold()
        return next((each for each in self._people if address and each.email.casefold() == address), None)
