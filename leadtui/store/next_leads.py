"""Which leads of a list are free to be worked next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from leadtui.domain.status import StatusKind
from leadtui.store import tables
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.do_not_call import forbidden
from leadtui.store.lead_rows import of_ids

_lead = tables.lead.c


@dataclass(frozen=True, slots=True)
class Free:
    """A lead that may be worked, and in whose cartable it is."""

    id: int
    owner_id: int | None


def free_among(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, Free]:
    """Those of the leads that no final status has closed and whose numbers may be rung. A few thousand at most."""
    status = tables.status.c
    closed = select(status.id).where(
        status.workspace_id == tx.workspace_id, status.kind != StatusKind.OPEN.value
    )
    rows = tx.connection.execute(
        of_ids(tx.workspace_id, ids, _lead.id, _lead.owner_id).where(
            or_(_lead.status_id.is_(None), _lead.status_id.not_in(closed)), ~forbidden()
        )
    )
    return {row[0]: Free(*row) for row in rows}
