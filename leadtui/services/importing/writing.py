"""Write a chunk of rows into the store: whole or not at all, with the timeline and what an undo needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadtui.domain.field import AnswerValue, Field, FieldKind, FormatContext, show_answer
from leadtui.domain.importing import Counts, Duplicates, Outcome, SameNumber
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_fields import BUILT_IN, BuiltInKind, LeadField, import_fields
from leadtui.domain.permission import Permission
from leadtui.language.bidi import without_isolates
from leadtui.services.importing.account import Places
from leadtui.services.importing.channels_and_needs import Channels, Needs
from leadtui.services.importing.imported_lead import ImportedLead, Reason, RejectedRow
from leadtui.services.importing.standing import forbid, remind
from leadtui.services.importing.upsert import Applied, KnownPeople, SourceKeys, Upsert, source_keys
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import imports, lead_writing, suppression
from leadtui.store.column_types import microseconds
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.imports import ImportRow, RowCount
from leadtui.store.lead_writing import FoundBy, LeadChange, NewActivity, NewLead
from leadtui.store.search import answers_found_by
from leadtui.store.search_keys import import_notes


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same for all rows of one file. `now` is aware UTC."""

    session: Session
    batch_id: int
    source: str
    """The file's name, for the timeline."""
    now: datetime
    duplicates: Duplicates
    channels: Channels
    needs: Needs
    fields: Mapping[str, Field]
    context: FormatContext
    places: Places
    same_number: SameNumber = SameNumber.NOTE


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the rows of a chunk."""

    counts: Counts
    rows: tuple[ImportedLead, ...]
    """Those that stand for somebody."""
    rejected_rows: tuple[RejectedRow, ...]
    row_counts: Mapping[RowCount, int]


def write_arrivals(tx: Transaction, setting: Setting, rows: Sequence[ImportedLead | RejectedRow]) -> Written:
    """Write rows about people who came in: new customers, touches, and values filled in."""
    keyed = _keyed(tx, setting, rows)
    upsert = _upsert_of(tx, setting, keyed)
    applied: list[Applied] = []
    for row, keys in keyed:
        noted = len(row.noted)
        done = upsert.apply(row, keys)
        applied.append(done._replace(noted=True) if len(row.noted) > noted else done)
    rejected_rows = [row for row in rows if isinstance(row, RejectedRow)]
    return _write(tx, setting, upsert.people, applied, rejected_rows)


def write_outgoing(tx: Transaction, setting: Setting, rows: Sequence[ImportedLead | RejectedRow]) -> Written:
    """Write calls that the desk made into the timelines of those who were rung; nobody becomes a customer."""
    keyed = _keyed(tx, setting, rows)
    upsert = _upsert_of(tx, setting, keyed)
    applied: list[Applied] = []
    rejected_rows = [row for row in rows if isinstance(row, RejectedRow)]
    for row, keys in keyed:
        done = upsert.apply_outgoing(row, keys)
        if done is not None:
            applied.append(done)
        else:
            reason = Reason.UNKNOWN_NUMBER
            rejected_rows.append(RejectedRow(row.line, reason, reason.words(), row.cells))
    return _write(tx, setting, upsert.people, applied, rejected_rows)


def _keyed(
    tx: Transaction, setting: Setting, rows: Sequence[ImportedLead | RejectedRow]
) -> list[tuple[ImportedLead, SourceKeys]]:
    """The rows that are about somebody, with the keys by which they are told once."""
    setting.channels.use(tx)
    return [
        (row, source_keys(row, setting.channels, tx.visibility))
        for row in rows
        if isinstance(row, ImportedLead)
    ]


def _upsert_of(tx: Transaction, setting: Setting, keyed: list[tuple[ImportedLead, SourceKeys]]) -> Upsert:
    return Upsert(
        people=KnownPeople(
            tx,
            keyed,
            setting.channels,
            setting.same_number,
            tx.visibility,
            tx.reach(Permission.IMPORT_OVER),
            setting.batch_id,
        ),
        channels=setting.channels,
        needs=setting.needs,
        places=setting.places,
        duplicates=setting.duplicates,
        source=setting.source,
        now=setting.now,
        actor_id=setting.session.actor.id,
    )


def _write(
    tx: Transaction,
    setting: Setting,
    people: KnownPeople,
    applied: Sequence[Applied],
    rejected_rows: Sequence[RejectedRow],
) -> Written:
    actor_id, workspace = setting.session.actor.id, setting.session.workspace
    returned = _known_as_erased(tx, people)
    banned = forbid(tx, people.all, actor_id, setting.now, setting.source)
    _insert_new(tx, setting, [person for person in people.all if person.stored is None])
    before = _change_known(tx, setting, people)
    reminded = remind(tx, people.all, actor_id, setting.now, workspace.zone)
    made: dict[int, dict[str, Any]] = {}
    for person in people.all:
        kept = before if person.lead_id in before else made
        if id(person) in banned:
            kept.setdefault(person.lead_id, {})[imports.BANS] = banned[id(person)]
        if person.lead_id in reminded:
            kept.setdefault(person.lead_id, {})[imports.REMINDERS] = [reminded[person.lead_id]]
    changed = {
        lead_id for lead_id, was in before.items() if was.keys() - {imports.VERSION, imports.ACTIVITIES}
    }
    rows = [
        ImportRow(each.line, each.reason.outcome, None, None, without_isolates(each.sentence))
        for each in rejected_rows
    ]
    for each in applied:
        lead_id = each.person.lead_id
        outcome = _outcome(each, lead_id in changed)
        # What the values were is kept with the first row that changed anything.
        was = before.pop(lead_id, None) if outcome is Outcome.UPDATED else made.pop(lead_id, None)
        if each.noted:
            was = {**(was or {}), imports.FATES: list(setting.places.whys_of(each.row).items())}
        rows.append(ImportRow(each.row.line, outcome, lead_id, was))
    rows.sort(key=lambda row: row.line)
    row_counts = {
        RowCount.RETURNED: returned,
        RowCount.SHARING: sum(each.new and each.sharing for each in applied),
        RowCount.OF_SEVERAL: sum(each.row.call is not None and each.sharing for each in applied),
    }
    of_the_chunk: dict[str, Any] = {each.value: number for each, number in row_counts.items() if number}
    if made_channels := setting.channels.take_made():
        of_the_chunk[imports.MADE_CHANNELS] = [[each.id, each.title] for each in made_channels]
    if of_the_chunk and rows:
        rows[-1] = rows[-1]._replace(before={**(rows[-1].before or {}), **of_the_chunk})
    imports.add_rows(tx, setting.batch_id, rows)
    became = Counter(row.outcome for row in rows)
    return Written(
        Counts(
            new=became[Outcome.NEW],
            updated=became[Outcome.UPDATED],
            unchanged=became[Outcome.UNCHANGED],
            rejected=became[Outcome.REJECTED],
            skipped=became[Outcome.SKIPPED],
        ),
        tuple(each.row for each in applied),
        tuple(rejected_rows),
        row_counts,
    )


def _known_as_erased(tx: Transaction, people: KnownPeople) -> int:
    """How many have a new number of somebody who was erased; one that was forbidden then may not be called."""
    new = {
        number.e164: person
        for person in people.all
        for number in person.numbers[len(person.stored.numbers) if person.stored else 0 :]
    }
    erased = suppression.known(tx, new)
    for e164, forbidden in erased.items():
        if forbidden:
            new[e164].forbidden_numbers.add(e164)
    # That a customer was there is told to those alone who would have seen them.
    return len({id(new[e164]) for e164 in erased}) if tx.visibility.reached is None else 0


def _outcome(applied: Applied, changed: bool) -> Outcome:
    if applied.new:
        return Outcome.NEW
    lasting = applied.filled and (changed or applied.person.stored is None)
    return Outcome.UPDATED if applied.recorded or lasting else Outcome.UNCHANGED


def _insert_new(tx: WorkspaceConnection, setting: Setting, new: Sequence[ImportedLead]) -> None:
    """Write the new customers and their timelines."""
    session = setting.session
    records = [
        NewLead({**each.values, "custom": each.custom}, tuple(each.numbers), import_notes=_noted(each))
        for each in new
    ]
    ids = lead_writing.insert_records(tx, records, setting.now)
    for person, lead_id in zip(new, ids, strict=True):
        person.lead_id = lead_id
    entries = [entry for person in new for entry in _entries(person, session)]
    entries += [
        edited
        for person in new
        if (edited := _edit_entry(setting, person, _replaced_values(setting, person)))
    ]
    lead_writing.add_activities(tx, entries)


def _change_known(
    tx: WorkspaceConnection, setting: Setting, people: KnownPeople
) -> dict[int, dict[str, Any]]:
    """Write what is new about known customers; return what an undo needs to know of each, by lead id."""
    changes: list[LeadChange] = []
    found_anew = {each.lead_id for each in people.all if each.stored and _is_found_anew(each, tx.found_by)}
    known = import_notes(tx, found_anew)
    entries: list[NewActivity] = []
    before: dict[int, dict[str, Any]] = {}
    for person in people.all:
        lead = person.stored
        if lead is None:
            continue
        values = _changed_values(lead, person)
        added = tuple(enumerate(person.numbers))[len(lead.numbers) :]
        if not values and not added and not person.entries:
            continue
        found_by = None
        if lead.id in found_anew:
            answers = answers_found_by(person.custom, tx.found_by)
            found_by = _found_by(person, (*_noted(person), *known.get(lead.id, ())), answers)
        changes.append(LeadChange(lead.id, values, added, found_by))
        entries.extend(_entries(person, setting.session))
        edited = _edited(setting, lead, person, values)
        if edited is not None:
            entries.append(edited)
        before[lead.id] = _replaced(lead, values, [number.e164 for _position, number in added])
    lead_writing.change_leads(tx, changes)
    ids = lead_writing.add_activities(tx, entries)
    for activity_id, entry in zip(ids, entries, strict=True):
        before[entry.lead_id].setdefault(imports.ACTIVITIES, []).append(activity_id)
    return before


_FOUND_BY_VALUES = tuple(
    each.column for each in BUILT_IN if each.searched and each.column not in ("phone", "numbers")
)
_TOLD = tuple(
    each
    for each in import_fields()
    if each.form is not None and each.kind not in (FieldKind.PHONE, BuiltInKind.NUMBERS, BuiltInKind.CHANNEL)
)
"""The fields whose change an entry of its own tells: that of a channel is told by the touch or the call."""


_BY_COLUMN = {each.column: each for each in _TOLD}


def _changed_values(lead: Lead, person: ImportedLead) -> dict[str, Any]:
    """The columns of a lead that rows have changed, with their new values."""
    values = {name: value for name, value in person.values.items() if value != getattr(lead, name)}
    if person.custom != lead.custom:
        values["custom"] = person.custom
    if person.numbers and person.numbers[0].e164 != lead.phone:
        values["phone"] = person.numbers[0].e164
    return values


def _found_by(person: ImportedLead, noted: tuple[str, ...], answers: tuple[str, ...]) -> FoundBy:
    name, city = person.values.get("name", ""), person.values.get("city", "")
    return FoundBy(name, city, person.email, tuple(number.e164 for number in person.numbers), noted, answers)


def _is_found_anew(person: ImportedLead, keys: Sequence[str]) -> bool:
    """Whether a customer of the store is to be found by something else than before."""
    lead = person.stored
    return lead is not None and (
        len(person.numbers) > len(lead.numbers)
        or any(person.values.get(each) != getattr(lead, each) for each in _FOUND_BY_VALUES)
        or bool(_noted(person))
        or answers_found_by(person.custom, keys) != answers_found_by(lead.custom, keys)
    )


def _noted(person: ImportedLead) -> tuple[str, ...]:
    """What rows noted about a person, the newest first."""
    return tuple(each.detail.text for each in reversed(person.entries) if each.kind is ActivityKind.NOTE)


def _replaced(lead: Lead, values: Mapping[str, Any], added: list[str]) -> dict[str, Any]:
    """What undoing the changes needs: the former version and values, and the numbers that were added."""
    former = {name: getattr(lead, name) for name in values}
    kept = {
        name: microseconds(value) if isinstance(value, datetime) else value for name, value in former.items()
    }
    return kept | ({imports.ADDED_NUMBERS: added} if added else {}) | {imports.VERSION: lead.version}


def _edited(
    setting: Setting, lead: Lead, person: ImportedLead, values: Mapping[str, Any]
) -> NewActivity | None:
    """The entry that tells which values rows have changed, before and after."""
    changes: list[tuple[str, str, str]] = []
    for each in _TOLD:
        if each.column in values:
            was, now = (
                _shown(setting, each, one) for one in (getattr(lead, each.column), values[each.column])
            )
            changes.append((each.key, was, now))
    if "custom" in values:
        changes.extend(_custom_changes(setting, lead.custom, person.custom))
    changes.extend(("phone", "", number.e164) for number in person.numbers[len(lead.numbers) :])
    edited = {key for key, _was, _now in changes}
    changes.extend(change for change in _replaced_values(setting, person) if change[0] in edited)
    return _edit_entry(setting, person, changes)


def _edit_entry(
    setting: Setting, person: ImportedLead, changes: Sequence[tuple[str, str, str]]
) -> NewActivity | None:
    """The entry that tells changes; None where there are none."""
    if not changes:
        return None
    detail = ActivityDetail(changes=tuple(changes), source=setting.source)
    return NewActivity(person.lead_id, ActivityKind.EDITED, setting.now, setting.session.actor.id, detail)


def _replaced_values(setting: Setting, person: ImportedLead) -> list[tuple[str, str, str]]:
    """What rows of the import brought and later ones replaced, as the timeline tells a change."""
    changes: list[tuple[str, str, str]] = []
    for key, was, now in person.replaced:
        built_in = _BY_COLUMN.get(key)
        if built_in is not None:
            changes.append((built_in.key, _shown(setting, built_in, was), _shown(setting, built_in, now)))
        else:
            changes.extend(_custom_changes(setting, {key: was}, {key: now}))
    return changes


def _custom_changes(
    setting: Setting, before: Mapping[str, AnswerValue], after: Mapping[str, AnswerValue]
) -> list[tuple[str, str, str]]:
    def shown(key: str, values: Mapping[str, AnswerValue]) -> str:
        if key not in values:
            return ""
        field = setting.fields.get(key)
        return str(values[key]) if field is None else show_answer(field.kind, values[key], setting.context)

    return [(key, shown(key, before), shown(key, after)) for key in after if after[key] != before.get(key)]


def _shown(setting: Setting, each: LeadField, value: Any) -> str:
    if each.kind is not BuiltInKind.NEED:
        return str(value)
    need = setting.session.definitions.need(value)
    return need.title if need else ""


def _entries(person: ImportedLead, session: Session) -> list[NewActivity]:
    return [
        NewActivity(
            person.lead_id,
            entry.kind,
            entry.at,
            None if entry.by_exchange else session.actor.id,
            entry.detail,
            entry.source_key,
        )
        for entry in person.entries
    ]
