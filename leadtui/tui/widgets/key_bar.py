"""The keys at the bottom of a screen, as many as fit, none cut; and commands as words that can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.reactive import var
from textual.style import Style
from textual.widget import Widget

from leadtui.language.text import cell_width
from leadtui.language.translate import pgettext
from leadtui.tui.commands.command import Command, with_keys
from leadtui.tui.program import program_of

GAP = 3

_META = "command"


def command_words(key: str, title: Content | str, command: str) -> Content:
    """The key in the keys' colour and the title; a click on either means the command of that name."""
    return meaning(Content.assemble((key, "bold $key"), " ", title), command)


def meaning(words: Content, command: str) -> Content:
    """The words, a click on which means the command of that name."""
    return words.stylize(Style.from_meta({_META: command}))


async def run_words(widget: Widget, event: events.Click) -> None:
    """Run the command whose words lie under the pointer, if any do."""
    name = event.style.meta.get(_META)
    if name is not None:
        event.stop()
        await widget.run_action(f"app.run_named({str(name)!r})")


class CommandLine(Widget):
    """A widget whose `command_words` run their commands when they are clicked."""

    async def on_click(self, event: events.Click) -> None:
        """Run the command whose words lie under the pointer."""
        await run_words(self, event)


class KeyBar(CommandLine):
    """One line of `key Title` pairs. A click on one runs its command."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $pane-alt; color: $foreground; }
    """

    commands: var[tuple[Command, ...]] = var(())
    """What may be shown; the order on screen is the order here."""

    beside_letters: var[bool] = var(False)
    """Whether the keys are named that work where letters are written down."""

    notice: var[Content] = var(Content())
    """What stands before the keys for a while."""

    def __init__(self, commands: Sequence[Command]) -> None:
        """Only commands with an importance are shown."""
        super().__init__()
        self.set_reactive(KeyBar.commands, tuple(each for each in commands if each.important))

    def watch_commands(self) -> None:
        """Draw again with other commands."""
        self.refresh()

    def watch_notice(self) -> None:
        """Draw again beside another notice."""
        self.refresh()

    def watch_beside_letters(self) -> None:
        """Draw again with other keys."""
        self.refresh()

    def render(self) -> Content:
        """The notice, and the pairs that fit."""
        pairs = [
            command_words(self._key(each), pgettext("key", each.title), each.name) for each in self._fitting()
        ]
        return Content(" " * GAP).join([self.notice, *pairs] if self.notice else pairs)

    def _key(self, command: Command) -> str:
        keyboard = program_of(self).keyboard
        return command.key_beside_letters(keyboard) if self.beside_letters else command.shown_key(keyboard)

    def _fitting(self) -> list[Command]:
        room = self.content_size.width - (self.notice.cell_length + GAP if self.notice else 0)
        program = program_of(self)
        # With the keys that the person gave them.
        commands = with_keys(self.commands, program.keymap)
        chosen: list[Command] = []
        for command in sorted(commands, key=lambda each: each.important):
            needed = (
                cell_width(self._key(command))
                + 1
                + cell_width(pgettext("key", command.title))
                + (GAP if chosen else 0)
            )
            if needed <= room:
                chosen.append(command)
                room -= needed
        return [command for command in commands if command in chosen]
