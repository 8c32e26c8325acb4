"""A retry rule in sentences, as the settings say it while one fills it in."""

from __future__ import annotations

import pytest

from leadtui.domain.retry import NO_RETRY, RetryPace, RetryRule
from leadtui.domain.status import Status
from leadtui.presentation.retry_words import retry_sentences

UNREACHED = Status(2, "not_reached", "Not reached")


@pytest.mark.parametrize(
    ("rule", "then", "said"),
    [
        (NO_RETRY, None, ""),
        (
            RetryRule(RetryPace.FIXED, 120, 5),
            None,
            "Tried again every 2 hours, by day. 5 attempts at the most. After the last one a person says what is next.",
        ),
        (
            RetryRule(RetryPace.GROWING, 90, 1, releases=True),
            None,
            "Tried again after 90 minutes, then after 3 hours, and so on, by day. 1 attempt in all. "
            "After the last one the customer leaves every cartable.",
        ),
        (
            RetryRule(RetryPace.OTHER_TIME, 1440, 3, "not_reached", releases=True),
            UNREACHED,
            "Tried again at another time of the day (10:00, 13:00, 16:00), 1 day later at the earliest. "
            "3 attempts at the most. After the last one the status is “Not reached”, and the customer leaves every cartable.",
        ),
    ],
)
def test_the_rule_in_sentences(rule: RetryRule, then: Status | None, said: str) -> None:
    assert retry_sentences(rule, then, windows=False) == said


@pytest.mark.parametrize(
    ("pace", "said"),
    [
        (RetryPace.FIXED, "Tried again every 2 hours, within the call windows."),
        (
            RetryPace.GROWING,
            "Tried again after 2 hours, then after 4 hours, and so on, within the call windows.",
        ),
        (RetryPace.OTHER_TIME, "(10:00, 13:00, 16:00) within the call windows, 2 hours later"),
    ],
)
def test_where_call_windows_are_defined_they_are_named(pace: RetryPace, said: str) -> None:
    assert said in retry_sentences(RetryRule(pace, 120), None, windows=True)
    assert "by day" not in retry_sentences(RetryRule(pace, 120), None, windows=True)
