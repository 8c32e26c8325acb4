"""Finding customers by a part of a name, city, e-mail address or number."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, true

from leadtui.domain.lead_fields import CITY, PHONE
from leadtui.domain.view import custom_sort
from leadtui.domain.visibility import Visibility, asks_for_number, without_numbers
from leadtui.language.phone import phone_search_digits
from leadtui.language.text import search_key, search_keys_of_beginning
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.expressions import in_cartables_of, position

_LINE = "\n\n"
"""Begins each line of a search text. The index knows only runs of three letters; with this mark even
one or two letters make such a run, where they begin a line."""

_NOTED = "\n" + _LINE
"""Begins the last lines, which are hidden from whoever sees no numbers: what imports noted, and answers with numbers."""

_END = "\n"

NOTED_LETTERS = 1_000
"""Letters of import notes by which a customer is found: a note can be as long as a page, and the index holds each letter thrice."""

ANSWER_LETTERS = 1_000
"""Letters of each answer, in a field by which customers are found, that count."""

_lead = tables.lead.c

_SIGNED = re.compile("[!-~]*[%_][!-~]*")
"""A % or _ with the letters around it that are the same in small for every engine."""

_JUDGED_AT_ONCE = 500

_LONGEST_FIND = 200
"""Letters of a typed text that count: nobody types more, and a pasted page must not stop the engine."""


def search_text(
    name: str,
    city: str,
    email: str,
    numbers: Iterable[str],
    import_notes: Iterable[str] = (),
    answers: Iterable[str] = (),
) -> str:
    """What a customer is found by: goes to `lead.search_key`, in its only form.

    A line each for the name, its further words, the city, each of the `answers` and its further words as whoever sees no
    numbers sees them, the e-mail address and each number in E.164, folded by search_key, one for what imports noted,
    newest first, as far as NOTED_LETTERS, and those of the answers that have numbers or addresses whole; the marks
    around them are this file's own affair.
    """
    lines = [search_key(name)]
    lines += [_word_key(word) for word in name.split()[1:]]
    lines += [_word_key(city)]
    closed: list[str] = []
    for each in answers:
        answer = each[:ANSWER_LETTERS]
        openly = without_numbers(answer, " ")
        lines += _lines_of(openly)
        if openly != answer:
            closed += _lines_of(answer)
    lines += [search_key(email)]
    lines += [number.removeprefix("+") for number in numbers]
    noted = " ".join(search_key(" ".join(each.split())) for each in import_notes)[:NOTED_LETTERS]
    hidden = [each for each in (noted, *closed) if each]
    return _LINE + _LINE.join(filter(None, lines)) + (_NOTED + _LINE.join(hidden) if hidden else "") + _END


def answers_found_by(custom: Mapping[str, Any], keys: Sequence[str]) -> tuple[str, ...]:
    """Those of a customer's answers that stand in fields by which customers are found, in the order of `keys`."""
    return tuple(str(custom[key]) for key in keys if custom.get(key)) if keys else ()


def _lines_of(answer: str) -> list[str]:
    words = answer.split()
    return [search_key(" ".join(words)), *(_word_key(word) for word in words[1:])]


# Surnames and cities come again and again in bulk.
_word_key = lru_cache(maxsize=16_384)(search_key)


@dataclass(frozen=True, slots=True)
class Find:
    """What was typed, read: for each word the phrases of which a search text must have at least one.

    Three letters and more are looked for anywhere, one or two at the beginning of a word, e-mail
    address or number. Digits that can belong to a number are looked for without country code and
    trunk zero, as phone_search_digits has it; two of them anywhere. A single digit, zeros and signs
    say too little, so they are no words: a number that is being typed never empties the list.

    `spellings` are what is typed around each % and _, which search texts leave out: it stands in a name, a city or an
    e-mail address just so.
    """

    words: tuple[tuple[str, ...], ...]
    spellings: tuple[str, ...] = ()

    @classmethod
    def read(cls, typed: str) -> Find:
        """Read what a person typed; every text is data, whatever it contains."""
        words = typed[:_LONGEST_FIND].split()
        phrases = (_phrases(word) for word in words)
        runs = (run for word in words if phone_search_digits(word) is None for run in _SIGNED.findall(word))
        return cls(
            tuple(dict.fromkeys(each for each in phrases if each)),
            tuple(dict.fromkeys(run.lower() for run in runs)),
        )

    @property
    def empty(self) -> bool:
        """Whether it says nothing, so that everybody is found."""
        return not (self.words or self.spellings)

    def matches(self, text: str) -> bool:
        """Whether a search text has all the words."""
        return all(any(phrase in text for phrase in phrases) for phrases in self.words)


def find_ids(tx: WorkspaceConnection, find: Find, limit: int | None = None) -> array[int]:
    """The ids of the leads that `find` finds, in no order; `limit` is the most that are wanted."""
    return _find_ids(tx, find, [spelled_anywhere(tx, each) for each in find.spellings], limit)


def seen_ids(tx: WorkspaceConnection, find: Find, visibility: Visibility) -> array[int]:
    """As `find_ids`, but by what the person sees: not by numbers and e-mail addresses that are hidden from them."""
    if find.empty or not visibility.hides_among_seen:
        return found_unhidden(tx, find, find_ids(tx, find), visibility)
    return found_unhidden(tx, find, _find_ids(tx, find, [seen_by(tx, find, visibility)]), visibility)


def found_unhidden(
    tx: WorkspaceConnection, find: Find, ids: array[int], visibility: Visibility
) -> array[int]:
    """Those of the ids that are found by something else than what is hidden of every customer."""
    without_city = CITY in visibility.hidden
    closed = [key for key in tx.found_by if custom_sort(key) in visibility.hidden]
    reaching = PHONE in visibility.hidden
    if find.empty or not (without_city or closed or reaching):
        return ids
    open_keys = [key for key in tx.found_by if key not in closed]
    columns = (_lead.id, _lead.owner_id, _lead.name, _lead.city, _lead.email, _lead.custom, _lead.search_key)
    unhidden = array("q")
    for start in range(0, len(ids), _JUDGED_AT_ONCE):
        some = list(ids[start : start + _JUDGED_AT_ONCE])
        for row in tx.connection.execute(select(*columns).where(_lead.id.in_(some))):
            reached = visibility.can_see_numbers(row.owner_id)
            city, email = "" if without_city else row.city, row.email if reached else ""
            answers = answers_found_by(row.custom, open_keys)
            if reached:
                hidden = [_word_key(row.city)] if without_city else []
                hidden += _answer_lines(answers_found_by(row.custom, closed))
                text = _without_lines(row.search_key, hidden)
            else:
                answers = tuple(without_numbers(each, " ") for each in answers)
                text = search_text(row.name, city, "", (), (), answers)
            spelled = [each.lower() for each in (row.name, city, email, *answers)]
            if _is_found(find, text, spelled, by_numbers=reached):
                unhidden.append(row.id)
    return unhidden


def _answer_lines(answers: Iterable[str]) -> list[str]:
    """The lines that a search text has for answers, wherever in it they stand."""
    lines: list[str] = []
    for each in answers:
        answer = each[:ANSWER_LETTERS]
        openly = without_numbers(answer, " ")
        lines += _lines_of(openly) if openly == answer else (*_lines_of(openly), *_lines_of(answer))
    return lines


def _without_lines(text: str, lines: Iterable[str]) -> str:
    """The search text without one line that reads so for each; that of the name, which is the first, stays."""
    first, *rest = text.removeprefix(_LINE).removesuffix(_END).split(_LINE)
    for line in filter(None, lines):
        place = next((at for at, each in enumerate(rest) if each.strip(_END) == line), None)
        if place is not None:
            del rest[place]
    return _LINE + _LINE.join((first, *rest)) + _END


def _is_found(find: Find, text: str, spelled: Sequence[str], *, by_numbers: bool) -> bool:
    def stands(phrase: str) -> bool:
        return phrase in text and (by_numbers or not asks_for_number(phrase))

    found = all(any(map(stands, phrases)) for phrases in find.words)
    return found and all(any(run in each for each in spelled) for run in find.spellings)


def find_by_name(
    tx: WorkspaceConnection, names: Iterable[str], limit: int, visibility: Visibility | None = None
) -> list[int]:
    """The ids of leads that are seen whose whole name has one of these search keys: `limit` at most, oldest first."""
    begins = tuple(f"{_LINE}{key}{_END}" for key in names if key)
    if not begins:
        return []
    named = or_(*(func.substr(_lead.search_key, 1, len(each)) == each for each in begins))
    if visibility is not None:
        named = and_(named, in_cartables_of(_lead.owner_id, visibility.customers))
    return sorted(
        tx.backend.search_ids(tx.connection, tx.workspace_id, Find((begins,)), limit=limit, also=named)
    )


def _find_ids(
    tx: WorkspaceConnection, find: Find, conditions: Sequence[ColumnElement[bool]], limit: int | None = None
) -> array[int]:
    if find.words:
        also = and_(*conditions) if conditions else None
        return tx.backend.search_ids(tx.connection, tx.workspace_id, find, limit=limit, also=also)
    fitting = select(_lead.id).where(_lead.workspace_id == tx.workspace_id, *conditions).limit(limit)
    return tx.backend.read_ids(tx.connection, fitting)


def spelled_anywhere(tx: WorkspaceConnection, run: str) -> ColumnElement[bool]:
    """Whether a run of `Find.spellings` stands in anything by which a lead is found."""
    answers = [_lead.custom[key].as_string() for key in tx.found_by]
    return _spelled(run, (_lead.name, _lead.city, _lead.email, *answers))


def _spelled(run: str, columns: Sequence[ColumnElement[str]]) -> ColumnElement[bool]:
    return or_(*(position(func.lower(each), run) > 0 for each in columns))


def seen_by(tx: WorkspaceConnection, find: Find, visibility: Visibility) -> ColumnElement[bool]:
    """Whether a lead that `find` finds is found by what the person sees of it.

    By signs in an answer only those are whose numbers are seen: an answer may hold a number or an address beside them.
    """
    openly = [or_(*map(_seen_phrase, phrases)) for phrases in find.words]
    openly += [_spelled(each, (_lead.name, _lead.city)) for each in find.spellings]
    own = [spelled_anywhere(tx, each) for each in find.spellings]
    return or_(and_(in_cartables_of(_lead.owner_id, visibility.reached), *own), and_(true(), *openly))


def _seen_phrase(phrase: str) -> ColumnElement[bool]:
    """Whether the phrase stands before the lines of the address, the numbers and what comes after them, behind all that is seen.

    What may be part of a number is not looked for at all: a name may hold one, too. The line of the address is the one
    with the @; where a name has one too, too much is hidden rather than too little.
    """
    if asks_for_number(phrase):
        return false()
    whole = _lead.search_key
    place, at, noted = position(whole, phrase), position(whole, "@"), position(whole, _NOTED)
    # By cases, for a text of less than no length is an error in some engines.
    before_address = case(
        (place.between(1, at - 1), position(func.substr(whole, place + 1, at - place - 1), _LINE) > 0),
        else_=false(),
    )
    first_number = position(whole, literal(_LINE).concat(func.substr(_lead.phone, 2)).concat(_END))
    return case(
        (_lead.email != "", before_address),
        (_lead.phone != "", place.between(1, first_number - 1)),
        (noted > 0, place.between(1, noted - 1)),
        else_=place > 0,
    )


def _phrases(word: str) -> tuple[str, ...]:
    key = search_key(word)
    digits = phone_search_digits(word)
    if digits is not None:
        return (digits,) if digits in key else (digits, key)
    few = key.lstrip("+0")
    if not few or (len(few) <= 2 and few.isascii() and few.isdigit()):
        return _few_digits(few)
    return tuple(
        _LINE[len(each) - 1 :] + each if len(each) <= 2 else each for each in search_keys_of_beginning(word)
    )


def _few_digits(digits: str) -> tuple[str, ...]:
    """Two digits anywhere: spelled out with every digit or end that can follow them in a number."""
    if len(digits) < 2:
        return ()
    return (_END + digits, *(digits + after for after in "0123456789" + _END))
