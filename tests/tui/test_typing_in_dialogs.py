"""Persian is typed into the program's own dialogs as it is seen, and stored as it is read."""

from __future__ import annotations

import pytest
from desk_driving import NARROW, WIDE, driven
from seen_screen import seen
from session_making import add_lead

from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.settings import Settings, TerminalProfile
from leadtui.tui.widgets.inputs import LineInput, TextInput

PLAIN = Settings(direction=TerminalProfile.PLAIN)

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE])


@SIZES
async def test_a_name_is_typed_into_the_form_and_saved(session: Session, size: tuple[int, int]) -> None:
    lead = add_lead(session, "Sara", "+989181809983", mine=True)
    async with driven(session, size=size, settings=PLAIN) as driver:
        await driver.press("e", "ctrl+u")
        await driver.type("سارا می\u200cرود")
        await driver.press("backspace", "backspace", "backspace")
        await driver.press("left", "ctrl+right", "home")
        await driver.type("خ")
        name = driver.app.screen.focused
        assert isinstance(name, LineInput)
        assert name.text == "خسارا می\u200c"
        assert any("ﯽﻣ ﺍﺭﺎﺴﺧ" in line for line in seen(driver.app))
        await driver.press("delete", "end", "backspace")
        await driver.press("ctrl+s")
        assert open_lead(session, lead.id).lead.name == "خارا م"


@SIZES
async def test_a_note_is_wrapped_from_the_right_with_its_number_whole(
    session: Session, size: tuple[int, int]
) -> None:
    add_lead(session, "Sara", "+989181809983", mine=True)
    text = "شماره دیگرش 0912 345 6789 است و ایمیل او mary_80@example.com و فردا ساعت ۱۰ در دفتر (طبقه دوم) منتظر است"
    async with driven(session, size=size, settings=PLAIN) as driver:
        await driver.press("m")
        await driver.type(text)
        note = driver.app.screen.focused
        assert isinstance(note, TextInput)
        assert note.text == text
        lines = seen(driver.app)
        assert any("0912 345 6789 ﺵﺮﮕﯾﺩ ﻩﺭﺎﻤﺷ" in line for line in lines), "\n".join(lines)
        assert any("mary_80@example.com" in line for line in lines)
        assert note.wrapped_document.height > 1
