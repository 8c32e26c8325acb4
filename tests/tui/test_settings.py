"""The settings as a supervisor meets them: by keyboard alone, with refusals beside what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from desk_driving import NARROW, Driver, driven
from sample_class import Typist, define_sample_class
from session_making import MovingClock, add_lead, hire, status_of
from sqlalchemy import update

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.permission import AGENT_PROFILE, OWNER_PROFILE, SUPERVISOR_PROFILE
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.language.keyboard_layouts import ISIRI_9147
from leadtui.language.text import safe
from leadtui.presentation.input_feedback import Verdict, moment_feedback
from leadtui.services import defining
from leadtui.services.colleagues import COLLEAGUE
from leadtui.services.defining import CHANNEL, FIELD, NEED, STATUS
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.reminders import set_reminder
from leadtui.services.session import Session
from leadtui.services.undo import undo
from leadtui.settings import Settings
from leadtui.store import tables
from leadtui.tui.screens.settings.definition_list import DefinitionList
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.widgets.form_field import FormField
from leadtui.tui.widgets.lead_cells import lead_columns
from leadtui.tui.widgets.status_list import KEYS

SIZE = (140, 40)


def settings(driver: Driver) -> SettingsScreen:
    screen = driver.app.screen
    assert isinstance(screen, SettingsScreen)
    return screen


def listed(driver: Driver) -> list[str]:
    """The lines of the list, from the top."""
    options = settings(driver).pane.list.options
    return [str(option.prompt).strip() for option in options]


def titles(session: Session) -> list[str]:
    return [each.title for each in session.definitions.open_statuses]


def beside(driver: Driver, key: str) -> str:
    """What stands beneath the form field of that key."""
    shown = [each for each in settings(driver).pane.query(FormField) if each.key == key and each.display]
    return next((each.message.words for each in shown if each.message), "")


def told(driver: Driver) -> str:
    """The lower line."""
    return driver.lines()[-2].strip()


async def test_a_status_from_nothing_to_an_agents_hand(session: Session, clock: MovingClock) -> None:
    lead = add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    async with driven(session, size=SIZE) as driver:
        typist = Typist(driver)
        await typist.press("f2", "1")
        await define_sample_class(typist)
        assert typist.count < 150  # at two keys a second it is not much over a minute, at four well under
        saved = session.definitions.open_statuses[-1]
        assert (saved.title, saved.glyph, saved.colour) == ("Sample class", "◇", "teal")
        assert (saved.cartable, saved.owner_title, saved.reminder) == (
            CartableRule.NEXT,
            "Who teaches",
            ReminderRule.MUST,
        )
        assert [(each.title, each.kind, each.required, each.options) for each in saved.fields] == [
            ("Date", FieldKind.DATE, True, ()),
            ("Time", FieldKind.TIME, True, ()),
            ("Seat", FieldKind.CHOICE, True, ("front", "back")),
        ]
        assert isinstance(driver.app.screen.focused, DefinitionList)
        assert settings(driver).pane.at == saved.id
        assert "“Sample class” is saved." in told(driver)
        # The dialog at the desk asks it at once.
        await driver.press("escape", "s")
        await driver.type(KEYS[len(session.definitions.open_statuses) - 1])
        await driver.type("tomorrow")
        await driver.press("enter")
        await driver.type("10:00")
        await driver.press("enter")
        await driver.type("front")
        await driver.press("enter")
        await driver.type("Reza")
        await driver.press("enter")
        await driver.type("tomorrow 9")
        await driver.press("ctrl+s")
    after = open_lead(session, lead.id)
    assert after.lead.status_id == saved.id
    assert [each.title for each in after.timeline[0].detail.answers] == ["Date", "Time", "Seat"]


@pytest.mark.parametrize(
    ("typed", "sign"),
    [("3", "◐"), ("۳", "◐"), ("0", "●"), ("q", "●"), ("س", "●"), ("q2", "○"), ("★", "★")],
)
async def test_a_digit_counts_to_a_sign_and_letters_are_none(session: Session, typed: str, sign: str) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "a")
        await driver.type("Sample class")
        await driver.press("enter", "left")
        await driver.type(typed)
        await driver.press("ctrl+s")
    assert session.definitions.open_statuses[-1].glyph == sign


@pytest.mark.proof
async def test_the_preview_is_the_dialog_that_agents_will_see(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        typist = Typist(driver)
        await driver.press("f2", "1", "a")
        await driver.type("Sample class")
        await driver.until(lambda: driver.text().count("Sample class") == 3, "the title in the preview")
        await driver.press("escape", "escape", "f2", "1")
        await define_sample_class(typist)
        await driver.until(lambda: driver.shows("Who teaches *"), "whom the dialog asks for")
        text = driver.text()
        preview = [line[98:].strip(" │") for line in text.splitlines()]
        assert "Seat *" in preview
        assert "○ front  ○ back" in preview
        assert "Remind *" in preview
        await driver.resize(*NARROW)
        assert not driver.shows("what agents will see")
        assert driver.shows("Sample class")


async def test_a_title_twice_is_refused_beside_it(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        before = titles(session)
        await driver.press("f2", "1", "a")
        await driver.type("CALL  back")
        await driver.press("ctrl+s")
        assert beside(driver, "title") == "There is “Call back” already."
        assert titles(session) == before
        assert settings(driver).pane.query(FormField).first().text == "CALL  back"
        await driver.type(" later")
        assert beside(driver, "title") == ""
        await driver.press("ctrl+s")
        assert titles(session)[-1] == "CALL back later"


async def test_a_choice_without_options_is_refused_in_its_place(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "a")
        await driver.type("Sample class")
        await driver.press(*["enter"] * 6, "enter")
        await driver.type("Seat")
        await driver.press("enter")
        await driver.type("choice")
        await driver.press("ctrl+s")
        assert "at least two options" in beside(driver, "options")
        await driver.type("front; back, left")
        assert beside(driver, "options") == ""
        await driver.press("ctrl+s")
        assert session.definitions.open_statuses[-1].fields[0].options == ("front", "back, left")


async def test_fields_are_moved_changed_and_removed(session: Session) -> None:
    saved = defining.save_status(
        session,
        Status(
            0,
            "",
            "Visit",
            fields=tuple(
                Field(0, "", title, FieldKind.CHOICE, ("a", "b, c")) for title in ("One", "Two", "Three")
            ),
        ),
    )
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "end", "enter", *["enter"] * 6)
        await driver.press("shift+down", "up", "enter", "end")
        await driver.type(" bis")
        await driver.press("escape", "down", "down", "x", "ctrl+s")
        after = session.definitions.status(saved.id)
        assert after is not None
        assert [(each.title, each.options) for each in after.open_fields] == [
            ("Two bis", ("a", "b, c")),
            ("One", ("a", "b, c")),
        ]
        assert [each.title for each in after.fields if each.retired] == ["Three"]


async def test_going_through_a_form_changes_nothing(session: Session) -> None:
    before = session.definitions.statuses
    async with driven(session, size=NARROW) as driver:
        await driver.press("f2", "1", "down", "enter", *["down"] * 8, *["up"] * 9, "down", *["enter"] * 5)
        await driver.press("ctrl+s")
        assert "Nothing is changed." in told(driver)
        await driver.press("backspace", "delete", "ctrl+s")
        assert "Nothing is changed." in told(driver)
    assert session.definitions.statuses == before


async def test_retiring_takes_a_status_out_of_the_dialog(session: Session) -> None:
    add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    old = status_of(session, "no_answer")
    async with driven(session, size=SIZE, settings=Settings(keyboard=ISIRI_9147.name)) as driver:
        await driver.press("f2", "1", "x")
        assert old.title not in titles(session)
        assert "retired" in listed(driver)
        assert listed(driver)[-1].startswith("○ No answer")
        settings(driver).pane.renew()  # as it does when it notices what was defined
        await driver.settled()
        assert "No answer" in told(driver)
        await driver.press("escape", "s")
        assert not driver.shows("No answer")
        await driver.press("escape", "f2", "1", "end", "ط")
        assert old.title in titles(session)
        assert "retired" not in listed(driver)


async def test_the_last_status_is_not_retired(session: Session) -> None:
    *others, last = session.definitions.open_statuses
    for each in others:
        defining.retire(session, STATUS, each.id)
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "x")
        assert titles(session) == [last.title]
        assert "at least one status" in told(driver)


async def test_moving_up_and_down(session: Session) -> None:
    first, second, third, *_rest = titles(session)
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "shift+down", "shift+down")
        assert titles(session)[:3] == [second, third, first]
        assert listed(driver)[2].startswith(f"○ {first}")
        assert settings(driver).pane.list.highlighted == 2
        await driver.press("shift+up")
        assert titles(session)[:3] == [second, first, third]


async def test_what_is_typed_waits_for_its_save(session: Session) -> None:
    first, second, *_rest = session.definitions.open_statuses
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "enter", "end")
        await driver.type("X")
        assert listed(driver)[0].startswith(f"○ {first.title}X •")
        await driver.press("up", "down")
        assert settings(driver).pane.at == second.id
        await driver.press("escape")
        assert f"“{first.title}X” is not saved" in told(driver)
        await driver.press("up", "ctrl+s")
        assert titles(session)[0] == f"{first.title}X"
        await driver.press("enter", "backspace", "end")
        await driver.type("Y")
        await driver.press("escape", "escape")
        assert driver.app.screen is driver.screen
        assert titles(session)[0] == f"{first.title}X"


async def test_how_many_customers_a_change_affects(session: Session) -> None:
    status = status_of(session, "no_answer")
    for name in ("Mina", "Sara"):
        lead = add_lead(session, name, mine=True)
        set_status(session, SetStatus(lead.id, lead.version, status.id))
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1")
        assert listed(driver)[0].endswith("2")
        assert not driver.shows("Saving affects")
        await driver.press("enter", "end")
        await driver.type("!")
        assert driver.shows("Saving affects 2 customers; what was answered")


async def test_two_supervisors_at_one_status(session: Session, clock: MovingClock) -> None:
    other = hire(session, "Reza Amini", "reza@example.com", clock, SUPERVISOR_PROFILE)
    old = other.definitions.open_statuses[0]
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "enter", "end")
        await driver.type(" today")
        defining.save_status(other, replace(old, colour="pink"), old)
        await driver.press("ctrl+s")
        assert "Somebody else changed" in told(driver)
        await driver.press("ctrl+s")
    other.close()
    now = session.definitions.open_statuses[0]
    assert (now.title, now.colour) == (f"{old.title} today", "pink")


async def test_what_another_supervisor_defines_comes_by_itself(session: Session, clock: MovingClock) -> None:
    other = hire(session, "Reza Amini", "reza@example.com", clock, SUPERVISOR_PROFILE)
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "enter", "end")
        await driver.type("XYZ")
        await driver.press("left")
        defining.save_status(other, Status(0, "", "Brand new"))
        await driver.until(lambda: any("Brand new" in line for line in listed(driver)), "the new status")
        await driver.type("-")
        assert settings(driver).pane.query(FormField).first().text.endswith("XY-Z")
    other.close()


async def test_fields_of_customers(session: Session) -> None:
    async with driven(session, size=NARROW) as driver:
        await driver.press("f2", "2")
        assert not driver.shows("Who answered")  # a question of the playbook
        assert driver.shows("and 7 of playbooks")
        await driver.press("a")
        await driver.type("Shirt size")
        await driver.press("enter")
        await driver.type("choice")
        await driver.press("enter")
        await driver.type("S, M، L")
        await driver.press("enter")
        assert session.definitions.open_fields[-1].options == ("S", "M", "L")
        await driver.press("escape")
        assert "Shirt size" in [each.title for each in lead_columns(driver.screen.formatter)]


@pytest.mark.parametrize(("tab", "sort"), [("3", CHANNEL), ("4", NEED)])
async def test_channels_and_needs(session: Session, tab: str, sort: str) -> None:
    def known() -> list[tuple[str, bool]]:
        rows = session.definitions.channels if sort == CHANNEL else session.definitions.needs
        return [(each.title, each.retired) for each in rows]

    async with driven(session, size=NARROW) as driver:
        await driver.press("f2", tab, "a")
        await driver.type("Fair")
        await driver.press("ctrl+s")
        assert ("Fair", False) in known()
        await driver.press("enter")
        await driver.type(" of May")
        await driver.press("ctrl+s")
        assert ("Fair of May", False) in known()
        await driver.press("x")
        assert ("Fair of May", True) in known()
        await driver.press("a")
        await driver.press("ctrl+s")
        assert beside(driver, "title") == "A title is needed."


async def test_colleagues_come_and_go(session: Session) -> None:
    async with driven(session, size=NARROW) as driver:
        await driver.press("f2", "5", "a")
        await driver.type("Reza Amini")
        await driver.press("enter")
        await driver.type("reza")
        await driver.press("ctrl+s")
        assert "no e-mail address" in beside(driver, "email")
        await driver.type("@example.com")
        await driver.press("ctrl+s")
        (reza,) = [each for each in session.definitions.colleagues if each.name == "Reza Amini"]
        assert (reza.email, reza.profile, reza.active) == ("reza@example.com", AGENT_PROFILE, True)
        await driver.press("x")
        assert reza.id not in {each.id for each in session.definitions.active_colleagues}
        assert "no longer here" in listed(driver)


async def test_who_leaves_is_asked_what_becomes_of_theirs(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    session.reload_definitions()
    people = [add_lead(reza, f"Customer {number}", mine=True) for number in range(2)]
    set_reminder(reza, people[0].id, clock.now + timedelta(hours=1))
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5")
        await driver.press("down", "x")
        assert driver.shows("Reza Amini leaves: who gets this?")
        assert driver.shows("2 customers · 1 reminder")
        await driver.press("escape")
        assert reza.reload_definitions().colleague(reza.actor.id) in session.definitions.active_colleagues
        await driver.press("x")
        await driver.press("enter")
        assert [each.id for each in session.definitions.active_colleagues] == [
            session.actor.id,
            sara.actor.id,
        ]
        owners = {open_lead(session, each.id).lead.owner_id for each in people}
        assert owners == {session.actor.id, sara.actor.id}
    assert len(undo(session).taken) == 2
    assert session.reload_definitions().colleague(reza.actor.id) == reza.actor
    reza.close()
    sara.close()


async def test_the_last_owner_stays(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "5", "enter", "enter", "left", "ctrl+s")
        assert "is the only owner" in beside(driver, "profile")
        await driver.press("right", "escape", "f2", "5", "x")
        assert "is the only owner" in told(driver)
    assert session.actor.profile == OWNER_PROFILE


async def test_a_supervisor_sees_the_key(session: Session) -> None:
    async with driven(session, size=(200, 40)) as driver:
        assert driver.shows("F2 Settings")
        await driver.press("f2", "1")
        assert "Statuses" in driver.lines()[1]
        await driver.press("ctrl+p")
        await driver.type("retire")
        assert driver.shows("Take it out of use")
        await driver.press("escape", "right", "right", "left")
        assert settings(driver).pane.sort.name == FIELD
        await driver.press("۳")
        assert settings(driver).pane.sort.name == CHANNEL
        await driver.press("f2", "1")
        assert driver.app.screen is driver.screen


async def test_keys_that_come_together_find_their_fields(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "3")
        driver.send("a", *"Fair", "enter", "a", *"Exhibition", "enter")
        await driver.settled()
        assert [each.title for each in session.definitions.channels][-2:] == ["Fair", "Exhibition"]


async def test_the_mouse_and_the_keys_at_the_bottom(session: Session) -> None:
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1")
        assert "x Retire" in driver.lines()[-1]
        await driver.press("enter")
        assert "x Retire" not in driver.lines()[-1]
        assert "Ctrl+S Save" in driver.lines()[-1]
        await driver.click_words("add a field")
        await driver.type("Room")
        await driver.click_words("Save", line=-1)
        assert [each.title for each in session.definitions.open_statuses[0].fields] == ["Room"]
        await driver.click_words("Colleagues", line=1)
        assert settings(driver).pane.sort.name == COLLEAGUE
        assert "Move" not in driver.lines()[-1]


@pytest.mark.parametrize("title", ["[/b] Ali [TODO]", "\x1b]52;c;eA==\x07 stolen", "\u202eevil"])
async def test_titles_that_would_do_harm(session: Session, title: str) -> None:
    with session.store.write() as connection:
        connection.execute(update(tables.status).values(title=title))
        connection.execute(update(tables.field).values(title=title))
    session.reload_definitions()
    async with driven(session, size=SIZE) as driver:
        await driver.press("f2", "1", "end", "x", "x", "left", "right", "right", "left")
        await driver.press("1", "enter", *["down"] * 7)
        assert safe(title).strip() in driver.text()
        assert "\x1b" not in driver.text()
        assert "\u202e" not in driver.text()


async def test_the_workspace_is_called_otherwise_and_moves(session: Session) -> None:
    async with driven(session, size=(80, 24)) as driver:
        await driver.press("f2", "7", "tab", "end", "ctrl+u")
        await driver.type("Karimi GmbH")
        fields = {each.key: each for each in settings(driver).pane.sort.fields}
        title, region, zone = fields["title"], fields["region"], fields["zone"]
        region.text, zone.text = "ایران", "Nowhere"
        await driver.press("ctrl+s")
        assert "is no time zone" in beside(driver, "zone")
        zone.text = "Asia/Tehran"
        await driver.press("ctrl+s")
        there = session.workspace
        assert (there.title, there.region, there.zone) == ("Karimi GmbH", "IR", "Asia/Tehran")
        assert (title.text, region.text) == ("Karimi GmbH", "Iran")


async def test_the_week_and_the_holidays_are_typed_as_one_says_them(session: Session) -> None:
    async with driven(session, size=(100, 40)) as driver:
        await driver.press("f2", "7")
        fields = {each.key: each for each in settings(driver).pane.sort.fields}
        hours, windows, holidays = (fields[key] for key in ("hours", "windows", "holidays"))
        hours.take_focus()
        await driver.type("Mon-Fri 9-1, 2-5")
        assert beside(driver, "hours") == "Mon–Fri 9–13, 14–17; closed Sat–Sun"
        await driver.press("enter")
        await driver.type("Sat 9")
        assert beside(driver, "windows").startswith("Not understood")
        await driver.press("ctrl+s")
        assert "says no week" in beside(driver, "windows")
        windows.text = "="
        holidays.take_focus()
        await driver.type("30 Feb")
        assert "“30 Feb” is no holiday" in beside(driver, "holidays")
        await driver.press("ctrl+u")
        await driver.type("30 Sep Firm’s day")
        await driver.press("alt+enter")
        await driver.type("1 Farvardin Nowruz")
        assert beside(driver, "holidays") == "2 holidays; the next: Mon 30 Sep 2024 Firm’s day"
        await driver.press("ctrl+s")
        assert holidays.text == "30 September Firm’s day\n1 Farvardin Nowruz"
    there = session.workspace
    assert (there.hours, there.windows) == ("Mon-Fri 09:00-13:00, 14:00-17:00", "=")
    assert there.holidays == ("gregorian *-09-30 Firm’s day", "jalali *-01-01 Nowruz")
    told = {
        "tomorrow 5": "Sun 29 Sep 2024 17:00, not 05:00 · in 1 day · a day off",
        "monday 5": "Mon 30 Sep 2024 17:00, not 05:00 · in 2 days · Firm’s day",
        "tuesday 4": "Tue 1 Oct 2024 16:00, not 04:00 · in 3 days",
        "tuesday 05:00": "Tue 1 Oct 2024 05:00 · in 3 days · outside the hours of work",
    }
    for typed, words in told.items():
        feedback = moment_feedback(typed, session.format_context())
        verdict = Verdict.UNDERSTOOD if typed == "tuesday 4" else Verdict.UNUSUAL
        assert (feedback.verdict, feedback.words) == (verdict, words)
