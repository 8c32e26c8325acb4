"""The audit: what was changed of how the desk works, who works at it, and what left it or went for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias, cast

from leadtui.domain.case_kind import CaseKind
from leadtui.domain.field import Field
from leadtui.domain.permission import Permission, Profile, grant_names
from leadtui.domain.status import Status
from leadtui.domain.team import Team
from leadtui.domain.view import custom_key
from leadtui.domain.workspace import Colleague, Definitions, MemberState, Need, Workspace

Value: TypeAlias = str | StrEnum | int | bool | tuple[str | StrEnum, ...] | None
"""A value of a part: a plain `str` is what somebody typed, and may name a customer; a word of an enum names nobody."""


class AuditKind(StrEnum):
    """What an entry is about."""

    WORKSPACE = "workspace"
    STATUS = "status"
    FIELD = "field"
    CHANNEL = "channel"
    NEED = "need"
    RULE = "rule"
    TEXT = "text"
    """Of messages."""
    GATEWAY = "gateway"
    CASE_KIND = "case-kind"
    VIEW = "view"
    TEMPLATE = "template"
    COLLEAGUE = "colleague"
    PROFILE = "profile"
    TEAM = "team"
    HAND_OVER = "hand-over"
    EXPORT = "export"
    ERASURE = "erasure"
    IMPORT = "import"
    DO_NOT_CALL = "do-not-call"
    BACKUP = "backup"
    RESTORE = "restore"
    REPAIR = "repair"
    SECURITY = "security"
    """That everybody proves who they are from now on, and who administers the store."""
    PASSWORD = "password"
    CODE = "code"
    """A one-time code for somebody."""
    SIGN_IN = "sign-in"


class AuditAct(StrEnum):
    """What was done to it. Of a number, *added* is that it was forbidden and *removed* that it was allowed."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    """Definitions stand in another order."""
    RETIRED = "retired"
    BROUGHT_BACK = "brought-back"
    INVITED = "invited"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    """Of an invitation."""
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REMOVED = "removed"
    DONE = "done"
    UNDONE = "undone"


class ExportedNumbers(StrEnum):
    """Whose telephone numbers an export has."""

    ALL = "all"
    OWN = "own"
    """Of customers in the cartable of whoever exports."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an entry tells: what it was before, None where it was not, and what it is after."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Something that is to be in the audit. `within` is the title of the status whose own field it is about.

    `wiped` are the digests of texts of other entries that an erasing took away.
    """

    kind: AuditKind
    act: AuditAct
    subject_id: int | None = None
    title: str = ""
    parts: tuple[Part, ...] = ()
    within: str = ""
    wiped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An event as it is kept: the `number` of the workspace's entries, when (aware UTC), and by whom.

    A text that an erasing took away is None where it stood alone, and `ERASED` within the event.
    """

    number: int
    at: datetime
    actor_id: int
    actor_name: str
    event: AuditEvent
    hash: str
    sign_in_id: int | None = None
    """By which sign-in; None where nobody had to prove who they are, or it was done at the store's file."""


ERASED = "…"
"""What stands in an entry where a text named somebody who was erased."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted: by whom, about what, from when and before when (aware UTC). Nothing said means all."""

    actor_id: int | None = None
    kinds: frozenset[AuditKind] = frozenset()
    since: datetime | None = None
    before: datetime | None = None


def done(
    kind: AuditKind,
    act: AuditAct = AuditAct.DONE,
    *,
    subject_id: int | None = None,
    title: str = "",
    **told: Value,
) -> AuditEvent:
    """An event that replaces nothing: what it tells are the words given by name; those that say nothing are left out."""
    parts = tuple(
        Part(name, None, value)
        for name, value in told.items()
        if value not in (None, "", ()) and value is not False
    )
    return AuditEvent(kind, act, subject_id, title, parts)


def redefinitions(before: Definitions, after: Definitions) -> list[AuditEvent]:
    """What differs between two states of a workspace: an event for each definition, person and profile that was changed."""
    found = _workspace(before.workspace, after.workspace)
    for kind, was, now in (
        (AuditKind.STATUS, before.statuses, after.statuses),
        (AuditKind.FIELD, before.fields, after.fields),
        (AuditKind.CHANNEL, before.channels, after.channels),
        (AuditKind.NEED, before.needs, after.needs),
        (AuditKind.RULE, before.rules, after.rules),
        (AuditKind.TEXT, before.texts, after.texts),
        (AuditKind.CASE_KIND, before.case_kinds, after.case_kinds),
    ):
        found += _each(kind, was, now, after)
    if before.opening.version != after.opening.version:
        versions = _changed({"playbook": before.opening.version}, {"playbook": after.opening.version})
        found.append(AuditEvent(AuditKind.NEED, AuditAct.CHANGED, parts=versions))
    for status in after.statuses:
        known = before.status(status.id)
        found += _each(AuditKind.FIELD, known.fields if known else (), status.fields, after, status.title)
    found += _each(AuditKind.PROFILE, before.profiles, after.profiles, after)
    found += _each(AuditKind.TEAM, before.teams, after.teams, after)
    # By id: people are listed by their names, so that one with another name stands elsewhere without being moved.
    was, now = (sorted(each, key=lambda one: one.id) for each in (before.colleagues, after.colleagues))
    return found + _each(AuditKind.COLLEAGUE, was, now, after)


def workspace_made(workspace: Workspace) -> AuditEvent:
    """The first event of a workspace."""
    return AuditEvent(
        AuditKind.WORKSPACE, AuditAct.ADDED, workspace.id, workspace.title, _added(_flat(workspace))
    )


_NEVER_TOLD = frozenset({"id", "key", "position", "status_id", "fields", "since", "by", "playbook"})
"""What follows from the rest, or stays as long as the definition does; when and by whom is the entry's own."""

_STANDING = {"retired": False, "state": MemberState.ACTIVE}
"""The parts that say whether a definition is in use, as they are where it is: they are told by the act."""


_STATE_ACTS: Mapping[tuple[Value, Value], AuditAct] = {
    (MemberState.INVITED, MemberState.ACTIVE): AuditAct.ACCEPTED,
    (MemberState.INVITED, MemberState.GONE): AuditAct.WITHDRAWN,
    (MemberState.GONE, MemberState.INVITED): AuditAct.INVITED,
    (MemberState.ACTIVE, MemberState.SUSPENDED): AuditAct.SUSPENDED,
    (MemberState.SUSPENDED, MemberState.ACTIVE): AuditAct.RESUMED,
    (MemberState.ACTIVE, MemberState.GONE): AuditAct.RETIRED,
    (MemberState.SUSPENDED, MemberState.GONE): AuditAct.RETIRED,
    (MemberState.GONE, MemberState.ACTIVE): AuditAct.BROUGHT_BACK,
}

_NAMES = frozenset({"title", "name"})
"""What the entry is called by anyway."""


def _workspace(before: Workspace, after: Workspace) -> list[AuditEvent]:
    if before == after:
        return []
    parts = _changed(_flat(before), _flat(after))
    return [AuditEvent(AuditKind.WORKSPACE, AuditAct.CHANGED, after.id, after.title, parts)] if parts else []


def _each(
    kind: AuditKind, before: Sequence[Any], after: Sequence[Any], definitions: Definitions, within: str = ""
) -> list[AuditEvent]:
    """What differs between definitions of one kind; what they name by a key has the title that it has in `definitions`."""
    was, now = {each.id: each for each in before}, {each.id: each for each in after}
    found: list[AuditEvent] = []
    for each in now.values():
        known, parts = was.get(each.id), _parts_of(each, definitions)
        invited = parts.get("state") is MemberState.INVITED
        act, told = AuditAct.INVITED if invited else AuditAct.ADDED, _added(parts)
        if known is not None:
            parts_before = _parts_of(known, definitions)
            act, told = _act(parts_before, parts), _changed(parts_before, parts)
        if told or act is not AuditAct.CHANGED:
            found.append(AuditEvent(kind, act, each.id, _title(each), told, within))
    for each in was.values():
        if each.id not in now:
            told = tuple(Part(one.name, one.after, None) for one in _added(_parts_of(each, definitions)))
            found.append(AuditEvent(kind, AuditAct.REMOVED, each.id, _title(each), told, within))
    return found + _moved(kind, before, after, within)


def _moved(kind: AuditKind, before: Sequence[Any], after: Sequence[Any], within: str) -> list[AuditEvent]:
    """That those which were there already stand in another order."""
    kept = {each.id for each in before} & {each.id for each in after}
    was, now = ([each for each in some if each.id in kept] for some in (before, after))
    if [each.id for each in was] == [each.id for each in now]:
        return []
    order = Part("order", tuple(_title(each) for each in was), tuple(_title(each) for each in now))
    return [AuditEvent(kind, AuditAct.MOVED, parts=(order,), within=within)]


def _title(defined: Any) -> str:
    return defined.name if isinstance(defined, Colleague) else defined.title


def _parts_of(defined: Any, definitions: Definitions) -> dict[str, Value]:
    """What is told of a definition; what it names by a key, by the title that this had."""
    if isinstance(defined, CaseKind):
        # What it consists of is a whole page; that it is another by now is told by its version.
        return {"title": defined.title, "retired": defined.retired, "version": defined.version}
    parts: dict[str, Value] = _flat(defined)
    if isinstance(defined, Colleague):
        # What the profile grants is told of the profile.
        del parts["permissions"], parts["narrowed"]
        profile = definitions.profile(defined.profile)
        parts["profile"] = profile.title if profile else defined.profile
    if isinstance(defined, Profile):
        del parts["narrowed"]
        words = {each.value: each for each in Permission}
        parts["permissions"] = tuple(words.get(each, each) for each in sorted(grant_names(defined)))
    if isinstance(defined, Team):
        people = [definitions.colleague(each) for each in (defined.lead_id, *defined.members)]
        lead, *members = (each.name if each else None for each in people)
        parts |= {"lead_id": lead, "members": tuple(each for each in members if each)}
    if isinstance(defined, Profile):
        for right, keys in (("hidden", defined.fields.hidden), ("read", defined.fields.read)):
            parts[f"fields.{right}"] = tuple(sorted(_field_named(key, definitions) for key in keys))
    if isinstance(defined, Status):
        then = definitions.status_of_key(defined.retry.then_status)
        parts["retry.then_status"] = then.title if then else defined.retry.then_status
    if isinstance(defined, Need):
        parts["playbook"] = defined.playbook.version
    if isinstance(defined, Field) and defined.status_id is not None:
        del parts["found_by"]
    return parts


def _field_named(key: str, definitions: Definitions) -> str:
    """A field of customers: the workspace's own by its title, the others by their keys, which read alike in every language."""
    own = custom_key(key)
    return next((each.title for each in definitions.fields if each.key == own), own or key)


def _flat(value: Any, before: str = "") -> dict[str, Value]:
    """The parts of a definition by their names; of one within another the names are joined by a point."""
    found: dict[str, Value] = {}
    for each in fields(value):
        if each.name in _NEVER_TOLD:
            continue
        one = getattr(value, each.name)
        if is_dataclass(one):
            found |= _flat(one, f"{before}{each.name}.")
        elif isinstance(one, frozenset):
            found[before + each.name] = tuple(sorted(cast("frozenset[Permission]", one)))
        else:
            found[before + each.name] = one
    return found


def _act(before: Mapping[str, Value], after: Mapping[str, Value]) -> AuditAct:
    for name, in_use in _STANDING.items():
        if name in after and before[name] != after[name]:
            if name == "state":
                return _STATE_ACTS.get((before[name], after[name]), AuditAct.CHANGED)
            return AuditAct.BROUGHT_BACK if after[name] is in_use else AuditAct.RETIRED
    return AuditAct.CHANGED


def _added(parts: Mapping[str, Value]) -> tuple[Part, ...]:
    return tuple(
        Part(name, None, value)
        for name, value in parts.items()
        if name not in _STANDING and name not in _NAMES and value not in (None, "", (), 0)
    )


def _changed(before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[Part, ...]:
    """The parts that differ; of a list what went and what came, unless it stands in another order only."""
    found: list[Part] = []
    for name, now in after.items():
        was = before.get(name)
        if was == now or name in _STANDING:
            continue
        if isinstance(was, tuple) and isinstance(now, tuple) and set(was) != set(now):
            was, now = _not_in(was, now), _not_in(now, was)
        found.append(Part(name, was, now))
    return tuple(found)


def _not_in(some: Iterable[str | StrEnum], others: Iterable[str | StrEnum]) -> tuple[str | StrEnum, ...]:
    known = set(others)
    return tuple(each for each in some if each not in known)
