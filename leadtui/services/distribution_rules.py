"""Supervisors keep rules of distribution under titles; a new one is switched off until it was tried."""

from __future__ import annotations

from dataclasses import replace

from leadtui.domain.defining import OtherDefinition, clean_title, new_key
from leadtui.domain.distribution import DistributionRule, RuleWords
from leadtui.domain.field import find_people
from leadtui.domain.permission import Permission
from leadtui.domain.workspace import Definitions
from leadtui.errors import Conflict, Invalid, NotFound
from leadtui.language.translate import _
from leadtui.services.defining import DISTRIBUTION
from leadtui.services.distributing import named_person, read_rule
from leadtui.services.session import Session
from leadtui.store import definitions

CAP_FIELD = "cap"


def save_rule(
    session: Session, rule: DistributionRule, before: DistributionRule | None = None
) -> DistributionRule:
    """Keep a new rule (id 0), switched off, or a changed one as it is; return it as kept.

    Raises Invalid beside the title or the part of the rule that cannot be, and Conflict where somebody changed it since
    `before` was read.
    """
    with session.write(Permission.DEFINE_RULES) as tx:
        known = tx.definitions
        stored = next((each for each in known.rules if each.id == rule.id), None)
        if rule.id and stored is None:
            raise NotFound(_("That definition does not exist any more."))
        if stored is not None and before is not None and stored != before:
            raise Conflict(
                _("Somebody else changed “{title}” in the meantime; look at it again, then save.").format(
                    title=stored.title
                )
            )
        others = [
            OtherDefinition(each.id, each.key, each.title) for each in known.rules if each.id != rule.id
        ]
        title = clean_title(rule.title, rule.id, others)
        words = _kept_words(known, rule.words)
        if stored is not None:
            kept = replace(stored, title=title, words=words)
        else:
            key = new_key(title, "rule", (each.key for each in others))
            position = definitions.next_position(tx, DISTRIBUTION)
            kept = DistributionRule(0, key, title, words, position)
        rule_id = definitions.save_rule(tx, kept)
    return next(each for each in session.reload_definitions().rules if each.id == rule_id)


def remove_rule(session: Session, rule_id: int) -> None:
    """Delete a rule; the timelines of whom it gave away name it still. Raises NotFound."""
    with session.write(Permission.DEFINE_RULES) as tx:
        if all(each.id != rule_id for each in tx.definitions.rules):
            raise NotFound(_("That definition does not exist any more."))
        definitions.remove_rule(tx, rule_id)
    session.reload_definitions()


def _kept_words(known: Definitions, words: RuleWords) -> RuleWords:
    """The rule as it is kept, with each person by the e-mail address: names change. Raises Invalid."""
    if words.cap is not None and words.cap < 1:
        raise Invalid(_("Write a number of customers, such as 200, or nothing."), CAP_FIELD)
    among = tuple(_by_address(known, each) for each in words.among if each.strip())
    kept = replace(words, sharing=words.sharing.casefold(), by=words.by.strip(), among=among)
    left = {each.email for each in known.colleagues if not each.active}
    # Who has left by now may stay named: the rule passes them over.
    judged = tuple(each for each in among if named_person(each) not in left)
    read_rule(known, replace(kept, among=judged or among), passing_over=bool(among) and not judged)
    return kept


def _by_address(known: Definitions, typed: str) -> str:
    name = named_person(typed)
    found = find_people(name, known.active_colleagues) or find_people(name, known.colleagues)
    if len(found) != 1:
        return typed.strip()
    return found[0].email + typed.strip()[len(name) :]
