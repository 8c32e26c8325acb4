"""Whatever stands where a person's own things or the definitions are kept, the desk opens, or a sentence says what to do."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from session_making import add_lead, make_session

from leadtui.domain.draft import FormDraft
from leadtui.domain.view import Arrangement
from leadtui.errors import StoreError
from leadtui.services.desk_states import DeskState, load_state, put_aside, save_state
from leadtui.services.drafts import find_draft, open_drafts, save_draft
from leadtui.services.erasing import erase
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.services.views import list_views, save_view
from leadtui.store.sqlite.driver import sqlite_driver

DEEP = "[" * 100_000 + "]" * 100_000

HOSTILE = {
    "no json": "{",
    "nothing": "",
    "null": "null",
    "a number": "7",
    "a list": "[1, 2]",
    "a text": json.dumps("Zoe Quix"),
    "deep": DEEP,
    "half a letter": '"\\ud800"',
    "numbers for texts": json.dumps(
        {"text.note": 5, "leads": [1], "sort": 1, "filter": 7, "columns": {"a": 1}, "left": None}
    ),
    "lists for ids": json.dumps(
        {
            "filter": {
                "status_ids": [[1], {}, 10**30, True, "x"],
                "fields": [1, {"key": []}],
                "grades": [[]],
            },
            "leads": "x ٣ -1 1.5",
        }
    ),
    "moments beyond the years": json.dumps(
        {
            "filter": {"entered_from": 10**30, "entered_to": -(10**30), "next_from": True},
            "lead_id": 10**30,
            "part": {},
        }
    ),
    "nested arrangement": json.dumps(
        {"arrangement": {"columns": [[1], ["name", True, 10**9], "x"], "filter": [1]}, "view_id": "1"}
    ),
}


@pytest.fixture
def session(tmp_path: Path) -> Generator[Session]:
    session = make_session(tmp_path)
    lead = add_lead(session, "Zoe Quix", "+1 212 555 0101", mine=True)
    save_draft(session, FormDraft("note", lead.id, {"note": "half a"}))
    save_view(session, "Hot", Arrangement())
    save_state(session, DeskState())
    yield session
    session.close()


def put(session: Session, statement: str, *values: str) -> None:
    raw = sqlite_driver().connect(str(session.store.path), isolation_level=None)
    raw.execute(statement, values)
    raw.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_the_desk_opens_whatever_people_had_kept(session: Session, name: str) -> None:
    for table in ("saved_view", "desk_state", "draft"):
        put(session, f"UPDATE {table} SET content = ?", HOSTILE[name])
    assert load_state(session).lead_id is None
    (view,) = list_views(session)
    assert view.title == "Hot"
    assert LeadList(session).count() == 1
    open_drafts(session)
    find_draft(session, "note", 1)
    said = put_aside(session)
    is_kept = isinstance(_read(HOSTILE[name]), dict)
    assert len(said) == (0 if is_kept else 2)
    assert is_kept or ("“Hot”" in said[0] and "1 draft" in said[1])
    # They go on working: what is kept anew takes the place of what cannot be read, and an erasing leaves nothing.
    save_state(session, DeskState(zoomed=True))
    assert load_state(session).zoomed
    save_draft(session, FormDraft("note", 1, {"note": "anew"}))
    draft = find_draft(session, "note", 1)
    assert draft is not None
    assert draft.texts == {"note": "anew"}
    assert erase(session, 1, "asked for it", "Zoe Quix").complete
    assert b"Zoe Quix" not in session.store.path.read_bytes()


def _read(kept: str) -> object:
    try:
        return json.loads(kept)
    except (ValueError, RecursionError):
        return None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE status SET kind = 'unheard of'",
        "UPDATE status SET cartable = ''",
        "UPDATE field SET kind = 'colour'",
        "UPDATE field SET options = '7'",
        "UPDATE profile SET permissions = '7'",
        "UPDATE profile SET permissions = '{'",
        "UPDATE workspace SET calendar = 'mayan'",
    ],
)
def test_definitions_that_cannot_be_read_are_a_damaged_store(session: Session, statement: str) -> None:
    put(session, statement)
    with pytest.raises(StoreError, match="leadtui doctor"):
        Session.open(session.store.path, session.actor.email)
