"""No key of a tab of the settings is out of reach: each stands in the key bar, or `?` does, which lists all of them."""

from __future__ import annotations

from typing import Any, cast

import pytest
from desk_driving import driven
from session_making import hire

from leadtui.domain.preferences import Preferences
from leadtui.language.text import cell_width
from leadtui.language.translate import pgettext
from leadtui.services.session import Session
from leadtui.tui.dialogs.help import HelpScreen
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.widgets.key_bar import KeyBar

WIDTHS = (80, 100, 120)


@pytest.mark.parametrize(("language", "owner"), [("en", True), ("fa", True), ("ar", True), ("fa", False)])
async def test_each_key_of_each_tab_is_shown_or_listed(session: Session, language: str, owner: bool) -> None:
    sara = hire(session, "Sara Amini", "sara@example.com", session.now)
    person = session if owner else sara
    person.speak(Preferences(language))
    async with driven(person, size=(WIDTHS[0], 30)) as driver:
        await driver.press("f2")
        screen = driver.app.screen
        assert isinstance(screen, SettingsScreen)
        bar = screen.query_one(KeyBar)
        of_tabs = set[str]()
        for width in WIDTHS:
            await driver.resize(width, 30)
            for at, pane in enumerate(screen.panes):
                screen.at = at
                await driver.settled()
                shown = bar.render().plain
                assert cell_width(shown) <= width
                there = {each.name: pgettext("key", each.title) for each in bar.commands}
                missing = {name for name, title in there.items() if title not in shown}
                assert not missing or there["help"] in shown, (pane.sort.name, width, shown)
                of_tabs |= there.keys()
        await driver.press("question_mark")
        assert isinstance(driver.app.screen, HelpScreen)
        listed = {each.name for each in cast("Any", driver.app.screen)._entries()}
        assert of_tabs <= listed
    sara.close()
