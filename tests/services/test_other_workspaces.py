"""Two workspaces of one store know nothing of each other: whatever is done in one, the other stays as it is and is not shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from session_making import MovingClock
from test_every_change import (
    ADDING,
    CHANGING,
    DEFINING,
    ELSEWHERE,
    ERASING,
    IMPORTING,
    LEAVING_NO_TRACE,
    READING,
    Place,
    place,
)

from leadtui.domain.view import View
from leadtui.errors import LeadtuiError, NotFound
from leadtui.services import drafts, erasing, leads, reminders
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session

__all__ = ["place"]

TELLING_OF_BOTH = frozenset({"workspaces.mark_shown_elsewhere"})
"""What is there to change the other one."""

OF_BOTH = frozenset(
    {
        "workspaces.list_workspaces",
        "workspaces.due_elsewhere",
        *(each for each in READING if each.startswith("signing_in.")),
    }
)
"""What tells of the other one that there is one, and how much is due there; and how a person came into the store, which is of none."""

WRITING: Mapping[str, Callable[[Place], object]] = {
    **CHANGING,
    **ADDING,
    **IMPORTING,
    "importing.undoing.undo_import": lambda at: [  # of what is imported first
        IMPORTING[each](at) for each in ("importing.running.import_files", "importing.undoing.undo_import")
    ],
    **DEFINING,
    **LEAVING_NO_TRACE,
    **ERASING,
}


def rows_of(session: Session, workspace_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a workspace of the store, by table, and whom one finds in it."""
    with session.store.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
            "WHERE m.type = 'table' AND c.name = 'workspace_id'"
        ).scalars()
        keys = {"workspace": "id", **dict.fromkeys(names.all(), "workspace_id")}
        rows = {
            name: [
                tuple(row)
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" WHERE {key} = {workspace_id}')
            ]
            for name, key in keys.items()
        }
    rows["found"] = [tuple(LeadList(session.entered(workspace_id)).order(View(find=ELSEWHERE)))]
    return rows


def other_of(session: Session) -> int:
    """The id of the workspace in which the person is not."""
    return next(each.id for each in session.own_workspaces() if each.id != session.workspace.id)


@pytest.mark.parametrize("service", [each for each in WRITING if each not in TELLING_OF_BOTH])
def test_nothing_of_the_other_workspace_moves(place: Place, service: str) -> None:
    other_id = other_of(place.session)
    before = rows_of(place.session, other_id)
    for each in ("lead", "lead_number", "reminder", "draft", "presence", "change", "do_not_call", "found"):
        assert before[each] not in ([], [()])
    WRITING[service](place)
    after = rows_of(place.session, other_id)
    assert {name for name in before if after[name] != before[name]} == set()


@pytest.mark.parametrize("service", [each for each in READING if each not in OF_BOTH])
def test_nothing_of_the_other_workspace_is_shown(place: Place, service: str) -> None:
    clock = MovingClock()
    clock.move(hours=3)  # what is due there is due by now
    later = Session.open(
        _path(place), place.session.actor.email, clock, workspace=place.session.workspace.title
    )
    try:
        shown = READING[service](replace(place, session=later))
        if service != "backing_up.back_up":  # which is of the whole store
            assert ELSEWHERE not in said_by(shown)
            assert ELSEWHERE not in "".join(
                each.read_text("utf-8") for each in place.sheet.parent.glob("out*")
            )
    finally:
        later.close()


def test_the_other_workspace_is_not_found_by_its_ids(place: Place) -> None:
    session = place.session
    there = session.entered(other_of(session))
    lead_ids = LeadList(there).order(View())
    assert len(lead_ids) == 2
    here = LeadList(session).order(View())
    assert not set(lead_ids) & set(here)
    reminder = reminders.list_reminders(there)[0].reminder
    for lead_id in lead_ids:
        with pytest.raises(NotFound):
            leads.open_lead(session, lead_id)
        with pytest.raises(NotFound):
            leads.add_note(session, lead_id, "?")
    assert LeadList(session).rows(lead_ids) == {}
    with pytest.raises(NotFound):
        reminders.find_reminder(session, reminder.id)
    with pytest.raises(LeadtuiError):
        reminders.acknowledge(session, reminder.id)
    with pytest.raises(LeadtuiError):
        erasing.erase_many(session, list(lead_ids), "asked", "ERASE 2")
    assert LeadList(there).order(View()) == lead_ids
    assert len(drafts.open_drafts(there)) == 1


def said_by(shown: object) -> str:
    """All text that a value holds, however deep."""
    if isinstance(shown, str):
        return shown
    if is_dataclass(shown) and not isinstance(shown, type):
        return " ".join(
            said_by(getattr(shown, each.name)) for each in fields(shown) if hasattr(shown, each.name)
        )
    if isinstance(shown, Mapping):
        items = cast("Mapping[Any, Any]", shown).items()
        return " ".join(said_by(each) for pair in items for each in pair)
    if isinstance(shown, list | tuple | set | frozenset):
        return " ".join(map(said_by, cast("tuple[Any, ...]", shown)))
    return repr(shown)


def _path(place: Place) -> Path:
    assert place.session.store.path is not None
    return place.session.store.path
