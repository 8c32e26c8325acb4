"""What is exported exactly and imported into an empty store is the same there: every field, and where each customer stands."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from session_making import MovingClock, hire, make_session

from leadtui.domain.do_not_call import Ban
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead import ActivityDetail, ActivityKind, LeadNumber
from leadtui.domain.reminder import ReminderKind
from leadtui.domain.status import CartableRule
from leadtui.domain.view import View
from leadtui.language.text import clean, clean_multiline
from leadtui.services import defining
from leadtui.services.exporting import ExportOptions, export_file
from leadtui.services.importing.running import import_files
from leadtui.services.session import Session
from leadtui.store import activities, do_not_call, reminders
from leadtui.store.lead_writing import NewLead, insert_leads

EXACT = ExportOptions(exact=True)
NOW = MovingClock().now
MICROSECONDS = timedelta(microseconds=1)

LETTERS = st.one_of(
    st.characters(codec="utf-8", exclude_categories=["Cs"]),
    st.sampled_from("=+-@\t\r\n,;\"'\\|/۰۱۲٣‌مینا 9يك"),
)
WORDS = st.text(LETTERS, max_size=20).map(lambda text: clean(f"{text}ن") if text else "")
"""With a letter at least: a lone 0 or dash in a sheet means nothing to an import."""
NOTES = st.text(LETTERS, max_size=40).map(lambda text: clean_multiline(f"{text}ن"))

NUMBERS = st.lists(
    st.tuples(st.integers(9120000000, 9129999999).map("+98{}".format), st.sampled_from(("", "12"))),
    max_size=3,
    unique_by=lambda number: number[0],
)


def moments(first: datetime, last: datetime) -> st.SearchStrategy[datetime]:
    """Moments to the microsecond, aware UTC."""
    return st.integers(0, (last - first) // MICROSECONDS).map(lambda each: first + each * MICROSECONDS)


PAST = moments(datetime(2001, 1, 1, tzinfo=UTC), NOW)
COMING = moments(NOW + timedelta(minutes=1), NOW + timedelta(days=3000))
OPTIONS = ("Gold, plated", "Silver", "مس")
ANSWERS: dict[FieldKind, st.SearchStrategy[Any]] = {
    FieldKind.TEXT: WORDS.filter(bool),
    FieldKind.LONG_TEXT: NOTES,
    FieldKind.NUMBER: st.decimals(-(10**9), 10**9, places=3).map("{:f}".format),
    FieldKind.MONEY: st.integers(1, 10**12).map(str),
    FieldKind.DATE: st.dates(date(1901, 1, 1), date(2040, 1, 1)).map(date.isoformat),
    FieldKind.TIME: st.times().map(lambda each: each.isoformat("minutes")),
    FieldKind.WEEKDAY: st.integers(0, 6),
    FieldKind.CHOICE: st.sampled_from(OPTIONS),
    FieldKind.CHOICES: st.sets(st.sampled_from(OPTIONS), min_size=1).map(
        lambda chosen: [each for each in OPTIONS if each in chosen]
    ),
    FieldKind.YES_NO: st.booleans(),
    FieldKind.PHONE: st.integers(9120000000, 9129999999).map("+98{}".format),
    FieldKind.EMAIL: st.integers(0, 99).map("other{}@example.com".format),
    FieldKind.LINK: st.integers(0, 99).map("https://example.com/{}".format),
    FieldKind.PERSON: st.just(1),
}

CUSTOMER: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "words": st.fixed_dictionaries(dict.fromkeys(("name", "city", "grade", "major", "referrer"), WORDS)),
        "numbers": NUMBERS,
        "entered_at": PAST,
        "contacted_at": st.one_of(st.none(), PAST),
        "next_at": st.one_of(st.none(), COMING),
        "channel": st.integers(0, 2),
        "need": st.one_of(st.none(), st.integers(0, 2)),
        "status": st.one_of(st.none(), st.integers(0, 100)),
        "owner": st.integers(0, 1),
        "forbidden": st.booleans(),
        "notes": st.lists(NOTES, max_size=3),
        "answers": st.fixed_dictionaries(
            {kind: st.one_of(st.none(), values) for kind, values in ANSWERS.items()}
        ),
    }
)

KEPT = (
    "SELECT name, city, grade, major, referrer, email, entered_at, contacted_at, next_at, custom, "
    "(SELECT key FROM channel WHERE channel.id = channel_latest_id) AS channel, "
    "(SELECT key FROM need WHERE need.id = need_id) AS need, "
    "(SELECT key FROM status WHERE status.id = status_id) AS status, "
    "(SELECT user.email FROM user WHERE user.id = owner_id) AS owner, "
    "(SELECT group_concat(e164 || ' ' || extension || EXISTS (SELECT 1 FROM do_not_call WHERE "
    "do_not_call.e164 = n.e164)) FROM (SELECT * FROM lead_number WHERE lead_id = lead.id ORDER BY position) AS n) AS numbers, "
    "(SELECT group_concat(due || state) FROM reminder WHERE reminder.lead_id = lead.id) AS reminders "
    "FROM lead ORDER BY email"
)


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    session = make_session(folder, "hesin-haseb")
    hire(session, "Sara", "sara@example.com", MovingClock()).close()
    for kind in ANSWERS:
        options = OPTIONS if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ()
        defining.save_field(session, Field(0, "", f"Own {kind.value}", kind, options))
    session.close()
    return folder / "desk.db"


def opened(folder: Path, store: Path) -> Session:
    folder.mkdir()
    shutil.copy(store, folder / "desk.db")
    return Session.open(folder / "desk.db", "neda@example.com", MovingClock())


def write(session: Session, customers: list[dict[str, Any]]) -> None:
    """Customers with all that a table can say of them, as the desk would have left them."""
    own = {each.kind: each.key for each in session.definitions.fields if each.title.startswith("Own ")}
    people = [each.id for each in session.definitions.colleagues]
    statuses = [each for each in session.definitions.open_statuses if each.cartable is CartableRule.STAY]
    taken = set[str]()
    with session.write() as tx:
        for place, each in enumerate(customers):
            numbers = [LeadNumber(e164, e164, ext) for e164, ext in each["numbers"] if e164 not in taken]
            taken |= {number.e164 for number in numbers}
            status = None if each["status"] is None else statuses[int(each["status"]) % len(statuses)]
            next_at = None if status is not None and status.final else each["next_at"]
            new = NewLead(
                {
                    **each["words"],
                    "email": f"c{place:02}@example.com",
                    "entered_at": each["entered_at"],
                    "contacted_at": each["contacted_at"],
                    "next_at": next_at,
                    "channel_first_id": session.definitions.channels[int(each["channel"])].id,
                    "need_id": None
                    if each["need"] is None
                    else session.definitions.needs[int(each["need"])].id,
                    "status_id": status.id if status else None,
                    "owner_id": people[int(each["owner"])],
                    "custom": {
                        own[kind]: value for kind, value in each["answers"].items() if value is not None
                    },
                },
                numbers=tuple(numbers),
            )
            (lead_id,) = insert_leads(tx, [new], NOW, session.actor.id)
            for note in each["notes"]:
                detail = ActivityDetail(text=note)
                activities.add(tx, lead_id, ActivityKind.NOTE, NOW, session.actor.id, detail)
            if each["forbidden"]:
                do_not_call.add(tx, [Ban(NOW, session.actor.id, "asked", number.e164) for number in numbers])
            if next_at is not None:
                reminders.add(
                    tx,
                    lead_id=lead_id,
                    owner_id=people[int(each["owner"])],
                    due=next_at,
                    zone=session.workspace.zone,
                    kind=ReminderKind.REMINDER,
                    note="",
                    created_at=NOW,
                    created_by=session.actor.id,
                )


def kept(session: Session) -> list[dict[str, Any]]:
    with session.store.read() as connection:
        rows = [dict(row) for row in connection.exec_driver_sql(KEPT).mappings()]
    return [{**row, "custom": json.loads(row["custom"])} for row in rows]


def noted(session: Session) -> dict[str, str]:
    with session.read() as tx:
        rows = tx.connection.exec_driver_sql("SELECT email, id FROM lead").all()
        ids: dict[str, int] = {row[0]: row[1] for row in rows}
        found = activities.notes(tx, list(ids.values()))
    return {
        email: "\n".join(each.detail.text for each in found.get(lead_id, ()))
        for email, lead_id in ids.items()
    }


@settings(
    max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@given(customers=st.lists(CUSTOMER, min_size=1, max_size=4))
def test_exported_exactly_and_imported_again_they_are_the_same(
    empty_store: Path, ending: str, customers: list[dict[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        first, second = opened(Path(name) / "a", empty_store), opened(Path(name) / "b", empty_store)
        write(first, customers)
        file = Path(name) / f"exact.{ending}"
        assert export_file(first, View(), file, EXACT) == len(customers)
        (report,) = import_files(second, [file])
        assert report.counts.new == len(customers)
        assert not report.unused
        assert kept(second) == kept(first)
        assert noted(second) == noted(first)
        first.close()
        second.close()


CARD = (
    "SELECT name, city, email, (SELECT group_concat(e164 || ' ' || extension || EXISTS (SELECT 1 FROM do_not_call "
    "WHERE do_not_call.e164 = n.e164)) FROM (SELECT * FROM lead_number WHERE lead_id = lead.id ORDER BY position) AS n) "
    "AS numbers FROM lead ORDER BY email"
)


@settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(customers=st.lists(CUSTOMER, min_size=1, max_size=4))
def test_visiting_cards_are_read_back_whole(empty_store: Path, customers: list[dict[str, Any]]) -> None:
    named = [
        {**each, "words": {**each["words"], "name": clean(f"Mina {each['words']['name']} {place}")}}
        for place, each in enumerate(customers)
    ]
    with tempfile.TemporaryDirectory() as name:
        first, second = opened(Path(name) / "a", empty_store), opened(Path(name) / "b", empty_store)
        write(first, named)
        file = Path(name) / "cards.vcf"
        export_file(first, View(), file)
        (report,) = import_files(second, [file])
        assert report.counts.new == len(named)
        with first.store.read() as one, second.store.read() as other:
            assert one.exec_driver_sql(CARD).all() == other.exec_driver_sql(CARD).all()
        written = noted(second)
        assert all(note in written[email] for email, note in noted(first).items())
        first.close()
        second.close()
