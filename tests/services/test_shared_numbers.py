"""A number that several customers have: whatever is done to one of them, all who have it are known and nobody loses it."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest
from amounts import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invariants import broken_invariants
from session_making import MovingClock, add_lead, hire, make_session

from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.view import View
from leadtui.errors import InvalidAnswers, LeadtuiError, NotFound, Refused
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.timeline import Timeline
from leadtui.services import do_not_call, editing, erasing
from leadtui.services.editing import AddLead, EditLead, edit_lead, look_up
from leadtui.services.export_columns import ExportOptions
from leadtui.services.exporting import export_file
from leadtui.services.importing.running import import_files
from leadtui.services.lead_list import LeadList
from leadtui.services.lead_merge import Alike, candidates, merge
from leadtui.services.leads import find_lead, log_call, open_lead
from leadtui.services.session import Session
from leadtui.services.undo import last_undoable, undo
from leadtui.store import consistency

SHARED = "+12125550100"
NAMES = ("Mina Sadeghi", "Reza Karimi", "Sara Noori")
OWN = tuple(f"+1212555010{n}" for n in range(1, 4))


State: TypeAlias = "tuple[dict[int, list[str]], set[str]]"
"""The numbers of each customer, and those that must not be rung."""


@dataclass
class Desk:
    """Three customers, and what is to be true of them."""

    session: Session
    numbers: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    forbidden: set[str] = field(default_factory=set[str])
    before: list[State] = field(default_factory=list["State"])

    def lead(self, lead_id: int) -> Lead:
        return open_lead(self.session, lead_id).lead

    def holders(self) -> list[int]:
        return [one for one, numbers in self.numbers.items() if SHARED in numbers]

    def keep(self) -> None:
        """Before a step that can be taken back."""
        self.before.append((copy.deepcopy(self.numbers), set(self.forbidden)))

    def edit(self, lead_id: int, *, share: bool, phones: list[str]) -> None:
        lead = self.lead(lead_id)
        typed = {"phone": phones[0], "phone_other": ", ".join(phones[1:])}
        edit_lead(self.session, EditLead(lead_id, lead.version, typed, share=share))


def _share(desk: Desk, one: int, _other: int) -> None:
    if SHARED in desk.numbers[one]:
        return
    phones = [*desk.numbers[one], SHARED]
    if desk.holders():
        with pytest.raises(InvalidAnswers):
            desk.edit(one, share=False, phones=phones)
    desk.keep()
    desk.edit(one, share=True, phones=phones)
    desk.numbers[one] = phones


def _drop(desk: Desk, one: int, _other: int) -> None:
    if SHARED in desk.numbers[one] and len(desk.numbers[one]) > 1:
        desk.keep()
        desk.numbers[one] = [each for each in desk.numbers[one] if each != SHARED]
        desk.edit(one, share=False, phones=desk.numbers[one])


def _forbid(desk: Desk, one: int, _other: int) -> None:
    if set(desk.numbers[one]) <= desk.forbidden:
        return
    desk.keep()
    do_not_call.forbid(desk.session, one, "asked us to stop")
    desk.forbidden |= set(desk.numbers[one])


def _forbid_number(desk: Desk, _one: int, _other: int) -> None:
    if SHARED in desk.forbidden or not desk.holders():
        return
    desk.keep()
    do_not_call.forbid_number(desk.session, SHARED, "asked us to stop")
    desk.forbidden.add(SHARED)


def _allow(desk: Desk, one: int, _other: int) -> None:
    if not set(desk.numbers[one]) & desk.forbidden:
        return
    desk.keep()
    do_not_call.allow(desk.session, one, "rang us")
    desk.forbidden -= set(desk.numbers[one])


def _allow_number(desk: Desk, _one: int, _other: int) -> None:
    if SHARED not in desk.forbidden or not desk.holders():
        return
    desk.keep()
    do_not_call.allow_number(desk.session, SHARED, "rang us")
    desk.forbidden.discard(SHARED)


def _merge(desk: Desk, one: int, other: int) -> None:
    if one == other:
        return
    desk.keep()
    merge(desk.session, one, other, (desk.lead(one).version, desk.lead(other).version))
    desk.numbers[one] = list(dict.fromkeys((*desk.numbers[one], *desk.numbers.pop(other))))


def _erase(desk: Desk, one: int, _other: int) -> None:
    erasing.erase(desk.session, one, "asked by letter", erasing.to_confirm(desk.lead(one)), remember=False)
    gone = desk.numbers.pop(one)
    kept = {each for numbers in desk.numbers.values() for each in numbers}
    desk.forbidden -= set(gone) - kept
    desk.before.clear()  # steps that name who was erased are gone


def _undo(desk: Desk, _one: int, _other: int) -> None:
    if desk.before:
        undo(desk.session)
        desk.numbers, desk.forbidden = desk.before.pop()


OPERATIONS: tuple[Callable[[Desk, int, int], None], ...] = (
    *(_share, _share, _drop, _forbid, _forbid_number, _allow, _allow_number, _merge, _erase, _undo, _undo),
)


def _check(desk: Desk) -> None:
    for lead_id, numbers in desk.numbers.items():
        opened = open_lead(desk.session, lead_id)
        assert [each.e164 for each in opened.lead.numbers] == numbers
        assert opened.lead.do_not_call == bool(set(numbers) & desk.forbidden)
        others = set(desk.holders()) - {lead_id} if SHARED in numbers else set[int]()
        assert {each.lead_id for each in opened.sharers} == others
    holders = desk.holders()
    assert sorted(LeadList(desk.session).order(View(find=SHARED))) == sorted(holders)
    known = look_up(desk.session, {"phone": SHARED})
    assert {each.lead_id for each in known.there} == set(holders)
    assert bool(known.forbidden) == (SHARED in desk.forbidden)
    if len(holders) == 1:
        assert find_lead(desk.session, SHARED).id == holders[0]
    else:
        with pytest.raises(LeadtuiError, match="share that number" if holders else "No customer"):
            find_lead(desk.session, SHARED)
    on_list = {
        each.ban.e164: {one for one, _name in each.holders}
        for each in do_not_call.list_forbidden(desk.session)
    }
    assert set(on_list) == desk.forbidden
    assert on_list.get(SHARED, set(holders)) == set(holders)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("three")
    session = make_session(folder)
    for place, name in enumerate(NAMES):
        add_lead(session, name, OWN[place], *([SHARED] if place == 0 else []), mine=True)
    session.close()
    return folder / "desk.db"


STEP = st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 2), st.integers(0, 2))


@settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=1, max_size=8))
def test_whatever_is_done_all_who_have_a_number_are_known(
    store: Path, steps: list[tuple[Callable[[Desk, int, int], None], int, int]]
) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / "desk.db"
        shutil.copy(store, path)
        session = Session.open(path, "neda@example.com", MovingClock())
        desk = Desk(session, numbers={1: [OWN[0], SHARED], 2: [OWN[1]], 3: [OWN[2]]})
        for operation, one, other in steps:
            if desk.numbers:
                there = sorted(desk.numbers)
                operation(desk, there[one % len(there)], there[other % len(there)])
                _check(desk)
        assert list(consistency.look(session.store, session.now())) == []
        session.close()
        assert broken_invariants(path) == []


@pytest.fixture
def family(session: Session) -> tuple[Lead, Lead]:
    """Mina, whose number it is, and Reza, who shares it."""
    mina = add_lead(session, "Mina Sadeghi", SHARED, OWN[0], mine=True, email="family@example.com")
    reza = editing.add_lead(
        session, AddLead({"name": "Reza Karimi", "phone": SHARED, "email": "family@example.com"}, share=True)
    )
    return mina, reza


def test_what_forbids_it_is_told_to_all_and_taken_back_at_once(
    session: Session, family: tuple[Lead, Lead]
) -> None:
    mina, reza = family
    do_not_call.forbid(session, mina.id, "asked us to stop")
    for lead, numbers in ((mina, f"{SHARED}, {OWN[0]}"), (reza, SHARED)):
        entry = open_lead(session, lead.id).timeline[0]
        assert (entry.kind, entry.detail.source) == (ActivityKind.CALLS_FORBIDDEN, numbers)
    asked = last_undoable(session)
    assert asked is not None
    assert (asked.lead.id, asked.count) == (mina.id, 2)
    assert len(undo(session).taken) == 2
    assert not open_lead(session, reza.id).lead.do_not_call
    assert do_not_call.list_forbidden(session) == ()


def test_a_call_names_the_others_whose_number_was_rung(session: Session, family: tuple[Lead, Lead]) -> None:
    mina, _reza = family
    for number in (SHARED, OWN[0]):
        log_call(session, mina.id, number, session.now(), 60)
    opened = open_lead(session, mina.id)
    timeline = Timeline(Formatter(session), opened.sharers)
    own, shared = (timeline.line(each) for each in opened.timeline[:2])
    assert ("Reza Karimi" in own, shared.endswith("same number: Reza Karimi")) == (False, True)


def test_erasing_one_leaves_the_others_number_and_address(
    session: Session, family: tuple[Lead, Lead]
) -> None:
    mina, reza = family
    editing.add_lead(session, AddLead({"name": "Anna Rossi", "referrer": OWN[0]}))
    do_not_call.forbid_number(session, SHARED, "asked us to stop")
    told = len(open_lead(session, reza.id).timeline)
    assert erasing.erase(session, mina.id, "asked by letter", "Mina Sadeghi").complete
    opened = open_lead(session, reza.id)
    assert (opened.lead.phone, opened.lead.email) == (SHARED, "family@example.com")
    assert (opened.lead.do_not_call, len(opened.timeline)) == (True, told)
    assert opened.timeline[0].detail.source == SHARED
    assert look_up(session, {"phone": OWN[0]}).erased
    assert not look_up(session, {"phone": SHARED}).erased
    erasing.erase(session, reza.id, "asked by letter", "Reza Karimi")
    assert look_up(session, {"phone": SHARED}).erased
    assert look_up(session, {"phone": SHARED}).forbidden
    assert SHARED.encode() not in session.store.path.read_bytes()


def test_erased_together_nothing_of_it_stays(session: Session, family: tuple[Lead, Lead]) -> None:
    ids = [each.id for each in family]
    erasing.erase_many(session, ids, "asked by letter", erasing.to_confirm_many(2))
    content = session.store.path.read_bytes()
    assert SHARED.encode() not in content
    assert b"family@example.com" not in content


def test_another_terminal_sees_that_it_is_forbidden_and_shared(
    session: Session, family: tuple[Lead, Lead], clock: MovingClock
) -> None:
    mina, reza = family
    sara = hire(session, "Sara Tehrani", "sara@example.com", clock)
    before = sara.latest_change()
    do_not_call.forbid(session, mina.id, "asked us to stop")
    moved = {(each.table, each.row_id) for each in sara.changes_since(before)}
    assert {("lead", mina.id), ("lead", reza.id)} <= moved
    assert open_lead(sara, reza.id).lead.do_not_call
    with pytest.raises(Refused, match="already"):
        do_not_call.forbid_number(sara, SHARED, "again")
    # Two give it to somebody further at once: the second is asked anew, for the first was quicker.
    anna = add_lead(session, "Anna Rossi", OWN[1])
    edit_lead(sara, EditLead(anna.id, anna.version, {"phone_other": SHARED}, share=True))
    with pytest.raises(LeadtuiError, match="changed by somebody else"):
        edit_lead(session, EditLead(anna.id, anna.version, {"phone_other": SHARED}, share=True))
    sara.close()


def test_the_mark_stays_however_the_number_is_typed_again(
    session: Session, family: tuple[Lead, Lead]
) -> None:
    mina, reza = family
    for lead, typed in ((reza, "(212) 555 0100"), (mina, "212-555-0100")):
        edit_lead(session, EditLead(lead.id, open_lead(session, lead.id).lead.version, {"phone": typed}))
    marks = [[each.shared for each in open_lead(session, lead.id).lead.numbers] for lead in (mina, reza)]
    assert marks == [[False, False], [True]]
    (there,) = look_up(session, {"phone": SHARED}, reza.id).there
    assert (there.name, there.shared, there.in_the_way) == ("Mina Sadeghi", True, False)
    assert {each.lead.name: each.alike for each in candidates(session, reza.id)} == {
        "Mina Sadeghi": Alike.NUMBER
    }


def test_a_step_whose_number_another_has_by_now_is_not_taken_back(session: Session) -> None:
    mina = add_lead(session, "Mina Sadeghi", SHARED, OWN[0], mine=True)
    edit_lead(session, EditLead(mina.id, mina.version, {"phone": OWN[0], "phone_other": ""}))
    editing.add_lead(session, AddLead({"name": "Anna Rossi", "phone": SHARED}))
    edited = last_undoable(session)
    assert edited is not None
    with pytest.raises(LeadtuiError, match="belongs to Anna Rossi by now"):
        undo(session)


def test_whom_a_profile_hides_is_not_named(
    session: Session, family: tuple[Lead, Lead], clock: MovingClock
) -> None:
    from leadtui.store import tables

    mina, reza = family
    with session.store.write() as connection:
        granted = ["customers:see", "customers:edit", "cartables:see"]
        connection.execute(
            tables.profile.update().where(tables.profile.c.key == "agent").values(permissions=granted)
        )
    agent = hire(session, "Agent", "agent@example.com", clock)
    with session.store.write() as connection:
        connection.execute(
            tables.lead.update().where(tables.lead.c.id == reza.id).values(owner_id=agent.actor.id)
        )
    assert open_lead(agent, reza.id).sharers == ()
    assert not any(each.shared for each in open_lead(agent, reza.id).lead.numbers)
    assert open_lead(agent, mina.id).sharers == ()
    with pytest.raises(NotFound):
        find_lead(agent, "+1 212 555 0109")
    assert find_lead(agent, SHARED).id == reza.id
    agent.close()


def test_exported_exactly_both_come_in_again(
    session: Session, family: tuple[Lead, Lead], tmp_path: Path
) -> None:
    del family
    exact = tmp_path / "exact.csv"
    export_file(session, View(sort="name"), exact, ExportOptions(exact=True))
    (tmp_path / "other").mkdir()
    other = make_session(tmp_path / "other")
    for counts in ((2, 0), (0, 2)):
        (report,) = import_files(other, [exact], ImportOptions())
        assert not report.unused
        assert (report.counts.new, report.counts.unchanged) == counts
        found = LeadList(other).order(View(sort="name", find=SHARED))
        assert [open_lead(other, each).lead.name for each in found] in (list(NAMES[:2]), list(NAMES[1::-1]))
        assert all(SHARED in [each.e164 for each in open_lead(other, one).lead.numbers] for one in found)
    other.close()
