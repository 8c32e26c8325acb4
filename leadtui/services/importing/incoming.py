"""What one row of a file says about a person, cleaned, or why it says nothing of use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from leadtui.domain.field import AnswerValue
from leadtui.domain.importing import Outcome
from leadtui.domain.lead import LeadNumber
from leadtui.language.translate import _


class Reason(StrEnum):
    """Why a row made nobody a customer."""

    NO_CONTACT = "no-contact"
    UNUSABLE_CONTACT = "unusable-contact"
    TEST_ROW = "test-row"
    UNKNOWN_NUMBER = "unknown-number"
    WITHHELD_NUMBER = "withheld-number"
    INTERNAL_CALL = "internal-call"

    @property
    def outcome(self) -> Outcome:
        """A row that might be mended is rejected; one that is no customer's is skipped."""
        mendable = self in (Reason.NO_CONTACT, Reason.UNUSABLE_CONTACT)
        return Outcome.REJECTED if mendable else Outcome.SKIPPED

    def words(self) -> str:
        """The reason as a report says it of many rows."""
        return {
            Reason.NO_CONTACT: _("no phone number and no e-mail address"),
            Reason.UNUSABLE_CONTACT: _("no usable phone number or e-mail address"),
            Reason.TEST_ROW: _("a test row of the advertising platform"),
            Reason.UNKNOWN_NUMBER: _("an outgoing call to a number that no customer has"),
            Reason.WITHHELD_NUMBER: _("an incoming call with its number withheld"),
            Reason.INTERNAL_CALL: _("a call between two extensions"),
        }[self]


class Call(NamedTuple):
    """A call that a telephone log tells of."""

    unique_id: str
    """The exchange's own name of the call; "" where it has none."""
    answered: bool
    seconds: int
    """How long the two talked."""


# Named tuples, not dataclasses: a million are made, and each costs a third of one.
class Incoming(NamedTuple):
    """A person, as one row tells of them: cleaned text, numbers in E.164, at least one number or an e-mail address.

    `entered_at` is aware UTC; None where the row tells no moment. `channel` and `need` are as written.
    `note` holds what the row notes, and whatever it says that has no other place.
    """

    line: int
    numbers: tuple[LeadNumber, ...]
    email: str = ""
    name: str = ""
    city: str = ""
    grade: str = ""
    major: str = ""
    referrer: str = ""
    entered_at: datetime | None = None
    channel: str = ""
    need: str = ""
    custom: Mapping[str, AnswerValue] = MappingProxyType({})
    note: str = ""
    call: Call | None = None

    @property
    def identity(self) -> str:
        """What the row knows the person by: its numbers in any order, else the e-mail address."""
        if len(self.numbers) == 1:
            return self.numbers[0].e164
        return " ".join(sorted(number.e164 for number in self.numbers)) or self.email


class Refusal(NamedTuple):
    """A row of which no customer is made."""

    line: int
    reason: Reason
    sentence: str
    """The reason as it is said of this row."""
    cells: tuple[str, ...]
