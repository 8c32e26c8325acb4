"""Entry channels and needs: a title each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, TypeVar

from leadtui.domain.workspace import Channel, Need
from leadtui.language.translate import N_, _
from leadtui.services import defining
from leadtui.services.defining import CHANNEL, NEED
from leadtui.tui.screens.settings.listing import Listed
from leadtui.tui.screens.settings.pane import NEW, DefinitionPane
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.inputs import LineInput

Named = TypeVar("Named", Channel, Need)


class TitledPane(DefinitionPane[Named]):
    """What has a title and nothing else."""

    def listed(self, item: Named) -> Listed:
        """The title."""
        return Listed(item.id, item.title, retired=item.retired)

    def form_fields(self) -> list[FormField]:
        """The title."""
        return [FormField("title", _("Title"), LineInput(), required=True)]

    def fill(self, item: Named) -> None:
        """Show the title."""
        self.form.fields[0].text = item.title

    def gather(self, before: Named) -> Named:
        """Take the title."""
        return replace(before, title=self.form.fields[0].text)

    def save(self, item: Named, before: Named | None) -> int:
        """Add it, or give it another title."""
        if before is None:
            return defining.add_titled(self.session, self.SORT, item.title)
        defining.rename(self.session, self.SORT, item.id, item.title, before.title)
        return item.id

    def merge(self, before: Named, mine: Named, newest: Named) -> Named:
        """The title that was typed, over whatever else is new."""
        return newest if mine.title == before.title else replace(newest, title=mine.title)

    def same_but_place(self, before: Named, newest: Named) -> bool:
        """The place and whether it is in use are changed in the list, not in the form."""
        return before.title == newest.title

    def affects(self, item: Named) -> str:
        """How many customers it stands at."""
        count = self.count_of(item)
        return self.affects_words(count) if count else ""

    def count_of(self, item: Named) -> int:
        """How many customers have it."""
        raise NotImplementedError


class ChannelsPane(TitledPane[Channel]):
    """Where customers come from."""

    SORT: ClassVar[str] = CHANNEL
    TITLE: ClassVar[str] = N_("Channels")
    NEW_TITLE: ClassVar[str] = N_("new channel")
    EMPTY: ClassVar[str] = N_("No channel yet: a adds one")

    def items(self) -> Sequence[Channel]:
        """The workspace's channels."""
        return self.session.definitions.channels

    def blank(self) -> Channel:
        """Without a title."""
        return Channel(NEW, "", "")

    def count_of(self, item: Channel) -> int:
        """Who came by it, first or latest."""
        return self.counts.by_channel.get(item.id, 0)


class NeedsPane(TitledPane[Need]):
    """What customers want."""

    SORT: ClassVar[str] = NEED
    TITLE: ClassVar[str] = N_("Needs")
    NEW_TITLE: ClassVar[str] = N_("new need")
    EMPTY: ClassVar[str] = N_("No need yet: a adds one")

    def items(self) -> Sequence[Need]:
        """The workspace's needs."""
        return self.session.definitions.needs

    def blank(self) -> Need:
        """Without a title."""
        return Need(NEW, "", "")

    def count_of(self, item: Need) -> int:
        """Who has it."""
        return self.counts.by_need.get(item.id, 0)
