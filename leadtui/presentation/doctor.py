"""What the doctor says: the titles of its facts, what is wrong with a store, and what was put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadtui.language.text import safe
from leadtui.language.translate import NP_, P_, _, counted, format_list, npgettext, pgettext
from leadtui.presentation.audit import chain_sentences, chain_summary
from leadtui.services.doctor import Examination, FactValue, Finding
from leadtui.services.repairing import NOTES, Fault, Found


def fact_titles() -> dict[str, str]:
    """What each fact is called, in the order in which they are shown."""
    return {
        "leadtui": pgettext("field", "leadtui"),
        "textual": pgettext("field", "Textual"),
        "python": pgettext("field", "Python"),
        "system": pgettext("field", "System"),
        "sqlite_package": pgettext("field", "SQLite from"),
        "sqlite_version": pgettext("field", "SQLite version"),
        "store": pgettext("field", "Store"),
        "store_exists": pgettext("field", "Store is there"),
        "size": pgettext("field", "Size in bytes"),
        "permissions": pgettext("field", "Permissions"),
        "file_system": pgettext("field", "File system"),
        "secured": pgettext("field", "Asks for passwords"),
        "tables": pgettext("field", "Tables"),
        "journal_mode": pgettext("field", "Journal"),
        "whole": pgettext("field", "File is whole"),
        "references_whole": pgettext("field", "References are whole"),
        "search_agrees": pgettext("field", "Search index agrees"),
        "customers": pgettext("field", "Customers"),
        "pending_reminders": pgettext("field", "Pending reminders"),
        "activities": pgettext("field", "Activities"),
        "settings": pgettext("field", "Settings"),
        "language": pgettext("field", "Language"),
        "terminal": pgettext("field", "Terminal"),
        "terminal_size": pgettext("field", "Terminal size"),
        "colours": pgettext("field", "Colours"),
        "encoding": pgettext("field", "Encoding"),
        "locale": pgettext("field", "Locale"),
        "time_zone": pgettext("field", "Time zone"),
    }


def fact_words(value: FactValue) -> str:
    """A fact as it is shown."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return pgettext("choice", "yes") if value else pgettext("choice", "no")
    return str(value)


@dataclass(frozen=True, slots=True)
class Ways:
    """What is named to whoever is to put something right: commands, or the keys of a screen."""

    repair: str
    undo_import: str


BY_COMMAND = Ways("`leadtui doctor --repair`", "`leadtui imports undo`")


def problems_and_notes(found: Examination, ways: Ways | None = None) -> tuple[list[str], list[str]]:
    """What has to be put right, and what only matters to know."""
    problems = [
        finding_sentence(each, found) if isinstance(each, Finding) else each for each in found.problems
    ]
    notes = [finding_sentence(each, found) for each in found.notes]
    problems += [fault_sentence(each, ways) for each in found.faults if each.fault not in NOTES]
    problems += [sentence for each in found.chains for sentence in chain_sentences(each)]
    notes += [fault_sentence(each, ways) for each in found.faults if each.fault in NOTES]
    notes += [chain_summary(each) for each in found.chains]
    return problems, notes


def finding_sentence(finding: Finding, found: Examination) -> str:
    """What is wrong, or only matters to know, and what to do."""
    return {
        Finding.OTHER_SQLITE: _(
            "The SQLite of this Python is used, because the package pysqlite3 is not installed here."
        ),
        Finding.WAL_RESET_FAULT: _(
            "SQLite {version} has the WAL-reset fault, which can, rarely, damage a store that several terminals "
            "have open. Install pysqlite3, or a Python with SQLite 3.51.3 or later."
        ).format(version=found.facts.get("sqlite_version")),
        Finding.NO_STORE: _("There is no store yet; `leadtui` makes one, and so does `leadtui import FILE`."),
        Finding.OTHERS_MAY_READ: _(
            "Others on this machine may read the store; leadtui takes that back when it next opens it."
        ),
        Finding.PASSWORDS_BIND_NOBODY: _(
            "People sign in to this store, but other accounts may read or write its file ({permissions}), past every password; "
            "keep it where leadtui alone comes, as docs/security.md says."
        ).format(permissions=found.facts.get("permissions")),
        Finding.NOT_WRITTEN_AHEAD: _(
            "The journal mode is {mode}, not wal; leadtui puts that right when it next opens the store."
        ).format(mode=found.facts.get("journal_mode")),
        Finding.DAMAGED: _(
            "The store is damaged: restore a backup, or copy what can be read with `sqlite3 STORE .recover`."
        ),
        Finding.NO_HEADS: _(
            "The file of heads keeps none of this store's audit; give the file that `leadtui audit --head` wrote for it."
        ),
        Finding.OLDER_TABLES: _(
            "The store's tables are of version {version}; leadtui brings them to {newest} when it next opens it."
        ).format(version=found.facts.get("tables"), newest=found.newest_tables),
        Finding.NEWER_TABLES: _(
            "The store was made by a newer leadtui (tables {version}); update leadtui to open it."
        ).format(version=found.facts.get("tables")),
        Finding.SMALL_TERMINAL: _("The terminal is smaller than 80×24, the least that the screens need."),
        Finding.NO_UTF8: _(
            "The terminal's encoding is not UTF-8, so that Persian and Arabic names cannot be shown; set LANG."
        ),
    }[finding]


def fault_sentence(found: Found, ways: Ways | None = None) -> str:
    """What is wrong, and what to do."""
    return _filled(_WORDS[found.fault].wrong, found, ways)


def repaired_sentence(found: Found) -> str:
    """What was wrong and is put right."""
    return _filled(_WORDS[found.fault].repaired, found)


def _filled(words: str | tuple[str, str], found: Found, ways: Ways | None = None) -> str:
    said = ways or BY_COMMAND
    if isinstance(words, tuple):
        one, several = words
        sentence = npgettext("fault", one, several, found.rows)
    else:
        sentence = pgettext("fault", words) if words else ""
    return sentence.format(
        n=counted(found.rows),
        names=format_list(map(safe, found.names)),
        repair=said.repair,
        undo_import=said.undo_import,
    )


@dataclass(frozen=True, slots=True)
class FaultWords:
    """What is said of a fault: what is wrong, and what was put right, "" where only a person can. Each is a sentence, or one for one
    and one for several.
    """

    wrong: str | tuple[str, str]
    repaired: str | tuple[str, str] = ""


_WORDS: Mapping[Fault, FaultWords] = {
    # Faults of the file itself: of tables, references and the search index.
    Fault.SCHEMA: FaultWords(
        NP_(
            "fault",
            "{n} part of the tables is not as leadtui makes it ({names}); {repair} puts indexes, triggers "
            "and views right; of tables restore a backup.",
            "{n} parts of the tables are not as leadtui makes them ({names}); {repair} puts indexes, "
            "triggers and views right; of tables restore a backup.",
        ),
        NP_(
            "fault",
            "Put right: {n} part of the tables was not as leadtui makes it ({names})",
            "Put right: {n} parts of the tables were not as leadtui makes them ({names})",
        ),
    ),
    Fault.VALUES: FaultWords(
        NP_(
            "fault",
            "{n} column holds values that it cannot have ({names}); restore a backup from before.",
            "{n} columns hold values that they cannot have ({names}); restore a backup from before.",
        ),
        "",
    ),
    Fault.REFERENCES: FaultWords(
        NP_(
            "fault",
            "{n} row points to a row that is gone; {repair} removes it where that loses nothing, else "
            "restore a backup.",
            "{n} rows point to rows that are gone; {repair} removes those where that loses nothing, else "
            "restore a backup.",
        ),
        NP_(
            "fault",
            "Put right: {n} row points to a row that is gone",
            "Put right: {n} rows point to rows that are gone",
        ),
    ),
    Fault.SEARCH_INDEX: FaultWords(
        P_(
            "fault",
            "The search index does not agree with the customers, so that some are not found; {repair} puts "
            "it right.",
        ),
        P_(
            "fault",
            "Put right: The search index does not agree with the customers, so that some are not found",
        ),
    ),
    Fault.SEARCH_TRACES: FaultWords(
        P_(
            "fault",
            "The search index may still hold words of customers who are gone, or by which nobody is found any more: an import is being "
            "taken back, customers are being found by other fields, or that was interrupted. Run {undo_import} again, or {repair}, "
            "which clears the words away.",
        ),
        P_(
            "fault",
            "Put right: The search index could still hold words of customers who are gone",
        ),
    ),
    # Customers whose values do not agree with each other.
    Fault.WITHIN_LEADS: FaultWords(
        NP_(
            "fault",
            "{n} entry of a customer names another that is gone; {repair} puts it right.",
            "{n} entries of customers name others that are gone; {repair} puts it right.",
        ),
        NP_(
            "fault",
            "Put right: {n} entry of a customer named another that is gone",
            "Put right: {n} entries of customers named others that are gone",
        ),
    ),
    Fault.ZONES: FaultWords(
        NP_(
            "fault",
            "{n} reminder is set by rules that its time zone no longer has, so that it would come at another "
            "hour than was meant; {repair} puts it right.",
            "{n} reminders are set by rules that their time zones no longer have, so that they would come at "
            "other hours than were meant; {repair} puts them right.",
        ),
        NP_(
            "fault",
            "Put right: {n} reminder was set by rules that its time zone no longer has",
            "Put right: {n} reminders were set by rules that their time zones no longer have",
        ),
    ),
    Fault.NEXT_AT: FaultWords(
        NP_(
            "fault",
            "{n} customer stands at another time than their reminder; {repair} puts it right.",
            "{n} customers stand at another time than their reminders; {repair} puts it right.",
        ),
        NP_(
            "fault",
            "Put right: {n} customer stands at another time than their reminder",
            "Put right: {n} customers stand at another time than their reminders",
        ),
    ),
    Fault.PHONE: FaultWords(
        NP_(
            "fault",
            "{n} customer is shown with another number than their first; {repair} puts it right.",
            "{n} customers are shown with another number than their first; {repair} puts it right.",
        ),
        NP_(
            "fault",
            "Put right: {n} customer is shown with another number than their first",
            "Put right: {n} customers are shown with another number than their first",
        ),
    ),
    Fault.PHONE_ALONE: FaultWords(
        NP_(
            "fault",
            "{n} customer has a number that is not in the list of numbers; edit them and type it again.",
            "{n} customers have a number that is not in the list of numbers; edit them and type it again.",
        ),
        "",
    ),
    Fault.SEARCH_KEY: FaultWords(
        NP_(
            "fault",
            "{n} customer is found or sorted by something else than they say; {repair} puts it right.",
            "{n} customers are found or sorted by something else than they say; {repair} puts it right.",
        ),
        NP_(
            "fault",
            "Put right: {n} customer is found or sorted by something else than they say",
            "Put right: {n} customers are found or sorted by something else than they say",
        ),
    ),
    Fault.VERSION: FaultWords(
        NP_(
            "fault",
            "{n} customer has an earlier version than a step on them; {repair} puts it right.",
            "{n} customers have an earlier version than a step on them; {repair} puts it right.",
        ),
        NP_(
            "fault",
            "Put right: {n} customer has an earlier version than a step on them",
            "Put right: {n} customers have an earlier version than a step on them",
        ),
    ),
    # What is left over from people and programs.
    Fault.IMPORT_COUNTS: FaultWords(
        NP_(
            "fault",
            "{n} import counts other rows than it has; {repair} puts it right.",
            "{n} imports count other rows than they have; {repair} puts it right.",
        ),
        NP_(
            "fault",
            "Put right: {n} import counts other rows than it has",
            "Put right: {n} imports count other rows than they have",
        ),
    ),
    Fault.OWNER: FaultWords(
        NP_(
            "fault",
            "{n} customer is in the cartable of somebody who no longer works here; give them to a colleague.",
            "{n} customers are in cartables of people who no longer work here; give them to colleagues.",
        ),
        "",
    ),
    Fault.FINAL_REMINDERS: FaultWords(
        NP_(
            "fault",
            "{n} reminder is still pending of a customer whose status ends the work.",
            "{n} reminders are still pending of customers whose status ends the work.",
        ),
        "",
    ),
    Fault.ERASURES: FaultWords(
        NP_(
            "fault",
            "Copies of {n} erased customer may still be in the store's files; close leadtui everywhere, see "
            "that the disk has room, and run {repair}.",
            "Copies of {n} erased customers may still be in the store's files; close leadtui everywhere, see "
            "that the disk has room, and run {repair}.",
        ),
        NP_(
            "fault",
            "Put right: copies of {n} erased customer were in the store's files",
            "Put right: copies of {n} erased customers were in the store's files",
        ),
    ),
    Fault.PRESENCE: FaultWords(
        NP_(
            "fault",
            "{n} terminal ended without saying so; that does no harm.",
            "{n} terminals ended without saying so; that does no harm.",
        ),
        NP_(
            "fault",
            "Put right: {n} terminal ended without saying so; that does no harm.",
            "Put right: {n} terminals ended without saying so; that does no harm.",
        ),
    ),
}
