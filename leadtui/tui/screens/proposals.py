"""What people at work have proposed: who missed what and why; each is defined, declined or merged with another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import OptionList

from leadtui.domain.draft import FormDraft
from leadtui.domain.proposal import Proposal
from leadtui.errors import Invalid
from leadtui.language.text import brief
from leadtui.language.translate import P_, _, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.proposal import what
from leadtui.presentation.table import TextColumn
from leadtui.services.proposals import OpenProposal, decline, merge, open_proposals
from leadtui.services.session import Session
from leadtui.tui.commands.command import bindings_of
from leadtui.tui.commands.lists import PROPOSALS_COMMANDS
from leadtui.tui.dialogs.decline_dialog import DeclineDialog, MergeProposalDialog
from leadtui.tui.screens.listing import Contents, Entry, ListingScreen
from leadtui.tui.screens.settings.drafts import proposed_draft


class ProposalsScreen(ListingScreen):
    """The oldest first. Closes once one is to be defined: `begun` is then the form that defines it, filled in."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(PROPOSALS_COMMANDS)]

    def __init__(self, session: Session, formatter: Formatter) -> None:
        """`session` says who decides, `formatter` how they read."""
        contents = Contents(
            P_("heading", "Proposals"), _columns, self._read, self._nothing, PROPOSALS_COMMANDS
        )
        super().__init__(session, formatter, contents)
        self.begun: FormDraft | None = None
        self.begun_words = ""
        """Who proposed what is to be defined, and why."""
        self._waiting: tuple[OpenProposal, ...] = ()

    def _read(self) -> tuple[Sequence[Entry], int]:
        """What waits for a decision."""
        self._waiting = open_proposals(self.session)
        return [self._entry(each) for each in self._waiting], len(self._waiting)

    def _nothing(self) -> str:
        """What stands there where nothing waits."""
        return _(
            "Nothing waits. {key} proposes a status, a field, a channel or a need, also from a dialog."
        ).format(key=self.program.key_of("propose"))

    def _entry(self, waiting: OpenProposal) -> Entry:
        proposal, formatter = waiting.proposal, self.formatter
        about = [
            f"{what(proposal, self.session.definitions)}: {brief(proposal.title, 80)}",
            *self._said(proposal),
        ]
        for each in waiting.merged:
            about += self._said(each)
        cells = (
            what(proposal, self.session.definitions),
            proposal.title,
            brief(proposal.why),
            self._who(proposal),
            formatter.moment(proposal.proposed_at) if proposal.proposed_at else "",
        )
        return Entry(str(proposal.id), cells, tuple(about))

    def _said(self, proposal: Proposal) -> list[str]:
        lines = [f"{self._who(proposal)}: {brief(proposal.why, 200)}"]
        if proposal.example:
            lines.append(
                pgettext("proposal", "for example: {example}").format(example=brief(proposal.example, 200))
            )
        return lines

    def _who(self, proposal: Proposal) -> str:
        return self.formatter.person(proposal.proposer_id)

    @property
    def _chosen(self) -> OpenProposal | None:
        marked = self.marked
        return next((each for each in self._waiting if marked and str(each.proposal.id) == marked.key), None)

    @on(OptionList.OptionSelected)
    def _define(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_define_proposed()

    def action_define_proposed(self) -> None:
        """Close, to go on in the form in which what is proposed is defined."""
        chosen = self._chosen
        if chosen is None:
            return
        self.begun = proposed_draft(chosen.proposal, self.session.definitions)
        self.begun_words = " ".join(self._said(chosen.proposal)[:1])
        self.dismiss(None)

    def action_decline_proposed(self) -> None:
        """Do without it."""
        if self._chosen is not None:
            self.program.actions.run(self._decline, self._chosen.proposal)

    async def _decline(self, proposal: Proposal) -> None:
        reason, refused = "", ""
        while True:
            said = await self.program.actions.ask(DeclineDialog(proposal.title, reason, refused))
            if said is None:
                return
            try:
                await self.program.actions.write(partial(decline, self.session, proposal.id, said))
            except Invalid as problem:
                reason, refused = said, str(problem)
            else:
                self._decided()
                return

    def action_merge_proposed(self) -> None:
        """Let it wait with another one of its sort."""
        if self._chosen is not None:
            self.program.actions.run(self._merge, self._chosen.proposal)

    async def _merge(self, proposal: Proposal) -> None:
        others = [
            each.proposal
            for each in self._waiting
            if each.proposal.sort is proposal.sort and each.proposal.id != proposal.id
        ]
        if not others:
            self.app.notify(_("No other proposal asks for something of that kind."), severity="warning")
            return
        lines = [f"{brief(each.title, 40)} · {self._who(each)}" for each in others]
        place = await self.program.actions.ask(MergeProposalDialog(proposal.title, lines))
        if place is not None:
            await self.program.actions.write(partial(merge, self.session, proposal.id, others[place].id))
            self._decided()

    def _decided(self) -> None:
        self.load()
        self.program.look_again()

    def action_leave_proposals(self) -> None:
        """Back."""
        self.dismiss(None)


def _columns() -> list[TextColumn]:
    """What is missed, how it would be called, why, by whom, since when."""
    return [
        TextColumn(pgettext("column", "What is missed"), yields=3, least=10),
        TextColumn(pgettext("column", "Title"), yields=1, least=14),
        TextColumn(pgettext("column", "Why"), yields=4, least=12),
        TextColumn(pgettext("column", "By"), yields=2, least=8),
        TextColumn(pgettext("column", "Since")),
    ]
