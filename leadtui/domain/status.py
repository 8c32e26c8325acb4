"""A status: where a customer stands, and what giving it asks and does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leadtui.domain.field import Field
from leadtui.domain.retry import NO_RETRY, RetryRule

STATUS_COLOURS = ("blue", "green", "amber", "red", "violet", "grey", "cyan", "orange", "pink", "teal")
"""What a status' colour may be; every theme has each of them."""


class StatusKind(StrEnum):
    """What a status means for the work on a customer."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    DO_NOT_CALL = "do-not-call"


class CartableRule(StrEnum):
    """Where the customer goes when the status is given (DOMAIN: none, next, stay)."""

    NONE = "none"
    NEXT = "next"
    STAY = "stay"


class ReminderRule(StrEnum):
    """Whether giving the status asks for a time."""

    NO = "no"
    ASK = "ask"
    MUST = "must"


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """After how many minutes an overdue reminder of a customer in the status goes to a supervisor, and the customer to nobody.

    0 is never; see domain/escalation.py.
    """

    supervisor_after: int = 0
    pool_after: int = 0

    def __bool__(self) -> bool:
        """Whether anything goes anywhere."""
        return bool(self.supervisor_after or self.pool_after)


NO_ESCALATION = EscalationRule()
"""Nothing goes anywhere."""


@dataclass(frozen=True, slots=True)
class Status:
    """A status of a workspace. `colour` is a theme's status colour, such as "violet"."""

    id: int
    key: str
    title: str
    glyph: str = "●"
    colour: str = "blue"
    position: int = 0
    kind: StatusKind = StatusKind.OPEN
    cartable: CartableRule = CartableRule.STAY
    reminder: ReminderRule = ReminderRule.NO
    owner_title: str = ""
    fields: tuple[Field, ...] = ()
    retired: bool = False
    retry: RetryRule = NO_RETRY
    escalation: EscalationRule = NO_ESCALATION

    @property
    def final(self) -> bool:
        """Whether work on the customer ends with it: its pending reminders are cancelled."""
        return self.kind is not StatusKind.OPEN

    @property
    def open_fields(self) -> tuple[Field, ...]:
        """The fields it asks for, in their order."""
        return tuple(each for each in self.fields if not each.retired)

    @property
    def asks_nothing(self) -> bool:
        """Whether it can be given without typing anything."""
        return (
            self.cartable is not CartableRule.NEXT
            and self.reminder is ReminderRule.NO
            and not self.open_fields
        )
