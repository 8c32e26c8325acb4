"""An open desk whose sign-in ends leaves and says why; what was typed until then stays a draft."""

from __future__ import annotations

import time

from desk_driving import driven
from session_making import PASSWORD, MovingClock, add_lead, secured

from leadtui.domain.signing_in import Password
from leadtui.services import drafts, signing_in
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


async def test_a_sign_in_whose_time_is_over_closes_the_desk(session: Session, clock: MovingClock) -> None:
    secured(session)
    async with driven(session) as driver:
        clock.move(days=30)
        await driver.until(lambda: driver.app.return_code == 1)
