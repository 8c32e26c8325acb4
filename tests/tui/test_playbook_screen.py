"""A talk by the playbook: a newcomer's first call counted in keys, the draft that stays, what the status dialog is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_driving import NARROW, Driver, driven
from session_making import MovingClock, add_lead, hire, make_session

from leadtui.domain.message import Consent, Medium, MessageState, MessageText
from leadtui.domain.permission import Permission, Profile
from leadtui.domain.playbook import OPENING, ItemKind, Playbook, PlaybookItem
from leadtui.services import messages
from leadtui.services.drafts import PLAYBOOK_DRAFT, STATUS_DRAFT, find_draft
from leadtui.services.leads import add_note, open_lead
from leadtui.services.messages import save_text
from leadtui.services.outbox import list_messages
from leadtui.services.playbooks import TalkAnswers, save_answers, save_playbook
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.dialogs.talk_pane import TalkPane


@pytest.fixture
def persian(tmp_path: Path) -> Session:
    return make_session(tmp_path, "hesin-haseb")


@pytest.fixture
def sales(tmp_path: Path, clock: MovingClock) -> Session:
    return make_session(tmp_path, clock=clock)


KEYS_OF_A_FIRST_TALK = 31
"""Beside the letters of what is written down."""


async def test_a_newcomers_first_talk_counted_in_keys(persian: Session) -> None:
    """From the desk to a saved meeting: the opening finds the need, Enter confirms it, what was agreed is filled in."""
    lead = add_lead(persian, "مینا صادقی", mine=True)
    pressed = 0
    async with driven(persian, size=NARROW) as driver:

        async def press(*keys: str) -> None:
            nonlocal pressed
            pressed += len(keys)
            await driver.press(*keys)

        await press("B")
        assert _talk(driver).has_keyboard
        await press("space", "enter")  # looks for work
        await press("enter", "enter", "enter")  # why a number, what is needed, what is lacking: not asked
        assert _answer(driver, "need") == "job_seeker"
        await press("enter")
        await driver.type("حسابداری")
        await press("enter", "enter", "enter")  # the aim and the years stay open
        await press("space", "enter")  # few skills
        await press("enter")  # the résumé
        await press("space", "enter")  # comes to a meeting
        await driver.type("1403/07/10")
        await press("enter")
        await driver.type("10:30")
        await press("enter", "enter")
        assert isinstance(driver.app.screen, StatusDialog)
        await driver.until(lambda: driver.app.screen.query("FormField"))
        typed = {each.key: each.text for each in driver.app.screen.form.fields}
        assert typed["answer.date.date"] == "1403/07/10"
        assert typed["answer.time.time"] == "10:30"
        assert typed["answer.weekday.day"] == "سه‌شنبه"
    assert pressed <= KEYS_OF_A_FIRST_TALK
    known = open_lead(persian, lead.id).lead
    need = persian.definitions.need(known.need_id)
    assert need is not None
    assert need.key == "job_seeker"
    assert known.major == "حسابداری"
    assert known.custom == {
        "opening_why_signed_up": "دنبال کار است",
        "job_seeker_skills": "کم",
        "job_seeker_meeting": True,
        "job_seeker_meeting_date": "2024-10-01",
        "job_seeker_meeting_time": "10:30",
    }


def _talk(driver: Driver) -> TalkPane:
    assert driver.app.screen is driver.screen
    assert driver.screen.talk is not None
    return driver.screen.talk


def _answer(driver: Driver, key: str) -> str:
    field = _talk(driver).form.field(key)
    assert field is not None
    return field.text


async def test_the_talk_comes_with_the_call_and_ends_with_it(sales: Session, clock: MovingClock) -> None:
    """Letters stay commands until one goes into it; the call's keys work within, and what was learnt comes to the status."""
    lead = add_lead(sales, "Mina Sadeghi", "(212) 555-0101", mine=True)
    async with driven(sales, size=NARROW) as driver:
        await driver.press("c")
        assert driver.shows_wrapped("Am I speaking with Mina Sadeghi?")
        assert driver.focused == "cartable"
        await driver.press("c")
        assert isinstance(driver.app.screen, StatusDialog)
        assert driver.screen.talk is None
        assert driver.app.screen.draft.blank  # nothing was answered, so nothing is proposed
        await driver.press("escape", "c", "B", "space")
        assert driver.shows("rang (212) 555-0101")  # the history
        await driver.press("f7")
        assert driver.screen.panel.note.has_focus
        await driver.type("prefers mornings")
        clock.move(seconds=90)
        await driver.press("shift+f1", "f8")
        assert isinstance(driver.app.screen, StatusDialog)
        assert driver.app.screen.draft.texts["note"] == "prefers mornings"
        assert driver.shows("the call took 1:30")
    assert open_lead(sales, lead.id).lead.custom == {"opening_reached": "The customer"}


async def test_the_talk_stands_beside_its_customer_in_every_size(persian: Session) -> None:
    add_lead(persian, "مینا صادقی", mine=True)
    add_lead(persian, "بهرام نوری", mine=True)
    async with driven(persian, size=(150, 36)) as driver:
        await driver.press("B", "space", "enter")
        await driver.type("تبلیغ")
        talk = _talk(driver)
        assert talk.region.x == 0  # lines begin at the right
        assert driver.screen.panel.region.x == talk.region.right
        for size in (NARROW, (100, 40), (150, 36)):
            await driver.resize(*size)
            assert _talk(driver) is talk
            assert talk.has_keyboard
            assert driver.shows("تبلیغ")
            assert driver.shows("از فرم وب وارد شد")
            assert talk.region.bottom == size[1] - 1
        await driver.press("shift+tab", "shift+tab")
        driver.screen.current_table.focus()
        await driver.press("down")
        assert not driver.shows("تبلیغ")
        await driver.press("up")
        assert driver.shows("تبلیغ")


async def test_the_link_of_a_step_is_opened_or_copied(
    sales: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real browser of one line: it notes what it is told to open."""
    page, opened = "https://example.com/form?a=1&b=2", tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}"\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    items = (
        PlaybookItem(ItemKind.LINK, text="The form", link=page),
        PlaybookItem(ItemKind.ASK, "size", "Size"),
    )
    save_playbook(sales, OPENING, Playbook(items=items))
    add_lead(sales, "Mina Sadeghi", mine=True)
    async with driven(sales) as driver:
        await driver.press("B", "f5")
        await driver.until(opened.exists, "the browser")
        assert opened.read_text() == page
        browser.unlink()
        monkeypatch.setenv("BROWSER", "")
        monkeypatch.setenv("PATH", str(tmp_path))
        await driver.press("f5")
        await driver.until(lambda: driver.app.clipboard == page, "the copy")


async def test_a_step_sends_its_text_seen_before_and_is_ticked(sales: Session) -> None:
    """Enter shows the text as `M` does; sent, its line is ticked, which outlives the talk; who may not send reads what is to do."""
    text = save_text(sales, MessageText(0, "", "The way", Medium.SMS, "Dear {name}, ring the upper bell."))
    items = (
        PlaybookItem(ItemKind.SEND, text="Tell them how to come.", message=text.key),
        PlaybookItem(ItemKind.ASK, "size", "Size", "How many come?"),
    )
    save_playbook(sales, OPENING, Playbook(items=items))
    lead = add_lead(sales, "Mina Sadeghi", "(212) 555-0101", mine=True)
    messages.set_consent(sales, lead.id, Medium.SMS, Consent.REFUSED)
    async with driven(sales, size=NARROW) as driver:
        await driver.press("B")
        assert driver.shows("Tell them how to come.")
        await driver.press("enter")
        await driver.reached(lambda: driver.shows("does not want to be written to"))
        await driver.press("escape")
        assert _talk(driver).form.current_key == "sent.the_way"
        messages.set_consent(sales, lead.id, Medium.SMS, Consent.AGREED)
        await driver.press("enter")
        await driver.reached(lambda: driver.shows("Dear Mina Sadeghi, ring the upper bell."))
        await driver.press("enter")
        await driver.reached(lambda: driver.shows("✓ The way  SMS  done"))
        assert driver.shows("How many come?")
        await driver.press("escape")
        await driver.reached(lambda: driver.shows("SMS The way"))
        await driver.press("B")
        assert driver.shows("✓ The way  SMS  done")
        await driver.type("3")
        await driver.press("ctrl+s")
        await driver.reached(lambda: isinstance(driver.app.screen, StatusDialog))
    assert [each.message.filled.body for each in list_messages(sales, frozenset(MessageState))] == [
        "Dear Mina Sadeghi, ring the upper bell."
    ]
    assert open_lead(sales, lead.id).lead.custom == {"opening_size": "3"}
    granted = frozenset(Permission) - {Permission.SEND_MESSAGES}
    caller = save_profile(sales, Profile(0, "", "Caller", granted))
    sara = hire(sales, "Sara Amini", "sara@example.com", sales.now, caller.key)
    add_lead(sara, "Ali Rezaei", "(212) 555-0102", mine=True)
    async with driven(sara, size=NARROW) as driver:
        await driver.press("B")
        assert driver.shows("To send: Tell them how to come.")
        assert not driver.shows("The way")


async def test_what_is_typed_stays_as_a_draft_and_comes_back_where_it_was(sales: Session) -> None:
    lead = add_lead(sales, "Mina Sadeghi", mine=True)
    async with driven(sales) as driver:
        await driver.press("B", "space", "enter", "enter")
        await driver.type("two days a week")
        await driver.press("escape")
        draft = find_draft(sales, PLAYBOOK_DRAFT, lead.id)
        assert draft is not None
        assert "two days a week" in draft.texts.values()
        await driver.press("B")
        assert driver.shows("two days a week")
        assert driver.shows("draft")
        await driver.press("f9")
        assert not driver.shows("two days a week")
        assert find_draft(sales, PLAYBOOK_DRAFT, lead.id) is None
    assert open_lead(sales, lead.id).lead.custom == {}


async def test_only_what_applies_is_asked_and_said(sales: Session) -> None:
    add_lead(sales, "Mina Sadeghi", mine=True)
    async with driven(sales, size=NARROW) as driver:
        await driver.press("B")
        assert driver.shows_wrapped("Am I speaking with Mina Sadeghi?")
        assert not driver.shows("What they are after")
        await driver.press("space")
        assert driver.shows("What they are after")
        await driver.press("right", "right")
        assert not driver.shows("What they are after")
        await driver.press("enter")
        assert driver.shows_wrapped("I will try you again tomorrow")
        await driver.press("up", "space", "down", "down")
        assert not driver.shows_wrapped("I will try you again tomorrow")
        await driver.press("f6")
        assert driver.shows("It is too expensive.")


async def test_the_status_is_told_what_was_learnt(sales: Session) -> None:
    lead = add_lead(sales, "Mina Sadeghi", mine=True)
    save_answers(sales, TalkAnswers(lead.id, {"custom:opening_call_on": "tomorrow 10"}))
    async with driven(sales) as driver:
        await driver.press("B", "space", "ctrl+s")
        screen = driver.app.screen
        assert isinstance(screen, StatusDialog)
        assert {each.key: each.text for each in screen.form.fields}["remind"] == "tomorrow 10"
        await driver.press("escape")
    assert open_lead(sales, lead.id).lead.custom["opening_reached"] == "The customer"
    assert find_draft(sales, STATUS_DRAFT, lead.id) is not None


async def test_what_another_answered_meanwhile_is_told_and_nothing_is_lost(sales: Session) -> None:
    lead = add_lead(sales, "Mina Sadeghi", mine=True)
    async with driven(sales) as driver:
        await driver.press("B", "space")
        save_answers(sales, TalkAnswers(lead.id, {"custom:opening_reached": "Voicemail"}))
        add_note(sales, lead.id, "rings back")
        await driver.press("ctrl+s")
        assert _answer(driver, "custom:opening_reached") == "The customer"
        assert driver.shows("Voicemail")
        assert open_lead(sales, lead.id).lead.custom == {"opening_reached": "Voicemail"}
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, StatusDialog)
    assert open_lead(sales, lead.id).lead.custom == {"opening_reached": "The customer"}
