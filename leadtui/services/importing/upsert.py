"""Whom a row is about, and what it does to them: somebody new begins with it, somebody known is touched and filled."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from leadtui.domain.importing import Duplicates, SameNumber
from leadtui.domain.lead import ActivityDetail, ActivityKind, LeadNumber
from leadtui.domain.lead_fields import NEED, PHONE, PHONE_OTHER, import_fields
from leadtui.domain.visibility import Owners, Visibility, is_within
from leadtui.language.text import search_key
from leadtui.language.translate import _, pgettext
from leadtui.services.importing.account import Places
from leadtui.services.importing.cell_fates import Noted, Why
from leadtui.services.importing.channels_and_needs import Channels, Needs
from leadtui.services.importing.import_notes import another_person, parts
from leadtui.services.importing.imported_lead import Call, ImportedEntry, ImportedLead, stored_lead
from leadtui.services.importing.standing import fill
from leadtui.store import imports, leads
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.leads import UNDATED


class SourceKeys(NamedTuple):
    """What tells from every other what a row may add to a timeline, so that it is told only once."""

    arrival: str
    """Of the touch or the call: who, when, and through which channel or by which name of the exchange."""
    note: str
    """Of the note: about whom, when, and its words; "" where the row has none."""
    kept: str
    """Of the note of columns without a field; "" where the row has none."""
    numbers: str
    """Of the remark that a number is somebody else's; "" where the row has only one."""
    person: str
    """Of the note that another person has the same number or address; "" for a call."""


class Applied(NamedTuple):
    """What one row did to a person."""

    row: ImportedLead
    person: ImportedLead
    new: bool = False
    recorded: bool = False
    """Whether the timeline did not tell of the row before."""
    filled: bool = False
    """Whether it changed a value, which a later row may take back."""
    noted: bool = False
    """Whether cells of it were not plainly taken, as the cleaning could not know."""
    sharing: bool = False
    """Whether others have a number, or somebody new has the address, that the row says."""


class Meant(NamedTuple):
    """Whom a row means: a customer, or another person than the customer who has their number or address."""

    customer: ImportedLead
    another: bool = False


@dataclass(frozen=True, slots=True)
class Upsert:
    """Applies rows of one file to people. `now` (aware UTC) stands for the moment of rows that tell none."""

    people: KnownPeople
    channels: Channels
    needs: Needs
    places: Places
    duplicates: Duplicates
    source: str
    """Where the rows come from, for the timeline."""
    now: datetime
    actor_id: int

    def apply(self, row: ImportedLead, keys: SourceKeys) -> Applied:
        """Apply a row about somebody who came in."""
        meant = self.people.find(row, keys)
        if meant is None:
            return Applied(row, self._begin(row, self.people.keys_of(row, row, keys)), new=True)
        person = meant.customer
        if self.people.is_hidden(person):
            return Applied(row, person)
        if meant.another and self.people.shares(row):
            return Applied(row, self._begin(row, self.people.own_keys(row)), new=True, sharing=True)
        if self.people.is_left_alone(person):
            self._note_all(row, Why.LEFT_ALONE)
            return Applied(row, person)
        if meant.another:
            return Applied(row, person, recorded=self._record_another(person, row, keys.person))
        keys = self.people.keys_of(person, row, keys)
        recorded = self._touch(person, row, keys)
        return Applied(
            row, person, recorded=recorded, filled=self._fill(person, row), sharing=self._is_of_several(row)
        )

    def apply_outgoing(self, row: ImportedLead, keys: SourceKeys) -> Applied | None:
        """Put an outgoing call into the timeline of who was rung; None where nobody has the number."""
        meant = self.people.find(row, keys)
        if meant is None or row.call is None:
            return None
        if self.people.is_left_alone(meant.customer):
            if not self.people.is_hidden(meant.customer):
                self._note_all(row, Why.LEFT_ALONE)
            return Applied(row, meant.customer)
        recorded = self._record_call(meant.customer, row, row.call, ActivityKind.CALL_OUT, keys.arrival)
        noted = self._record_notes(meant.customer, row, keys)
        return Applied(row, meant.customer, recorded=recorded or noted, sharing=self._is_of_several(row))

    def _is_of_several(self, row: ImportedLead) -> bool:
        return any(len(self.people.holders(each.e164)) > 1 for each in row.numbers)

    def _begin(self, row: ImportedLead, keys: SourceKeys) -> ImportedLead:
        channel = self.channels.of(row.channel)
        entered_at = row.entered_at or self.now
        row.values |= {
            "entered_at": entered_at,
            "channel_first_id": channel.id,
            "channel_latest_id": channel.id,
            "need_id": self.needs.of(row.need).need_id,
        }
        row.latest_at = row.entered_at
        written, row.numbers = row.numbers, self._numbers_for(row, row)
        self.people.add(row)
        detail = _arrival(channel.title, self.source)
        if row.call is not None:
            row.entries.append(ImportedEntry(ActivityKind.CREATED, entered_at, detail, None))
            self._record_call(row, row, row.call, ActivityKind.CALL_IN, keys.arrival)
        else:
            self._record(row, ActivityKind.CREATED, entered_at, detail, keys.arrival)
        self._record_notes(row, row, keys)
        self._record_numbers_of_others(row, row, written, keys.numbers)
        if row.standing is not None:
            fill(row, row, row.standing, self.duplicates, self.actor_id, self.now, self.source)
        return row

    def _touch(self, person: ImportedLead, row: ImportedLead, keys: SourceKeys) -> bool:
        """Tell the timeline that somebody known came in again, unless it tells of this row already."""
        channel = self.channels.of(row.channel)
        if row.call is not None:
            recorded = self._record_call(person, row, row.call, ActivityKind.CALL_IN, keys.arrival)
        else:
            detail = _arrival(channel.title, self.source)
            at = row.entered_at or self.now
            recorded = self._record(person, ActivityKind.TOUCHED, at, detail, keys.arrival)
        if recorded:
            self._arrive(person, row, channel.id)
        noted = self._record_notes(person, row, keys)
        return self._record_numbers_of_others(person, row, row.numbers, keys.numbers) or noted or recorded

    def _record_another(self, person: ImportedLead, row: ImportedLead, key: str) -> bool:
        """Keep what a row says about another person with this customer's number or address."""
        self._note_all(row, Why.ANOTHER_PERSON)
        if row.standing is not None and row.standing.do_not_call:
            # Whoever answers: this number must not be rung.
            person.forbidden_numbers.update(each.e164 for each in row.numbers)
        note = another_person(self.places, row.cells, row.name)
        return self._record_parts(person, row, note, key)

    def _note_all(self, row: ImportedLead, why: Why) -> None:
        """Account for every cell of a row but the number by which it is about somebody."""
        for column, target in enumerate(self.places.targets):
            if self.places.why_unused(column) is None and target not in (PHONE, PHONE_OTHER):
                row.noted.append(Noted(target, "", why))

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
        for values, present in ((self._values(row), person.values), (row.custom, person.custom)):
            for key, value in values.items():
                was = present.get(key)
                if value is None or value == "" or value == was:
                    continue
                if self._may_take(was):
                    person.note_replaced(key, was, value)
                    present[key] = value
                    changed = True
                    if key == "email":
                        self.people.know_email(person)
                else:
                    row.noted.append(Noted(_FIELD_OF.get(key, key), "", self._why_not(was)))
        return changed

    def _values(self, row: ImportedLead) -> dict[str, Any]:
        need_id = self.needs.of(row.need).need_id
        return row.values if need_id is None else {**row.values, "need_id": need_id}

    def _may_take(self, was: object) -> bool:
        if self.duplicates is Duplicates.KEEP:
            return False
        return was is None or was == "" or self.duplicates is Duplicates.OVERWRITE

    def _why_not(self, was: object) -> Why:
        return Why.NOT_FILLED if was is None or was == "" else Why.ANOTHER_VALUE

    def _take_numbers(self, person: ImportedLead, row: ImportedLead) -> bool:
        """Give a person the numbers that nobody has, whatever duplicates may: by them they are found again."""
        free = self._numbers_for(person, row)
        person.numbers.extend(free)
        self.people.know_numbers(person, free)
        return bool(free)

    def _numbers_for(self, person: ImportedLead, row: ImportedLead) -> list[LeadNumber]:
        """The row's numbers that become a person's: those that nobody has, and those to be shared with other people."""
        found: list[LeadNumber] = []
        for number in row.numbers:
            holders = self.people.holders(number.e164)
            if not holders:
                found.append(replace(number, shared=True) if self.people.is_taken(number.e164) else number)
            elif person not in holders and self._shares(row, holders):
                found.append(replace(number, shared=True))
        return found

    def _shares(self, row: ImportedLead, holders: Sequence[ImportedLead]) -> bool:
        """Whether a number is another person's, and had by both; of one who may be the same they are to be made one."""
        return self.people.shares(row) and not any(self.people.is_about(each, row) for each in holders)

    def _record_numbers_of_others(
        self, person: ImportedLead, row: ImportedLead, numbers: Sequence[LeadNumber], key: str
    ) -> bool:
        """Note which of the row's numbers belong to somebody else, and are left to them."""
        if not key:
            return False
        held = ((each, self.people.holders(each.e164)) for each in numbers)
        others = [each for each, holders in held if holders and person not in holders]
        if not others:
            return False
        sentence = _("The number {number} belongs to another customer and was left out.")
        for number in others:
            row.noted.append(Noted(PHONE, number.written, Why.OTHERS_NUMBER))
        note = "\n".join(sentence.format(number=number.e164) for number in others)
        detail = ActivityDetail(text=note, source=self.source)
        return self._record(person, ActivityKind.NOTE, row.entered_at or self.now, detail, key)

    def _record_call(
        self, person: ImportedLead, row: ImportedLead, call: Call, kind: ActivityKind, key: str
    ) -> bool:
        at = row.entered_at or self.now
        detail = ActivityDetail(
            text=row.identity, seconds=call.seconds, answered=call.answered, source=self.source
        )
        recorded = self._record(person, kind, at, detail, key, by_exchange=True)
        if recorded and call.answered:
            person.values["contacted_at"] = max(person.values.get("contacted_at") or at, at)
        return recorded

    def _record_notes(self, person: ImportedLead, row: ImportedLead, keys: SourceKeys) -> bool:
        """Tell the row's note, its need where the workspace has none of that name, and what no field is meant for."""
        note = row.note
        read = self.needs.of(row.need)
        if read.rest:
            row.noted.append(Noted(NEED, "", Why.UNKNOWN if read.need_id is None else Why.FURTHER))
            need = pgettext("pattern", "Need: {text}").format(text=read.rest)
            note = f"{note}\n{need}" if note else need
        noted = self._record_parts(person, row, note, keys.note)
        return self._record_parts(person, row, row.kept, keys.kept) or noted

    def _record_parts(self, person: ImportedLead, row: ImportedLead, note: str, key: str) -> bool:
        """Tell a note of any length; what one entry cannot take is told by further ones."""
        if not note:
            return False
        at = row.entered_at or self.now
        first, *further = parts(note)
        if not self._record(
            person, ActivityKind.NOTE, at, ActivityDetail(text=first, source=self.source), key
        ):
            return False
        for each in further:
            detail = ActivityDetail(text=each, source=self.source)
            person.entries.append(ImportedEntry(ActivityKind.NOTE, at, detail, None))
        return True

    def _record(
        self,
        person: ImportedLead,
        kind: ActivityKind,
        at: datetime,
        detail: ActivityDetail,
        key: str,
        *,
        by_exchange: bool = False,
    ) -> bool:
        if key in self.people.recorded:
            return False
        self.people.recorded[key] = person
        person.entries.append(ImportedEntry(kind, at, detail, key, by_exchange))
        return True


_NEVER = datetime.min.replace(tzinfo=UTC)

_FIELD_OF = {each.column: each.key for each in import_fields()}
"""The field of each value of a lead."""


class KnownPeople:
    """Everybody whom a chunk of rows can mean, found by number and name first, by e-mail address second."""

    def __init__(
        self,
        tx: WorkspaceConnection,
        keyed: Sequence[tuple[ImportedLead, SourceKeys]],
        channels: Channels,
        same_number: SameNumber,
        visibility: Visibility,
        changing: Owners,
        batch_id: int,
    ) -> None:
        """Load the customers who have any of the rows' numbers or addresses, or were told of by their keys.

        Nobody has what only customers have of whom the person may not know it, but for those whom this import brought. Of the
        others the import may change those of `changing`.
        """
        self._same_number = same_number
        self._channels, self._visibility = channels, visibility
        numbers = {number.e164 for row, _keys in keyed for number in row.numbers}
        emails = {row.email for row, _keys in keyed if row.email}
        holders = leads.holders_of_numbers(tx, numbers)
        addressed = leads.leads_by_email(tx, emails)
        recorded = leads.recorded_sources(tx, {key for _row, keys in keyed for key in keys if key})
        several = {each for each, found in (*holders.items(), *addressed.items()) if len(found) > 1}
        self._own_keys = {
            row: _own_keys(row, channels, visibility)
            for row, keys in keyed
            if row.call is None
            and (
                keys.arrival in recorded
                or self.shares(row)
                or (several and not several.isdisjoint((row.email, *(each.e164 for each in row.numbers))))
            )
        }
        recorded |= leads.recorded_sources(
            tx, {key for keys in self._own_keys.values() for key in keys if key}
        )
        ids = set(recorded.values()).union(*holders.values(), *addressed.values())
        whole = leads.whole_leads(tx, ids)
        arrivals = leads.latest_arrivals(tx, ids)
        present = {each: stored_lead(lead, arrivals.get(each)) for each, lead in whole.items()}
        hidden = {each for each, lead in whole.items() if not visibility.can_see_numbers(lead.owner_id)}
        kept = {each for each, lead in whole.items() if not is_within((lead.owner_id,), changing)}
        if hidden or kept:
            brought = imports.brought_by(tx, batch_id, hidden | kept)
            hidden -= brought
            kept -= brought
        self._hidden, self._left_alone = hidden, hidden | kept
        self._taken = {number for number, found in holders.items() if not hidden.isdisjoint(found)}
        self._by_number, self._by_email = (
            {
                reached: [present[each] for each in found if each not in hidden]
                for reached, found in several.items()
            }
            for several in (holders, addressed)
        )
        self.recorded = {key: present[each] for key, each in recorded.items()}
        """In whose timeline each source key stands; grows as rows are applied."""
        self.all = list(present.values())
        self._former_names = leads.former_names(tx, self._called_otherwise(keyed))

    def is_hidden(self, person: ImportedLead) -> bool:
        """Whether it is a customer of whom the person who imports may know nothing, but that a row was told before."""
        return person.lead_id in self._hidden

    def is_left_alone(self, person: ImportedLead) -> bool:
        """Whether it is a customer whom this import may not change, be it that the person may know nothing of them."""
        return person.lead_id in self._left_alone

    def is_taken(self, e164: str) -> bool:
        """Whether a number is had by customers of whom the person may not know that."""
        return e164 in self._taken

    def shares(self, row: ImportedLead) -> bool:
        """Whether another person whom a row is about is a customer of their own."""
        return row.shares or self._same_number is SameNumber.LEAD

    def find(self, row: ImportedLead, keys: SourceKeys) -> Meant | None:
        """Whom a row means; None for somebody new.

        A row that was told of before means whom it meant then, whatever became of them since. Else the first of
        its numbers decides that a customer of that name has, or of a name that says more or less of the same. A
        number that nobody has, beside the address of exactly one such person without a number, is that person's.
        A row with an address alone means the oldest such customer who has it, one without a number first. Where
        others have all that the row can be reached by, it is about another person. Of those who share the number of a
        call the one is meant with whom somebody spoke last, else whose the number is.
        """
        recorded = self._recorded_before(row, keys)
        if recorded is not None:
            return recorded
        held = [person for number in row.numbers for person in self.holders(number.e164)]
        if row.call is not None:
            held.sort(key=lambda person: person.values.get("contacted_at") or _NEVER, reverse=True)
        for person in held:
            if self.is_about(person, row):
                return Meant(person)
        sharing = [person for person in self._by_email.get(row.email, ()) if person.email == row.email]
        same = [person for person in sharing if self.is_about(person, row)]
        without_number = [person for person in same if not person.numbers]
        if row.numbers:
            if len(without_number) == 1:
                return Meant(without_number[0])
            all_held = held and (self.shares(row) or not self.free(row.numbers))
            return Meant(held[0], another=True) if all_held else None
        if same:
            return Meant(next(iter(without_number or same)))
        return Meant(sharing[0], another=True) if sharing else None

    def _called_otherwise(self, keyed: Sequence[tuple[ImportedLead, SourceKeys]]) -> set[int]:
        """The ids of those who are called otherwise than a row that may be about them."""
        found: set[int] = set()
        for row, keys in keyed:
            recorded = self.recorded.get(keys.arrival)
            may_be = [*(() if recorded is None else (recorded,)), *self._by_email.get(row.email, ())]
            may_be += [person for number in row.numbers for person in self.holders(number.e164)]
            found |= {person.lead_id for person in may_be if not same_person(person.name, row.name)}
        return found

    def keys_of(self, person: ImportedLead, row: ImportedLead, keys: SourceKeys) -> SourceKeys:
        """The keys by which a row is told of a person: those with the name where it was so before, or another has the first."""
        if row.call is not None:
            return keys
        if self.recorded.get(keys.arrival, person) is not person:
            return self.own_keys(row)
        own = self._own_keys.get(row)
        return keys if own is None or own.arrival not in self.recorded else own

    def own_keys(self, row: ImportedLead) -> SourceKeys:
        """The keys of a row with the name in them, for another person's row may be told by those without it."""
        own = self._own_keys.get(row)
        if own is None:
            own = self._own_keys[row] = _own_keys(row, self._channels, self._visibility)
        return own

    def _recorded_before(self, row: ImportedLead, keys: SourceKeys) -> Meant | None:
        another = self.recorded.get(keys.person)
        if another is not None and not self.shares(row):
            return Meant(another, another=True)
        for each in (keys, self._own_keys.get(row)):
            recorded = None if each is None else self.recorded.get(each.arrival)
            if recorded is not None and self.is_about(recorded, row):
                return Meant(recorded)
        return None

    def is_about(self, person: ImportedLead, row: ImportedLead) -> bool:
        """Whether a customer can be whom a row is about, by the name that they have or had; a call tells no name."""
        if row.call is not None or same_person(person.name, row.name):
            return True
        return any(same_person(name, row.name) for name in self._former_names.get(person.lead_id, ()))

    def holders(self, e164: str) -> Sequence[ImportedLead]:
        """Everybody who has a number."""
        return self._by_number.get(e164, ())

    def free(self, numbers: Sequence[LeadNumber]) -> list[LeadNumber]:
        """Those of the numbers that nobody has."""
        return [number for number in numbers if not self.holders(number.e164)]

    def add(self, person: ImportedLead) -> None:
        """Let somebody new be found."""
        self.all.append(person)
        self.know_numbers(person, person.numbers)
        self.know_email(person)

    def know_numbers(self, person: ImportedLead, numbers: Iterable[LeadNumber]) -> None:
        """Let a person be found by further numbers."""
        for number in numbers:
            self._by_number.setdefault(number.e164, []).append(person)

    def know_email(self, person: ImportedLead) -> None:
        """Let a person be found by their address."""
        if person.email:
            sharing = self._by_email.setdefault(person.email, [])
            if person not in sharing:
                sharing.append(person)


def same_person(name: str, other: str) -> bool:
    """Whether two names can be one person's: the words of one are among those of the other, however they are spelled."""
    if name == other or not name or not other:
        return True
    words, others = _words_of(name), _words_of(other)
    return words <= others or others <= words or search_key(name) == search_key(other)


@lru_cache(maxsize=16_384)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(filter(None, map(search_key, _BETWEEN_WORDS.split(name))))


_BETWEEN_WORDS = re.compile(r"[^\w\u200c\u200d]+")


def source_keys(row: ImportedLead, channels: Channels, visibility: Visibility) -> SourceKeys:
    """The keys of what a row may add to a timeline."""
    if row.call is not None:
        note = _key("note", row, f"{row.note}\x1f{row.call.unique_id}") if row.note else ""
        return _by(SourceKeys(_key("call", row, row.call.unique_id), note, "", "", ""), visibility)
    return _by(_keys_of(row, channels), visibility)


def _own_keys(row: ImportedLead, channels: Channels, visibility: Visibility) -> SourceKeys:
    return _by(_keys_of(row, channels, f"\x1f{search_key(row.name)}"), visibility)


def _by(keys: SourceKeys, visibility: Visibility) -> SourceKeys:
    """The keys, of one who does not see everybody their own: what others imported before does not show in theirs."""
    if visibility.reached is None:
        return keys
    return SourceKeys(*(each and f"{each}.{visibility.person_id}" for each in keys))


def _keys_of(row: ImportedLead, channels: Channels, name: str = "") -> SourceKeys:
    return SourceKeys(
        arrival=_key("arrival", row, channels.of(row.channel).key + name),
        note=_key("note", row, f"{row.note}\x1f{row.need}".translate(_AS_FIRST_KEPT) + name)
        if row.note or row.need
        else "",
        kept=_key("kept", row, row.kept + name) if row.kept else "",
        numbers=_key("numbers", row, name) if len(row.numbers) > 1 else "",
        person=_key("person", row, "\x1f".join(row.cells) + name),
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
