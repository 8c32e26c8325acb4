"""The question before the desk opens: in which of several workspaces, where the person was in none yet."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets.option_list import Option

from leadtui.domain.workspace import OwnWorkspace
from leadtui.language.text import safe
from leadtui.language.translate import apart, pgettext
from leadtui.settings import AUTO
from leadtui.tui.leaving import leaving_when_asked
from leadtui.tui.question_app import QuestionApp
from leadtui.tui.widgets.marked_lists import RadioList


class WorkspaceChoiceApp(QuestionApp[int]):
    """Closes with the id of the workspace that is chosen, with nothing where the person leaves."""

    CSS = f"{QuestionApp.CSS} .box {{ width: 60; }}"

    def __init__(self, own: Sequence[OwnWorkspace], direction: str = AUTO) -> None:
        """`own` are what is chosen from, `direction` is the setting of that name."""
        super().__init__(direction)
        self._own = tuple(own)

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
        box = self.query_one(RadioList)
        self.dress(box, pgettext("title", "Workspaces"), [("Enter", pgettext("key", "open"))])
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
