"""Messages to customers: their texts, the states that one goes through until it is sent, and what is done next in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from leadtui.domain.case_kind import CaseKind
from leadtui.domain.field import Field
from leadtui.errors import Invalid
from leadtui.language.text import clean_multiline
from leadtui.language.translate import _, format_list


class Medium(StrEnum):
    """By what a message reaches somebody."""

    SMS = "sms"
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"

    @property
    def is_sent(self) -> bool:
        """Whether the program sends it; else a person opens a link, with the text in it, and sends it there."""
        return self in (Medium.SMS, Medium.EMAIL)


class MessageState(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    """A program is sending it; it said so on the disk before it began."""
    SENT = "sent"
    FAILED = "failed"
    """It was surely not sent. With a time at which it is due it is tried again then; without one it waits for a person."""
    UNSURE = "unsure"
    """Nobody knows whether it was sent: only a person sends it again."""
    WITHDRAWN = "withdrawn"
    """It will not be sent; its problem says why."""
    HANDED = "handed"
    """Its link was opened; whether it was sent there the program does not know."""


WAITING = frozenset({MessageState.QUEUED, MessageState.FAILED})
"""Whoever withdraws one of these is sure that it is not sent."""

TO_LOOK_AT = frozenset({MessageState.FAILED, MessageState.UNSURE})
"""What a person looks at, once it is not tried again by itself."""


class Problem(StrEnum):
    """Why a message is not sent, or not yet."""

    NO_ADDRESS = "no-address"
    OTHER_ADDRESS = "other-address"
    """The customer no longer has the number or address to which it was to go."""
    FORBIDDEN = "forbidden"
    CONSENT_REFUSED = "consent-refused"
    CONSENT_MISSING = "consent-missing"
    QUIET_HOURS = "quiet-hours"
    TAKEN_BACK = "taken-back"
    WITHDRAWN = "withdrawn"
    NAMES_ERASED = "names-erased"
    """It named somebody who was erased since."""
    NO_GATEWAY = "no-gateway"
    NOT_REACHED = "not-reached"
    REFUSED = "refused"
    BUSY = "busy"
    NOT_UNDERSTOOD = "not-understood"
    """The answer says neither that it was sent nor that it was not."""
    NO_ANSWER = "no-answer"
    STOPPED = "stopped"
    """The program was stopped while it was sending."""


class Consent(StrEnum):
    """What a customer has said to being written to by a medium."""

    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class MessageText:
    """A text that is sent again and again. `key` is stable, `title` is what people read; in braces stands what is filled in."""

    id: int
    key: str
    title: str
    medium: Medium
    body: str
    subject: str = ""
    position: int = 0
    retired: bool = False


@dataclass(frozen=True, slots=True)
class FilledText:
    """A text as somebody gets it."""

    medium: Medium
    title: str
    body: str
    subject: str = ""
    filled_in: frozenset[str] | None = field(default=None, compare=False)
    """The placeholders in whose places something of the customer stands; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the outbox. Times are aware UTC.

    `activity_id` is its entry of the timeline, `cause_id` that of the step which caused it, None where it was queued by
    itself. It is sent from `due_at` on; `token` is the same however often it is tried. Since `doubted_at` it may have been
    sent without anybody knowing.
    """

    id: int
    lead_id: int
    actor_id: int
    filled: FilledText
    recipient: str
    state: MessageState
    queued_at: datetime
    token: str
    activity_id: int
    cause_id: int | None = None
    due_at: datetime | None = None
    state_at: datetime | None = None
    attempts: int = 0
    doubted_at: datetime | None = None
    problem: Problem | None = None
    detail: str = ""

    @property
    def needs_person(self) -> bool:
        """Whether nothing happens to it until somebody looks at it."""
        return self.state in TO_LOOK_AT and self.due_at is None


# What is filled in

NAME, AGENT, COMPANY, CITY, NEED = "name", "agent", "company", "city", "need"
PLACEHOLDERS = (NAME, AGENT, COMPANY, CITY, NEED)
"""What every text may have filled in; beside it the customers' own fields, by their keys."""

OF_CASE = "case."
"""What stands before the key of a field of the case that sends a text."""
CASE_TITLE = "case.title"

LONGEST_BODY = 4_000
LONGEST_SUBJECT = 200

_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")


def placeholders(fields: Iterable[Field], kinds: Iterable[CaseKind] = ()) -> tuple[str, ...]:
    """What can stand in braces in a text of a workspace with these fields of customers, and these kinds of cases that send it."""
    own = (each.key for each in fields if each.key not in PLACEHOLDERS)
    of_cases = {OF_CASE + each.key for kind in kinds for each in kind.open_fields}
    return (*PLACEHOLDERS, *own, *((CASE_TITLE, *sorted(of_cases)) if of_cases else ()))


def placeholders_in(text: str) -> tuple[str, ...]:
    """What stands in braces there, each once."""
    return tuple(dict.fromkeys(_IN_BRACES.findall(text)))


def fill(text: MessageText, words: Mapping[str, str]) -> FilledText:
    """The text with `words` for what stands in braces. Raises Invalid where one of these is not among them.

    What is filled in is never looked at again, so that a customer called `{company}` stays one.
    """
    missing = [each for each in placeholders_in(text.subject + text.body) if each not in words]
    if missing:
        raise Invalid(unknown_placeholder(missing[0], words))

    def filled(template: str) -> str:
        return _IN_BRACES.sub(lambda found: words[found[1]], template)

    # A subject is one line, whatever is filled in.
    subject = " ".join(filled(text.subject).split())
    something = frozenset(each for each in placeholders_in(text.subject + text.body) if words[each])
    return FilledText(text.medium, text.title, clean_multiline(filled(text.body)), subject, something)


def unknown_placeholder(name: str, known: Iterable[str]) -> str:
    """That nothing is filled in under that name, and what there is."""
    words = _("“{name}” is filled in by nothing; there are {known}.")
    return words.format(name=f"{{{name}}}", known=format_list(f"{{{each}}}" for each in known))


def unknown_text(key: str, known: Iterable[str]) -> str:
    """That there is no text of a message under that key, and which there are."""
    known = tuple(known)
    if not known:
        return _("There is no text “{key}”; add it to the messages first.").format(key=key)
    words = _("There is no text “{key}”; there are {known}.")
    return words.format(key=key, known=format_list(known))


_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")


def sms_parts(text: str) -> int:
    """How many short messages carry the text: 3GPP TS 23.038, of 160 or 153 letters, of 70 or 67 in other scripts."""
    if not text:
        return 0
    if all(each in _GSM or each in _GSM_TWICE for each in text):
        length, whole, part = sum(2 if each in _GSM_TWICE else 1 for each in text), 160, 153
    else:
        length, whole, part = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= whole else -(-length // part)


def link(medium: Medium, recipient: str, filled: FilledText) -> str:
    """The address under which a telephone or this machine has the message ready for a person to send.

    Of WhatsApp and Telegram as their makers describe it (faq.whatsapp.com, core.telegram.org/api/links), of a short
    message RFC 5724, of a letter RFC 6068. `recipient` is E.164, or an e-mail address.
    """
    text = quote(filled.body, safe="")
    match medium:
        case Medium.WHATSAPP:
            return f"https://wa.me/{recipient.removeprefix('+')}?text={text}"
        case Medium.TELEGRAM:
            return f"https://t.me/{recipient}?text={text}"
        case Medium.SMS:
            return f"sms:{recipient}?body={text}"
        case Medium.EMAIL:
            subject = quote(filled.subject, safe="")
            return f"mailto:{quote(recipient, safe='@')}?subject={subject}&body={text}"


# What is done next


@dataclass(frozen=True, slots=True)
class Taken:
    """The gateway said that it sends the message."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The message was surely not sent; `for_good` where trying again is of no use, else not before `after`."""

    problem: Problem
    detail: str = ""
    for_good: bool = False
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The message may have been sent or not."""

    problem: Problem
    detail: str = ""


Outcome = Taken | NotTaken | Doubtful

WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 20, 60, 180))
"""How long is waited after the first, the second … attempt that failed; after the last one a person is asked."""

LONGEST_AFTER = timedelta(hours=12)
"""A gateway that asks for more patience gets no more."""

CLAIM_HOLDS = timedelta(minutes=5)
"""A claim older than this is nobody's: longer than any attempt takes, see `services.http_sending.LONGEST`."""


def after(message: Message, outcome: Outcome, at: datetime, key_holds: timedelta | None) -> Message:
    """The claimed message once the outcome is known at that moment.

    `key_holds` is for how long the gateway recognises a message that it has had before; None where it never does. As long as
    it does, one that may have been sent is tried again, for it is not sent twice.
    """
    if isinstance(outcome, Taken):
        return _moved(message, MessageState.SENT, at)
    tried = message.attempts
    wait = WAITS[tried - 1] if 0 < tried <= len(WAITS) else None
    if isinstance(outcome, Doubtful):
        message = replace(message, doubted_at=message.doubted_at or message.state_at or at)
    elif outcome.for_good:
        wait = None
    elif wait is not None:
        wait = max(wait, min(outcome.after, LONGEST_AFTER))
    due_at = None if wait is None else at + wait
    if message.doubted_at is None:
        return _moved(message, MessageState.FAILED, at, due_at, outcome.problem, outcome.detail)
    if due_at is None or not is_recognised(message, due_at, key_holds):
        return _moved(message, MessageState.UNSURE, at, None, outcome.problem, outcome.detail)
    return _moved(message, MessageState.FAILED, at, due_at, outcome.problem, outcome.detail)


def abandoned(message: Message, at: datetime, key_holds: timedelta | None) -> Message:
    """A message whose claim is nobody's any more: whoever sent it was stopped, before or after."""
    return after(message, Doubtful(Problem.STOPPED), at, key_holds)


def is_recognised(message: Message, at: datetime, key_holds: timedelta | None) -> bool:
    """Whether the gateway would know at that moment that it has had the message, which may have been sent."""
    return message.doubted_at is None or (key_holds is not None and at < message.doubted_at + key_holds)


def kept_back(message: Message, problem: Problem, at: datetime) -> Message:
    """A message that is not sent, for that reason; one that may have been sent before stays unsure."""
    state = MessageState.WITHDRAWN if message.doubted_at is None else MessageState.UNSURE
    return _moved(message, state, at, None, problem)


def put_off(message: Message, until: datetime, at: datetime) -> Message:
    """A message that is not sent before then, since nobody is disturbed now."""
    return replace(message, due_at=until, problem=Problem.QUIET_HOURS, detail="", state_at=at)


def _moved(
    message: Message,
    state: MessageState,
    at: datetime,
    due_at: datetime | None = None,
    problem: Problem | None = None,
    detail: str = "",
) -> Message:
    doubted_at = None if state is MessageState.SENT else message.doubted_at
    return replace(
        message,
        state=state,
        state_at=at,
        due_at=due_at,
        problem=problem,
        detail=detail,
        doubted_at=doubted_at,
    )
