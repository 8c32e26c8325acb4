"""Leads are shared out by a rule: planned, tried, given part by part, and taken back as one step."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from session_making import Office, add_lead, hire

from leadtui.domain.distribution import RuleWords
from leadtui.domain.importing import ImportOptions
from leadtui.domain.view import View
from leadtui.errors import Invalid
from leadtui.services import bulk, presence
from leadtui.services.bulk import Result
from leadtui.services.distributing import distribute, plan
from leadtui.services.importing.running import import_files
from leadtui.services.importing.undoing import undo_import
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import add_note, open_lead
from leadtui.services.undo import undo

SHEET = "Name,Phone,City\n" + "".join(
    f"Customer {number},+1 212 555 0{number:03},{'Rome' if number % 2 else 'Oslo'}\n" for number in range(8)
)


def owners(office: Office) -> Counter[int | None]:
    """How many customers each has."""
    leads = LeadList(office.neda)
    return Counter(each.owner_id for each in leads.rows(leads.order(View())).values())


def test_planned_given_in_parts_and_taken_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "GIVEN_AT_ONCE", 3)
    neda, sara = office.neda, office.sara
    people = [add_lead(neda, f"Customer {number}") for number in range(8)]
    ids = [each.id for each in people]
    planned = plan(neda, RuleWords("weighted", ("sara=3", "neda")), ids)
    assert planned.per_person == {sara.actor.id: 6, neda.actor.id: 2}
    assert owners(office) == {None: 8}
    office.clock.move(minutes=1)
    add_note(sara, ids[0], "mine, please")
    result = Result()
    for part in planned.parts():
        result += distribute(neda, part, result.group_id)
    assert (result.done, result.changed) == (7, 1)
    assert open_lead(neda, ids[1]).timeline[0].detail.rule == "weighted"
    assert len(undo(neda).taken) == 7
    assert owners(office) == {None: 8}


def test_a_trial_takes_last_months_leads_as_if_they_had_just_come(office: Office) -> None:
    people = [add_lead(office.neda, f"Customer {number}", mine=True) for number in range(4)]
    planned = plan(office.neda, RuleWords("least-loaded"), [each.id for each in people], trial=True)
    assert planned.per_person == {office.neda.actor.id: 2, office.sara.actor.id: 2}
    assert planned.before == {office.neda.actor.id: 4}


def test_only_among_those_on_shift(office: Office) -> None:
    lead = add_lead(office.neda)
    words = RuleWords("evenly", on_shift=True)
    with pytest.raises(Invalid, match="Nobody is there"):
        plan(office.neda, words, [lead.id])
    presence.beat(office.sara, "sara's", None)
    assert plan(office.neda, words, [lead.id]).per_person == {office.sara.actor.id: 1}
    office.clock.move(minutes=10)
    with pytest.raises(Invalid, match="Nobody is there"):
        plan(office.neda, words, [lead.id])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (RuleWords("fairly"), "no rule “fairly”; there are: one, evenly, round-robin"),
        (RuleWords("evenly", ("nobody",)), "“nobody” is nobody who can get leads now"),
        (RuleWords("evenly", ("sara=0",)), "“0” is no weight"),
        (RuleWords("evenly", ("sara:Rome",)), "Say by which field"),
        (RuleWords("evenly", by="shoe size"), "cannot go by “shoe size”; it can by: channel, city"),
        (RuleWords("evenly", ("sara:radio",), by="channel"), "“radio” is none of"),
    ],
)
def test_a_rule_that_cannot_be(office: Office, words: RuleWords, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        plan(office.neda, words, [])


def test_an_import_shares_out_who_is_new(office: Office, tmp_path: Path) -> None:
    neda, sara = office.neda, office.sara
    reza = hire(neda, "Reza Amini", "reza@example.com", office.clock)
    neda.reload_definitions()
    known = add_lead(neda, "Customer 0", "+1 212 555 0000")
    sheet = tmp_path / "leads.csv"
    sheet.write_text(SHEET)
    words = RuleWords("evenly", ("reza:rome", "sara", "neda"), by="city", cap=2)
    office.clock.move(minutes=1)
    import_files(neda, [sheet], ImportOptions(distribution=words))
    # Rome fills Reza's cartable, the rest is shared out, and who was there keeps what was.
    assert owners(office) == {reza.actor.id: 2, sara.actor.id: 2, neda.actor.id: 1, None: 3}
    assert open_lead(neda, known.id).lead.owner_id is None
    undo_import(neda, 1)
    assert owners(office) == {None: 1}
    reza.close()


def test_round_robin_goes_on_after_who_got_the_last(office: Office) -> None:
    first, second = (add_lead(office.neda, f"Customer {number}") for number in range(2))
    for lead, expected in ((first, office.neda.actor.id), (second, office.sara.actor.id)):
        office.clock.move(minutes=1)
        planned = plan(office.neda, RuleWords("round-robin"), [lead.id])
        (part,) = planned.parts()
        distribute(office.neda, part)
        assert open_lead(office.neda, lead.id).lead.owner_id == expected
    assert first.entered_at + timedelta(minutes=2) == office.clock.now
