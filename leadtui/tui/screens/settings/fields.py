"""Customers' own fields: title, kind, options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from leadtui.domain.field import Field, FieldKind
from leadtui.language.translate import N_, _
from leadtui.services import defining
from leadtui.services.defining import FIELD
from leadtui.tui.screens.settings.choosing import (
    CHOOSING,
    FIELD_KIND_WORDS,
    OneKind,
    options_of,
    options_text,
)
from leadtui.tui.screens.settings.listing import Listed
from leadtui.tui.screens.settings.merging import merge
from leadtui.tui.screens.settings.pane import NEW, DefinitionPane
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.inputs import LineInput


class FieldsPane(DefinitionPane[Field]):
    """What is kept of a customer beyond what every desk keeps."""

    SORT: ClassVar[str] = FIELD
    TITLE: ClassVar[str] = N_("Fields")
    NEW_TITLE: ClassVar[str] = N_("new field")
    EMPTY: ClassVar[str] = N_("No field yet: a adds one")

    def items(self) -> Sequence[Field]:
        """The workspace's own fields."""
        return self.session.definitions.fields

    def blank(self) -> Field:
        """A text without a title."""
        return Field(NEW, "", "")

    def listed(self, item: Field) -> Listed:
        """Title and kind."""
        return Listed(item.id, item.title, aside=_(FIELD_KIND_WORDS[item.kind]), retired=item.retired)

    def form_fields(self) -> list[FormField]:
        """Title, kind, and the options of a choice."""
        return [
            FormField("title", _("Title"), LineInput(), required=True),
            FormField("kind", _("Kind of answer"), OneKind()),
            FormField("options", _("Options, with commas between"), LineInput(), required=True),
        ]

    def fill(self, item: Field) -> None:
        """Show the field."""
        title, kind, options = self.form.fields
        title.text, kind.text, options.text = item.title, item.kind.value, options_text(item.options)

    def gather(self, before: Field) -> Field:
        """Take what is typed; options that were not touched stay as they are."""
        title, kind, options = self.form.fields
        return replace(
            before,
            title=title.text,
            kind=FieldKind(kind.text),
            options=kept_options(before, options.text),
        )

    def shown(self, item: Field) -> None:
        """Only a choice has options."""
        options = self.form.fields[2]
        options.display = item.kind in CHOOSING
        options.disabled = item.kind not in CHOOSING

    def affects(self, item: Field) -> str:
        """How many customers have something in it."""
        count = self.counts.by_field.get(item.key, 0)
        return self.affects_words(count) if count else ""

    def save(self, item: Field, before: Field | None) -> int:
        """Keep it."""
        return defining.save_field(self.session, item, before).id

    def merge(self, before: Field, mine: Field, newest: Field) -> Field:
        """Part by part."""
        return merge(before, mine, newest)

    def same_but_place(self, before: Field, newest: Field) -> bool:
        """The place and whether it is in use are changed in the list, not in the form."""
        return replace(before, position=newest.position, retired=newest.retired) == newest


def kept_options(before: Field, text: str) -> tuple[str, ...]:
    """The options that the line names, or those of `before` where it says the same."""
    return before.options if text == options_text(before.options) else options_of(text)
