"""The first time: who works for whom, where, in which language, beginning with what; and the desk is ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, Static

from leadtui.domain.workspace import Template
from leadtui.errors import InvalidAnswers
from leadtui.language.calendar_names import CALENDAR_WORDS
from leadtui.language.territory import customs_of, region_of, region_of_zone, region_title
from leadtui.language.text import clean, safe
from leadtui.language.translate import _, apart, base_language, language, pgettext
from leadtui.presentation.template_words import template_words
from leadtui.services.templates import own_zone
from leadtui.services.workspace import template_for
from leadtui.settings import AUTO
from leadtui.tui.keyboard import SHOWN_IN
from leadtui.tui.leaving import leaving_when_asked
from leadtui.tui.question_app import QuestionApp
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.marked_lists import RadioList

LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("fa", "فارسی"), ("ar", "العربية"))
"""The languages that can be chosen, each by its own name."""


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What a new store begins with; the template is that of the firm and its country."""

    name: str
    language: str
    template: Template


class FirstRunApp(QuestionApp[FirstAnswers]):
    """One short form; Enter leads through it, Ctrl+S or F12 begins."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,f12", "begin", show=False, priority=True)]
    CSS = f"""{QuestionApp.CSS}
    RadioList {{ margin: 0 0 1 0; }}
    #customs {{ color: $faint; height: 1; margin: 0 0 1 0; }}
    """

    def __init__(self, templates: Sequence[Template], where: str, direction: str = AUTO) -> None:
        """`where` is the file that will be made, `direction` the setting of that name."""
        super().__init__(direction)
        self._templates = tuple(templates)
        self._where = where

    def compose(self) -> ComposeResult:
        """The questions."""
        region = region_of_zone(own_zone())
        with VerticalScroll(id="form", can_focus=False):
            yield Label(_("Your name, as colleagues see it"))
            yield LineInput(id="name")
            yield Label(_("Your firm, as the desk is called"))
            yield LineInput(id="title")
            yield Label(pgettext("field", "Country"))
            yield LineInput(region_title(region, language()) if region else "", id="region")
            yield Static(id="customs")
            yield Label(pgettext("field", "Language"))
            yield RadioList(*(title for _key, title in LANGUAGES), id="languages")
            yield Label(_("What the desk begins with; a supervisor changes all of it later"))
            yield RadioList(
                *map(_template_words, self._templates),
                id="templates",
            )
            yield Static(
                Content(_("Everything is kept in {file}.").format(file=safe(self._where))), classes="hint"
            )
            yield Static(id="refusal")

    def on_mount(self) -> None:
        """Title, keys, look."""
        keys = [key for key, _title in LANGUAGES]
        self.query_one("#languages", RadioList).highlighted = keys.index(base_language(language()))
        # Nothing was typed yet that shows which keyboard it is, and Ctrl+S does not come from every one.
        begin = "F12" if base_language(language()) in SHOWN_IN else "Ctrl+S"
        self.dress(
            self.query_one("#form"),
            pgettext("heading", "the first time"),
            [("Enter", pgettext("key", "next")), (begin, pgettext("key", "begin"))],
        )

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.screen.focus_next()

    @on(Input.Changed, "#region")
    def _say_customs(self, event: Input.Changed) -> None:
        """What follows from the country."""
        region = region_of(event.value)
        customs = customs_of(region, own_zone()) if region else None
        words = (
            [customs.zone, customs.currency, pgettext("choice", CALENDAR_WORDS[customs.calendar])]
            if customs
            else []
        )
        self.query_one("#customs", Static).update(Content(" · ".join(words)))

    @on(RadioList.OptionSelected, "#languages")
    def _language_picked(self) -> None:
        self.query_one("#templates").focus()

    @on(RadioList.OptionSelected, "#templates")
    def _template_picked(self) -> None:
        self.action_begin()

    def action_begin(self) -> None:
        """Close with the answers."""
        name, title, region = (clean(self.query_one(f"#{each}", Input).value) for each in _TYPED)
        if not name:
            self._refuse("name", _("A name is needed: colleagues see who did what."))
            return
        spoken = LANGUAGES[self.query_one("#languages", RadioList).chosen][0]
        chosen = self._templates[self.query_one("#templates", RadioList).chosen]
        try:
            template = template_for(chosen, title, region_of(region) or region, spoken)
        except InvalidAnswers as error:
            problem = next((each for each in error.problems if each.field in _TYPED), error.problems[0])
            self._refuse(problem.field, str(problem))
            return
        self.exit(FirstAnswers(name, spoken, template))

    def action_help_quit(self) -> None:
        """Say, to whom Ctrl+C ends programs elsewhere, which key ends this one."""
        self.notify(_("{key} leaves; nothing is kept yet.").format(key="Esc"), markup=False)

    def _refuse(self, field: str, sentence: str) -> None:
        self.query_one("#refusal", Static).update(Content(sentence))
        self.query_one(f"#{field}").focus()


def _template_words(template: Template) -> Content:
    """What a template is called, and a sentence."""
    title, sentence = template_words(template)
    return Content.assemble((apart(safe(title)), "bold"), "  ", (apart(safe(sentence)), "$dim"))


_TYPED = ("name", "title", "region")
"""What is typed, by the parts of the answers."""


def ask(templates: Sequence[Template], where: str, direction: str) -> FirstAnswers | None:
    """Ask the questions; None where the person leaves. Raises SystemExit where the program was ended."""
    app = FirstRunApp(templates, where, direction)
    with leaving_when_asked(app) as run:
        run()
    if app.return_code:
        raise SystemExit(app.return_code)
    return app.return_value
