"""What the panes of the settings share: a list of definitions, the form of one of them, saving, retiring, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Generic, cast

from textual import getters, on
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from leadtui.errors import Conflict, Invalid, InvalidAnswers, LeadtuiError
from leadtui.language.translate import N_, _, ngettext, show_number
from leadtui.services import defining
from leadtui.services.desk import Desk
from leadtui.tui.presenter import brief
from leadtui.tui.program import Program, program_of
from leadtui.tui.screens.settings.draft import Counts, Draft, Item
from leadtui.tui.screens.settings.form import DefinitionForm
from leadtui.tui.screens.settings.listing import DefinitionList, Listed
from leadtui.tui.widgets.form_field import FormField, Said, Tone

NEW = 0
"""The id of what is not saved yet."""


class DefinitionPane(Horizontal, Generic[Item]):
    """A subclass says what the definitions are, how one reads in the form, and which use cases change it.

    What is typed stays when the cursor goes to another line: the list marks what is not saved.
    """

    SORT: ClassVar[str] = ""
    """The sort of definitions, by the name that the use cases know."""
    TITLE: ClassVar[str] = ""
    RETIRED: ClassVar[str] = N_("retired")
    EMPTY: ClassVar[str] = N_("Nothing is defined yet.")
    NEW_TITLE: ClassVar[str] = ""
    MOVABLE: ClassVar[bool] = True

    app = getters.app(cast("type[App[Any]]", App))
    list = getters.query_one(DefinitionList)
    form = getters.query_one(".settings-form", DefinitionForm)

    @dataclass
    class Told(Message):
        """Something to say in the lower line; nothing where `words` is empty."""

        words: str
        tone: Tone = Tone.HINT

    def __init__(self, desk: Desk) -> None:
        """`desk` is what every use case is given."""
        super().__init__(id=f"settings-{self.SORT}", classes="settings-pane")
        self.desk = desk
        self.counts = Counts()
        self.drafts: dict[int, Draft[Item]] = {}
        self.at = NEW
        """The id of what stands in the form."""
        self._items: tuple[Item, ...] = ()
        self._clean: Item | None = None
        """What the form reads as while nothing is changed in it."""
        self._clean_at = NEW
        self._saving = False
        self._moving = 0
        """How many changes of the order are still being written."""

    def compose(self) -> ComposeResult:
        """The list and the form, with a rule between; a subclass may add to the right."""
        yield DefinitionList(_(self.RETIRED), _(self.EMPTY), self.begin_new, self.enter_form)
        yield Static(classes="rule")
        with Vertical(classes="settings-middle"):
            yield DefinitionForm(f"form-{self.SORT}", self.save_now, self._back_to_list)
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

    def save(self, item: Item, before: Item | None) -> int:
        """Keep a new definition (`before` is None) or a changed one; returns its id. Runs in the writing thread."""
        raise NotImplementedError

    def merge(self, before: Item, mine: Item, newest: Item) -> Item:
        """`newest` with what `mine` changed of `before`."""
        del before, newest
        return mine

    def set_retired(self, item: Item, *, retired: bool) -> None:
        """Take out of use or back into it. Runs in the writing thread."""
        change = defining.retire if retired else defining.bring_back
        change(self.desk, self.SORT, self.listed(item).id)

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
            each.say(Said(Tone.WRONG, sentence) if sentence else self.hint(each))

    def hint(self, form_field: FormField) -> Said | None:
        """What stands beneath a field with which nothing is wrong."""
        del form_field

    def forget_problem(self, key: str, problems: dict[str, str]) -> None:
        """The field of that key was changed."""
        problems.pop(key, None)

    # What is shown

    @property
    def unsaved(self) -> Sequence[str]:
        """The titles of what has changes that are not saved."""
        return [
            self.listed(each.item).title or _(self.NEW_TITLE)
            for each in self.drafts.values()
            if each.item != self.blank()
        ]

    def renew(self) -> None:
        """Show what is defined now. What is typed and the place in the list are kept."""
        if self._moving:
            return
        self._items = tuple(self.items())
        for row_id, draft in list(self.drafts.items()):
            newest = self._item(row_id)
            if row_id != NEW and newest is None:
                del self.drafts[row_id]
            elif newest is not None and self.same_but_place(draft.before, newest):
                draft.item = self.merge(draft.before, draft.item, newest)
                draft.before = newest
        if self._item(self.at) is None and self.at not in self.drafts:
            in_use = [each for each in map(self.listed, self._items) if not each.retired]
            self.open(in_use[0].id if in_use else NEW)
        elif self._form_shows(self._in_hand()):
            self._show_state()
        else:
            self.open(self.at)

    def same_but_place(self, before: Item, newest: Item) -> bool:
        """Whether the two differ at most in their place in the order, and in whether they are in use."""
        return before == newest

    def open(self, row_id: int) -> None:
        """Put that definition into the form, with what was typed into it and not saved."""
        self.at = row_id
        item = self._item(row_id) or self.blank()
        draft = self.drafts.get(row_id)
        self.fill(item)
        self._clean, self._clean_at = self.gather(item), row_id
        if draft is not None:
            self.fill(draft.item)
        self._show_state()

    def take_counts(self, counts: Counts) -> None:
        """Show how many customers there are."""
        self.counts = counts
        self._show_state()

    def count_words(self, count: int) -> str:
        """A count in the digits of the language."""
        return show_number(count, self.desk.language)

    def affects_words(self, count: int) -> str:
        """That saving a change affects so many customers."""
        return ngettext(
            "Saving affects {count} customer; what was answered stays as it was.",
            "Saving affects {count} customers; what was answered stays as it was.",
            count,
        ).format(count=self.count_words(count))

    def _show_state(self) -> None:
        draft, item = self.drafts.get(self.at), self._in_hand()
        self._draw_list()
        self.tell_problems(draft.problems if draft is not None else {})
        words = self.affects(item) if draft is not None and self.at != NEW else ""
        affects = self.query_one(".settings-affects", Static)
        affects.update(words)
        affects.set_class(bool(words), "-told")
        self.form.disabled = self.at == NEW and draft is None
        self.shown(item)

    def _in_hand(self) -> Item:
        """What the form is about, with what is typed."""
        draft = self.drafts.get(self.at)
        return draft.item if draft is not None else self._item(self.at) or self.blank()

    def _form_shows(self, item: Item) -> bool:
        """Whether the form says the same already: what somebody types in is not written anew under their hands."""
        return self._clean is not None and self._clean_at == self.at and self.gather(item) == item

    def _draw_list(self) -> None:
        lines = [self._line(each) for each in self._items]
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

    def _item(self, row_id: int) -> Item | None:
        return next((each for each in self._items if self.listed(each).id == row_id), None)

    # What the person does

    @on(OptionList.OptionHighlighted)
    def _follow_cursor(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        # It may be told late: what counts is where the cursor stands now.
        at = self.list.at_id
        if at is None or at == self.at:
            return
        self._drop_blank()
        self.open(at)
        self.post_message(self.Told(""))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()

    @on(FormField.Changed)
    def _change(self, event: FormField.Changed) -> None:
        event.stop()
        if event.field in self.form.fields:
            self.take_change(event.field.key)

    def take_change(self, key: str) -> None:
        """Keep what stands in the form as a draft; the field of that key was changed."""
        draft = self.drafts.get(self.at)
        before = draft.before if draft is not None else self._item(self.at)
        if before is None:
            return
        item = self.gather(before)
        if item == (draft.item if draft is not None else self._clean):
            return
        if draft is None:
            self.drafts[self.at] = Draft(item, before)
        elif item == self._clean and self.at != NEW:
            del self.drafts[self.at]
        else:
            draft.item = item
            self.forget_problem(key, draft.problems)
        self._show_state()
        self.post_message(self.Told(""))

    def _back_to_list(self) -> None:
        self.screen.set_focus(self.list)

    def begin_new(self) -> None:
        """Begin a new definition, or go on with the one that was begun."""
        if NEW not in self.drafts:
            self.drafts[NEW] = Draft(self.blank(), self.blank())
        self.open(NEW)
        self.post_message(self.Told(""))
        self.enter_form()

    def enter_form(self) -> None:
        """Put the cursor into the first field."""
        if self.form.fields and not self.form.disabled:
            self.form.fields[0].take_focus()

    def move(self, by: int) -> None:
        """Move the definition under the cursor up or down among those in use."""
        in_use = [each for each in self._items if not self.listed(each).retired]
        ids = [self.listed(each).id for each in in_use]
        if not self.MOVABLE or self.at not in ids:
            return
        place = ids.index(self.at)
        other = place + by
        if not 0 <= other < len(ids):
            return
        ids[place], ids[other] = ids[other], ids[place]
        in_use[place], in_use[other] = in_use[other], in_use[place]
        self._items = (*in_use, *(each for each in self._items if self.listed(each).retired))
        self._draw_list()
        self._moving += 1
        self.leadtui.writer.write(
            partial(defining.reorder, self.desk, self.SORT, ids), self._moved, self._not_moved
        )

    def toggle_retired(self) -> None:
        """Take the definition under the cursor out of use, or back into it; throw away one that is new."""
        if self.at == NEW:
            self.drafts.pop(NEW, None)
            self.renew()
            return
        item = self._item(self.at)
        if item is None:
            return
        own = self.listed(item)
        told = self.back_words(own.title) if own.retired else self.retired_words(own.title)
        self._write(partial(self.set_retired, item, retired=not own.retired), told)

    def retired_words(self, title: str) -> str:
        """That it was taken out of use."""
        return _("“{title}” is retired: it is offered no more. x brings it back.").format(title=brief(title))

    def back_words(self, title: str) -> str:
        """That it is in use again."""
        return _("“{title}” is in use again.").format(title=brief(title))

    def save_now(self) -> None:
        """Save what stands in the form, or say what is wrong beside the fields."""
        if self._saving:
            return
        # What was typed last may not have been told yet.
        self.take_change("")
        draft = self.drafts.get(self.at)
        if draft is None:
            self.post_message(self.Told(_("Nothing is changed.")))
            return
        # What is typed from here on is meant for what comes after.
        self._saving = True
        self.leadtui.hold_keys()
        left = self.screen.focused
        self.screen.set_focus(None)
        self.leadtui.writer.write(
            partial(self._save, draft.item, None if self.at == NEW else draft.before),
            partial(self._saved, self.at),
            partial(self._refused, self.at, left),
        )

    # Writing

    @property
    def leadtui(self) -> Program:
        """The program that this runs in."""
        return program_of(self)

    def _save(self, item: Item, before: Item | None) -> int:
        try:
            return self.save(item, before)
        except Conflict:
            self.desk.reload_definitions()
            raise

    def _saved(self, was: int, row_id: int) -> None:
        self._saving = False
        self.drafts.pop(was, None)
        if self.at == was:
            self.at = row_id
        self.renew()
        item = self._item(row_id)
        title = self.listed(item).title if item is not None else ""
        self.post_message(self.Told(_("“{title}” is saved.").format(title=brief(title)), Tone.UNDERSTOOD))
        self.screen.set_focus(self.list)
        self.leadtui.free_keys()
        self.leadtui.look_again()

    def _refused(self, was: int, left: Widget | None, error: LeadtuiError) -> None:
        self._saving = False
        draft = self.drafts[was]
        newest = self._item_of(self.items(), was)
        if isinstance(error, Conflict) and newest is not None:
            draft.item = self.merge(draft.before, draft.item, newest)
            draft.before = newest
        found = error.problems if isinstance(error, InvalidAnswers) else (error,)
        draft.problems = {each.field: str(each) for each in found if isinstance(each, Invalid) and each.field}
        beside = self.place_problems(draft.problems)
        bottom = " ".join(
            str(each) for each in found if not isinstance(each, Invalid) or each.field not in beside
        )
        self.renew()
        self.post_message(self.Told(bottom, Tone.WRONG))
        self.leadtui.drop_keys()
        self.screen.set_focus(left, scroll_visible=False)
        if self.at == was:
            self.focus_first_wrong(draft.problems)

    def place_problems(self, problems: Mapping[str, str]) -> frozenset[str]:
        """Those problems that have a field to stand beside."""
        return frozenset(problems) & {each.key for each in self.form.fields}

    def focus_first_wrong(self, problems: Mapping[str, str]) -> None:
        """Put the cursor into the first field that something is wrong with."""
        wrong = next((each for each in self.form.fields if each.key in problems), None)
        if wrong is not None:
            wrong.take_focus()

    def _write(self, change: Callable[[], object], told: str) -> None:
        def done(_result: object) -> None:
            self.renew()
            self.post_message(self.Told(told, Tone.UNDERSTOOD))
            self.leadtui.look_again()

        self.leadtui.writer.write(change, done, self._tell_refusal)

    def _tell_refusal(self, error: LeadtuiError) -> None:
        self.post_message(self.Told(str(error), Tone.WRONG))

    def _moved(self, _result: object) -> None:
        self._moving -= 1
        self.renew()
        self.leadtui.look_again()

    def _not_moved(self, error: LeadtuiError) -> None:
        self._moving -= 1
        self.renew()
        self._tell_refusal(error)

    def _drop_blank(self) -> None:
        """A new definition that was left without a word is none."""
        draft = self.drafts.get(NEW)
        if draft is not None and draft.item == self.blank():
            del self.drafts[NEW]

    def _item_of(self, items: Sequence[Item], row_id: int) -> Item | None:
        return next((each for each in items if self.listed(each).id == row_id), None)
