"""What the smaller dialogs share: a bordered box in the middle, its title and its keys in the border."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from textual import getters
from textual.app import App, ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from leadtui.language.text import safe

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A box over the desk. A subclass says in `compose_body` what is in it."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        #dialog {
            width: 72;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 1 2;
            scrollbar-size-vertical: 1;
            background: $pane;
            border: round $primary;
            border-title-color: $primary;
            border-title-style: bold;
            border-subtitle-color: $dim;
        }
        #dialog-body { height: auto; }
        #dialog-body Input { margin: 0 0 1 0; }
        .label { color: $dim; height: 1; }
        .hint { color: $faint; height: auto; }
        .reason { color: $late; height: auto; display: none; }
        .reason.-told { display: block; padding: 1 0 0 0; }
    }
    """

    app = getters.app(cast("type[App[Any]]", App))

    def __init__(self, title: str, keys: Sequence[tuple[str, str]]) -> None:
        """`title` stands in the upper border, `keys` with what they do in the lower one."""
        super().__init__()
        self._title = title
        self._keys = tuple(keys)

    def compose(self) -> ComposeResult:
        """The box with the subclass' body and the line for a refusal."""
        with VerticalScroll(id="dialog", can_focus=False):
            yield Vertical(*self.compose_body(), id="dialog-body")
            yield Static(classes="reason")

    def on_mount(self) -> None:
        """Write the title and the keys into the border."""
        box = self.query_one("#dialog")
        box.border_title = Content(f" {safe(self._title)} ")
        pairs = [Content.assemble((key, "bold $key"), " ", title) for key, title in self._keys]
        box.border_subtitle = Content.assemble(" ", Content(" · ").join(pairs), " ")

    def compose_body(self) -> Iterable[Widget]:
        """The widgets of the body."""
        return ()

    def tell(self, reason: str) -> None:
        """Show why something was refused; nothing hides it again."""
        line = self.query_one(".reason", Static)
        line.update(Content(safe(reason)))
        line.set_class(bool(reason), "-told")

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
