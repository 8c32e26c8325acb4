"""No screen and no dialog shows a number or an address to whoever may not see it; to whoever may, the desk shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_driving import driven
from hidden_customers import planted, tells
from session_making import MovingClock

from leadtui.domain.permission import AGENT_PROFILE, Permission
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.tui.actions.commands import COMMANDS
from leadtui.tui.commands.command import Command, Scope

LEAVING = {"quit", "suspend"}
"""They end the program, or ask the terminal to."""

SOME = {"edit-customer"}
OF_A_DESK = [
    pytest.param(each, id=each.name, marks=() if each.name in SOME else pytest.mark.proof)
    for each in COMMANDS
    if each.scope in (Scope.LEAD, Scope.DESK) and each.name not in LEAVING
]


def sara_on(folder: Path, *missing: Permission) -> Session:
    """Sara, who may everything but that, and to whom both planted customers do not belong."""
    content, _ids = planted()
    (folder / "desk.db").write_bytes(content)
    boss = Session.open(folder / "desk.db", "neda@example.com", MovingClock())
    agent = boss.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    save_profile(boss, replace(agent, permissions=frozenset(Permission).difference(missing)), agent)
    boss.close()
    return Session.open(folder / "desk.db", "sara@example.com", MovingClock())


@pytest.mark.parametrize("command", OF_A_DESK)
async def test_no_dialog_shows_a_hidden_number(tmp_path: Path, command: Command) -> None:
    sara = sara_on(tmp_path, Permission.SEE_NUMBERS)
    async with driven(sara, size=(160, 50)) as driver:
        shown = [driver.text()]
        for _customer in range(2):
            driver.app.call_later(driver.app.run_command, command)
            await driver.settled()
            shown += [driver.text(), *driver.told()]
            for _dialog in range(3):
                if driver.app.screen is not driver.screen:
                    await driver.press("escape")
            await driver.press("down")
            shown.append(driver.text())
    assert not any(map(tells, shown)), next(filter(tells, shown))
    sara.close()


async def test_whoever_may_sees_how_to_reach_them(tmp_path: Path) -> None:
    sara = sara_on(tmp_path)
    async with driven(sara, size=(160, 50)) as driver:
        assert sum(tells(line) for line in driver.lines()) > 2
        assert not driver.shows("hidden")
    sara.close()
