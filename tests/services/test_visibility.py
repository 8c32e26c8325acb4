"""What a profile does not let a person see is in no list, search, count, panel, timeline or reminder, nor found by it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, hire, make_session, status_of
from sqlalchemy import update

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead import Lead
from leadtui.domain.permission import READY_PROFILES, Permission
from leadtui.domain.view import View
from leadtui.errors import NotFound, Refused
from leadtui.presentation.desk_text import print_desk
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.undo import step_words, undone_sentence
from leadtui.services import defining, do_not_call, leads, reminders
from leadtui.services.bulk import assign
from leadtui.services.cartable import open_cartable
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing.running import import_files
from leadtui.services.importing.undoing import Because, undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.services.undo import last_undoable, undo
from leadtui.store import tables

AGENT = READY_PROFILES["agent"]


@dataclass
class Place:
    """Sara's desk and her supervisor's; the first customer is Sara's, the others are not."""

    boss: Session
    sara: Session
    clock: MovingClock
    own: Lead
    others: tuple[Lead, ...]

    def allow(self, *permissions: Permission) -> None:
        """Let agents have exactly these permissions."""
        with self.boss.store.write() as connection:
            profile = tables.profile
            connection.execute(
                update(profile)
                .where(profile.c.key == "agent")
                .values(permissions=sorted(each.value for each in permissions))
            )
        self.sara.reload_definitions()

    def refuse(self, permission: Permission) -> None:
        """Let agents have what they have ready, without that one."""
        self.allow(*(AGENT - {permission}))


@pytest.fixture
def place(tmp_path: Path) -> Generator[Place]:
    clock = MovingClock()
    boss = make_session(tmp_path, clock=clock)
    defining.save_field(boss, Field(0, "", "Second phone", FieldKind.PHONE))
    sara = hire(boss, "Sara Ahmadi", "sara@example.com", clock)
    own = add_lead(
        sara, "Mina Sadeghi", "+1 212 555 0101", mine=True, city="Boston", email="mina@example.com"
    )
    reza = add_lead(boss, "Reza Amini", "+1 212 555 0102", mine=True, city="Rome", email="amini@web.org")
    free = add_lead(boss, "Lea Brown", "+1 212 555 0103", city="Rome")
    with boss.store.write() as connection:
        connection.execute(
            update(tables.lead).values(
                referrer="Uncle Ali ۰۹۱۲ ۱۲۳ ۴۵۶۷", custom={"second_phone": "+12125550109"}
            )
        )
    leads.log_call(boss, reza.id, "+12125550102", clock.now, 30)
    yield Place(boss, sara, clock, own, (reza, free))
    sara.close()
    boss.close()


def found(session: Session, typed: str) -> list[str]:
    """The names that finding gives, which must be the same in all ways of asking."""
    customers, view = LeadList(session), View(find=typed, sort="name", descending=False)
    ids = customers.order(view)
    assert customers.first_window(view, 10) == ids
    everybody = customers.order(View())
    assert customers.matches(view, everybody) == set(ids)
    rows = customers.rows(ids)
    return [rows[each].name for each in ids]


def test_a_customer_of_others_has_no_number_anywhere(place: Place) -> None:
    place.refuse(Permission.SEE_NUMBERS)
    reza = place.others[0]
    customers = LeadList(place.sara)
    rows = customers.rows([place.own.id, reza.id])
    assert rows[place.own.id].phone == "+12125550101"
    assert not rows[place.own.id].numbers_hidden
    shown = rows[reza.id]
    assert (shown.phone, shown.email, shown.numbers, shown.numbers_hidden) == ("", "", (), True)
    assert shown.referrer == "Uncle Ali hidden"
    assert "second_phone" not in shown.custom
    opened = leads.open_lead(place.sara, reza.id)
    assert "555" not in repr(opened)
    assert "web.org" not in repr(opened)
    assert "555 0102" not in print_desk(place.sara, 120)
    assert "hidden" in print_desk(place.sara, 120)
    # Those without an owner are in nobody's cartable, so not in hers.
    assert leads.open_lead(place.sara, place.others[1].id).lead.numbers_hidden
    assert "second_phone" in leads.open_lead(place.sara, place.own.id).lead.custom


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("212555", ["Mina Sadeghi"]),
        ("0102", []),
        ("102", []),
        ("+1 212 555 0103", []),
        ("amini@web.org", []),
        ("web", []),
        ("a", ["Reza Amini"]),
        ("amini", ["Reza Amini"]),
        ("mina@ex", ["Mina Sadeghi"]),
        ("rome", ["Lea Brown", "Reza Amini"]),
        ("rome 0102", []),
        ("reza 555", []),
        ("%", []),
        ("_", []),
        ("web_", []),
        ("", ["Lea Brown", "Mina Sadeghi", "Reza Amini"]),
    ],
)
def test_nobody_is_found_by_what_is_hidden(place: Place, typed: str, names: list[str]) -> None:
    place.refuse(Permission.SEE_NUMBERS)
    assert found(place.sara, typed) == names


@pytest.mark.parametrize("sort", ["phone", "email", "custom:second_phone"])
def test_no_order_tells_what_is_hidden(place: Place, sort: str) -> None:
    place.refuse(Permission.SEE_NUMBERS)
    customers = LeadList(place.sara)
    for descending in (False, True):
        view = View(sort=sort, descending=descending)
        ids = list(customers.order(view))
        assert ids == list(customers.first_window(view, 10))
        assert ids[0] == place.own.id
        # The rest by their ids alone, whichever way: as customers who have nothing there.
        assert ids[1:] in ([each.id for each in place.others], [each.id for each in place.others][::-1])
        found_view = View(sort=sort, descending=descending, find="rome")
        assert sorted(customers.order(found_view)) == sorted(each.id for each in place.others)


def test_ringing_is_refused_where_the_number_is_hidden(place: Place) -> None:
    place.refuse(Permission.SEE_NUMBERS)
    with pytest.raises(Refused, match="customers:see-numbers"):
        leads.log_call(place.sara, place.others[0].id, "+12125550102", place.clock.now, 5)
    leads.log_call(place.sara, place.own.id, "+12125550101", place.clock.now, 5)


@pytest.mark.parametrize("permission", [Permission.SEE_NUMBERS, Permission.SEE_CUSTOMERS])
@pytest.mark.parametrize("reference", ["+1 212 555 0102", "2125550102", "amini@web.org"])
def test_no_reference_reaches_what_is_hidden(place: Place, permission: Permission, reference: str) -> None:
    assert leads.find_lead(place.sara, reference).name == "Reza Amini"
    place.refuse(permission)
    unknown_reference = reference.replace("0102", "9999").replace("amini", "nobody")
    with pytest.raises(NotFound) as known:
        leads.find_lead(place.sara, reference)
    with pytest.raises(NotFound) as unknown:
        leads.find_lead(place.sara, unknown_reference)
    assert str(known.value).replace(reference, unknown_reference) == str(unknown.value)
    assert leads.find_lead(place.sara, "+1 212 555 0101").id == place.own.id


def test_with_the_own_cartable_alone_others_are_not_there(place: Place) -> None:
    place.refuse(Permission.SEE_CUSTOMERS)
    customers = LeadList(place.sara)
    assert list(customers.order(View())) == [place.own.id]
    assert list(customers.first_window(View(), 10)) == [place.own.id]
    assert found(place.sara, "rome") == []
    assert found(place.sara, "212") == ["Mina Sadeghi"]
    assert customers.count() == 1
    assert customers.counts_by_status() == {None: 1}
    assert customers.cities("", 10) == [("Boston", 1)]
    assert list(customers.rows([each.id for each in place.others])) == []
    assert not customers.matches(View(), [each.id for each in place.others])
    assert list(open_cartable(place.sara).order) == [place.own.id]
    assert "Reza" not in print_desk(place.sara, 120)
    assert leads.open_lead(place.sara, place.own.id).lead.phone


STEPS: dict[str, Callable[[Place, Lead], object]] = {
    "open": lambda at, lead: leads.open_lead(at.sara, lead.id),
    "show": lambda at, lead: leads.find_lead(at.sara, str(lead.id)),
    "note": lambda at, lead: leads.add_note(at.sara, lead.id, "looked"),
    "call": lambda at, lead: leads.log_call(at.sara, lead.id, lead.phone, at.clock.now, 1),
    "remind": lambda at, lead: reminders.set_reminder(at.sara, lead.id, at.clock.now + timedelta(days=1)),
    "status": lambda at, lead: set_status(
        at.sara, SetStatus(lead.id, lead.version, status_of(at.sara, "no_answer").id)
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_taken_on_who_is_not_seen(place: Place, step: str) -> None:
    place.refuse(Permission.SEE_CUSTOMERS)
    with place.boss.store.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM activity").scalar()
    with pytest.raises(NotFound) as hidden:
        STEPS[step](place, place.others[0])
    gone = str(hidden.value).replace(str(place.others[0].id), "999")
    assert gone == "Customer 999 is not here: erased, merged into another, or not yours to see."
    with place.boss.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM activity").scalar() == before


def test_a_reminder_of_a_customer_who_has_left_tells_no_more_than_that(place: Place) -> None:
    reminders.set_reminder(place.sara, place.others[0].id, place.clock.now + timedelta(hours=1), "papers")
    place.refuse(Permission.SEE_NUMBERS)
    (listed,) = reminders.list_reminders(place.sara)
    assert (listed.lead_name, listed.phone, listed.numbers_hidden) == ("Reza Amini", "", True)
    place.refuse(Permission.SEE_CUSTOMERS)
    place.clock.move(hours=2)
    (due,) = reminders.due_reminders(place.sara)
    assert (due.lead_name, due.phone) == ("a customer in another cartable", "")
    assert due.reminder.note == "papers"
    reminders.acknowledge(place.sara, due.reminder.id)


def test_taking_over_whose_numbers_are_hidden_is_a_permission_of_its_own(place: Place) -> None:
    place.allow(*(AGENT - {Permission.SEE_NUMBERS, Permission.TAKE_OVER}))
    reza, free = place.others
    taking: list[Callable[[], object]] = [
        lambda: assign(place.sara, [reza.id], place.sara.actor.id),
        lambda: assign(place.sara, [free.id], place.sara.actor.id),
        lambda: set_status(
            place.sara,
            SetStatus(free.id, None, status_of(place.sara, "interested").id, no_next_step="rings us"),
        ),
        lambda: set_status(
            place.sara,
            SetStatus(
                reza.id,
                None,
                status_of(place.sara, "demo_booked").id,
                answers={"date": "2024-10-01", "time": "16:00"},
                owner_id=place.sara.actor.id,
                remind_at=place.clock.now + timedelta(days=3),
            ),
        ),
    ]
    for take in taking:
        with pytest.raises(Refused, match="follow-ups:take-over"):
            take()
    assert assign(place.sara, [reza.id], None).done == 1
    place.refuse(Permission.SEE_NUMBERS)
    assert assign(place.sara, [free.id], place.sara.actor.id).done == 1
    assert leads.open_lead(place.sara, free.id).lead.phone == "+12125550103"


def test_whoever_gives_a_customer_away_sees_the_number_no_more(place: Place) -> None:
    place.refuse(Permission.SEE_NUMBERS)
    step = SetStatus(
        place.own.id,
        leads.open_lead(place.sara, place.own.id).lead.version,
        status_of(place.sara, "demo_booked").id,
        answers={"date": "2024-10-01", "time": "16:00"},
        owner_id=place.boss.actor.id,
        remind_at=place.clock.now + timedelta(days=3),
    )
    assert set_status(place.sara, step).numbers_hidden
    assert leads.open_lead(place.boss, place.own.id).lead.phone == "+12125550101"


def test_without_any_permission_to_see_the_refusal_names_them(place: Place) -> None:
    place.allow()
    for look in (lambda: LeadList(place.sara).count(), lambda: leads.open_lead(place.sara, 1)):
        with pytest.raises(Refused, match="customers:see or cartables:see"):
            look()


def test_taking_back_names_nobody_who_is_not_seen(place: Place) -> None:
    other = place.others[0]
    do_not_call.forbid(place.sara, other.id, "asked us to stop")
    place.allow(*(AGENT - {Permission.SEE_CUSTOMERS}), Permission.ALLOW_CALLS)
    with pytest.raises(Refused, match="customers:see"):
        do_not_call.list_forbidden(place.sara)
    last = last_undoable(place.sara)
    assert last is not None
    undone = undo(place.sara)
    formatter = Formatter(place.sara)
    told = step_words(last.activity, last.lead, formatter) + undone_sentence(undone, formatter)
    assert other.name not in told
    assert undone.taken[0].lead.phone == ""
    assert do_not_call.list_forbidden(place.boss) == ()


def test_why_a_step_stays_does_not_tell_what_others_do_now(place: Place) -> None:
    place.refuse(Permission.SEE_CUSTOMERS)
    own = leads.open_lead(place.sara, place.own.id).lead
    interested = status_of(place.sara, "interested").id
    set_status(place.sara, SetStatus(own.id, own.version, interested, no_next_step="rings us"))
    assign(place.boss, [own.id], place.boss.actor.id)
    own = leads.open_lead(place.boss, own.id).lead
    set_status(place.boss, SetStatus(own.id, own.version, status_of(place.boss, "no_answer").id))
    with pytest.raises(Refused) as refused:
        undo(place.sara)
    assert "another cartable" in str(refused.value)
    assert own.name not in str(refused.value)
    assert "No answer" not in str(refused.value)


def test_an_import_taken_back_leaves_whom_the_person_does_not_see(place: Place, tmp_path: Path) -> None:
    sheet, own = tmp_path / "sheet.csv", tmp_path / "own.csv"
    sheet.write_text(
        "Name,Phone,Grade\nOmid Karimi,+1 212 555 0177,\nReza Amini,+1 212 555 0102,MSc\n"
        "Ali Noori,+1 212 555 0178,\nMina Sadeghi,+1 212 555 0101,BSc\n"
    )
    own.write_text("Name,Phone\nBen Brown,+1 212 555 0179\n")
    import_files(place.boss, [sheet])
    leads.add_note(place.boss, leads.find_lead(place.boss, "+12125550177").id, "rang")
    place.allow(*(AGENT - {Permission.SEE_CUSTOMERS}), Permission.UNDO_IMPORT, Permission.IMPORT)
    before = [leads.open_lead(place.boss, each) for each in LeadList(place.boss).order(View(sort="name"))]
    for dry_run in (True, False):
        report = undo_import(place.sara, 1, dry_run=dry_run)
        assert (report.removed, report.restored, report.whole) == (0, 1, False)
        assert [(each.name, each.actor_id, each.because) for each in report.stayed] == [
            ("", None, Because.UNSEEN)
        ] * 3
    after = [leads.open_lead(place.boss, each) for each in LeadList(place.boss).order(View(sort="name"))]
    assert [each for each in after if each.lead.id != place.own.id] == [
        each for each in before if each.lead.id != place.own.id
    ]
    # Whoever sees them takes back the rest; and whom the person's own import brought goes, unseen as they are.
    rest = undo_import(place.boss, 1)
    assert (rest.removed, rest.restored, rest.whole) == (1, 1, True)
    import_files(place.sara, [own])
    assert undo_import(place.sara, 2).removed == 1
