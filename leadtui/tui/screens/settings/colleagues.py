"""Colleagues: who works here, with which profile, and how many customers each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from leadtui.domain.permission import Permission
from leadtui.domain.workspace import Colleague
from leadtui.language.text import safe
from leadtui.language.translate import N_, _, ngettext
from leadtui.services.colleagues import COLLEAGUE, add_colleague, change_colleague
from leadtui.services.session import Session
from leadtui.tui.presenter import brief
from leadtui.tui.screens.settings.choosing import OneOf, OneProfile
from leadtui.tui.screens.settings.listing import Listed
from leadtui.tui.screens.settings.merging import merge
from leadtui.tui.screens.settings.pane import NEW, DefinitionPane
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput

HERE, GONE = "here", "gone"


class ColleaguesPane(DefinitionPane[Colleague]):
    """The people of the workspace; they have no order of their own."""

    SORT: ClassVar[str] = COLLEAGUE
    TITLE: ClassVar[str] = N_("Colleagues")
    NEW_TITLE: ClassVar[str] = N_("new colleague")
    RETIRED: ClassVar[str] = N_("no longer here")
    MOVABLE: ClassVar[bool] = False

    def __init__(self, session: Session) -> None:
        """As every pane."""
        super().__init__(session)
        self._profile = OneProfile()

    def renew(self) -> None:
        """There may be other profiles, too."""
        # What is chosen is read first: a profile that is gone cannot be chosen any more, which nobody typed.
        super().renew()
        self._profile.offer(self.session.definitions.profiles)

    def items(self) -> Sequence[Colleague]:
        """Everybody."""
        return self.session.definitions.colleagues

    def blank(self) -> Colleague:
        """An agent without a name."""
        return Colleague(NEW, "", "")

    def listed(self, item: Colleague) -> Listed:
        """The name and the number of customers."""
        count = self.counts.by_colleague.get(item.id, 0)
        return Listed(
            item.id,
            item.name,
            glyph="★" if Permission.MANAGE_COLLEAGUES in item.permissions else "●",
            aside=self.count_words(count) if item.id != NEW else "",
            retired=not item.active,
        )

    def form_fields(self) -> list[FormField]:
        """Name, e-mail, profile, and whether the person works here."""
        here = [Choice(HERE, _("yes")), Choice(GONE, _("no"))]
        return [
            FormField("name", _("Name"), LineInput(), required=True),
            FormField("email", _("E-mail"), LineInput("", _("name@example.com")), required=True),
            FormField("profile", _("Works as"), self._profile),
            FormField("active", _("Works here"), OneOf(here, HERE)),
        ]

    def fill(self, item: Colleague) -> None:
        """Show the person."""
        name, email, profile, active = self.form.fields
        self._profile.offer(self.session.definitions.profiles)
        name.text, email.text, profile.text = item.name, item.email, item.profile
        active.text = HERE if item.active else GONE

    def gather(self, before: Colleague) -> Colleague:
        """Take what is typed."""
        name, email, profile, active = self.form.fields
        return replace(
            before,
            name=name.text,
            email=email.text if before.id == NEW else before.email,
            profile=profile.text,
            active=active.text == HERE,
        )

    def shown(self, item: Colleague) -> None:
        """The address is how a person is known here: it is asked for once. Whoever is added works here."""
        _name, email, _profile, active = self.form.fields
        email.display = item.id == NEW
        email.disabled = item.id != NEW
        active.display = item.id != NEW
        active.disabled = item.id == NEW

    def hint(self, form_field: FormField) -> FieldMessage | None:
        """The address, and the customers of somebody who leaves."""
        draft = self.drafts.get(self.at)
        if form_field.key == "name" and self.at != NEW:
            return FieldMessage(Tone.HINT, safe(self.address))
        count = self.counts.by_colleague.get(self.at, 0)
        if form_field.key == "active" and draft is not None and not draft.item.active and count:
            words = ngettext(
                "{count} customer stays in this cartable until somebody moves it.",
                "{count} customers stay in this cartable until somebody moves them.",
                count,
            )
            return FieldMessage(Tone.DOUBTFUL, words.format(count=self.count_words(count)))
        return None

    @property
    def address(self) -> str:
        """The e-mail address of who stands in the form."""
        person = self.session.definitions.colleague(self.at)
        return person.email if person is not None else ""

    def save(self, item: Colleague, before: Colleague | None) -> int:
        """Add the person, or change them."""
        if before is None:
            return add_colleague(self.session, item.name, item.email, item.profile)
        change_colleague(self.session, item.id, item.name, item.profile, active=item.active, before=before)
        return item.id

    def merge(self, before: Colleague, mine: Colleague, newest: Colleague) -> Colleague:
        """Part by part."""
        return merge(before, mine, newest)

    def same_but_place(self, before: Colleague, newest: Colleague) -> bool:
        """What the profile allows is another tab's affair."""
        return replace(before, permissions=newest.permissions) == newest

    def set_retired(self, item: Colleague, *, retired: bool) -> None:
        """Whether the person works here."""
        change_colleague(self.session, item.id, item.name, item.profile, active=not retired)

    def retired_words(self, title: str) -> str:
        """That the person works here no more."""
        return _("{name} does not work here any more. x brings them back.").format(name=brief(title))

    def back_words(self, title: str) -> str:
        """That the person works here again."""
        return _("{name} works here again.").format(name=brief(title))
