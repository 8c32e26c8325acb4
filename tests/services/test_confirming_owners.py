"""Whoever changes who owns a workspace types its name, by whichever door; nothing is changed until then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leadtui.domain.permission import AGENT_PROFILE, OWNER_PROFILE
from leadtui.errors import Unconfirmed
from leadtui.services import colleagues, handing_over, membership
from leadtui.services.confirming import confirmed
from leadtui.services.session import Session


def test_owners_are_changed_once_the_name_of_the_workspace_is_typed(session: Session) -> None:
    sara_id = colleagues.add_colleague(session, "Sara Ahmadi", "sara@example.com")

    def become(profile: str, *, active: bool = True) -> Callable[[], object]:
        return lambda: colleagues.change_colleague(session, sara_id, "Sara Ahmadi", profile, active=active)

    steps: list[Callable[[], object]] = [
        become(OWNER_PROFILE),
        lambda: membership.suspend_colleague(session, sara_id),
        lambda: membership.resume_colleague(session, sara_id),
        become(AGENT_PROFILE),
        become(OWNER_PROFILE),
        lambda: handing_over.hand_over(session, sara_id, []),
        become(OWNER_PROFILE),
        lambda: membership.remove_colleague(session, sara_id),
        lambda: colleagues.add_colleague(session, "Reza Amini", "reza@example.com", OWNER_PROFILE),
    ]
    for step in steps:
        before = session.reload_definitions()
        for typed in ("", "Another name"):
            with pytest.raises(Unconfirmed, match=session.workspace.title):
                confirmed(typed, step)
        assert session.reload_definitions() == before
        confirmed(f" {session.workspace.title.upper()} ", step)
        assert session.reload_definitions() != before
