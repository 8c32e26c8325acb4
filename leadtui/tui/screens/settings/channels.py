"""Entry channels: a title each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from leadtui.domain.workspace import Channel
from leadtui.language.translate import N_, P_, pgettext
from leadtui.services import defining
from leadtui.services.defining import CHANNEL
from leadtui.services.session import Session
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.inputs import LineInput


class ChannelSort(DefinitionSort[Channel]):
    """Where customers come from."""

    name: ClassVar[str] = CHANNEL
    title: ClassVar[str] = P_("tab", "Channels")
    new_title: ClassVar[str] = P_("title", "new channel")
    empty_words: ClassVar[str] = N_("No channel yet: {key} adds one")

    def __init__(self, session: Session) -> None:
        """The form is one line for the title."""
        super().__init__(session)
        self.fields = (FormField("title", pgettext("field", "Title"), LineInput(), required=True),)

    def listed(self, item: Channel) -> ListedDefinition:
        """Its title alone stands in the list."""
        return ListedDefinition(item.id, item.title, retired=item.retired)

    def fill(self, item: Channel) -> None:
        """Put its title into the form."""
        self.fields[0].text = item.title

    def gather(self, before: Channel) -> Channel:
        """`before` with the title that stands in the form."""
        return replace(before, title=self.fields[0].text)

    def save(self, item: Channel, before: Channel | None) -> int:
        """Add it, or give it another title."""
        if before is None:
            return defining.add_titled(self.session, self.name, item.title, approves=self.approves)
        defining.rename(self.session, self.name, item.id, item.title, before.title)
        return item.id

    def merge(self, before: Channel, mine: Channel, newest: Channel) -> Channel:
        """The title that was typed, over whatever else is new."""
        return newest if mine.title == before.title else replace(newest, title=mine.title)

    def same_but_place(self, before: Channel, newest: Channel) -> bool:
        """The place and whether it is in use are changed in the list, not in the form."""
        return before.title == newest.title

    def items(self) -> Sequence[Channel]:
        """The workspace's channels."""
        return self.session.definitions.channels

    def blank(self) -> Channel:
        """A channel that has no title yet."""
        return Channel(NEW, "", "")

    def affected(self, item: Channel) -> int:
        """How many customers came by the channel, first or latest."""
        return self.counts.by_channel.get(item.id, 0)
