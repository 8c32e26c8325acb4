"""Giving several customers to a colleague at once, with a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label

from leadtui.domain.distribution import DistributionRule
from leadtui.domain.draft import FormDraft
from leadtui.domain.workspace import Colleague
from leadtui.language.text import brief, cell_width, search_key
from leadtui.language.translate import _, npgettext, pgettext, show_number
from leadtui.presentation.board import shift_words
from leadtui.presentation.distribution import rule_line
from leadtui.presentation.formatter import Formatter
from leadtui.services.presence import Shift
from leadtui.services.session import Session
from leadtui.tui.dialogs.dialog import SAVE, KeptDialog
from leadtui.tui.widgets.draft_autosave import Keep
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.narrowed_list import ListEntry, NarrowedList

NOBODY = "nobody"
NAME_WIDTH = 30


@dataclass(frozen=True, slots=True)
class Transfer:
    """What the person decided; `owner_id` is None for nobody. Where a `rule` is named, it says who gets them."""

    owner_id: int | None
    note: str = ""
    rule: DistributionRule | None = None


_TO, _NOTE = "to", "note"
"""What a draft holds."""


class AssignDialog(KeptDialog[Transfer]):
    """Type a name, Enter; Tab leads to the note first."""

    BINDINGS: ClassVar[list[BindingType]] = [SAVE]
    DEFAULT_CSS = "AssignDialog { NarrowedList OptionList { max-height: 9; } #note { margin: 0; } .label { margin: 1 0 0 0; } }"

    def __init__(
        self,
        session: Session,
        whom: str,
        leads_per_colleague: Mapping[int, int],
        draft: FormDraft,
        reason: str = "",
        keep: Keep | None = None,
        shifts: Mapping[int, Shift] | None = None,
        *,
        by_rule: bool = False,
    ) -> None:
        """`whom` says which customers; what the draft says was refused for `reason` where there is one.

        `shifts` are those of who is at work, by id. With `by_rule` there are the rules of distribution alone.
        """
        keys = [
            ("↑↓", pgettext("key", "choose")),
            ("Enter", pgettext("key", "give")),
            ("Tab", pgettext("key", "note")),
            ("Esc", pgettext("key", "back, note kept")),
        ]
        title = _("Share out by a rule · {whom}") if by_rule else _("Give to a colleague · {whom}")
        super().__init__(title.format(whom=whom), keys, draft, keep, reason)
        self._by_rule = by_rule
        self._session = session
        self._leads = leads_per_colleague
        self._shifts = shifts
        self._begun_with = draft.texts

    def compose_body(self) -> Iterable[Widget]:
        """Who there is, least busy first, and the note."""
        if self._by_rule:
            yield NarrowedList(
                self._rule_entries(), pgettext("hint", "title of a rule"), _("No rule is called so.")
            )
        else:
            yield NarrowedList(
                self._entries(), pgettext("hint", "name or e-mail"), _("Nobody here is called so.")
            )
        yield Label(pgettext("field", "Note"), classes="label")
        why = pgettext("hint", "why, for whoever gets them")
        yield LineInput(self._begun_with.get(_NOTE, ""), id=_NOTE, placeholder=why)

    def on_mount(self) -> None:
        """Tell what was refused."""
        super().on_mount()
        self.query_one(NarrowedList).point_at(self._begun_with.get(_TO, ""))
        self.tell(self._reason)

    def texts(self) -> Mapping[str, str]:
        """Whom the cursor stands on and the note; without a note it is nothing that would be missed."""
        note = self.query_one(f"#{_NOTE}", LineInput).value
        return {_TO: self.query_one(NarrowedList).pointed, _NOTE: note} if note.strip() else {}

    @on(NarrowedList.Picked)
    @on(Input.Submitted, "#note")
    def action_save(self) -> None:
        """Close with whom is pointed at."""
        name = self.query_one(NarrowedList).pointed
        if not name:
            self.tell(_("Choose a colleague."))
            return
        note = self.query_one(f"#{_NOTE}", LineInput).value
        rule = next((each for each in self._session.definitions.open_rules if _rule_name(each) == name), None)
        to_person = rule is None and name != NOBODY
        self.dismiss(Transfer(int(name) if to_person else None, note, rule))

    def _entries(self) -> list[ListEntry]:
        nobody = Content.assemble(
            pgettext("person", "nobody"), "  ", (pgettext("choice", "they leave every cartable"), "$dim")
        )
        people = self._session.definitions.active_colleagues
        return [
            *colleague_entries(self._session, people, self._leads, self._shifts),
            *self._rule_entries(),
            ListEntry(NOBODY, nobody, pgettext("person", "nobody")),
        ]

    def _rule_entries(self) -> list[ListEntry]:
        return [self._rule_entry(each) for each in self._session.definitions.open_rules]

    def _rule_entry(self, rule: DistributionRule) -> ListEntry:
        title = brief(rule.title, NAME_WIDTH)
        says = brief(rule_line(rule.words, self._session.definitions), NAME_WIDTH)
        gap = " " * max(2, NAME_WIDTH + 2 - cell_width(title))
        words = pgettext("choice", "by the rule {title}").format(title=rule.title)
        return ListEntry(_rule_name(rule), Content.assemble("⇶ ", title, gap, (says, "$dim")), words)


def _rule_name(rule: DistributionRule) -> str:
    """What stands for a rule in the list and in drafts."""
    return f"rule {rule.id}"


def colleague_entries(
    session: Session,
    people: Iterable[Colleague],
    leads_per_colleague: Mapping[int, int],
    shifts: Mapping[int, Shift] | None = None,
) -> list[ListEntry]:
    """A line for each to choose among, least busy first and oneself last, named by the id.

    With the `shifts` of who is at work it says who is not, or is on a break.
    """
    me, language, formatter = session.actor.id, session.language, Formatter(session)
    entries: list[ListEntry] = []
    for person in sorted(
        people, key=lambda each: (each.id == me, leads_per_colleague.get(each.id, 0), search_key(each.name))
    ):
        name = brief(person.name, NAME_WIDTH)
        if person.id == me:
            name = pgettext("person", "{name} (you)").format(name=name)
        count = leads_per_colleague.get(person.id, 0)
        leads = npgettext("choice", "{count} lead", "{count} leads", count).format(
            count=show_number(count, language)
        )
        gap = " " * max(2, NAME_WIDTH + 4 - cell_width(name))
        words = f"{person.name} {person.email}"
        away = "" if shifts is None or person.id == me else _away_words(shifts.get(person.id), formatter)
        shown = Content.assemble(name, gap, (leads, "$dim"), (f"  {away}" if away else "", "$soon"))
        entries.append(ListEntry(str(person.id), shown, words))
    return entries


def _away_words(shift: Shift | None, formatter: Formatter) -> str:
    """That somebody is not at work; empty for who is."""
    return "" if shift is not None and shift.break_at is None else shift_words(shift, formatter)
