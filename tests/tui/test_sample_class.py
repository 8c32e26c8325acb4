"""A supervisor defines a status in the running program; an agent in another process has it at once and sets it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_driving import driven
from sample_class import Typist, define_sample_class
from session_making import add_lead, business, hire

from leadtui.domain.lead import ActivityKind
from leadtui.services.leads import open_lead
from leadtui.services.session import Session, system_clock

PROGRAM = Path(__file__).with_name("agent_program.py")

PATIENCE = 90
"""Seconds for what the other process does, however busy the machine is."""

AT_ONCE = 15
"""Seconds within which the agent has the status: a look every half second, and time for a busy machine."""


async def hear(agent: Process) -> dict[str, Any]:
    """The next that the agent's process says."""
    assert agent.stdout is not None
    async with asyncio.timeout(PATIENCE):
        line = await agent.stdout.readline()
    if not line:
        assert agent.stderr is not None
        raise AssertionError((await agent.stderr.read()).decode())
    return json.loads(line)


@pytest.mark.proof
async def test_a_status_defined_at_one_terminal_is_set_at_another(tmp_path: Path) -> None:
    session = Session.create(tmp_path / "desk.db", business(), "Neda Karimi", "neda@example.com")
    reza = hire(session, "Reza Amini", "reza@example.com", system_clock)
    lead = add_lead(reza, "Mina Sadeghi", "(212) 555-0101", mine=True)
    reza.close()
    session.reload_definitions()
    agent = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROGRAM),
        str(tmp_path / "desk.db"),
        "reza@example.com",
        "Sample class",
        stdout=PIPE,
        stderr=PIPE,
        limit=1_000_000,
        env=os.environ | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
    )
    try:
        assert await hear(agent) == {"open": "Mina Sadeghi", "knows": False}
        async with driven(session) as driver:
            await driver.press("f2", "1")
            await define_sample_class(Typist(driver))
            saved = time.time()
            (defined,) = (each for each in session.definitions.open_statuses if each.title == "Sample class")
            assert (await hear(agent))["heard"] - saved < AT_ONCE
            await hear(agent)
            dialog = (await hear(agent))["dialog"]
            for asked in ("Sample class", "Date", "Time", "Seat", "Who teaches", "Mina Sadeghi"):
                assert asked in dialog
            done = await hear(agent)
            assert done["told"] == ["Mina Sadeghi: ◇ Sample class"]
            # The supervisor, to whom the customer goes, is told of it and finds it in the cartable.
            await driver.press("escape")
            await driver.until(driver.told, "the word of it")
            (sentence,) = driver.told()
            assert sentence.startswith("From Reza Amini: Sample class, tomorrow 10:00 – Mina Sadeghi.")
            await driver.press("i")
            assert driver.open_name == "Mina Sadeghi"
            assert driver.shows("◇ Sample class")
            # New to the supervisor, or still open at the other terminal.
            assert any(driver.shows(f"{mark} Mina Sadeghi") for mark in "✦◎")
        assert await agent.wait() == 0
    finally:
        if agent.returncode is None:
            agent.kill()
            await agent.wait()
    after = open_lead(session, lead.id)
    assert (after.lead.status_id, after.lead.owner_id) == (defined.id, session.actor.id)
    told = after.timeline[0]
    assert told.kind is ActivityKind.STATUS_SET
    assert {each.title: each.value for each in told.detail.answers}["Seat"] == "front"
    (reminder,) = after.pending
    assert reminder.owner_id == session.actor.id
    assert timedelta(0) < reminder.due - session.now() < timedelta(days=2)
    session.close()
