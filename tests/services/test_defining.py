"""Supervisors define statuses, fields, channels, needs and colleagues; refusals stand beside what is wrong."""

from __future__ import annotations

from dataclasses import replace
from threading import Event, Thread, current_thread

import pytest
from session_making import MovingClock, add_lead, hire, status_of
from sqlalchemy import Connection, event

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.permission import AGENT_PROFILE, OWNER_PROFILE, Permission, Profile
from leadtui.domain.status import CartableRule, ReminderRule, Status, StatusKind
from leadtui.domain.view import custom_sort
from leadtui.errors import Conflict, Invalid, InvalidAnswers, Refused, Unconfirmed
from leadtui.services import defining
from leadtui.services.colleagues import change_colleague
from leadtui.services.confirming import confirming
from leadtui.services.defining import CHANNEL, DISTRIBUTION, FIELD, NEED, STATUS
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.field_kinds import InTheWay, answers_in_the_way
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session

SAMPLE_CLASS = Status(
    id=0,
    key="",
    title="  Sample class ",
    glyph="◇",
    colour="teal",
    cartable=CartableRule.NEXT,
    reminder=ReminderRule.MUST,
    owner_title="Who teaches",
    fields=(
        Field(0, "", "Date", FieldKind.DATE, required=True),
        Field(0, "", "Time", FieldKind.TIME, required=True),
        Field(0, "", "Seat", FieldKind.CHOICE, options=("front", " back ", "front"), required=True),
    ),
)


def problems_of(session: Session, status: Status) -> dict[str, str]:
    with pytest.raises(InvalidAnswers) as caught:
        defining.save_status(session, status)
    return {problem.field: str(problem) for problem in caught.value.problems}


def test_a_new_status_with_three_fields(session: Session) -> None:
    saved = defining.save_status(session, SAMPLE_CLASS)
    assert (saved.key, saved.title, saved.owner_title) == ("sample_class", "Sample class", "Who teaches")
    assert [(each.key, each.kind, each.options) for each in saved.fields] == [
        ("date", FieldKind.DATE, ()),
        ("time", FieldKind.TIME, ()),
        ("seat", FieldKind.CHOICE, ("front", "back")),
    ]
    assert session.definitions.open_statuses[-1] == saved


def test_what_is_wrong_is_named_in_its_place(session: Session) -> None:
    wrong = replace(
        SAMPLE_CLASS,
        title="CALL  BACK",
        glyph="◇◇",
        colour="plaid",
        fields=(
            Field(0, "", "", FieldKind.TEXT),
            Field(0, "", "Seat", FieldKind.CHOICE, options=("only",)),
            Field(0, "", "seat", FieldKind.CHOICES, options=("يك", "یک")),
        ),
    )
    found = problems_of(session, wrong)
    assert found["title"] == "There is “Call back” already."
    assert set(found) == {
        "title", "glyph", "colour", "fields.0.title", "fields.1.title", "fields.1.options", "fields.2.title",
        "fields.2.options",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "words"), [("", "is needed"), ("\u200b ", "is needed"), ("x" * 81, "too long")]
)
def test_titles_that_are_none(session: Session, title: str, words: str) -> None:
    assert words in problems_of(session, replace(SAMPLE_CLASS, title=title))["title"]


def test_changing_a_status_keeps_what_was_answered(session: Session) -> None:
    saved = defining.save_status(
        session, replace(SAMPLE_CLASS, cartable=CartableRule.STAY, reminder=ReminderRule.NO)
    )
    lead = add_lead(session)
    answers = {"date": "2024-10-05", "time": "10:00", "seat": "front"}
    set_status(session, SetStatus(lead.id, lead.version, saved.id, answers, no_next_step="comes by itself"))
    date, _time, seat = saved.fields
    changed = replace(
        saved,
        title="Trial class",
        fields=(replace(seat, title="Place"), date, Field(0, "", "Room", FieldKind.TEXT)),
    )
    after = defining.save_status(session, changed, saved)
    assert after.id == saved.id
    assert after.key == "sample_class"
    assert [each.title for each in after.open_fields] == ["Place", "Date", "Room"]
    assert [each.title for each in after.fields if each.retired] == ["Time"]
    entry = open_lead(session, lead.id).timeline[0].detail
    assert entry.status_to == "Sample class"
    assert [(each.title, each.value) for each in entry.answers] == [
        ("Date", "2024-10-05"),
        ("Time", "10:00"),
        ("Seat", "front"),
    ]


def test_two_supervisors_at_one_status(session: Session) -> None:
    saved = defining.save_status(session, SAMPLE_CLASS)
    defining.save_status(session, replace(saved, title="First"), saved)
    with pytest.raises(Conflict, match="Somebody else changed “First”"):
        defining.save_status(session, replace(saved, title="Second"), saved)


def test_retiring_and_bringing_back(session: Session) -> None:
    old = status_of(session, "no_answer")
    defining.retire(session, STATUS, old.id)
    assert old.id not in {each.id for each in session.definitions.open_statuses}
    lead = add_lead(session)
    with pytest.raises(InvalidAnswers, match="no longer in use"):
        set_status(session, SetStatus(lead.id, lead.version, old.id))
    twin = defining.save_status(session, replace(SAMPLE_CLASS, title="No answer", fields=()))
    with pytest.raises(Invalid, match="There is “No answer” already"):
        defining.bring_back(session, STATUS, old.id)
    defining.retire(session, STATUS, twin.id)
    defining.bring_back(session, STATUS, old.id)
    assert old.id in {each.id for each in session.definitions.open_statuses}


def test_the_last_status_stays(session: Session) -> None:
    *others, last = session.definitions.open_statuses
    for each in others:
        defining.retire(session, STATUS, each.id)
    with pytest.raises(Invalid, match="at least one status"):
        defining.retire(session, STATUS, last.id)


def test_order(session: Session) -> None:
    ids = [each.id for each in session.definitions.statuses]
    defining.reorder(session, STATUS, [ids[2], ids[0]])
    assert [each.id for each in session.definitions.statuses] == [ids[2], ids[0], ids[1], *ids[3:]]


def test_customers_fields(session: Session) -> None:
    size = defining.save_field(session, Field(0, "", "Shoe size", FieldKind.NUMBER))
    assert size.key == "shoe_size"
    assert session.definitions.fields[-1] == size
    assert defining.save_field(session, Field(0, "", "شماره کفش", FieldKind.TEXT)).key == "field"
    assert defining.save_field(session, Field(0, "", "City شهر", FieldKind.TEXT)).key == "city_2"
    renamed = defining.save_field(session, replace(size, title="Shoes", kind=FieldKind.TEXT), size)
    assert (renamed.key, renamed.kind) == ("shoe_size", FieldKind.TEXT)
    with pytest.raises(InvalidAnswers, match="There is “Shoes” already"):
        defining.save_field(session, Field(0, "", "SHOES", FieldKind.TEXT))
    defining.retire(session, FIELD, size.id)
    assert size.id not in {each.id for each in session.definitions.open_fields}
    for title in ("Phone", "PHONE ", "ｐｈｏｎｅ"):
        with pytest.raises(Invalid, match="Every customer has") as refused:
            defining.save_field(session, Field(0, "", title, FieldKind.TEXT))
        assert refused.value.field == "title"


def test_a_used_field_becomes_another_kind_where_all_that_is_in_it_can(session: Session) -> None:
    since = defining.save_field(session, Field(0, "", "Since", FieldKind.TEXT))
    mina, omid, sara = (add_lead(session, name) for name in ("Mina", "Omid", "Sara"))
    for lead, typed in ((mina, "2011"), (omid, "۲۰۱۲"), (sara, "long ago")):
        edit_lead(session, EditLead(lead.id, lead.version, {custom_sort(since.key): typed}))
    year = replace(since, kind=FieldKind.YEAR)
    assert answers_in_the_way(session, year) == (InTheWay(sara.id, "Sara", "long ago"),)
    with pytest.raises(Invalid, match=r"1 customer has something .* “long ago” of .*Sara") as refused:
        defining.save_field(session, year, since)
    assert refused.value.field == "kind"
    assert session.definitions.fields[-1].kind is FieldKind.TEXT

    edit_lead(
        session, EditLead(sara.id, open_lead(session, sara.id).lead.version, {custom_sort(since.key): "1999"})
    )
    before = open_lead(session, omid.id).lead
    assert not answers_in_the_way(session, year)
    year = defining.save_field(session, year, since)
    opened = open_lead(session, omid.id)
    assert [open_lead(session, each.id).lead.custom[since.key] for each in (mina, omid, sara)] == [
        *("2011", "2012", "1999"),
    ]
    # Who has it otherwise than before has that in the timeline; the others are as they were.
    assert opened.lead.version == before.version + 1
    assert opened.timeline[0].detail.changes == ((since.key, "۲۰۱۲", "2012"),)
    # A number kept is a number of every kind; a text it is as it reads.
    for kind in (FieldKind.MONEY, FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.TEXT):
        year = defining.save_field(session, replace(year, kind=kind), year)
    assert open_lead(session, sara.id).lead.custom[since.key] == "1999"


@pytest.mark.parametrize("sort", [CHANNEL, NEED])
def test_channels_and_needs(session: Session, sort: str) -> None:
    row_id = defining.add_titled(session, sort, " Street  stand ")
    assert _titles(session, sort)[row_id] == "Street stand"
    defining.rename(session, sort, row_id, "Fair")
    assert _titles(session, sort)[row_id] == "Fair"
    with pytest.raises(Invalid, match="There is “Fair” already"):
        defining.add_titled(session, sort, "FAIR")
    defining.retire(session, sort, row_id)
    defining.add_titled(session, sort, "Fair")
    with pytest.raises(Invalid, match="There is “Fair” already"):
        defining.bring_back(session, sort, row_id)


def _titles(session: Session, sort: str) -> dict[int, str]:
    known = session.definitions
    return {each.id: each.title for each in (known.channels if sort == CHANNEL else known.needs)}


def test_how_many_customers_a_change_touches(session: Session) -> None:
    leads = [add_lead(session, name) for name in ("Ali", "Sara", "Mina")]
    status = status_of(session, "no_answer")
    for lead in leads[:2]:
        set_status(session, SetStatus(lead.id, lead.version, status.id))
    assert dict(defining.customers_per_status(session)) == {status.id: 2, None: 1}


def test_colleagues_change_and_the_last_owner_stays(session: Session, clock: MovingClock) -> None:
    me = session.actor
    for profile, active in ((AGENT_PROFILE, True), (OWNER_PROFILE, False)):
        with pytest.raises(Invalid, match="is the only owner") as caught:
            change_colleague(session, me.id, me.name, profile, active=active)
        assert caught.value.field == ("profile" if active else "active")
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    with pytest.raises(Unconfirmed, match="type the name of the workspace: Northwind Sales"):
        change_colleague(session, reza.actor.id, "Reza A.", OWNER_PROFILE, active=True)
    with confirming("northwind sales"):
        change_colleague(session, reza.actor.id, "Reza A.", OWNER_PROFILE, active=True)
        change_colleague(session, me.id, me.name, AGENT_PROFILE, active=True)
    assert session.actor.profile == AGENT_PROFILE
    with pytest.raises(Refused):
        change_colleague(session, me.id, me.name, OWNER_PROFILE, active=True)


def test_an_agent_defines_nothing(session: Session, clock: MovingClock) -> None:
    agent = hire(session, "Reza Amini", "reza@example.com", clock)
    calls = {
        Permission.DEFINE_STATUSES: (
            lambda: defining.save_status(agent, SAMPLE_CLASS),
            lambda: defining.retire(agent, STATUS, 1),
            lambda: defining.bring_back(agent, STATUS, 1),
            lambda: defining.reorder(agent, STATUS, [1]),
            lambda: defining.customers_per_status(agent),
        ),
        Permission.DEFINE_FIELDS: (
            lambda: defining.save_field(agent, Field(0, "", "X", FieldKind.TEXT)),
            lambda: defining.retire(agent, FIELD, 1),
        ),
        Permission.DEFINE_CHANNELS: (
            lambda: defining.add_titled(agent, CHANNEL, "X"),
            lambda: defining.rename(agent, CHANNEL, 1, "X"),
        ),
        Permission.DEFINE_NEEDS: (
            lambda: defining.add_titled(agent, NEED, "X"),
            lambda: defining.rename(agent, NEED, 1, "X"),
        ),
        Permission.DEFINE_RULES: (lambda: defining.reorder(agent, DISTRIBUTION, [1]),),
    }
    for permission, refused in calls.items():
        for call in refused:
            with pytest.raises(Refused, match=rf"\({permission.value}\)"):
                call()


def test_who_defines_a_part_defines_no_other(session: Session, clock: MovingClock) -> None:
    needs = save_profile(session, Profile(0, "", "Trainer", frozenset({Permission.DEFINE_NEEDS})))
    trainer = hire(session, "Reza Amini", "reza@example.com", clock, needs.key)
    row_id = defining.add_titled(trainer, NEED, "A course")
    defining.retire(trainer, NEED, row_id)
    with pytest.raises(Refused, match=r"\(settings:channels\)"):
        defining.add_titled(trainer, CHANNEL, "A course")


def test_a_kind_of_a_status_is_kept(session: Session) -> None:
    saved = defining.save_status(
        session, replace(SAMPLE_CLASS, kind=StatusKind.DO_NOT_CALL, cartable=CartableRule.NONE, fields=())
    )
    assert saved.final
    assert saved.owner_title == ""


def test_what_was_just_saved_is_not_replaced_by_what_another_thread_read_before(session: Session) -> None:
    channel = session.definitions.channels[0]
    watching = Thread(target=session.reload_definitions)
    reading, saved = Event(), Event()

    def linger(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if current_thread() is watching and "FROM channel" in " ".join(statement.split()):
            reading.set()
            # Where the other has to wait for this thread, it does not come.
            saved.wait(0.5)

    with session.store.read() as connection:
        engine = connection.engine
    event.listen(engine, "after_cursor_execute", linger)
    watching.start()
    assert reading.wait(10)
    defining.rename(session, CHANNEL, channel.id, "Fair")
    saved.set()
    watching.join()
    assert session.definitions.channels[0].title == "Fair"
