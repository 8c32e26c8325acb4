"""How a person wants to be spoken to: what goes with them to whichever terminal they sit at."""

from __future__ import annotations

from dataclasses import dataclass

from leadtui.language.calendar import Calendar
from leadtui.language.money import TOMAN
from leadtui.language.translate import Digits

USUAL = "usual"
"""Chosen where a person leaves it to the machine, the workspace or the language."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """Where nothing is said, others decide: the machine and the workspace about language and calendar, the language about digits."""

    language: str = ""
    calendar: Calendar | None = None
    digits: Digits | None = None
    in_tomans: bool = False
    """Whether amounts in rials are shown in tomans."""

    def or_else(self, usual: Preferences) -> Preferences:
        """What is said here, and what is `usual` where nothing is."""
        return Preferences(
            self.language or usual.language,
            self.calendar or usual.calendar,
            self.digits or usual.digits,
            self.in_tomans or usual.in_tomans,
        )


@dataclass(frozen=True, slots=True)
class Me:
    """What a person sets for themselves; the last four are those of a terminal program at one machine."""

    id: int
    name: str = ""
    language: str = USUAL
    calendar: str = USUAL
    digits: str = USUAL
    money: str = USUAL
    theme: str = ""
    density: str = ""
    direction: str = ""
    keyboard: str = ""

    @property
    def preferences(self) -> Preferences:
        """What of it goes with the person."""
        return Preferences(
            "" if self.language == USUAL else self.language,
            None if self.calendar == USUAL else Calendar(self.calendar),
            None if self.digits == USUAL else Digits(self.digits),
            self.money == TOMAN,
        )
