"""Erasing customers for good: nothing of them stays but that an erasing happened, when, by whom and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from leadtui.domain.audit import AuditKind, done
from leadtui.domain.follow_up import REASON_FIELD
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_entry import read_reason
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid, Refused, StoreError
from leadtui.language.phone import phone_search_digits
from leadtui.language.text import clean, fold_digits, search_key
from leadtui.language.translate import _, counted, pgettext
from leadtui.services.drafts import ERASE_DRAFT
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, do_not_call, drafts, erasing, leads, suppression
from leadtui.store.erasing import Erasure

__all__ = [
    "CONFIRMATION_FIELD",
    "Erased",
    "Erasure",
    "erase",
    "erase_many",
    "list_erasures",
    "to_confirm",
    "to_confirm_many",
]

CONFIRMATION_FIELD = "confirmation"
"""The name under which errors of the typed confirmation are reported."""

MOST_AT_ONCE = 1_000
LAST_DIGITS = 4
_LEAST_WORD = 3
_LEAST_DIGITS = 6
"""The fewest digits, and letters of a part of a name, by which a reason would say who it was."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many customers were erased. Until it is `complete` the store's files may still hold copies of what was deleted."""

    count: int
    complete: bool


def erase(session: Session, lead_id: int, reason: str, confirmation: str, *, remember: bool = True) -> Erased:
    """Erase one customer. `confirmation` is what `to_confirm` says, as the person typed it.

    With `remember` the numbers are known by a keyed digest when they come in again, and forbidden where they were.
    Raises Invalid, with the field, where the confirmation is another, or the reason is missing or says who it was.
    """
    with session.write(Permission.ERASE_CUSTOMERS) as tx:
        why = read_reason(reason)
        lead = tx.lead(lead_id, Permission.ERASE_CUSTOMERS)
        _require_same(confirmation, to_confirm(tx.show(lead)))
        gone = _erase(tx, [lead], why, remember=remember)
    return Erased(1, _wipe(session, gone))


def erase_many(
    session: Session, lead_ids: Sequence[int], reason: str, confirmation: str, *, remember: bool = True
) -> Erased:
    """Erase several customers at once, all or none. `confirmation` is what `to_confirm_many` says; as `erase` raises."""
    wanted = list(dict.fromkeys(lead_ids))
    with session.write(Permission.ERASE_CUSTOMERS) as tx:
        why = read_reason(reason)
        if len(wanted) > MOST_AT_ONCE:
            raise Refused(
                _("At most {count} customers can be erased at once; select fewer.").format(
                    count=counted(MOST_AT_ONCE)
                )
            )
        _require_same(confirmation, to_confirm_many(len(wanted)))
        going = [tx.lead(each, Permission.ERASE_CUSTOMERS) for each in wanted]
        gone = _erase(tx, going, why, remember=remember)
        drafts.discard(tx, tx.actor.id, ERASE_DRAFT, None)
    return Erased(len(wanted), _wipe(session, gone))


def list_erasures(session: Session) -> tuple[Erasure, ...]:
    """What was erased, the newest first."""
    with session.read(Permission.ERASE_CUSTOMERS) as tx:
        return erasing.listed(tx)


def to_confirm(lead: Lead) -> str:
    """What is typed to erase this customer: the name; without one the last digits of the number, else the id."""
    if search_key(lead.name).strip():
        return lead.name
    return lead.phone[-LAST_DIGITS:] if lead.phone else str(lead.id)


def to_confirm_many(count: int) -> str:
    """What is typed to erase so many customers at once."""
    return pgettext("typed", "ERASE {count}").format(count=count)


def _erase(tx: Transaction, found: Sequence[Lead], reason: str, *, remember: bool) -> erasing.Gone:
    for lead in found:
        _require_nameless(reason, lead)
    numbers = {each.e164: lead for lead in found for each in lead.numbers}
    staying = erasing.kept_numbers(tx, found)
    numbers = {e164: lead for e164, lead in numbers.items() if e164 not in staying}
    if remember:
        listed = {each.e164 for each in do_not_call.of_numbers(tx, numbers)}
        forbidden = {
            e164: e164 in listed or tx.definitions.forbids_calls(lead.status_id)
            for e164, lead in numbers.items()
        }
        suppression.keep(tx, forbidden, tx.now)
    else:
        suppression.forget(tx, numbers)
    # An import that is being taken back only marks what it deletes, which would be true of the erased, too.
    tx.backend.clean_search(tx.connection)
    gone = erasing.erase(tx, found)
    erasing.note(tx, len(found), tx.now, tx.actor.id, reason)
    tx.audit(replace(done(AuditKind.ERASURE, customers=len(found), reason=reason), wiped=gone.audited))
    for lead_id in gone.changed_ids:
        detail = ActivityDetail(text=_("A customer who was named here was erased."))
        activities.add(tx, lead_id, ActivityKind.EDITED, tx.now, tx.actor.id, detail)
        leads.change(tx, leads.get(tx, lead_id))
    return gone


def _wipe(session: Session, gone: erasing.Gone) -> bool:
    """Whether the store's files hold nothing of who was erased any more, nor of those of earlier erasings.

    The erasing itself is done, so that what stands in the way here – a full disk, another terminal that reads – leaves it
    pending: the next erasing goes on with it, or `leadtui doctor --repair`.
    """
    store = session.store
    try:
        with store.read() as connection:
            others = erasing.count_pending(connection) > gone.count
        wiped = store.erase_all_traces() if others else store.erase_traces(gone.named, gone.written)
        if wiped:
            with store.write() as connection:
                erasing.mark_wiped(connection, session.now())
    except StoreError:
        return False
    return wiped


def _require_same(typed: str, expected: str) -> None:
    if _folded(typed) != _folded(expected):
        raise Invalid(
            _("Type “{expected}” to confirm; nothing was erased.").format(expected=expected),
            CONFIRMATION_FIELD,
        )


def _folded(text: str) -> str:
    return search_key(fold_digits(clean(text)))


def _require_nameless(reason: str, lead: Lead) -> None:
    """The reason stays, so that it must not say who was erased."""
    words, parts = _word_keys(reason), {key for key in _word_keys(lead.name) if len(key) >= _LEAST_WORD}
    digits = "".join(sign for sign in fold_digits(reason) if sign.isascii() and sign.isdigit())
    numbers = {phone_search_digits(each.e164) or "" for each in lead.numbers}
    if (
        words & parts
        or (lead.email and search_key(lead.email) in search_key(reason))
        or any(len(each) >= _LEAST_DIGITS and each in digits for each in numbers)
    ):
        raise Invalid(
            _("The reason stays when the customer is gone: leave name, number and e-mail out of it."),
            REASON_FIELD,
        )


def _word_keys(text: str) -> set[str]:
    return {search_key(word) for word in re.findall(r"\w+", text)}
