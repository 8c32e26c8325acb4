"""What is kept of a customer reads back from what the form shows of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.domain.field import Field, FieldKind, FormatContext
from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.lead_entry import (
    differences,
    entry_texts,
    entry_titles,
    read_lead,
    read_numbers,
)
from leadtui.domain.view import custom_sort
from leadtui.domain.workspace import Channel, Definitions, Need, Workspace
from leadtui.errors import Invalid
from leadtui.language.calendar import Calendar
from leadtui.language.phone import parse_phone
from leadtui.language.text import clean

DEFINITIONS = Definitions(
    Workspace(1, "Desk"),
    fields=(Field(1, "level", "Level"), Field(2, "sizes", "Sizes", FieldKind.CHOICES, ("a, b", "c", "d"))),
    channels=(Channel(1, "web", "Web form"), Channel(2, "old", "Old", retired=True)),
    needs=(Need(1, "job", "کارجو"),),
)
WORDS = st.text(max_size=40).map(lambda text: clean(text)[:200])


def around(region: str) -> FormatContext:
    return FormatContext(datetime(2024, 9, 28, tzinfo=UTC), "UTC", region, Calendar.GREGORIAN, "en")


def number(writing: str, figure: int) -> LeadNumber:
    """The number as it was read where it was written, which may be another country."""
    region, _, written = writing.partition(":")
    phone = parse_phone(written.format(figure), region)
    assert phone is not None
    return LeadNumber(phone.e164, phone.written, phone.extension)


NUMBERS = st.builds(
    number,
    st.sampled_from(
        [
            *(
                "IR:0912 345 67{:02}",
                "IR:021-8877/66{:02}",
                "IR:۰۲۱ ۸۸۷۷ ۶۵{:02} داخلی ۱۲",
                "IR:+98 912 34 567{:02}",
            ),
            *("DE:030 1234 56{:02}", "US:(212) 555 01{:02} x3", "US:212-555-02{:02}"),
        ]
    ),
    st.integers(0, 99),
)


@given(
    st.builds(
        Lead,
        st.just(1),
        st.just(1),
        entered_at=st.just(datetime(2024, 9, 27, tzinfo=UTC)),
        name=WORDS.filter(bool),
        numbers=st.lists(NUMBERS, max_size=4, unique_by=lambda each: each.e164).map(tuple),
        email=st.sampled_from(["", "mina@example.com"]),
        city=WORDS,
        grade=WORDS,
        referrer=WORDS,
        channel_latest_id=st.sampled_from([None, 1, 2]),
        need_id=st.sampled_from([None, 1]),
        custom=st.fixed_dictionaries(
            {}, optional={"level": WORDS.filter(bool), "sizes": st.just(["a, b", "d"]), "gone": WORDS}
        ),
    ).map(lambda lead: replace(lead, phone=lead.numbers[0].e164 if lead.numbers else "")),
    st.sampled_from(["IR", "DE", "US"]),
)
def test_the_texts_of_the_form_read_back(lead: Lead, region: str) -> None:
    context = around(region)
    texts = entry_texts(lead, DEFINITIONS, context)
    assert texts.keys() == entry_titles(DEFINITIONS).keys()
    assert read_lead(texts, lead, DEFINITIONS, context) == lead
    assert differences(lead, lead, DEFINITIONS, context) == ()
    renamed = replace(lead, name=lead.name + "x", custom={**lead.custom, "level": "new"})
    keys = [key for key, _was, _now in differences(lead, renamed, DEFINITIONS, context)]
    assert keys == ["name", "level"] if lead.custom.get("level") != "new" else ["name"]
    typed = {"name": renamed.name, custom_sort("level"): "new"}
    assert read_lead(typed, lead, DEFINITIONS, context) == renamed


@pytest.mark.parametrize(
    ("typed", "over"),
    [("0912 345 6789 mornings", "mornings"), ("12", "12"), ("09123456789, 0912", "0912"), ("abc", "abc")],
)
def test_nothing_that_is_typed_beside_a_number_is_dropped(typed: str, over: str) -> None:
    with pytest.raises(Invalid, match=f"“{over}”"):
        read_numbers(typed, "IR", "phone")
    assert read_numbers("0912 345 6789 و 021-8877 6655", "IR", "phone")[1].e164 == "+982188776655"
