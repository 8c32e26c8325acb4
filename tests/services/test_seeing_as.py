"""Whoever looks around as somebody of another profile sees what both may, and changes nothing by any service."""

from __future__ import annotations

from dataclasses import replace

import pytest
import test_every_change
from session_making import MovingClock, add_lead, hire
from test_permissions import CALLS

from leadtui.domain.draft import FormDraft
from leadtui.domain.permission import AGENT_PROFILE, OWNER_PROFILE, SUPERVISOR_PROFILE, Permission, Profile
from leadtui.errors import LeadtuiError, NotFound, Refused
from leadtui.services import drafts
from leadtui.services.cartable import open_cartable
from leadtui.services.colleagues import change_colleague
from leadtui.services.handing_over import hand_over
from leadtui.services.leads import add_note, open_lead
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session

place = test_every_change.place

CHANGING = {
    **test_every_change.CHANGING,
    **test_every_change.ADDING,
    **test_every_change.DEFINING,
    **test_every_change.ERASING,
}


def of_key(session: Session, key: str) -> Profile:
    found = session.definitions.profile(key)
    assert found is not None
    return found


OWN_SIGN_IN = {"signing_in.sign_out"}
"""Whoever looks around may still sign out."""


@pytest.mark.parametrize("service", sorted(CALLS.keys() - OWN_SIGN_IN))
def test_no_service_changes_anything(place: test_every_change.Place, service: str) -> None:
    if service == "importing.undoing.undo_import":
        CALLS["importing.running.import_files"](place)
    before = test_every_change.content(place.session)
    seen = replace(place, session=place.session.seeing_as(of_key(place.session, OWNER_PROFILE)))
    refused = refusal(seen, service)
    assert not refused or "nothing is changed" in refused
    assert bool(refused) or service not in CHANGING
    assert not refused or service not in test_every_change.READING
    assert test_every_change.content(place.session) == before


def refusal(seen: test_every_change.Place, service: str) -> str:
    """Why the call was refused; empty where it was not."""
    try:
        CALLS[service](seen)
    except LeadtuiError as error:
        return str(error)
    return ""


def test_what_both_may_is_seen(session: Session, clock: MovingClock) -> None:
    assert session.seeing_as(of_key(session, SUPERVISOR_PROFILE)).actor.permissions == (
        of_key(session, SUPERVISOR_PROFILE).permissions
    )
    boss = hire(session, "Reza Amini", "reza@example.com", clock, SUPERVISOR_PROFILE)
    boss.reload_definitions()
    assert boss.seeing_as(of_key(boss, OWNER_PROFILE)).actor.permissions == boss.actor.permissions
    boss.close()


def test_what_is_hidden_from_the_profile_is_not_found(session: Session) -> None:
    mine, others = (
        add_lead(session, "Mina", "+1 212 555 0101", mine=True),
        add_lead(session, "Sara", "+1 212 555 0102"),
    )
    blind = save_profile(session, Profile(0, "", "Blind", frozenset({Permission.SEE_CARTABLE})))
    seen = session.seeing_as(blind)
    assert open_lead(seen, mine.id).lead.phone
    with pytest.raises(NotFound):
        open_lead(seen, others.id)
    # What is granted meanwhile holds at once, and so does what is taken.
    save_profile(session, replace(blind, permissions=blind.permissions | {Permission.SEE_CUSTOMERS}), blind)
    assert open_lead(seen, others.id).lead.numbers_hidden
    save_profile(session, replace(blind, permissions=frozenset()))
    with pytest.raises(Refused):
        open_lead(seen, mine.id)


def test_nobodys_drafts_are_shown(session: Session) -> None:
    lead = add_lead(session, mine=True)
    drafts.save_draft(session, FormDraft(drafts.NOTE_DRAFT, lead.id, {"note": "half a thought"}))
    seen = session.seeing_as(of_key(session, AGENT_PROFILE))
    assert drafts.find_draft(seen, drafts.NOTE_DRAFT, lead.id) is None
    assert drafts.open_drafts(seen) == drafts.drafts_of(seen, drafts.NOTE_DRAFT) == ()
    assert drafts.find_draft(session, drafts.NOTE_DRAFT, lead.id) is not None


def test_the_desk_of_a_colleague_shows_what_both_see(session: Session, clock: MovingClock) -> None:
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    blind = save_profile(session, Profile(0, "", "Blind", frozenset({Permission.SEE_CARTABLE})))
    change_colleague(session, sara.actor_id, "Sara Ahmadi", blind.key, active=True)
    hers, mine = add_lead(sara, "Hers", mine=True), add_lead(session, "Mine", mine=True)
    drafts.save_draft(session, FormDraft(drafts.NOTE_DRAFT, hers.id, {"note": "half a thought"}))
    person = session.reload_definitions().colleague(sara.actor_id)
    assert person is not None
    seen = session.seeing_as(person)
    assert list(open_cartable(seen).order) == list(open_cartable(sara).order) == [hers.id]
    with pytest.raises(NotFound):
        open_lead(seen, mine.id)
    with pytest.raises(Refused):
        add_note(seen, hers.id, "looks in")
    assert drafts.find_draft(seen, drafts.NOTE_DRAFT, hers.id) is None
    # Whoever sees their own customers alone sees nobody else's by it.
    boss = next(each for each in session.definitions.people if each.id == session.actor_id)
    peeping = sara.seeing_as(boss)
    assert not open_cartable(peeping).order
    with pytest.raises(NotFound):
        open_lead(peeping, mine.id)
    # What is told of somebody who has left is nothing.
    hand_over(session, sara.actor_id, [])
    with pytest.raises(Refused):
        open_cartable(seen)
    sara.close()
