"""What is typed into the settings and not saved, and the numbers that stand beside the lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(slots=True)
class Draft(Generic[Item]):
    """Changes that are not saved: `before` is the definition that they began from."""

    item: Item
    before: Item
    problems: dict[str, str] = field(default_factory=dict[str, str])
    """Why it was not saved, by the key of the form field that is wrong."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many customers stand in each status, each colleague has, came by each channel and have each need, by id.

    And how many have something in each of the workspace's fields, by its key.
    """

    by_status: Mapping[int | None, int] = field(default_factory=dict[int | None, int])
    by_colleague: Mapping[int, int] = field(default_factory=dict[int, int])
    by_channel: Mapping[int, int] = field(default_factory=dict[int, int])
    by_need: Mapping[int, int] = field(default_factory=dict[int, int])
    by_field: Mapping[str, int] = field(default_factory=dict[str, int])
