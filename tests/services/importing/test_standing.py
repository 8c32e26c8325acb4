"""Owners, states, reminders and bans come in with the customers, by the rules of a step."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from import_making import ImportDesk, outcomes

from leadtui.domain.importing import Duplicates, ImportOptions
from leadtui.domain.lead import ActivityKind
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid
from leadtui.services.importing.cell_fates import Fate, Why
from leadtui.services.importing.running import import_files
from leadtui.services.importing.undoing import undo_import

Sample = Callable[[str], Path]


@pytest.fixture
def sales(tmp_path: Path) -> ImportDesk:
    return ImportDesk(tmp_path, "sales")


def standing(desk: ImportDesk, reference: str) -> tuple[str, str, datetime | None, bool]:
    """Status and owner by key and address, the next reminder, and whether calls are forbidden."""
    lead = desk.lead(reference)
    definitions = desk.session.definitions
    status, owner = definitions.status(lead.status_id), definitions.colleague(lead.owner_id)
    return (
        status.key if status else "",
        owner.email if owner else "",
        lead.next_at,
        lead.do_not_call,
    )


def test_owner_and_status_come_in(sales: ImportDesk, sample: Sample) -> None:
    me = sales.session.actor
    text = sample("cases/own.csv").read_text("utf-8").replace("root@localhost", me.email)
    assert outcomes(sales.take(text)) == (1, 0, 0, 0, 0)
    assert standing(sales, "+12015550123") == ("interested", me.email, None, False)
    assert sales.notes("+12015550123") == []
    named = text.replace(me.email, me.name).replace("0123", "0124").replace("interested", "INTERESTED")
    sales.take(named, "b.csv")
    assert standing(sales, "+12015550124")[:2] == ("interested", me.email)


def test_who_and_what_is_unknown_is_noted(sales: ImportDesk) -> None:
    report = sales.take("Name,Phone,Owner,Status\nA B,+12015550123,nobody@example.com,Sleeping")
    assert outcomes(report) == (1, 0, 0, 0, 0)
    assert standing(sales, "+12015550123") == ("", "", None, False)
    assert sales.notes("+12015550123") == ["Status: Sleeping\nOwner: nobody@example.com"]


def test_a_status_hands_the_customer_on_by_its_rule(sales: ImportDesk) -> None:
    me = sales.session.actor
    sales.take(f"Name,Phone,Owner,Status\nA,+12015550123,{me.email},Won\nB,+12015550124,,Interested")
    assert standing(sales, "+12015550123")[:2] == ("won", "")
    assert standing(sales, "+12015550124")[:2] == ("interested", me.email)


def test_a_reminder_comes_in_while_its_time_is_to_come(sales: ImportDesk) -> None:
    sales.take(
        """
        Name,Phone,Next follow-up,Last contacted,Stage
        A,+12015550123,2030-05-01 10:00,2024-01-02,
        B,+12015550124,2020-05-01,,
        C,+12015550125,2030-05-01,,Lost
        """
    )
    due = datetime(2030, 5, 1, 14, 0, tzinfo=UTC)
    assert standing(sales, "+12015550123")[2] == due
    assert sales.lead("+12015550123").contacted_at == datetime(2024, 1, 2, 5, 0, tzinfo=UTC)
    assert sales.rows("SELECT owner_id, state FROM reminder") == [(sales.session.actor.id, "pending")]
    assert sales.notes("+12015550124") == ["Reminder: 2020-05-01"]
    assert sales.notes("+12015550125") == ["Reminder: 2030-05-01"]


def test_opting_out_of_calls_is_honoured_always(sales: ImportDesk, sample: Sample) -> None:
    sales.clock.move(days=90)
    (report,) = import_files(sales.session, [sample("cases/sf6.csv")], ImportOptions(region="US"))
    assert outcomes(report) == (2, 0, 0, 0, 0)
    assert [sales.lead(f"+1201555017{end}").do_not_call for end in "01"] == [True, False]
    assert [sales.lead(f"+1201555017{end}").name for end in "01"] == ["Ali Reza", "Sara Lee"]
    assert [f"{sales.lead(f'+1201555017{end}').entered_at:%Y-%m-%d}" for end in "01"] == [
        "2024-03-05",
        "2024-11-12",
    ]
    assert ActivityKind.CALLS_FORBIDDEN in sales.kinds("+12015550170")
    again = "Phone,DNC\n(201) 555-0171,DNC"
    assert outcomes(sales.take(again, "b.csv", duplicates=Duplicates.KEEP)) == (0, 1, 0, 0, 0)
    assert sales.lead("+12015550171").do_not_call
    assert outcomes(sales.take(again, "b.csv", duplicates=Duplicates.KEEP)) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("title", "cell", "forbidden"),
    [
        ("Do Not Call", "yes", True),
        ("DNC", "Do Not Call", True),
        ("do_not_call", "TRUE", True),
        ("Aranmasın", "evet", True),
        ("Do Not Call", "no", False),
        ("Do Not Call", "", False),
        ("Email Opt Out", "1", False),
        ("Status", "DNC", True),
        ("Lead Status", "do not call", True),
        ("Status", "yes", False),
        ("Consent to call", "no", True),
        ("Consent to call", "yes", False),
        ("Consent to call", "", False),
        ("Allow calls", "0", True),
        ("May we call you about our offers?", "No", True),
        ("Do you agree to be called?", "declined", True),
        ("Do not allow calls", "no", False),
        ("Max calls allowed", "0", False),
        ("Consent to e-mail", "no", False),
    ],
)
def test_only_what_forbids_calls_forbids_them(
    sales: ImportDesk, title: str, cell: str, forbidden: bool
) -> None:
    sales.take(f"Name,Phone,{title}\nA,+12015550123,{cell}")
    assert sales.lead("+12015550123").do_not_call is forbidden


def test_a_no_to_calls_forbids_them_in_every_language(sales: ImportDesk) -> None:
    answers = {
        "اجازه تماس": "خیر",
        "السماح بالاتصال": "لا",
        "Arama izni": "hayır",
        "کال کی اجازت": "نہیں",
        "Accepte les appels": "non",
        "Acepta llamadas": "no",
        "Aceita ligações": "não",
        "Anrufe erlaubt": "nein",
        "Согласие на звонки": "нет",
        "允许来电": "否",
        "कॉल की अनुमति": "नहीं",
    }
    for number, (title, no) in enumerate(answers.items(), start=1):
        sales.take(f"Name,Phone,{title}\nA,+120155501{number:02},{no}", f"{number}.csv")
        assert sales.lead(f"+120155501{number:02}").do_not_call, title


def test_a_consent_is_kept_and_an_unclear_answer_is_counted(sales: ImportDesk) -> None:
    report = sales.take(
        """
        Name,Phone,Consent to call,Call consent given on
        A,+12015550123,yes,2024-03-05
        B,+12015550124,perhaps,2024-03-05
        C,+12015550125,no,
        """
    )
    assert [sales.lead(f"+1201555012{end}").do_not_call for end in "345"] == [False, False, True]
    assert "May be called: yes" in "\n".join(sales.notes("+12015550123"))
    assert "2024-03-05" in "\n".join(sales.notes("+12015550123"))
    (column,) = [each for each in report.columns if each.column == "Consent to call"]
    assert (column.target, dict(column.whys)) == ("may_call", {Why.BESIDE: 1, Why.VALUE: 1})


def test_who_has_an_owner_and_a_status_keeps_them(sales: ImportDesk) -> None:
    sales.take("Name,Phone,Status\nA,+12015550123,Interested")
    later = "Name,Phone,Status\nA,+12015550123,No answer"
    assert outcomes(sales.take(later, "b.csv", duplicates=Duplicates.OVERWRITE)) == (0, 0, 1, 0, 0)
    assert standing(sales, "+12015550123")[0] == "interested"


def test_taking_an_import_back_takes_all_of_it_back(sales: ImportDesk) -> None:
    sales.take("Name,Phone\nA,+12015550123")
    before = standing(sales, "+12015550123")
    kinds = sales.kinds("+12015550123")
    report = sales.take(
        """
        Name,Phone,Status,Next call,DNC
        A,+12015550123,Interested,2030-05-01,yes
        B,+12015550124,Interested,2030-05-01,yes
        """,
        "b.csv",
    )
    assert outcomes(report) == (1, 1, 0, 0, 0)
    assert standing(sales, "+12015550123")[0] == "interested"
    assert standing(sales, "+12015550123")[3]
    assert report.batch_id is not None
    undo_import(sales.session, report.batch_id)
    assert standing(sales, "+12015550123") == before
    assert sales.kinds("+12015550123") == kinds
    assert (sales.count("reminder"), sales.count("do_not_call")) == (0, 0)


def test_values_are_mapped_and_remembered(sales: ImportDesk) -> None:
    text = "Name,Phone,Lead Status\nA,+12015550123,Open"
    sales.take(text, values={"open": "Interested"})
    assert standing(sales, "+12015550123")[0] == "interested"
    sales.take(text.replace("0123", "0124"), "b.csv")
    assert standing(sales, "+12015550124")[0] == "interested"
    with pytest.raises(Invalid, match="There is no status, colleague, need or entry channel Sleeping"):
        sales.take(text, values={"open": "Sleeping"})


def test_a_whole_file_has_an_owner_and_a_channel(sales: ImportDesk) -> None:
    me = sales.session.actor
    sales.take("Name,Phone\nA,+12015550123", owner=me.name, channel="Fair 2026")
    lead = sales.lead("+12015550123")
    channel = sales.session.definitions.channel(lead.channel_first_id)
    assert (lead.owner_id, channel.title if channel else "") == (me.id, "Fair 2026")
    with pytest.raises(Invalid, match="Nobody of the workspace is Eve"):
        sales.take("Name,Phone\nA,+12015550123", owner="Eve")


def test_whoever_may_not_take_over_comes_to_nobody_by_a_file(sales: ImportDesk) -> None:
    sales.take("Name,Phone,Other phone\nA,+12015550123,+12015550199")
    me = sales.session.actor
    left = sorted(each.value for each in me.permissions - {Permission.SEE_NUMBERS, Permission.TAKE_OVER})
    with sales.session.store.write() as connection:
        connection.exec_driver_sql("UPDATE profile SET permissions = ?", (json.dumps(left),))
    sales.session.reload_definitions()
    report = sales.take(f"Name,Phone,Owner,Status\nA,+12015550123,{me.email},Interested", "b.csv")
    assert outcomes(report)[0] == 1, "a number that the person may not know of is one that nobody has"
    assert (standing(sales, "1")[:2], standing(sales, "2")[:2]) == (("", ""), ("interested", me.email))


def test_a_status_without_what_it_asks_for_is_taken_and_said(sales: ImportDesk) -> None:
    report = sales.take(
        "Name,Phone,Status\nA,+12015550123,Interested\nB,+12015550124,Demo booked\nC,+12015550125,Demo booked"
    )
    assert [standing(sales, f"+1201555012{n}")[0] for n in (3, 4, 5)] == [
        "interested",
        "demo_booked",
        "demo_booked",
    ]
    (column,) = (each for each in report.columns if each.column == "Status")
    assert column.whys == {Why.UNANSWERED: 2}
    assert column.count(Fate.TAKEN) == 3
