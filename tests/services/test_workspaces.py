"""Opening a store in which there are several workspaces: by title, else where the person works."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_making import IN_BOTH, IN_THE_FIRST, IN_THE_SECOND, MovingClock, make_two_workspaces

from leadtui.errors import NotFound
from leadtui.services.session import Session
from leadtui.services.templates import load_template


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of two workspaces."""
    return make_two_workspaces(tmp_path)


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
    assert (opened(path, IN_THE_FIRST), opened(path, IN_THE_SECOND)) == titles()


def test_who_works_in_several_names_one(path: Path) -> None:
    with pytest.raises(NotFound, match=", ".join(reversed(titles()))):
        opened(path, IN_BOTH)
    assert tuple(opened(path, IN_BOTH, each.upper()) for each in titles()) == titles()


def test_nobody_comes_to_where_they_do_not_work(path: Path) -> None:
    with pytest.raises(NotFound, match="Nobody with the e-mail"):
        opened(path, IN_THE_FIRST, titles()[1])
    with pytest.raises(NotFound, match="none of the workspaces"):
        opened(path, "stranger@example.com")
    with pytest.raises(NotFound, match="no workspace “Elsewhere”"):
        opened(path, IN_THE_FIRST, "Elsewhere")
