"""Whatever a file holds, its rows add up, nobody is two customers, and importing it again changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_making import copy_of, outcomes
from session_making import make_session

from leadtui.domain.importing import Duplicates, ImportOptions
from leadtui.language.phone import parse_phones
from leadtui.services.importing.report import ImportReport
from leadtui.services.importing.running import import_files
from leadtui.services.session import Session

TITLES = ("name", "phone", "email", "city", "date", "channel", "need", "note")

PHONES = (
    *("", "12", "09120000001", "+98 912 000 0001", "09120000002", "۰۹۱۲۰۰۰۰۰۰۲", "09120000003"),
    *("09120000001 / 09120000003", "09120000002، 09120000001", "09120000004 و 12", "021-88776655 ext 3"),
)

ROW = st.tuples(
    st.sampled_from(("", "Mina", "مینا", "[/b] \x1b[31m")),
    st.sampled_from(PHONES),
    st.sampled_from(("", "a@example.com", "A@Example.com", "b@example.com", "nobody")),
    st.sampled_from(("", "Karaj", "Qom")),
    st.sampled_from(("", "2024-09-01 10:00", "2024-09-02 10:00", "1403/06/20")),
    st.sampled_from(("", "فرم وب", "Trade fair")),
    st.sampled_from(("", "کارفرما", "something else")),
    st.sampled_from(("", "rang", "rang\nagain")),
)

Row = tuple[str, ...]
Contents = list[list[tuple[Any, ...]]]

RECORD = (
    "SELECT id, name, city, phone, email, need_id, entered_at, channel_first_id, channel_latest_id FROM lead"
)
NUMBERS = "SELECT lead_id, e164, position FROM lead_number ORDER BY e164"
TOLD = "SELECT lead_id, kind, at, detail, source_key FROM activity WHERE kind <> 'edited' ORDER BY id"
VERSIONS = "SELECT id, version FROM lead"
EDITS = "SELECT count(*) FROM activity WHERE kind = 'edited'"

LEAST = settings(
    max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nobody in it, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    make_session(folder, "hesin-haseb").close()
    return folder / "desk.db"


def write(folder: Path, name: str, rows: Sequence[Row], titles: Sequence[str] = TITLES) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([titles, *rows])
    return path


def contents(session: Session, *queries: str) -> Contents:
    with session.store.read() as connection:
        return [[tuple(row) for row in connection.exec_driver_sql(query)] for query in queries]


def run(session: Session, paths: Sequence[Path], **options: Any) -> tuple[ImportReport, ...]:
    mapping = {title: title for title in TITLES if title != "date"} | {"date": "entered_at"}
    return import_files(session, paths, ImportOptions(mapping=mapping, **options))


def test_a_row_told_under_the_key_of_another_is_told_the_same_again(empty_store: Path) -> None:
    """The second file makes the person who has the key of the row by which somebody of the first one comes in again."""
    entered, none = "2024-09-01 10:00", ("",) * 3
    earlier = [("", "12", "a@example.com", "", "2024-09-02 10:00", *none)]
    later = [
        ("", "09120000001", "", "", entered, "Trade fair", "", ""),
        ("Mina", "09120000001", "", "", "", *none),
        ("مینا", "09120000001", "a@example.com", "", entered, "Trade fair", "", ""),
        ("", "09120000001", "a@example.com", "", "", *none),
    ]
    with copy_of(empty_store) as (session, folder):
        paths = [write(folder, "a.csv", earlier), write(folder, "b.csv", later)]
        run(session, paths)
        before = contents(session, RECORD, NUMBERS, TOLD, VERSIONS, EDITS)
        run(session, paths)
        assert contents(session, RECORD, NUMBERS, TOLD, VERSIONS, EDITS) == before


@LEAST
@given(
    st.lists(ROW, min_size=1, max_size=9), st.lists(ROW, min_size=1, max_size=9), st.sampled_from(Duplicates)
)
def test_twice_is_once(
    empty_store: Path, first: list[Row], second: list[Row], duplicates: Duplicates
) -> None:
    with copy_of(empty_store) as (session, folder):
        filled = [[row for row in rows if any(row)] or [("Mina", *[""] * 7)] for rows in (first, second)]
        paths = [write(folder, name, rows) for name, rows in zip(("a.csv", "b.csv"), filled, strict=True)]
        tried = run(session, paths, duplicates=duplicates, dry_run=True)
        done = run(session, paths, duplicates=duplicates)
        assert [report.counts for report in tried] == [report.counts for report in done]
        assert [report.counts.read for report in done] == [len(rows) for rows in filled]
        assert all(sum(outcomes(report)) == report.counts.read for report in done)
        check_identities(session, [row for rows in filled for row in rows], done)
        before = contents(session, RECORD, NUMBERS, TOLD)
        still = contents(session, VERSIONS, EDITS)
        again = run(session, paths, duplicates=duplicates)
        assert sum(report.counts.new for report in again) == 0
        assert contents(session, RECORD, NUMBERS, TOLD) == before
        if duplicates is not Duplicates.OVERWRITE:  # there each file takes back what the other replaced
            assert sum(report.counts.updated for report in again) == 0
            assert contents(session, VERSIONS, EDITS) == still


def check_identities(session: Session, rows: Sequence[Row], done: Sequence[ImportReport]) -> None:
    leads, numbers = contents(session, RECORD, NUMBERS)
    assert len(leads) == sum(report.counts.new for report in done)
    owners = {e164: lead_id for lead_id, e164, _position in numbers}
    assert len(owners) == len(numbers)
    firsts = {lead_id: e164 for lead_id, e164, position in numbers if position == 0}
    assert {lead[0]: lead[3] for lead in leads if lead[3]} == firsts
    for row in rows:
        found = [phone.e164 in owners for phone in parse_phones(row[1], "IR")]
        assert all(found)
    versions = contents(session, VERSIONS)[0]
    entries = dict(contents(session, "SELECT lead_id, count(*) FROM activity GROUP BY lead_id")[0])
    assert all(entries[lead_id] >= version for lead_id, version in versions)


DATED = st.lists(
    st.tuples(
        st.sampled_from(("09120000001", "09120000002", "+989120000001")),
        st.integers(0, 500).map(lambda hours: f"2024-09-{1 + hours // 24:02} {hours % 24:02}:00"),
        st.sampled_from(("فرم وب", "معرف", "Trade fair")),
    ),
    min_size=1,
    max_size=10,
    unique_by=lambda row: row[1],
)


@LEAST
@given(DATED, st.randoms(use_true_random=False), st.sampled_from((Duplicates.FILL, Duplicates.OVERWRITE)))
def test_the_order_of_dated_rows_does_not_matter(
    empty_store: Path, rows: list[Row], chance: Any, duplicates: Duplicates
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    cut = chance.randrange(len(rows) + 1)
    known: list[Contents] = []
    for parts in ([rows], [shuffled[:cut], shuffled[cut:]]):
        with copy_of(empty_store) as (session, folder):
            paths = [
                write(folder, f"{number}.csv", part, ("phone", "date", "channel"))
                for number, part in enumerate(parts)
                if part
            ]
            import_files(session, paths, ImportOptions(duplicates=duplicates))
            known.append(
                contents(
                    session,
                    "SELECT phone, entered_at, first.title, latest.title FROM lead "
                    "JOIN channel AS first ON first.id = channel_first_id "
                    "JOIN channel AS latest ON latest.id = channel_latest_id ORDER BY phone",
                    "SELECT phone, at, json_extract(detail, '$.channel') FROM activity "
                    "JOIN lead ON lead.id = lead_id WHERE kind IN ('created', 'touched') ORDER BY phone, at",
                )
            )
    assert known[0] == known[1]
