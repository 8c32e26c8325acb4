"""How far the people of a profile reach each field of a customer: it is hidden from them, read, or edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class FieldRight(StrEnum):
    """What somebody may do with a field."""

    EDITED = "edited"
    READ = "read"
    HIDDEN = "hidden"
    """It is neither shown nor found by, and nothing that is said tells what stands in it."""


@dataclass(frozen=True, slots=True)
class FieldRights:
    """The fields, by their keys, that are `hidden` or only `read`; every other one is edited, those that come later too."""

    hidden: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()

    def of(self, key: str) -> FieldRight:
        """What may be done with the field of that key."""
        if key in self.hidden:
            return FieldRight.HIDDEN
        return FieldRight.READ if key in self.read else FieldRight.EDITED

    def common(self, other: FieldRights) -> FieldRights:
        """What both allow."""
        hidden = self.hidden | other.hidden
        return FieldRights(hidden, (self.read | other.read) - hidden)

    def having(self, keys: Iterable[str], right: FieldRight) -> FieldRights:
        """The same, with this right for the fields of those keys."""
        some = frozenset(keys)
        hidden, read = self.hidden - some, self.read - some
        if right is FieldRight.HIDDEN:
            hidden |= some
        elif right is FieldRight.READ:
            read |= some
        return FieldRights(hidden, read)

    def told(self) -> dict[str, str]:
        """What is not edited, by the key of the field: as it is kept and written into files."""
        return {key: self.of(key).value for key in sorted(self.hidden | self.read)}


ALL_EDITED = FieldRights()
"""What holds where a profile says nothing of fields."""

NO_RIGHTS: Mapping[str, FieldRight] = MappingProxyType({})


def rights_of(told: Mapping[str, str]) -> FieldRights:
    """What `FieldRights.told` wrote. Raises ValueError for a word that is no right."""
    rights = {key: FieldRight(word) for key, word in told.items()}
    return FieldRights(
        frozenset(key for key, right in rights.items() if right is FieldRight.HIDDEN),
        frozenset(key for key, right in rights.items() if right is FieldRight.READ),
    )


def widest(*rights: FieldRight) -> FieldRight:
    """The one that allows most."""
    return min(rights, key=list(FieldRight).index)


def beyond(own: FieldRights, before: FieldRights, after: FieldRights) -> Iterable[tuple[str, FieldRight]]:
    """What of a change from `before` to `after` is more than whoever makes it has: the fields, each with what is given or taken."""
    for key in sorted(own.hidden | own.read):
        moved = widest(before.of(key), after.of(key))
        if before.of(key) is not after.of(key) and widest(moved, own.of(key)) is not own.of(key):
            yield key, moved
