"""Profiles: what people who work as one may do, by area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from leadtui.domain.difference import merge_definition
from leadtui.domain.permission import (
    AGENT_PROFILE,
    OWNER_PROFILE,
    READY_PROFILES,
    Area,
    Permission,
    Profile,
    Scope,
    differences,
)
from leadtui.language.text import brief
from leadtui.language.translate import P_, _, ngettext, pgettext
from leadtui.presentation.field_right_words import rights_words
from leadtui.presentation.permission_words import area_words
from leadtui.services.profiles import PROFILE, remove_profile, save_profile
from leadtui.services.session import Session
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.grant_row import GrantRow
from leadtui.tui.widgets.inputs import LineInput

READY = "★"
"""Marks the profiles that every workspace begins with."""


class ProfileSort(DefinitionSort[Profile]):
    """They have no order of their own, and one that nobody has is removed rather than retired."""

    name: ClassVar[str] = PROFILE
    title: ClassVar[str] = P_("tab", "Profiles")
    new_title: ClassVar[str] = P_("title", "new profile")
    movable: ClassVar[bool] = False

    def __init__(self, session: Session) -> None:
        """The title, and a row of permissions for each area."""
        super().__init__(session)
        rows = [
            FormField(
                area.value, area_words(area), GrantRow([each for each in Permission if each.area is area])
            )
            for area in Area
        ]
        self.fields = (FormField("title", pgettext("field", "Title"), LineInput(), required=True), *rows)

    def items(self) -> Sequence[Profile]:
        """The workspace's profiles."""
        return self.session.definitions.profiles

    def blank(self) -> Profile:
        """It begins with what an agent may."""
        return Profile(NEW, "", "", READY_PROFILES[AGENT_PROFILE])

    def copy_of(self, item: Profile) -> Profile:
        """Another profile that allows the same."""
        title = pgettext("title", "{title} (copy)").format(title=item.title)
        return replace(item, id=NEW, key="", title=title)

    def listed(self, item: Profile) -> ListedDefinition:
        """The title and how many people have it."""
        aside = self.count_words(self.affected(item)) if item.id != NEW else ""
        return ListedDefinition(item.id, item.title, glyph=READY if item.ready else "●", aside=aside)

    def fill(self, item: Profile) -> None:
        """Show what it allows."""
        self.fields[0].text = item.title
        for row in self.fields[1:]:
            row.text = "\n".join(f"{each}={item.scope(each)}" for each in Permission if each.area == row.key)

    def gather(self, before: Profile) -> Profile:
        """Take what is allowed."""
        lines = (line.split("=") for row in self.fields[1:] for line in row.text.split("\n"))
        scopes = {Permission(permission): Scope(scope) for permission, scope in lines}
        return replace(before, title=self.fields[0].text).granting(scopes)

    def hint(self, form_field: FormField, item: Profile, *, changed: bool) -> FieldMessage | None:
        """Which profile came ready, and what somebody sees who may not see all."""
        del changed
        if form_field.key == "title" and item.key == OWNER_PROFILE:
            return FieldMessage(
                Tone.HINT, _("{star} may do everything; only its title changes.").format(star=READY)
            )
        if form_field.key == "title" and not item.permissions:
            return FieldMessage(Tone.HINT, _("Allows nothing so far; choose what its people need."))
        if form_field.key == "title" and item.ready:
            return FieldMessage(
                Tone.HINT,
                _("{star} came with the program: it can be changed, not removed.").format(star=READY),
            )
        if form_field.key != Area.CUSTOMERS:
            return None
        sees, numbers = item.scope(Permission.SEE_CUSTOMERS), item.scope(Permission.SEE_NUMBERS)
        if numbers is Scope.NONE:
            return FieldMessage(Tone.HINT, _("Numbers and e-mails of all customers are hidden."))
        if sees in (Scope.NONE, Scope.OWN):
            return FieldMessage(Tone.HINT, _("Sees the customers of the own cartable alone."))
        if numbers is Scope.OWN:
            return FieldMessage(
                Tone.HINT, _("Numbers and e-mails of customers in other cartables are hidden.")
            )
        if Scope.TEAM in (sees, numbers):
            return FieldMessage(
                Tone.HINT, _("The team is everybody who is in a team with somebody; nobody's are not theirs.")
            )
        told = rights_words(item.fields, self.session.definitions)
        return FieldMessage(Tone.HINT, told) if told else None

    def affected(self, item: Profile) -> int:
        """How many people work as it."""
        return sum(person.profile == item.key for person in self.session.definitions.colleagues)

    def affects(self, count: int) -> str:
        """What changes for them."""
        return ngettext(
            "Saving changes what {count} person may do, at once.",
            "Saving changes what {count} people may do, at once.",
            count,
        ).format(count=self.count_words(count))

    def save(self, item: Profile, before: Profile | None) -> int:
        """Keep it."""
        return save_profile(self.session, item, before).id

    def merge(self, before: Profile, mine: Profile, newest: Profile) -> Profile:
        """Part by part, permission by permission."""
        decided = {each: mine.scope(each) for each in differences(before, mine)}
        return replace(newest, title=merge_definition(before, mine, newest).title).granting(decided)

    def set_retired(self, item: Profile, *, retired: bool) -> None:
        """Remove it."""
        del retired
        remove_profile(self.session, item.id)

    def retired_words(self, title: str, key: str) -> str:
        """That it is gone; no key brings it back."""
        del key
        return _("“{title}” is removed.").format(title=brief(title))
