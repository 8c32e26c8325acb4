"""The same place on every keyboard does the same thing, on every screen and in every dialog; fields get the letters."""

from __future__ import annotations

import asyncio
import string
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from desk_driving import WIDE, Driver, driven, written
from key_table import FILE, key_table
from session_making import MovingClock, add_lead, make_session
from test_capitals import PLACES as SCREENS
from test_capitals import ListeningApp, listening
from textual import events
from textual.app import App

from leadtui import paths
from leadtui.domain.lead import Lead
from leadtui.domain.status import Status
from leadtui.language import translate
from leadtui.language.keyboard_layouts import (
    ARABIC_WINDOWS,
    ARABIC_X11,
    ISIRI_9147,
    LAYOUTS,
    PERSIAN_WINDOWS,
    PLACES,
    PLACES_WITH_SHIFT,
    KeyboardLayout,
    letters_at,
)
from leadtui.services import do_not_call, reminders
from leadtui.services.defining import save_status
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.settings import AUTO, KEYBOARDS, Settings, load_settings
from leadtui.tui.actions.commands import COMMANDS
from leadtui.tui.dialogs.keyboard_dialog import KEYBOARD_TITLES, KeyboardDialog
from leadtui.tui.input_queue import InputQueue
from leadtui.tui.keyboard import Keyboard, key_name
from leadtui.tui.keymap import checked_keymap
from leadtui.tui.screens.settings.definition_list import DefinitionList
from leadtui.tui.terminal_driver import AnswerParser
from leadtui.tui.widgets.drop_down import DropDown

EVERY_PLACE = (*PLACES, *PLACES_WITH_SHIFT)

by_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda each: each.name)


@pytest.fixture
def lead(session: Session) -> Lead:
    return add_lead(session, "Adam Price", "(212) 555-0101", "(212) 555-0102", mine=True)


async def heard(driver: Driver, text: str) -> list[str]:
    """What a key runs that writes the text."""
    assert isinstance(driver.app, ListeningApp)
    driver.app.heard.clear()
    driver.send(*written(text))
    await driver.settled()
    return list(driver.app.heard)


# The tables


@by_layout
def test_a_layout_is_read_as_it_is_written(layout: KeyboardLayout) -> None:
    keyboard = Keyboard(layout.name)
    assert len(layout.places) == len(EVERY_PLACE)
    for place, text in layout.texts.items():
        assert keyboard.readings(text) == [place]


def test_every_layout_is_a_setting_and_has_a_title(tmp_path: Path) -> None:
    assert [AUTO, *KEYBOARD_TITLES] == [*KEYBOARDS] == [AUTO, *(each.name for each in LAYOUTS)]
    path = tmp_path / "settings.toml"
    path.write_text('keyboard = "dvorak"\n')
    settings, (problem,) = load_settings(path)
    assert settings.keyboard == AUTO
    assert "“keyboard” is one of “auto”, “isiri-9147”, “persian-windows”" in problem


def test_digits_of_every_script_are_digits() -> None:
    for name in KEYBOARDS:
        for digits in (string.digits, "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"):
            assert [Keyboard(name).readings(each) for each in digits] == [[each] for each in string.digits]


# Which keyboard it is


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("سلام", LAYOUTS),
        ("ی", (ISIRI_9147, PERSIAN_WINDOWS)),
        ("ى", (ARABIC_WINDOWS, ARABIC_X11)),
        ("\ufefb", (ARABIC_WINDOWS, ARABIC_X11)),
        ("یۀ", (PERSIAN_WINDOWS,)),
        ("یى", (ARABIC_WINDOWS, ARABIC_X11)),  # changed over
        ("sکs", (ISIRI_9147, PERSIAN_WINDOWS)),
    ],
)
def test_it_is_learned_from_the_first_letters_that_not_all_have(
    typed: str, left: tuple[KeyboardLayout, ...]
) -> None:
    keyboard = Keyboard(AUTO)
    news = [keyboard.learn(each, in_field=False) for each in typed]
    assert tuple(keyboard.layouts) == left
    assert any(news)


def test_letters_of_another_language_in_a_field_say_nothing() -> None:
    keyboard = Keyboard(AUTO)
    assert not keyboard.learn("ى", in_field=False) or ARABIC_X11 in keyboard.layouts
    keyboard.learn("پ", in_field=True)  # AltGr and ب
    assert list(keyboard.layouts) == [ARABIC_X11]
    keyboard = Keyboard(ISIRI_9147.name)
    assert not keyboard.learn("ى", in_field=True)
    assert list(keyboard.layouts) == [ISIRI_9147]


def test_a_sign_is_read_by_its_place_where_the_last_letter_was_no_latin_one() -> None:
    keyboard = Keyboard(ISIRI_9147.name)
    assert [keyboard.readings(each) for each in "<>"] == [[">"], ["<"]]
    keyboard.learn("s", in_field=False)
    assert [keyboard.readings(each) for each in "<>"] == [["<"], [">"]]
    keyboard.learn("س", in_field=True)
    assert [keyboard.readings(each) for each in "<>"] == [[">"], ["<"]]


def test_a_sign_is_not_asked_about() -> None:
    keyboard = Keyboard(AUTO)
    keyboard.learn("س", in_field=False)
    assert [keyboard.readings(each) for each in "/.<"] == [["/"], ["."], ["<"]]
    for command in COMMANDS:  # so none of them may do what cannot be taken back
        if any(len(key) == 1 and not key.isalnum() for key in command.keys):
            assert command.name in {
                "find",
                "help",
                "sort-before",
                "sort-after",
                "next-free",
                "columns",
                "break",
                "find-in-audit",
                "find-number",
            }


@pytest.mark.parametrize(
    ("language", "typed", "saves"), [("fa", "س", "F12"), ("fa", "s", "Ctrl+S"), ("en", "س", "Ctrl+S")]
)
def test_the_key_that_is_shown_comes_from_the_keyboard_in_every_terminal(
    language: str, typed: str, saves: str
) -> None:
    translate.use(language)
    keyboard = Keyboard(AUTO)
    keyboard.learn(typed, in_field=True)
    save = next(each for each in COMMANDS if each.name == "save-status")
    assert save.shown_key(keyboard) == saves


def test_every_command_has_a_key_without_ctrl() -> None:
    # Ctrl and a letter of theirs does not come from xterm as what it is.
    only = {each.name for each in COMMANDS if each.keys and all(key.startswith("ctrl+") for key in each.keys)}
    assert only == {"suspend"}
    # The palette has these.
    without = {each.name for each in COMMANDS if not each.keys}
    palette = {
        "audit",
        "density",
        "demo",
        "erasures",
        "undo-escalation",
        "see-as",
        "proposals",
        "message-consent",
    }
    assert without == {*palette, "back-up", "doctor", "export-template", "import-template"}


def test_a_letter_in_the_keymap_stands_for_its_place_on_ones_own_keyboard() -> None:
    given = {"note": "ذ", "reminders": "h"}
    assert checked_keymap(given, Keyboard(ISIRI_9147.name))[0]["note"] == ("b",)
    assert checked_keymap(given, Keyboard(ARABIC_WINDOWS.name))[0]["note"] == ("`",)


# What the widgets get


class KeysApp(App[None]):
    """Keeps the keys that come through the queue."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.input_queue = InputQueue(self, super().on_event, Keyboard(name))
        self.keys: list[tuple[str, str | None]] = []

    async def on_event(self, event: events.Event) -> None:
        await self.input_queue.take(event)

    async def on_key(self, event: events.Key) -> None:
        self.keys.append((event.key, event.character))


@by_layout
async def test_every_key_comes_as_the_one_in_its_place(layout: KeyboardLayout) -> None:
    app = KeysApp(layout.name)
    async with app.run_test() as pilot:
        for place, text in layout.texts.items():
            for event in written(text):
                app.post_message(event)
            while not app.keys:
                await pilot.pause(0.001)
            assert app.keys == [(key_name(place), text)]
            app.keys.clear()


async def test_what_one_key_writes_comes_at_once_and_what_two_write_does_not() -> None:
    app = KeysApp(ARABIC_WINDOWS.name)
    async with app.run_test() as pilot:
        for text, keys in {
            "لا": ["b"],
            "ل": ["g"],
            "للا": ["g", "b"],
            "لس": ["g", "s"],
            "لأ": ["G"],
            "ﻻ": ["b"],
        }.items():
            for event in written(text):
                app.post_message(event)
            while len(app.keys) < len(keys):
                await pilot.pause(0.001)
            assert [key for key, _written in app.keys] == keys
            app.keys.clear()
        app.post_message(events.Key("ل", "ل"))
        await asyncio.sleep(0.03)
        app.post_message(events.Key("ا", "ا"))
        while len(app.keys) < 2:
            await pilot.pause(0.001)
        assert [key for key, _written in app.keys] == ["g", "h"]


async def test_what_one_key_writes_comes_at_once_however_busy_the_program_is() -> None:
    app = KeysApp(ARABIC_WINDOWS.name)
    async with app.run_test() as pilot:
        lam, alef = written("لا")
        alef.time = lam.time = lam.time - 0.1  # they have waited for the program
        app.post_message(lam)
        await pilot.pause(0.005)
        app.post_message(alef)
        while not app.keys:
            await pilot.pause(0.001)
        assert app.keys == [("b", "لا")]


def test_what_comes_at_once_from_the_terminal_has_one_time() -> None:
    messages = [*AnswerParser().feed("لا")]
    assert len({each.time for each in messages}) == 1
    assert [each.key for each in messages if isinstance(each, events.Key)] == ["ل", "ا"]


async def test_ctrl_and_a_letter_is_ctrl_and_the_one_in_its_place() -> None:
    app = KeysApp(ISIRI_9147.name)
    async with app.run_test() as pilot:
        app.post_message(events.Key("ctrl+س", None))
        await pilot.pause()
        assert app.keys == [("ctrl+s", None)]


# What keys run


async def opened(driver: Driver, *opening: str) -> None:
    """Open a screen or dialog, and listen to what keys would run there."""
    assert isinstance(driver.app, ListeningApp)
    driver.app.listens = False
    await driver.press(*opening)
    driver.app.listens = True


@pytest.mark.parametrize("screen", [*SCREENS, "refusal"])
async def test_the_same_place_runs_the_same(
    session: Session, lead: Lead, screen: str, record_property: Callable[[str, object], None]
) -> None:
    reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=1))
    if screen == "refusal":
        do_not_call.forbid(session, lead.id, "by letter")
    opening = ("c",) if screen == "refusal" else SCREENS[screen][0]
    # What leads into the form of the settings has a test of its own.
    places = [each for each in EVERY_PLACE if screen != "settings" or each not in "aA"]
    async with listening(session, *opening) as driver:
        latin = {each: await heard(driver, each) for each in places}
        assert any(latin.values())
        for layout in LAYOUTS:
            driver.app.keyboard.use(layout.name)
            assert {each: await heard(driver, layout.texts[each]) for each in places} == latin, layout.name
    record_property("figure", f"keys on {screen}: {len(places)} places alike on {len(LAYOUTS)} layouts")


async def test_on_an_unknown_keyboard_nothing_runs_that_another_reads_differently(
    session: Session, lead: Lead
) -> None:
    del lead
    texts = dict.fromkeys(text for layout in LAYOUTS for text in layout.places)
    asked = 0
    async with listening(session) as driver:
        latin = {each: await heard(driver, each) for each in EVERY_PLACE}
        for text in texts:
            driver.app.keyboard.use(AUTO)
            driver.app.keyboard.learn("س", in_field=False)
            ran = await heard(driver, text)
            places = {layout.places[text] for layout in driver.app.keyboard.layouts if text in layout.places}
            if isinstance(driver.app.screen, KeyboardDialog):
                asked += 1
                assert len(places) > 1
                assert ran == []
                await opened(driver, "escape")
            else:
                assert len(places) == 1 or text.isascii()
                assert ran == latin[text if text.isascii() and len(places) > 1 else places.pop()]
    assert asked > 20


async def test_the_answer_is_kept_and_the_key_goes_on(tmp_path: Path) -> None:
    session = make_session(tmp_path)
    add_lead(session, "Anna", "+1 212 555 0101", mine=True)
    async with driven(session) as driver:
        await driver.type("ئ")
        assert driver.shows("Which keyboard is it?")
        await driver.type("ئ")
        await driver.press("escape")
        assert driver.app.screen is driver.screen
        await driver.type("ئ")
        await driver.press("2", "enter")
        assert driver.shows("Anna · note")  # `m` on the Persian keyboard of older Windows
        await driver.press("escape")
        await driver.type("ئ")
        assert driver.shows("Anna · note")
    assert load_settings(paths.settings_file())[0].keyboard == PERSIAN_WINDOWS.name


@by_layout
async def test_fields_get_what_is_written(session: Session, lead: Lead, layout: KeyboardLayout) -> None:
    del lead
    async with driven(session, settings=Settings(keyboard=layout.name)) as driver:
        await driver.press("m")
        for text in "سلام", "ظلا زد", "لا":
            await driver.type(text)
        assert driver.shows("سلامظلا زدلا")
        assert driver.app.screen.is_modal


# Where a widget looks its keys up itself


@by_layout
async def test_the_reminder_that_is_due(
    session: Session, lead: Lead, clock: MovingClock, layout: KeyboardLayout
) -> None:
    reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=1), "the papers")
    async with driven(session, settings=Settings(keyboard=layout.name)) as driver:
        clock.move(minutes=1)
        driver.app.due_reminders.look()
        await driver.settled()
        await driver.press("ctrl+r")
        await driver.type(layout.texts["d"])
        assert driver.alert is None
    assert open_lead(session, lead.id).pending == ()


@by_layout
async def test_the_keys_of_statuses(session: Session, lead: Lead, layout: KeyboardLayout) -> None:
    for title in ("Tenth", "Eleventh"):
        save_status(session, Status(0, "", title, "◇", "teal"))
    statuses = session.definitions.open_statuses
    async with driven(session, settings=Settings(keyboard=layout.name)) as driver:
        await driver.type(layout.texts["s"])
        await driver.type(layout.texts["/"])
        await driver.type("Eleventh")
        assert driver.shows("Eleventh")
        await driver.press("escape")
        await driver.type(layout.texts["a"])
    assert open_lead(session, lead.id).lead.status_id == statuses[9].id


@by_layout
async def test_choices_are_found_by_the_key_that_their_label_begins_with(
    session: Session, layout: KeyboardLayout
) -> None:
    async with driven(session, settings=Settings(keyboard=layout.name)) as driver:
        await driver.press("f2", "tab", "down", "down", "down", "down")
        themes = next(each for each in driver.app.screen.query(DropDown) if each.has_focus)
        for typed in ("dr", "n", "leadtui-d"):
            await driver.press("delete")
            for place in typed:
                await driver.type(layout.texts[place])
            assert themes.text.startswith(typed), typed


@by_layout
async def test_the_lists_of_the_settings(session: Session, layout: KeyboardLayout) -> None:
    async with driven(session, settings=Settings(keyboard=layout.name)) as driver:
        await driver.press("f2", "1")
        (statuses,) = [each for each in driver.app.screen.query(DefinitionList) if each.has_focus]
        await driver.type(layout.texts["a"])
        assert not statuses.has_focus


def test_yes_and_no_are_found_by_their_place() -> None:
    assert letters_at("y") == ("y", "غ")
    assert letters_at("n") == ("n", "د", "ى")


# What the keys are called


def test_the_page_of_keys_is_what_the_program_has() -> None:
    assert FILE.read_text(encoding="utf-8") == key_table()


@pytest.mark.parametrize(
    ("language", "keyboard", "shown"),
    [
        ("fa", ISIRI_9147.name, {"s": "س", "m": "پ", "N": "Shift+د", "?": "؟", "1": "۱", "<": ">"}),
        ("fa", PERSIAN_WINDOWS.name, {"s": "س", "m": "ئ", "1": "1"}),
        ("ar", ARABIC_WINDOWS.name, {"c": "ؤ", "b": "لا", "/": "ظ"}),
        ("ar", ARABIC_X11.name, {"c": "ؤ", "b": "لا"}),
        ("en", ISIRI_9147.name, {"s": "s"}),
        ("fa", AUTO, {"s": "s"}),
    ],
)
async def test_keys_are_called_as_on_ones_own_keyboard(
    tmp_path: Path, language: str, keyboard: str, shown: dict[str, str]
) -> None:
    session = make_session(tmp_path)
    session.language = language
    add_lead(session, "Anna", "+1 212 555 0101", mine=True)
    async with driven(session, size=WIDE, settings=Settings(keyboard=keyboard)) as driver:
        assert {each: driver.app.keyboard.shown(each) for each in shown} == shown
        words = driver.lines()[-1].split()
        first = words[0] if language == "en" else words[-2]
        assert first == driver.app.key_of("set-status") == shown.get("s", "س")
