"""Whatever a store holds and whatever is pasted, every screen draws it harmless, line by line as wide as the terminal."""

from __future__ import annotations

import asyncio
import csv
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any, cast

import pytest
from amounts import EVERYTHING, small_and_large
from desk_driving import NARROW, WIDE, Driver, driven
from hostile_store import PLAIN_STATUS, HostileStore
from hostile_texts import HOSTILE, TEXTS, harm_in, of_each_kind
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from session_making import MovingClock, add_lead, make_session
from textual import events
from textual.app import App
from textual.widgets import Input, OptionList

from leadtui.domain.call_window import OutsideWindow
from leadtui.domain.draft import FormDraft
from leadtui.services.call_windows import NotInWindow
from leadtui.services.drafts import NOTE_DRAFT
from leadtui.services.session import Session
from leadtui.services.templates import load_template
from leadtui.services.workspace import change_workspace
from leadtui.settings import Settings
from leadtui.tui.actions.board_export import BoardExportDialog
from leadtui.tui.actions.note import NoteDialog
from leadtui.tui.actions.recovery import UnfinishedDialog
from leadtui.tui.actions.returning import ReturnDialog
from leadtui.tui.dialogs.bulk_dialogs import AssignDialog
from leadtui.tui.dialogs.columns_dialog import ColumnsDialog
from leadtui.tui.dialogs.do_not_call_dialog import DoNotCallDialog
from leadtui.tui.dialogs.erase_dialog import EraseDialog
from leadtui.tui.dialogs.export_dialog import ExportDialog
from leadtui.tui.dialogs.filter_dialog import FilterDialog
from leadtui.tui.dialogs.forbidden_dialog import ForbiddenDialog
from leadtui.tui.dialogs.help import HelpScreen
from leadtui.tui.dialogs.import_dialogs import ImportDialog, TakeBackDialog
from leadtui.tui.dialogs.lead_form import LeadForm
from leadtui.tui.dialogs.merge_dialogs import MergeWithDialog
from leadtui.tui.dialogs.number_dialog import NumberDialog
from leadtui.tui.dialogs.period_dialog import PeriodDialog
from leadtui.tui.dialogs.remind_dialog import RemindDialog
from leadtui.tui.dialogs.ring_again_dialog import RingAgainDialog
from leadtui.tui.dialogs.several_status_dialog import SeveralStatusDialog
from leadtui.tui.dialogs.status_dialog import StatusDialog
from leadtui.tui.dialogs.views_dialog import ViewsDialog
from leadtui.tui.dialogs.window_dialog import WindowDialog
from leadtui.tui.first_run import FirstRunApp
from leadtui.tui.palette import Palette
from leadtui.tui.screens.board import BoardScreen
from leadtui.tui.screens.day import DayScreen
from leadtui.tui.screens.desk import DeskScreen
from leadtui.tui.screens.erasures import ErasuresScreen
from leadtui.tui.screens.forbidden import ForbiddenScreen
from leadtui.tui.screens.imports import ImportsScreen
from leadtui.tui.screens.reminders import RemindersScreen
from leadtui.tui.screens.settings.screen import SettingsScreen
from leadtui.tui.widgets.status_list import KEYS

SCREENS = {
    AssignDialog,
    BoardExportDialog,
    BoardScreen,
    ColumnsDialog,
    LeadForm,
    DayScreen,
    DoNotCallDialog,
    EraseDialog,
    ExportDialog,
    MergeWithDialog,
    UnfinishedDialog,
    ViewsDialog,
    NumberDialog,
    DeskScreen,
    FilterDialog,
    HelpScreen,
    NoteDialog,
    Palette,
    PeriodDialog,
    RemindDialog,
    RemindersScreen,
    ReturnDialog,
    SettingsScreen,
    StatusDialog,
}
"""What every visit sees; the one that does more sees the dialogs that come after these as well."""

MORE_SCREENS = {
    ErasuresScreen,
    ForbiddenDialog,
    ForbiddenScreen,
    ImportDialog,
    ImportsScreen,
    RingAgainDialog,
    SeveralStatusDialog,
    TakeBackDialog,
}
"""What the one that does more sees besides."""


def drawn(app: App[Any], *, top_only: bool = False) -> list[list[str]]:
    """The pieces of each line of the screen as they go to the terminal, with what shows through from below."""
    inside = cast("Any", app)
    below: list[Any] = [] if top_only else inside._background_screens
    update = inside.screen._compositor.render_update(full=True, screen_stack=below)
    return [[segment.text for strip in line for segment in strip] for line in update.strips]


def assert_harmless(app: App[Any]) -> None:
    """Nothing on the screen is a control of any kind, and every line is exactly as wide as the terminal."""
    lines = drawn(app)
    assert len(lines) == app.size.height
    for pieces in lines:
        line = "".join(pieces)
        assert not harm_in(line), line
        assert sum(map(cell_len, pieces)) == cell_len(line) == app.size.width, line


class Visitor:
    """Goes through the program by its keys and looks at each screen that they lead to."""

    def __init__(self, driver: Driver, store: HostileStore, texts: Sequence[str]) -> None:
        self.driver = driver
        self._lead_id = store.rich_lead_id
        self._texts = cycle(texts)
        self.seen: set[type] = set()

    async def everywhere(self) -> None:
        """Every screen that shows data, and what there is to do on it."""
        await self.unfinished()
        await self.tables()
        await self.open_rich_lead()
        visits = (self.panel, self.note, self.call, self.remind, self.palette, self.help, self.reminders)
        more = (
            self.ban,
            self.giving_back,
            self.customers,
            self.merge,
            self.columns,
            self.views,
            self.selection,
            self.day,
            self.board,
            self.imported,
            self.forbidden,
            self.erasures,
            self.audit,
        )
        await self.imports()
        for see in (*visits, *more, self.settings):
            await see()
            await self.press("escape")
            assert isinstance(self.driver.app.screen, DeskScreen)
        await self.alert()
        await self.status()

    async def briefly(self) -> None:
        """Every screen that shows data, without doing much there."""
        await self.unfinished()
        await self.open_rich_lead()
        for key in (*"mrbcfaeg,wopxdRY", "delete", "f2", "ctrl+p", "question_mark", "s"):
            await self.press(key)
            await self.paste()
            await self.driver.press("escape", "escape", "escape")
            assert isinstance(self.driver.app.screen, DeskScreen)
        await self.board()
        await self.press("escape", "tab", "end", "l", "end")

    async def unfinished(self) -> None:
        """What is offered at the start, of which nothing is taken."""
        self.look()
        await self.press("escape")

    async def customers(self) -> None:
        """The form of the customer, and of a new one with what is pasted."""
        await self.press("e", "end")
        await self.press("escape")
        await self.press("a")
        await self.paste()
        await self.press("tab")
        await self.paste()
        await self.press("ctrl+s")
        await self.press("escape")

    async def merge(self) -> None:
        """Who may be the same, who is found, and the two beside each other."""
        await self.press("g", "enter")
        await self.press("escape", "escape", "g")
        await self.paste()
        await self.press("escape")

    async def columns(self) -> None:
        """Which columns there are."""
        await self.press(",", "end", "space")
        await self.press("escape")

    async def views(self) -> None:
        """A view that is saved under what is pasted."""
        await self.press("w", "f2", "1")
        await self.paste()
        await self.press("enter", "escape", "w")
        await self.press("escape")

    async def selection(self) -> None:
        """Giving, exporting and erasing several."""
        await self.press("home", "space", "space", "o")
        await self.paste()
        await self.press("escape", "x")
        await self.press("escape", "s", "end", "enter")
        await self.paste()
        await self.press("escape", "delete")
        await self.paste()
        await self.press("escape", "escape")

    async def imports(self) -> None:
        """A folder with hostile names, and a file whose titles and cells are hostile: looked at, changed and tried out."""
        texts = [next(self._texts) for _place in range(6)]
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / f"{_file_name(texts[0])}.csv"
            with table.open("w", encoding="utf-8", errors="replace", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["Phone", *texts[1:3], "x"])
                writer.writerows(["(212) 555-0171", *texts[3:5], texts[5]] for _row in range(3))
            await self.press("ctrl+o")
            self.driver.app.post_message(events.Paste(f"'{folder}'"))
            await self.driver.settled()
            await self.press("enter", "down")
            await self.press("enter")
            await self.press("down", "enter", "escape", "f9")
            for _dialog in range(5):
                if not isinstance(self.driver.app.screen, DeskScreen):
                    await self.press("escape")
            assert isinstance(self.driver.app.screen, DeskScreen)

    async def day(self) -> None:
        """One's day and the day before."""
        await self.press("p", "left", "down")

    async def ban(self) -> None:
        """Why nobody may be rung."""
        await self.press("d")
        await self.paste()

    async def giving_back(self) -> None:
        """To whom the customer goes back, and why."""
        await self.press("R")
        await self.paste()

    async def imported(self) -> None:
        """What was imported, and taking one back."""
        await self.press("I", "end", "x")
        await self.driver.until(lambda: isinstance(self.driver.app.screen, TakeBackDialog))
        self.look()
        await self.press("escape")

    async def forbidden(self) -> None:
        """The do-not-call list, a number that is looked up, and one that is none."""
        await self.press("D", "end", "slash")
        await self.paste()
        await self.press("escape", "a")
        await self.paste()
        await self.press("enter")
        await self.paste()
        await self.press("enter", "escape")

    async def erasures(self) -> None:
        """What was erased."""
        await self.driver.app.run_named("erasures")
        await self.driver.settled()
        self.look()

    async def audit(self) -> None:
        """Who changed what, and words that are looked for."""
        await self.driver.app.run_named("audit")
        await self.driver.settled()
        self.look()
        await self.press("slash")
        await self.paste()
        await self.press("escape")

    async def board(self) -> None:
        """The team, what is asked there, and the list of a number with a title of its own."""
        await self.press("f12")
        await self.press("down", "right", "end", "p")
        await self.paste()
        await self.press("escape", "x", "tab")
        await self.paste()
        await self.press("escape", "enter")

    async def tables(self) -> None:
        """Both sides, other columns, another order, the find line and the filter."""
        await self.press("pagedown")
        await self.press("2")
        await self.press("tab")
        await self.press("right", "end")
        await self.press("v", "slash")
        await self.paste()
        await self.press("escape", "f", "space", "tab", "tab", "tab")
        await self.paste()
        await self.press("tab")
        await self.paste()
        await self.press("ctrl+s")
        await self.press("escape", "f", "delete", "z")

    async def open_rich_lead(self) -> None:
        """The customer who has everything."""
        self.driver.app.open_lead(self._lead_id)
        await self.driver.settled()
        self.look()

    async def panel(self) -> None:
        """The whole timeline."""
        await self.press("l")
        panel = self.driver.screen.panel
        for place in range(0, panel.max_scroll_y, max(panel.max_scroll_y // 12, panel.size.height)):
            panel.scroll_to(y=place, animate=False)
            await self.driver.pilot.pause()
            self.look()
        await self.press("end")

    async def note(self) -> None:
        """A draft, what is pasted, and the note in the timeline."""
        await self.press("m")
        await self.paste()
        await self.press("ctrl+s", "l", "home", "escape")

    async def call(self) -> None:
        """Each of the numbers, and what is noted while one talks."""
        await self.press("Y")
        await self.press("n", "y", "escape")
        await self.press("c", "m")
        await self.paste()
        await self.press("escape", "c", "escape")
        session = self.driver.app.session
        change_workspace(session, replace(session.workspace, call_gap=60))
        await self.press("c")
        await self.press("escape")
        change_workspace(session, replace(session.workspace, call_gap=0))

    async def remind(self) -> None:
        """What is no time, and a note about a reminder that is saved."""
        await self.press("r")
        await self.paste()
        await self.press("enter")
        await self.press("escape", "r", *"+2d", "tab")
        await self.paste()
        await self.press("enter")

    async def palette(self) -> None:
        """Customers that are found."""
        await self.press("ctrl+p")
        await self.paste()
        palette = self.driver.app.screen
        palette.query_one(Input).value = "ali"
        await self.driver.settled()
        self.look()
        assert palette.query_one(OptionList).option_count
        await self.press("escape")

    async def help(self) -> None:
        """Every key."""
        await self.press("question_mark")

    async def reminders(self) -> None:
        """The list, and moving one."""
        await self.press("b")
        await self.press("pagedown")
        await self.press("home", "g")
        await self.paste()
        await self.press("escape", "d")

    async def settings(self) -> None:
        """Every sort of definition, and a form with what is pasted."""
        await self.press("f2", "1", "end")
        for tab in "23456":
            await self.press(tab, "end")
        await self.press("1", "enter")
        await self.paste()
        await self.press("ctrl+s")
        await self.press("escape", "escape", "escape")

    async def alert(self) -> None:
        """What is due, answered with a moment."""
        await self.press("ctrl+r", "5")
        await self.paste()
        await self.press("escape", "escape")

    async def status(self) -> None:
        """The draft's form, every status, the filter, a form with everything wrong, and the notice after saving."""
        await self.press("s")
        for key in ("f9", "end", "up", "slash"):
            await self.press(key)
        await self.paste()
        await self.press("escape", "end", "enter", "ctrl+s")
        await self.paste()
        await self.press("escape", "s", "f9")
        statuses = [each.key for each in self.driver.app.session.definitions.open_statuses]
        await self.press(KEYS[statuses.index(PLAIN_STATUS)])
        assert self.driver.told()

    async def paste(self) -> None:
        """Paste the next text, as a terminal hands it over."""
        self.driver.app.post_message(events.Paste(next(self._texts)))
        await self.driver.settled()
        self.look()

    async def press(self, *keys: str) -> None:
        """Press the keys and look."""
        await self.driver.press(*keys)
        self.look()

    def look(self) -> None:
        """What is on the screen is harmless."""
        self.seen.add(type(self.driver.app.screen))
        assert_harmless(self.driver.app)


async def visit(
    session: Session, texts: Sequence[str], size: tuple[int, int], *, briefly: bool = False
) -> Visitor:
    """Fill the desk's store with the texts and look at every screen."""
    store = HostileStore(session, texts)
    store.fill()
    async with driven(session, size=size) as driver:
        visitor = Visitor(driver, store, texts)
        await (visitor.briefly() if briefly else visitor.everywhere())
    return visitor


@pytest.mark.proof
async def test_what_is_known_to_be_hostile_does_no_harm_anywhere(session: Session) -> None:
    visitor = await visit(session, HOSTILE if EVERYTHING else HOSTILE[::3], WIDE)
    assert visitor.seen >= SCREENS | MORE_SCREENS


@pytest.mark.proof
def test_nothing_does_harm_in_a_small_terminal() -> None:
    amount = int(os.environ.get("LEADTUI_HOSTILE_STORES", "1"))

    @given(texts=st.lists(TEXTS, min_size=1, max_size=30))
    # Without making an example smaller: that takes minutes, and any text may be what does harm.
    @settings(
        max_examples=amount,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.generate],
    )
    def look(texts: list[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            session = make_session(Path(folder), clock=MovingClock())
            try:
                visitor = asyncio.run(
                    visit(session, [*texts, *of_each_kind(8 * amount)], NARROW, briefly=True)
                )
            finally:
                session.close()
        assert visitor.seen >= SCREENS

    look()


async def test_markup_and_formats_are_shown_as_they_are_written(session: Session) -> None:
    text = "[/b][@click=app.quit]x[/] {0} %s"
    store = HostileStore(session, [text])
    store.fill()
    async with driven(session) as driver:
        driver.app.open_lead(store.rich_lead_id)
        await driver.settled()
        assert driver.text().count(text) >= 8
        for keys in (["m"], ["c"], ["r"], ["b"], ["f"], ["s"], ["ctrl+p", "c", "l"]):
            await driver.press(*keys)
            top = "\n".join("".join(pieces) for pieces in drawn(driver.app, top_only=True))
            assert text in top, keys
            await driver.press("escape", "escape")
            assert isinstance(driver.app.screen, DeskScreen)


@small_and_large("refusals", 5, len(HOSTILE))
async def test_a_refusal_does_no_harm_whatever_it_quotes(session: Session, amount: int) -> None:
    lead = add_lead(session, "Mina")
    quoted = [*zip(HOSTILE[::3], HOSTILE[1::3], cycle(HOSTILE[2::3]), strict=False)]
    async with driven(session, size=NARROW) as driver:
        for name, draft, reason in quoted[:: max(1, len(quoted) // amount)]:
            for text in (name, draft, reason):
                driver.app.notify(f"“{text}” is not known.", title=text)
            kept = FormDraft(NOTE_DRAFT, lead.id, {NOTE_DRAFT: draft})
            driver.app.push_screen(NoteDialog(replace(lead, name=name), kept, reason, lambda _draft: None))
            await driver.settled()
            assert_harmless(driver.app)
            driver.app.clear_notifications()
            driver.app.pop_screen()
            outside = NotInWindow(
                reason, OutsideWindow("UTC", True, session.now(), draft), name, session.now()
            )
            driver.app.push_screen(WindowDialog(outside, ringing=True))
            await driver.settled()
            assert_harmless(driver.app)
            driver.app.pop_screen()


async def test_a_desk_that_is_told_problems_at_the_start(session: Session) -> None:
    hostile = Settings(theme="[/b]\x1b[31m\u202e", dial="\x1b[31m {number} [/b] '")
    async with driven(session, settings=hostile, problems=HOSTILE[:3]) as driver:
        assert_harmless(driver.app)
        assert any("There is no theme" in each for each in driver.told())


async def test_the_first_time_does_no_harm_whatever_templates_and_the_system_say() -> None:
    blank = load_template("blank")
    for texts in some_at_a_time(HOSTILE, 20):
        templates = [
            replace(blank, summary=text, workspace=replace(blank.workspace, title=text)) for text in texts
        ]
        app = FirstRunApp(templates, texts[-1])
        async with app.run_test(size=NARROW) as pilot:
            await pilot.pause()
            assert_harmless(app)
            for text in texts[:3]:
                app.post_message(events.Paste(text))
                await pilot.pause()
                assert_harmless(app)
            await pilot.press("tab", "tab", "end")
            assert_harmless(app)


def _file_name(text: str) -> str:
    """What a file can be called that comes near to it."""
    return (
        "".join(each for each in text if each not in "/\0")
        .encode(errors="replace")[:80]
        .decode(errors="ignore")
        or "x"
    )


def some_at_a_time(texts: Sequence[str], count: int) -> list[Sequence[str]]:
    """The texts in groups of `count`, the last of which may have fewer."""
    return [texts[start : start + count] for start in range(0, len(texts), count)]
