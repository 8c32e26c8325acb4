"""What a status asks for: its fields one under the other, each edited in its place."""

from __future__ import annotations

from dataclasses import replace

from leadtui.domain.field import Field, FieldKind
from leadtui.language.text import cell_width
from leadtui.language.translate import _, pgettext
from leadtui.presentation.definition_words import FIELD_KIND_WORDS
from leadtui.tui.screens.settings.fields import (
    CHOOSING,
    FieldKindChoice,
    kept_options,
    options_text,
)
from leadtui.tui.screens.settings.rows_editor import RowsEditor
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

MUST, MAY = "must", "may"

TITLE, KIND, REQUIRED, OPTIONS = "title", "kind", "required", "options"


class StatusFieldsEditor(RowsEditor[Field]):
    """The fields that a status asks for."""

    def __init__(self, language: str) -> None:
        """`language` writes the numbers."""
        required = [
            Choice(MAY, pgettext("choice", "may stay empty")),
            Choice(MUST, pgettext("choice", "must be answered")),
        ]
        parts = (
            FormField(TITLE, pgettext("field", "Title"), LineInput(), required=True),
            FormField(KIND, _("Kind of answer"), FieldKindChoice()),
            FormField(REQUIRED, _("The answer"), OneOf(required, MAY)),
            FormField(OPTIONS, _("Options, with commas between"), LineInput(), required=True),
        )
        super().__init__(language, parts)

    def new_row(self) -> Field:
        """A text without a title."""
        return Field(0, "", "", position=len(self.rows))

    def add_words(self) -> str:
        """That it adds a field."""
        return pgettext("key", "add a field")

    def title_of(self, row: Field) -> str:
        """Its title."""
        return row.title

    def aside(self, row: Field) -> str:
        """What kind of answer it takes."""
        return pgettext("kind", FIELD_KIND_WORDS[row.kind])

    def aside_width(self) -> int:
        """As wide as the longest kind."""
        return kind_width()

    def is_required(self, row: Field) -> bool:
        """Whether it must be answered."""
        return row.required

    def fill(self, row: Field) -> None:
        """Show the field."""
        title, kind, required, options = self.parts
        title.text, kind.text, options.text = row.title, row.kind.value, options_text(row.options)
        required.text = MUST if row.required else MAY

    def gather(self, row: Field, opened: Field) -> Field:
        """Take what is typed; options that were not touched stay as they are."""
        title, kind, required, options = self.parts
        return replace(
            row,
            title=title.text,
            kind=FieldKind(kind.text),
            required=required.text == MUST,
            options=kept_options(opened.options, options.text),
        )

    def follow(self, row: Field) -> None:
        """Only a choice has options."""
        chooses = row.kind in CHOOSING
        self.parts[-1].display = chooses
        self.parts[-1].disabled = not chooses


def kind_width() -> int:
    """The cells of the longest kind of answer."""
    return max(cell_width(pgettext("kind", words)) for words in FIELD_KIND_WORDS.values())
