"""Proposals: what people at work miss, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, update

from leadtui.domain.proposal import Proposal, ProposalSort, ProposalState
from leadtui.store import changes, tables
from leadtui.store.connection import WorkspaceConnection, insert_row

_row = tables.proposal.c

PROPOSAL = "proposal"
"""The name under which changes of proposals are told."""


def add(tx: WorkspaceConnection, proposal: Proposal, at: datetime) -> int:
    """Write a new proposal and return its id. `at` is aware UTC."""
    row_id = insert_row(
        tx.connection,
        tables.proposal,
        workspace_id=tx.workspace_id,
        sort=proposal.sort.value,
        title=proposal.title,
        why=proposal.why,
        example=proposal.example,
        status_id=proposal.status_id,
        need=proposal.need,
        proposer_id=proposal.proposer_id,
        proposed_at=at,
        state=ProposalState.OPEN.value,
    )
    changes.record(tx, PROPOSAL, [row_id])
    return row_id


def find(tx: WorkspaceConnection, proposal_id: int) -> Proposal | None:
    """The proposal of that id."""
    return next(iter(_where(tx, _row.id == proposal_id)), None)


def in_state(tx: WorkspaceConnection, *states: ProposalState) -> tuple[Proposal, ...]:
    """Those in one of these states, the oldest first."""
    return _where(tx, _row.state.in_([each.value for each in states]))


def of_proposer(tx: WorkspaceConnection, user_id: int) -> tuple[Proposal, ...]:
    """Those of one person, the oldest first."""
    return _where(tx, _row.proposer_id == user_id)


def merged_into(tx: WorkspaceConnection, proposal_id: int) -> tuple[Proposal, ...]:
    """Those that wait with another one, the oldest first."""
    return _where(tx, _row.into_id == proposal_id)


def count_open(tx: WorkspaceConnection, sorts: Collection[ProposalSort]) -> int:
    """How many of these sorts nobody has decided."""
    found = select(func.count()).where(
        _row.workspace_id == tx.workspace_id,
        _row.state == ProposalState.OPEN.value,
        _row.sort.in_([each.value for each in sorts]),
    )
    return tx.connection.execute(found).scalar_one()


def answered(tx: WorkspaceConnection, user_id: int) -> tuple[Proposal, ...]:
    """The person's own that were decided and of which they were not told yet. One that was merged ends with the other."""
    ended = [ProposalState.APPROVED.value, ProposalState.DECLINED.value]
    return _where(tx, _row.proposer_id == user_id, ~_row.told, _row.state.in_(ended))


def decide(
    tx: WorkspaceConnection,
    proposal_ids: Sequence[int],
    state: ProposalState,
    *,
    by: int,
    at: datetime,
    reason: str = "",
    definition_id: int | None = None,
    into_id: int | None = None,
) -> None:
    """Write what became of some proposals, of which their proposers are to be told. `at` is aware UTC."""
    _write(
        tx,
        proposal_ids,
        state=state.value,
        decided_by=by,
        decided_at=at,
        reason=reason,
        definition_id=definition_id,
        into_id=into_id,
        told=False,
    )


def mark_told(tx: WorkspaceConnection, proposal_ids: Sequence[int]) -> None:
    """Their proposers know."""
    _write(tx, proposal_ids, told=True)


def _write(tx: WorkspaceConnection, proposal_ids: Sequence[int], **values: Any) -> None:
    tx.connection.execute(
        update(tables.proposal)
        .where(_row.workspace_id == tx.workspace_id, _row.id.in_(proposal_ids))
        .values(**values)
    )
    changes.record(tx, PROPOSAL, proposal_ids)


def _where(tx: WorkspaceConnection, *conditions: ColumnElement[bool]) -> tuple[Proposal, ...]:
    rows = tx.connection.execute(
        select(tables.proposal).where(_row.workspace_id == tx.workspace_id, *conditions).order_by(_row.id)
    )
    return tuple(map(_proposal, rows))


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        id=row.id,
        sort=ProposalSort(row.sort),
        title=row.title,
        why=row.why,
        example=row.example,
        status_id=row.status_id,
        proposer_id=row.proposer_id,
        proposed_at=row.proposed_at,
        state=ProposalState(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
        definition_id=row.definition_id,
        into_id=row.into_id,
        told=row.told,
        need=row.need,
    )
