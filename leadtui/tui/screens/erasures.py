"""What was erased: when, by whom and why; and whether the store's files hold nothing of it any more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from leadtui.language.translate import P_, _, counted, ngettext, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.table import TextColumn
from leadtui.services.erasing import Erasure, list_erasures
from leadtui.services.session import Session
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.lists import ERASURES_COMMANDS
from leadtui.tui.screens.listing import MOST_SHOWN, Contents, Entry, ListingScreen


class ErasuresScreen(ListingScreen):
    """The newest first. Who it was is nowhere to be read."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(ERASURES_COMMANDS)]

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """`session` says whose they are, `formatter` how they read."""
        contents = Contents(P_("heading", "Erasures"), _columns, self._read, self._nothing, ERASURES_COMMANDS)
        super().__init__(session, formatter, contents)

    def _read(self) -> tuple[Sequence[Entry], int]:
        """The erasures of the workspace."""
        erasures = list_erasures(self.session)
        pending = sum(each.wiped_at is None for each in erasures)
        return [self._entry(each, pending) for each in erasures[:MOST_SHOWN]], len(erasures)

    def _nothing(self) -> str:
        """What stands there where nobody was erased."""
        return _("Nobody was erased.")

    def _entry(self, erasure: Erasure, pending: int) -> Entry:
        formatter, wiped = self.formatter, erasure.wiped_at
        when, by = formatter.moment(erasure.at), formatter.person(erasure.actor_id)
        about = [f"{when} · {by}", erasure.reason]
        if wiped is None:
            about.append(
                _(
                    "Copies may still be in the store's files; they go with the next erasing, or as the state of the store is repaired."
                )
            )
        else:
            about.append(
                _("Nothing of it is in the store's files since {moment}.").format(
                    moment=formatter.moment(wiped)
                )
            )
        if pending:
            words = ngettext(
                "{n} erasing is still to be wiped from the files.",
                "{n} erasings are still to be wiped from the files.",
                pending,
            )
            about.append(words.format(n=counted(pending)))
        state = "" if wiped else pgettext("notice", "copies may still be in the files")
        return Entry(
            str(erasure.id), (when, by, erasure.reason, state), tuple(about), "" if wiped else "$soon"
        )

    def action_leave_erasures(self) -> None:
        """Back to the desk."""
        self.dismiss(None)


def _columns() -> list[TextColumn]:
    """When, by whom, why, and whether copies may still be there."""
    return [
        TextColumn(pgettext("column", "When")),
        TextColumn(pgettext("column", "By"), yields=2, least=8),
        TextColumn(pgettext("column", "Reason"), yields=1, least=16),
        TextColumn("", yields=3, least=16),
    ]
