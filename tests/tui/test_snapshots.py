"""How every screen looks, at three sizes, dark and light, with English and with Persian customers.

Look at what changed in the report that a failing run writes, and take it over with `uv run pytest --snapshot-update
tests/tui/test_snapshots.py` once it is as it should be.
"""

from __future__ import annotations

import pytest
from desk_driving import PhotographedApp, settled, stilled
from photographing import (
    ALL_LOOKS,
    DAY_FIRST,
    NIGHT_FIRST,
    SIZES,
    Look,
    Photographer,
    SnapCompare,
    in_language,
)
from textual.pilot import Pilot
from textual.widgets import Input

from leadtui.services.templates import list_templates
from leadtui.settings import TerminalProfile
from leadtui.tui.first_run import FirstRunApp


@pytest.mark.parametrize("look", ALL_LOOKS)
def test_desk(photo: Photographer, look: Look) -> None:
    assert photo(look)


@pytest.mark.parametrize("look", DAY_FIRST)
def test_all_customers_found_and_filtered(photo: Photographer, look: Look) -> None:
    typed = in_language(look, ("“example.com",), ("“example",))
    assert photo(look, "f", "space", "tab", "space", "ctrl+s", ">", "v", "/", *typed)


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_all_customers_wide_with_other_columns(photo: Photographer, look: Look) -> None:
    assert photo(look, "tab", "z", "right", "right", "right", "down")


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_status_dialog(photo: Photographer, look: Look) -> None:
    english = ("5", "“2024-10-05", "enter", "“11", "enter", "enter", "“re", "enter", "right")
    persian = ("2", "“شن", "enter", "right", "enter", "“11", "enter", "“رض", "enter", "right")
    assert photo(look, "s", *in_language(look, english, persian))


@pytest.mark.parametrize("look", DAY_FIRST)
def test_status_dialog_with_what_is_missing(photo: Photographer, look: Look) -> None:
    assert photo(look, "s", *in_language(look, ("5",), ("2",)), "ctrl+s")


@pytest.mark.parametrize("look", DAY_FIRST)
def test_note(photo: Photographer, look: Look) -> None:
    english = "“Rang from the train; wants the offer by e-mail and will talk it over on Friday."
    persian = "“از قطار تماس گرفت؛ پیشنهاد را با ایمیل می\u200cخواهد و جمعه درباره\u200cاش صحبت می\u200cکند."
    assert photo(look, "m", *in_language(look, (english,), (persian,)))


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_call(photo: Photographer, look: Look) -> None:
    assert photo(look, "c")


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(Look((80, 24), "night", "en"), id="80x24-night-en"),
        pytest.param(Look((160, 50), "day", "fa"), id="160x50-day-fa"),
    ],
)
def test_talk_during_a_call(photo: Photographer, look: Look) -> None:
    assert photo(look, "n", "n", "n", "c", "B", "space", "enter")


@pytest.mark.parametrize("look", DAY_FIRST)
def test_remind(photo: Photographer, look: Look) -> None:
    assert photo(look, "r", *in_language(look, ("“tomorrow 10",), ("“فردا ساعت ۱۰",)), "tab", "tab", "space")


@pytest.mark.parametrize("look", [pytest.param(Look((80, 24), "day", "fa"), id="80x24-day-fa")])
def test_month_sheet(photo: Photographer, look: Look) -> None:
    assert photo(look, "r", "“فردا ساعت ۱۰", "f4", "left")


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_filter(photo: Photographer, look: Look) -> None:
    assert photo(look, "f", "down", "space", "down", "down", "space", "tab", "down", "space")


@pytest.mark.parametrize("look", DAY_FIRST)
def test_help(photo: Photographer, look: Look) -> None:
    assert photo(look, "?")


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_reminders(photo: Photographer, look: Look) -> None:
    assert photo(look, "b", "down", later=4)


@pytest.mark.parametrize("look", DAY_FIRST)
def test_alert_over_the_desk(photo: Photographer, look: Look) -> None:
    assert photo(look, later=4)


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_alert_with_the_keyboard(photo: Photographer, look: Look) -> None:
    assert photo(look, "down", "ctrl+r", later=30)


@pytest.mark.parametrize("look", DAY_FIRST)
def test_alert_with_a_moment_typed_over_a_dialog(photo: Photographer, look: Look) -> None:
    assert photo(look, "m", "“half", "ctrl+r", "5", "“tomorrow 10", later=4)


@pytest.mark.parametrize("look", NIGHT_FIRST)
def test_palette(photo: Photographer, look: Look) -> None:
    assert photo(look, "ctrl+p", *in_language(look, ("“re",), ("“۰۹۱",)))


@pytest.mark.parametrize("look", DAY_FIRST)
def test_nobody_yet(photo: Photographer, look: Look) -> None:
    assert photo(look, story=False)


@pytest.mark.parametrize(
    ("look", "size"),
    [
        pytest.param(look.values[0], size, id=f"{size[0]}x{size[1]}-{look.values[0].theme}")
        for look, size in zip(NIGHT_FIRST, ((79, 24), (160, 22), (30, 8)), strict=True)
    ],
)
def test_too_small(photo: Photographer, look: Look, size: tuple[int, int]) -> None:
    assert photo(look, width=size[0], height=size[1])


class PhotographedFirstRun(PhotographedApp, FirstRunApp):
    """The questions of the first time."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_first_run(snap_compare: SnapCompare, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Vienna")
    app = PhotographedFirstRun(list_templates(), "leadtui.db", TerminalProfile.OFF)

    async def act(pilot: Pilot[None]) -> None:
        await settled(pilot)
        app.query_one("#name", Input).value = "ندا کریمی"
        await pilot.press("enter", "enter", "enter", "down", "enter", "down")
        await stilled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=act)


SETTINGS_LOOKS = [
    pytest.param(look, id=look.name) for look in (Look((80, 24), "night", "en"), Look((140, 36), "day", "fa"))
]


@pytest.mark.parametrize(
    "tab",
    [
        "me",
        "statuses",
        "fields",
        "needs",
        "colleagues",
        "profiles",
        "teams",
        "messages",
        "workspace",
        "distribution",
    ],
)
@pytest.mark.parametrize("look", SETTINGS_LOOKS)
def test_settings(photo: Photographer, look: Look, tab: str) -> None:
    keys = {
        "me": ("0", "down"),
        "statuses": ("1", "down"),
        "fields": ("2", "down"),
        "needs": ("4", "enter", "enter", "down", "down", "down", "down", "enter"),
        "colleagues": ("5", "down"),
        "profiles": ("6", "down"),
        "messages": ("w", "a", "“Appointment", "tab", "tab", "tab", "“Dear {name}, until tomorrow. {agent}"),
        "teams": ("e", "a", "“Evenings", "tab", "right", "tab", "right", "space"),
        "workspace": ("7", "down"),
        "distribution": ("8", "a", "“Rome first", "tab"),
    }[tab]
    assert photo(look, "f2", *keys, "wait:150")  # the preview follows a little later
