"""Profiles: what people who work as one may do, by area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from leadtui.domain.permission import AGENT_PROFILE, READY_PROFILES, Area, Permission, Profile
from leadtui.language.translate import N_, _, ngettext
from leadtui.services.profiles import PROFILE, remove_profile, save_profile
from leadtui.tui.presenter import brief
from leadtui.tui.screens.settings.listing import Listed
from leadtui.tui.screens.settings.merging import merge
from leadtui.tui.screens.settings.pane import NEW, DefinitionPane
from leadtui.tui.screens.settings.permission_words import AREA_WORDS, PERMISSION_WORDS
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OptionRow

READY = "★"
"""Marks the profiles that every workspace begins with."""


class ProfilesPane(DefinitionPane[Profile]):
    """They have no order of their own, and one that nobody has is removed rather than retired."""

    SORT: ClassVar[str] = PROFILE
    TITLE: ClassVar[str] = N_("Profiles")
    NEW_TITLE: ClassVar[str] = N_("new profile")
    MOVABLE: ClassVar[bool] = False

    def items(self) -> Sequence[Profile]:
        """The workspace's profiles."""
        return self.session.definitions.profiles

    def blank(self) -> Profile:
        """It begins with what an agent may."""
        return Profile(NEW, "", "", READY_PROFILES[AGENT_PROFILE])

    def listed(self, item: Profile) -> Listed:
        """The title and how many people have it."""
        aside = self.count_words(self._people(item)) if item.id != NEW else ""
        return Listed(item.id, item.title, glyph=READY if item.ready else "●", aside=aside)

    def form_fields(self) -> list[FormField]:
        """The title, and a row of permissions for each area."""
        rows = [
            FormField(area.value, _(AREA_WORDS[area]), OptionRow(_choices(area), several=True))
            for area in Area
        ]
        return [FormField("title", _("Title"), LineInput(), required=True), *rows]

    def fill(self, item: Profile) -> None:
        """Show what it allows."""
        self.form.fields[0].text = item.title
        for row in self.form.fields[1:]:
            granted = [each.value for each in Permission if each in item.permissions]
            row.text = "\n".join(granted)

    def gather(self, before: Profile) -> Profile:
        """Take what is allowed."""
        chosen = "\n".join(row.text for row in self.form.fields[1:])
        permissions = frozenset(Permission(each) for each in chosen.split("\n") if each)
        return replace(before, title=self.form.fields[0].text, permissions=permissions)

    def hint(self, form_field: FormField) -> FieldMessage | None:
        """Which profile came ready, and what somebody sees who may not see all."""
        item = self.in_hand()
        if form_field.key == "title" and item.ready:
            return FieldMessage(
                Tone.HINT,
                _("{star} came with the program: it can be changed, not removed.").format(star=READY),
            )
        if form_field.key != Area.CUSTOMERS:
            return None
        if Permission.SEE_CUSTOMERS not in item.permissions:
            return FieldMessage(Tone.HINT, _("Sees the customers of the own cartable alone."))
        if Permission.SEE_NUMBERS not in item.permissions:
            return FieldMessage(
                Tone.HINT, _("Numbers and e-mails of customers in other cartables are hidden.")
            )
        return None

    def affects(self, item: Profile) -> str:
        """How many people work as it."""
        people = self._people(item)
        if not people:
            return ""
        return ngettext(
            "Saving changes what {count} person may do, at once.",
            "Saving changes what {count} people may do, at once.",
            people,
        ).format(count=self.count_words(people))

    def save(self, item: Profile, before: Profile | None) -> int:
        """Keep it."""
        return save_profile(self.session, item, before).id

    def merge(self, before: Profile, mine: Profile, newest: Profile) -> Profile:
        """Part by part, permission by permission."""
        granted = (newest.permissions | (mine.permissions - before.permissions)) - (
            before.permissions - mine.permissions
        )
        return replace(merge(before, mine, newest), permissions=granted)

    def set_retired(self, item: Profile, *, retired: bool) -> None:
        """Remove it."""
        del retired
        remove_profile(self.session, item.id)

    def retired_words(self, title: str) -> str:
        """That it is gone."""
        return _("“{title}” is removed.").format(title=brief(title))

    def _people(self, item: Profile) -> int:
        return sum(person.profile == item.key for person in self.session.definitions.colleagues)


def _choices(area: Area) -> list[Choice]:
    return [Choice(each.value, _(PERMISSION_WORDS[each])) for each in Permission if each.area is area]
