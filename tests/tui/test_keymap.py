"""Keys of a person's own: what can be used works and is shown, and each clash is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from desk_driving import driven
from session_making import add_lead, make_session

from leadtui.services.drafts import NOTE_DRAFT, find_draft
from leadtui.settings import AUTO, COMPACT, Settings, load_settings
from leadtui.tui.keyboard import Keyboard
from leadtui.tui.keymap import checked_keymap


@pytest.mark.parametrize(
    ("given", "usable", "told"),
    [
        ({"note": ".,f13"}, {"note": (".", "f13")}, ""),
        (
            {"find": "ctrl+f,question_mark2"},
            {"find": ("ctrl+f",)},
            "“question_mark2”, which no keyboard sends",
        ),
        ({"fly": "."}, {}, "“fly”, which is no command"),
        (
            {"note": "s"},
            {"note": ("s",), "set-status": ("enter", "f4")},
            "which “set-status” had; it still has enter, f4.",
        ),
        ({"note": "س"}, {"note": ("s",), "set-status": ("enter", "f4")}, "which “set-status” had"),
        ({"note": "s", "set-status": "."}, {"note": ("s",), "set-status": (".",)}, ""),
        ({"note": ".", "remind": "."}, {"note": (".",)}, "gives “remind” the key “.”, which “note” has"),
        # Keys that a later version gave to commands of its own.
        ({"density": "y"}, {"density": ("y",), "copy-number": ()}, "“copy-number” had; find that one in"),
        ({"undo": "ctrl+z,u"}, {"undo": ("u",)}, ""),
        ({"note": "escape"}, {}, "needed to move and to leave"),
        ({"note": "d,."}, {"note": ("d", "."), "do-not-call": ()}, "gives “note” the key “d”"),
        ({"move-reminder": "h"}, {"move-reminder": ("h",)}, ""),
        ({"theme": "g"}, {"theme": ("g",), "merge-customer": ()}, "gives “theme” the key “g”"),
        ({"filter": ","}, {"filter": (",",), "columns": ()}, "“columns” had; find that one in"),
        ({"note": "j"}, {"note": ("j",), "next-row": ()}, "“next-row” had; it still has down."),
        ({"filter": ""}, {}, ""),
    ],
)
def test_each_clash_is_named(given: dict[str, str], usable: dict[str, tuple[str, ...]], told: str) -> None:
    keymap, problems = checked_keymap(given, Keyboard(AUTO))
    assert keymap == usable
    assert len(problems) == (1 if told else 0)
    assert told in "".join(problems)


def test_settings_of_another_kind_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('density = "airy"\ndirection = "left"\n[keymap]\nnote = 3\n')
    settings, problems = load_settings(path)
    assert settings == Settings()
    assert len(problems) == 3
    path.write_text('density = "compact"\n')
    assert load_settings(path) == (Settings(density=COMPACT), [])


async def test_help_finds_and_runs_what_a_key_of_ones_own_does(tmp_path: Path) -> None:
    session = make_session(tmp_path)
    add_lead(session, "Anna", "+1 212 555 0101", mine=True)
    settings = Settings(keymap={"note": "h", "density": "y"}, density=COMPACT)
    async with driven(session, settings=settings) as driver:
        assert any("“no-outcome” had" in told for told in driver.told())
        assert driver.shows("h Note")
        await driver.press("ا")  # the key in the place of h on a Persian keyboard
        assert driver.shows("Anna · note")
        await driver.press("escape", "m")
        assert not driver.app.screen.is_modal
        await driver.press("?")
        await driver.type("write note")
        assert driver.shows("Write a note about the open customer")
        assert not driver.shows("Choose how leadtui looks")
        await driver.press("enter")
        assert driver.shows("Anna · note")
        await driver.press("escape", "f1")
        await driver.type("somewhere else altogether")
        assert driver.shows("No key does that.")
        await driver.press("enter", "escape", "?")
        await driver.type("retire it back")
        await driver.press("enter")
        assert driver.shows("That works there: The settings.")
        await driver.press("escape", "y")
        assert driver.app.settings.density == "comfortable"


async def test_what_is_said_of_keys_names_those_of_ones_own(tmp_path: Path) -> None:
    session = make_session(tmp_path)
    add_lead(session, "Anna", "+1 212 555 0101", mine=True)
    keymap = {
        "save-status": "f6",
        "start-afresh": "f3",
        "save-customer": "f6",
        "take-theirs": "f3",
        "begin-afresh": "f10",
        "retire-definition": "z",
        "answer-reminder": "f11",
        "leave-settings": "f9",
    }
    async with driven(session, settings=Settings(keymap=keymap)) as driver:
        assert driver.told() == []
        await driver.press("s", "3", "tab")
        await driver.type("later")
        assert driver.shows("F6 save")
        await driver.press("escape", "s")
        assert driver.shows("F3 start afresh")
        await driver.press("escape", "e")
        await driver.type("x")
        assert driver.shows("F6 save")
        await driver.press("escape", "e")
        assert driver.shows("F10 start afresh")
        await driver.press("escape", "f2", "1", "z")
        await driver.reached(lambda: driver.shows("z brings it back."))


@pytest.mark.parametrize(
    "opens", ["s", "m", "r", "Y", "d", "e", "a", "g", "o", "x", "f", ",", "w", "b", "p", "f2", "?", "ctrl+p"]
)
async def test_the_program_ends_over_whatever_is_open(tmp_path: Path, opens: str) -> None:
    session = make_session(tmp_path)
    add_lead(session, "Anna", "+1 212 555 0101", mine=True)
    async with driven(session) as driver:
        await driver.press(opens)
        assert driver.app.screen is not driver.screen
        driver.send("ctrl+q")
        await driver.reached(lambda: cast("Any", driver.app)._exit)


async def test_keys_that_write_something_end_nothing_while_one_types(tmp_path: Path) -> None:
    session = make_session(tmp_path)
    anna = add_lead(session, "Anna", "+1 212 555 0101", mine=True)
    keymap = {"quit": ".,ctrl+f,f11"}
    async with driven(session, settings=Settings(keymap=keymap)) as driver:
        await driver.press("ctrl+c")
        assert driver.told()[-1] == ". closes leadtui; Ctrl+C copies what is marked."
        await driver.press("/", "ctrl+c")
        assert driver.told()[-1] == "Ctrl+F closes leadtui; Ctrl+C copies what is marked."
        await driver.press("escape")
        await driver.press("m")
        await driver.type(".q")
        await driver.press("ctrl+q")
        driver.send("f11")
        await driver.reached(lambda: cast("Any", driver.app)._exit)
    draft = find_draft(session, NOTE_DRAFT, anna.id)
    assert draft is not None
    assert ".q" in draft.texts.values()
