"""In which order the characters of a line are seen where scripts of both directions meet: Unicode's Bidirectional Algorithm.

The rules are those of UAX #9, whose names (P2, X5a, W1, N0, L2 …) stand beside what carries them out. A line here is a
paragraph of its own. Characters have the classes that Python's `unicodedata` gives them, and where that does not know
one, the class for which its block is reserved (Unicode's version: `bidi_data.UNICODE_VERSION`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from leadtui.language.bidi_data import BRACKETS, MIRRORS, UNASSIGNED


class Direction(IntEnum):
    """The way a line runs; its value is the embedding level of what runs so (BD2)."""

    LEFT_TO_RIGHT = 0
    RIGHT_TO_LEFT = 1


@dataclass(frozen=True, slots=True)
class VisualOrder:
    """How a line is seen."""

    base: Direction
    levels: tuple[int | None, ...]
    """Of each character; odd is right to left. None: a control that is not drawn (X9)."""
    indices: tuple[int, ...]
    """The places of the characters in the text, from the left of the screen to the right, without those controls."""


FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2068", "\u2066", "\u2069"

ISOLATES = "\u2066\u2067\u2068\u2069"
"""All that open an isolate, and what closes it."""


def isolated(text: str) -> str:
    """Return `text`, which is data, for a sentence around it: it runs as its own first strong letter does.

    It may hold isolates; where one of them would reach out of it, all are left out.
    """
    return f"{FIRST_STRONG_ISOLATE}{text if is_closed(text) else without_isolates(text)}{POP_ISOLATE}"


def left_to_right(text: str) -> str:
    """Return `text`, a number to be dialled or anything else that is written in Latin order, for any line around it."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{without_isolates(text)}{POP_ISOLATE}"


def without_isolates(text: str) -> str:
    """Return `text` without what `isolated` and `left_to_right` put around its parts: for files, and other programs."""
    return text if text.isascii() else text.translate(_NO_ISOLATES)


def needs_order(text: str) -> bool:
    """Whether anything of `text` runs from right to left or says how to run; where nothing does, it is seen as it stands."""
    return not text.isascii() and _TURNING.search(text) is not None


def first_strong(text: str) -> Direction | None:
    """Return the direction of the first letter that has one, outside isolates (P2, P3); None where no letter has."""
    if text.isascii():
        return Direction.LEFT_TO_RIGHT if any(map(str.isalpha, text)) else None
    classes = [bidi_class(letter) for letter in text]
    return _first_strong(classes, _matching_pops(classes), 0, len(classes))


@lru_cache(maxsize=8192)
def visual_order(text: str, base: Direction | None = None) -> VisualOrder:
    """Return how the line `text` is seen; without `base` its first strong letter decides, and where none is, left to right."""
    classes = [bidi_class(letter) for letter in text]
    pops = _matching_pops(classes)
    if base is None:
        found = _first_strong(classes, pops, 0, len(classes))
        base = Direction.LEFT_TO_RIGHT if found is None else found
    types = classes.copy()
    levels = _explicit_levels(classes, types, pops, base)
    drawn = [index for index, kind in enumerate(classes) if kind not in _REMOVED]
    for sequence in _isolating_run_sequences(drawn, levels, classes, pops, base):
        _resolve(sequence, types, levels, classes, text)
    _reset_blanks(classes, levels, base)
    shown = tuple(None if kind in _REMOVED else level for kind, level in zip(classes, levels, strict=True))
    return VisualOrder(base, shown, tuple(_reordered(drawn, levels)))


@lru_cache(maxsize=512)
def wrapped_order(text: str, base: Direction, ends: tuple[int, ...]) -> tuple[VisualOrder, ...]:
    """Return how the paragraph `text` is seen in lines of which each ends at one of `ends` (UAX #9, 3.4)."""
    whole = visual_order(text, base)
    classes = [bidi_class(letter) for letter in text]
    levels = [base if level is None else level for level in whole.levels]
    lines: list[VisualOrder] = []
    start = 0
    for end in ends:
        line = levels[start:end]
        _reset_blanks(classes[start:end], line, base)
        levels[start:end] = line
        drawn = [index for index in range(start, end) if whole.levels[index] is not None]
        lines.append(VisualOrder(base, tuple(line), tuple(_reordered(drawn, levels))))
        start = end
    return tuple(lines)


def mirrored(letter: str) -> str:
    """Return what is drawn for `letter` where it runs from right to left (L4): a bracket opens the other way."""
    return _MIRRORS.get(letter, letter)


@lru_cache(maxsize=8192)
def bidi_class(letter: str) -> str:
    """Return the Bidi_Class of `letter` by its short name: `L`, `AL`, `EN` …"""
    if kind := unicodedata.bidirectional(letter):
        return kind
    code = ord(letter)
    return next((kind for first, last, kind in UNASSIGNED if first <= code <= last), "L")


def is_closed(text: str) -> bool:
    """Whether no isolate reaches out of `text`."""
    if text.isascii():
        return True
    depth = 0
    for letter in text:
        if letter in ISOLATES:
            depth += -1 if letter == POP_ISOLATE else 1
            if depth < 0:
                return False
    return depth == 0


_NO_ISOLATES = dict.fromkeys(map(ord, ISOLATES))

_MIRRORS = dict(zip(MIRRORS[::2], MIRRORS[1::2], strict=True)) | dict(
    zip(MIRRORS[1::2], MIRRORS[::2], strict=True)
)

_OPENING = dict(zip(BRACKETS[::2], BRACKETS[1::2], strict=True))
_CLOSING = frozenset(BRACKETS[1::2])
_SAME_BRACKET = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Brackets that are canonically equivalent to another (BD16)."""

_DEEPEST = 125
"""max_depth (BD2)."""

_MOST_OPEN_BRACKETS = 63
"""Where more stand open at once, the brackets behind them count no more (BD16)."""

_ISOLATES = frozenset(("LRI", "RLI", "FSI"))
_EMBEDDINGS = frozenset(("LRE", "RLE", "LRO", "RLO"))
_REMOVED = frozenset((*_EMBEDDINGS, "PDF", "BN"))
_OVERRIDES = {"LRO": "L", "RLO": "R"}
_NEUTRAL = frozenset(("B", "S", "WS", "ON", *_ISOLATES, "PDI"))
_AS_RIGHT_TO_LEFT = frozenset(("R", "EN", "AN"))
"""What counts as R beside neutrals and within brackets (N0, N1)."""

# Letters (R, AL) and numbers (AN) that run from right to left, by the blocks that are reserved for such, and all marks,
# embeddings and isolates.
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def _matching_pops(classes: Sequence[str]) -> dict[int, int]:
    """Where each isolate that is closed is closed (BD9)."""
    pops: dict[int, int] = {}
    opened: list[int] = []
    for index, kind in enumerate(classes):
        if kind in _ISOLATES:
            opened.append(index)
        elif kind == "PDI" and opened:
            pops[opened.pop()] = index
    return pops


def _first_strong(classes: Sequence[str], pops: dict[int, int], start: int, end: int) -> Direction | None:
    index = start
    while index < end:
        kind = classes[index]
        if kind == "L":
            return Direction.LEFT_TO_RIGHT
        if kind in ("R", "AL"):
            return Direction.RIGHT_TO_LEFT
        index = pops.get(index, end) if kind in _ISOLATES else index
        index += 1
    return None


def _explicit_levels(
    classes: Sequence[str], types: list[str], pops: dict[int, int], base: Direction
) -> list[int]:
    """The embedding level of each character (X1 to X8); where one is overridden, its type is what it is taken for."""
    levels: list[int] = [base] * len(classes)
    if _ISOLATES.isdisjoint(classes) and _EMBEDDINGS.isdisjoint(classes):
        return levels
    stack: list[tuple[int, str | None, bool]] = [(base, None, False)]  # level, override, whether an isolate
    overflowing_isolates = overflowing_embeddings = valid_isolates = 0
    for index, kind in enumerate(classes):
        if kind == "PDI":
            if overflowing_isolates:
                overflowing_isolates -= 1
            elif valid_isolates:
                overflowing_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
        level, override, isolate = stack[-1]
        if kind == "B":
            continue
        levels[index] = level
        if override and kind not in _REMOVED:
            types[index] = override
        if kind in _EMBEDDINGS or kind in _ISOLATES:
            if kind == "FSI":
                inner = _first_strong(classes, pops, index + 1, pops.get(index, len(classes)))
                kind = "RLI" if inner is Direction.RIGHT_TO_LEFT else "LRI"
            deeper = (level + 1) | 1 if kind.startswith("R") else (level + 2) & ~1
            isolates = kind in _ISOLATES
            if deeper <= _DEEPEST and not overflowing_isolates and not overflowing_embeddings:
                stack.append((deeper, _OVERRIDES.get(kind), isolates))
                valid_isolates += isolates
            elif isolates:
                overflowing_isolates += 1
            elif not overflowing_isolates:
                overflowing_embeddings += 1
        elif kind == "PDF" and not overflowing_isolates:
            if overflowing_embeddings:
                overflowing_embeddings -= 1
            elif not isolate and len(stack) > 1:
                stack.pop()
    return levels


@dataclass(slots=True)
class _Sequence:
    """Level runs that follow one another as if what isolates hold between them were not there (BD13)."""

    indices: list[int]
    level: int
    before: str
    """sos: `L` or `R`, by the higher of the levels that meet at its beginning (X10)."""
    behind: str = ""
    """eos."""


def _isolating_run_sequences(
    drawn: Sequence[int], levels: Sequence[int], classes: Sequence[str], pops: dict[int, int], base: Direction
) -> list[_Sequence]:
    sequences: list[_Sequence] = []
    interrupted: dict[int, _Sequence] = {}  # by the place of the PDI behind which each goes on
    previous, start = int(base), 0
    while start < len(drawn):
        level = levels[drawn[start]]
        end = start + 1
        while end < len(drawn) and levels[drawn[end]] == level:
            end += 1
        run = [*drawn[start:end]]
        sequence = interrupted.pop(run[0], None)
        if sequence is None:
            sequence = _Sequence(run, level, _strong(max(previous, level)))
            sequences.append(sequence)
        else:
            sequence.indices += run
        last = run[-1]
        following = base if end == len(drawn) or classes[last] in _ISOLATES else levels[drawn[end]]
        sequence.behind = _strong(max(following, level))
        if last in pops:
            interrupted[pops[last]] = sequence
        previous, start = level, end
    return sequences


def _strong(level: int) -> str:
    return "R" if level & 1 else "L"


def _resolve(
    sequence: _Sequence, types: Sequence[str], levels: list[int], classes: Sequence[str], text: str
) -> None:
    """Give each character of the sequence its level in the end."""
    kinds = [types[index] for index in sequence.indices]
    _resolve_marks_and_numbers(kinds, sequence.before)
    _resolve_separators(kinds, sequence.before)
    if "ON" in kinds:
        _resolve_brackets(kinds, sequence, classes, text)
    _resolve_neutrals(kinds, sequence)
    if sequence.level & 1:  # I2
        for index, kind in zip(sequence.indices, kinds, strict=True):
            if kind != "R":
                levels[index] += 1
    else:  # I1
        for index, kind in zip(sequence.indices, kinds, strict=True):
            if kind != "L":
                levels[index] += 1 if kind == "R" else 2


def _resolve_marks_and_numbers(kinds: list[str], before: str) -> None:
    """Marks are as what they stand on (W1), numbers behind Arabic letters Arabic (W2), and such letters R (W3)."""
    previous = strong = before
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kind = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        previous = kind
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[place] = "R" if kind == "AL" else kind


def _resolve_separators(kinds: list[str], before: str) -> None:
    """What stands in and around numbers belongs to them or to what is neutral (W4 to W6); numbers in Latin are so (W7)."""
    if {"ES", "CS", "ET"}.intersection(kinds):
        for place in range(1, len(kinds) - 1):
            left, kind, right = kinds[place - 1 : place + 2]
            if left == right and (kind, left) in _WITHIN_NUMBERS:
                kinds[place] = left
        place = 0
        while place < len(kinds):
            end = _run_end(kinds, place, _TERMINATORS)
            if end > place and "EN" in (kinds[max(place - 1, 0)], kinds[min(end, len(kinds) - 1)]):
                kinds[place:end] = ["EN"] * (end - place)
            place = max(end, place + 1)
        for place, kind in enumerate(kinds):
            if kind in ("ES", "CS", "ET"):
                kinds[place] = "ON"
    if "EN" in kinds:
        strong = before
        for place, kind in enumerate(kinds):
            if kind in ("L", "R"):
                strong = kind
            elif kind == "EN" and strong == "L":
                kinds[place] = "L"


_WITHIN_NUMBERS = frozenset((("CS", "EN"), ("CS", "AN"), ("ES", "EN")))
"""Which separator stands between which numbers without parting them (W4)."""

_TERMINATORS = frozenset(("ET",))


def _run_end(kinds: Sequence[str], start: int, among: frozenset[str]) -> int:
    """Where the run of kinds that are `among` them ends; `start` where none begins there."""
    end = start
    while end < len(kinds) and kinds[end] in among:
        end += 1
    return end


def _resolve_brackets(kinds: list[str], sequence: _Sequence, classes: Sequence[str], text: str) -> None:
    """Brackets run as what they hold, or as what stands before them (N0)."""
    embedding = _strong(sequence.level)
    for opening, closing in _bracket_pairs(kinds, sequence.indices, text):
        held = {_as_strong(kind) for kind in kinds[opening + 1 : closing]} - {None}
        if not held:
            continue
        direction = embedding
        if embedding not in held:
            earlier = (_as_strong(kind) for kind in reversed(kinds[:opening]))
            direction = next((kind for kind in earlier if kind), sequence.before)
        for place in (opening, closing):
            kinds[place] = direction
            for behind in range(place + 1, len(kinds)):
                if classes[sequence.indices[behind]] != "NSM":
                    break
                kinds[behind] = direction


def _as_strong(kind: str) -> str | None:
    return "R" if kind in _AS_RIGHT_TO_LEFT else "L" if kind == "L" else None


def _bracket_pairs(kinds: Sequence[str], indices: Sequence[int], text: str) -> list[tuple[int, int]]:
    """The places in the sequence of brackets that belong together, by the opening one (BD16)."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []  # the closing bracket that is waited for, and where its opening one is
    for place, index in enumerate(indices):
        if kinds[place] != "ON":
            continue
        letter = text[index]
        if closing := _OPENING.get(letter):
            if len(opened) == _MOST_OPEN_BRACKETS:
                break
            opened.append((_SAME_BRACKET.get(closing, closing), place))
        elif letter in _CLOSING:
            letter = _SAME_BRACKET.get(letter, letter)
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == letter:
                    pairs.append((opened[depth][1], place))
                    del opened[depth:]
                    break
    return sorted(pairs)


def _resolve_neutrals(kinds: list[str], sequence: _Sequence) -> None:
    """Blanks and signs run as the text on both sides of them (N1), or else as the sequence does (N2)."""
    place = 0
    while place < len(kinds):
        end = _run_end(kinds, place, _NEUTRAL)
        if end > place:
            left = _as_strong(kinds[place - 1]) if place else sequence.before
            right = _as_strong(kinds[end]) if end < len(kinds) else sequence.behind
            direction = left if left == right and left else _strong(sequence.level)
            kinds[place:end] = [direction] * (end - place)
        place = max(end, place + 1)


def _reset_blanks(classes: Sequence[str], levels: list[int], base: Direction) -> None:
    """Blanks at the end of the line and before tabs stand where the line runs to (L1)."""
    trailing = True
    for index in range(len(classes) - 1, -1, -1):
        kind = classes[index]
        if kind in ("B", "S"):
            levels[index] = base
            trailing = True
        elif kind == "WS" or kind in _ISOLATES or kind == "PDI":
            if trailing:
                levels[index] = base
        elif kind not in _REMOVED:
            trailing = False


def _reordered(drawn: Sequence[int], levels: Sequence[int]) -> list[int]:
    """The places from left to right: from the highest level down, each run of it or higher is turned round (L2)."""
    order = [*drawn]
    found = {levels[index] for index in drawn}
    lowest = min((level for level in found if level & 1), default=0)
    for level in range(max(found, default=0), lowest - 1 if lowest else 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            if end > start:
                order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order
