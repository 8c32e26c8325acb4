"""An import that is taken back leaves what was there before, but for whom somebody has worked on since."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_making import ImportDesk, copy_of
from session_making import hire, make_session, status_of

from leadtui.domain.draft import FormDraft
from leadtui.domain.importing import Duplicates, ImportOptions
from leadtui.errors import NotFound, Refused
from leadtui.services import drafts, editing, erasing, follow_up, leads, reminders
from leadtui.services.editing import EditLead
from leadtui.services.importing import undoing
from leadtui.services.importing.running import import_files, list_imports
from leadtui.services.importing.undoing import Because, UndoReport, undo_import
from leadtui.services.repairing import Fault, repair
from leadtui.services.session import Session

TITLES = ("name", "phone", "email", "city", "date", "channel", "need", "note", "Shoe size")

PHONES = (
    *("", "12", "09120000001", "+98 912 000 0001", "09120000002", "09120000003", "09120000001 / 09120000003"),
    *("09120000002، 09120000001", "09120000004 و 12"),
)

ROW = st.tuples(
    st.sampled_from(("", "Mina", "مینا")),
    st.sampled_from(PHONES),
    st.sampled_from(("", "a@example.com", "b@example.com")),
    st.sampled_from(("", "Karaj", "Qom")),
    st.sampled_from(("", "2024-09-01 10:00", "2024-09-02 10:00", "1403/06/20")),
    st.sampled_from(("", "فرم وب", "Trade fair")),
    st.sampled_from(("", "کارفرما", "something else")),
    st.sampled_from(("", "rang", "rang\nagain")),
    st.sampled_from(("", "41", "42")),
)

Row = tuple[str, ...]

# All that a person can see or that is looked for; versions grow, ids of rows that were deleted never come again.
SEEN = (
    "SELECT id, name, name_sort, city, city_sort, phone, email, grade, major, referrer, entered_at, channel_first_id,"
    " channel_latest_id, need_id, status_id, owner_id, contacted_at, custom, search_key, created_at FROM lead ORDER BY id",
    "SELECT lead_id, e164, written, extension, position FROM lead_number ORDER BY e164",
    "SELECT lead_id, kind, actor_id, at, detail, source_key FROM activity ORDER BY id",
    "SELECT id, key, title, position FROM channel ORDER BY id",
    "SELECT rowid, search_key FROM lead_search ORDER BY rowid",
)


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nobody in it and a field of its own, to be copied."""
    from leadtui.domain.field import Field
    from leadtui.services.defining import save_field

    folder = tmp_path_factory.mktemp("empty")
    session = make_session(folder, "hesin-haseb")
    save_field(session, Field(0, "", "Shoe size"))
    session.close()
    return folder / "desk.db"


def seen(session: Session) -> list[list[tuple[Any, ...]]]:
    with session.store.read() as connection:
        return [[tuple(row) for row in connection.exec_driver_sql(query)] for query in SEEN]


def anew(contents: list[list[tuple[Any, ...]]]) -> list[list[tuple[Any, ...]]]:
    """The contents with ids told by their order: those of customers who are gone are never given again."""
    leads = {row[0]: place for place, row in enumerate(contents[0])}
    channels = {row[0]: place for place, row in enumerate(contents[3])}
    return [
        [(leads[row[0]], *row[1:11], channels[row[11]], channels[row[12]], *row[13:]) for row in contents[0]],
        [(leads[row[0]], *row[1:]) for row in contents[1]],
        [(leads[row[0]], *row[1:]) for row in contents[2]],
        [row[1:] for row in contents[3]],
        [(leads[row[0]], *row[1:]) for row in contents[4]],
    ]


def take(session: Session, folder: Path, rows: list[Row], duplicates: Duplicates) -> None:
    path = folder / "table.csv"
    filled = [row for row in rows if any(row)] or [("Mina", *[""] * 8)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([TITLES, *filled])
    mapping = {title: title for title in TITLES if title != "date"} | {"date": "entered_at"}
    import_files(session, [path], ImportOptions(mapping=mapping, duplicates=duplicates))


ROWS = st.lists(ROW, min_size=1, max_size=9)


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ROWS, min_size=2, max_size=3), st.sampled_from(Duplicates))
def test_taken_back_in_reverse_order_each_leaves_what_was_before(
    empty_store: Path, files: list[list[Row]], duplicates: Duplicates
) -> None:
    with copy_of(empty_store) as (session, folder):
        states: list[list[list[tuple[Any, ...]]]] = [seen(session)]
        for rows in files:
            take(session, folder, rows, duplicates)
            states.append(seen(session))
        for batch in range(len(files), 0, -1):
            tried = undo_import(session, batch, dry_run=True)
            report = undo_import(session, batch)
            assert (report.removed, report.restored, report.stayed) == (tried.removed, tried.restored, [])
            assert seen(session) == states[batch - 1]
            with session.store.write() as connection:
                assert session.store.backend.search_agrees(connection)
            assert undo_import(session, batch).already
        take(session, folder, files[0], duplicates)
        assert anew(seen(session)) == anew(states[1])


@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ROWS, ROWS, st.sampled_from(Duplicates))
def test_an_earlier_import_waits_for_the_later_one(
    empty_store: Path, first: list[Row], second: list[Row], duplicates: Duplicates
) -> None:
    """Whoever the later one changed stays; once that was taken back the rest goes, and nobody is left."""
    with copy_of(empty_store) as (session, folder):
        before = seen(session)
        take(session, folder, first, duplicates)
        take(session, folder, second, duplicates)
        early = undo_import(session, 1)
        assert {each.because for each in early.stayed} <= {Because.IMPORTED_AGAIN}
        assert {each.batch_id for each in early.stayed} <= {2}
        assert early.whole == (not early.stayed)
        late = undo_import(session, 2)
        rest = undo_import(session, 1)
        assert rest.already == early.whole
        assert not late.stayed
        assert not rest.stayed
        assert seen(session)[:3] == before[:3]
        assert all(each.undone_at for each in list_imports(session))


FIRST = """
name,phone,city
Mina,09120000001,
Sara,09120000002,Karaj
Reza,09120000003,Qom
"""

SECOND = """
name,phone,city,email
Mina,09120000001,Tehran,mina@example.com
Sara,09120000002,Tehran,sara@example.com
Omid,09120000009,Shiraz,omid@example.com
"""


def set_status(session: Session, lead_id: int) -> None:
    lead = leads.open_lead(session, lead_id).lead
    status = status_of(session, "awaiting_follow_up")
    tomorrow = session.now() + timedelta(days=1)
    follow_up.set_status(session, follow_up.SetStatus(lead_id, lead.version, status.id, remind_at=tomorrow))


WORK: dict[str, Callable[[Session, int], object]] = {
    "a follow-up": set_status,
    "a note": lambda session, lead_id: leads.add_note(session, lead_id, "Likes tea"),
    "a call": lambda session, lead_id: leads.log_call(session, lead_id, "+989120000009", session.now(), 3),
    "a reminder": lambda session, lead_id: reminders.set_reminder(
        session, lead_id, session.now() + timedelta(days=1)
    ),
    "a draft": lambda session, lead_id: drafts.save_draft(
        session, FormDraft("note", lead_id, {"text": "half a tho"})
    ),
}


@pytest.mark.parametrize("work", WORK)
def test_whom_a_person_has_worked_on_since_stays_and_is_listed(office: ImportDesk, work: str) -> None:
    office.take(FIRST)
    office.take(SECOND, "second.csv")
    sara = hire(office.session, "Sara Amini", "sara@example.com", office.clock)
    office.clock.move(hours=1)
    omid, mina = office.lead("09120000009"), office.lead("09120000001")
    WORK[work](sara, omid.id)
    if work != "a draft":
        WORK[work](sara, mina.id)
    office.session.reload_definitions()
    report = undo_import(office.session, 2)
    expected = Because.UNFINISHED if work == "a draft" else Because.WORKED_ON
    stayed = {each.lead_id: each for each in report.stayed}
    assert {each.because for each in report.stayed} == {expected}
    assert set(stayed) == ({omid.id} if work == "a draft" else {omid.id, mina.id})
    assert stayed[omid.id].name == "Omid"
    if work != "a draft":
        assert (stayed[omid.id].actor_id, stayed[omid.id].at) == (sara.actor.id, office.clock.now)
        assert office.lead("09120000001").email == "mina@example.com"
    assert office.lead("09120000002").email == ""
    assert office.lead("09120000009").email == "omid@example.com"
    assert report.whole
    assert undo_import(office.session, 2).already
    sara.close()


def test_the_step_before_an_import_is_as_it_was_left(office: ImportDesk) -> None:
    """What a person did before the import can still be taken back by them: the lead is at the version they know."""
    office.take(FIRST)
    lead = office.lead("09120000001")
    set_status(office.session, lead.id)
    office.take(SECOND, "second.csv")
    undo_import(office.session, 2)
    after = office.lead("09120000001")
    assert after.status_id is not None
    assert [tuple(row) for row in office.rows("SELECT version_after FROM step")] == [(after.version,)]


def test_no_later_customer_takes_the_place_of_one_who_is_gone(office: ImportDesk) -> None:
    """Somebody may still have the dialog of the one who is gone open: it must not save into another's record."""
    office.take(FIRST)
    office.take(SECOND, "second.csv")
    gone = office.lead("09120000009").id
    undo_import(office.session, 2)
    with pytest.raises(NotFound):
        leads.add_note(office.session, gone, "too late")
    office.take("name,phone\nEve,09120000010")
    assert office.lead("09120000010").id == gone + 1


def test_channels_that_it_made_go_where_nobody_has_them(office: ImportDesk) -> None:
    office.take("name,phone,channel\nMina,09120000001,Fair in Yazd\nSara,09120000002,Fair in Qom")
    leads.add_note(office.session, office.lead("09120000001").id, "Wants a call")
    report = undo_import(office.session, 1)
    assert (report.removed, len(report.stayed), report.channels_removed) == (1, 1, 1)
    titles = {each.title for each in office.session.definitions.channels}
    assert "Fair in Yazd" in titles
    assert "Fair in Qom" not in titles


def test_an_import_of_an_older_leadtui_gives_back_only_what_is_known(office: ImportDesk) -> None:
    office.take(FIRST)
    office.take(SECOND, "second.csv")
    with office.session.store.write() as connection:
        for row_id, before in connection.exec_driver_sql(
            "SELECT id, before FROM import_row WHERE before IS NOT NULL"
        ).all():
            old = {
                name: was for name, was in json.loads(before).items() if name not in ("version", "activities")
            }
            connection.exec_driver_sql(
                "UPDATE import_row SET before = ? WHERE id = ?", (json.dumps(old) if old else None, row_id)
            )
    report = undo_import(office.session, 2)
    assert (report.removed, report.restored) == (1, 0)
    assert {each.because for each in report.stayed} == {Because.TOO_OLD}


def test_who_may_not_is_refused_and_what_is_not_there_is_said(office: ImportDesk) -> None:
    office.take(FIRST)
    agent = hire(office.session, "Sara Amini", "sara@example.com", office.clock)
    before = office.contents()
    with pytest.raises(Refused, match="imports:undo"):
        undo_import(agent, 1)
    with pytest.raises(NotFound, match="There is no import 7"):
        undo_import(office.session, 7)
    report: UndoReport = undo_import(office.session, 1, dry_run=True)
    assert (report.removed, report.batch.undone_at) == (3, None)
    assert office.contents() == before
    agent.close()


SIGNS = "ⵢⵅ".encode()
"""What the index keeps of names with the word ⵣⵢⵅ: of two words that begin alike it writes the rest alone."""


def in_the_index(office: ImportDesk) -> bool:
    """Whether the search index still holds something of somebody with SIGNS in the name, in whatever form."""
    return any(SIGNS in block for (block,) in office.rows("SELECT block FROM lead_search_data"))


def file_of(count: int, word: str, first: int = 0) -> str:
    rows = (f"{word} {number},0912{first + number:07}" for number in range(count))
    return "\n".join(("name,phone", *rows))


@pytest.mark.parametrize(("few", "others"), [(0, 0), (0, 40), (500, 40)])
def test_the_search_index_keeps_nothing_of_who_is_gone(
    office: ImportDesk, monkeypatch: pytest.MonkeyPatch, few: int, others: int
) -> None:
    monkeypatch.setattr(undoing, "FEW_ROWS", few)
    monkeypatch.setattr(undoing, "CHUNK_ROWS", 100)
    if others:
        office.take(file_of(others, "Mina", first=1_000))
    batch = office.take(file_of(230, "ⵣⵢⵅ"), "second.csv").batch_id or 0
    assert in_the_index(office)
    undo_import(office.session, batch)
    assert not in_the_index(office)
    assert office.session.store.erase_traces((), ())
    file = office.session.store.path
    assert all(SIGNS not in each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
    with office.session.store.write() as connection:
        assert office.session.store.backend.search_agrees(connection)
    assert len(office.rows("SELECT rowid FROM lead_search WHERE lead_search MATCH 'min'")) == others


def test_who_is_erased_while_an_import_is_taken_back_is_gone_from_the_search_index(
    office: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what they were called before, and however the taking back goes on."""
    monkeypatch.setattr(undoing, "FEW_ROWS", 0)
    monkeypatch.setattr(undoing, "CHUNK_ROWS", 10)
    office.take("name,phone\nⵣⵢⵅ,09120001000\nⵣⵢⵅ,09120001001")
    batch = office.take(file_of(30, "Mina"), "second.csv").batch_id or 0

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo_import(office.session, batch, progress=stop)
    renamed = office.lead("09120001000")
    editing.edit_lead(office.session, EditLead(renamed.id, renamed.version, {"name": "Mina"}))
    assert in_the_index(office)
    for lead in (office.lead("09120001000"), office.lead("09120001001")):
        erasing.erase(office.session, lead.id, "asked", erasing.to_confirm(lead))
    assert not in_the_index(office)
    assert undo_import(office.session, batch).removed == 20
    assert not in_the_index(office)


def test_a_taking_back_that_nobody_ends_is_named_and_its_traces_go_by_repairing(
    office: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "FEW_ROWS", 0)
    monkeypatch.setattr(undoing, "CHUNK_ROWS", 10)
    batch = office.take(file_of(10, "ⵣⵢⵅ")).batch_id or 0

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo_import(office.session, batch, progress=stop)
    assert in_the_index(office)
    report = repair(office.session)
    assert [each.fault for each in report.repaired] == [Fault.SEARCH_TRACES]
    assert report.left == ()
    assert not in_the_index(office)
