"""Which leads were given to a person by others, and whether they have looked at them since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, insert, or_, select, update

from leadtui.domain.lead import ActivityDetail, ActivityKind
from leadtui.store import tables
from leadtui.store.activities import detail_from_json
from leadtui.store.connection import WorkspaceConnection, with_ids

_lead, _entry, _seen = tables.lead.c, tables.activity.c, tables.given_seen.c


@dataclass(frozen=True, slots=True)
class Given:
    """A lead that somebody gave to a person; `activity_id` and `detail` are of the step that gave it.

    `actor_id` is None where no person did it. `at` is aware UTC.
    """

    lead_id: int
    lead_name: str
    phone: str
    activity_id: int
    actor_id: int | None
    at: datetime
    detail: ActivityDetail


def unseen(tx: WorkspaceConnection, user_id: int) -> tuple[Given, ...]:
    """The leads of this person that others gave and that the person has neither opened nor worked on since.

    The newest first.
    """
    waiting = (
        select(_lead.id, _lead.name, _lead.phone, _lead.owner_at)
        .outerjoin(
            tables.given_seen,
            and_(
                _seen.workspace_id == tx.workspace_id,
                _seen.user_id == user_id,
                _seen.lead_id == _lead.id,
            ),
        )
        .where(
            _lead.workspace_id == tx.workspace_id,
            _lead.owner_id == user_id,
            or_(_seen.seen_at.is_(None), _seen.seen_at < _lead.owner_at),
        )
        .subquery()
    )
    handed = tables.activity.alias("handed")
    latest = (
        select(func.max(handed.c.id))
        .where(
            handed.c.workspace_id == tx.workspace_id,
            handed.c.lead_id == waiting.c.id,
            handed.c.detail["owner_to_id"].as_integer() == user_id,
        )
        .scalar_subquery()
    )
    worked = tables.activity.alias("worked")
    rows = tx.connection.execute(
        select(
            waiting.c.id,
            waiting.c.name,
            waiting.c.phone,
            _entry.id,
            _entry.actor_id,
            _entry.at,
            _entry.detail,
        )
        .select_from(waiting)
        .join(tables.activity, _entry.id == latest)
        .where(
            or_(_entry.actor_id.is_(None), _entry.actor_id != user_id),
            ~exists().where(
                worked.c.workspace_id == tx.workspace_id,
                worked.c.lead_id == waiting.c.id,
                worked.c.actor_id == user_id,
                worked.c.id > _entry.id,
            ),
        )
        .order_by(_entry.id.desc())
    )
    return tuple(_given_from(row) for row in rows)


def mark_seen(tx: WorkspaceConnection, user_id: int, lead_id: int, at: datetime) -> None:
    """The person has opened the lead. `at` is aware UTC."""
    marked = tx.connection.execute(
        update(tables.given_seen)
        .where(_seen.workspace_id == tx.workspace_id, _seen.user_id == user_id, _seen.lead_id == lead_id)
        .values(seen_at=at)
    )
    gone = (
        tx.connection.execute(
            select(_lead.id).where(_lead.workspace_id == tx.workspace_id, _lead.id == lead_id)
        ).scalar()
        is None
    )
    if not marked.rowcount and not gone:
        tx.connection.execute(
            insert(tables.given_seen).values(
                workspace_id=tx.workspace_id, user_id=user_id, lead_id=lead_id, seen_at=at
            )
        )


def last_actors(tx: WorkspaceConnection, lead_ids: Collection[int]) -> dict[int, int | None]:
    """Who did the newest thing to each of a few leads."""
    newest = (
        select(func.max(_entry.id))
        .where(_entry.workspace_id == tx.workspace_id, _entry.lead_id.in_(list(lead_ids)))
        .group_by(_entry.lead_id)
    )
    rows = tx.connection.execute(
        select(_entry.lead_id, _entry.actor_id).where(with_ids(tx, tables.activity, newest))
    )
    return {row[0]: row[1] for row in rows}


def giving(tx: WorkspaceConnection, user_id: int, lead_id: int) -> tuple[int | None, ActivityDetail] | None:
    """Who last gave the lead to a person, and what is told of it; None where nobody did.

    Whoever takes a step back by which a lead left them does not give it to themselves.
    """
    row = tx.connection.execute(
        select(_entry.actor_id, _entry.detail)
        .where(
            _entry.workspace_id == tx.workspace_id,
            _entry.lead_id == lead_id,
            _entry.kind != ActivityKind.UNDONE.value,
            _entry.detail["owner_to_id"].as_integer() == user_id,
        )
        .order_by(_entry.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.actor_id, detail_from_json(row.detail))


def last_recipient(tx: WorkspaceConnection, user_ids: Collection[int]) -> int | None:
    """Which of these people came to have a lead last."""
    return tx.connection.execute(
        select(_lead.owner_id)
        .where(
            _lead.workspace_id == tx.workspace_id, _lead.owner_id.in_(user_ids), _lead.owner_at.is_not(None)
        )
        .order_by(_lead.owner_at.desc(), _lead.id.desc())
        .limit(1)
    ).scalar()


def _given_from(row: Sequence[Any]) -> Given:
    lead_id, name, phone, activity_id, actor_id, at, detail = row
    return Given(lead_id, name, phone, activity_id, actor_id, at, detail_from_json(detail))
