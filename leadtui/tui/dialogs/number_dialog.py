"""A customer's numbers, each with a code to scan with a mobile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.lead import LeadNumber
from leadtui.language.phone import show_phone
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import local_time, sharing_sentence
from leadtui.services.leads import OpenLead
from leadtui.services.session import Session
from leadtui.tui.dialing import E164
from leadtui.tui.dialogs.dialog import Dialog


class NumberDialog(Dialog[LeadNumber]):
    """Closes with the number that is to be rung, or with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,c", "ring", show=False),
        Binding("y", "copy", show=False),
        Binding("n,tab", "other_number", show=False),
    ]
    DEFAULT_CSS = """
    NumberDialog {
        #dialog { width: 76; }
        #number-words { width: 1fr; height: auto; }
        #number-code { width: auto; height: auto; color: black; background: white; }
        Horizontal { height: auto; }
        &.-low #dialog { padding: 0 1; }
    }
    """

    def __init__(self, session: Session, opened: OpenLead, begin_with: str = "") -> None:
        """`begin_with` is the number (E.164) that is shown first; the lead has one at least, and may be rung."""
        lead = opened.lead
        another = [("n", pgettext("key", "another"))] if len(lead.numbers) > 1 else []
        keys = [
            ("Enter", pgettext("key", "ring")),
            ("y", pgettext("key", "copy number")),
            *another,
            ("Esc", pgettext("key", "back")),
        ]
        super().__init__(
            pgettext("title", "{name} · number").format(name=lead.name or pgettext("customer", "no name")),
            keys,
        )
        self._session = session
        self._numbers = lead.numbers
        self._sharing = sharing_sentence(opened.sharers)
        self._local_time = local_time(lead, Formatter(session))
        self._at = next((at for at, each in enumerate(self._numbers) if each.e164 == begin_with), 0)

    def compose_body(self) -> Iterable[Widget]:
        """The number at the left, the code to scan at the right."""
        with Horizontal() as row:
            pass
        row.compose_add_child(Static(id="number-words"))
        row.compose_add_child(Static(id="number-code"))
        yield row

    def on_mount(self) -> None:
        """Show it."""
        super().on_mount()
        self._show()

    @property
    def number(self) -> LeadNumber:
        """The number that is shown."""
        return self._numbers[self._at]

    def action_ring(self) -> None:
        """This is the one to ring."""
        self.dismiss(self.number)

    def action_copy(self) -> None:
        """Put the number on the clipboard, as far as the terminal allows that."""
        self.app.copy_to_clipboard(safe(self.number.e164))
        self._show(_("The number was given to the clipboard."))

    def action_other_number(self) -> None:
        """Show the customer's next number."""
        self._at = (self._at + 1) % len(self._numbers)
        self._show()

    def _show(self, said: str = "") -> None:
        number = self.number
        shown = show_phone(number.e164, self._session.workspace.region)
        extension = (
            "  " + pgettext("field", "ext. {extension}").format(extension=number.extension)
            if number.extension
            else ""
        )
        sharing = (f"{safe(self._sharing)}\n", "$soon") if self._sharing else ""
        usable = E164.fullmatch(number.e164) is not None
        if said:
            words, style = said, "$gained"
        elif usable:
            words, style = _("Scan the code with a mobile, or copy the number."), "$dim"
        else:
            words, style = _("This cannot be rung as it is kept; correct the number."), "$late"
        self.query_one("#number-words", Static).update(
            Content.assemble(
                *((brief(shown), "bold"), (brief(extension), "$dim"), "\n"),
                *((brief(number.e164), "$faint"), "\n", sharing),
                *(((brief(self._local_time), "$soon"), "\n") if self._local_time else ()),
                (f"\n{words}", style),
            )
        )
        self.query_one("#number-code", Static).update(
            Content(scan_code(f"tel:{number.e164}") if usable else "")
        )


def scan_code(address: str) -> str:
    """A QR code by which a mobile opens the address, in half blocks: dark on light, four blank modules around."""
    import segno

    matrix = [list(row) for row in segno.make(address, error="l", micro=False).matrix_iter(border=2)]
    if len(matrix) % 2:
        matrix.append([0] * len(matrix[0]))
    glyphs = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
    return "\n".join(
        "".join(
            glyphs[bool(above), bool(below)] for above, below in zip(matrix[y], matrix[y + 1], strict=True)
        )
        for y in range(0, len(matrix), 2)
    )
