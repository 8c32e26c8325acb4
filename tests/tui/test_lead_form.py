"""Adding and changing customers in the program, as a person at the keyboard sees it."""

from __future__ import annotations

from pathlib import Path

from desk_driving import NARROW, driven
from session_making import MovingClock, add_lead, hire

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead import ActivityKind, LeadNumber
from leadtui.domain.view import View
from leadtui.services import defining, drafts
from leadtui.services.drafts import CUSTOMER_DRAFT
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.tui.dialogs.lead_form import LeadForm


def everybody(session: Session) -> list[int]:
    return list(LeadList(session).order(View()))


async def test_a_customer_is_typed_in_and_who_is_there_already_shows(session: Session) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    add_lead(session, "Reza Amini", "+1 212 555 0102", mine=True)
    async with driven(session, size=NARROW) as at:
        await at.press("ش")  # the key of `a` on a Persian keyboard
        assert isinstance(at.app.screen, LeadForm)
        await at.type("Anna Rossi")
        await at.press("enter")
        await at.type("212 555 010")
        assert not at.shows("has this number")
        await at.type("1")
        assert at.shows("Mina Sadeghi has this number; F8 opens them")
        await at.press("ctrl+s")
        assert isinstance(at.app.screen, LeadForm), "a number belongs to one customer"
        await at.press("f8")
        assert at.open_name == "Mina Sadeghi"
        # What was typed is kept, also for another day.
        await at.press("a")
        assert at.shows("draft of")
        assert at.shows("Anna Rossi")
        await at.press("enter", "backspace")
        await at.type("7 ext. 12")
        await at.press("tab")
        await at.type("212 555 0108, 12")
        await at.press("tab")
        assert at.shows("“12” is no whole phone number")
        await at.press("shift+tab", "backspace", "backspace", "backspace", "backspace", "tab")
        await at.type("Anna@Example.com")
        await at.press("ctrl+s")
        assert at.open_name == "Anna Rossi"
    (anna,) = set(everybody(session)) - {mina.id, 2}
    kept = open_lead(session, anna).lead
    assert kept.numbers == (
        LeadNumber("+12125550107", "212 555 0107 ext. 12", "12"),
        LeadNumber("+12125550108", "212 555 0108"),
    )
    assert (kept.email, kept.owner_id) == ("anna@example.com", session.actor.id)
    assert drafts.find_draft(session, CUSTOMER_DRAFT, None) is None


async def test_a_number_is_shared_where_the_person_says_so(session: Session) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    async with driven(session, size=NARROW) as at:
        await at.press("a")
        await at.type("Reza Karimi")
        await at.press("enter")
        await at.type("212 555 0101")
        assert at.shows("F5 shares it")
        await at.press("f5")
        assert at.shows("it is shared")
        await at.press("f5", "ctrl+s")
        assert isinstance(at.app.screen, LeadForm), "what was taken back is refused as before"
        await at.press("f5", "escape", "a")
        assert at.shows("it is shared"), "what was chosen is kept with what was typed"
        await at.press("ctrl+s")
        assert at.open_name == "Reza Karimi"
        assert at.shows("Same number: Mina Sadeghi.")
        # To change something else nothing is asked again.
        await at.press("e")
        await at.type("!")
        assert at.shows("it is shared")
        await at.press("ctrl+s", "d")
        assert at.shows("The same holds for")
        await at.type("asked us to stop")
        await at.press("enter")
        assert any("The same holds for Mina Sadeghi" in each for each in at.told())
    (reza,) = set(everybody(session)) - {mina.id}
    assert open_lead(session, reza).lead.numbers[0].shared
    assert open_lead(session, mina.id).lead.do_not_call


async def test_two_change_one_customer_and_the_second_chooses(
    session: Session, clock: MovingClock, tmp_path: Path
) -> None:
    del tmp_path
    sara = hire(session, "Sara Tehrani", "sara@example.com", clock)
    session.reload_definitions()
    lead = add_lead(
        session, "Mina Sadeghi", "+1 212 555 0101", mine=True, city="Boston", email="m@example.com"
    )
    async with driven(session) as at:
        await at.press("e")
        await at.press("end", "backspace")
        await at.type("a")
        form = at.app.screen
        assert isinstance(form, LeadForm)
        for key, text in (("name", "Mina S. Sadeghi"), ("city", "Rome"), ("email", "mina@example.org")):
            field = form.form.field(key)
            assert field is not None
            field.text = text
        await at.settled()
        clock.move(minutes=3)
        edit_lead(sara, EditLead(lead.id, lead.version, {"city": "Oslo", "grade": "Master"}))
        edit_lead(sara, EditLead(lead.id, lead.version + 1, {"email": "sara@example.net"}))
        await at.press("ctrl+s")
        assert isinstance(at.app.screen, LeadForm)
        assert at.shows("Sara Tehrani changed this at")
        assert at.shows("somebody else wrote “Oslo”; F7 takes it")
        assert at.shows("sara@example.net")
        assert at.shows("Rome")
        await at.press("f7")  # the first of the two, where the cursor stands
        await at.press("ctrl+s")
        assert not isinstance(at.app.screen, LeadForm), at.text()
        now = open_lead(session, lead.id).lead
        assert (now.name, now.city, now.grade) == ("Mina S. Sadeghi", "Rome", "Master")
        assert now.email == "sara@example.net"
        told = open_lead(session, lead.id).timeline[0]
        assert (told.kind, [key for key, _was, _now in told.detail.changes]) == (
            ActivityKind.EDITED,
            ["name", "city"],
        )
        # Where they changed other fields only, both are kept and nobody is asked.
        await at.press("e")
        edit_lead(sara, EditLead(lead.id, now.version, {"major": "Physics"}))
        await at.press("end")
        await at.type("!")
        await at.press("ctrl+s")
        assert any("What both of you typed is kept" in each for each in at.told())
        await at.press("u")
    now = open_lead(session, lead.id).lead
    assert (now.name, now.major) == ("Mina S. Sadeghi", "Physics")
    sara.close()


async def test_what_one_changed_oneself_elsewhere_is_told_as_ones_own(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", mine=True, city="Boston")
    async with driven(session) as at:
        await at.press("e")
        edit_lead(session, EditLead(lead.id, lead.version, {"name": "Mina S."}))
        await at.type("!")
        await at.press("ctrl+s")
        assert at.shows("You changed this at")


async def test_a_field_that_is_added_in_the_settings_is_asked_at_once(
    session: Session, clock: MovingClock
) -> None:
    del clock
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    async with driven(session) as at:
        own = defining.save_field(session, Field(0, "", "Level", FieldKind.CHOICE, ("low", "high")))
        await at.until(lambda: session.definitions.open_fields, "the new field")
        await at.press("e")
        form = at.app.screen
        assert isinstance(form, LeadForm)
        form.form.fields[-1].take_focus()
        await at.press("right", "right", "enter")
        assert open_lead(session, lead.id).lead.custom == {own.key: "high"}
        assert at.shows("Level high")
        defining.retire(session, defining.FIELD, own.id)
        at.app.watcher.look_for_changes()
        await at.settled()
        assert not at.shows("Level high")
        await at.press("e")
        form = at.app.screen
        assert isinstance(form, LeadForm)
        assert "Level" not in [each.title for each in form.form.fields]
        await at.press("escape")
    assert open_lead(session, lead.id).lead.custom == {own.key: "high"}


async def test_what_was_typed_survives_the_end_of_the_program(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    async with driven(session) as at:
        await at.press("e", "end")
        await at.type(" Karimi")
    async with driven(session) as at:
        assert at.shows("Mina Sadeghi · fields")
        await at.press("enter")
        assert isinstance(at.app.screen, LeadForm)
        assert at.shows("Mina Sadeghi Karimi")
        await at.press("f9")
        assert not at.shows("Mina Sadeghi Karimi")
        await at.press("escape")
    assert drafts.find_draft(session, CUSTOMER_DRAFT, lead.id) is None
    assert open_lead(session, lead.id).lead == lead


async def test_who_may_neither_add_nor_change_has_no_keys_for_it(
    session: Session, clock: MovingClock
) -> None:
    from leadtui.store import tables

    with session.store.write() as connection:
        connection.execute(
            tables.profile.update()
            .where(tables.profile.c.key == "agent")
            .values(permissions=["customers:see", "cartables:see"])
        )
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    async with driven(reza) as at:
        await at.press("a", "e")
        assert at.app.screen is at.screen
    reza.close()


async def test_two_customers_are_merged_and_are_two_again(session: Session) -> None:
    mina = add_lead(
        session, "Mina Sadeghi", "+1 212 555 0101", mine=True, city="Boston", email="m@example.com"
    )
    twin = add_lead(session, "Mina S.", "+1 212 555 0102", city="Rome", email="m@example.com")
    add_lead(session, "Reza Amini", "+1 212 555 0103")
    async with driven(session, size=NARROW) as at:
        await at.press("g")
        assert at.shows("the same e-mail"), at.text()
        await at.type("reza")
        assert at.shows("Reza Amini")
        assert not at.shows("Mina S.")
        await at.press("ctrl+u")
        await at.type("555 0102")
        await at.press("enter")
        assert at.shows("Mina S. into Mina Sadeghi")
        await at.press("down", "down", "right")
        assert any("Becomes" in each for each in at.lines())
        assert any("City Rome" in each for each in at.lines()), at.text()
        # Somebody works on one of the two meanwhile: what was chosen stays chosen.
        edit_lead(session, EditLead(twin.id, twin.version, {"grade": "Master"}))
        await at.press("ctrl+s")
        assert any("changed" in each for each in at.lines())
        assert any("City Rome" in each for each in at.lines())
        await at.press("ctrl+s")
        assert at.open_name == "Mina Sadeghi"
        one = open_lead(session, mina.id).lead
        assert (one.city, one.grade, len(one.numbers)) == ("Rome", "Master", 2)
        await at.resize(140, 40)
        assert at.shows("Mina S. was merged into Mina Sadeghi"), at.text()
        await at.press("u")
        assert any("Mina S. is a customer of their own again" in each for each in at.told())
    assert open_lead(session, twin.id).lead.city == "Rome"
    assert open_lead(session, mina.id).lead.city == "Boston"
