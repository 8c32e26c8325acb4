"""Columns that stand in every terminal, also behind scripts of which terminals count the cells differently.

In the scripts of India and its neighbours xterm and VTE give a cell to each spacing mark, kitty only to each cluster, and the
screen has counted neither. What follows such words would stand elsewhere in each; so the cursor is put where it was counted.
"""

from __future__ import annotations

import re

from leadtui.language.shaping import unshape
from leadtui.language.text import cell_width
from leadtui.settings import Profile


def with_marks(data: str) -> str:
    """Return what goes to a terminal that turns lines itself, with a mark behind each letter and number that it would turn.

    Between marks (U+200E) such a letter is a stretch of its own and stays where it is. They go in here and not earlier: in
    a line of the screen they are lost where something else covers a part of it, and what stands beside the cut would jump.
    """
    return data if data.isascii() else _RUN_OR_STRING.sub(_with_marks, data)


def with_words_as_read(data: str) -> str:
    """Return what goes to a terminal that turns and joins the letters of a word itself, each word turned back.

    Colours belong to the cells and stay. As with marks, only what is really sent can be turned back: of a word that is
    half covered, the half that is there.
    """
    return data if data.isascii() else _WORD_OR_STRING.sub(_as_read, data)


def for_terminal(data: str, profile: Profile) -> str:
    """Return lines that are turned already as they go out to a terminal of that profile."""
    if data.isascii():
        return data
    if profile is Profile.MARKS:
        data = with_marks(data)
    elif profile is Profile.KITTY:
        data = with_words_as_read(data)
    return with_columns(data)


def with_columns(data: str) -> str:
    """Return what goes to a terminal with the cursor put back behind every run of words that begins in such a script.

    The blanks behind a run belong to it: there is room for what the terminal counts more.
    """
    return data if data.isascii() else _RUN.sub(_in_its_place, data)


# Devanagari to Sinhala, Thai to Myanmar, Philippine scripts to Khmer, Limbu to Vedic extensions, Syloti Nagri to Meetei
# Mayek, and the Brahmic scripts beyond the first plane (Unicode 16, chapters 12 to 17).
_LETTER = r"[\u0900-\u109f\u1700-\u17ff\u1900-\u1cff\ua800-\ua82f\ua880-\ua8ff\ua930-\ua9ff\uaa00-\uabff\U00011000-\U00011fff]"
_RUN = re.compile(rf"({_LETTER}(?:(?! +(?: |[\x00-\x1f\x7f]|$))[^\x00-\x1f\x7f])*)( *)")


# A letter or number of the blocks for scripts that run from right to left, with the marks upon it.
_MARK = "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08ca-\u08ff]"
_BLOCKS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_TURNED = f"(?!{_MARK})[{_BLOCKS}]{_MARK}*"
_CONTROL_STRING = "\x1b[\\]P][^\x07\x1b]*(?:\x07|\x1b\\\\)"
"""It is no text (ECMA-48, 5.6), and left alone."""

_RUN_OR_STRING = re.compile(f"{_CONTROL_STRING}|[{_BLOCKS}][{_BLOCKS}\u0300-\u036f]*")
_LETTER_WITH_MARKS = re.compile(_TURNED)
_ANY_MARK = re.compile(_MARK)


def _with_marks(found: re.Match[str]) -> str:
    run = found[0]
    if run.startswith("\x1b"):
        return run
    if _ANY_MARK.search(run):
        # What stands on a letter stays right behind it.
        return _LETTER_WITH_MARKS.sub("\\g<0>\u200e", run)
    return "\u200e".join(run) + "\u200e"


# Kitty parts words at signs: only letters and digits are turned together.
_OF_WORD = f"(?![\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4]){_TURNED}"
_COLOUR = r"\x1b\[[0-9;:]*m"
_WORD_OR_STRING = re.compile(f"{_CONTROL_STRING}|{_OF_WORD}(?:(?:{_COLOUR})*{_OF_WORD})*")
_LETTER_OR_COLOUR = re.compile(f"{_COLOUR}|{_TURNED}")


def _as_read(found: re.Match[str]) -> str:
    if found[0].startswith("\x1b"):
        return found[0]
    parts = _LETTER_OR_COLOUR.findall(found[0])
    shapes = [part for part in parts if not part.startswith("\x1b")]
    letters = iter(unshape(shapes[::-1]))
    return "".join(part if part.startswith("\x1b") else next(letters) for part in parts)


def _in_its_place(found: re.Match[str]) -> str:
    words, blanks = found.groups()
    width = cell_width(words) + len(blanks)
    # DECSC, DECRC and CUF (ECMA-48, 8.3.20): blank the place, write from its beginning, go on at its end.
    return f"\x1b7{' ' * width}\x1b8{words}\x1b8\x1b[{width}C"
