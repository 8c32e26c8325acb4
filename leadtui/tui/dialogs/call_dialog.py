"""Ringing a customer: the dial command or the number to copy and scan, and a timer."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.draft import FormDraft
from leadtui.language.calendar import show_length
from leadtui.language.phone import show_phone
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.lead_details import sharing_sentence
from leadtui.services.leads import OpenLead
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.draft_autosave import Keep

DIAL_SECONDS = 20
"""After this time a dial command that has not ended is taken to be the telephone itself, and left alone."""

E164 = re.compile(r"\+[0-9]{4,15}")
"""What is handed to a dial command or a mobile; a store may hold anything else too."""


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A call that the person made: the number (E.164), when it began (aware UTC) and how long it took."""

    number: str
    started_at: datetime
    seconds: int


class CallDialog(Dialog[CallEnded]):
    """The timer runs from the opening; Enter ends the call and leads to the status."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "end", show=False),
        Binding("y", "copy", show=False),
        Binding("n,tab", "other_number", show=False),
    ]
    DEFAULT_CSS = """
    CallDialog {
        #dialog { width: 76; }
        #call-words { width: 1fr; height: auto; }
        #call-code { width: auto; height: auto; color: black; background: white; }
        Horizontal { height: auto; }
        &.-low #dialog { padding: 0 1; }
    }
    """

    @dataclass
    class DialEnded(Message):
        """From the thread: what became of the dial command."""

        sentence: str
        failed: bool

    def __init__(self, session: Session, opened: OpenLead, dial: str, draft: FormDraft, keep: Keep) -> None:
        """`dial` is the person's dial command, in which {number} stands for the number; may be empty.

        `keep` is given which number rings since when, so that the call outlives the program; a call that `draft`
        tells of goes on: it is not dialled again.
        """
        lead = opened.lead
        another = [("n", pgettext("key", "another"))] if len(lead.numbers) > 1 else []
        keys = [
            ("Enter", pgettext("key", "ended, set the status")),
            ("y", pgettext("key", "copy number")),
            *another,
            ("Esc", pgettext("key", "no call")),
        ]
        super().__init__(
            pgettext("title", "{name} · call").format(name=lead.name or pgettext("customer", "no name")), keys
        )
        self._session = session
        self._lead = lead
        self._sharing = sharing_sentence(opened.sharers)
        self._dial = dial
        self._number = 0
        self._started_at = session.now()
        self._said = ("", "")
        self._keep = keep
        self._draft = draft

    def compose_body(self) -> Iterable[Widget]:
        """The number and timer at the left, the code to scan at the right."""
        with Horizontal() as row:
            pass
        words = Vertical(
            Static(id="call-number"), Static(id="call-timer"), Static(id="call-said"), id="call-words"
        )
        row.compose_add_child(words)
        row.compose_add_child(Static(id="call-code"))
        yield row

    def on_mount(self) -> None:
        """Begin: dial, and count the seconds."""
        super().on_mount()
        e164s = [each.e164 for each in self._lead.numbers]
        kept = self._draft.texts
        since = _moment(kept.get(_SINCE, ""))
        if since is not None and kept.get(_NUMBER) in e164s:
            self._number = e164s.index(kept[_NUMBER])
            self._begin(since)
        else:
            self._begin()
        self.set_interval(1, self._tick)

    @property
    def number(self) -> str:
        """The number that is rung (E.164)."""
        return self._lead.numbers[self._number].e164

    def action_end(self) -> None:
        """The call is over."""
        seconds = max(0, int((self._session.now() - self._started_at).total_seconds()))
        self.dismiss(CallEnded(self.number, self._started_at, seconds))

    def action_copy(self) -> None:
        """Put the number on the clipboard, as far as the terminal allows that."""
        self.app.copy_to_clipboard(safe(self.number))
        self._say(_("The number was given to the clipboard."), "$gained")

    def action_other_number(self) -> None:
        """Ring the customer's next number."""
        if len(self._lead.numbers) > 1:
            self._number = (self._number + 1) % len(self._lead.numbers)
            self._begin()

    def _begin(self, since: datetime | None = None) -> None:
        self._started_at = since or self._session.now()
        number = self._lead.numbers[self._number]
        texts = {_NUMBER: number.e164, _SINCE: self._started_at.isoformat()}
        self._keep(replace(self._draft, texts=texts))
        shown = show_phone(number.e164, self._session.workspace.region)
        extension = (
            "  " + pgettext("field", "ext. {extension}").format(extension=number.extension)
            if number.extension
            else ""
        )
        sharing = (f"{safe(self._sharing)}\n", "$soon") if self._sharing else ""
        self.query_one("#call-number", Static).update(
            Content.assemble(
                *((brief(shown), "bold"), (brief(extension), "$dim"), "\n"),
                *((brief(number.e164), "$faint"), "\n", sharing),
            )
        )
        usable = E164.fullmatch(number.e164) is not None
        self.query_one("#call-code", Static).update(Content(scan_code(number.e164) if usable else ""))
        if not usable:
            self._say(_("This cannot be rung as it is kept; correct the number."), "$late")
        elif since is not None:
            self._say(_("The call goes on; it was not dialled again."), "$soon")
        elif self._dial:
            self._say(pgettext("progress", "dialling …"), "$soon")
            self._run_dial_command(self._dial, number.e164)
        else:
            self._say(_("Scan the code with a mobile, or copy the number."), "$dim")
        self._tick()

    def _tick(self) -> None:
        seconds = max(0, int((self._session.now() - self._started_at).total_seconds()))
        self.query_one("#call-timer", Static).update(
            Content.styled(f"◷ {show_length(seconds, self._session.language)}", "bold $soon")
        )

    def _say(self, words: str, style: str) -> None:
        self.query_one("#call-said", Static).update(Content.assemble("\n", (safe(words), style)))

    @work(thread=True, group="dial", description="run the dial command")
    def _run_dial_command(self, command: str, number: str) -> None:
        self.post_message(self.DialEnded(*run_dial_command(command, number)))

    def on_call_dialog_dial_ended(self, message: DialEnded) -> None:
        """Tell what became of the dial command."""
        self._say(message.sentence, "$late" if message.failed else "$gained")


_NUMBER, _SINCE = "number", "since"
"""What the draft of a call holds: the number (E.164), and when it began."""


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def dial_arguments(command: str, number: str) -> list[str]:
    """The words of the dial command with {number} replaced; no shell ever reads them. Raises ValueError."""
    words = shlex.split(command)
    if not words:
        raise ValueError(pgettext("reason", "empty command"))
    filled = [word.replace("{number}", number) for word in words]
    return filled if filled != words else [*filled, number]


def run_dial_command(command: str, number: str) -> tuple[str, bool]:
    """Run the command and tell what became of it: a sentence, and whether it failed."""
    try:
        arguments = dial_arguments(command, number)
        ended = subprocess.run(
            arguments, capture_output=True, stdin=subprocess.DEVNULL, timeout=DIAL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return _("The dial command is at work."), False
    except (OSError, ValueError) as error:
        return _("The dial command cannot be run ({reason}); correct it in the settings.").format(
            reason=error
        ), True
    if ended.returncode:
        return _("The dial command failed (it ended with {code}).").format(code=ended.returncode), True
    return _("The telephone rings."), False


def scan_code(e164: str) -> str:
    """A QR code that a mobile reads as a number to ring, in half blocks: dark on light, four blank modules around."""
    import segno

    matrix = [list(row) for row in segno.make(f"tel:{e164}", error="l", micro=False).matrix_iter(border=2)]
    if len(matrix) % 2:
        matrix.append([0] * len(matrix[0]))
    glyphs = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
    return "\n".join(
        "".join(
            glyphs[bool(above), bool(below)] for above, below in zip(matrix[y], matrix[y + 1], strict=True)
        )
        for y in range(0, len(matrix), 2)
    )
