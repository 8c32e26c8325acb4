"""The line at the top says until when customers are rung, or from when on, where there is room for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from desk_driving import driven
from session_making import MovingClock

from leadtui.services.session import Session
from leadtui.services.workspace import change_workspace
from leadtui.tui.widgets.top_bar import TopBar

NEW_YORK = ZoneInfo("America/New_York")


def define(session: Session, windows: str, *holidays: str) -> None:
    change_workspace(session, replace(session.workspace, windows=windows, holidays=holidays))


async def test_it_follows_the_clock_and_the_workspace(session: Session, clock: MovingClock) -> None:
    clock.now = datetime(2024, 9, 30, 9, 58, tzinfo=NEW_YORK)
    define(session, "Mon-Fri 10-14, 16-18; Sat 22-02", "2024-10-01 Holiday")
    async with driven(session, size=(140, 40)) as driver:

        async def says(words: str) -> None:
            await driver.until(lambda: words in driver.lines()[0], words)

        await says("☎ calls from 10:00")
        clock.move(minutes=2)
        await says("☎ calls until 14:00")
        clock.move(hours=4)
        await says("☎ calls from 16:00")
        clock.move(hours=4)
        await says("☎ calls from Wed 2 Oct 10:00")
        clock.move(days=1)
        await says("☎ calls from tomorrow 10:00")
        clock.now = datetime(2024, 10, 5, 23, tzinfo=NEW_YORK)
        await says("☎ calls until tomorrow 02:00")
        clock.move(hours=2)
        await says("☎ calls until 02:00")
        define(session, "every day 0-24")
        await driver.until(lambda: "☎" not in driver.lines()[0], "that it never changes")
        define(session, "Mon 9-10")
        await says("☎ calls from tomorrow 09:00")
        define(session, "")
        await driver.until(lambda: "☎" not in driver.lines()[0], "that nothing is defined")


@pytest.mark.parametrize(
    ("width", "overdue", "shown", "left_out"),
    [
        (90, 0, ("Neda Karimi", "30 Sep 2024", "☎ calls until 18:00"), ()),
        (80, 0, ("Northwind Sales", "30 Sep 2024", "☎ calls until 18:00"), ("Neda Karimi",)),
        (85, 12, ("Northwind Sales", "30 Sep 2024", "☎ until 18:00", "▲ 12 overdue"), ("Neda Karimi",)),
        (80, 12, ("Northwind Sales", "30 Sep 2024", "▲ 12 overdue"), ("Neda Karimi", "☎")),
    ],
)
async def test_where_it_is_narrow_it_gives_way_after_the_person(
    session: Session,
    clock: MovingClock,
    width: int,
    overdue: int,
    shown: tuple[str, ...],
    left_out: tuple[str, ...],
) -> None:
    clock.now = datetime(2024, 9, 30, 12, tzinfo=NEW_YORK)
    define(session, "Mon-Fri 10-18")
    async with driven(session, size=(width, 30)) as driver:
        driver.screen.query_one(TopBar).overdue = overdue
        await driver.settled()
        line = driver.lines()[0]
        assert all(each in line for each in shown), line
        assert not any(each in line for each in left_out), line
