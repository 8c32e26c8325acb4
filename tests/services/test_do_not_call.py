"""Do-not-call: by status and by number, refused for calling everywhere, lifted only with a permission and a reason."""

from __future__ import annotations

import re
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, hire, make_session, status_of

from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.view import View
from leadtui.errors import Invalid, Refused
from leadtui.presentation.errors import sentence
from leadtui.presentation.formatter import Formatter
from leadtui.services import do_not_call, leads, reminders
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing.running import import_files
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.services.undo import undo

PHONE, OTHER = "+12125550101", "+12125550102"


@pytest.fixture
def neda(tmp_path: Path, clock: MovingClock) -> Generator[Session]:
    """A supervisor's desk."""
    session = make_session(tmp_path, clock=clock)
    yield session
    session.close()


@pytest.fixture
def reza(neda: Session, clock: MovingClock) -> Generator[Session]:
    """An agent's desk on the same store."""
    session = hire(neda, "Reza Amini", "reza@example.com", clock)
    neda.reload_definitions()
    yield session
    session.close()


def blacklisted(session: Session, lead: Lead, key: str = "do_not_call") -> Lead:
    status = status_of(session, key)
    answers = {each.key: "asked us to stop" for each in status.open_fields if each.required}
    return set_status(
        session, SetStatus(lead.id, lead.version, status.id, answers=answers, note="asked us to stop")
    )


def test_a_forbidden_number_is_shown_and_refused_with_who_when_why_and_what_to_do(
    neda: Session, reza: Session, clock: MovingClock
) -> None:
    lead = add_lead(reza, "Mina Sadeghi", PHONE, OTHER, mine=True)
    free = add_lead(reza, "Sara Ahmadi", "+12125550103")
    reminders.set_reminder(reza, lead.id, clock.now + timedelta(hours=2))
    begun = clock.now
    clock.move(minutes=1)
    forbidden = do_not_call.forbid(reza, lead.id, " asked  to be left alone ")
    assert forbidden.do_not_call
    rows = LeadList(reza).rows([lead.id, free.id])
    assert [rows[each].do_not_call for each in (lead.id, free.id)] == [True, False]
    assert [each.do_not_call for each in reminders.list_reminders(reza)] == [True]
    opened = leads.open_lead(reza, lead.id)
    assert [(ban.e164, ban.by, ban.reason) for ban in opened.bans] == [
        (PHONE, reza.actor.id, "asked to be left alone"),
        (OTHER, reza.actor.id, "asked to be left alone"),
    ]
    told = opened.timeline[0]
    assert (told.kind, told.detail.text) == (ActivityKind.CALLS_FORBIDDEN, "asked to be left alone")
    clock.move(minutes=1)
    with pytest.raises(Refused) as refused:
        leads.log_call(neda, lead.id, PHONE, clock.now, 30)
    told_why = sentence(refused.value, Formatter(neda))
    assert all(
        words in told_why for words in ("Reza Amini", ":13", "asked to be left alone", "allow calls first")
    )
    with pytest.raises(Refused) as refused:
        leads.log_call(reza, lead.id, PHONE, clock.now, 30)
    assert "customers:allow-calls" in sentence(refused.value, Formatter(reza))
    # What was begun before is told as it was.
    assert leads.log_call(reza, lead.id, PHONE, begun, 30).contacted_at == begun
    with pytest.raises(Refused, match="already"):
        do_not_call.forbid(neda, lead.id, "again")


def test_lifting_needs_the_permission_and_a_reason(neda: Session, reza: Session) -> None:
    lead = add_lead(neda, "Mina Sadeghi", PHONE)
    do_not_call.forbid(neda, lead.id, "asked")
    for refused in (
        lambda: do_not_call.allow(reza, lead.id, "they rang us"),
        lambda: do_not_call.allow_number(reza, PHONE, "they rang us"),
    ):
        with pytest.raises(Refused, match="customers:allow-calls"):
            refused()
    with pytest.raises(Invalid, match="reason"):
        do_not_call.allow(neda, lead.id, "  ")
    allowed = do_not_call.allow(neda, lead.id, "they rang us")
    assert not allowed.do_not_call
    assert do_not_call.list_forbidden(neda) == ()
    told = leads.open_lead(neda, lead.id).timeline[0]
    assert (told.kind, told.detail.text) == (ActivityKind.CALLS_ALLOWED, "they rang us")
    with pytest.raises(Refused, match="may be called"):
        do_not_call.allow(neda, lead.id, "again")


def test_a_status_forbids_calls_and_lifting_gives_back_the_one_before(
    neda: Session, reza: Session, clock: MovingClock
) -> None:
    lead = add_lead(reza, "Mina Sadeghi", PHONE, mine=True)
    lead = set_status(reza, SetStatus(lead.id, lead.version, status_of(reza, "no_answer").id))
    clock.move(minutes=1)
    lead = blacklisted(reza, lead)
    assert lead.do_not_call
    clock.move(minutes=1)
    lead = blacklisted(reza, lead)  # once more, which changes nothing in where it came from
    with pytest.raises(Refused) as refused:
        leads.log_call(neda, lead.id, PHONE, clock.now, 5)
    told = sentence(refused.value, Formatter(neda))
    assert re.search(r"Do not call: Reza Amini set “Do not call”.*asked us to stop", told)
    another = SetStatus(lead.id, lead.version, status_of(reza, "voicemail").id, note="they rang us")
    with pytest.raises(Refused, match="“Do not call” forbids calls"):
        set_status(reza, another)
    with pytest.raises(Invalid, match="why") as no_reason:
        set_status(neda, SetStatus(lead.id, lead.version, status_of(neda, "voicemail").id))
    assert no_reason.value.field == "note"
    lifted = do_not_call.allow(neda, lead.id, "they rang us")
    assert (lifted.status_id, lifted.do_not_call) == (status_of(neda, "no_answer").id, False)
    told = leads.open_lead(neda, lead.id).timeline[0]
    assert (told.detail.status_from, told.detail.status_to) == ("Do not call", "No answer")
    # A new customer becomes new again; and by another status the same permission lifts it, with its note as reason.
    new = blacklisted(reza, add_lead(reza, "Sara Ahmadi", OTHER))
    assert do_not_call.allow(neda, new.id, "a mistake").status_id is None
    third = blacklisted(reza, add_lead(reza, "Lea Stein", "+12125550103"))
    command = SetStatus(third.id, third.version, status_of(neda, "voicemail").id, note="they rang us")
    assert not set_status(neda, command).do_not_call


def test_a_number_lands_as_forbidden_however_it_comes_in(neda: Session, tmp_path: Path) -> None:
    assert do_not_call.forbid_number(neda, "(212) 555-0101", "national list").ban.e164 == PHONE
    with pytest.raises(Refused, match="already"):
        do_not_call.forbid_number(neda, PHONE, "again")
    with pytest.raises(Invalid, match="not a telephone number"):
        do_not_call.forbid_number(neda, "12", "again")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Name,Phone\nMina,+1 212 555 0101\nAnna,+1 212 555 0102\n")
    import_files(neda, [sheet])
    customers = LeadList(neda)
    landed = {lead.name: lead.do_not_call for lead in customers.rows(customers.order(View())).values()}
    assert landed == {"Mina": True, "Anna": False}
    (listed,) = do_not_call.list_forbidden(neda)
    assert (listed.ban.e164, listed.ban.reason, listed.holders[0][1]) == (PHONE, "national list", "Mina")
    done = do_not_call.forbid_numbers(neda, [PHONE, OTHER, "+1 212 555 0199", "0", OTHER], "national list")
    assert (done.added, done.already, done.unreadable) == (2, 1, ("0",))
    assert all(lead.do_not_call for lead in customers.rows(customers.order(View())).values())
    do_not_call.allow_number(neda, PHONE, "an error of the list")
    mina = leads.find_lead(neda, PHONE)
    assert not mina.do_not_call
    assert leads.open_lead(neda, mina.id).timeline[0].kind is ActivityKind.CALLS_ALLOWED


def test_taking_back_what_forbade_calls_is_lifting(neda: Session, reza: Session) -> None:
    lead = do_not_call.forbid(reza, add_lead(reza, "Mina Sadeghi", PHONE).id, "asked")
    with pytest.raises(Refused, match="customers:allow-calls"):
        undo(reza)
    marked = blacklisted(reza, add_lead(reza, "Sara Ahmadi", OTHER))
    with pytest.raises(Refused, match="customers:allow-calls"):
        undo(reza)
    assert leads.open_lead(neda, marked.id).lead.do_not_call
    assert leads.open_lead(neda, lead.id).lead.do_not_call
    # Who may lift it takes back both, and the lifting too: the list is as it was, with who and why.
    do_not_call.forbid(neda, add_lead(neda, "Lea Stein", "+12125550103").id, "asked")
    undo(neda)
    assert "+12125550103" not in {each.ban.e164 for each in do_not_call.list_forbidden(neda)}
    do_not_call.allow(neda, lead.id, "they rang us")
    undo(neda)
    (ban,) = leads.open_lead(neda, lead.id).bans
    assert (ban.reason, ban.by) == ("asked", reza.actor.id)
    mine = blacklisted(neda, add_lead(neda, "Tom Hall", "+12125550104"))
    undo(neda)
    assert not leads.open_lead(neda, mine.id).lead.do_not_call
