"""Several customers at once: which they are, as the person saw them, and what became of a command on them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from leadtui.domain.permission import SEE_LEADS
from leadtui.services.session import Session
from leadtui.store import leads

AT_ONCE = 100
"""Customers that are changed in one transaction: between two of them colleagues save what they do."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Customers as they stood when a person chose them: their ids, and the version of each."""

    ids: array[int]
    versions: array[int]

    def parts(self, size: int = AT_ONCE) -> Iterator[Selection]:
        """The same customers, `size` at a time."""
        for start in range(0, len(self.ids), size):
            yield Selection(self.ids[start : start + size], self.versions[start : start + size])


@dataclass(frozen=True, slots=True)
class Result:
    """What became of some customers: how many were `done`, needed nothing (`same`), or were left as they are because

    somebody had changed them since they were seen (`changed`) or they are not there any more (`gone`).
    `group_id` is that of the steps, None where nothing was done yet.
    """

    done: int = 0
    same: int = 0
    changed: int = 0
    gone: int = 0
    group_id: int | None = None

    def __add__(self, other: Result) -> Result:
        """Both together."""
        return Result(
            self.done + other.done,
            self.same + other.same,
            self.changed + other.changed,
            self.gone + other.gone,
            self.group_id or other.group_id,
        )


def select(session: Session, lead_ids: Iterable[int]) -> Selection:
    """The customers as they stand now; those that are gone are left out."""
    with session.read(SEE_LEADS) as tx:
        pairs = leads.versions(tx, array("q", lead_ids))
    return Selection(*pairs)


def as_selected(lead_ids: Sequence[int] | Selection) -> Iterator[tuple[int, int | None]]:
    """Each id with the version at which it was seen, None where any will do."""
    if isinstance(lead_ids, Selection):
        return zip(lead_ids.ids, lead_ids.versions, strict=True)
    return ((each, None) for each in lead_ids)
