"""What stops a person says who did what, and says something that can be acted on also where nobody puts it into words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from session_making import NOON, add_lead, make_session

from leadtui.domain.do_not_call import Ban
from leadtui.domain.lead import Activity, ActivityDetail, ActivityKind, Lead
from leadtui.errors import LeadtuiError, NotFound
from leadtui.presentation.errors import sentence
from leadtui.presentation.formatter import Formatter
from leadtui.services.do_not_call import CallForbidden
from leadtui.services.leads import LeadChanged
from leadtui.services.session import Session
from leadtui.services.undo import NotTakenBack

PLAIN = "It cannot be done; look again."


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A desk in English with one customer."""
    folder: Path = tmp_path_factory.mktemp("desk")
    return make_session(folder)


@pytest.fixture(scope="module")
def lead(session: Session) -> Lead:
    """Mina Sadeghi."""
    return add_lead(session)


STATUS = Activity(1, 1, ActivityKind.STATUS_SET, NOON, 1, ActivityDetail(status_to="Call back"))
OLDER = Activity(2, 1, ActivityKind.NOTE, NOON - timedelta(days=1), 1)


@pytest.mark.parametrize("kind", ActivityKind)
def test_every_kind_is_told_whole(kind: ActivityKind, session: Session, lead: Lead) -> None:
    changed = LeadChanged(
        PLAIN, lead, Activity(1, lead.id, kind, NOON, None, ActivityDetail(status_to="Call back"))
    )
    told = sentence(changed, Formatter(session))
    assert "Mina Sadeghi at 03:12." in told or "Mina Sadeghi to nobody at 03:12." in told
    assert told.endswith("Look at what changed, then save.")
    assert "{" not in told
    assert "  " not in told


def test_what_each_error_says(session: Session, lead: Lead) -> None:
    ban = Ban(NOON, 1, "asked us to stop", e164="+12125550101")
    errors: list[tuple[LeadtuiError, str]] = [
        (NotFound(PLAIN), PLAIN),
        (NotTakenBack(PLAIN, 7, lead), PLAIN),
        (
            NotTakenBack(PLAIN, 7, lead, STATUS),
            "You set Call back on Mina Sadeghi at 03:12. Your step before it can no longer be taken back.",
        ),
        (
            NotTakenBack(PLAIN, 7, lead, STATUS, asks=True),
            "Your last step that is left: Mina Sadeghi – Call back, at 03:12.",
        ),
        (
            NotTakenBack(PLAIN, 7, lead, OLDER, asks=True),
            "Your last step: Mina Sadeghi – a note, on yesterday 03:12.",
        ),
        (
            CallForbidden(ban),
            "Do not call: Neda Karimi put (212) 555-0101 on the do-not-call list (today 03:12): “asked us to stop”. "
            "To call anyway, allow calls first and say why.",
        ),
    ]
    formatter = Formatter(session)
    assert [sentence(error, formatter) for error, _told in errors] == [told for _error, told in errors]
    assert all(str(error).endswith(".") for error, _told in errors)
