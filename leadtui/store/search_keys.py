"""What leads are found, sorted and grouped by, as it follows from their rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Any, TypeAlias
from typing import cast as as_type

from sqlalchemy import BindParameter, Column, ColumnElement, Text, bindparam, cast, select, update

from leadtui.domain.lead import ActivityKind
from leadtui.language.collation import sort_key
from leadtui.language.text import search_key
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.expressions import scanned
from leadtui.store.search import answers_found_by, search_text

_lead, _number, _entry = tables.lead.c, tables.lead_number.c, tables.activity.c

Those: TypeAlias = Callable[[Column[int]], ColumnElement[bool]]
"""Which leads: a condition for the column that holds their ids."""

SORTED = ("name", "city")
"""The columns whose sort keys stand beside them."""

DERIVED = (*(f"{name}_sort" for name in SORTED), "city_key", "search_key")
"""The columns that follow from others."""

_AT_ONCE = 500
_SORTED_AT_ONCE = 20_000
FEW_FOUND_ANEW = 50
"""So many in one transaction are overwritten in the search index one by one sooner than all of the index is written anew."""

# Cities and first names come again and again.
_sort_key = lru_cache(maxsize=16_384)(sort_key)
_city_key = lru_cache(maxsize=16_384)(search_key)


def word_keys(words: Mapping[str, str], language: str) -> dict[str, str]:
    """The columns by which leads are sorted and grouped, as they follow from those columns that are among `words`."""
    keys = {f"{name}_sort": _sort_key(words[name], language) for name in SORTED if name in words}
    return keys | {"city_key": _city_key(words["city"])} if "city" in words else keys


def keys(tx: WorkspaceConnection, those: Those) -> dict[int, dict[str, str]]:
    """The columns by which each of these leads should be found, sorted and grouped."""
    notes = _notes(tx, those)
    numbers: dict[int, list[str]] = {}
    for lead_id, e164 in tx.connection.execute(
        select(_number.lead_id, _number.e164)
        .where(_number.workspace_id == tx.workspace_id, those(_number.lead_id))
        .order_by(_number.lead_id, _number.position, _number.id)
    ):
        numbers.setdefault(lead_id, []).append(e164)
    # Reading the answers of everybody takes as long as all else; where nobody is found by one, they are left alone.
    answers = _answers(tx, those) if tx.found_by else {}
    leads = tx.connection.execute(
        select(_lead.id, _lead.name, _lead.city, _lead.email).where(
            _lead.workspace_id == tx.workspace_id, those(_lead.id)
        )
    )
    return {
        lead_id: {
            **word_keys({"name": name, "city": city}, tx.language),
            "search_key": search_text(
                *(name, city, email, numbers.get(lead_id, ()), notes.get(lead_id, ())),
                answers.get(lead_id, ()),
            ),
        }
        for lead_id, name, city, email in leads
    }


def _answers(tx: WorkspaceConnection, those: Those) -> dict[int, tuple[str, ...]]:
    given = select(_lead.id, _lead.custom).where(_lead.workspace_id == tx.workspace_id, those(_lead.id))
    return {
        lead_id: answers_found_by(custom, tx.found_by) for lead_id, custom in tx.connection.execute(given)
    }


def refresh(tx: WorkspaceConnection, lead_ids: Collection[int]) -> None:
    """Write what these leads are found, sorted and grouped by anew."""
    wanted = sorted(set(lead_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for lead_id, written in keys(tx, lambda column, some=some: column.in_(some)).items():
            # The trigger of the index asks by itself whether anything is another.
            here = update(tables.lead).where(_lead.workspace_id == tx.workspace_id, _lead.id == lead_id)
            tx.connection.execute(here.values(written))


def find_anew(tx: WorkspaceConnection, after: int, limit: int) -> tuple[int, int]:
    """Write what the next `limit` leads after that id are found by anew; the id of the last of them, and how many they were."""
    present = dict(
        tx.connection.execute(
            select(_lead.id, _lead.search_key)
            .where(_lead.workspace_id == tx.workspace_id, _lead.id > after)
            .order_by(_lead.id)
            .limit(limit)
        ).all()
    )
    if not present:
        return after, 0
    last = max(present)
    right = keys(tx, lambda column: column.between(after + 1, last))
    rows = [
        {"of_id": one, "new_key": text}
        for one, derived in right.items()
        if (text := derived["search_key"]) != present[one]
    ]
    if len(rows) > FEW_FOUND_ANEW:
        tx.backend.only_mark_in_search(tx.connection)
    if rows:
        write = update(tables.lead).where(_lead.id == bindparam("of_id"))
        tx.connection.execute(write.values(search_key=bindparam("new_key")), rows)
    return last, len(present)


def sort_anew(tx: WorkspaceConnection) -> None:
    """Write what all leads of the workspace are sorted and grouped by anew, for its language is another or its order is.

    A second for every 60,000 of them; where it is interrupted, the transaction leaves everything as it was.
    """
    given: dict[str, BindParameter[str]] = {name: bindparam(f"new_{name}") for name in DERIVED[:-1]}
    write = update(tables.lead).where(_lead.id == bindparam("of_id")).values(given)
    leads = select(_lead.id, *(_lead[name] for name in SORTED)).order_by(_lead.id).limit(_SORTED_AT_ONCE)
    last = 0
    while some := tx.connection.execute(
        leads.where(scanned(_lead.workspace_id) == tx.workspace_id, _lead.id > last)
    ).all():
        last = some[-1].id
        rows = [
            {"of_id": one}
            | {
                f"new_{name}": key
                for name, key in word_keys(dict(zip(SORTED, words, strict=True)), tx.language).items()
            }
            for one, *words in some
        ]
        tx.connection.execute(write, rows)


def import_notes(tx: WorkspaceConnection, lead_ids: Collection[int]) -> dict[int, list[str]]:
    """What imports noted about these leads, the newest first."""
    wanted = sorted(set(lead_ids))
    found: dict[int, list[str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found |= _notes(tx, lambda column, some=some: column.in_(some))
    return found


def noted_by_imports(tx: WorkspaceConnection) -> set[int]:
    """The leads about which an import noted anything. Reads all notes."""
    return set(_notes(tx, lambda _column: _entry.lead_id.is_not(None)))


def _notes(tx: WorkspaceConnection, those: Those) -> dict[int, list[str]]:
    # Read as text: a detail that is damaged says nothing here, and is told as what it is by who looks for damage.
    detail = cast(_entry.detail, Text)
    rows = tx.connection.execute(
        select(_entry.lead_id, detail)
        .where(
            _entry.workspace_id == tx.workspace_id,
            those(_entry.lead_id),
            _entry.kind == ActivityKind.NOTE.value,
            detail.contains('"source"'),
        )
        .order_by(_entry.id.desc())
    )
    found: dict[int, list[str]] = {}
    for lead_id, kept in rows:
        said = _read(kept)
        if said.get("source") and said.get("text"):
            found.setdefault(lead_id, []).append(str(said["text"]))
    return found


def _read(kept: str) -> dict[str, Any]:
    try:
        said = json.loads(kept)
    except (ValueError, TypeError, RecursionError):
        return {}
    return as_type("dict[str, Any]", said) if isinstance(said, dict) else {}
