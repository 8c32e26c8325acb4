"""Drafts as a row holds them: nothing is lost on the way there and back, and what the first release wrote is read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.draft import FormDraft, content_of, draft_of

NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
TEXTS = st.dictionaries(
    st.text(max_size=12)
    | st.sampled_from(["leads", "left", "focus", "at", "kept_at", "text.x", "was.x", "mine.x"]),
    st.text(max_size=12),
    max_size=5,
)


@given(
    texts=TEXTS,
    base=TEXTS,
    focus=st.text(max_size=12),
    others=st.lists(st.integers(1, 10**12), max_size=5),
    left=st.booleans(),
    lead_id=st.none() | st.integers(1, 10**12),
)
def test_a_row_gives_back_what_was_kept(
    texts: dict[str, str],
    base: dict[str, str],
    focus: str,
    others: list[int],
    left: bool,
    lead_id: int | None,
) -> None:
    draft = FormDraft("any", lead_id, texts, base, focus, tuple(others), left, NOW)
    assert draft_of("any", lead_id, content_of(draft), NOW) == draft


@pytest.mark.parametrize(
    ("kind", "content", "draft"),
    [
        ("note", {"note": "half"}, FormDraft("note", 7, {"note": "half"})),
        (
            "status",
            {"status": "3", "answer.date.date": "sat", "at": "note", "kept_at": "2024-09-28T07:12:00+00:00"},
            FormDraft("status", 7, {"status": "3", "answer.date.date": "sat"}, focus="note"),
        ),
        (
            "customer",
            {"typed.name": "Mina", "was.name": "Mi", "kept_at": "2024-09-28T07:12:00+00:00"},
            FormDraft("customer", 7, {"name": "Mina"}, {"name": "Mi"}),
        ),
        (
            "call",
            {"number": "+12125550101", "since": "2024-09-28T07:12:00+00:00", "left": "yes"},
            FormDraft(
                "call", 7, {"number": "+12125550101", "since": "2024-09-28T07:12:00+00:00"}, left=True
            ),
        ),
        (
            "merge",
            {"leads": "9", "stays.name": "lost", "stays.status": "kept"},
            FormDraft("merge", 7, {"name": "lost", "status": "kept"}, other_lead_ids=(9,)),
        ),
        (
            "assign",
            {"to": "2", "note": "speaks German", "leads": "7 8"},
            FormDraft("assign", 7, {"to": "2", "note": "speaks German"}, other_lead_ids=(7, 8)),
        ),
        (
            "settings:need:1",
            {"mine.title": "a job", "mine.retired": "", "before.title": "job", "before.retired": ""},
            FormDraft(
                "settings:need:1", 7, {"title": "a job", "retired": ""}, {"title": "job", "retired": ""}
            ),
        ),
        ("view", {"title": "Tehran", "shared": "yes", "view": ""},
         FormDraft("view", 7, {"title": "Tehran", "shared": "yes", "view": ""})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_the_first_release_wrote_is_read(kind: str, content: dict[str, str], draft: FormDraft) -> None:
    read = draft_of(kind, 7, content, NOW)
    assert read is not None
    assert read.says_the_same(draft)
    assert (read.focus, read.left, read.saved_at) == (draft.focus, draft.left, NOW)
