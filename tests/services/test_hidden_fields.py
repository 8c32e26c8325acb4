"""Whoever's profile hides a field of customers learns nothing of what stands in it, by any service; one that is only read stays as it is.

Each field holds a word of its own, on the desk of test_every_change.py, whose calls these are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import test_every_change
from session_making import MovingClock, hire, make_session
from test_permissions import CALLS

from leadtui.domain.draft import FormDraft
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.field_rights import ALL_EDITED, FieldRight, FieldRights
from leadtui.domain.importing import ImportOptions
from leadtui.domain.lead_fields import NAME, custom_sort, ruled_fields, with_right
from leadtui.domain.message import Medium, MessageState, MessageText
from leadtui.domain.permission import AGENT_PROFILE, Permission, Profile
from leadtui.domain.view import Arrangement, FieldFilter, LeadFilter, View
from leadtui.errors import Invalid, InvalidAnswers, LeadtuiError
from leadtui.presentation.desk_text import print_desk
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.lead_details import lead_details
from leadtui.presentation.timeline import Timeline
from leadtui.services import (
    colleagues,
    defining,
    drafts,
    editing,
    leads,
    messages,
    outbox,
    profiles,
    undo,
    views,
)
from leadtui.services.exporting import ExportFormat, ExportOptions, export
from leadtui.services.importing.running import import_files
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.store import journal

OWN = custom_sort("own_text")

WORDS = {
    "city": ("Zephyrville", "Xanadutown"),
    "phone": ("+1646555017{at}", "+1646555018{at}"),
    "phone_other": ("+1718555017{at}", "+1718555018{at}"),
    "email": ("quagga{at}@secret.example", "okapi{at}@secret.example"),
    "grade": ("Bachelorette", "Magistrand"),
    "major": ("Alchemistry", "Thaumaturgy"),
    "referrer": ("Nightingale", "Rumpelstilz"),
    OWN: ("Hocuspocus", "Abracadabra"),
}
"""What stood in each field before and what stands there now, by its key; `at` tells the customers apart."""

SEARCHED = {"city", "phone", "phone_other", "email", OWN}
REACHING = {"phone", "phone_other", "email"}


def tells(said: str, key: str) -> bool:
    """Whether a word of a field, or of one that is hidden with it, is in it, however it is written."""
    folded = said.casefold()
    plain = "".join(each for each in folded if each.isalnum())
    return any(
        word.casefold().partition("{at}")[0].removeprefix("+1") in text
        for one in (REACHING if key in REACHING else {key})
        for word in WORDS[one]
        for text in (folded, plain)
    )


@cache
def planted() -> tuple[bytes, tuple[int, int, int, int, int]]:
    """The store, and the ids of the customers, of Reza, a view and a profile; the first customer is Sara's, an agent's."""
    with TemporaryDirectory() as name:
        folder, clock = Path(name), MovingClock()
        boss = make_session(folder, clock=clock)
        defining.save_field(boss, Field(0, "", "Own text", FieldKind.TEXT, found_by=True))
        sara = hire(boss, "Sara Ahmadi", "sara@example.com", clock)
        reza = hire(boss, "Reza Amini", "reza@example.com", clock)
        boss.reload_definitions()
        view = views.save_view(sara, "Kept", Arrangement())
        profile = profiles.save_profile(boss, Profile(0, "", "Nobody's"))
        ids: list[int] = []
        for at, owner in enumerate((sara, reza)):
            was, now = (
                {"name": f"Customer {at}"} | {key: words[each].format(at=at) for key, words in WORDS.items()}
                for each in range(2)
            )
            added = editing.add_lead(owner, editing.AddLead(was))
            editing.edit_lead(boss, editing.EditLead(added.id, added.version, now))
            ids.append(added.id)
        content = (folder / "desk.db").read_bytes()
        for session in (sara, reza, boss):
            session.close()
        first, second = ids
        return (folder / "desk.db").read_bytes() or content, (
            first,
            second,
            reza.actor_id,
            view.id,
            profile.id,
        )


def place_with(folder: Path, rights: FieldRights) -> test_every_change.Place:
    """Sara's desk; she may everything, but reaches fields like that."""
    content, (lead_id, twin_id, reza, view, profile) = planted()
    (folder / "desk.db").write_bytes(content)
    boss = Session.open(folder / "desk.db", "neda@example.com", MovingClock())
    agent = boss.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    profiles.save_profile(boss, replace(agent, permissions=frozenset(Permission), fields=rights), agent)
    boss.close()
    sara = Session.open(folder / "desk.db", "sara@example.com", MovingClock())
    lead, twin = (leads.open_lead(sara, each).lead for each in (lead_id, twin_id))
    words = {key: texts[1].format(at=0) for key, texts in WORDS.items()}
    sheet = folder / "sheet.csv"
    sheet.write_text(f"Name,Phone\nAnna,+12125550109\nMina,{words['phone'][:-1]}7\n")
    return test_every_change.Place(sara, lead, twin, 1, reza, sheet, view, profile)


def give(place: test_every_change.Place, rights: FieldRights) -> None:
    """From now on Sara reaches fields like that."""
    boss = Session.open(place.sheet.with_name("desk.db"), "neda@example.com", MovingClock())
    agent = boss.definitions.profile(AGENT_PROFILE)
    assert agent is not None
    profiles.save_profile(boss, replace(agent, fields=rights), agent)
    boss.close()


def said_by(call: Callable[[], object]) -> str:
    """What is given or refused, whole."""
    try:
        return repr(call())
    except LeadtuiError as error:
        return f"{error!r} {error} {vars(error)}"


WHOLE = {"backing_up.back_up", "importing.preparing.prepare", "importing.preview.preview"}
"""What gives the store itself, or says how the person's own file is read."""


def hiding(key: str) -> FieldRights:
    return with_right(ALL_EDITED, key, FieldRight.HIDDEN)


@pytest.mark.proof
@pytest.mark.parametrize("service", sorted(CALLS.keys() - WHOLE))
def test_no_service_tells_what_stands_in_hidden_fields(tmp_path: Path, service: str) -> None:
    rights = ALL_EDITED
    for key in WORDS:
        rights = with_right(rights, key, FieldRight.HIDDEN)
    place = place_with(tmp_path, rights)
    for at in (replace(place, lead=replace(place.lead, version=place.lead.version - 1)), place):
        said = said_by(lambda at=at: CALLS[service](at))
        assert not any(tells(said, key) for key in WORDS), said
    for each in set(tmp_path.iterdir()) - {place.sheet}:
        if not each.name.startswith("desk.db"):
            written = each.read_bytes().decode(errors="replace")
            assert not any(tells(written, key) for key in WORDS)
    place.session.close()


def ways_to_read(sara: Session, lead_ids: tuple[int, int]) -> list[Callable[[], object]]:
    """All that shows whole customers."""
    customers, formatter = LeadList(sara), Formatter(sara)
    timeline = Timeline(formatter)

    def page(lead_id: int) -> str:
        opened = leads.open_lead(sara, lead_id)
        lines = [f"{title} {text}" for title, text in lead_details(opened.lead, formatter)]
        return "\n".join([*lines, *map(timeline.line, opened.timeline), repr(opened)])

    def exported(*, exact: bool) -> str:
        stream = BytesIO()
        export(sara, View(), ExportFormat.CSV, stream, ExportOptions(exact=exact))
        return stream.getvalue().decode()

    return [
        *(lambda each=each: page(each) for each in lead_ids),
        lambda: customers.rows(lead_ids),
        *(lambda exact=exact: exported(exact=exact) for exact in (False, True)),
    ]


@pytest.mark.parametrize("key", WORDS)
@pytest.mark.parametrize("hidden", [False, True])
def test_what_is_read_and_found_tells_of_a_field_unless_it_is_hidden(
    tmp_path: Path, key: str, hidden: bool
) -> None:
    place = place_with(tmp_path, hiding(key) if hidden else ALL_EDITED)
    sara, ids, word = place.session, (place.lead.id, place.twin.id), WORDS[key][1].format(at=0)
    said = [said_by(each) for each in ways_to_read(sara, ids)]
    assert [tells(each, key) for each in said] == [not hidden] * len(said)
    customers = LeadList(sara)
    assert not hidden or not tells(print_desk(sara, 160) + repr(customers.cities("", 10)), key)
    found = not hidden and key in SEARCHED
    assert (ids[0] in customers.order(View(find=word))) is found
    assert (ids[0] in customers.matches(View(find=word), ids)) is found
    if hidden and key != "phone_other":
        orders = [list(customers.order(View(sort=key, descending=each))) for each in (True, False)]
        assert orders == [sorted(ids, reverse=each) for each in (True, False)]
    asked = {
        "city": LeadFilter(cities=frozenset({WORDS["city"][1]})),
        "grade": LeadFilter(grades=frozenset({WORDS["grade"][1]})),
        OWN: LeadFilter(fields=(FieldFilter("own_text", contains="abraca"),)),
    }.get(key)
    if asked is not None:
        assert bool(len(customers.order(View(filter=asked)))) is not hidden
        assert bool(customers.matches(View(filter=asked), ids)) is not hidden
    sara.close()


@pytest.mark.parametrize("key", [*WORDS, NAME])
def test_a_field_that_is_only_read_stays_as_it_is(tmp_path: Path, key: str) -> None:
    rights = with_right(ALL_EDITED, key, FieldRight.READ)
    place = place_with(tmp_path, rights)
    sara, lead = place.session, place.lead
    typed = {key: {"email": "new@example.com"}.get(key, "+12125550177" if key in REACHING else "Other")}
    with pytest.raises(InvalidAnswers, match="read"):
        editing.edit_lead(sara, editing.EditLead(lead.id, lead.version, typed))
    with pytest.raises(InvalidAnswers, match="read"):
        editing.add_lead(sara, editing.AddLead({"name": "Somebody", "email": "some@example.com", **typed}))
    columns = {"name": "Name", "own_text": "Own text"}.get(key, "") or key
    (tmp_path / "mapped.csv").write_text(f"A,B,Phone\n{typed[key]},Mina,+12125550188\n")
    with pytest.raises(Invalid, match="read"):
        import_files(
            sara, [tmp_path / "mapped.csv"], ImportOptions(mapping={"A": columns.removeprefix("custom:")})
        )
    assert leads.open_lead(sara, lead.id).lead == lead
    sara.close()


@pytest.mark.parametrize("key", [key for key in WORDS if key != "phone_other"])
def test_what_was_begun_with_a_field_ends_with_the_right_to_it(tmp_path: Path, key: str) -> None:
    place = place_with(tmp_path, ALL_EDITED)
    sara, lead = place.session, place.lead
    before, now = (WORDS[key][each].format(at=at) for each, at in ((1, 0), (0, 3)))
    editing.edit_lead(sara, editing.EditLead(lead.id, lead.version, {key: now}))
    for kind in (drafts.CUSTOMER_DRAFT, drafts.PLAYBOOK_DRAFT):
        drafts.save_draft(sara, FormDraft(kind, lead.id, {key: before, "name": "Mina"}, {key: now}))
    for right in (FieldRight.READ, FieldRight.HIDDEN):
        give(place, with_right(ALL_EDITED, key, right))
        with pytest.raises(undo.NotTakenBack, match="profile"):
            undo.undo(sara)
    begun = [
        *(each.draft for each in drafts.open_drafts(sara)),
        *(drafts.find_draft(sara, each, lead.id) for each in (drafts.CUSTOMER_DRAFT, drafts.PLAYBOOK_DRAFT)),
    ]
    assert [each.texts for each in begun if each] == [{"name": "Mina"}] * 4
    assert not tells(repr(begun), key)
    give(place, ALL_EDITED)
    undo.undo(sara)
    assert leads.open_lead(sara, lead.id).lead.numbers == lead.numbers
    assert tells(repr(leads.open_lead(sara, lead.id).lead), key)
    sara.close()


@pytest.mark.parametrize("key", ["city", OWN])
def test_a_message_is_read_by_whoever_sees_all_that_is_filled_in(tmp_path: Path, key: str) -> None:
    place = place_with(tmp_path, ALL_EDITED)
    sara = place.session
    with_key, without = (
        messages.save_text(sara, MessageText(0, "", title, Medium.WHATSAPP, body=f"Dear {{name}} {words}"))
        for title, words in (("Hello", f"of {{{key.removeprefix('custom:')}}}"), ("Bye", "good bye"))
    )

    def read() -> str:
        listed = outbox.list_messages(sara, set(MessageState))
        return repr((leads.open_lead(sara, place.lead.id).timeline, listed))

    for text in (with_key, without):
        messages.queue_message(sara, place.lead.id, text.id)
    seen = messages.fill_in(sara, place.lead.id, with_key.id)[0]
    messages.queue_message(sara, place.lead.id, with_key.id, replace(seen, filled_in=None))
    sara.reload_definitions()
    give(place, with_right(ALL_EDITED, "grade", FieldRight.HIDDEN))
    assert read().count(f"of {WORDS[key][1]}") == 4
    give(place, hiding(key))
    assert not tells(read(), key)
    assert read().count("good bye") == 2
    messages.queue_message(sara, place.lead.id, with_key.id)
    assert read().count("Dear Customer 0 of") == 2, "their own, without the field, stays to be read"
    with sara.write() as tx, journal.record(tx, place.lead.id, sara.actor_id, tx.now) as step:
        step.activity_id = messages.queue(tx, tx.lead(place.lead.id), with_key).activity_id
    assert read().count("Dear Customer 0 of") == 4, "so is what a rule of theirs causes"
    sara.close()


def test_nobody_gives_a_field_further_than_they_reach_it(tmp_path: Path) -> None:
    place = place_with(tmp_path, hiding("city"))
    sara = place.session
    agent = sara.definitions.profile(AGENT_PROFILE)
    nobodys = next(each for each in sara.definitions.profiles if each.id == place.profile_id)
    assert agent is not None
    for wanted, before in (
        (replace(agent, fields=ALL_EDITED), agent),
        (replace(agent, id=0, key="", title="Copy", fields=ALL_EDITED), None),
        (replace(nobodys, fields=hiding("city")), nobodys),
    ):
        with pytest.raises(Invalid, match="City"):
            profiles.save_profile(sara, wanted, before)
    with pytest.raises(Invalid, match="City"):
        colleagues.change_colleague(sara, sara.actor_id, sara.actor.name, nobodys.key, active=True)
    less = Profile(0, "", "Less", agent.permissions, with_right(hiding("city"), "grade", FieldRight.READ))
    assert profiles.save_profile(sara, less).fields == less.fields
    sara.close()


def test_every_field_that_is_typed_can_be_hidden_but_names(tmp_path: Path) -> None:
    place = place_with(tmp_path, ALL_EDITED)
    keys = {each.key for each in ruled_fields(place.session.definitions)}
    assert keys >= {*WORDS, NAME}
    place.session.close()
