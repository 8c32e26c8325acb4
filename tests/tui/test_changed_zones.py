"""A country changes its clock after reminders were set: they come at the hour that was meant."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desk_driving import driven
from session_making import MovingClock, add_lead, hire

from leadtui.domain.reminder import due_by_wall_clock
from leadtui.presentation.doctor import fault_sentence
from leadtui.services import reminders
from leadtui.services.leads import open_lead
from leadtui.services.repairing import repair
from leadtui.services.session import Session
from leadtui.store import consistency
from leadtui.store.consistency import Fault

Install = Callable[[str], None]


def zone_file(rule: str) -> bytes:
    """A file of the zone database (RFC 8536) with nothing but a POSIX rule, which holds for all times."""

    def part(version: bytes) -> bytes:
        counts = (0, 0, 0, 0, 1, 4)  # one kind of time, with a name of four bytes
        header = b"TZif" + version + bytes(15) + b"".join(each.to_bytes(4, "big") for each in counts)
        return header + bytes(6) + b"UTC\0"

    return part(b"2") + part(b"2") + f"\n{rule}\n".encode()


@pytest.fixture
def install(tmp_path: Path) -> Generator[Install]:
    """Gives the workspace's zone other rules, as an update of the zone database does."""
    folder = tmp_path / "zones"

    def change(rule: str) -> None:
        file = folder / "America" / "New_York"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(zone_file(rule))
        zoneinfo.reset_tzpath([str(folder)])
        zoneinfo.ZoneInfo.clear_cache()

    yield change
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize("rule", ["<-03>3", "<-06>6", "EST5EDT,J1,J365"])
async def test_reminders_follow_the_clock_on_the_wall(
    session: Session, clock: MovingClock, install: Install, rule: str
) -> None:
    assert session.workspace.zone == "America/New_York"
    sara = hire(session, "Sara", "sara@example.com", clock)
    mina, paul, adam = (add_lead(session, name, mine=True) for name in ("Mina", "Paul", "Adam"))
    due = session.now() + timedelta(days=60)
    for lead in (mina, paul):
        reminders.set_reminder(session, lead.id, due)
    reminders.set_reminder(sara, paul.id, due + timedelta(days=1))
    reminders.set_reminder(session, adam.id, session.now() + timedelta(hours=1))
    clock.move(hours=2)
    reminders.mark_shown(session, [each.reminder.id for each in reminders.due_reminders(session)])
    shown, versions = (
        open_lead(session, adam.id),
        [open_lead(session, each.id).lead.version for each in (mina, paul)],
    )
    meant = [open_lead(session, each.id).pending[0].wall for each in (mina, paul)]

    install(rule)
    (found,) = consistency.look(session.store, session.now())
    assert (found.fault, found.rows) == (Fault.ZONES, 3)
    assert "3 reminders" in fault_sentence(found)
    async with driven(session):
        pass
    zone = zoneinfo.ZoneInfo("America/New_York")
    for lead, wall in zip((mina, paul), meant, strict=True):
        opened = open_lead(session, lead.id)
        assert opened.pending[0].wall == wall
        assert opened.pending[0].due == wall.replace(tzinfo=zone).astimezone(UTC) != due
        assert opened.lead.next_at == min(each.due for each in opened.pending)
    assert [open_lead(session, each.id).lead.version for each in (mina, paul)] == versions
    assert open_lead(session, adam.id) == shown, "what was shown stays"

    (left,) = consistency.look(session.store, session.now())
    assert (left.fault, left.rows) == (Fault.ZONES, 1)
    assert [each.fault for each in repair(session).repaired] == [Fault.ZONES]
    assert list(consistency.look(session.store, session.now())) == []
    assert reminders.follow_zones(sara) == 0
    sara.close()


@pytest.mark.parametrize("fold", [0, 1])
def test_both_hours_of_a_clock_that_is_put_back_stay(fold: int) -> None:
    wall = datetime(2024, 11, 3, 1, 30)
    due = wall.replace(tzinfo=zoneinfo.ZoneInfo("America/New_York"), fold=fold).astimezone(UTC)
    assert due_by_wall_clock(wall, "America/New_York", due) == due


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "", "America"])
def test_a_zone_that_is_not_known_changes_nothing(zone: str) -> None:
    due = datetime(2024, 11, 3, 6, 30, tzinfo=UTC)
    assert due_by_wall_clock(datetime(2024, 11, 3, 1, 30), zone, due) == due
