"""Writing customers in bulk, and finding them again by what tells who they are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from session_making import NOON
from sqlalchemy.exc import IntegrityError

from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead, LeadNumber
from leadtui.errors import Refused
from leadtui.services.session import Session
from leadtui.store import activities, changes, leads
from leadtui.store.changes import Change
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.lead_writing import (
    MOST_SINGLE_CHANGES,
    FoundBy,
    LeadChange,
    NewActivity,
    NewLead,
    add_activities,
    change_leads,
    insert_leads,
)
from leadtui.store.search import Find, find_ids

MINA = NewLead(
    {
        "name": "مینا صادقی",
        "entered_at": NOON - timedelta(days=3),
        "city": "Karaj",
        "email": "mina@example.com",
        "custom": {"company": "Nik"},
    },
    numbers=(LeadNumber("+989121112233", "0912 111 2233"), LeadNumber("+982188776655", "88776655", "12")),
    note="rang twice",
    source="form.csv",
)
REZA = NewLead(
    {
        "name": "Reza",
        "entered_at": NOON,
        "email": "reza@example.com",
    }
)


def many(count: int) -> list[NewLead]:
    return [
        NewLead(
            {
                "name": f"Nobody {number}",
                "entered_at": NOON,
            },
            numbers=(LeadNumber(f"+98912{9_999_999 - number:07}", str(number)),),
        )
        for number in range(count)
    ]


def write(session: Session, *rows: NewLead) -> list[int]:
    with session.write() as tx:
        return insert_leads(tx, rows, NOON, session.actor.id)


def read(session: Session, lead_id: int) -> Lead:
    with session.read() as tx:
        return leads.get(tx, lead_id)


def test_customers_are_written_whole(session: Session) -> None:
    channel = session.definitions.channels[0]
    mina_id, reza_id = write(
        session,
        MINA._replace(values={**MINA.values, "channel_first_id": channel.id, "owner_id": session.actor.id}),
        REZA,
    )
    mina = read(session, mina_id)
    assert (mina.name, mina.phone, mina.numbers, mina.version) == (
        MINA.values["name"],
        MINA.numbers[0].e164,
        MINA.numbers,
        1,
    )
    assert (mina.entered_at, mina.owner_at, mina.custom) == (
        MINA.values["entered_at"],
        NOON,
        {"company": "Nik"},
    )
    assert mina.channel_first_id == mina.channel_latest_id == channel.id
    assert read(session, reza_id).phone == ""
    with session.read() as tx:
        note, created = activities.timeline(tx, mina_id)
        assert [*find_ids(tx, Find.read("صادقی"))] == [mina_id]
        assert [*find_ids(tx, Find.read("88776655"))] == [mina_id]
    assert (created.kind, created.at, created.actor_id) == (
        ActivityKind.CREATED,
        MINA.values["entered_at"],
        session.actor.id,
    )
    assert (created.detail.channel, created.detail.source) == (channel.title, "form.csv")
    assert created.detail.owner_to_id == session.actor.id
    assert (note.kind, note.detail.text) == (ActivityKind.NOTE, "rang twice")


@pytest.mark.parametrize("count", [1, 123, MOST_SINGLE_CHANGES, MOST_SINGLE_CHANGES + 1])
def test_ids_come_in_the_order_of_the_rows(session: Session, count: int) -> None:
    (first,) = write(session, REZA)
    before = session.latest_change()
    ids = write(session, *many(count))
    assert ids == list(range(first + 1, first + 1 + count))
    assert [read(session, ids[place]).name for place in (0, count - 1)] == [
        f"Nobody {n}" for n in (0, count - 1)
    ]
    moved = session.changes_since(before)
    if count > MOST_SINGLE_CHANGES:
        assert moved == [Change(before + 1, "lead", changes.WHOLE_TABLE)]
    else:
        assert [(each.table, each.row_id) for each in moved] == [("lead", each) for each in ids]


def test_nothing_is_written_for_nobody(session: Session) -> None:
    before = session.latest_change()
    assert write(session) == []
    assert session.latest_change() == before


def test_a_number_that_somebody_has_is_a_fault(session: Session) -> None:
    write(session, MINA)
    with pytest.raises(IntegrityError):
        write(session, REZA, MINA._replace(values={**MINA.values, "email": ""}))
    with session.read() as tx:
        assert leads.leads_by_email(tx, [REZA.values["email"]]) == {}


def test_changed_values_take_their_keys_with_them(session: Session) -> None:
    mina_id, reza_id = write(session, MINA, REZA)
    number = LeadNumber("+989350001122", "0935 000 1122")
    changed = LeadChange(
        reza_id,
        {"name": "رضا کریمی", "phone": number.e164, "contacted_at": NOON, "custom": {"company": "Ray"}},
        ((0, number),),
        FoundBy("رضا کریمی", "", REZA.values["email"], (number.e164,)),
    )
    with session.write() as tx:
        change_leads(tx, [changed, LeadChange(mina_id, {})])
    reza = read(session, reza_id)
    assert (reza.name, reza.numbers, reza.version) == ("رضا کریمی", (number,), 2)
    assert (reza.contacted_at, reza.custom, reza.email) == (NOON, {"company": "Ray"}, REZA.values["email"])
    assert read(session, mina_id).version == 2
    with session.read() as tx:
        assert [*find_ids(tx, Find.read("کریمی"))] == [reza_id]
        assert [*find_ids(tx, Find.read("Reza"))] == [reza_id]  # by the address
        assert [*find_ids(tx, Find.read("0935 000"))] == [reza_id]


def test_people_are_found_by_thousands(session: Session) -> None:
    ids = write(session, *many(1_100), MINA)
    wanted = {number.e164 for row in (*many(1_100), MINA) for number in row.numbers}
    with session.read() as tx:
        holders = leads.holders_of_numbers(tx, {*wanted, "+15550000000"})
        assert holders.keys() == wanted
        assert holders["+982188776655"] == [ids[-1]]
        elsewhere = WorkspaceConnection(tx.connection, session.workspace.id + 1)
        assert leads.holders_of_numbers(elsewhere, wanted) == {}
        whole = leads.whole_leads(tx, ids)
        assert leads.holders_of_numbers(tx, ()) == {}
    assert len(whole) == 1_101
    assert whole[ids[-1]] == read(session, ids[-1])


def test_the_latest_arrival_is_of_a_known_moment(session: Session) -> None:
    mina_id, reza_id = write(session, MINA, REZA)
    later = NOON + timedelta(hours=1)
    detail = ActivityDetail(channel="Web form")
    entries = [
        NewActivity(mina_id, ActivityKind.TOUCHED, NOON, None, detail, "dated"),
        NewActivity(mina_id, ActivityKind.TOUCHED, later, None, detail, f"{leads.UNDATED}undated"),
        NewActivity(mina_id, ActivityKind.NOTE, later, None, ActivityDetail(text="no arrival")),
        NewActivity(reza_id, ActivityKind.CALL_IN, later, None, ActivityDetail(seconds=3)),
    ]
    with session.write() as tx:
        add_activities(tx, entries)
    with session.read() as tx:
        assert leads.latest_arrivals(tx, [mina_id, reza_id]) == {
            mina_id: NOON,
            reza_id: later,
        }
        recorded = leads.recorded_sources(tx, ["dated", "other"])
    assert recorded == {"dated": mina_id}


def test_a_dry_run_is_a_store_of_its_own(session: Session) -> None:
    (mina_id,) = write(session, MINA)
    with session.store.dry_run() as copy:
        path = copy.path
        assert path is not None
        assert path.parent.stat().st_mode & 0o077 == 0
        with copy.write() as connection:
            tx = WorkspaceConnection(connection, session.workspace.id)
            assert leads.get(tx, mina_id).name == MINA.values["name"]
            insert_leads(tx, [REZA], NOON, None)
        # The store itself is free meanwhile.
        write(
            session,
            NewLead(
                {
                    "name": "Sara",
                    "entered_at": NOON,
                }
            ),
        )
    assert not path.parent.exists()
    with session.read() as tx:
        assert leads.leads_by_email(tx, [REZA.values["email"]]) == {}


def test_a_dry_run_without_room_says_so(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(Refused, match="gone does not take"), session.store.dry_run():
        pytest.fail("a store in no folder")
