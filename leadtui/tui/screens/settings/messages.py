"""The texts that customers are sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from leadtui.domain.difference import merge_definition
from leadtui.domain.message import FilledText, Medium, MessageText, placeholders
from leadtui.language.translate import N_, P_, _, format_list, pgettext
from leadtui.presentation.message_words import medium_words, size_words
from leadtui.services.defining import MESSAGE_TEXT
from leadtui.services.messages import save_text
from leadtui.services.session import Session
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.option_row import OneOf

_FIRST_SHOWN = 8
"""So many of what is filled in are named under the text: the keys of fields are in their own tab."""


class MessageTextSort(DefinitionSort[MessageText]):
    """What it says, by what it goes; how long it is stands beneath."""

    name: ClassVar[str] = MESSAGE_TEXT
    title: ClassVar[str] = P_("tab", "Messages")
    new_title: ClassVar[str] = P_("title", "new text")
    empty_words: ClassVar[str] = N_("No text yet: {key} adds one")

    def __init__(self, session: Session) -> None:
        """Title, by what it goes, the subject of a letter, what it says."""
        super().__init__(session)
        media = [Choice(each.value, medium_words(each)) for each in Medium]
        self.fields = (
            FormField("title", pgettext("field", "Title"), LineInput(), required=True),
            FormField("medium", pgettext("field", "By"), OneOf(media, Medium.SMS.value)),
            FormField("subject", pgettext("field", "Subject of a letter"), LineInput()),
            FormField("body", pgettext("field", "Text"), TextInput(), required=True),
        )

    def items(self) -> Sequence[MessageText]:
        """The workspace's texts."""
        return self.session.definitions.texts

    def blank(self) -> MessageText:
        """A short message that says nothing yet."""
        return MessageText(NEW, "", "", Medium.SMS, "")

    def listed(self, item: MessageText) -> ListedDefinition:
        """The title and by what it goes."""
        return ListedDefinition(item.id, item.title, retired=item.retired, aside=medium_words(item.medium))

    def fill(self, item: MessageText) -> None:
        """Show it."""
        title, medium, subject, body = self.fields
        title.text, medium.text, subject.text, body.text = (
            item.title,
            item.medium.value,
            item.subject,
            item.body,
        )

    def gather(self, before: MessageText) -> MessageText:
        """Take what is typed."""
        title, medium, subject, body = (each.text for each in self.fields)
        return replace(
            before, title=title, medium=Medium(medium or before.medium), subject=subject, body=body
        )

    def follow(self, item: MessageText) -> None:
        """Only a letter has a subject."""
        subject = self.fields[2]
        subject.display = item.medium is Medium.EMAIL

    def hint(self, form_field: FormField, item: MessageText, *, changed: bool) -> FieldMessage | None:
        """What is filled in, and how long it is."""
        del changed
        if form_field.key != "body":
            return None
        known = self.session.definitions
        names = placeholders(known.open_fields, known.open_case_kinds)
        shown = format_list(f"{{{each}}}" for each in names[:_FIRST_SHOWN])
        words = _("{size}. Filled in are {names}.")
        size = size_words(FilledText(item.medium, "", item.body), self.session.language)
        return FieldMessage(Tone.HINT, words.format(size=size, names=shown))

    def affected(self, item: MessageText) -> int:
        """What is queued goes as it was."""
        del item
        return 0

    def save(self, item: MessageText, before: MessageText | None) -> int:
        """Keep it."""
        return save_text(self.session, item, before).id

    def merge(self, before: MessageText, mine: MessageText, newest: MessageText) -> MessageText:
        """Part by part."""
        return merge_definition(before, mine, newest)

    def same_but_place(self, before: MessageText, newest: MessageText) -> bool:
        """The place and whether it is in use are changed in the list, not in the form."""
        return replace(before, position=newest.position, retired=newest.retired) == newest
