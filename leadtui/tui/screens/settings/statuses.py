"""Statuses: what each says, what giving it does with the customer, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.status import STATUS_COLOURS, CartableRule, ReminderRule, Status, StatusKind
from leadtui.language.translate import N_, _
from leadtui.services import defining
from leadtui.services.defining import STATUS
from leadtui.services.session import Session
from leadtui.tui.presenter import status_glyph, status_style
from leadtui.tui.screens.settings.asked import AskedEditor
from leadtui.tui.screens.settings.choosing import (
    ColourRow,
    GlyphRow,
    OneOf,
    cartable_choices,
    reminder_choices,
    status_kind_choices,
)
from leadtui.tui.screens.settings.listing import Listed
from leadtui.tui.screens.settings.merging import merge_status
from leadtui.tui.screens.settings.pane import NEW, DefinitionPane
from leadtui.tui.screens.settings.preview import AgentPreview
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.inputs import LineInput

FIELDS = "fields"


class StatusesPane(DefinitionPane[Status]):
    """The only pane with a preview: the dialog that the agent will see."""

    SORT: ClassVar[str] = STATUS
    TITLE: ClassVar[str] = N_("Statuses")
    NEW_TITLE: ClassVar[str] = N_("new status")

    def __init__(self, session: Session) -> None:
        """As every pane."""
        super().__init__(session)
        self._asked = AskedEditor(session.language)
        self._glyph = GlyphRow()
        self._preview = AgentPreview(session)
        self._fields = (
            FormField("title", _("Title"), LineInput(), required=True),
            FormField("glyph", _("Sign"), self._glyph),
            FormField("colour", _("Colour"), ColourRow()),
            FormField("kind", _("With it"), OneOf(status_kind_choices())),
            FormField("cartable", _("When it is given, the customer"), OneOf(cartable_choices())),
            FormField("owner_title", _("The colleague is asked for as"), LineInput("", _("Next owner"))),
            FormField("reminder", _("Reminder"), OneOf(reminder_choices())),
            FormField(FIELDS, _("Asks for"), self._asked),
        )

    def compose_right(self) -> Sequence[Widget]:
        """The preview."""
        return (Static(classes="rule preview-rule"), self._preview)

    def items(self) -> Sequence[Status]:
        """The workspace's statuses."""
        return self.session.definitions.statuses

    def blank(self) -> Status:
        """Work goes on, the customer stays, nothing is asked."""
        return Status(NEW, "", "")

    def listed(self, item: Status) -> Listed:
        """Glyph, title and colour, and how many customers stand in it."""
        return Listed(
            item.id,
            item.title,
            status_glyph(item),
            status_style(item),
            self.count_words(self._count(item)) if item.id != NEW else "",
            item.retired,
        )

    def form_fields(self) -> list[FormField]:
        """What a status is defined by, in the order of the agent's work."""
        return list(self._fields)

    def fill(self, item: Status) -> None:
        """Show the status."""
        title, _glyph, colour, kind, cartable, owner_title, reminder, _asked = self._fields
        title.text, kind.text, cartable.text = item.title, item.kind.value, item.cartable.value
        colour.text = item.colour if item.colour in STATUS_COLOURS else "grey"
        owner_title.text, reminder.text = item.owner_title, item.reminder.value
        self._glyph.offer(item.glyph)
        self._asked.show(item.open_fields)

    def gather(self, before: Status) -> Status:
        """Take what is typed and chosen; a field that was removed stays behind as retired once it is saved."""
        title, glyph, colour, kind, cartable, owner_title, reminder, _asked = self._fields
        retired = [each for each in before.fields if each.retired]
        return replace(
            before,
            title=title.text,
            glyph=glyph.text,
            colour=colour.text,
            kind=StatusKind(kind.text),
            cartable=CartableRule(cartable.text),
            reminder=ReminderRule(reminder.text),
            owner_title=owner_title.text,
            fields=(*self._asked.fields, *retired),
        )

    def save(self, item: Status, before: Status | None) -> int:
        """Keep it."""
        return defining.save_status(self.session, item, before).id

    def merge(self, before: Status, mine: Status, newest: Status) -> Status:
        """Part by part, field by field."""
        return merge_status(before, mine, newest)

    def same_but_place(self, before: Status, newest: Status) -> bool:
        """The place and whether it is in use are changed in the list, not in the form."""
        return replace(before, position=newest.position, retired=newest.retired) == newest

    def affects(self, item: Status) -> str:
        """How many customers stand in it."""
        count = self._count(item)
        return self.affects_words(count) if count else ""

    def shown(self, item: Status) -> None:
        """A colleague is asked for only where the customer moves to one."""
        owner_title = self._fields[5]
        moves = item.cartable is CartableRule.NEXT
        owner_title.display = moves
        owner_title.disabled = not moves
        self._preview.show(item)

    def tell_problems(self, problems: Mapping[str, str]) -> None:
        """Those of the fields stand beside each of them."""
        super().tell_problems(problems)
        self._asked.tell(_of_fields(problems))

    def forget_problem(self, key: str, problems: dict[str, str]) -> None:
        """The asked fields forget theirs one by one."""
        super().forget_problem(key, problems)
        if key == FIELDS:
            left = self._asked.problems
            for each in list(_of_fields(problems)):
                if each not in left:
                    del problems[f"{FIELDS}.{each}"]

    def place_problems(self, problems: Mapping[str, str]) -> frozenset[str]:
        """Also beside the asked fields."""
        asked = {f"{FIELDS}.{each}" for each in _of_fields(problems)}
        return super().place_problems(problems) | asked

    def focus_first_wrong(self, problems: Mapping[str, str]) -> None:
        """The form's own fields come before those that are asked."""
        if any(each.key in problems for each in self._fields):
            super().focus_first_wrong(problems)
        else:
            self._asked.open_first_wrong()

    def _count(self, item: Status) -> int:
        return self.counts.by_status.get(item.id, 0)


def _of_fields(problems: Mapping[str, str]) -> dict[str, str]:
    start = f"{FIELDS}."
    return {key.removeprefix(start): words for key, words in problems.items() if key.startswith(start)}
