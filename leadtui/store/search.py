"""Finding customers by a part of a name, city, e-mail address or number."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, case, column, func, or_, select, table, text, true

from leadtui.domain.visibility import Visibility
from leadtui.language.phone import phone_search_digits
from leadtui.language.text import search_key
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.id_arrays import ids_from, read_ids

_LINE = "\n\n"
"""Begins each line of a search text. The index knows only runs of three letters; with this mark even
one or two letters make such a run, where they begin a line."""

_END = "\n"

_lead = tables.lead.c
_index = table("lead_search", column("rowid"))

_LONGEST_FIND = 200
"""Letters of a typed text that count: nobody types more, and a pasted page must not stop the engine."""


def search_text(name: str, city: str, email: str, numbers: Iterable[str]) -> str:
    """What a customer is found by: goes to `lead.search_key`, in its only form.

    A line each for the name, its further words, the city, the e-mail address and each number in
    E.164, folded by search_key; the marks around them are this file's own affair.
    """
    lines = [search_key(name)]
    lines += [_word_key(word) for word in name.split()[1:]]
    lines += [_word_key(city), search_key(email)]
    lines += [number.removeprefix("+") for number in numbers]
    return "".join(_LINE + line for line in lines if line) + _END


# Surnames and cities come again and again in bulk.
_word_key = lru_cache(maxsize=16_384)(search_key)


@dataclass(frozen=True, slots=True)
class Find:
    """What was typed, read: for each word the phrases of which a search text must have at least one.

    Three letters and more are looked for anywhere, one or two at the beginning of a word, e-mail
    address or number. Digits that can belong to a number are looked for without country code and
    trunk zero, as phone_search_digits has it; two of them anywhere. A single digit, zeros and signs
    say too little, so they are no words: a number that is being typed never empties the list.
    """

    words: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, typed: str) -> Find:
        """Read what a person typed; every text is data, whatever it contains."""
        phrases = (_phrases(word) for word in typed[:_LONGEST_FIND].split())
        return cls(tuple(dict.fromkeys(each for each in phrases if each)))

    @property
    def empty(self) -> bool:
        """Whether it says nothing, so that everybody is found."""
        return not self.words

    def matches(self, text: str) -> bool:
        """Whether a search text has all that is looked for."""
        return all(any(phrase in text for phrase in phrases) for phrases in self.words)


def find_ids(tx: WorkspaceConnection, find: Find, limit: int | None = None) -> array[int]:
    """The ids of the leads that `find` finds, in no order; `limit` is the most that are wanted."""
    most = -1 if limit is None else limit
    if find.empty:
        found = "SELECT id AS found FROM lead WHERE workspace_id = :workspace_id"
    elif _alone(tx):
        found = "SELECT rowid AS found FROM lead_search WHERE lead_search MATCH :match"
    else:
        # The index spans all workspaces; going to each row costs ten times as much as finding it.
        found = (
            "SELECT lead.id AS found FROM lead_search JOIN lead ON lead.id = lead_search.rowid "
            "WHERE lead_search MATCH :match AND lead.workspace_id = :workspace_id"
        )
    return ids_from(
        tx.connection.exec_driver_sql(
            f"SELECT group_concat(found) FROM ({found} LIMIT :most)",
            {"workspace_id": tx.workspace_id, "match": _match(find), "most": most},
        ).scalar()
    )


def seen_ids(tx: WorkspaceConnection, find: Find, visibility: Visibility) -> array[int]:
    """As `find_ids`, but by what the person sees: not by numbers and e-mail addresses that are hidden from them."""
    if find.empty or visibility.all_numbers or not visibility.all_customers:
        return find_ids(tx, find)
    found = (
        select(_lead.id)
        .select_from(_index.join(tables.lead, _lead.id == _index.c.rowid))
        .where(
            text("lead_search MATCH :match").bindparams(match=_match(find)),
            _lead.workspace_id + 0 == tx.workspace_id,
            seen_by(find, visibility),
        )
    )
    return read_ids(tx.connection, found)


def seen_by(find: Find, visibility: Visibility) -> ColumnElement[bool]:
    """Whether a lead that `find` finds is found by what the person sees of it."""
    openly = (or_(*map(_seen_phrase, phrases)) for phrases in find.words)
    return or_(_lead.owner_id == visibility.person_id, and_(true(), *openly))


def _seen_phrase(phrase: str) -> ColumnElement[bool]:
    """Whether the phrase stands before the lines of the address and the numbers, which come after all that is seen.

    The line of the address is the one with the @; where a name has one too, too much is hidden rather than too little.
    """
    whole = _lead.search_key
    place, at = func.instr(whole, phrase), func.instr(whole, "@")
    before_address = and_(
        place.between(1, at - 1), func.instr(func.substr(whole, place + 1, at - place - 1), _LINE) > 0
    )
    first_number = func.instr(whole, _LINE + func.substr(_lead.phone, 2) + _END)
    return case(
        (_lead.email != "", before_address),
        (_lead.phone != "", place.between(1, first_number - 1)),
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
    return (_LINE[len(key) - 1 :] + key,) if len(key) <= 2 else (key,)


def _few_digits(digits: str) -> tuple[str, ...]:
    """Two digits anywhere: spelled out with every digit or end that can follow them in a number."""
    if len(digits) < 2:
        return ()
    return (_END + digits, *(digits + after for after in "0123456789" + _END))


def _match(find: Find) -> str:
    """The find as an FTS5 query: only quoted strings, so that nothing typed is taken for syntax."""
    return " AND ".join(
        "(" + " OR ".join('"' + phrase.replace('"', '""') + '"' for phrase in phrases) + ")"
        for phrases in find.words
    )


def _alone(tx: WorkspaceConnection) -> bool:
    others = "SELECT EXISTS (SELECT 1 FROM workspace WHERE id <> ?)"
    return not tx.connection.exec_driver_sql(others, (tx.workspace_id,)).scalar()
