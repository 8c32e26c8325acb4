"""A lead, shown to people as a customer, and what has happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from leadtui.domain.field import Answer, AnswerValue
from leadtui.domain.message import Message


@dataclass(frozen=True, slots=True)
class LeadNumber:
    """One of a lead's numbers; the first is the one that is rung.

    `shared` says that somebody decided for this lead to have it beside another one: a family's, a front desk's.
    """

    e164: str
    written: str
    extension: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """One person's record. Times are aware UTC; `status_id` is None while nobody has given a status.

    `next_at` is when the earliest pending reminder is due, `contacted_at` when a person last
    followed the lead up or spoke with them, `version` counts its changes. `attempts` counts how often in a row
    the lead was not reached, the last time at `status_at`. `do_not_call` is whether its
    status, or any of its numbers being on the list, forbids to ring it. `first_call_at` and `last_call_at` are when
    somebody rang the lead, whether it was reached or not. `numbers_hidden` says that
    the person who reads it may not see how the lead can be reached, so that all of that is left out. `answers` are what
    was answered the last time that a status was given, by the status and the key of its field, of those statuses
    alone that the reader asks for.
    """

    id: int
    version: int
    name: str
    entered_at: datetime
    city: str = ""
    phone: str = ""
    email: str = ""
    grade: str = ""
    major: str = ""
    referrer: str = ""
    channel_first_id: int | None = None
    channel_latest_id: int | None = None
    need_id: int | None = None
    status_id: int | None = None
    status_at: datetime | None = None
    owner_id: int | None = None
    owner_at: datetime | None = None
    next_at: datetime | None = None
    contacted_at: datetime | None = None
    attempts: int = 0
    custom: Mapping[str, AnswerValue] = field(default_factory=dict[str, AnswerValue])
    do_not_call: bool = False
    first_call_at: datetime | None = None
    last_call_at: datetime | None = None
    numbers: tuple[LeadNumber, ...] = ()
    numbers_hidden: bool = False
    answers: Mapping[tuple[int, str], Answer] = field(default_factory=dict[tuple[int, str], Answer])

    @property
    def touched_at(self) -> datetime:
        """When it came in, or was last worked on, rung or given to somebody."""
        moments = (self.entered_at, self.contacted_at, self.status_at, self.owner_at)
        return max(each for each in moments if each is not None)

    @property
    def last_attempt_at(self) -> datetime | None:
        """When the last of the attempts was that did not reach the lead; None where it was reached, or nobody tried."""
        return self.status_at if self.attempts else None


class ActivityKind(StrEnum):
    """What can happen to a lead."""

    CREATED = "created"
    TOUCHED = "touched"
    EDITED = "edited"
    MERGED = "merged"
    STATUS_SET = "status-set"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    NOTE = "note"
    CALL = "call"
    CALL_IN = "call-in"
    CALL_OUT = "call-out"
    REMINDER_SET = "reminder-set"
    REMINDER_DONE = "reminder-done"
    REMINDER_MOVED = "reminder-moved"
    REMINDER_CANCELLED = "reminder-cancelled"
    REMINDER_SKIPPED = "reminder-skipped"
    REMINDER_PASSED = "reminder-passed"
    ESCALATED = "escalated"
    UNDONE = "undone"
    CALLS_FORBIDDEN = "calls-forbidden"
    CALLS_ALLOWED = "calls-allowed"
    REPAIRED = "repaired"
    MESSAGE = "message"
    CONSENT = "consent"
    CASE = "case"
    """Something was done to a case in which the lead is."""


@dataclass(frozen=True, slots=True)
class ActivityDetail:
    """What an activity tells; only what its kind needs is set.

    Titles are kept beside ids so that an old entry reads as it was given.
    `changes` holds (field key, before, after) as shown text; `seconds` is a call's length.
    `undoes_id` and `undoes_kind` name the activity whose step was taken back; `reminder_was` is then the reminder
    that went, `reminder_at` the one that came back. `attempt` is which attempt in a row did not reach the customer;
    `reminder_at` is then when the next one is planned, `most_attempts` how many the rule allowed.
    `no_next_step` is why the customer was left with nothing planned.
    Of what was repaired, `reminder_was` and `reminder_at` are the times at which the lead was due before and after.
    `repeats` is the rule of a reminder (language.repetition.kept_text); where one that has it is done or skipped,
    `reminder_at` is when it comes again.
    `kept_name` and `lost_name` are whom a merge made one; `rule` is by which rule of distribution somebody got it.
    Of a message `text` is the title of its text and `source` its medium, as of a consent, which stands in `text`.
    `case_id` is in which case something was done, `case_kind` what its kind is called, `case_act` what was done, `case_move` by
    which move, and `case_state` where the case then stood; `unsent` are the titles of texts that it would have sent, each with
    the `message.Problem` for which it did not.
    `numbers_hidden` is never kept: it says that the reader may not see the numbers that stood here.
    """

    text: str = ""
    status_from: str = ""
    status_to: str = ""
    status_to_id: int | None = None
    owner_from_id: int | None = None
    owner_to_id: int | None = None
    answers: tuple[Answer, ...] = ()
    reminder_at: datetime | None = None
    reminder_was: datetime | None = None
    repeats: str = ""
    attempt: int | None = None
    most_attempts: int | None = None
    no_next_step: str = ""
    channel: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    seconds: int | None = None
    answered: bool | None = None
    source: str = ""
    undoes_id: int | None = None
    undoes_kind: str = ""
    kept_name: str = ""
    lost_name: str = ""
    rule: str = ""
    case_id: int | None = None
    case_kind: str = ""
    case_act: str = ""
    case_move: str = ""
    case_state: str = ""
    unsent: tuple[tuple[str, str], ...] = ()
    numbers_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Activity:
    """One entry of a lead's timeline. `at` is aware UTC; `actor_id` is None for what the program did.

    `undone` says that its step was taken back since. `message` is the one that it tells of, as it stands now.
    """

    id: int
    lead_id: int
    kind: ActivityKind
    at: datetime
    actor_id: int | None = None
    detail: ActivityDetail = ActivityDetail()
    follow_up_id: int | None = None
    undone: bool = False
    message: Message | None = None
