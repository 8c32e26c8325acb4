"""A store that a released version wrote opens whole, and what people had begun in it goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from invariants import broken_invariants
from released import DISPLACED, LEILA, NEDA, RELEASED, REZA, ReleasedStore
from typer.testing import CliRunner

from leadtui.cli.main import app
from leadtui.cli.options import CommandOptions
from leadtui.domain.field import FieldKind
from leadtui.domain.lead import ActivityKind, Lead
from leadtui.domain.view import LeadFilter, View
from leadtui.errors import Refused
from leadtui.services import presence
from leadtui.services.cartable import given_to_me
from leadtui.services.desk_states import load_state
from leadtui.services.do_not_call import list_forbidden
from leadtui.services.drafts import drafts_of, open_drafts
from leadtui.services.erasing import list_erasures
from leadtui.services.importing.running import import_files, list_imports
from leadtui.services.importing.undoing import undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import find_lead, log_call, open_lead
from leadtui.services.session import Session
from leadtui.services.undo import last_undoable, undo
from leadtui.services.views import find_view, list_views
from leadtui.settings import load_settings
from leadtui.tui.keyboard import Keyboard
from leadtui.tui.keymap import checked_keymap


@pytest.fixture
def neda(released: ReleasedStore) -> Session:
    return released.of(NEDA)


FACTS = [ActivityKind(each) for each in ("created", "touched", "call", "call-in", "call-out", "undone")]
STEPS = [
    ActivityKind(each)
    for each in (
        "edited", "merged", "status-set", "transferred", "note", "reminder-set", "reminder-done", "reminder-moved",
        "reminder-cancelled", "calls-forbidden", "calls-allowed",
    )
]  # fmt: skip
"""What the release could tell of a customer: what stays, and what can be taken back."""

KINDS = [
    FieldKind(each)
    for each in (
        "text", "long-text", "number", "money", "date", "time", "weekday", "choice", "choices", "yes-no", "phone",
        "email", "link", "person",
    )
]  # fmt: skip
"""The kinds of fields that the release had."""


PARTS_OF_A_FILTER = (
    "status_ids", "without_status", "owner_ids", "without_owner", "cities", "channel_ids", "entered_from",
    "entered_before", "need_ids", "without_need", "grades", "fields",
)  # fmt: skip


def customers(session: Session) -> list[Lead]:
    """Everybody whom the person sees."""
    return [open_lead(session, each).lead for each in LeadList(session).order(View())]


def test_nothing_in_it_is_half_done(released: ReleasedStore) -> None:
    for email in (NEDA, REZA, LEILA):
        assert len(customers(released.of(email))) == 25
    assert broken_invariants(released.path) == []


def test_every_timeline_is_read(neda: Session) -> None:
    told = {each.kind for lead in customers(neda) for each in open_lead(neda, lead.id).timeline}
    assert told == {*FACTS, *STEPS}


def test_every_customer_is_shown_on_the_command_line(released: ReleasedStore, neda: Session) -> None:
    for lead in customers(neda):
        command = ["--store", str(released.path), "--as", NEDA, "leads", "show", str(lead.id)]
        answer = CliRunner().invoke(app, command, obj=CommandOptions(lambda _request: 0))
        assert answer.exit_code == 0, answer.output
        assert (lead.name or lead.phone) in answer.output


def test_fields_of_every_kind_have_their_values(neda: Session) -> None:
    own = {each.kind: each for each in neda.definitions.open_fields if each.key.startswith("own_")}
    assert set(own) == set(KINDS)
    values = find_lead(neda, "emma.clark@example.org").custom
    assert {kind: values[field.key] for kind, field in own.items()} == {
        FieldKind.TEXT: "در دفتر مرکزی",
        FieldKind.LONG_TEXT: "طبقهٔ سوم\nزنگ دوم",
        FieldKind.NUMBER: "12",
        FieldKind.MONEY: "180000000",
        FieldKind.DATE: "2026-12-11",
        FieldKind.TIME: "16:30",
        FieldKind.WEEKDAY: 0,
        FieldKind.CHOICE: "B",
        FieldKind.CHOICES: ["A", "C"],
        FieldKind.YES_NO: True,
        FieldKind.PHONE: "+989120000999",
        FieldKind.EMAIL: "visit@example.com",
        FieldKind.LINK: "https://example.com/visit",
        FieldKind.PERSON: next(each.id for each in neda.definitions.colleagues if each.email == LEILA),
    }
    visit = next(each for each in neda.definitions.statuses if each.key == "visit")
    answered = next(
        each.detail.answers
        for each in open_lead(neda, find_lead(neda, "0912 000 0101").id).timeline
        if each.detail.status_to_id == visit.id
    )
    assert {each.kind for each in answered} == set(KINDS)


def test_saved_views_say_all_they_said(released: ReleasedStore, neda: Session) -> None:
    assert [each.title for each in list_views(neda)] == ["All that a view can say", "نواک‌ها"]
    everything = find_view(neda, "all that")
    assert everything.shared
    narrowed = everything.arrangement.view.filter
    assert [
        part for part in PARTS_OF_A_FILTER if getattr(narrowed, part) == getattr(LeadFilter(), part)
    ] == []
    assert {each.key.removeprefix("own_") for each in narrowed.fields} == {
        each.name.casefold() for each in KINDS
    }
    assert everything.arrangement.view.sort == "custom:own_number"
    assert [each.key for each in everything.arrangement.columns] == [
        "name",
        "custom:own_money",
        "city",
        "email",
    ]
    found = LeadList(neda).order(find_view(neda, "نواک").arrangement.view)
    assert [open_lead(neda, each).lead.name for each in found] == ["Adam Novak", "Beth Novak", "Carl Novak"]
    assert [each.title for each in list_views(released.of(REZA))] == ["All that a view can say", "Reza’s"]


def test_desks_are_as_they_were_left(released: ReleasedStore, neda: Session) -> None:
    state = load_state(neda)
    everything = find_view(neda, "all that").arrangement
    assert (state.view_id, state.zoomed, state.cartable_side) == (1, True, False)
    assert state.arrangement.view.filter == everything.view.filter
    assert state.arrangement.columns == everything.columns
    reza = load_state(released.of(REZA))
    assert (reza.part, reza.arrangement.view.descending) == ("upcoming", False)
    assert [each.key for each in reza.arrangement.columns if not each.shown] == ["city"]
    assert reza.lead_id == find_lead(neda, "0912 000 0106").id
    assert load_state(released.of(LEILA)).lead_id is None


def test_what_was_open_is_offered_to_whose_it_is(released: ReleasedStore, neda: Session) -> None:
    assert sorted(each.draft.kind for each in open_drafts(neda)) == [
        "assign", "assign", "call", "customer", "customer", "do-not-call", "erase", "erase", "merge", "note",
        "remind", "settings:channel:0", "settings:colleague:0", "settings:field:0", "settings:need:1",
        "settings:profile:0", "settings:status:11", "status", "view",
    ]  # fmt: skip
    assert [each.draft.kind for each in open_drafts(released.of(REZA))] == ["view", "status"]
    assert open_drafts(released.of(LEILA)) == ()


def test_drafts_of_every_kind_are_read(released: ReleasedStore, neda: Session) -> None:
    kept = [*drafts_of(neda, ""), *drafts_of(released.of(REZA), "")]
    started = ("typed.", "mine.", "stays.", "was.", "before.", "at", "kept_at", "leads", "left")
    assert not [
        key
        for each in kept
        for key in (*each.texts, *each.base)
        if key.startswith(started[:5]) or key in started
    ]
    assert {(each.kind.partition(":")[0], each.lead_id is None, bool(each.other_lead_ids)) for each in kept} == {
        ("assign", False, False), ("assign", True, True), ("call", False, False), ("customer", False, False),
        ("customer", True, False), ("do-not-call", False, False), ("erase", False, False), ("erase", True, True),
        ("merge", False, True), ("note", False, False), ("remind", False, False), ("settings", True, False),
        ("status", False, False), ("view", True, False),
    }  # fmt: skip
    for each in kept:
        assert not each.blank
        assert bool(each.base) == each.kind.startswith(("customer", "settings:")), each.kind


def test_who_must_not_be_called_is_known(neda: Session) -> None:
    assert {each.ban.e164 for each in list_forbidden(neda)} == {"+9647710001042", "+12125550199"}
    forbidden = find_lead(neda, "khaled@example.com")
    assert forbidden.do_not_call
    with pytest.raises(Refused):
        log_call(neda, forbidden.id, forbidden.phone, neda.now(), 10)
    assert not find_lead(neda, "0912 000 0112").do_not_call
    assert [each.reason for each in list_erasures(neda)] == ["asked by letter"]


def test_who_is_here_and_what_was_given(released: ReleasedStore, neda: Session) -> None:
    released.clock.now -= timedelta(minutes=3)
    here = presence.company(neda, "a terminal of its own")
    reza = released.of(REZA)
    assert here.at(find_lead(neda, "0912 000 0106").id) == (reza.actor.id,)
    # One was opened since, one was worked on, and one came by a status.
    assert [each.lead_id for each in given_to_me(reza)] == [find_lead(neda, "0912 000 0101").id]
    assert len(given_to_me(released.of(LEILA))) == 3


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_of_each_kind_is_taken_back(neda: Session, kind: ActivityKind) -> None:
    passing: list[int] = []
    while (step := last_undoable(neda, passing)) is not None and step.activity.kind is not kind:
        passing.append(step.step_id)
    assert step is not None
    # Allowing calls again stands in the way of what was forbidden before it.
    if kind is ActivityKind.CALLS_FORBIDDEN:
        assert step.lead.id == find_lead(neda, "khaled@example.com").id
    before = open_lead(neda, step.lead.id).lead
    undone = undo(neda, passing=passing, confirmed=step.step_id)
    assert len(undone.taken) == step.count
    assert undone.refused == ()
    after = open_lead(neda, step.lead.id)
    assert after.lead.version == before.version + 1
    assert (after.timeline[0].kind, after.timeline[0].detail.undoes_kind) == (ActivityKind.UNDONE, kind)
    if kind is ActivityKind.MERGED:
        assert find_lead(neda, "+49 30 5550133").name == "Hanna Weiss"


def test_everything_that_neda_did_is_taken_back_step_by_step(released: ReleasedStore, neda: Session) -> None:
    passing: list[int] = []
    taken = 0
    while (step := last_undoable(neda, passing)) is not None:
        try:
            taken += len(undo(neda, passing=passing, confirmed=step.step_id).taken)
        except Refused:
            passing.append(step.step_id)
    # All but one of the two that Reza was given: he has moved that customer on.
    assert (taken, passing) == (24, [2])
    assert broken_invariants(released.path) == []


def test_the_stopped_import_goes_on(released: ReleasedStore, neda: Session) -> None:
    (report,) = import_files(neda, [RELEASED / "stopped.csv"])
    assert report.went_on is not None
    assert (report.went_on.row, report.counts.new, report.counts.read) == (4, 7, 7)
    assert len(customers(neda)) == 29
    assert [each.ended_at is None for each in list_imports(neda)] == [False] * 5
    assert broken_invariants(released.path) == []


def test_imports_are_taken_back(released: ReleasedStore, neda: Session) -> None:
    assert [each.undone_at is not None for each in list_imports(neda)] == [False, False, False, True, False]
    stopped, later, *_others = list_imports(neda)
    assert undo_import(neda, stopped.id).removed == 3
    report = undo_import(neda, later.id)
    # One of the three was given to somebody since.
    assert (report.removed, report.channels_removed, len(report.stayed)) == (2, 1, 1)
    assert find_lead(neda, "0912 000 0108").city == "مشهد"
    assert undo_import(neda, list_imports(neda)[3].id).already
    assert broken_invariants(released.path) == []


def test_the_settings_are_taken_as_they_are() -> None:
    settings, problems = load_settings(RELEASED / "settings.toml")
    assert problems == []
    assert (settings.calendar, settings.theme, settings.density) == ("gregorian", "leadtui-day", "compact")
    keymap, problems = checked_keymap(settings.keymap, Keyboard(settings.keyboard))
    assert problems == DISPLACED
    assert set(keymap) == {*settings.keymap, "propose", "show-number", "next-row", "previous-row"}
    assert (keymap["density"], keymap["show-number"]) == (("Y",), ("shift+f8",))
    assert keymap["note"] == ("f11", "m")
