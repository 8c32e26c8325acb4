"""Somebody leaves: who gets their customers and reminders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from leadtui.domain.distribution import RuleWords
from leadtui.domain.workspace import Colleague
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, npgettext, pgettext, show_number
from leadtui.services.handing_over import LeftBehind
from leadtui.services.session import Session
from leadtui.tui.dialogs.bulk_dialogs import NOBODY, colleague_entries
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList

EVENLY = "evenly"


BY_RULE = "rule-"


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets them in turn, by their ids, nobody where there is none; or the stored rule that shares them out."""

    ids: tuple[int, ...] = ()
    by: RuleWords | None = None


class HandOverDialog(Dialog[Recipients]):
    """Closes with who gets them."""

    DEFAULT_CSS = "HandOverDialog .left { margin: 0 0 1 0; height: auto; }"

    def __init__(
        self,
        session: Session,
        leaving: Colleague,
        left: LeftBehind,
        leads_per_colleague: Mapping[int, int],
        *,
        may_stay: bool = False,
    ) -> None:
        """`left` is what the person has who leaves; of whom is only away it `may_stay` theirs, by leaving the dialog."""
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "give them")),
            ("Esc", pgettext("key", "they stay where they are") if may_stay else pgettext("key", "back")),
        ]
        super().__init__(
            (
                pgettext("title", "{name} is suspended: who gets this?")
                if may_stay
                else pgettext("title", "{name} leaves: who gets this?")
            ).format(name=brief(leaving.name, 30)),
            keys,
        )
        self._session = session
        self._leaving = leaving
        self._left = left
        self._leads = leads_per_colleague
        self._others = [each for each in session.definitions.active_colleagues if each.id != leaving.id]

    def compose_body(self) -> Iterable[Widget]:
        """What there is to give, and to whom it can be given."""
        yield Static(safe(left_words(self._left, self._session.language)), classes="left")
        count = len(self._others)
        evenly = npgettext(
            "choice", "shared out evenly among {count}", "shared out evenly among {count}", count
        )
        several = evenly.format(count=show_number(count, self._session.language))
        nobody = Content.assemble(
            pgettext("person", "nobody"),
            "  ",
            (pgettext("choice", "they wait for somebody; reminders ring at you"), "$dim"),
        )
        yield NarrowedList(
            [
                *([ListEntry(EVENLY, Content(several), several)] if count > 1 else []),
                *(
                    ListEntry(f"{BY_RULE}{each.key}", Content(by_rule_words(each.title)), each.title)
                    for each in self._session.definitions.open_rules
                ),
                *colleague_entries(self._session, self._others, self._leads),
                ListEntry(NOBODY, nobody, pgettext("person", "nobody")),
            ],
            pgettext("hint", "name or e-mail"),
            _("Nobody here is called so."),
        )

    @on(NarrowedList.Picked)
    def _picked(self, event: NarrowedList.Picked) -> None:
        if event.name == EVENLY:
            self.dismiss(Recipients(tuple(each.id for each in self._others)))
        elif event.name.startswith(BY_RULE):
            self.dismiss(Recipients(by=RuleWords(event.name.removeprefix(BY_RULE))))
        else:
            self.dismiss(Recipients(() if event.name == NOBODY else (int(event.name),)))


def by_rule_words(title: str) -> str:
    """That a stored rule shares them out."""
    return pgettext("choice", "by the rule “{title}”").format(title=brief(title, 40))


def left_words(left: LeftBehind, language: str) -> str:
    """How much there is: `12 customers · 3 reminders`, with the cases where there is one."""
    customers = npgettext("choice", "{count} customer", "{count} customers", left.customers)
    reminders = npgettext("choice", "{count} reminder", "{count} reminders", left.reminders)
    cases = npgettext("choice", "{count} case", "{count} cases", left.cases)
    told = [(customers, left.customers), (reminders, left.reminders)]
    told += [(cases, left.cases)] if left.cases else []
    return " · ".join(words.format(count=show_number(count, language)) for words, count in told)
