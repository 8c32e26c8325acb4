"""Playbooks: keeping one as a new version, looking back at the versions, and keeping what was answered in a talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from leadtui.domain.defining import OtherDefinition, clean_title, new_key
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import entry_texts
from leadtui.domain.lead_fields import find_field, is_of_talk
from leadtui.domain.permission import Permission
from leadtui.domain.playbook import OPENING, Playbook, own_fields, playbook_problems, version_of
from leadtui.domain.playbook_table import cleaned
from leadtui.domain.proposal import ProposalSort
from leadtui.domain.workspace import Definitions, Need
from leadtui.errors import Conflict, Invalid, InvalidAnswers, NotFound
from leadtui.language.text import search_key
from leadtui.language.translate import _
from leadtui.services.defining import NEED
from leadtui.services.drafts import PLAYBOOK_DRAFT
from leadtui.services.editing import change_lead, require_sight
from leadtui.services.field_kinds import change_answers
from leadtui.services.leads import lead_changed
from leadtui.services.playbook_file import surroundings
from leadtui.services.proposals import approve
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import definitions, drafts, leads, playbooks
from leadtui.store.playbooks import PlaybookVersion

__all__ = [
    "PlaybookVersion",
    "TalkAnswers",
    "playbook_history",
    "restore_playbook",
    "save_answers",
    "save_need",
    "save_playbook",
]


def save_playbook(
    session: Session, owner: str, playbook: Playbook, seen: int | None = None, *, approves: int = 0
) -> Playbook:
    """Keep a new version of the playbook of a need (by its key) or of `OPENING`, and return it.

    What the questions need of fields of their own is defined with it; those of questions that went are retired.
    Raises InvalidAnswers beside what is wrong with it, Conflict where there is another version than `seen`.
    """
    with session.write(Permission.DEFINE_NEEDS) as tx:
        _save(tx, owner, playbook, seen)
        if approves:
            need = next((each.id for each in tx.definitions.needs if each.key == owner), None)
            approve(tx, approves, ProposalSort.QUESTION, need, owner)
    return session.reload_definitions().playbook(owner)


def save_need(session: Session, need: Need, before: Need | None = None, *, approves: int = 0) -> Need:
    """Keep a new need (id 0) or a changed one, its title and its playbook at once, and return it as kept.

    Raises InvalidAnswers with a problem for each wrong part, Conflict where somebody changed title or playbook since `before`
    was read, or decided about the proposal.
    """
    with session.write(Permission.DEFINE_NEEDS) as tx:
        known = tx.definitions
        stored = known.need(need.id) if need.id else None
        if need.id and stored is None:
            raise NotFound(_("That need does not exist any more."))
        if stored is not None and before is not None and _standing(stored) != _standing(before):
            words = _("Somebody else changed “{title}” in the meantime; look at it again, then save.")
            raise Conflict(words.format(title=stored.title))
        others = [OtherDefinition(each.id, each.key, each.title, each.retired) for each in known.needs]
        problems: list[Invalid] = []
        title = need.title
        try:
            title = clean_title(title, need.id, others)
        except Invalid as error:
            problems.append(error)
        key = stored.key if stored is not None else new_key(title, NEED, (each.key for each in others))
        playbook = cleaned(need.playbook)
        problems += _problems(key, playbook, known)
        if problems:
            raise InvalidAnswers(tuple(problems))
        need_id = need.id
        if stored is None:
            need_id = definitions.add_need(tx, key, title, definitions.next_position(tx, NEED))
        elif title != stored.title:
            definitions.rename(tx, NEED, need_id, title)
        _keep(tx, key, playbook)
        if approves:
            if stored is None:
                approve(tx, approves, ProposalSort.NEED, need_id)
            else:
                approve(tx, approves, ProposalSort.QUESTION, need_id, key)
    return next(each for each in session.reload_definitions().needs if each.id == need_id)


def restore_playbook(session: Session, owner: str, version: int) -> Playbook:
    """Let the playbook be as it was in that version, which becomes the newest one. Raises NotFound, InvalidAnswers."""
    with session.write(Permission.DEFINE_NEEDS) as tx:
        _save(tx, owner, version_of([each.playbook for each in playbooks.history(tx, owner)], version), None)
    return session.reload_definitions().playbook(owner)


def playbook_history(session: Session, owner: str) -> tuple[PlaybookVersion, ...]:
    """All versions of a playbook with who wrote them, newest first."""
    with session.read(Permission.DEFINE_NEEDS) as tx:
        return playbooks.history(tx, owner)


def _standing(need: Need) -> tuple[str, int]:
    return need.title, need.playbook.version


def _save(tx: Transaction, owner: str, playbook: Playbook, seen: int | None) -> None:
    known = tx.definitions
    if owner != OPENING and owner not in {each.key for each in known.needs}:
        raise NotFound(_("That need does not exist any more."))
    present = known.playbook(owner)
    if seen is not None and present.version != seen:
        raise Conflict(_("Somebody else changed this playbook in the meantime; look at it again, then save."))
    playbook = cleaned(playbook)
    problems = _problems(owner, playbook, known)
    if problems:
        raise InvalidAnswers(problems)
    _keep(tx, owner, playbook)


def _problems(owner: str, playbook: Playbook, known: Definitions) -> tuple[Invalid, ...]:
    found = playbook_problems(playbook, surroundings(known.fields, known.statuses, known.needs, known.texts))
    return found or _title_problems(owner, playbook, known)


def _keep(tx: Transaction, owner: str, playbook: Playbook) -> None:
    if playbook == tx.definitions.playbook(owner):
        return
    _define_fields(tx, owner, playbook)
    playbooks.add_version(tx, owner, playbook, tx.actor.id, tx.now)


def _title_problems(owner: str, playbook: Playbook, known: Definitions) -> tuple[Invalid, ...]:
    """Where a question is called as another field, by which neither a column nor a file could tell the two."""
    taken = {search_key(each.title) for each in known.open_fields if each.playbook != owner}
    found: list[Invalid] = []
    for place, each in enumerate(playbook.items):
        if not each.asks or each.field:
            continue
        key = search_key(each.title)
        if key in taken:
            words = _("There is “{title}” already.").format(title=each.title)
            found.append(Invalid(words, f"items.{place}.title"))
        taken.add(key)
    return tuple(found)


def _define_fields(tx: Transaction, owner: str, playbook: Playbook) -> None:
    present = {each.key: each for each in tx.definitions.fields if each.playbook == owner}
    wanted = own_fields(owner, playbook)
    for place, each in enumerate(wanted, len(tx.definitions.fields)):
        before = present.get(each.key)
        if before is None:
            definitions.add_field(tx, replace(each, position=place))
            continue
        after = replace(before, title=each.title, kind=each.kind, options=each.options, retired=False)
        if before.kind is not after.kind:
            change_answers(tx, before, after)
        if after != before:
            definitions.save_field(tx, after)
    gone = present.keys() - {each.key for each in wanted}
    for each in present.values():
        if each.key in gone and not each.retired:
            definitions.save_field(tx, replace(each, retired=True))


@dataclass(frozen=True, slots=True)
class TalkAnswers:
    """What was answered in a talk, as typed, by the keys of the form's fields; `seen` is what stood there before."""

    lead_id: int
    typed: Mapping[str, str]
    seen: Mapping[str, str] = field(default_factory=dict[str, str])


def save_answers(session: Session, command: TalkAnswers) -> Lead:
    """Keep the answers in the lead's fields and return the lead; where none is another than before, nothing is written.

    Raises InvalidAnswers beside what cannot be read, Conflict where somebody else answered one of them otherwise, Refused
    for fields of the customer (`lead_fields.is_of_talk`) where the person may not edit customers.
    """
    with session.write(Permission.FOLLOW_UP) as tx:
        lead = tx.lead(command.lead_id, Permission.FOLLOW_UP)
        require_sight(tx, lead, command.typed)
        now = entry_texts(lead, tx.definitions, tx.format_context())
        typed = {key: text for key, text in command.typed.items() if text != now.get(key, "")}
        if any(now.get(key, "") != command.seen.get(key, now.get(key, "")) for key in typed):
            raise lead_changed(tx, lead)
        fields = [find_field(key, tx.definitions) for key in typed]
        if not all(each is None or is_of_talk(each) for each in fields):
            tx.require_reach(Permission.EDIT_CUSTOMERS, lead.owner_id)
        if typed:
            change_lead(tx, lead, typed)
        drafts.discard(tx, tx.actor.id, PLAYBOOK_DRAFT, lead.id)
        return tx.show(leads.get(tx, lead.id))
