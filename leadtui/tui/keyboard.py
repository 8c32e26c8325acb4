"""The keyboard that the person types on: which it is, as far as one knows, and what its keys mean and are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from textual.keys import KEY_NAME_REPLACEMENTS

from leadtui.language.keyboard_layouts import LAYOUTS, KeyboardLayout, without_ligature
from leadtui.language.translate import base_language, language

SHOWN_IN = ("fa", "ar")
"""The languages in which keys are called by the letters of the person's own keyboard."""

_CTRL_AND_A_LETTER = re.compile(r"ctrl\+[a-z]")


class Keyboard:
    """Learns from what is typed, unless the settings say which keyboard it is, and from then on reads keys by their place.

    Persian and Arabic keyboards write the same letters in different places. As long as nothing was typed that only one
    of them has, such a letter has several readings.
    """

    def __init__(self, name: str) -> None:
        """`name` is a layout's, or anything else where that has yet to be learned."""
        self.layouts: Sequence[KeyboardLayout] = LAYOUTS
        """Those that it can be."""
        self._given = False
        self._latin = True
        """Whether what was typed last came from the Latin side of the keyboard: signs stand elsewhere on the other."""
        self._has_others = False
        """Whether it is known to write other letters than Latin ones."""
        self.use(name)

    def use(self, name: str) -> None:
        """It is the layout of that name."""
        given = [each for each in LAYOUTS if each.name == name]
        self._given = bool(given)
        self._latin = not given
        self._has_others = self._given
        self.layouts = given or LAYOUTS

    @property
    def texts(self) -> frozenset[str]:
        """What a single key writes in several characters."""
        return frozenset(text for layout in self.layouts for text in layout.places if len(text) > 1)

    def learn(self, text: str, *, in_field: bool) -> bool:
        """Take note of what was typed; returns whether it says something new of what the keyboard is.

        In a field letters come with AltGr too, which no command is run with.
        """
        text = without_ligature(text)
        if not text.isalpha():
            return False
        self._latin = text.isascii()
        has = [each for each in LAYOUTS if text in each.places or (in_field and text in each.further)]
        if self._given or not has:
            return False
        before, wrote_others = self.layouts, self._has_others
        self._has_others = True
        # Where none is left, the person has changed over to another keyboard.
        self.layouts = [each for each in before if each in has] or has
        return len(self.layouts) != len(before) or not wrote_others

    def having(self, text: str) -> Sequence[KeyboardLayout]:
        """Those of the keyboards that write it; of all that there are where it can be none of these."""
        text = without_ligature(text)
        return [each for each in self.layouts if text in each.places] or [
            each for each in LAYOUTS if text in each.places
        ]

    def readings(self, text: str) -> Sequence[str]:
        """The places from which that can come; a sign of Latin keyboards is itself as long as these are several.

        What a sign runs can be taken back; nobody has to be asked which it is.
        """
        text = without_ligature(text)
        if len(text) == 1 and text.isdecimal():
            return [str(unicodedata.decimal(text))]
        if self._latin and text.isascii():
            return [text]
        places = list(dict.fromkeys(each.places[text] for each in self.having(text)))
        return [text] if not places or (len(places) > 1 and text.isascii()) else places

    def shown(self, place: str) -> str:
        """What stands on the key in that place, where the person reads Persian or Arabic and the keyboard is known."""
        if len(self.layouts) == len(LAYOUTS) or base_language(language()) not in SHOWN_IN:
            return place
        if place.isupper():
            return f"Shift+{self.shown(place.lower())}"
        texts = {without_ligature(each.texts.get(place, place)) for each in self.layouts}
        return texts.pop() if len(texts) == 1 else place

    def certain(self, keys: Sequence[str]) -> str:
        """The first of the keys that comes from this keyboard in every terminal; nothing where there are none.

        Ctrl with a letter that is no Latin one does not: xterm sends the bare letter.
        """
        first = next(iter(keys), "")
        if not self._has_others or base_language(language()) not in SHOWN_IN:
            return first
        return next((each for each in keys if not _CTRL_AND_A_LETTER.fullmatch(each)), first)


def key_name(character: str) -> str:
    """What Textual calls the key that writes a character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
