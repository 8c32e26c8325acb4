"""What others give to a person, until the person has looked at it, and whom others changed."""

from __future__ import annotations

from datetime import timedelta

from session_making import Office, add_lead, status_of

from leadtui.services import leads
from leadtui.services.cartable import given_to_me, mark_seen
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.presence import changed_by_others


def test_what_a_colleague_gives_is_told_with_who_and_what(office: Office) -> None:
    lead = add_lead(office.neda, "Mina Sadeghi", "+1 212 555 0101")
    office.book(office.sara, office.neda, lead.id)
    (one,) = given_to_me(office.neda)
    assert (one.lead_id, one.lead_name, one.phone) == (lead.id, "Mina Sadeghi", "+12125550101")
    assert one.actor_id == office.sara.actor.id
    assert one.detail.status_to == status_of(office.neda, "demo_booked").title
    assert one.detail.reminder_at == office.clock.now + timedelta(days=3)
    assert given_to_me(office.sara) == ()


def test_it_is_new_until_the_person_has_opened_it(office: Office) -> None:
    first, second = (add_lead(office.neda, name).id for name in ("Mina", "Paul"))
    office.book(office.sara, office.neda, first)
    office.book(office.sara, office.neda, second)
    assert [each.lead_id for each in given_to_me(office.neda)] == [second, first]
    office.clock.move(minutes=1)
    mark_seen(office.neda, second)
    mark_seen(office.neda, second)
    assert [each.lead_id for each in given_to_me(office.neda)] == [first]
    # It goes to and fro, and is new again.
    office.book(office.neda, office.sara, second)
    assert [each.lead_id for each in given_to_me(office.sara)] == [second]
    office.book(office.sara, office.neda, second)
    assert [each.lead_id for each in given_to_me(office.neda)] == [second, first]
    mark_seen(office.neda, 4_711)  # somebody who has gone


def test_it_is_new_until_the_person_has_worked_on_it(office: Office) -> None:
    lead = add_lead(office.neda, "Mina")
    office.book(office.sara, office.neda, lead.id)
    leads.add_note(office.sara, lead.id, "She is in a hurry")
    assert given_to_me(office.neda)
    leads.add_note(office.neda, lead.id, "I know")
    assert given_to_me(office.neda) == ()


def test_ones_own_doing_is_not_told(office: Office) -> None:
    add_lead(office.neda, "By my own import", mine=True)
    taken = add_lead(office.neda, "Taken by a status")
    close_by = next(each for each in office.neda.definitions.open_statuses if each.asks_nothing)
    set_status(office.neda, SetStatus(taken.id, taken.version, close_by.id))
    assert given_to_me(office.neda) == ()


def test_who_changed_a_customer_last(office: Office) -> None:
    mine, theirs = (add_lead(office.neda, name).id for name in ("Mina", "Paul"))
    leads.add_note(office.sara, theirs, "rang")
    leads.add_note(office.sara, mine, "rang")
    leads.add_note(office.neda, mine, "rang too")
    assert changed_by_others(office.neda, [mine, theirs]) == {theirs}
    assert changed_by_others(office.sara, [mine, theirs]) == {mine}
    assert changed_by_others(office.neda, []) == frozenset()
    assert changed_by_others(office.neda, range(1_000)) == frozenset()
