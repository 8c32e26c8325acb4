"""The first time: a name, a language and a template, and the desk is ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, RadioButton, RadioSet, Static

from leadtui import paths
from leadtui.domain.template import Template
from leadtui.language.text import clean, safe
from leadtui.language.translate import _
from leadtui.tui.pasting import PastingApp
from leadtui.tui.theming import load_themes, variables_for
from leadtui.tui.widgets.typed import TypedLine

LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("fa", "فارسی"), ("ar", "العربية"))
"""The languages that can be chosen, each by its own name."""


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What a new store begins with."""

    name: str
    language: str
    template: Template


class FirstRunApp(PastingApp[FirstAnswers]):
    """One short form; Ctrl+S or Enter in the name begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f12", "begin", show=False, priority=True),
        Binding("escape,ctrl+q", "quit", show=False, priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { align: center middle; background: $background; }
    #form {
        width: 74; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        background: $pane; border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $dim;
    }
    Label { color: $dim; }
    Input, Input:focus { border: none; height: 1; padding: 0 1; background: $field; margin: 0 0 1 0; }
    Input:focus { background: $field-focus; }
    RadioSet, RadioSet:focus { border: none; width: 100%; padding: 0 1; background: $field; margin: 0 0 1 0; }
    RadioSet:focus { background: $field-focus; }
    #languages { layout: horizontal; height: 1; }
    #languages RadioButton { width: auto; margin: 0 3 0 0; }
    #refusal { color: $late; height: auto; }
    """

    def __init__(self, templates: Sequence[Template], name: str, where: str) -> None:
        """`name` is a suggestion, `where` the file that will be made."""
        super().__init__()
        self._templates = tuple(templates)
        self._name = name
        self._where = where

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that leadtui's screens name."""
        return variables_for(self.current_theme)

    def compose(self) -> ComposeResult:
        """Three questions."""
        with VerticalScroll(id="form", can_focus=False):
            yield Label(_("Your name, as colleagues see it"))
            yield TypedLine(safe(self._name), id="name")
            yield Label(_("Language"))
            with RadioSet(id="languages"):
                for index, (_key, title) in enumerate(LANGUAGES):
                    yield RadioButton(title, value=index == 0)
            yield Label(_("What the desk begins with; a supervisor changes all of it later"))
            with RadioSet(id="templates"):
                for index, template in enumerate(self._templates):
                    words = Content.assemble(
                        (safe(template.workspace.title), "bold"), "  ", (safe(template.summary), "$dim")
                    )
                    yield RadioButton(words, value=index == 0)
            yield Static(id="refusal")

    def on_mount(self) -> None:
        """Title, keys, look."""
        for theme in load_themes([paths.themes_folder(), paths.own_themes_folder()])[0]:
            self.register_theme(theme)
        self.theme = "leadtui-night"
        form = self.query_one("#form")
        form.border_title = Content(f" ◉ leadtui · {_('the first time')} ")
        form.border_subtitle = Content.assemble(
            " ", ("Tab", "bold $key"), " ", _("next"), " · ", ("Ctrl+S", "bold $key"), " ", _("begin"), " · ",
            ("Esc", "bold $key"), " ", _("not now"), " ",
        )  # fmt: skip

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.query_one("#languages").focus()

    def action_begin(self) -> None:
        """Close with the answers."""
        name = clean(self.query_one("#name", Input).value)
        if not name:
            self.query_one("#refusal", Static).update(
                Content(_("A name is needed: colleagues see who did what."))
            )
            self.query_one("#name").focus()
            return
        language = LANGUAGES[max(0, self.query_one("#languages", RadioSet).pressed_index)][0]
        template = self._templates[max(0, self.query_one("#templates", RadioSet).pressed_index)]
        self.exit(FirstAnswers(name, language, template))


def ask(templates: Sequence[Template], name: str, where: str) -> FirstAnswers | None:
    """Ask the three questions; None where the person leaves."""
    return FirstRunApp(templates, name, where).run()
