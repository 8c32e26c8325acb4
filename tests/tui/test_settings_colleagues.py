"""The tab of colleagues: people are invited, invited again, withdrawn, suspended and let in again, each by a key."""

from __future__ import annotations

from collections.abc import Iterable

from desk_driving import Driver, driven
from session_making import MovingClock, add_lead, hire, secured

from leadtui.domain.distribution import DistributionRule, RuleWords
from leadtui.domain.permission import OWNER_PROFILE
from leadtui.domain.workspace import MemberState
from leadtui.services.accepting import accept
from leadtui.services.defining import DISTRIBUTION, bring_back
from leadtui.services.distribution_rules import save_rule
from leadtui.services.inviting import invite
from leadtui.services.session import Session
from leadtui.services.signing_in import set_password_by_code
from leadtui.tui.dialogs.confirm_dialog import ConfirmDialog
from leadtui.tui.dialogs.hand_over_dialog import HandOverDialog
from leadtui.tui.dialogs.invite_dialogs import CodeDialog

SIZE = (120, 40)


def state_of(session: Session, email: str) -> MemberState:
    return next(each.state for each in session.reload_definitions().colleagues if each.email == email)


def told(driver: Driver) -> str:
    return driver.lines()[-2].strip()


async def test_somebody_is_invited_and_the_code_shown_lets_them_in(
    session: Session, clock: MovingClock
) -> None:
    secured(session)
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5", "i")
        await driver.type("mitra")
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("That is no e-mail address"))
        await driver.type("@example.com")
        await driver.press("ctrl+s")
        await driver.reached(lambda: isinstance(driver.app.screen, CodeDialog))
        await driver.press()
        code = next(each.strip("│ ") for each in driver.lines() if each.count("-") == 3 and "─" not in each)
        await driver.press("escape")
        await driver.reached(lambda: "mitra@example.com is invited" in told(driver))
    accept(session.store.path, "mitra@example.com", code, "Mitra", "nine calm lanterns", clock)
    assert state_of(session, "mitra@example.com") is MemberState.ACTIVE


async def test_who_has_no_password_is_told_to_set_one_first(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5", "i")
        await driver.type("mitra@example.com")
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("Set a password before you invite anybody"))
    assert [each.email for each in session.reload_definitions().colleagues] == [session.actor.email]


async def test_an_invitation_is_sent_again_and_withdrawn(session: Session) -> None:
    secured(session)
    invite(session, "mitra@example.com")
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5", "end", "r")
        await driver.reached(lambda: isinstance(driver.app.screen, CodeDialog))
        await driver.press("escape", "x")
        await driver.reached(lambda: state_of(session, "mitra@example.com") is MemberState.GONE)


async def test_somebody_is_suspended_keeps_what_they_have_and_is_let_in_again(
    session: Session, clock: MovingClock
) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(reza, "Mina", mine=True)
    reza.close()
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5", "end", "u")
        await driver.reached(lambda: isinstance(driver.app.screen, HandOverDialog))
        assert driver.shows("Reza Amini is suspended: who gets this?")
        assert driver.shows("1 customer")
        await driver.press("escape")
        await driver.reached(lambda: "is suspended and can do nothing here" in told(driver))
        assert state_of(session, "reza@example.com") is MemberState.SUSPENDED
        with session.read() as tx:
            assert tx.lead(lead.id).owner_id == reza.actor_id
        await driver.press("u")
        await driver.reached(lambda: state_of(session, "reza@example.com") is MemberState.ACTIVE)


async def test_what_a_leaver_has_is_shared_out_by_a_rule(session: Session, clock: MovingClock) -> None:
    hire(session, "Mitra Azad", "mitra@example.com", clock).close()
    rule = save_rule(session, DistributionRule(0, "", "Nights", RuleWords("evenly", ("mitra@example.com",))))
    bring_back(session, DISTRIBUTION, rule.id)
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    leads = [add_lead(reza, name, mine=True).id for name in ("Mina", "Tara")]
    reza.close()
    session.reload_definitions()
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5", "end", "u")
        await driver.reached(lambda: isinstance(driver.app.screen, HandOverDialog))
        await driver.type("nights")
        await driver.press("enter")
        await driver.reached(lambda: state_of(session, "reza@example.com") is MemberState.SUSPENDED)
        mitra = next(each.id for each in session.definitions.people if each.email == "mitra@example.com")
        await driver.reached(lambda: owners(session, leads) == {mitra})


def owners(session: Session, lead_ids: Iterable[int]) -> set[int | None]:
    with session.read() as tx:
        return {tx.lead(each).owner_id for each in lead_ids}


async def test_an_owner_is_suspended_once_the_name_of_the_workspace_is_typed(
    session: Session, clock: MovingClock
) -> None:
    hire(session, "Reza Amini", "reza@example.com", clock, OWNER_PROFILE).close()
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5", "end", "u")
        await driver.reached(lambda: isinstance(driver.app.screen, ConfirmDialog))
        await driver.type("Another")
        await driver.press("enter")
        await driver.reached(lambda: driver.shows("That is another name."))
        assert state_of(session, "reza@example.com") is MemberState.ACTIVE
        await driver.type(session.workspace.title)
        await driver.press("enter")
        await driver.reached(lambda: state_of(session, "reza@example.com") is MemberState.SUSPENDED)


async def test_a_one_time_code_is_made_by_a_key(session: Session, clock: MovingClock) -> None:
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    session.reload_definitions()
    secured(session)
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5", "end", "o")
        await driver.reached(lambda: isinstance(driver.app.screen, CodeDialog))
        await driver.press()
        code = next(each.strip("│ ") for each in driver.lines() if each.count("-") == 3 and "─" not in each)
        await driver.press("escape")
        await driver.reached(lambda: "Reza Amini sets a password with the code" in told(driver))
    set_password_by_code(session.store.path, "reza@example.com", code, "nine calm lanterns", clock)
