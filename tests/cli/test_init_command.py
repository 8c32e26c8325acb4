"""`leadtui init` and `leadtui workspace`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run

pytestmark = pytest.mark.usefixtures("noon")


def test_a_firm_begins_with_the_customs_of_its_country(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    said = run(
        "init",
        "شرکت ما",
        "--country",
        "ایران",
        "--speaks",
        "fa",
        "--template",
        "sales",
        "--json",
        "--store",
        store,
    )
    made: dict[str, object] = {
        "title": "شرکت ما",
        "language": "fa",
        "region": "IR",
        "zone": "Asia/Tehran",
        "currency": "IRR",
        "calendar": "jalali",
        "hours": "",
        "windows": "",
        "holidays": [],
        "call_gap": 0,
        "idle_lock": None,
        "sign_in_days": 30,
        "week_start": None,
        "kind": "private",
        "registered_name": "",
        "registered_number": "",
        "closed": False,
    }
    assert said.data == made
    assert run("workspace", "--json", "--store", store).data == made
    again = run("init", "Ours", "--store", store)
    assert (again.code, again.out) == (1, "")


def test_what_is_said_goes_before_the_country(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    said = ("--country", "de", "--zone", "Europe/Vienna", "--currency", "chf", "--calendar", "hijri")
    made = run("init", "Ours", *said, "--name", "Neda", "--json", "--store", store).data
    assert (made["region"], made["zone"], made["currency"]) == ("DE", "Europe/Vienna", "CHF")
    assert run("colleagues", "list", "--json", "--store", store).data[0]["name"] == "Neda"


def test_nothing_is_made_of_what_is_wrong(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    said = run(
        "init", "Ours", "--country", "Atlantis", "--zone", "Mars", "--currency", "gold", "--store", store
    )
    assert said.code == 1
    assert not store.exists()


def test_the_workspace_changes_part_by_part(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    run("init", "Ours", "--country", "US", "--store", store)
    changed = run(
        "workspace",
        "--title",
        "Yours",
        "--country",
        "Austria",
        "--zone",
        "Europe/Vienna",
        "--json",
        "--store",
        store,
    )
    assert run("workspace", "--call-gap", "30", "--json", "--store", store).data["call_gap"] == 30
    assert (changed.data["title"], changed.data["region"], changed.data["currency"]) == ("Yours", "AT", "USD")
    refused = run("workspace", "--zone", "Nowhere", "--store", store)
    assert (refused.code, refused.out) == (1, "")


def test_when_one_works_is_said_and_read_back(run: Run, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "desk.db")
    run("init", "Ours", "--country", "Iran", "--speaks", "en", *store)
    kept = "Sat-Wed 09:00-13:00, 14:00-17:00; Thu 09:00-13:00"
    said = run("workspace", "hours", "شنبه تا چهارشنبه ۹ تا ۱ و ۲ تا ۵؛ پنجشنبه ۹–۱۳", "--json", *store)
    assert said.data == {"hours": kept, "week": kept}
    assert run("workspace", "windows", *store).out == "nothing is defined\n"
    assert run("workspace", "windows", "=", *store).out == "Sat–Wed 9–13, 14–17; Thu 9–13; closed Fri\n"
    refused = run("workspace", "windows", "Sat 9", *store)
    assert (refused.code, refused.out) == (1, "")
    assert run("workspace", "windows", "", "--json", *store).data == {"windows": "", "week": ""}


def test_holidays_are_named_in_any_calendar_and_come_out_of_a_file(run: Run, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "desk.db")
    run("init", "Ours", "--country", "Austria", *store)
    run("workspace", "holidays", "add", "25 Dec Christmas", "1 Farvardin Nowruz", *store)
    file = tmp_path / "austria.ics"
    file.write_text(CALENDAR_FILE, newline="\r\n")
    for added in (3, 0):
        told = run("workspace", "holidays", "import", file, "--json", *store).data
        assert told == {"added": added, "already": 3 - added, "over": 1, "not_whole_days": 1}
    run("workspace", "holidays", "remove", "christmas", "2025/04/21", *store)
    listed = run("workspace", "holidays", "list", "--json", *store).data
    assert [(each["title"], each["next"]) for each in listed] == [
        ("Neujahr", "2025-01-01"),
        ("Nowruz", "2025-03-21"),
        ("Ostern", "2025-04-20"),
    ]
    assert (listed[0]["year"], listed[1]["calendar"]) == (None, "jalali")
    assert run("workspace", "holidays", "remove", "Easter", *store).code == 1
    file.write_text("no calendar")
    assert run("workspace", "holidays", "import", file, *store).code == 1


CALENDAR_FILE = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20200101
DTEND;VALUE=DATE:20200102
RRULE:FREQ=YEARLY
SUMMARY:Neujahr
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20250420
DTEND;VALUE=DATE:20250422
SUMMARY:Ostern
END:VEVENT
BEGIN:VEVENT
DTSTART:20250420T100000Z
SUMMARY:A meeting
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20200410
SUMMARY:Karfreitag
END:VEVENT
END:VCALENDAR
"""


def test_a_workspace_says_when_a_desk_is_locked_and_how_long_a_sign_in_lasts(
    run: Run, tmp_path: Path
) -> None:
    store = str(tmp_path / "desk.db")
    run("init", "Northwind", "--country", "Germany", "--store", store)
    said = run("workspace", "--idle-lock", "0", "--sign-in-days", "7", "--store", store)
    assert "never locked by itself" in said.out
    assert "lasts for 7 days" in said.out
    kept = run("workspace", "--json", "--store", store).data
    assert (kept["idle_lock"], kept["sign_in_days"]) == (0, 7)
    assert "once a second person" in run("workspace", "--idle-lock=-1", "--store", store).out
    assert "1 to 366" in run("workspace", "--sign-in-days", "367", "--store", store).err
    assert "0 never locks" in run("workspace", "--idle-lock", "2000", "--store", store).err


def test_a_workspace_says_on_which_day_its_weeks_begin(run: Run, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "desk.db"))
    run("init", "Northwind", "--country", "Germany", *store)
    assert "Monday, as usual" in run("workspace", *store).out
    run("workspace", "hours", "Sat-Mon 9-13", *store)
    said = run("workspace", "--week-start", "شنبه", *store)
    assert "Saturday" in said.out
    assert "Sat–Mon" in said.out
    assert run("workspace", "--json", *store).data["week_start"] == "saturday"
    assert "no day of the week" in run("workspace", "--week-start", "someday", *store).err
    assert run("workspace", "--week-start", "usual", "--json", *store).data["week_start"] is None
    told = run("audit", *store).out
    assert "Weeks begin on" in told
