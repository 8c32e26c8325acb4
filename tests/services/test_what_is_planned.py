"""Lists by what is planned and what was done: overdue, nothing planned, contacts, attempts, calls, owners who have left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from session_making import Office, add_lead, hire, status_of

from leadtui.domain.retry import RetryPace, RetryRule
from leadtui.domain.view import Calls, LeadFilter, Plan, View
from leadtui.domain.workspace import MemberState
from leadtui.presentation.filters import filter_words
from leadtui.presentation.formatter import Formatter
from leadtui.services import do_not_call
from leadtui.services.defining import save_status
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import log_call, open_lead
from leadtui.services.reminders import set_reminder
from leadtui.store import definitions, filters


def listed(leads: LeadList, chosen: LeadFilter) -> str:
    """The first letters of the customers in a list, in the order of their names; both ways to list agree."""
    ids = leads.order(View(sort="name", descending=False, filter=chosen))
    every = leads.order(View())
    assert leads.matches(View(filter=chosen), every) == set(ids)
    rows = leads.rows(ids)
    return "".join(rows[each].name[0] for each in ids)


@pytest.mark.parametrize("few", [0, 2_000])
def test_lists_by_what_is_planned_and_was_done(
    office: Office, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "FEW", few)
    neda, clock = office.neda, office.clock
    reza = hire(neda, "Reza Amini", "reza@example.com", clock)
    began = clock.now
    people = {
        name[0]: add_lead(neda, name, f"+1 212 555 01{place:02}", mine=name != "Free")
        for place, name in enumerate(("Anna", "Berta", "Cyrus", "Dara", "Free"))
    }
    gone = add_lead(reza, "Gone", mine=True)
    set_reminder(neda, people["A"].id, began + timedelta(hours=1))
    set_reminder(neda, people["B"].id, began + timedelta(days=3))
    clock.move(hours=2)
    log_call(neda, people["C"].id, people["C"].phone, clock.now, 40)
    tried = status_of(neda, "no_answer")
    rule = RetryRule(RetryPace.FIXED, after_minutes=60, most=5)
    save_status(neda, replace(tried, retry=rule), tried)
    for _attempt in range(2):
        lead = open_lead(neda, people["D"].id).lead
        set_status(neda, SetStatus(lead.id, lead.version, status_of(neda, "no_answer").id))
    do_not_call.forbid(neda, people["F"].id, "asked")
    with neda.write() as tx:
        definitions.set_state(tx, reza.actor.id, MemberState.GONE, tx.now, None)
    leads = LeadList(neda)
    later = began + timedelta(hours=1, minutes=30)
    for chosen, expected in (
        (LeadFilter(plans=frozenset({Plan.OVERDUE})), "A"),
        (LeadFilter(plans=frozenset({Plan.NEVER_CALLED})), "G"),
        (LeadFilter(plans=frozenset({Plan.NOTHING, Plan.OVERDUE})), "AC"),
        (LeadFilter(next_from=clock.now), "BD"),
        (LeadFilter(next_before=clock.now), "A"),
        (LeadFilter(contacted_from=later), "CD"),
        (LeadFilter(contacted_before=later), ""),
        (LeadFilter(untouched_since=later), "ABFG"),
        (LeadFilter(least_attempts=2), "D"),
        (LeadFilter(least_attempts=3), ""),
        (LeadFilter(calls=frozenset({Calls.FORBIDDEN})), "F"),
        (LeadFilter(calls=frozenset({Calls.ALLOWED})), "ABCDG"),
        (LeadFilter(calls=frozenset(Calls)), "ABCDFG"),
        (LeadFilter(owner_left=True), "G"),
        (LeadFilter(first_call_from=later), "C"),
        (LeadFilter(first_call_before=later), ""),
        (LeadFilter(last_call_from=later, last_call_before=clock.now + timedelta(hours=1)), "C"),
        (LeadFilter(last_call_before=later), ""),
        (LeadFilter(never_rung=True), "ABDFG"),
    ):
        assert listed(leads, chosen) == expected, chosen
    # What is overdue grows with the time alone.
    clock.move(days=4)
    assert listed(leads, LeadFilter(plans=frozenset({Plan.OVERDUE}))) == "ABD"
    assert gone.owner_id == reza.actor.id
    reza.close()


def test_what_is_asked_is_told(office: Office) -> None:
    chosen = LeadFilter(
        plans=frozenset(Plan),
        calls=frozenset({Calls.ALLOWED}),
        next_from=datetime(2024, 9, 28, 12, tzinfo=UTC),
        next_before=datetime(2024, 9, 30, 4, tzinfo=UTC),
        untouched_since=datetime(2024, 9, 1, 12, tzinfo=UTC),
        least_attempts=3,
        owner_left=True,
    )
    words = filter_words(chosen, Formatter(office.neda))
    parts = (
        *("overdue", "nothing planned", "never called", "next from", "until", "untouched since"),
        *("3 attempts or more", "calls allowed", "of who has left"),
    )
    places = [words.index(each) for each in parts]
    assert all(before < after for before, after in pairwise(places)), words
