"""The outbox: messages that failed or of which nobody knows whether they came, or all that are on their way, and deciding about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import OptionList

from leadtui.domain.message import TO_LOOK_AT, Message, MessageState
from leadtui.language.translate import P_, _, pgettext
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.message_words import medium_words, problem_words, state_words
from leadtui.presentation.table import TextColumn
from leadtui.services.outbox import Listed, list_messages, send_again, withdraw
from leadtui.services.session import Session
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.lists import OUTBOX_COMMANDS
from leadtui.tui.dialogs.message_dialogs import SendAgainDialog
from leadtui.tui.screens.listing import MOST_SHOWN, Contents, Entry, ListingScreen

_ALL = frozenset(MessageState)

RENEWED_EVERY = 3.0
"""Seconds after which it is read again: messages move by themselves."""


class OutboxScreen(ListingScreen):
    """The newest first: those that a person has to look at, or all."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(OUTBOX_COMMANDS)]

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """`session` says whose they are, `formatter` how they read."""
        contents = Contents(
            P_("heading", "Messages"),
            _columns,
            self._read,
            self._nothing,
            OUTBOX_COMMANDS,
            renewed_every=RENEWED_EVERY,
        )
        super().__init__(session, formatter, contents)
        self._states = TO_LOOK_AT
        self._listed: dict[str, Listed] = {}

    def _read(self) -> tuple[Sequence[Entry], int]:
        """As many as are shown; one that is tried again by itself waits for nobody."""
        found = list_messages(self.session, self._states)
        if self._states is TO_LOOK_AT:
            found = tuple(each for each in found if each.message.needs_person)
        self._listed = {str(each.message.id): each for each in found[:MOST_SHOWN]}
        return [self._entry(key, each) for key, each in self._listed.items()], len(found)

    def _nothing(self) -> str:
        """What stands there where no message is."""
        if self._states is TO_LOOK_AT:
            return _("Every message was sent, or is on its way.")
        return _("No message was written yet.")

    def _entry(self, key: str, listed: Listed) -> Entry:
        message, formatter = listed.message, self.formatter
        cells = (
            formatter.moment(message.queued_at),
            listed.lead_name or NOTHING,
            medium_words(message.filled.medium),
            message.filled.title,
            state_words(message, formatter),
        )
        about = (problem_words(message), *message.filled.body.split("\n"))
        return Entry(key, cells, tuple(filter(None, about)), "$late" if message.needs_person else "")

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        self.action_open_written()

    def action_open_written(self) -> None:
        """Open the customer to whom it goes."""
        if (marked := self._marked_message) is not None:
            self.dismiss(marked.lead_id)

    def action_all_messages(self) -> None:
        """Show all messages, or again those that wait for a person."""
        self._states = _ALL if self._states is TO_LOOK_AT else TO_LOOK_AT
        self.load()

    def action_send_again(self) -> None:
        """Send the one under the cursor again."""
        if (marked := self._marked_message) is not None:
            self.program.actions.run(self._send_again, marked)

    def action_withdraw_message(self) -> None:
        """Send the one under the cursor no more."""
        if (marked := self._marked_message) is not None:
            words = _("It is not sent any more.")
            self.program.actions.run(self._change, partial(withdraw, self.session, marked.id), words)

    def action_leave_outbox(self) -> None:
        """Back to the desk."""
        self.dismiss(None)

    @property
    def _marked_message(self) -> Message | None:
        listed = self._listed.get(self.marked.key) if self.marked else None
        return listed.message if listed else None

    async def _send_again(self, message: Message) -> None:
        if message.state is MessageState.UNSURE:
            name = self._listed[str(message.id)].lead_name
            if not await self.program.actions.ask(SendAgainDialog(name)):
                return
        await self._change(partial(send_again, self.session, message.id), _("It is sent again."))

    async def _change(self, change: Callable[[], Message], told: str) -> None:
        await self.program.actions.write(change)
        self.notify(told, markup=False)
        self.load()


def _columns() -> list[TextColumn]:
    """When, to whom, by what, which text, and where it stands."""
    return [
        TextColumn(pgettext("column", "When")),
        TextColumn(pgettext("column", "To"), yields=2, least=10),
        TextColumn(pgettext("column", "By"), yields=4, least=6),
        TextColumn(pgettext("column", "Text"), yields=3, least=10),
        TextColumn(pgettext("column", "State"), yields=1, least=16),
    ]
