"""A rule of distribution before it is switched on: who would have got how many of last month's customers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.distribution import TRIED_DAYS, DistributionRule
from leadtui.language.text import brief, cell_width, safe
from leadtui.language.translate import _, ngettext, pgettext, show_number
from leadtui.presentation.distribution import rule_line
from leadtui.services.distributing import Plan
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import Dialog

NAME_WIDTH = 28
LONGEST_BAR = 24


class TrialDialog(Dialog[bool]):
    """Closes with True where the rule is to be switched on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "switch_on", show=False)]
    DEFAULT_CSS = """
    TrialDialog { .shares { margin: 1 0; height: auto; } .left { color: $soon; } }
    """

    def __init__(self, session: Session, rule: DistributionRule, tried: Plan) -> None:
        """`tried` is what became of last month's customers by the rule."""
        keys = [("Enter", pgettext("key", "switch it on")), ("Esc", pgettext("key", "back"))]
        super().__init__(pgettext("title", "Trial · {title}").format(title=brief(rule.title, 40)), keys)
        self._session = session
        self._rule = rule
        self._tried = tried

    def compose_body(self) -> Iterable[Widget]:
        """What the rule says, and a line for each who would have got some."""
        tried, language = self._tried, self._session.language
        count = len(tried.ids) + tried.nobody
        words = ngettext(
            "{count} customer came in the last {days} days.",
            "{count} customers came in the last {days} days.",
            count,
        ).format(count=show_number(count, language), days=show_number(TRIED_DAYS, language))
        yield Static(Content(safe(rule_line(self._rule.words, self._session.definitions))), classes="label")
        gone_to = _("By this rule they would have gone to:") if count else ""
        yield Static(Content(f"{words} {gone_to}".rstrip()))
        yield Static(self._shares(), classes="shares")
        if tried.nobody:
            left = ngettext(
                "{count} is left: nobody takes it.", "{count} are left: nobody takes them.", tried.nobody
            )
            yield Static(Content(left.format(count=show_number(tried.nobody, language))), classes="left")

    def action_switch_on(self) -> None:
        """The person has seen it."""
        self.dismiss(True)

    def _shares(self) -> Content:
        gets, language = self._tried.per_person, self._session.language
        most = max(gets.values(), default=0)
        lines: list[Content] = []
        for share in self._tried.rule.shares:
            person = self._session.definitions.colleague(share.person_id)
            name = brief(person.name if person is not None else "", NAME_WIDTH)
            count = gets.get(share.person_id, 0)
            number = show_number(count, language)
            bar = "━" * (round(count / most * LONGEST_BAR) if most else 0)
            gap = " " * (NAME_WIDTH + 2 - cell_width(name) + max(0, 7 - cell_width(number)))
            lines.append(Content.assemble(name, gap, number, "  ", (bar, "$primary")))
        return Content("\n").join(lines)
