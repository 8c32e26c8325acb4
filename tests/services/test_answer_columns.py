"""Columns of what statuses ask for: they read, sort and leave the desk as a customer's own field with the same values does."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from session_making import Office, add_lead, hire, status_of

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import find_field
from leadtui.domain.permission import Permission
from leadtui.domain.status import Status
from leadtui.domain.view import Arrangement, ColumnChoice, View, answer_sort, custom_sort
from leadtui.presentation.formatter import Formatter
from leadtui.services.defining import save_field, save_status
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.exporting import ExportFormat, ExportOptions, export
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import open_lead
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.services.undo import undo
from leadtui.services.views import list_views, save_view
from leadtui.store import leads

GIVEN: dict[FieldKind, tuple[str, ...]] = {
    FieldKind.TEXT: ("zebra", "Äpfel", "book"),
    FieldKind.LONG_TEXT: ("two\nlines", "one", "three"),
    FieldKind.LINK: ("https://b.example", "https://a.example", "https://c.example"),
    FieldKind.NUMBER: ("10", "9.5", "-1"),
    FieldKind.INTEGER: ("10", "9", "200"),
    FieldKind.YEAR: ("1402", "2026", "1399"),
    FieldKind.MONEY: ("1000", "90", "200"),
    FieldKind.DATE: ("2026-03-01", "2025-12-31", "2026-02-15"),
    FieldKind.TIME: ("16:30", "09:00", "10:15"),
    FieldKind.WEEKDAY: ("friday", "monday", "sunday"),
    FieldKind.CHOICE: ("Payroll", "Excel", "Audit"),
    FieldKind.CHOICES: ("Payroll, Excel", "Audit", "Excel"),
    FieldKind.YES_NO: ("yes", "no", "yes"),
    FieldKind.PHONE: ("+1 212 555 0109", "+1 212 555 0105", "+1 212 555 0107"),
    FieldKind.EMAIL: ("zoe@example.com", "ann@example.com", "bob@example.com"),
    FieldKind.PERSON: ("Omid Karimi", "Neda", "Omid Karimi"),
}
"""What three customers answer to a field of each kind."""

OPTIONS = ("Excel", "Payroll", "Audit")


def asked_for(session: Session, *fields: Field) -> Status:
    """A status that asks for these fields."""
    status = status_of(session, "interested")
    save_status(session, replace(status, fields=fields), status)
    return status_of(session, "interested")


def answer(session: Session, lead: Lead, status: Status, **answers: str) -> None:
    version = open_lead(session, lead.id).lead.version
    set_status(session, SetStatus(lead.id, version, status.id, answers=answers, no_next_step="waits"))


def exported(session: Session, key: str) -> list[str]:
    stream = io.BytesIO()
    export(session, View(), ExportFormat.CSV, stream, ExportOptions(columns=(key,)))
    return stream.getvalue().decode().splitlines()[1:]


def test_every_kind_is_given() -> None:
    assert set(GIVEN) == set(FieldKind)


@pytest.mark.parametrize("kind", GIVEN)
def test_it_reads_and_sorts_as_an_own_field_does(office: Office, kind: FieldKind) -> None:
    neda = office.neda
    hire(neda, "Omid Karimi", "omid@example.com", office.clock)
    options = OPTIONS if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ()
    field = Field(0, "", "Asked", kind, options=options)
    status = asked_for(neda, field)
    (asked,) = status.open_fields
    own = save_field(neda, replace(field, title="Own"), None)
    people = [add_lead(neda, name, mine=True) for name in ("Anna", "Berta", "Cyrus", "Nobody")]
    for lead, given in zip(people, GIVEN[kind], strict=False):
        answer(neda, lead, status, **{asked.key: given})
        version = open_lead(neda, lead.id).lead.version
        edit_lead(neda, EditLead(lead.id, version, {custom_sort(own.key): given}))
    by_answer, by_own = answer_sort(status.id, asked.key), custom_sort(own.key)
    customers, formatter = LeadList(neda), Formatter(neda)
    for descending in (False, True):
        orders = [customers.order(View(sort=each, descending=descending)) for each in (by_answer, by_own)]
        assert orders[0] == orders[1]
        assert orders[0][-1] == people[-1].id
        assert customers.first_window(View(sort=by_answer, descending=descending), 2) == orders[0][:2]
    columns = [find_field(each, neda.definitions) for each in (by_answer, by_own)]
    for lead in customers.rows([each.id for each in people], [by_answer]).values():
        told = [formatter.value(each, lead) for each in columns if each is not None]
        assert told[0] == told[1]
        assert bool(told[0]) == (lead.id != people[-1].id)
    assert exported(neda, by_answer) == exported(neda, own.key) == exported(neda, f"{status.key}.{asked.key}")


def test_it_tells_the_last_answer_that_stands(office: Office) -> None:
    neda = office.neda
    status = asked_for(neda, Field(0, "", "Seats", FieldKind.INTEGER))
    (seats,) = status.open_fields
    column = answer_sort(status.id, seats.key)
    lead = add_lead(neda, "Anna", mine=True)

    def told() -> str:
        field = find_field(column, neda.definitions)
        assert field is not None
        return Formatter(neda).value(field, LeadList(neda).rows([lead.id], [column])[lead.id])

    assert told() == ""
    answer(neda, lead, status, **{seats.key: "3"})
    office.clock.move(minutes=1)
    answer(neda, lead, status, **{seats.key: "40"})
    assert told() == "40"
    undo(neda)
    assert told() == "3"
    assert not LeadList(neda).rows([lead.id])[lead.id].answers, "what no column shows is not read"


def test_a_view_keeps_it_and_says_when_it_is_out_of_use(office: Office) -> None:
    neda = office.neda
    status = asked_for(neda, Field(0, "", "Seats", FieldKind.INTEGER))
    (seats,) = status.open_fields
    column = answer_sort(status.id, seats.key)
    wanted = Arrangement(View(sort=column), (ColumnChoice("name"), ColumnChoice(column, width=9)))
    save_view(neda, "Seats", wanted)
    assert list_views(neda)[0].arrangement == wanted
    save_status(neda, replace(status, fields=(replace(seats, retired=True),)), status)
    (kept,) = list_views(neda)
    assert kept.out_of_use == (f"{status.title}: Seats",)
    assert kept.arrangement == Arrangement(View(), (ColumnChoice("name"),))


def test_what_is_hidden_is_told_neither_by_value_nor_by_order(office: Office) -> None:
    neda = office.neda
    status = asked_for(neda, Field(0, "", "Ring at", FieldKind.PHONE), Field(0, "", "Remark"))
    ring_at, remark = status.open_fields
    columns = [answer_sort(status.id, each.key) for each in status.open_fields]
    people = [add_lead(neda, name, mine=True) for name in ("Anna", "Berta", "Cyrus")]
    for lead, end in zip(people, "213", strict=True):
        number = f"+1212555019{end}"
        answer(neda, lead, status, **{ring_at.key: number, remark.key: f"rather {number}"})
    omid = hire(neda, "Omid Karimi", "omid@example.com", office.clock)
    assert LeadList(omid).order(View(sort=columns[0], descending=False))[0] == people[1].id
    agent = neda.definitions.profile("agent")
    assert agent is not None
    save_profile(neda, replace(agent, permissions=agent.permissions - {Permission.SEE_NUMBERS}), agent)
    hidden = LeadList(omid)
    by_id = [each.id for each in people]
    assert list(hidden.order(View(sort=columns[0], descending=False))) == by_id
    for lead in hidden.rows(by_id, columns).values():
        assert "555" not in repr(lead)
        fields = [find_field(each, omid.definitions) for each in columns]
        assert "555" not in "".join(Formatter(omid).value(each, lead) for each in fields if each is not None)


def test_answers_are_read_for_more_leads_than_one_statement_names(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    neda = office.neda
    status = asked_for(neda, Field(0, "", "Seats", FieldKind.INTEGER))
    (seats,) = status.open_fields
    people = [add_lead(neda, f"Customer {place}", mine=True) for place in range(5)]
    for place, lead in enumerate(people):
        answer(neda, lead, status, **{seats.key: str(place)})
    monkeypatch.setattr(leads, "AT_ONCE", 2)
    found = LeadList(neda).rows([each.id for each in people], [answer_sort(status.id, seats.key)])
    assert [each.answers[status.id, seats.key].value for each in found.values()] == list("01234")
