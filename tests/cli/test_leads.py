"""`leadtui leads list` and `show`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command_running import Run
from session_making import NOON, MovingClock, add_lead, hire, make_session, status_of
from sqlalchemy import update

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.view import Arrangement, FieldFilter, LeadFilter, View
from leadtui.services.defining import FIELD, retire, save_field, save_status
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import add_note
from leadtui.services.session import Session
from leadtui.services.views import save_view
from leadtui.store import tables

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    """Five customers with different fields; Neda owns two."""
    clock = MovingClock()
    session = make_session(tmp_path, clock=clock)
    hire(session, "Reza Amini", "reza@example.com", clock).close()
    session.reload_definitions()
    add_lead(session, "Anna", "+1 212 555 0101", mine=True, city="Boston")
    clock.move(days=1)
    ben = add_lead(session, "Ben", "+1 212 555 0102", mine=True, city="Denver", email="ben@example.com")
    clock.move(days=1)
    add_lead(session, "سارا رضایی", "+98 912 345 6789", city="تهران")
    clock.move(days=1)
    add_lead(session, "Dora", city="boston", email="dora@example.com")
    add_lead(session, "", "+1 212 555 0105")
    interested = status_of(session, "interested").id
    set_status(session, SetStatus(ben.id, ben.version, interested, no_next_step="rings us"))
    session.close()
    return tmp_path / "desk.db"


def names(said: Any) -> list[str]:
    return [each["name"] for each in said.data]


def test_the_newest_come_first(run: Run, busy: Path) -> None:
    assert names(run("leads", "list", "--json", "--store", busy)) == ["", "Dora", "سارا رضایی", "Ben", "Anna"]
    assert names(run("leads", "list", "--json", "--store", busy, "--reverse"))[0] == "Anna"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--status", "interested"), ["Ben"]),
        (("--status", "Interes"), ["Ben"]),
        (("--status", "new"), ["", "Dora", "سارا رضایی", "Anna"]),
        (("--status", "new", "--status", "interested", "--owner", "me"), ["Ben", "Anna"]),
        (("--owner", "neda@example.com"), ["Ben", "Anna"]),
        (("--owner", "Neda"), ["Ben", "Anna"]),
        (("--owner", "reza"), []),
        (("--owner", "nobody"), ["", "Dora", "سارا رضایی"]),
        (("--city", "Boston"), ["Dora", "Anna"]),
        (("--city", "Boston", "--city", "تهران"), ["Dora", "سارا رضایی", "Anna"]),
        (("--channel", "web_form"), ["", "Dora", "سارا رضایی", "Ben", "Anna"]),
        (("--channel", "event"), []),
        (("--find", "۰۹۱۲۳۴۵"), ["سارا رضایی"]),
        (("--find", "ben@"), ["Ben"]),
        (("--find", "nobody at all"), []),
        (("--from", "2024-09-30"), ["", "Dora", "سارا رضایی"]),
        (("--to", "2024-09-29"), ["Ben", "Anna"]),
        (("--from", "2024-09-29", "--to", "1403/07/09"), ["سارا رضایی", "Ben"]),
        (("--sort", "name", "--owner", "me"), ["Anna", "Ben"]),
        (("--sort", "name", "--owner", "me", "--reverse"), ["Ben", "Anna"]),
        (("--sort", "company", "--limit", "1"), ["Anna"]),
        (("--limit", "2"), ["", "Dora"]),
        (("--limit", "99999999999999999999"), ["", "Dora", "سارا رضایی", "Ben", "Anna"]),
        (("--limit", "0"), ["", "Dora", "سارا رضایی", "Ben", "Anna"]),
    ],
)
def test_a_list_can_be_narrowed_and_sorted(
    run: Run, busy: Path, options: tuple[str, ...], expected: list[str]
) -> None:
    said = run("leads", "list", "--json", "--store", busy, "--as", "neda@example.com", *options)
    assert said.code == 0, said.err
    assert names(said) == expected


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--status", "nonsense"), "There is no status “nonsense”. There are: no_answer"),
        (("--status", "d"), "Several can be meant by status “d”: demo_booked, do_not_call"),
        (
            ("--owner", "nonsense"),
            "There is no colleague “nonsense”. There are: Neda Karimi <neda@example.com>",
        ),
        (("--channel", "nonsense"), "There is no entry channel “nonsense”"),
        (("--sort", "nonsense"), "There is no column “nonsense”. There are: name, city"),
        (("--from", "nonsense"), "“nonsense” is no day"),
        (("--field", "nonsense"), "“nonsense” says nothing; write --field field=value."),
        (("--field", "nonsense=1"), "There is no field “nonsense”"),
    ],
)
def test_what_means_nothing_is_told_with_what_there_is(
    run: Run, busy: Path, options: tuple[str, ...], sentence: str
) -> None:
    said = run("leads", "list", "--store", busy, *options)
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err


def test_the_record_has_every_field(run: Run, busy: Path) -> None:
    ben = next(each for each in run("leads", "list", "--json", "--store", busy).data if each["name"] == "Ben")
    assert ben == {
        "id": 2,
        "version": 2,
        "name": "Ben",
        "city": "Denver",
        "numbers_hidden": False,
        "phone": "+12125550102",
        "email": "ben@example.com",
        "entered_at": "2024-09-29T07:12:00Z",
        "grade": "",
        "major": "",
        "channel": {"key": "web_form", "title": "Website form"},
        "first_channel": {"key": "web_form", "title": "Website form"},
        "status": {"key": "interested", "title": "Interested", "kind": "open"},
        "status_at": "2024-10-01T07:12:00Z",
        "owner": {"name": "Neda Karimi", "email": "neda@example.com"},
        "owner_at": "2024-09-29T07:12:00Z",
        "need": None,
        "referrer": "",
        "next_at": None,
        "contacted_at": "2024-10-01T07:12:00Z",
        "do_not_call": False,
        "attempts": 0,
        "first_call_at": None,
        "last_call_at": None,
        "custom": {},
    }


def test_the_text_has_a_line_for_each_and_counts_them_on_standard_error(run: Run, busy: Path) -> None:
    said = run("leads", "list", "--store", busy, "--owner", "neda")
    heads, *lines = said.out.splitlines()
    assert heads.split()[:4] == ["Id", "Name", "Phone", "Status"]
    assert [line.split()[1] for line in lines] == ["Ben", "Anna"]
    assert {line.index("(212)") for line in lines} == {heads.index("Phone")}
    assert said.err == "2 of 5 customers.\n"


def test_an_empty_list_is_an_empty_list(run: Run, busy: Path) -> None:
    assert run("leads", "list", "--find", "zzzz", "--json", "--store", busy).data == []
    said = run("leads", "list", "--find", "zzzz", "--store", busy)
    assert (said.code, said.out, said.err) == (0, "", "0 of 5 customers.\n")


@pytest.mark.parametrize(
    "reference", ["+1 (212) 555-0102", "2125550102", "۲۱۲ ۵۵۵ ۰۱۰۲", "Ben@Example.com", "2"]
)
def test_a_customer_is_shown_by_id_number_or_address(run: Run, busy: Path, reference: str) -> None:
    assert run("leads", "show", reference, "--json", "--store", busy).data["name"] == "Ben"


def test_a_customer_is_shown_whole(run: Run, place: Any) -> None:
    session = Session.open(place.path, "neda@example.com")
    desk_note(session, place.lead.id)
    session.close()
    said = run("leads", "show", place.lead.id, "--json", "--store", place)
    shown = said.data
    assert shown["numbers"] == [
        {"e164": "+12125550101", "written": "+1 212 555 0101", "extension": "", "shared": False}
    ]
    assert [each["kind"] for each in shown["timeline"]] == ["status-set", "note", "created"]
    status_set = shown["timeline"][0]
    assert "status_from" not in status_set
    assert status_set["status"] == {"key": "demo_booked", "title": "Demo booked", "kind": "open"}
    assert status_set["owner_to"] == {"name": "Reza Amini", "email": "reza@example.com"}
    assert [(each["key"], each["value"]) for each in status_set["answers"]] == [
        ("date", "2024-10-01"),
        ("time", "16:00"),
    ]
    assert shown["reminders"][0]["owner"]["email"] == "reza@example.com"
    assert shown["next_at"] == shown["reminders"][0]["due"] == status_set["reminder_at"]

    text = run("leads", "show", place.lead.id, "--store", place).out
    for words in (
        "Mina Sadeghi",
        "Boston",
        "mina@example.com",
        "Demo booked",
        "Reza Amini",
        "(212) 555-0101",
    ):
        assert words in text
    assert "“Likes ↵ tea”" in text
    assert (
        "New → Demo booked  Date of the demo: Tue 1 Oct 2024  Time of the demo: 16:00  to Reza Amini" in text
    )


def desk_note(session: Session, lead_id: int) -> None:
    """A note, then a demo that Reza holds."""
    lead = add_note(session, lead_id, "Likes\ntea")
    reza = next(each for each in session.definitions.colleagues if each.email == "reza@example.com")
    set_status(
        session,
        SetStatus(
            lead.id,
            lead.version,
            status_of(session, "demo_booked").id,
            answers={"date": "2024-10-01", "time": "16:00"},
            owner_id=reza.id,
            remind_at=NOON.replace(day=30),
        ),
    )


def test_nobody_is_said_so(run: Run, place: Any) -> None:
    for reference, words in (
        ("+1 212 555 9999", "No customer has"),
        ("a@b.co", "No customer has"),
        ("77", "77"),
    ):
        said = run("leads", "show", reference, "--store", place)
        assert (said.code, said.out) == (1, "")
        assert words in said.err


def test_a_saved_view_and_own_fields_narrow_the_list(run: Run, busy: Path) -> None:
    session = Session.open(busy, "neda@example.com", MovingClock(NOON))
    boston = View(sort="name", descending=False, filter=LeadFilter(cities=frozenset({"Boston"})))
    save_view(session, "In Boston", Arrangement(boston))
    seats = next(each for each in session.definitions.open_fields if each.key == "seats")
    outlay = save_field(session, Field(0, "", "Outlay", FieldKind.MONEY)).key
    with session.store.write() as connection:
        lead = tables.lead.c
        connection.execute(
            update(tables.lead).where(lead.name == "Anna").values(custom={seats.key: "12", outlay: "250000"})
        )
        connection.execute(update(tables.lead).where(lead.name == "Ben").values(custom={seats.key: "3"}))
    session.close()

    def listed(*options: str) -> list[str]:
        return names(run("leads", "list", "--json", "--store", busy, *options))

    assert listed("--view", "in bos") == ["Anna", "Dora"]
    assert listed("--view", "In Boston", "--reverse") == ["Dora", "Anna"]
    assert listed("--view", "In Boston", "--owner", "me") == ["Anna"]
    assert listed("--view", "In Boston", "--city", "Denver") == ["Ben"]
    assert listed("--field", "seats=10..") == ["Anna"]
    assert listed("--field", "seats=..۵") == ["Ben"]
    assert listed("--field", "seats=3") == ["Ben"]
    assert listed("--field", "outlay=..250k") == listed("--field", "outlay=$0.2m..۲۵۰ هزار") == ["Anna"]
    assert listed("--field", "outlay=..249 thousand") == []
    everybody = listed()
    assert listed("--field", "seats=") == [name for name in everybody if name not in ("Anna", "Ben")]
    assert listed("--need", "") == everybody
    assert listed("--channel", "") == []
    assert listed("--city", "%") == listed("--city", "_") == []
    said = run("leads", "list", "--store", busy, "--view", "Nothing")
    assert said.code == 1
    assert "In Boston" in said.err
    assert run("leads", "list", "--store", busy, "--field", "seats=many").code == 1
    assert run("leads", "list", "--store", busy, "--field", "wings=2").code == 1


@pytest.mark.parametrize(
    "options",
    [
        *(("--field", f"seats={words}") for words in ("..", " .. ", "9..3", "-", "1..2..3", "٫")),
        *(("--field", f"company={words}") for words in ("%", "_", "!!")),
        *(("--field", words) for words in ("seats", "=", "=5", "")),
        *((option, "") for option in ("--owner", "--status", "--from", "--to", "--view", "--channel")),
        *((option, " ") for option in ("--owner", "--status", "--from", "--to", "--view", "--sort")),
        *((option, sign) for option in ("--city", "--grade", "--find") for sign in "%_"),
        *((option, sign) for option in ("--need", "--channel", "--owner", "--status") for sign in "%_*"),
    ],
    ids=" ".join,
)
def test_no_option_that_means_nothing_lets_everybody_through(
    run: Run, busy: Path, options: tuple[str, str]
) -> None:
    said = run("leads", "list", "--json", "--store", busy, *options)
    assert said.code in (1, 2) or names(said) == []


@pytest.mark.parametrize("option", ["--city", "--grade", "--need", "--channel"])
def test_nothing_in_a_column_can_be_asked_for(run: Run, busy: Path, option: str) -> None:
    without = names(run("leads", "list", "--json", "--store", busy, option, ""))
    everybody = run("leads", "list", "--json", "--store", busy).data
    key = option.removeprefix("--")
    assert without == [each["name"] for each in everybody if not each[key]]


def test_that_a_view_goes_without_a_field_is_said(run: Run, busy: Path) -> None:
    session = Session.open(busy, "neda@example.com", MovingClock())
    seats = next(each for each in session.definitions.open_fields if each.key == "seats")
    many = LeadFilter(fields=(FieldFilter("seats", least="5"),))
    save_view(session, "Many seats", Arrangement(View(filter=many)))
    retire(session, FIELD, seats.id)
    session.close()
    said = run("leads", "list", "--store", busy, "--view", "Many seats")
    words = f"“Many seats” asks for what is not in use any more and goes without it: {seats.title}."
    assert (said.code, words in said.err) == (0, True)


def test_a_column_tells_what_a_status_was_answered(run: Run, busy: Path) -> None:
    session = Session.open(busy, "neda@example.com", MovingClock())
    status = status_of(session, "interested")
    save_status(session, replace(status, fields=(Field(0, "", "Seats", FieldKind.INTEGER),)), status)
    status = status_of(session, "interested")
    (seats,) = status.open_fields
    lead = add_lead(session, "Zed Last", mine=True)
    answers = {seats.key: "40"}
    set_status(session, SetStatus(lead.id, lead.version, status.id, answers=answers, no_next_step="waits"))
    session.close()
    name = f"{status.key}.{seats.key}"
    column = ("leads", "list", "--store", busy, "--column", "name", "--column", name, "--sort", name)
    title, first, *_others = run(*column).out.splitlines()
    assert title.endswith(f"{status.title}: Seats")
    assert first.split()[1:] == ["Zed", "Last", "40"]
    assert run(*column, "--json").data[0]["answers"] == {name: "40"}
    assert "answers" not in run("leads", "list", "--store", busy, "--json").data[0]
