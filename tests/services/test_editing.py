"""Adding a customer by hand, changing one, and who shows while a number is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_making import MovingClock, add_lead, hire, texts_of
from sqlalchemy import insert

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead import ActivityKind, Lead, LeadNumber
from leadtui.domain.view import View, custom_sort
from leadtui.errors import Conflict, InvalidAnswers, Refused
from leadtui.services import defining, drafts, editing
from leadtui.services.drafts import CUSTOMER_DRAFT
from leadtui.services.editing import AddLead, EditLead, edit_lead, look_up
from leadtui.services.lead_list import LeadList
from leadtui.services.lead_merge import merge
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.store import journal, tables


def problems_of(error: InvalidAnswers) -> dict[str, str]:
    return {each.field: str(each) for each in error.problems}


def edit(session: Session, lead: Lead, **typed: str) -> Lead:
    return edit_lead(session, EditLead(lead.id, lead.version, typed))


def found(session: Session, typed: str) -> list[int]:
    return list(LeadList(session).order(View(find=typed)))


def test_a_customer_is_added_whole(session: Session, clock: MovingClock) -> None:
    own = defining.save_field(session, Field(0, "", "Shoe size", FieldKind.NUMBER))
    drafts.save_draft(session, FormDraft(CUSTOMER_DRAFT, None, {"name": "Mi"}))
    referral = next(each for each in session.definitions.channels if each.key == "referral")
    lead = editing.add_lead(
        session,
        AddLead(
            {
                "name": "  Mina \x1b[31m Sadeghi ",
                "phone": "+1 212 555 0101 ext. 12",
                "phone_other": "212-555-0102 / (212) 555 0103",
                "email": "Mina@Example.com",
                "city": "Boston",
                "grade": "Master",
                "major": "Physics",
                "referrer": "Omid",
                "channel": referral.title,
                "need": session.definitions.needs[0].key,
                custom_sort(own.key): "42",
            }
        ),
    )
    assert (lead.name, lead.email, lead.city, lead.owner_id) == (
        "Mina Sadeghi",
        "mina@example.com",
        "Boston",
        session.actor.id,
    )
    assert lead.numbers == (
        LeadNumber("+12125550101", "+1 212 555 0101 ext. 12", "12"),
        LeadNumber("+12125550102", "212-555-0102"),
        LeadNumber("+12125550103", "(212) 555 0103"),
    )
    assert (lead.phone, lead.referrer, lead.custom) == ("+12125550101", "Omid", {own.key: "42"})
    assert lead.channel_first_id == lead.channel_latest_id == referral.id
    assert (lead.entered_at, lead.version) == (clock.now, 1)
    (entry,) = open_lead(session, lead.id).timeline
    assert (entry.kind, entry.actor_id, entry.detail.channel) == (
        ActivityKind.CREATED,
        session.actor.id,
        referral.title,
    )
    assert drafts.find_draft(session, CUSTOMER_DRAFT, None) is None
    assert found(session, "sadeghi") == found(session, "5550103") == [lead.id]
    assert editing.add_lead(session, AddLead({"name": "Reza"}, mine=False)).owner_id is None


def test_everything_wrong_is_said_at_once_beside_its_field(session: Session) -> None:
    own = defining.save_field(session, Field(0, "", "Level", FieldKind.NUMBER, required=True))
    typed = {
        "name": "x" * 201,
        "phone": "12",
        "phone_other": "+1 212 555 0102, mornings only",
        "email": "mina@",
        "channel": "carrier pigeon",
    }
    with pytest.raises(InvalidAnswers) as error:
        editing.add_lead(session, AddLead(typed))
    assert problems_of(error.value).keys() == {*typed, custom_sort(own.key)}
    assert "mornings only" in problems_of(error.value)["phone_other"]
    with pytest.raises(InvalidAnswers, match="needs a name"):
        editing.add_lead(session, AddLead({"city": "Rome", custom_sort(own.key): "1"}))
    assert found(session, "") == []


def test_a_number_of_somebody_else_is_refused_and_names_them(session: Session) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    reza = add_lead(session, "Reza Amini", "+1 212 555 0102")
    for key in ("phone", "phone_other"):
        with pytest.raises(InvalidAnswers, match="Mina Sadeghi") as error:
            editing.add_lead(session, AddLead({"name": "Anna", key: "(212) 555-0101"}))
        assert error.value.field == key
        with pytest.raises(InvalidAnswers, match="Mina Sadeghi") as error:
            edit(session, reza, **{key: "212 555 0101"})
        assert error.value.field == key
    assert edit(session, mina, phone="(212) 555-0101").numbers == (
        LeadNumber("+12125550101", "(212) 555-0101"),
    )


def test_an_edit_tells_before_and_after_and_can_be_taken_back(session: Session) -> None:
    own = defining.save_field(session, Field(0, "", "Level", FieldKind.CHOICE, ("low", "high")))
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", city="Boston", email="mina@example.com")
    before = open_lead(session, lead.id).lead
    after = edit(
        session,
        lead,
        name="Mina Karimi",
        phone="212 555 0199",
        phone_other="+1 212 555 0101",
        email="",
        need=session.definitions.needs[0].title,
        **{custom_sort(own.key): "hi"},
    )
    assert (after.version, after.email, after.custom) == (2, "", {own.key: "high"})
    assert [each.e164 for each in after.numbers] == ["+12125550199", "+12125550101"]
    assert found(session, "karimi") == found(session, "0199") == [lead.id]
    assert found(session, "sadeghi") == []
    told = open_lead(session, lead.id).timeline[0]
    assert told.kind is ActivityKind.EDITED
    assert told.detail.changes == (
        ("numbers", "+1 212-555-0101", "+1 212-555-0199, +1 212-555-0101"),
        ("name", "Mina Sadeghi", "Mina Karimi"),
        ("email", "mina@example.com", ""),
        ("need", "", session.definitions.needs[0].title),
        (own.key, "", "high"),
    )
    with session.write() as tx:
        step = journal.latest_of(tx, session.actor.id)
        assert step is not None
        journal.put_back(tx, step, session.now(), session.actor.id)
        tx.connection.execute(tables.lead.update().values(**journal.lead_values(step), version=1))
    assert open_lead(session, lead.id).lead == before
    assert found(session, "sadeghi") == [lead.id]


def test_an_edit_of_an_older_version_is_refused_and_one_without_change_leaves_no_trace(
    session: Session,
) -> None:
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    assert edit(session, lead, **texts_of(session, lead)) == lead
    assert len(open_lead(session, lead.id).timeline) == 1
    edit(session, lead, city="Rome")
    with pytest.raises(Conflict, match="Mina Sadeghi"):
        edit(session, lead, city="Oslo")


def test_only_the_fields_that_are_typed_are_checked(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    channel = session.definitions.channel(lead.channel_latest_id)
    assert channel is not None
    defining.save_field(session, Field(0, "", "Level", FieldKind.NUMBER, required=True))
    defining.retire(session, defining.CHANNEL, channel.id)
    lead = edit(session, lead, city="Rome", channel=channel.key)
    assert (lead.city, lead.channel_latest_id) == ("Rome", channel.id)
    with pytest.raises(InvalidAnswers, match="There is no"):
        editing.add_lead(session, AddLead({"name": "Anna", "channel": channel.key}))


def test_a_retired_field_keeps_its_values_through_edits(session: Session) -> None:
    own = defining.save_field(session, Field(0, "", "Shoe size"))
    lead = editing.add_lead(session, AddLead({"name": "Mina", custom_sort(own.key): "42"}))
    defining.retire(session, defining.FIELD, own.id)
    assert custom_sort(own.key) not in texts_of(session, lead)
    assert edit(session, lead, city="Rome").custom == {own.key: "42"}
    defining.bring_back(session, defining.FIELD, own.id)
    assert texts_of(session, lead)[custom_sort(own.key)] == "42"


def test_who_has_a_number_or_address_shows_while_it_is_typed(session: Session) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", email="mina@example.com")
    with session.store.write() as connection:
        connection.execute(
            insert(tables.do_not_call).values(
                workspace_id=session.workspace.id, e164="+12125550107", added_at=session.now()
            )
        )
    assert look_up(session, {"phone": "212 555 01"}).there == ()
    (there,) = look_up(session, {"phone_other": "212 555 0107, 212 555 0101"}).there
    assert (there.key, there.lead_id, there.name) == ("phone_other", mina.id, "Mina Sadeghi")
    (there,) = look_up(session, {"email": "MINA@example.com"}).there
    assert (there.key, there.shown) == ("email", "mina@example.com")
    assert look_up(session, {"phone": "212 555 0101", "email": "mina@example.com"}, mina.id).there == ()
    assert look_up(session, {"phone": "212 555 0107"}).forbidden == {"phone": "(212) 555-0107"}
    assert editing.add_lead(session, AddLead({"phone": "212 555 0107"})).phone == "+12125550107"


def test_there_is_one_draft_of_a_new_customer_for_each_person(
    session: Session, tmp_path: Path, clock: MovingClock
) -> None:
    del tmp_path
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(session, "Mina")
    for text in ("M", "Mi", "Min"):
        drafts.save_draft(session, FormDraft(CUSTOMER_DRAFT, None, {"name": text}))
    drafts.save_draft(reza, FormDraft(CUSTOMER_DRAFT, None, {"name": "R"}))
    drafts.save_draft(session, FormDraft(CUSTOMER_DRAFT, lead.id, {"name": "L"}))
    with session.store.read() as connection:
        assert len(connection.execute(tables.draft.select()).all()) == 3
    kept = drafts.find_draft(session, CUSTOMER_DRAFT, None)
    assert kept is not None
    assert kept.texts == {"name": "Min"}
    drafts.discard_draft(session, CUSTOMER_DRAFT, None)
    assert drafts.find_draft(session, CUSTOMER_DRAFT, None) is None
    assert drafts.find_draft(reza, CUSTOMER_DRAFT, None) is not None
    assert drafts.find_draft(session, CUSTOMER_DRAFT, lead.id) is not None
    reza.close()


def test_permissions_are_named(session: Session, clock: MovingClock) -> None:
    with session.store.write() as connection:
        connection.execute(
            tables.profile.update()
            .where(tables.profile.c.key == "agent")
            .values(permissions=["customers:see"])
        )
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(session, "Mina")
    with pytest.raises(Refused, match="customers:add"):
        editing.add_lead(reza, AddLead({"name": "Anna"}))
    with pytest.raises(Refused, match="customers:edit"):
        edit(reza, lead, name="Anna")
    reza.close()


def test_what_a_profile_hides_is_neither_named_nor_overwritten(session: Session, clock: MovingClock) -> None:
    with session.store.write() as connection:
        hidden = ["customers:see", "customers:add", "customers:edit", "customers:merge"]
        connection.execute(
            tables.profile.update().where(tables.profile.c.key == "agent").values(permissions=hidden)
        )
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", email="mina@example.com")
    assert not look_up(reza, {"phone": "212 555 0101", "email": "mina@example.com"}).there
    assert look_up(reza, {"referrer": "212 555 0101"}).named["referrer"] == ""
    assert look_up(session, {"referrer": "212 555 0101"}).named["referrer"] == "Mina Sadeghi"
    taken = editing.add_lead(reza, AddLead({"name": "Anna", "phone": "212 555 0101"}))
    assert [(each.e164, each.shared) for each in taken.numbers] == [("+12125550101", False)]
    assert [each.name for each in open_lead(session, mina.id).sharers] == ["Anna"]
    with pytest.raises(Refused, match="customers:see-numbers"):
        edit(reza, mina, phone="212 555 0109")
    changed = edit(reza, mina, city="Rome")
    assert (changed.city, changed.numbers_hidden, changed.phone) == ("Rome", True, "")
    kept = open_lead(session, mina.id).lead
    assert (kept.phone, kept.email) == ("+12125550101", "mina@example.com")
    assert (
        editing.add_lead(session, AddLead({"name": "Anna", "referrer": "mina@example.com"})).referrer
        == "Mina Sadeghi"
    )
    twin = add_lead(session, "Mina S")
    with pytest.raises(Refused, match="customers:see-numbers"):
        merge(reza, mina.id, twin.id, (2, 1))
    reza.close()
