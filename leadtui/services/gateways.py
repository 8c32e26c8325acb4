"""Setting the gateways by which messages go out, whose secrets are told to them alone, and trying them."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_hex

from leadtui.domain.audit import AuditAct, AuditEvent, AuditKind, Part
from leadtui.domain.gateway import Gateway, Values, clean_gateway, clean_secret
from leadtui.domain.message import Medium, Outcome
from leadtui.domain.permission import Permission
from leadtui.errors import Invalid, InvalidAnswers, Refused
from leadtui.language.phone import dialled_at_home, parse_phone
from leadtui.language.text import clean
from leadtui.language.translate import _
from leadtui.services import http_sending
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import outbox


def find_gateway(session: Session, medium: Medium) -> Gateway | None:
    """The gateway of a medium, without its secret; None where none is set."""
    with session.read(Permission.SET_UP_MESSAGES) as tx:
        found = outbox.gateway(tx, medium)
    return None if found is None else replace(found, secret="")


def set_gateway(session: Session, gateway: Gateway, secret: str | None = None) -> None:
    """Let messages of its medium go out there. Without a secret the one that is kept stays, told to the same server alone.

    Raises InvalidAnswers, each problem under the name of the part.
    """
    cleaned = clean_gateway(gateway)
    with session.write(Permission.SET_UP_MESSAGES) as tx:
        before = outbox.gateway(tx, cleaned.medium)
        kept = ""
        if secret is not None:
            kept = clean_secret(secret)
        elif before is not None and before.secret:
            if not before.same_door(cleaned):
                # Else whoever may change the gateway, and not know the secret, would have it sent to their own.
                wrong = Invalid(_("Type the secret again; the one before was for another server."), "secret")
                raise InvalidAnswers((wrong,))
            kept = before.secret
        outbox.put_gateway(tx, cleaned.medium, replace(cleaned, secret=kept))
        _tell_audit(tx, before, cleaned)


def forget_gateway(session: Session, medium: Medium) -> None:
    """Send nothing by it any more; its secret is forgotten. What waits for it goes on waiting for another one."""
    with session.write(Permission.SET_UP_MESSAGES) as tx:
        before = outbox.gateway(tx, medium)
        if before is not None:
            outbox.put_gateway(tx, medium, None)
            _tell_audit(tx, before, None)


def send_trial(session: Session, number: str, text: str) -> Outcome:
    """Send a short message to a number of one's own, and say what the gateway made of it. Raises Invalid, Refused."""
    with session.read(Permission.SET_UP_MESSAGES) as tx:
        gateway = outbox.gateway(tx, Medium.SMS)
        parsed = parse_phone(clean(number), tx.workspace.region)
    if parsed is None:
        words = _("“{number}” is not a telephone number; write it as it is dialled.")
        raise Invalid(words.format(number=number), "number")
    if gateway is None:
        raise Refused(_("No gateway is set; `leadtui gateways set sms` sets one."))
    values = Values(parsed.e164, dialled_at_home(parsed.e164), text, token_hex(16))
    return http_sending.send(gateway, values)


def _tell_audit(tx: Transaction, before: Gateway | None, after: Gateway | None) -> None:
    """Tell where messages went and go, and to whom; what else was set may have a secret in it, and is not told."""
    was, now = (_told(each) for each in (before, after))
    parts = tuple(Part(name, was[name], now[name]) for name in was if was[name] != now[name])
    known = after or before
    act = AuditAct.ADDED if before is None else AuditAct.REMOVED if after is None else AuditAct.CHANGED
    title = known.medium.value if known is not None else ""
    tx.audit(AuditEvent(AuditKind.GATEWAY, act, None, title, parts))


def _told(gateway: Gateway | None) -> dict[str, str | bool | None]:
    if gateway is None:
        return dict.fromkeys(("gateway_host", "any_hour", "asks_consent"))
    return {
        "gateway_host": gateway.host,
        "any_hour": gateway.any_hour,
        "asks_consent": gateway.asks_consent,
    }
