"""Opening a store in which there are several workspaces: by title, else where the person works."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_making import NOON, MovingClock

from leadtui.domain.permission import SUPERVISOR_PROFILE
from leadtui.errors import NotFound
from leadtui.services.session import Session
from leadtui.services.templates import load_template
from leadtui.store import definitions
from leadtui.store.connection import WorkspaceConnection

NEDA, SARA, BOTH = "neda@example.com", "sara@example.com", "both@example.com"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of two workspaces: Neda works in the first, Sara in the second, and one person in both."""
    path = tmp_path / "desk.db"
    with_two = Session.create(path, load_template("sales"), "Neda", NEDA, MovingClock())
    with with_two.store.write() as connection:
        first = WorkspaceConnection(connection, with_two.workspace.id)
        second = WorkspaceConnection(
            connection, definitions.create_workspace(connection, load_template("blank"), NOON)
        )
        definitions.add_colleague(second, "Sara", SARA, SUPERVISOR_PROFILE, NOON)
        for each in (first, second):
            definitions.add_colleague(each, "Mina", BOTH, SUPERVISOR_PROFILE, NOON)
    with_two.close()
    return path


def titles() -> tuple[str, str]:
    return load_template("sales").workspace.title, load_template("blank").workspace.title


def opened(path: Path, email: str, workspace: str = "") -> str:
    """The title of the workspace that is opened."""
    session = Session.open(path, email, MovingClock(), workspace=workspace)
    try:
        with session.read() as tx:
            assert tx.workspace == session.workspace
            assert tx.actor.email == email
        return session.workspace.title
    finally:
        session.close()


def test_a_person_comes_to_where_they_work(path: Path) -> None:
    assert (opened(path, NEDA), opened(path, SARA)) == titles()


def test_who_works_in_several_names_one(path: Path) -> None:
    with pytest.raises(NotFound, match=", ".join(titles())):
        opened(path, BOTH)
    assert tuple(opened(path, BOTH, each.upper()) for each in titles()) == titles()


def test_nobody_comes_to_where_they_do_not_work(path: Path) -> None:
    with pytest.raises(NotFound, match="Nobody with the e-mail"):
        opened(path, NEDA, titles()[1])
    with pytest.raises(NotFound, match="none of the workspaces"):
        opened(path, "stranger@example.com")
    with pytest.raises(NotFound, match="no workspace “Elsewhere”"):
        opened(path, NEDA, "Elsewhere")
