"""A message is never tried again by itself where it may have been sent, unless the gateway knows it; and it comes to an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from session_making import NOON

from leadtui.domain.defining import clean_text
from leadtui.domain.message import (
    WAITS,
    Doubtful,
    FilledText,
    Medium,
    Message,
    MessageState,
    MessageText,
    NotTaken,
    Outcome,
    Problem,
    Taken,
    abandoned,
    after,
    fill,
    is_recognised,
    kept_back,
    link,
    sms_parts,
)
from leadtui.errors import Invalid, InvalidAnswers

TEXT = FilledText(Medium.SMS, "Greeting", "Dear Mina")
DAY = timedelta(days=1)


def claimed() -> Message:
    return Message(1, 1, 1, TEXT, "+1", MessageState.CLAIMED, NOON, "0f", 1, attempts=1, state_at=NOON)


outcomes = st.one_of(
    st.just(Taken()),
    st.builds(
        NotTaken,
        st.just(Problem.BUSY),
        for_good=st.booleans(),
        after=st.timedeltas(timedelta(), timedelta(days=9)),
    ),
    st.just(Doubtful(Problem.NO_ANSWER)),
    st.just(None),  # the program was stopped
)


@given(st.lists(outcomes, max_size=12), st.sampled_from([None, timedelta(hours=1), DAY]))
def test_what_may_have_been_sent_is_tried_again_only_where_the_gateway_knows_it(
    came: list[Outcome | None], key_holds: timedelta | None
) -> None:
    message, now, doubted = claimed(), NOON, False
    for outcome in came:
        sure = isinstance(outcome, Taken | NotTaken)
        message = (
            abandoned(message, now, key_holds) if outcome is None else after(message, outcome, now, key_holds)
        )
        doubted = doubted or not sure
        if isinstance(outcome, Taken):
            assert (message.state, message.due_at, message.doubted_at) == (MessageState.SENT, None, None)
            return
        assert (message.state is MessageState.UNSURE) <= doubted
        if message.due_at is None:
            assert message.needs_person
            assert message.state is (MessageState.UNSURE if doubted else MessageState.FAILED)
            return
        assert message.state is MessageState.FAILED
        assert message.due_at > now
        if doubted:
            assert key_holds is not None
            assert is_recognised(message, message.due_at, key_holds)
            # Whatever keeps it back from then on, nobody is told that it was not sent.
            assert kept_back(message, Problem.FORBIDDEN, now).state is MessageState.UNSURE
        now = message.due_at
        message = replace(message, state=MessageState.CLAIMED, state_at=now, attempts=message.attempts + 1)
    assert message.attempts <= len(WAITS) + 1


def test_waits_grow_until_a_person_is_asked() -> None:
    message, now, waited = claimed(), NOON, list[timedelta]()
    while (message := after(message, NotTaken(Problem.BUSY), now, None)).due_at is not None:
        waited.append(message.due_at - now)
        now = message.due_at
        message = replace(message, attempts=message.attempts + 1)
    assert waited == sorted(waited) == list(WAITS)
    assert message.needs_person


@given(st.text(), st.text())
def test_what_is_filled_in_is_not_filled_in_again(name: str, agent: str) -> None:
    filled = fill(
        MessageText(0, "", "", Medium.EMAIL, "{name}|{agent}", "Hi\n{name}"),
        {"name": "{agent}", "agent": "x"},
    )
    assert (filled.body, filled.subject) == ("{agent}|x", "Hi {agent}")
    message = MessageText(0, "", "", Medium.EMAIL, "-", "{name} {agent}")
    assert "\n" not in fill(message, {"name": name, "agent": agent}).subject
    with pytest.raises(Invalid, match=r"“\{nobody\}” is filled in by nothing"):
        fill(MessageText(0, "", "", Medium.SMS, "{nobody}"), {"name": name})


@given(st.text())
def test_a_link_has_the_whole_text(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    for medium, to in ((Medium.WHATSAPP, "+98912"), (Medium.TELEGRAM, "+98912")):
        opened = urlsplit(link(medium, to, FilledText(medium, "", text)))
        assert parse_qs(opened.query, keep_blank_values=True) == {"text": [text]}
        assert opened.path.lstrip("/+") == "98912"
    letter = urlsplit(link(Medium.EMAIL, "a&b@example.com", FilledText(Medium.EMAIL, "", text, "a&b")))
    assert parse_qs(letter.query, keep_blank_values=True) == {"subject": ["a&b"], "body": [text]}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("س" * 70, 1),
        ("س" * 71, 2),
        ("a" * 159 + "س", 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_how_many_short_messages_carry_a_text(text: str, parts: int) -> None:
    assert sms_parts(text) == parts


def test_a_text_is_kept_clean_with_a_key_or_refused_beside_its_fault() -> None:
    known = ("name", "agent")
    kept = clean_text(MessageText(0, "", " Hello ", Medium.SMS, "Dear\u202e {name}", "lost"), (), known)
    assert (kept.key, kept.title, kept.body, kept.subject) == ("hello", "Hello", "Dear {name}", "")
    with pytest.raises(InvalidAnswers) as wrong:
        clean_text(MessageText(0, "", "HELLO", Medium.EMAIL, "{nobody}"), [replace(kept, id=1)], known)
    assert {each.field for each in wrong.value.problems} == {"title", "subject", "body"}
