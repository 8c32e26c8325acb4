"""What the titles of columns mean, in the languages of `data/titles`: the vocabulary of the sheets that desks receive."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from leadtui.domain.field_rights import FieldRight
from leadtui.domain.lead_fields import (
    CHANNEL,
    CITY,
    COMPANY,
    CONTACTED_AT,
    DO_NOT_CALL,
    EMAIL,
    ENTERED_AT,
    NAME,
    NEED,
    NEXT_AT,
    OWNER,
    PHONE,
    STATUS,
    closed_fields,
    import_fields,
)
from leadtui.domain.workspace import Definitions
from leadtui.language.text import fold_digits, search_key
from leadtui.paths import titles_folder


class Target(StrEnum):
    """Where a column goes that fills no field of a lead by itself; the others go to the key of a field."""

    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    EMAIL_OTHER = "email_other"
    """Further addresses: one is taken where there is no other, and all are kept."""
    ENTERED_TIME = "entered_time"
    """The time of day of when somebody came in, where date and time stand in two columns."""
    COUNTRY = "country"
    """The country of a row's numbers: its name, its code, or the code that is dialled."""
    MAY_CALL = "may_call"
    """Whether somebody agrees to be called; a clear no forbids it."""
    NOTE = "note"
    SHARED_NUMBERS = "shared_numbers"
    """Those of a row's numbers that other customers have, too, as an exact export says."""
    EXTERNAL_ID = "external_id"
    """The number that the other program gave the row; recognised so that it is not taken for a phone."""
    IGNORE = "ignore"
    """Known, and of no use to the desk."""


PARTS: dict[str, tuple[str, ...]] = {
    NAME: (Target.FIRST_NAME, Target.MIDDLE_NAME, Target.LAST_NAME),
    EMAIL: (Target.EMAIL_OTHER,),
    ENTERED_AT: (Target.ENTERED_TIME,),
}
"""What fills a field together with others."""

TARGETS = (
    *(target for each in import_fields() for target in (each.key, *PARTS.get(each.key, ()))),
    *(Target.COUNTRY, Target.MAY_CALL, Target.NOTE, Target.SHARED_NUMBERS, Target.EXTERNAL_ID, Target.IGNORE),
)
"""Wherever a column can go but to a workspace's own fields."""


class Meaning(NamedTuple):
    """What a title means."""

    target: str
    rank: int
    """Of several columns with one target the lowest is taken: a mobile before a landline, the first before a second.
    `VAGUE` for a title that may as well mean something else."""
    loose: bool = False
    """Found only as words inside a longer title, so that the cells must agree."""


VAGUE = 5
"""The rank of the titles that may as well mean something else than a phone number."""

_LISTS: dict[str, tuple[str, int]] = {
    "name": (NAME, 0),
    "name_perhaps": (NAME, 1),
    "first_name": (Target.FIRST_NAME, 0),
    "middle_name": (Target.MIDDLE_NAME, 0),
    "last_name": (Target.LAST_NAME, 0),
    "company": (COMPANY, 0),
    "city": (CITY, 0),
    "province": (CITY, 1),
    "country": (Target.COUNTRY, 0),
    "mobile": (PHONE, 0),
    "phone": (PHONE, 1),
    "messenger": (PHONE, 2),
    "landline": (PHONE, 3),
    "further_phone": (PHONE, 4),
    "number_perhaps": (PHONE, VAGUE),
    "email": (EMAIL, 0),
    "further_email": (EMAIL, 1),
    "entered_at": (ENTERED_AT, 0),
    "date": (ENTERED_AT, 1),
    "time": (Target.ENTERED_TIME, 0),
    "grade": ("grade", 0),
    "major": ("major", 0),
    "channel": (CHANNEL, 0),
    "form": (CHANNEL, 1),
    "need": (NEED, 0),
    "referrer": ("referrer", 0),
    "owner": (OWNER, 0),
    "status": (STATUS, 0),
    "do_not_call": (DO_NOT_CALL, 0),
    "may_call": (Target.MAY_CALL, 0),
    "reminder": (NEXT_AT, 0),
    "last_contact": (CONTACTED_AT, 0),
    "note": (Target.NOTE, 0),
    "birthday": ("birthday", 0),
    "gender": ("gender", 0),
    "age": ("age", 0),
    "postal_code": ("postal_code", 0),
    "record_number": (Target.EXTERNAL_ID, 0),
    "no_use": (Target.IGNORE, 0),
}
"""What the lists of a language's file mean; of a title that stands in two, the first counts. What no field of every lead
takes goes to the workspace's own field of that meaning, else into a note."""

NO_USE = frozenset({Target.EXTERNAL_ID, Target.IGNORE})
"""Where columns go that a desk has no use for."""

_IN_QUESTIONS = (
    "name",
    "city",
    "mobile",
    "phone",
    "messenger",
    "landline",
    "further_phone",
    "email",
    "further_email",
)
"""The lists whose titles are looked for inside a longer one."""


_MOST_LETTERS = 1_000
"""Letters of a form's longest question. What is longer is a cell of something else, and looking into it would take its time."""


def closed_targets(definitions: Definitions) -> dict[str, FieldRight]:
    """Where no column can go because the profile of whoever imports lets them edit no such field."""
    closed = closed_fields(definitions)
    return closed | {part: right for key, right in closed.items() for part in PARTS.get(key, ())}


def title_key(title: str) -> str:
    """What a title is compared by: case, spaces, joiners, underscores and the forms of letters do not matter."""
    return search_key(_BETWEEN_WORDS.sub("", title))


@lru_cache(maxsize=1024)
def meaning_of(title: str) -> Meaning | None:
    """Return what `title` means, also where it mixes languages ("Phone / تلفن") or asks a whole question."""
    if len(title) > _MOST_LETTERS:
        return None
    title = _vocabulary().code_aside.sub("", title)
    exact = exact_meaning(title)
    if exact is not None:
        return exact
    if _forbids_calls(title):
        return Meaning(DO_NOT_CALL, _INSIDE)
    if _allows_calls(title):
        return Meaning(Target.MAY_CALL, _INSIDE)
    for parts in (_PART.split(title), _SCRIPT_RUN.findall(title)):
        found = [(part, exact_meaning(part)) for part in parts]
        meanings = [meaning for _part, meaning in found if meaning is not None]
        if meanings and not any(meaning is None and is_strange(part) for part, meaning in found):
            first = meanings[0]
            same = [meaning.rank for meaning in meanings if meaning.target == first.target]
            return Meaning(first.target, max(same))
    return _meaning_of_question(title)


def exact_meaning(title: str) -> Meaning | None:
    """Return what the whole of `title` means, apart from which of several it is ("Phone 2") and whose (CUST_PHONE)."""
    known = _vocabulary()
    meaning = known.meanings.get(title_key(title))
    if meaning is not None:
        return meaning
    words, number = _without_numbers(title)
    for kept, beside in _parts(words):
        if all(each in known.of_the_person or each in known.further for each in beside):
            meaning = known.meanings.get(kept)
            if meaning is not None:
                is_later = number > 1 or not known.further.isdisjoint(beside)
                return meaning._replace(rank=meaning.rank + _LATER) if is_later else meaning
    return None


_MOST_WORDS = 30
"""Words of a title; what has more is a cell that damage made of many, and has too many parts to look at."""


def is_strange(title: str) -> bool:
    """Whether a word of `title` turns it into another matter."""
    strangers = _vocabulary().strangers
    return any(
        word in strangers or (_IDEOGRAPH.match(word) is not None and _holds(strangers, word))
        for word in _words(title)
    )


def _without_numbers(title: str) -> tuple[list[str], int]:
    """The words of a title without the number of one or two digits that says which of several it is; 1 where none does."""
    words: list[str] = []
    found = 1
    for word in _words(title):
        number = _NUMBER_AT_END.search(fold_digits(word))
        found = int(number[0]) if number else found
        words.append(word[: number.start()] if number else word)
    return list(filter(None, words)), found


def _parts(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """What stands together in a title, the longest part first, with the words beside it."""
    if len(words) > _MOST_WORDS:
        return
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            yield "".join(words[start : start + length]), [*words[:start], *words[start + length :]]
    if len(words) == 1 and _IDEOGRAPH.match(words[0]):  # nothing stands between the words of Chinese
        known = _vocabulary()
        for each in filter(_IDEOGRAPH.match, (*known.of_the_person, *known.further)):
            if words[0].startswith(each) or words[0].endswith(each):
                yield words[0].removeprefix(each).removesuffix(each), [each]


def _forbids_calls(title: str) -> bool:
    """Whether words inside a title say that calls are forbidden: "Phone 1 - Do Not Call", "Opt-out (phone)".

    What is sent or written is another matter.
    """
    words = _words(title)
    known = _vocabulary()
    return known.not_calls.isdisjoint(words) and any(
        part in known.bans or (part in known.refusals and not known.calls.isdisjoint(beside))
        for part, beside in _parts(words)
    )


def _allows_calls(title: str) -> bool:
    """Whether words inside a title ask for consent to calls: "Do you agree to be called about offers?" Never beside a *not*."""
    known = _vocabulary()
    return any(
        kept in known.consents
        and known.no_consents.isdisjoint(beside)
        and not _holds(known.no_consents, title)
        for kept, beside in _parts(_words(title))
    )


def _meaning_of_question(title: str) -> Meaning | None:
    """Look for known words in a longer title, as forms have them: "Please enter your mobile number"."""
    words = [part for word in _words(title) for part in (word if _IDEOGRAPH.match(word) else (word,))]
    if not 2 <= len(words) <= _LONGEST_QUESTION or is_strange(title):
        return None
    for length in range(min(len(words), _LONGEST_TITLE), 0, -1):
        for start in range(len(words) - length + 1):
            known = _vocabulary().in_questions.get("".join(words[start : start + length]))
            if known is not None:
                return Meaning(known.target, known.rank + _INSIDE, loose=True)
    return None


def _words(title: str) -> tuple[str, ...]:
    return tuple(filter(None, map(title_key, _WORD.findall(title))))


def _holds(words: Iterable[str], text: str) -> bool:
    return any(word in text for word in words if _IDEOGRAPH.match(word))


_LATER = 10
_INSIDE = 20
_LONGEST_QUESTION = 18
_LONGEST_TITLE = 6
_SHORTEST_IN_QUESTION = 4
"""Latin letters of a title that is looked for inside a longer one: shorter words mean something else in another language."""

_SHORTEST_BAN = 7

_BETWEEN_WORDS = re.compile(r"[\W_]+")
# Signs of vowels in Indian letters belong to the word, though Python counts them as no letters.
_WORD = re.compile(
    r"[^\W_](?:[^\W_]|\u200c(?=[^\W_])|[\u0900-\u0903\u093a-\u094f\u0962\u0963\u064b-\u0655])*"
)
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_PART = re.compile(r"[/\\|()\[\]{}:،,;؛–—\n\r]+|\s-\s")
_SCRIPT_RUN = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff\u200c\s]+|[A-Za-z\d_.\s-]+")
_NUMBER_AT_END = re.compile(r"(?<!\d)\d{1,2}$")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """All languages together, by `title_key`."""

    meanings: Mapping[str, Meaning]
    in_questions: Mapping[str, Meaning]
    """What may be found inside a longer title: never "name" or "number" alone, which half of all titles hold."""
    bans: frozenset[str]
    """What forbids calls wherever in a title it stands."""
    refusals: frozenset[str]
    """What does so beside one of `calls`."""
    calls: frozenset[str]
    not_calls: frozenset[str]
    consents: frozenset[str]
    """What asks for consent to calls wherever in a title it stands, but beside `no_consents`."""
    no_consents: frozenset[str]
    strangers: frozenset[str]
    of_the_person: frozenset[str]
    further: frozenset[str]
    code_aside: re.Pattern[str]
    """What a title says of how its numbers are written: "Phone (with country code)", mobile_without_country_code."""


@cache
def _vocabulary() -> _Vocabulary:
    languages = [tomllib.loads(path.read_text("utf-8")) for path in sorted(titles_folder().glob("*.toml"))]

    def words(name: str) -> Iterator[str]:
        return (word for language in languages for word in language["words"].get(name, ()))

    def meanings(lists: Iterable[str]) -> dict[str, Meaning]:
        found: dict[str, Meaning] = {}
        for name in lists:
            for title in (title for language in languages for title in language["titles"][name]):
                found.setdefault(title_key(title), Meaning(*_LISTS[name]))
        found.pop("", None)
        return found

    # A field's own key is always known: it is what an exact export writes.
    keys = {title_key(target): Meaning(target, 0) for target in TARGETS}
    too_common = {*map(title_key, words("too_common"))}
    in_questions = {
        key: meaning
        for key, meaning in meanings(_IN_QUESTIONS).items()
        if key not in too_common and (len(key) >= _SHORTEST_IN_QUESTION or not key.isascii())
    }
    with_or_without, codes = (
        "|".join(re.sub(r"\W+", r"[\\W_]*", each) for each in words(name))
        for name in ("with_or_without", "code")
    )
    return _Vocabulary(
        meanings=keys | meanings(_LISTS),
        in_questions=in_questions,
        bans=frozenset(
            key for key in meanings(["do_not_call"]) if len(key) >= _SHORTEST_BAN or key in ("dnc", "dnd")
        ),
        refusals=frozenset(map(title_key, words("refusals"))),
        calls=frozenset(map(title_key, words("calls"))),
        not_calls=frozenset(map(title_key, words("not_calls"))),
        consents=frozenset(key for key in meanings(["may_call"]) if len(key) >= _SHORTEST_BAN),
        no_consents=frozenset(map(title_key, words("not_may_call"))),
        strangers=frozenset(map(title_key, words("another_matter"))),
        of_the_person=frozenset(map(title_key, words("of_the_person"))),
        further=frozenset(map(title_key, words("further"))),
        code_aside=re.compile(
            rf"[\W_]*(?<![^\W_])(?:{with_or_without})[\W_]+(?:the[\W_]+)?(?:{codes})\b[\W_]*", re.IGNORECASE
        ),
    )
