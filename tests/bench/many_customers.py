"""Measures work on many customers at once: giving them to a colleague, and sharing them out."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from leadtui.domain.distribution import RuleWords
from leadtui.domain.view import View
from leadtui.services import bulk
from leadtui.services.distributing import distribute, plan
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session

from .acts import Costs
from .costs import cost_of
from .ground import SUPERVISOR

COLLEAGUE = 7
MOST = 20_000


def costs(store: Path) -> Costs:
    """What work on at most so many customers of the store takes."""
    with closing(Session.open(store, SUPERVISOR)) as session:
        chosen = bulk.select(session, LeadList(session).order(View())[:MOST])
        return {
            "customers given": [cost_of(lambda: _give(session, chosen))],
            "customers shared out": [cost_of(lambda: _share_out(session, chosen))],
        }


def _give(session: Session, chosen: bulk.Selection) -> None:
    result = bulk.Result()
    for part in chosen.parts(bulk.GIVEN_AT_ONCE):
        result += bulk.assign(session, part, COLLEAGUE, group_id=result.group_id)


def _share_out(session: Session, chosen: bulk.Selection) -> None:
    among = tuple(each.email for each in session.definitions.active_colleagues[:6])
    result = bulk.Result()
    for part in plan(session, RuleWords("evenly", among), chosen.ids).parts():
        result += distribute(session, part, result.group_id)
