"""The imports: which file came in when and by whom, what became of its rows, and taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual.binding import BindingType

from leadtui.domain.importing import ImportBatch
from leadtui.language.text import brief
from leadtui.language.translate import P_, _, counted, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.import_report import count_numbers, count_words, state_words
from leadtui.presentation.table import TextColumn
from leadtui.services.importing.running import list_imports
from leadtui.services.session import Session
from leadtui.tui.actions.desk import Desk
from leadtui.tui.actions.file_import import take_back
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.lists import IMPORTS_COMMANDS
from leadtui.tui.screens.listing import Contents, Entry, ListingScreen


class ImportsScreen(ListingScreen):
    """The newest first; the one under the cursor is taken back once the person has seen whom that concerns."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(IMPORTS_COMMANDS)]

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """`session` says whose they are, `formatter` how they read."""
        contents = Contents(P_("heading", "Imports"), _columns, self._read, self._nothing, IMPORTS_COMMANDS)
        super().__init__(session, formatter, contents)

    def _read(self) -> tuple[Sequence[Entry], int]:
        """The imports of the workspace."""
        batches = list_imports(self.session)
        return [self._entry(each) for each in batches], len(batches)

    def _nothing(self) -> str:
        """What stands there where nothing was imported."""
        key = self.program.key_of("import-file")
        return _("Nothing was imported yet; {key} at the desk brings a file in.").format(key=key)

    def _entry(self, batch: ImportBatch) -> Entry:
        formatter = self.formatter
        numbers = dict(
            zip(
                ("read", "new", "updated", "unchanged", "rejected"), count_numbers(batch.counts), strict=False
            )
        )
        state = state_words(batch, formatter)
        began = formatter.moment(batch.started_at)
        by = formatter.person(batch.actor_id)
        about = (
            pgettext("title", "Import {id}: {file}, {moment}, {person}").format(
                id=batch.id, file=brief(batch.file_name, 60), moment=began, person=by
            ),
            count_words(batch.counts),
        )
        return Entry(
            str(batch.id),
            (
                began,
                batch.file_name,
                by,
                *(counted(numbers[each]) for each in ("new", "updated", "rejected")),
                state,
            ),
            about,
            "$dim" if batch.undone_at is not None else "",
        )

    def action_take_back_import(self) -> None:
        """Take the import under the cursor back."""
        self.program.actions.run(self._take_back)

    async def _take_back(self) -> None:
        if self.marked is not None:
            await take_back(cast("Desk", self.program.desk_screen), int(self.marked.key))
            self.load()

    def action_leave_imports(self) -> None:
        """Back to the desk."""
        self.dismiss(None)


def _columns() -> list[TextColumn]:
    """When, which file, by whom, what became of the rows."""
    return [
        TextColumn(pgettext("column", "When")),
        TextColumn(pgettext("column", "File"), yields=1, least=16),
        TextColumn(pgettext("column", "By"), yields=4, least=8),
        TextColumn(pgettext("rows", "new"), right=True),
        TextColumn(pgettext("rows", "updated"), yields=5, right=True),
        TextColumn(pgettext("rows", "rejected"), yields=3, right=True),
        TextColumn("", yields=2, least=10),
    ]
