"""Choices are read by their beginnings and exactly, also where options look alike or have commas of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leadtui.domain.field import Field, FieldKind, FormatContext, edit_text, read_answer
from leadtui.errors import Invalid
from leadtui.language.calendar import Calendar

SURROUNDINGS = FormatContext(datetime(2024, 9, 28, tzinfo=UTC), "Asia/Tehran", "IR", Calendar.JALALI, "en")
COURSES = Field(1, "courses", "Courses", FieldKind.CHOICES, ("Tax", "Excel, advanced", "Audit", "C", "C!"))
LEVEL = Field(2, "level", "Level", FieldKind.CHOICE, ("A", "A!", "★", "☆"))


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("tax", ["Tax"]),
        ("aud, tax", ["Tax", "Audit"]),
        ("tax، aud", ["Tax", "Audit"]),
        ("Excel, advanced", ["Excel, advanced"]),
        ("Excel, advanced\nTax", ["Tax", "Excel, advanced"]),
        ("Tax\nAudit", ["Tax", "Audit"]),
        ("C!", ["C!"]),
        ("tax, tax", ["Tax"]),
    ],
)
def test_several_choices_are_read(typed: str, chosen: list[str]) -> None:
    assert read_answer(COURSES, typed, SURROUNDINGS) == chosen


@pytest.mark.parametrize("option", LEVEL.options)
def test_an_option_written_whole_is_that_option(option: str) -> None:
    assert read_answer(LEVEL, option, SURROUNDINGS) == option


def test_what_is_edited_reads_the_same_again() -> None:
    chosen = ["Tax", "Excel, advanced"]
    assert read_answer(COURSES, edit_text(FieldKind.CHOICES, chosen, SURROUNDINGS), SURROUNDINGS) == chosen


def test_a_beginning_of_two_options_is_refused() -> None:
    with pytest.raises(Invalid, match="Level takes one of"):
        read_answer(LEVEL, "a", SURROUNDINGS)
