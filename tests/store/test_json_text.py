"""What the JSON columns keep reads back as it was, whatever it holds, and erasing knows how it looks there."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.store.column_types import forms_in_json, json_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_any_text_can_be_kept_and_reads_back(text: str) -> None:
    kept = json_text({"a": [text]})
    assert json.loads(kept.encode()) == {"a": [text]}


@given(ANY_TEXT)
def test_a_text_is_looked_for_in_each_way_in_which_it_may_be_kept(text: str) -> None:
    written_before = json.dumps({"a": text})
    assert any(form in json_text({"a": text}) for form in forms_in_json(text))
    assert any(form in written_before for form in forms_in_json(text))


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"شهر": "تهران"}, '{"شهر":"تهران"}'),
        (MappingProxyType({"a": 1}), '{"a":1}'),
        ({"a": "\ud800"}, r'{"a":"\ud800"}'),
        (None, "null"),
    ],
)
def test_as_it_is_kept(value: object, kept: str) -> None:
    assert json_text(value) == kept
