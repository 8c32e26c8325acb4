"""Forbidding to ring a customer, allowing it again, and saying why one must not be rung."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from leadtui.domain.do_not_call import Ban
from leadtui.domain.draft import FormDraft
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import read_reason
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid
from leadtui.language.text import safe
from leadtui.language.translate import _, counted, ngettext, pgettext, show_number
from leadtui.presentation.errors import call_refusal
from leadtui.presentation.formatter import DO_NOT_CALL_GLYPH, Formatter
from leadtui.presentation.lead_details import ban_sentence, same_holds_for
from leadtui.services.leads import OpenLead
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import SAVE, Dialog, KeptDialog
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.inputs import LineInput

MOST_TOLD = 4
"""Reasons that are told; of more there is only the number."""


_WHY_NOT, _WHY_AGAIN = "forbid", "allow"
"""The ids of the line, by which a draft holds it: a reason for the one is none for the other."""


class DoNotCallDialog(KeptDialog[str]):
    """Closes with the reason: for forbidding where there are no bans, else for allowing calls again."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = """
    DoNotCallDialog {
        #consequences { height: auto; margin: 0 0 1 0; }
        #dialog-body Input { margin: 0; }
    }
    """

    def __init__(
        self,
        session: Session,
        opened: OpenLead,
        draft: FormDraft,
        reason: str = "",
        keep: Keep | None = None,
    ) -> None:
        """What the draft says was refused for `reason` where there is one."""
        lead, bans = opened.lead, opened.bans
        words = (
            pgettext("title", "{name} · allow calls") if bans else pgettext("title", "{name} · do not call")
        )
        deed = pgettext("key", "allow calls") if bans else pgettext("key", "forbid calls")
        keys = [("Enter", deed), ("Esc", pgettext("key", "back, kept as draft"))]
        super().__init__(
            words.format(name=lead.name or pgettext("customer", "no name")), keys, draft, keep, reason
        )
        self._session = session
        self._lead = lead
        self._bans = bans
        self._too = same_holds_for(opened.sharers)
        key = _WHY_AGAIN if bans else _WHY_NOT
        self._why = LineInput(draft.texts.get(key, ""), id=key)

    def compose_body(self) -> Iterable[Widget]:
        """What it does, and why."""
        yield Static(self._consequences(), id="consequences")
        yield Label(
            _("Why may they be called again?") if self._bans else pgettext("field", "Why?"), classes="label"
        )
        yield self._why

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Close with the reason, where there is one."""
        try:
            self.dismiss(read_reason(self._why.value))
        except Invalid as problem:
            self.tell(str(problem))

    def _consequences(self) -> Content:
        if not self._bans:
            count = len(self._lead.numbers)
            words = ngettext(
                "{n} number goes on the do-not-call list. Nobody can ring it from here any more, also where it "
                "comes in again.",
                "{n} numbers go on the do-not-call list. Nobody can ring them from here any more, also where they "
                "come in again.",
                count,
            )
            return Content(
                f"{words.format(n=show_number(count, self._session.language))} {self._too}".strip()
            )
        lines = told_bans(self._bans, Formatter(self._session))
        if any(ban.status_id is not None for ban in self._bans):
            lines.append(Content.styled(_("The customer goes back to the status before it."), "$dim"))
        if self._too:
            lines.append(Content.styled(safe(self._too), "$dim"))
        return Content("\n").join(lines)


class CallRefused(Dialog[bool]):
    """Why a customer must not be rung; closes with True where the person wants to allow calls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "allow", show=False),
        Binding("escape,enter", "cancel", show=False),
    ]

    def __init__(self, session: Session, lead: Lead, bans: tuple[Ban, ...]) -> None:
        """There is at least one ban."""
        may_allow = session.actor.may(Permission.ALLOW_CALLS)
        allow = [("d", pgettext("key", "allow calls"))] if may_allow else []
        title = pgettext("title", "{name} · do not call").format(
            name=lead.name or pgettext("customer", "no name")
        )
        super().__init__(title, [*allow, ("Esc", pgettext("key", "back"))])
        self._session = session
        self._bans = bans
        self._may_allow = may_allow

    def compose_body(self) -> Iterable[Widget]:
        """Who forbade it, when and why, and what can be done."""
        first = Content.styled(
            f"{DO_NOT_CALL_GLYPH} {safe(call_refusal(self._bans[0], Formatter(self._session)))}", "$late"
        )
        yield Static(Content("\n").join([first, *told_bans(self._bans[1:], Formatter(self._session))]))

    def action_allow(self) -> None:
        """Ask for the reason."""
        if self._may_allow:
            self.dismiss(True)


def told_bans(bans: tuple[Ban, ...], formatter: Formatter) -> list[Content]:
    """Why somebody must not be rung, a line for each reason as far as there are few."""
    lines = [
        Content.styled(f"{DO_NOT_CALL_GLYPH} {safe(ban_sentence(each, formatter))}", "$late")
        for each in bans[:MOST_TOLD]
    ]
    if len(bans) > MOST_TOLD:
        more = _("… and {count} more").format(count=counted(len(bans) - MOST_TOLD))
        lines.append(Content.styled(more, "$dim"))
    return lines
