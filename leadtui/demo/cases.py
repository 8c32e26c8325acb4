"""The demonstration's cases: what else is done for its customers, as the file of its language tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from leadtui.demo.scenery import DemoCase
from leadtui.domain.case import CaseLead
from leadtui.services.cases import MoveCase, OpenCase, move_case, open_at
from leadtui.services.session import Session
from leadtui.store import leads

_OF_EACH = 8
"""So many customers of each colleague are in cases at the most."""


def open_cases(
    session: Session, told: Sequence[DemoCase], now: datetime, session_at: Callable[[datetime], Session]
) -> None:
    """Open the cases and move them on, by the clock of then: `session_at` is the person's desk at a moment."""
    people, entered = _people(session) if told else ({}, {})
    above: dict[str, int] = {}
    for each in told:
        part = tuple(CaseLead(role, people[who]) for role, who in each.people.items() if who in people)
        known = [now - entered[one.lead_id] for one in part]
        span = min([timedelta(hours=each.hours), *known])
        command = OpenCase(
            each.kind,
            part,
            each.title,
            each.answers,
            above[each.beneath] if each.beneath else None,
        )
        case_id = open_at(session_at(now - span), command, each.state).case.id
        if each.title:
            above[each.title] = case_id
        for place, move in enumerate(each.moves, start=1):
            at = now - span * (1 - place / (len(each.moves) + 1))
            move_case(session_at(at), MoveCase(case_id, move.key, answers=move.answers))


def _people(session: Session) -> tuple[dict[str, int], dict[int, datetime]]:
    """The customers who can be in cases, as the file names them, those of colleagues by turns; and since when each is known."""
    with session.read() as tx:
        mine = leads.of_owner(tx, session.actor.id, _OF_EACH)
        others = [each.id for each in tx.definitions.active_colleagues if each.id != session.actor.id]
        theirs = [leads.of_owner(tx, each, _OF_EACH) for each in others]
        rows = leads.rows(tx, [*mine, *(each for some in theirs for each in some)])
    in_turn = [some[place] for place in range(_OF_EACH) for some in theirs if place < len(some)]
    named = {f"mine {number}": each for number, each in enumerate(mine, start=1)}
    named |= {f"team {number}": each for number, each in enumerate(in_turn, start=1)}
    return named, {each: row.entered_at for each, row in rows.items()}
