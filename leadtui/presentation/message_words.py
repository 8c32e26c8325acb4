"""Messages in the words of people: by what they go, where they stand, and why one was not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.domain.message import (
    Consent,
    Doubtful,
    FilledText,
    Medium,
    Message,
    MessageState,
    NotTaken,
    Outcome,
    Problem,
    Taken,
    sms_parts,
)
from leadtui.language.text import brief, safe
from leadtui.language.translate import P_, _, apart, format_list, npgettext, pgettext, show_number
from leadtui.presentation.formatter import Formatter

if TYPE_CHECKING:
    from leadtui.services.cases import ShownCase
    from leadtui.services.outbox import Run

MEDIUM_WORDS = {
    Medium.SMS: P_("choice", "SMS"),
    Medium.EMAIL: P_("choice", "E-mail"),
    Medium.WHATSAPP: P_("choice", "WhatsApp"),
    Medium.TELEGRAM: P_("choice", "Telegram"),
}

STATE_WORDS = {
    MessageState.QUEUED: P_("message", "waits"),
    MessageState.CLAIMED: P_("message", "being sent"),
    MessageState.SENT: P_("message", "sent"),
    MessageState.FAILED: P_("message", "not sent"),
    MessageState.UNSURE: P_("message", "unsure whether it was sent"),
    MessageState.WITHDRAWN: P_("message", "not sent any more"),
    MessageState.HANDED: P_("message", "link opened"),
}

CONSENT_WORDS = {
    Consent.AGREED: P_("message", "agreed"),
    Consent.REFUSED: P_("message", "refused"),
}

PROBLEM_WORDS = {
    Problem.NO_ADDRESS: P_("message", "no number or address"),
    Problem.OTHER_ADDRESS: P_("message", "the number or address has changed"),
    Problem.FORBIDDEN: P_("message", "calls are forbidden"),
    Problem.CONSENT_REFUSED: P_("message", "does not want it"),
    Problem.CONSENT_MISSING: P_("message", "has not agreed"),
    Problem.QUIET_HOURS: P_("message", "outside the call windows"),
    Problem.TAKEN_BACK: P_("message", "its step was taken back"),
    Problem.WITHDRAWN: P_("message", "withdrawn by a person"),
    Problem.NAMES_ERASED: P_("message", "it named somebody who was erased"),
    Problem.NO_GATEWAY: P_("message", "no gateway is set"),
    Problem.NOT_REACHED: P_("message", "the gateway was not reached"),
    Problem.REFUSED: P_("message", "the gateway refused it"),
    Problem.BUSY: P_("message", "the gateway was too busy"),
    Problem.NOT_UNDERSTOOD: P_("message", "the gateway's answer was not understood"),
    Problem.NO_ANSWER: P_("message", "the gateway did not answer"),
    Problem.STOPPED: P_("message", "leadtui was stopped while sending"),
}


def medium_words(medium: Medium) -> str:
    """By what a message goes."""
    return pgettext("choice", MEDIUM_WORDS[medium])


def state_words(message: Message, formatter: Formatter) -> str:
    """Where a message stands, and when it is tried again where it is: `not sent, again at 10:41`."""
    words = pgettext("message", STATE_WORDS[message.state])
    if message.due_at is None or message.due_at <= formatter.session.now():
        return words
    again = pgettext("message", "{state}, from {when} on")
    return again.format(state=words, when=formatter.moment(message.due_at))


def problem_words(message: Message) -> str:
    """Why it was not sent, with what the gateway said; empty where nothing is wrong."""
    if message.problem is None:
        return ""
    return problem_and_detail(message.problem, message.detail)


def problem_and_detail(problem: Problem, detail: str) -> str:
    """What was wrong, with what the gateway said of it."""
    words = pgettext("message", PROBLEM_WORDS[problem])
    if not detail:
        return words
    return pgettext("message", "{problem}: {detail}").format(problem=words, detail=safe(detail))


def unsent_words(title: str, problem: Problem, name: str = "") -> str:
    """That a text was not queued, and why; `name` is whom it would have gone to."""
    why = pgettext("message", PROBLEM_WORDS[problem])
    if not name:
        return pgettext("message", "“{title}” not queued: {problem}").format(title=safe(title), problem=why)
    words = _("“{title}” was not queued to {name}: {problem}.")
    return words.format(title=safe(title), name=name, problem=why)


def unsent_lines(shown: ShownCase, formatter: Formatter) -> list[str]:
    """What a move would have sent and did not, a sentence each."""
    lines: list[str] = []
    for each in shown.unsent:
        lead = shown.leads.get(each.lead_id)
        name = apart(brief(formatter.name(lead), 40)) if lead else pgettext("customer", "hidden")
        lines.append(unsent_words(each.title, each.problem, name))
    return lines


def outcome_words(outcome: Outcome) -> str:
    """What a gateway made of a trial."""
    match outcome:
        case Taken():
            return _("The gateway took it; look whether it arrives.")
        case NotTaken(problem, detail) | Doubtful(problem, detail):
            return problem_and_detail(problem, detail)


def consent_words(consent: Consent, medium: Medium) -> str:
    """What a customer said to being written to: `SMS: agreed`."""
    words = pgettext("message", CONSENT_WORDS[consent])
    return pgettext("pattern", "{field}: {value}").format(field=medium_words(medium), value=words)


def size_words(filled: FilledText, language: str) -> str:
    """How long a message is: letters, and how many short messages carry it."""
    letters = len(filled.body)
    words = npgettext("message", "{n} letter", "{n} letters", letters).format(
        n=show_number(letters, language)
    )
    if filled.medium is not Medium.SMS:
        return words
    parts = sms_parts(filled.body)
    carried = npgettext("message", "{n} SMS", "{n} SMS", parts).format(n=show_number(parts, language))
    return f"{words} · {carried}"


def run_words(done: Run, language: str) -> str:
    """What sending came to: `3 sent, 1 not sent`."""
    counts = (
        (done.sent, npgettext("message", "{n} sent", "{n} sent", done.sent)),
        (done.failed, npgettext("message", "{n} not sent", "{n} not sent", done.failed)),
        (done.unsure, npgettext("message", "{n} unsure", "{n} unsure", done.unsure)),
        (done.put_off, npgettext("message", "{n} put off", "{n} put off", done.put_off)),
        (done.withdrawn, npgettext("message", "{n} kept back", "{n} kept back", done.withdrawn)),
    )
    told = [words.format(n=show_number(count, language)) for count, words in counts if count]
    return format_list(told) if told else _("Nothing is due.")
