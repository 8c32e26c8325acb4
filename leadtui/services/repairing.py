"""Look whether everything in a store agrees, and put right what can be proven, after a backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from leadtui.domain.permission import Permission
from leadtui.errors import StoreError
from leadtui.language.translate import _, ngettext
from leadtui.services.session import Session
from leadtui.store import consistency
from leadtui.store.consistency import Fault, Found

PRESENT_FOR = timedelta(days=1)
"""A terminal that said nothing for so long is gone."""

NOTES = frozenset({Fault.OWNER, Fault.FINAL_REMINDERS, Fault.PRESENCE})
"""What only matters to know: it may be meant so."""


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What was put right, what stays, and where the store from before is kept (None: nothing had to be done)."""

    repaired: tuple[Found, ...]
    left: tuple[Found, ...]
    backup: Path | None


def repair(session: Session, told: Callable[[Found], None] | None = None) -> RepairReport:
    """Put right whatever can be proven from other rows, each fault in one transaction, and tell each.

    Before the first change the store is backed up beside itself. Raises Refused, and StoreError where the file is
    damaged: then only a backup helps.
    """
    with session.read(Permission.BACK_UP) as tx:
        if session.store.backend.damages(tx.connection):
            raise StoreError(
                _(
                    "The store's file is damaged, which cannot be repaired here; restore a backup with `leadtui restore`."
                )
            )
    seen_before = session.now() - PRESENT_FOR
    found = {each.fault: each for each in consistency.look(session.store, seen_before)}
    wrong = [each for each in consistency.REPAIRABLE if each in found]
    if not wrong:
        return RepairReport((), tuple(found.values()), None)
    kept = _backed_up(session)
    for fault in wrong:
        consistency.repair(session.store, fault, seen_before, session.now())
        if told is not None:
            told(found[fault])
    left = tuple(consistency.look(session.store, seen_before))
    still = {each.fault for each in left}
    return RepairReport(tuple(found[each] for each in wrong if each not in still), left, kept)


def _backed_up(session: Session) -> Path:
    return session.store.backend.back_up_beside("before-repair", session.now(), sound=False)


def fault_words(found: Found) -> str:
    """What is wrong, and what to do."""
    n = found.rows
    sentence = {
        Fault.REFERENCES: ngettext(
            "{n} row points to a row that is gone; `leadtui doctor --repair` removes it where that loses nothing, else "
            "restore a backup.",
            "{n} rows point to rows that are gone; `leadtui doctor --repair` removes those where that loses nothing, else "
            "restore a backup.",
            n,
        ),
        Fault.NEXT_AT: ngettext(
            "{n} customer stands at another time than their reminder; `leadtui doctor --repair` puts it right.",
            "{n} customers stand at another time than their reminders; `leadtui doctor --repair` puts it right.",
            n,
        ),
        Fault.PHONE: ngettext(
            "{n} customer is shown with another number than their first; `leadtui doctor --repair` puts it right.",
            "{n} customers are shown with another number than their first; `leadtui doctor --repair` puts it right.",
            n,
        ),
        Fault.PHONE_ALONE: ngettext(
            "{n} customer has a number that is not in the list of numbers; edit them and type it again.",
            "{n} customers have a number that is not in the list of numbers; edit them and type it again.",
            n,
        ),
        Fault.SEARCH_KEY: ngettext(
            "{n} customer is found or sorted by something else than they say; `leadtui doctor --repair` puts it right.",
            "{n} customers are found or sorted by something else than they say; `leadtui doctor --repair` puts it right.",
            n,
        ),
        Fault.SEARCH_INDEX: _(
            "The search index does not agree with the customers, so that some are not found; `leadtui doctor --repair` "
            "puts it right."
        ),
        Fault.VERSION: ngettext(
            "{n} customer has an earlier version than a step on them; `leadtui doctor --repair` puts it right.",
            "{n} customers have an earlier version than a step on them; `leadtui doctor --repair` puts it right.",
            n,
        ),
        Fault.IMPORT_COUNTS: ngettext(
            "{n} import counts other rows than it has; `leadtui doctor --repair` puts it right.",
            "{n} imports count other rows than they have; `leadtui doctor --repair` puts it right.",
            n,
        ),
        Fault.OWNER: ngettext(
            "{n} customer is in the cartable of somebody who no longer works here; give them to a colleague.",
            "{n} customers are in cartables of people who no longer work here; give them to colleagues.",
            n,
        ),
        Fault.FINAL_REMINDERS: ngettext(
            "{n} reminder is still pending of a customer whose status ends the work.",
            "{n} reminders are still pending of customers whose status ends the work.",
            n,
        ),
        Fault.ERASURES: ngettext(
            "Copies of {n} erased customer may still be in the store's files; close leadtui everywhere, see that the disk "
            "has room, and run `leadtui doctor --repair`.",
            "Copies of {n} erased customers may still be in the store's files; close leadtui everywhere, see that the disk "
            "has room, and run `leadtui doctor --repair`.",
            n,
        ),
        Fault.PRESENCE: ngettext(
            "{n} terminal ended without saying so; that does no harm.",
            "{n} terminals ended without saying so; that does no harm.",
            n,
        ),
    }[found.fault]
    return sentence.format(n=f"{n:,}")


def repaired_words(found: Found) -> str:
    """What was wrong and is put right."""
    n = found.rows
    sentence = {
        Fault.REFERENCES: ngettext(
            "Put right: {n} row points to a row that is gone",
            "Put right: {n} rows point to rows that are gone",
            n,
        ),
        Fault.NEXT_AT: ngettext(
            "Put right: {n} customer stands at another time than their reminder",
            "Put right: {n} customers stand at another time than their reminders",
            n,
        ),
        Fault.PHONE: ngettext(
            "Put right: {n} customer is shown with another number than their first",
            "Put right: {n} customers are shown with another number than their first",
            n,
        ),
        Fault.SEARCH_KEY: ngettext(
            "Put right: {n} customer is found or sorted by something else than they say",
            "Put right: {n} customers are found or sorted by something else than they say",
            n,
        ),
        Fault.SEARCH_INDEX: _(
            "Put right: The search index does not agree with the customers, so that some are not found"
        ),
        Fault.VERSION: ngettext(
            "Put right: {n} customer has an earlier version than a step on them",
            "Put right: {n} customers have an earlier version than a step on them",
            n,
        ),
        Fault.IMPORT_COUNTS: ngettext(
            "Put right: {n} import counts other rows than it has",
            "Put right: {n} imports count other rows than they have",
            n,
        ),
        Fault.ERASURES: ngettext(
            "Put right: copies of {n} erased customer were in the store's files",
            "Put right: copies of {n} erased customers were in the store's files",
            n,
        ),
        Fault.PRESENCE: ngettext(
            "Put right: {n} terminal ended without saying so; that does no harm.",
            "Put right: {n} terminals ended without saying so; that does no harm.",
            n,
        ),
    }[found.fault]
    return sentence.format(n=f"{n:,}")
