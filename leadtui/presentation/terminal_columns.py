"""Columns that stand in every terminal, also behind scripts of which terminals count the cells differently.

In the scripts of India and its neighbours xterm and VTE give a cell to each spacing mark, kitty only to each cluster, and the
screen has counted neither. What follows such words would stand elsewhere in each; so the cursor is put where it was counted.
"""

from __future__ import annotations

import re

from leadtui.language.text import cell_width


def with_columns(data: str) -> str:
    """Return what goes to a terminal with the cursor put back behind every run of words that begins in such a script.

    The blanks behind a run belong to it: there is room for what the terminal counts more.
    """
    return data if data.isascii() else _RUN.sub(_in_its_place, data)


# Devanagari to Sinhala, Thai to Myanmar, Philippine scripts to Khmer, Limbu to Vedic extensions, Syloti Nagri to Meetei
# Mayek, and the Brahmic scripts beyond the first plane (Unicode 16, chapters 12 to 17).
_LETTER = r"[\u0900-\u109f\u1700-\u17ff\u1900-\u1cff\ua800-\ua82f\ua880-\ua8ff\ua930-\ua9ff\uaa00-\uabff\U00011000-\U00011fff]"
_RUN = re.compile(rf"({_LETTER}(?:(?! +(?: |[\x00-\x1f\x7f]|$))[^\x00-\x1f\x7f])*)( *)")


def _in_its_place(found: re.Match[str]) -> str:
    words, blanks = found.groups()
    width = cell_width(words) + len(blanks)
    # DECSC, DECRC and CUF (ECMA-48, 8.3.20): blank the place, write from its beginning, go on at its end.
    return f"\x1b7{' ' * width}\x1b8{words}\x1b8\x1b[{width}C"
