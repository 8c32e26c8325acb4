"""When somebody rang a lead, first and last: read from the timeline by an index that holds calls alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BindParameter, ScalarSelect, Select, bindparam, func, select

from leadtui.domain.lead import ActivityKind
from leadtui.store import tables

_entry = tables.activity.c

# Named in the statement itself: the index holds these alone, and serves where the statement says so.
_MADE: BindParameter[str] = bindparam(
    "calls_made",
    [ActivityKind.CALL.value, ActivityKind.CALL_OUT.value],
    expanding=True,
    literal_execute=True,
)


def first_call_at() -> ScalarSelect[datetime]:
    """When the lead of a row was first rung; NULL where nobody ever did."""
    return _of_lead(select(func.min(_entry.at)))


def last_call_at() -> ScalarSelect[datetime]:
    """When the lead of a row was last rung; NULL where nobody ever did."""
    return _of_lead(select(func.max(_entry.at)))


def _of_lead(bound: Select[datetime]) -> ScalarSelect[datetime]:
    return (
        bound.where(
            _entry.workspace_id == tables.lead.c.workspace_id,
            _entry.lead_id == tables.lead.c.id,
            _entry.kind.in_(_MADE),
        )
        .correlate(tables.lead)
        .scalar_subquery()
    )
