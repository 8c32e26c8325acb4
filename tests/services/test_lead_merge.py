"""Two customers become one, and two again exactly as they were."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from session_making import MovingClock, add_lead, hire, status_of
from sqlalchemy import select

from leadtui.domain.difference import Side
from leadtui.domain.draft import FormDraft
from leadtui.domain.field import Field
from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.lead_merge import OWNER, STATUS
from leadtui.domain.view import View, custom_sort
from leadtui.errors import Conflict, Invalid, NotFound, Refused
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.undo import undone_sentence
from leadtui.services import defining, drafts, reminders
from leadtui.services.cartable import open_cartable
from leadtui.services.drafts import NOTE_DRAFT
from leadtui.services.editing import EditLead, edit_lead, look_up
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.importing.running import import_files, list_imports
from leadtui.services.importing.undoing import Because, undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.lead_merge import Alike, candidates, compare, merge, unmerge
from leadtui.services.leads import add_note, log_call, open_lead
from leadtui.services.session import Session
from leadtui.services.undo import last_undoable, undo
from leadtui.store import consistency, journal, tables

serial = count(1)


def take_back(session: Session) -> str:
    """Take back the last step; the line that says so."""
    return undone_sentence(undo(session), Formatter(session))


def found(session: Session, typed: str) -> list[int]:
    return list(LeadList(session).order(View(find=typed)))


def current(session: Session, lead: Lead) -> Lead:
    return open_lead(session, lead.id).lead


def merge_now(session: Session, kept: Lead, lost: Lead, **choices: Side) -> Lead:
    versions = (current(session, kept).version, current(session, lost).version)
    return merge(session, kept.id, lost.id, versions, choices)


def test_two_become_one_and_nothing_of_either_is_lost(session: Session, clock: MovingClock) -> None:
    own = defining.save_field(session, Field(0, "", "Level"))
    kept = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", city="Boston", email="mina@example.com")
    clock.move(days=1)
    lost = add_lead(
        session, "Mina S.", "+1 212 555 0102", "+1 212 555 0103", email="ms@example.com", mine=True
    )
    edit_lead(session, EditLead(lost.id, 1, {custom_sort(own.key): "high", "grade": "Master"}))
    add_note(session, lost.id, "Likes tea")
    reminders.set_reminder(session, lost.id, clock.now + timedelta(hours=2), "ring")
    drafts.save_draft(session, FormDraft(NOTE_DRAFT, lost.id, {NOTE_DRAFT: "half"}))
    comparison = compare(session, kept.id, lost.id)
    assert [each.key for each in comparison.differences] == ["name", "phone", "email"]
    one = merge_now(session, kept, lost, email=Side.LOST)
    assert (one.name, one.email, one.city, one.grade) == (
        "Mina Sadeghi",
        "ms@example.com",
        "Boston",
        "Master",
    )
    assert [each.e164[-4:] for each in one.numbers] == ["0101", "0102", "0103"]
    assert (one.custom, one.owner_id, one.version) == ({own.key: "high"}, session.actor.id, 2)
    assert one.next_at == clock.now + timedelta(hours=2)
    opened = open_lead(session, one.id)
    kinds = [each.kind for each in opened.timeline]
    assert kinds[0] is ActivityKind.MERGED
    assert kinds.count(ActivityKind.NOTE) == 1
    assert kinds.count(ActivityKind.CREATED) == 2
    told = opened.timeline[0].detail
    assert (told.kept_name, told.lost_name) == ("Mina Sadeghi", "Mina S.")
    assert ("name", "Mina S.", "Mina Sadeghi") in told.changes
    assert ("email", "mina@example.com", "ms@example.com") in told.changes
    assert drafts.find_draft(session, NOTE_DRAFT, one.id) is not None
    with pytest.raises(NotFound):
        open_lead(session, lost.id)
    assert found(session, "") == found(session, "5550103") == found(session, "ms@example") == [one.id]
    assert list(open_cartable(session).order) == [one.id]


def test_status_and_cartable_follow_who_was_worked_last_unless_chosen(
    session: Session, clock: MovingClock
) -> None:
    for chosen in ({}, {STATUS: Side.KEPT, OWNER: Side.KEPT}):
        kept, lost = (
            add_lead(session, "Mina", f"+1 212 555 01{next(serial):02}", mine=True) for _ in range(2)
        )
        first, second = status_of(session, "interested"), status_of(session, "call_back")
        set_status(session, SetStatus(kept.id, 1, first.id, no_next_step="rings us"))
        clock.move(hours=1)
        soon = clock.now + timedelta(hours=2)
        set_status(session, SetStatus(lost.id, 1, second.id, remind_at=soon))
        one = merge_now(session, kept, lost, **chosen)
        assert one.status_id == (first.id if chosen else second.id)
        assert one.contacted_at == clock.now


def test_a_merge_is_refused_with_a_reason(session: Session, clock: MovingClock) -> None:
    kept, lost = add_lead(session, "Mina", "+1 212 555 0101"), add_lead(session, "Mina S", "+1 212 555 0102")
    with pytest.raises(Invalid, match="same customer"):
        merge(session, kept.id, kept.id, (1, 1))
    add_note(session, lost.id, "Likes tea")
    with pytest.raises(Conflict, match="Mina S"):
        merge(session, kept.id, lost.id, (1, 1))
    with pytest.raises(NotFound):
        merge(session, kept.id, 99, (1, 1))
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    for refused in (
        lambda: merge(reza, kept.id, lost.id, (1, 2)),
        lambda: compare(reza, kept.id, lost.id),
        lambda: candidates(reza, kept.id),
    ):
        with pytest.raises(Refused, match="customers:merge"):
            refused()
    reza.close()


def test_who_looks_like_the_same_person_is_proposed(session: Session) -> None:
    mina = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", email="mina@example.com")
    by_name = add_lead(session, "مینا صادقی", "+1 212 555 0109")
    by_number = add_lead(session, "Somebody", "+98 21 2555 0101")
    by_email = add_lead(session, "M.", email="mina@example.com")
    named = add_lead(session, "Mina Sadeghi", "+1 212 555 0107")
    proposed = {each.lead.id: each.alike for each in candidates(session, mina.id)}
    assert proposed == {by_number.id: Alike.NUMBER, by_email.id: Alike.EMAIL, named.id: Alike.NAME}
    assert [each.lead.id for each in candidates(session, mina.id, "صادقي")] == [by_name.id]
    assert [each.lead.id for each in candidates(session, mina.id, "0107")] == [named.id]


def test_a_name_that_is_written_in_two_ways_is_proposed_but_not_found(session: Session) -> None:
    for at, (one, other) in enumerate(
        [("داود رضائی", "داوود رضایی"), ("مصطفی", "مصطفا"), ("اسمعیل", "اسماعیل")]
    ):
        lead = add_lead(session, one, f"+1 212 555 01{2 * at:02}")
        twin = add_lead(session, other, f"+1 212 555 01{2 * at + 1:02}")
        assert [each.lead.id for each in candidates(session, lead.id)] == [twin.id]
        assert [each.lead.id for each in candidates(session, twin.id, one.split()[0])] == [lead.id]
        assert [(each.key, each.lead_id) for each in look_up(session, {"name": other}).there] == [
            ("name", lead.id),
            ("name", twin.id),
        ]
        assert look_up(session, {"name": other}, lead.id).there == ()


def test_a_merge_is_taken_back_only_while_nobody_went_on(session: Session) -> None:
    kept, lost = add_lead(session, "Mina", "+1 212 555 0101"), add_lead(session, "Mina S", "+1 212 555 0102")
    merge_now(session, kept, lost)
    add_note(session, kept.id, "Likes tea")
    before = content(session)
    with session.read() as tx:
        (step_id, _note) = tx.connection.execute(select(tables.step.c.id)).scalars()
        step = journal.get(tx, step_id)
    assert step is not None
    with pytest.raises(Refused, match="Mina was changed"), session.write() as tx:
        unmerge(tx, step)
    left = last_undoable(session)
    assert left is not None
    assert (left.activity.kind, left.lead.id) == (ActivityKind.NOTE, kept.id)
    assert content(session) == before


def test_steps_of_who_was_merged_twice_are_nobodys_to_take_back(session: Session) -> None:
    mina, sara, omid = (
        add_lead(session, name, str(912_300_0000 + i)) for i, name in enumerate(("Mina", "Sara", "Omid"))
    )
    edit_lead(session, EditLead(mina.id, current(session, mina).version, {"city": "Tabriz"}))
    edit_lead(session, EditLead(mina.id, current(session, mina).version, {"city": "Shiraz"}))
    merge_now(session, sara, mina)
    merge_now(session, omid, sara)
    assert list(consistency.look(session.store, session.now())) == []
    assert [take_back(session), take_back(session)]
    assert list(consistency.look(session.store, session.now())) == []
    take_back(session)
    assert current(session, mina).city == "Tabriz"


def test_who_comes_back_has_the_id_of_before_whoever_came_meanwhile(session: Session) -> None:
    kept, lost = add_lead(session, "Mina", "+1 212 555 0101"), add_lead(session, "Mina S", "+1 212 555 0102")
    merge_now(session, kept, lost)
    new = add_lead(session, "Anna", "+1 212 555 0103")
    assert new.id > lost.id
    assert "Mina S is a customer of their own again" in take_back(session)
    assert found(session, "0102") == [lost.id]
    assert open_lead(session, lost.id).lead.name == "Mina S"
    assert len(open_lead(session, lost.id).timeline) == 1


LOOSE = {"lead_number": {"id"}, "draft": {"id"}}
"""What is written anew when two become two again."""


def content(
    session: Session, *, without: frozenset[int] = frozenset(), kept: int = 0
) -> dict[str, list[Any]]:
    """Every row of every table; without the activities `without`, and the version of the customer `kept`."""
    held: dict[str, list[Any]] = {}
    with session.store.read() as connection:
        for table in tables.metadata.sorted_tables:
            if table is tables.last_id:
                continue  # it says which ids were ever given, whatever became of them
            rows: list[dict[str, Any]] = []
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
                values = {
                    str(name): value for name, value in row.items() if name not in LOOSE.get(table.name, ())
                }
                if table.name == "lead" and values["id"] == kept:
                    del values["version"]
                if table.name == "step" and values["lead_id"] == kept:
                    del values["version_after"]
                rows.append(values)
            held[table.name] = sorted(rows, key=str) if table.name in LOOSE else rows
    held["activity"] = [each for each in held["activity"] if each["id"] not in without]
    held["step"] = [each for each in held["step"] if each["activity_id"] not in without]
    return held


HAPPENINGS = ("note", "call", "status", "remind", "done", "edit", "draft", "import", "undone")


def happen(session: Session, lead: Lead, what: str, folder: Path) -> None:
    """Something happens to a customer."""
    version, soon = current(session, lead).version, session.now() + timedelta(hours=next(serial))
    match what:
        case "note":
            add_note(session, lead.id, "Likes tea")
        case "call":
            log_call(session, lead.id, "+12125550101", session.now(), 60)
        case "status":
            set_status(
                session, SetStatus(lead.id, version, status_of(session, "call_back").id, remind_at=soon)
            )
        case "remind":
            reminders.set_reminder(session, lead.id, soon, "ring")
        case "done":
            for each in open_lead(session, lead.id).pending[:1]:
                reminders.acknowledge(session, each.id)
        case "edit":
            typed = {
                "city": f"City {next(serial)}",
                "grade": "Master",
                "phone_other": f"+98 912 33 {next(serial):05}",
            }
            edit_lead(session, EditLead(lead.id, version, typed))
        case "draft":
            drafts.save_draft(session, FormDraft(NOTE_DRAFT, lead.id, {NOTE_DRAFT: f"half {next(serial)}"}))
        case "import":
            sheet = folder / f"{next(serial)}.csv"
            sheet.write_text(f"Name,Phone,Note\nX,{lead.phone},from a sheet\n")
            import_files(session, [sheet])
        case _:
            with suppress(Refused, NotFound):
                undo(session)


@given(
    happenings=st.lists(st.tuples(st.booleans(), st.sampled_from(HAPPENINGS)), max_size=10),
    sides=st.dictionaries(
        st.sampled_from(["name", "phone", "email", "city", "channel", STATUS, OWNER]), st.sampled_from(Side)
    ),
    mine=st.tuples(st.booleans(), st.booleans()),
    backwards=st.booleans(),
)
@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_merging_and_taking_it_back_changes_nothing(
    session: Session,
    clock: MovingClock,
    tmp_path: Path,
    happenings: list[tuple[bool, str]],
    sides: dict[str, Side],
    mine: tuple[bool, bool],
    backwards: bool,
) -> None:
    two = [
        add_lead(session, name, f"+98 912 34 {next(serial):05}", mine=own, email=email)
        for name, own, email in (("Mina", mine[0], "m@example.com"), ("Mina S", mine[1], "ms@example.com"))
    ]
    for second, what in happenings:
        clock.move(minutes=1)
        happen(session, two[second], what, tmp_path)
    clock.move(minutes=1)
    kept, lost = reversed(two) if backwards else two
    everybody = set(found(session, "Mina"))
    before = content(session, kept=kept.id)
    one = merge_now(session, kept, lost, **sides)
    merged = frozenset({open_lead(session, one.id).timeline[0].id})
    assert set(found(session, "Mina")) == everybody - {lost.id}
    take_back(session)
    after = content(session, without=merged | {open_lead(session, kept.id).timeline[0].id}, kept=kept.id)
    changes = before.pop("change")
    assert after.pop("change")[: len(changes)] == changes
    assert after == before
    assert set(found(session, "Mina")) == everybody


def test_no_import_is_taken_back_off_a_merged_customer_as_if_untouched(
    session: Session, tmp_path: Path
) -> None:
    for place, rows in enumerate(
        (
            "Name,Phone\nMina,+12125550101\nMina S,+12125550102\n",
            "Name,Phone,City\nMina S,+12125550102,Rome\n",
        )
    ):
        sheet = tmp_path / f"{place}.csv"
        sheet.write_text(rows)
        import_files(session, [sheet])
    kept, lost = (found(session, digits)[0] for digits in ("5550101", "5550102"))
    versions = tuple(open_lead(session, each).lead.version for each in (kept, lost))
    # The one customer has the version that the second import left the other one at.
    assert versions == (1, 2)
    one = merge(session, kept, lost, (1, 2))
    assert (one.version, one.city) == (2, "Rome")
    latest, first = (each.id for each in list_imports(session))
    for batch_id in (latest, first):
        report = undo_import(session, batch_id)
        assert (report.removed, report.restored) == (0, 0)
        assert {(each.lead_id, each.because) for each in report.stayed} == {(kept, Because.WORKED_ON)}
    assert open_lead(session, kept).lead == one
    take_back(session)
    assert open_lead(session, lost).lead.city == "Rome"
