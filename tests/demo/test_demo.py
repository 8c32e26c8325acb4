"""The demonstration is believable, true to the rules of the desk, and the same for the same seed and clock."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest
from sqlalchemy import text

from leadtui.demo.building import MOST_CUSTOMERS, TEMPLATES, build_demo
from leadtui.demo.people import number_of
from leadtui.demo.scenery import Home, load_scenery
from leadtui.domain.cartable import CartablePart, Urgency
from leadtui.domain.lead import ActivityKind
from leadtui.domain.reminder import ReminderState
from leadtui.domain.status import CartableRule
from leadtui.errors import Invalid
from leadtui.language.phone import parse_phone
from leadtui.language.text import clean
from leadtui.presentation.cartable_reason import why
from leadtui.services.cartable import open_cartable
from leadtui.services.case_limits import pass_time
from leadtui.services.cases import cases_of_lead, find_cases
from leadtui.services.colleagues import leads_per_colleague
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import OpenLead, open_lead
from leadtui.services.reminders import ReminderGroup, list_reminders
from leadtui.services.session import Session
from leadtui.services.templates import load_template

LANGUAGES = tuple(TEMPLATES)
NOW = {
    # Quarter to eleven on a working day, where each workspace is.
    "en": datetime(2024, 9, 27, 14, 42, 33, tzinfo=UTC),
    "fa": datetime(2024, 9, 28, 7, 12, 33, tzinfo=UTC),
    "ar": datetime(2024, 9, 29, 7, 42, 33, tzinfo=UTC),
}


@pytest.fixture(
    scope="module",
    params=[pytest.param(each, marks=() if each == "fa" else pytest.mark.proof) for each in LANGUAGES],
)
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The demonstration as it is first seen, in each language."""
    language = str(request.param)
    where = tmp_path_factory.mktemp("demo") / "demo.db"
    session = build_demo(where, language, 240, lambda: NOW[language])
    yield session
    session.close()


@cache
def everybody(session: Session) -> list[OpenLead]:
    """All customers whole, read once: the demonstration is only looked at."""
    with session.store.read() as connection:
        ids = connection.execute(text("SELECT id FROM lead ORDER BY id")).scalars().all()
    return [open_lead(session, each) for each in ids]


def test_the_person_is_the_owner_among_colleagues(shown: Session) -> None:
    assert (
        shown.actor.name
        == {"en": "Neda Karimi", "fa": "ندا کریمی", "ar": "ندى الكريم"}[shown.workspace.language]
    )
    assert shown.actor.profile == "owner"
    assert 6 <= len(shown.definitions.active_colleagues) <= 8
    assert len(everybody(shown)) == 240


def test_numbers_are_valid_as_written_and_addresses_are_nobodys(shown: Session) -> None:
    region = shown.workspace.region
    numbers = [number for each in everybody(shown) for number in each.lead.numbers]
    for number in numbers:
        read = parse_phone(number.written, region)
        assert read is not None, number.written
        assert read.e164 == number.e164
    abroad = sum(
        not number.e164.startswith({"US": "+1", "IR": "+98", "SA": "+966"}[region]) for number in numbers
    )
    assert 0 < abroad < len(numbers) / 3
    emails = [each.lead.email for each in everybody(shown) if each.lead.email]
    assert len(set(emails)) == len(emails) > 100
    assert {each.partition("@")[2] for each in emails} == {"example.com", "example.org", "example.net"}


def test_names_are_clean_and_of_several_scripts(shown: Session) -> None:
    names = [each.lead.name for each in everybody(shown)]
    assert all(name and clean(name) == name for name in names)
    latin = sum(name.isascii() for name in names)
    assert 0 < latin < len(names)
    assert len(set(names)) > 200


def test_most_customers_are_nobodys_and_many_are_new(shown: Session) -> None:
    assert 12 <= leads_per_colleague(shown)[shown.actor.id] <= 37
    leads = [each.lead for each in everybody(shown)]
    assert sum(lead.owner_id is None for lead in leads) > 120
    assert 60 < sum(lead.status_id is None for lead in leads) < 200
    assert len({lead.status_id for lead in leads}) > 7
    assert len({lead.channel_latest_id for lead in leads}) > 6
    assert sum(bool(lead.custom) for lead in leads) > 60


def test_the_cartable_has_every_reason(shown: Session) -> None:
    cartable = open_cartable(shown)
    tries_again = any(each.retry for each in shown.definitions.statuses)
    expected = set(Urgency) if tries_again else set(Urgency) - {Urgency.ATTEMPT_DUE}
    assert {reason.urgency for reason in cartable.reasons.values()} == expected
    assert all(cartable.counts[part] > 1 for part in CartablePart)
    context = replace(shown.format_context(), language="en")
    words = {why(reason, context) for reason in cartable.reasons.values()}
    assert {
        "never called",
        "tomorrow",
        "promised 10:42",
        "promised 11:22",
        "in 7 min",
        "13 min late",
    } <= words
    assert {"today 12:15", "today 13:30"} <= words


def test_reminders_are_missed_due_soon_later_and_done(shown: Session) -> None:
    found = list_reminders(shown)
    groups = Counter(each.group for each in found)
    assert all(groups[group] >= 2 for group in ReminderGroup), groups
    for each in found:
        if each.group is ReminderGroup.MISSED:
            assert each.reminder.rung_at is None
    states = {each.reminder.state for each in found}
    assert states >= {ReminderState.PENDING, ReminderState.ACKNOWLEDGED, ReminderState.RESCHEDULED}


def test_histories_are_as_the_rules_of_the_desk_would_have_made_them(shown: Session) -> None:
    for each in everybody(shown):
        assert_whole(shown, each)


def assert_whole(session: Session, opened: OpenLead) -> None:
    """The lead stands where its last step left it, and its timeline is in order and in the past."""
    lead = opened.lead
    entries = sorted(opened.timeline, key=lambda entry: (entry.at, entry.id))
    steps = [entry for entry in entries if entry.kind is ActivityKind.STATUS_SET]
    assert entries[0].kind is ActivityKind.CREATED
    assert entries[-1].at <= session.now()
    assert len(steps) <= 6
    assert lead.next_at == min((reminder.due for reminder in opened.pending), default=None)
    if not steps:
        assert lead.status_id is None
        return
    before = ""
    for step in steps:
        assert step.detail.status_from == before
        before = step.detail.status_to
        status = session.definitions.status(step.detail.status_to_id)
        assert status is not None
        required = {field.key for field in status.open_fields if field.required}
        assert required <= {answer.key for answer in step.detail.answers}
    last = session.definitions.status(lead.status_id)
    assert last is not None
    assert steps[-1].detail.status_to == last.title
    newest_first = [session.definitions.status(step.detail.status_to_id) for step in reversed(steps)]
    assert lead.attempts == len(list(takewhile(lambda each: each is not None and each.retry, newest_first)))
    after = steps[-1].detail
    handed_on = last.cartable is CartableRule.NEXT
    assert last.final or handed_on or after.reminder_at is not None or after.no_next_step
    assert lead.status_at == steps[-1].at
    assert (lead.owner_id is None) == last.final
    assert last.final <= (not opened.pending)
    if lead.owner_id is not None:
        given = [step for step in steps if step.detail.owner_to_id is not None]
        assert given[-1].detail.owner_to_id == lead.owner_id
        assert lead.owner_at == given[-1].at
        assert all(reminder.owner_id == lead.owner_id for reminder in opened.pending)


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
def test_customers_in_bulk_are_as_whole_as_the_first_ones(language: str, tmp_path: Path) -> None:
    session = build_demo(tmp_path / "demo.db", language, 1200, lambda: NOW[language])
    opened = everybody(session)
    assert len(opened) == 1200
    worked = [each for each in opened if each.lead.status_id is not None]
    assert len(worked) > 300
    for each in worked[::3]:
        assert_whole(session, each)
    assert max(leads_per_colleague(session).values()) <= 130
    with session.store.read() as connection:
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    assert orphans == []
    assert LeadList(session).count() == 1200
    session.close()


def test_the_same_seed_and_clock_make_the_same_store(tmp_path: Path) -> None:
    def dump(name: str, seed: int) -> list[str]:
        session = build_demo(tmp_path / name, "fa", 40, lambda: NOW["fa"], seed)
        session.close()
        with sqlite3.connect(tmp_path / name) as connection:
            tables = ("user", "lead", "lead_number", "follow_up", "reminder", "activity", "change")
            return [repr(row) for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]

    first = dump("one.db", 1)
    assert dump("two.db", 1) == first
    assert dump("three.db", 2) != first


@pytest.mark.parametrize("customers", [1, 2, 9])
def test_a_few_customers_are_enough(customers: int, tmp_path: Path) -> None:
    session = build_demo(tmp_path / "demo.db", "en", customers, lambda: NOW["en"])
    assert LeadList(session).count() == customers
    assert len(open_cartable(session).order) == 1
    session.close()


def test_at_any_hour_it_can_be_shown(tmp_path: Path) -> None:
    """Half an hour to midnight, in the night when the clocks go back."""
    now = datetime(2024, 11, 3, 3, 31, tzinfo=UTC)
    session = build_demo(tmp_path / "demo.db", "en", 240, lambda: now)
    for each in everybody(session):
        assert_whole(session, each)
    session.close()


def test_what_there_is_no_demonstration_for_is_said(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"There is no demonstration in “de”\. There are: en, fa, ar\."):
        build_demo(tmp_path / "demo.db", "de")
    for customers in (0, MOST_CUSTOMERS + 1):
        with pytest.raises(Invalid, match=r"A demonstration has from 1 to 1,000,000 customers\."):
            build_demo(tmp_path / "demo.db", "en", customers)
    assert list(tmp_path.iterdir()) == []


def homes() -> dict[str, tuple[Home, float]]:
    """Each home with the most customers that a demonstration can take from it."""
    taken: dict[str, tuple[Home, float]] = {}
    for language in LANGUAGES:
        crowds = load_scenery(language).crowds
        shares = [high - low for low, high in zip((0, *crowds.sums), crowds.sums, strict=False)]
        parts: Counter[str] = Counter()
        found: dict[str, Home] = {}
        for crowd, share in zip(crowds.things, shares, strict=True):
            sums = crowd.homes.sums
            for home, low, high in zip(crowd.homes.things, (0, *sums), sums, strict=False):
                name = f"{home.country} {home.areas[0]}"
                parts[name] += round(1e6 * share / crowds.sums[-1] * (high - low) / sums[-1])
                found[name] = home
        for name, part in parts.items():
            most = part / 1e6 * 1.05 * MOST_CUSTOMERS
            taken[name] = (found[name], max(most, taken.get(name, (None, 0))[1]))
    return taken


@pytest.mark.parametrize("name", homes())
def test_no_number_comes_twice_and_there_are_enough(name: str) -> None:
    home, most = homes()[name]
    places = [*range(1500), *range(1500, math.ceil(most * 1.02), max(1, int(most / 1000)))]
    numbers = [number_of(home, place) for place in places]
    assert len(set(numbers)) == len(numbers)
    for number in numbers[::7]:
        assert parse_phone(f"{home.country} {number.removeprefix('0')}", "CH") is not None, number


def test_a_home_has_an_end() -> None:
    home = Home("+44", (), ("{area} 900#",), ("07700",))
    assert sorted(number_of(home, place) for place in range(10)) == [f"07700 900{n}" for n in range(10)]
    with pytest.raises(ValueError, match="no more numbers"):
        number_of(home, 10)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scenery_speaks_of_what_the_template_has(language: str) -> None:
    """Every status of the template is told of in some story, with notes for each."""
    scenery, template = load_scenery(language), load_template(TEMPLATES[language])
    statuses = {each.key: each for each in template.statuses}
    told = {key for story in scenery.stories.things for key in story}
    assert told == set(statuses) == set(scenery.notes)
    for story in scenery.stories.things:
        assert 1 <= len(story) <= 6
        assert not any(statuses[key].final for key in story[:-1])
    own = scenery.cartable
    assert not any(statuses[key].final for keys in (own.before, own.reminded, own.waiting) for key in keys)
    assert all(statuses[key].cartable.value == "next" for key in own.handed)
    assert set(scenery.channels.things) <= {each.key for each in template.channels}


def test_every_kind_of_case_has_some_in_several_states(shown: Session) -> None:
    found = find_cases(shown)
    kinds = shown.definitions.case_kinds
    assert {each.kind.key for each in found} == {each.key for each in kinds}
    assert len(found) >= 2 * len(kinds)
    assert bool(kinds) == (shown.workspace.language == "fa")
    if kinds:
        assert sum(each.case.lead_ids()[:1] != () for each in found) > len(kinds)
        mine = [each for each in open_cartable(shown).order if cases_of_lead(shown, each)]
        assert len(mine) >= 4, "the person's own customers have some"
        assert not pass_time(shown, dry_run=True), "nothing has stood too long"
