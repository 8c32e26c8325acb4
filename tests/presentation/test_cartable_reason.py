"""The *Why* column says in a few cells why a customer waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.cartable import CartableEntry, Urgency, urgency
from leadtui.domain.field import FormatContext
from leadtui.language.calendar import Calendar
from leadtui.language.text import cell_width, safe
from leadtui.presentation.cartable_reason import why
from leadtui.services.cartable import CartableReason

ZONE = "Asia/Tehran"
NOW = datetime(2024, 9, 28, 7, 12, tzinfo=UTC)
"""Saturday 7 Mehr 1403, 10:42 in Tehran."""


def context(calendar: Calendar = Calendar.GREGORIAN, zone: str = ZONE) -> FormatContext:
    """What a person at that desk reads by."""
    return FormatContext(NOW, zone, "IR", calendar, "en")


def reason(
    wait: timedelta | None, *, promised: bool = False, contacted: bool = True, owned: timedelta | None = None
) -> CartableReason:
    entry = CartableEntry(
        1, None if wait is None else NOW + wait, promised, contacted, None if owned is None else NOW - owned
    )
    return CartableReason(urgency(entry, NOW, ZONE), entry)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.parametrize(
    ("given_reason", "words"),
    [
        (reason(minutes(-12)), "12 min late"),
        (reason(minutes(-1)), "1 min late"),
        (reason(minutes(0)), "due now"),
        (reason(minutes(-0.3)), "due now"),
        (reason(minutes(-60 * 3)), "3 hours late"),
        (reason(minutes(-60 * 50)), "2 days late"),
        (reason(minutes(0.3)), "due now"),
        (reason(minutes(20)), "in 20 min"),
        (reason(minutes(60)), "in 1 hour"),
        (reason(minutes(3), promised=True), "promised 10:45"),
        (reason(minutes(-7), promised=True), "promised 10:35"),
        (reason(minutes(60 * 5 + 18), promised=True), "promised 16:00"),
        (reason(timedelta(days=-1), promised=True), "promised Fri"),
        (reason(timedelta(days=1), promised=True), "promised Sun"),
        (reason(timedelta(days=-8), promised=True), "promised"),
        (reason(None, contacted=False), "never called"),
        (reason(minutes(198)), "today 14:00"),
        (reason(timedelta(days=1)), "tomorrow"),
        (reason(timedelta(days=2)), "Monday"),
        (reason(timedelta(days=9)), "16 Mehr"),
        (reason(timedelta(days=200)), "27 Farvardin 1404"),
        (reason(None, owned=timedelta(days=3)), "waits 3 days"),
        (reason(None, owned=timedelta(days=1)), "waits 1 day"),
        (reason(None, owned=timedelta(hours=2)), "waiting"),
        (reason(None), "waiting"),
    ],
)
def test_why(given_reason: CartableReason, words: str) -> None:
    assert why(given_reason, context(Calendar.JALALI)) == words


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    """23:30 in Tehran is still today there, and tomorrow in Tokyo."""
    late = datetime(2024, 9, 28, 20, 0, tzinfo=UTC)
    entry = CartableEntry(1, late, False, True, None)
    assert urgency(entry, NOW, ZONE) is Urgency.TODAY
    assert why(CartableReason(Urgency.TODAY, entry), context()) == "today 23:30"
    assert why(CartableReason(Urgency.LATER, entry), context(zone="Asia/Tokyo")) == "tomorrow"


@given(
    wait=st.none() | st.timedeltas(timedelta(days=-90), timedelta(days=6)),
    promised=st.booleans(),
    contacted=st.booleans(),
    owned=st.none() | st.timedeltas(timedelta(0), timedelta(days=99)),
)
def test_the_column_needs_no_more_than_fourteen_cells(
    wait: timedelta | None, promised: bool, contacted: bool, owned: timedelta | None
) -> None:
    """Whatever waits within a season; dates of another year are longer."""
    words = why(reason(wait, promised=promised, contacted=contacted, owned=owned), context())
    assert words
    assert safe(words) == words
    assert cell_width(words) <= 14
