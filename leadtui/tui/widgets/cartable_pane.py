"""My cartable: the leads I own, in the order in which they are to be worked, each with the reason."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual import getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive, var

from leadtui.domain.cartable import CartablePart, Urgency
from leadtui.errors import LeadtuiError
from leadtui.language.translate import _, pgettext, show_number
from leadtui.presentation.cartable_reason import part_titles
from leadtui.presentation.formatter import Formatter
from leadtui.services.cartable import Cartable, CartableReason, open_cartable
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.tui.program import program_of
from leadtui.tui.widgets.key_bar import CommandLine, command_words
from leadtui.tui.widgets.lead_cells import cartable_columns
from leadtui.tui.widgets.record_table import Cell, RecordTable
from leadtui.tui.widgets.table_pane import PaneTitle, TablePane

RENEWED_EVERY = 20.0
"""Seconds after which the reasons are worked out again: time alone makes a reminder late."""


class CartableParts(CommandLine):
    """The parts with their keys and counts, in as many lines as they need; the chosen one is marked."""

    DEFAULT_CSS = "CartableParts { height: auto; padding: 0 1; background: $pane; }"

    counts: reactive[Mapping[CartablePart, int]] = reactive(dict[CartablePart, int], layout=True)
    chosen: reactive[CartablePart | None] = reactive(None, layout=True)

    def __init__(self, session: Session) -> None:
        """Counts are written in the session's language."""
        super().__init__()
        self._session = session

    def render(self) -> Content:
        """All parts, which add up to the cartable, and the way back to all where one is chosen."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The lines that the parts take."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        words = [self._part(part, title) for part, title in part_titles().items()]
        if self.chosen is not None:
            words.append(command_words("0", pgettext("part", "all"), "part-all"))
        lines = [words[0]]
        for each in words[1:]:
            if lines[-1].cell_length + 2 + each.cell_length <= width:
                lines[-1] = Content.assemble(lines[-1], "  ", each)
            else:
                lines.append(each)
        return lines

    def _part(self, part: CartablePart, title: str) -> Content:
        count = self.counts.get(part, 0)
        style = "$faint" if not count else "$late" if part is CartablePart.OVERDUE else "$foreground"
        shown = Content.styled(
            f"{title} {show_number(count, self._session.language)}",
            f"{style} reverse" if part is self.chosen else style,
        )
        command = f"part-{part.value}"
        return command_words(program_of(self).key_of(command), shown, command)


class CartablePane(TablePane):
    """The head counts each part, and narrows the table to it."""

    parts = getters.query_one(CartableParts)

    part: var[CartablePart | None] = var(None)
    """What the table is narrowed to; None shows all."""

    @dataclass
    class Loaded(Message):
        """From the thread: the cartable as it stands."""

        generation: int
        cartable: Cartable

    def __init__(
        self,
        session: Session,
        formatter: Formatter,
        customers: LeadList,
        part: CartablePart | None = None,
    ) -> None:
        """`session` says whose cartable it is, `customers` gives the rows; it begins with `part`."""
        super().__init__(session, formatter, customers, "my-cartable")
        self._cartable: Cartable | None = None
        self.set_reactive(CartablePane.part, part)
        self._arriving: Collection[int] = ()
        self._given: frozenset[int] = frozenset()

    def compose(self) -> ComposeResult:
        """Title, the parts, the table."""
        yield PaneTitle(_title())
        yield CartableParts(self._session)
        yield RecordTable(cartable_columns(self._formatter), self._fetch, id="cartable")

    def on_mount(self) -> None:
        """Begin to read, and follow the clock."""
        self.load()
        self.set_interval(RENEWED_EVERY, self._renew)

    @property
    def order(self) -> Sequence[int]:
        """The ids that the table shows, in order."""
        return self._cartable.part(self.part) if self._cartable else array("q")

    @property
    def is_empty(self) -> bool:
        """Whether the cartable has been read and nobody is in it."""
        return self._cartable is not None and not self._cartable.order

    def __contains__(self, lead_id: int) -> bool:
        """Whether the lead is in the cartable."""
        return self._cartable is not None and lead_id in self._cartable.reasons

    def is_late_promise(self, lead_id: int) -> bool:
        """Whether a call to the lead was promised for a time that has come."""
        reason = self._cartable.reasons.get(lead_id) if self._cartable else None
        return reason is not None and reason.entry.promised and reason.urgency is Urgency.OVERDUE

    def load(self) -> None:
        """Read the cartable; the table keeps its place."""
        self._generation += 1
        self._read(self._generation)

    def _renew(self) -> None:
        """Follow the clock: read the cartable where time alone moves somebody, else say anew how long those in view wait."""
        now, cartable = self._session.now(), self._cartable
        if cartable is not None and cartable.at <= now < cartable.moves_at:
            self.table.refresh_rows(self.table.visible_ids(), flash=False)
        else:
            self.load()

    def say_anew(self) -> None:
        """Say everything in the language in use, which has changed; what is shown and where stays."""
        self.title.words = _title()
        self.count_chosen()
        self.parts.refresh()
        self.table.columns = cartable_columns(self._formatter)
        self.load()

    def take_changes(self, lead_ids: Iterable[int] | None, by_others: Collection[int]) -> None:
        """Leads changed, here or in another terminal: what somebody else changed flashes, and who arrives too."""
        self.show_changed(lead_ids, by_others)
        self._arriving = by_others
        self.load()

    def mark_given(self, lead_ids: frozenset[int]) -> None:
        """Mark those that others gave to the person and that the person has not looked at."""
        moved = self._given ^ lead_ids
        self._given = lead_ids
        if moved:
            self.table.refresh_rows(moved, flash=False)

    def watch_part(self) -> None:
        """Another part: show it from its top."""
        if self._cartable is not None:
            self._show(keep_cursor=False)

    @work(thread=True, exclusive=True, group="cartable", description="read my cartable")
    def _read(self, generation: int) -> None:
        try:
            cartable = open_cartable(self._session)
        except LeadtuiError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Loaded(generation, cartable))

    @on(Loaded)
    def _show_loaded(self, message: Loaded) -> None:
        if message.generation != self._generation:
            return
        before, self._cartable = self._cartable, message.cartable
        if before is not None:
            # Only the reasons that moved are drawn again.
            moved = [
                each
                for each, reason in message.cartable.reasons.items()
                if before.reasons.get(each) != reason or reason.entry.next_at is not None or reason.outside
            ]
            self.table.refresh_rows(moved, flash=False)
        self._show(keep_cursor=True)
        if before is not None:
            arrived = [each for each in self._arriving if each not in before.reasons]
            self.table.refresh_rows(arrived)
        self._arriving = ()
        self.post_message(self.Renewed(self))

    def _show(self, *, keep_cursor: bool) -> None:
        if self._cartable is None:
            return
        self.table.empty_message = self._nothing_words()
        self.table.set_order(self.order, self._generation, keep_cursor=keep_cursor)
        self.title.count = show_number(len(self._cartable.order), self._session.language)
        self.parts.counts = self._cartable.counts
        self.parts.chosen = self.part

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Sequence[Cell]]:
        cartable = self._cartable
        reasons: Mapping[int, CartableReason] = cartable.reasons if cartable else {}
        found = self._customers.rows(ids)
        return {
            each: self._cells.of_cartable(
                lead, reasons.get(each), given=each in self._given, leased=each in self._leased
            )
            for each, lead in found.items()
        }

    def _nothing_words(self) -> str:
        if self.part is not None:
            words = _("Nothing here. {key} shows the whole cartable.")
            return words.format(key=program_of(self).key_of("part-all"))
        return _("Your cartable is empty. A customer whose status you set comes here.")


def _title() -> str:
    return _("My cartable")
