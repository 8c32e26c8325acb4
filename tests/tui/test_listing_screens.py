"""The screens that are lists: imports and taking one back, the do-not-call list, what was erased."""

from __future__ import annotations

from pathlib import Path

from desk_driving import driven
from session_making import add_lead

from leadtui.domain.importing import ImportOptions
from leadtui.domain.view import View
from leadtui.services.do_not_call import forbid_number, list_forbidden
from leadtui.services.erasing import erase, erase_many, to_confirm_many
from leadtui.services.importing.running import import_files, list_imports
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import add_note
from leadtui.services.session import Session
from leadtui.tui.dialogs.import_dialogs import TakeBackDialog
from leadtui.tui.screens.forbidden import ForbiddenScreen


async def test_an_import_is_taken_back_once_one_has_seen_whom_that_concerns(
    session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "fair.csv"
    file.write_text("Name,Phone\n" + "".join(f"Person {n},+1 212 555 01{n:02}\n" for n in range(12)))
    (report,) = import_files(session, [file], ImportOptions())
    assert report.counts.new == 12
    worked = LeadList(session).order(View(find="Person 3"))[0]
    add_note(session, worked, "Rings back")
    async with driven(session, size=(80, 24)) as driver:
        await driver.press("I")
        assert driver.shows("Imports  1")
        assert driver.shows("fair.csv")
        assert driver.shows("read 12, new 12, updated 0, unchanged 0, rejected 0, skipped 0") or driver.shows(
            "new 12"
        )
        await driver.press("x")
        assert isinstance(driver.app.screen, TakeBackDialog)
        assert driver.shows("11 new customers go.")
        assert driver.shows(": Neda Karimi worked on them")
        await driver.press("escape")
        assert list_imports(session)[0].undone_at is None
        await driver.press("x", "enter")
        assert "Taken back: 11 went, 0 are as before, 1 stay." in driver.told()
        assert driver.shows("taken back")
        await driver.press("x")
        assert driver.told()[-1].startswith("Import 1 was taken back already")
        await driver.press("escape")
        assert driver.app.screen is driver.screen
    assert len(LeadList(session).order(View())) == 1


async def test_numbers_are_looked_up_added_and_taken_off(session: Session, tmp_path: Path) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    (tmp_path / "list.csv").write_text("number\n+1 212 555 0142\nno number\n+1 212 555 0143\n")
    async with driven(session, size=(80, 24)) as driver:
        await driver.press("D")
        assert driver.shows("No number is on the list.")
        await driver.press("a", "enter", "enter")
        assert driver.app.screen.is_modal, "without a number and a reason nothing is done"
        await driver.type("(212) 555-0101")
        await driver.press("enter")
        await driver.type("asked us to stop")
        await driver.press("enter")
        assert driver.shows("The do-not-call list  1")
        assert driver.shows("asked us to stop")
        await driver.press("i")
        await driver.type(str(tmp_path / "list.csv"))
        await driver.press("enter")
        await driver.type("national list")
        await driver.press("enter")
        assert driver.told()[-1] == "2 numbers were added. 0 were on the list already. 1 line is no number."
        assert driver.shows("The do-not-call list  3")
        # A number in any writing, a name, a reason.
        await driver.press("/")
        await driver.type("0142")
        assert driver.shows("The do-not-call list  1")
        await driver.press("escape", "/")
        await driver.type("mina")
        assert driver.shows("The do-not-call list  1")
        await driver.press("enter", "x")
        await driver.type("rang us")
        await driver.press("enter")
        assert driver.shows("“mina” is not on the list.")
        await driver.press("escape", "escape")
        assert driver.app.screen is driver.screen
    assert {each.ban.e164 for each in list_forbidden(session)} == {"+12125550142", "+12125550143"}
    del mina


async def test_enter_opens_who_has_the_number(session: Session) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    add_lead(session, "Omid")
    async with driven(session) as driver:
        await driver.press("D", "a")
        await driver.type("2125550101")
        await driver.press("enter")
        await driver.type("asked")
        await driver.press("enter", "enter")
        assert driver.open_name == "Mina Sadeghi"
    del mina


async def test_what_was_erased_is_listed_without_saying_who(session: Session) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    erase(session, mina.id, "asked for it", "Mina Sadeghi")
    several = [add_lead(session, f"Person {n}").id for n in range(2)]
    erase_many(session, several, "no consent", to_confirm_many(2))
    async with driven(session, size=(80, 24)) as driver:
        await driver.app.run_named("erasures")
        await driver.settled()
        assert driver.shows("Erasures  3")
        assert driver.shows("asked for it")
        assert driver.shows("no consent")
        assert driver.shows("Nothing of it is in the store's files since") or driver.shows(
            "still to be wiped"
        )
        assert not driver.shows("Mina")
        await driver.press("escape")
        assert driver.app.screen is driver.screen


async def test_nothing_is_offered_to_a_line_where_there_is_none(session: Session) -> None:
    async with driven(session, size=(80, 24)) as driver:
        for key, screen_words, offers in (
            ("I", "Nothing was imported yet", ("Take back",)),
            ("D", "No number is on the list.", ("Take off", "Open")),
            ("b", "You have no reminders.", ("Open", "Done", "Cancel it")),
        ):
            await driver.press(key)
            assert driver.shows(screen_words)
            bar = driver.text().splitlines()[-1]
            assert "Back" in bar
            assert not any(each in bar for each in offers)
            await driver.press("escape")


async def test_what_can_be_done_to_a_line_is_offered_once_there_is_one(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101")
    async with driven(session, size=(80, 24)) as driver:
        await driver.press("D")
        assert "Take off" not in driver.text().splitlines()[-1]
        forbid_number(session, lead.phone, "asked for it")
        listing = driver.app.screen
        assert isinstance(listing, ForbiddenScreen)
        listing.load()
        await driver.settled()
        assert "Take off" in driver.text().splitlines()[-1]
