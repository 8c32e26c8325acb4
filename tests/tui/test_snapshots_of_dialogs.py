"""How the dialogs over the desk look: customers, second thoughts, several at once, one's own desk and day.

Renewed as test_snapshots.py says.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from photographing import Look, Photographer, in_language

LOOKS = [
    pytest.param(look, id=look.name) for look in (Look((80, 24), "night", "en"), Look((120, 40), "day", "fa"))
]

STEPS: dict[str, tuple[str, ...]] = {
    "edit": ("e", "end"),
    "merge_with": ("g",),
    "merge": ("g", "/", "enter"),
    "erase": ("delete", "“asked for it"),
    "do_not_call": ("d", "“asked for it"),
    "outside_windows": ("f2", "7", "tab", *["down"] * 12, "“Mon 1am-2am", "ctrl+s", "escape", "c"),
    "return": ("i", "R", "“not my region"),
    "board": ("f12", "down", "right"),
    "board_period": ("f12", "p", "down", "tab"),
    "board_list": ("f12", "end", "enter"),
    "columns": ("tab", ",", "down", "down", "space", "shift+down"),
    "views": ("tab", "f", "space", "ctrl+s", "w", "f2", "“Hot", "enter", "w"),
    "chosen": ("tab", "space", "space", "shift+down"),
    "assign": ("tab", "space", "space", "o"),
    "ring_again": ("f2", "7", *["tab"] * 11, "“60", "ctrl+s", "escape", "c", "c", "escape", "c"),
    "day": ("p",),
    "imports": ("I",),
    "forbidden": ("D", "a", "“(212) 555-0199", "enter", "“asked us to stop", "enter"),
    "taken_back": ("m", "“Wants the offer by e-mail", "ctrl+s", "u", "l", "home"),
}
"""What is pressed to see each of them."""


@pytest.mark.parametrize("dialog", sorted(STEPS))
@pytest.mark.parametrize("look", LOOKS)
def test_dialog(photo: Photographer, look: Look, dialog: str) -> None:
    assert photo(look, *STEPS[dialog])


@pytest.mark.parametrize("look", LOOKS)
def test_new_customer_whose_number_is_known(photo: Photographer, look: Look) -> None:
    typed = in_language(
        look, ("“Renee Carter", "tab", "“(435) 555-0186"), ("“مینا صادقی", "tab", "“۰۹۱۲۳۴۵۶۷۸۹")
    )
    assert photo(look, "a", *typed)


@pytest.mark.parametrize("look", LOOKS)
def test_status_of_several(photo: Photographer, look: Look) -> None:
    status, moment = in_language(look, ("3", "“tomorrow 9"), ("5", "“فردا ۹"))
    assert photo(look, "tab", "space", "space", "s", status, moment, "enter", "“+4d")


@pytest.mark.parametrize(
    ("look", "then"),
    [
        pytest.param(Look((80, 24), "night", "en"), (), marks=pytest.mark.proof, id="file"),
        pytest.param(Look((120, 40), "day", "fa"), ("“people.csv", "enter"), id="columns"),
        pytest.param(
            Look((80, 24), "night", "en"),
            ("“people.csv", "enter", "f9"),
            marks=pytest.mark.proof,
            id="tried",
        ),
        pytest.param(
            Look((80, 24), "night", "en"),
            ("“people.csv", "enter", "ctrl+s", "escape", "I"),
            marks=pytest.mark.proof,
            id="listed",
        ),
    ],
)
def test_import(
    photo: Photographer,
    look: Look,
    then: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "home"
    (home / "Downloads" / "2023").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    rows = in_language(
        look,
        ("Name,Tel,Shoe", "Mona Hart,(212) 555-0141,41", "Ned Hall,(212) 555-0142,42", "No Number,,40"),
        ("نام,موبایل,کفش", "مینا صادقی,۰۹۱۴۳۰۰۹۰۸۷,۴۱", "رضا امینی,۰۹۱۴۳۰۰۹۰۸۸,۴۲", "بی شماره,,۴۰"),
    )
    (home / "Downloads" / "people.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert photo(look, "ctrl+o", *then)
