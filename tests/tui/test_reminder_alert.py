"""The alert of a due reminder: when it rings, what it leaves alone, what the person can do with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk_driving import NARROW, Driver, driven
from session_making import MovingClock, add_lead, hire, make_session
from sqlalchemy import Engine, event

from leadtui.domain.lead import Lead
from leadtui.domain.reminder import Reminder, ReminderState
from leadtui.services import reminders
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.settings import AUTO, Settings
from leadtui.tui import due_reminders, watching
from leadtui.tui.actions.note import NoteDialog
from leadtui.tui.widgets.changing_lines import ChangingLines
from leadtui.tui.widgets.reminder_alert import SnoozeInput


@pytest.fixture
def mina(session: Session) -> Lead:
    """A customer of mine with a reminder in ten minutes."""
    lead = add_lead(session, "Mina Sadeghi", "(212) 555-0142", mine=True)
    reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=10), "the papers")
    return lead


@pytest.fixture
def omid(session: Session, mina: Lead) -> Lead:
    """Another one, whose reminder is due a minute after that of `mina`."""
    lead = add_lead(session, "Omid Rezaei", "(212) 555-0143", mine=True)
    due = open_lead(session, mina.id).pending[0].due
    reminders.set_reminder(session, lead.id, due + timedelta(minutes=1), promised=True)
    return lead


def pending(session: Session, lead: Lead) -> tuple[Reminder, ...]:
    return open_lead(session, lead.id).pending


async def ring(driver: Driver, clock: MovingClock, **by: float) -> None:
    """Let the time go on, and the program look."""
    clock.move(**by or {"minutes": 10})
    driver.app.due_reminders.look()
    await driver.settled()


# Ringing


async def test_it_rings_by_itself_within_fifteen_seconds(
    session: Session, mina: Lead, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert due_reminders.REMINDERS_EVERY <= 15
    monkeypatch.setattr(due_reminders, "REMINDERS_EVERY", 0.05)
    async with driven(session) as driver:
        clock.move(minutes=9, seconds=59)
        for _look in range(5):
            await driver.pilot.pause(0.06)
        assert (driver.alert, driver.app.rung) == (None, 0)
        clock.move(seconds=1)
        await driver.until(lambda: driver.alert is not None, "the alert")
        assert driver.shows("◷ overdue   Mina Sadeghi  today 03:22 – now  (212) 555-0142  the papers")
        assert driver.shows("Ctrl+R answer")
        assert driver.shows("▲ 1 overdue")
        assert driver.app.rung == 1
    (reminder,) = pending(session, mina)
    assert reminder.rung_at == clock.now


async def test_the_store_is_read_only_when_one_comes_due_or_something_has_moved(
    session: Session, mina: Lead, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_reminders, "REMINDERS_EVERY", 0.01)
    read: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "min(reminder.due)" in statement:
            read.append(statement)

    async def reads(driver: Driver) -> int:
        await driver.settled()
        await driver.pilot.pause(0.1)  # what was noted as it settled
        read.clear()
        await driver.pilot.pause(0.1)
        return len(read)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        async with driven(session) as driver:
            assert await reads(driver) == 0
            clock.move(minutes=10)
            await driver.until(lambda: driver.alert is not None, "the alert")
            assert await reads(driver) == 0
            edit_lead(
                session, EditLead(mina.id, open_lead(session, mina.id).lead.version, {"name": "Mina Nouri"})
            )
            await driver.until(lambda: driver.shows("Mina Nouri  today"), "the new name in the alert")
            assert await reads(driver) == 0
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_it_stays_and_rings_once(session: Session, mina: Lead, clock: MovingClock) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        for _look in range(3):
            await ring(driver, clock, minutes=5)
            assert driver.alert is not None
        assert driver.app.rung == 1
    assert [each.state for each in pending(session, mina)] == [ReminderState.PENDING]
    async with driven(session) as driver:
        assert driver.alert is not None
        assert driver.shows("15 min ago")


async def test_what_fell_due_while_the_program_was_closed_was_missed(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    clock.move(hours=3)
    async with driven(session) as driver:
        assert driver.shows("◷ overdue   Mina Sadeghi")
        assert driver.shows("▲ 1 overdue")
        assert driver.app.rung == 1


async def test_a_clock_that_is_set_back_rings_again_when_it_is_due(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        assert driver.alert is not None
        await ring(driver, clock, minutes=-8)
        assert driver.alert is None
        await ring(driver, clock, minutes=8)
        assert driver.alert is not None


async def test_the_bell_can_be_off(session: Session, mina: Lead, clock: MovingClock) -> None:
    async with driven(session, settings=Settings(bell=False)) as driver:
        await ring(driver, clock)
        assert driver.alert is not None
        assert driver.app.rung == 0


async def test_somebody_elses_reminder_does_not_ring(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    async with driven(reza) as driver:
        await ring(driver, clock)
        assert (driver.alert, driver.app.rung) == (None, 0)
    reza.close()


# The keyboard


async def test_it_takes_the_keyboard_from_nobody(session: Session, mina: Lead, clock: MovingClock) -> None:
    async with driven(session) as driver:
        await driver.press("/")
        await driver.type("mi")
        await ring(driver, clock)
        assert driver.alert is not None
        assert driver.focused == "find"
        await driver.type("na")
        assert driver.screen.customers.find.value == "mina"
        await driver.press("escape", "m")
        await driver.type("d1")
        await ring(driver, clock, minutes=5)
        await driver.type("o5")
        assert driver.shows(" d1o5 ")
        assert len(pending(session, mina)) == 1


@pytest.mark.parametrize("before", [[], ["tab"], ["/"], ["m"], ["s"], ["f", "tab"], ["r", "tab"]])
async def test_ctrl_r_and_back(session: Session, mina: Lead, clock: MovingClock, before: list[str]) -> None:
    async with driven(session) as driver:
        await driver.press(*before)
        focused = driver.app.screen.focused
        await ring(driver, clock)
        assert not driver.shows("o open")
        for back in ("ctrl+r", "escape"):
            await driver.press("ctrl+r")
            assert driver.focused == "ReminderAlert"
            assert driver.shows(
                "o open  c ring  d done  1 +5 min  2 +15 min  3 +1 h  4 tomorrow  5 when …  Esc back"
            )
            await driver.press(back)
            assert driver.app.screen.focused is focused


@pytest.mark.parametrize("template", ["sales", "hesin-haseb", "sahab"])
async def test_its_keys_are_whole_where_it_is_narrow(
    tmp_path: Path, clock: MovingClock, template: str
) -> None:
    session = make_session(tmp_path, template, clock)
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    reminders.set_reminder(session, lead.id, session.now() + timedelta(minutes=10))
    async with driven(session, size=NARROW) as driver:
        await ring(driver, clock)
        await driver.press("ctrl+r")
        keys = driver.app.screen.query_one("#alert-keys", ChangingLines)
        assert 40 < keys.content.cell_length <= keys.size.width
    session.close()


async def test_tab_never_leads_to_it(session: Session, mina: Lead, clock: MovingClock) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        await driver.press("r")
        seen: set[str] = set()
        for _field in range(8):
            await driver.press("tab")
            seen.add(driver.focused)
        assert seen == {"when", "about", "promised"}


async def test_other_letters_do_nothing_while_it_has_the_keyboard(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        await driver.press("ctrl+r", *"smrnqb?t0")
        assert driver.focused == "ReminderAlert"
        assert driver.app.screen is driver.screen
        assert driver.app.is_running
        assert len(pending(session, mina)) == 1


async def test_without_a_reminder_ctrl_r_says_so(session: Session, mina: Lead) -> None:
    async with driven(session) as driver:
        await driver.press("ctrl+r")
        assert driver.told() == ["No reminder is due."]
        assert driver.focused == "cartable"


# What one can do


async def test_open(session: Session, mina: Lead, omid: Lead, clock: MovingClock) -> None:
    async with driven(session) as driver:
        await driver.press("end")
        assert driver.open_name == omid.name
        await ring(driver, clock)
        await driver.press("ctrl+r", "o")
        assert (driver.open_name, driver.focused) == (mina.name, "cartable")
        assert driver.alert is not None
        assert len(pending(session, mina)) == 1


@pytest.mark.parametrize(("keyboard", "key"), [(AUTO, "d"), (AUTO, "ی"), ("arabic-windows", "ي")])
async def test_done(session: Session, mina: Lead, clock: MovingClock, keyboard: str, key: str) -> None:
    async with driven(session, settings=Settings(keyboard=keyboard)) as driver:
        await ring(driver, clock)
        await driver.press("ctrl+r", key)
        assert driver.alert is None
        assert driver.focused == "cartable"
        assert not driver.shows("◷")
    (listed,) = reminders.list_reminders(session)
    assert listed.reminder.state is ReminderState.ACKNOWLEDGED
    assert open_lead(session, mina.id).lead.next_at is None


@pytest.mark.parametrize(
    ("keys", "later"),
    [
        ("1", timedelta(minutes=5)),
        ("2", timedelta(minutes=15)),
        ("۲", timedelta(minutes=15)),
        ("3", timedelta(hours=1)),
    ],
)
async def test_snoozing(
    session: Session, mina: Lead, clock: MovingClock, keys: str, later: timedelta
) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        await driver.press("ctrl+r", keys)
        assert driver.alert is None
        assert driver.focused == "cartable"
        (reminder,) = pending(session, mina)
        assert (reminder.due, reminder.note) == (clock.now + later, "the papers")
        assert driver.told()[-1].startswith("You will be reminded today")
        clock.now = reminder.due
        await ring(driver, clock, seconds=1)
        assert driver.alert is not None
        assert driver.app.rung == 2


async def test_snoozing_until_tomorrow(session: Session, mina: Lead, clock: MovingClock) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        await driver.press("ctrl+r", "4")
        (reminder,) = pending(session, mina)
        assert timedelta(hours=12) < reminder.due - clock.now < timedelta(days=2)
        assert reminder.wall.date() == datetime(2024, 9, 29).date()


async def test_snoozing_until_a_moment_that_is_typed(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        await driver.press("ctrl+r", "5")
        assert driver.focused == "SnoozeInput"
        await driver.press("enter")
        assert driver.shows("Type when, such as tomorrow 10.")
        await driver.type("whenever")
        await driver.press("enter")
        assert driver.shows("Not understood")
        await driver.press("escape")
        assert driver.focused == "ReminderAlert"
        await driver.press("5")
        await driver.type("فردا ساعت ۱۰")
        assert driver.shows("✓ Sun 29 Sep 2024 10:00")
        await driver.press("enter")
        assert driver.focused == "cartable"
        (reminder,) = pending(session, mina)
        assert reminder.wall == datetime(2024, 9, 29, 10)


async def test_two_are_answered_one_after_the_other(
    session: Session, mina: Lead, omid: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await ring(driver, clock, minutes=12)
        assert driver.shows("◷ overdue   Mina Sadeghi")
        assert driver.shows("▲ 2 overdue")
        assert driver.app.rung == 1
        await driver.press("ctrl+r", "d")
        assert driver.shows("◷ overdue promise   Omid Rezaei")
        assert driver.app.rung == 1
        await driver.press("ctrl+r", "d")
        assert driver.alert is None
    assert not pending(session, omid)


async def test_one_that_comes_due_meanwhile_does_not_take_the_place_of_what_is_answered(
    session: Session, mina: Lead, omid: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        await driver.press("ctrl+r", "5")
        await driver.type("tomo")
        colleague = add_lead(session, "Early Bird", mine=True)
        reminders.set_reminder(session, colleague.id, clock.now + timedelta(seconds=1))
        await ring(driver, clock, minutes=1)
        assert driver.shows("Mina Sadeghi")
        await driver.type("rrow 10")
        await driver.press("enter")
        assert pending(session, mina)[0].wall == datetime(2024, 9, 29, 10)
        assert driver.shows("◷ overdue   Early Bird")


async def test_a_refused_answer_leaves_it_there(
    session: Session, mina: Lead, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else the alert may be gone before the answer: what changes elsewhere shows by itself.
    monkeypatch.setattr(watching, "CHANGES_EVERY", 3_600)
    other = terminal(session, clock)
    async with driven(session) as driver:
        await ring(driver, clock)
        reminders.acknowledge(other, pending(session, mina)[0].id)
        await driver.press("ctrl+r", "d")
        assert driver.told() == ["That reminder has ended already."]
        await driver.until(lambda: driver.alert is None)
    other.close()


# Other terminals


async def test_done_in_another_terminal_it_goes_here(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    other = terminal(session, clock)
    async with driven(session) as driver:
        await ring(driver, clock)
        await driver.press("ctrl+r")
        reminders.acknowledge(other, pending(session, mina)[0].id)
        await driver.until(lambda: driver.alert is None)
        assert driver.focused == "cartable"
    other.close()


async def test_what_is_typed_for_one_is_not_taken_for_another(
    session: Session, mina: Lead, omid: Lead, clock: MovingClock
) -> None:
    other = terminal(session, clock)
    async with driven(session) as driver:
        await ring(driver, clock, minutes=12)
        await driver.press("ctrl+r", "5")
        await driver.type("+2d")
        reminders.acknowledge(other, pending(session, mina)[0].id)
        await driver.until(lambda: driver.shows("Omid Rezaei  today"))
        assert driver.focused == "ReminderAlert"
        assert not driver.app.screen.query_one(SnoozeInput).display
        due = pending(session, omid)[0].due
        await driver.press("enter", "escape")
        assert pending(session, omid)[0].due == due
    other.close()


async def test_it_rings_in_every_terminal_of_its_owner(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    other = terminal(session, clock)
    async with driven(session) as driver:
        await ring(driver, clock)
        assert driver.app.rung == 1
    async with driven(other) as driver:
        assert driver.alert is not None
        assert driver.app.rung == 1
    other.close()


# Over other screens


async def test_it_moves_over_what_opens_and_back(session: Session, mina: Lead, clock: MovingClock) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        for key in ("m", "s", "r", "Y", "f", "?", "b", "ctrl+p"):
            await driver.press(key)
            assert driver.app.screen is not driver.screen
            assert driver.alert is not None
            assert driver.shows("◷ overdue   Mina Sadeghi")
            await driver.press("escape")
            assert driver.app.screen is driver.screen
            assert driver.alert is not None
        assert driver.app.rung == 1


@pytest.mark.parametrize("size", [NARROW, (120, 40)])
async def test_it_hides_nothing_of_a_dialog(
    session: Session, mina: Lead, clock: MovingClock, size: tuple[int, int]
) -> None:
    async with driven(session, size=size) as driver:
        await ring(driver, clock)
        for key, last in (("m", "Ctrl+S save"), ("s", "Esc back"), ("f", "Esc back"), ("?", "Esc close")):
            await driver.press(key)
            assert driver.lines()[-1].startswith("  ◷ overdue   Mina Sadeghi")
            assert driver.shows(last)
            await driver.press("escape")


async def test_answered_over_a_dialog_the_dialog_goes_on(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await driver.press("m")
        await driver.type("half")
        await ring(driver, clock)
        await driver.press("ctrl+r", "1")
        assert isinstance(driver.app.screen, NoteDialog)
        await driver.type(" a note")
        await driver.press("ctrl+s")
        assert open_lead(session, mina.id).timeline[0].detail.text == "half a note"


async def test_escape_and_enter_belong_to_it_while_it_has_the_keyboard(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        for key in ("m", "f", "r", "Y"):
            await driver.press(key, "ctrl+r", "5")
            await driver.type("no time")
            await driver.press("enter", "escape", "escape")
            assert driver.app.screen is not driver.screen
            assert driver.focused != "ReminderAlert"
            await driver.press("escape")
            assert driver.app.screen is driver.screen
        assert len(pending(session, mina)) == 1


async def test_opening_a_customer_leaves_the_dialog_open(
    session: Session, mina: Lead, omid: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await driver.press("end", "m")
        await driver.type("half")
        await ring(driver, clock)
        await driver.press("ctrl+r", "o")
        assert driver.open_name == mina.name
        assert driver.shows("Omid Rezaei · note")
        assert driver.told() == ["The customer is open at the desk, under this dialog."]
        await driver.press("escape", "N", "m")
        assert driver.shows("half")


async def test_opening_a_customer_leaves_the_list_of_reminders(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        await driver.press("b", "ctrl+r", "o")
        assert driver.app.screen is driver.screen
        assert driver.open_name == mina.name


# The mouse


async def test_a_click_takes_the_keyboard_and_answers(
    session: Session, mina: Lead, clock: MovingClock
) -> None:
    async with driven(session) as driver:
        await ring(driver, clock)
        await driver.click_words("◷ overdue", line=-2)
        assert driver.focused == "ReminderAlert"
        await driver.click_words("back", line=-2)
        assert driver.focused == "cartable"
        await driver.click_words("Ctrl+R", line=-2)
        await driver.click_words("+15 min")
        assert driver.alert is None
        assert driver.focused == "cartable"
        assert pending(session, mina)[0].due == clock.now + timedelta(minutes=15)


def terminal(session: Session, clock: MovingClock) -> Session:
    """The same person at another terminal."""
    assert session.store.path is not None
    return Session.open(session.store.path, session.actor.email, clock)
