"""Rules of distribution are kept under titles, tried, switched on, and say themselves in the timelines of whom they gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from session_making import Office, add_lead, hire

from leadtui.domain.distribution import DistributionRule, RuleWords
from leadtui.domain.importing import ImportOptions
from leadtui.errors import Conflict, Invalid, LeadtuiError, Refused
from leadtui.presentation.distribution import rule_line
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.timeline import Timeline
from leadtui.services.colleagues import change_colleague
from leadtui.services.defining import DISTRIBUTION, bring_back
from leadtui.services.distributing import distribute, plan, try_rule
from leadtui.services.distribution_rules import remove_rule, save_rule
from leadtui.services.importing.running import import_files
from leadtui.services.leads import open_lead
from leadtui.services.template_exchange import compare, import_template, template_text
from leadtui.services.templates import load_template


def rule(title: str, sharing: str = "evenly", among: Sequence[str] = (), **words: object) -> DistributionRule:
    """A rule that is not kept yet."""
    return DistributionRule(0, "", title, RuleWords(sharing, tuple(among), **words))  # pyright: ignore


def test_kept_tried_switched_on_and_named_in_the_timeline(office: Office, tmp_path: Path) -> None:
    neda, sara = office.neda, office.sara
    people = [add_lead(neda, f"Customer {number}", city="Rome" if number else "Oslo") for number in range(4)]
    kept = save_rule(neda, rule("Rome first", "weighted", ["Sara=2:Rome", "neda"], by="city"))
    # Names change: people are kept by their addresses.
    assert kept.words.among == ("sara@example.com=2:Rome", "neda@example.com")
    assert rule_line(kept.words, neda.definitions) == "by weight · City · Sara Amini=2: Rome, Neda Karimi"
    words = RuleWords("rome first")
    with pytest.raises(Refused, match="“Rome first” is switched off; try it"):
        plan(neda, words, [people[0].id])
    assert try_rule(neda, kept).per_person == {sara.actor.id: 3, neda.actor.id: 1}
    bring_back(neda, DISTRIBUTION, kept.id)
    (part,) = plan(neda, words, [each.id for each in people]).parts()
    assert distribute(neda, part, note="for you").done == 4
    (told, *_earlier) = open_lead(neda, people[1].id).timeline
    assert (told.detail.rule, told.detail.text) == ("=Rome first", "for you")
    assert "“Rome first”" in Timeline(Formatter(neda)).line(told)
    sheet = tmp_path / "leads.csv"
    sheet.write_text("Name,Phone,City\nAnna,+1 212 555 0190,Rome\n")
    import_files(neda, [sheet], ImportOptions(distribution=words))
    assert open_lead(neda, people[-1].id + 1).lead.owner_id == sara.actor.id
    with pytest.raises(Invalid, match="says itself among whom"):
        plan(neda, replace(words, cap=3), [])
    remove_rule(neda, kept.id)
    with pytest.raises(Invalid, match="no rule “rome first”; there are: one, evenly"):
        plan(neda, words, [])


def test_who_has_left_is_passed_over(office: Office) -> None:
    neda, sara = office.neda, office.sara
    reza = hire(neda, "Reza Karimi", "reza@example.com", office.clock)
    neda.reload_definitions()
    lead = add_lead(neda)
    kept = save_rule(neda, rule("Both", among=["sara", "reza"]))
    change_colleague(neda, reza.actor.id, reza.actor.name, "agent", active=False)
    assert try_rule(neda, kept).per_person == {sara.actor.id: 1}
    # It can be changed all the same, and is refused only where nobody is left.
    kept = save_rule(neda, replace(kept, title="Two"), kept)
    with pytest.raises(Invalid, match="Nobody is there"):
        save_rule(neda, replace(kept, words=replace(kept.words, among=("reza",))), kept)
    change_colleague(neda, sara.actor.id, sara.actor.name, "agent", active=False)
    with pytest.raises(Invalid, match="Nobody is there"):
        try_rule(neda, kept)
    assert open_lead(neda, lead.id).lead.owner_id is None
    reza.close()


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        (rule(""), "title", "A title is needed"),
        (rule("Fair"), "title", "There is “Fair” already"),
        (rule("Other", "fairly"), "distribute", "no rule “fairly”"),
        (rule("Other", among=["nobody"]), "among", "is nobody who can get leads"),
        (rule("Other", "one"), "among", "Name the one"),
        (rule("Other", by="shoe"), "by", "cannot go by “shoe”"),
        (rule("Other", cap=0), "cap", "such as 200"),
    ],
)
def test_a_rule_that_cannot_be_is_not_kept(
    office: Office, wrong: DistributionRule, field: str, sentence: str
) -> None:
    save_rule(office.neda, rule("Fair", "one", ["sara"]))
    with pytest.raises(Invalid, match=sentence) as refused:
        save_rule(office.neda, wrong)
    assert refused.value.field == field
    assert [each.title for each in office.neda.definitions.rules] == ["Fair"]


def test_two_who_change_one_rule_learn_of_it(office: Office) -> None:
    kept = save_rule(office.neda, rule("Fair"))
    save_rule(office.neda, replace(kept, title="Fairer"), kept)
    with pytest.raises(Conflict, match="Somebody else changed “Fairer”"):
        save_rule(office.neda, replace(kept, title="Fairest"), kept)


def test_a_template_has_the_rules_that_are_on_without_their_people(office: Office, tmp_path: Path) -> None:
    neda = office.neda
    kept = save_rule(neda, rule("Fair", "weighted", ["sara=2", "neda"], by="city", cap=9))
    bring_back(neda, DISTRIBUTION, kept.id)
    save_rule(neda, rule("Off"))
    file = tmp_path / "ours.toml"
    file.write_bytes(template_text(neda))
    template = load_template(str(file))
    (read,) = template.rules
    assert (read.key, read.retired, read.words) == ("fair", True, RuleWords("weighted", by="city", cap=9))
    assert compare(neda, template) == []
    file.write_text(file.read_text().replace("cap = 9", "cap = 8"))
    import_template(neda, load_template(str(file)))
    (fair, off) = neda.definitions.rules
    assert (fair.retired, fair.words) == (False, replace(kept.words, cap=8))
    assert off.title == "Off"
    file.write_text(file.read_text().replace("cap = 8", "cap = 0"))
    with pytest.raises(LeadtuiError, match=r"distribution\[0\].cap"):
        load_template(str(file))
