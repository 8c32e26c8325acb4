"""A number that was rung a moment ago: by whom, through whichever customer, and from when on it may be rung unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from session_making import MovingClock, Office, add_lead

from leadtui.domain.defining import LONGEST_CALL_GAP
from leadtui.domain.lead import ActivityDetail, ActivityKind
from leadtui.errors import InvalidAnswers, Unreadable
from leadtui.services.calls import RecentCall, rung_just_now
from leadtui.services.leads import log_call
from leadtui.services.session import Session
from leadtui.services.template_exchange import template_text
from leadtui.services.templates import load_template
from leadtui.services.workspace import change_workspace
from leadtui.store import activities

NUMBER, OTHER = "+12125550101", "+12125550102"


def leave_apart(session: Session, minutes: int) -> None:
    """Let the workspace want so many minutes between two calls."""
    change_workspace(session, replace(session.workspace, call_gap=minutes))


def test_a_number_is_left_alone_for_a_while_whoever_rang_it(office: Office) -> None:
    neda, sara = office.neda, office.sara
    mina = add_lead(neda, "Mina Sadeghi", NUMBER, OTHER).id
    rung_at = office.clock.now
    log_call(sara, mina, NUMBER, rung_at, 20)
    assert rung_just_now(neda, NUMBER) is None  # the workspace wants no gap
    leave_apart(neda, 30)
    office.clock.move(minutes=29)
    told = RecentCall(rung_at, sara.actor.id, rung_at + timedelta(minutes=30))
    assert rung_just_now(neda, NUMBER) == rung_just_now(sara, NUMBER) == told
    assert rung_just_now(neda, OTHER) is None
    assert rung_just_now(neda, "+12125550199") is None
    office.clock.move(minutes=2)
    assert rung_just_now(neda, NUMBER) is None


def test_what_a_telephone_system_tells_counts_and_who_rang_in_does_not(
    session: Session, clock: MovingClock
) -> None:
    mina = add_lead(session, "Mina Sadeghi", NUMBER).id
    leave_apart(session, 30)
    with session.write() as tx:
        detail = ActivityDetail(text=NUMBER)
        activities.add(tx, mina, ActivityKind.CALL_IN, clock.now, None, detail)
    assert rung_just_now(session, NUMBER) is None
    with session.write() as tx:
        activities.add(tx, mina, ActivityKind.CALL_OUT, clock.now, None, ActivityDetail(text=NUMBER))
    assert rung_just_now(session, NUMBER) == RecentCall(clock.now, None, clock.now + timedelta(minutes=30))


def test_the_gap_is_kept_within_bounds_and_goes_out_with_the_template(
    session: Session, tmp_path: Path
) -> None:
    with pytest.raises(InvalidAnswers, match="Write how many minutes apart, up to 10,080"):
        leave_apart(session, LONGEST_CALL_GAP + 1)
    leave_apart(session, 45)
    file = tmp_path / "desk.toml"
    file.write_bytes(template_text(session))
    assert load_template(str(file)).workspace.call_gap == 45
    file.write_text(file.read_text("utf-8").replace("call_gap = 45", "call_gap = -1"), "utf-8")
    with pytest.raises(Unreadable, match="call_gap: Write how many minutes apart"):
        load_template(str(file))
