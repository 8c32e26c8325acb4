"""Write a chunk of rows into the store: whole or not at all, with the timeline and what an undo needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadtui.domain.field import AnswerValue, Field, FormatContext, show_answer
from leadtui.domain.importing import Counts, Duplicates, Outcome
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.workspace import Channel
from leadtui.services.importing.channels_and_needs import Channels, Needs
from leadtui.services.importing.incoming import Incoming, Reason, Refusal
from leadtui.services.importing.merging import Applied, Merger, SourceKeys, source_keys
from leadtui.services.importing.people import People, Person
from leadtui.services.session import Session
from leadtui.store import imports, lead_writing
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.imports import ImportRow
from leadtui.store.lead_writing import LeadChange, NewActivity, NewLead
from leadtui.store.tables import microseconds


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


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the rows of a chunk."""

    counts: Counts
    refusals: tuple[Refusal, ...]


def rejected(refusals: Sequence[Refusal]) -> list[Refusal]:
    """The rows that might be mended and imported again."""
    return [refusal for refusal in refusals if refusal.reason.outcome is Outcome.REJECTED]


def write_arrivals(tx: WorkspaceConnection, setting: Setting, rows: Sequence[Incoming | Refusal]) -> Written:
    """Write rows about people who came in: new customers, touches, and values filled in."""
    keyed = _keyed(tx, setting, rows)
    merger = _merger(tx, setting, keyed)
    applied = [merger.apply(row, keys) for row, keys in keyed]
    refusals = [row for row in rows if isinstance(row, Refusal)]
    return _write(tx, setting, merger.people, applied, refusals)


def write_outgoing(tx: WorkspaceConnection, setting: Setting, rows: Sequence[Incoming | Refusal]) -> Written:
    """Write calls that the desk made into the timelines of those who were rung; nobody becomes a customer."""
    keyed = _keyed(tx, setting, rows)
    merger = _merger(tx, setting, keyed)
    applied: list[Applied] = []
    refusals = [row for row in rows if isinstance(row, Refusal)]
    for row, keys in keyed:
        done = merger.apply_outgoing(row, keys)
        if done is not None:
            applied.append(done)
        else:
            reason = Reason.UNKNOWN_NUMBER
            refusals.append(Refusal(row.line, reason, reason.words(), ()))
    return _write(tx, setting, merger.people, applied, refusals)


def _keyed(
    tx: WorkspaceConnection, setting: Setting, rows: Sequence[Incoming | Refusal]
) -> list[tuple[Incoming, SourceKeys]]:
    """The rows that are about somebody, with the keys by which they are told once."""
    setting.channels.use(tx)
    return [(row, source_keys(row, setting.channels)) for row in rows if isinstance(row, Incoming)]


def _merger(tx: WorkspaceConnection, setting: Setting, keyed: list[tuple[Incoming, SourceKeys]]) -> Merger:
    keys = {key for _row, keys in keyed for key in keys if key}
    return Merger(
        people=People(tx, [row for row, _keys in keyed], keys),
        channels=setting.channels,
        needs=setting.needs,
        duplicates=setting.duplicates,
        source=setting.source,
        now=setting.now,
    )


def _write(
    tx: WorkspaceConnection,
    setting: Setting,
    people: People,
    applied: Sequence[Applied],
    refusals: Sequence[Refusal],
) -> Written:
    _insert_new(tx, setting, [person for person in people.all if person.lead is None])
    before = _change_known(tx, setting, people)
    changed = {
        lead_id for lead_id, was in before.items() if was.keys() - {imports.VERSION, imports.ACTIVITIES}
    }
    rows = [ImportRow(each.line, each.reason.outcome, None, None, each.sentence) for each in refusals]
    for each in applied:
        lead_id = each.person.lead_id
        outcome = _outcome(each, lead_id in changed)
        # What the values were is kept with the first row that changed anything.
        was = before.pop(lead_id, None) if outcome is Outcome.UPDATED else None
        rows.append(ImportRow(each.row.line, outcome, lead_id, was))
    rows.sort(key=lambda row: row.line)
    imports.add_rows(tx, setting.batch_id, _with_channels(rows, setting.channels.take_made()))
    became = Counter(row.outcome for row in rows)
    return Written(
        Counts(
            new=became[Outcome.NEW],
            updated=became[Outcome.UPDATED],
            unchanged=became[Outcome.UNCHANGED],
            rejected=became[Outcome.REJECTED],
            skipped=became[Outcome.SKIPPED],
        ),
        tuple(refusals),
    )


def _with_channels(rows: list[ImportRow], made: Sequence[Channel]) -> list[ImportRow]:
    """The rows, the last of which also keeps which entry channels were made on the way."""
    if not made or not rows:
        return rows
    last = rows[-1]
    kept = {**(last.before or {}), imports.MADE_CHANNELS: [[each.id, each.title] for each in made]}
    return [*rows[:-1], last._replace(before=kept)]


def _outcome(applied: Applied, changed: bool) -> Outcome:
    if applied.new:
        return Outcome.NEW
    lasting = applied.filled and (changed or applied.person.lead is None)
    return Outcome.UPDATED if applied.told or lasting else Outcome.UNCHANGED


def _insert_new(tx: WorkspaceConnection, setting: Setting, new: Sequence[Person]) -> None:
    """Write the new customers and their timelines."""
    session = setting.session
    records = [_new_lead(person) for person in new]
    ids = lead_writing.insert_records(tx, records, setting.now)
    for person, lead_id in zip(new, ids, strict=True):
        person.lead_id = lead_id
    lead_writing.add_activities(tx, [entry for person in new for entry in _entries(person, session)])


def _change_known(tx: WorkspaceConnection, setting: Setting, people: People) -> dict[int, dict[str, Any]]:
    """Write what is new about known customers; return what an undo needs to know of each, by lead id."""
    changes: list[LeadChange] = []
    entries: list[NewActivity] = []
    before: dict[int, dict[str, Any]] = {}
    for person in people.all:
        lead = person.lead
        if lead is None:
            continue
        values = _changed_values(lead, person)
        added = tuple(enumerate(person.numbers))[len(lead.numbers) :]
        if not values and not added and not person.entries:
            continue
        changes.append(LeadChange(lead.id, values, added, _found_by(person, values, bool(added))))
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


_VALUES = (
    *("name", "city", "email", "grade", "major", "referrer", "need_id", "custom"),
    *("entered_at", "channel_first_id", "channel_latest_id", "contacted_at"),
)
_FOUND_BY = frozenset({"name", "city", "email"})
_TOLD_BY_ARRIVAL = frozenset({"entered_at", "channel_first_id", "channel_latest_id", "contacted_at"})
"""What a touch or a call changes: its own entry tells it."""


def _changed_values(lead: Lead, person: Person) -> dict[str, Any]:
    """The columns of a customer's record that rows have changed, with their new values."""
    values = {name: getattr(person, name) for name in _VALUES if getattr(person, name) != getattr(lead, name)}
    if person.numbers and person.numbers[0].e164 != lead.phone:
        values["phone"] = person.numbers[0].e164
    return values


def _found_by(
    person: Person, values: Mapping[str, Any], has_new_numbers: bool
) -> tuple[str, str, str, tuple[str, ...]] | None:
    if not has_new_numbers and _FOUND_BY.isdisjoint(values):
        return None
    return person.name, person.city, person.email, tuple(number.e164 for number in person.numbers)


def _replaced(lead: Lead, values: Mapping[str, Any], added: list[str]) -> dict[str, Any]:
    """What undoing the changes needs: the former version and values, and the numbers that were added."""
    former = {name: getattr(lead, name) for name in values}
    kept = {
        name: microseconds(value) if isinstance(value, datetime) else value for name, value in former.items()
    }
    return kept | ({imports.ADDED_NUMBERS: added} if added else {}) | {imports.VERSION: lead.version}


def _edited(setting: Setting, lead: Lead, person: Person, values: Mapping[str, Any]) -> NewActivity | None:
    """The entry that tells which values rows have changed, before and after."""
    changes: list[tuple[str, str, str]] = []
    for name in values:
        if name == "custom":
            changes.extend(_custom_changes(setting, lead.custom, person.custom))
        elif name == "need_id":
            changes.append(("need", _need_title(setting, lead.need_id), _need_title(setting, person.need_id)))
        elif name != "phone" and name not in _TOLD_BY_ARRIVAL:
            changes.append((name, str(getattr(lead, name)), str(getattr(person, name))))
    changes.extend(("phone", "", number.e164) for number in person.numbers[len(lead.numbers) :])
    if not changes:
        return None
    detail = ActivityDetail(changes=tuple(changes), source=setting.source)
    return NewActivity(lead.id, ActivityKind.EDITED, setting.now, setting.session.actor.id, detail)


def _custom_changes(
    setting: Setting, before: Mapping[str, AnswerValue], after: Mapping[str, AnswerValue]
) -> list[tuple[str, str, str]]:
    def shown(key: str, values: Mapping[str, AnswerValue]) -> str:
        if key not in values:
            return ""
        field = setting.fields.get(key)
        return str(values[key]) if field is None else show_answer(field.kind, values[key], setting.context)

    return [(key, shown(key, before), shown(key, after)) for key in after if after[key] != before.get(key)]


def _need_title(setting: Setting, need_id: int | None) -> str:
    need = setting.session.definitions.need(need_id)
    return need.title if need else ""


def _entries(person: Person, session: Session) -> list[NewActivity]:
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


def _new_lead(person: Person) -> NewLead:
    return NewLead(
        {
            "name": person.name,
            "entered_at": person.entered_at,
            "city": person.city,
            "email": person.email,
            "grade": person.grade,
            "major": person.major,
            "referrer": person.referrer,
            "channel_first_id": person.channel_first_id,
            "channel_latest_id": person.channel_latest_id,
            "need_id": person.need_id,
            "contacted_at": person.contacted_at,
            "custom": person.custom,
        },
        numbers=tuple(person.numbers),
    )
