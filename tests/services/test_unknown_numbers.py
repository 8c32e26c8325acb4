"""Whether a number or an address is there is not told to who may not know it: it is taken in as one that is free.

Every way in which a number comes in is tried with one that is free and one that a hidden customer has: what is said,
counted, shown and kept for the person is the same, and the hidden customer stays as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from session_making import MovingClock, add_lead, hire, make_session
from test_permissions import grant

from leadtui.domain.importing import Duplicates, ImportOptions, SameNumber
from leadtui.domain.lead import Lead
from leadtui.domain.permission import Permission
from leadtui.domain.view import View
from leadtui.errors import LeadtuiError
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.timeline import Timeline
from leadtui.services import do_not_call, erasing, leads
from leadtui.services.editing import AddLead, EditLead, edit_lead, look_up
from leadtui.services.editing import add_lead as typed_in
from leadtui.services.importing import running
from leadtui.services.importing.running import import_files
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.services.undo import undo

FREE, HIDDEN = "+12125550171", "+12125550172"
FREE_ADDRESS, HIDDEN_ADDRESS = "free@example.com", "held@example.com"
MISSING = (Permission.SEE_NUMBERS, Permission.SEE_CUSTOMERS)


@dataclass
class Place:
    """Sara's desk, who may everything but see others' numbers; the hidden customer is Reza's."""

    boss: Session
    sara: Session
    own: Lead
    hidden: Lead
    folder: Path

    def sheet(self, words: str) -> Path:
        path = self.folder / "sheet.csv"
        path.write_text(words)
        return path


def place_without(folder: Path, missing: Permission) -> Place:
    store, clock = folder / "desk.db", MovingClock()
    content, own_id, hidden_id = _made(missing)
    store.write_bytes(content)
    boss, sara = (Session.open(store, email, clock) for email in ("neda@example.com", "sara@example.com"))
    own, hidden = (leads.open_lead(boss, each).lead for each in (own_id, hidden_id))
    return Place(boss, sara, own, hidden, folder)


@cache
def _made(missing: Permission) -> tuple[bytes, int, int]:
    """The store of such a place, with the ids of both customers."""
    clock = MovingClock()
    with TemporaryDirectory() as folder:
        boss = make_session(Path(folder), clock=clock)
        sara = hire(boss, "Sara Ahmadi", "sara@example.com", clock)
        reza = hire(boss, "Reza Amini", "reza@example.com", clock)
        hidden = add_lead(reza, "Anna Rossi", HIDDEN, mine=True, email=HIDDEN_ADDRESS)
        own = add_lead(sara, "Mina Sadeghi", "+1 212 555 0101", mine=True)
        grant(sara, frozenset(Permission) - {missing})
        for each in (reza, sara, boss):
            each.close()
        return (Path(folder) / "desk.db").read_bytes(), own.id, hidden.id


def imported(place: Place, words: str, options: ImportOptions) -> object:
    (report,) = import_files(place.sara, [place.sheet(words)], options)
    return report.to_json(), report.notes


def sheet(name: str, number: str, address: str) -> str:
    return f"Name,Phone,Email,City\n{name},{number},{address},Rome\n"


LOG = "calldate,clid,src,dst,dcontext,disposition,billsec,uniqueid\n2024-09-30 10:00:00,{number},{number},100,from-trunk,ANSWERED,30,1.1\n"

WAYS: dict[str, Callable[[Place, str, str], object]] = {
    "look_up": lambda at, number, address: look_up(at.sara, {"phone": number, "email": address}),
    "look_up referrer": lambda at, number, _address: look_up(at.sara, {"referrer": number}),
    "add": lambda at, number, address: typed_in(
        at.sara, AddLead({"name": "Anna Rossi", "phone": number, "email": address})
    ),
    "add further": lambda at, number, _address: typed_in(
        at.sara, AddLead({"name": "A", "phone_other": number})
    ),
    "add shared": lambda at, number, _address: typed_in(
        at.sara, AddLead({"name": "A", "phone": number}, share=True)
    ),
    "edit": lambda at, number, address: edit_lead(
        at.sara, EditLead(at.own.id, at.own.version, {"phone_other": number, "email": address})
    ),
    "edit referrer": lambda at, number, _address: edit_lead(
        at.sara, EditLead(at.own.id, at.own.version, {"referrer": number})
    ),
    "find_lead": lambda at, number, _address: leads.find_lead(at.sara, number),
    "find": lambda at, number, _address: list(LeadList(at.sara).order(View(find=number))),
    "forbid": lambda at, number, _address: do_not_call.forbid_number(at.sara, number, "asked"),
    "forbid and undo": lambda at, number, _address: [
        do_not_call.forbid_number(at.sara, number, "asked"),
        undo(at.sara),
    ],
    "forbid many": lambda at, number, _address: do_not_call.forbid_numbers(at.sara, [number], "asked"),
    **{
        f"import {duplicates} {same} {name}": lambda at, number, address, options=options, name=name: (
            imported(at, sheet(name, number, address), options)
        )
        for duplicates in Duplicates
        for same in SameNumber
        for name in ("Anna Rossi", "Somebody Else")
        for options in [ImportOptions(duplicates=duplicates, same_number=same)]
    },
    "import address": lambda at, _number, address: imported(
        at, f"Name,Email\nAnna Rossi,{address}\n", ImportOptions()
    ),
    "import beside own": lambda at, number, _address: imported(
        at, f"Name,Phone,Phone 2\nMina Sadeghi,+12125550101,{number}\n", ImportOptions()
    ),
    "import again": lambda at, number, address: [
        imported(at, sheet("Anna Rossi", number, address), ImportOptions()) for _ in range(2)
    ],
    "import call": lambda at, number, _address: imported(at, LOG.format(number=number), ImportOptions()),
}


def told(place: Place, way: str, number: str, address: str) -> str:
    """All that is said, and what Sara sees afterwards, with the number and address put alike."""
    try:
        said = repr(WAYS[way](place, number, address))
    except LeadtuiError as error:
        said = f"{error!r} {error}"
    timeline = Timeline(Formatter(place.sara))
    customers = LeadList(place.sara)
    for each in customers.order(View(sort="name")):
        if each != place.hidden.id:
            opened = leads.open_lead(place.sara, each)
            said += f"\n{opened!r}" + "".join(map(timeline.line, opened.timeline))
    said = re.sub(r"(\+?1\W*)?212\W*555\W?017[12]", "NUMBER", said).replace(address, "ADDRESS")
    return re.sub(r"'?digest'?[:=] ?'[0-9a-f]+'|/[^ ']*desk[^ ']*", "", said.replace(str(place.folder), ""))


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("way", WAYS)
def test_a_hidden_number_is_taken_as_a_free_one(tmp_path: Path, way: str, missing: Permission) -> None:
    answers: list[str] = []
    for kind, number, address in (("free", FREE, FREE_ADDRESS), ("held", HIDDEN, HIDDEN_ADDRESS)):
        folder = tmp_path / kind
        folder.mkdir()
        place = place_without(folder, missing)
        before = leads.open_lead(place.boss, place.hidden.id)
        answers.append(told(place, way, number, address))
        after = leads.open_lead(place.boss, place.hidden.id)
        if not way.startswith("forbid"):
            assert after.timeline == before.timeline
            assert after.lead == before.lead
        place.sara.close()
        place.boss.close()
    assert answers[0] == answers[1]


@pytest.mark.parametrize("missing", MISSING)
def test_a_number_comes_back_whoever_has_it_by_now(tmp_path: Path, missing: Permission) -> None:
    """Sara takes a number away and takes that back; meanwhile a hidden customer may have got it."""
    answers: list[str] = []
    for kind in ("free", "held"):
        folder = tmp_path / kind
        folder.mkdir()
        place = place_without(folder, missing)
        given = edit_lead(
            place.sara, EditLead(place.own.id, place.own.version, {"phone_other": FREE, "city": "Rome"})
        )
        edit_lead(place.sara, EditLead(given.id, given.version, {"phone_other": ""}))
        another = FREE if kind == "held" else "+12125550173"
        edit_lead(place.boss, EditLead(place.hidden.id, place.hidden.version, {"phone_other": another}))
        undone = undo(place.sara)
        opened = leads.open_lead(place.sara, given.id)
        assert [each.e164 for each in opened.lead.numbers] == [place.own.phone, FREE]
        answers.append(f"{undone} {opened}")
        if kind == "held":
            assert [each.lead_id for each in leads.open_lead(place.boss, given.id).sharers] == [
                place.hidden.id
            ]
        place.sara.close()
        place.boss.close()
    assert answers[0] == answers[1]


def test_a_file_tells_nobody_twice_of_whom_it_brought_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK_ROWS", 1)
    place = place_without(tmp_path, Permission.SEE_NUMBERS)
    words = f"Name,Phone,City\nLea Brown,{FREE},\nLea Brown,{FREE},Rome\nAnna Rossi,{HIDDEN},\nAnna Rossi,{HIDDEN},\n"
    for new in (2, 0):
        (report,) = import_files(place.sara, [place.sheet(words)])
        assert (report.counts.new, report.counts.new + report.counts.updated + report.counts.unchanged) == (
            new,
            4,
        )
    assert len(LeadList(place.boss).order(View(find=FREE))) == 1
    assert len(LeadList(place.boss).order(View(find=HIDDEN))) == 2
    place.sara.close()
    place.boss.close()


@pytest.mark.parametrize("way", ["add", "import keep note Somebody Else", "edit"])
def test_whoever_sees_all_sees_who_shares_it(tmp_path: Path, way: str) -> None:
    way = way if way in WAYS else next(each for each in WAYS if each.endswith("Somebody Else"))
    place = place_without(tmp_path, Permission.SEE_NUMBERS)
    WAYS[way](place, HIDDEN, HIDDEN_ADDRESS)
    (sharer,) = leads.open_lead(place.boss, place.hidden.id).sharers
    other = leads.open_lead(place.boss, sharer.lead_id)
    assert [each.name for each in other.sharers] == ["Anna Rossi"]
    assert [each.shared for each in other.lead.numbers if each.e164 == HIDDEN] == [True]
    (known,) = [
        each for each in look_up(place.boss, {"phone": HIDDEN}).there if each.lead_id == place.hidden.id
    ]
    assert known.name == "Anna Rossi"
    do_not_call.forbid_number(place.boss, HIDDEN, "asked")
    assert all(
        leads.open_lead(place.boss, each).lead.do_not_call for each in (place.hidden.id, sharer.lead_id)
    )
    place.sara.close()
    place.boss.close()


def test_that_somebody_was_erased_is_not_told_either(tmp_path: Path) -> None:
    place = place_without(tmp_path, Permission.SEE_NUMBERS)
    do_not_call.forbid_number(place.boss, HIDDEN, "asked")
    erasing.erase(place.boss, place.hidden.id, "asked for it", "Anna Rossi")
    known = look_up(place.sara, {"phone": HIDDEN})
    assert not known.erased
    assert known.forbidden  # for it must not be rung
    (report,) = import_files(place.sara, [place.sheet(sheet("Anna", HIDDEN, ""))])
    assert not any("erased" in note for note in report.notes)
    place.sara.close()
    place.boss.close()
