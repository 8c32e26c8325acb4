"""The gateway of short messages, described once; its secret is not shown, and empty for the one that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.gateway import Gateway, Method
from leadtui.errors import Invalid
from leadtui.language.text import fold_digits
from leadtui.language.translate import _, pgettext
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, Dialog
from leadtui.tui.dialogs.mail_dialog import UnseenInput
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FormField, Way, tell_problems
from leadtui.tui.widgets.inputs import LineInput, TextInput
from leadtui.tui.widgets.option_row import OneOf

_YES, _NO = "yes", "no"
_TEXTS = ("url", "body", "user", "statuses", "path", "match", "key_header")
NUMBER = "number"


@dataclass(frozen=True, slots=True)
class TypedGateway:
    """What was typed; `secret` is None for the one that is kept, `number` that of one's own to try it."""

    gateway: Gateway
    secret: str | None = field(default=None, repr=False)
    number: str = ""


class GatewayDialog(Dialog[TypedGateway]):
    """Closes with the gateway; without an address nothing is sent any more."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    GatewayDialog {
        #dialog { width: 78; }
        #dialog-body Input { margin: 0; }
        .form-message { min-height: 0; }
        .hint { margin: 0 0 1 0; }
    }
    """

    def __init__(self, gateway: Gateway, problems: Sequence[Invalid] = (), number: str = "") -> None:
        """`gateway` is what is set so far, or what was typed and refused because of the `problems`."""
        keys = [
            ("Tab", pgettext("key", "next field")),
            (SAVE_KEYS, pgettext("key", "save")),
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(pgettext("title", "SMS gateway"), keys)
        methods = [Choice(each.value, each.value) for each in Method]
        answers = [Choice(_YES, pgettext("choice", "yes")), Choice(_NO, pgettext("choice", "no"))]
        headers = "\n".join(f"{name}: {value}" for name, value in gateway.headers)
        self._gateway = gateway
        self._fields = (
            FormField(
                "url", pgettext("field", "Address"), LineInput(gateway.url, "https://sms.example.com/send")
            ),
            FormField("method", pgettext("field", "Method"), OneOf(methods, gateway.method.value)),
            FormField(
                "secret", _("Secret, empty for the one that is kept; {secret} stands for it"), UnseenInput()
            ),
            FormField(
                "user", _("User, where it wants one with the secret as the password"), LineInput(gateway.user)
            ),
            FormField("headers", _("Headers, one a line"), TextInput(headers)),
            FormField(
                "body",
                _("Body; {to}, {to_digits}, {to_national} and {text} are filled in"),
                TextInput(gateway.body),
            ),
            FormField("statuses", _("Answers that mean sent"), LineInput(gateway.statuses, "200-299")),
            FormField(
                "path", _("Part of a JSON answer that says so"), LineInput(gateway.path, "messages.0.status")
            ),
            FormField(
                "match", _("What stands there then, as a regular expression"), LineInput(gateway.match)
            ),
            FormField(
                "key_header", _("Header by which it knows a message again"), LineInput(gateway.key_header)
            ),
            FormField("key_hours", _("For how many hours"), LineInput(str(gateway.key_hours), "24")),
            FormField(
                "any_hour",
                _("Outside the call windows too"),
                OneOf(answers, _YES if gateway.any_hour else _NO),
            ),
            FormField(
                "asks_consent",
                _("Only to whom agreed"),
                OneOf(answers, _YES if gateway.asks_consent else _NO),
            ),
            FormField(NUMBER, _("A mobile of your own, to try it once it is saved"), LineInput(number)),
        )
        # Of several of one field the first is told.
        self._problems = {each.field: str(each) for each in reversed(problems)}

    def compose_body(self) -> Iterable[Widget]:
        """What it is for, and the fields."""
        yield Static(
            Content(_("Short messages go out by it. Without an address nothing is sent.")), classes="hint"
        )
        for each in self._fields:
            each.steps = self._go
        yield from self._fields

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
        hours = fold_digits(typed["key_hours"])
        lines = (each.partition(":") for each in typed["headers"].splitlines() if each.strip())
        gateway = replace(
            self._gateway,
            method=Method(typed["method"]),
            headers=tuple((name.strip(), value.strip()) for name, _colon, value in lines),
            key_hours=int(hours) if hours.isdecimal() else 0,
            any_hour=typed["any_hour"] == _YES,
            asks_consent=typed["asks_consent"] == _YES,
            **{name: typed[name] for name in _TEXTS},
        )
        self.dismiss(TypedGateway(gateway, typed["secret"] or None, typed[NUMBER]))

    def _go(self, field: FormField, way: Way) -> None:
        place = self._fields.index(field) + (-1 if way is Way.UP else 1)
        if place == len(self._fields) and way is Way.ON:
            self.action_save()
        elif 0 <= place < len(self._fields):
            self._fields[place].take_focus()
