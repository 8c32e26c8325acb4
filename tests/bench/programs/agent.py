"""An agent who saves a step every two seconds: `python -m tests.bench.programs.agent STORE NUMBER`.

Says that the store is open, waits for a line, and works until its input ends. Prints the seconds of each save, or `refused`
for one that the store did not take.
"""

from __future__ import annotations

import itertools
import random
import select
import sys
import time
from datetime import timedelta

from leadtui.domain.view import LeadFilter, View
from leadtui.errors import StoreError
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.lead_list import LeadList
from leadtui.services.session import Session

THINKING = 2.0
"""Seconds between two steps."""

AGENTS = 20
"""Each of at most so many works customers of their own."""


def main() -> None:
    """Work."""
    store, number = sys.argv[1], int(sys.argv[2])
    session = Session.open(store, f"{1 + number}@desk.test")
    # Those whom nobody has worked: others may not be rung.
    own = LeadList(session).order(View(filter=LeadFilter(without_status=True)))[number::AGENTS]
    sys.stdout.write("\n")
    sys.stdout.flush()
    sys.stdin.readline()
    time.sleep(random.Random(number).uniform(0, THINKING))
    for lead_id in itertools.cycle(own):
        _say(_save(session, lead_id))
        if select.select([sys.stdin], [], [], THINKING)[0]:
            break
    session.close()


def _save(session: Session, lead_id: int) -> str:
    began = time.perf_counter()
    try:
        at = session.now() + timedelta(days=1)
        set_status(session, SetStatus(lead_id, None, 1, remind_at=at, note="Rings back"))
    except StoreError:
        return "refused"
    return str(time.perf_counter() - began)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
