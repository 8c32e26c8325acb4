"""A customer is written to by two keys, the desk sends it beside everything else, and what is unsure is sent again by a person alone."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from desk_driving import driven
from gateway_server import GatewayServer, answer
from session_making import add_lead
from visits import VISIT

from leadtui.domain.case import CaseLead
from leadtui.domain.case_kind_table import kind_of
from leadtui.domain.message import Consent, Medium, MessageState, MessageText
from leadtui.services import messages
from leadtui.services.case_kinds import save_case_kind
from leadtui.services.cases import OpenCase, open_case
from leadtui.services.gateways import find_gateway, set_gateway
from leadtui.services.messages import queue_message, save_text
from leadtui.services.outbox import list_messages, run
from leadtui.services.session import Session
from leadtui.tui.dialogs.gateway_dialog import GatewayDialog
from leadtui.tui.dialogs.message_dialogs import ConsentDialog, LinkDialog, MessageDialog, SendAgainDialog
from leadtui.tui.screens.outbox import OutboxScreen


@pytest.fixture
def server() -> Generator[GatewayServer]:
    made = GatewayServer()
    yield made
    made.close()


def states(session: Session) -> list[MessageState]:
    """Where all messages stand, the newest first."""
    return [each.message.state for each in list_messages(session, frozenset(MessageState))]


async def test_two_keys_write_to_the_customer_and_the_open_desk_sends(
    session: Session, server: GatewayServer
) -> None:
    set_gateway(session, server.gateway(), "a word")
    add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    save_text(session, MessageText(0, "", "Greeting", Medium.SMS, "Dear {name}, until tomorrow. {agent}"))
    async with driven(session) as driver:
        await driver.press("M")
        await driver.type("Greeting")
        await driver.reached(lambda: driver.shows("Dear Mina Sadeghi, until tomorrow. Neda Karimi"))
        await driver.press("enter")
        driver.app.sending.look()
        await driver.reached(lambda: states(session) == [MessageState.SENT])
        await driver.reached(lambda: driver.shows("SMS Greeting  sent"))
    assert server.got[0].text == "Dear Mina Sadeghi, until tomorrow. Neda Karimi"


async def test_what_is_unsure_is_sent_again_only_by_who_says_so(
    session: Session, server: GatewayServer
) -> None:
    set_gateway(session, server.gateway(), "a word")
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    text = save_text(session, MessageText(0, "", "Greeting", Medium.SMS, "Dear {name}"))
    server.behaviour = answer(500)
    queue_message(session, lead.id, text.id)
    run(session)
    async with driven(session) as driver:
        await driver.press("O")
        await driver.reached(lambda: isinstance(driver.app.screen, OutboxScreen) and driver.shows("unsure"))
        assert driver.shows("the gateway's answer was not understood: 500")
        await driver.press("a")
        await driver.reached(lambda: isinstance(driver.app.screen, SendAgainDialog))
        await driver.press("enter")
        assert states(session) == [MessageState.UNSURE]
        await driver.press("a", "a")
        await driver.reached(lambda: states(session) == [MessageState.QUEUED])
        await driver.press("w", "x")
        await driver.reached(lambda: states(session) == [MessageState.WITHDRAWN])
    assert len(server.got) == 1


async def test_a_link_is_opened_by_hand_and_what_the_customer_wants_is_noted(session: Session) -> None:
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    save_text(session, MessageText(0, "", "Chat", Medium.WHATSAPP, "Hello {name}"))
    async with driven(session) as driver:
        await driver.press("M")
        await driver.type("Chat")
        await driver.press("enter")
        await driver.reached(lambda: isinstance(driver.app.screen, LinkDialog))
        assert driver.shows("https://wa.me/12125550101?text=Hello%20Mina%20Sadeghi")
        await driver.press("escape")
        await driver.reached(lambda: driver.shows("WhatsApp Chat  link opened"))
        await driver.app.run_named("message-consent")
        await driver.reached(lambda: isinstance(driver.app.screen, ConsentDialog))
        await driver.press("down", "down", "right", "ctrl+s")
        await driver.reached(
            lambda: driver.shows("WhatsApp") and bool(messages.consents_of(session, lead.id))
        )
        await driver.press("M")
        await driver.type("Chat")
        await driver.reached(lambda: isinstance(driver.app.screen, MessageDialog))
        said = messages.consents_of(session, lead.id)
        assert driver.shows("does not want to be written to") is (
            said.get(Medium.WHATSAPP) is Consent.REFUSED
        )


async def test_a_move_of_a_case_says_what_it_did_not_send(session: Session) -> None:
    text = save_text(session, MessageText(0, "", "The offer", Medium.SMS, "Dear {name}"))
    sends = [{"do": "send", "role": "who", "message": text.key}]
    save_case_kind(session, kind_of({**VISIT, "moves": [{**VISIT["moves"][0], "effects": sends}]}))
    lead = add_lead(session, "Mina Sadeghi", "+1 212 555 0101", mine=True)
    messages.set_consent(session, lead.id, Medium.SMS, Consent.REFUSED)
    open_case(session, OpenCase("visit", (CaseLead("who", lead.id),)))
    async with driven(session) as driver:
        await driver.press("C", "enter", "enter")
        await driver.reached(
            lambda: driver.shows_wrapped("“The offer” was not queued to Mina Sadeghi: does not want it.")
        )
        await driver.press("escape", "escape")
        await driver.reached(lambda: driver.shows("“The offer” not queued: does not want it"))
    assert states(session) == []


async def test_a_text_and_the_gateway_are_set_in_the_settings_and_tried(
    session: Session, server: GatewayServer
) -> None:
    wanted = server.gateway()
    async with driven(session, size=(120, 50)) as driver:
        await driver.press("f2", "w", "a")
        await driver.type("Greeting")
        assert not driver.shows("Subject of a letter")
        await driver.press("tab", "right")
        assert driver.shows("Subject of a letter")
        await driver.press("left", "tab")
        await driver.type("Dear {nobody}")
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("“{nobody}” is filled in by nothing"))
        await driver.press(*["backspace"] * 8)
        await driver.type("{name}")
        await driver.press("ctrl+s")
        await driver.reached(lambda: session.definitions.texts[-1].body == "Dear {name}")
        await driver.press("escape", "f2", "w", "g")
        await driver.reached(lambda: isinstance(driver.app.screen, GatewayDialog))
        await driver.type(wanted.url)
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("Say where the text goes, by {text}."))
        await driver.type('{"to": "{to}", "text": "{text}"}')
        await driver.press("end", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab")
        await driver.type("+1 212 555 0101")
        await driver.press("ctrl+s")
        await driver.reached(lambda: driver.shows("The gateway took it"))
    found = find_gateway(session, Medium.SMS)
    assert found is not None
    assert (found.url, found.body) == (wanted.url, '{"to": "{to}", "text": "{text}"}')
    assert len(server.got) == 1
