"""A settings pane as it is seen: a list of definitions, the form of one of them, and what is typed and not saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, cast

from textual import getters
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from leadtui.language.translate import N_, _, ngettext, show_number
from leadtui.services.session import Session
from leadtui.tui.screens.settings.draft import Counts, Draft, Item
from leadtui.tui.screens.settings.form import DefinitionForm
from leadtui.tui.screens.settings.listing import DefinitionList, Listed
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone

NEW = 0
"""The id of what is not saved yet."""


class ShownDefinitions(Horizontal, Generic[Item]):
    """A subclass says what the definitions are and how one reads in the form.

    What is typed stays when the cursor goes to another line: the list marks what is not saved.
    """

    SORT: ClassVar[str] = ""
    """The sort of definitions, by the name that the use cases know."""
    TITLE: ClassVar[str] = ""
    RETIRED: ClassVar[str] = N_("retired")
    EMPTY: ClassVar[str] = N_("Nothing is defined yet.")
    NEW_TITLE: ClassVar[str] = ""
    MOVABLE: ClassVar[bool] = True

    class Touched(Message):
        """What is not saved may be another by now."""

    app = getters.app(cast("type[App[Any]]", App))
    list = getters.query_one(DefinitionList)
    form = getters.query_one(".settings-form", DefinitionForm)

    def __init__(self, session: Session) -> None:
        """`session` is what every use case is given."""
        super().__init__(id=f"settings-{self.SORT}", classes="settings-pane")
        self.session = session
        self.counts = Counts()
        self.drafts: dict[int, Draft[Item]] = {}
        self.at = NEW
        """The id of what stands in the form."""
        self.items_shown: tuple[Item, ...] = ()
        self.clean: Item | None = None
        """What the form reads as while nothing is changed in it."""
        self.clean_at = NEW
        self._saving = False
        self.moving = 0
        """How many changes of the order are still being written."""

    def compose(self) -> ComposeResult:
        """The list and the form, with a rule between; a subclass may add to the right."""
        yield DefinitionList(_(self.RETIRED), _(self.EMPTY), self.begin_new, self.enter_form)
        yield Static(classes="rule")
        with Vertical(classes="settings-middle"):
            yield DefinitionForm(f"form-{self.SORT}", self.save_now, self.back_to_list)
            yield Static(classes="settings-affects")
        yield from self.compose_right()

    def compose_right(self) -> Sequence[Widget]:
        """What stands at the right of the form."""
        return ()

    async def on_mount(self) -> None:
        """Build the form once; it is filled in again for each definition."""
        await self.form.show(self.form_fields())
        self.renew()

    # What a subclass says

    def items(self) -> Sequence[Item]:
        """All definitions, retired ones included, in their order."""
        raise NotImplementedError

    def blank(self) -> Item:
        """What a new one begins as."""
        raise NotImplementedError

    def listed(self, item: Item) -> Listed:
        """The line of the list."""
        raise NotImplementedError

    def form_fields(self) -> list[FormField]:
        """The form, empty."""
        raise NotImplementedError

    def fill(self, item: Item) -> None:
        """Put a definition into the form."""
        raise NotImplementedError

    def gather(self, before: Item) -> Item:
        """`before` with what stands in the form."""
        raise NotImplementedError

    def merge(self, before: Item, mine: Item, newest: Item) -> Item:
        """`newest` with what `mine` changed of `before`."""
        del before, newest
        return mine

    def affects(self, item: Item) -> str:
        """What saving a change means for customers; empty where it means nothing."""
        del item
        return ""

    def shown(self, item: Item) -> None:
        """Something else stands in the form, or it was changed."""

    def tell_problems(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong beside the fields."""
        for each in self.form.fields:
            sentence = problems.get(each.key)
            each.show_message(FieldMessage(Tone.WRONG, sentence) if sentence else self.hint(each))

    def hint(self, form_field: FormField) -> FieldMessage | None:
        """What stands beneath a field with which nothing is wrong."""
        del form_field

    def forget_problem(self, key: str, problems: dict[str, str]) -> None:
        """The field of that key was changed."""
        problems.pop(key, None)

    def begin_new(self) -> None:
        """The person wants to define another one."""
        raise NotImplementedError

    def enter_form(self) -> None:
        """The person wants to go into the form."""
        raise NotImplementedError

    def save_now(self) -> None:
        """The person went beyond the last field."""
        raise NotImplementedError

    # What is shown

    @property
    def unsaved(self) -> Mapping[int, Draft[Item]]:
        """What has changes that are not saved, by id."""
        return {row_id: each for row_id, each in self.drafts.items() if each.item != self.blank()}

    @property
    def unsaved_titles(self) -> Sequence[str]:
        """What that is called."""
        return [self.listed(each.item).title or _(self.NEW_TITLE) for each in self.unsaved.values()]

    def renew(self) -> None:
        """Show what is defined now. What is typed and the place in the list are kept."""
        if self.moving:
            return
        self.items_shown = tuple(self.items())
        for row_id, draft in list(self.drafts.items()):
            newest = self.item_of(row_id)
            if row_id != NEW and newest is None:
                del self.drafts[row_id]
            elif newest is not None and self.same_but_place(draft.before, newest):
                draft.item = self.merge(draft.before, draft.item, newest)
                draft.before = newest
            if draft.item == newest:
                self.drafts.pop(row_id, None)  # as of what was saved just before the program ended
        if self.item_of(self.at) is None and self.at not in self.drafts:
            in_use = [each for each in map(self.listed, self.items_shown) if not each.retired]
            self.open(in_use[0].id if in_use else NEW)
        elif self._form_shows(self.in_hand()):
            self.show_state()
        else:
            self.open(self.at)

    def same_but_place(self, before: Item, newest: Item) -> bool:
        """Whether the two differ at most in their place in the order, and in whether they are in use."""
        return before == newest

    def open(self, row_id: int) -> None:
        """Put that definition into the form, with what was typed into it and not saved."""
        self.at = row_id
        item = self.item_of(row_id) or self.blank()
        draft = self.drafts.get(row_id)
        self.fill(item)
        self.clean, self.clean_at = self.gather(item), row_id
        if draft is not None:
            self.fill(draft.item)
        self.show_state()

    def take_counts(self, counts: Counts) -> None:
        """Show how many customers there are."""
        self.counts = counts
        self.show_state()

    def count_words(self, count: int) -> str:
        """A count in the digits of the language."""
        return show_number(count, self.session.language)

    def affects_words(self, count: int) -> str:
        """That saving a change affects so many customers."""
        return ngettext(
            "Saving affects {count} customer; what was answered stays as it was.",
            "Saving affects {count} customers; what was answered stays as it was.",
            count,
        ).format(count=self.count_words(count))

    def show_state(self) -> None:
        draft, item = self.drafts.get(self.at), self.in_hand()
        self.draw_list()
        self.tell_problems(draft.problems if draft is not None else {})
        words = self.affects(item) if draft is not None and self.at != NEW else ""
        affects = self.query_one(".settings-affects", Static)
        affects.update(words)
        affects.set_class(bool(words), "-told")
        self.form.disabled = self.at == NEW and draft is None
        self.shown(item)
        self.post_message(self.Touched())

    def in_hand(self) -> Item:
        """What the form is about, with what is typed."""
        draft = self.drafts.get(self.at)
        return draft.item if draft is not None else self.item_of(self.at) or self.blank()

    def _form_shows(self, item: Item) -> bool:
        """Whether the form says the same already: what somebody types in is not written anew under their hands."""
        return self.clean is not None and self.clean_at == self.at and self.gather(item) == item

    def draw_list(self) -> None:
        lines = [self._line(each) for each in self.items_shown]
        if NEW in self.drafts:
            lines.append(self._line(self.drafts[NEW].item))
        self.list.show(lines, self.at)

    def _line(self, item: Item) -> Listed:
        own = self.listed(item)
        draft = self.drafts.get(own.id)
        if draft is None:
            return own
        typed = self.listed(draft.item)
        return Listed(
            own.id,
            typed.title or _(self.NEW_TITLE),
            typed.glyph,
            typed.style,
            own.aside,
            own.retired,
            unsaved=own.id != NEW or draft.item != self.blank(),
        )

    def item_of(self, row_id: int) -> Item | None:
        return next((each for each in self.items_shown if self.listed(each).id == row_id), None)

    def back_to_list(self) -> None:
        self.screen.set_focus(self.list)
