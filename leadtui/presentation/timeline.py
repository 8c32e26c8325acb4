"""A lead's timeline in words: what each entry tells, in spans that say what they are.

A screen gives each role its colour; a command joins the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from leadtui.domain.distribution import SHARING_TITLES, STORED
from leadtui.domain.field import Answer
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind
from leadtui.domain.lead_entry import change_title
from leadtui.domain.message import Message, Problem
from leadtui.domain.status import Status
from leadtui.language.calendar import show_length
from leadtui.language.text import safe
from leadtui.language.translate import apart, counted, format_list, language, pgettext, quoted, spoken
from leadtui.presentation.case_words import act_words
from leadtui.presentation.formatter import (
    DO_NOT_CALL_GLYPH,
    NEW_GLYPH,
    NOTHING,
    Formatter,
    status_glyph,
    taken_back_words,
)
from leadtui.presentation.lead_details import named, reason_words
from leadtui.presentation.message_words import (
    CONSENT_WORDS,
    MEDIUM_WORDS,
    problem_words,
    state_words,
    unsent_words,
)
from leadtui.presentation.repetition import kept_rule_words

if TYPE_CHECKING:
    from leadtui.services.leads import Sharer

GAP = "  "
"""Stands between two parts of an entry."""


class Role(StrEnum):
    """What a span tells."""

    WHAT = "what"
    SOURCE = "source"
    STATUS_BEFORE = "status-before"
    STATUS = "status"
    TITLE = "title"
    BEFORE = "before"
    AFTER = "after"
    NOTE = "note"
    OWNER = "owner"
    REMINDER = "reminder"
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of an entry. `glyph` stands before them on a screen; `status` is the one that they name."""

    text: str
    role: Role
    glyph: str = ""
    status: Status | None = None


Part = tuple[Span, ...]
"""Spans that belong together, a space between them; between two parts there is more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a timeline. `at` is aware UTC, `undone` whether its step was taken back since."""

    at: datetime
    actor: str
    parts: tuple[Part, ...]
    undone: bool = False

    @property
    def text(self) -> str:
        """What happened, as text alone: titles end in a colon, where no colour sets them apart."""
        words = ""
        for part in self.parts:
            shown = (f"{each.text}:" if each.role is Role.TITLE else each.text for each in part)
            words += " ".join(shown) + (" " if part[-1].role is Role.STATUS_BEFORE else GAP)
        return f"{words}({taken_back_words()})" if self.undone else words.rstrip()


def rule_words(key: str) -> str:
    """A rule of distribution by its key: `least loaded first · city`, or a stored one by its title."""
    if key.startswith(STORED):
        return quoted(key.removeprefix(STORED))
    sharing, _blank, by = key.partition(" ")
    known = {each.value: title for each, title in SHARING_TITLES.items()}
    words = pgettext("choice", known[sharing]) if sharing in known else sharing
    return f"{words} · {by}" if by else words


class Timeline:
    """Tells what happened to leads, for one session."""

    def __init__(self, formatter: Formatter, sharers: Sequence[Sharer] = ()) -> None:
        """`formatter` gives the words of people, numbers and moments; `sharers` have numbers of the lead, too."""
        self._formatter = formatter
        self._sharers = sharers

    def entry(self, activity: Activity) -> Entry:
        """One activity in words."""
        parts = self._happened(activity.kind, activity.detail)
        if activity.message is not None:
            parts += self._standing(activity.message)
        return Entry(activity.at, self._formatter.actor(activity.actor_id), tuple(parts), activity.undone)

    def line(self, activity: Activity) -> str:
        """One activity in one line of text: when, who, what."""
        entry, at = self.entry(activity), activity.at
        return GAP.join((self._formatter.date(at), self._formatter.time(at), entry.actor, entry.text))

    def _happened(self, kind: ActivityKind, detail: ActivityDetail) -> list[Part]:
        note = _note(detail)
        match kind:
            case ActivityKind.STATUS_SET:
                return self._status_set(detail)
            case ActivityKind.TRANSFERRED:
                return [*self._owner(detail), *note]
            case ActivityKind.RETURNED:
                return [_what(pgettext("timeline", "returned")), *self._owner(detail), *note]
            case ActivityKind.NOTE:
                return note
            case ActivityKind.CREATED:
                return [_came_in(detail), *_source(detail.source), *note]
            case ActivityKind.TOUCHED:
                return [_came_again(detail), *self._changes(detail), *note]
            case ActivityKind.EDITED:
                return [*self._changes(detail), *note]
            case ActivityKind.MERGED:
                return [_merged(detail), *self._changes(detail)]
            case ActivityKind.CALL:
                return [self._rang(detail), *_length(detail), *self._shared(detail)]
            case ActivityKind.CALL_IN:
                return [_rang_us(detail), *_length(detail), *note, *self._shared(detail)]
            case ActivityKind.CALL_OUT:
                return [_was_rung(detail), *_length(detail), *note, *self._shared(detail)]
            case ActivityKind.REMINDER_SET:
                words = pgettext("timeline", "reminder {when}")
                return [self._reminder(words, detail.reminder_at), *self._rule(detail), *note]
            case ActivityKind.REMINDER_DONE:
                words = pgettext("timeline", "reminder of {when} done")
                return [self._reminder(words, detail.reminder_was), *self._comes_again(detail)]
            case ActivityKind.REMINDER_SKIPPED:
                words = pgettext("timeline", "reminder of {when} skipped")
                return [self._reminder(words, detail.reminder_was), *self._comes_again(detail)]
            case ActivityKind.REMINDER_MOVED:
                return [self._reminder(pgettext("timeline", "reminder moved to {when}"), detail.reminder_at)]
            case ActivityKind.REMINDER_CANCELLED:
                words = pgettext("timeline", "reminder of {when} cancelled")
                return [self._reminder(words, detail.reminder_was), *self._rule(detail)]
            case ActivityKind.REMINDER_PASSED:
                return [_what(pgettext("timeline", "reminders passed on")), *self._owner(detail)]
            case ActivityKind.ESCALATED:
                words = pgettext("timeline", "reminder of {when} overdue")
                return [self._reminder(words, detail.reminder_was), *self._owner(detail)]
            case ActivityKind.UNDONE:
                return self._undone(detail)
            case ActivityKind.CALLS_FORBIDDEN:
                return [_forbidden(), *self._listed(detail), *_reason(detail)]
            case ActivityKind.CALLS_ALLOWED:
                return [*_allowed(detail), *self._listed(detail), *_reason(detail)]
            case ActivityKind.MESSAGE:
                return [_message(detail)]
            case ActivityKind.CONSENT:
                return [_consent(detail)]
            case ActivityKind.CASE:
                return self._case(detail)
            case ActivityKind.REPAIRED:
                return [
                    _what(pgettext("timeline", "put right what did not agree")),
                    *self._changes(detail),
                    *self._due_again(detail),
                ]

    def _standing(self, message: Message) -> list[Part]:
        """Where a message stands, why, and what it says."""
        role = Role.FORBIDDEN if message.needs_person else Role.WHAT
        parts: list[Part] = [(Span(safe(state_words(message, self._formatter)), role),)]
        if message.problem is not None:
            parts += _source(problem_words(message))
        parts.append((Span(quoted(safe(" ".join(message.filled.body.split()))), Role.NOTE),))
        return parts

    def _case(self, detail: ActivityDetail) -> list[Part]:
        """What was done to a case, and what that did to the lead."""
        done = apart(safe(detail.case_move)) or act_words(detail.case_act)
        parts: list[Part] = [(Span(apart(safe(detail.case_kind)), Role.TITLE), Span(done, Role.AFTER))]
        if detail.case_state:
            parts.append(_what(detail.case_state))
        if detail.status_to_id is not None:
            parts += [*self._status(detail), *map(self._answer, detail.answers)]
        if detail.owner_from_id is not None or detail.owner_to_id is not None:
            parts += self._owner(detail)
        if detail.reminder_at is not None:
            parts.append(self._reminder(pgettext("timeline", "reminder {when}"), detail.reminder_at))
        for title, problem in detail.unsent:
            parts.append((Span(unsent_words(title, Problem(problem)), Role.FORBIDDEN),))
        return parts

    def _shared(self, detail: ActivityDetail) -> list[Part]:
        """Whose number a call was of, beside the lead's: it may as well have been with one of them."""
        rung = detail.text.split()
        others = [each for each in self._sharers if not set(rung).isdisjoint(each.numbers)]
        return _source(
            pgettext("timeline", "same number: {names}").format(names=named(others)) if others else ""
        )

    def _due_again(self, detail: ActivityDetail) -> list[Part]:
        if detail.reminder_was is None and detail.reminder_at is None:
            return []
        return [self._reminder(pgettext("timeline", "next reminder {when}"), detail.reminder_at)]

    def _status_set(self, detail: ActivityDetail) -> list[Part]:
        parts = self._status(detail)
        if detail.attempt is not None:
            parts.append(_what(_attempt(detail)))
        parts += [*map(self._answer, detail.answers), *_note(detail)]
        if detail.owner_from_id is not None or detail.owner_to_id is not None:
            parts += self._owner(detail)
        if detail.reminder_at is not None:
            words = (
                pgettext("timeline", "reminder {when}")
                if detail.attempt is None
                else pgettext("timeline", "again {when}")
            )
            parts += [self._reminder(words, detail.reminder_at), *self._rule(detail)]
        if detail.no_next_step:
            left = pgettext("timeline", "left without a next step: {reason}")
            parts.append(_what(left.format(reason=quoted(safe(detail.no_next_step)))))
        return parts

    def _rule(self, detail: ActivityDetail) -> list[Part]:
        """By which rule the reminder comes again."""
        return _source(kept_rule_words(detail.repeats, self._formatter.context))

    def _comes_again(self, detail: ActivityDetail) -> list[Part]:
        if detail.reminder_at is None:
            return []
        again = self._reminder(pgettext("timeline", "again {when}"), detail.reminder_at)
        return [again, *self._rule(detail)]

    def _undone(self, detail: ActivityDetail) -> list[Part]:
        parts = [_what(pgettext("timeline", "took back"))]
        match detail.undoes_kind:
            case ActivityKind.NOTE:
                parts.append(_what(pgettext("timeline", "the note")))
            case ActivityKind.MERGED:
                words = pgettext("timeline", "{name} is a customer of their own again")
                parts.append(_what(words.format(name=detail.lost_name or pgettext("customer", "no name"))))
            case ActivityKind.CALLS_FORBIDDEN:
                parts.append(_what(pgettext("timeline", "calls are allowed again")))
            case ActivityKind.CALLS_ALLOWED:
                parts.append(_what(pgettext("timeline", "calls are forbidden again")))
            case ActivityKind.STATUS_SET:
                parts += self._status(detail)
            case ActivityKind.CASE if detail.case_kind:
                parts.append(_what(apart(safe(detail.case_kind))))
            case ActivityKind.MESSAGE:
                parts.append(_what(pgettext("timeline", "the message")))
            case ActivityKind.CONSENT:
                parts.append(_what(pgettext("timeline", "what the customer said to messages")))
            case _:
                pass
        if detail.owner_from_id is not None or detail.owner_to_id is not None:
            parts += self._owner(detail)
        parts += self._changes(detail)
        if detail.reminder_was is not None:
            parts.append(
                self._reminder(pgettext("timeline", "reminder of {when} cancelled"), detail.reminder_was)
            )
        if detail.reminder_at is not None:
            parts.append(self._reminder(pgettext("timeline", "reminder {when} is back"), detail.reminder_at))
        return parts

    def _status(self, detail: ActivityDetail) -> list[Part]:
        before, after = (
            detail.status_from or pgettext("status", "New"),
            detail.status_to or pgettext("status", "New"),
        )
        status = self._formatter.definitions.status(detail.status_to_id)
        glyph = status_glyph(status) if status else NEW_GLYPH
        given: Part = (Span(apart(safe(after)), Role.STATUS, glyph, status),)
        if before == after:
            return [given]
        return [(Span(_before(before), Role.STATUS_BEFORE),), given]

    def _answer(self, answer: Answer) -> Part:
        shown = self._formatter.answer(answer.kind, answer.value)
        return Span(apart(safe(answer.title)), Role.TITLE), Span(apart(safe(shown)), Role.AFTER)

    def _rang(self, detail: ActivityDetail) -> Part:
        if detail.numbers_hidden:
            return _what(pgettext("timeline", "rang a hidden number"))
        number = self._formatter.phone(detail.text)
        return _what(pgettext("timeline", "rang {number}").format(number=number))

    def _owner(self, detail: ActivityDetail) -> list[Part]:
        if detail.owner_to_id is None:
            return [_what(pgettext("timeline", "left the cartable"))]
        words = pgettext("timeline", "to {name}").format(name=self._formatter.person(detail.owner_to_id))
        given: list[Part] = [(Span(apart(safe(words)), Role.OWNER, "➜"),)]
        if detail.rule:
            by_rule = pgettext("timeline", "by the rule: {rule}").format(rule=rule_words(detail.rule))
            given.append(_what(by_rule))
        return given

    def _listed(self, detail: ActivityDetail) -> list[Part]:
        return _source(format_list(self._formatter.phone(each) for each in detail.source.split(", ")))

    def _changes(self, detail: ActivityDetail) -> list[Part]:
        return [
            (
                Span(apart(safe(change_title(key, self._formatter.definitions))), Role.TITLE),
                Span(_before(before), Role.BEFORE),
                Span(apart(safe(after)) or NOTHING, Role.AFTER),
            )
            for key, before, after in detail.changes
        ]

    def _reminder(self, words: str, at: datetime | None) -> Part:
        return (Span(safe(words.format(when=self._formatter.moment(at))), Role.REMINDER),)


def _message(detail: ActivityDetail) -> Part:
    """By what it went and which text it is: `SMS Appointment`."""
    by = _medium(detail)
    return (Span(by, Role.WHAT), *([Span(safe(detail.text), Role.AFTER)] if detail.text else []))


def _consent(detail: ActivityDetail) -> Part:
    known = {each.value: words for each, words in CONSENT_WORDS.items()}
    said = pgettext("message", known[detail.text]) if detail.text in known else safe(detail.text)
    return Span(_medium(detail), Role.TITLE), Span(said, Role.AFTER)


def _medium(detail: ActivityDetail) -> str:
    words = {each.value: words for each, words in MEDIUM_WORDS.items()}.get(detail.source)
    return pgettext("choice", words) if words else safe(detail.source)


def _came_in(detail: ActivityDetail) -> Part:
    if detail.channel:
        return _what(pgettext("timeline", "came in by {channel}").format(channel=detail.channel))
    return _what(pgettext("timeline", "came in"))


def _came_again(detail: ActivityDetail) -> Part:
    if detail.channel:
        return _what(pgettext("timeline", "came again by {channel}").format(channel=detail.channel))
    return _what(pgettext("timeline", "came again"))


def _merged(detail: ActivityDetail) -> Part:
    nameless = pgettext("customer", "no name")
    words = pgettext("timeline", "{lost} was merged into {kept}")
    return _what(words.format(lost=detail.lost_name or nameless, kept=detail.kept_name or nameless))


def _rang_us(detail: ActivityDetail) -> Part:
    if detail.answered is False:
        return _what(pgettext("timeline", "rang us, nobody answered"))
    return _what(pgettext("timeline", "rang us"))


def _before(words: str) -> str:
    # Translators: what something was before; what it is now stands behind it.
    return pgettext("pattern", "{before} →").format(before=safe(words) or NOTHING)


def _was_rung(detail: ActivityDetail) -> Part:
    if detail.answered is False:
        return _what(pgettext("timeline", "was rung, no answer"))
    return _what(pgettext("timeline", "was rung"))


def _forbidden() -> Part:
    return (Span(pgettext("timeline", "calls forbidden"), Role.FORBIDDEN, DO_NOT_CALL_GLYPH),)


def _allowed(detail: ActivityDetail) -> list[Part]:
    allowed = Span(pgettext("timeline", "calls allowed again"), Role.ALLOWED)
    if not detail.status_from:
        return [(allowed,)]
    after = detail.status_to or pgettext("status", "New")
    return [
        (allowed,),
        _what(
            pgettext("pattern", "{before} → {now}").format(before=safe(detail.status_from), now=safe(after))
        ),
    ]


def _what(words: str) -> Part:
    return (Span(safe(words), Role.WHAT),)


def _source(words: str) -> list[Part]:
    return [(Span(safe(words), Role.SOURCE),)] if words else []


def _attempt(detail: ActivityDetail) -> str:
    n = counted(detail.attempt or 0)
    if detail.most_attempts is None:
        return pgettext("timeline", "attempt {n}").format(n=n)
    return pgettext("timeline", "attempt {n} of {most}").format(n=n, most=counted(detail.most_attempts))


def _note(detail: ActivityDetail) -> list[Part]:
    return [(Span(quoted(safe(detail.text)), Role.NOTE),)] if detail.text else []


def _reason(detail: ActivityDetail) -> list[Part]:
    return _note(replace(detail, text=reason_words(detail.text)))


def _length(detail: ActivityDetail) -> list[Part]:
    if not detail.seconds:
        return []
    return [_what(show_length(detail.seconds, spoken(language())))]
