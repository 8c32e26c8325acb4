"""The mail server of the workspace, typed once; its password is not shown, and empty for the one that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from leadtui.domain.mail import MailSecurity, MailServer
from leadtui.errors import Invalid
from leadtui.language.text import fold_digits
from leadtui.language.translate import _, pgettext
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FormField, Way, go, tell_problems
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf


@dataclass(frozen=True, slots=True)
class TypedMailServer:
    """What was typed; `secret` is None for the one that is kept."""

    server: MailServer
    secret: str | None = field(default=None, repr=False)


class UnseenInput(Input):
    """One line of which nothing is shown, and that nobody takes back step by step; Enter goes on."""

    DEFAULT_CSS = """
    UnseenInput, UnseenInput:focus {
        border: none; height: 1; padding: 0 1; background: $field; background-tint: transparent;
    }
    UnseenInput:focus { background: $field-focus; }
    """

    def __init__(self) -> None:
        """Nothing is typed yet."""
        super().__init__(password=True)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.value

    @text.setter
    def text(self, value: str) -> None:
        self.value = value

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        event.stop()
        go(self, Way.ON)


class MailDialog(Dialog[TypedMailServer]):
    """Closes with the server; without a name of one nothing is sent any more."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    MailDialog {
        #dialog { width: 76; }
        #dialog-body Input { margin: 0; }
        .form-message { min-height: 0; }
        .hint { margin: 1 0 0 0; }
    }
    """

    def __init__(self, server: MailServer, problems: Sequence[Invalid] = ()) -> None:
        """`server` is what is set so far, or what was typed and refused because of the `problems`."""
        keys = [
            ("Tab", pgettext("key", "next field")),
            (SAVE_KEYS, pgettext("key", "save, and send a trial")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "Mail server"), keys)
        ways = [Choice(each.value, each.value.upper(), (each.value,)) for each in MailSecurity]
        self._fields = (
            FormField("host", pgettext("field", "Mail server"), LineInput(server.host, "smtp.example.com")),
            FormField("security", pgettext("field", "Security"), OneOf(ways, server.security.value)),
            FormField("port", pgettext("field", "Port"), LineInput(str(server.port), "587")),
            FormField("user", pgettext("field", "User at the mail server"), LineInput(server.user)),
            FormField("secret", _("Password, empty for the one that is kept"), UnseenInput()),
            FormField("sender", pgettext("field", "Letters come from"), LineInput(server.sender)),
        )
        self._problems = {each.field: str(each) for each in problems}

    def compose_body(self) -> Iterable[Widget]:
        """The fields, and what is sent."""
        for each in self._fields:
            each.steps = self._go
        yield from self._fields
        yield Static(
            Content(_("Invitations go out by it. Without a server nothing is sent.")), classes="hint"
        )

    def on_mount(self) -> None:
        """Begin with the first field, or with what was refused."""
        super().on_mount()
        (tell_problems(self._fields, self._problems) or self._fields[0]).take_focus()

    @on(FormField.Changed)
    def _changed(self, event: FormField.Changed) -> None:
        event.stop()

    def action_save(self) -> None:
        """Close with what is typed."""
        typed = {each.key: each.text.strip() for each in self._fields}
        port = fold_digits(typed["port"])
        server = MailServer(
            typed["host"],
            int(port) if port.isdecimal() else 0,
            MailSecurity(typed["security"]),
            typed["user"],
            typed["sender"],
        )
        self.dismiss(TypedMailServer(server, typed["secret"] or None))

    def _go(self, field: FormField, way: Way) -> None:
        place = self._fields.index(field) + (-1 if way is Way.UP else 1)
        if place == len(self._fields) and way is Way.ON:
            self.action_save()
        elif 0 <= place < len(self._fields):
            self._fields[place].take_focus()
