"""Rules by which leads are shared out among colleagues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from leadtui.domain.field import AnswerValue
from leadtui.language.text import search_key
from leadtui.language.translate import P_

if TYPE_CHECKING:
    from leadtui.domain.workspace import Definitions

CHANNEL, CITY, NEED = "channel", "city", "need"
"""What a rule can go by besides the workspace's own fields."""

TRIED_DAYS = 30
"""A rule is tried on the leads of as many days."""


class Sharing(StrEnum):
    """Who of several gets the next lead."""

    ONE = "one"
    """Always the same person."""
    EVENLY = "evenly"
    """Whoever got fewest of these."""
    ROUND_ROBIN = "round-robin"
    """The next in turn after who got the last one, be it by an earlier distribution."""
    LEAST_LOADED = "least-loaded"
    """Whoever has fewest customers in the cartable."""
    WEIGHTED = "weighted"
    """Whoever got fewest of these for their weight."""


SHARING_TITLES: Mapping[Sharing, str] = {
    Sharing.ONE: P_("choice", "to one"),
    Sharing.EVENLY: P_("choice", "evenly"),
    Sharing.ROUND_ROBIN: P_("choice", "in turn"),
    Sharing.LEAST_LOADED: P_("choice", "least loaded first"),
    Sharing.WEIGHTED: P_("choice", "by weight"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """One who gets leads. `takes` are the values of the rule's `by` that go to this person; none for whatever is left."""

    person_id: int
    weight: int = 1
    takes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """How leads are shared out. `by` is the key of the field by whose value they go to who takes it, "" for none.

    With `cap`, nobody gets more while that many customers are in the cartable. `title` is that of a stored rule.
    """

    sharing: Sharing
    shares: Sequence[Share]
    by: str = ""
    cap: int | None = None
    title: str = ""

    @property
    def key(self) -> str:
        """What an assignment says of it: `least-loaded city`, of a stored one `=Fair shares`."""
        return STORED + self.title if self.title else f"{self.sharing.value} {self.by}".rstrip()


STORED = "="
"""Begins what an assignment says of a stored rule, before its title."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule as somebody wrote it: each of `among` is `PERSON[=WEIGHT][:VALUE,VALUE]`, all who can take leads where it is empty.

    `on_shift` leaves out whose desk is not open now.
    """

    sharing: str
    among: tuple[str, ...] = ()
    by: str = ""
    cap: int | None = None
    on_shift: bool = False


@dataclass(frozen=True, slots=True)
class DistributionRule:
    """A rule that a workspace keeps under a title. One that is `retired` is switched off: it can be tried alone.

    Of `words.among` each person is an e-mail address; who cannot get leads at the time is passed over.
    """

    id: int
    key: str
    title: str
    words: RuleWords = RuleWords(Sharing.EVENLY.value)
    position: int = 0
    retired: bool = True


class Distributor:
    """Shares out leads one after the other by a rule."""

    def __init__(
        self, rule: Rule, defined: Definitions, loads: Mapping[int, int], last_id: int | None = None
    ) -> None:
        """`loads` are how many customers each has, `last_id` is who got the last one before."""
        self.rule = rule
        self._defined = defined
        self._loads = Counter(dict(loads))
        self._got: Counter[int] = Counter()
        ids = [each.person_id for each in rule.shares]
        turn = ids.index(last_id) + 1 if last_id in ids else 0
        self._shares = (*rule.shares[turn:], *rule.shares[:turn])
        if rule.sharing is not Sharing.ROUND_ROBIN:
            self._shares = tuple(rule.shares)

    def next_for(self, columns: Mapping[str, Any], custom: Mapping[str, AnswerValue]) -> int | None:
        """Who gets a lead with these values, by column and by own field; None where nobody takes any more."""
        value = self._value(columns, custom)
        meant = [each for each in self._shares if value in each.takes]
        among = [each for each in meant or self._rest() if self._has_room(each)]
        if not among:
            return None
        person_id = min(among, key=self._measure).person_id
        self._got[person_id] += 1
        return person_id

    def _value(self, columns: Mapping[str, Any], custom: Mapping[str, AnswerValue]) -> str:
        """What the lead has in the field of the rule, in the form in which it is compared."""
        match self.rule.by:
            case "":
                return ""
            case "channel":
                channel_id = columns.get("channel_latest_id") or columns.get("channel_first_id")
                channel = self._defined.channel(channel_id)
                return channel.key if channel is not None else ""
            case "need":
                need = self._defined.need(columns.get("need_id"))
                return need.key if need is not None else ""
            case "city":
                return search_key(columns.get("city") or "")
            case own:
                return search_key(str(custom.get(own) or ""))

    def _rest(self) -> list[Share]:
        return [each for each in self._shares if not each.takes]

    def _has_room(self, share: Share) -> bool:
        cap, person_id = self.rule.cap, share.person_id
        return cap is None or self._loads[person_id] + self._got[person_id] < cap

    def _measure(self, share: Share) -> float:
        got = self._got[share.person_id]
        match self.rule.sharing:
            case Sharing.LEAST_LOADED:
                return self._loads[share.person_id] + got
            case Sharing.WEIGHTED:
                return (got + 1) / share.weight
            case _:
                return got
