"""Two people at one store."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from session_making import MovingClock, Office, hire

from leadtui.services.session import Session


@pytest.fixture
def office(session: Session, clock: MovingClock) -> Generator[Office]:
    """Neda's desk and Sara's."""
    sara = hire(session, "Sara Amini", "sara@example.com", clock)
    session.reload_definitions()
    yield Office(session, sara, clock)
    sara.close()
