"""A kind of case as a table of texts: what a TOML file holds of it, and what a store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any, cast

from leadtui.domain.case_kind import (
    CaseKind,
    CaseRole,
    CaseState,
    Check,
    Effect,
    EffectKind,
    Limit,
    LimitKind,
    Pool,
    Requirement,
    Transition,
    Whom,
)
from leadtui.domain.field import Field, FieldKind
from leadtui.domain.status import ReminderRule

FILE_NAMES: Mapping[type[object], Mapping[str, str]] = {
    Transition: {"before": "from"},
    Requirement: {"checks": "any", "overridable": "override"},
    Check: {"answers": "is", "negated": "not"},
}
"""What a part is called in a table where that is another name than its own."""

_NOT_KEPT = frozenset({"id", "position", "version", "status_id", "found_by", "playbook"})


def kind_table(kind: CaseKind) -> dict[str, Any]:
    """A kind as a table of TOML, and as it is kept: what is as usual is left out."""
    table = _table(kind)
    table.pop("retired", None)
    return table


def _table(part: Any) -> dict[str, Any]:
    sort = cast("type[object]", type(part))
    names = FILE_NAMES.get(sort, {})
    table: dict[str, Any] = {}
    for each in fields(part):
        value = getattr(part, each.name)
        usual = each.default if each.default is not MISSING else None
        if each.name not in _NOT_KEPT and value is not None and value != usual:
            table[names.get(each.name, each.name)] = _value(value)
    return table


def _value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return _table(value)
    if not isinstance(value, tuple):
        return value
    items = cast("tuple[Any, ...]", value)
    if items and isinstance(items[0], tuple):
        return dict(cast("tuple[tuple[str, str], ...]", items))
    return [_value(each) for each in items]


def kind_of(
    table: Mapping[str, Any], kind_id: int = 0, position: int = 0, version: int = 0, *, retired: bool = False
) -> CaseKind:
    """The reverse of `kind_table`. Raises ValueError, TypeError, KeyError or AttributeError where it is none."""
    return CaseKind(
        id=kind_id,
        key=str(table["key"]),
        title=str(table["title"]),
        position=position,
        retired=retired,
        parent=str(table.get("parent", "")),
        roles=tuple(CaseRole(**each) for each in table.get("roles", ())),
        fields=tuple(map(_field_of, table.get("fields", ()))),
        states=tuple(map(_state_of, table["states"])),
        moves=tuple(map(_move_of, table.get("moves", ()))),
        version=version,
    )


def _field_of(table: Mapping[str, Any]) -> Field:
    return Field(
        0,
        str(table["key"]),
        str(table["title"]),
        FieldKind(table.get("kind", FieldKind.TEXT.value)),
        _texts(table, "options"),
        required=bool(table.get("required", False)),
        retired=bool(table.get("retired", False)),
    )


def _state_of(table: Mapping[str, Any]) -> CaseState:
    limits = tuple(
        Limit(int(each["after"]), LimitKind(each["then"]), str(each.get("to", "")), str(each.get("note", "")))
        for each in table.get("limits", ())
    )
    words = {name: value for name, value in table.items() if name != "limits"}
    return CaseState(**words, limits=limits)


def _move_of(table: Mapping[str, Any]) -> Transition:
    return Transition(
        key=str(table["key"]),
        title=str(table["title"]),
        before=_texts(table, "from"),
        to=str(table.get("to", "")),
        by=_texts(table, "by"),
        asks=_texts(table, "asks"),
        needs=_texts(table, "needs"),
        person=str(table.get("person", "")),
        reminder=ReminderRule(table.get("reminder", ReminderRule.NO.value)),
        requires=tuple(map(_requirement_of, table.get("requires", ()))),
        effects=tuple(map(_effect_of, table.get("effects", ()))),
    )


def _requirement_of(table: Mapping[str, Any]) -> Requirement:
    checks = tuple(map(_check_of, table["any"]))
    return Requirement(checks, str(table["reason"]), bool(table.get("override", False)))


def _check_of(table: Mapping[str, Any]) -> Check:
    return Check(
        field=str(table.get("field", "")),
        role=str(table.get("role", "")),
        answers=_texts(table, "is"),
        whole=bool(table.get("whole", False)),
        statuses=_texts(table, "statuses"),
        kind=str(table.get("kind", "")),
        pool=Pool(table.get("pool", Pool.EARLIER.value)),
        states=_texts(table, "states"),
        least=table.get("least"),
        most=table.get("most"),
        negated=bool(table.get("not", False)),
    )


def _effect_of(table: Mapping[str, Any]) -> Effect:
    words = {
        name: str(table.get(name, "")) for name in ("role", "status", "note", "field", "of", "by", "message")
    }
    return Effect(
        do=EffectKind(table["do"]),
        answers=tuple((str(key), str(value)) for key, value in table.get("answers", {}).items()),
        to=Whom(table.get("to", Whom.CARTABLE.value)),
        after=int(table.get("after", 0)),
        when=_check_of(table["when"]) if table.get("when") else None,
        **words,
    )


def _texts(table: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(each) for each in table.get(name, ()))
