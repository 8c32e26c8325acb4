"""All customers: the find line, the filter, and the table of every lead in the chosen order."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Input, Static

from leadtui.domain.board import Listing
from leadtui.domain.permission import Permission
from leadtui.domain.view import (
    Arrangement,
    ColumnChoice,
    LeadFilter,
    SavedView,
    View,
    answer_sort,
    custom_sort,
)
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief, cell_width, clean, safe
from leadtui.language.translate import ListStyle, _, format_list, pgettext, quoted, show_number
from leadtui.presentation.filters import filter_words
from leadtui.presentation.formatter import Formatter
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Interrupted, Interruption, Session
from leadtui.tui.program import program_of
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.key_bar import command_words, meaning, run_words
from leadtui.tui.widgets.lead_cells import arranged, lead_columns
from leadtui.tui.widgets.record_table import Cell, RecordTable
from leadtui.tui.widgets.table_pane import PaneTitle, TablePane

FIRST_WINDOW = 120
"""Rows that are read for the first paint, before the whole order is there."""

FILTER_WIDTH = 40
COLUMN_WIDTH = 24
VIEW_WIDTH = 24
LISTING_WIDTH = 44
"""Cells that the filter and the name of the column take at most beside the find line."""


RENEWED_AFTER = 0.5
"""Seconds after a change until the order is built again: many changes in a row cost one building."""

BULK_RENEWED_EVERY = 3.0
"""Seconds between two buildings of the order while many customers change at once, as while an import runs."""

BULK = 100
"""So many customers that changed between two looks are many at once."""

RENEWING_SHARE = 5
"""A building that takes long is not begun again before so many times as long have passed."""


class FindInput(LineInput):
    """The find line: Escape and the arrows lead out of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "leave(True)", show=False),
    ]

    @dataclass
    class Left(Message):
        """The person is done with typing; `keep` where what was found stays shown."""

        keep: bool

    def action_leave(self, keep: bool = False) -> None:
        """Go back to the table; Escape also clears what was typed."""
        self.post_message(self.Left(keep))


class LeadsPane(TablePane):
    """Shows a `View` of all customers. The list is read in threads; what is superseded is interrupted."""

    DEFAULT_CSS = """
    LeadsPane {
        #find-line { height: 1; padding: 0 1; }
        #find { width: 1fr; min-width: 20; }
        #order { width: auto; padding: 0 0 0 1; color: $faint; }
        Input, Input:focus { border: none; height: 1; padding: 0; background: $pane; }
        Input:focus { background: $field-focus; }
        Input .input--placeholder { color: $faint; }
        .key { width: 2; color: $key; text-style: bold; }
    }
    """

    find = getters.query_one(FindInput)

    view: var[View] = var(View())
    """What is shown; setting it reads the list anew."""

    @dataclass
    class Loaded(Message):
        """From the thread: the ids of a view, whole or only its first window."""

        generation: int
        ids: array[int]
        total: int
        whole: bool
        took: float = 0.0
        """Seconds that the reading took."""
        near: tuple[str, ...] = ()
        """Names near the find, where it finds nobody."""

    def __init__(
        self,
        session: Session,
        formatter: Formatter,
        customers: LeadList,
        arrangement: Arrangement | None = None,
        saved: SavedView | None = None,
    ) -> None:
        """`session` gives the definitions, `customers` the rows and their orders; it begins with `arrangement`."""
        super().__init__(session, formatter, customers, "all-customers")
        self._interruption = Interruption()
        begun = arrangement or Arrangement()
        self.set_reactive(LeadsPane.view, begun.view)
        self._columns = begun.columns
        self.saved = saved
        """The saved view that is shown, or that what is shown began as."""
        self._listing_title = ""
        self._before_listing: View | None = None
        """What was shown before the list of a number of the board."""
        self._shifted = 0
        self._renewal: Timer | None = None
        self._renewed_at = self._renewing_took = 0.0

    def compose(self) -> ComposeResult:
        """Title, find line, table."""
        yield PaneTitle(_title())
        with Horizontal(id="find-line"):
            yield Static("/", classes="key")
            yield FindInput(
                safe(self.view.find),
                placeholder=_find_hint(),
                id="find",
                select_on_focus=False,
            )
            yield Static(id="order")
        columns = arranged(lead_columns(self._formatter), self._columns)
        yield RecordTable(columns, self._fetch, id="customers")

    def on_mount(self) -> None:
        """Begin to read."""
        self.load()

    # What is shown

    def watch_view(self) -> None:
        """Another order, filter or search: read the list anew from its top."""
        if self.is_mounted:
            self.load()

    def load(self, *, keep_cursor: bool = False) -> None:
        """Read the list of the present view; an earlier reading that is still under way is stopped."""
        self._generation += 1
        self._interruption.stop()
        self._interruption = Interruption()
        self.table.sort = (self.view.sort, self.view.descending)
        self.query_one("#order", Static).update(self._order_words())
        self.title_view()
        self._read(self.view, self._generation, self._interruption, keep_cursor)

    def take_changes(self, lead_ids: Collection[int] | None, by_others: Collection[int]) -> None:
        """Leads changed, here or in another terminal: read those in view again and renew the order.

        Rows that somebody else changed flash.
        """
        self._customers.note_change()
        self.show_changed(lead_ids, by_others)
        if self._renewal is None:
            since_last = monotonic() - self._renewed_at
            many = lead_ids is None or len(lead_ids) >= BULK
            pause = max(BULK_RENEWED_EVERY if many else 0, RENEWING_SHARE * self._renewing_took)
            self._renewal = self.set_timer(max(RENEWED_AFTER, pause - since_last), self._renew)

    def _renew(self) -> None:
        self._renewal = None
        self._renewed_at = monotonic()
        self.load(keep_cursor=True)

    def read_ids(self, view: View) -> array[int]:
        """The ids of a view in order; for a thread. Raises what `LeadList.order` raises."""
        return self._customers.order(view)

    def filter_by(self, chosen: LeadFilter) -> None:
        """Show only some customers."""
        self.view = replace(self.view, filter=chosen)

    def show_listing(self, listing: Listing, title: str) -> None:
        """Show whom a number of the board counts, under its title, until `end_listing`."""
        if self._before_listing is None:
            self._before_listing = self.view
        self._listing_title = title
        with self.prevent(Input.Changed):
            self.find.value = ""
        self.view = View(listing=listing)

    def end_listing(self) -> bool:
        """Show what was shown before the list of a number; returns whether there was one. A find in it ends first."""
        if self._before_listing is None or self.view.find:
            return False
        before, self._before_listing = self._before_listing, None
        with self.prevent(Input.Changed):
            self.find.value = safe(before.find)
        self.view = before
        return True

    def clear_find(self) -> None:
        """Show everybody again; the cursor stays on the customer that was found."""
        self.find.value = ""
        if self.view.find:
            self.set_reactive(LeadsPane.view, replace(self.view, find=""))
            self.load(keep_cursor=True)

    def sort_by(self, column: str, *, descending: bool | None = None) -> None:
        """Sort by a column; the same column again turns the order round."""
        same = self.view.sort == column
        down = descending if descending is not None else (not self.view.descending if same else False)
        self.view = replace(self.view, sort=column, descending=down)

    def sort_beside(self, step: int) -> None:
        """Sort by the column `step` places away from the present one, among those on screen."""
        keys = [column.key for column in self.table.shown_columns if column.sortable]
        beyond = -1 if step > 0 else 0
        place = keys.index(self.view.sort) if self.view.sort in keys else beyond
        self.sort_by(keys[(place + step) % len(keys)], descending=False)

    def renew_columns(self) -> None:
        """The definitions changed: columns may have come, gone or another title, and with one an order or a filter."""
        self.shift_columns(0)
        keys = {column.key for column in lead_columns(self._formatter)}
        view, usual = self.view, View()
        if view.sort not in keys:
            view = replace(view, sort=usual.sort, descending=usual.descending)
        fields = tuple(each for each in view.filter.fields if custom_sort(each.key) in keys)
        answers = tuple(
            each for each in view.filter.answers if answer_sort(each.status_id, each.wanted.key) in keys
        )
        if (fields, answers) != (view.filter.fields, view.filter.answers):
            view = replace(view, filter=replace(view.filter, fields=fields, answers=answers))
        self.view = view

    def say_anew(self) -> None:
        """Say everything in the language in use, which has changed; what is shown and where stays."""
        self.find.placeholder = _find_hint()
        self.count_chosen()
        self.shift_columns(0)
        self.load(keep_cursor=True)

    def shift_columns(self, step: int) -> None:
        """Bring columns that had no room into view; the name stays where it is."""
        columns = arranged(lead_columns(self._formatter), self._columns)
        rest = columns[1:]
        self._shifted = (self._shifted + step) % max(1, len(rest))
        shifted = rest[self._shifted :] + rest[: self._shifted]
        first = columns[:1]
        if self._shifted:
            shifted = tuple(replace(column, priority=rank + 1) for rank, column in enumerate(shifted))
        self.table.columns = (*first, *shifted)

    @property
    def arrangement(self) -> Arrangement:
        """The view with its columns."""
        return Arrangement(self._before_listing or self.view, self._columns)

    def show_arrangement(self, arrangement: Arrangement, saved: SavedView | None = None) -> None:
        """Show a view by its columns; `saved` is the saved view that it is, or began as."""
        self.saved = saved
        self._before_listing = None
        if arrangement.columns != self._columns:
            self.show_columns(arrangement.columns)
        if self.find.value != arrangement.view.find:
            with self.prevent(Input.Changed):
                self.find.value = safe(arrangement.view.find)
        self.view = arrangement.view
        self.title_view()

    def show_columns(self, columns: tuple[ColumnChoice, ...]) -> None:
        """Show the customers by these columns."""
        self._columns, self._shifted = columns, 0
        self.shift_columns(0)
        self.title_view()

    def title_view(self) -> None:
        """Name the saved view in the title, and say where it is changed; or the list of a number, and what ends it."""
        listed = self._before_listing is not None
        self.title.words = brief(self._listing_title, LISTING_WIDTH) if listed else _title()
        if listed:
            self.title.view = pgettext("hint", "Esc: all customers")
            return
        if self.saved is None:
            self.title.view = ""
            return
        title = brief(self.saved.title, VIEW_WIDTH)
        changed = self.saved.arrangement != self.arrangement
        self.title.view = f"· {title} *" if changed else f"· {title}"

    @work(thread=True, exclusive=True, group="customers-list", description="read the order of all customers")
    def _read(self, view: View, generation: int, interruption: Interruption, keep_cursor: bool) -> None:
        began = monotonic()
        try:
            if not keep_cursor:
                first = self._customers.first_window(view, FIRST_WINDOW, interruption)
                total = len(first) if len(first) < FIRST_WINDOW else self._customers.count()
                self.post_message(self.Loaded(generation, first, total, whole=False))
            ids = self._customers.order(view, interruption)
            near = tuple(self._customers.nearest(view.find)) if view.find and not ids else ()
        except Interrupted:
            return
        except LeadtuiError as error:
            self.post_message(self.Failed(error))
            return
        took = monotonic() - began
        self.post_message(self.Loaded(generation, ids, len(ids), whole=True, took=took, near=near))

    @on(Loaded)
    def _take(self, message: Loaded) -> None:
        if message.generation != self._generation:
            return
        self.table.empty_message = self._nothing_words(message.near)
        if message.whole:
            self._renewing_took = message.took
            self.table.set_order(message.ids, message.generation)
            self.title.count = show_number(message.total, self._session.language)
            self.post_message(self.Renewed(self))
        else:
            self.table.set_first_window(message.ids, message.total, message.generation)

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Sequence[Cell]]:
        columns = self.table.columns
        found = self._customers.rows(ids, [str(each.key) for each in columns])
        return {
            each: self._cells.of_lead(lead, columns, leased=each in self._leased)
            for each, lead in found.items()
        }

    # The find line

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        wanted = clean(event.value)
        if wanted != self.view.find:
            self.view = replace(self.view, find=wanted)

    @on(Input.Submitted, "#find")
    @on(FindInput.Left)
    def _leave_find(self, event: Input.Submitted | FindInput.Left) -> None:
        event.stop()
        self.table.focus()
        if isinstance(event, FindInput.Left) and not event.keep:
            self.clear_find()

    @on(RecordTable.HeaderClicked)
    def _head_clicked(self, event: RecordTable.HeaderClicked) -> None:
        event.stop()
        self.sort_by(event.column)

    # Words

    def _order_words(self) -> Content:
        parts: list[Content | str | tuple[str, str]] = []
        if not self.view.filter.empty:
            words = brief(filter_words(self.view.filter, self._formatter), FILTER_WIDTH)
            parts += [meaning(Content.styled(words, "$soon"), "filter"), "  "]
        title = next(
            (each.title for each in lead_columns(self._formatter) if each.key == self.view.sort),
            self.view.sort,
        )
        if self.view.sort == "entered_at":
            words = (
                pgettext("sort", "newest first") if self.view.descending else pgettext("sort", "oldest first")
            )
        else:
            words = pgettext("sort", "by {column}").format(column=brief(title, COLUMN_WIDTH).casefold())
        order = Content(f"{safe(words)} {'▾' if self.view.descending else '▴'}")
        parts.append(meaning(order, "reverse"))
        return Content.assemble(*parts)

    def _nothing_words(self, near: Sequence[str]) -> Content | str:
        if self.view.listing is not None and not self.view.find and self.view.filter.empty:
            return _("Nobody is in this list any more. Esc shows all customers.")
        if self.view.find and near:
            words = _("Nobody is found by “{words}”. Near it: {names}. Escape clears it.")
            return words.format(words=self.view.find, names=format_list(map(quoted, near), ListStyle.OR))
        if self.view.find:
            return _("Nobody is found by “{words}”. Escape clears it.").format(words=self.view.find)
        if not self.view.filter.empty:
            words = _("The filter leaves nobody. {key} changes it.")
            return words.format(key=program_of(self).key_of("filter"))
        return self._first_steps()

    def _first_steps(self) -> Content:
        """What one does at a desk without customers, each with its key; a click on one does it."""
        program = program_of(self)
        may = program.session.actor.may
        steps = (
            (
                "add-customer",
                "add-customer",
                pgettext("step", "type in a customer"),
                Permission.ADD_CUSTOMERS,
            ),
            ("import-file", "import-file", pgettext("step", "import a file of them"), Permission.IMPORT),
            (
                "settings colleagues-tab",
                "settings",
                pgettext("step", "invite a colleague"),
                Permission.MANAGE_COLLEAGUES,
            ),
            (
                "command-palette",
                "demo",
                pgettext("step", "type “{title}”: look around on a made-up desk").format(
                    title=pgettext("key", "Demo")
                ),
                None,
            ),
        )
        offered = [
            (" ".join(map(program.key_of, keys.split())), command, words)
            for keys, command, words, need in steps
            if need is None or may(need)
        ]
        width = 1 + max(cell_width(key) for key, _command, _words in offered)
        longest = max(cell_width(words) for _key, _command, words in offered)
        lines = [
            command_words(
                key + " " * (width - cell_width(key)), words + " " * (longest - cell_width(words)), command
            )
            for key, command, words in offered
        ]
        return Content("\n").join([Content.styled(_("No customers yet."), "bold"), Content(""), *lines])

    async def on_click(self, event: events.Click) -> None:
        """Do what the words under the pointer say: turn the order round, change the filter, take a first step."""
        await run_words(self, event)


def _title() -> str:
    return _("All customers")


def _find_hint() -> str:
    return pgettext("hint", "find by name, phone, e-mail, city")
