"""What is wrong with a store, and what was put right, in sentences."""

from __future__ import annotations

from leadtui.language.text import safe
from leadtui.language.translate import _, counted, format_list, ngettext
from leadtui.services.repairing import Fault, Found


def fault_sentence(found: Found) -> str:
    """What is wrong, and what to do."""
    n = found.rows
    sentence = {
        Fault.SCHEMA: ngettext(
            "{n} part of the tables is not as leadtui makes it ({names}); `leadtui doctor --repair` puts indexes, triggers "
            "and views right; of tables restore a backup.",
            "{n} parts of the tables are not as leadtui makes them ({names}); `leadtui doctor --repair` puts indexes, "
            "triggers and views right; of tables restore a backup.",
            n,
        ),
        Fault.VALUES: ngettext(
            "{n} column holds values that it cannot have ({names}); restore a backup from before.",
            "{n} columns hold values that they cannot have ({names}); restore a backup from before.",
            n,
        ),
        Fault.REFERENCES: ngettext(
            "{n} row points to a row that is gone; `leadtui doctor --repair` removes it where that loses nothing, else "
            "restore a backup.",
            "{n} rows point to rows that are gone; `leadtui doctor --repair` removes those where that loses nothing, else "
            "restore a backup.",
            n,
        ),
        Fault.WITHIN_LEADS: ngettext(
            "{n} entry of a customer names another that is gone; `leadtui doctor --repair` puts it right.",
            "{n} entries of customers name others that are gone; `leadtui doctor --repair` puts it right.",
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
    return sentence.format(n=counted(n), names=format_list(map(safe, found.names)))


def repaired_sentence(found: Found) -> str:
    """What was wrong and is put right."""
    n = found.rows
    sentence = {
        Fault.SCHEMA: ngettext(
            "Put right: {n} part of the tables was not as leadtui makes it ({names})",
            "Put right: {n} parts of the tables were not as leadtui makes them ({names})",
            n,
        ),
        Fault.REFERENCES: ngettext(
            "Put right: {n} row points to a row that is gone",
            "Put right: {n} rows point to rows that are gone",
            n,
        ),
        Fault.WITHIN_LEADS: ngettext(
            "Put right: {n} entry of a customer named another that is gone",
            "Put right: {n} entries of customers named others that are gone",
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
    return sentence.format(n=counted(n), names=format_list(map(safe, found.names)))
