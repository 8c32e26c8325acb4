"""The program of an agent in a process of its own: waits for a new status at its screen, and sets it.

Run with the store, the agent's e-mail address and the title of the status; writes what it sees as lines of JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from desk_driving import Driver, driven

from leadtui.services.session import Session
from leadtui.tui.widgets.status_list import KEYS


def say(**words: object) -> None:
    """Tell the test."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


async def sees(driver: Driver, title: str) -> bool:
    """Whether the status is in the dialog; it is left open where it is."""
    await driver.press("s")
    if driver.shows(title):
        return True
    await driver.press("escape")
    return False


async def work(store: str, email: str, title: str) -> None:
    """Open the program, and set the status as soon as its dialog has it."""
    session = Session.open(store, email)
    async with driven(session) as driver:
        say(open=driver.open_name, knows=await sees(driver, title))
        await driver.reached(lambda: any(each.title == title for each in session.definitions.statuses), title)
        say(heard=time.time())
        assert await sees(driver, title)
        say(seen=time.time())
        await driver.type(KEYS[len(session.definitions.open_statuses) - 1])
        for typed in ("tomorrow", "10:00", "front", "Neda"):
            await driver.type(typed)
            await driver.press("enter")
        await driver.type("tomorrow 9")
        say(dialog=driver.text())
        await driver.press("ctrl+s")
        say(told=driver.told(), screen=driver.text())
    session.close()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
