"""Something that can be chosen, and finding it by what a person types of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadtui.language.text import search_key


@dataclass(frozen=True, slots=True)
class Choice:
    """`text` is what the answer says, `label` what is shown; `also` are other words it goes by."""

    text: str
    label: str
    also: tuple[str, ...] = ()


def place_of(text: str, choices: Sequence[Choice]) -> int | None:
    """Where `text` stands among the choices, by any of their words."""
    wanted = search_key(text)
    exact = [place for place, each in enumerate(choices) if text in (each.text, each.label)]
    same = exact or [
        place
        for place, each in enumerate(choices)
        if wanted and any(search_key(name) == wanted for name in (each.text, each.label, *each.also))
    ]
    return same[0] if same else None


def beginning_with(typed: str, choices: Sequence[Choice]) -> int | None:
    """The first choice that begins with what is typed, in any of its words' scripts; else one with such a word."""
    wanted = search_key(typed)
    if not wanted:
        return None
    names = [tuple(search_key(name) for name in (each.label, each.text, *each.also)) for each in choices]
    for place, own in enumerate(names):
        if any(name.startswith(wanted) for name in own):
            return place
    for place, each in enumerate(choices):
        if any(search_key(word).startswith(wanted) for word in each.label.split()):
            return place
    return None


class TypeAhead:
    """What has been typed at a choice: letters that no longer lead anywhere begin anew."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        """Nothing is typed yet."""
        self._choices = choices
        self.typed = ""

    def clear(self) -> None:
        """Begin anew."""
        self.typed = ""

    def add(self, letter: str, key: str) -> int | None:
        """Type another letter, or the Latin one on its key; where that leads, None if nothing begins so."""
        latin = key if len(key) == 1 else letter
        for typed in (self.typed + letter, self.typed + latin, letter, latin):
            place = beginning_with(typed, self._choices)
            if place is not None:
                self.typed = typed
                return place
        self.clear()
        return None
