"""What everybody sets for themselves: the language is switched in the running program, and nothing that was there is lost."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from contextvars import Context
from pathlib import Path

import pytest
from desk_driving import NARROW, WIDE, Driver, driven
from session_making import MovingClock, add_lead, hire, make_session

from leadtui import paths
from leadtui.domain.field import Field, FieldKind, edit_text, read_answer, show_answer
from leadtui.domain.permission import AGENT_PROFILE
from leadtui.domain.preferences import Preferences
from leadtui.language import translate
from leadtui.language.calendar import Calendar
from leadtui.language.text import fold_digits
from leadtui.language.translate import Digits
from leadtui.services.colleagues import change_colleague
from leadtui.services.desk_states import load_state
from leadtui.services.session import Session
from leadtui.settings import COMPACT, load_settings
from leadtui.tui.screens.settings.screen import SettingsScreen

TABS = {"en": ["Me", "Statuses"], "fa": ["وضعیت‌ها", "من"]}
"""The first two tabs in the order in which they stand from the left; where there is little room, closer together."""


def reopened(session: Session, clock: MovingClock) -> Session:
    """The same person at another terminal."""
    assert session.store.path is not None
    return Session.open(session.store.path, session.actor.email, clock)


def fill(session: Session) -> None:
    """Some customers with reminders and histories."""
    for name, number in (("Mina Sadeghi", "(212) 555-0101"), ("رضا امینی", "(212) 555-0102")):
        add_lead(session, name, number, mine=True, city="Tehran", email=f"{number[-4:]}@example.com")


async def choose(driver: Driver, field: str, typed: str) -> None:
    """In the tab Me, choose what begins with `typed`."""
    screen = driver.app.screen
    assert isinstance(screen, SettingsScreen)
    form_field = screen.pane.form.field(field)
    assert form_field is not None
    form_field.take_focus()
    await driver.type(typed)


async def switch(driver: Driver, language: str) -> None:
    """From the desk: open the settings, choose the language and save."""
    await driver.press("f2")
    await choose(driver, "language", language)
    await driver.press("ctrl+s")


async def test_an_agent_has_the_tab_me_alone(session: Session, clock: MovingClock) -> None:
    agent = hire(session, "Sara", "sara@example.com", clock)
    async with driven(agent, size=NARROW) as driver:
        await driver.press("f2")
        assert driver.lines()[1].split() == ["Me"]
        assert driver.shows("sara@example.com")
        for key in ("1", "2", "5", "6", "right", "a", "x", "shift+down"):
            await driver.press(key)
            assert driver.lines()[1].split()[0] == "Me"
            assert not driver.shows("Statuses")
        await driver.press("escape")
        assert driver.shows("All customers")
    agent.close()


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize(("template", "first", "then"), [("sales", "en", "fa"), ("hesin-haseb", "fa", "en")])
async def test_a_switched_desk_is_the_one_that_begins_in_that_language(
    tmp_path: Path, clock: MovingClock, size: tuple[int, int], template: str, first: str, then: str
) -> None:
    session = make_session(tmp_path, template, clock)
    fill(session)
    async with driven(session, size=size) as driver:
        begun = driver.text()
        await switch(driver, then)
        tabs = driver.lines()[1].split()
        assert set(TABS[then]) <= set(tabs)
        await driver.press("escape")
        switched = driver.text()
        await switch(driver, first)
        await driver.press("escape")
        assert driver.text() == begun
    session.speak(Preferences(then))
    async with driven(session, size=size) as driver:
        assert driver.text() == switched != begun
    session.close()


@pytest.mark.proof
async def test_what_is_typed_and_chosen_outlives_a_switch(session: Session, clock: MovingClock) -> None:
    fill(session)
    async with driven(session, size=WIDE) as driver:
        await driver.press("slash")
        await driver.type("Mina")
        await driver.press("enter", "space", "f2", "1", "a")
        await driver.type("Sample class")
        await driver.press("up", "0", "enter", "end")
        await driver.type("s")
        await choose(driver, "language", "fa")
        await driver.press("ctrl+s")
        assert session.actor.name == "Neda Karimis"
        await driver.press("1")
        assert driver.shows("Sample class")
        await driver.press("end", "enter")
        await driver.type("es")
        await driver.press("ctrl+s", "escape")
        assert driver.screen.customers.find.value == "Mina"
        assert driver.shows("۱ انتخاب‌شده")
        assert driver.open_name == "Mina Sadeghi"
    assert "Sample classes" in [each.title for each in session.definitions.statuses]


async def test_a_note_that_is_being_written_goes_on_in_the_other_language(
    session: Session, clock: MovingClock
) -> None:
    fill(session)
    async with driven(session, size=WIDE) as driver:
        await driver.press("m")
        await driver.type("Rings back after lunch")
        before = driver.text()
        await driver.press("escape")
        await switch(driver, "fa")
        await driver.press("escape", "m")
        assert "Rings back after lunch" in before
        assert driver.shows("Rings back after lunch")


async def test_choices_go_with_the_person_and_looks_stay_at_the_machine(
    session: Session, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await driver.press("f2")
        for field, typed in (
            ("language", "fa"),
            ("calendar", "jal"),
            ("digits", "latin"),
            ("density", "compact"),
        ):
            await choose(driver, field, typed)
        await choose(driver, "direction", "marks")
        await driver.press("ctrl+s")
        assert driver.app.has_class("-compact")
    elsewhere = reopened(session, clock)
    assert elsewhere.preferences == Preferences("fa", Calendar.JALALI, Digits.LATIN)
    assert (elsewhere.language, elsewhere.calendar) == ("fa-u-nu-latn", Calendar.JALALI)
    kept, problems = load_settings(paths.settings_file())
    assert (kept.density, kept.direction, kept.language, problems) == (COMPACT, "marks", "", [])
    load_state(elsewhere)
    elsewhere.close()


async def test_amounts_in_rials_are_shown_in_tomans_to_whoever_wants_it(
    tmp_path: Path, clock: MovingClock
) -> None:
    session = make_session(tmp_path, "hesin-haseb", clock)
    async with driven(session, size=WIDE) as driver:
        await driver.press("f2")
        assert driver.shows("۲٬۵۰۰٬۰۰۰ ریال")
        await choose(driver, "money", "toman")
        assert driver.shows("۲۵۰٬۰۰۰ تومان")
        await driver.press("ctrl+s")
    elsewhere = reopened(session, clock)
    context = elsewhere.format_context()
    assert show_answer(FieldKind.MONEY, "2500000", context) == "۲۵۰٬۰۰۰ تومان"
    price = Field(1, "price", "Price", FieldKind.MONEY)
    assert (
        edit_text(FieldKind.MONEY, "2500000", context) == "2500000" == read_answer(price, "2500000", context)
    )
    elsewhere.close()


async def test_a_theme_is_seen_before_it_is_kept(session: Session) -> None:
    async with driven(session) as driver:
        usual = driver.app.theme
        for leaving, kept in (("escape escape", usual), ("ctrl+s escape", "dracula")):
            await driver.press("f2")
            await choose(driver, "theme", "dracula")
            assert driver.app.theme == "dracula"
            assert load_settings(paths.settings_file())[0].theme == usual
            await driver.press(*leaving.split())
            assert driver.app.theme == kept
            await driver.settled()
            assert load_settings(paths.settings_file())[0].theme == kept


async def test_the_keyboard_is_chosen_among_ones_own_things(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("f2")
        await choose(driver, "keyboard", "arabic-w")
        assert driver.shows("ة on the key M")
        await driver.press("ctrl+s")
        assert [each.name for each in driver.app.keyboard.layouts] == ["arabic-windows"]
    assert load_settings(paths.settings_file())[0].keyboard == "arabic-windows"


async def test_how_the_desk_was_left_and_the_choices_keep_out_of_each_others_way(
    session: Session, clock: MovingClock
) -> None:
    fill(session)
    async with driven(session) as driver:
        await driver.press("z")
        await switch(driver, "fa")
        await driver.press("escape")
    again = reopened(session, clock)
    assert load_state(again).zoomed
    assert again.language == "fa"
    async with driven(again) as driver:
        await driver.press("z")
    assert not load_state(again).zoomed
    assert reopened(session, clock).language == "fa"


@pytest.mark.parametrize("digits", list(Digits))
@pytest.mark.parametrize("language", ["en", "fa"])
async def test_digits_are_those_that_were_chosen_and_numbers_stay_as_dialled(
    session: Session, language: str, digits: Digits
) -> None:
    fill(session)
    session.speak(Preferences(language, digits=digits))
    signs = {Digits.LATIN: "0123456789", Digits.PERSIAN: "۰۱۲۳۴۵۶۷۸۹", Digits.ARABIC: "٠١٢٣٤٥٦٧٨٩"}
    others = "".join(each for kind, each in signs.items() if kind is not digits)
    async with driven(session, size=WIDE) as driver:
        top = driver.lines()[0]
        assert any(sign in signs[digits] for sign in top)
        assert not any(sign in others for sign in top)
        assert driver.shows("(212) 555-0101")
        assert "2024" in fold_digits(top)


async def test_names_are_changed_by_whoever_bears_them(session: Session, clock: MovingClock) -> None:
    agent = hire(session, "Sara", "sara@example.com", clock)
    async with driven(agent) as driver:
        await driver.press("f2", "enter", "end", "ctrl+u")
        await driver.type("Sara Amini")
        await driver.press("ctrl+s")
        assert driver.shows("“Sara Amini” is saved.")
        await driver.press("enter", "end", "ctrl+u", "ctrl+s")
        assert driver.shows("A name is needed")
        await driver.press("escape")
    assert [each.name for each in session.reload_definitions().colleagues] == ["Neda Karimi", "Sara Amini"]
    agent.close()


async def test_a_name_that_a_supervisor_changed_meanwhile_is_not_lost(
    session: Session, clock: MovingClock
) -> None:
    agent = hire(session, "Sara", "sara@example.com", clock)
    async with driven(agent) as driver:
        await driver.press("f2", "enter", "end")
        await driver.type("h")
        change_colleague(session, agent.actor_id, "Sara A.", AGENT_PROFILE, active=True)
        await driver.press("ctrl+s")
        await driver.press("ctrl+s")
    assert agent.reload_definitions().colleague(agent.actor_id).name in ("Sarah", "Sara A.")  # type: ignore[union-attr]
    agent.close()


@pytest.mark.proof
async def test_two_programs_of_one_process_speak_a_language_each(tmp_path: Path, clock: MovingClock) -> None:
    begun = {"en": asyncio.Event(), "fa": asyncio.Event()}
    turn = asyncio.Lock()  # who waits until their program is still would take the other's waiting for work

    async def work(language: str, other: str) -> tuple[str, str]:
        translate.use(other)
        session = make_session(tmp_path / language, "sales", clock)
        session.speak(Preferences(other))
        async with AsyncExitStack() as program:
            async with turn:
                driver = await program.enter_async_context(driven(session, size=WIDE))
                before = driver.lines()[1]
            begun[language].set()
            await begun[other].wait()
            async with turn:
                await switch(driver, language)
                await driver.press("escape")
                after = driver.lines()[1]
                await program.aclose()
        session.close()
        return before, after

    for each in begun:
        (tmp_path / each).mkdir()
    one, other = await asyncio.gather(
        asyncio.create_task(work("en", "fa"), context=Context()),
        asyncio.create_task(work("fa", "en"), context=Context()),
    )
    assert ("همه مشتریان" in one[0], "All customers" in one[1]) == (True, True)
    assert ("All customers" in other[0], "همه مشتریان" in other[1]) == (True, True)
