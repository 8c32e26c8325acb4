"""What was answered the last time that a lead was given a status."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Text, cast, select

from leadtui.domain.field import Answer
from leadtui.store import tables
from leadtui.store.activities import answers_from_json
from leadtui.store.connection import WorkspaceConnection

_step = tables.follow_up.c

_AT_ONCE = 10_000


def latest_answers(status_id: int) -> ColumnElement[str]:
    """Of each row of leads, all that was answered with the latest step to that status which stands, as it is kept."""
    return (
        select(cast(_step.answers, Text))
        .where(
            _step.workspace_id == tables.lead.c.workspace_id,
            _step.lead_id == tables.lead.c.id,
            _step.status_to_id == status_id,
            _step.undone_at.is_(None),
        )
        .order_by(_step.at.desc(), _step.id.desc())
        .limit(1)
        .correlate(tables.lead)
        .scalar_subquery()
    )


def answer_in(kept: str, key: str) -> Answer | None:
    """The answer to the field of that key; None where there is none, or where what is kept cannot be read."""
    return _read(kept).get(key)


def last_answers(
    tx: WorkspaceConnection, ids: Collection[int], statuses: Collection[int]
) -> Mapping[int, Mapping[tuple[int, str], Answer]]:
    """What each of these leads was last answered with each of these statuses, by status and key of the field."""
    if not statuses:
        return {}
    wanted = list(ids)
    found: dict[int, dict[tuple[int, str], Answer]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        steps = (
            select(_step.lead_id, _step.status_to_id, cast(_step.answers, Text))
            .where(
                _step.workspace_id == tx.workspace_id,
                _step.lead_id.in_(wanted[start : start + _AT_ONCE]),
                _step.status_to_id.in_(sorted(statuses)),
                _step.undone_at.is_(None),
            )
            .order_by(_step.at, _step.id)
        )
        latest = {(lead_id, status_id): kept for lead_id, status_id, kept in tx.connection.execute(steps)}
        for (lead_id, status_id), kept in latest.items():
            answers = {(status_id, key): each for key, each in _read(kept).items()}
            found.setdefault(lead_id, {}).update(answers)
    return found


def _read(kept: str) -> dict[str, Answer]:
    try:
        return {each.key: each for each in answers_from_json(json.loads(kept))}
    except (ValueError, TypeError, KeyError):
        return {}
