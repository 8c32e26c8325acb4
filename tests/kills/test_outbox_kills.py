"""Programs are killed while they send: no message goes out twice, and whichever may have gone waits for a person.

Where the gateway knows what it has had, each goes out exactly once. Beside the kills the gateway is busy now and then, or breaks off
before or after it has delivered a message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import closing
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random

import pytest
from amounts import small_and_large
from gateway_server import GatewayServer, Got, answer, break_off
from session_making import add_lead, make_session

from kills.test_kills import Zygote
from kills.workers import MINUTES_APART, STORE
from leadtui.domain.message import FilledText, Medium, MessageState
from leadtui.domain.permission import Permission
from leadtui.services import messages
from leadtui.services.gateways import set_gateway
from leadtui.services.outbox import list_messages, run
from leadtui.services.session import Session, system_clock

some_kills = small_and_large("kills", 6, 200, "LEADTUI_OUTBOX_KILLS")

PER_KILL = 10
"""Messages for each kill."""

BUSY, LOST_BEFORE, LOST_AFTER = "busy", "lost before", "lost after"
MOODS = {BUSY: 0.04, LOST_BEFORE: 0.02, LOST_AFTER: 0.02}


class MoodyServer(GatewayServer):
    """One that is busy now and then, or breaks off before or after it has delivered."""

    def __init__(self, *, dedupes: bool) -> None:
        super().__init__(dedupes=dedupes)
        self._chance = Random(7)
        self._moods: dict[int, str] = {}
        self.delivers = self._delivers
        self.behaviour = self._behave

    def _delivers(self, got: Got) -> bool:
        kinds = [*MOODS, ""]
        (mood,) = self._chance.choices(kinds, [*MOODS.values(), 1 - sum(MOODS.values())])
        self._moods[id(got)] = mood
        return mood not in (BUSY, LOST_BEFORE)

    def _behave(self, handler: BaseHTTPRequestHandler, got: Got) -> None:
        match self._moods.pop(id(got)):
            case "busy":
                answer(503)(handler, got)
            case "":
                answer(200, '{"status": "ok"}')(handler, got)
            case _:
                break_off(handler, got)


@pytest.fixture(scope="module")
def zygote() -> Generator[Zygote]:
    made = Zygote()
    yield made
    made.close()


def queue_all(session: Session, count: int) -> None:
    """So many messages, each with a text of its own, in one transaction."""
    lead_id = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True).id
    with session.write(Permission.SEND_MESSAGES) as tx:
        lead = tx.lead(lead_id)
        for number in range(count):
            messages.queue(tx, lead, FilledText(Medium.SMS, "Numbered", f"message {number}"))


@some_kills
@pytest.mark.parametrize("dedupes", [False, True], ids=["forgets", "knows"])
def test_no_message_goes_out_twice_and_each_that_may_have_waits_for_a_person(
    zygote: Zygote, tmp_path: Path, dedupes: bool, amount: int
) -> None:
    count, chance, kills = PER_KILL * amount, Random(f"send {dedupes}"), 0
    server = MoodyServer(dedupes=dedupes)
    with closing(make_session(tmp_path)) as session:
        # Queued at noon of a day long ago, so that all of it is due.
        queue_all(session, count)
        set_gateway(session, server.gateway(path="status", match="ok", key_hours=24 * 365), "a word")
    for seed in range(amount):
        ended = zygote.kill("send", tmp_path, seed, chance.uniform(0, 0.12))
        assert ended != "failed"
        kills += ended == "killed"
    later = timedelta(minutes=MINUTES_APART * amount)
    with closing(
        Session.open(tmp_path / STORE, "neda@example.com", lambda: system_clock() + later)
    ) as session:
        while any(not each.message.needs_person for each in list_messages(session, ON_THE_WAY, count)):
            run(session)
            later += timedelta(hours=1)
        listed = list_messages(session, frozenset(MessageState), count + 1)
        to_look_at = list_messages(session, limit=count)
    server.close()
    states = Counter(each.message.state for each in listed)
    stood = {each.message.filled.body: each.message for each in listed}
    assert len(stood) == count
    assert kills > amount / 2
    assert max(server.delivered.values()) == 1
    if dedupes:
        assert states == {MessageState.SENT: count}
        assert server.delivered.keys() == stood.keys()
        assert len(server.got) > count
        return
    assert states.keys() == {MessageState.SENT, MessageState.UNSURE}
    sent = {text for text, each in stood.items() if each.state is MessageState.SENT}
    unsure = {each.message.filled.body for each in to_look_at}
    assert sent | unsure == stood.keys()
    assert sent <= server.delivered.keys()
    # Of what may have gone out some did and some did not: nobody could have known.
    assert len(unsure) <= 2 * kills + count * 0.1


ON_THE_WAY = frozenset({MessageState.QUEUED, MessageState.CLAIMED, MessageState.FAILED})
