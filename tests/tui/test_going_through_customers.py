"""Going down the table: the screen is not laid out anew for a customer of whom there is more or less to tell."""

from __future__ import annotations

from typing import Any, cast

import pytest
from desk_driving import driven
from session_making import add_lead
from textual.geometry import Size
from textual.screen import Screen

from leadtui.services.leads import add_note
from leadtui.services.session import Session


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_key_lays_nothing_out_where_the_timelines_fit(
    session: Session, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for notes, name in enumerate(("Mina Sadeghi", "Sara Amini", "Reza Karimi", "Liam Brown")):
        lead = add_lead(session, name, "" if notes % 2 else f"+1 212 555 010{notes}", mine=True)
        for note in range(notes % 3):
            add_note(session, lead.id, f"note {note}")
    layouts: list[Screen[object]] = []
    lay_out = cast("Any", Screen)._refresh_layout

    def counted(screen: Screen[object], size: Size | None = None, scroll: bool = False) -> None:
        layouts.append(screen)
        lay_out(screen, size, scroll)

    async with driven(session, size=size) as driver:
        await driver.press("home")
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        names: set[str] = set()
        for _ in range(4):
            names.add(driver.open_name)
            assert driver.shows(driver.open_name)
            await driver.press("down")
        assert len(names) == 4
    assert not layouts
