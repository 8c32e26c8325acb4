"""A lead on its way from the row of a file into the store, or why a row says nothing of use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from leadtui.domain.distribution import Distributor
from leadtui.domain.field import AnswerValue
from leadtui.domain.importing import Outcome
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead, LeadNumber
from leadtui.domain.lead_fields import EMAIL, PHONE, PHONE_OTHER, import_fields
from leadtui.domain.status import Status
from leadtui.domain.visibility import Owners
from leadtui.language.text import clean, ellipsize
from leadtui.language.translate import format_list, pgettext, quoted
from leadtui.services.importing.cell_fates import Noted, Why
from leadtui.services.importing.sheet import Sheet


class Reason(StrEnum):
    """Why a row made nobody a customer."""

    DAMAGED = "damaged"
    NO_CONTACT = "no-contact"
    UNUSABLE_CONTACT = "unusable-contact"
    TEST_ROW = "test-row"
    UNKNOWN_NUMBER = "unknown-number"
    WITHHELD_NUMBER = "withheld-number"
    INTERNAL_CALL = "internal-call"

    @property
    def outcome(self) -> Outcome:
        """A row that might be mended is rejected; one that is no customer's is skipped."""
        mendable = self in (Reason.DAMAGED, Reason.NO_CONTACT, Reason.UNUSABLE_CONTACT)
        return Outcome.REJECTED if mendable else Outcome.SKIPPED

    def words(self) -> str:
        """The reason as a report says it of many rows."""
        return {
            Reason.DAMAGED: pgettext("reason", "a damaged row"),
            Reason.NO_CONTACT: pgettext("reason", "no phone number and no e-mail address"),
            Reason.UNUSABLE_CONTACT: pgettext("reason", "no usable phone number or e-mail address"),
            Reason.TEST_ROW: pgettext("reason", "a test row of the advertising platform"),
            Reason.UNKNOWN_NUMBER: pgettext("reason", "an outgoing call to a number that no customer has"),
            Reason.WITHHELD_NUMBER: pgettext("reason", "an incoming call with its number withheld"),
            Reason.INTERNAL_CALL: pgettext("reason", "a call between two extensions"),
        }[self]


class Call(NamedTuple):
    """A call that a telephone log tells of."""

    unique_id: str
    """The exchange's own name of the call; "" where it has none."""
    answered: bool
    seconds: int
    """How long the two talked."""


class Standing(NamedTuple):
    """Where a row puts a customer; None and False for what it does not say. `remind_at` is aware UTC."""

    owner_id: int | None = None
    status: Status | None = None
    remind_at: datetime | None = None
    do_not_call: bool = False
    distributor: Distributor | None = None
    """What gives somebody new to a colleague where `owner_id` is None."""
    may_take_over: bool = True
    """Whether the person who imports may come to have a customer whose numbers they do not see."""
    followed: Owners = None
    reminded: Owners = None
    """Those for whose customers the person who imports may set a status, and a reminder."""


class ImportedEntry(NamedTuple):
    """An entry of a lead's timeline. `at` is aware UTC."""

    kind: ActivityKind
    at: datetime
    detail: ActivityDetail
    source_key: str | None
    by_exchange: bool = False
    """Whether the telephone exchange noted it, not the person who imports."""


@dataclass(slots=True, eq=False)
class ImportedLead:
    """A lead on its way from the row of a file into the store.

    Cleaned, it says what its row says: numbers in E.164, at least one number or an e-mail address, `channel` and
    `need` as written. Whoever is new goes on as the lead that later rows find and fill, as does one that is made
    of a lead in the store (`stored`): `values` and `custom` then stand as the rows have made them so far.
    """

    line: int
    numbers: list[LeadNumber]
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    """By column of a lead, as far as there are any; times aware UTC."""
    custom: dict[str, AnswerValue] = field(default_factory=dict[str, AnswerValue])
    entered_at: datetime | None = None
    """When the row says that the person came in, aware UTC."""
    channel: str = ""
    need: str = ""
    note: str = ""
    """What the row notes, and whatever it says that has no other place."""
    kept: str = ""
    """What it says in columns that no field is meant for, as a note of its own."""
    noted: list[Noted] = field(default_factory=list[Noted])
    """What was not plainly taken of what it says."""
    whys: Mapping[int, Why] = field(default_factory=dict[int, Why])
    """Why cells were not plainly taken of which that is known by their columns."""
    cells: tuple[str, ...] = ()
    """The row as it stands in the file."""
    call: Call | None = None
    shares: bool = False
    """Whether the row says that others have its number, too."""
    standing: Standing | None = None
    """What the row says of the work on the person."""
    forbidden: bool = False
    """Whether a row says that the person may not be called, by any of their numbers."""
    forbidden_numbers: set[str] = field(default_factory=set[str])
    """Numbers in E.164 that may not be called though nobody says so of the person."""
    stored: Lead | None = None
    latest_at: datetime | None = None
    """When the person last came in, as far as somebody knows."""
    lead_id: int = 0
    """The id in the store; 0 for somebody new until they are written."""
    entries: list[ImportedEntry] = field(default_factory=list[ImportedEntry])
    """What goes into the timeline."""
    replaced: list[tuple[str, Any, Any]] = field(default_factory=list[tuple[str, Any, Any]])
    """Values that an earlier row of the import brought and a later one replaced: the column or field, before, after."""

    @property
    def identity(self) -> str:
        """What the row knows the person by: its numbers in any order, else the e-mail address."""
        if len(self.numbers) == 1:
            return self.numbers[0].e164
        return " ".join(sorted(number.e164 for number in self.numbers)) or self.email

    def note_replaced(self, key: str, was: Any, now: Any) -> None:
        """Note that a value is replaced; what stands in the store is known without that."""
        stored = None
        if self.stored is not None:
            stored = self.stored.custom.get(key) if key not in _COLUMNS else getattr(self.stored, key)
        if was is not None and was != "" and was != stored:
            self.replaced.append((key, was, now))

    @property
    def name(self) -> str:
        """What the person is called; "" where nobody knows."""
        return self.values.get("name", "")

    @property
    def email(self) -> str:
        """The e-mail address; "" for none."""
        return self.values.get("email", "")


def stored_lead(lead: Lead, latest_at: datetime | None) -> ImportedLead:
    """A lead of the store, for rows to find and fill."""
    return ImportedLead(
        line=0,
        numbers=list(lead.numbers),
        values={name: getattr(lead, name) for name in _COLUMNS},
        custom=dict(lead.custom),
        stored=lead,
        latest_at=latest_at,
        lead_id=lead.id,
    )


_COLUMNS = (
    *(each.column for each in import_fields() if each.column not in ("numbers", "phone", "do_not_call")),
    *("channel_first_id", "owner_at", "status_at"),
)
"""The columns that rows can change."""


class RowReader(Protocol):
    """Makes leads of the rows of a sheet."""

    def arrivals(self, sheet: Sheet, /) -> Iterator[ImportedLead | RejectedRow]:
        """Who came in, and what says nothing of use, in the order of the file. Raises Unreadable as `sheet.rows` does."""
        ...

    def outgoing(self, sheet: Sheet, /) -> Iterator[ImportedLead | RejectedRow]:
        """Who was rung by the desk, and becomes no customer by that."""
        ...


class RejectedRow(NamedTuple):
    """A row of which no lead is made."""

    line: int
    reason: Reason
    sentence: str
    """The reason as it is said of this row."""
    cells: tuple[str, ...]


def rejected(line: int, cells: tuple[str, ...], reason: Reason) -> RejectedRow:
    """A row that is rejected or skipped for a reason of many rows."""
    return RejectedRow(line, reason, reason.words(), cells)


def unreachable(line: int, cells: tuple[str, ...], found: Mapping[str, str]) -> RejectedRow:
    """A row with nothing by which a customer can be reached."""
    written = [
        quoted(ellipsize(clean(found[target]), _SHOWN))
        for target in (PHONE, PHONE_OTHER, EMAIL)
        if clean(found.get(target, ""))
    ]
    if not written:
        return rejected(line, cells, Reason.NO_CONTACT)
    sentence = pgettext("reason", "{written} can be neither rung nor written to").format(
        written=format_list(written)
    )
    return RejectedRow(line, Reason.UNUSABLE_CONTACT, sentence, cells)


_SHOWN = 60
