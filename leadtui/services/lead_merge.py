"""Making one customer of two, and two of that one again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from leadtui.domain import lead_merge
from leadtui.domain.difference import Difference, Side
from leadtui.domain.field_rights import FieldRight
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_entry import only_read
from leadtui.domain.permission import Permission
from leadtui.domain.view import View
from leadtui.domain.visibility import is_within
from leadtui.errors import Invalid, InvalidAnswers, Refused
from leadtui.language.person_names import spellings
from leadtui.language.phone import show_phone
from leadtui.language.translate import _
from leadtui.services.drafts import MERGE_DRAFT
from leadtui.services.editing import write_values
from leadtui.services.lead_list import LeadList
from leadtui.services.leads import lead_changed, numbers_hidden
from leadtui.services.session import Interruption, Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, drafts, journal, leads, search_keys
from leadtui.store import lead_merge as merged_rows
from leadtui.store.journal import Step
from leadtui.store.search import Find, find_by_name, find_ids

_MERGE = "merge"
"""What a step keeps under this name is what `unmerge` needs."""

_SHOWN = 20
_LAST_DIGITS = 8
_LOOKED_AT = 50


class Alike(StrEnum):
    """Why somebody may be the same person."""

    NUMBER = "number"
    EMAIL = "email"
    NAME = "name"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the same person as another customer."""

    lead: Lead
    alike: Alike


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two customers beside each other, as they were read."""

    kept: Lead
    lost: Lead
    differences: tuple[Difference, ...]

    def result(self, choices: Mapping[str, Side]) -> Lead:
        """What the one customer would be."""
        return lead_merge.merge(self.kept, self.lost, choices, self.differences)


def candidates(
    session: Session, lead_id: int, typed: str = "", interruption: Interruption | None = None
) -> tuple[Candidate, ...]:
    """Whom `typed` finds by name, number, e-mail or city; for nothing typed, who looks like the same person.

    Raises Interrupted where `interruption` asked for that.
    """
    with session.read(Permission.MERGE_CUSTOMERS) as tx:
        reached = tx.reach(Permission.MERGE_CUSTOMERS)
    customers = LeadList(session)
    if typed.strip():
        ids = customers.first_window(View(sort="name", descending=False, find=typed), _SHOWN, interruption)
        alike = dict.fromkeys(ids, Alike.FOUND)
    else:
        alike = _lookalikes(session, lead_id, interruption)
    alike.pop(lead_id, None)
    rows = customers.rows(list(alike)[:_SHOWN])
    known = {
        each
        for each, lead in rows.items()
        if not lead.numbers_hidden and is_within((lead.owner_id,), reached)
    }
    return tuple(Candidate(rows[each], why) for each, why in alike.items() if each in known)


def compare(session: Session, kept_id: int, lost_id: int) -> Comparison:
    """Two customers and what differs between them. Raises Invalid where they are the same, NotFound."""
    with session.read(Permission.MERGE_CUSTOMERS) as tx:
        _require_two(kept_id, lost_id)
        kept, lost = (_whole_lead(tx, each) for each in (kept_id, lost_id))
        found = lead_merge.differences(kept, lost, tx.definitions, tx.format_context())
        return Comparison(tx.show(kept), tx.show(lost), found)


def merge(
    session: Session,
    kept_id: int,
    lost_id: int,
    versions: tuple[int, int],
    choices: Mapping[str, Side] | None = None,
) -> Lead:
    """Make one customer of two and return it; the lost one's row goes, everything of theirs stays.

    `versions` are those of the two as they were compared, `choices` whose value stays, by the key of a
    Difference; for the rest the usual side. Raises Conflict where somebody changed one of them since.
    """
    chosen = choices or {}
    with session.write(Permission.MERGE_CUSTOMERS) as tx:
        _require_two(kept_id, lost_id)
        context = tx.format_context()
        kept, lost = (_whole_lead(tx, each) for each in (kept_id, lost_id))
        for lead, version in zip((kept, lost), versions, strict=True):
            if lead.version != version:
                raise lead_changed(tx, lead)
        for lead in (kept, lost):
            drafts.discard(tx, tx.actor.id, MERGE_DRAFT, lead.id)
        found = lead_merge.differences(kept, lost, tx.definitions.unhidden, context)
        chosen = _as_allowed(tx, found, chosen)
        result = lead_merge.merge(kept, lost, chosen, found)
        detail = ActivityDetail(
            kept_name=_called(tx, kept),
            lost_name=_called(tx, lost),
            changes=lead_merge.told_changes(kept, lost, chosen, found, tx.definitions.unhidden, context),
        )
        with journal.record(tx, kept_id, tx.actor.id, tx.now) as step:
            step.more[_MERGE] = merged_rows.take_over(tx, kept_id, lost_id)
            # The reminders that came from the other one go back there and are not cancelled.
            step.more["reminders"] = {}
            step.activity_id = activities.add(tx, kept_id, ActivityKind.MERGED, tx.now, tx.actor.id, detail)
            write_values(tx, kept, result)
            search_keys.refresh(tx, [kept_id])
        return tx.show(leads.get(tx, kept_id))


def _as_allowed(
    tx: Transaction, found: Sequence[Difference], choices: Mapping[str, Side]
) -> Mapping[str, Side]:
    """The choices between what the person sees. Raises InvalidAnswers where they choose another value of a field they may only read."""
    sight = tx.definitions.sight
    allowed = {key: side for key, side in choices.items() if sight.of(key) is not FieldRight.HIDDEN}
    problems = [
        only_read(each.title, each.key)
        for each in found
        if sight.of(each.key) is FieldRight.READ and allowed.get(each.key, each.usual) is not each.usual
    ]
    if problems:
        raise InvalidAnswers(tuple(problems))
    return allowed


def unmerge(tx: Transaction, step: Step) -> int:
    """Make two customers again of what the step made one, and return the id of the one who comes back.

    What the step changed of the one who was kept is put back as for any other step: see services/undo.py.
    Raises Refused where somebody has changed the customer since.
    """
    lead = leads.get(tx, step.lead_id)
    if lead.version != step.version_after:
        if not tx.visibility.can_see_numbers(lead.owner_id):
            raise Refused(_("The customer was changed since the merge, so that it cannot be taken back."))
        raise Refused(
            _("{name} was changed since the merge, so that it cannot be taken back.").format(
                name=_called(tx, lead)
            )
        )
    lost_id = merged_rows.give_back(tx, step.lead_id, step.was[_MERGE])
    search_keys.refresh(tx, [lost_id])
    return lost_id


def owner_of_lost(step: Step) -> int | None:
    """In whose cartable the one was whose row the step took away; None for nobody's."""
    return step.was[_MERGE]["lost"]["owner_id"]


def _whole_lead(tx: Transaction, lead_id: int) -> Lead:
    """Nobody merges whom they do not see whole. Raises NotFound, Refused."""
    lead = tx.lead(lead_id, Permission.MERGE_CUSTOMERS)
    if not tx.visibility.can_see_numbers(lead.owner_id):
        raise numbers_hidden(tx.show(lead))
    return lead


def _require_two(kept_id: int, lost_id: int) -> None:
    if kept_id == lost_id:
        raise Invalid(_("That is the same customer; choose another one to merge with."))


def _called(tx: Transaction, lead: Lead) -> str:
    """A customer as a timeline names them."""
    return lead.name or (show_phone(lead.phone, tx.workspace.region) if lead.phone else lead.email)


def _lookalikes(session: Session, lead_id: int, interruption: Interruption | None) -> dict[int, Alike]:
    found: dict[int, Alike] = {}
    with session.read(Permission.MERGE_CUSTOMERS, interruption=interruption) as tx:
        lead = _whole_lead(tx, lead_id)
        for number in lead.numbers:
            digits = number.e164[-_LAST_DIGITS:]
            same = list(find_ids(tx, Find.read(digits), _LOOKED_AT))
            others = leads.whole_leads(tx, same)
            for other_id, other in others.items():
                if any(each.e164.endswith(digits) for each in other.numbers):
                    found.setdefault(other_id, Alike.NUMBER)
        if lead.email:
            for other_id in leads.find_by_email(tx, lead.email):
                found.setdefault(other_id, Alike.EMAIL)
        if lead.name:
            for other_id in find_by_name(tx, spellings(lead.name), _LOOKED_AT):
                found.setdefault(other_id, Alike.NAME)
    return found
