"""Messages go out once, to whom they may, through real servers that refuse, fail, hang, drip and break off."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
import test_mailing
from gateway_server import Behaviour, GatewayServer, Got, answer, break_off, break_off_amid
from session_making import NOON, MovingClock, add_lead, hire, status_of
from test_permissions import grant

from leadtui.domain.audit import AuditFilter
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.message import (
    CLAIM_HOLDS,
    Consent,
    FilledText,
    Medium,
    Message,
    MessageState,
    MessageText,
    Problem,
)
from leadtui.domain.permission import Permission, Profile
from leadtui.errors import InvalidAnswers, NotFound, Refused
from leadtui.services import editing, http_sending, mailing, messages, outbox
from leadtui.services.audit import list_entries
from leadtui.services.bulk import select
from leadtui.services.do_not_call import forbid
from leadtui.services.editing import EditLead
from leadtui.services.erasing import erase
from leadtui.services.follow_up import SetStatus, set_status
from leadtui.services.gateways import find_gateway, forget_gateway, send_trial, set_gateway
from leadtui.services.lead_merge import merge
from leadtui.services.leads import open_lead
from leadtui.services.mailing import set_mail_server
from leadtui.services.messages import NotSendable, queue_message, queue_messages, save_text, set_consent
from leadtui.services.outbox import Run, list_messages, run, send_again, send_next, withdraw
from leadtui.services.profiles import save_profile
from leadtui.services.session import Session
from leadtui.services.template_exchange import template_text
from leadtui.services.undo import NotTakenBack, undo
from leadtui.services.workspace import change_workspace
from leadtui.store import activities, journal, leads
from leadtui.store import outbox as store

certificate, opened = test_mailing.certificate, test_mailing.opened

SECRET = "the-gateway's-word"
ALL = frozenset(MessageState)


@pytest.fixture
def server() -> Generator[GatewayServer]:
    made = GatewayServer()
    yield made
    made.close()


@pytest.fixture
def deduping() -> Generator[GatewayServer]:
    made = GatewayServer(dedupes=True)
    yield made
    made.close()


@pytest.fixture
def mina(session: Session) -> Lead:
    return add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True, email="mina@example.com")


@pytest.fixture
def text(session: Session) -> MessageText:
    return save_text(
        session, MessageText(0, "", "Greeting", Medium.SMS, "Dear {name}, this is {agent} of {company}.")
    )


def standing(session: Session, message: Message) -> Message:
    """The message as it stands now."""
    return next(each.message for each in list_messages(session, ALL) if each.message.id == message.id)


def test_a_message_goes_out_as_it_was_shown_and_the_timeline_says_so(
    session: Session, server: GatewayServer, mina: Lead, text: MessageText
) -> None:
    set_gateway(session, server.gateway(path="status", match="ok"), SECRET)
    filled, to = messages.fill_in(session, mina.id, text.id)
    message = queue_message(session, mina.id, text.id, filled)
    save_text(session, replace(text, body="Something else"), text)
    assert open_lead(session, mina.id).timeline[0].message == message
    assert run(session) == Run(sent=1)
    (got,) = server.got
    assert got.text == filled.body == f"Dear Mina Sadeghi, this is Neda Karimi of {session.workspace.title}."
    assert (got.headers["Authorization"], to) == (f"Bearer {SECRET}", "+12125550101")
    entry = open_lead(session, mina.id).timeline[0]
    assert entry.message is not None
    assert (entry.kind, entry.message.state) == (ActivityKind.MESSAGE, MessageState.SENT)
    assert run(session) == Run()


def hang(handler: BaseHTTPRequestHandler, _got: Got) -> None:
    """Says nothing for longer than anybody waits."""
    threading.Event().wait(1.5)


def drip(handler: BaseHTTPRequestHandler, _got: Got) -> None:
    """Never ends its answer, nor lets a reader wait for long."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for _each in range(60):
        handler.wfile.write(b"X: y\r\n")
        handler.wfile.flush()
        time.sleep(0.025)


BEHAVIOURS: dict[str, tuple[Behaviour, MessageState, Problem | None, bool]] = {
    "refuses this one": (answer(400, "no such number"), MessageState.FAILED, Problem.REFUSED, False),
    "refuses the secret": (answer(401, "who are you?"), MessageState.FAILED, Problem.REFUSED, True),
    "is busy": (answer(503, Retry_After="600"), MessageState.FAILED, Problem.BUSY, True),
    "breaks": (answer(500), MessageState.UNSURE, Problem.NOT_UNDERSTOOD, False),
    "sends elsewhere": (answer(307, Location="/"), MessageState.FAILED, Problem.REFUSED, False),
    "says no": (answer(200, '{"status": "no credit"}'), MessageState.FAILED, Problem.REFUSED, True),
    "says something": (answer(200, "<p>"), MessageState.UNSURE, Problem.NOT_UNDERSTOOD, False),
    "breaks off": (break_off, MessageState.UNSURE, Problem.NO_ANSWER, False),
    "breaks off amid": (break_off_amid, MessageState.UNSURE, Problem.NO_ANSWER, False),
    "hangs": (hang, MessageState.UNSURE, Problem.NO_ANSWER, False),
    "drips": (drip, MessageState.UNSURE, Problem.NO_ANSWER, False),
}


@pytest.mark.parametrize("how", BEHAVIOURS)
def test_what_becomes_of_a_message_where_the_gateway(
    session: Session,
    server: GatewayServer,
    mina: Lead,
    text: MessageText,
    how: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http_sending, "LONGEST", 0.3)
    set_gateway(session, server.gateway(path="status", match="ok"), SECRET)
    server.behaviour, state, problem, again = BEHAVIOURS[how]
    message = queue_message(session, mina.id, text.id)
    began = time.monotonic()
    run(session)
    assert time.monotonic() - began < 1
    found = standing(session, message)
    assert (found.state, found.problem) == (state, problem)
    assert (found.due_at is not None) is again
    assert found.needs_person is not again
    assert SECRET not in found.detail
    assert len(server.got) == 1
    if how == "sends elsewhere":
        assert found.detail == "307: it is asked at another address, /; set that one where you trust it."
    if how == "is busy":
        assert found.due_at == NOON + timedelta(minutes=10)
    assert run(session) == Run()  # nothing is due, or nobody but a person decides it
    server.behaviour = answer(200, '{"status": "ok"}')
    send_again(session, message.id)
    assert run(session) == Run(sent=1)
    with pytest.raises(Refused, match="Only what failed"):
        send_again(session, message.id)
    with pytest.raises(Refused, match="does not wait any more"):
        withdraw(session, message.id)


def test_where_nothing_answers_it_is_tried_again_with_growing_waits_until_a_person_is_asked(
    session: Session, clock: MovingClock, mina: Lead, text: MessageText
) -> None:
    gone = GatewayServer()
    gone.close()
    set_gateway(session, gone.gateway(), SECRET)
    message = queue_message(session, mina.id, text.id)
    tries = 0
    while not (found := standing(session, message)).needs_person:
        assert found.due_at is not None
        clock.now = found.due_at
        assert run(session) == Run(failed=1)
        tries += 1
    assert (found.state, found.problem, tries) == (MessageState.FAILED, Problem.NOT_REACHED, 6)
    assert outbox.count_to_look_at(session) == 1
    sara = hire(session, "Sara Ahmadi", "sara@example.com", clock)
    grant(sara, frozenset(Permission) - {Permission.SEE_CUSTOMERS})
    assert (outbox.count_to_look_at(sara), outbox.list_messages(sara)) == (0, ()), "of whom she does not see"
    for decide in (send_again, withdraw):
        with pytest.raises(NotFound, match=f"no message {message.id}"):
            decide(sara, message.id)
    grant(sara, frozenset(Permission) - {Permission.SEE_NUMBERS})
    with pytest.raises(Refused, match="hidden"):
        send_again(sara, message.id)
    sara.close()


def test_a_gateway_that_knows_what_it_had_is_asked_again_and_delivers_once(
    session: Session, clock: MovingClock, deduping: GatewayServer, mina: Lead, text: MessageText
) -> None:
    set_gateway(session, deduping.gateway(key_hours=2), SECRET)
    deduping.behaviour = break_off
    message = queue_message(session, mina.id, text.id)
    assert run(session) == Run(failed=1)
    clock.move(minutes=1)
    deduping.behaviour = answer(200)
    assert run(session) == Run(sent=1)
    assert len(deduping.got) == 2
    assert len({each.headers["Idempotency-Key"] for each in deduping.got}) == 1
    assert set(deduping.delivered.values()) == {1}
    # Once it may have forgotten, only a person sends it again.
    deduping.behaviour = break_off
    message = queue_message(session, mina.id, text.id)
    assert run(session) == Run(failed=1)
    clock.move(hours=3)
    assert run(session) == Run(unsure=1)
    assert standing(session, message).needs_person
    assert len(deduping.got) == 3


def test_a_claim_that_nobody_holds_is_unsure_unless_its_answer_comes_late(
    session: Session, clock: MovingClock, server: GatewayServer, mina: Lead, text: MessageText
) -> None:
    """A program that sleeps while it sends, for longer than a claim holds: others take it for stopped."""
    set_gateway(session, server.gateway(), SECRET)
    late = queue_message(session, mina.id, text.id)
    seen: list[Run | None] = []

    def sleep_amid(handler: BaseHTTPRequestHandler, got: Got) -> None:
        assert send_next(session) is None  # nobody else has it
        clock.now += CLAIM_HOLDS + timedelta(seconds=1)
        seen.append(send_next(session))
        answer(200)(handler, got)

    server.behaviour = sleep_amid
    assert send_next(session) == Run(sent=1)
    assert seen == [Run(unsure=1)]
    assert standing(session, late).state is MessageState.SENT
    assert len(server.got) == 1


Change = Callable[[Session, Lead], object]


def _give_status_of_no_calls(session: Session, lead: Lead) -> None:
    set_status(session, SetStatus(lead.id, None, status_of(session, "do_not_call").id, note="asked"))


def _ask_for_consent(session: Session) -> None:
    found = find_gateway(session, Medium.SMS)
    assert found is not None
    set_gateway(session, replace(found, asks_consent=True))


def _edit(session: Session, lead: Lead, **typed: str) -> None:
    editing.edit_lead(session, EditLead(lead.id, open_lead(session, lead.id).lead.version, typed))


KEPT_BACK: dict[str, tuple[Change, Problem]] = {
    "calls are forbidden": (lambda session, lead: forbid(session, lead.id, "asked"), Problem.FORBIDDEN),
    "a status forbids calls": (_give_status_of_no_calls, Problem.FORBIDDEN),
    "they refuse": (
        lambda session, lead: set_consent(session, lead.id, Medium.SMS, Consent.REFUSED),
        Problem.CONSENT_REFUSED,
    ),
    "another number": (
        lambda session, lead: _edit(session, lead, phone="+1 212 555 0199"),
        Problem.OTHER_ADDRESS,
    ),
    "no number": (
        lambda session, lead: _edit(session, lead, phone=""),
        Problem.NO_ADDRESS,
    ),
    "only who agreed": (
        lambda session, _lead: _ask_for_consent(session),
        Problem.CONSENT_MISSING,
    ),
    "withdrawn": (lambda session, _lead: withdraw(session, 1), Problem.WITHDRAWN),
    "taken back": (lambda session, _lead: undo(session), Problem.TAKEN_BACK),
}


@pytest.mark.parametrize("why", KEPT_BACK)
def test_it_is_looked_at_again_when_it_is_sent(
    session: Session, server: GatewayServer, mina: Lead, text: MessageText, why: str
) -> None:
    set_gateway(session, server.gateway(), SECRET)
    message = queue_message(session, mina.id, text.id)
    change, problem = KEPT_BACK[why]
    change(session, mina)
    run(session)
    found = standing(session, message)
    assert (found.state, found.problem, server.got) == (MessageState.WITHDRAWN, problem, [])
    if problem in (Problem.FORBIDDEN, Problem.CONSENT_REFUSED, Problem.CONSENT_MISSING, Problem.NO_ADDRESS):
        with pytest.raises(NotSendable) as refused:
            queue_message(session, mina.id, text.id)
        assert refused.value.problem is problem
        assert queue_messages(session, select(session, [mina.id]), text.id).unwritten == 1


def test_nobody_is_disturbed_outside_the_call_windows_unless_the_gateway_says_so(
    session: Session, clock: MovingClock, server: GatewayServer, mina: Lead, text: MessageText
) -> None:
    set_gateway(session, server.gateway(), SECRET)
    change_workspace(
        session, replace(session.workspace, windows="mon-fri 09:00-17:00", zone="America/New_York")
    )
    message = queue_message(session, mina.id, text.id)
    assert run(session) == Run(put_off=1)  # a Saturday
    found = standing(session, message)
    assert (found.problem, found.due_at) == (Problem.QUIET_HOURS, NOON.replace(day=30, hour=13, minute=0))
    assert run(session) == Run()
    assert found.due_at is not None
    clock.now = found.due_at
    assert run(session) == Run(sent=1)
    clock.move(hours=12)
    set_gateway(session, server.gateway(any_hour=True))
    queue_message(session, mina.id, text.id)
    assert run(session) == Run(sent=1)


def test_a_message_that_a_step_causes_is_queued_with_it_and_withdrawn_with_it(
    session: Session, server: GatewayServer, mina: Lead, text: MessageText
) -> None:
    """As whoever causes one does: within the step's own transaction and record."""
    set_gateway(session, server.gateway(), SECRET)

    def step(words: str) -> Message:
        with session.write(Permission.FOLLOW_UP) as tx:
            lead = tx.lead(mina.id)
            with journal.record(tx, lead.id, tx.actor.id, tx.now) as recorded:
                recorded.activity_id = activities.add(
                    tx, lead.id, ActivityKind.TRANSFERRED, tx.now, tx.actor.id, ActivityDetail(text=words)
                )
                said = MessageText(0, "", "Project", Medium.SMS, "{name}: {project}")
                message = messages.queue(
                    tx, lead, said, cause_id=recorded.activity_id, words={"project": words}
                )
                leads.change(tx, lead, owner_id=None, owner_at=None)
            if words == "broken":
                raise Refused("no")
        return message

    with pytest.raises(Refused):
        step("broken")
    assert list_messages(session, ALL) == ()
    first = step("The bridge")
    undo(session)
    assert run(session) == Run()
    assert standing(session, first).problem is Problem.TAKEN_BACK
    second = step("The tower")
    assert run(session) == Run(sent=1)
    assert server.got[0].text == "Mina Sadeghi: The tower"
    undo(session)  # what has gone out is a fact, and the step goes all the same
    assert standing(session, second).state is MessageState.SENT


def test_what_has_gone_out_is_not_taken_back_and_several_go_and_come_back_at_once(
    session: Session, server: GatewayServer, mina: Lead, text: MessageText
) -> None:
    set_gateway(session, server.gateway(), SECRET)
    others = [add_lead(session, f"Customer {each}", f"+1 212 555 02{each:02}") for each in range(5)]
    ids = [mina.id, *(each.id for each in others)]
    assert queue_messages(session, select(session, ids), text.id).done == 6
    assert send_next(session) == Run(sent=1)
    undone = undo(session)
    assert (len(undone.taken), len(undone.refused)) == (5, 1)
    assert run(session) == Run()
    with pytest.raises(NotTakenBack, match="has gone out already"):
        undo(session)


def test_an_erased_customer_is_written_to_no_more_and_named_in_no_other_message(
    session: Session, server: GatewayServer, mina: Lead, text: MessageText
) -> None:
    set_gateway(session, server.gateway(), SECRET)
    queue_message(session, mina.id, text.id)
    other = add_lead(session, "Reza Amini", "+1 212 555 0102")
    about = FilledText(Medium.SMS, "Greeting", "Ring Mina Sadeghi at +12125550101")
    naming = queue_message(session, other.id, text.id, about)
    plain = queue_message(session, other.id, text.id)
    erase(session, mina.id, "asked", mina.name)
    assert run(session) == Run(sent=1)
    assert standing(session, naming).problem is Problem.NAMES_ERASED
    assert standing(session, plain).state is MessageState.SENT
    for held in (str(list_messages(session, ALL)), str(server.got)):
        assert "Mina" not in held
    assert session.store.path is not None
    assert b"12125550101" not in session.store.path.read_bytes()


def test_messages_go_with_a_merge_and_come_back_with_it(
    session: Session, server: GatewayServer, mina: Lead, text: MessageText
) -> None:
    set_gateway(session, server.gateway(), SECRET)
    twin = add_lead(session, "Mina S.", "+1 212 555 0103")
    set_consent(session, twin.id, Medium.EMAIL, Consent.REFUSED)
    first, second = (queue_message(session, each.id, text.id) for each in (mina, twin))
    versions = tuple(open_lead(session, each.id).lead.version for each in (mina, twin))
    merge(session, mina.id, twin.id, (versions[0], versions[1]))
    assert {each.message.lead_id for each in list_messages(session, ALL)} == {mina.id}
    assert messages.consents_of(session, mina.id) == {Medium.EMAIL: Consent.REFUSED}
    undo(session)
    assert standing(session, second).lead_id == twin.id
    assert messages.consents_of(session, mina.id) == {}
    assert run(session) == Run(sent=2)
    assert standing(session, first).state is MessageState.SENT


def test_consent_is_taken_back_like_any_step(session: Session, mina: Lead) -> None:
    set_consent(session, mina.id, Medium.SMS, Consent.REFUSED)
    set_consent(session, mina.id, Medium.SMS, Consent.AGREED)
    assert messages.consents_of(session, mina.id) == {Medium.SMS: Consent.AGREED}
    undo(session)
    assert messages.consents_of(session, mina.id) == {Medium.SMS: Consent.REFUSED}
    undo(session)
    assert messages.consents_of(session, mina.id) == {}


def test_letters_go_out_by_the_mail_server_and_its_answers_say_what_became_of_them(
    session: Session, opened: test_mailing.Open, mina: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, at = opened()
    letter = save_text(
        session, MessageText(0, "", "Letter", Medium.EMAIL, "سلام {name}", "Hello\u2028{name}")
    )
    message = queue_message(session, mina.id, letter.id)
    assert run(session) == Run(failed=1)
    assert standing(session, message).problem is Problem.NO_GATEWAY
    set_mail_server(session, replace(at, secret=""), at.secret)
    send_again(session, message.id)
    assert run(session) == Run(sent=1)
    (got,) = post.got
    assert (got["To"], got["Subject"]) == ("mina@example.com", "Hello Mina Sadeghi")
    assert got["Message-ID"] == f"<{message.token}@example.com>"
    assert got.get_content().strip() == "سلام Mina Sadeghi"
    post.refuses = "mina@example.com"
    refused = queue_message(session, mina.id, letter.id)
    assert run(session) == Run(failed=1)
    found = standing(session, refused)
    assert (found.problem, found.needs_person) == (Problem.REFUSED, True)
    assert "no such person" in found.detail
    monkeypatch.setattr(mailing, "LONGEST_WAIT", 0.3)
    post.refuses, post.hangs = "", 1.0
    hanging = queue_message(session, mina.id, letter.id)
    assert run(session) == Run(unsure=1)
    assert standing(session, hanging).problem is Problem.NO_ANSWER


def test_the_secret_is_told_to_its_own_server_alone(session: Session, server: GatewayServer) -> None:
    set_gateway(session, server.gateway(), SECRET)
    found = find_gateway(session, Medium.SMS)
    assert found is not None
    assert found == server.gateway()
    set_gateway(session, replace(found, statuses="200"))
    for elsewhere in (
        replace(found, url="https://evil.example.com/send"),
        replace(found, url="http://127.0.0.1:9/send"),
        replace(found, user="somebody"),
    ):
        with pytest.raises(InvalidAnswers, match="Type the secret again"):
            set_gateway(session, elsewhere)
    send_trial(session, "+1 212 555 0101", "Trial")
    assert server.got[0].headers["Authorization"] == f"Bearer {SECRET}"
    server.behaviour = answer(400, f"your word {SECRET} is wrong")
    told = send_trial(session, "+1 212 555 0101", "Trial")
    for held in (told, find_gateway(session, Medium.SMS), template_text(session)):
        assert SECRET not in str(held)
    assert SECRET not in str(list_entries(session, AuditFilter()))
    assert SECRET not in str(session.changes_since(0))
    forget_gateway(session, Medium.SMS)
    with session.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM gateway").scalar_one() == 0


def test_who_sees_no_numbers_sends_to_nobody_whose_they_are_and_sees_none_in_messages(
    session: Session, clock: MovingClock, server: GatewayServer, mina: Lead
) -> None:
    set_gateway(session, server.gateway(), SECRET)
    text = save_text(session, MessageText(0, "", "Number", Medium.SMS, "We ring you at +1 212 555 0101"))
    queue_message(session, mina.id, text.id)
    seeing = {Permission.SEE_CUSTOMERS, Permission.SEE_CARTABLE, Permission.SEND_MESSAGES}
    profile = save_profile(session, Profile(0, "", "Blind", frozenset(seeing)))
    with closing(hire(session, "Sara", "sara@example.com", clock, profile.key)) as sara:
        with pytest.raises(Refused):
            queue_message(sara, mina.id, text.id)
        assert queue_messages(sara, [mina.id], text.id).beyond == 1
        shown = str((list_messages(sara, ALL), open_lead(sara, mina.id).timeline))
        assert "0101" not in shown
        # It goes out all the same, whoever's desk is open.
        assert run(sara) == Run(sent=1)
    assert server.got[0].text.endswith("0101")
    assert [each.id for each in store_messages(session)] == [1]


def store_messages(session: Session) -> tuple[Message, ...]:
    """What the outbox holds."""
    with session.read() as tx:
        return store.listed(tx, ALL, 10)
