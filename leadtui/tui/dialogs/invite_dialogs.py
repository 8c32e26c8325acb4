"""Inviting somebody: to which address, as what; and the code that lets them in, shown once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.permission import AGENT_PROFILE, Profile
from leadtui.errors import Invalid
from leadtui.language.text import safe
from leadtui.language.translate import _, pgettext
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone, Way
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to be invited, as what; `profile` is a key."""

    email: str = ""
    profile: str = AGENT_PROFILE


class InviteDialog(Dialog[Invited]):
    """Closes with whom to invite; it comes back with what was typed where that is refused."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    InviteDialog {
        #dialog { width: 76; }
        #dialog-body Input { margin: 0; }
    }
    """

    def __init__(
        self, profiles: Sequence[Profile], typed: Invited, problem: Invalid | None = None, reason: str = ""
    ) -> None:
        """`problem` is what was wrong beside a field, `reason` why it was refused as a whole."""
        keys = [
            ("Tab", pgettext("key", "next field")),
            (SAVE_KEYS, pgettext("key", "invite")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Invite a colleague"), keys, reason)
        choices = [Choice(each.key, each.title, (each.key,)) for each in profiles]
        self._fields = (
            FormField(
                "email",
                pgettext("field", "E-mail"),
                LineInput(typed.email, pgettext("hint", "name@example.com")),
                required=True,
            ),
            FormField("profile", _("Works as"), OneOf(choices, typed.profile)),
        )
        self._problem = problem

    def compose_body(self) -> Iterable[Widget]:
        """The fields, and what comes of it."""
        for each in self._fields:
            each.steps = self._go
        yield from self._fields
        yield Static(
            Content(
                _(
                    "A code is shown then, good for seven days. With it they say their name and set a password."
                )
            ),
            classes="hint",
        )

    def on_mount(self) -> None:
        """Begin with the address, or with what was refused."""
        super().on_mount()
        wrong = self._problem.field if self._problem is not None else ""
        first = next((each for each in self._fields if each.key == wrong), self._fields[0])
        if self._problem is not None:
            first.show_message(FieldMessage(Tone.WRONG, str(self._problem)))
        first.take_focus()

    @on(FormField.Changed)
    def _changed(self, event: FormField.Changed) -> None:
        event.stop()

    def action_save(self) -> None:
        """Close with what is typed."""
        email, profile = self._fields
        self.dismiss(Invited(email.text.strip(), profile.text))

    def _go(self, field: FormField, way: Way) -> None:
        place = self._fields.index(field) + (-1 if way is Way.UP else 1)
        if place == len(self._fields) and way is Way.ON:
            self.action_save()
        elif 0 <= place < len(self._fields):
            self._fields[place].take_focus()


class CodeDialog(Dialog[None]):
    """A code, of an invitation or to set a password: it is shown once, and can be copied."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", show=False),
        Binding("enter", "cancel", show=False),
    ]
    DEFAULT_CSS = "CodeDialog .code { text-style: bold; color: $primary; height: auto; margin: 0 0 1 0; }"

    def __init__(self, title: str, code: str, sentence: str, sent: str = "") -> None:
        """`sentence` says what to do with the code, `sent` whether it was mailed."""
        super().__init__(title, [("c", pgettext("key", "copy the code")), ("Esc", pgettext("key", "close"))])
        self._code = code
        self._sentence = sentence
        self._sent = sent

    def compose_body(self) -> Iterable[Widget]:
        """The code, and what to do with it."""
        yield Static(Content(self._code), classes="code")
        yield Static(Content(safe(self._sentence)))
        if self._sent:
            yield Static(Content(safe(self._sent)), classes="hint")

    def action_copy(self) -> None:
        """Put the code into the clipboard of the terminal."""
        self.app.copy_to_clipboard(self._code)
        self.notify(_("The code is copied."), markup=False)
