"""Columns that stand in every terminal, also behind scripts of which terminals count the cells differently.

In the scripts of India and its neighbours xterm and VTE give a cell to each spacing mark, kitty only to each cluster, and the
screen has counted neither. What follows such words would stand elsewhere in each; so the cursor is put where it was counted.
"""

from __future__ import annotations

import re

from leadtui.language.text import cell_width
from leadtui.settings import TerminalProfile


def with_marks(data: str) -> str:
    """Return what goes to a terminal that turns lines itself, with a mark behind each letter and number that it would turn.

    Between marks (U+200E) such a letter is a stretch of its own and stays where it is. They go in here and not earlier: in
    a line of the screen they are lost where something else covers a part of it, and what stands beside the cut would jump.
    """
    return data if data.isascii() else _RUN_OR_STRING.sub(_with_marks, data)


def with_words_turned_back(data: str) -> str:
    """Return what goes to a terminal that turns words itself, the letters of each word in the order in which they are read.

    They keep their shapes, so that nothing joins that stands apart. Colours belong to the cells and stay. As with marks,
    only what is really sent can be turned back: of a word that is half covered, the half that is there.
    """
    if data.isascii():
        return data
    pieces: list[str] = []
    italic = after_letters = False
    leans: bool | None = None
    """Whether the cell before leans where others do not; None where a blank stands there."""
    for found in _PIECE.finditer(data):
        piece = found[0]
        match found.lastgroup:
            case "colour":
                italic = _is_italic(piece, italic)
            case "letters":
                after_letters, leans = True, leans is False
                piece = _leaning(_turned_back(piece), italic) if leans else _turned_back(piece)
            case "marked":
                after_letters, leans = True, not leans
                piece = _leaning(piece, italic) if leans else piece
            case "signs":
                piece, leans = _parted(found, italic, leans if after_letters else None)
                after_letters = False
            case _:
                after_letters, leans = False, None
        pieces.append(piece)
    return "".join(pieces)


def for_terminal(data: str, profile: TerminalProfile) -> str:
    """Return lines that are turned already as they go out to a terminal of that profile."""
    if data.isascii():
        return data
    if profile is TerminalProfile.MARKS:
        data = with_marks(data)
    elif profile is TerminalProfile.KITTY:
        data = with_words_turned_back(data)
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


# Kitty turns what stands in one font without a blank. Where its font has the letters, that is a whole word with all of its
# signs; where they come from another font, each stretch of letters. And it counts cells wrongly where a letter of the stretch
# has a mark. So a sign beside letters, and a letter with marks, leans where its neighbour does not: it has a font of its own.
_OF_WORD = f"(?!{_MARK}|[\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4])[{_BLOCKS}]"
_UNMARKED = f"{_OF_WORD}(?!{_MARK})"
_COLOUR = r"\x1b\[[0-9;:]*m"
_BLANK = r"\x00-\x1a\x1c-\x20\x7f\u2500-\u259f"
_PIECE = re.compile(
    f"(?P<letters>{_UNMARKED}(?:(?:{_COLOUR})*{_UNMARKED})*)|(?P<marked>{_OF_WORD}{_MARK}+)|(?P<colour>{_COLOUR})"
    f"|{_CONTROL_STRING}|\x1b(?:\\[[0-?]*[ -/]*[@-~])?|[{_BLANK}]+|(?P<signs>(?:[!-~]+|(?!{_OF_WORD})[^{_BLANK}\x1b])+)"
)
_LETTER_OR_COLOUR = re.compile(f"{_COLOUR}|[^\x1b]")
_WORD_NEXT = re.compile(f"(?:{_COLOUR})*{_OF_WORD}")
_SIGN_AT_BEGIN, _SIGN_AT_END = re.compile(".[\u0300-\u036f]*"), re.compile(".[\u0300-\u036f]*\\Z")
_LAM_AND_ALEF = re.compile(f"([\ufedf\ufee0](?:{_COLOUR})*)([\ufe82\ufe84\ufe88\ufe8e])")
_FULL_COLOUR = re.compile("[34]8[;:](?:5[;:][0-9]+|2(?:[;:][0-9]*){3})")


def _turned_back(word: str) -> str:
    parts = _LETTER_OR_COLOUR.findall(word)
    letters = iter([part for part in reversed(parts) if not part.startswith("\x1b")])
    turned = "".join(part if part.startswith("\x1b") else next(letters) for part in parts)
    # One sign for both would leave one of their cells blank; an alef that stands alone is beside a lam as if joined.
    return _LAM_AND_ALEF.sub(lambda found: found[1] + chr(ord(found[2]) - 1), turned)


def _parted(signs: re.Match[str], italic: bool, leans: bool | None) -> tuple[str, bool]:
    """Signs, of which those beside letters lean as these do not; and whether the last one does."""
    text, begin, end = signs[0], "", ""
    if leans is not None and (first := _SIGN_AT_BEGIN.match(text)):
        begin, text = first[0], text[first.end() :]
        leans = not leans
        begin = _leaning(begin, italic) if leans else begin
    if _WORD_NEXT.match(signs.string, signs.end()) and (last := _SIGN_AT_END.search(text)):
        text, end, leans = text[: last.start()], _leaning(last[0], italic), True
    elif text:
        leans = False
    return begin + text + end, bool(leans)


def _leaning(cells: str, italic: bool) -> str:
    """They lean where those beside them do not; where all do, they do not. Colours stay as they are."""
    return f"\x1b[23m{cells}\x1b[3m" if italic else f"\x1b[3m{cells}\x1b[23m"


def _is_italic(colour: str, italic: bool) -> bool:
    """Whether what follows is (SGR 0, 3 and 23, ECMA-48, 8.3.117)."""
    for part in _FULL_COLOUR.sub("39", colour[2:-1]).split(";"):
        italic = part == "3" or (italic and part not in ("", "0", "00", "23"))
    return italic


def _in_its_place(found: re.Match[str]) -> str:
    words, blanks = found.groups()
    width = cell_width(words) + len(blanks)
    # DECSC, DECRC and CUF (ECMA-48, 8.3.20): blank the place, write from its beginning, go on at its end.
    return f"\x1b7{' ' * width}\x1b8{words}\x1b8\x1b[{width}C"
