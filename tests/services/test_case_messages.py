"""A move sends a text to whom a case is about: filled in from both, queued with the move or not at all, and taken back with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from session_making import add_lead, make_session

from leadtui.domain.case import CaseLead
from leadtui.domain.case_kind import CaseKind
from leadtui.domain.case_kind_table import kind_of
from leadtui.domain.gateway import Gateway
from leadtui.domain.lead import Lead
from leadtui.domain.message import Consent, Medium, MessageState, MessageText, Problem
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.services import cases, do_not_call, leads, messages, undo
from leadtui.services.case_kinds import save_case_kind
from leadtui.services.case_steps import Unsent
from leadtui.services.cases import MoveCase, OpenCase, ShownCase
from leadtui.services.defining import MESSAGE_TEXT, retire
from leadtui.services.gateways import set_gateway
from leadtui.services.messages import save_text
from leadtui.services.outbox import list_messages
from leadtui.services.session import Session
from leadtui.services.template_exchange import compare, import_template, template_text
from leadtui.services.templates import load_template

TEXT = MessageText(0, "", "The offer", Medium.SMS, "Dear {name}: {case.title}, {case.price}, {case.seen_on}.")
VIEWING = {
    "key": "viewing",
    "title": "Viewing",
    "roles": [{"key": "buyer", "title": "Buyer", "most": 0}],
    "fields": [
        {"key": "price", "title": "Price", "kind": "money"},
        {"key": "seen_on", "title": "Seen on", "kind": "date"},
    ],
    "states": [{"key": "planned", "title": "Planned"}, {"key": "offered", "title": "Offered"}],
    "moves": [
        {
            "key": "offer",
            "title": "Offer",
            "from": ["planned"],
            "to": "offered",
            "effects": [{"do": "send", "role": "buyer", "message": "the_offer"}],
        }
    ],
}


def viewing(**effect: str) -> CaseKind:
    kind = kind_of(VIEWING)
    (move,) = kind.moves
    (sends,) = move.effects
    return replace(kind, moves=(replace(move, effects=(replace(sends, **effect),)),))


@pytest.fixture(autouse=True)
def text(session: Session) -> MessageText:
    """A text that says something of a viewing, whose move sends it."""
    plain = save_text(session, replace(TEXT, body="Dear {name}"))
    save_case_kind(session, viewing())
    return save_text(session, replace(plain, body=TEXT.body), plain)


def offered(session: Session, *buyers: Lead) -> ShownCase:
    people = tuple(CaseLead("buyer", each.id) for each in buyers)
    opened = cases.open_case(session, OpenCase("viewing", people, "Oak Street 4", {"price": "1200"}))
    return cases.move_case(session, MoveCase(opened.case.id, "offer"))


def stood(session: Session) -> list[tuple[str, MessageState, Problem | None]]:
    """The messages, the newest first."""
    listed = list_messages(session, frozenset(MessageState))
    return [(each.message.filled.body, each.message.state, each.message.problem) for each in listed]


SAID = "Dear Mina Sadeghi: Oak Street 4, 1,200 USD, ."


def test_a_move_queues_a_text_filled_in_from_both_and_undo_withdraws_it(session: Session) -> None:
    mina = add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    assert offered(session, mina).unsent == ()
    assert stood(session) == [(SAID, MessageState.QUEUED, None)]
    undo.undo(session)
    assert stood(session) == [(SAID, MessageState.WITHDRAWN, Problem.TAKEN_BACK)]
    assert [each.state_title for each in cases.cases_of_lead(session, mina.id)] == ["Planned"]


def refuse(session: Session, lead: Lead) -> None:
    messages.set_consent(session, lead.id, Medium.SMS, Consent.REFUSED)


def forbid(session: Session, lead: Lead) -> None:
    do_not_call.forbid(session, lead.id, "asked us")


def agreed_only(session: Session, lead: Lead) -> None:
    set_gateway(session, Gateway(Medium.SMS, "https://example.com", body="{text} {to}", asks_consent=True))
    del lead


@pytest.mark.parametrize(
    ("happens", "number", "problem"),
    [
        (refuse, "(212) 555-0102", Problem.CONSENT_REFUSED),
        (forbid, "(212) 555-0102", Problem.FORBIDDEN),
        (agreed_only, "(212) 555-0102", Problem.CONSENT_MISSING),
        (refuse, "", Problem.NO_ADDRESS),
    ],
)
def test_who_is_not_written_to_stands_in_no_moves_way(
    session: Session, happens: Callable[[Session, Lead], None], number: str, problem: Problem
) -> None:
    mina = add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    ali = add_lead(session, "Ali Rezaei", number, mine=True)
    messages.set_consent(session, mina.id, Medium.SMS, Consent.AGREED)
    happens(session, ali)
    moved = offered(session, mina, ali)
    assert moved.state_title == "Offered"
    assert moved.unsent == (Unsent(ali.id, "The offer", problem),)
    assert stood(session) == [(SAID, MessageState.QUEUED, None)]
    assert leads.open_lead(session, ali.id).timeline[0].detail.unsent == (("The offer", problem.value),)


def test_a_kind_sends_what_there_is_and_the_text_stays_as_long_as_it_does(
    session: Session, text: MessageText
) -> None:
    chat = save_text(session, MessageText(0, "", "Chat", Medium.WHATSAPP, "Hello"))
    for wrong in ("lost", chat.key):
        with pytest.raises(InvalidAnswers) as refused:
            save_case_kind(session, replace(viewing(message=wrong), key="other", title="Other"))
        assert [each.field for each in refused.value.problems] == ["moves.0.effects.0.message"]
    other = replace(viewing(), key="other", title="Other", fields=())
    with pytest.raises(InvalidAnswers, match="“price”"):
        save_case_kind(session, other)
    with pytest.raises(Invalid, match="cases of: Viewing"):
        retire(session, MESSAGE_TEXT, text.id)
    mina = add_lead(session, "Mina Sadeghi", "(212) 555-0101", mine=True)
    with pytest.raises(Invalid, match="says something of a case"):
        messages.queue_message(session, mina.id, text.id)


def test_a_template_carries_texts_and_the_cases_that_send_them(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    file.write_bytes(template_text(session))
    template = load_template(str(file))
    assert compare(session, template) == []
    other = make_session(tmp_path, "blank")
    import_template(other, template)
    assert other.definitions.case_kinds[-1].messages == {"the_offer"}
    lacking = replace(template, texts=(), case_kinds=())
    import_template(session, lacking, retire_missing=True)
    assert [each.key for each in session.definitions.open_texts] == ["missed_you"]  # which the opening sends
    other.close()
