"""A kind of case, as a workspace defines it: its roles, fields and states, how one moves on, and what that asks and does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from leadtui.domain.field import Field
from leadtui.domain.permission import Permission
from leadtui.domain.status import ReminderRule

if TYPE_CHECKING:
    from leadtui.domain.workspace import Colleague

PROFILE = "profile:"
"""What stands before the key of a profile where it says who may move a case."""

PARENT = "parent."
"""What stands before the key of a field of the case above."""


@dataclass(frozen=True, slots=True)
class CaseRole:
    """What a lead is in a case; so many leads at least, and at the most (0: any number)."""

    key: str
    title: str
    least: int = 1
    most: int = 1


class Pool(StrEnum):
    """Which other cases a check counts."""

    EARLIER = "earlier"
    """Those of the leads in the role."""
    PARENT = "parent"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class Check:
    """Something that is so or not: of other cases where `kind` says of which, else of a status, else of an answer.

    `role` is whose: without one, an answer is the case's own. An answer fits where one of what was chosen is among
    `answers`, with `whole` all of it; where none is named, anything answered does. `least` and `most` bound how many cases
    there are, or a number that was answered. `negated` turns it round.
    """

    field: str = ""
    role: str = ""
    answers: tuple[str, ...] = ()
    whole: bool = False
    statuses: tuple[str, ...] = ()
    kind: str = ""
    pool: Pool = Pool.EARLIER
    states: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of the `checks` must hold, else the move is refused with the `reason`; unless somebody who may overrides it."""

    checks: tuple[Check, ...]
    reason: str
    overridable: bool = False


class EffectKind(StrEnum):
    """What a move does beside the case's own state."""

    STATUS = "status"
    """Sets the status of the leads in the role."""
    GIVE = "give"
    """Puts the leads in the role into a cartable."""
    REMIND = "remind"
    """Sets a reminder about the leads in the role."""
    SEND = "send"
    """Queues a text to the leads in the role."""
    OWN = "own"
    """Makes somebody responsible for the case."""
    STAMP = "stamp"
    """Writes the day into a field of the case."""
    PERCENT = "percent"
    """Works out so many per cent of an answer and writes that into a field of the case."""


class Whom(StrEnum):
    """To whom an effect gives something."""

    ACTOR = "actor"
    ASKED = "asked"
    """Whom the move asked for."""
    OPENER = "opener"
    RESPONSIBLE = "responsible"
    CARTABLE = "cartable"
    """In whose cartable the lead is; in nobody's, whoever moves the case."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a move does; what its kind does not need is empty.

    A reminder is due at the time that the move asked for, else so many minutes of work `after` it. `answers` fill in
    what a status asks for, by its keys; an answer of the case stands in them as its key in braces. `of` and `by` are the
    fields that a percentage is worked out from, of the case above where they begin with `PARENT`. `message` is the key of the
    text that is sent.
    """

    do: EffectKind
    role: str = ""
    status: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    to: Whom = Whom.CARTABLE
    after: int = 0
    note: str = ""
    field: str = ""
    of: str = ""
    by: str = ""
    message: str = ""
    when: Check | None = None
    """Without it the effect always comes about."""


class LimitKind(StrEnum):
    """What happens once a case has been in a state for too long."""

    REMIND = "remind"
    ESCALATE = "escalate"
    """A supervisor becomes responsible for it."""
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Limit:
    """What happens `after` so many minutes of work in a state: a reminder with a `note`, or the state `to`."""

    after: int
    then: LimitKind
    to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaseState:
    """Where a case can stand. Work on it is over in one that is `final`; one that waits for `review` is in that list.

    In one that is `void`, such as a cancelled order, nothing is due of what was worked out. In one that is `locked`, as in a
    final one, answers change by moves alone, and who takes part by whoever may approve.
    """

    key: str
    title: str
    glyph: str = "●"
    colour: str = "blue"
    final: bool = False
    review: bool = False
    locked: bool = False
    void: bool = False
    limits: tuple[Limit, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether what stands in the case has been reviewed, or is over."""
        return self.final or self.locked


@dataclass(frozen=True, slots=True)
class Transition:
    """A move from one of the states `before` to the state `to`, or one that stays where it is.

    `by` are permissions and profiles (`PROFILE`) of which one is needed. `asks` are keys of the kind's fields, `needs` those of
    them that must be answered. `person` is what a colleague is called whom it asks for; empty where it asks for none.
    """

    key: str
    title: str
    before: tuple[str, ...]
    to: str = ""
    by: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    person: str = ""
    reminder: ReminderRule = ReminderRule.NO
    requires: tuple[Requirement, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def asks_nothing(self) -> bool:
        """Whether it can be made without typing anything."""
        return not self.asked and not self.person and self.reminder is ReminderRule.NO

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys of all fields that it asks for."""
        return tuple(dict.fromkeys((*self.needs, *self.asks)))

    def may_be_made_by(self, person: Colleague) -> bool:
        """Whether that person's profile allows it."""
        wanted = self.by or (Permission.WORK_CASES.value,)
        granted: frozenset[str] = person.permissions
        return person.active and any(each in granted or each == PROFILE + person.profile for each in wanted)


@dataclass(frozen=True, slots=True)
class CaseKind:
    """What a case of the kind is made of. `key` is stable, `title` is what people read; a case begins in the first state."""

    id: int
    key: str
    title: str
    position: int = 0
    retired: bool = False
    parent: str = ""
    """The key of the kind of the case above each of this kind; empty where there is none."""
    roles: tuple[CaseRole, ...] = ()
    fields: tuple[Field, ...] = ()
    states: tuple[CaseState, ...] = ()
    moves: tuple[Transition, ...] = ()
    version: int = field(default=0, compare=False)
    """How often it was changed."""

    @property
    def first_state(self) -> CaseState:
        """Where a case begins."""
        return self.states[0]

    def state(self, key: str) -> CaseState | None:
        """The state of that key."""
        return next((each for each in self.states if each.key == key), None)

    def state_title(self, key: str) -> str:
        """What the state is called; one that went is called by its key."""
        found = self.state(key)
        return found.title if found else key

    def role(self, key: str) -> CaseRole | None:
        """The role of that key."""
        return next((each for each in self.roles if each.key == key), None)

    def field(self, key: str) -> Field | None:
        """The field of that key."""
        return next((each for each in self.fields if each.key == key), None)

    def move(self, key: str) -> Transition | None:
        """The transition of that key."""
        return next((each for each in self.moves if each.key == key), None)

    @property
    def open_fields(self) -> tuple[Field, ...]:
        """The fields that are in use, in their order."""
        return tuple(each for each in self.fields if not each.retired)

    @property
    def entry_fields(self) -> tuple[Field, ...]:
        """The fields that are filled in beside moves: not those that effects write, or that only some people's moves ask."""
        asked = {key for move in self.moves if not move.by for key in move.asked}
        of_some = {key for move in self.moves if move.by for key in move.asked}
        written = {effect.field for move in self.moves for effect in move.effects if effect.field}
        return tuple(each for each in self.open_fields if each.key not in (of_some - asked) | written)

    @property
    def messages(self) -> frozenset[str]:
        """The keys of the texts that its moves send."""
        return frozenset(each.message for move in self.moves for each in move.effects if each.message)

    def moves_from(self, state: str) -> tuple[Transition, ...]:
        """The transitions that begin there, in their order."""
        return tuple(each for each in self.moves if state in each.before)


def over_states(kinds: Iterable[CaseKind]) -> frozenset[tuple[str, str]]:
    """The states in which work is over, each with the key of its kind before its own."""
    return frozenset((kind.key, state.key) for kind in kinds for state in kind.states if state.final)


def kind_of_key(kinds: Iterable[CaseKind], key: str) -> CaseKind | None:
    """The kind of that key, in use or not."""
    return next((each for each in kinds if each.key == key), None)
