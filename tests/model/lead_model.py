"""What the desk does to customers, said once more and as simply as can be: no SQL, no plan, only lists and numbers."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime

PENDING, DONE, MOVED, CANCELLED = "pending", "acknowledged", "rescheduled", "cancelled"


@dataclass(slots=True)
class ModelReminder:
    """`state` is the word that the store keeps."""

    owner: int
    due: datetime
    state: str = PENDING


@dataclass(slots=True)
class ModelLead:
    """What can be seen of one customer. `told` counts the entries of the timeline."""

    name: str
    numbers: tuple[str, ...]
    city: str = ""
    status: str | None = None
    owner: int | None = None
    contacted: datetime | None = None
    version: int = 1
    told: int = 1
    reminders: dict[int, ModelReminder] = field(default_factory=dict[int, ModelReminder])

    @property
    def next_at(self) -> datetime | None:
        """When the earliest pending reminder is due."""
        return min((each.due for each in self.reminders.values() if each.state == PENDING), default=None)


@dataclass(slots=True)
class Rules:
    """What the model needs to know of a status."""

    key: str
    moves: str
    final: bool
    reminder: str
    asks: dict[str, str]


@dataclass(slots=True)
class TakenStep:
    """A change as it lies on a customer: a person's step can be taken back while it is the last one."""

    number: int
    actor: int | None
    before: ModelLead


class LeadModel:
    """All customers, and everything that was done to each."""

    def __init__(self) -> None:
        self.leads: dict[int, ModelLead] = {}
        self.steps: dict[int, list[TakenStep]] = {}
        self._numbered = 0

    def add(self, lead_id: int, lead: ModelLead) -> None:
        """A customer who is new."""
        self.leads[lead_id] = lead
        self.steps[lead_id] = []

    def change(
        self, lead_id: int, actor: int | None, what: Callable[[ModelLead], None], *, told: int = 1
    ) -> None:
        """One change; `actor` is nobody where it cannot be taken back."""
        lead = self.leads[lead_id]
        before = deepcopy(lead)
        what(lead)
        lead.version += 1
        lead.told += told
        self._numbered += 1
        self.steps[lead_id].append(TakenStep(self._numbered, actor, before))

    def last_step(self, actor: int) -> tuple[int, TakenStep] | None:
        """The newest step of a person that was not taken back, and whose customer it was on."""
        own = [
            (lead_id, step) for lead_id, steps in self.steps.items() for step in steps if step.actor == actor
        ]
        return max(own, key=lambda each: each[1].number, default=None)

    def take_back(self, lead_id: int, step: TakenStep) -> bool:
        """Undo the step where nothing came after it; returns whether that was so."""
        if self.steps[lead_id][-1] is not step:
            return False
        lead = self.leads[lead_id]
        self.steps[lead_id].pop()
        was = deepcopy(step.before)
        for reminder_id, reminder in lead.reminders.items():
            if reminder_id not in was.reminders:
                reminder.state = CANCELLED
                was.reminders[reminder_id] = reminder
        was.version, was.told = lead.version + 1, lead.told + 1
        self.leads[lead_id] = was
        return True


def step(
    lead: ModelLead, rules: Rules, actor: int, chosen: int | None, remind: datetime | None, now: datetime
) -> Callable[[int], None]:
    """Give a status. The caller then says which id the store gave to the new reminder."""
    owner = {"none": None, "next": chosen, "stay": lead.owner if lead.owner is not None else actor}[
        rules.moves
    ]
    for reminder in lead.reminders.values():
        if reminder.state != PENDING:
            continue
        if reminder.due <= now:
            reminder.state = DONE
        elif rules.final:
            reminder.state = CANCELLED
        elif owner is not None:
            reminder.owner = owner
    lead.status, lead.owner, lead.contacted = rules.key, owner, now

    def set_reminder(reminder_id: int) -> None:
        assert remind is not None
        lead.reminders[reminder_id] = ModelReminder(owner or actor, remind)

    return set_reminder
