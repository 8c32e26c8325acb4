"""Columns that are worked out – calls, attempts, plans, touches, leavers – and lists by what was answered with a status."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from session_making import Office, add_lead, hire, status_of

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead import Lead
from leadtui.domain.permission import Permission
from leadtui.domain.retry import RetryPace, RetryRule
from leadtui.domain.view import AnswerFilter, Arrangement, FieldFilter, LeadFilter, View
from leadtui.domain.workspace import MemberState
from leadtui.presentation.filters import filter_words
from leadtui.presentation.formatter import Formatter
from leadtui.services import do_not_call
from leadtui.services.defining import save_status
from leadtui.services.exporting import ExportFormat, ExportOptions, export
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import log_call, open_lead
from leadtui.services.profiles import save_profile
from leadtui.services.reminders import set_reminder
from leadtui.services.session import Session
from leadtui.services.undo import undo
from leadtui.services.views import list_views, save_view
from leadtui.store import definitions, filters


def initials(session: Session, view: View) -> str:
    leads = LeadList(session)
    ids = leads.order(view)
    assert leads.matches(view, leads.order(View())) == set(ids)
    rows = leads.rows(ids)
    return "".join(rows[each].name[0] for each in ids)


def sorted_by(session: Session, sort: str, *, descending: bool = False) -> str:
    return initials(session, View(sort=sort, descending=descending))


def worked_office(office: Office) -> dict[str, Lead]:
    """Anna has a step to come, Berta an overdue one, Cyrus was rung twice, Dara tried twice, Free is nobody's and forbidden."""
    neda, clock = office.neda, office.clock
    people = {
        name[0]: add_lead(neda, name, f"+1 212 555 01{place:02}", mine=name != "Free")
        for place, name in enumerate(("Anna", "Berta", "Cyrus", "Dara", "Free"))
    }
    set_reminder(neda, people["A"].id, clock.now + timedelta(days=3))
    set_reminder(neda, people["B"].id, clock.now + timedelta(hours=1))
    clock.move(hours=2)
    log_call(neda, people["C"].id, people["C"].phone, clock.now, 40)
    tried = status_of(neda, "no_answer")
    save_status(neda, replace(tried, retry=RetryRule(RetryPace.FIXED, after_minutes=60, most=5)), tried)
    for _attempt in range(2):
        lead = open_lead(neda, people["D"].id).lead
        set_status(neda, SetStatus(lead.id, lead.version, status_of(neda, "no_answer").id))
    clock.move(days=1)
    log_call(neda, people["C"].id, people["C"].phone, clock.now, 0)
    do_not_call.forbid(neda, people["F"].id, "asked")
    return people


def test_each_column_tells_and_sorts(office: Office) -> None:
    neda, clock = office.neda, office.clock
    reza = hire(neda, "Reza Amini", "reza@example.com", clock)
    people = worked_office(office)
    add_lead(reza, "Gone", mine=True)
    with neda.write() as tx:
        definitions.set_state(tx, reza.actor.id, MemberState.GONE, tx.now, None)
    cyrus = open_lead(neda, people["C"].id).lead
    assert cyrus.last_call_at == clock.now
    assert cyrus.first_call_at == clock.now - timedelta(days=1)
    assert cyrus.touched_at == clock.now
    assert sorted_by(neda, "attempts", descending=True)[0] == "D"
    assert sorted_by(neda, "do_not_call")[0] == "F"
    assert sorted_by(neda, "first_call_at") == "CABDFG"
    assert sorted_by(neda, "last_call_at", descending=True)[0] == "C"
    assert sorted_by(neda, "touched_at", descending=True)[0] in "CG"
    assert sorted_by(neda, "owner_left")[0] == "G"
    # Never called, nothing planned, overdue, to come; nobody's last.
    assert sorted_by(neda, "planned") == "GCBDAF"
    # A few leads are ordered by themselves, and as all are.
    anna_and_cyrus = View(sort="last_call_at", find="an", descending=True)
    assert initials(neda, anna_and_cyrus)[0] != "C"
    for key, shown in (
        ("planned", "overdue"),
        ("attempts", ""),
        ("last_call_at", ""),
    ):
        stream = io.BytesIO()
        export(neda, [people["B"].id], ExportFormat.CSV, stream, ExportOptions(columns=(key,)))
        assert stream.getvalue().decode().splitlines()[1].strip('"') == (
            shown or ("0" if key == "attempts" else "")
        )
    stream = io.BytesIO()
    export(neda, View(), ExportFormat.CSV, stream)
    assert "Attempts" not in stream.getvalue().decode().splitlines()[0], "only what is named is written"


@pytest.mark.parametrize("few", [0, 2_000])
def test_lists_by_what_was_answered_the_last_time(
    office: Office, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "FEW", few)
    neda, clock = office.neda, office.clock
    people = {
        name[0]: add_lead(neda, name, f"+1 212 555 01{place:02}", mine=True)
        for place, name in enumerate(("Anna", "Berta", "Cyrus", "Dara"))
    }
    interested = status_of(neda, "interested")
    save_status(
        neda,
        replace(
            interested,
            fields=(
                Field(0, "", "Seats", FieldKind.INTEGER),
                Field(0, "", "Course", FieldKind.CHOICE, options=("Payroll", "Excel")),
                Field(0, "", "Remark"),
            ),
        ),
        interested,
    )
    interested = status_of(neda, "interested")
    seats, course, remark = interested.open_fields

    def answer(name: str, **given: str) -> None:
        clock.move(minutes=1)
        lead = open_lead(neda, people[name].id).lead
        set_status(neda, SetStatus(lead.id, lead.version, interested.id, answers=given, no_next_step="waits"))

    answer("A", **{seats.key: "3", course.key: "Payroll", remark.key: "Wants it soon"})
    answer("B", **{seats.key: "9"})
    answer("C", **{seats.key: "4"})
    answer("C", **{seats.key: "40", course.key: "Excel"})

    def asked(wanted: FieldFilter) -> LeadFilter:
        return LeadFilter(answers=(AnswerFilter(interested.id, wanted),))

    few_seats = asked(FieldFilter(seats.key, least="1", most="9"))
    for chosen, expected in (
        (few_seats, "AB"),
        (asked(FieldFilter(seats.key, least="40")), "C"),
        (asked(FieldFilter(course.key, options=frozenset({"Payroll", "Excel"}))), "AC"),
        (asked(FieldFilter(course.key, none=True)), "B"),
        (asked(FieldFilter(remark.key, contains="SOON")), "A"),
        (
            LeadFilter(answers=(AnswerFilter(status_of(neda, "no_answer").id, FieldFilter("x", none=True)),)),
            "",
        ),
    ):
        assert initials(neda, View(sort="name", descending=False, filter=chosen)) == expected, chosen
    assert filter_words(few_seats, Formatter(neda)) == f"{interested.title}: Seats: 1–9"
    save_view(neda, "Few seats", Arrangement(View(filter=few_seats)))
    assert list_views(neda)[0].arrangement.view.filter == few_seats
    undo(neda)
    assert initials(neda, View(filter=asked(FieldFilter(seats.key, least="40")))) == ""


def test_nobody_is_listed_by_a_number_that_was_answered_and_is_hidden(office: Office) -> None:
    neda = office.neda
    lead = add_lead(neda, "Anna", mine=True)
    interested = status_of(neda, "interested")
    save_status(neda, replace(interested, fields=(Field(0, "", "Ring at", FieldKind.PHONE),)), interested)
    interested = status_of(neda, "interested")
    (ring_at,) = interested.open_fields
    set_status(
        neda,
        SetStatus(
            lead.id,
            open_lead(neda, lead.id).lead.version,
            interested.id,
            answers={ring_at.key: "+12125550199"},
            no_next_step="waits",
        ),
    )
    by_number = View(
        filter=LeadFilter(answers=(AnswerFilter(interested.id, FieldFilter(ring_at.key, contains="0199")),))
    )
    assert initials(neda, by_number) == "A"
    sara = hire(neda, "Omid Karimi", "omid@example.com", office.clock)
    assert initials(sara, by_number) == "A"
    agent = neda.definitions.profile("agent")
    assert agent is not None
    save_profile(neda, replace(agent, permissions=agent.permissions - {Permission.SEE_NUMBERS}), agent)
    assert not LeadList(sara).order(by_number)
