"""Playbooks: what applies with which answers, which need they speak for, and what is refused beside the fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.playbook import (
    Condition,
    ItemKind,
    Objection,
    Playbook,
    PlaybookItem,
    Surroundings,
    asked_items,
    filled_in,
    likely_need,
    own_fields,
    playbook_problems,
)
from leadtui.domain.playbook_table import playbook_of, playbook_table

KNOWN = Surroundings(
    {
        "major": Field(0, "major", "Major"),
        "resume": Field(0, "resume", "Résumé", FieldKind.YES_NO),
    },
    {"meeting": ("date",)},
    frozenset({"job", "course"}),
    ("invitation", "appointment"),
)


def ask(key: str, when: Condition | None = None, **more: object) -> PlaybookItem:
    item = PlaybookItem(ItemKind.ASK, key, title=key.title(), text="…", when=when)
    return replace(item, **more)  # pyright: ignore[reportArgumentType]


WHY = ask(
    "why",
    answer=FieldKind.CHOICE,
    options=("Work", "Learning"),
    finds=(("Work", "job"), ("Learning", "course")),
)
TALK = Playbook(
    opening="Hello {name}, this is {agent} of {company}.",
    items=(
        WHY,
        ask("major", field="major"),
        ask("resume", Condition("why", ("Work",)), field="resume"),
        PlaybookItem(ItemKind.SAY, text="Fill it in, {name}.", when=Condition("resume", ("no",))),
        PlaybookItem(ItemKind.LINK, text="The form", link="https://example.com"),
        PlaybookItem(ItemKind.SEND, text="The way here.", message="invitation"),
        ask("day", answer=FieldKind.DATE),
    ),
    objections=(Objection("No time.", "When, then?"),),
    status="meeting",
    answers=(("date", "{day}"),),
    remind="{day}",
)


def test_a_line_applies_once_what_it_waits_for_is_answered() -> None:
    def keys(**answers: str) -> list[str]:
        return [each.key or each.kind.value for each in asked_items(TALK, answers)]

    assert keys() == ["why", "major", "link", "send", "day"]
    assert keys(why="Work") == ["why", "major", "resume", "link", "send", "day"]
    assert keys(why="Work", resume="خیر") == ["why", "major", "resume", "say", "link", "send", "day"]
    # What hangs on a question that is not asked any more goes with it.
    assert keys(why="Learning", resume="no") == ["why", "major", "link", "send", "day"]


def test_the_need_is_what_most_answers_speak_for() -> None:
    twice = replace(TALK, items=(WHY, replace(WHY, key="what"), replace(WHY, key="lack")))
    assert likely_need(twice, {}) == ""
    assert likely_need(twice, {"why": "work"}) == "job"
    assert likely_need(twice, {"why": "Work", "what": "Learning"}) == "job"
    assert likely_need(twice, {"why": "Work", "what": "Learning", "lack": "Learning"}) == "course"


def test_a_sound_playbook_is_the_same_as_a_table_and_back() -> None:
    assert playbook_problems(TALK, KNOWN) == ()
    assert playbook_of(playbook_table(TALK)) == TALK
    assert [(each.key, each.kind) for each in own_fields("job", TALK)] == [
        ("job_why", FieldKind.CHOICE),
        ("job_day", FieldKind.DATE),
    ]


def test_a_text_says_who_talks_and_leaves_other_braces() -> None:
    assert filled_in("{name}, {agent} {other}", {"name": "Mina", "agent": "Reza"}) == "Mina, Reza {other}"


@pytest.mark.parametrize(
    ("items", "place"),
    [
        ((ask("a", Condition("b")), ask("b", Condition("a"))), ["items.0.when", "items.1.when"]),
        ((ask("a", Condition("a")),), ["items.0.when"]),
        ((ask("a", Condition("z")),), ["items.0.when"]),
        ((ask("b", Condition("a")), ask("a")), ["items.0.when"]),
        ((WHY, ask("b", Condition("why", ("Money",)))), ["items.1.when"]),
        ((ask("r", field="resume"), ask("b", Condition("r", ("perhaps",)))), ["items.1.when"]),
        ((ask("a", field="shoe"),), ["items.0.field"]),
        ((ask("a"), ask("a")), ["items.0.key", "items.1.key"]),
        ((ask("Née"),), ["items.0.key"]),
        ((ask("name"),), ["items.0.key"]),
        ((ask("a", title=""),), ["items.0.title"]),
        ((ask("a", text="Hello {nmae}"),), ["items.0.text"]),
        ((ask("a", answer=FieldKind.CHOICE, options=("One",)),), ["items.0.options"]),
        ((replace(WHY, finds=(("Money", "job"),)),), ["items.0.finds"]),
        ((replace(WHY, finds=(("Work", "rent"),)),), ["items.0.finds"]),
        ((PlaybookItem(ItemKind.SAY),), ["items.0.text"]),
        ((PlaybookItem(ItemKind.LINK),), ["items.0.link"]),
        ((PlaybookItem(ItemKind.SEND, message="invitation"),), ["items.0.text"]),
        ((PlaybookItem(ItemKind.SEND, text="The way.", message="way"),), ["items.0.message"]),
        ((PlaybookItem(ItemKind.SAY, text="The way.", message="invitation"),), ["items.0.message"]),
    ],
)
def test_what_is_wrong_with_a_line_is_told_beside_it(
    items: tuple[PlaybookItem, ...], place: list[str]
) -> None:
    assert [each.field for each in playbook_problems(Playbook(items=items), KNOWN)] == place


@pytest.mark.parametrize(
    ("playbook", "place"),
    [
        (Playbook(opening="{you}"), "opening"),
        (Playbook(objections=(Objection("No", ""),)), "objections.0.answer"),
        (Playbook(status="won"), "status"),
        (Playbook(answers=(("date", "x"),)), "status"),
        (Playbook(status="meeting", answers=(("room", "x"),)), "answers.room"),
        (Playbook(status="meeting", answers=(("date", "{day}"),)), "answers.date"),
        (Playbook(remind="{day}"), "remind"),
    ],
)
def test_what_is_wrong_with_the_rest_is_told_beside_it(playbook: Playbook, place: str) -> None:
    assert [each.field for each in playbook_problems(playbook, KNOWN)] == [place]
