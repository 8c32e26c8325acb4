"""A kind of case for tests that need one: visits to whoever it is."""

from __future__ import annotations

from typing import Any

from leadtui.domain.case_kind_table import kind_of
from leadtui.services.case_kinds import save_case_kind
from leadtui.services.session import Session

VISIT: dict[str, Any] = {
    "key": "visit",
    "title": "Visit",
    "roles": [{"key": "who", "title": "Who", "least": 0, "most": 3}],
    "fields": [{"key": "place", "title": "Place"}],
    "states": [
        {"key": "planned", "title": "Planned", "limits": [{"after": 60, "then": "move", "to": "over"}]},
        {"key": "over", "title": "Over"},
    ],
    "moves": [{"key": "end", "title": "End", "from": ["planned"], "to": "over"}],
}


def define_visits(session: Session) -> None:
    """Let the workspace have the kind."""
    save_case_kind(session, kind_of(VISIT))
