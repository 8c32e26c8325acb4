"""What has been typed into the status dialog, whatever it means: it becomes a draft, and comes back from one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import Field
from leadtui.domain.status import Status

OWNER = "owner"
REMIND = "remind"
PROMISED = "promised"
NOTE = "note"
"""The form keys of what is no field of a status. `owner` is an e-mail address once somebody is chosen."""

YES = "yes"
"""What is typed under `PROMISED` where the time was promised to the customer."""

_STATUS = "status"
_ANSWER = "answer."


def answer_key(asked: Field) -> str:
    """The form key of a status's field. Fields of one key and kind share what is typed when the status changes."""
    return f"{_ANSWER}{asked.kind.value}.{asked.key}"


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """What is typed, by form key, and for which status; `at` is the form key that the cursor stands in."""

    status_id: int | None = None
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    at: str = ""

    def text(self, key: str) -> str:
        """What is typed under a form key."""
        return self.typed.get(key, "")

    def with_text(self, key: str, text: str) -> StatusEntry:
        """The same with another text under `key`."""
        return replace(self, typed={**self.typed, key: text})

    def answers(self, status: Status) -> dict[str, str]:
        """What is typed into the fields of `status`, by field key; blank ones are left out."""
        typed = {each.key: self.text(answer_key(each)) for each in status.open_fields}
        return {key: text for key, text in typed.items() if text.strip()}

    @property
    def blank(self) -> bool:
        """Whether there is nothing that would be missed."""
        return not any(text.strip() for text in self.typed.values())

    def to_draft(self, about: FormDraft, now: datetime) -> FormDraft:
        """The entry as the draft of `now`, an aware moment; blank where nothing would be missed."""
        texts = {key: text for key, text in self.typed.items() if text.strip()}
        if texts and self.status_id is not None:
            texts[_STATUS] = str(self.status_id)
        return replace(about, texts=texts, focus=self.at if texts else "", saved_at=now.astimezone(UTC))


def entry_of(draft: FormDraft) -> StatusEntry:
    """The entry that a draft holds; what the draft holds beyond that is left out."""
    status = draft.texts.get(_STATUS, "")
    return StatusEntry(
        status_id=int(status) if status.isdecimal() else None,
        typed={
            key: text
            for key, text in draft.texts.items()
            if key in (OWNER, REMIND, PROMISED, NOTE) or key.startswith(_ANSWER)
        },
        at=draft.focus,
    )
