"""What is typed into a form and not saved, and how a row of the store holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

LEADS = "leads"
"""The key under which a row names other leads than its own, by ids with blanks between."""

_FOCUS, _LEFT = "focus", "left"
_TEXT, _BASE = "text.", "base."

_EARLIER_FOCUS, _EARLIER_TIME = "at", "kept_at"
_EARLIER_TEXTS = ("typed.", "mine.", "stays.")
_EARLIER_BASES = ("was.", "before.")
"""How release 0.1.0 named what the forms of leads, definitions and merges hold; other texts had no name before them."""


@dataclass(frozen=True, slots=True)
class FormDraft:
    """One person's form of a `kind`: about one lead, about several, or about none that is there yet."""

    kind: str
    lead_id: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is typed and chosen, by the keys of the form."""
    base: Mapping[str, str] = field(default_factory=dict[str, str])
    """What stood there as the person began, where the form has to know it."""
    focus: str = ""
    """The key that the cursor was in."""
    other_lead_ids: tuple[int, ...] = ()
    """The leads beside `lead_id` that it is about."""
    left: bool = False
    """Whether the person left the form by themselves."""
    saved_at: datetime | None = None
    """When it was kept, aware UTC; None where it is not."""

    @property
    def blank(self) -> bool:
        """Whether nothing is typed in it: a form gives no texts where none of them would be missed."""
        return not self.texts

    def says_the_same(self, other: FormDraft) -> bool:
        """Whether nothing that is typed would be missed if one stood for the other."""
        return (self.texts, self.base, self.other_lead_ids) == (
            other.texts,
            other.base,
            other.other_lead_ids,
        )


def content_of(draft: FormDraft) -> dict[str, str]:
    """What a row holds of a draft beside its kind, its lead and its time."""
    content = {_TEXT + key: text for key, text in draft.texts.items()}
    content |= {_BASE + key: text for key, text in draft.base.items()}
    if draft.focus:
        content[_FOCUS] = draft.focus
    if draft.other_lead_ids:
        content[LEADS] = " ".join(map(str, draft.other_lead_ids))
    if draft.left:
        content[_LEFT] = "yes"
    return content


def draft_of(kind: str, lead_id: int | None, kept: object, saved_at: datetime) -> FormDraft | None:
    """The draft that a row holds, in the form of `content_of` or in that of release 0.1.0; None where it is neither."""
    content = _texts(kept)
    if content is None:
        return None
    texts: dict[str, str] = {}
    base: dict[str, str] = {}
    for key, text in content.items():
        if (name := _without(key, (_TEXT, *_EARLIER_TEXTS))) is not None:
            texts[name] = text
        elif (name := _without(key, (_BASE, *_EARLIER_BASES))) is not None:
            base[name] = text
        elif key not in (LEADS, _FOCUS, _LEFT, _EARLIER_FOCUS, _EARLIER_TIME):
            texts[key] = text
    focus = content.get(_FOCUS, content.get(_EARLIER_FOCUS, ""))
    return FormDraft(kind, lead_id, texts, base, focus, lead_ids_in(content), _LEFT in content, saved_at)


def lead_ids_in(kept: object) -> tuple[int, ...]:
    """The other leads that what a row holds names."""
    ids = (_texts(kept) or {}).get(LEADS, "").split()
    return tuple(int(each) for each in ids if each.isascii() and each.isdigit())


def _texts(kept: object) -> dict[str, str] | None:
    """What a row holds, where it is texts by key."""
    if not isinstance(kept, dict):
        return None
    texts = cast("dict[object, object]", kept)
    return {key: text for key, text in texts.items() if isinstance(key, str) and isinstance(text, str)}


def _without(key: str, prefixes: tuple[str, ...]) -> str | None:
    return next((key.removeprefix(each) for each in prefixes if key.startswith(each)), None)
