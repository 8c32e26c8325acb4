"""The sheet of a month beneath a date: it shows what is typed, and moving on it types another day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dialog_app import EVERY_KIND, STATUSES, Person, opened, snapshot

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.status import ReminderRule
from leadtui.language.calendar import Calendar
from leadtui.language.translate import use
from leadtui.tui.dialogs.status_entry import StatusSnapshot
from leadtui.tui.widgets.date_input import MonthSheet

DAY = Field(50, "day", "Day", FieldKind.DATE)


def asking(
    calendar: Calendar = Calendar.JALALI, language: str = "en", region: str = "IR", draft: str = ""
) -> StatusSnapshot:
    """A dialog that asks for a day, and when to be reminded. Today is Saturday 7 Mehr 1403."""
    status = replace(EVERY_KIND, fields=(DAY,), reminder=ReminderRule.ASK)
    texts = {"answer.date.day": draft, "status": str(status.id)} if draft else None
    asked = snapshot(statuses=(status, STATUSES[6]), language=language, draft=texts)
    return replace(asked, context=replace(asked.context, calendar=calendar, region=region))


def sheet(person: Person) -> list[str]:
    """What the sheet shows, line by line; nothing where it is up."""
    found = person.dialog.query(MonthSheet)
    return [line.rstrip() for line in found.first().render().plain.splitlines()] if found else []


async def test_the_sheet_shows_the_month_and_moves_by_days_and_months() -> None:
    async with opened(asking()) as person:
        await person.press("1")
        assert "F4" in str(person.dialog.box.border_subtitle)
        await person.press("f4")
        assert sheet(person) == [
            "         Mehr 1403",
            " Sa  Su  Mo  Tu  We  Th  Fr",
            "      1   2   3   4   5   6",
            "› 7   8   9  10  11  12  13",
            " 14  15  16  17  18  19  20",
            " 21  22  23  24  25  26  27",
            " 28  29  30",
            "PgUp PgDn month · Home today",
        ]
        await person.press("right", "down")
        assert person.field("Day").text == "1403/07/15"
        await person.press("pagedown")
        assert (person.field("Day").text, sheet(person)[0].strip()) == ("1403/08/15", "Aban 1403")
        await person.press("ctrl+pagedown", "pageup", "left")
        assert person.field("Day").text == "1404/07/14"
        await person.press("home", "enter")
        assert (person.field("Day").text, sheet(person), person.at) == ("1403/07/07", [], "Day")


async def test_what_is_typed_goes_on_and_the_sheet_follows() -> None:
    async with opened(asking()) as person:
        await person.press("1", "f4")
        await person.type("1403/12/3")
        assert (sheet(person)[0].strip(), person.field("Day").text) == ("Esfand 1403", "1403/12/3")
        await person.press("0", "enter", "ctrl+s")
        assert person.step.answers == {"day": "1403/12/30"}


async def test_escape_takes_back_what_the_sheet_typed_and_leaves_the_dialog_open() -> None:
    async with opened(asking()) as person:
        await person.press("1")
        await person.type("tomorrow")
        await person.press("f4", "down", "escape")
        assert (person.field("Day").text, sheet(person), person.still_open) == ("tomorrow", [], True)
        await person.press("f4", "tab")
        assert sheet(person) == []


async def test_a_moment_keeps_its_time() -> None:
    async with opened(asking()) as person:
        await person.press("1", "tab")
        await person.type("tomorrow 16:30")
        await person.press("f4", "right", "enter")
        assert person.field("Remind").text == "1403/07/09 16:30"


async def test_a_click_takes_the_day_under_the_pointer() -> None:
    async with opened(asking()) as person:
        await person.press("1", "f4")
        await person.click(MonthSheet, (1 + 4 * 3, 3))
        assert (person.field("Day").text, sheet(person)) == ("1403/07/10", [])


@pytest.mark.parametrize(
    ("calendar", "language", "region", "letters", "week", "key", "typed"),
    [
        (Calendar.GREGORIAN, "en", "GB", "Mo  Tu  We  Th  Fr  Sa  Su", "23", "right", "2024-09-29"),
        (Calendar.GREGORIAN, "en", "US", "Su  Mo  Tu  We  Th  Fr  Sa", "22", "right", "2024-09-29"),
        (Calendar.HIJRI, "en", "SA", "Su  Mo  Tu  We  Th  Fr  Sa", "19", "right", "1446/03/26"),
        # From the right, where Left goes on.
        (Calendar.JALALI, "fa", "IR", "ج   پ   چ   س   د   ی   ش", "۷", "left", "۱۴۰۳/۰۷/۰۸"),
        (Calendar.HIJRI, "ar", "SA", "س   ج   خ   ر   ث   ن   ح", "١٩", "left", "١٤٤٦/٠٣/٢٦"),
    ],
)
async def test_weeks_and_arrows_are_those_of_the_person(
    calendar: Calendar, language: str, region: str, letters: str, week: str, key: str, typed: str
) -> None:
    use(language)
    async with opened(asking(calendar, language, region)) as person:
        await person.press("1", "f4")
        assert sheet(person)[1].strip() == letters
        days = next(line for line in sheet(person) if "›" in line or "‹" in line)
        assert days.replace("›", " ").replace("‹", " ").split()[-1 if key == "left" else 0] == week
        await person.press(key)
        assert person.field("Day").text == typed


async def test_a_day_that_the_calendar_does_not_count_is_shown_in_the_gregorian_one() -> None:
    async with opened(asking(Calendar.HIJRI, region="SA", draft="1924-07-31")) as person:
        await person.press("enter", "f4")
        assert sheet(person)[0].strip() == "July 1924"
        await person.press("right")
        assert (person.field("Day").text, sheet(person)[0].strip()) == ("1343/01/01", "Muharram 1343")
