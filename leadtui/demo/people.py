"""The demonstration's customers: believable names, cities, numbers and e-mail addresses, another one each time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from leadtui.demo.scenery import Chance, Crowd, Home, Named, Scenery
from leadtui.domain.field import AnswerValue
from leadtui.domain.lead import LeadNumber
from leadtui.domain.workspace import Definitions
from leadtui.language.text import search_key
from leadtui.store.lead_writing import NewLead

_WRITTEN_IN = frozenset({"web_form", "landing_page", "sign_up"})
"""The channels in which customers write something themselves."""


class DemoPeople:
    """Makes up one customer after another; the same `chance` gives the same ones."""

    def __init__(self, scenery: Scenery, definitions: Definitions, chance: Chance) -> None:
        """`definitions` are those of the workspace that the customers are for."""
        self._scenery = scenery
        self._chance = chance
        self._channels = {each.key: each.id for each in definitions.channels}
        self._needs = tuple(each.id for each in definitions.needs)
        self._own_fields = tuple(each.key for each in definitions.open_fields if not each.playbook)
        self._given: Counter[int] = Counter()
        self._made = 0
        self._answers: Mapping[str, Callable[[], AnswerValue]] = {
            "company": lambda: chance.one(scenery.companies),
            "job_title": lambda: chance.one(scenery.job_titles),
            "seats": lambda: str(2 + chance.below(59)),
            "experience": lambda: str(int(20 * chance.part() ** 2)),
            "resume": lambda: chance.likely(0.4),
        }

    def customer(self, entered_at: datetime, owner_id: int | None = None) -> NewLead:
        """Another customer who came in at `entered_at` (aware UTC), in somebody's cartable where that is named."""
        chance, scenery = self._chance, self._scenery
        self._made += 1
        crowd = chance.of(scenery.crowds)
        home = chance.of(crowd.homes)
        first, family = self._name(crowd)
        channel = chance.of(scenery.channels)
        educated = chance.likely(scenery.educated / 100)
        city = chance.one(home.cities).written(crowd.latin) if chance.likely(0.9) else ""
        numbers = tuple(self._number(home) for _each in range(2 if chance.likely(0.05) else 1))
        return NewLead(
            {
                "name": _whole_name(first, family, crowd.latin),
                "entered_at": entered_at,
                "city": city,
                "email": self._email(first, family) if chance.likely(0.6) else "",
                "grade": chance.one(scenery.grades) if educated else "",
                "major": chance.one(scenery.majors) if educated else "",
                "referrer": _whole_name(*self._name(crowd), crowd.latin) if channel == "referral" else "",
                "channel_first_id": self._channels[channel],
                "need_id": chance.one(self._needs) if chance.likely(0.5) else None,
                "owner_id": owner_id,
                "custom": {key: self._answers[key]() for key in self._own_fields if chance.likely(0.4)},
            },
            numbers=numbers,
            note=chance.one(scenery.messages) if channel in _WRITTEN_IN and chance.likely(0.3) else "",
        )

    def _name(self, crowd: Crowd) -> tuple[Named, Named]:
        chance, people = self._chance, crowd.people
        first = chance.one(people.women if chance.likely(0.5) else people.men)
        return first, chance.one(people.families)

    def _email(self, first: Named, family: Named) -> str:
        domain = self._chance.one(("example.com", "example.org", "example.net"))
        return f"{_address(first.latin)}.{_address(family.latin)}{self._made}@{domain}"

    def _number(self, home: Home) -> LeadNumber:
        # By identity: homes are few and large, so that comparing their contents each time is slow.
        national = number_of(home, self._given[id(home)])
        self._given[id(home)] += 1
        digits = _NO_DIGITS.sub("", national).removeprefix("0")
        written = (
            national
            if home.country == self._scenery.country
            else f"{home.country} {national.removeprefix('0')}"
        )
        return LeadNumber(home.country + digits, written)


def number_of(home: Home, place: int) -> str:
    """The number at `place` of all that a home can have, each another one. Raises ValueError beyond the last."""
    for pattern in home.numbers:
        form, length = _form(pattern)
        room = int("1" + "0" * length) * len(home.areas)
        if place < room:
            # The prime has no factor in common with the room: every number comes once, none beside the next.
            line, area = divmod((place + 1) * _SPREAD % room, len(home.areas))
            return form.format(*f"{line:0{length}}", area=home.areas[area])
        place -= room
    raise ValueError(f"no more numbers in {home.country}")


@lru_cache
def _form(pattern: str) -> tuple[str, int]:
    """The pattern as a format of its digits, and how many these are."""
    return pattern.replace("#", "{}"), pattern.count("#")


def _whole_name(first: Named, family: Named, latin: bool) -> str:
    return f"{first.written(latin)} {family.written(latin)}"


_SPREAD = 618033617
"""A prime near the digits of the golden section, also in its last three: its multiples spread evenly over any room."""

_NO_DIGITS = re.compile(r"\D+")

_address = lru_cache(maxsize=4096)(search_key)
