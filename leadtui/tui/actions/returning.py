"""Giving a customer back to who gave it, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from leadtui.domain.draft import FormDraft
from leadtui.errors import LeadtuiError
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.services import handing_over
from leadtui.services.drafts import RETURN_DRAFT
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import keep_draft, leave_draft, read_with_draft
from leadtui.tui.dialogs.dialog import SAVE, KeptDialog
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.inputs import LineInput

NAME_LENGTH = 30
"""The most letters of a name in a sentence."""


async def return_lead(desk: Desk) -> None:
    """Give the open customer back."""
    await return_this_lead(desk, required_lead(desk))


async def return_this_lead(desk: Desk, lead_id: int) -> None:
    """Ask why, beginning with the draft, until it is saved or the person leaves; say first who gets the customer.

    Raises Refused where nobody gave it.
    """
    session = desk.session
    opened, draft = await read_with_draft(desk, RETURN_DRAFT, lead_id)
    back_to = await desk.actions.read(partial(handing_over.returns_to, session, lead_id))
    name = brief(desk.formatter.name(opened.lead), NAME_LENGTH)
    receiver = None if back_to is None else brief(desk.formatter.person(back_to), NAME_LENGTH)
    keep, reason = partial(keep_draft, desk), ""
    while (
        why := await desk.actions.ask(dialog := ReturnDialog(name, receiver, draft, reason, keep))
    ) is not None:
        try:
            went_to = await desk.actions.write(partial(handing_over.return_lead, session, lead_id, why))
        except LeadtuiError as error:
            draft, reason = dialog.draft, str(error)
        else:
            await desk.lead_saved(lead_id, worked=_returned(desk, name, went_to))
            return
    leave_draft(desk, RETURN_DRAFT, lead_id)


def _returned(desk: Desk, name: str, went_to: int | None) -> str:
    if went_to is None:
        return _("{name} is returned and waits in nobody's cartable").format(name=name)
    receiver = brief(desk.formatter.person(went_to), NAME_LENGTH)
    return _("{name} is returned to {receiver}").format(name=name, receiver=receiver)


WHY = "why"
"""The id of the line, by which the draft holds it."""


class ReturnDialog(KeptDialog[str]):
    """Closes with the reason, or with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    ReturnDialog {
        #receiver { height: auto; margin: 0 0 1 0; }
        #dialog-body Input { margin: 0; }
    }
    """

    def __init__(self, name: str, receiver: str | None, draft: FormDraft, reason: str, keep: Keep) -> None:
        """`receiver` is who gets the customer, None for nobody; `reason` is why an earlier try was refused."""
        keys = [
            ("Enter", pgettext("key", "return the customer")),
            ("Esc", pgettext("key", "back, kept as draft")),
        ]
        super().__init__(pgettext("title", "{name} · return").format(name=name), keys, draft, keep, reason)
        self._receiver = receiver
        self._why = LineInput(
            draft.texts.get(WHY, ""), id=WHY, placeholder=pgettext("hint", "such as: not my region")
        )

    def compose_body(self) -> Iterable[Widget]:
        """Who gets the customer, and why."""
        if self._receiver is None:
            words = _(
                "The customer goes to nobody and waits for somebody. The board counts it as returned, with the reason."
            )
        else:
            words = _("The customer and what reminds of it go back to {name}, who reads the reason.").format(
                name=self._receiver
            )
        yield Static(safe(words), id="receiver")
        yield Label(pgettext("field", "Why?"), classes="label")
        yield self._why

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Close with the reason, where there is one."""
        if self._why.value.strip():
            self.dismiss(self._why.value)
        else:
            self.tell(_("Say why; whoever gets the customer back reads it."))
