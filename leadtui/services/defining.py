"""Supervisors define the desk: statuses, customers' fields, channels, needs; each call changes one definition.

`approves` is the id of a proposal that the definition answers; it is approved with it, or nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from leadtui.domain import lead_fields
from leadtui.domain.defining import TITLE, OtherDefinition, clean_field, clean_status, clean_title, new_key
from leadtui.domain.field import Field
from leadtui.domain.lead_fields import is_built_in_title
from leadtui.domain.permission import Permission
from leadtui.domain.proposal import ProposalSort
from leadtui.domain.status import Status
from leadtui.domain.view import custom_sort
from leadtui.domain.workspace import Definitions
from leadtui.errors import Conflict, Invalid, NotFound
from leadtui.language.translate import _, format_list, pgettext
from leadtui.services.field_kinds import change_answers
from leadtui.services.proposals import approve
from leadtui.services.session import Session
from leadtui.services.templates import BUILT_IN_FIELDS
from leadtui.store import definitions, leads

STATUS = "status"
FIELD = "field"
CHANNEL = "channel"
NEED = "need"
DISTRIBUTION = "distribution_rule"
MESSAGE_TEXT = "message_text"
CASE_KIND = "case_kind"
"""The sorts of definitions, by the names under which their changes are told."""

DEFINED_BY: Mapping[str, Permission] = {
    STATUS: Permission.DEFINE_STATUSES,
    FIELD: Permission.DEFINE_FIELDS,
    CHANNEL: Permission.DEFINE_CHANNELS,
    NEED: Permission.DEFINE_NEEDS,
    DISTRIBUTION: Permission.DEFINE_RULES,
    MESSAGE_TEXT: Permission.WRITE_TEXTS,
    CASE_KIND: Permission.DEFINE_CASES,
}
"""What one needs to change the definitions of a sort."""


def customers_per_status(session: Session) -> Mapping[int | None, int]:
    """How many customers stand in each status, and how many are new (None)."""
    with session.read(Permission.DEFINE_STATUSES) as tx:
        return leads.counts_by_status(tx)


def customers_per_channel(session: Session) -> Mapping[int, int]:
    """How many customers came by each entry channel, first or latest."""
    with session.read(Permission.DEFINE_CHANNELS) as tx:
        return {} if lead_fields.CHANNEL in tx.visibility.hidden else leads.counts_by_channel(tx)


def customers_per_need(session: Session) -> Mapping[int, int]:
    """How many customers have each need. Looks at all of them."""
    with session.read(Permission.DEFINE_NEEDS) as tx:
        return {} if lead_fields.NEED in tx.visibility.hidden else leads.counts_by_need(tx)


def customers_per_field(session: Session) -> Mapping[str, int]:
    """How many customers have something in each field of the workspace, by its key. Looks at all of them."""
    with session.read(Permission.DEFINE_FIELDS) as tx:
        counts, hidden = leads.counts_by_field(tx), tx.visibility.hidden
        return {key: count for key, count in counts.items() if custom_sort(key) not in hidden}


def save_status(
    session: Session, status: Status, before: Status | None = None, *, approves: int = 0
) -> Status:
    """Keep a new status (id 0) or a changed one, and return it as kept.

    Fields of `before` that `status` no longer has are retired. Raises InvalidAnswers with a problem for each
    wrong part, Conflict where somebody changed the status since `before` was read, or decided about the proposal.
    """
    with session.write(Permission.DEFINE_STATUSES) as tx:
        known = tx.definitions
        if status.id:
            _require_unchanged(known.status(status.id), before)
        kept_fields = {each.id for each in status.fields}
        gone = [] if before is None else [each for each in before.fields if each.id not in kept_fields]
        whole = replace(status, fields=(*status.fields, *(replace(each, retired=True) for each in gone)))
        cleaned = clean_status(whole, [each for each in known.statuses if each.id != status.id])
        status_id = definitions.save_status(tx, cleaned)
        if approves:
            approve(tx, approves, ProposalSort.ANSWER if status.id else ProposalSort.STATUS, status_id)
    saved = session.reload_definitions().status(status_id)
    if saved is None:
        raise NotFound(_("The status has gone."))
    return saved


def save_field(session: Session, field: Field, before: Field | None = None, *, approves: int = 0) -> Field:
    """Keep a new customers' field (id 0) or a changed one, and return it as kept. Raises as `save_status`.

    With another kind the answers that customers have of it become answers of that kind; where one of them cannot be
    read so, Invalid names the first, and nothing is changed.
    """
    with session.write(Permission.DEFINE_FIELDS) as tx:
        known = tx.definitions
        stored = next((each for each in known.fields if each.id == field.id), None)
        if field.id:
            _require_unchanged(stored, before)
        others = [each for each in known.fields if each.id != field.id]
        cleaned = clean_field(field, others, BUILT_IN_FIELDS)
        # An import would not know which of the two a column of that title is for.
        if is_built_in_title(cleaned.title) and (stored is None or stored.title != cleaned.title):
            raise Invalid(
                _("Every customer has “{title}” already; choose another title.").format(title=cleaned.title),
                TITLE,
            )
        if stored is not None and stored.kind is not cleaned.kind:
            change_answers(tx, stored, cleaned)
        if not cleaned.id:
            cleaned = replace(cleaned, position=len(known.fields))
        field_id = definitions.save_field(tx, replace(cleaned, status_id=None))
        if approves:
            approve(tx, approves, ProposalSort.FIELD, field_id)
    return next(each for each in session.reload_definitions().fields if each.id == field_id)


def add_titled(session: Session, sort: str, title: str, *, approves: int = 0) -> int:
    """Add a channel or a need and return its id. Raises Invalid where the title is empty or taken, and as `save_status`."""
    with session.write(DEFINED_BY[sort]) as tx:
        others = _titled(tx.definitions, sort)
        cleaned = clean_title(title, 0, others)
        key = new_key(cleaned, sort, (each.key for each in others))
        position = definitions.next_position(tx, sort)
        add = definitions.add_channel if sort == CHANNEL else definitions.add_need
        row_id = add(tx, key, cleaned, position)
        if approves:
            approve(tx, approves, ProposalSort(sort), row_id)
    session.reload_definitions()
    return row_id


def rename(session: Session, sort: str, row_id: int, title: str, before: str | None = None) -> None:
    """Give a channel or a need another title.

    Raises Invalid where it is empty or taken, Conflict where somebody gave it another since `before` was read.
    """
    with session.write(DEFINED_BY[sort]) as tx:
        known = _titled(tx.definitions, sort)
        stored = next((each for each in known if each.id == row_id), None)
        if stored is None:
            raise NotFound(_("That definition does not exist any more."))
        if before is not None and stored.title != before:
            raise _changed_meanwhile(stored.title)
        cleaned = clean_title(title, row_id, known)
        definitions.rename(tx, sort, row_id, cleaned)
    session.reload_definitions()


def retire(session: Session, sort: str, row_id: int) -> None:
    """Take a definition out of use: nobody is offered it, what was given with it stays readable.

    Raises Invalid where it is the last status in use, or a text that a playbook or a kind of case sends.
    """
    with session.write(DEFINED_BY[sort]) as tx:
        known = _titled(tx.definitions, sort)
        in_use = [each for each in known if not each.retired]
        if sort == STATUS and [each.id for each in in_use] == [row_id]:
            raise Invalid(_("A desk needs at least one status; add another first."))
        if sort == MESSAGE_TEXT:
            _require_unsent(tx.definitions, row_id)
        definitions.set_retired(tx, sort, row_id, retired=True)
    session.reload_definitions()


def _require_unsent(known: Definitions, text_id: int) -> None:
    """Raises Invalid where playbooks or cases send the text; it names them."""
    for text in known.open_texts:
        if text.id == text_id and (senders := known.sending(text.key)):
            words = _(
                "“{title}” is sent by the playbook or the cases of: {senders}. Take it out there first."
            )
            named = format_list(each or pgettext("playbook", "the opening") for each in senders)
            raise Invalid(words.format(title=text.title, senders=named))


def bring_back(session: Session, sort: str, row_id: int) -> None:
    """Take a retired definition into use again. Raises Invalid where another has its title by now."""
    with session.write(DEFINED_BY[sort]) as tx:
        known = _titled(tx.definitions, sort)
        own = next((each for each in known if each.id == row_id), None)
        if own is None:
            raise NotFound(_("There is nothing to bring back."))
        clean_title(own.title, row_id, known)
        definitions.set_retired(tx, sort, row_id, retired=False)
    session.reload_definitions()


def reorder(session: Session, sort: str, row_ids: Sequence[int]) -> None:
    """Let the definitions stand in this order; those that are not named follow in theirs."""
    with session.write(DEFINED_BY[sort]) as tx:
        known = [each.id for each in _titled(tx.definitions, sort)]
        named = [each for each in row_ids if each in known]
        rest = [each for each in known if each not in named]
        definitions.reorder(tx, sort, [*named, *rest])
    session.reload_definitions()


def _titled(known: Definitions, sort: str) -> list[OtherDefinition]:
    rows = {
        STATUS: known.statuses,
        FIELD: known.fields,
        CHANNEL: known.channels,
        NEED: known.needs,
        DISTRIBUTION: known.rules,
        MESSAGE_TEXT: known.texts,
        CASE_KIND: known.case_kinds,
    }[sort]
    return [OtherDefinition(each.id, each.key, each.title, each.retired) for each in rows]


def _require_unchanged(stored: Status | Field | None, before: Status | Field | None) -> None:
    if stored is None:
        raise NotFound(_("That definition does not exist any more."))
    if before is not None and stored != before:
        raise _changed_meanwhile(stored.title)


def _changed_meanwhile(title: str) -> Conflict:
    return Conflict(
        _("Somebody else changed “{title}” in the meantime; look at it again, then save.").format(title=title)
    )
