"""Times of day are read as people say them, and doubtful ones are refused."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.language.calendar import show_time
from leadtui.language.clock import parse_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", time(10)),
        ("5", time(17)),
        ("05", time(5)),
        ("5 am", time(5)),
        ("3:30", time(15, 30)),
        ("03:30", time(3, 30)),
        ("half past 3", time(15, 30)),
        ("14h", time(14)),
        ("1430", time(14, 30)),
        ("9.30", time(9, 30)),
        ("یک ربع به پنج", time(16, 45)),
        ("0", time(0)),
        ("10:30", time(10, 30)),
        ("9:05", time(9, 5)),
        ("10:30:20", time(10, 30, 20)),
        ("۱۰:۳۰", time(10, 30)),
        ("١٠:٣٠", time(10, 30)),
        ("10am", time(10)),
        ("10 PM", time(22)),
        ("10:30 p.m.", time(22, 30)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("at 10", time(10)),
        ("10 o'clock", time(10)),
        ("noon", time(12)),
        ("ظهر", time(12)),
        ("ساعت ۱۰", time(10)),
        ("ساعت ۱۰ و نیم", time(10, 30)),
        ("ساعت ده ونیم", time(10, 30)),
        ("۹ و ربع", time(9, 15)),
        ("ساعت ۹ و ۲۰ دقیقه", time(9, 20)),
        ("۵ عصر", time(17)),
        ("عصر ساعت ۵", time(17)),
        ("۵ بعدازظهر", time(17)),
        ("۵ بعد از ظهر", time(17)),
        ("۸:۱۸ ب.ظ", time(20, 18)),
        ("۸:۱۸ ق.ظ", time(8, 18)),
        ("۱ ظهر", time(13)),
        ("۹ شب", time(21)),
        ("الساعة ١٠ صباحًا", time(10)),
        ("٥ مساءً", time(17)),
        ("الساعة العاشرة والنصف", time(10, 30)),
    ],
)
def test_parse_time(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "24",
            "24:00",
            "25:00",
            "10:60",
            "10:30:60",
            "2460",
            "13pm",
            "15/7",
            "1.12.",
            "monday",
            "10 30",
            "-5",
            "13 am",
            "0 pm",
            "صبح",
            "evening",
        ),
        *(
            "12 شب",
            "12 night",
            "۳ شب",
            "11 noon pm",
            "tomorrow 10",
            "10 hours",
            "ساعت ۹ و ۲۰ ساعت",
            "10:3",
            "a",
        ),
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert parse_time(text) is None


@given(st.times(), st.sampled_from(("en", "fa", "ar")))
def test_a_shown_time_reads_back_as_itself(clock: time, language: str) -> None:
    assert parse_time(show_time(clock, language)) == clock.replace(second=0, microsecond=0)
