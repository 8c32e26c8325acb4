"""What is asked before the desk opens has one look: a box in the middle, titled, with its keys in the lower border."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from leadtui import paths
from leadtui.language.translate import pgettext
from leadtui.settings import AUTO
from leadtui.tui.input_queue import InputQueue
from leadtui.tui.keyboard import Keyboard
from leadtui.tui.terminal_app import TerminalApp
from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import load_themes, sixteen_colour_themes

Answer = TypeVar("Answer")

NIGHT = "leadtui-night"


class QuestionApp(TerminalApp[Answer]):
    """Closes with the answer, with nothing where the person leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend", show=False),
    ]
    TITLE = "leadtui"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { align: center middle; background: $background; }
    .box {
        width: 78; max-width: 100%; height: auto; max-height: 100%; padding: 0 2;
        background: $pane; border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $dim; scrollbar-size-vertical: 1;
    }
    Label { color: $dim; }
    .hint { color: $faint; height: auto; }
    #refusal { color: $late; height: auto; }
    """

    def __init__(self, direction: str = AUTO, keyboard: str = AUTO) -> None:
        """The settings of those names say how the person's terminal writes."""
        super().__init__(direction)
        self._input_queue = InputQueue(self, super().on_event, Keyboard(keyboard))

    async def on_event(self, event: events.Event) -> None:
        """Give keys in their order."""
        await self._input_queue.take(event)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that leadtui's screens name."""
        return variables_for(self.current_theme)

    def dress(self, box: Widget, title: str, keys: Iterable[tuple[str, str]], theme: str = NIGHT) -> None:
        """Give the box its title and its keys, the last of which leaves, and the screen its colours."""
        themes, _problems = load_themes([paths.themes_folder(), paths.own_themes_folder()])
        for each in (*themes, *sixteen_colour_themes()):
            self.register_theme(each)
        self.theme = self.fitting_theme(theme if theme in self.available_themes else NIGHT)
        box.add_class("box")
        box.border_title = Content(f" ◉ leadtui · {title} ")
        parts: list[str | tuple[str, str]] = [" "]
        for key, words in (*keys, ("Esc", pgettext("key", "not now"))):
            parts += [" · "] if len(parts) > 1 else []
            parts += [(key, "bold $key"), f" {words}"]
        box.border_subtitle = Content.assemble(*parts, " ")
