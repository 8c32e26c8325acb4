"""The columns of all customers: which are shown, in which order, how wide. The table behind shows it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from leadtui.domain.view import ColumnChoice
from leadtui.language.text import brief, cell_width, fold_digits
from leadtui.language.translate import _, pgettext
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.lead_cells import LEAST_WIDTH, MOST_WIDTH, choices_for
from leadtui.tui.widgets.marked_lists import CHOSEN, OPEN
from leadtui.tui.widgets.options import Options
from leadtui.tui.widgets.record_table import Column

TITLE_WIDTH = 32


class ColumnList(Options, inherit_bindings=False):
    """The list; its keys are the dialog's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]
    DEFAULT_CSS = """
    ColumnList, ColumnList:focus {
        border: none; height: auto; max-height: 16; padding: 0; background: $pane;
        text-wrap: nowrap; scrollbar-size-vertical: 1;
    }
    ColumnList > .option-list--option { padding: 0 1; }
    ColumnList > .option-list--option-highlighted { color: $foreground; background: $cursor; text-style: bold; }
    ColumnList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    """


class ColumnsDialog(Dialog[tuple[ColumnChoice, ...]]):
    """Closes with the choices; Escape with nothing, after showing the columns as they were before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s,f12", "save", show=False, priority=True),
        Binding("space", "switch", show=False),
        Binding("shift+up", "shift(-1)", show=False),
        Binding("shift+down", "shift(1)", show=False),
        Binding("left", "size(-1)", show=False),
        Binding("right", "size(1)", show=False),
        Binding("backspace", "automatic", show=False),
        Binding("delete", "standard", show=False),
        *(Binding(f"{digit}", f"type({digit})", show=False) for digit in range(10)),
    ]
    DEFAULT_CSS = """
    ColumnsDialog {
        align: right middle;
        background: transparent;
        #dialog { width: 62; }
        .hint { margin: 1 0 0 0; }
    }
    """

    def __init__(
        self,
        columns: Sequence[Column],
        chosen: Sequence[ColumnChoice],
        apply: Callable[[tuple[ColumnChoice, ...]], None],
    ) -> None:
        """`columns` are all there are, `chosen` what holds now; `apply` shows choices in the table behind."""
        keys = [
            ("Space", pgettext("key", "show")),
            ("←→", pgettext("key", "width")),
            ("Enter", pgettext("key", "keep")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Columns"), keys)
        self._titles = {str(column.key): column.title for column in columns}
        self._columns = tuple(columns)
        self._before = tuple(chosen)
        self._apply = apply
        self._choices = list(choices_for(columns, chosen))
        self._typed = ""

    def compose_body(self) -> Iterable[Widget]:
        """One line for each column."""
        yield ColumnList(*(Option(self._words(each)) for each in self._choices))
        hint = _("Shift+↑↓ moves a column. A width can be typed; Backspace: automatic. Del: all as standard.")
        yield Static(Content(hint), classes="hint")

    def on_mount(self) -> None:
        """Begin with the first column."""
        super().on_mount()
        self._list.highlighted = 0

    @property
    def _list(self) -> ColumnList:
        return self.query_one(ColumnList)

    @property
    def _place(self) -> int:
        return self._list.highlighted or 0

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._typed = ""

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_switch()

    def action_switch(self) -> None:
        """Show the column, or hide it; one stays."""
        choice = self._choices[self._place]
        if choice.shown and sum(each.shown for each in self._choices) == 1:
            self.tell(_("One column has to stay."))
            return
        self._put(replace(choice, shown=not choice.shown))

    def action_shift(self, step: int) -> None:
        """Move the column among the others."""
        here, there = self._place, self._place + step
        if not 0 <= there < len(self._choices):
            return
        self._choices[here], self._choices[there] = self._choices[there], self._choices[here]
        for place in (here, there):
            self._list.replace_option_prompt_at_index(place, self._words(self._choices[place]))
        self._list.highlighted = there
        self._show(tuple(self._choices))

    def action_size(self, step: int) -> None:
        """Make the column wider or narrower, beginning with the width that it has."""
        choice = self._choices[self._place]
        usual = next(column.width for column in self._columns if column.key == choice.key)
        width = (choice.width or usual) + step
        self._put(replace(choice, width=min(max(width, LEAST_WIDTH), MOST_WIDTH)))

    def action_type(self, digit: int) -> None:
        """Type a width."""
        self._typed = fold_digits(f"{self._typed}{digit}")[-2:]
        width = int(self._typed)
        if width >= LEAST_WIDTH:
            self._put(replace(self._choices[self._place], width=min(width, MOST_WIDTH)))

    def action_automatic(self) -> None:
        """Let the width follow from the room again."""
        self._typed = ""
        self._put(replace(self._choices[self._place], width=None))

    def action_standard(self) -> None:
        """All columns as they are for everybody."""
        self._choices = list(choices_for(self._columns, ()))
        place = self._place
        self._list.clear_options()
        self._list.add_options(Option(self._words(each)) for each in self._choices)
        self._list.highlighted = place
        self._show(())

    def action_save(self) -> None:
        """Close with the choices."""
        usual = choices_for(self._columns, ())
        self.dismiss(() if tuple(self._choices) == usual else tuple(self._choices))

    def action_cancel(self) -> None:
        """Close, and show what was before."""
        self._apply(self._before)
        self.dismiss(None)

    def _put(self, choice: ColumnChoice) -> None:
        self._choices[self._place] = choice
        self._list.replace_option_prompt_at_index(self._place, self._words(choice))
        self._show(tuple(self._choices))

    def _show(self, choices: tuple[ColumnChoice, ...]) -> None:
        self.tell("")
        self._apply(choices)

    def _words(self, choice: ColumnChoice) -> Content:
        title = brief(self._titles[choice.key], TITLE_WIDTH)
        gap = " " * (TITLE_WIDTH + 2 - cell_width(title))
        width = pgettext("choice", "automatic") if choice.width is None else str(choice.width)
        ink = "$foreground" if choice.shown else "$faint"
        return Content.assemble(
            (f"{CHOSEN if choice.shown else OPEN} {title}{gap}", ink),
            (width, "$dim" if choice.shown else "$faint"),
        )
