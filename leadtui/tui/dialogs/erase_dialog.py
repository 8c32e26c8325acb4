"""Erasing customers for good: what goes, that there is no way back, the reason and the typed confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from leadtui.domain.draft import FormDraft
from leadtui.domain.follow_up import REASON_FIELD
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.services.erasing import CONFIRMATION_FIELD
from leadtui.tui.dialogs.dialog import SAVE, SAVE_KEYS, KeptDialog
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

REMEMBER, FORGET = "remember", "forget"


@dataclass(frozen=True, slots=True)
class EraseWish:
    """What the person typed: why, and the confirmation."""

    reason: str
    confirmation: str
    remember: bool = True


class EraseDialog(KeptDialog[EraseWish]):
    """Closes with what was typed; the service checks it, and the dialog comes back where it is refused."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    EraseDialog {
        #dialog { border: round $late; border-title-color: $late; }
        #consequences { height: auto; margin: 0 0 1 0; }
        #dialog-body Input { margin: 0; }
        .wrong { color: $late; height: auto; min-height: 1; }
    }
    """

    def __init__(
        self,
        title: str,
        to_confirm: str,
        draft: FormDraft,
        confirmation: str = "",
        problem: str = "",
        field: str = "",
        keep: Keep | None = None,
        *,
        remember: bool = True,
    ) -> None:
        """What was typed before was refused with `problem`, which stands beside `field`."""
        keys = [
            ("Tab", pgettext("key", "next field")),
            (SAVE_KEYS, pgettext("key", "erase")),
            ("Esc", pgettext("key", "back, nothing is erased")),
        ]
        super().__init__(title, keys, draft, keep, "" if field else problem)
        self._to_confirm = to_confirm
        self._wish = EraseWish(draft.texts.get(REASON_FIELD, ""), confirmation, remember)
        self._problem = problem
        self._field = field

    def compose_body(self) -> Iterable[Widget]:
        """What goes, why, the confirmation, and whether the numbers are known again."""
        yield Static(self._consequences(), id="consequences")
        yield Label(_("Why? It stays, so leave name, number and e-mail out"), classes="label")
        yield LineInput(self._wish.reason, id=REASON_FIELD)
        yield Static(self._wrong(REASON_FIELD), classes="wrong")
        expected = brief(self._to_confirm)
        yield Label(Content(_("Type “{expected}” to confirm").format(expected=expected)), classes="label")
        yield LineInput(self._wish.confirmation, id=CONFIRMATION_FIELD)
        yield Static(self._wrong(CONFIRMATION_FIELD), classes="wrong")
        yield Label(_("Keep a digest of the numbers? Forbidden ones then stay forbidden"), classes="label")
        yield OneOf(
            [
                Choice(REMEMBER, pgettext("choice", "yes")),
                Choice(FORGET, pgettext("choice", "no, nothing of them stays")),
            ],
            REMEMBER if self._wish.remember else FORGET,
        )

    def on_mount(self) -> None:
        """Begin where something is wrong."""
        super().on_mount()
        if self._field == CONFIRMATION_FIELD:
            self.query_one(f"#{CONFIRMATION_FIELD}").focus()

    def texts(self) -> Mapping[str, str]:
        """The reason alone: who erases confirms it anew."""
        reason = self.query_one(f"#{REASON_FIELD}", Input).value
        return {REASON_FIELD: reason} if reason.strip() else {}

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.id == REASON_FIELD:
            self.query_one(f"#{CONFIRMATION_FIELD}").focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Close with what is typed."""
        reason, confirmation = (
            self.query_one(f"#{each}", Input).value for each in (REASON_FIELD, CONFIRMATION_FIELD)
        )
        remember = self.query_one(OneOf).text == REMEMBER
        self.dismiss(EraseWish(reason, confirmation, remember))

    def _consequences(self) -> Content:
        return Content.assemble(
            (_("There is no way back: no undo, and no trace of who it was."), "bold $late"),
            "\n",
            _(
                "Name, numbers, e-mail, fields, timeline, notes, answers, reminders, drafts and what imports "
                "kept of them go, and the numbers leave the do-not-call list. What stays is that an erasing "
                "happened, when, by whom and why. "
                "Copies in backups and exported files are not reached."
            ),
        )

    def _wrong(self, field: str) -> Content:
        return Content(safe(self._problem) if self._field == field else "")
