"""The retry rule of a status in sentences: when somebody is tried again, how often, and what becomes of them then."""

from __future__ import annotations

from leadtui.domain.retry import TIMES_OF_DAY, RetryPace, RetryRule
from leadtui.domain.status import Status
from leadtui.language.calendar import show_time
from leadtui.language.text import safe
from leadtui.language.translate import (
    _,
    counted,
    format_list,
    language,
    ngettext,
    npgettext,
    pgettext,
    spoken,
)

HOUR, DAY = 60, 24 * 60
"""Minutes."""


def retry_sentences(rule: RetryRule, then: Status | None, *, windows: bool) -> str:
    """What the rule does, in whole sentences; `then` is the status that it names for after the last attempt.

    `windows` says whether call windows are defined. Nothing where it plans nothing.
    """
    if not rule:
        return ""
    return " ".join((_paced(rule, windows=windows), _how_often(rule), _afterwards(rule, then)))


def brief_retry(rule: RetryRule) -> str:
    """The rule in a few words, for a column; nothing where it plans nothing."""
    paces = {
        RetryPace.NO: "",
        RetryPace.FIXED: pgettext("option value", "every {time}, {n}×"),
        RetryPace.GROWING: pgettext("option value", "{time} and longer, {n}×"),
        RetryPace.OTHER_TIME: pgettext("option value", "another time of day, {n}×"),
    }
    return paces[rule.pace].format(time=waiting_words(rule.after_minutes), n=counted(rule.most))


def waiting_words(minutes: int) -> str:
    """So long, in the largest unit that counts it whole: 2 days, 36 hours, 90 minutes."""
    if minutes % DAY == 0:
        words, number = npgettext("length", "{n} day", "{n} days", minutes // DAY), minutes // DAY
    elif minutes % HOUR == 0:
        words, number = npgettext("length", "{n} hour", "{n} hours", minutes // HOUR), minutes // HOUR
    else:
        words, number = npgettext("length", "{n} minute", "{n} minutes", minutes), minutes
    return words.format(n=counted(number))


def _paced(rule: RetryRule, *, windows: bool) -> str:
    after = waiting_words(rule.after_minutes)
    match rule.pace:
        case RetryPace.GROWING:
            words = _("Tried again after {first}, then after {second}, and so on, by day.")
            if windows:
                words = _(
                    "Tried again after {first}, then after {second}, and so on, within the call windows."
                )
            return words.format(first=after, second=waiting_words(rule.after_minutes * 2))
        case RetryPace.OTHER_TIME:
            hours = format_list(show_time(each, spoken(language())) for each in TIMES_OF_DAY)
            words = _("Tried again at another time of the day ({hours}), {first} later at the earliest.")
            if windows:
                words = _(
                    "Tried again at another time of the day ({hours}) within the call windows, {first} later at the earliest."
                )
            return words.format(hours=hours, first=after)
        case _:
            words = _("Tried again every {time}, by day.")
            if windows:
                words = _("Tried again every {time}, within the call windows.")
            return words.format(time=after)


def _how_often(rule: RetryRule) -> str:
    words = ngettext("{n} attempt in all.", "{n} attempts at the most.", rule.most)
    return words.format(n=counted(rule.most))


def _afterwards(rule: RetryRule, then: Status | None) -> str:
    """What is done after the last attempt; with neither status nor owner the next step is asked for."""
    if then is None:
        if rule.releases:
            return _("After the last one the customer leaves every cartable.")
        return _("After the last one a person says what is next.")
    words = _("After the last one the status is “{status}”.")
    if rule.releases:
        words = _("After the last one the status is “{status}”, and the customer leaves every cartable.")
    return words.format(status=safe(then.title) or pgettext("title", "new status"))
