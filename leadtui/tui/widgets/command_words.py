"""A command as words that can be clicked: its key and its title."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

_META = "command"


def command_words(key: str, title: Content | str, command: str) -> Content:
    """The key in the keys' colour and the title; a click on either means the command of that name."""
    words = Content.assemble((key, "bold $key"), " ", title)
    return words.stylize(Style.from_meta({_META: command}))


class CommandLine(Widget):
    """A widget whose `command_words` run their commands when they are clicked."""

    async def on_click(self, event: events.Click) -> None:
        """Run the command whose words lie under the pointer."""
        name = event.style.meta.get(_META)
        if name is not None:
            event.stop()
            await self.run_action(f"app.run_named({str(name)!r})")
