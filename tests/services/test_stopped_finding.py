"""Whoever lets customers be found by another field is killed at any statement: the next one finishes it, and nothing is found otherwise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from amounts import small_and_large

SCRIPT = """
import json, shutil, sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from killed_at import killed_at, statements_of
from session_making import MovingClock, make_session
from leadtui.domain.field import Field
from leadtui.domain.view import View, custom_sort
from leadtui.services import defining, finding
from leadtui.services.editing import AddLead, add_lead
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session
from leadtui.store import consistency, search_keys

finding.AT_ONCE, search_keys.FEW_FOUND_ANEW = 5, 2
folder, amount = Path(sys.argv[1]), int(sys.argv[2])
session = make_session(folder)
motto = defining.save_field(session, Field(0, "", "Motto"))
old = defining.save_field(session, Field(0, "", "Old", found_by=True))
for number in range(23):
    typed = {"name": f"N{number}", custom_sort(motto.key): "Quality", custom_sort(old.key): "Vexmoor"}
    add_lead(session, AddLead(typed))
defining.save_field(session, replace(motto, found_by=True), motto)
defining.save_field(session, replace(old, found_by=False), old)
email = session.actor.email
session.close()


def at(name):
    return Session.open(folder / name, email, MovingClock())


def finish(name):
    with closing(at(name)) as opened:
        finding.find_anew(opened)


shutil.copy(folder / "desk.db", folder / "whole.db")
statements = statements_of(lambda: finish("whole.db"))
wrong, killed = [], 0
for turn in range(amount):
    number = 1 + turn * (statements - 1) // max(1, amount - 1)
    shutil.copy(folder / "desk.db", folder / "cut.db")
    killed += killed_at(number, lambda: finish("cut.db"))
    finish("cut.db")
    opened = at("cut.db")
    found = [len(LeadList(opened).order(View(find=each))) for each in ("quality", "vexmoor")]
    faults = list(consistency.look(opened.store, opened.now()))
    if found != [23, 0] or faults or finding.is_to_find_anew(opened):
        wrong.append([number, found, str(faults)])
    opened.close()
    for file in folder.glob("cut.db*"):
        file.unlink()
print(json.dumps({"wrong": wrong, "killed": killed, "statements": statements}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed by signal")
@small_and_large("kills", 2, 40, "LEADTUI_KILLS")
def test_killed_at_any_statement_the_next_one_finishes_it(tmp_path: Path, amount: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path, str(amount)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["killed"] >= amount - 1
    assert told["statements"] > 40
