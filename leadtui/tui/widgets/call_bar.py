"""The call that goes on: a line above the desk with its timer, whom one talks with, and what ends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from textual import getters, work
from textual.app import App
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from leadtui.domain.lead import LeadNumber
from leadtui.language.calendar import show_length
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import number_words
from leadtui.services.session import Session
from leadtui.tui.dialing import run_dial_command
from leadtui.tui.program import program_of
from leadtui.tui.widgets.key_bar import CommandLine, command_words

CALL_GLYPH = "☎"
NAME_CELLS = 32
GAP = "  "


@dataclass(frozen=True, slots=True)
class RunningCall:
    """Whom the person talks with, by which of the customer's numbers, since when (aware UTC); `sharing` is who else has it."""

    lead_id: int
    name: str
    number: LeadNumber
    since: datetime
    sharing: str = ""

    def seconds(self, now: datetime) -> int:
        """How long it has taken by now."""
        return max(0, int((now - self.since).total_seconds()))


class CallBar(CommandLine):
    """One line while a call goes on, none otherwise. It never has the keyboard: every key works as without it."""

    DEFAULT_CSS = """
    CallBar {
        height: 1; padding: 0 1; display: none; background: $cursor-blurred; color: $foreground;
        &.-shown { display: block; }
    }
    """

    app = getters.app(cast("type[App[Any]]", App))

    call: reactive[RunningCall | None] = reactive(None)

    @dataclass
    class DialEnded(Message):
        """From the thread: what became of the dial command that was run for a call."""

        call: RunningCall
        sentence: str
        failed: bool

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """No call goes on yet."""
        super().__init__(id="call-bar")
        self._session = session
        self._formatter = formatter
        self._said: tuple[str, str] = ("", "")

    def on_mount(self) -> None:
        """Count the seconds."""
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        if self.call is not None:
            self.refresh()

    def watch_call(self) -> None:
        """Come, or go."""
        self.set_class(self.call is not None, "-shown")

    def begin(self, call: RunningCall, dial: str) -> None:
        """Count from now on, and run the dial command where there is one."""
        self.call = call
        if dial:
            self._say(pgettext("progress", "dialling …"), "$soon")
            self._run_dial_command(dial, call)
        else:
            words = pgettext("call", "{key} shows a code to scan")
            self._say(words.format(key=program_of(self).key_of("show-number")), "$dim")

    def resume(self, call: RunningCall) -> None:
        """Go on with a call that outlived the program."""
        self.call = call
        self._say(_("The call goes on; it was not dialled again."), "$soon")

    def _say(self, words: str, style: str) -> None:
        self._said = (safe(words), style)
        self.refresh()

    @work(thread=True, group="dial", description="run the dial command")
    def _run_dial_command(self, command: str, call: RunningCall) -> None:
        self.post_message(self.DialEnded(call, *run_dial_command(command, call.number.e164)))

    def on_call_bar_dial_ended(self, message: DialEnded) -> None:
        """Tell what became of the dial command."""
        if message.failed:
            self.app.notify(message.sentence, severity="error", markup=False, timeout=10)
        if message.call == self.call:
            failed = pgettext("call", "not dialled")
            self._say(
                failed if message.failed else message.sentence, "$late" if message.failed else "$gained"
            )

    def render(self) -> Content:
        """The timer, whom and which number at the left, the keys at the right; what there is no room for is left out."""
        call = self.call
        if call is None:
            return Content("")
        took = show_length(call.seconds(self._session.now()), self._session.language)
        timer = Content.styled(f"{CALL_GLYPH} {took}", "bold $gained")
        name = Content.styled(brief(call.name, NAME_CELLS) or pgettext("customer", "no name"), "bold")
        number = Content(brief(number_words(call.number, self._formatter)))
        said = Content.styled(*self._said)
        sharing = Content.styled(brief(call.sharing), "$soon")
        program = program_of(self)
        end = command_words(program.key_here("call"), pgettext("key", "end, set the status"), "call")
        end_alone = command_words(program.key_here("call"), pgettext("key", "end"), "call")
        note = command_words(program.key_here("note"), pgettext("key", "note"), "note")
        copy = command_words(program.key_here("copy-number"), pgettext("key", "copy number"), "copy-number")
        for parts, keys in (
            ((timer, name, number, said, sharing), (end, note, copy)),
            ((timer, name, number, said), (end, note, copy)),
            ((timer, name, number, said), (end, note)),
            ((timer, name, number, said), (end,)),
            ((timer, name, number, said), (end_alone,)),
            ((timer, name, number), (end_alone,)),
            ((timer, name), (end_alone,)),
        ):
            left = Content(GAP).join(each for each in parts if each.plain)
            right = Content(GAP).join(keys)
            room = self.content_size.width - left.cell_length - right.cell_length
            if room >= len(GAP):
                return Content.assemble(left, " " * room, right)
        return timer

    def say_anew(self) -> None:
        """Say everything in the language in use, which has changed."""
        self._said = ("", "")
        self.refresh()
