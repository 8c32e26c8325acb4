"""Names that are spelled nearly as what was typed: for a find that finds nobody."""

from __future__ import annotations

from difflib import get_close_matches

from leadtui.domain.visibility import Visibility
from leadtui.language.text import search_key
from leadtui.store import leads
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.search import Find, seen_ids

_RUN = 3
"""The index knows runs of so many letters."""

_LOOKED_AT = 1_000
"""So many customers are looked at for each way in which a word can begin or end alike."""

_LIKENESS = 0.7

MOST = 3
"""So many are offered."""


def near_names(tx: WorkspaceConnection, typed: str, visibility: Visibility) -> list[str]:
    """What can be typed instead, the nearest first: the first word that finds nobody by itself, as names nearly have it.

    Only names of customers whom a person with that visibility sees are offered.
    """
    words = typed.split()
    for place, word in enumerate(words):
        if len(seen_ids(tx, Find.read(word), visibility)):
            continue
        near = _near_words(tx, search_key(word), visibility)
        return [" ".join((*words[:place], each, *words[place + 1 :])) for each in near]
    return []


def _near_words(tx: WorkspaceConnection, key: str, visibility: Visibility) -> list[str]:
    runs = [key[at : at + _RUN] for at in range(len(key) - _RUN + 1)]
    if len(runs) < 2 or not key.isalpha():
        return []
    first, last = (runs[0],), (runs[-1],)
    # What shares two runs is nearer; a slip in the middle of a short word leaves one alone.
    for ways in (((first, tuple(runs[1:])), (last, tuple(runs[:-1]))), ((first,), (last,))):
        written: dict[str, str] = {}
        for phrases in ways:
            found = seen_ids(tx, Find(phrases), visibility)[:_LOOKED_AT]
            for lead in leads.rows(tx, found, visibility).values():
                for word in lead.name.split():
                    written.setdefault(search_key(word), word)
        if near := get_close_matches(key, written, MOST, _LIKENESS):
            return [written[each] for each in near]
    return []
