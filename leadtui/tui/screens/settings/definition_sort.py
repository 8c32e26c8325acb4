"""What a settings pane is told of the definitions that it shows: what they are, how one reads, which use cases keep it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Generic, TypeVar

from textual.widget import Widget

from leadtui.language.text import brief
from leadtui.language.translate import N_, P_, _, ngettext, show_number
from leadtui.services import defining
from leadtui.services.session import Session
from leadtui.tui.program import Program
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone

Item = TypeVar("Item")

NEW = 0
"""The id of what is not saved yet."""


@dataclass(frozen=True, slots=True)
class LeadsByDefinition:
    """How many customers stand in each status, each colleague has, came by each channel and have each need, by id.

    And how many have something in each of the workspace's fields, by its key.
    """

    by_status: Mapping[int | None, int] = field(default_factory=dict[int | None, int])
    by_colleague: Mapping[int, int] = field(default_factory=dict[int, int])
    by_channel: Mapping[int, int] = field(default_factory=dict[int, int])
    by_need: Mapping[int, int] = field(default_factory=dict[int, int])
    by_field: Mapping[str, int] = field(default_factory=dict[str, int])


class DefinitionSort(ABC, Generic[Item]):
    """One sort of definitions: statuses, fields, channels, needs, colleagues or profiles."""

    name: ClassVar[str]
    """As the use cases know it."""
    title: ClassVar[str]
    new_title: ClassVar[str]
    retired_title: ClassVar[str] = P_("heading", "retired")
    empty_words: ClassVar[str] = N_("Nothing is defined yet.")
    movable: ClassVar[bool] = True
    """Whether they have an order of their own."""
    alone: ClassVar[bool] = False
    """Whether there is one, to which none is added and which is not retired."""

    fields: tuple[FormField, ...]
    """The form, in which one definition is shown after the other."""
    beside: tuple[Widget, ...] = ()
    """What stands at the right of the form."""

    def __init__(self, session: Session) -> None:
        """`session` is what every use case is given."""
        self.session = session
        self.counts = LeadsByDefinition()

    approves: int = 0
    """The proposal that is approved by what is saved; 0 for none."""

    # What there is

    @abstractmethod
    def items(self) -> Sequence[Item]:
        """All definitions, retired ones included, in their order."""

    def note(self) -> str:
        """What is said beneath the list; nothing where that says all."""
        return ""

    @abstractmethod
    def blank(self) -> Item:
        """What a new one begins as."""

    def copy_of(self, item: Item) -> Item | None:
        """A new one that begins as that; None where none is copied."""
        del item
        return None

    @abstractmethod
    def listed(self, item: Item) -> ListedDefinition:
        """The line of the list."""

    @abstractmethod
    def affected(self, item: Item) -> int:
        """How many customers, or people, a change means something for."""

    def stays_in_place(self, item: Item) -> bool:
        """Whether it is always there, in its place."""
        del item
        return False

    def affects(self, count: int) -> str:
        """What saving a change means for so many."""
        return ngettext(
            "Saving affects {count} customer; what was answered stays as it was.",
            "Saving affects {count} customers; what was answered stays as it was.",
            count,
        ).format(count=self.count_words(count))

    # The form

    @abstractmethod
    def fill(self, item: Item) -> None:
        """Put a definition into the form."""

    @abstractmethod
    def gather(self, before: Item) -> Item:
        """`before` with what stands in the form."""

    def follow(self, item: Item) -> None:
        """Another definition stands in the form, or it was changed: show what belongs to it."""

    def hint(self, form_field: FormField, item: Item, *, changed: bool) -> FieldMessage | None:
        """What stands beneath a field with which nothing is wrong; `changed` where something is not saved."""
        del form_field, item, changed

    def show_problems(self, problems: Mapping[str, str], item: Item, *, changed: bool) -> None:
        """Show what is wrong beside the fields, and hints beside the others."""
        for each in self.fields:
            sentence = problems.get(each.key)
            hint = self.hint(each, item, changed=changed)
            each.show_message(FieldMessage(Tone.WRONG, sentence) if sentence else hint)

    def forget_problem(self, key: str, problems: dict[str, str]) -> None:
        """The field of that key was changed."""
        problems.pop(key, None)

    def placed(self, problems: Mapping[str, str]) -> frozenset[str]:
        """Those problems that have a field to stand beside."""
        return frozenset(problems) & {each.key for each in self.fields}

    def focus_first_wrong(self, problems: Mapping[str, str]) -> None:
        """Put the cursor into the first field that something is wrong with."""
        wrong = next((each for each in self.fields if each.key in problems), None)
        if wrong is not None:
            wrong.take_focus()

    # Keeping it

    async def settle(self, program: Program, item: Item, *, retired: bool) -> bool:
        """Decide with the person what has to be before it is kept as that; returns False where they go back."""
        del program, item, retired
        return True

    async def settle_clash(self, program: Program, before: Item, mine: Item, newest: Item) -> Item | None:
        """What the person keeps where somebody else changed it meanwhile; None where there is no choice, or they make none."""
        del program, before, mine, newest

    @abstractmethod
    def save(self, item: Item, before: Item | None) -> int:
        """Keep a new definition (`before` is None) or a changed one; returns its id. Runs in the writing thread."""

    def take_effect(self, item: Item) -> bool:
        """It has been saved: what follows from it at this terminal; returns whether everything is said otherwise now."""
        del item
        return False

    @abstractmethod
    def merge(self, before: Item, mine: Item, newest: Item) -> Item:
        """`newest` with what `mine` changed of `before`."""

    def same_but_place(self, before: Item, newest: Item) -> bool:
        """Whether the two differ at most in what is not changed in the form: their place, and whether they are in use."""
        return before == newest

    def set_retired(self, item: Item, *, retired: bool) -> None:
        """Take out of use or back into it. Runs in the writing thread."""
        change = defining.retire if retired else defining.bring_back
        change(self.session, self.name, self.listed(item).id)

    def retired_words(self, title: str, key: str) -> str:
        """That it was taken out of use; `key` brings it back."""
        return _("“{title}” is retired: it is offered no more. {key} brings it back.").format(
            title=brief(title), key=key
        )

    def back_words(self, title: str) -> str:
        """That it is in use again."""
        return _("“{title}” is in use again.").format(title=brief(title))

    def count_words(self, count: int) -> str:
        """A count in the digits of the language."""
        return show_number(count, self.session.language)
