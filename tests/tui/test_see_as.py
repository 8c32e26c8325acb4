"""Looking at the desk as somebody of another profile: the bar says so, nothing is written, and quitting comes back."""

from __future__ import annotations

from desk_driving import Driver, driven
from session_making import MovingClock, add_lead, hire

from leadtui.services.session import Session


def seen_as(session: Session, key: str) -> Session:
    profile = session.definitions.profile(key)
    assert profile is not None
    return session.seeing_as(profile)


async def choose(driver: Driver, title: str) -> None:
    await driver.press("ctrl+p")
    await driver.type("see as")
    await driver.press("enter")
    await driver.type(title)


async def test_one_is_chosen_and_the_desk_closes_to_be_opened_so(session: Session) -> None:
    async with driven(session) as driver:
        await choose(driver, "agent")
        assert driver.shows_wrapped("nothing is changed, and quitting comes back.")
        await driver.press("enter")
        assert driver.app.return_value == "agent"
    async with driven(session) as driver:
        await driver.press("f2", "6", "down", "v")
        assert driver.app.return_value == "supervisor"


async def test_the_desk_of_a_colleague_is_looked_at_by_a_key(session: Session, clock: MovingClock) -> None:
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    add_lead(sara, "Hers", mine=True)
    add_lead(session, "Mine", mine=True)
    async with driven(session) as driver:
        await driver.press("f2", "5", "end", "v")
        assert driver.app.return_value == "sara@example.com"
    person = session.reload_definitions().colleague(sara.actor_id)
    assert person is not None
    async with driven(session.seeing_as(person), size=(120, 40)) as driver:
        assert driver.shows("As “Sara Ahmadi”: nothing is changed · q ends it")
        cartable = "\n".join(line[60:] for line in driver.lines()[:30])
        assert "Hers" in cartable
        assert "Mine" not in cartable
    sara.close()


async def test_the_bar_says_so_and_nothing_is_written(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    before = session.latest_change()
    async with driven(seen_as(session, "agent"), size=(80, 24)) as driver:
        assert driver.shows("As “Agent”: nothing is changed · q ends it")
        assert driver.shows("Mina Sadeghi")
        await driver.press("m")
        await driver.type("likes tea")
        await driver.press("ctrl+s")
        assert driver.shows_wrapped("You only look around as somebody else; nothing is changed.")
        await driver.press("escape", "f2")
        assert driver.shows("As “Agent”")
        assert not driver.shows("Profiles")
    assert session.latest_change() == before
    with session.read() as tx:
        assert tx.lead(lead.id).version == lead.version
