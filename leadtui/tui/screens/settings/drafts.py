"""What is typed into a definition and not saved, and how a stored draft holds it: every part a text of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, Generic, cast

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import Field
from leadtui.domain.permission import Grant, Permission, Scope
from leadtui.domain.playbook import Playbook
from leadtui.domain.playbook_table import playbook_of, playbook_table
from leadtui.domain.playbook_writing import with_question
from leadtui.domain.proposal import Proposal, ProposalSort
from leadtui.domain.workspace import Definitions
from leadtui.presentation.playbook_words import opening_need
from leadtui.services.defining import NEED, STATUS
from leadtui.services.drafts import SETTINGS_DRAFT
from leadtui.tui.screens.settings.definition_sort import NEW, Item

_YES = "yes"
_ELEMENTS: Mapping[str, Any] = {
    "fields": Field(0, "", ""),
    "members": 0,
    "narrowed": Grant(Permission.SEE_CUSTOMERS, Scope.NONE),
}
"""What parts of several consist of that is no text."""
_APPROVES = "approves"
_VERSION = "version"


@dataclass(slots=True)
class DefinitionDraft(Generic[Item]):
    """Changes that are not saved: `before` is the definition that they began from."""

    item: Item
    before: Item
    problems: dict[str, str] = field(default_factory=dict[str, str])
    """Why it was not saved, by the key of the form field that is wrong."""
    approves: int = 0
    """The proposal that saving it approves; 0 for none."""


def draft_kind(sort: str, row_id: int) -> str:
    """The kind of the draft of one definition; `row_id` is that of a new one, too."""
    return f"{SETTINGS_DRAFT}{sort}:{row_id}"


def sort_and_id(kind: str) -> tuple[str, int]:
    """Which definition a draft of that kind is about."""
    sort, _colon, row_id = kind.removeprefix(SETTINGS_DRAFT).partition(":")
    return sort, int(row_id)


def form_draft(sort: str, row_id: int, draft: DefinitionDraft[Any]) -> FormDraft:
    """What is typed, and the definition that it began from, part by part."""
    approves = {_APPROVES: str(draft.approves)} if draft.approves else {}
    texts = {**_texts(draft.item), **approves}
    return FormDraft(draft_kind(sort, row_id), texts=texts, base=_texts(draft.before))


def definition_draft(draft: FormDraft, blank: Item) -> DefinitionDraft[Item] | None:
    """The draft that `form_draft` wrote; None where another version wrote what this one does not know."""
    try:
        approves = int(draft.texts.get(_APPROVES, "0"))
        return DefinitionDraft(_read(blank, draft.texts), _read(blank, draft.base), approves=approves)
    except (ValueError, TypeError, AttributeError, KeyError):
        return None


def proposed_draft(proposal: Proposal, definitions: Definitions) -> FormDraft | None:
    """What is proposed as it would be typed into its form; None where the status that would ask it is gone."""
    if proposal.sort is ProposalSort.QUESTION:
        return _proposed_question(proposal, definitions)
    if proposal.sort is not ProposalSort.ANSWER:
        texts = {"title": proposal.title, _APPROVES: str(proposal.id)}
        return FormDraft(draft_kind(proposal.sort.value, NEW), texts=texts)
    before = definitions.status(proposal.status_id)
    if before is None or before.retired:
        return None
    asked = Field(0, "", proposal.title, status_id=before.id)
    after = replace(before, fields=(*before.fields, asked))
    return form_draft(STATUS, before.id, DefinitionDraft(after, before, approves=proposal.id))


def _proposed_question(proposal: Proposal, definitions: Definitions) -> FormDraft | None:
    """The playbook with what is proposed as its last question; the example stands as its words."""
    known = (opening_need(definitions), *definitions.needs)
    need = next((each for each in known if each.key == proposal.need and not each.retired), None)
    if need is None:
        return None
    return form_draft(
        NEED, need.id, DefinitionDraft(with_question(need, proposal, definitions), need, approves=proposal.id)
    )


def _texts(value: Any, name: str = "") -> dict[str, str]:
    parts: dict[str, Any] = {}
    texts: dict[str, str] = {}
    if isinstance(value, Playbook):
        kept = {**playbook_table(value), _VERSION: value.version}
        texts = {name: json.dumps(kept, ensure_ascii=False)}
    elif is_dataclass(value):
        parts = {each.name: getattr(value, each.name) for each in fields(value)}
    elif isinstance(value, tuple | frozenset):
        several = (
            sorted(cast("frozenset[str]", value))
            if isinstance(value, frozenset)
            else cast("tuple[Any, ...]", value)
        )
        parts = {str(place): each for place, each in enumerate(several)}
        texts = {name: str(len(parts))}
    elif isinstance(value, bool):
        texts = {name: _YES if value else ""}
    else:
        texts = {name: "" if value is None else str(value)}
    for key, part in parts.items():
        texts |= _texts(part, _part(name, key))
    return texts


def _part(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def _read(like: Any, texts: Mapping[str, str], name: str = "") -> Any:
    """The value of that name, of the kind of `like`, which stands where the draft says nothing."""
    if isinstance(like, Playbook):
        kept: dict[str, Any] = json.loads(texts.get(name, "{}"))
        return playbook_of(kept, int(kept.get(_VERSION, 0)))
    if is_dataclass(like) and not isinstance(like, type):
        parts = {
            each.name: _read(getattr(like, each.name), texts, _part(name, each.name)) for each in fields(like)
        }
        return replace(like, **parts)
    text = texts.get(name)
    if text is None:
        return like
    match like:
        case tuple():
            return tuple(_several(_ELEMENTS.get(name, ""), texts, name))
        case frozenset():
            like_each = _ELEMENTS.get(name, Permission.SEE_CUSTOMERS)
            return frozenset(_several(like_each, texts, name))
        case StrEnum():
            return type(like)(text)
        case bool():
            return text == _YES
        case int():
            return int(text)
        case None:  # a number that may be missing: the status of a field, the lead of a team
            return int(text) if text else None
        case _:
            return text


def _several(like: Any, texts: Mapping[str, str], name: str) -> list[Any]:
    return [_read(like, texts, f"{name}.{place}") for place in range(int(texts[name]))]
