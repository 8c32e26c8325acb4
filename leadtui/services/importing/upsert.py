"""Whom a row is about, and what it does to them: somebody new begins with it, somebody known is touched and filled."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from leadtui.domain.importing import Duplicates
from leadtui.domain.lead import ActivityDetail, ActivityKind, LeadNumber
from leadtui.language.translate import _, pgettext
from leadtui.services.importing.channels_and_needs import Channels, Needs
from leadtui.services.importing.imported_lead import Call, Entry, ImportedLead, stored_lead
from leadtui.services.importing.standing import fill
from leadtui.store import leads
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.leads import UNDATED


class SourceKeys(NamedTuple):
    """What tells from every other what a row may add to a timeline, so that it is told only once."""

    arrival: str
    """Of the touch or the call: who, when, and through which channel or by which name of the exchange."""
    note: str
    """Of the note: about whom, when, and its words; "" where the row has none."""
    numbers: str
    """Of the remark that a number is somebody else's; "" where the row has only one."""


class Applied(NamedTuple):
    """What one row did to a person."""

    row: ImportedLead
    person: ImportedLead
    new: bool = False
    told: bool = False
    """Whether the timeline did not tell of the row before."""
    filled: bool = False
    """Whether it changed a value, which a later row may take back."""


@dataclass(frozen=True, slots=True)
class Upsert:
    """Applies rows of one file to people. `now` (aware UTC) stands for the moment of rows that tell none."""

    people: People
    channels: Channels
    needs: Needs
    duplicates: Duplicates
    source: str
    """Where the rows come from, for the timeline."""
    now: datetime
    actor_id: int

    def apply(self, row: ImportedLead, keys: SourceKeys) -> Applied:
        """Apply a row about somebody who came in."""
        person = self.people.find(row, keys.arrival)
        if person is None:
            return Applied(row, self._begin(row, keys), new=True)
        told = self._touch(person, row, keys)
        return Applied(row, person, told=told, filled=self._fill(person, row))

    def apply_outgoing(self, row: ImportedLead, keys: SourceKeys) -> Applied | None:
        """Put an outgoing call into the timeline of who was rung; None where nobody has the number."""
        person = self.people.find(row, keys.arrival)
        if person is None or row.call is None:
            return None
        told = self._tell_call(person, row, row.call, ActivityKind.CALL_OUT, keys.arrival)
        return Applied(row, person, told=told)

    def _begin(self, row: ImportedLead, keys: SourceKeys) -> ImportedLead:
        channel = self.channels.of(row.channel)
        entered_at = row.entered_at or self.now
        row.values |= {
            "entered_at": entered_at,
            "channel_first_id": channel.id,
            "channel_latest_id": channel.id,
            "need_id": self.needs.of(row.need),
        }
        row.latest_at = row.entered_at
        self.people.add(row)
        detail = _arrival(channel.title, self.source)
        if row.call is not None:
            row.entries.append(Entry(ActivityKind.CREATED, entered_at, detail, None))
            self._tell_call(row, row, row.call, ActivityKind.CALL_IN, keys.arrival)
        else:
            self._tell(row, ActivityKind.CREATED, entered_at, detail, keys.arrival)
        self._tell_note(row, row, keys.note)
        if row.standing is not None:
            fill(row, row, row.standing, self.duplicates, self.actor_id, self.now, self.source)
        return row

    def _touch(self, person: ImportedLead, row: ImportedLead, keys: SourceKeys) -> bool:
        """Tell the timeline that somebody known came in again, unless it tells of this row already."""
        channel = self.channels.of(row.channel)
        if row.call is not None:
            told = self._tell_call(person, row, row.call, ActivityKind.CALL_IN, keys.arrival)
        else:
            detail = _arrival(channel.title, self.source)
            at = row.entered_at or self.now
            told = self._tell(person, ActivityKind.TOUCHED, at, detail, keys.arrival)
        if told:
            self._arrive(person, row, channel.id)
        noted = self._tell_note(person, row, keys.note)
        return self._tell_numbers_of_others(person, row, keys.numbers) or noted or told

    def _arrive(self, person: ImportedLead, row: ImportedLead, channel_id: int) -> None:
        """Move the latest channel on, and the first one back, to where the moment of the row puts them."""
        at = row.entered_at
        if at is None or person.latest_at is None or at >= person.latest_at:
            person.values["channel_latest_id"] = channel_id
            person.latest_at = at or person.latest_at
        if at is not None and at < person.values["entered_at"] and self.duplicates is not Duplicates.KEEP:
            person.values |= {"entered_at": at, "channel_first_id": channel_id}

    def _fill(self, person: ImportedLead, row: ImportedLead) -> bool:
        """Take over what the row says, as far as duplicates may; return whether anything was."""
        changed = self._take_numbers(person, row)
        if row.standing is not None:
            changed |= fill(person, row, row.standing, self.duplicates, self.actor_id, self.now, self.source)
        if self.duplicates is Duplicates.KEEP:
            return changed
        for values, present in ((self._values(row), person.values), (row.custom, person.custom)):
            taken = {key: value for key, value in values.items() if self._may_take(value, present.get(key))}
            present.update(taken)
            if "email" in taken:
                self.people.know_email(person)
            changed = changed or bool(taken)
        return changed

    def _values(self, row: ImportedLead) -> dict[str, Any]:
        need_id = self.needs.of(row.need)
        return row.values if need_id is None else {**row.values, "need_id": need_id}

    def _may_take(self, value: object, present: object) -> bool:
        blank = present is None or present == ""
        return value != present and (blank or self.duplicates is Duplicates.OVERWRITE)

    def _take_numbers(self, person: ImportedLead, row: ImportedLead) -> bool:
        """Give a person the numbers that nobody has, whatever duplicates may: by them they are found again."""
        free = [number for number in row.numbers if self.people.owner_of(number.e164) is None]
        person.numbers.extend(free)
        self.people.know_numbers(person, free)
        return bool(free)

    def _tell_numbers_of_others(self, person: ImportedLead, row: ImportedLead, key: str) -> bool:
        """Note which of the row's numbers belong to somebody else, and are left to them."""
        if not key:
            return False
        others = [
            number.e164 for number in row.numbers if self.people.owner_of(number.e164) not in (None, person)
        ]
        if not others:
            return False
        sentence = _("The number {number} belongs to another customer and was left out.")
        note = "\n".join(sentence.format(number=number) for number in others)
        detail = ActivityDetail(text=note, source=self.source)
        return self._tell(person, ActivityKind.NOTE, row.entered_at or self.now, detail, key)

    def _tell_call(
        self, person: ImportedLead, row: ImportedLead, call: Call, kind: ActivityKind, key: str
    ) -> bool:
        at = row.entered_at or self.now
        detail = ActivityDetail(
            text=row.identity, seconds=call.seconds, answered=call.answered, source=self.source
        )
        told = self._tell(person, kind, at, detail, key, by_exchange=True)
        if told and call.answered:
            person.values["contacted_at"] = max(person.values.get("contacted_at") or at, at)
        return told

    def _tell_note(self, person: ImportedLead, row: ImportedLead, key: str) -> bool:
        """Tell the row's note, and its need where the workspace has none of that name."""
        if not key:
            return False
        note = row.note
        if row.need and self.needs.of(row.need) is None:
            need = pgettext("pattern", "Need: {text}").format(text=row.need)
            note = f"{note}\n{need}" if note else need
        if not note:
            return False
        detail = ActivityDetail(text=note, source=self.source)
        return self._tell(person, ActivityKind.NOTE, row.entered_at or self.now, detail, key)

    def _tell(
        self,
        person: ImportedLead,
        kind: ActivityKind,
        at: datetime,
        detail: ActivityDetail,
        key: str,
        *,
        by_exchange: bool = False,
    ) -> bool:
        if key in self.people.told:
            return False
        self.people.told[key] = person
        person.entries.append(Entry(kind, at, detail, key, by_exchange))
        return True


class People:
    """Everybody whom a chunk of rows can mean, found by number first and by e-mail address second."""

    def __init__(
        self,
        tx: WorkspaceConnection,
        rows: Sequence[ImportedLead],
        source_keys: Collection[str],
    ) -> None:
        """Load the customers who have any of the rows' numbers or addresses, or were told of by `source_keys`."""
        numbers = {number.e164 for row in rows for number in row.numbers}
        emails = {row.email for row in rows if row.email}
        owners = leads.owners_of_numbers(tx, numbers)
        addressed = leads.leads_by_email(tx, emails)
        told = leads.told_sources(tx, source_keys)
        ids = {*owners.values(), *told.values()}.union(*addressed.values())
        whole = leads.whole_leads(tx, ids)
        arrivals = leads.latest_arrivals(tx, ids)
        present = {each: stored_lead(lead, arrivals.get(each)) for each, lead in whole.items()}
        self._by_number = {number: present[each] for number, each in owners.items()}
        self._by_email = {email: [present[each] for each in found] for email, found in addressed.items()}
        self.told = {key: present[each] for key, each in told.items()}
        """In whose timeline each source key stands; grows as rows are applied."""
        self.all = list(present.values())

    def find(self, row: ImportedLead, source_key: str) -> ImportedLead | None:
        """The person whom a row means; None for somebody new.

        A row that was told of before means whom it meant then, whatever became of them since. Else the first of
        its numbers that anybody has decides. A number that nobody has, beside the address of exactly one person
        without a number, is that person's. A row with an address alone means the oldest customer who has it, one
        without a number first.
        """
        told = self.told.get(source_key)
        if told is not None:
            return told
        for number in row.numbers:
            person = self._by_number.get(number.e164)
            if person is not None:
                return person
        if not row.email:
            return None
        sharing = [person for person in self._by_email.get(row.email, ()) if person.email == row.email]
        without_number = [person for person in sharing if not person.numbers]
        if row.numbers:
            return without_number[0] if len(without_number) == 1 else None
        return next(iter(without_number or sharing), None)

    def owner_of(self, e164: str) -> ImportedLead | None:
        """Who has a number."""
        return self._by_number.get(e164)

    def add(self, person: ImportedLead) -> None:
        """Let somebody new be found."""
        self.all.append(person)
        self.know_numbers(person, person.numbers)
        self.know_email(person)

    def know_numbers(self, person: ImportedLead, numbers: Iterable[LeadNumber]) -> None:
        """Let a person be found by further numbers."""
        for number in numbers:
            self._by_number[number.e164] = person

    def know_email(self, person: ImportedLead) -> None:
        """Let a person be found by their address."""
        if person.email:
            sharing = self._by_email.setdefault(person.email, [])
            if person not in sharing:
                sharing.append(person)


def source_keys(row: ImportedLead, channels: Channels) -> SourceKeys:
    """The keys of what a row may add to a timeline."""
    if row.call is not None:
        return SourceKeys(_key("call", row, row.call.unique_id), "", "")
    return SourceKeys(
        arrival=_key("arrival", row, channels.of(row.channel).key),
        note=_key("note", row, f"{row.note}\x1f{row.need}".translate(_AS_FIRST_KEPT))
        if row.note or row.need
        else "",
        numbers=_key("numbers", row, "") if len(row.numbers) > 1 else "",
    )


# Letters as the first release kept them: what it imported is known again by the same digest.
_AS_FIRST_KEPT = str.maketrans({"ي": "ی", "ك": "ک", "\u200d": None, "\ufe0f": None})


def _key(kind: str, row: ImportedLead, further: str) -> str:
    """A digest behind the moment: exports are mostly in the order of time, so that the index grows at its end."""
    at = row.entered_at
    moment = UNDATED if at is None else f"{int(at.timestamp()):011d}"
    words = f"{kind}\x1f{moment}\x1f{row.identity}\x1f{further}"
    return moment + hashlib.blake2b(words.encode(), digest_size=12).hexdigest()


@lru_cache(maxsize=256)
def _arrival(channel: str, source: str) -> ActivityDetail:
    return ActivityDetail(channel=channel, source=source)
