"""Who is here and what they have open; and that none of two terminals is given the same customer as next."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from uuid import uuid4

import pytest
from session_making import Office, add_lead, status_of

from leadtui.errors import Refused
from leadtui.services import presence
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.presence import Company, take_next
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.store import tables


def test_others_see_who_has_a_customer_open(office: Office) -> None:
    mina = add_lead(office.neda, "Mina Sadeghi").id
    paul = add_lead(office.neda, "Paul Becker").id
    presence.arrive(office.neda, "one")
    presence.arrive(office.sara, "two")
    presence.beat(office.sara, "two", mina)
    assert presence.company(office.neda, "one") == Company({mina: (office.sara.actor.id,)})
    assert presence.company(office.sara, "two") == Company()
    presence.beat(office.sara, "two", paul)
    presence.beat(office.neda, "three", paul)
    seen = presence.company(office.neda, "one")
    assert seen.at(mina) == ()
    assert seen.at(paul) == (office.sara.actor.id, office.neda.actor.id)
    assert seen.at(None) == ()
    presence.leave(office.sara, "two")
    assert presence.company(office.neda, "one") == Company({paul: (office.neda.actor.id,)})


def test_who_says_nothing_for_a_while_is_gone(office: Office) -> None:
    mina = add_lead(office.neda, "Mina Sadeghi").id
    presence.beat(office.sara, "killed", mina)
    office.clock.move(seconds=44)
    assert presence.company(office.neda, "one").at(mina)
    office.clock.move(seconds=2)
    assert not presence.company(office.neda, "one").at(mina)
    presence.arrive(office.neda, "one")
    with office.neda.store.read() as connection:
        assert [row.terminal for row in connection.execute(tables.presence.select())] == ["one"]


def test_a_lease_lasts_five_minutes_and_begins_anew_while_the_customer_is_in_view(office: Office) -> None:
    mina, paul = (add_lead(office.neda, name).id for name in ("Mina Sadeghi", "Paul Becker"))
    assert take_next(office.sara, "two", [mina, paul]) == mina
    for _quarter in range(24):  # six minutes at the desk
        office.clock.move(seconds=15)
        presence.beat(office.sara, "two", mina)
    assert take_next(office.neda, "one", [mina, paul]) == paul
    for _quarter in range(20):  # and five on another screen
        assert presence.company(office.neda, "one").at(mina) == (office.sara.actor.id,)
        office.clock.move(seconds=15)
        presence.beat(office.sara, "two", mina, in_view=False)
    assert presence.company(office.neda, "one").at(mina) == ()
    assert take_next(office.neda, "one", [mina]) == mina
    # Whoever goes on gives theirs back at once.
    presence.beat(office.neda, "one", paul)
    assert take_next(office.sara, "two", [paul, mina]) == mina


def test_a_customer_that_has_gone_is_open_nowhere(office: Office) -> None:
    presence.beat(office.sara, "two", 4_711)
    assert presence.company(office.neda, "one") == Company()


def close(session: Session, lead_id: int, key: str) -> None:
    """Give the customer a status that asks nothing more."""
    lead = open_lead(session, lead_id).lead
    set_status(session, SetStatus(lead_id, lead.version, status_of(session, key).id, note="so it is"))


def test_next_is_the_first_that_is_free(office: Office) -> None:
    leads = [add_lead(office.neda, f"Customer {n}", f"+1 212 555 01{n:02}").id for n in range(6)]
    close(office.neda, leads[0], "do_not_call")
    with office.neda.store.write() as connection:
        connection.execute(
            tables.do_not_call.insert().values(
                workspace_id=office.neda.workspace.id, e164="+12125550101", added_at=office.clock.now
            )
        )
    assert take_next(office.neda, "one", leads) == leads[2]
    assert take_next(office.sara, "two", leads) == leads[3]
    assert presence.company(office.sara, "two").at(leads[2]) == (office.neda.actor.id,)
    # Whoever goes on gives back what they had.
    assert take_next(office.neda, "one", leads[4:]) == leads[4]
    assert take_next(office.sara, "two", leads[:3]) == leads[2]


def test_next_takes_nobodys_first_then_ones_own_then_a_colleagues(office: Office) -> None:
    saras = add_lead(office.sara, "Sara's", mine=True).id
    nedas = add_lead(office.neda, "Neda's", mine=True).id
    nobodys = add_lead(office.neda, "Nobody's").id
    everybody = [saras, nedas, nobodys]
    assert take_next(office.neda, "one", everybody) == nobodys
    presence.beat(office.sara, "two", nobodys)
    assert take_next(office.neda, "one", everybody) == nedas
    presence.beat(office.sara, "three", nedas)
    assert take_next(office.neda, "one", everybody) == saras
    presence.beat(office.sara, "four", saras)
    assert take_next(office.neda, "one", everybody) is None
    office.clock.move(minutes=1)
    assert take_next(office.neda, "one", everybody) == nobodys


def test_next_looks_down_a_long_list_of_many_that_are_taken(office: Office) -> None:
    leads = [add_lead(office.neda, f"Customer {n}").id for n in range(4)]
    # Ids that are gone fill the list until the fourth reading.
    candidates = [*leads[:3], *range(10_000, 11_600), leads[3]]
    for place, lead_id in enumerate(leads[:3]):
        presence.beat(office.sara, f"at {place}", lead_id)
    assert take_next(office.neda, "one", candidates) == leads[3]
    assert take_next(office.neda, "one", []) is None


def test_next_asks_for_the_permission(office: Office) -> None:
    lead_id = add_lead(office.neda, "Mina").id
    profile = office.neda.definitions.profile(office.sara.actor.profile)
    assert profile is not None
    save_profile(office.neda, replace(profile, permissions=frozenset()))
    with pytest.raises(Refused):
        take_next(office.sara, "two", [lead_id])


def test_who_was_seen_in_the_future_was_seen_now(office: Office) -> None:
    mina = add_lead(office.neda, "Mina Sadeghi").id
    presence.arrive(office.neda, "one")
    office.clock.move(days=30)
    presence.beat(office.sara, "two", mina)
    office.clock.move(days=-30)
    presence.beat(office.neda, "one", None)
    assert presence.company(office.neda, "one").at(mina) == (office.sara.actor.id,)
    office.clock.move(seconds=presence.GONE_AFTER.total_seconds() + 1)
    assert presence.company(office.neda, "one") == Company()


def test_a_desk_of_this_machine_that_was_killed_is_not_open_in_another_terminal(office: Office) -> None:
    mina = add_lead(office.neda, "Mina Sadeghi").id
    store = str(office.neda.store.path)
    crashing = (
        "import os, sys\n"
        "from leadtui.services import presence\n"
        "from leadtui.services.session import Session\n"
        "session = Session.open(sys.argv[1], sys.argv[2], lambda: datetime.fromisoformat(sys.argv[3]))\n"
        "name = presence.terminal_name()\n"
        "presence.arrive(session, name)\n"
        "presence.beat(session, name, int(sys.argv[4]))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    arguments = [store, "neda@example.com", office.clock.now.isoformat(), str(mina)]
    code = "from datetime import datetime\n" + crashing
    assert subprocess.run([sys.executable, "-c", code, *arguments], check=False).returncode == -9
    assert presence.company(office.sara, "elsewhere").at(mina) == (office.neda.actor.id,)
    living = presence.terminal_name()
    presence.beat(office.sara, living, mina)
    presence.beat(office.sara, f"another-machine {2**22 + 1} {uuid4().hex}", mina)
    presence.arrive(office.neda, presence.terminal_name())
    assert presence.company(office.neda, "anything").at(mina) == (office.sara.actor.id,)
    assert presence.company(office.neda, living).at(mina) == (office.sara.actor.id,)
