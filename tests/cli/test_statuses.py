"""`leadtui statuses list`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_running import Run
from session_making import make_session
from sqlalchemy import update

from leadtui.store import tables

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def persian(tmp_path: Path) -> Path:
    """The company's own desk, one of whose statuses is no longer given."""
    session = make_session(tmp_path, "hesin-haseb")
    with session.store.write() as connection:
        connection.execute(
            update(tables.status).where(tables.status.c.key == "referred").values(retired=True)
        )
    session.close()
    return tmp_path / "desk.db"


def test_every_status_is_listed_with_its_rules_and_fields(run: Run, persian: Path) -> None:
    listed = {each["key"]: each for each in run("statuses", "list", "--json", "--store", persian).data}
    assert len(listed) == 8
    meeting = listed["in_person_meeting"]
    assert (meeting["cartable"], meeting["reminder"], meeting["kind"]) == ("next", "must", "open")
    assert [(each["key"], each["kind"], each["required"]) for each in meeting["fields"]] == [
        ("day", "weekday", True),
        ("date", "date", True),
        ("time", "time", True),
    ]


def test_those_no_longer_given_are_listed_on_demand(run: Run, persian: Path) -> None:
    listed = run("statuses", "list", "--retired", "--json", "--store", persian).data
    assert [each["key"] for each in listed if each["retired"]] == ["referred"]


def test_the_text_says_what_each_does(run: Run, persian: Path) -> None:
    line = next(
        each
        for each in run("statuses", "list", "--store", persian).out.splitlines()
        if each.startswith("in_person_meeting")
    )
    for words in ("◆ جلسه حضوری", "به همکار می‌رود", "لازم", "روز جلسه*"):
        assert words in line
