"""What one session revokes, another can no longer do in its very next call, whatever it had loaded before.

The services are those of test_every_change.py, which finds them.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import test_every_change
from service_needs import NEEDS
from session_making import add_lead, hire, status_of
from test_permissions import CALLS, named, shared

from leadtui.domain.field import Field, FieldKind
from leadtui.domain.permission import AGENT_PROFILE, OWNER_PROFILE, SEE_LEADS, Permission, Profile
from leadtui.errors import Conflict, Invalid, InvalidAnswers, LeadtuiError, NotFound, Refused
from leadtui.services import bulk, colleagues, defining, exporting, follow_up, leads, profiles
from leadtui.services.confirming import confirming
from leadtui.services.editing import AddLead, EditLead, edit_lead
from leadtui.services.editing import add_lead as add_by_hand
from leadtui.services.exporting import ExportFormat, export
from leadtui.services.handing_over import hand_over
from leadtui.services.importing import running
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session

place = test_every_change.place
Place = test_every_change.Place

WORDS = frozenset(
    {
        "call_windows.outside_now",
        "exporting.suggested_name",
        *("export_columns.Wording", "export_columns.columns_of", "day.people_of_days"),
    }
)
"""What only puts into words what was read, and asks the store nothing."""

OF_ELSEWHERE = frozenset({"workspaces.due_elsewhere"})
"""What tells nothing of the workspace that the person left, but of the others, in which they work on."""


@pytest.fixture
def boss(place: Place) -> Generator[Session]:
    """Another supervisor; Neda has a profile of her own, which grants everything."""
    sara = hire(place.session, "Sara", "sara@example.com", place.session.now, OWNER_PROFILE)
    profile = profiles.save_profile(sara, Profile(0, "", "Neda's", frozenset(Permission)))
    change(sara, place, profile=profile.key)
    place.session.reload_definitions()
    yield sara
    sara.close()


def change(boss: Session, place: Place, *, profile: str = "", active: bool = True) -> None:
    """Give Neda another profile, or let her go."""
    neda = place.session.actor
    if not active:
        with confirming(boss.workspace.title):
            hand_over(boss, neda.id, [boss.actor.id])
        return
    with confirming(boss.workspace.title):
        colleagues.change_colleague(boss, neda.id, neda.name, profile or neda.profile, active=active)


def take(boss: Session, place: Place, permissions: frozenset[Permission]) -> None:
    """Take permissions from Neda; her session has loaded what it knows before that, and still believes it has them."""
    profile = boss.reload_definitions().profile(place.session.actor.profile)
    assert profile is not None
    profiles.save_profile(boss, replace(profile, permissions=profile.permissions - permissions))
    assert all(map(place.session.actor.may, permissions))


ELSEWHERE = {"workspaces.reopen_workspace", *(each for each in CALLS if each.startswith("signing_in."))}
"""These are tried in a store in which the boss would sign in too, or could change nothing since it is closed: test_signing_in.py and
test_workspaces.py tell what holds there."""


@pytest.mark.parametrize(
    ("service", "needed"),
    [
        pytest.param(service, any_of, id=f"{service}-{'|'.join(sorted(any_of))}")
        for service, needs in sorted(NEEDS.items())
        for any_of in needs
        if service not in ELSEWHERE
    ],
)
def test_a_permission_that_was_taken_is_gone_at_once(
    place: Place, boss: Session, service: str, needed: frozenset[Permission]
) -> None:
    prepare(place, service)
    take(boss, place, needed)
    before = shared(place.session)
    with pytest.raises(Refused) as refused:
        CALLS[service](place)
    assert named(refused.value) == needed
    assert shared(place.session) == before
    # Screens, which ask the session, know it from now on as well.
    assert not any(map(place.session.actor.may, needed))


@pytest.mark.parametrize("service", sorted(CALLS.keys() - WORDS - ELSEWHERE - OF_ELSEWHERE))
def test_who_was_removed_does_nothing_more(place: Place, boss: Session, service: str) -> None:
    prepare(place, service)
    change(boss, place, active=False)
    before = shared(place.session)
    with pytest.raises(NotFound, match="no longer work in this workspace"):
        CALLS[service](place)
    assert shared(place.session) == before


@pytest.mark.parametrize("service", sorted(WORDS))
def test_words_ask_the_store_nothing(place: Place, service: str) -> None:
    with test_every_change.recorded() as seen:
        CALLS[service](place)
    assert not seen.begun


def prepare(place: Place, service: str) -> None:
    """What has to be there before."""
    if service == "importing.undoing.undo_import":
        CALLS["importing.running.import_files"](place)


def test_a_status_that_was_retired_is_not_set(place: Place, boss: Session) -> None:
    step = place.step()
    defining.retire(boss, defining.STATUS, step.status_id)
    with pytest.raises(InvalidAnswers, match="no longer in use"):
        follow_up.set_status(place.session, step)
    with pytest.raises(InvalidAnswers, match="no longer in use"):
        follow_up.plan_step(place.session, place.lead, step)
    voicemail = status_of(place.session, "voicemail").id
    defining.retire(boss, defining.STATUS, voicemail)
    with pytest.raises(InvalidAnswers, match="no longer in use"):
        follow_up.set_status_of(place.session, [place.lead.id], follow_up.StatusOfSeveral(voicemail))


def test_what_a_status_asks_by_now_is_asked(place: Place, boss: Session) -> None:
    voicemail = status_of(boss, "voicemail")
    asking = replace(voicemail, fields=(Field(0, "", "Which box", required=True),))
    defining.save_status(boss, asking, voicemail)
    with pytest.raises(InvalidAnswers, match="Which box"):
        follow_up.set_status(
            place.session, follow_up.SetStatus(place.lead.id, place.lead.version, voicemail.id)
        )
    with pytest.raises(InvalidAnswers, match="Which box"):
        follow_up.set_status_of(place.session, [place.lead.id], follow_up.StatusOfSeveral(voicemail.id))


def test_nobody_who_was_removed_is_given_a_lead(place: Place, boss: Session) -> None:
    step = place.step()
    colleagues.change_colleague(boss, place.colleague_id, "Reza Amini", AGENT_PROFILE, active=False)
    with pytest.raises(Invalid, match="no longer works here"):
        bulk.assign(place.session, [place.lead.id], place.colleague_id)
    with pytest.raises(InvalidAnswers, match="no longer works here"):
        follow_up.set_status(place.session, step)
    assert leads.open_lead(place.session, place.lead.id).lead.owner_id == place.session.actor.id


def test_what_was_retired_is_not_chosen(place: Place, boss: Session) -> None:
    session = place.session
    field = defining.save_field(
        boss, Field(0, "", "Size", FieldKind.CHOICE, options=("small", "middle", "large"))
    )
    session.reload_definitions()
    need = next(each for each in session.definitions.needs if not each.retired)
    # The first is the one that both have already, and may keep.
    channel = [each for each in session.definitions.channels if not each.retired][1]
    for sort, row_id in (
        (defining.NEED, need.id),
        (defining.CHANNEL, channel.id),
        (defining.FIELD, field.id),
    ):
        defining.retire(boss, sort, row_id)
    for key, text in (
        ("need", need.title),
        ("channel", channel.title),
        (f"custom:{field.key}", "small"),
    ):
        with pytest.raises(LeadtuiError):
            add_by_hand(session, AddLead({"name": "Anna", "phone": "+1 212 555 0107", key: text}))
        lead = leads.open_lead(session, place.twin.id).lead
        with pytest.raises(LeadtuiError):
            edit_lead(session, EditLead(lead.id, lead.version, {key: text}))


def test_an_option_that_is_gone_is_not_chosen(place: Place, boss: Session) -> None:
    field = defining.save_field(
        boss, Field(0, "", "Size", FieldKind.CHOICE, options=("small", "middle", "large"))
    )
    place.session.reload_definitions()
    defining.save_field(boss, replace(field, options=("middle", "large")), field)
    with pytest.raises(InvalidAnswers, match="Size"):
        edit_lead(
            place.session, EditLead(place.twin.id, place.twin.version, {f"custom:{field.key}": "small"})
        )


def test_numbers_that_were_hidden_are_in_nothing_that_is_read(place: Place, boss: Session) -> None:
    other = add_lead(boss, "Lea Brown", "+1 212 555 0109", mine=True)
    assert leads.open_lead(place.session, other.id).lead.phone
    listed = LeadList(place.session)
    assert listed.rows([other.id])[other.id].phone
    take(boss, place, frozenset({Permission.SEE_NUMBERS}))
    assert listed.rows([other.id])[other.id].numbers_hidden
    assert not leads.open_lead(place.session, other.id).lead.phone
    take(boss, place, frozenset({Permission.SEE_CUSTOMERS}))
    assert not listed.rows([other.id])
    with pytest.raises(NotFound):
        leads.open_lead(place.session, other.id)


def test_an_export_ends_where_it_may_no_longer_go_on(
    place: Place, boss: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    taken = False

    def revoke(_done: int, _total: int) -> None:
        nonlocal taken
        if not taken:
            taken = True
            take(boss, place, SEE_LEADS)

    with pytest.raises(Refused, match="customers:see"):
        export(place.session, [place.lead.id, place.twin.id], ExportFormat.CSV, BytesIO(), progress=revoke)


def test_an_import_ends_where_it_may_no_longer_go_on(
    place: Place, boss: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK_ROWS", 1)

    def let_go(done: int, _total: int) -> None:
        if done == 1:
            change(boss, place, active=False)

    with pytest.raises(NotFound, match="no longer work"):
        running.import_files(place.session, [place.sheet], progress=let_go)
    assert LeadList(boss).count() == 3  # what came in before stays, and can be taken back


def test_an_import_ends_where_a_field_is_no_longer_what_rows_were_read_by(
    place: Place, boss: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = Field(0, "", "Size", FieldKind.CHOICE, options=("small", "middle", "large"))
    field = defining.save_field(boss, size)
    place.session.reload_definitions()
    monkeypatch.setattr(running, "CHUNK_ROWS", 1)
    place.sheet.write_text("Name,Phone,Size\nAnna,+1 212 555 0102,small\nLea,+1 212 555 0103,small\n")

    def retire(done: int, _total: int) -> None:
        if done == 1:
            defining.retire(boss, defining.FIELD, field.id)

    with pytest.raises(Conflict, match="Size"):
        running.import_files(place.session, [place.sheet], progress=retire)
    assert LeadList(boss).count() == 3
    (report,) = running.import_files(place.session, [place.sheet])
    assert (report.counts.new, report.counts.read) == (1, 2)


def test_what_nobody_has_changed_is_not_loaded_again(place: Place) -> None:
    known = place.session.reload_definitions()
    leads.add_note(place.session, place.lead.id, "Likes tea")
    leads.add_note(place.session, place.lead.id, "Likes coffee")
    assert place.session.definitions is known


def test_an_older_view_of_the_store_does_not_bring_back_what_was(place: Place, boss: Session) -> None:
    with place.session.read() as older:
        defining.save_field(boss, Field(0, "", "Shoe size"))
        assert "shoe_size" not in {each.key for each in older.definitions.fields}
        newer = place.session.reload_definitions()
        # Begun before, it may not replace what was loaded after it.
        with place.session.read():
            pass
    assert place.session.definitions is newer


def test_a_moment_is_one_in_a_transaction(place: Place) -> None:
    with place.session.read() as tx:
        moment = tx.now
        assert place.session.now() == moment
        assert tx.format_context().now == moment
    assert moment + timedelta(0) == tx.now
