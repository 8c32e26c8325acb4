"""What a row does to a person: somebody new begins with it, somebody known is touched by it and filled from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from leadtui.domain.importing import Duplicates
from leadtui.domain.lead import ActivityDetail, ActivityKind
from leadtui.language.translate import _
from leadtui.services.importing.channels_and_needs import Channels, Needs
from leadtui.services.importing.incoming import Call, Incoming
from leadtui.services.importing.people import Entry, People, Person
from leadtui.store.lead_matching import UNDATED

_WORDS = ("name", "city", "grade", "major", "referrer")


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

    row: Incoming
    person: Person
    new: bool = False
    told: bool = False
    """Whether the timeline did not tell of the row before."""
    filled: bool = False
    """Whether it changed a value, which a later row may take back."""


@dataclass(frozen=True, slots=True)
class Merger:
    """Applies rows of one file to people. `now` (aware UTC) stands for the moment of rows that tell none."""

    people: People
    channels: Channels
    needs: Needs
    duplicates: Duplicates
    source: str
    """Where the rows come from, for the timeline."""
    now: datetime

    def apply(self, row: Incoming, keys: SourceKeys) -> Applied:
        """Apply a row about somebody who came in."""
        person = self.people.find(row, keys.arrival)
        if person is None:
            return Applied(row, self._begin(row, keys), new=True)
        told = self._touch(person, row, keys)
        return Applied(row, person, told=told, filled=self._fill(person, row))

    def apply_outgoing(self, row: Incoming, keys: SourceKeys) -> Applied | None:
        """Put an outgoing call into the timeline of who was rung; None where nobody has the number."""
        person = self.people.find(row, keys.arrival)
        if person is None or row.call is None:
            return None
        told = self._tell_call(person, row, row.call, ActivityKind.CALL_OUT, keys.arrival)
        return Applied(row, person, told=told)

    def _begin(self, row: Incoming, keys: SourceKeys) -> Person:
        channel = self.channels.of(row.channel)
        person = Person(
            lead=None,
            name=row.name,
            city=row.city,
            email=row.email,
            grade=row.grade,
            major=row.major,
            referrer=row.referrer,
            need_id=self.needs.of(row.need),
            custom=dict(row.custom),
            numbers=list(row.numbers),
            entered_at=row.entered_at or self.now,
            channel_first_id=channel.id,
            channel_latest_id=channel.id,
            contacted_at=None,
            latest_at=row.entered_at,
        )
        self.people.add(person)
        detail = _arrival(channel.title, self.source)
        if row.call is not None:
            person.entries.append(Entry(ActivityKind.CREATED, person.entered_at, detail, None))
            self._tell_call(person, row, row.call, ActivityKind.CALL_IN, keys.arrival)
        else:
            self._tell(person, ActivityKind.CREATED, person.entered_at, detail, keys.arrival)
        self._tell_note(person, row, keys.note)
        return person

    def _touch(self, person: Person, row: Incoming, keys: SourceKeys) -> bool:
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

    def _arrive(self, person: Person, row: Incoming, channel_id: int) -> None:
        """Move the latest channel on, and the first one back, to where the moment of the row puts them."""
        at = row.entered_at
        if at is None or person.latest_at is None or at >= person.latest_at:
            person.channel_latest_id = channel_id
            person.latest_at = at or person.latest_at
        if at is not None and at < person.entered_at and self.duplicates is not Duplicates.KEEP:
            person.entered_at = at
            person.channel_first_id = channel_id

    def _fill(self, person: Person, row: Incoming) -> bool:
        """Take over what the row says, as far as duplicates may; return whether anything was."""
        changed = self._take_numbers(person, row)
        if self.duplicates is Duplicates.KEEP:
            return changed
        for name in _WORDS:
            words = getattr(row, name)
            if words and self._may_take(words, getattr(person, name)):
                setattr(person, name, words)
                changed = True
        if row.email and self._may_take(row.email, person.email):
            person.email = row.email
            self.people.know_email(person)
            changed = True
        need_id = self.needs.of(row.need)
        if need_id is not None and self._may_take(need_id, person.need_id):
            person.need_id = need_id
            changed = True
        for key, value in row.custom.items():
            if self._may_take(value, person.custom.get(key)):
                person.custom[key] = value
                changed = True
        return changed

    def _may_take(self, value: object, present: object) -> bool:
        blank = present is None or present == ""
        return value != present and (blank or self.duplicates is Duplicates.OVERWRITE)

    def _take_numbers(self, person: Person, row: Incoming) -> bool:
        """Give a person the numbers that nobody has, whatever duplicates may: by them they are found again."""
        free = [number for number in row.numbers if self.people.owner_of(number.e164) is None]
        person.numbers.extend(free)
        self.people.know_numbers(person, free)
        return bool(free)

    def _tell_numbers_of_others(self, person: Person, row: Incoming, key: str) -> bool:
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

    def _tell_call(self, person: Person, row: Incoming, call: Call, kind: ActivityKind, key: str) -> bool:
        at = row.entered_at or self.now
        detail = ActivityDetail(
            text=row.identity, seconds=call.seconds, answered=call.answered, source=self.source
        )
        told = self._tell(person, kind, at, detail, key, by_exchange=True)
        if told and call.answered:
            person.contacted_at = max(person.contacted_at or at, at)
        return told

    def _tell_note(self, person: Person, row: Incoming, key: str) -> bool:
        """Tell the row's note, and its need where the workspace has none of that name."""
        if not key:
            return False
        note = row.note
        if row.need and self.needs.of(row.need) is None:
            need = _("Need: {text}").format(text=row.need)
            note = f"{note}\n{need}" if note else need
        if not note:
            return False
        detail = ActivityDetail(text=note, source=self.source)
        return self._tell(person, ActivityKind.NOTE, row.entered_at or self.now, detail, key)

    def _tell(
        self,
        person: Person,
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


def source_keys(row: Incoming, channels: Channels) -> SourceKeys:
    """The keys of what a row may add to a timeline."""
    if row.call is not None:
        return SourceKeys(_key("call", row, row.call.unique_id), "", "")
    return SourceKeys(
        arrival=_key("arrival", row, channels.of(row.channel).key),
        note=_key("note", row, f"{row.note}\x1f{row.need}") if row.note or row.need else "",
        numbers=_key("numbers", row, "") if len(row.numbers) > 1 else "",
    )


def _key(kind: str, row: Incoming, further: str) -> str:
    """A digest behind the moment: exports are mostly in the order of time, so that the index grows at its end."""
    at = row.entered_at
    moment = UNDATED if at is None else f"{int(at.timestamp()):011d}"
    words = f"{kind}\x1f{moment}\x1f{row.identity}\x1f{further}"
    return moment + hashlib.blake2b(words.encode(), digest_size=12).hexdigest()


@lru_cache(maxsize=256)
def _arrival(channel: str, source: str) -> ActivityDetail:
    return ActivityDetail(channel=channel, source=source)
