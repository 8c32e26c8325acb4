"""Telephone logs: who rang is a customer, who was rung may be one already."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from import_making import ImportDesk, outcomes

from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import ActivityKind
from leadtui.errors import Invalid
from leadtui.services.importing.running import import_files

OWN_LINE = "02188776655"


def record(source: str, destination: str, at: str, talked: int, unique_id: str, context: str) -> str:
    answered = f"2024-09-{at}:10" if talked else ""
    ended = "ANSWERED" if talked else "NO ANSWER"
    return (
        f'"","{source}","{destination}","{context}","""{source}"" <{source}>","SIP/trunk-1","SIP/101-1","Dial",'
        f'"SIP/101,30","2024-09-{at}:00","{answered}","2024-09-{at}:59","{talked + 10}","{talked}","{ended}",'
        f'"DOCUMENTATION","{unique_id}",""'
    )


def rang_us(number: str, at: str, talked: int, unique_id: str) -> str:
    """Somebody rang at "20 09:41" and talked so many seconds, 0 for not at all."""
    return record(number, OWN_LINE, at, talked, unique_id, "from-trunk")


def we_rang(number: str, at: str, talked: int, unique_id: str) -> str:
    return record("101", number, at, talked, unique_id, "from-internal")


def test_who_rings_is_a_customer(office: ImportDesk) -> None:
    report = office.take(
        "\n".join(
            [
                rang_us("09121112233", "20 09:41", 0, "1.1"),
                rang_us("09121112233", "20 10:41", 75, "1.2"),
                rang_us("09121112233", "20 11:41", 0, "1.3"),
            ]
        )
    )
    assert outcomes(report) == (1, 2, 0, 0, 0)
    lead = office.lead("09121112233")
    assert (lead.name, office.channel(lead.channel_first_id)) == ("", "phone_call")
    assert lead.entered_at == datetime(2024, 9, 20, 6, 11, tzinfo=UTC)
    assert lead.contacted_at == datetime(2024, 9, 20, 7, 11, tzinfo=UTC)
    created, *calls = office.timeline("09121112233")
    assert created.kind is ActivityKind.CREATED
    assert [(call.kind, call.detail.answered, call.detail.seconds) for call in calls] == [
        (ActivityKind.CALL_IN, False, 0),
        (ActivityKind.CALL_IN, True, 75),
        (ActivityKind.CALL_IN, False, 0),
    ]
    assert {call.actor_id for call in calls} == {None}
    assert calls[1].at == lead.contacted_at


def test_a_customer_who_rings_is_touched(office: ImportDesk) -> None:
    office.take("name,phone,channel,date\nMina,09121112233,فرم وب,2024-09-01 10:00")
    report = office.take(rang_us("09121112233", "20 09:41", 0, "1.1"), "calls.csv")
    assert outcomes(report) == (0, 1, 0, 0, 0)
    lead = office.lead("09121112233")
    assert (lead.name, lead.contacted_at) == ("Mina", None)
    assert office.channel(lead.channel_first_id) == "web_form"
    assert office.channel(lead.channel_latest_id) == "phone_call"
    assert office.kinds("09121112233") == [ActivityKind.CREATED, ActivityKind.CALL_IN]


def test_who_is_rung_is_no_new_customer(office: ImportDesk) -> None:
    report = office.take(
        "\n".join(
            [we_rang("09350001122", "20 09:00", 40, "1.0"), rang_us("09121112233", "20 09:41", 0, "1.1")]
        )
    )
    assert outcomes(report) == (1, 0, 0, 0, 1)
    assert [(each.reason.value, each.count) for each in report.reasons] == [("unknown-number", 1)]
    assert office.rows("SELECT line, reason FROM import_row WHERE outcome = 'skipped'") == [
        (1, "an outgoing call to a number that no customer has")
    ]


def test_a_call_out_belongs_to_whom_a_later_row_makes_a_customer(office: ImportDesk) -> None:
    report = office.take(
        "\n".join(
            [we_rang("09121112233", "20 09:00", 40, "1.0"), rang_us("09121112233", "20 09:41", 0, "1.1")]
        )
    )
    assert outcomes(report) == (1, 1, 0, 0, 0)
    call, *_rest = office.timeline("09121112233")
    assert (call.kind, call.detail.seconds, call.detail.answered, call.actor_id) == (
        ActivityKind.CALL_OUT,
        40,
        True,
        None,
    )
    assert office.lead("09121112233").contacted_at == datetime(2024, 9, 20, 5, 30, tzinfo=UTC)
    assert office.rows("SELECT line, outcome FROM import_row ORDER BY line") == [(1, "updated"), (2, "new")]


def test_a_call_out_belongs_to_a_customer_of_another_file(office: ImportDesk) -> None:
    calls = office.file(we_rang("09121112233", "20 09:00", 40, "1.0"), "calls.csv")
    table = office.file("name,phone\nMina,09121112233")
    reports = import_files(office.session, [calls, table])
    assert [outcomes(report) for report in reports] == [(0, 1, 0, 0, 0), (1, 0, 0, 0, 0)]
    assert ActivityKind.CALL_OUT in office.kinds("09121112233")


def test_a_call_out_that_was_skipped_is_told_when_the_customer_is_known(office: ImportDesk) -> None:
    log = we_rang("09121112233", "20 09:00", 40, "1.0")
    assert outcomes(office.take(log, "calls.csv")) == (0, 0, 0, 0, 1)
    office.take("name,phone\nMina,09121112233")
    assert outcomes(office.take(log, "calls.csv")) == (0, 1, 0, 0, 0)
    assert outcomes(office.take(log, "calls.csv")) == (0, 0, 1, 0, 0)


def test_an_earlier_call_does_not_take_the_contact_back(office: ImportDesk) -> None:
    office.take(rang_us("09121112233", "20 09:41", 30, "1.1"), "b.csv")
    office.take(we_rang("09121112233", "19 09:41", 30, "1.0"), "a.csv")
    assert office.lead("09121112233").contacted_at == datetime(2024, 9, 20, 6, 11, tzinfo=UTC)


def test_calls_are_told_once(office: ImportDesk) -> None:
    log = "\n".join(
        [rang_us("09121112233", "20 09:41", 30, "1.1"), we_rang("09121112233", "20 10:00", 0, "1.2")]
    )
    office.take(log, "calls.csv")
    version = office.lead("09121112233").version
    assert outcomes(office.take(log, "calls.csv")) == (0, 0, 2, 0, 0)
    assert (office.count("activity"), office.lead("09121112233").version) == (3, version)


def test_calls_that_reach_nobody_outside(office: ImportDesk) -> None:
    report = office.take(
        "\n".join(
            [
                record("101", "102", "20 09:00", 20, "1.0", "from-internal"),
                rang_us("anonymous", "20 09:01", 0, "1.1"),
                rang_us("09121112233", "20 09:02", 0, "1.2"),
                rang_us("8877665", "20 09:03", 0, "1.3"),
            ]
        ),
        rejects=office.folder / "rejects.csv",
    )
    assert outcomes(report) == (1, 0, 0, 1, 2)
    assert {each.reason.value for each in report.reasons} == {
        "internal-call",
        "withheld-number",
        "unusable-contact",
    }
    kept = (office.folder / "rejects.csv").read_text("utf-8-sig").splitlines()
    assert kept[1].startswith("table.csv,4,“8877665” can be neither rung nor written to,,8877665,")


def test_the_columns_of_a_log_cannot_be_mapped(office: ImportDesk) -> None:
    calls = office.file(rang_us("09121112233", "20 09:41", 0, "1.1"))
    with pytest.raises(Invalid, match="they cannot be mapped"):
        import_files(office.session, [calls], ImportOptions(mapping={"2": "phone"}))


def test_the_clock_is_that_of_the_exchange(office: ImportDesk) -> None:
    """Whatever zone the desk's own is; a record may name its own."""
    rows = [rang_us(f"0912111223{n}", "20 09:20", 9, f"1.{n}") for n in range(3)]
    rows[1] = rows[1].replace("2024-09-20 09:20:00", "2024/09/20 09:20:00")
    rows[2] = rows[2].replace("2024-09-20 09:20:00", "2024-09-20T09:20:00Z")
    office.take("\n".join(rows))
    came = [f"{office.lead(f'0912111223{n}').entered_at:%H:%M}" for n in range(3)]
    assert came == ["05:50", "05:50", "09:20"]


def test_what_a_record_says_unclearly_is_counted_and_kept(office: ImportDesk) -> None:
    rows = [rang_us(f"091211122{n}", "20 09:41", 9, "") for n in range(30, 50)]
    rows += [rows[0].replace("2024-09-20 09:41:00", each) for each in ("soon", "later")]
    rows += [we_rang("09121112231", "20 10:41", 7, "").replace('"17","7"', '"17","a while"')]
    report = office.take("\n".join(rows))
    assert outcomes(report) == (20, 3, 0, 0, 0)
    told = report.to_json()
    assert (told["unread_dates"], told["unread_numbers"]) == (2, 1)
    assert sorted(office.notes("09121112230")) == [
        "Date, not understood: later",
        "Date, not understood: soon",
    ]
    assert office.notes("09121112231") == ["Length of the call, not understood: a while"]
    assert outcomes(office.take("\n".join(rows))) == (0, 0, 23, 0, 0)


def test_what_a_person_says_of_all_rows_holds_for_calls(office: ImportDesk) -> None:
    office.take(
        rang_us("88776655", "20 09:41", 9, "1.1"),
        area_code="021",
        owner="neda@example.com",
        channel="Hotline",
    )
    lead = office.lead("02188776655")
    assert office.channel(lead.channel_first_id) == "hotline"
    assert lead.owner_id == office.session.actor.id


def test_what_a_log_does_not_have_is_refused(office: ImportDesk) -> None:
    calls = office.file(rang_us("09121112233", "20 09:41", 0, "1.1"))
    with pytest.raises(Invalid, match="leave --map-value out"):
        import_files(office.session, [calls], ImportOptions(values={"Web": "Import"}))


def test_a_short_row_costs_itself_alone(office: ImportDesk) -> None:
    rows = [rang_us(f"0912111223{n}", "20 09:41", 9, f"1.{n}") for n in range(9)]
    rows[4] = '"","09121112299"'
    report = office.take("\n".join(rows))
    assert outcomes(report) == (8, 0, 0, 1, 0)
    assert [each.reason.value for each in report.reasons] == ["damaged"]
