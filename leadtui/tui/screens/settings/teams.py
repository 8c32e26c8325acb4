"""Teams: who works together, led by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from leadtui.domain.difference import merge_definition
from leadtui.domain.team import Team
from leadtui.domain.workspace import MemberState
from leadtui.language.text import brief
from leadtui.language.translate import N_, P_, _, ngettext, pgettext
from leadtui.services.session import Session
from leadtui.services.teams import LEAD_FIELD, MEMBERS_FIELD, TEAM, remove_team, save_team
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OptionRow


class TeamSort(DefinitionSort[Team]):
    """They have no order of their own, and are removed rather than retired."""

    name: ClassVar[str] = TEAM
    title: ClassVar[str] = P_("tab", "Teams")
    new_title: ClassVar[str] = P_("title", "new team")
    empty_words: ClassVar[str] = N_("No team yet: {key} adds one")
    movable: ClassVar[bool] = False

    def __init__(self, session: Session) -> None:
        """The title, who leads it, who is in it."""
        super().__init__(session)
        self._lead, self._members = DropDown([], ""), OptionRow([], several=True)
        self.fields = (
            FormField("title", pgettext("field", "Title"), LineInput(), required=True),
            FormField(LEAD_FIELD, pgettext("field", "Led by"), self._lead),
            FormField(MEMBERS_FIELD, pgettext("field", "Members"), self._members),
        )

    def items(self) -> Sequence[Team]:
        """The workspace's teams."""
        return self.session.definitions.teams

    def blank(self) -> Team:
        """Nobody is in it."""
        return Team(NEW, "", "")

    def listed(self, item: Team) -> ListedDefinition:
        """The title and how many people are in it."""
        return ListedDefinition(
            item.id, item.title, glyph="●", aside=self.count_words(len(item.people)) if item.people else ""
        )

    def fill(self, item: Team) -> None:
        """Show who is in it."""
        nobody = Choice("", pgettext("choice", "nobody"))
        people = self._people()
        lead = "" if item.lead_id is None else str(item.lead_id)
        self.fields[0].text = item.title
        self._lead.begin_with([nobody, *people], lead)
        self._members.begin_with(people, "\n".join(map(str, item.members)))

    def gather(self, before: Team) -> Team:
        """Take who is in it."""
        title, lead, members = (each.text for each in self.fields)
        return replace(
            before,
            title=title,
            lead_id=int(lead) if lead else None,
            members=tuple(int(each) for each in members.split("\n") if each),
        )

    def hint(self, form_field: FormField, item: Team, *, changed: bool) -> FieldMessage | None:
        """What a team is for."""
        del item, changed
        if form_field.key == MEMBERS_FIELD:
            words = _("Who may do something for the team does it for the customers of all who are in it.")
            return FieldMessage(Tone.HINT, words)
        return None

    def affected(self, item: Team) -> int:
        """How many people are in it."""
        return len(item.people)

    def affects(self, count: int) -> str:
        """What changes for them."""
        return ngettext(
            "Saving changes whose customers {count} person reaches, at once.",
            "Saving changes whose customers {count} people reach, at once.",
            count,
        ).format(count=self.count_words(count))

    def save(self, item: Team, before: Team | None) -> int:
        """Keep it."""
        return save_team(self.session, item, before).id

    def merge(self, before: Team, mine: Team, newest: Team) -> Team:
        """Part by part, person by person."""
        was, wanted = set(before.members), set(mine.members)
        members = (set(newest.members) | (wanted - was)) - (was - wanted)
        kept = tuple(each.id for each in self.session.definitions.people if each.id in members)
        return replace(merge_definition(before, mine, newest), members=kept)

    def set_retired(self, item: Team, *, retired: bool) -> None:
        """Remove it."""
        del retired
        remove_team(self.session, item.id)

    def retired_words(self, title: str, key: str) -> str:
        """That it is gone; no key brings it back."""
        del key
        return _("“{title}” is removed.").format(title=brief(title))

    def _people(self) -> list[Choice]:
        here = (each for each in self.session.definitions.people if each.state is not MemberState.GONE)
        return [Choice(str(each.id), each.name, (each.email,)) for each in here]
