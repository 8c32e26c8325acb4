"""Colleagues: who works here, with which profile, and how many customers each has."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import ClassVar

from leadtui.domain.difference import merge_definition
from leadtui.domain.permission import Permission, Profile
from leadtui.domain.workspace import Colleague
from leadtui.language.text import brief, safe
from leadtui.language.translate import P_, _, ngettext, pgettext
from leadtui.services.bulk import GIVEN_AT_ONCE
from leadtui.services.colleagues import COLLEAGUE, add_colleague, change_colleague, leads_per_colleague
from leadtui.services.handing_over import HandedOver, hand_over, left_behind
from leadtui.services.session import Session
from leadtui.tui.dialogs.hand_over_dialog import HandOverDialog
from leadtui.tui.dialogs.progress_dialog import ProgressDialog
from leadtui.tui.program import Program
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

HERE, GONE = "here", "gone"


class ColleagueSort(DefinitionSort[Colleague]):
    """The people of the workspace; they have no order of their own."""

    name: ClassVar[str] = COLLEAGUE
    title: ClassVar[str] = P_("tab", "Colleagues")
    new_title: ClassVar[str] = P_("title", "new colleague")
    retired_title: ClassVar[str] = P_("heading", "no longer here")
    movable: ClassVar[bool] = False

    def __init__(self, session: Session) -> None:
        """As every sort."""
        super().__init__(session)
        here = [Choice(HERE, pgettext("choice", "yes")), Choice(GONE, pgettext("choice", "no"))]
        self._profile = ProfileChoice()
        self.fields = (
            FormField("name", pgettext("field", "Name"), LineInput(), required=True),
            FormField(
                "email",
                pgettext("field", "E-mail"),
                LineInput("", pgettext("hint", "name@example.com")),
                required=True,
            ),
            FormField("profile", _("Works as"), self._profile),
            FormField("active", _("Works here"), OneOf(here, HERE)),
        )

    def items(self) -> Sequence[Colleague]:
        """Everybody."""
        return self.session.definitions.people

    def blank(self) -> Colleague:
        """An agent without a name."""
        return Colleague(NEW, "", "")

    def listed(self, item: Colleague) -> ListedDefinition:
        """The name and the number of customers."""
        count = self.counts.by_colleague.get(item.id, 0)
        return ListedDefinition(
            item.id,
            item.name,
            glyph="★" if Permission.MANAGE_COLLEAGUES in item.permissions else "●",
            aside=self.count_words(count) if item.id != NEW else "",
            retired=not item.active,
        )

    def fill(self, item: Colleague) -> None:
        """Show the person."""
        name, email, profile, active = self.fields
        self._profile.offer(self.session.definitions.profiles)
        name.text, email.text, profile.text = item.name, item.email, item.profile
        active.text = HERE if item.active else GONE

    def gather(self, before: Colleague) -> Colleague:
        """Take what is typed."""
        name, email, profile, active = self.fields
        return replace(
            before,
            name=name.text,
            email=email.text if before.id == NEW else before.email,
            profile=profile.text,
            active=active.text == HERE,
        )

    def follow(self, item: Colleague) -> None:
        """The address is how a person is known here: it is asked for once. Whoever is added works here."""
        _name, email, _profile, active = self.fields
        email.display = item.id == NEW
        email.disabled = item.id != NEW
        active.display = item.id != NEW
        active.disabled = item.id == NEW
        # There may be other profiles by now. What was chosen is read before: one that is gone cannot be chosen
        # any more, which nobody typed.
        self._profile.offer(self.session.definitions.profiles)

    def hint(self, form_field: FormField, item: Colleague, *, changed: bool) -> FieldMessage | None:
        """The address, and the customers of somebody who leaves."""
        if form_field.key == "name" and item.id != NEW:
            return FieldMessage(Tone.HINT, safe(item.email))
        count = self.counts.by_colleague.get(item.id, 0)
        if form_field.key == "active" and changed and not item.active and count:
            words = ngettext(
                "{count} customer is here; saving asks who gets them.",
                "{count} customers are here; saving asks who gets them.",
                count,
            )
            return FieldMessage(Tone.DOUBTFUL, words.format(count=self.count_words(count)))
        return None

    def affected(self, item: Colleague) -> int:
        """Nothing that customers would feel: what becomes of those of somebody who leaves is asked."""
        del item
        return 0

    async def settle(self, program: Program, item: Colleague, *, retired: bool) -> bool:
        """Who leaves drops nothing: ask who gets their customers and reminders, and give them, part by part."""
        stored, actions = self.session.definitions.colleague(item.id), program.actions
        if not retired or stored is None or not stored.active:
            return True
        left, counts = await actions.read(
            lambda: (left_behind(self.session, item.id), leads_per_colleague(self.session))
        )
        if left.nothing:
            return True
        to = await actions.ask(HandOverDialog(self.session, stored, left, counts))
        if to is None:
            return False
        title = pgettext("title", "{name} leaves").format(name=brief(stored.name, 30))
        progress = ProgressDialog(title, left.customers + left.reminders, self.session.language)
        done: HandedOver | None = None
        async with actions.shown(progress) if left.customers > GIVEN_AT_ONCE else nullcontext():
            while (done is None or not done.through) and not progress.stopped:
                done = await actions.write(partial(hand_over, self.session, item.id, to, done))
                progress.show(done.count)
        return done is not None and done.through

    def save(self, item: Colleague, before: Colleague | None) -> int:
        """Add the person, or change them."""
        if before is None:
            return add_colleague(self.session, item.name, item.email, item.profile)
        change_colleague(self.session, item.id, item.name, item.profile, active=item.active, before=before)
        return item.id

    def merge(self, before: Colleague, mine: Colleague, newest: Colleague) -> Colleague:
        """Part by part."""
        return merge_definition(before, mine, newest)

    def same_but_place(self, before: Colleague, newest: Colleague) -> bool:
        """What the profile allows is another tab's affair."""
        return replace(before, permissions=newest.permissions) == newest

    def set_retired(self, item: Colleague, *, retired: bool) -> None:
        """Whether the person works here."""
        change_colleague(self.session, item.id, item.name, item.profile, active=not retired)

    def retired_words(self, title: str, key: str) -> str:
        """That the person works here no more; `key` brings them back."""
        return _("{name} does not work here any more. {key} brings them back.").format(
            name=brief(title), key=key
        )

    def back_words(self, title: str) -> str:
        """That the person works here again."""
        return _("{name} works here again.").format(name=brief(title))


class ProfileChoice(OneOf):
    """What a colleague works as: one of the profiles that the workspace has by now."""

    def __init__(self) -> None:
        """None is offered yet."""
        super().__init__([])

    def offer(self, profiles: Sequence[Profile]) -> None:
        """Offer these profiles; the chosen one stays where it is among them."""
        choices = tuple(Choice(each.key, each.title, (each.key,)) for each in profiles)
        if choices != self.choices:
            self.offer_choices(choices)
