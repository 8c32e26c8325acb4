"""The parts of a person's name – before it, given, family's, behind it – and how else the same name is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product

from leadtui.language.text import search_key


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart. Every word of it is in one part, in the order in which it was written."""

    given: str = ""
    family: str = ""
    prefix: str = ""
    """Dr., آقای, السيد."""
    suffix: str = ""
    """Jr., PhD."""
    middle: str = ""
    """The given names behind the first, where people write them apart: Jane in Mary Jane Watson, but not رضا in محمد رضا."""


def part_name(name: str) -> NameParts:
    """Take a name apart as its readers would.

    *Sadeghi, Mina* says where the family's name ends. Else it is the last word with the particles before it (van der
    Berg, آل سعود), or the last two where the last one only ends a family's name (احمدی نژاد); in Chinese, Japanese
    and Korean the first word. One word alone is a given name, but for one that stands behind *Mr* or آقای.
    """
    before, comma, behind = _COMMA.sub(",", name).partition(",")
    if comma and "," not in behind and before.strip() and behind.strip():
        if all(map(_is_suffix, behind.split())):
            parts = part_name(before)
            return replace(parts, suffix=" ".join(behind.split()))
        first, middle = _split_given(behind.split())
        return NameParts(first, " ".join(before.split()), middle=middle)
    words = name.split()
    start, end = 0, len(words)
    while end - start > 1 and _key(words[start]) in _words(_PREFIXES):
        start += 1
    while end - start > 1 and _is_suffix(words[end - 1]):
        end -= 1
    middle = words[start:end]
    at = _family_at(middle)
    given, family = middle[:at], middle[at:]
    if start and len(middle) == 1:
        given, family = [], middle
    elif middle and _EAST_ASIAN.match(middle[0]):
        given, family = (middle[1:], middle[:1]) if len(middle) > 1 else (middle, [])
    first, further = _split_given(given)
    return NameParts(first, " ".join(family), " ".join(words[:start]), " ".join(words[end:]), further)


def _split_given(words: list[str]) -> tuple[str, str]:
    """The first given name, and the middle ones."""
    keys = list(map(_key, words))
    at = len(words)
    if all(map(_WRITTEN_APART.match, words)) and not _words(_PARTICLES) & {*keys}:
        at = 2 if keys[:1] and keys[0] in _words(_BEGIN_GIVEN) else 1
    return " ".join(words[:at]), " ".join(words[at:])


def spellings(name: str) -> tuple[str, ...]:
    """Return the search keys under which the same person's name may stand, its own first; () for one without letters.

    Some names are written in two ways that are no same word, as داود and داوود, مصطفی and مصطفا, اسمعیل and اسماعیل: who
    looks for the one does not find the other, but a person who has it may be the same.
    """
    words = [key for key in map(search_key, _BETWEEN_WORDS.split(name)) if key]
    ways = product(*(_ways_to_write(word) for word in words))
    return tuple(dict.fromkeys("".join(way) for way in islice(ways, _MOST_SPELLINGS))) if words else ()


def _ways_to_write(word: str) -> tuple[str, ...]:
    ways = {word: None}
    for group in _written_alike():
        for written in group:
            for way in list(ways):
                # Within عبدالرحمن and اسمعیلی, too; a short one could be a part of anything.
                if way == written or (len(written) >= _LEAST_WITHIN and written in way):
                    ways |= dict.fromkeys(way.replace(written, other) for other in group)
    for way in list(ways):
        ways[way.replace("اوو", "او") if "اوو" in way else way.replace("او", "اوو")] = None
    return tuple(ways)


@cache
def _written_alike() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(search_key, group.split())) for group in _WRITTEN_ALIKE)


def _family_at(words: list[str]) -> int:
    """Where the name of the family begins; something is left before it."""
    keys = [_key(word) for word in words]
    least = 2 if keys and keys[0] in _words(_BEGIN_GIVEN) else 1
    at = len(words) - 1
    if at > least and keys[at] in _words(_END_FAMILY):
        at -= 1
    while at > least and keys[at - 1] in _words(_PARTICLES):
        at -= 1
    return max(at, least)


def _is_suffix(word: str) -> bool:
    return _key(word) in _words(_SUFFIXES)


def _key(word: str) -> str:
    return search_key(word) or word


@cache
def _words(listed: str) -> frozenset[str]:
    return frozenset(map(search_key, listed.split()))


_BETWEEN_WORDS = re.compile("[\\s\u200c-]+")
_MOST_SPELLINGS = 32
_LEAST_WITHIN = 4
_WRITTEN_ALIKE = (
    *(
        "اسماعیل اسمعیل",
        "ابراهیم ابرهیم",
        "اسحاق اسحق",
        "رحمان رحمن",
        "هارون هرون",
        "سلیمان سلیمن",
        "عثمان عثمن",
    ),
    *("لقمان لقمن", "یاسین یس", "طاها طه", "رووف روف"),
    *(
        "مصطفی مصطفا",
        "مرتضی مرتضا",
        "مجتبی مجتبا",
        "موسی موسا",
        "عیسی عیسا",
        "یحیی یحیا",
        "لیلی لیلا",
        "کبری کبرا",
    ),
    *("صغری صغرا", "سلمی سلما", "بشری بشرا", "یسری یسرا", "هدی هدا"),
)

_COMMA = re.compile("[،，]")
_WRITTEN_APART = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")
"""Latin, Greek and Cyrillic letters."""
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_PREFIXES = (
    "Mr Mrs Ms Miss Mx Dr Prof Sir Herr Frau Mme Mlle Sra Srta Sayın"
    " آقا آقای خانم بانو جناب سرکار دکتر مهندس استاد حاج حاجی السيد السيدة الأستاذ الأستاذة الدكتور الدكتورة المهندس المهندسة"
)
_SUFFIXES = "Jr Sr II III IV PhD MD Esq MBA CPA"
_PARTICLES = (
    "van von der den ter ten de del della di da dos das do du la le los las el al bin ibn bint ben abu st zu zum zur af"
    " بن ابن بنت آل أبو أبي عبد"
)
_BEGIN_GIVEN = "abdul abd abu عبد أبو أبي أم"
"""Half of a given name: عبد الله, Abdul Rahman."""
_END_FAMILY = "نژاد زاده پور فر نیا منش خواه وند لو پناه تبار اصل فرد"
