"""Playbooks in a workspace: versions, the fields that they bring, what was answered in a talk."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from session_making import add_lead, hire, make_session

from leadtui.domain.audit import AuditFilter
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.lead import ActivityKind
from leadtui.domain.lead_fields import table_fields
from leadtui.domain.message import Medium, MessageText
from leadtui.domain.permission import Permission, Profile
from leadtui.domain.playbook import OPENING, ItemKind, Playbook, PlaybookItem
from leadtui.domain.view import FieldFilter, LeadFilter, View, custom_key, custom_sort
from leadtui.errors import Conflict, Invalid, InvalidAnswers, NotFound, Refused, Unreadable
from leadtui.services.audit import list_entries
from leadtui.services.defining import MESSAGE_TEXT, retire, save_field
from leadtui.services.exporting import ExportFormat, export
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import open_lead
from leadtui.services.messages import save_text
from leadtui.services.playbook_file import load_playbook, playbook_text
from leadtui.services.playbooks import (
    TalkAnswers,
    playbook_history,
    restore_playbook,
    save_answers,
    save_playbook,
)
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.services.template_exchange import compare, import_template, template_text
from leadtui.services.templates import load_template
from leadtui.services.undo import undo

SHOE = PlaybookItem(ItemKind.ASK, "shoe", "Shoe size", "Which size?", answer=FieldKind.INTEGER)
BOOK = Playbook(opening="Hello {name}", items=(SHOE,))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return make_session(tmp_path)


def test_each_version_stays_and_any_comes_back(session: Session) -> None:
    first = save_playbook(session, "integration", BOOK)
    second = save_playbook(session, "integration", replace(BOOK, opening="Good day"), first.version)
    with pytest.raises(Conflict):
        save_playbook(session, "integration", BOOK, first.version)
    assert (first.version, second.version) == (1, 2)
    assert restore_playbook(session, "integration", 1) == BOOK
    versions = playbook_history(session, "integration")
    assert [each.playbook.version for each in versions] == [3, 2, 1]
    assert {each.actor_id for each in versions} == {session.actor.id}
    with pytest.raises(NotFound):
        restore_playbook(session, "integration", 9)
    told = [
        each.event for each in list_entries(session, AuditFilter()) if each.event.title == "An integration"
    ]
    assert [(part.name, part.before, part.after) for part in told[0].parts] == [("playbook", 2, 3)]


def test_a_question_brings_its_field_and_leaves_it_readable(session: Session) -> None:
    save_playbook(session, "integration", BOOK)
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    save_answers(session, TalkAnswers(lead.id, {custom_sort("integration_shoe"): "41"}, {}))
    save_playbook(session, "integration", replace(BOOK, items=()))
    (kept,) = [each for each in session.definitions.fields if each.key == "integration_shoe"]
    assert kept.retired
    assert kept.title == "Shoe size"
    assert open_lead(session, lead.id).lead.custom == {"integration_shoe": "41"}
    restore_playbook(session, "integration", 1)
    (back,) = [each for each in session.definitions.open_fields if each.key == "integration_shoe"]
    assert back.id == kept.id


def test_answers_are_one_step_that_is_told_and_taken_back(session: Session) -> None:
    save_playbook(session, "integration", BOOK)
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    typed = {"need": "integration", custom_sort("integration_shoe"): "41", "city": "Oslo"}
    saved = save_answers(session, TalkAnswers(lead.id, typed))
    assert (saved.city, saved.custom["integration_shoe"]) == ("Oslo", "41")
    entry = open_lead(session, lead.id).timeline[0]
    assert entry.kind is ActivityKind.EDITED
    assert {key for key, _was, _now in entry.detail.changes} >= {"city", "need"}
    undo(session)
    assert open_lead(session, lead.id).lead.custom == {}


def test_what_somebody_else_answered_meanwhile_is_not_written_over(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    save_answers(session, TalkAnswers(lead.id, {"city": "Oslo"}, {"city": ""}))
    save_answers(session, TalkAnswers(lead.id, {"major": "Law"}, {"major": ""}))
    with pytest.raises(Conflict):
        save_answers(session, TalkAnswers(lead.id, {"city": "Bergen"}, {"city": ""}))
    assert open_lead(session, lead.id).lead.city == "Oslo"


def test_a_question_that_is_called_as_another_field_is_refused_beside_it(session: Session) -> None:
    twin = Playbook(items=(replace(SHOE, title="Seats"),))
    with pytest.raises(InvalidAnswers) as refused:
        save_playbook(session, "integration", twin)
    assert [each.field for each in refused.value.problems] == ["items.0.title"]
    assert playbook_history(session, "integration") == ()


def test_a_template_carries_its_playbooks_out_and_in(tmp_path: Path) -> None:
    session = make_session(tmp_path, "hesin-haseb")
    file = tmp_path / "desk.toml"
    file.write_bytes(template_text(session))
    again = load_template(str(file))
    assert compare(session, again) == []
    changed = replace(session.definitions.opening, opening="سلام {name}")
    save_playbook(session, OPENING, changed)
    (difference,) = compare(session, again)
    assert (difference.sort, difference.action.value) == ("playbook", "change")
    import_template(session, again)
    assert session.definitions.opening == again.opening
    assert session.definitions.opening.version == 3


def test_a_text_that_a_playbook_sends_is_there_and_stays_until_it_is_taken_out(
    session: Session, tmp_path: Path
) -> None:
    text = save_text(session, MessageText(0, "", "The way", Medium.SMS, "Dear {name}"))
    item = PlaybookItem(ItemKind.SEND, text="Tell them how to come.", message=text.key)
    for unknown in ("lost", text.key.upper()):
        with pytest.raises(InvalidAnswers) as refused:
            save_playbook(session, OPENING, Playbook(items=(replace(item, message=unknown),)))
        (problem,) = refused.value.problems
        assert problem.field == "items.0.message"
        assert f"“{unknown}”" in str(problem)
    sends = Playbook(items=(item,))
    save_playbook(session, OPENING, sends)
    save_playbook(session, "integration", sends)
    file = tmp_path / "desk.toml"
    file.write_bytes(template_text(session))
    template = load_template(str(file))
    assert compare(session, template) == []
    with pytest.raises(Invalid, match=r"“The way” is sent by .*: the opening, An integration\."):
        retire(session, MESSAGE_TEXT, text.id)
    without = replace(template, texts=(), needs=(), opening=Playbook())
    import_template(session, without, retire_missing=True)
    assert text.key in {each.key for each in session.definitions.open_texts}  # as long as they send it
    save_playbook(session, OPENING, BOOK)
    save_playbook(session, "integration", Playbook(opening="Hello"))
    retire(session, MESSAGE_TEXT, text.id)
    with pytest.raises(InvalidAnswers, match="“the_way”"):
        restore_playbook(session, OPENING, 2)
    assert import_template(session, template)
    assert session.definitions.opening == sends
    assert text.key in {each.key for each in session.definitions.open_texts}


def test_a_file_says_the_place_of_its_fault(tmp_path: Path) -> None:
    file = tmp_path / "talk.toml"
    file.write_bytes(playbook_text(BOOK))
    assert load_playbook(file) == BOOK
    file.write_text('[[items]]\nhum = "la"\n', "utf-8")
    with pytest.raises(Unreadable, match=r"items\[0\]\.hum"):
        load_playbook(file)


def test_the_five_needs_listen_first_and_offer_a_meeting_in_person() -> None:
    template = load_template("hesin-haseb")
    assert [each.key for each in template.needs if not each.playbook] == []
    assert template.opening.items[0].kind is ItemKind.DO
    found = {need for each in template.opening.questions for _answer, need in each.finds}
    assert found == {each.key for each in template.needs}
    assert {each.playbook.status for each in template.needs} == {"in_person_meeting"}
    assert all(len(each.playbook.objections) >= 2 for each in template.needs)


def test_a_talk_fills_in_what_is_the_customer_s_own_only_for_who_may_edit(session: Session) -> None:
    save_playbook(session, "integration", BOOK)
    lead = add_lead(session, "Mina Sadeghi", mine=True)
    granted = frozenset(Permission) - {Permission.EDIT_CUSTOMERS}
    caller = save_profile(session, Profile(0, "", "Caller", granted))
    sara = hire(session, "Sara Amini", "sara@example.com", session.now, caller.key)
    typed = {"need": "integration", custom_sort("integration_shoe"): "41"}
    assert save_answers(sara, TalkAnswers(lead.id, typed)).custom == {"integration_shoe": "41"}
    with pytest.raises(Refused):
        save_answers(sara, TalkAnswers(lead.id, {"city": "Oslo"}))
    assert open_lead(session, lead.id).lead.city == ""
    undo(sara)  # what she may answer she may take back, too
    taken_back = open_lead(session, lead.id).lead
    assert (taken_back.need_id, taken_back.custom) == (None, {})
    sara.close()


CHOOSING = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})

ANSWERS: dict[FieldKind, tuple[str, str]] = {
    FieldKind.TEXT: ("blue", "red"),
    FieldKind.LONG_TEXT: ("two\nlines", "one"),
    FieldKind.INTEGER: ("7", "12"),
    FieldKind.NUMBER: ("1.5", "10"),
    FieldKind.MONEY: ("900", "1000"),
    FieldKind.DATE: ("2024-10-05", "2024-09-30"),
    FieldKind.TIME: ("10:30", "9:00"),
    FieldKind.YES_NO: ("yes", "no"),
    FieldKind.CHOICE: ("Low", "High"),
    FieldKind.CHOICES: ("Low\nHigh", "High"),
}


def test_answers_of_a_talk_go_through_every_door_as_own_fields_do(session: Session) -> None:
    """Twins of each kind, one of a playbook and one defined by itself: filter, order, columns and export treat both alike."""
    options = {kind: ("Low", "High") if kind in CHOOSING else () for kind in ANSWERS}
    items = tuple(
        PlaybookItem(ItemKind.ASK, f"a{place}", f"Asked {place}", answer=kind, options=options[kind])
        for place, kind in enumerate(ANSWERS)
    )
    save_playbook(session, "integration", Playbook(items=items))
    twins: dict[FieldKind, tuple[str, str]] = {}
    for place, kind in enumerate(ANSWERS):
        own = save_field(session, Field(0, "", f"Own {place}", kind, options[kind]))
        twins[kind] = (custom_sort(f"integration_a{place}"), custom_sort(own.key))
    for row in range(3):  # the last one answers nothing
        lead = add_lead(session, f"Customer {row}", mine=True)
        typed = {key: ANSWERS[kind][row] for kind, keys in twins.items() for key in keys} if row < 2 else {}
        save_answers(session, TalkAnswers(lead.id, typed))
    customers = LeadList(session)
    columns = {each.key for each in table_fields(session.definitions)}
    for kind, (asked, own) in twins.items():
        assert {asked, own} <= columns
        for descending in (False, True):
            in_order = [
                list(customers.order(View(sort=each, descending=descending))) for each in (asked, own)
            ]
            assert in_order[0] == in_order[1], kind
        value = ANSWERS[kind][0].replace("\n", " ").split()[0]
        narrowed = FieldFilter("")
        for part in (
            replace(narrowed, none=True),
            replace(narrowed, contains=value),
            replace(narrowed, least=value, most=value),
            replace(narrowed, options=frozenset({value})),
        ):
            fitting = [
                list(customers.order(View(filter=LeadFilter(fields=(replace(part, key=key),)))))
                for key in ((custom_key(each) or "") for each in (asked, own))
            ]
            assert fitting[0] == fitting[1], (kind, part)
            assert fitting[0] or not part.none
    stream = io.BytesIO()
    export(session, View(), ExportFormat.CSV, stream)
    titles, *rows = csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline=""))
    for place in range(len(ANSWERS)):
        asked_at, own_at = titles.index(f"Asked {place}"), titles.index(f"Own {place}")
        told = [(row[asked_at], row[own_at]) for row in rows]
        assert all(one == other for one, other in told)
        assert len({one for one, _other in told}) == 3
