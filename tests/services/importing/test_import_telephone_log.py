"""Call records of an exchange: who rang whom, when, and how it ended."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from leadtui.services.importing.sheet import Reading, open_sheet
from leadtui.services.importing.telephone_log import CallDirection, CallRecord, find_call_log

Write = Callable[..., Path]

USUAL = {
    "accountcode": "",
    "src": "09356015227",
    "dst": "02188776655",
    "dcontext": "from-trunk",
    "clid": '"09356015227" <09356015227>',
    "channel": "SIP/trunk-00000001",
    "dstchannel": "SIP/101-00000001",
    "lastapp": "Dial",
    "lastdata": "SIP/101,30",
    "start": "2024-09-20 09:20:00",
    "answer": "2024-09-20 09:20:10",
    "end": "2024-09-20 09:21:27",
    "duration": "87",
    "billsec": "77",
    "disposition": "ANSWERED",
    "amaflags": "DOCUMENTATION",
    "uniqueid": "1726824000.0",
    "userfield": "",
}


SAME: dict[str, str] = {}


def records(*changes: dict[str, str], titles: bool = False) -> str:
    text = io.StringIO(newline="")
    rows = [{**USUAL, **change} for change in changes]
    writer = csv.DictWriter(text, list(rows[0]), quoting=csv.QUOTE_ALL)
    if titles:
        writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def calls(path: Path) -> list[CallRecord]:
    sheet = open_sheet(path)
    log = find_call_log(sheet)
    assert log is not None
    return [log.call(row.cells, "IR") for row in sheet.rows]


def test_a_call_has_its_parties_and_its_moment(write: Write) -> None:
    assert calls(write(records({}))) == [
        CallRecord(
            direction=CallDirection.INCOMING,
            number="09356015227",
            own="101",
            name="",
            start="2024-09-20 09:20:00",
            answered=True,
            length="77",
            disposition="ANSWERED",
            unique_id="1726824000.0",
        )
    ]


@pytest.mark.parametrize(
    ("change", "direction", "number", "own"),
    [
        ({"src": "101", "dst": "09121234567", "dcontext": "from-internal"}, "outgoing", "09121234567", "101"),
        ({"src": "101", "dst": "102", "dcontext": "from-internal"}, "internal", "102", "101"),
        ({"src": "101", "dst": "*97", "dcontext": "from-internal"}, "internal", "*97", "101"),
        (
            {
                "src": "02188776655",
                "dst": "09121234567",
                "dcontext": "from-internal-xfer",
                "channel": "PJSIP/204-0001",
            },
            "outgoing",
            "09121234567",
            "204",
        ),
        ({"dcontext": "", "dst": "s", "dstchannel": ""}, "incoming", "09356015227", "s"),
        (
            {"dcontext": "ext-queues", "dst": "600", "dstchannel": "Local/105@from-queue"},
            "incoming",
            "09356015227",
            "105",
        ),
        ({"dcontext": "", "src": "101", "dst": "09121234567"}, "outgoing", "09121234567", "101"),
        ({"src": "101", "dst": "909121234567", "dcontext": "outbound"}, "outgoing", "09121234567", "101"),
        ({"src": "", "clid": '"Sara" <09121234567>'}, "incoming", "09121234567", "101"),
        ({"src": "anonymous", "clid": '"Anonymous" <anonymous>'}, "incoming", "", "101"),
    ],
)
def test_the_direction_follows_from_context_and_numbers(
    write: Write, change: dict[str, str], direction: str, number: str, own: str
) -> None:
    (call,) = calls(write(records(change)))
    assert (call.direction, call.number, call.own) == (direction, number, own)


def test_a_caller_may_have_a_name(write: Write) -> None:
    found = calls(
        write(records({"clid": '"سارا بهمني" <0912>'}, {"clid": "0912"}, {"clid": '"+98 912" <0912>'}))
    )
    assert [call.name for call in found] == ["سارا بهمني", "", ""]


def test_what_was_not_answered_took_no_time(write: Write) -> None:
    (call,) = calls(write(records({"disposition": "NO ANSWER", "billsec": "0", "answer": ""})))
    assert (call.answered, call.length, call.disposition) == (False, "0", "NO ANSWER")


def test_a_log_with_titles_in_any_order_is_the_same(write: Write) -> None:
    plain = calls(write(records({}, {"src": "101", "dst": "09121234567", "dcontext": "from-internal"})))
    titled = records({}, {"src": "101", "dst": "09121234567", "dcontext": "from-internal"}, titles=True)
    renamed = titled.replace('"start"', '"calldate"', 1)
    for text in (titled, renamed):
        with_titles = calls(write(text))
        assert [(call.direction, call.number, call.start) for call in with_titles] == [
            (call.direction, call.number, call.start) for call in plain
        ]


def test_the_optional_columns_may_be_missing(write: Write) -> None:
    lines = list(csv.reader(io.StringIO(records(*[SAME] * 5))))
    text = "\n".join(
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line[:16]) for line in lines
    )
    found = calls(write(text))
    assert len(found) == 5
    assert {call.unique_id for call in found} == {""}


def test_other_tables_are_no_logs(write: Write) -> None:
    wide = "\n".join(",".join(f"{row}-{column}" for column in range(17)) for row in range(5))
    assert find_call_log(open_sheet(write(wide), Reading(header=False))) is None
    assert find_call_log(open_sheet(write("src,dst,start\n1,2,3\n"))) is None
    assert find_call_log(open_sheet(write(",".join(USUAL) + "\n"), Reading(header=False))) is None
