"""`leadtui undo` takes back the last step, and says what."""

from __future__ import annotations

from command_running import Run, StoreOfTest


def test_a_step_is_told_first_and_then_taken_back(run: Run, place: StoreOfTest) -> None:
    lead_id = place.lead.id
    booked = ("--status", "demo_booked", "--answer", "date=2024-10-01", "--answer", "time=16:00")
    assert (
        run("follow-up", lead_id, *booked, "--owner", "reza", "--remind", "+2d", "--store", place).code == 0
    )
    tried = run("undo", "--dry-run", "--store", place)
    assert tried.out == ""
    assert tried.err.startswith("Nothing is changed yet. Taken back: Mina Sadeghi – Demo booked → New; owner")
    said = run("undo", "--json", "--store", place)
    assert "owner Reza Amini → you" in said.err
    (after,) = said.data
    assert after["status"] is None
    assert [each["kind"] for each in after["timeline"][:2]] == ["undone", "status-set"]
    assert after["timeline"][1]["undone"] is True
    shown = run("leads", "show", lead_id, "--store", place)
    assert "took back" in shown.out
    assert "(taken back)" in shown.out
    again = run("undo", "--store", place)
    assert (again.code, again.err) == (1, "There is nothing of yours to take back.\n")
