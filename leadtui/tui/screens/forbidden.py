"""The do-not-call list: a number looked up in any writing, added, taken off; the numbers of a file put on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, OptionList

from leadtui.domain.do_not_call import ListedNumber
from leadtui.errors import LeadtuiError
from leadtui.language.phone import phone_search_digits
from leadtui.language.text import fold_digits, search_key
from leadtui.language.translate import P_, _, counted, format_list, ngettext, pgettext
from leadtui.presentation.forbidden_numbers import forbidden_numbers_csv
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.lead_details import ban_sentence, holders_sentence, reason_words
from leadtui.presentation.table import TextColumn
from leadtui.services import do_not_call
from leadtui.services.atomic_file import atomic_file, path_typed
from leadtui.services.do_not_call import ForbiddenNumbers
from leadtui.services.number_files import read_numbers
from leadtui.services.session import Session
from leadtui.tui.actions.writing_file import FileToWrite, write_file
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.lists import FORBIDDEN_COMMANDS
from leadtui.tui.dialogs.forbidden_dialog import ForbiddenDialog, ForbiddenWish
from leadtui.tui.screens.listing import MOST_SHOWN, Contents, Entry, ListingScreen
from leadtui.tui.widgets.inputs import LineInput


class ForbiddenScreen(ListingScreen):
    """The newest first; the line above narrows them, by a number in any writing as well."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(FORBIDDEN_COMMANDS)]
    DEFAULT_CSS = "ForbiddenScreen #find { margin: 0 1 1 1; }"

    wanted: str = ""
    """What is looked for."""

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """`session` says whose they are, `formatter` how they read."""
        contents = Contents(
            P_("heading", "The do-not-call list"), _columns, self._read, self._nothing, FORBIDDEN_COMMANDS
        )
        super().__init__(session, formatter, contents)

    def compose_above(self) -> ComposeResult:
        """The line in which one looks up."""
        yield LineInput(placeholder=pgettext("hint", "number, name or reason"), id="find")

    def _read(self) -> tuple[Sequence[Entry], int]:
        """Those that are looked for, as many as are shown."""
        found = [each for each in do_not_call.list_forbidden(self.session) if _has(each, self.wanted)]
        return [self._entry(each) for each in found[:MOST_SHOWN]], len(found)

    def _nothing(self) -> str:
        """What stands there where no number is."""
        if self.wanted:
            return _("“{typed}” is not on the list.").format(typed=self.wanted)
        return _("No number is on the list.")

    def _entry(self, listed: ListedNumber) -> Entry:
        formatter, ban = self.formatter, listed.ban
        names = format_list(name for _id, name in listed.holders if name)
        cells = (
            formatter.phone(ban.e164),
            names or NOTHING,
            reason_words(ban.reason),
            formatter.person(ban.by),
            formatter.moment(ban.at),
        )
        about = [ban_sentence(ban, formatter)]
        if listed.holders:
            about.append(holders_sentence(listed))
        key = " ".join((ban.e164, *(str(lead_id) for lead_id, _name in listed.holders)))
        return Entry(key, cells, tuple(about))

    # Looking up

    @on(Input.Changed, "#find")
    def _look_up(self, event: Input.Changed) -> None:
        event.stop()
        self.wanted = event.value.strip()
        self.load()

    @on(Input.Submitted, "#find")
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.list.focus()

    def action_find_number(self) -> None:
        """Look one up."""
        self.query_one("#find", LineInput).focus()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        self.action_open_holder()

    def action_open_holder(self) -> None:
        """Open the first customer who has the number."""
        holders = self.marked.key.split()[1:] if self.marked else []
        if holders:
            self.dismiss(int(holders[0]))

    def action_leave_forbidden(self) -> None:
        """Out of the line, where one looks for something to all again, else back to the desk."""
        line = self.query_one("#find", LineInput)
        if not line.has_focus and not line.value:
            self.dismiss(None)
            return
        line.value = ""
        self.list.focus()

    # Changing it

    def action_forbid_number(self) -> None:
        """Put a number on the list."""
        self.program.actions.run(self._change, ForbiddenDialog.for_number(), self._forbid)

    def action_forbid_file(self) -> None:
        """Put the numbers of a file on the list."""
        self.program.actions.run(self._change, ForbiddenDialog.for_file(), self._forbid_file)

    def action_allow_number(self) -> None:
        """Take the number under the cursor off."""
        marked = self.marked
        if marked is not None:
            e164 = marked.key.split()[0]
            dialog = ForbiddenDialog.for_taking_off(marked.cells[0])
            self.program.actions.run(self._change, dialog, partial(self._allow, e164))

    def action_export_numbers(self) -> None:
        """Write the list into a file."""
        self.program.actions.run(self._export)

    async def _export(self) -> None:
        file = FileToWrite(
            pgettext("title", "The do-not-call list into a file"),
            _("All numbers with who has them, reason, who forbade them and when, in CSV."),
            "do-not-call.csv",
        )
        count = await write_file(self.program.actions, file, self._write)
        if count is not None:
            words = ngettext("{n} number was written.", "{n} numbers were written.", count)
            self.notify(words.format(n=counted(count)), markup=False, timeout=8)

    def _write(self, path: Path, force: bool) -> int:
        listed = do_not_call.export_forbidden(self.session)
        with atomic_file(path, force=force) as stream:
            stream.write(forbidden_numbers_csv(listed, self.formatter))
        return len(listed)

    async def _change(self, dialog: ForbiddenDialog, change: Callable[[ForbiddenWish], str]) -> None:
        """Ask until it is done or the person leaves; then tell what was done."""
        actions = self.program.actions
        while (wish := await actions.ask(dialog)) is not None:
            try:
                told = await actions.write(partial(change, wish))
            except LeadtuiError as error:
                dialog = dialog.again(wish, str(error))
            else:
                self.notify(told, markup=False, timeout=8)
                self.load()
                self.program.look_again()
                return

    def _forbid(self, wish: ForbiddenWish) -> str:
        listed = do_not_call.forbid_number(self.session, wish.what, wish.reason)
        words = _("{number} must not be rung any more.").format(number=self.formatter.phone(listed.ban.e164))
        return f"{words} {holders_sentence(listed)}".strip()

    def _allow(self, e164: str, wish: ForbiddenWish) -> str:
        listed = do_not_call.allow_number(self.session, e164, wish.reason)
        words = _("{number} may be rung again.").format(number=self.formatter.phone(listed.ban.e164))
        return f"{words} {holders_sentence(listed)}".strip()

    def _forbid_file(self, wish: ForbiddenWish) -> str:
        numbers = read_numbers(Path(path_typed(wish.what)))
        return _file_words(do_not_call.forbid_numbers(self.session, numbers, wish.reason))


def _columns() -> list[TextColumn]:
    """The number, who has it, who forbade it, when and why."""
    return [
        TextColumn(pgettext("column", "Number")),
        TextColumn(pgettext("column", "Customer"), yields=2, least=10),
        TextColumn(pgettext("column", "Reason"), yields=1, least=14),
        TextColumn(pgettext("column", "Forbidden by"), yields=4, least=8),
        TextColumn(pgettext("column", "When"), yields=3, least=12),
    ]


def _file_words(done: ForbiddenNumbers) -> str:
    unreadable = len(done.unreadable)
    words = [
        ngettext("{n} number was added.", "{n} numbers were added.", done.added).format(
            n=counted(done.added)
        ),
        ngettext("{n} was on the list already.", "{n} were on the list already.", done.already).format(
            n=counted(done.already)
        ),
    ]
    if unreadable:
        words.append(
            ngettext("{n} line is no number.", "{n} lines are no number.", unreadable).format(
                n=counted(unreadable)
            )
        )
    return " ".join(words)


def _has(listed: ListedNumber, wanted: str) -> bool:
    """Whether a number of the list, who has it or why it is there has what is looked for."""
    if not wanted:
        return True
    digits = "".join(sign for sign in fold_digits(wanted) if sign.isascii() and sign.isdigit()).lstrip("0")
    if digits and (
        digits in listed.ban.e164 or (phone_search_digits(listed.ban.e164) or "").endswith(digits)
    ):
        return True
    words = (reason_words(listed.ban.reason), *(name for _id, name in listed.holders))
    return any(search_key(wanted) in search_key(each) for each in words)
