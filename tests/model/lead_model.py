"""What the desk does to customers, said once more and as simply as can be: no SQL, no plan, only lists and numbers."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, fields
from datetime import datetime

PENDING, DONE, MOVED, CANCELLED = "pending", "acknowledged", "rescheduled", "cancelled"

WORK = frozenset({"status", "status_at", "owner", "owner_at", "contacted", "attempts"})
"""Whoever changes one of these has moved the customer on."""


@dataclass(slots=True)
class ModelReminder:
    """`state` is the word that the store keeps; `by_step` says that a status set it, `attempt` that it planned it."""

    owner: int
    due: datetime
    state: str = PENDING
    by_step: bool = False
    attempt: bool = False


@dataclass(slots=True)
class ModelLead:
    """What can be seen of one customer. `told` counts the entries of the timeline."""

    name: str
    numbers: tuple[str, ...]
    city: str = ""
    status: str | None = None
    status_at: datetime | None = None
    owner: int | None = None
    owner_at: datetime | None = None
    contacted: datetime | None = None
    attempts: int = 0
    version: int = 1
    told: int = 1
    reminders: dict[int, ModelReminder] = field(default_factory=dict[int, ModelReminder])

    @property
    def found_by(self) -> tuple[object, ...]:
        """What finding looks through; it is put back as one piece."""
        return (self.name, self.city, self.numbers)

    @property
    def next_at(self) -> datetime | None:
        """When the earliest pending reminder is due."""
        return min((each.due for each in self.reminders.values() if each.state == PENDING), default=None)


VALUES = tuple(each.name for each in fields(ModelLead) if each.name not in {"version", "told", "reminders"})


@dataclass(slots=True)
class Rules:
    """What the model needs to know of a status. One that tries `most` times gives the status `then` after the last."""

    key: str
    moves: str
    final: bool
    forbids: bool
    reminder: str
    asks: dict[str, str]
    most: int = 0
    then: Rules | None = None


@dataclass(slots=True)
class Lost:
    """A customer who was made one with another."""

    id: int
    lead: ModelLead
    steps: list[Taken]


@dataclass(slots=True)
class Taken:
    """A change as it lies on a customer. `values` and `reminders` are what it replaced; None for a new reminder."""

    number: int
    actor: int | None
    kind: str
    values: dict[str, object]
    reminders: dict[int, ModelReminder | None]
    version_before: int
    version_after: int
    lost: Lost | None = None

    @property
    def moves_on(self) -> bool:
        """Whether the work on the customer went on by it, also where every value is as it was."""
        return self.kind in {"status", "transfer", "merge"} or bool(WORK & self.values.keys())


class LeadModel:
    """All customers, and everything that was done to each and not taken back."""

    def __init__(self) -> None:
        self.leads: dict[int, ModelLead] = {}
        self.steps: dict[int, list[Taken]] = {}
        self._numbered = 0

    def add(self, lead_id: int, lead: ModelLead) -> None:
        """A customer who is new."""
        self.leads[lead_id] = lead
        self.steps[lead_id] = []

    def change(
        self,
        lead_id: int,
        actor: int | None,
        kind: str,
        what: Callable[[ModelLead], None],
        *,
        told: int = 1,
        lost: Lost | None = None,
    ) -> None:
        """One change; `actor` is nobody where it cannot be taken back."""
        lead = self.leads[lead_id]
        before = deepcopy(lead)
        what(lead)
        lead.version += 1
        lead.told += told
        self._numbered += 1
        values = {
            name: getattr(before, name) for name in VALUES if getattr(before, name) != getattr(lead, name)
        }
        if before.found_by != lead.found_by:
            values["found_by"] = before.found_by
        reminders = {
            each: before.reminders.get(each)
            for each, now in lead.reminders.items()
            if lost is None and before.reminders.get(each) != now
        }
        self.steps[lead_id].append(
            Taken(self._numbered, actor, kind, values, reminders, before.version, lead.version, lost)
        )

    def last_step(self, actor: int) -> tuple[int, Taken] | None:
        """The newest step of a person that was not taken back, and whose customer it was on."""
        own = [
            (lead_id, step) for lead_id, steps in self.steps.items() for step in steps if step.actor == actor
        ]
        return max(own, key=lambda each: each[1].number, default=None)

    def can_take_back(self, lead_id: int, step: Taken) -> bool:
        """Whether nothing that came later stands in the way."""
        if step.lost is not None and self.leads[lead_id].version != step.version_after:
            return False
        for later in self._after(lead_id, step):
            if later.kind in {"call", "note"}:
                continue
            if later.kind == "import":
                if step.values:
                    return False
                continue
            moved = bool(WORK & step.values.keys()) and later.moves_on
            same_value = bool((step.values.keys() - WORK) & (later.values.keys() - WORK))
            same_reminder = bool(step.reminders.keys() & later.reminders.keys())
            if moved or same_value or (same_reminder and later.kind != "ended"):
                return False
        return True

    def take_back(self, lead_id: int, step: Taken) -> None:
        """Undo a step that can be taken back: a new entry, and everything as it was."""
        lead = self.leads[lead_id]
        after = self._after(lead_id, step)
        ended = {each for later in after if later.kind == "ended" for each in later.reminders}
        for name, value in step.values.items():
            if name == "found_by":
                continue
            if name != "contacted" or not any(later.kind == "call" for later in after):
                setattr(lead, name, value)
        for reminder_id, was in step.reminders.items():
            if reminder_id in ended:
                continue
            if was is None:
                lead.reminders[reminder_id].state = CANCELLED
            else:
                lead.reminders[reminder_id] = was
        if step.lost is not None:
            lead.told -= step.lost.lead.told
            for reminder_id in step.lost.lead.reminders:
                del lead.reminders[reminder_id]
            self.leads[step.lost.id], self.steps[step.lost.id] = step.lost.lead, step.lost.steps
        lead.version += 1
        lead.told += 1
        self.steps[lead_id].remove(step)
        for other in self.steps[lead_id]:
            if other.version_after == step.version_before:
                other.version_after = lead.version

    def _after(self, lead_id: int, step: Taken) -> list[Taken]:
        return [each for each in self.steps[lead_id] if each.number > step.number]


def attempt(lead: ModelLead, rules: Rules) -> int:
    """Which attempt a status would be; who was given up is tried from anew."""
    if not rules.most:
        return 0
    return 1 if lead.attempts >= rules.most and lead.next_at is None else lead.attempts + 1


def in_the_end(lead: ModelLead, rules: Rules, remind: datetime | None) -> Rules:
    """The status that a customer comes to have: after the last attempt, with nothing planned, it is another."""
    if rules.then is not None and remind is None and attempt(lead, rules) >= rules.most:
        return rules.then
    return rules


def is_left(
    lead: ModelLead, rules: Rules, actor: int, chosen: int | None, remind: datetime | None, now: datetime
) -> bool:
    """Whether a status would leave an open customer in the cartable of who has or takes them, with nothing planned."""
    after = deepcopy(lead)
    give(after, rules, actor, chosen, remind, now)
    keeps = after.owner is not None and after.owner in (lead.owner, actor)
    planned = remind is not None or after.next_at is not None
    return keeps and not planned and not in_the_end(lead, rules, remind).final


def give(
    lead: ModelLead, rules: Rules, actor: int, chosen: int | None, remind: datetime | None, now: datetime
) -> int:
    """Give a status, with a reminder or an attempt at `remind`; returns whose that would be."""
    attempts = attempt(lead, rules)
    rules = in_the_end(lead, rules, remind)
    owner = {"none": None, "next": chosen, "stay": actor if lead.owner is None else lead.owner}[rules.moves]
    reminded = actor if owner is None else owner
    for reminder in lead.reminders.values():
        if reminder.state != PENDING:
            continue
        takes_its_place = (
            remind is not None and reminder.by_step and (owner is not None or reminder.owner == reminded)
        )
        if reminder.due <= now:
            reminder.state = DONE
        elif rules.final:
            reminder.state = CANCELLED
        elif takes_its_place:
            reminder.state = MOVED
        elif reminder.attempt:
            reminder.state = CANCELLED
        elif owner is not None:
            reminder.owner = owner
    hand_over(lead, owner, now)
    lead.status, lead.status_at, lead.contacted = rules.key, now, now
    lead.attempts = attempts
    return reminded


def hand_over(lead: ModelLead, owner: int | None, now: datetime) -> None:
    """The customer's owner is another; with nobody there is no time since when."""
    if owner != lead.owner:
        lead.owner, lead.owner_at = owner, now
    if owner is None:
        lead.owner_at = None
