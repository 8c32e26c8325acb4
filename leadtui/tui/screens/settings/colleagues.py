"""Colleagues: who works here, with which profile, and how many customers each has."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import ClassVar

from leadtui.domain.difference import merge_definition
from leadtui.domain.permission import Permission, Profile
from leadtui.domain.workspace import WITH_CARTABLE, Colleague, MemberState
from leadtui.language.text import brief, safe
from leadtui.language.translate import P_, _, ngettext, pgettext
from leadtui.presentation.member_words import STATE_GLYPHS, standing_sentence, state_words
from leadtui.services.bulk import GIVEN_AT_ONCE
from leadtui.services.colleagues import COLLEAGUE, add_colleague, change_colleague, leads_per_colleague
from leadtui.services.handing_over import HandedOver, LeftBehind, hand_over, left_behind
from leadtui.services.inviting import withdraw_invitation
from leadtui.services.membership import remove_colleague, resume_colleague, suspend_colleague
from leadtui.tui.dialogs.hand_over_dialog import HandOverDialog, Recipients
from leadtui.tui.dialogs.progress_dialog import ProgressDialog
from leadtui.tui.program import Program
from leadtui.tui.screens.settings.definition_list import ListedDefinition
from leadtui.tui.screens.settings.definition_sort import NEW, DefinitionSort
from leadtui.tui.widgets.choice import Choice
from leadtui.tui.widgets.form_field import FieldMessage, FormField, Tone
from leadtui.tui.widgets.inputs import LineInput
from leadtui.tui.widgets.option_row import OneOf

HERE, GONE = "here", "gone"


def _state(before: Colleague, *, here: bool) -> MemberState:
    """How somebody stands after it is chosen whether they work here, which is asked only of who works here or is gone."""
    if before.state not in (MemberState.ACTIVE, MemberState.GONE):
        return before.state
    return MemberState.ACTIVE if here else MemberState.GONE


class ColleagueSort(DefinitionSort[Colleague]):
    """The people of the workspace; they have no order of their own."""

    name: ClassVar[str] = COLLEAGUE
    title: ClassVar[str] = P_("tab", "Colleagues")
    new_title: ClassVar[str] = P_("title", "new colleague")
    retired_title: ClassVar[str] = P_("heading", "no longer here")
    movable: ClassVar[bool] = False

    def __init__(self, program: Program) -> None:
        """`program` says who manages them, and where."""
        super().__init__(program.session)
        self._formatter = program.formatter
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
            glyph="★" if item.may(Permission.MANAGE_COLLEAGUES) else STATE_GLYPHS[item.state],
            aside=self._aside(item, count),
            retired=item.state is MemberState.GONE,
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
            state=_state(before, here=active.text == HERE),
        )

    def follow(self, item: Colleague) -> None:
        """The address is how a person is known here: it is asked for once. Whoever is added works here."""
        _name, email, _profile, active = self.fields
        email.display = item.id == NEW
        email.disabled = item.id != NEW
        stands = item.id != NEW and item.state in (MemberState.ACTIVE, MemberState.GONE)
        active.display = stands
        active.disabled = not stands
        # There may be other profiles by now. What was chosen is read before: one that is gone cannot be chosen
        # any more, which nobody typed.
        self._profile.offer(self.session.definitions.profiles)

    def hint(self, form_field: FormField, item: Colleague, *, changed: bool) -> FieldMessage | None:
        """The address, and the customers of somebody who leaves."""
        if form_field.key == "name" and item.id != NEW:
            return FieldMessage(
                Tone.HINT, f"{safe(item.email)} · {safe(standing_sentence(item, self._formatter))}"
            )
        count = self.counts.by_colleague.get(item.id, 0)
        if form_field.key == "active" and changed and not item.active and count:
            words = ngettext(
                "{count} customer is here; saving asks who gets them.",
                "{count} customers are here; saving asks who gets them.",
                count,
            )
            return FieldMessage(Tone.DOUBTFUL, words.format(count=self.count_words(count)))
        return None

    def _aside(self, item: Colleague, count: int) -> str:
        """How many customers somebody has, or that they are invited or suspended."""
        if item.id == NEW:
            return ""
        if item.state in (MemberState.INVITED, MemberState.SUSPENDED):
            return state_words(item)
        return self.count_words(count)

    async def suspend(self, program: Program, item: Colleague) -> str:
        """Suspend somebody and ask what becomes of what they have, or let them in again; returns what to say of it."""
        actions = program.actions
        if item.state is MemberState.SUSPENDED:
            await actions.write(partial(resume_colleague, self.session, item.id))
            return _("{name} works here again, and signs in anew.").format(name=brief(item.name))
        await actions.write(partial(suspend_colleague, self.session, item.id))
        left, counts = await actions.read(
            lambda: (left_behind(self.session, item.id), leads_per_colleague(self.session))
        )
        if not left.nothing:
            to = await actions.ask(HandOverDialog(self.session, item, left, counts, may_stay=True))
            if to is not None:
                await self._give(program, item, left, to, leaving=False)
        return _("{name} is suspended and can do nothing here; {key} lets them in again.").format(
            name=brief(item.name), key=program.key_of("suspend-colleague")
        )

    async def _give(
        self, program: Program, item: Colleague, left: LeftBehind, to: Recipients, *, leaving: bool
    ) -> bool:
        """Give what somebody has to others, part by part; returns whether nothing is left of it."""
        actions = program.actions
        title = pgettext("title", "{name} leaves").format(name=brief(item.name, 30))
        progress = ProgressDialog(title, left.customers + left.reminders + left.cases, self.session.language)
        done: HandedOver | None = None
        async with actions.shown(progress) if left.customers > GIVEN_AT_ONCE else nullcontext():
            while (done is None or not done.through) and not progress.stopped:
                done = await actions.write(
                    partial(hand_over, self.session, item.id, to.ids, done, leaving=leaving, by=to.by)
                )
                progress.show(done.count)
        return done is not None and done.through

    def affected(self, item: Colleague) -> int:
        """Nothing that customers would feel: what becomes of those of somebody who leaves is asked."""
        del item
        return 0

    async def settle(self, program: Program, item: Colleague, *, retired: bool) -> bool:
        """Who leaves drops nothing: ask who gets their customers and reminders, and give them, part by part."""
        stored, actions = self.session.definitions.colleague(item.id), program.actions
        if not retired or stored is None or stored.state not in WITH_CARTABLE:
            return True
        left, counts = await actions.read(
            lambda: (left_behind(self.session, item.id), leads_per_colleague(self.session))
        )
        if left.nothing:
            return True
        to = await actions.ask(HandOverDialog(self.session, stored, left, counts))
        if to is None:
            return False
        return await self._give(program, stored, left, to, leaving=True)

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
        granted = {"permissions": newest.permissions, "narrowed": newest.narrowed}
        return replace(before, **granted, since=newest.since, by=newest.by) == newest

    def set_retired(self, item: Colleague, *, retired: bool) -> None:
        """Whether the person works here."""
        stored = self.session.definitions.colleague(item.id)
        if not retired:
            change_colleague(self.session, item.id, item.name, item.profile, active=True)
        elif stored is not None and stored.state is MemberState.INVITED:
            withdraw_invitation(self.session, item.id)
        elif stored is not None and stored.state in WITH_CARTABLE:  # else handing over has removed them
            remove_colleague(self.session, item.id)

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
