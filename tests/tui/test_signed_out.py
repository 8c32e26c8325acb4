"""An open desk whose sign-in ends leaves and says why; what was typed until then stays a draft."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace

from desk_driving import driven
from session_making import PASSWORD, MovingClock, add_lead, hire, secured

from leadtui.domain.permission import AGENT_PROFILE, Permission
from leadtui.domain.signing_in import Password
from leadtui.services import drafts, signing_in
from leadtui.services.membership import suspend_colleague
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session


def elsewhere(session: Session, clock: MovingClock) -> Session:
    """The same person, at another terminal."""
    return Session.open(session.store.path, session.actor.email, clock, proof=Password(PASSWORD))


async def test_an_ended_sign_in_closes_the_desk(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    secured(session)
    other = elsewhere(session, clock)
    async with driven(session) as driver:
        await driver.press("m")
        await driver.type("half a thou")
        await driver.reached(lambda: drafts.drafts_of(other, drafts.NOTE_DRAFT), "the draft")
        assert signing_in.end_other_sign_ins(other) == 1
        ended = time.monotonic()
        await driver.reached(lambda: driver.app.return_code == 1)
        assert time.monotonic() - ended < 2
    kept = drafts.drafts_of(other, drafts.NOTE_DRAFT)
    other.close()
    assert [each.lead_id for each in kept] == [lead.id]


async def test_who_is_suspended_is_told_and_the_desk_closes(session: Session, clock: MovingClock) -> None:
    with closing(hire(session, "Reza Amini", "reza@example.com", clock)) as reza:
        add_lead(reza, "Mina Sadeghi", mine=True)
        async with driven(reza) as driver:
            suspend_colleague(session, reza.actor_id)
            suspended = time.monotonic()
            await driver.reached(lambda: driver.app.return_code == 1)
            assert time.monotonic() - suspended < 2


async def test_what_is_revoked_leaves_the_screen(session: Session, clock: MovingClock) -> None:
    add_lead(session, "Somebody Hidden", "+1 212 555 0177")
    with closing(hire(session, "Reza Amini", "reza@example.com", clock)) as reza:
        add_lead(reza, "Mina Sadeghi", mine=True)
        async with driven(reza, size=(120, 40)) as driver:
            assert driver.shows("555-0177")
            profile = session.reload_definitions().profile(AGENT_PROFILE)
            assert profile is not None
            save_profile(
                session, replace(profile, permissions=profile.permissions - {Permission.SEE_CUSTOMERS})
            )
            revoked = time.monotonic()
            await driver.reached(lambda: not driver.shows("555-0177"))
            assert time.monotonic() - revoked < 2
            assert driver.shows("Mina Sadeghi")


async def test_a_sign_in_whose_time_is_over_closes_the_desk(session: Session, clock: MovingClock) -> None:
    secured(session)
    async with driven(session) as driver:
        clock.move(days=30)
        await driver.until(lambda: driver.app.return_code == 1)
