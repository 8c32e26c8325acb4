"""What people had half typed in a released version is there, word for word, in this one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from desk_driving import Driver, driven
from released import DISPLACED, NEDA, RELEASED, REZA, ReleasedStore
from textual.widgets import Input, OptionList, TextArea

from leadtui.language.bidi import without_isolates
from leadtui.services.drafts import NOTE_DRAFT, find_draft
from leadtui.services.leads import find_lead, open_lead
from leadtui.settings import load_settings

SIZE = (160, 50)

ANSWERS = (
    "در دفتر مرکزی", "طبقهٔ سوم\nزنگ دوم", "12", "180000000", "1405/09/20", "16:30", "Monday", "B", "A", "C",
    "0912 000 0999", "visit@example.com", "https://example.com/visit",
)  # fmt: skip
"""What was typed into the fields of each kind."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """A line of what is offered at the start, and the texts that its dialog then holds."""

    line: str
    texts: tuple[str, ...]
    email: str = NEDA


OFFERED = {
    "note": HalfTyped("رضا کاظمی · note", ("نیمهٔ یک فکر\nhalf a thought",)),
    "status": HalfTyped("Emma Clark · status", (*ANSWERS, "Reza Amini", "فردا ۱۰", "brings her diploma")),
    "reminder": HalfTyped(
        "سارا یزدانی · reminder", ("شنبه ۹:۳۰", "about the lease", "promised to the customer")
    ),
    "call": HalfTyped("علی‌رضا موسوی · call", ("The call goes on", "0912 000 0104")),
    "customer": HalfTyped("امید رضایی · fields", (*ANSWERS, "امید رضایی نیشابوری", "Sabzevar")),
    "new customer": HalfTyped("new customer · fields", ("Newcomer Half", "0912 000 04", "Tabriz", "Audit")),
    "do not call": HalfTyped("حسین عباسی · do not call", ("asked on the phone",)),
    "erase one": HalfTyped("گلناز ابراهیمی · erasing", ("a request of 1405",)),
    "erase several": HalfTyped("for 3 customers · erasing", ("three by mistake", "Erase 3 customers")),
    "give one": HalfTyped("پوریا نیک‌نام · give to a colleague", ("speaks German", "Reza Amini")),
    "give several": HalfTyped("for 2 customers · give to a colleague", ("the two of Berlin", "لیلا حسینی")),
    "merge": HalfTyped("فاطمه نوری · merge", ("Olga Kern", "فاطمه نوری")),
    "view": HalfTyped("Tehran mornings · view", ("Tehran mornings",)),
    "settings, status": HalfTyped("No answer today · settings", ("No answer today", "Room", "upstairs")),
    "settings, field": HalfTyped("Half a field · settings", ("Half a field",)),
    "settings, channel": HalfTyped("نمایشگاه پاییز · settings", ("نمایشگاه پاییز",)),
    "settings, need": HalfTyped("جویای کار or more · settings", ("جویای کار or more",)),
    "settings, colleague": HalfTyped("Sara Novak · settings", ("Sara Novak",)),
    "settings, profile": HalfTyped("Night shift · settings", ("Night shift",)),
    "an agent's status": HalfTyped("گلناز ابراهیمی · status", ("tomorrow 11", "Reza’s own words"), REZA),
    "another title of a view": HalfTyped("Reza’s and hers · view", ("Reza’s and hers",), REZA),
}


async def go_on_with(driver: Driver, line: str) -> None:
    """Choose that line of what was left unfinished."""
    options = driver.app.screen.query_one(OptionList).options
    offered = [without_isolates(str(each.prompt)) for each in options]
    (place,) = (place for place, words in enumerate(offered) if line in words)
    await driver.press(*["down"] * place, "enter")


def held(driver: Driver) -> list[str]:
    """All texts that the screen on top holds or shows."""
    screen = driver.app.screen
    typed = [each.value for each in screen.query(Input)] + [each.text for each in screen.query(TextArea)]
    return [*typed, driver.text()]


@pytest.mark.parametrize("kind", OFFERED)
async def test_what_was_half_typed_comes_up_as_it_was(released: ReleasedStore, kind: str) -> None:
    offered = OFFERED[kind]
    async with driven(released.of(offered.email), size=SIZE) as driver:
        await go_on_with(driver, offered.line)
        # A call goes on beside the desk, all else in its dialog.
        assert (driver.app.screen is driver.screen) == (kind == "call")
        texts = held(driver)
        assert [text for text in offered.texts if not any(text in each for each in texts)] == []


async def test_what_was_half_typed_is_saved_from_there(released: ReleasedStore) -> None:
    neda = released.of(NEDA)
    async with driven(neda, size=SIZE) as driver:
        await go_on_with(driver, OFFERED["status"].line)
        await driver.press("ctrl+s")
    emma = open_lead(neda, find_lead(neda, "emma.clark@example.org").id)
    told = emma.timeline[0].detail
    assert (told.status_to, told.text) == ("Visit", "brings her diploma")
    assert len(told.answers) == 14
    assert find_draft(neda, "status", emma.lead.id) is None


async def test_what_was_left_by_oneself_waits_in_its_dialog(released: ReleasedStore) -> None:
    neda = released.of(NEDA)
    left = find_lead(neda, "0912 000 0109")
    assert find_draft(neda, NOTE_DRAFT, left.id) is not None
    async with driven(neda, size=SIZE) as driver:
        assert not driver.shows(left.name + " · note")
        await driver.press("escape")
        driver.app.open_lead(left.id)
        await driver.settled()
        await driver.press("m")
        assert "left for later" in held(driver)


async def test_desks_open_as_they_were_left(released: ReleasedStore) -> None:
    async with driven(released.of(NEDA), size=SIZE) as driver:
        await driver.press("escape")
        assert driver.shows("All that a view can say")
        assert driver.screen.has_class("-zoomed")
        assert [each.key for each in driver.screen.customers.table.columns][:3] == [
            "name",
            "custom:own_money",
            "city",
        ]
        assert driver.open_name == "Emma Clark"
    async with driven(released.of(REZA), size=SIZE) as driver:
        await driver.press("escape")
        assert "city" not in [each.key for each in driver.screen.customers.table.columns]
        assert driver.open_name == "حسین عباسی"


async def test_own_keys_go_on_working(released: ReleasedStore) -> None:
    settings, problems = load_settings(RELEASED / "settings.toml")
    async with driven(released.of(NEDA), size=SIZE, settings=settings, problems=problems) as driver:
        assert driver.told() == DISPLACED
        await driver.press("escape", "f11")
        assert driver.shows("Emma Clark · note")
        await driver.press("escape")
        assert driver.shows("All that a view can say *")  # its order was turned round
        await driver.press("V")
        assert not driver.shows("All that a view can say *")
