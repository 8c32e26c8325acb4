"""A settings pane as it is worked: typing, adding, order, saving and retiring, each refusal beside what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList

from leadtui.errors import Conflict, Invalid, InvalidAnswers, LeadtuiError
from leadtui.language.translate import _
from leadtui.services import defining, drafts
from leadtui.tui.presenter import brief
from leadtui.tui.program import Program, program_of
from leadtui.tui.screens.settings.draft import Draft, Item
from leadtui.tui.screens.settings.kept import draft_kind
from leadtui.tui.screens.settings.shown_definitions import NEW, ShownDefinitions
from leadtui.tui.widgets.form_field import FormField, Tone

__all__ = ["NEW", "DefinitionPane"]


class DefinitionPane(ShownDefinitions[Item]):
    """A subclass says besides which use cases keep a definition, and retire it."""

    @dataclass
    class Told(Message):
        """Something to say in the lower line; nothing where `words` is empty."""

        words: str
        tone: Tone = Tone.HINT

    # What a subclass says

    def save(self, item: Item, before: Item | None) -> int:
        """Keep a new definition (`before` is None) or a changed one; returns its id. Runs in the writing thread."""
        raise NotImplementedError

    def set_retired(self, item: Item, *, retired: bool) -> None:
        """Take out of use or back into it. Runs in the writing thread."""
        change = defining.retire if retired else defining.bring_back
        change(self.session, self.SORT, self.listed(item).id)

    def renew(self) -> None:
        """Show what is defined now; of what is typed nothing is lost, not even a letter that was not told yet."""
        if self.clean is not None and self.clean_at == self.at:
            self.take_change("")
        super().renew()

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
        before = draft.before if draft is not None else self.item_of(self.at)
        if before is None:
            return
        item = self.gather(before)
        if item == (draft.item if draft is not None else self.clean):
            return
        if draft is None:
            self.drafts[self.at] = Draft(item, before)
        elif item == self.clean and self.at != NEW:
            del self.drafts[self.at]
        else:
            draft.item = item
            self.forget_problem(key, draft.problems)
        self.show_state()
        self.post_message(self.Told(""))

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
        in_use = [each for each in self.items_shown if not self.listed(each).retired]
        ids = [self.listed(each).id for each in in_use]
        if not self.MOVABLE or self.at not in ids:
            return
        place = ids.index(self.at)
        other = place + by
        if not 0 <= other < len(ids):
            return
        ids[place], ids[other] = ids[other], ids[place]
        in_use[place], in_use[other] = in_use[other], in_use[place]
        self.items_shown = (*in_use, *(each for each in self.items_shown if self.listed(each).retired))
        self.draw_list()
        self.moving += 1
        self.leadtui.writer.write(
            partial(defining.reorder, self.session, self.SORT, ids), self._moved, self._not_moved
        )

    def toggle_retired(self) -> None:
        """Take the definition under the cursor out of use, or back into it; throw away one that is new."""
        if self.at == NEW:
            self.drafts.pop(NEW, None)
            self.clean = None
            self.renew()
            return
        item = self.item_of(self.at)
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
            partial(self._save, self.at, draft.item, None if self.at == NEW else draft.before),
            partial(self._saved, self.at),
            partial(self._refused, self.at, left),
        )

    # Writing

    @property
    def leadtui(self) -> Program:
        """The program that this runs in."""
        return program_of(self)

    def _save(self, was: int, item: Item, before: Item | None) -> int:
        try:
            row_id = self.save(item, before)
        except Conflict:
            self.session.reload_definitions()
            raise
        with suppress(LeadtuiError):  # it is saved: what is left of the draft goes when the settings are left
            drafts.discard_draft(self.session, draft_kind(self.SORT, was), None)
        return row_id

    def _saved(self, was: int, row_id: int) -> None:
        self._saving = False
        self.drafts.pop(was, None)
        self.clean = None
        if self.at == was:
            self.at = row_id
        self.renew()
        item = self.item_of(row_id)
        title = self.listed(item).title if item is not None else ""
        self.post_message(self.Told(_("“{title}” is saved.").format(title=brief(title)), Tone.UNDERSTOOD))
        self.screen.set_focus(self.list)
        self.leadtui.free_keys()
        self.leadtui.look_again()

    def _refused(self, was: int, left: Widget | None, error: LeadtuiError) -> None:
        self._saving = False
        draft = self.drafts[was]
        newest = next((each for each in self.items() if self.listed(each).id == was), None)
        if isinstance(error, Conflict) and newest is not None:
            draft.item = self.merge(draft.before, draft.item, newest)
            draft.before = newest
            self.clean = None
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
        self.moving -= 1
        self.renew()
        self.leadtui.look_again()

    def _not_moved(self, error: LeadtuiError) -> None:
        self.moving -= 1
        self.renew()
        self._tell_refusal(error)

    def _drop_blank(self) -> None:
        """A new definition that was left without a word is none."""
        draft = self.drafts.get(NEW)
        if draft is not None and draft.item == self.blank():
            del self.drafts[NEW]
