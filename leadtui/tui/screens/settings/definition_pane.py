"""A settings pane: a list of definitions, the form of one of them, what is typed and not saved, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, cast

from textual import getters, on
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from leadtui.errors import Conflict, Invalid, InvalidAnswers, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _, pgettext
from leadtui.services import defining, drafts
from leadtui.services.proposals import AlreadyDecided
from leadtui.tui.program import Program, program_of
from leadtui.tui.screens.settings.definition_list import DefinitionList, ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort, Item, LeadsByDefinition
from leadtui.tui.screens.settings.drafts import DefinitionDraft, draft_kind
from leadtui.tui.widgets.form import Form
from leadtui.tui.widgets.form_field import FormField, Tone, Way


class DefinitionForm(Form):
    """Tells at once that the person went beyond its ends: keys that came in the same breath are not meant for it."""

    def __init__(self, name: str, on_finished: Callable[[], None], on_left: Callable[[], None]) -> None:
        """`on_finished` follows Enter in the last field, `on_left` the way up from the first."""
        super().__init__(name=name)
        self.add_class("settings-form")
        self._on_finished = on_finished
        self._on_left = on_left

    def go(self, field: FormField, way: Way) -> None:
        """From one field to another, or beyond."""
        in_use = [each for each in self.fields if not each.disabled]
        if way is Way.ON and field is in_use[-1]:
            self._on_finished()
        elif way is Way.UP and field is in_use[0]:
            self._on_left()
        else:
            super().go(field, way)


class DefinitionPane(Horizontal, Generic[Item]):
    """What is typed stays when the cursor goes to another line: the list marks what is not saved."""

    @dataclass
    class Notice(Message):
        """Something to say in the lower line; nothing where `words` is empty."""

        words: str
        tone: Tone = Tone.HINT

    @dataclass
    class SaidOtherwise(Message):
        """Everything reads otherwise from now on; `notice` is to be said then."""

        notice: str

    class Touched(Message):
        """What is not saved may be another by now."""

    app = getters.app(cast("type[App[Any]]", App))
    list = getters.query_one(DefinitionList)
    form = getters.query_one(".settings-form", DefinitionForm)

    def __init__(self, sort: DefinitionSort[Item]) -> None:
        """`sort` says what the definitions are, how one reads in the form, and what keeps it."""
        super().__init__(id=f"settings-{sort.name}", classes="settings-pane")
        self.sort = sort
        self.drafts: dict[int, DefinitionDraft[Item]] = {}
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
        """The list and the form, with a rule between, and what the sort has beside them."""
        yield DefinitionList(
            pgettext("heading", self.sort.retired_title),
            _(self.sort.empty_words).format(key=self.leadtui.key_of("add-definition")),
            self.begin_new,
            self.enter_form,
        )
        yield Static(classes="rule")
        with Vertical(classes="settings-middle"):
            yield DefinitionForm(f"form-{self.sort.name}", self.save_now, self._back_to_list)
            yield Static(classes="settings-affects")
        yield from self.sort.beside

    async def on_mount(self) -> None:
        """Build the form once; it is filled in again for each definition."""
        await self.form.show(self.sort.fields)
        self.renew()

    # What is shown

    @property
    def unsaved(self) -> Mapping[int, DefinitionDraft[Item]]:
        """What has changes that are not saved, by id."""
        return {row_id: each for row_id, each in self.drafts.items() if each.item != self.sort.blank()}

    @property
    def unsaved_titles(self) -> Sequence[str]:
        """What that is called."""
        return [
            self.sort.listed(each.item).title or pgettext("title", self.sort.new_title)
            for each in self.unsaved.values()
        ]

    @property
    def current_item(self) -> Item:
        """What the form is about, with what is typed."""
        draft = self.drafts.get(self.at)
        return draft.item if draft is not None else self._item(self.at) or self.sort.blank()

    def renew(self) -> None:
        """Show what is defined now. The place in the list is kept, and what is typed, to the last letter."""
        if self._clean is not None and self._clean_at == self.at:
            self._take_change("")
        if self._moving:
            return
        self._items = tuple(self.sort.items())
        for row_id, draft in list(self.drafts.items()):
            newest = self._item(row_id)
            if row_id != NEW and newest is None:
                del self.drafts[row_id]
            elif newest is not None and self.sort.same_but_place(draft.before, newest):
                draft.item = self.sort.merge(draft.before, draft.item, newest)
                draft.before = newest
            if draft.item == newest:
                self.drafts.pop(row_id, None)  # as of what was saved just before the program ended
        if self._item(self.at) is None and self.at not in self.drafts:
            in_use = [each for each in map(self.sort.listed, self._items) if not each.retired]
            self.open(in_use[0].id if in_use else NEW)
        elif self._form_shows(self.current_item):
            if self.at not in self.drafts:
                # What no field shows may have changed, such as that it is retired.
                self._clean = self.current_item
            self._show_state()
        else:
            self.open(self.at)

    def open(self, row_id: int) -> None:
        """Put that definition into the form, with what was typed into it and not saved."""
        self.at = row_id
        item = self._item(row_id) or self.sort.blank()
        draft = self.drafts.get(row_id)
        self.sort.fill(item)
        self._clean, self._clean_at = self.sort.gather(item), row_id
        if draft is not None:
            self.sort.fill(draft.item)
        self._show_state()

    def take_counts(self, counts: LeadsByDefinition) -> None:
        """Show how many customers there are."""
        self.sort.counts = counts
        self._show_state()

    def _show_state(self) -> None:
        draft, item = self.drafts.get(self.at), self.current_item
        self._draw_list()
        problems = draft.problems if draft is not None else {}
        self.sort.show_problems(problems, item, changed=draft is not None)
        count = self.sort.affected(item) if draft is not None and self.at != NEW else 0
        affects = self.query_one(".settings-affects", Static)
        affects.update(self.sort.affects(count) if count else "")
        affects.set_class(bool(count), "-shown")
        self.form.disabled = self.at == NEW and draft is None
        self.sort.follow(item)
        self.post_message(self.Touched())

    def _form_shows(self, item: Item) -> bool:
        """Whether the form says the same already: what somebody types in is not written anew under their hands."""
        return self._clean is not None and self._clean_at == self.at and self.sort.gather(item) == item

    def _draw_list(self) -> None:
        lines = [self._line(each) for each in self._items]
        if NEW in self.drafts:
            lines.append(self._line(self.drafts[NEW].item))
        self.list.show(lines, self.at, self.sort.note())

    def _line(self, item: Item) -> ListedDefinition:
        own = self.sort.listed(item)
        draft = self.drafts.get(own.id)
        if draft is None:
            return own
        typed = self.sort.listed(draft.item)
        return ListedDefinition(
            own.id,
            typed.title or pgettext("title", self.sort.new_title),
            typed.glyph,
            typed.style,
            own.aside,
            own.retired,
            unsaved=own.id != NEW or draft.item != self.sort.blank(),
        )

    def _item(self, row_id: int) -> Item | None:
        return next((each for each in self._items if self.sort.listed(each).id == row_id), None)

    def _back_to_list(self) -> None:
        self.screen.set_focus(self.list)

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
        self.post_message(self.Notice(""))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()

    @on(FormField.Changed)
    def _change(self, event: FormField.Changed) -> None:
        event.stop()
        if event.field in self.form.fields:
            self._take_change(event.field.key)

    def _take_change(self, key: str) -> None:
        """Keep what stands in the form as a draft; the field of that key was changed."""
        draft = self.drafts.get(self.at)
        before = draft.before if draft is not None else self._item(self.at)
        if before is None:
            return
        item = self.sort.gather(before)
        if item == (draft.item if draft is not None else self._clean):
            return
        if draft is None:
            self.drafts[self.at] = DefinitionDraft(item, before)
        elif item == self._clean and self.at != NEW:
            del self.drafts[self.at]
        else:
            draft.item = item
            self.sort.forget_problem(key, draft.problems)
        self._show_state()
        self.post_message(self.Notice(""))

    def take_filled_in(self, words: str) -> None:
        """Something was put into the form otherwise than by typing: keep it as a draft, and say the words of it."""
        self._take_change("")
        self.post_message(self.Notice(words, Tone.UNDERSTOOD))

    def begin_new(self) -> None:
        """Begin a new definition, or go on with the one that was begun."""
        if self.sort.alone:
            return
        if NEW not in self.drafts:
            self.drafts[NEW] = DefinitionDraft(self.sort.blank(), self.sort.blank())
        self.open(NEW)
        self.post_message(self.Notice(""))
        self.enter_form()

    def begin_copy(self) -> None:
        """Begin a new definition that is like the one under the cursor, or go on with the one that was begun."""
        copied = self.sort.copy_of(self.current_item)
        if copied is not None and NEW not in self.drafts:
            self.drafts[NEW] = DefinitionDraft(copied, self.sort.blank())
        if copied is not None:
            self.begin_new()

    def enter_form(self) -> None:
        """Put the cursor into the first field."""
        first = next((each for each in self.form.fields if not each.disabled), None)
        if first is not None and not self.form.disabled:
            first.take_focus()

    def move(self, by: int) -> None:
        """Move the definition under the cursor up or down among those in use."""
        fixed = [each for each in self._items if self.sort.stays_in_place(each)]
        in_use = [each for each in self._items if not self.sort.listed(each).retired and each not in fixed]
        ids = [self.sort.listed(each).id for each in in_use]
        if not self.sort.movable or self.at not in ids:
            return
        place = ids.index(self.at)
        other = place + by
        if not 0 <= other < len(ids):
            return
        ids[place], ids[other] = ids[other], ids[place]
        in_use[place], in_use[other] = in_use[other], in_use[place]
        self._items = (*fixed, *in_use, *(each for each in self._items if self.sort.listed(each).retired))
        self._draw_list()
        self._moving += 1
        self.leadtui.actions.run(self._reorder, ids)

    def toggle_retired(self) -> None:
        """Take the definition under the cursor out of use, or back into it; throw away one that is new."""
        if self.sort.alone:
            return
        if self.at == NEW:
            self.drafts.pop(NEW, None)
            self._clean = None
            self.renew()
            return
        item = self._item(self.at)
        if item is None or self.sort.stays_in_place(item):
            return
        own = self.sort.listed(item)
        key = self.leadtui.key_of("retire-definition")
        notice = self.sort.back_words(own.title) if own.retired else self.sort.retired_words(own.title, key)
        self.leadtui.actions.run(self._set_retired, item, not own.retired, notice)

    def save_now(self) -> None:
        """Save what stands in the form, or say what is wrong beside the fields."""
        if self._saving:
            return
        # What was typed last may not have been told yet.
        self._take_change("")
        draft = self.drafts.get(self.at)
        if draft is None:
            self.post_message(self.Notice(_("Nothing is changed.")))
            return
        self._saving = True
        self.leadtui.actions.run(self._save, self.at, draft)

    # Writing

    @property
    def leadtui(self) -> Program:
        """The program that this runs in."""
        return program_of(self)

    async def _save(self, was: int, draft: DefinitionDraft[Item]) -> None:
        """Save what is typed, which is meant for what comes after from here on; what is refused stays as it was."""
        left = self.screen.focused
        self.screen.set_focus(None)
        before = None if was == NEW else draft.before
        try:
            retired = self.sort.listed(draft.item).retired
            if not await self.sort.settle(self.leadtui, draft.item, retired=retired):
                self.screen.set_focus(left, scroll_visible=False)
                return
            self.sort.approves = draft.approves
            row_id = await self._write(was, draft, before)
        except LeadtuiError as error:
            self._refused(was, left, error)
        else:
            self._saved(was, row_id, draft.item)
        finally:
            self._saving = False

    async def _write(self, was: int, draft: DefinitionDraft[Item], before: Item | None) -> int:
        """Save it; what somebody else changed meanwhile is shown beside it first, where there is something to choose."""
        write = self.leadtui.actions.write
        try:
            return await write(partial(self._save_and_forget, was, draft.item, before))
        except Conflict:
            newest = next((each for each in self.sort.items() if self.sort.listed(each).id == was), None)
            if before is None or newest is None:
                raise
            settled = await self.sort.settle_clash(self.leadtui, before, draft.item, newest)
            if settled is None:
                raise
            draft.item, draft.before = settled, newest
            self._clean = None
            return await write(partial(self._save_and_forget, was, settled, newest))

    def _save_and_forget(self, was: int, item: Item, before: Item | None) -> int:
        try:
            row_id = self.sort.save(item, before)
        except Conflict:
            self.sort.session.reload_definitions()
            raise
        with suppress(LeadtuiError):  # it is saved: what is left of the draft goes when the settings are left
            drafts.discard_draft(self.sort.session, draft_kind(self.sort.name, was), None)
        return row_id

    def _saved(self, was: int, row_id: int, saved: Item) -> None:
        self.drafts.pop(was, None)
        self._clean = None
        if self.at == was:
            self.at = row_id
        otherwise = self.sort.take_effect(saved)
        self.renew()
        item = self._item(row_id)
        title = self.sort.listed(item).title if item is not None else ""
        words = _("“{title}” is saved.").format(title=brief(title))
        self.post_message(self.SaidOtherwise(words) if otherwise else self.Notice(words, Tone.UNDERSTOOD))
        self.screen.set_focus(self.list)
        self.leadtui.look_again()

    def _refused(self, was: int, left: Widget | None, error: LeadtuiError) -> None:
        draft = self.drafts[was]
        if isinstance(error, AlreadyDecided):
            draft.approves = 0  # saved again, it is a definition like any other
        newest = next((each for each in self.sort.items() if self.sort.listed(each).id == was), None)
        if isinstance(error, Conflict) and newest is not None:
            draft.item = self.sort.merge(draft.before, draft.item, newest)
            draft.before = newest
            self._clean = None
        found = error.problems if isinstance(error, InvalidAnswers) else (error,)
        draft.problems = {each.field: str(each) for each in found if isinstance(each, Invalid) and each.field}
        beside = self.sort.placed(draft.problems)
        bottom = " ".join(
            str(each) for each in found if not isinstance(each, Invalid) or each.field not in beside
        )
        self.renew()
        self.post_message(self.Notice(bottom, Tone.WRONG))
        self.screen.set_focus(left, scroll_visible=False)
        if self.at == was:
            self.sort.focus_first_wrong(draft.problems)

    async def _set_retired(self, item: Item, retired: bool, notice: str) -> None:
        try:
            if not await self.sort.settle(self.leadtui, item, retired=retired):
                return
            await self.leadtui.actions.write(partial(self.sort.set_retired, item, retired=retired))
        except LeadtuiError as error:
            self._tell_refusal(error)
            return
        self.renew()
        self.post_message(self.Notice(notice, Tone.UNDERSTOOD))
        self.leadtui.look_again()

    async def _reorder(self, ids: list[int]) -> None:
        try:
            reorder = partial(defining.reorder, self.sort.session, self.sort.name, ids)
            await self.leadtui.actions.write(reorder)
        except LeadtuiError as error:
            self._tell_refusal(error)
        finally:
            self._moving -= 1
            self.renew()
        self.leadtui.look_again()

    def _tell_refusal(self, error: LeadtuiError) -> None:
        self.post_message(self.Notice(str(error), Tone.WRONG))

    def _drop_blank(self) -> None:
        """A new definition that was left without a word is none."""
        draft = self.drafts.get(NEW)
        if draft is not None and draft.item == self.sort.blank():
            del self.drafts[NEW]
