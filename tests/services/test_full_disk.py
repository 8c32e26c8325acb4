"""A disk that fills while something is saved: refused, nothing lost, and the same is saved once there is room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import json, resource, sys
from pathlib import Path
from session_making import add_lead, make_session, status_of
from leadtui.services.drafts import STATUS_DRAFT
from leadtui.domain.draft import FormDraft
from leadtui.errors import StoreError
from leadtui.services.drafts import find_draft, save_draft
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.leads import add_note, open_lead

desk = make_session(Path(sys.argv[1]))
lead = add_lead(desk, "Mina Sadeghi", "+1 212 555 0101", mine=True)
save_draft(desk, FormDraft(STATUS_DRAFT, lead.id, {"note": "typed"}))
other = add_lead(desk, "Ben", "+1 212 555 0102")

# The largest size that a file may have stands for the end of the disk: it needs no rights to set.
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

limit(700_000)
filled = ""
while not filled:
    try:
        add_note(desk, other.id, "x" * 9_000)
    except StoreError as error:
        filled = str(error)
notes = len(open_lead(desk, other.id).timeline)

step = SetStatus(lead.id, lead.version, status_of(desk, "no_answer").id, note="typed " * 1_500)
try:
    set_status(desk, step)
    refused = "saved"
except StoreError as error:
    refused = str(error)
after = open_lead(desk, lead.id)
draft = find_draft(desk, STATUS_DRAFT, lead.id)
limit(resource.RLIM_INFINITY)
saved = set_status(desk, step)
with desk.store.read() as connection:
    whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
print(json.dumps({
    "filled": filled,
    "refused": refused,
    "unchanged": after.lead == lead and len(after.timeline) == 1,
    "draft": draft and draft.texts,
    "saved": saved.version == lead.version + 1,
    "draft_after": find_draft(desk, STATUS_DRAFT, lead.id) is not None,
    "notes_stay": len(open_lead(desk, other.id).timeline) == notes,
    "whole": whole,
}))
desk.close()
"""


ERASING = """
import json, resource, sys
from pathlib import Path
from session_making import add_lead, make_session
from leadtui.errors import LeadtuiError, StoreError
from leadtui.services import erasing, leads
from leadtui.services.repairing import repair
from leadtui.store import consistency

desk = make_session(Path(sys.argv[1]))
for number in range(100, 200):
    leads.add_note(desk, add_lead(desk, f"Other {number}", f"+1 212 555 0{number}").id, "x" * 4_000)
store = desk.store
store.erase_all_traces()

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

told = []
size = store.path.stat().st_size
for number, room in enumerate(range(60_000, size + 200_000, 100_000)):
    zoe = add_lead(desk, "Zoe Quixwyrm", f"+1 212 555 02{number:02}")
    store.erase_all_traces()
    limit(room)
    try:
        erased = erasing.erase(desk, zoe.id, "asked for it", "Zoe Quixwyrm")
        said = "erased" if erased.complete else "pending"
    except StoreError as error:
        said = "refused"
        assert "nothing was saved" in str(error), error
    limit(resource.RLIM_INFINITY)
    found = [each.fault.value for each in consistency.look(store, desk.now())]
    assert ("erasures" in found) is (said == "pending"), (said, found)
    try:
        leads.open_lead(desk, zoe.id)
        assert said == "refused"
    except LeadtuiError:
        assert said != "refused"
    repair(desk)
    if said != "refused":
        assert b"Quixwyrm" not in store.path.read_bytes()
        assert [each.fault for each in consistency.look(store, desk.now())] == []
    else:
        erasing.erase(desk, zoe.id, "asked for it", "Zoe Quixwyrm")
    told.append(said)
desk.close()
print(json.dumps(told))
"""


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_an_erasing_is_refused_whole_or_done_and_wiped_once_there_is_room(tmp_path: Path) -> None:
    done = run(ERASING, tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) >= {"refused", "pending", "erased"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_a_step_that_does_not_fit_is_refused_whole_and_saved_later(tmp_path: Path) -> None:
    done = run(SCRIPT, tmp_path)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    for sentence in (said.pop("filled"), said.pop("refused")):
        assert "nothing was saved. Free some space" in sentence
    assert said == {
        "unchanged": True,
        "draft": {"note": "typed"},
        "saved": True,
        "draft_after": False,
        "notes_stay": True,
        "whole": "ok",
    }


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run it in a process of its own, whose limits are nobody else's."""
    return subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
    )
