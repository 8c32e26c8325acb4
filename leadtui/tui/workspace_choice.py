"""The question before the desk opens: in which of several workspaces, where the person was in none yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from leadtui import paths
from leadtui.domain.workspace import OwnWorkspace
from leadtui.language.text import safe
from leadtui.language.translate import apart, pgettext
from leadtui.settings import AUTO
from leadtui.tui.input_queue import InputQueue
from leadtui.tui.keyboard import Keyboard
from leadtui.tui.leaving import leaving_when_asked
from leadtui.tui.terminal_app import TerminalApp
from leadtui.tui.theme_colours import variables_for
from leadtui.tui.theming import load_themes, sixteen_colour_themes
from leadtui.tui.widgets.marked_lists import RadioList


class WorkspaceChoiceApp(TerminalApp[int]):
    """Closes with the id of the workspace that is chosen, with nothing where the person leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend", show=False),
    ]
    TITLE = "leadtui"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { align: center middle; background: $background; }
    RadioList {
        width: 60; max-width: 100%; height: auto; max-height: 100%; padding: 0 2;
        background: $pane; border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $dim;
    }
    """

    def __init__(self, own: Sequence[OwnWorkspace], direction: str = AUTO) -> None:
        """`own` are what is chosen from, `direction` is the setting of that name."""
        super().__init__(direction)
        self._input_queue = InputQueue(self, super().on_event, Keyboard(AUTO))
        self._own = tuple(own)

    async def on_event(self, event: events.Event) -> None:
        """Give keys in their order."""
        await self._input_queue.take(event)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that leadtui's screens name."""
        return variables_for(self.current_theme)

    def compose(self) -> ComposeResult:
        """The workspaces, each with what the person works as."""
        yield RadioList(
            *(
                Option(
                    Content.assemble(
                        (apart(safe(each.title)), "bold"), "  ", (apart(safe(each.profile)), "$dim")
                    )
                )
                for each in self._own
            )
        )

    def on_mount(self) -> None:
        """Title, keys, look."""
        themes, _problems = load_themes([paths.themes_folder(), paths.own_themes_folder()])
        for theme in (*themes, *sixteen_colour_themes()):
            self.register_theme(theme)
        self.theme = self.fitting_theme("leadtui-night")
        box = self.query_one(RadioList)
        box.border_title = Content(" ◉ leadtui · " + pgettext("title", "Workspaces") + " ")
        box.border_subtitle = Content.assemble(
            " ", ("Enter", "bold $key"), " ", pgettext("key", "open"), " · ",
            ("Esc", "bold $key"), " ", pgettext("key", "not now"), " ",
        )  # fmt: skip
        box.highlighted = 0
        box.focus()

    @on(RadioList.OptionSelected)
    def _chosen(self, event: RadioList.OptionSelected) -> None:
        self.exit(self._own[event.option_index].id)


def choose(own: Sequence[OwnWorkspace], direction: str) -> int | None:
    """The id of the workspace that the person chooses; None where they leave. Raises SystemExit where the program was ended."""
    app = WorkspaceChoiceApp(own, direction)
    with leaving_when_asked(app) as run:
        run()
    if app.return_code:
        raise SystemExit(app.return_code)
    return app.return_value
