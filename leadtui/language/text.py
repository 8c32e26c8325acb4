"""Text that people wrote: cleaned for storing, made safe for a terminal, searched, and cut to cells."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from leadtui.language.bidi import (
    FIRST_STRONG_ISOLATE,
    LEFT_TO_RIGHT_ISOLATE,
    POP_ISOLATE,
    is_closed,
    without_isolates,
)
from leadtui.language.letters import (
    DRAWN_ALIKE,
    READ_AGAIN,
    READING_FOLDING,
    SEARCH_FOLDING,
    Folding,
    LetterKind,
    kind_of,
)

MARKS_PER_LETTER = 4
"""The most combining marks that one letter keeps; taller stacks paint over the lines around them."""

BLANK_LINES_IN_A_ROW = 2

LINE_SIGN = "↵"
"""Stands for the end of a line where text of several lines is shown in one. One cell wide."""

UNKNOWN_SIGN = "·"
"""Stands for a character that means nothing on another machine: a lone surrogate, a private-use character."""

ELLIPSIS = "…"


def clean(text: str, *, max_length: int | None = None) -> str:
    """Return `text` as a value of one line that is fit to be stored.

    Letters stay as they were typed, in NFC: ي is no ی here, which is the business of `search_key`. Only
    the presentation forms of Arabic letters, which old programs and PDFs write, become the letters that they show.
    Gone are controls, terminal escape sequences, bidi controls, tatweel, surrogates and private-use characters. White
    space of any kind and length is one space, none at the ends. A non-joiner stays only between letters, a joiner only
    inside an emoji and behind a virama, and a letter keeps at most `MARKS_PER_LETTER` marks. The result has at most
    `max_length` code points, cut before a letter and never between a letter and what belongs to it. Cleaning twice
    changes nothing more.
    """
    if _is_plain(text):
        cleaned = text
    elif len(text) <= _CACHED_LENGTH:
        cleaned = _clean_cached(text)
    else:
        cleaned = _clean_line(_ESCAPE_SEQUENCE.sub("", text))
    return cleaned if max_length is None else _shorten(cleaned, max_length)


def clean_multiline(text: str, *, max_length: int | None = None) -> str:
    """Return `text` cleaned line by line as `clean` does; lines end in `\\n`, at most two blank ones in a row."""
    lines: list[str] = []
    blank = 0
    for line in _LINE_END.split(_ESCAPE_SEQUENCE.sub("", text)):
        if not _is_plain(line):
            line = _clean_line_cached(line) if len(line) <= _CACHED_LENGTH else _clean_line(line)
        blank = 0 if line else blank + 1
        if blank <= BLANK_LINES_IN_A_ROW:
            lines.append(line)
    cleaned = "\n".join(lines).strip("\n")
    return cleaned if max_length is None else _shorten(cleaned, max_length)


def safe(text: str, *, to_edit: bool = False) -> str:
    """Return `text`, from any source, as one line that cannot harm a terminal; no visible letter is changed.

    Meant for every word that is drawn: cells, messages, names from old stores. Ends of lines become `LINE_SIGN`,
    private-use characters and surrogates `UNKNOWN_SIGN`; controls, escape sequences, bidi controls, joiners and
    marks without a letter vanish, but for closed isolates, which the program itself puts around data. Spaces are kept
    as they are. What one terminal draws in more cells than another becomes what all draw alike: an emoji loses its tone,
    a flag is its two letters, and a character that Unicode made wide late, or that this Python does not know, is
    `UNKNOWN_SIGN`. In a text that a person is to edit these letters stay, and isolates do not.
    """
    if text.isascii() and text.isprintable():
        return text
    if _ORDINARY.fullmatch(text):
        return text
    return _safe_cached(text, to_edit) if len(text) <= _CACHED_LENGTH else _make_safe(text, to_edit)


def safe_multiline(text: str, *, to_edit: bool = False) -> str:
    """Return `text` made `safe` line by line; lines end in `\\n`."""
    return "\n".join(safe(line, to_edit=to_edit) for line in _LINE_END.split(text))


def search_key(text: str) -> str:
    """Return what `text` is found by: equal for every usual way of writing the same name.

    Compatibility forms, case, diacritics, spaces, joiners and punctuation (but `@`) are gone; digits are ASCII; the
    forms of alef, hamza, yeh, kaf, heh and teh marbuta are one letter each, so that Arabic and Persian spellings
    meet; hamza on yeh is the letter by which others write it (هیئت and هیأت, مسئول and مسوول), and an alef above the line
    is one on it where it is usually written so (رحمٰن and رحمان, but الله). The key of a word of a name is a part of the
    key of the name.
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    key = text.translate(SEARCH_FOLDING)
    if READ_AGAIN in key:
        key = _as_usually_written(text).translate(SEARCH_FOLDING).replace(READ_AGAIN, "")
    return key if key.isascii() else unicodedata.normalize("NFC", key)


def search_keys_of_beginning(typed: str) -> tuple[str, ...]:
    """Return the keys that a word may go on to have of which `typed` is the beginning, as far as it has been typed.

    What a hamza on yeh or an alef above the line stands for is seen by the letters behind it.
    """
    key = search_key(typed)
    unfinished = _UNFINISHED.search(typed)
    if unfinished is None:
        return (key,)
    begun = search_key(typed[: unfinished.start()])
    return tuple(dict.fromkeys((key, *(begun + ending for ending in _ENDINGS[unfinished[0]]))))


def fold_words(text: str) -> str:
    """Return `text` for reading words out of it: folded as `search_key` does, but with its words and punctuation."""
    return " ".join(text.translate(READING_FOLDING).split())


def fold_digits(text: str) -> str:
    """Return `text` with Persian and Arabic digits written 0-9."""
    return text if text.isascii() else text.translate(_DIGITS)


def cell_width(text: str) -> int:
    """Return how many terminal cells `text` takes; it must be `safe`."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # only screens measure text

    return cell_len(text)


def ellipsize(text: str, width: int) -> str:
    """Return `text` in at most `width` cells, with an ellipsis at its end where something was cut.

    A wide character or a letter with its marks is never cut apart.
    """
    if width <= 0:
        return ""
    if len(text) <= width and text.isascii():
        return text
    if len(text) > _LETTERS_PER_CELL * width:
        # Of a page of text in a cell of a table only the beginning is measured.
        head = text[: _LETTERS_PER_CELL * width]
        text = head if cell_width(head) > width else text
    if cell_width(text) <= width:
        return text
    return _first_cells(text, width - 1).rstrip() + ELLIPSIS


def cluster_ends(text: str) -> list[int]:
    """Return where each letter of `text` ends, with all that belongs to it: marks, a non-joiner, the other half of a flag.

    What a person takes for one letter: the cursor passes it, and Backspace takes it, in one step.
    """
    if text.isascii():
        return [*range(1, len(text) + 1)]
    return [
        place
        for place in range(1, len(text) + 1)
        if place == len(text) or not (_belongs_to_previous(text, place) or cell_width(text[place]) == 0)
    ]


_LETTER = "[\u0620-\u063f\u0641-\u064a\u066e-\u06d3]"
_YEH_WITH_HAMZA = re.compile("[ىی]\u0654")
# Above a letter of which it is the usual sign, as in موسیٰ, اللّٰه, طٰه, هٰذا, ذٰلك, لٰكن and صلوٰة, the alef is not written out.
_SILENT_ALEF = re.compile(
    "(?<=[اىيیو])\u0670|(?<=[لط])\u0670(?=[هہ])|(?<=ه)\u0670(?=[ذؤ])|(?<=ذ)\u0670(?=ل)|(?<=ل)\u0670(?=[كک])"
)
_ALEF_ABOVE = re.compile(f"(?<={_LETTER})\u0670")
# The Academy of Persian writes hamza on yeh where older spelling has it on waw (رئوف) or alef (جرئت, مسئله, هیئت).
_HAMZA_AS_WAW = re.compile(f"ئ(?=و{_LETTER})")
_HAMZA_AS_ALEF = re.compile(f"(?<={_LETTER}(?![اآو]){_LETTER})ئ(?=[تل])|(?<={_LETTER}[ىيی])ئ(?=[ةه])")
_UNFINISHED = re.compile("(?:ئو?|\u0670)$")
_ENDINGS = {"ئ": ("و", "ا"), "ئو": ("وو",), "\u0670": ("",)}


_WITHOUT_MARKS = Folding(
    lambda letter: "" if letter != "\u0670" and kind_of(letter) in _UNWRITTEN else letter
)
_UNWRITTEN = (LetterKind.MARK, LetterKind.CONTROL, LetterKind.TATWEEL, LetterKind.NON_JOINER)


def _as_usually_written(text: str) -> str:
    """Write hamza on yeh and alef above the line as the letters that most people write for them."""
    text = unicodedata.normalize("NFKC", text)
    if "\u0654" in text:
        text = _YEH_WITH_HAMZA.sub("ئ", text)
    text = text.translate(_WITHOUT_MARKS)
    if "\u0670" in text:
        text = _ALEF_ABOVE.sub("ا", _SILENT_ALEF.sub("", text))
    return _HAMZA_AS_ALEF.sub("ا", _HAMZA_AS_WAW.sub("و", text))


_OWN_ISOLATES = frozenset((FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE))

_CACHED_LENGTH = 200

_LETTERS_PER_CELL = 2 * (1 + MARKS_PER_LETTER)

_DIGITS = {
    ord(digit): str(value) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for value, digit in enumerate(digits)
}

_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژکگی۰-۹٠-٩،؛؟٪٫٬"

# What most cells hold. It is in NFC already and has nothing that cleaning would touch but white space at the ends.
_PLAIN = re.compile(rf"[!-~{_LETTERS}«»][ !-~{_LETTERS}«»]*")
_ORDINARY = re.compile(rf"[ -~\u00a0{_LETTERS}«»…–—•·]*")

# Arabic Presentation Forms-A and -B (Unicode 16, 9.2), without the byte order mark.
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")

# Emoji sequences (UTS #51, 1.4.9): a keycap; a flag spelled in tags; emoji with their presentation or skin tone, joined.
_EMOJI = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_ONE_EMOJI = f"{_EMOJI}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
_SEQUENCE = re.compile(
    "[0-9#*]\ufe0f\u20e3"
    "|\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
    f"|{_ONE_EMOJI}(?:\u200d{_ONE_EMOJI})*"
    # Indic half letters are written virama, joiner (Unicode 16, 12.1).
    "|[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]\u200d(?=[\u0904-\u0dff])"
)

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")

# ECMA-48: control sequences (5.4), control strings (5.6), then the two- and three-character escapes (5.3) that
# carry no letter of the text. A C1 introducer must have parameters to be recognised: alone it is a letter that was
# read in the wrong encoding.
_ESCAPE_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x9b[0-?]+[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[#%()*+\-./][0-~]"
    r"|\x1b[78=>\\]"
)


def brief(text: str, width: int = 60) -> str:
    """Return `text`, from any source, for a place where it must not take more than `width` cells, whatever it is."""
    return ellipsize(safe(text), width)


def _is_plain(text: str) -> bool:
    return not text or (_PLAIN.fullmatch(text) is not None and "  " not in text and text[-1] != " ")


@lru_cache(maxsize=4096)
def _clean_cached(text: str) -> str:
    return _clean_line(_ESCAPE_SEQUENCE.sub("", text))


def _clean_line(text: str) -> str:
    """Clean text that has no recognisable escape sequence any more."""
    text = _PRESENTATION_FORM.sub(_letters_of_form, text)
    joining = _joining_places(text)
    kept: list[str] = []
    before = LetterKind.SPACE
    waiting = ""  # a space or a non-joiner stays only if a letter follows
    for place, letter in enumerate(text):
        if place in joining:
            if kept and kept[-1] == text[place - 1]:
                kept.append(letter)
            continue
        kind = kind_of(letter)
        if kind is LetterKind.SPACE or kind is LetterKind.LINE:
            waiting = " " if before is not LetterKind.SPACE else ""
        elif kind is LetterKind.NON_JOINER:
            waiting = waiting or (letter if before is LetterKind.LETTER else "")
        elif kind is LetterKind.MARK:
            if before is not LetterKind.SPACE and waiting != " ":
                waiting = ""
                kept.append(letter)
        elif kind is LetterKind.LETTER or kind is LetterKind.OTHER:
            if waiting == " " or kind is LetterKind.LETTER:
                kept.append(waiting)
            waiting = ""
            kept.append(letter)
            before = kind
    return _thin_marks(unicodedata.normalize("NFC", "".join(kept)))


def _letters_of_form(form: re.Match[str]) -> str:
    """The letters that one presentation form shows; a mark that stands on a space there stands on its letter here."""
    return unicodedata.normalize("NFKC", form[0]).strip()


def _joining_places(text: str) -> frozenset[int]:
    """Where a joiner, a variation selector or a tag is a part of what is seen, and not a stray."""
    if text.isascii():
        return frozenset()
    return frozenset(
        place
        for found in _SEQUENCE.finditer(text)
        for place in range(*found.span())
        if kind_of(text[place]) is LetterKind.CONTROL
    )


def _thin_marks(text: str) -> str:
    """Cut every stack of marks to `MARKS_PER_LETTER`."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        kind = kind_of(letter)
        if kind is not LetterKind.CONTROL:
            marks = marks + 1 if kind is LetterKind.MARK else 0
        if marks <= MARKS_PER_LETTER:
            kept.append(letter)
    return "".join(kept)


_clean_line_cached = lru_cache(maxsize=4096)(_clean_line)
"""Notes of forms come again and again."""


@lru_cache(maxsize=4096)
def _safe_cached(text: str, to_edit: bool) -> str:
    return _make_safe(text, to_edit)


def _make_safe(text: str, to_edit: bool) -> str:
    kept: list[str] = []
    marks = (
        MARKS_PER_LETTER  # a mark without a letter before it would fall on what the screen shows to its left
    )
    for letter in _LINE_END.sub("\n", _ESCAPE_SEQUENCE.sub("", text)):
        kind = kind_of(letter)
        if kind is LetterKind.MARK or kind is LetterKind.NON_JOINER:
            marks += 1
            if marks <= MARKS_PER_LETTER:
                kept.append(letter)
            continue
        if kind is LetterKind.CONTROL:
            if letter in _OWN_ISOLATES and not to_edit:
                kept.append(letter)
            continue
        if kind is LetterKind.LINE:
            kept.append(f" {LINE_SIGN} ")
        elif kind is LetterKind.UNKNOWN:
            kept.append(UNKNOWN_SIGN)
        elif letter == "\t":
            kept.append(" ")
        else:
            drawn = letter if to_edit else letter.translate(DRAWN_ALIKE)
            if not drawn:
                continue  # nor is it a letter for the marks behind it
            kept.append(drawn)
        marks = MARKS_PER_LETTER if kind is LetterKind.LINE or kind is LetterKind.SPACE else 0
    made = "".join(kept)
    return made if is_closed(made) else without_isolates(made)


def _shorten(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    length = max(length, 0)
    while length and _belongs_to_previous(text, length):
        length -= 1
    return text[:length].rstrip(" \n\u200c\u200d")


def _belongs_to_previous(text: str, index: int) -> bool:
    letter = text[index]
    if kind_of(letter) in (LetterKind.MARK, LetterKind.CONTROL) or "\U0001f3fb" <= letter <= "\U0001f3ff":
        return True
    if not _is_flag_half(letter):
        return False
    first = index
    while first and _is_flag_half(text[first - 1]):
        first -= 1
    return (index - first) % 2 == 1


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _clusters(text: str) -> list[tuple[str, int]]:
    """Split `text` into what must stay together, each with its width in cells."""
    from rich.cells import cell_len  # only screens measure text

    clusters: list[str] = []
    for letter in text:
        joined = bool(clusters) and (clusters[-1][-1] == "\u200d" or not cell_len(letter))
        if joined:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return [(cluster, cell_len(cluster)) for cluster in clusters]


def _first_cells(text: str, room: int) -> str:
    kept: list[str] = []
    for cluster, width in _clusters(text):
        room -= width
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept)
