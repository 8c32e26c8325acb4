"""A line that sends a text to the customer: what it is called and by what it goes, and a tick once it was sent."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from leadtui.domain.message import MessageText
from leadtui.language.text import safe
from leadtui.language.translate import pgettext
from leadtui.presentation.message_words import medium_words
from leadtui.tui.widgets.form_field import Edited, Way, go, passes_on, take

SENT = "yes"
"""The text of a line whose message was sent."""


class SendLine(Widget, can_focus=True):
    """Enter sends, and goes on once it was sent; space sends again."""

    DEFAULT_CSS = """
    SendLine {
        height: 1; padding: 0 1; background: $field; color: $foreground; text-wrap: nowrap; text-overflow: ellipsis;
        &:focus { background: $field-focus; }
    }
    """

    text: reactive[str] = reactive("")
    """`SENT`, or nothing."""

    @dataclass
    class Pressed(Message):
        """The message is to be sent."""

        line: SendLine

    def __init__(self, message: MessageText, text: str = "") -> None:
        """`message` is what is sent."""
        super().__init__()
        self.message = message
        self.set_reactive(SendLine.text, text)

    def render(self) -> Content:
        """The title of the text, and by what it goes."""
        tick = ("✓ ", "$gained") if self.text else ("▸ ", "$primary")
        title = safe(self.message.title)
        by = (f"  {medium_words(self.message.medium)}", "$dim")
        sent = pgettext("step", "done") if self.text else ""
        return Content.assemble(tick, title, by, (f"  {sent}", "$gained"))

    def watch_text(self) -> None:
        """Tell the field."""
        self.post_message(Edited())

    def on_key(self, event: events.Key) -> None:
        """Send, or lead out of the field."""
        if passes_on(self, event):
            return
        match event.key:
            case "enter" if self.text:
                go(self, Way.ON)
            case "enter" | "space":
                self.post_message(self.Pressed(self))
            case "up":
                go(self, Way.UP)
            case "down":
                go(self, Way.DOWN)
            case "tab":
                self.screen.focus_next()
            case "shift+tab":
                self.screen.focus_previous()
            case _:
                return
        take(event)

    def on_click(self) -> None:
        """Send what was clicked."""
        self.post_message(self.Pressed(self))
