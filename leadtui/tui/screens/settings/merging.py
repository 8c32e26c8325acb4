"""Two people changed one definition: what each of them changed is kept, and the latter's where both did."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from leadtui.domain.field import Field
from leadtui.domain.permission import Profile
from leadtui.domain.status import Status
from leadtui.domain.workspace import Colleague

Kept = TypeVar("Kept", Field, Colleague, Profile)


def merge(before: Kept, mine: Kept, newest: Kept) -> Kept:
    """`newest` with what `mine` changed of `before`."""
    return replace(newest, **_changed(before, mine))


def merge_status(before: Status, mine: Status, newest: Status) -> Status:
    """`newest` with what `mine` changed of `before`; fields are compared one by one, in the order of `mine`."""
    changed = _changed(before, mine)
    changed.pop("fields", None)
    was = {each.id: each for each in before.fields}
    now = {each.id: each for each in newest.fields}
    kept = [
        merge(was[each.id], each, now[each.id]) if each.id in was and each.id in now else each
        for each in mine.fields
    ]
    known = {each.id for each in (*mine.fields, *before.fields)}
    added = [each for each in newest.fields if each.id not in known]
    return replace(newest, **changed, fields=(*kept, *added))


def _changed(before: Any, mine: Any) -> dict[str, Any]:
    names = (each.name for each in fields(mine))
    return {name: getattr(mine, name) for name in names if getattr(mine, name) != getattr(before, name)}
