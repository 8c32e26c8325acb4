"""Every kind of field in the status dialog: how it is typed, what is said of it, and the answer that it gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dialog_app import EVERY_KIND, STATUSES, opened, persian_snapshot, snapshot

from leadtui.domain.field import AnswerValue, Field, FieldKind, read_answer
from leadtui.domain.status import CartableRule
from leadtui.tui.dialogs.status_entry import StatusSnapshot
from leadtui.tui.widgets.drop_down import DropDown
from leadtui.tui.widgets.inputs import TextInput
from leadtui.tui.widgets.option_row import OptionRow


def asking(field: Field, *, language: str = "en") -> StatusSnapshot:
    """A dialog whose only status asks for `field` alone."""
    status = replace(EVERY_KIND, fields=(field,), cartable=CartableRule.NONE)
    return snapshot(statuses=(status, STATUSES[6]), language=language)


def of_kind(kind: FieldKind, *options: str, required: bool = False) -> Field:
    return Field(50, "asked", "Asked", kind, options, required)


FEW = ("low", "middle", "high")
MANY = ("Tehran", "Tabriz", "Rasht", "Yazd", "Qom", "Ahvaz", "Kish")
SEVERAL = ("Tax", "Payroll", "Excel, advanced", "Audit")


@pytest.mark.parametrize(
    ("field", "keys", "typed", "value"),
    [
        (of_kind(FieldKind.TEXT), [*"two words"], "two words", "two words"),
        (of_kind(FieldKind.LONG_TEXT), [*"one", "ctrl+j", *"two"], "one\ntwo", "one\ntwo"),
        (of_kind(FieldKind.NUMBER), [*"۱۲٬۰۰۰"], "۱۲٬۰۰۰", "12000"),
        (of_kind(FieldKind.MONEY), [*"1,200"], "1,200", "1200"),
        (of_kind(FieldKind.DATE), [*"tomorrow"], "tomorrow", "2024-09-29"),
        (of_kind(FieldKind.DATE), [*"۱۴۰۳/۰۷/۱۴"], "۱۴۰۳/۰۷/۱۴", "2024-10-05"),
        (of_kind(FieldKind.TIME), [*"16:30"], "16:30", "16:30"),
        (of_kind(FieldKind.WEEKDAY), [*"su"], "Sunday", 6),
        (of_kind(FieldKind.WEEKDAY), [*"یک"], "Sunday", 6),
        (of_kind(FieldKind.WEEKDAY), ["right", "right", "left"], "Saturday", 5),
        (of_kind(FieldKind.CHOICE, *FEW), ["m"], "middle", "middle"),
        (of_kind(FieldKind.CHOICE, *FEW), ["right", "right", "right", "right"], "high", "high"),
        (of_kind(FieldKind.CHOICE, *FEW), ["left"], "high", "high"),
        (of_kind(FieldKind.CHOICE, *FEW), ["space", "backspace", "right", "right"], "middle", "middle"),
        (of_kind(FieldKind.CHOICE, *MANY), [*"tab"], "Tabriz", "Tabriz"),
        (of_kind(FieldKind.CHOICE, *MANY), [*"tab", "q"], "Qom", "Qom"),
        (of_kind(FieldKind.CHOICE, *MANY), ["space", "down", "down", "down"], "Rasht", "Rasht"),
        (
            of_kind(FieldKind.CHOICES, *SEVERAL),
            ["space", "right", "right", "space"],
            "Tax\nExcel, advanced",
            None,
        ),
        (of_kind(FieldKind.CHOICES, *SEVERAL), ["a", "space", "t", "space", "space"], "Audit", ["Audit"]),
        (of_kind(FieldKind.YES_NO), ["y"], "yes", True),
        (of_kind(FieldKind.YES_NO), ["n"], "no", False),
        (of_kind(FieldKind.YES_NO), ["غ"], "yes", True),
        (of_kind(FieldKind.YES_NO), ["د"], "no", False),
        (of_kind(FieldKind.YES_NO), ["خ"], "no", False),
        (of_kind(FieldKind.YES_NO), ["right", "right"], "no", False),
        (of_kind(FieldKind.PHONE), [*"0912 345 6789"], "0912 345 6789", "+989123456789"),
        (of_kind(FieldKind.EMAIL), [*"A@Example.com"], "A@Example.com", "a@example.com"),
        (of_kind(FieldKind.LINK), [*"example.com/x"], "example.com/x", "https://example.com/x"),
        (of_kind(FieldKind.PERSON), [*"omid"], "omid@example.com", 4),
    ],
)
async def test_each_kind_is_typed_and_read(
    field: Field, keys: list[str], typed: str, value: AnswerValue | None
) -> None:
    opened_with = asking(field)
    async with opened(opened_with) as person:
        await person.press("1", *keys, "enter", "enter")
        assert person.step.answers == {"asked": typed}
        read = read_answer(field, person.step.answers["asked"], opened_with.context)
        assert read == (["Tax", "Excel, advanced"] if value is None else value)


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (FieldKind.NUMBER, "1,200,000", "✓ 1200000"),
        (FieldKind.NUMBER, "12", ""),
        (FieldKind.MONEY, "5000000", "✓ 5,000,000 rials"),
        (FieldKind.DATE, "+3d", "✓ Tuesday 10 Mehr 1403 · 1 Oct 2024"),
        (FieldKind.TIME, "4pm", "✓ 16:00"),
        (FieldKind.PHONE, "9123456789", "✓ 0912 345 6789"),
        (FieldKind.LINK, "example.com", "✓ https://example.com"),
        (FieldKind.TEXT, "anything", ""),
    ],
)
async def test_what_was_understood_is_told_where_it_says_more(kind: FieldKind, typed: str, said: str) -> None:
    async with opened(asking(of_kind(kind))) as person:
        await person.press("1", *typed)
        assert person.said(person.titles[0]) == said


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FieldKind.NUMBER, "twelve"),
        (FieldKind.MONEY, "much"),
        (FieldKind.DATE, "1403/13/45"),
        (FieldKind.TIME, "25:00"),
        (FieldKind.PHONE, "12"),
        (FieldKind.EMAIL, "nobody"),
        (FieldKind.LINK, "no link"),
        (FieldKind.PERSON, "zz"),
    ],
)
async def test_what_cannot_be_read_is_told_beside_its_field_and_not_saved(
    kind: FieldKind, typed: str
) -> None:
    async with opened(asking(of_kind(kind))) as person:
        await person.press("1", *typed, "enter")
        assert person.said(person.titles[0]).startswith("✕ Asked")
        await person.press("enter")
        assert person.still_open
        assert person.at == person.titles[0]


@pytest.mark.parametrize(
    "kind", [kind for kind in FieldKind if kind not in (FieldKind.CHOICE, FieldKind.CHOICES)]
)
async def test_what_is_required_is_marked_and_missed(kind: FieldKind) -> None:
    async with opened(asking(of_kind(kind, required=True))) as person:
        await person.press("1", "ctrl+s")
        assert person.still_open
        assert person.said(person.titles[0]) == "✕ Asked is needed."


async def test_the_week_begins_as_in_persian_or_in_the_region() -> None:
    async with opened(persian_snapshot()) as person:
        await person.press("2", "right")
        assert person.field("روز جلسه").text == "شنبه"
    asked = asking(of_kind(FieldKind.WEEKDAY))
    for region, first in (("IR", "Saturday"), ("SA", "Sunday"), ("GB", "Monday")):
        async with opened(replace(asked, context=replace(asked.context, region=region))) as person:
            await person.press("1", "right")
            assert person.field("Asked").text == first


async def test_a_list_that_dropped_down_is_taken_up_by_escape_alone() -> None:
    async with opened(asking(of_kind(FieldKind.CHOICE, *MANY))) as person:
        await person.press("1", "space")
        assert person.dialog.query_one(DropDown).open
        await person.press("escape")
        assert person.still_open
        assert not person.dialog.query_one(DropDown).open


async def test_choosing_with_the_mouse() -> None:
    async with opened(asking(of_kind(FieldKind.CHOICE, *MANY))) as person:
        await person.click(DropDown)
        await person.settled()
        await person.click("DropDownList", (4, 2))
        await person.settled()
        assert person.field("Asked").text == "Rasht"
        assert not person.dialog.query_one(DropDown).open
    async with opened(asking(of_kind(FieldKind.CHOICES, *SEVERAL))) as person:
        await person.click(OptionRow, (2, 0))
        await person.click(OptionRow, (10, 0))
        await person.settled()
        assert person.field("Asked").text == "Tax\nPayroll"


async def test_naming_a_colleague_with_the_mouse() -> None:
    async with opened(asking(of_kind(FieldKind.PERSON))) as person:
        await person.click("Candidates", (3, 0))
        await person.settled()
        assert person.field("Asked").text == "maryam@example.com"
        assert person.at == "Asked"


async def test_options_that_take_several_lines_are_climbed() -> None:
    options = tuple(f"a rather long option number {place}" for place in range(5))
    async with opened(asking(of_kind(FieldKind.CHOICES, *options)), size=(80, 24)) as person:
        await person.press("1", "down", "down", "space", "up", "space")
        assert person.field("Asked").text == f"{options[1]}\n{options[2]}"
        await person.press("up", "up")
        assert person.at == "statuses"


async def test_everything_at_once_scrolls_to_where_the_cursor_is() -> None:
    async with opened(snapshot(statuses=(EVERY_KIND,)), size=(80, 24)) as person:
        await person.press("1", *["enter"] * 12, *"rings us", "enter")
        assert person.at == "Note"
        form, note = person.dialog.form, person.field("Note")
        assert form.region.contains_region(note.region)
        outcome = person.dialog.query_one("#outcome").region
        assert outcome.height > 0
        assert person.dialog.region.contains_region(outcome)


async def test_typed_text_is_not_selected_when_one_comes_back() -> None:
    async with opened(asking(of_kind(FieldKind.TEXT))) as person:
        await person.press("1", *"ab", "enter", "up", "c")
        assert person.field("Asked").text == "abc"


async def test_a_long_note_grows_and_keeps_the_arrows_to_itself() -> None:
    async with opened() as person:
        await person.press("5", "delete", "enter", *"one", "shift+enter", *"two", "alt+enter", *"three")
        note = person.field("Note")
        assert note.text == "one\ntwo\nthree"
        assert note.query_one(TextInput).size.height == 3
        await person.press("up", "up")
        assert person.at == "Note"
        await person.press("up")
        assert person.at == "Remind"
