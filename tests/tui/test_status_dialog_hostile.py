"""Whatever a store, a template or a clipboard holds, the status dialog draws nothing harmful and does not crash."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

import pytest
from amounts import examples, small_and_large
from dialog_app import EVERY_KIND, LEAD, NEDA, Person, opened, snapshot
from hostile_texts import TEXTS, harm_in, of_each_kind
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events

from leadtui.domain.field import FieldKind
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.domain.workspace import Colleague
from leadtui.errors import Invalid
from leadtui.tui.dialogs.status_entry import StatusSnapshot
from leadtui.tui.widgets.inputs import LineInput, TextInput


def hostile_snapshot(texts: list[str]) -> StatusSnapshot:
    """A dialog whose every word is one of the texts in turn."""
    words = cycle(texts)
    fields = tuple(
        replace(
            each, title=next(words), key=next(words) or "k", options=tuple(next(words) for _ in each.options)
        )
        for each in EVERY_KIND.fields
    )
    statuses = tuple(
        Status(
            number,
            f"s{number}",
            next(words),
            next(words),
            next(words),
            cartable=CartableRule.NEXT,
            reminder=ReminderRule.ASK,
            owner_title=next(words),
            fields=fields,
        )
        for number in range(1, 4)
    )
    colleagues = (NEDA, *(Colleague(number, next(words), next(words)) for number in range(2, 7)))
    keys = [
        "owner",
        "remind",
        "note",
        "at",
        "kept_at",
        *(f"answer.{each.kind.value}.{each.key}" for each in fields),
    ]
    draft = {"status": "2", **{key: next(words) for key in keys}}
    opened_with = snapshot(
        statuses=statuses,
        colleagues=colleagues,
        lead=replace(LEAD, name=next(words), status_id=2),
        draft=draft,
    )
    return replace(
        opened_with,
        problems=(Invalid(next(words), fields[0].key), Invalid(next(words), "owner")),
        reason=next(words),
        called_for=next(words),
    )


def drawn(person: Person) -> str:
    """Everything that is sent to the terminal, as text."""
    size = person.app.size
    lines = person.app.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage] -- what is really drawn
    assert len(lines) == size.height
    return "".join(segment.text for line in lines for segment in line)


async def work_through(person: Person) -> None:
    """Look at every status, go through a form, filter, save too early, close."""
    for keys in (
        ["end"],
        ["home"],
        ["ctrl+s"],
        ["enter"] * 4,
        ["down", "space", "right"],
        ["f9"],
        ["/", "a", "["],
    ):
        await person.press(*keys)
        assert harm_in(drawn(person)) == []
    await person.press("escape", "escape", "escape")


@small_and_large("texts of each kind", 3, 100)
async def test_hostile_words_everywhere(amount: int) -> None:
    texts = of_each_kind(amount)
    for start, size in zip(range(0, len(texts), 12), cycle([(120, 40), (80, 24)]), strict=False):
        async with opened(hostile_snapshot(texts[start : start + 12]), size=size) as person:
            assert harm_in(drawn(person)) == []
            await work_through(person)


@settings(
    max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(TEXTS, min_size=1, max_size=12))
async def test_any_words_everywhere(texts: list[str]) -> None:
    async with opened(hostile_snapshot(texts), size=(80, 24)) as person:
        assert harm_in(drawn(person)) == []
        await person.press("enter", "ctrl+s")
        assert harm_in(drawn(person)) == []


@pytest.mark.parametrize("editor", [LineInput, TextInput])
@small_and_large("texts of each kind", 3, 100)
async def test_whatever_is_pasted_is_harmless(editor: type[LineInput | TextInput], amount: int) -> None:
    fields = tuple(each for each in EVERY_KIND.fields if each.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT))
    async with opened(snapshot(statuses=(replace(EVERY_KIND, fields=fields),))) as person:
        await person.press("1")
        widget = person.dialog.query(editor).first()
        widget.focus()
        for text in of_each_kind(amount):
            widget.text = ""
            widget.post_message(events.Paste(text))
            await person.settled()
            assert harm_in(widget.text.replace("\n", "")) == []
            assert harm_in(drawn(person)) == []


async def test_what_is_pasted_keeps_its_letters() -> None:
    async with opened(snapshot(statuses=(EVERY_KIND,))) as person:
        await person.press("1")
        person.app.post_message(events.Paste("سلا\u200cمِ\n[/b] two\x1b[31m"))
        await person.settled()
        assert person.field("Text").text == "سلا\u200cمِ [/b] two"
        await person.press("enter")
        person.app.post_message(events.Paste("one\r\n\ttwo\x07"))
        await person.settled()
        assert person.field("Long text").text == "one\n two"
