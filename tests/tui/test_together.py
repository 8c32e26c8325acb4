"""Several people at one store: what others change, give and have open shows, and what one was doing stays."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from desk_driving import driven
from session_making import MovingClock, add_lead, hire, make_session, status_of

from leadtui.services import leads, presence
from leadtui.services.cartable import given_to_me
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.store import changes, tables
from leadtui.tui.actions.note import NoteDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.watching import OPEN_AFTER
from leadtui.tui.widgets.leads_pane import BULK, BULK_RENEWED_EVERY
from leadtui.tui.widgets.record_table import RecordTable


@dataclass(frozen=True, slots=True)
class Office:
    """Neda, who sits at the program, and Sara, who works elsewhere at the same store."""

    neda: Session
    sara: Session
    clock: MovingClock
    ids: tuple[int, ...]
    """Sixty customers, the newest first, as the table shows them."""

    def give(self, lead_id: int, status: str = "demo_booked") -> None:
        """Sara hands a customer to Neda."""
        self.clock.move(seconds=1)
        lead = open_lead(self.sara, lead_id).lead
        answers = {"date": "2024-10-01", "time": "16:00"}
        remind_at = self.clock.now + timedelta(days=3)
        step = SetStatus(
            lead_id,
            lead.version,
            status_of(self.sara, status).id,
            answers,
            self.neda.actor.id,
            remind_at,
        )
        set_status(self.sara, step)

    def terminals(self) -> dict[int, int | None]:
        """Whose terminals are here, with what they have open."""
        with self.neda.store.read() as connection:
            rows = connection.execute(tables.presence.select()).all()
        return {row.user_id: row.lead_id for row in rows}


@pytest.fixture
def office(tmp_path: Path, clock: MovingClock) -> Generator[Office]:
    neda = make_session(tmp_path, clock=clock)
    sara = hire(neda, "Sara Amini", "sara@example.com", clock)
    neda.reload_definitions()
    ids: list[int] = []
    for number in range(60):
        ids.append(add_lead(neda, f"Customer {number:02}", f"+1 212 555 01{number:02}").id)
        clock.move(minutes=1)
    yield Office(neda, sara, clock, tuple(reversed(ids)))
    sara.close()
    neda.close()


def flashing(table: RecordTable) -> set[int]:
    """The ids of the rows that are tinted now."""
    return set(table._flashing)  # pyright: ignore[reportPrivateUsage]  # nothing else tells it


async def test_what_a_colleague_changes_shows_and_leaves_all_else_where_it_is(office: Office) -> None:
    async with driven(office.neda) as driver:
        driver.app.animation_level = "full"
        table = driver.screen.customers.table
        table._flash_seconds = 3  # pyright: ignore[reportPrivateUsage]  # however slow the machine is, it is seen
        await driver.press(*["down"] * 40)
        place, top = table.cursor_index, table.scroll_offset.y
        open_id = table.cursor_id
        assert open_id is not None
        assert open_id == office.ids[40]
        assert top > 0
        await driver.press("m")
        await driver.type("half a thou")
        seen, unseen = table.visible_ids()[3], office.ids[0]
        leads.add_note(office.sara, unseen, "out of sight")
        lead = open_lead(office.sara, seen).lead
        set_status(office.sara, SetStatus(seen, lead.version, status_of(office.sara, "no_answer").id))
        await driver.reached(lambda: flashing(table), "the flash")
        assert flashing(table) == {seen}
        await driver.until(lambda: not flashing(table), "the end of the flash")
        dialog = driver.app.screen
        assert isinstance(dialog, NoteDialog)
        assert driver.shows("half a thou")
        await driver.type("ght")
        assert driver.shows("half a thought")
        await driver.press("escape")
        assert (table.cursor_index, table.scroll_offset.y, table.cursor_id) == (place, top, open_id)
        assert driver.shows("No answer")
        # A new customer at the head of the list: the row under the cursor stays on its line.
        add_lead(office.sara, "Just come in")
        await driver.until(lambda: table.row_count == 61, "the new customer")
        assert table.cursor_id == open_id
        assert table.cursor_index == 41
        assert table.scroll_offset.y == top + 1
        # What one does oneself does not flash.
        await driver.until(lambda: not flashing(table), "rest")
        leads.add_note(office.neda, open_id, "so that is noted")
        tinted: set[int] = set()
        await driver.until(
            lambda: tinted.update(flashing(table)) or driver.shows("so that is noted"), "my note"
        )
        assert not tinted | flashing(table)


async def test_many_changes_elsewhere_renew_the_list_only_now_and_then(office: Office) -> None:
    """An import says that any customer may have changed, a giving of many says which."""
    async with driven(office.neda) as driver:
        pane = driver.screen.customers
        began, before = monotonic(), pane._generation  # pyright: ignore[reportPrivateUsage]  # how often it was built
        await driver.press("slash")
        for round_, letter in enumerate("customer 17"):
            with office.sara.write() as tx:
                some = range(1_001, 1_001 + BULK) if round_ % 2 else [changes.WHOLE_TABLE]
                changes.record(tx, "lead", some)
            driver.app.watcher.look_for_changes()
            await driver.type(letter)
            assert pane.find.value == "customer 17"[: round_ + 1]
        await driver.until(lambda: pane.table.row_count == 1, "who is found")
        typed = len("customer 17") - 1  # a blank at the end finds nobody else
        built = pane._generation - before - typed  # pyright: ignore[reportPrivateUsage]
        assert built <= 2 + (monotonic() - began) / BULK_RENEWED_EVERY


async def test_what_a_colleague_gives_me_is_told_marked_and_counted(office: Office) -> None:
    away, live, more, most = office.ids[:4]
    office.give(away)
    async with driven(office.neda) as driver:
        # What came while I was away disturbs nobody, but it is there.
        assert driver.told() == []
        assert "✦ 1 given" in driver.lines()[0]
        assert driver.shows("✦ Customer 59")
        office.give(live)
        await driver.until(driver.told, "the word of it")
        assert driver.told() == ["From Sara Amini: Demo booked, Tuesday 16:00 – Customer 58. i opens it."]
        assert "✦ 2 given" in driver.lines()[0]
        assert driver.shows("✦ Customer 58")
        await driver.press("i")
        assert driver.open_name == "Customer 58"
        await driver.until(lambda: office.terminals()[office.neda.actor.id] == live, "the note of it")
        await driver.press("i")
        await driver.until(lambda: driver.open_name == "Customer 59", "the next of them")
        await driver.until(lambda: "✦ 1 given" in driver.lines()[0], "the mark's end")
        assert [each.lead_id for each in given_to_me(office.neda)] == [away]
        # Several at once are told as a number: nothing looks between the two.
        with office.neda.store.read():
            office.give(more)
            office.give(most)
            await driver.until(lambda: driver.told()[-1].startswith("2 "), "the word of two")
        assert driver.told()[-1] == "2 customers were given to you; i opens them one by one."
        # What I do elsewhere is not told to me.
        leads.add_note(office.neda, more, "seen at my other terminal")
        await driver.until(lambda: "✦ 2 given" in driver.lines()[0], "the count without it")
        assert len(driver.told()) == 2


async def test_who_else_has_a_customer_open_is_said_in_the_panel_and_in_the_dialog(office: Office) -> None:
    first, second = office.ids[:2]
    async with driven(office.neda) as driver:
        assert driver.open_name == "Customer 59"
        presence.beat(office.sara, "Sara's", first)
        await driver.until(lambda: driver.shows("◎ Sara Amini has it open"), "Sara")
        assert driver.shows("◎ Customer 59")
        await driver.until(lambda: office.terminals().get(office.neda.actor.id) == first, "the note of mine")
        await driver.press("s")
        assert isinstance(driver.app.screen, StatusDialog)
        assert driver.shows("◎ Sara Amini has it open")
        presence.beat(office.neda, "my laptop", first)
        await driver.until(lambda: driver.shows("and you in another terminal"), "my other terminal")
        presence.leave(office.sara, "Sara's")
        await driver.until(lambda: driver.shows("◎ You have it open in another terminal"), "Sara's leaving")
        presence.leave(office.neda, "my laptop")
        await driver.until(lambda: not driver.shows("◎"), "nobody")
        await driver.press("escape")
        # A terminal that was killed says nothing more, and is gone after a while.
        presence.beat(office.sara, "killed", second)
        await driver.press("down")
        await driver.until(lambda: driver.shows("◎ Sara Amini has it open"), "Sara again")
        office.clock.move(seconds=46)
        presence.beat(office.neda, "anybody", None)
        await driver.until(lambda: not driver.shows("◎"), "the end of the killed terminal")
        presence.leave(office.neda, "anybody")
        # Whom one only passes is told to nobody: one does not write to the store with every key.
        watch = office.sara.watch()
        watch.moved()
        began, written = monotonic(), 0
        for _key in range(20):
            await driver.pilot.press("down")
            written += watch.moved()
        watch.close()
        assert written <= 1 + (monotonic() - began) / OPEN_AFTER
    assert office.neda.actor.id not in office.terminals()


async def test_next_is_nobody_whom_a_colleague_has(office: Office) -> None:
    mine = add_lead(office.neda, "Mine", mine=True).id
    hers = add_lead(office.sara, "Sara's own", mine=True).id
    async with driven(office.neda) as driver:
        await driver.press("tab", "home")
        assert driver.screen.customers.table.cursor_id in (mine, hers)
        presence.beat(office.sara, "Sara's", office.ids[0])
        await driver.press(";")
        # Those in a cartable and the one that Sara has open are passed over.
        assert driver.open_name == "Customer 58"
        assert office.terminals()[office.neda.actor.id] == office.ids[1]
        presence.beat(office.sara, "Sara's", office.ids[2])
        await driver.press("s", "1", "ctrl+s")
        assert driver.open_name == "Customer 56"
        assert open_lead(office.neda, office.ids[1]).lead.status_id is not None
        await driver.press(";", ";", "s")
        assert isinstance(driver.app.screen, StatusDialog)
        assert driver.app.screen.snapshot.lead.id == office.ids[4]
        await driver.press("escape")
        # Nobody of my own cartable is passed over, but I am warned.
        presence.beat(office.sara, "Sara's", mine)
        await driver.until(lambda: driver.app.watcher.company.at(mine), "the company")
        await driver.press("n")
        while driver.open_name != "Mine":
            await driver.press("n")
        assert driver.told()[-1] == "Sara Amini has it open."
