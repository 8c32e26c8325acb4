"""Measures finding while one types, key by key, beside a count of what LIKE finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from leadtui.domain.view import LeadFilter, View
from leadtui.language.text import search_key
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session

from .acts import Act, Costs, call, in_turn
from .ground import SUPERVISOR
from .lists import plain_connection

TYPED = {
    "Persian": ("محمدی", "زهرا احم", "تهران"),
    "Latin": ("reza", "zoe.12", "london"),
    "digits": ("09121234", "۰۹۱۲", "4567"),
}
"""What is typed into the find line, one key after the other."""

NEW = LeadFilter(without_status=True)
WAYS = {
    "": View(),
    ", by name": View("name", descending=False),
    ", among new": View(filter=NEW),
}
"""In what one finds: all customers as they come in, by name, and those whom nobody has worked."""


def costs(store: Path, times: int) -> Costs:
    """What each key takes."""
    taken: Costs = {}
    with closing(Session.open(store, SUPERVISOR)) as session, closing(plain_connection(store)) as plain:
        customers = LeadList(session)
        for way, view in WAYS.items():
            customers.order(View(view.sort, view.descending))
            customers.order(View(view.sort, view.descending, filter=view.filter))
            for _time in range(times):
                for script, words in TYPED.items():
                    for typed in _keys(words):
                        acts = _of_key(customers, plain, f"{script}{way}", view, typed)
                        for name, costs_of_key in in_turn(acts, 1).items():
                            taken.setdefault(name, []).extend(costs_of_key)
    return taken


def _keys(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        yield from (word[:length] for length in range(1, len(word) + 1))


def _of_key(customers: LeadList, plain: Any, name: str, view: View, typed: str) -> list[Act]:
    found = View(view.sort, view.descending, view.filter, typed)
    like = f"%{search_key(typed)}%"

    def count() -> object:
        return plain.execute(
            "SELECT count(*) FROM lead WHERE workspace_id = 1 AND search_key LIKE ?", (like,)
        ).fetchone()

    return [
        call(f"find {name}", lambda: len(customers.order(found))),
        call(f"count(*) … LIKE {name}", count),
    ]
