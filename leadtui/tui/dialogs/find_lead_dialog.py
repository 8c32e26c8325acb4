"""Finding a customer as one types, by name, number, e-mail or city."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from leadtui.domain.lead import Lead
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import apart, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.services.session import Interrupted, Interruption
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.status_style import status_content
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList

NAME_WIDTH = 30
"""Cells of a name in a list."""


@dataclass(frozen=True, slots=True)
class FoundLead:
    """Somebody who is found, and `why`, in words, where that is more than what was typed."""

    lead: Lead
    why: str = ""


Search = Callable[[str, Interruption], Sequence[FoundLead]]


class FindLeadDialog(Dialog[int]):
    """Closes with the id of the customer who is chosen."""

    DEFAULT_CSS = "FindLeadDialog { #dialog { width: 92%; max-width: 100; } NarrowedList { height: 14; } }"

    @dataclass
    class Found(Message):
        """From the thread: whom the typed words find."""

        typed: str
        found: Sequence[FoundLead]

    def __init__(
        self,
        title: str,
        key_words: str,
        hint: str,
        nobody: str,
        proposed: Sequence[FoundLead],
        search: Search,
        formatter: Formatter,
        reason: str = "",
    ) -> None:
        """`key_words` say what Enter does, `hint` what is typed, `nobody` what stands there where nobody is `proposed`.

        `search` is called in a thread, `reason` is why whoever was chosen before was refused.
        """
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", key_words),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(title, keys, reason)
        self._hint = hint
        self._nobody = nobody
        self._proposed = proposed
        self._search = search
        self._formatter = formatter
        self._interruption = Interruption()

    def compose_body(self) -> Iterable[Widget]:
        """A line to find by, and who is found."""
        yield NarrowedList(self._entries(self._proposed, ""), self._hint, self._nobody)

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

    @work(thread=True, group="look up", description="find a customer")
    def _find(self, typed: str, interruption: Interruption) -> None:
        try:
            found = self._search(typed, interruption)
        except (Interrupted, LeadtuiError):
            return  # superseded; or the store cannot be read, which what follows will tell
        self.post_message(self.Found(typed, found))

    @on(Found)
    def _show(self, message: Found) -> None:
        shown = self.query_one(NarrowedList)
        if shown.line.value == message.typed:
            shown.show(self._entries(message.found, message.typed))

    def _entries(self, found: Sequence[FoundLead], typed: str) -> list[ListEntry]:
        return [self._entry(each, typed) for each in found]

    def _entry(self, each: FoundLead, typed: str) -> ListEntry:
        lead = each.lead
        details = [self._formatter.phone(lead.phone), lead.email, lead.city]
        shown = Content.assemble(
            (name_of(lead, self._formatter), "bold"),
            "  ",
            (f"{each.why}  " if each.why else "", "$soon"),
            (brief(" · ".join(apart(detail) for detail in details if detail)), "$dim"),
            "  ",
            status_content(self._formatter.definitions.status(lead.status_id)),
        )
        # It was found by what is typed, in whatever writing that is.
        return ListEntry(str(lead.id), shown, " ".join((lead.name, *details, typed)))


def name_of(lead: Lead, formatter: Formatter) -> str:
    """What a customer is called in a list."""
    return brief(lead.name or formatter.phone(lead.phone) or lead.email, NAME_WIDTH) or pgettext(
        "customer", "no name"
    )
