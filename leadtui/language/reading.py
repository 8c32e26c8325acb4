"""What a typed line was read as: one meaning, what else it could mean, or why it has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from leadtui.language.translate import ListStyle, _, format_list

Said = TypeVar("Said")


class Doubt(Enum):
    """Why a line is not taken for anything."""

    NOT_UNDERSTOOD = "not understood"
    SEVERAL = "as likely one thing as another"
    """What they are is among the `others`."""
    NO_HOUR = "today, and no hour said"
    MISSPELT = "a word is spelled like another one"
    """The line with that word is `meant`."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Said]):
    """What a line says, None where that is in doubt."""

    said: Said | None = None
    others: tuple[Said, ...] = ()
    """What it could also say, the likeliest first."""
    doubt: Doubt = Doubt.NOT_UNDERSTOOD
    """Says something where nothing is `said`."""
    meant: str = ""


def reading_of(meanings: tuple[Said, ...]) -> Reading[Said]:
    """Return the first meaning as said and the others as others; without any, that nothing was understood."""
    if not meanings:
        return Reading()
    return Reading(meanings[0], tuple(each for each in meanings[1:] if each != meanings[0]))


def only_one(readings: list[Reading[Said]]) -> Reading[Said]:
    """Return what all that understood a line agree on, or that it says several things."""
    understood = {reading.said: reading for reading in readings if reading.said is not None}
    if len(understood) == 1:
        return next(iter(understood.values()))
    if understood:
        return Reading(None, tuple(said for said in understood if said is not None), Doubt.SEVERAL)
    doubtful = (reading for reading in readings if reading.doubt is not Doubt.NOT_UNDERSTOOD)
    return next(doubtful, Reading())


def doubt_sentence(reading: Reading[Said], show: Callable[[Said], str]) -> str:
    """Return what a person is asked who typed a line in doubt, in the language in use; "" where nothing was understood.

    `show` tells a meaning in words that are read back.
    """
    match reading.doubt:
        case Doubt.SEVERAL:
            meanings = format_list(map(show, reading.others), ListStyle.OR)
            return _("Did you mean {meanings}? Type it that way.").format(meanings=meanings)
        case Doubt.NO_HOUR:
            return _("At what time today? Type the hour as well.")
        case Doubt.MISSPELT:
            return _("Did you mean “{line}”?").format(line=reading.meant)
        case Doubt.NOT_UNDERSTOOD:
            return ""
