"""What two sides say differently – two people about one thing, or two customers who are one – and what stays of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from leadtui.domain.distribution import DistributionRule
from leadtui.domain.field import Field
from leadtui.domain.lead import Lead
from leadtui.domain.message import MessageText
from leadtui.domain.permission import Profile
from leadtui.domain.playbook import Playbook, PlaybookItem
from leadtui.domain.preferences import Me
from leadtui.domain.status import Status
from leadtui.domain.team import Team
from leadtui.domain.workspace import Colleague, Need, Workspace

Value = TypeVar("Value")
Definition = TypeVar(
    "Definition", Field, Colleague, Profile, Me, Workspace, DistributionRule, Team, MessageText, Playbook
)


class Side(StrEnum):
    """Whose value stays: in a merge that of the customer who is kept or who goes, in a conflict mine or theirs.

    The first stands at the left. The values are written into drafts.
    """

    KEPT = "kept"
    LOST = "lost"
    MINE = "kept"
    THEIRS = "lost"

    @property
    def other(self) -> Side:
        """The other one."""
        return Side.LOST if self is Side.KEPT else Side.KEPT


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two sides say something else, as it reads; `usual` stays unless somebody chooses."""

    key: str
    title: str
    left: str
    right: str
    usual: Side = Side.KEPT
    was: str = ""
    """What both began from, in a conflict."""

    def text(self, side: Side) -> str:
        """What that side says."""
        return self.left if side is Side.KEPT else self.right


def clashing(
    was: Mapping[str, Value], mine: Mapping[str, Value], theirs: Mapping[str, Value]
) -> tuple[str, ...]:
    """The keys that both changed from what `was`, each to another value, in the order of `mine`.

    A key that a mapping lacks has no value there. What only one of the two changed clashes with nothing.
    """
    return tuple(
        key
        for key in mine
        if mine[key] != was.get(key) and theirs.get(key) != was.get(key) and mine[key] != theirs.get(key)
    )


def three_way_merge(
    was: Mapping[str, Value], mine: Mapping[str, Value], theirs: Mapping[str, Value]
) -> dict[str, Value]:
    """What both together make: what only one changed is taken over, of a clash mine."""
    return {**theirs, **{key: value for key, value in mine.items() if value != was.get(key)}}


def merge_definition(before: Definition, mine: Definition, newest: Definition) -> Definition:
    """`newest` with what `mine` changed of `before`: where both changed a part, mine."""
    return replace(newest, **three_way_merge(_parts(before), _parts(mine), _parts(newest)))


def merge_status(before: Status, mine: Status, newest: Status) -> Status:
    """`newest` with what `mine` changed of `before`; fields are compared one by one, in the order of `mine`."""
    was = {each.id: each for each in before.fields}
    now = {each.id: each for each in newest.fields}
    kept = [
        merge_definition(was[each.id], each, now[each.id]) if each.id in was and each.id in now else each
        for each in mine.fields
    ]
    known = {each.id for each in (*mine.fields, *before.fields)}
    added = [each for each in newest.fields if each.id not in known]
    parts = three_way_merge(_parts(before), _parts(mine), _parts(newest))
    return replace(newest, **{**parts, "fields": (*kept, *added)})


def merge_need(before: Need, mine: Need, newest: Need) -> Need:
    """`newest` with what `mine` changed of `before`, line by line of the playbook: where both changed one, mine."""
    was, own, theirs = before.playbook, mine.playbook, newest.playbook
    answers = three_way_merge(dict(was.answers), dict(own.answers), dict(theirs.answers))
    left_out = dict(was.answers).keys() - dict(own.answers).keys()
    merged = replace(
        merge_definition(was, own, theirs),
        items=merge_rows(was.items, own.items, theirs.items, line_of),
        objections=merge_rows(was.objections, own.objections, theirs.objections, lambda each: each.says),
        answers=tuple((key, text) for key, text in answers.items() if key not in left_out),
    )
    title = newest.title if mine.title == before.title else mine.title
    return replace(newest, title=title, playbook=merged)


def line_of(item: PlaybookItem) -> tuple[str, ...]:
    """What makes a line of a playbook the same one as before: a question's key, of a step what it says."""
    return (item.key,) if item.asks else (item.kind.value, item.text, item.link)


def merge_rows(
    before: Sequence[Value], mine: Sequence[Value], theirs: Sequence[Value], same: Callable[[Value], object]
) -> tuple[Value, ...]:
    """Two changes of one list as one list, in the order of `theirs`: what either added, changed or removed.

    `same` tells which row is which. What one removed and the other changed stays; where both changed a row, mine.
    """
    if theirs == before or mine == theirs:
        return tuple(mine)
    was, own, other = ({same(each): each for each in rows} for rows in (before, mine, theirs))
    merged: list[Value] = []
    for each in theirs:
        key = same(each)
        if key in own and own[key] != was.get(key):
            merged.append(own[key])
        elif key in own or each != was.get(key):
            merged.append(each)
    for place, each in enumerate(mine):
        if same(each) in other or each == was.get(same(each)):
            continue
        places = {same(one): at + 1 for at, one in enumerate(merged)}
        behind = next((places[same(one)] for one in reversed(mine[:place]) if same(one) in places), 0)
        merged.insert(behind, each)
    return tuple(merged)


def step_clashes(seen: Lead, now: Lead) -> bool:
    """Whether a status that was decided on as the lead was `seen` is news of another lead `now`.

    What the decision rests on is where the work stands: its status and its owner, and that nobody has worked on it
    since. A note, a call, a reminder, a corrected city of somebody else do not touch it.
    """
    return _standing(seen) != _standing(now)


def _parts(definition: Any) -> dict[str, Any]:
    return {each.name: getattr(definition, each.name) for each in fields(definition)}


def _standing(lead: Lead) -> tuple[object, ...]:
    return lead.status_id, lead.status_at, lead.owner_id, lead.owner_at
