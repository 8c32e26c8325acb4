"""One's own way in: the password, set or changed, and the list of one's sign-ins, each of which can be ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static
from textual.widgets.option_list import Option

from leadtui.domain.signing_in import SignIn
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.signing_in import place_words, state_words
from leadtui.presentation.table import TextColumn, lay_out
from leadtui.tui.dialogs.dialog import SAVE, Dialog
from leadtui.tui.widgets.options import Options


@dataclass(frozen=True, slots=True)
class NewPassword:
    """What was typed unseen: the present password, empty where there is none, and the new one."""

    before: str = field(repr=False)
    password: str = field(repr=False)


class PasswordDialog(Dialog[NewPassword]):
    """Closes with the two passwords once the new one was typed twice. Nothing of it is kept as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    PasswordDialog #dialog-body Input, PasswordDialog #dialog-body Input:focus {
        border: none; height: 1; padding: 0 1; margin: 0 0 1 0; background: $field; background-tint: transparent;
    }
    PasswordDialog #dialog-body Input:focus { background: $field-focus; }
    """

    def __init__(self, *, changes: bool, reason: str = "") -> None:
        """`changes` says whether there is a password already; `reason` why another try was refused."""
        keys = [("Enter", pgettext("key", "next, set")), ("Esc", pgettext("key", "back"))]
        title = pgettext("title", "Change your password") if changes else pgettext("title", "Set a password")
        super().__init__(title, keys, reason)
        self._changes = changes

    def compose_body(self) -> Iterable[Widget]:
        """The lines, none of which is shown, and what a new password brings about."""
        if self._changes:
            yield Label(_("Your present password"), classes="label")
            yield Input(password=True, id="before")
        yield Label(_("New password, ten signs at the least"), classes="label")
        yield Input(password=True, id="password")
        yield Label(_("The same once more"), classes="label")
        yield Input(password=True, id="again")
        words = (
            _("Your other sign-ins end.")
            if self._changes
            else _("leadtui asks for it from now on. Who forgets it needs a one-time code.")
        )
        yield Static(Content(words), classes="hint")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "again":
            self.action_save()
        else:
            self.focus_next(Input)

    def action_save(self) -> None:
        """Close with what is typed; what is missing or differs is said."""
        typed = {str(each.id): each for each in self.query(Input)}
        for each in typed.values():
            if not each.value:
                each.focus()
                return
        if typed["password"].value != typed["again"].value:
            self.tell(_("The two are not the same; nothing was changed."))
            typed["again"].focus()
            return
        before = typed["before"].value if self._changes else ""
        self.dismiss(NewPassword(before, typed["password"].value))


OTHERS = 0
"""Stands for all sign-ins but the one in use, where the number of one is expected."""

LIST_WIDTH = 70


class SignInsDialog(Dialog[int]):
    """Closes with the number of the sign-in that is to end, with `OTHERS` for all but this one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "end", show=False),
        Binding("a", "end_others", show=False),
    ]
    DEFAULT_CSS = """
    SignInsDialog {
        #dialog { width: 78; }
        .hint { margin: 1 0 0 0; }
        #heads { color: $faint; height: 1; padding: 0 1; }
        OptionList, OptionList:focus { border: none; height: auto; max-height: 12; padding: 0; background: $pane; }
        OptionList > .option-list--option { padding: 0 1; }
        OptionList > .option-list--option-highlighted { background: $cursor; text-style: none; }
        OptionList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    }
    """

    def __init__(self, sign_ins: Sequence[SignIn], formatter: Formatter) -> None:
        """`sign_ins` are those that are live, one's own."""
        ends = [("x", pgettext("key", "end it"))] if sign_ins else []
        ends += [("a", pgettext("key", "end all others"))] if len(sign_ins) > 1 else []
        keys = [*ends, ("Esc", pgettext("key", "back"))]
        super().__init__(pgettext("title", "Where you are signed in"), keys)
        self._sign_ins = tuple(sign_ins)
        columns = [
            TextColumn(pgettext("column", "Where"), yields=1, least=12),
            TextColumn(pgettext("column", "Since"), yields=3, least=10),
            TextColumn(pgettext("column", "Last seen"), yields=2, least=10),
            TextColumn(pgettext("column", "State"), yields=4, least=6),
        ]
        rows = [
            (
                place_words(each, formatter),
                formatter.moment(each.created_at),
                formatter.moment(each.seen_at),
                state_words(each, formatter),
            )
            for each in self._sign_ins
        ]
        self._heads, *lines = lay_out(columns, rows, LIST_WIDTH)
        self._list = Options(*(Option(Content(line)) for line in lines), markup=False)

    def compose_body(self) -> Iterable[Widget]:
        """The list, and what ending does."""
        yield Static(Content(self._heads if self._sign_ins else ""), id="heads")
        yield self._list
        words = (
            _("A desk whose sign-in ends leaves within two seconds; what is typed there stays a draft.")
            if self._sign_ins
            else _("You are signed in nowhere: this store asks nobody for a password.")
        )
        yield Static(Content(words), classes="hint")

    def on_mount(self) -> None:
        """Begin at the first."""
        super().on_mount()
        self._list.highlighted = 0 if self._sign_ins else None
        self._list.focus()

    def action_end(self) -> None:
        """End the one under the cursor."""
        at = self._list.highlighted
        if at is not None and at < len(self._sign_ins):
            self.dismiss(self._sign_ins[at].id)

    def action_end_others(self) -> None:
        """End all but this one."""
        if len(self._sign_ins) > 1:
            self.dismiss(OTHERS)
