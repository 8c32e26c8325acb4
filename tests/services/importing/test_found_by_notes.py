"""A customer is found by what imports noted about them, as long as it stands, and by whoever may see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from import_making import ImportDesk
from session_making import add_lead, hire

from leadtui.domain.view import View
from leadtui.services import erasing
from leadtui.services.editing import EditLead, edit_lead
from leadtui.services.importing.running import list_imports
from leadtui.services.importing.undoing import undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.lead_merge import merge
from leadtui.services.leads import open_lead
from leadtui.services.session import Session
from leadtui.services.undo import undo
from leadtui.store import consistency, tables
from leadtui.store.search import NOTED_LETTERS

MINA = "name,phone,Which flavour?\nMina Sadeghi,09121112233,Pistachio and saffron"


def found(session: Session, typed: str) -> list[int]:
    """The ids of whom a typed text finds, once the store says the same of itself."""
    assert list(consistency.look(session.store, session.now())) == []
    return sorted(LeadList(session).order(View(find=typed)))


def version(session: Session, lead_id: int) -> int:
    return open_lead(session, lead_id).lead.version


def test_whoever_is_new_or_known_is_found_by_the_note(office: ImportDesk) -> None:
    office.take(MINA)
    office.take("name,phone\nReza Karimi,09350001122")
    assert found(office.session, "pistachio") == found(office.session, "which saffr") == [1]
    office.take("name,phone,Colour\nReza,09350001122,Türkis", "again.csv")
    assert found(office.session, "turkis") == [2]
    office.take("name,phone,Colour\nReza,09350001122,Purple", "third.csv")
    assert found(office.session, "turkis") == found(office.session, "purple") == [2]
    office.take("name,phone,city\nAli Noori,09350001122,Shiraz", "fourth.csv")
    assert found(office.session, "noori shiraz") == [2]


def test_what_is_taken_back_finds_nobody(office: ImportDesk) -> None:
    office.take("name,phone\nMina Sadeghi,09121112233")
    office.take("name,phone,Colour\nMina,09121112233,Türkis", "second.csv")
    office.take(MINA, "third.csv")
    undo_import(office.session, list_imports(office.session)[0].id)
    assert found(office.session, "pistachio") == []
    assert found(office.session, "turkis") == [1]


def test_only_the_newest_notes_are_looked_through(office: ImportDesk) -> None:
    office.take(MINA)
    long = "word " * NOTED_LETTERS
    office.take(f"name,phone,Colour\nMina,09121112233,Türkis {long}", "again.csv")
    assert found(office.session, "turkis") == [1]
    assert found(office.session, "pistachio") == []


def _edit(session: Session, _other: int) -> None:
    edit_lead(session, EditLead(1, version(session, 1), {"city": "Karaj"}))


def _merge(session: Session, other: int) -> None:
    merge(session, 1, other, (version(session, 1), version(session, other)))


def _merge_into(session: Session, other: int) -> None:
    merge(session, other, 1, (version(session, other), version(session, 1)))


@pytest.mark.parametrize("step", [_edit, _merge, _merge_into])
def test_a_step_and_taking_it_back_leave_the_note(
    office: ImportDesk, step: Callable[[Session, int], None]
) -> None:
    session = office.session
    office.take(MINA)
    other = add_lead(session, "Anna Rossi", "09350001122").id
    step(session, other)
    (holder,) = found(session, "pistachio")
    office.take("name,phone\nSara,09121112233", "another.csv")
    assert found(session, "another person") == [holder]
    if step is _edit:
        undo(session)
        assert found(session, "another person") == found(session, "pistachio") == [1]


def test_two_again_each_is_found_by_their_own(office: ImportDesk) -> None:
    office.take(MINA)
    office.take("name,phone,Colour\nReza Karimi,09350001122,Türkis", "other.csv")
    _merge(office.session, 2)
    assert found(office.session, "pistachio") == found(office.session, "turkis") == [1]
    undo(office.session)
    assert found(office.session, "pistachio") == [1]
    assert found(office.session, "turkis") == [2]


def test_whom_a_note_names_is_not_found_in_it_once_erased(office: ImportDesk) -> None:
    session = office.session
    office.take("name,phone,Friend\nMina Sadeghi,09121112233,Zoë Quixwyrm")
    office.take("name,phone\nZoë Quixwyrm,09350001122", "zoe.csv")
    assert found(session, "quixwyrm") == [1, 2]
    assert erasing.erase(session, 2, "asked by letter", "Zoë Quixwyrm").complete
    assert found(session, "quixwyrm") == []
    content = session.store.path.read_bytes()
    assert b"quixwyrm" not in content.lower()
    assert erasing.erase(session, 1, "asked by letter", "Mina Sadeghi").complete
    assert b"friend" not in session.store.path.read_bytes().lower()


def test_what_a_profile_hides_is_not_found(office: ImportDesk) -> None:
    session = office.session
    office.take("name,phone,Second line\nMina,09121112233,ring zoe@example.org or 0935 000 1122")
    with session.store.write() as connection:
        granted = ["customers:see", "cartables:see"]
        connection.execute(
            tables.profile.update().where(tables.profile.c.key == "agent").values(permissions=granted)
        )
    agent = hire(session, "Agent", "agent@example.com", office.clock)
    for typed in ("zoe@example.org", "9350001122", "second line"):
        assert found(session, typed) == [1]
        assert list(LeadList(agent).order(View(find=typed))) == []
    agent.close()
