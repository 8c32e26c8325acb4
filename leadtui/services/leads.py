"""One lead: opening it with its timeline, noting, calling, and what to say where somebody else changed it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from leadtui.domain.do_not_call import Ban
from leadtui.domain.follow_up import NOTE_FIELD, check_note
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind, Lead
from leadtui.domain.permission import SEE_LEADS, Permission
from leadtui.domain.reminder import Reminder
from leadtui.domain.undoing import FACTS
from leadtui.errors import Conflict, Invalid, NotFound, Refused
from leadtui.language.phone import parse_phone, phone_search_digits
from leadtui.language.text import clean, clean_multiline, fold_digits
from leadtui.language.translate import _, format_list
from leadtui.services.call_windows import require_window
from leadtui.services.do_not_call import bans_of, require_callable
from leadtui.services.drafts import CALL_DRAFT, NOTE_DRAFT
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, drafts, journal, leads, outbox, reminders


@dataclass(frozen=True, slots=True)
class Sharer:
    """Another customer with the same number, of whom the person may know it."""

    lead_id: int
    name: str
    numbers: tuple[str, ...]
    """Those that both have, in E.164."""


@dataclass(frozen=True, slots=True)
class OpenLead:
    """A lead with its numbers, what happened to it (newest first) and its pending reminders (earliest first).

    `bans` say why it must not be rung; there is none where it may be. `sharers` have one of its numbers, too.
    """

    lead: Lead
    timeline: tuple[Activity, ...]
    pending: tuple[Reminder, ...]
    bans: tuple[Ban, ...] = ()
    sharers: tuple[Sharer, ...] = ()


class LeadChanged(Conflict):
    """A conflict over a lead: `activity` is what changed it. Both are as the person who acts may see them."""

    def __init__(self, sentence: str, lead: Lead, activity: Activity) -> None:
        super().__init__(sentence, lead_id=lead.id, actor_id=activity.actor_id, at=activity.at)
        self.lead = lead
        self.activity = activity


def open_lead(session: Session, lead_id: int) -> OpenLead:
    """Everything about one lead that the person may see. Raises NotFound."""
    with session.read(SEE_LEADS) as tx:
        lead = tx.lead(lead_id)
        messages = {each.activity_id: each for each in outbox.of_lead(tx, lead_id)}
        timeline = (replace(each, message=messages.get(each.id)) for each in activities.timeline(tx, lead_id))
        return OpenLead(
            lead=tx.show(lead),
            timeline=tuple(
                tx.show_activity(each, lead.owner_id)
                for each in timeline
                if not tx.visibility.tells_nothing(each)
            ),
            pending=tuple(
                tx.show_reminder(each, lead.owner_id) for each in reminders.pending_of_lead(tx, lead_id)
            ),
            bans=tuple(tx.show_ban(each, lead.owner_id) for each in bans_of(tx, lead)),
            sharers=_sharers(tx, lead),
        )


def _sharers(tx: Transaction, lead: Lead) -> tuple[Sharer, ...]:
    visibility = tx.visibility
    if not visibility.can_see_numbers(lead.owner_id):
        return ()
    holders = leads.holders_of_numbers(tx, [each.e164 for each in lead.numbers], visibility)
    others = leads.rows(tx, {each for some in holders.values() for each in some} - {lead.id})
    return tuple(
        Sharer(one, each.name, tuple(number for number, some in holders.items() if one in some))
        for one, each in sorted(others.items())
    )


def find_lead(session: Session, reference: str) -> Lead:
    """The lead that `reference` means: its id, a number in any writing, or an e-mail address.

    A number in the national writing of another country than the workspace's is found where one lead alone has it.
    Nobody is found by what is hidden from the person. Raises NotFound where there is none, Invalid, which names all
    of them, where several share the address or the number.
    """
    typed = fold_digits(clean(reference))
    with session.read(SEE_LEADS) as tx:
        number = parse_phone(typed, tx.workspace.region)
        if number is not None:
            same = _reachable(tx, leads.find_by_number(tx, number.e164))
            if same:
                return tx.show(leads.get(tx, _only_holder(tx, same)))
        abroad = _reachable(tx, _numbered_abroad(tx, typed))
        if abroad:
            return tx.show(leads.get(tx, _only_numbered(abroad)))
        if "@" in typed:
            same = leads.find_by_email(tx, clean(typed.casefold()))
            return tx.show(leads.get(tx, _only(_reachable(tx, same), reference)))
        # Ids of a store fit 64 bits and begin with no zero: anything else is no id.
        if typed.isascii() and typed.isdigit() and len(typed) <= 18 and not typed.startswith("0"):
            return tx.show(tx.lead(int(typed)))
    raise NotFound(_("No customer has the number, e-mail or id “{reference}”.").format(reference=reference))


def add_note(session: Session, lead_id: int, text: str) -> Lead:
    """Write a note into the lead's timeline and return the lead. Raises Invalid where it is empty or too long."""
    with session.write(Permission.FOLLOW_UP) as tx:
        detail = ActivityDetail(text=_read_note(text))
        lead = tx.lead(lead_id, Permission.FOLLOW_UP)
        with journal.record(tx, lead_id, tx.actor.id, tx.now) as step:
            step.activity_id = activities.add(tx, lead_id, ActivityKind.NOTE, tx.now, tx.actor.id, detail)
            leads.change(tx, lead)
        drafts.discard(tx, tx.actor.id, NOTE_DRAFT, lead_id)
        return tx.show(leads.get(tx, lead_id))


def log_call(
    session: Session, lead_id: int, number: str, started_at: datetime, seconds: int, *, asked: bool = False
) -> Lead:
    """Note a call that the person made and return the lead. `started_at` is aware UTC.

    A call is a fact, no step: it cannot be taken back, and the step before it can.
    Raises Refused where calls were forbidden when it began, or the lead's numbers are hidden from the person, and
    NotInWindow where nobody rings at that hour and they were not `asked`.
    """
    with session.write(Permission.FOLLOW_UP) as tx:
        lead = tx.lead(lead_id, Permission.FOLLOW_UP)
        if not tx.visibility.can_see_numbers(lead.owner_id):
            raise numbers_hidden(tx.show(lead))
        require_callable(tx, lead, started_at)
        if not asked:
            require_window(tx, lead, started_at)
        detail = ActivityDetail(text=clean(number), seconds=seconds)
        activities.add(tx, lead_id, ActivityKind.CALL, started_at, tx.actor.id, detail)
        leads.change(tx, lead, contacted_at=started_at)
        drafts.discard(tx, tx.actor.id, CALL_DRAFT, lead_id)
        return tx.show(leads.get(tx, lead_id))


def numbers_hidden(lead: Lead) -> Refused:
    """The sentence for a lead, as shown, whose numbers the person may not see, and so not ring."""
    words = (
        _("The numbers of {name} are hidden from you ({permission}); ask a supervisor.")
        if lead.name
        else _("The numbers of this customer are hidden from you ({permission}); ask a supervisor.")
    )
    return Refused(words.format(name=lead.name, permission=Permission.SEE_NUMBERS.value))


def lead_changed(tx: Transaction, lead: Lead) -> Conflict:
    """The conflict over a lead, as it stands now, with the newest entry of its timeline that changed it."""
    timeline = activities.timeline(tx, lead.id, limit=50)
    moves = (
        each for each in timeline if not each.undone and (each.kind not in FACTS or each.detail.undoes_id)
    )
    latest = next(moves, timeline[0] if timeline else None)
    shown = tx.show(lead)
    plain = leads.changed_meanwhile(shown)
    if latest is None:
        return plain
    return LeadChanged(str(plain), shown, tx.show_activity(latest, lead.owner_id))


def _read_note(text: str) -> str:
    note = clean_multiline(text)
    if not note:
        raise Invalid(_("The note is empty."), NOTE_FIELD)
    check_note(note)
    return note


_MOST_NAMED = 5

_FEWEST_NATIONAL_DIGITS = 8
"""Of a number without its country: fewer may as well be an id."""


def _reachable(tx: Transaction, ids: list[int]) -> list[int]:
    """Those of whom the person sees the numbers."""
    visibility = tx.visibility
    if visibility.reached is None:
        return ids
    found = leads.rows(tx, ids, visibility)
    return [each for each in ids if each in found and not found[each].numbers_hidden]


def _numbered_abroad(tx: Transaction, typed: str) -> list[int]:
    """The leads with this number in the national writing of any country, which an import by another region gave them."""
    digits = phone_search_digits(typed)
    if digits is None or len(digits) < _FEWEST_NATIONAL_DIGITS or typed.startswith(("+", "00")):
        return []
    return leads.find_by_national_number(tx, digits)


def _only_holder(tx: Transaction, found: list[int]) -> int:
    if len(found) > 1:
        names = {one: lead.name for one, lead in leads.rows(tx, found[:_MOST_NAMED]).items()}
        listed = format_list(f"{each} ({names[each]})" if names[each] else str(each) for each in names)
        raise Invalid(_("Several customers share that number; name one by id: {ids}.").format(ids=listed))
    return found[0]


def _only_numbered(found: list[int]) -> int:
    if len(found) > 1:
        listed = format_list(str(each) for each in found[:5])
        raise Invalid(
            _(
                "Several countries have that number; write it with its country code, or name one by id: {ids}."
            ).format(ids=listed)
        )
    return found[0]


def _only(found: list[int], reference: str) -> int:
    if not found:
        raise NotFound(_("No customer has the e-mail “{reference}”.").format(reference=reference))
    if len(found) > 1:
        listed = format_list(str(each) for each in found[:5])
        raise Invalid(_("Several customers have that e-mail; name one by id: {ids}.").format(ids=listed))
    return found[0]
