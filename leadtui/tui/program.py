"""What screens ask of the program that they run in, so that they need not know the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.dom import DOMNode
from textual.screen import Screen

if TYPE_CHECKING:
    from leadtui.services.desk import Desk
    from leadtui.settings import Settings
    from leadtui.tui.commands import Command
    from leadtui.tui.presenter import Presenter
    from leadtui.tui.writing import Writer


class Program(Protocol):
    """The running leadtui, as its screens see it. `LeadtuiApp` is the one that there is."""

    desk: Desk
    settings: Settings
    writer: Writer

    @property
    def presenter(self) -> Presenter:
        """How this desk's leads read."""
        ...

    @property
    def desk_screen(self) -> Screen[Any]:
        """The desk, whatever lies on top of it."""
        ...

    def hold_keys(self) -> None:
        """Keys that are typed from now on wait for what they are meant for."""
        ...

    def free_keys(self) -> None:
        """What the keys are meant for is there."""
        ...

    def drop_keys(self) -> None:
        """What the keys were meant for does not come."""
        ...

    def look_again(self) -> None:
        """Show at once what this terminal itself has changed."""
        ...

    def tell_trouble(self, sentence: str) -> None:
        """Tell what does not work in the background; the same again only after a while."""
        ...

    def open_lead(self, lead_id: int) -> None:
        """Show a customer at the desk."""
        ...

    async def run_command(self, command: Command) -> None:
        """Run a command as its key would."""
        ...


def program_of(node: DOMNode) -> Program:
    """The program that a screen or widget runs in."""
    return cast("Program", cast("Any", node).app)
