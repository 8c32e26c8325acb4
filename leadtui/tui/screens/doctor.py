"""The state of program, store and terminal: what is wrong, what only matters to know, the facts; and putting it right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from leadtui import paths
from leadtui.language.translate import P_, _, apart, counted, ngettext, pgettext
from leadtui.presentation.doctor import (
    Ways,
    fact_titles,
    fact_words,
    fault_sentence,
    problems_and_notes,
    repaired_sentence,
)
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.table import TextColumn
from leadtui.services.doctor import examine
from leadtui.services.repairing import REPAIRABLE, Found, repair
from leadtui.services.session import Session
from leadtui.tui.actions.writing_file import waited_for
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.overviews import DOCTOR_COMMANDS
from leadtui.tui.dialogs.repair_dialog import RepairDialog, RepairedDialog
from leadtui.tui.screens.listing import Contents, Entry, ListingScreen

PROBLEM, NOTE, WELL = "✗", "•", "✓"


class DoctorScreen(ListingScreen):
    """What is wrong comes first; the whole sentence stands below the list."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(DOCTOR_COMMANDS)]

    faults: tuple[Found, ...] | None = None
    """What does not agree in the store; None until it has been looked at."""

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """`session` says which store is looked at."""
        contents = Contents(
            P_("heading", "The state of the store"),
            _columns,
            self._read,
            self._nothing,
            DOCTOR_COMMANDS,
            renewed=False,
        )
        super().__init__(session, formatter, contents)

    def _read(self) -> tuple[Sequence[Entry], int]:
        """Everything that `leadtui doctor` looks at."""
        found = examine(str(self.session.store.path), paths.settings_file())
        self.faults = tuple(found.faults)
        problems, notes = problems_and_notes(found, self._ways)
        told = [(PROBLEM, each, "$late") for each in problems] + [(NOTE, each, "$soon") for each in notes]
        if found.well:
            told.insert(0, (WELL, _("Nothing is wrong."), "$gained"))
        entries = [
            Entry(str(place), (sign, sentence, ""), (sentence,), colour)
            for place, (sign, sentence, colour) in enumerate(told)
        ]
        entries += [
            Entry(key, ("", title, value), (_fact(title, value),))
            for key, title in fact_titles().items()
            if key in found.facts
            for value in (fact_words(found.facts[key]),)
        ]
        return entries, len(problems)

    @property
    def _ways(self) -> Ways:
        """What is pressed to put something right."""
        key_of = self.program.key_of
        taking_back = pgettext("way", "{key} in the list of imports").format(key=key_of("take-back-import"))
        return Ways(key_of("repair"), taking_back)

    def _nothing(self) -> str:
        """What stands there until it has been looked at."""
        return _("The store is being looked at …")

    def action_look_again(self) -> None:
        """Look at everything once more."""
        self.load()

    def action_repair(self) -> None:
        """Put right what can be proven."""
        self.program.actions.run(self._repair)

    async def _repair(self) -> None:
        wrong = [each for each in self.faults or () if each.fault in REPAIRABLE]
        if self.faults is None or not wrong:
            words = (
                _("There is nothing that can be put right.") if self.faults is not None else self._nothing()
            )
            self.notify(words, markup=False)
            return
        actions = self.program.actions
        if not await actions.ask(RepairDialog([fault_sentence(each, self._ways) for each in wrong])):
            return
        title = pgettext("title", "Repair")
        about = _("The store is backed up beside itself, then put right.")
        report = await waited_for(actions, title, about, partial(repair, self.session))
        lines = [repaired_sentence(each) for each in report.repaired]
        if report.left:
            words = ngettext("{n} finding is left.", "{n} findings are left.", len(report.left))
            lines.append(words.format(n=counted(len(report.left))))
        if report.backup is not None:
            lines.append(_("The store from before is kept as {path}.").format(path=report.backup))
        await actions.ask(RepairedDialog(lines))
        self.load()
        self.program.look_again()

    def action_leave_doctor(self) -> None:
        """Back to the desk."""
        self.dismiss(None)


def _columns() -> list[TextColumn]:
    """A sign, and what was found."""
    return [
        TextColumn(""),
        TextColumn(pgettext("column", "What"), yields=1, least=16),
        TextColumn(pgettext("column", "Value"), yields=2, least=16),
    ]


def _fact(title: str, value: str) -> str:
    return pgettext("pattern", "{title}: {cell}").format(title=title, cell=apart(value))
