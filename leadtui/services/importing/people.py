"""Who the rows of a chunk are about: one person each, whether already a customer or seen for the first time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from leadtui.domain.field import AnswerValue
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead, LeadNumber
from leadtui.services.importing.incoming import Incoming
from leadtui.store import lead_matching
from leadtui.store.connection import WorkspaceConnection


@dataclass(slots=True, eq=False)
class Person:
    """One person while a chunk is worked through. `lead` is as the store has them; None for somebody new.

    `latest_at` is when they last came in, as far as somebody knows; everything else stands as the rows
    have made it so far.
    """

    lead: Lead | None
    name: str
    city: str
    email: str
    grade: str
    major: str
    referrer: str
    need_id: int | None
    custom: dict[str, AnswerValue]
    numbers: list[LeadNumber]
    entered_at: datetime
    channel_first_id: int | None
    channel_latest_id: int | None
    contacted_at: datetime | None
    latest_at: datetime | None
    lead_id: int = 0
    """Their id in the store; 0 for somebody new until they are written."""
    entries: list[Entry] = field(default_factory=list["Entry"])
    """What goes into the timeline."""


class Entry(NamedTuple):
    """An entry of a person's timeline. `at` is aware UTC."""

    kind: ActivityKind
    at: datetime
    detail: ActivityDetail
    source_key: str | None
    by_exchange: bool = False
    """Whether the telephone exchange noted it, not the person who imports."""


class People:
    """Everybody whom a chunk of rows can mean, found by number first and by e-mail address second."""

    def __init__(
        self,
        tx: WorkspaceConnection,
        rows: Sequence[Incoming],
        source_keys: Collection[str],
    ) -> None:
        """Load the customers who have any of the rows' numbers or addresses, or were told of by `source_keys`."""
        numbers = {number.e164 for row in rows for number in row.numbers}
        emails = {row.email for row in rows if row.email}
        owners = lead_matching.owners_of_numbers(tx, numbers)
        addressed = lead_matching.leads_by_email(tx, emails)
        told = lead_matching.told_sources(tx, source_keys)
        ids = {*owners.values(), *told.values()}.union(*addressed.values())
        leads = lead_matching.whole_leads(tx, ids)
        arrivals = lead_matching.latest_arrivals(tx, ids)
        present = {each: _present(lead, arrivals.get(each)) for each, lead in leads.items()}
        self._by_number = {number: present[each] for number, each in owners.items()}
        self._by_email = {email: [present[each] for each in found] for email, found in addressed.items()}
        self.told = {key: present[each] for key, each in told.items()}
        """In whose timeline each source key stands; grows as rows are applied."""
        self.all = list(present.values())

    def find(self, row: Incoming, source_key: str) -> Person | None:
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

    def owner_of(self, e164: str) -> Person | None:
        """Who has a number."""
        return self._by_number.get(e164)

    def add(self, person: Person) -> None:
        """Let somebody new be found."""
        self.all.append(person)
        self.know_numbers(person, person.numbers)
        self.know_email(person)

    def know_numbers(self, person: Person, numbers: Iterable[LeadNumber]) -> None:
        """Let a person be found by further numbers."""
        for number in numbers:
            self._by_number[number.e164] = person

    def know_email(self, person: Person) -> None:
        """Let a person be found by their address."""
        if person.email:
            sharing = self._by_email.setdefault(person.email, [])
            if person not in sharing:
                sharing.append(person)


def _present(lead: Lead, latest_at: datetime | None) -> Person:
    return Person(
        lead=lead,
        name=lead.name,
        city=lead.city,
        email=lead.email,
        grade=lead.grade,
        major=lead.major,
        referrer=lead.referrer,
        need_id=lead.need_id,
        custom=dict(lead.custom),
        numbers=list(lead.numbers),
        entered_at=lead.entered_at,
        channel_first_id=lead.channel_first_id,
        channel_latest_id=lead.channel_latest_id,
        contacted_at=lead.contacted_at,
        latest_at=latest_at,
        lead_id=lead.id,
    )
