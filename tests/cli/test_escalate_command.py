"""`leadtui escalate`: what goes on, what would, and taking it back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from command_running import Run
from session_making import NOON, MovingClock, add_lead, hire, make_session, status_of

from leadtui.services.follow_up import SetStatus, set_status


def test_an_overdue_promise_goes_on_and_comes_back(run: Run, tmp_path: Path, noon: None) -> None:
    """Rules are set by command as well; noon is when the commands run."""
    del noon
    clock = MovingClock(NOON - timedelta(days=1))
    session = make_session(tmp_path, clock=clock)
    reza = hire(session, "Reza Amini", "reza@example.com", clock)
    lead = add_lead(reza, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    status = status_of(session, "call_back")
    due = NOON - timedelta(minutes=45)
    set_status(reza, SetStatus(lead.id, lead.version, status.id, remind_at=due))
    for each in (session, reza):
        each.close()
    store = ("--store", tmp_path / "desk.db")

    assert run("escalate", *store).err == "Nothing is to be passed on.\n"
    change = ("statuses", "change", "call_back", "--supervisor-after", "30", "--pool-after", "120", "--json")
    assert run(*change, *store).data["escalation"] == {"supervisor_after": 30, "pool_after": 120}
    wrong = run("statuses", "change", "call_back", "--pool-after", "20", *store)
    assert (wrong.code, "more than 30 minutes" in wrong.err) == (1, True)
    would = run("escalate", "--dry-run", "--as", "reza@example.com", *store)
    went = "The reminder of Mina Sadeghi (today 02:27) goes from Reza Amini to Neda Karimi.\n"
    assert would.err == f"Nothing is changed yet.\n{went}"
    (listed,) = run("reminders", "--json", "--as", "reza@example.com", *store).data
    assert (listed["goes_to"], listed["goes_at"]) == ("supervisor", "2024-09-28T06:57:00Z")
    passed = run("escalate", "--json", "--as", "reza@example.com", *store)
    assert passed.err == went
    assert [(each["goes_to"], each["owner_to"]["name"]) for each in passed.data] == [
        ("supervisor", "Neda Karimi")
    ]
    assert run("reminders", "--json", "--as", "reza@example.com", *store).data == []
    assert "overdue  to Neda Karimi" in run("leads", "show", "2125550101", *store).out
    back = run("escalate", "--take-back", "2125550101", *store)
    assert (back.code, "Mina Sadeghi" in back.err) == (0, True)
    assert len(run("reminders", "--json", "--as", "reza@example.com", *store).data) == 1
    assert (
        run("escalate", "--take-back", "2125550101", *store).err
        == "Nothing of this customer was passed on.\n"
    )
    assert run("template", "export", tmp_path / "ours.toml", *store).code == 0
    assert "supervisor_after = 30" in (tmp_path / "ours.toml").read_text()
    assert run("template", "import", tmp_path / "ours.toml", "--yes", *store).code == 0
