"""In every language the program's labels are whole in a terminal of 80 columns, and all of its words are in that language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk_driving import NARROW, Driver, driven
from session_making import MovingClock, add_lead, hire, make_session
from textual.content import Content
from textual.widgets import Static

from leadtui.language import translate
from leadtui.language.calendar import show_relative
from leadtui.language.text import cell_width
from leadtui.language.translate import LANGUAGES, OWN_NAMES
from leadtui.paths import themes_folder
from leadtui.presentation.formatter import Formatter
from leadtui.services.session import Session
from leadtui.settings import DIRECTIONS
from leadtui.tui.dialogs.dialog import Dialog
from leadtui.tui.screens.settings.screen import TabLine
from leadtui.tui.widgets.key_bar import GAP, KeyBar
from leadtui.tui.widgets.lead_cells import cartable_columns, lead_columns
from leadtui.tui.widgets.option_row import OptionRow
from leadtui.tui.widgets.record_table_columns import Column


@pytest.fixture(params=LANGUAGES)
def speaking(
    request: pytest.FixtureRequest, tmp_path: Path, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """A small desk, in each language that the program speaks, and a file to import."""
    monkeypatch.setenv("HOME", str(tmp_path / "۰"))
    (tmp_path / "۰" / "Downloads").mkdir(parents=True)
    (tmp_path / "۰" / "Downloads" / "۱.csv").write_text(
        "نام,موبایل\nمینا صادقی,09123456789\n", encoding="utf-8"
    )
    made = make_session(tmp_path, "hesin-haseb", clock)
    hire(made, "رضا امینی", "2@3.45", clock).close()
    for phone in ("0912 345 6789", "0912 345 6780"):
        add_lead(made, "مینا صادقی", phone, mine=True)
    made.close()
    session = Session.open(made.store.path, made.actor.email, clock, language=str(request.param))
    yield session
    session.close()


OPENED = {
    "the desk": (),
    "all customers": ("tab",),
    "status": ("s",),
    "note": ("m",),
    "reminder": ("r",),
    "call": ("c",),
    "new customer": ("a",),
    "edit": ("e",),
    "do not call": ("d",),
    "erase": ("delete",),
    "merge with": ("g",),
    "merge": ("g", "/", "enter"),
    "help": ("?",),
    "filter": ("tab", "f"),
    "columns": ("tab", ","),
    "views": ("tab", "w"),
    "export": ("tab", "x"),
    "import": ("ctrl+o", "۱", "enter"),
    "give": ("tab", "space", "o"),
    "status of several": ("tab", "space", "s"),
    "my day": ("p",),
    "reminders": ("b",),
    "settings": ("f2",),
    "settings of statuses": ("f2", "1"),
    "settings of fields": ("f2", "2"),
    "settings of colleagues": ("f2", "5"),
    "settings of profiles": ("f2", "6"),
    "palette": ("ctrl+p",),
}
"""What is pressed on the desk to see each part of the program."""


LATIN = re.compile(r"[A-Za-z]{2,}")
AS_THEY_ARE = frozenset(
    "leadtui Enter Esc Tab Space Home End Del Backspace Shift Ctrl PgUp PgDn CSV XLSX ISO UTF vCard csv example com name"
    " UTC Neda Karimi neda Agent Supervisor".split()
) | frozenset(
    word
    for name in (*OWN_NAMES.values(), *DIRECTIONS, *(path.stem for path in themes_folder().iterdir()))
    for word in LATIN.findall(name)
)
"""Names: of the program, of keys, of formats, of languages, of what the settings file is told, and what stands in the store."""


@pytest.mark.parametrize("keys", OPENED.values(), ids=OPENED)
async def test_no_label_is_cut_and_no_word_is_in_another_language(
    speaking: Session, keys: tuple[str, ...]
) -> None:
    async with driven(speaking, size=NARROW) as driver:
        await driver.press(*keys)
        assert [*_cut_feet(driver), *_cut_tabs(driver), *_cut_labels(driver)] == []
        shown, english = _keys_shown(driver), _keys_shown_in_english(driver)
        # The bar leaves out what has no room; one key less may be there, no more.
        assert len(shown) >= len(english) - 1, f"{shown} stand in the key bar, in English {english}"
        if speaking.language != translate.SOURCE_LANGUAGE:  # with which the others are compared
            await driver.resize(160, 60)
            words = re.sub(r"\S*/\S*", "", driver.text())  # the path of a file stays
            words = re.sub(
                r"(?<=[│╮╯])[A-Za-z]+|[A-Za-z]+(?=[│╭╰])", "", words
            )  # what the dialog covers half of
            assert set(LATIN.findall(words)) - AS_THEY_ARE == set()


def _cut_feet(driver: Driver) -> Iterator[str]:
    """The lower border of a dialog has its keys, and a corner and a dash at both ends."""
    if isinstance(driver.app.screen, Dialog):
        box = driver.app.screen.query_one("#dialog")
        for border in (box.border_title, box.border_subtitle):
            words = Content.from_markup(border or "").plain
            if cell_width(words) > box.outer_size.width - 4:
                yield f"{words}: {cell_width(words)} cells in {box.outer_size.width - 4}"


def _cut_tabs(driver: Driver) -> Iterator[str]:
    """The titles of the panes of the settings stand in one line."""
    for line in driver.app.screen.query(TabLine):
        words = str(line.render())
        if cell_width(words) > line.content_size.width:
            yield f"{words}: {cell_width(words)} cells in {line.content_size.width}"


def _cut_labels(driver: Driver) -> Iterator[str]:
    """What stands above a field, and each of the choices in one, is whole."""
    for label in driver.app.screen.query(".form-label, .label").results(Static):
        words = str(label.render())
        if label.region and cell_width(words) > label.content_size.width:
            yield f"{words}: {cell_width(words)} cells in {label.content_size.width}"
    for row in driver.app.screen.query(OptionRow):
        words = str(row.render())
        for choice in row.choices:
            if row.region and choice.label not in words:
                yield f"{choice.label}: cut in {words}"


def _keys_shown(driver: Driver) -> list[str]:
    return [each for bar in driver.app.screen.query(KeyBar) for each in str(bar.render()).split(" " * GAP)]


def _keys_shown_in_english(driver: Driver) -> list[str]:
    spoken = translate.language()
    translate.use(translate.SOURCE_LANGUAGE)
    shown = _keys_shown(driver)
    translate.use(spoken)
    return shown


def test_headings_are_no_wider_than_their_columns_or_than_in_english(speaking: Session) -> None:
    def headings() -> list[Column]:
        formatter = Formatter(speaking)
        return [*lead_columns(formatter), *cartable_columns(formatter)]

    english = headings()
    translate.use(speaking.language)
    assert [
        f"{each.title}: {cell_width(each.title)} cells in {each.min_width}"
        for each, known in zip(headings(), english, strict=True)
        if cell_width(each.title) > max(each.min_width, cell_width(known.title))
    ] == []


@pytest.mark.parametrize("late", [timedelta(minutes=59), timedelta(hours=23), timedelta(days=99)])
def test_the_reason_of_a_customer_has_room_for_every_delay(speaking: Session, late: timedelta) -> None:
    now = speaking.now()
    why = cartable_columns(Formatter(speaking))[0]
    told = show_relative(now - late, now, speaking.language, speaking.workspace.zone, due=True)
    assert cell_width(f"▲ {told}") <= why.min_width
