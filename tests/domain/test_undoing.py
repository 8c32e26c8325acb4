"""What stands in the way of taking a step back, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leadtui.domain.lead import ActivityKind
from leadtui.domain.undoing import Later, Touched, Verdict, judge

AT = datetime(2024, 10, 1, tzinfo=UTC)
STATUS = Touched(frozenset({"status_id", "status_at", "contacted_at"}), reminders=frozenset({1, 2}))
NOTE = Touched()
EDIT = Touched(frozenset({"name", "name_sort"}), numbers=True)


def later(kind: ActivityKind, touched: Touched | None = None, *, undone: bool = False) -> Later:
    return Later(9, kind, AT, touched, undone)


BLOCKED = Verdict(blocked_by=9)
FREE = Verdict()


@pytest.mark.parametrize(
    ("step", "then", "verdict"),
    [
        (STATUS, later(ActivityKind.STATUS_SET, Touched(frozenset({"status_id"}))), BLOCKED),
        (STATUS, later(ActivityKind.STATUS_SET, Touched()), BLOCKED),
        (STATUS, later(ActivityKind.STATUS_SET, Touched(frozenset({"status_id"})), undone=True), FREE),
        (STATUS, later(ActivityKind.TRANSFERRED, Touched(frozenset({"owner_id"}))), BLOCKED),
        (STATUS, later(ActivityKind.UNDONE), FREE),
        (STATUS, later(ActivityKind.NOTE, Touched()), FREE),
        (STATUS, later(ActivityKind.NOTE), FREE),
        (STATUS, later(ActivityKind.CALL), Verdict(rung_since=True)),
        (STATUS, later(ActivityKind.CALL_IN), Verdict(rung_since=True)),
        (STATUS, later(ActivityKind.EDITED, EDIT), FREE),
        (STATUS, later(ActivityKind.EDITED), BLOCKED),
        (STATUS, later(ActivityKind.TOUCHED), BLOCKED),
        (STATUS, later(ActivityKind.REMINDER_SET, Touched(reminders=frozenset({3}))), FREE),
        (
            STATUS,
            later(ActivityKind.REMINDER_DONE, Touched(reminders=frozenset({2}))),
            Verdict(leaving=frozenset({2})),
        ),
        (STATUS, later(ActivityKind.REMINDER_MOVED, Touched(reminders=frozenset({2, 3}))), BLOCKED),
        (NOTE, later(ActivityKind.STATUS_SET, STATUS), FREE),
        (NOTE, later(ActivityKind.TOUCHED), FREE),
        (EDIT, later(ActivityKind.STATUS_SET, STATUS), FREE),
        (EDIT, later(ActivityKind.EDITED, Touched(frozenset({"name"}))), BLOCKED),
        (EDIT, later(ActivityKind.EDITED, Touched(numbers=True)), BLOCKED),
        (EDIT, later(ActivityKind.EDITED, Touched(frozenset({"city"}))), FREE),
    ],
)
def test_what_stands_in_the_way(step: Touched, then: Later, verdict: Verdict) -> None:
    assert judge(step, [then]) == verdict
