"""Time in a state: cases that stand too long are reminded of, go to a supervisor or move on, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from leadtui.domain.case import Case, CaseAct, CaseDetail, LeadChange
from leadtui.domain.case_kind import CaseKind, Limit, LimitKind
from leadtui.domain.escalation import over_since, supervises
from leadtui.services.case_steps import CaseChange, write_case_step
from leadtui.services.presence import on_shift
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import cases

AT_ONCE = 50
"""Cases that are passed on in one transaction."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """A case that stood too long in a state: which one, what its kind and the state are called, and what happens."""

    case_id: int
    kind: str
    state: str
    limit: Limit
    state_to: str = ""
    """What the state is called that it moves to; empty where it stays."""


def is_any_over_time(session: Session) -> bool:
    """Whether a case has reached a limit by now; where no state has one, no case is read."""
    with session.read() as tx:
        return next(_found(tx, 1), None) is not None


def pass_time(session: Session, *, dry_run: bool = False) -> tuple[OverTime, ...]:
    """Do what the kinds of cases say of every case that has reached a limit of its state; each limit is passed once.

    Whichever desk is open does it, whoever's: it is the workspace's rule, and needs no permission. Nothing that it does
    brings about another move. `dry_run` says what would be done, and writes nothing.
    """
    if dry_run:
        with session.read() as tx:
            return tuple(_told(kind, case, limit) for kind, case, limit in _found(tx, 10 * AT_ONCE))
    passed: list[OverTime] = []
    # Where no case stands too long, which is nearly always, nobody who saves waits for this.
    while is_any_over_time(session):
        with session.write() as tx:
            found = list(_found(tx, AT_ONCE))
            for kind, case, limit in found:
                _pass(tx, kind, case, limit)
                passed.append(_told(kind, case, limit))
        if not found:  # another desk was quicker
            break
    return tuple(passed)


def _found(tx: Transaction, most: int) -> Iterator[tuple[CaseKind, Case, Limit]]:
    left = most
    for kind in tx.definitions.case_kinds:
        for state in kind.states:
            for passed, limit in enumerate(state.limits):
                before = over_since(tx.now, limit.after, tx.workspace)
                if before is None or left <= 0:
                    continue
                for case in cases.over_time(tx, kind.id, state.key, passed, before, left):
                    left -= 1
                    yield kind, case, limit


def _told(kind: CaseKind, case: Case, limit: Limit) -> OverTime:
    to = kind.state_title(limit.to) if limit.to else ""
    return OverTime(case.id, kind.title, kind.state_title(case.state), limit, to)


def _pass(tx: Transaction, kind: CaseKind, case: Case, limit: Limit) -> None:
    detail = CaseDetail(limit=limit.then.value, note=limit.note, state_to=kind.state_title(case.state))
    match limit.then:
        case LimitKind.REMIND:
            whom = _reminded(tx, case)
            changes = tuple(
                LeadChange(each, remind_after=0, remind_whom=whom, reminder_note=limit.note or kind.title)
                for each in case.lead_ids()[:1]
            )
            values = {"limits_passed": case.limits_passed + 1}
            change = CaseChange(CaseAct.LIMIT, detail, values, leads=changes, by_the_program=True)
        case LimitKind.ESCALATE:
            owner_id = _supervisor(tx) or case.owner_id
            told = CaseDetail(
                limit=limit.then.value,
                note=limit.note,
                state_to=detail.state_to,
                owner_from_id=case.owner_id,
                owner_to_id=owner_id,
            )
            values = {"limits_passed": case.limits_passed + 1, "owner_id": owner_id}
            change = CaseChange(CaseAct.LIMIT, told, values, by_the_program=True)
        case LimitKind.MOVE:
            told = CaseDetail(
                limit=limit.then.value,
                note=limit.note,
                state_from=detail.state_to,
                state_to=kind.state_title(limit.to),
            )
            values = {"state": limit.to, "state_at": tx.now, "limits_passed": 0}
            change = CaseChange(CaseAct.LIMIT, told, values, by_the_program=True)
    write_case_step(tx, kind, case, change)


def _reminded(tx: Transaction, case: Case) -> int:
    """Who is responsible, else who opened it; where both are gone, a supervisor."""
    here = {each.id for each in tx.definitions.active_colleagues}
    for each in (case.owner_id or 0, case.opened_by):
        if each in here:
            return each
    return _supervisor(tx) or case.opened_by


def _supervisor(tx: Transaction) -> int | None:
    """A supervisor whose desk is open, else any; of several, who is responsible for the fewest cases."""
    everybody = [each.id for each in tx.definitions.active_colleagues if supervises(each)]
    here = on_shift(tx)
    first = [each for each in everybody if each in here] or everybody
    held = Counter(cases.responsible(tx, first))
    return min(first, key=lambda each: (held[each], each), default=None)
