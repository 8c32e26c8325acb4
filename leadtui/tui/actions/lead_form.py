"""Adding a lead, and changing the open one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from leadtui.domain.difference import clashing
from leadtui.domain.draft import FormDraft
from leadtui.errors import Conflict, LeadtuiError
from leadtui.language.text import brief
from leadtui.language.translate import _
from leadtui.presentation.activity_sentence import when, who
from leadtui.services import drafts, editing, leads
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.drafts import CUSTOMER_DRAFT
from leadtui.services.editing import AddLead, EditLead, Known
from leadtui.services.leads import OpenLead
from leadtui.services.session import Interruption
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.drafts import NOTHING_REFUSED, Retry, keep_draft, leave_draft
from leadtui.tui.dialogs.lead_form import LeadForm, OpenExisting
from leadtui.tui.dialogs.lead_form_fields import LeadFormSnapshot, first_texts


async def add_lead(desk: Desk) -> None:
    """Type in a lead."""
    await fill_in(desk, None)


async def edit_lead(desk: Desk) -> None:
    """Change the open lead."""
    await fill_in(desk, required_lead(desk))


async def fill_in(desk: Desk, lead_id: int | None) -> None:
    """Ask, beginning with the draft, until the lead is saved or the person leaves; None is a new one."""

    def find(typing: Mapping[str, str], interruption: Interruption) -> Known:
        return editing.look_up(desk.session, typing, lead_id, interruption)

    retry, conflict = NOTHING_REFUSED, False
    while True:
        opened, snapshot = await desk.actions.read(partial(_snapshot, desk, lead_id, retry))
        draft, before = snapshot.draft or FormDraft(CUSTOMER_DRAFT, lead_id), first_texts(snapshot)
        clashes = clashing(draft.base, draft.texts, before)
        changed = _changed_by_others(desk, opened) if clashes or conflict else ""
        if conflict and opened is not None and not clashes:
            # Somebody else changed other fields only: what was typed goes on top of theirs.
            desk.tell(_("{deed} What both of you typed is kept.").format(deed=changed), timeout=6)
            mine = {key: text for key, text in draft.texts.items() if key in before}
            answer = EditLead(opened.lead.id, opened.lead.version, mine)
        else:
            if changed:
                snapshot = replace(snapshot, changed=changed)
            form = LeadForm(snapshot, partial(keep_draft, desk), find, desk.session.now)
            answer = await desk.actions.ask(form)
            draft = form.draft
        if answer is None:
            leave_draft(desk, CUSTOMER_DRAFT, lead_id)
            return
        if isinstance(answer, OpenExisting):
            desk.program.open_lead(answer.lead_id)
            return
        save = (
            partial(editing.add_lead, desk.session, answer)
            if isinstance(answer, AddLead)
            else partial(editing.edit_lead, desk.session, answer)
        )
        try:
            lead = await desk.actions.write(save)
        except LeadtuiError as error:
            retry, conflict = Retry.after(error, draft, desk.formatter), isinstance(error, Conflict)
            if conflict:
                retry = replace(retry, reason="")  # who changed what is told by the form itself
        else:
            break
    name = brief(lead.name or desk.formatter.phone(lead.phone) or lead.email, 40)
    words = _("{name} is a customer now.") if lead_id is None else _("{name} is saved.")
    desk.tell(words.format(name=name), timeout=3)
    await desk.lead_saved(lead.id)
    desk.program.open_lead(lead.id)


def _snapshot(desk: Desk, lead_id: int | None, retry: Retry) -> tuple[OpenLead | None, LeadFormSnapshot]:
    session = desk.session
    opened = None if lead_id is None else leads.open_lead(session, lead_id)
    return opened, LeadFormSnapshot(
        lead=None if opened is None else opened.lead,
        definitions=session.definitions,
        context=session.format_context(),
        actor=session.actor,
        leads_per_colleague=leads_per_colleague(session),
        draft=retry.draft or drafts.find_draft(session, CUSTOMER_DRAFT, lead_id),
        problems=retry.problems,
        reason=retry.reason,
    )


def _changed_by_others(desk: Desk, opened: OpenLead | None) -> str:
    """Who changed the lead last, and when."""
    if opened is None or not opened.timeline:
        return ""
    last = next((each for each in opened.timeline if each.detail.changes), opened.timeline[0])
    mine = last.actor_id == desk.session.actor.id
    words = _("You changed this {when}.") if mine else _("{who} changed this {when}.")
    return words.format(who=who(last.actor_id, desk.formatter), when=when(last.at, desk.formatter))
