"""Customers' own fields: title, kind, options, and whether customers are found by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from leadtui.domain.difference import merge_definition
from leadtui.domain.field import FOUND_KINDS, Field, FieldKind
from leadtui.language.translate import N_, P_, _, npgettext, pgettext
from leadtui.presentation.definition_words import FIELD_KIND_WORDS
from leadtui.services import defining
from leadtui.services.defining import FIELD
from leadtui.services.session import Session
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

FOUND_BY, NOT_FOUND_BY = "yes", "no"

CHOOSING = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
"""The kinds that have options."""


class FieldSort(DefinitionSort[Field]):
    """What is kept of a customer beyond what every desk keeps."""

    name: ClassVar[str] = FIELD
    title: ClassVar[str] = P_("tab", "Fields")
    new_title: ClassVar[str] = P_("title", "new field")
    empty_words: ClassVar[str] = N_("No field yet: {key} adds one")

    def __init__(self, session: Session) -> None:
        """Title, kind, the options of a choice, and of a text whether customers are found by it."""
        super().__init__(session)
        finding = (
            Choice(NOT_FOUND_BY, pgettext("choice", "not by it")),
            Choice(FOUND_BY, pgettext("choice", "found by it")),
        )
        self.fields = (
            FormField("title", pgettext("field", "Title"), LineInput(), required=True),
            FormField("kind", _("Kind of answer"), FieldKindChoice()),
            FormField("options", _("Options, with commas between"), LineInput(), required=True),
            FormField("found_by", _("Customers are found"), OneOf(finding, NOT_FOUND_BY)),
        )

    def items(self) -> Sequence[Field]:
        """The workspace's own fields, without those that come with the questions of playbooks."""
        return [each for each in self.session.definitions.fields if not each.playbook]

    def note(self) -> str:
        """How many more fields there are, which are changed with their playbooks."""
        count = sum(1 for each in self.session.definitions.open_fields if each.playbook)
        words = npgettext("field", "and {count} of playbooks", "and {count} of playbooks", count)
        return words.format(count=self.count_words(count)) if count else ""

    def blank(self) -> Field:
        """A text without a title."""
        return Field(NEW, "", "")

    def listed(self, item: Field) -> ListedDefinition:
        """Title and kind."""
        return ListedDefinition(
            item.id, item.title, aside=pgettext("kind", FIELD_KIND_WORDS[item.kind]), retired=item.retired
        )

    def fill(self, item: Field) -> None:
        """Show the field."""
        title, kind, options, finding = self.fields
        title.text, kind.text, options.text = item.title, item.kind.value, options_text(item.options)
        finding.text = FOUND_BY if item.found_by else NOT_FOUND_BY

    def gather(self, before: Field) -> Field:
        """Take what is typed; options that were not touched stay as they are."""
        title, kind, options, finding = self.fields
        chosen = FieldKind(kind.text)
        return replace(
            before,
            title=title.text,
            kind=chosen,
            options=kept_options(before.options, options.text),
            found_by=finding.text == FOUND_BY and chosen in FOUND_KINDS,
        )

    def follow(self, item: Field) -> None:
        """Only a choice has options, and customers are found by texts alone."""
        for part, kinds in ((self.fields[2], CHOOSING), (self.fields[3], FOUND_KINDS)):
            part.display = item.kind in kinds
            part.disabled = item.kind not in kinds

    def affected(self, item: Field) -> int:
        """How many customers have something in it."""
        return self.counts.by_field.get(item.key, 0)

    def save(self, item: Field, before: Field | None) -> int:
        """Keep it."""
        return defining.save_field(self.session, item, before, approves=self.approves).id

    def merge(self, before: Field, mine: Field, newest: Field) -> Field:
        """Part by part."""
        return merge_definition(before, mine, newest)

    def same_but_place(self, before: Field, newest: Field) -> bool:
        """The place and whether it is in use are changed in the list, not in the form."""
        return replace(before, position=newest.position, retired=newest.retired) == newest


class FieldKindChoice(DropDown):
    """The kind of a field: another one can be chosen, but not none."""

    def __init__(self) -> None:
        """Text, until another one is chosen."""
        choices = [
            Choice(each.value, pgettext("kind", words), (each.value,))
            for each, words in FIELD_KIND_WORDS.items()
        ]
        super().__init__(choices, FieldKind.TEXT.value)

    def validate_at(self, at: int | None) -> int | None:
        """What was chosen stays where nothing would be."""
        return self.at if at is None else at


def options_text(options: Sequence[str]) -> str:
    """The options as one line: with commas between, or semicolons where one has a comma of its own."""
    between = "; " if any(mark in each for each in options for mark in ",،") else ", "
    return between.join(options)


def options_of(text: str) -> tuple[str, ...]:
    """The options that a line names: parted at semicolons where it has any, else at commas; in any script."""
    folded = text.replace("؛", ";")
    parted = folded.split(";") if ";" in folded else folded.replace("،", ",").split(",")
    return tuple(part.strip() for part in parted if part.strip())


def kept_options(before: Sequence[str], text: str) -> tuple[str, ...]:
    """The options that the line names, or those from `before` where it says the same."""
    return tuple(before) if text == options_text(before) else options_of(text)
