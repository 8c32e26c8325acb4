"""Ringing the open lead, ending the call, and what came of it; and the lead's number by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leadtui.domain.lead import LeadNumber
from leadtui.domain.permission import Permission
from leadtui.errors import LeadtuiError
from leadtui.language.calendar import show_length
from leadtui.language.text import brief, safe
from leadtui.language.translate import _, pgettext
from leadtui.presentation.call_words import rung_just_now_sentence
from leadtui.presentation.errors import sentence
from leadtui.services import leads
from leadtui.services.calls import rung_just_now
from leadtui.services.leads import OpenLead
from leadtui.tui.action_runner import NotPossible
from leadtui.tui.actions.call_windows import may_ring
from leadtui.tui.actions.desk import Desk, required_lead
from leadtui.tui.actions.do_not_call import refuse_call
from leadtui.tui.actions.drafts import Retry
from leadtui.tui.actions.running_call import begin_call, call_with, note_call
from leadtui.tui.actions.status import set_status_of
from leadtui.tui.dialing import E164
from leadtui.tui.dialogs.number_dialog import NumberDialog
from leadtui.tui.dialogs.ring_again_dialog import RingAgainDialog
from leadtui.tui.widgets.call_bar import RunningCall


async def call(desk: Desk) -> None:
    """Ring the open lead; while a call goes on, end it, whoever is open."""
    if desk.call is None:
        await ring(desk, required_lead(desk))
    else:
        await _end(desk, desk.call)


async def ring(desk: Desk, lead_id: int) -> None:
    """Ring the lead's first number, unless it must not be rung."""
    desk.session.require(frozenset({Permission.FOLLOW_UP}))
    opened = await _reachable(desk, lead_id)
    if opened.bans:
        await refuse_call(desk, opened)
    else:
        await _ring_number(desk, opened, opened.lead.numbers[0])


async def go_on(desk: Desk, lead_id: int) -> None:
    """Go on with a call that outlived the program, also where calls were forbidden since it began."""
    opened = await _reachable(desk, lead_id)
    await begin_call(desk, opened, opened.lead.numbers[0])


async def show_number(desk: Desk) -> None:
    """Show the open lead's numbers with their codes, and ring the one that the person chooses."""
    lead_id = required_lead(desk)
    opened = await _reachable(desk, lead_id)
    if opened.bans:
        await refuse_call(desk, opened)
        return
    going_on = call_with(desk, lead_id)
    shown = going_on.number.e164 if going_on else ""
    number = await desk.actions.ask(NumberDialog(desk.session, opened, shown))
    if number is None or (going_on and number.e164 == going_on.number.e164):
        return
    if going_on is not None:
        await note_call(desk, going_on)
    await _ring_number(desk, opened, number)


async def copy_number(desk: Desk) -> None:
    """Put the open lead's number on the clipboard, as far as the terminal allows that."""
    lead_id = required_lead(desk)
    opened = await _reachable(desk, lead_id)
    going_on = call_with(desk, lead_id)
    number = going_on.number if going_on else opened.lead.numbers[0]
    desk.copy(safe(number.e164))
    if opened.bans:
        desk.tell(_("The number was copied, but it must not be called."), severity="warning")
    else:
        words = pgettext("notice", "Copied: {number}")
        desk.tell(words.format(number=desk.formatter.phone(number.e164)), timeout=3)


async def ask_for_outcome(desk: Desk) -> None:
    """Open a lead that I rang and gave no status since, and ask for it; again: the next one."""
    ids = [each.lead_id for each in desk.program.calls_without_outcome]
    if not ids:
        raise NotPossible(_("Every call of yours has an outcome."))
    open_id = desk.current_lead
    place = ids.index(open_id) + 1 if open_id in ids else 0
    lead_id = ids[place % len(ids)]
    desk.open_lead(lead_id)
    await set_status_of(desk, lead_id, called_for=pgettext("call", "no outcome yet"))


async def _end(desk: Desk, going_on: RunningCall) -> None:
    """Note the call, and ask for the status, with what was noted while one talked."""
    retry = Retry(desk.panel.note.draft)
    called_for = ""
    desk.open_lead(going_on.lead_id)
    try:
        seconds = await note_call(desk, going_on)
    except LeadtuiError as error:
        # What came of the call is worth keeping also where the call itself could not be noted.
        retry = replace(retry, reason=sentence(error, desk.formatter))
        seconds = going_on.seconds(desk.session.now())
    called_for = pgettext("notice", "the call took {time}").format(
        time=show_length(seconds, desk.session.language)
    )
    if not await set_status_of(desk, going_on.lead_id, retry, called_for):
        words = _("{name}: no outcome yet. {key} asks for it again.")
        name = brief(going_on.name, 30) or pgettext("customer", "no name")
        desk.tell(words.format(name=name, key=desk.program.key_of("no-outcome")), severity="warning")


async def _reachable(desk: Desk, lead_id: int) -> OpenLead:
    """The lead, with a number that the person may see. Raises Refused, NotPossible."""
    opened = await desk.actions.read(partial(leads.open_lead, desk.session, lead_id))
    if opened.lead.numbers_hidden:
        raise leads.numbers_hidden(opened.lead)
    if not opened.lead.numbers:
        raise NotPossible(_("This customer has no number to ring."))
    return opened


async def _ring_number(desk: Desk, opened: OpenLead, number: LeadNumber) -> None:
    if desk.call is not None:
        words = _("The call with {name} goes on; {key} ends it.")
        name = brief(desk.call.name, 30) or pgettext("customer", "no name")
        raise NotPossible(words.format(name=name, key=desk.program.key_of("call")))
    if E164.fullmatch(number.e164) is None:
        raise NotPossible(_("This cannot be rung as it is kept; correct the number."))
    if await may_ring(desk, opened) and await _may_ring_now(desk, opened, number):
        await begin_call(desk, opened, number)


async def _may_ring_now(desk: Desk, opened: OpenLead, number: LeadNumber) -> bool:
    """Whether nobody rang the number a moment ago, or the person rings all the same."""
    call = await desk.actions.read(partial(rung_just_now, desk.session, number.e164))
    if call is None:
        return True
    words = rung_just_now_sentence(call, number.e164, desk.formatter)
    return bool(await desk.actions.ask(RingAgainDialog(opened.lead, words)))
