"""Several customers chosen in a table: marked, counted, kept by id, given away, given a status."""

from __future__ import annotations

import pytest
from desk_driving import Driver, driven
from session_making import MovingClock, add_lead, hire, status_of

from leadtui.services import bulk
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import add_note, open_lead
from leadtui.services.session import Session
from leadtui.tui.dialogs.progress_dialog import ProgressDialog
from leadtui.tui.widgets.record_table_drawing import MARK


def marked(driver: Driver) -> list[str]:
    """The names of the rows that are marked."""
    return [line.split()[0].strip(MARK) for line in driver.lines()[4:20] if line.startswith(MARK)]


async def test_choosing_is_kept_over_orders_and_given_away_at_once(
    session: Session, clock: MovingClock
) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    session.reload_definitions()
    people: dict[str, int] = {}
    for name in ("Anna", "Berta", "Cyrus", "Dara", "Emma", "Farid"):
        people[name] = add_lead(session, name, city="Rome" if name < "D" else "Oslo").id
        clock.move(minutes=1)
    async with driven(session) as driver:
        table = driver.screen.customers.table
        assert table.has_focus
        # The newest stands first: Farid, Emma, Dara, Cyrus, Berta, Anna.
        await driver.press("space", "shift+down", "shift+down", "shift+up")
        assert marked(driver) == ["Farid", "Emma", "Dara"]
        assert driver.shows("▌3 chosen")
        await driver.press("v")  # the order turned round
        assert marked(driver) == ["Dara", "Emma", "Farid"]
        await driver.press("home", "space", "space")
        assert marked(driver) == ["Anna", "Berta", "Dara", "Emma", "Farid"]
        await driver.press("escape")
        assert marked(driver) == []
        await driver.press("home", "shift+end", "home", "space")
        assert marked(driver) == ["Berta", "Cyrus", "Dara", "Emma", "Farid"]

        add_note(reza, people["Emma"], "I spoke with them")
        driver.app.look_again()
        await driver.settled()
        assert driver.shows("▌5 chosen")
        await driver.press("o")
        assert driver.shows("for 5 customers")
        add_note(reza, people["Dara"], "And with them")
        await driver.type("rez")
        await driver.press("tab")
        await driver.type("Your region")
        await driver.press("enter")
        assert driver.told()[-1] == "4 given to Reza Amini, 1 was changed meanwhile and left"
        owners = {name: open_lead(session, one).lead.owner_id for name, one in people.items()}
        assert [name for name, owner in owners.items() if owner == reza.actor.id] == [
            "Berta",
            "Cyrus",
            "Emma",
            "Farid",
        ]
        # Who was left is chosen still, and can be given again.
        assert driver.shows("▌5 chosen")
        await driver.press("escape")
        assert not driver.shows("chosen")
    reza.close()


async def test_a_status_for_many_goes_part_by_part_and_can_be_stopped(
    session: Session, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        add_lead(session, f"Customer {number}")
        clock.move(minutes=1)
    monkeypatch.setattr(bulk, "AT_ONCE", 3)
    monkeypatch.setattr(bulk, "GIVEN_AT_ONCE", 3)
    voicemail = status_of(session, "voicemail")
    async with driven(session) as driver:
        await driver.press("ctrl+a", "s")
        assert driver.shows("for 7 customers")
        await driver.type("voicem")
        await driver.press("enter", "ctrl+s")
        assert driver.told()[-1] == "◔ Voicemail left: 7 set"
        assert not driver.shows("chosen")
        assert not driver.app.screen.is_modal
        await driver.press("tab")
        assert driver.screen.cartable.table.has_focus
        await driver.press("ctrl+a", "o")
        await driver.type("nobod")
        with session.store.write():  # somebody else is saving just now
            driver.send("enter")
            await driver.reached(lambda: isinstance(driver.app.screen, ProgressDialog))
            driver.send("escape")
            await driver.reached(lambda: driver.shows("Stopping"))
        await driver.settled()
        assert driver.told()[-1] == "3 given to nobody, 4 not begun"
        assert driver.shows("chosen")
    assert LeadList(session).counts_by_status() == {voicemail.id: 7}


async def test_what_a_status_asks_is_asked_once_and_reminders_are_spread(session: Session) -> None:
    people = [add_lead(session, name) for name in ("Anna", "Berta", "Cyrus", "Dara")]
    asked_to_stop = status_of(session, "do_not_call")
    set_status(session, SetStatus(people[3].id, people[3].version, asked_to_stop.id))
    async with driven(session) as driver:
        await driver.press("ctrl+a", "s")
        assert driver.shows("for 4 customers")
        await driver.type("/call back")
        await driver.press("enter")
        await driver.type("30 Sep 8:00")
        await driver.press("enter")
        assert driver.focused
        await driver.type("30 Sep 20:00")
        assert driver.shows("4 reminders, 3 hours apart")
        assert driver.shows("from Monday 08:00 to")
        assert driver.shows("Monday 17:00.")
        await driver.press("enter")
        await driver.type("the fair's list")
        # What is typed is kept, also where the person leaves.
        await driver.press("escape", "s")
        assert driver.shows("the fair's list")
        await driver.press("ctrl+s")
        assert driver.told()[-1].endswith("Call back: 4 set")
        for each in people:
            (reminder,) = open_lead(session, each.id).pending
            assert reminder.due.minute == 0
        await driver.press("u")
        assert "the same of 3 other customers" in driver.told()[-1]
        assert not any(open_lead(session, each.id).pending for each in people)
        assert open_lead(session, people[3].id).lead.do_not_call


async def test_a_digit_shows_the_form_of_its_status_and_saves_nothing_for_many(session: Session) -> None:
    anna, berta = add_lead(session, "Anna"), add_lead(session, "Berta")
    voicemail = status_of(session, "voicemail")
    digit = str(session.definitions.open_statuses.index(voicemail) + 1)
    async with driven(session) as driver:
        await driver.press("ctrl+a", "s", digit)
        assert driver.app.screen.is_modal
        assert driver.shows("Each stays in the cartable that it is in; those of nobody come into yours.")
        await driver.type("At the fair")
        await driver.press("enter")
        assert driver.told()[-1] == "◔ Voicemail left: 2 set"
    for each in (anna, berta):
        opened = open_lead(session, each.id)
        assert (opened.lead.status_id, opened.timeline[0].detail.text) == (voicemail.id, "At the fair")
