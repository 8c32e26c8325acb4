"""Mixed text is edited at random beside a model that finds the order of the letters in another way.

The model is a list of letters, each with what belongs to it, and two places in it. For the order it asks python-bidi.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field

import pytest
from bidi import get_display  # pyright: ignore[reportMissingTypeStubs]
from test_typing_right_to_left import Turning, cursor, rows, type_into
from textual import events
from textual.pilot import Pilot

from leadtui.tui.widgets.inputs import LineInput, TextInput

LETTERS = [*"abZسلمپא12۳۴٥ .-(@)é", " ", "ه\u0654", "س\u0651\u064e", "ی\u200c", "e\u0301"]

MOVES = [
    *("left", "right", "home", "end", "ctrl+left", "ctrl+right"),
    *("shift+left", "shift+right", "shift+home", "shift+end", "ctrl+shift+left", "ctrl+shift+right"),
]
EDITS = [*("backspace", "delete", "ctrl+w", "click", "drag", "paste")]

ROOM, LONGEST = 60, 40

SIGNS = {
    "ES": "+-⁺⁻₊₋",
    "CS": ",./:\u00a0،",
    "WS": " \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f",
}
"""Of these a run of two is not what one is (UAX #9, W4, L1): nothing can be put upon them."""


@dataclass
class Model:
    """A line as a person thinks of it."""

    letters: list[str] = field(default_factory=list[str])
    anchor: int = 0
    at: int = 0

    @property
    def text(self) -> str:
        return "".join(self.letters)

    @property
    def chosen(self) -> tuple[int, int]:
        return min(self.anchor, self.at), max(self.anchor, self.at)

    @property
    def right_to_left(self) -> bool:
        kinds = (unicodedata.bidirectional(letter[0]) for letter in self.letters)
        return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)

    def order(self) -> list[int]:
        """The places from left to right; the last one is that of the end.

        python-bidi gives a string: so each letter has a mark of its own in it, and a sign is one that is there once.
        """
        kinds = [unicodedata.bidirectional(letter[0]) for letter in self.letters]
        places = [*range(len(kinds))]
        if {"L", "R", "AL"}.intersection(kinds):
            signs = {kind: iter(each) for kind, each in SIGNS.items()}
            known = {
                next(signs[kind]) if kind in signs else chr(0x0300 + place): place
                for place, kind in enumerate(kinds)
            }
            given = "".join(
                sign if kinds[place] in signs else self.letters[place][0] + sign
                for sign, place in known.items()
            )
            base = "R" if self.right_to_left else "L"
            places = [known[sign] for sign in get_display(given, base_dir=base) if sign in known]
        return [len(kinds), *places] if self.right_to_left else [*places, len(kinds)]

    @property
    def start(self) -> int:
        """The column of the leftmost letter."""
        return ROOM - len(self.letters) - 1 if self.right_to_left else 0

    @property
    def column(self) -> int:
        return self.start + self.order().index(self.at)

    def shown(self) -> str:
        return "".join(["", *self.letters, " "][place + 1] for place in self.order())

    def place_at(self, column: int) -> int:
        return self.order()[min(max(column - self.start, 0), len(self.letters))]

    def put(self, letters: list[str]) -> None:
        start, end = self.chosen
        self.letters[start:end] = letters
        self.anchor = self.at = start + len(letters)

    def take(self, until: int) -> None:
        if self.anchor == self.at:
            self.anchor = until
        self.put([])

    def press(self, key: str) -> None:
        words = "".join("w" if letter[0].isalnum() else "." for letter in self.letters)
        before = len(words[: self.at].rstrip(".").rstrip("w"))
        behind = len(words) - len(words[self.at :].lstrip(".").lstrip("w"))
        match key:
            case "backspace":
                self.take(max(self.at - 1, 0))
            case "delete":
                self.take(min(self.at + 1, len(words)))
            case "ctrl+w":
                self.take(before)
            case _:
                at = self._target(key, before, behind)
                self.at = at
                self.anchor = self.anchor if "shift" in key else at

    def _target(self, key: str, before: int, behind: int) -> int:
        order, end = self.order(), len(self.letters)
        step = -1 if "left" in key else 1
        if "home" in key:
            return 0
        if "end" in key:
            return end
        if "ctrl" in key:
            return behind if (step > 0) is not self.right_to_left else before
        if "shift" not in key and self.anchor != self.at:
            return (min if step < 0 else max)(self.anchor, self.at, key=order.index)
        return order[min(max(order.index(self.at) + step, 0), end)]


async def do(pilot: Pilot[None], entry: LineInput | TextInput, model: Model, choice: random.Random) -> None:
    """One edit, by the person and in the model."""
    key = choice.choice([*MOVES, *EDITS, *LETTERS, *LETTERS])
    if len(model.letters) > LONGEST - 4:
        key = choice.choice(["ctrl+w", "backspace"])
    left = entry.content_region.x
    match key:
        case "click" | "drag":
            columns = choice.sample(range(ROOM), 2)
            model.at = model.place_at(columns[0])
            model.anchor = model.at
            await pilot.mouse_down(offset=(left + columns[0], 0))
            if key == "drag":
                model.at = model.place_at(columns[1])
                await pilot.hover(offset=(left + columns[1], 0))
            await pilot.mouse_up(offset=(left + columns[0 if key == "click" else 1], 0))
        case "paste":
            pasted = choice.choices(LETTERS, k=3)
            model.put(pasted)
            pilot.app.post_message(events.Paste("".join(pasted)))
            await pilot.pause()
        case _ if key in LETTERS:
            model.put([key])
            await type_into(pilot, key)
        case _:
            model.press(key)
            pilot.app.post_message(events.Key(key, None))
            await pilot.pause()


def plain(shown: str) -> str:
    """Without the shapes of letters, and with brackets that look either way."""
    return unicodedata.normalize("NFKD", shown).replace("\u200c", "").replace(")", "(")


async def edit_at_random(kind: type[LineInput | TextInput], edits: int, seed: int) -> None:
    choice = random.Random(seed)
    entry = kind()
    model = Model()
    async with Turning(entry).run_test(size=(ROOM + 2, 3)) as pilot:
        for number in range(edits):
            await do(pilot, entry, model, choice)
            where = f"edit {number} of seed {seed}: {model}"
            assert entry.text == model.text, where
            assert entry.selected_text == "".join(model.letters[slice(*model.chosen)]), where
            assert cursor(entry) == (model.column, 0), where
            assert plain(rows(entry)[0].strip()) == plain(model.shown().strip()), where


@pytest.mark.parametrize("kind", [LineInput, TextInput])
async def test_random_edits(kind: type[LineInput | TextInput]) -> None:
    await edit_at_random(kind, 60, seed=1)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(2, 6))
@pytest.mark.parametrize("kind", [LineInput, TextInput])
async def test_two_thousand_random_edits(kind: type[LineInput | TextInput], seed: int) -> None:
    await edit_at_random(kind, 500, seed)
