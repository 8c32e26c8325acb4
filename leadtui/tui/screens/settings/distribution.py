"""Rules of distribution: by which leads are shared out, among whom; each is tried on last month's before it is switched on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from leadtui.domain.difference import merge_definition
from leadtui.domain.distribution import (
    CHANNEL,
    CITY,
    NEED,
    SHARING_TITLES,
    DistributionRule,
    RuleWords,
    Sharing,
)
from leadtui.language.text import brief
from leadtui.language.translate import N_, P_, _, pgettext
from leadtui.presentation.distribution import among_line, by_title, rule_line
from leadtui.services.defining import DISTRIBUTION
from leadtui.services.distributing import AMONG_FIELD, BY_FIELD, RULE_FIELD, try_rule
from leadtui.services.distribution_rules import CAP_FIELD, save_rule
from leadtui.tui.dialogs.trial_dialog import TrialDialog
from leadtui.tui.program import Program
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

YES, NO = "yes", "no"


class DistributionSort(DefinitionSort[DistributionRule]):
    """A rule is kept switched off; whoever switches it on sees first who would have got how many."""

    name: ClassVar[str] = DISTRIBUTION
    title: ClassVar[str] = P_("tab", "Distribution")
    new_title: ClassVar[str] = P_("title", "new rule")
    retired_title: ClassVar[str] = P_("heading", "switched off")
    empty_words: ClassVar[str] = N_("No rule is on: {key} adds one")

    def __init__(self, program: Program) -> None:
        """Title, the way, the field that it goes by, among whom, the most of each, and whether only on shift."""
        super().__init__(program.session)
        self._program = program
        answers = [Choice(YES, pgettext("choice", "yes")), Choice(NO, pgettext("choice", "no"))]
        among = LineInput(
            "", pgettext("hint", "everybody; or names; =2 for twice as many, :Rome, Oslo for these")
        )
        self.fields = (
            FormField("title", pgettext("field", "Title"), LineInput(), required=True),
            FormField(RULE_FIELD, _("Who gets the next lead"), SharingChoice()),
            FormField(BY_FIELD, _("By the value of"), DropDown(self._by_choices(), "")),
            FormField(AMONG_FIELD, _("Among, with ; between"), among),
            FormField(
                CAP_FIELD, _("No more once somebody has so many"), LineInput("", pgettext("hint", "no limit"))
            ),
            FormField("on_shift", _("Only whose desk is open"), OneOf(answers, NO)),
        )

    def items(self) -> Sequence[DistributionRule]:
        """The workspace's rules."""
        return self.session.definitions.rules

    def blank(self) -> DistributionRule:
        """Evenly among everybody."""
        return DistributionRule(NEW, "", "")

    def listed(self, item: DistributionRule) -> ListedDefinition:
        """The title; those that are off stand apart."""
        return ListedDefinition(
            item.id, item.title, glyph="○" if item.retired else "●", retired=item.retired and item.id != NEW
        )

    def fill(self, item: DistributionRule) -> None:
        """Show the rule, with people by name."""
        words, defined = item.words, self.session.definitions
        title, sharing, by, among, cap, on_shift = self.fields
        title.text, sharing.text, by.text = item.title, words.sharing, words.by
        among.text = among_line(words, defined)
        cap.text = "" if words.cap is None else str(words.cap)
        on_shift.text = YES if words.on_shift else NO

    def gather(self, before: DistributionRule) -> DistributionRule:
        """Take what is typed; people who were not touched stay as they are."""
        title, sharing, by, among, cap, on_shift = self.fields
        kept = before.words
        typed = tuple(each.strip() for each in among.text.replace("؛", ";").split(";") if each.strip())
        same = among.text == among_line(kept, self.session.definitions)
        words = RuleWords(
            sharing=sharing.text,
            among=kept.among if same else typed,
            by=by.text,
            cap=_limit(cap.text),
            on_shift=on_shift.text == YES,
        )
        return replace(before, title=title.text, words=words)

    def hint(self, form_field: FormField, item: DistributionRule, *, changed: bool) -> FieldMessage | None:
        """How a rule is switched on; what all of it comes to."""
        if form_field.key == "title" and item.retired and item.id != NEW and not changed:
            key = self._program.key_of("retire-definition")
            words = _("Off: in the list {key} tries it on last month's customers, then switches it on.")
            return FieldMessage(Tone.HINT, words.format(key=key))
        if form_field.key == "on_shift":
            return FieldMessage(Tone.HINT, rule_line(item.words, self.session.definitions))
        return None

    def affected(self, item: DistributionRule) -> int:
        """No customer feels it until it is used."""
        del item
        return 0

    async def settle(self, program: Program, item: DistributionRule, *, retired: bool) -> bool:
        """Show what a rule would have done before it is switched on."""
        stored = next((each for each in self.items() if each.id == item.id), None)
        if retired or stored is None or not stored.retired:
            return True
        tried = await program.actions.read(partial(try_rule, self.session, stored))
        return bool(await program.actions.ask(TrialDialog(self.session, stored, tried)))

    def save(self, item: DistributionRule, before: DistributionRule | None) -> int:
        """Keep it."""
        return save_rule(self.session, item, before).id

    def merge(
        self, before: DistributionRule, mine: DistributionRule, newest: DistributionRule
    ) -> DistributionRule:
        """Part by part."""
        return merge_definition(before, mine, newest)

    def same_but_place(self, before: DistributionRule, newest: DistributionRule) -> bool:
        """The place and whether it is on are changed in the list, not in the form."""
        return replace(before, position=newest.position, retired=newest.retired) == newest

    def retired_words(self, title: str, key: str) -> str:
        """That it is off; `key` switches it on again."""
        return _("“{title}” is off. {key} switches it on again.").format(title=brief(title), key=key)

    def back_words(self, title: str) -> str:
        """That it is on."""
        return _("“{title}” is on: give customers by it, or import with it.").format(title=brief(title))

    def _by_choices(self) -> list[Choice]:
        defined = self.session.definitions
        own = (each.key for each in defined.open_fields)
        named = dict.fromkeys(
            (CHANNEL, CITY, NEED, *own, *(each.words.by for each in defined.rules if each.words.by))
        )
        return [
            Choice("", pgettext("choice", "nothing")),
            *(Choice(each, by_title(each, defined), (each,)) for each in named),
        ]


class SharingChoice(DropDown):
    """Who of several gets the next lead: another way can be chosen, but not none."""

    def __init__(self) -> None:
        """Evenly, until another one is chosen."""
        choices = [
            Choice(each.value, pgettext("choice", SHARING_TITLES[each]), (each.value,)) for each in Sharing
        ]
        super().__init__(choices, Sharing.EVENLY.value)

    def validate_at(self, at: int | None) -> int | None:
        """What was chosen stays where nothing would be."""
        return self.at if at is None else at


def _limit(text: str) -> int | None:
    """The number that is typed, in whichever digits; 0, which no rule may say, where it is none."""
    typed = text.strip()
    if not typed:
        return None
    return int(typed) if typed.isdecimal() else 0
