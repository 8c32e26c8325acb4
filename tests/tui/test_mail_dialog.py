"""The mail server is set in the settings: what is wrong stands beside it, and a trial says whether letters go out."""

from __future__ import annotations

import pytest
from desk_driving import driven

from leadtui.domain.mail import MailServer
from leadtui.services import mailing
from leadtui.services.mailing import find_mail_server
from leadtui.services.session import Session
from leadtui.tui.dialogs.mail_dialog import MailDialog


async def test_a_server_is_set_tried_and_forgotten(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "LONGEST_WAIT", 0.5)
    async with driven(session, size=(120, 40)) as driver:
        await driver.press("f2", "7", "m")
        await driver.reached(lambda: isinstance(driver.app.screen, MailDialog))
        await driver.type("no-such-host.invalid")
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("That is no e-mail address"))
        await driver.type("desk@example.com")
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("Type the password of the mail server"))
        await driver.type("a word")
        assert not driver.shows("a word")
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("There is no server no-such-host.invalid"))
        found = find_mail_server(session)
        assert isinstance(found, MailServer)
        assert (found.host, found.port, found.sender) == ("no-such-host.invalid", 587, "desk@example.com")
        await driver.press("m")
        await driver.reached(lambda: isinstance(driver.app.screen, MailDialog))
        await driver.press(*["backspace"] * 20, *["delete"] * 20, "ctrl+s")
        await driver.reached(lambda: driver.shows("No letters are sent any more"))
    assert find_mail_server(session) is None
