"""The smallest program of Textual: `python -m tests.bench.programs.hello_world`."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class HelloWorld(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        yield Static("Hello-world")


if __name__ == "__main__":
    HelloWorld().run()
