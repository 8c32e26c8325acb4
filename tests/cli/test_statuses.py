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


def test_how_whoever_was_not_reached_is_tried_again_is_said_part_by_part(run: Run, tmp_path: Path) -> None:
    make_session(tmp_path).close()
    store = tmp_path / "desk.db"
    change = ("statuses", "change", "no_answer", "--json", "--store", store)
    said = ("--retry", "growing", "--retry-after", "90", "--retry-most", "4")
    rule = run(*change, *said, "--retry-then", "Not reached", "--retry-releases").data["retry"]
    assert rule == {
        "pace": "growing",
        "after_minutes": 90,
        "most": 4,
        "then_status": "not_reached",
        "releases": True,
    }
    rule = run(*change, "--retry-then", "none", "--retry-keeps").data["retry"]
    assert (rule["pace"], rule["then_status"], rule["releases"]) == ("growing", "", False)
    assert "90 minutes and longer, 4×" in run("statuses", "list", "--store", store).out
    assert "from 1 to 99" in run(*change, "--retry-most", "100").err
    assert run(*change, "--retry", "no").data["retry"] is None
