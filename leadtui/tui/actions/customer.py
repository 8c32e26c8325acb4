"""Adding a customer, and changing the one in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import cast

from textual import work

from leadtui.domain.lead import Lead
from leadtui.errors import Conflict, Invalid, InvalidAnswers, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.services import drafts, leads
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.deeds import at_words, who
from leadtui.services.editing import (
    CUSTOMER_DRAFT,
    AddLead,
    EditLead,
    Known,
    add_lead,
    edit_lead,
    look_up,
)
from leadtui.services.leads import OpenLead
from leadtui.services.session import Interruption
from leadtui.tui.actions.in_hand import LeadInHand, TakenUp
from leadtui.tui.actions.status import Again
from leadtui.tui.dialogs.lead_form import LeadForm, OpenExisting
from leadtui.tui.dialogs.lead_form_fields import LeadFormSnapshot, first_texts
from leadtui.tui.dialogs.lead_typing import typing_of


class LeadFormAction(LeadInHand):
    """Gives a screen the actions `add_customer` and `edit_customer`."""

    def action_add_customer(self) -> None:
        """Type in a customer."""
        self._prepare_customer(self.begin(), None, Again())

    def action_edit_customer(self) -> None:
        """Change the customer in hand."""
        if not self.nobody_in_hand():
            self._prepare_customer(self.begin(), cast("int", self.lead_in_hand), Again())

    def taken_up(self) -> dict[str, TakenUp]:
        """The form, of somebody new as well."""
        form = TakenUp(
            _("fields"),
            lambda draft: self._prepare_customer(self.begin(), draft.lead_id, Again()),
            lambda _draft: _("new customer"),
        )
        return {**super().taken_up(), CUSTOMER_DRAFT: form}

    @work(thread=True, group="dialogs", exclusive=True, description="read what the form of a customer shows")
    def _prepare_customer(
        self, number: int, lead_id: int | None, again: Again, conflict: bool = False
    ) -> None:
        session = self.session
        try:
            opened = None if lead_id is None else leads.open_lead(session, lead_id)
            draft = drafts.find_draft(session, CUSTOMER_DRAFT, lead_id)
            counts = leads_per_colleague(session)
        except LeadtuiError as error:
            self.post_message(self.Prepared(number, partial(self.tell_refusal, error)))
            return
        snapshot = LeadFormSnapshot(
            lead=None if opened is None else opened.lead,
            definitions=session.definitions,
            context=session.format_context(),
            actor=session.actor,
            leads_per_colleague=counts,
            draft=again.draft or (draft.content if draft else {}),
            problems=again.problems,
            reason=again.reason,
        )
        self.post_message(self.Prepared(number, partial(self._go_on_with, snapshot, opened, conflict)))

    def _go_on_with(self, snapshot: LeadFormSnapshot, opened: OpenLead | None, conflict: bool) -> None:
        """Open the form; where somebody else changed other fields only, save what was typed on top of theirs."""
        typing = typing_of(snapshot.draft)
        before = first_texts(snapshot)
        changed = self._changed_by_others(opened) if typing.clashes(before) or conflict else ""
        if conflict and opened is not None and not typing.clashes(before):
            self.app.notify(_("{deed} What both of you typed is kept.").format(deed=changed), timeout=6)
            typed = {key: text for key, text in typing.typed.items() if key in before}
            command = EditLead(opened.lead.id, opened.lead.version, typed)
            self._save_customer(command, snapshot.draft, opened.lead.id)
            return
        if changed:
            snapshot = replace(snapshot, changed=changed)
        self._open_customer(snapshot)

    def _open_customer(self, snapshot: LeadFormSnapshot) -> None:
        lead_id = None if snapshot.lead is None else snapshot.lead.id
        typed = dict(snapshot.draft)

        def keep(content: Mapping[str, str]) -> None:
            typed.clear()
            typed.update(content)
            self.keep_draft(CUSTOMER_DRAFT, lead_id, dict(content))

        def find(typing: Mapping[str, str], interruption: Interruption) -> Known:
            return look_up(self.session, typing, lead_id, interruption)

        def take(answer: AddLead | EditLead | OpenExisting | None) -> None:
            if isinstance(answer, OpenExisting):
                self.leadtui.open_lead(answer.lead_id)
            elif answer is not None:
                self._save_customer(answer, typed, lead_id)
            else:
                self.leave_draft(CUSTOMER_DRAFT, lead_id)

        form = LeadForm(snapshot, keep, find, self.session.now)
        self.app.push_screen(form, take)
        form.call_after_refresh(self.leadtui.free_keys)

    def _save_customer(
        self, command: AddLead | EditLead, typed: Mapping[str, str], lead_id: int | None
    ) -> None:
        self.leadtui.hold_keys()

        def saved(lead: Lead) -> None:
            name = brief(lead.name or self.formatter.phone(lead.phone) or lead.email, 40)
            words = _("{name} is a customer now.") if lead_id is None else _("{name} is saved.")
            self.app.notify(words.format(name=name), markup=False, timeout=3)
            self.lead_saved(lead.id, worked=False)
            self.leadtui.open_lead(lead.id)
            self.leadtui.free_keys()

        def refused(error: LeadtuiError) -> None:
            problems = error.problems if isinstance(error, InvalidAnswers) else ()
            if isinstance(error, Invalid) and not problems:
                problems = (error,)
            conflict = isinstance(error, Conflict)
            again = Again(typed, problems, "" if problems or conflict else str(error))
            self.leadtui.drop_keys()
            self._prepare_customer(self.begin(), lead_id, again, conflict)

        write = (
            partial(add_lead, self.session, command)
            if isinstance(command, AddLead)
            else partial(edit_lead, self.session, command)
        )
        self.leadtui.writer.write(write, saved, refused)

    def _changed_by_others(self, opened: OpenLead | None) -> str:
        """Who changed the customer last, and when."""
        if opened is None or not opened.timeline:
            return ""
        last = next((each for each in opened.timeline if each.detail.changes), opened.timeline[0])
        return _("{who} changed this {when}.").format(
            who=who(self.session, last.actor_id), when=at_words(self.session, last.at)
        )
