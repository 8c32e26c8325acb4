"""The outbox: what is due is sent, one message at a time, each claimed on the disk before it goes; the rest is for people."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from leadtui.domain.gateway import Gateway, Values
from leadtui.domain.lead import Lead
from leadtui.domain.mail import Letter, MailServer
from leadtui.domain.message import (
    TO_LOOK_AT,
    WAITING,
    Medium,
    Message,
    MessageState,
    NotTaken,
    Outcome,
    Problem,
    Taken,
    abandoned,
    after,
    is_recognised,
    kept_back,
    put_off,
)
from leadtui.domain.permission import SEE_LEADS, Permission
from leadtui.errors import NotFound, Refused
from leadtui.language.phone import dialled_at_home
from leadtui.language.translate import _
from leadtui.services import http_sending, mailing
from leadtui.services.leads import numbers_hidden
from leadtui.services.messages import gateway_of, has_address, hindrance, quiet_until
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import leads, mail, outbox

AT_ONCE = 100
"""Messages that are looked at in one transaction, where nothing is sent in between."""

MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to: how many were sent, failed, are unsure, were put off, or were kept back."""

    sent: int = 0
    failed: int = 0
    unsure: int = 0
    put_off: int = 0
    withdrawn: int = 0

    def __add__(self, other: Run) -> Run:
        """Both together."""
        return Run(
            self.sent + other.sent,
            self.failed + other.failed,
            self.unsure + other.unsure,
            self.put_off + other.put_off,
            self.withdrawn + other.withdrawn,
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """A message in a list, and to whom, as the person may see both."""

    message: Message
    lead_name: str


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A message that this program alone sends, and by what."""

    message: Message
    gateway: Gateway
    server: MailServer | None


# Sending


def is_anything_due(session: Session) -> bool:
    """Whether there is something to send, by whoever may send."""
    with session.read(Permission.SEND_MESSAGES) as tx:
        return outbox.is_anything_due(tx, tx.now)


def run(session: Session, going_on: Callable[[], bool] = lambda: True) -> Run:
    """Send whatever is due, one after the other, as long as `going_on` says so, and say what it came to."""
    done = Run()
    while going_on():
        step = send_next(session)
        if step is None:
            break
        done += step
    return done


def send_next(session: Session) -> Run | None:
    """Send the message that is due longest, or say of it why it is not sent; None where nothing is due.

    That it is being sent is on the disk before it begins. Whoever is stopped in between leaves it claimed: it was sent or it
    was not, and after a while it counts as unsure – or, where the gateway knows what it has had before, it is tried again.
    """
    with session.write(Permission.SEND_MESSAGES, tells=True) as tx:
        found = _claim(tx)
    if not isinstance(found, _Claimed):
        return found
    outcome = _send(found)
    with session.write(tells=True) as tx:
        return _settle(tx, found, outcome)


def _claim(tx: Transaction) -> _Claimed | Run | None:
    left = outbox.abandoned(tx, tx.now, AT_ONCE)
    if left:
        settled = [abandoned(each, tx.now, gateway_of(tx, each.filled.medium).key_holds) for each in left]
        for each in settled:
            outbox.write(tx, each)
        return _counted(settled)
    message = outbox.next_due(tx, tx.now)
    if message is None:
        return None
    gateway = gateway_of(tx, message.filled.medium)
    lead = leads.get(tx, message.lead_id)
    problem = _hindrance_now(tx, message, lead, gateway)
    if problem is not None:
        kept = kept_back(message, problem, tx.now)
    elif not is_recognised(message, tx.now, gateway.key_holds):
        # It waited for longer than the gateway knows that it may have had it.
        kept = kept_back(message, message.problem or Problem.STOPPED, tx.now)
    elif (opens := quiet_until(tx, lead, gateway)) is not None:
        kept = put_off(message, opens, tx.now)
    else:
        claimed = replace(
            message,
            state=MessageState.CLAIMED,
            state_at=tx.now,
            attempts=message.attempts + 1,
            due_at=None,
            problem=None,
            detail="",
        )
        outbox.write(tx, claimed)
        server = mail.find(tx) if message.filled.medium is Medium.EMAIL else None
        return _Claimed(claimed, gateway, server)
    outbox.write(tx, kept)
    return _counted([kept])


def _hindrance_now(tx: Transaction, message: Message, lead: Lead, gateway: Gateway) -> Problem | None:
    problem = hindrance(tx, lead, message.filled.medium, gateway)
    if problem is None and not has_address(lead, message.filled.medium, message.recipient):
        return Problem.OTHER_ADDRESS
    return problem


def _send(claimed: _Claimed) -> Outcome:
    message, filled = claimed.message, claimed.message.filled
    if filled.medium is Medium.EMAIL:
        if claimed.server is None:
            return NotTaken(Problem.NO_GATEWAY)
        letter = Letter(message.recipient, filled.subject, filled.body)
        return mailing.deliver(claimed.server, letter, message.token)
    if not claimed.gateway.url:
        return NotTaken(Problem.NO_GATEWAY)
    return http_sending.send(
        claimed.gateway,
        Values(message.recipient, dialled_at_home(message.recipient), filled.body, message.token),
    )


def _settle(tx: Transaction, claimed: _Claimed, outcome: Outcome) -> Run:
    """Write what became of the message, unless somebody else has tried it since, or it is erased."""
    standing = outbox.claimed_as(tx, claimed.message)
    late = standing is not None and standing.state is not MessageState.CLAIMED
    if standing is None or (late and not isinstance(outcome, Taken)):
        return Run()
    settled = after(standing, outcome, tx.now, claimed.gateway.key_holds)
    outbox.write(tx, settled)
    return _counted([settled])


def _counted(settled: Collection[Message]) -> Run:
    counts = dict.fromkeys(MessageState, 0)
    for each in settled:
        counts[each.state] += 1
    return Run(
        counts[MessageState.SENT],
        counts[MessageState.FAILED],
        counts[MessageState.UNSURE],
        counts[MessageState.QUEUED],
        counts[MessageState.WITHDRAWN],
    )


# What people see of it, and do to it


def list_messages(
    session: Session, states: Collection[MessageState] = TO_LOOK_AT, limit: int = MOST_LISTED
) -> tuple[Listed, ...]:
    """Messages in one of these states, the newest first, to customers whom the person sees."""
    with session.read(SEE_LEADS) as tx:
        found = outbox.listed(tx, states, limit, tx.visibility.customers)
        there = leads.rows(tx, {each.lead_id for each in found})
        return tuple(
            Listed(tx.visibility.redact_message(each, lead.owner_id), tx.show(lead).name)
            for each in found
            if (lead := there.get(each.lead_id)) is not None and tx.visibility.can_see(lead.owner_id)
        )


def count_to_look_at(session: Session) -> int:
    """How many messages to customers whom the person sees wait, since they failed or nobody knows whether they were sent."""
    with session.read(Permission.SEND_MESSAGES) as tx:
        return outbox.count_to_look_at(tx, tx.visibility.customers)


def withdraw(session: Session, message_id: int) -> Message:
    """Send a message that waits no more. Raises Refused where it does not wait any more."""
    with session.write(Permission.SEND_MESSAGES) as tx:
        message, owner_id = _found(tx, message_id)
        if message.state not in WAITING | {MessageState.UNSURE}:
            raise Refused(_("It does not wait any more; look at the list again."))
        kept = replace(kept_back(message, Problem.WITHDRAWN, tx.now), state=MessageState.WITHDRAWN)
        outbox.write(tx, kept)
        return tx.visibility.redact_message(kept, owner_id)


def send_again(session: Session, message_id: int) -> Message:
    """Queue a message anew that failed or is unsure, as a person decides who has looked whether it came.

    Raises Refused where it neither failed nor is unsure, and where the customer's numbers are hidden from the person.
    """
    with session.write(Permission.SEND_MESSAGES) as tx:
        message, owner_id = _found(tx, message_id)
        if not tx.visibility.can_see_numbers(owner_id):
            raise numbers_hidden(tx.show(tx.lead(message.lead_id)))
        if message.state not in TO_LOOK_AT:
            raise Refused(_("Only what failed, or is unsure, is sent again."))
        queued = replace(
            message,
            state=MessageState.QUEUED,
            state_at=tx.now,
            due_at=tx.now,
            attempts=0,
            doubted_at=None,
            problem=None,
            detail="",
        )
        outbox.write(tx, queued)
        return tx.visibility.redact_message(queued, owner_id)


def _found(tx: Transaction, message_id: int) -> tuple[Message, int | None]:
    """The message, and in whose cartable the customer is. Raises NotFound also where the person does not see the customer."""
    message, missing = outbox.get(tx, message_id), _("There is no message {id}.").format(id=message_id)
    if message is None:
        raise NotFound(missing)
    try:
        return message, tx.lead(message.lead_id, Permission.SEND_MESSAGES).owner_id
    except NotFound:
        raise NotFound(missing) from None
