"""What is due to those who take part in the case above: an instructor's share of each enrolment, by person and month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from leadtui.domain.case_kind import PARENT, CaseKind, Effect, EffectKind, Transition
from leadtui.domain.permission import Permission
from leadtui.language.calendar import local_date, month_start
from leadtui.services.cases import CaseFilter, ShownCase, find_cases
from leadtui.services.session import Session

MOST_COUNTED = 1_000_000
"""Cases of a kind of which shares are counted."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one person, or several together, gets of the cases of a kind and of one month, which begins on the day `month`.

    `due` is what `cases` brought; `fallen` is what would be due for cases that are `void` by now, such as cancelled ones.
    """

    people: tuple[str, ...]
    kind: str
    month: date
    cases: int = 0
    due: Decimal = Decimal()
    void: int = 0
    fallen: Decimal = Decimal()


def shares(session: Session) -> tuple[Share, ...]:
    """What is due by person, month and kind, the newest month first; whom one does not see is nobody by name."""
    session.check(Permission.SEE_CASES)
    found: dict[tuple[tuple[int, ...], str, date], Share] = {}
    for kind in session.definitions.case_kinds:
        for move, effect in _sharing(kind):
            above = {
                each.case.id: each for each in find_cases(session, CaseFilter(kind.parent), MOST_COUNTED)
            }
            for each in find_cases(session, CaseFilter(kind.key), MOST_COUNTED):
                if effect.field in each.case.answers:
                    _count(session, found, each, above.get(each.case.parent_id or 0), move, effect)
    return tuple(sorted(found.values(), key=lambda each: (-each.month.toordinal(), each.kind, each.people)))


def _sharing(kind: CaseKind) -> Iterator[tuple[Transition, Effect]]:
    """The moves that work out a share of the case above."""
    for move in kind.moves:
        for effect in move.effects:
            if effect.do is EffectKind.PERCENT and effect.by.startswith(PARENT):
                yield move, effect


def _count(
    session: Session,
    found: dict[tuple[tuple[int, ...], str, date], Share],
    shown: ShownCase,
    above: ShownCase | None,
    move: Transition,
    effect: Effect,
) -> None:
    case, kind = shown.case, shown.kind
    amount = Decimal(str(case.answers[effect.field]))
    month = month_start(_day(session, shown, move), session.format_context().calendar)
    people = above.case.lead_ids() if above else ()
    names = above.names() if above else ()
    before = found.get((people, kind.key, month), Share(names, kind.title, month))
    state = kind.state(case.state)
    if state is not None and state.void:
        after = replace(before, void=before.void + 1, fallen=before.fallen + amount)
    else:
        after = replace(before, cases=before.cases + 1, due=before.due + amount)
    found[people, kind.key, month] = after


def _day(session: Session, shown: ShownCase, move: Transition) -> date:
    """The day that the move stamped, else the one on which the case came to where it is."""
    for effect in move.effects:
        if effect.do is EffectKind.STAMP and effect.field in shown.case.answers:
            return date.fromisoformat(str(shown.case.answers[effect.field]))
    return local_date(shown.case.state_at, session.workspace.zone)
