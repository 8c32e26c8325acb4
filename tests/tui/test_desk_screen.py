"""The desk as a person meets it: two tables, the open customer, finding, sorting, filtering, sizes, the mouse."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from desk_driving import NARROW, WIDE, Driver, driven
from session_making import MovingClock, add_lead, hire, make_session, status_of
from sqlalchemy import delete
from textual.signal import Signal

from leadtui.domain.cartable import CartablePart
from leadtui.domain.lead import Lead
from leadtui.services.desk_states import load_state
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import add_note, open_lead
from leadtui.services.reminders import set_reminder
from leadtui.services.session import Session
from leadtui.settings import AUTO, Settings
from leadtui.store import changes, tables
from leadtui.tui.widgets.key_bar import KeyBar


@pytest.fixture
def session(request: pytest.FixtureRequest, tmp_path: Path, clock: MovingClock) -> Generator[Session]:
    """Neda's desk, with the people where the test asks for them."""
    if "people" in request.fixturenames:
        store = tmp_path / "desk.db"
        store.write_bytes(_with_people())
        clock.move(minutes=6)
        made = Session.open(store, "neda@example.com", clock)
    else:
        made = make_session(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def people(session: Session) -> list[Lead]:
    """Six customers, the last one newest: three of mine, one a colleague's, two nobody's."""
    return [open_lead(session, each).lead for each in range(1, 7)]


@cache
def _with_people() -> bytes:
    """What a store holds in which the people are."""
    clock = MovingClock()
    with TemporaryDirectory() as folder:
        session = make_session(Path(folder), clock=clock)
        _write_people(session, clock)
        session.close()
        return (Path(folder) / "desk.db").read_bytes()


def _write_people(session: Session, clock: MovingClock) -> None:
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    written = (
        (session, "Adam Price", "(212) 555-0101", True, "Austin"),
        (session, "Beth Stone", "(212) 555-0102", True, "Boston"),
        (session, "Carl Meyer", "(212) 555-0103", True, "Chicago"),
        (reza, "Dora Lind", "(212) 555-0104", True, "Boston"),
        (session, "Émile Zola", "(212) 555-0105", False, "Paris"),
        (session, "Fay Wong", "(212) 555-0106", False, ""),
    )
    for who, name, number, mine, city in written:
        clock.move(minutes=1)
        address = f"{name.split()[0].lower()}@example.com"
        add_lead(who, name, number, mine=mine, city=city, email=address)
    reza.close()


def shown(driver: Driver) -> list[str]:
    """The first names in the table of all customers, from the top."""
    table = driver.screen.customers.table
    rows = table.render_lines(table.size.region)[1 : 1 + table.row_count]
    return [row.text.split()[0] for row in rows]


async def test_the_cursor_opens_a_customer(session: Session, people: list[Lead]) -> None:
    async with driven(session) as driver:
        assert driver.focused == "cartable"
        assert driver.open_name == "Adam Price"
        await driver.press("down")
        assert driver.open_name == "Beth Stone"
        assert driver.shows("▌Beth Stone")
        await driver.press("end")
        assert driver.open_name == "Carl Meyer"
        await driver.press("up", "up")
        assert driver.open_name == "Adam Price"
        assert driver.screen.current_lead == people[0].id


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_screen_is_laid_out_anew_only_where_a_timeline_has_to_be_scrolled(
    session: Session, people: list[Lead], clock: MovingClock, size: tuple[int, int]
) -> None:
    clock.move(minutes=1)
    add_note(session, people[1].id, "A line more")
    for line in range(20):
        add_note(session, people[2].id, f"Line {line}")
    layouts: list[object] = []
    async with driven(session, size=size) as driver:
        panel = driver.screen.panel

        async def height_after(key: str) -> int:
            await driver.press(key)
            for each in (panel.head, panel.timeline):
                drawn = each.get_content_height(each.size, each.size, each.content_size.width)
                assert drawn <= each.content_size.height
            return panel.virtual_size.height

        await driver.press("tab")
        laid_out: Signal[object] = cast("Any", driver.screen).screen_layout_refresh_signal
        laid_out.subscribe(panel, layouts.append, immediate=True)
        before, heights = await height_after("home"), set[int]()
        for key in ("down", "down", "down", "down", "down", "up", "up", "pageup", "end"):
            done = len(layouts)
            after = await height_after(key)
            assert (len(layouts) > done) == (after != before)
            before = after
            heights.add(after)
    # All who fit are as high as the panel.
    assert len(heights) == 2


async def test_an_empty_cartable_begins_at_all_customers(session: Session) -> None:
    add_lead(session, "Nobody's Own", "(212) 555-0101")
    async with driven(session) as driver:
        assert (driver.focused, driver.open_name) == ("customers", "Nobody's Own")


@pytest.mark.usefixtures("people")
async def test_next_and_back(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("n", "n")
        assert driver.open_name == "Carl Meyer"
        await driver.press("n")
        assert driver.open_name == "Carl Meyer"
        assert driver.told() == ["That was the last of your cartable."]
        await driver.press("N")
        assert driver.open_name == "Beth Stone"
        await driver.press("N")
        assert driver.open_name == "Adam Price"
        await driver.press("N")
        assert driver.told()[-1] == "There is no customer before this one."
        await driver.press("n", "n")
        assert driver.open_name == "Carl Meyer"


@pytest.mark.parametrize("keys", [["n", "m"], ["down", "m"], ["n", "n", "N", "m"], ["end", "up", "m"]])
@pytest.mark.usefixtures("people")
async def test_a_key_behind_a_move_works_on_who_was_moved_to(session: Session, keys: list[str]) -> None:
    async with driven(session) as driver:
        driver.send(*keys)
        await driver.settled()
        assert driver.shows("Beth Stone · note")
        await driver.press("escape")
        assert driver.open_name == "Beth Stone"


@pytest.mark.usefixtures("people")
async def test_next_comes_back_from_all_customers_to_where_the_cartable_was_left(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("n", "tab", "down")
        assert (driver.focused, driver.open_name) == ("customers", "Émile Zola")
        await driver.press("n")
        assert (driver.focused, driver.open_name) == ("cartable", "Beth Stone")
        await driver.press("n")
        assert driver.open_name == "Carl Meyer"


@pytest.mark.usefixtures("people")
async def test_tab_goes_to_the_other_table_and_back(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("down", "tab")
        assert (driver.focused, driver.open_name) == ("customers", "Fay Wong")
        await driver.press("tab")
        assert (driver.focused, driver.open_name) == ("cartable", "Beth Stone")


async def test_the_parts_of_the_cartable(session: Session, people: list[Lead], clock: MovingClock) -> None:
    now = session.now()
    for lead, due in zip(people[:2], (now + timedelta(minutes=5), now + timedelta(days=2)), strict=True):
        set_status(
            session, SetStatus(lead.id, lead.version, status_of(session, "call_back").id, remind_at=due)
        )
    clock.move(minutes=10)
    async with driven(session) as driver:
        assert driver.shows("1 today 0  2 overdue 1  3 upcoming 1  4 never called 1")
        assert driver.shows("5 nothing planned 0")
        assert driver.screen.cartable.table.row_count == 3
        for key, name in (("4", "Carl Meyer"), ("2", "Adam Price"), ("3", "Beth Stone")):
            await driver.press(key)
            assert driver.screen.cartable.table.row_count == 1
            assert driver.open_name == name
            assert driver.shows("0 all")
        await driver.press("0")
        assert driver.screen.cartable.table.row_count == 3
        assert not driver.shows("0 all")
        await driver.press("2", "2")
        assert driver.screen.cartable.table.row_count == 3


@pytest.mark.usefixtures("people")
async def test_an_empty_part_says_how_to_get_back(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("2")
        assert driver.shows("Nothing here. 0 shows the whole cartable.")


@pytest.mark.usefixtures("people")
async def test_sorting_by_keys(session: Session) -> None:
    async with driven(session) as driver:
        assert driver.shows("newest first ▾")
        assert shown(driver) == ["Fay", "Émile", "Dora", "Carl", "Beth", "Adam"]
        await driver.press("v")
        assert driver.shows("oldest first ▴")
        assert shown(driver)[0] == "Adam"
        while driver.screen.customers.view.sort != "name":
            await driver.press("<")
        assert shown(driver) == ["Adam", "Beth", "Carl", "Dora", "Émile", "Fay"]
        assert driver.shows("by name ▴")
        await driver.press("v")
        assert shown(driver) == ["Fay", "Émile", "Dora", "Carl", "Beth", "Adam"]
        await driver.press(">")
        assert driver.screen.customers.view.sort == "phone"
        assert shown(driver) == ["Adam", "Beth", "Carl", "Dora", "Émile", "Fay"]


@pytest.mark.usefixtures("people")
async def test_sorting_by_a_click_on_a_head(session: Session) -> None:
    async with driven(session) as driver:
        await driver.click_words("Name", line=3)
        assert shown(driver) == ["Adam", "Beth", "Carl", "Dora", "Émile", "Fay"]
        await driver.click_words("Name ▲", line=3)
        assert shown(driver) == ["Fay", "Émile", "Dora", "Carl", "Beth", "Adam"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("۲۱۲۵۵۵۰۱۰۵", ["Émile"]),
        ("٠١٠٢", ["Beth"]),
        ("(212) 555-0103", ["Carl"]),
        ("emile", ["Émile"]),
        ("DORA li", ["Dora"]),
        ("boston", ["Dora", "Beth"]),
        ("fay@example", ["Fay"]),
        ("zz", []),
    ],
)
@pytest.mark.usefixtures("people")
async def test_finding(session: Session, typed: str, found: list[str]) -> None:
    async with driven(session) as driver:
        await driver.press("/")
        await driver.type(typed)
        assert shown(driver) == found
        if not found:
            assert driver.shows(f"Nobody is found by “{typed}”. Escape clears it.")


@pytest.mark.usefixtures("people")
async def test_what_is_typed_behind_the_key_of_the_find_line_is_found(session: Session) -> None:
    async with driven(session) as driver:
        for typed in ("carl meyer", "boston", "fay@example"):
            await driver.type(f"/{typed}")
            assert driver.screen.customers.find.value == typed
            await driver.press("escape")
        await driver.press("tab")
        await driver.type("/dora")
        assert driver.screen.customers.find.value == "dora"


async def test_finding_persian_names_in_another_spelling(tmp_path: Path, clock: MovingClock) -> None:
    session = make_session(tmp_path, "hesin-haseb", clock)
    for name, number in (("علی‌رضا کاظمی", "09121110001"), ("ياسمن كريمي", "09121110002")):
        add_lead(session, name, number, city="خرم‌آباد")
    async with driven(session, settings=Settings(keyboard="isiri-9147")) as driver:
        for typed, phone in (
            ("علي رضا", "0001"),
            ("علیرضا كاظمي", "0001"),
            ("یاسمن", "0002"),
            ("۰۹۱۲۱۱۱۰۰۰۲", "0002"),
        ):
            await driver.press("/")
            await driver.type(typed)
            assert driver.screen.customers.table.row_count == 1
            assert driver.screen.panel.opened is not None
            assert driver.screen.panel.opened.lead.phone.endswith(phone)
            await driver.press("escape")
        await driver.press("/")
        await driver.type("خرم اباد")
        assert driver.screen.customers.table.row_count == 2
    session.close()


async def test_escape_clears_what_was_found_and_keeps_who_was_found(
    session: Session, people: list[Lead]
) -> None:
    async with driven(session) as driver:
        await driver.press("/")
        await driver.type("carl")
        assert driver.focused == "find"
        await driver.press("escape")
        assert (driver.focused, driver.open_name) == ("customers", "Carl Meyer")
        assert driver.screen.customers.find.value == ""
        assert driver.screen.customers.table.row_count == 6
        assert driver.screen.customers.table.cursor_id == people[2].id


@pytest.mark.usefixtures("people")
async def test_enter_keeps_what_was_found_until_escape(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("/")
        await driver.type("boston")
        await driver.press("enter")
        assert (driver.focused, driver.screen.customers.table.row_count) == ("customers", 2)
        await driver.press("down")
        assert driver.open_name == "Beth Stone"
        await driver.press("escape")
        assert driver.screen.customers.table.row_count == 6
        assert driver.open_name == "Beth Stone"


@pytest.mark.usefixtures("people")
async def test_down_leads_out_of_the_find_line(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("/")
        await driver.type("boston")
        await driver.press("down")
        assert (driver.focused, driver.open_name) == ("customers", "Dora Lind")
        await driver.press("down")
        assert driver.open_name == "Beth Stone"


@pytest.mark.usefixtures("people")
async def test_who_is_found_while_typing_is_only_passed(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("/")
        await driver.type("beth")
        await driver.press("enter")
        assert driver.open_name == "Beth Stone"
        await driver.press("N")
        # Not those whom "b" or "be" would have found first.
        assert driver.open_name == "Fay Wong"
        await driver.press("N")
        assert driver.open_name == "Adam Price"


@pytest.mark.usefixtures("people")
async def test_letters_go_into_the_find_line_and_not_to_commands(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("/")
        await driver.type("snq?1t")
        assert driver.screen.customers.find.value == "snq?1t"
        assert driver.app.screen is driver.screen


async def test_the_non_joiner_of_persian_is_typed(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("/")
        await driver.type("می\u200cشود")
        assert driver.screen.customers.find.value == "می\u200cشود"


@pytest.mark.usefixtures("people")
async def test_the_filter(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("f", "tab", "down", "space", "down", "down")
        assert driver.shows("■  me")
        await driver.press("ctrl+s")
        assert shown(driver) == ["Carl", "Beth", "Adam"]
        assert driver.shows("me  newest first")
        await driver.press("f", "tab", "tab", "tab")
        await driver.type("BOSTON")
        await driver.press("enter")
        assert shown(driver) == ["Beth"]
        assert driver.shows("me · BOSTON")
        await driver.press("f")
        await driver.press("delete")
        assert len(shown(driver)) == 6


@pytest.mark.usefixtures("people")
async def test_a_filter_that_leaves_nobody_says_so(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("f", *["tab"] * 4)
        await driver.type("tomorrow")
        await driver.press("enter")
        assert driver.shows("The filter leaves nobody. f changes it.")


@pytest.mark.usefixtures("people")
async def test_a_day_that_is_none_is_refused_in_the_filter(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("f", *["tab"] * 5)
        await driver.type("whenever")
        await driver.press("enter")
        assert driver.shows("“whenever” is no day")
        assert driver.focused == "until"
        await driver.press("escape")
        assert len(shown(driver)) == 6


@pytest.mark.usefixtures("people")
async def test_one_table_takes_the_whole_width(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("z")
        assert not driver.screen.customers.display
        assert driver.screen.cartable.size.width == WIDE[0]
        await driver.press("tab")
        assert not driver.screen.cartable.display
        assert driver.screen.customers.size.width == WIDE[0]
        await driver.press("z")
        assert driver.screen.customers.display
        assert driver.screen.cartable.display


@pytest.mark.usefixtures("people")
async def test_hidden_columns_come_into_view(session: Session) -> None:
    async with driven(session, size=NARROW) as driver:
        await driver.press("tab")
        assert not driver.shows("E-mail")
        while not driver.shows("E-mail"):
            await driver.press("right")
        assert driver.shows("fay@example.com")
        assert driver.shows("Fay Wong")
        while not driver.shows("City"):
            await driver.press("left")
        assert not driver.shows("E-mail")


async def test_the_timeline_scrolls_and_escape_returns(session: Session, people: list[Lead]) -> None:
    for number in range(40):
        lead = open_lead(session, people[0].id).lead
        set_status(
            session,
            SetStatus(
                lead.id,
                lead.version,
                status_of(session, "interested").id,
                note=f"ring {number:02}",
                no_next_step="rings us",
            ),
        )
    async with driven(session, size=NARROW) as driver:
        await driver.press("end")
        assert driver.shows("ring 39")
        await driver.press("l", "end")
        assert driver.focused == "open-lead"
        assert driver.shows("came in by")
        assert not driver.shows("ring 39")
        await driver.press("escape", "up")
        assert driver.focused == "cartable"
        assert driver.open_name != "Adam Price"


@pytest.mark.usefixtures("people")
async def test_a_small_window_shows_one_table(session: Session) -> None:
    async with driven(session, size=NARROW) as driver:
        assert driver.shows("My cartable")
        assert not driver.shows("All customers")
        assert all(len(line) <= NARROW[0] for line in driver.lines())
        await driver.press("tab")
        assert driver.shows("All customers")
        assert not driver.shows("My cartable")
        assert driver.shows("? Help")


async def test_resizing_keeps_the_cursor_and_the_place(session: Session) -> None:
    for number in range(300):
        add_lead(session, f"Customer {number:03}", mine=number % 2 == 0)
    async with driven(session) as driver:
        await driver.press("tab", *["pagedown"] * 3, "down", "down")
        customers = driver.screen.customers.table
        name, index, top = driver.open_name, customers.cursor_index, customers.scroll_offset.y
        assert name.startswith("Customer")
        for size in (NARROW, WIDE):
            await driver.resize(*size)
            assert (driver.open_name, customers.cursor_index) == (name, index)
            assert driver.shows(f"▌{name}")
            assert any(line.startswith(f" {name}") for line in driver.lines()[3:-8])
        assert abs(customers.scroll_offset.y - top) <= 24
        assert driver.focused == "customers"


@pytest.mark.usefixtures("people")
async def test_in_a_window_that_is_too_small_no_key_acts_on_what_is_hidden(session: Session) -> None:
    async with driven(session, size=(79, 24)) as driver:
        for size in ((79, 24), (80, 22), (20, 5)):
            await driver.resize(*size)
            words = " ".join(" ".join(driver.lines()).split())
            assert words == "leadtui needs 80 columns and 23 lines; make the window larger."
        name = driver.open_name
        await driver.press("s", "2", "n", "delete", "f2")
        await driver.type("m typed")
        # A terminal with a line of a multiplexer is large enough.
        await driver.resize(80, 23)
        assert driver.shows("My cartable")
        assert driver.open_name == name
        assert driver.app.screen is driver.screen
        # What lies over the desk is hidden too, and keeps what is typed.
        await driver.press("m")
        await driver.type("half ")
        await driver.resize(80, 20)
        assert not driver.shows("half")
        await driver.type("lost")
        await driver.press("ctrl+s", "escape")
        await driver.resize(80, 23)
        assert driver.shows("half")
        assert not driver.shows("lost")


async def test_the_mouse_on_counts_the_order_and_the_lines_between_the_panes(
    session: Session, clock: MovingClock, people: list[Lead]
) -> None:
    set_reminder(session, people[0].id, clock.now + timedelta(minutes=1))
    clock.move(minutes=5)
    async with driven(session, size=(140, 40)) as driver:
        desk, pilot = driver.screen, driver.pilot
        # What is overdue is shown by its count at the top; the order turns round, and the filter is changed.
        await driver.click_words("▲ 1 overdue", line=0)
        assert desk.cartable.part is CartablePart.OVERDUE
        await driver.click_words("newest first")
        assert driver.shows("oldest first")
        await driver.press("tab", "f", "tab", "down", "space", "ctrl+s")
        await driver.click_words("me  oldest")
        assert driver.shows("Which customers are shown")
        await driver.press("escape")

        # The rule between the tables and the line above the customer are drawn along; two clicks put them back.
        usual = desk.cartable.region.width, desk.panel.region.height
        rule, panel = desk.query_one("#rule").region, desk.panel.region
        for start, end in (((rule.x, 10), (rule.x - 15, 10)), ((20, panel.y), (20, panel.y - 6))):
            await pilot.mouse_down(offset=start)
            await pilot.hover(offset=end)
            await pilot.mouse_up(offset=end)
            await driver.settled()
        assert (desk.cartable.region.width, desk.panel.region.height) == (usual[0] + 15, usual[1] + 6)
        await driver.until(lambda: load_state(session).panel_height == usual[1] + 6, "the kept height")
    async with driven(session, size=(140, 40)) as driver:
        desk = driver.screen
        assert (desk.cartable.region.width, desk.panel.region.height) == (usual[0] + 15, usual[1] + 6)
        # Where there is less room, what was drawn gives way.
        await driver.resize(110, 24)
        assert desk.customers.region.width >= 34
        assert desk.customers.table.region.height >= 5
        await driver.resize(140, 40)
        rule, panel = desk.query_one("#rule").region, desk.panel.region
        await driver.pilot.click(offset=(rule.x, 10), times=2)
        await driver.pilot.click(offset=(20, panel.y), times=2)
        await driver.settled()
        assert (desk.cartable.region.width, desk.panel.region.height) == usual


@pytest.mark.usefixtures("people")
async def test_the_mouse_on_keys_parts_rows_and_panes(session: Session) -> None:
    async with driven(session) as driver:
        await driver.click_words("Next", line=-1)
        assert driver.open_name == "Beth Stone"
        await driver.click_words("overdue")
        assert driver.shows("Nothing here.")
        await driver.click_words("all", line=2)
        assert driver.screen.cartable.table.row_count == 3
        await driver.click_words("Dora Lind")
        assert (driver.focused, driver.open_name) == ("customers", "Dora Lind")
        await driver.click_words("find by name")
        assert driver.focused == "find"
        await driver.click_words("Help", line=-1)
        assert driver.shows("find a key by what it does")
        await driver.press("escape")
        await driver.click_words("Adam Price", times=2)
        assert driver.shows("Adam Price · status")


@pytest.mark.usefixtures("people")
async def test_every_key_of_the_key_bar_can_be_clicked(session: Session) -> None:
    async with driven(session, size=(200, 50)) as driver:
        shown_keys = driver.lines()[-1]
        for command in driver.screen.query_one(KeyBar).commands:
            assert f"{command.shown_key(driver.app.keyboard)} {command.title}" in shown_keys


async def test_an_empty_store(session: Session) -> None:
    async with driven(session) as driver:
        assert driver.shows("No customers yet.")
        assert driver.shows("Your cartable is empty.")
        for key in ("s", "c", "m", "r", "enter"):
            await driver.press(key)
            assert driver.app.screen is driver.screen
        assert set(driver.told()) == {"No customer is open; choose one in a table."}
        await driver.press("n")
        assert driver.told()[-1] == "Your cartable is empty."
        await driver.press("tab", "down", "end", "1", "0", "<", "v", "z", "z", "l", "escape")
        assert driver.shows("All customers")


async def test_a_customer_who_is_removed_meanwhile(session: Session, people: list[Lead]) -> None:
    async with driven(session) as driver:
        await driver.press("down")
        assert driver.open_name == "Beth Stone"
        remove(session, people[1])
        await driver.press("s")
        assert driver.app.screen is driver.screen
        assert driver.told()[-1].startswith(f"Customer {people[1].id} is not here: erased, merged")
        driver.app.watcher.look_for_changes()
        await driver.until(lambda: driver.screen.customers.table.row_count == 5)
        assert not driver.shows("Beth Stone")
        assert driver.screen.cartable.table.row_count == 2


async def test_what_a_colleague_changes_shows_by_itself(
    session: Session, people: list[Lead], clock: MovingClock
) -> None:
    reza = colleague(session, clock)
    async with driven(session) as driver:
        lead = open_lead(reza, people[1].id).lead
        set_status(reza, SetStatus(lead.id, lead.version, status_of(reza, "no_answer").id))
        await driver.until(lambda: any("Beth" in line and "No answer" in line for line in driver.lines()))
        lead = open_lead(reza, people[4].id).lead
        set_status(reza, SetStatus(lead.id, lead.version, status_of(reza, "no_answer").id))
        await driver.until(lambda: any("Émile" in line and "Reza" in line for line in driver.lines()))
    reza.close()


@pytest.mark.usefixtures("people")
async def test_the_palette_finds_commands_and_customers(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("ctrl+p")
        await driver.type("mil")
        await driver.until(lambda: driver.shows("Émile Zola  (212) 555-0105"))
        await driver.press("enter")
        assert driver.open_name == "Émile Zola"
        await driver.press("ctrl+p")
        await driver.type("switch")
        await driver.until(lambda: driver.shows("Go to the other table"))
        await driver.press("enter")
        assert driver.focused == "customers"


@pytest.mark.usefixtures("people")
async def test_the_palette_finds_numbers_in_persian_digits(session: Session) -> None:
    async with driven(session) as driver:
        await driver.press("ctrl+p")
        await driver.type("۵۵۵۰۱۰۳")
        await driver.until(lambda: driver.shows("Carl Meyer  (212) 555-0103"))
        await driver.press("enter")
        assert driver.open_name == "Carl Meyer"


async def test_the_palette_offers_only_what_applies(
    session: Session, people: list[Lead], clock: MovingClock
) -> None:
    set_reminder(session, people[2].id, clock.now + timedelta(days=1))
    async with driven(session) as driver:
        await driver.press("ctrl+p")
        await driver.type("cancel")
        assert not driver.shows("Cancel it")
        await driver.press("escape", "m", "ctrl+p")
        assert driver.shows("Adam Price · note")
        assert driver.focused != "CommandInput"
        await driver.press("escape", "b", "ctrl+p")
        await driver.type("cancel")
        await driver.until(lambda: driver.shows("Cancel it"))
        assert not driver.shows("Zoom")


@pytest.mark.parametrize(
    ("keyboard", "key", "shows"),
    [
        (AUTO, "س", "Adam Price · status"), (AUTO, "ق", "Adam Price · reminder"), (AUTO, "ب", "Which customers are shown"),
        (AUTO, "؟", "find a key by what it does"), ("isiri-9147", "پ", "Adam Price · note"),
        ("isiri-9147", "ذ", "My reminders"), ("persian-windows", "ئ", "Adam Price · note"),
        ("arabic-windows", "ة", "Adam Price · note"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("people")
async def test_letters_of_persian_and_arabic_keyboards(
    session: Session, keyboard: str, key: str, shows: str
) -> None:
    async with driven(session, settings=Settings(keyboard=keyboard)) as driver:
        await driver.type(key)
        assert driver.shows(shows)
        assert driver.app.screen is not driver.screen


@pytest.mark.parametrize(("keyboard", "key"), [("isiri-9147", "ز"), ("arabic-x11", "ؤ")])
@pytest.mark.usefixtures("people")
async def test_call_on_any_keyboard(session: Session, keyboard: str, key: str) -> None:
    async with driven(session, settings=Settings(keyboard=keyboard)) as driver:
        await driver.type(key)
        assert driver.screen.call is not None
        assert driver.screen.call.name == "Adam Price"
        await driver.reached(lambda: driver.shows(f"{driver.app.key_of('call')} end, set the status"))


@pytest.mark.parametrize(
    ("keyboard", "key"),
    [("isiri-9147", "د"), ("arabic-windows", "ى"), (AUTO, "ى"), (AUTO, "n"), (AUTO, "f5")],
)
@pytest.mark.usefixtures("people")
async def test_next_on_any_keyboard(session: Session, keyboard: str, key: str) -> None:
    async with driven(session, settings=Settings(keyboard=keyboard)) as driver:
        await driver.press(key)
        assert driver.open_name == "Beth Stone"


@pytest.mark.parametrize("digit", ["۲", "٢"])
@pytest.mark.usefixtures("people")
async def test_digits_of_any_keyboard(session: Session, digit: str) -> None:
    async with driven(session) as driver:
        await driver.press(digit)
        assert driver.shows("Nothing here.")


@pytest.mark.usefixtures("people")
async def test_a_theme_that_is_not_there_is_not_forgotten(session: Session) -> None:
    async with driven(session, settings=Settings(theme="my-theme")) as driver:
        assert driver.told() == ["There is no theme “my-theme”; leadtui-night is used."]
        assert driver.app.settings.theme == "my-theme"
        await driver.press("t")
        await driver.type("leadtui-day")
        await driver.until(lambda: driver.shows("leadtui-day"))
        await driver.press("enter")
        assert driver.app.theme == driver.app.settings.theme == "leadtui-day"


def colleague(session: Session, clock: MovingClock) -> Session:
    """Reza's own terminal on the same store."""
    from leadtui.services.session import Session

    assert session.store.path is not None
    return Session.open(session.store.path, "reza@example.com", clock)


def remove(session: Session, lead: Lead) -> None:
    """Take a customer out of the store, as an import that is undone does."""
    with session.write() as tx:
        for table in (tables.activity, tables.lead_number, tables.reminder, tables.follow_up):
            tx.connection.execute(delete(table).where(table.c.lead_id == lead.id))
        tx.connection.execute(delete(tables.lead).where(tables.lead.c.id == lead.id))
        changes.record(tx, "lead", [lead.id])
