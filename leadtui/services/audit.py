"""The audit: who changed what of how the desk works, looked through; and its head, kept where nobody rewrites it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection

from leadtui.domain.audit import AuditEntry, AuditEvent, AuditFilter, AuditKind, Part, Value
from leadtui.domain.audit_chain import ChainFinding, Head
from leadtui.domain.permission import Permission
from leadtui.domain.view import LeadFilter
from leadtui.domain.visibility import without_numbers
from leadtui.domain.workspace import Definitions
from leadtui.errors import NotFound, Refused
from leadtui.language.text import safe
from leadtui.language.translate import _
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.small_file import read_small_file
from leadtui.store import audit, definitions, workspaces
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.own_desk import filter_from_text

__all__ = [
    "AT_ONCE",
    "ChainCheck",
    "KeptHead",
    "check",
    "filter_told",
    "keep_head",
    "list_entries",
    "read_heads",
    "tell_everywhere",
    "tell_of_person",
]

AT_ONCE = 500
"""Entries that are read in one go."""

_OF_CUSTOMERS = frozenset(
    {
        *(AuditKind.EXPORT, AuditKind.IMPORT, AuditKind.ERASURE, AuditKind.DO_NOT_CALL),
        *(AuditKind.VIEW, AuditKind.BACKUP, AuditKind.RESTORE),
    }
)
"""What may name customers by what somebody typed: the rest is of the workspace's own people and words."""


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The newest entry of a workspace at `at`, the moment at which that was noted (ISO 8601 in UTC).

    `made` is when the workspace was made, by which it is told from those of other stores.
    """

    workspace: str
    made: str
    at: str
    head: Head


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What is wrong with the audit of one workspace that has so many entries; `heads` of it were compared."""

    workspace: str
    entries: int
    findings: tuple[ChainFinding, ...]
    heads: int = 0


def list_entries(session: Session, wanted: AuditFilter, below: int | None = None) -> tuple[AuditEntry, ...]:
    """The newest AT_ONCE of the entries that are wanted and have a number under `below`.

    Who may not see the numbers of customers sees none in what was typed about these, either.
    """
    with session.read(Permission.SEE_AUDIT) as tx:
        found = audit.entries(tx, wanted, below, AT_ONCE)
        return found if tx.visibility.whole else tuple(map(_redacted, found))


def tell_everywhere(tx: Transaction, told: Callable[[int], AuditEvent]) -> None:
    """Let the audit of every workspace of the store tell what concerns the store; `told` gives it by the workspace's id."""
    for workspace_id in definitions.workspaces(tx.connection):
        everywhere = WorkspaceConnection(tx.connection, workspace_id)
        by = tx.session.sign_in_id
        audit.append(everywhere, tx.now, tx.actor.id, tx.actor.name, [told(workspace_id)], by)


def tell_of_person(
    connection: Connection,
    person_id: int,
    at: datetime,
    event: AuditEvent,
    *,
    actor_id: int,
    actor_name: str,
    sign_in_id: int | None = None,
) -> None:
    """Let the audit of every workspace to which a person belongs tell what concerns how they come in. `at` is aware UTC.

    Both are called there as their colleagues there call them; `actor_name` is for where the actor does not work.
    """
    names, actors = (workspaces.names_of(connection, each) for each in (person_id, actor_id))
    for workspace_id, name in names.items():
        there = WorkspaceConnection(connection, workspace_id)
        told = replace(event, subject_id=person_id, title=name)
        audit.append(there, at, actor_id, actors.get(workspace_id, actor_name), [told], sign_in_id)


def keep_head(session: Session, file: Path) -> KeptHead:
    """Put the newest entry's number and hash at the end of a file of heads, which is made where there is none.

    Raises NotFound where there is no entry, Refused where the file is none of heads or cannot be written.
    """
    with session.read(Permission.SEE_AUDIT) as tx:
        head = audit.head(tx)
        if head is None:
            raise NotFound(_("Nothing is in the audit yet, so there is no head to keep."))
        kept = KeptHead(
            tx.workspace.title, definitions.made_at(tx).isoformat(), session.now().isoformat(), head
        )
    path = file.expanduser().absolute()
    with suppress(NotFound):
        read_heads(path)
    try:
        # At the end, so that a file to which one can only append serves as well.
        number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(number, "a", encoding="utf-8") as out:
            out.write(_line(kept) + "\n")
            out.flush()
            os.fsync(number)
    except OSError as error:
        raise Refused(
            _("The head cannot be written to {path}: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    return kept


_LARGEST_HEADS = 50_000_000
"""Bytes of a file of heads: one kept every minute for many months."""


def read_heads(file: Path) -> tuple[KeptHead, ...]:
    """The heads that were kept in a file. Raises NotFound where there is none, Refused where it is none of heads."""
    path = file.expanduser().absolute()
    try:
        lines = read_small_file(path, _LARGEST_HEADS).decode("utf-8").splitlines()
    except FileNotFoundError as error:
        raise NotFound(_("There is no file {path}.").format(path=path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _no_heads(path) from error
    try:
        return tuple(_kept(json.loads(line)) for line in lines if line.strip())
    except (ValueError, TypeError, KeyError) as error:
        raise _no_heads(path) from error


def check(connection: Connection, heads: tuple[KeptHead, ...] = ()) -> tuple[ChainCheck, ...]:
    """Look at every entry of every workspace of a store, and compare with the heads that were kept elsewhere."""
    found: list[ChainCheck] = []
    for workspace_id, title in definitions.workspaces(connection).items():
        tx = WorkspaceConnection(connection, workspace_id)
        made = definitions.made_at(tx).isoformat()
        own = tuple(each.head for each in heads if each.made == made)
        findings = tuple(audit.check(connection, workspace_id, own))
        found.append(ChainCheck(title, audit.count(tx), findings, len(own)))
    return tuple(found)


def filter_told(text: str, defined: Definitions) -> LeadFilter:
    """The filter of customers that an entry tells, as far as it is defined still."""
    return filter_from_text(text, defined)


def _redacted(entry: AuditEntry) -> AuditEntry:
    event = entry.event
    if event.kind not in _OF_CUSTOMERS:
        return entry
    parts = tuple(Part(each.name, _without(each.before), _without(each.after)) for each in event.parts)
    title = without_numbers(event.title)
    return replace(entry, event=AuditEvent(event.kind, event.act, event.subject_id, title, parts))


def _without(value: Value) -> Value:
    if isinstance(value, str):
        return without_numbers(value)
    return tuple(without_numbers(each) for each in value) if isinstance(value, tuple) else value


def _line(kept: KeptHead) -> str:
    said = {
        "workspace": kept.workspace,
        "made": kept.made,
        "at": kept.at,
        "number": kept.head.number,
        "hash": kept.head.hash,
    }
    return json.dumps(said, ensure_ascii=False)


def _kept(said: Any) -> KeptHead:
    known = cast("dict[str, Any]", said)
    datetime.fromisoformat(known["at"])
    head = Head(int(known["number"]), str(known["hash"]))
    return KeptHead(str(known["workspace"]), str(known["made"]), str(known["at"]), head)


def _no_heads(path: Path) -> Refused:
    return Refused(
        _("{path} is no file of heads of an audit; give another, or one that is not there yet.").format(
            path=safe(str(path))
        )
    )
