"""Messages to customers: filled in and queued, in the transaction of whatever causes them, and what customers say to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_hex
from types import MappingProxyType

from leadtui.domain.call_window import outside_window, zone_of_customer
from leadtui.domain.case import Case
from leadtui.domain.case_kind import CaseKind
from leadtui.domain.defining import clean_text
from leadtui.domain.field import FormatContext, show_answer
from leadtui.domain.gateway import Gateway
from leadtui.domain.lead import ActivityDetail, ActivityKind, Lead
from leadtui.domain.lead_entry import shown_texts
from leadtui.domain.message import (
    AGENT,
    CASE_TITLE,
    CITY,
    COMPANY,
    NAME,
    NEED,
    OF_CASE,
    Consent,
    FilledText,
    Medium,
    Message,
    MessageState,
    MessageText,
    Problem,
    fill,
    kept_back,
    placeholders,
    placeholders_in,
)
from leadtui.domain.permission import SEE_LEADS, Permission
from leadtui.domain.view import custom_sort
from leadtui.errors import Conflict, Invalid, NotFound, Refused
from leadtui.language.translate import _, use
from leadtui.services.bulk import Result, Selection, as_selected
from leadtui.services.defining import MESSAGE_TEXT
from leadtui.services.leads import numbers_hidden
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import activities, definitions, journal, leads, outbox
from leadtui.store.journal import Step

_NOTHING: Mapping[str, str] = MappingProxyType({})

_A_DAY = timedelta(days=1)

_CONSENT = "consent"
"""Under this name a step keeps the row of the consent that it wrote."""


class NotSendable(Refused):
    """The customer is not written to by that medium; `problem` says why."""

    def __init__(self, sentence: str, problem: Problem) -> None:
        super().__init__(sentence)
        self.problem = problem


# Queueing


def queue(
    tx: Transaction,
    lead: Lead,
    text: MessageText | FilledText,
    *,
    cause_id: int | None = None,
    words: Mapping[str, str] = _NOTHING,
) -> Message:
    """Queue a message to a customer in the transaction of what causes it, and return it; it goes once that is committed.

    `cause_id` is the activity of the step that causes it, within whose `journal.record` this is called: taking that step
    back withdraws what is not being sent by then. `words` are filled in beside what `words_for` says. Whether the person
    may send is for the caller to ask; an effect of a rule is the workspace's. Raises NotSendable, Invalid where something in
    braces is not known. The lead's version is raised by the step.
    """
    filled = fill(text, {**words_for(tx, lead), **words}) if isinstance(text, MessageText) else text
    recipient = address_of(lead, filled.medium)
    problem = hindrance(tx, lead, filled.medium, gateway_of(tx, filled.medium))
    if problem is not None:
        raise NotSendable(_not_sendable(problem, filled.medium), problem)
    detail = ActivityDetail(text=filled.title, source=filled.medium.value)
    activity_id = activities.add(tx, lead.id, ActivityKind.MESSAGE, tx.now, tx.actor.id, detail)
    sent_by_program = filled.medium.is_sent
    return outbox.add(
        tx,
        Message(
            id=0,
            lead_id=lead.id,
            actor_id=tx.actor.id,
            filled=filled,
            recipient=recipient,
            state=MessageState.QUEUED if sent_by_program else MessageState.HANDED,
            queued_at=tx.now,
            token=token_hex(16),
            activity_id=activity_id,
            cause_id=cause_id,
            due_at=tx.now if sent_by_program else None,
        ),
    )


def queue_message(session: Session, lead_id: int, text_id: int, seen: FilledText | None = None) -> Message:
    """Queue one of the texts to a customer as a step of its own; a link counts as opened.

    `seen` is how it was shown to the person, and is what is sent. Raises NotSendable, NotFound.
    """
    with session.write(Permission.SEND_MESSAGES) as tx:
        lead = _reachable_lead(tx, lead_id)
        text = _text(tx, text_id)
        filled = _seen_filled(tx, lead, text)
        if seen is not None and seen.medium is text.medium:
            filled = replace(seen, filled_in=filled.filled_in)
        return _queue_as_step(tx, lead, filled)


def queue_messages(
    session: Session, lead_ids: Sequence[int] | Selection, text_id: int, *, group_id: int | None = None
) -> Result:
    """Queue one of the texts to several customers, a part of them at a time; one undoing takes all of it back.

    Who is not written to – forbidden, not agreed, no address – counts as `unwritten`, whose number the person may not see, or to
    whom they may not write, as `beyond`. Raises Refused for what only a person opens.
    """
    result = Result(group_id=group_id)
    with session.write(Permission.SEND_MESSAGES) as tx:
        text = _text(tx, text_id)
        if not text.medium.is_sent:
            raise Refused(_("That is opened by hand, one customer after the other."))
        for lead_id, _version in as_selected(lead_ids):
            try:
                lead = _reachable_lead(tx, lead_id)
            except NotFound:
                result += Result(gone=1)
                continue
            except Refused:
                result += Result(beyond=1)
                continue
            group = result.group_id or journal.next_group(tx)
            try:
                _queue_as_step(tx, lead, _seen_filled(tx, lead, text), group)
            except NotSendable:
                result += Result(unwritten=1)
                continue
            result += Result(done=1, group_id=group)
    return result


def fill_in(session: Session, lead_id: int, text_id: int) -> tuple[FilledText, str]:
    """A text as the customer would get it, and the address to which it would go. Raises NotSendable."""
    with session.read(Permission.SEND_MESSAGES) as tx:
        lead = _reachable_lead(tx, lead_id)
        text = _text(tx, text_id)
        problem = hindrance(tx, lead, text.medium, gateway_of(tx, text.medium))
        if problem is not None:
            raise NotSendable(_not_sendable(problem, text.medium), problem)
        return _seen_filled(tx, lead, text), address_of(tx.show(lead), text.medium)


def _seen_filled(tx: Transaction, lead: Lead, text: MessageText) -> FilledText:
    """The text filled in for a customer. Raises Invalid where only a case fills it in."""
    if any(each.startswith(OF_CASE) for each in placeholders_in(text.subject + text.body)):
        words = _("“{title}” says something of a case, whose move sends it; take another text.")
        raise Invalid(words.format(title=text.title))
    return fill(text, words_for(tx, lead))


def _queue_as_step(tx: Transaction, lead: Lead, filled: FilledText, group_id: int | None = None) -> Message:
    with journal.record(tx, lead.id, tx.actor.id, tx.now, group_id=group_id) as step:
        message = queue(tx, lead, filled)
        step.activity_id = message.activity_id
        leads.change(tx, lead)
    return message


def _reachable_lead(tx: Transaction, lead_id: int) -> Lead:
    """A customer whose number and address the person sees. Raises NotFound, Refused."""
    lead = tx.lead(lead_id, Permission.SEND_MESSAGES)
    if not tx.visibility.can_see_numbers(lead.owner_id):
        raise numbers_hidden(tx.show(lead))
    return lead


def _text(tx: Transaction, text_id: int) -> MessageText:
    text = next((each for each in tx.definitions.open_texts if each.id == text_id), None)
    if text is None:
        raise NotFound(_("That text is not in use any more; choose another."))
    return text


def words_for(tx: Transaction, lead: Lead) -> dict[str, str]:
    """What is filled in for a customer, in the language and the calendar of the workspace.

    It is what the person may see of the customer: a field that is hidden from them fills in nothing, whoever's rule causes it.
    """
    lead = tx.show(lead)
    texts = _as_the_workspace_says(tx, lambda context: shown_texts(lead, tx.definitions, context))
    need = tx.definitions.need(lead.need_id)
    own = {each.key: texts.get(custom_sort(each.key), "") for each in tx.definitions.open_fields}
    return {
        **own,
        NAME: lead.name,
        AGENT: tx.actor.name,
        COMPANY: tx.workspace.title,
        CITY: lead.city,
        NEED: need.title if need else "",
    }


def words_of_case(tx: Transaction, kind: CaseKind, case: Case) -> dict[str, str]:
    """What is filled in for a case that sends a text, as `words_for` says what is of the customer."""

    def shown(context: FormatContext) -> dict[str, str]:
        return {
            OF_CASE + each.key: show_answer(each.kind, case.answers[each.key], context)
            for each in kind.open_fields
            if each.key in case.answers
        }

    return _as_the_workspace_says(tx, shown) | {CASE_TITLE: case.title}


def _as_the_workspace_says(
    tx: Transaction, shown: Callable[[FormatContext], dict[str, str]]
) -> dict[str, str]:
    workspace = tx.workspace
    context = replace(tx.format_context(), language=workspace.language, calendar=workspace.calendar)

    def said() -> dict[str, str]:
        use(workspace.language)
        return shown(context)

    return copy_context().run(said)


# Whether it may go


def address_of(lead: Lead, medium: Medium) -> str:
    """Where a message of that medium reaches the customer; empty where it does not."""
    return lead.email if medium is Medium.EMAIL else lead.phone


def has_address(lead: Lead, medium: Medium, address: str) -> bool:
    """Whether the customer is reached there still, be it by another of their numbers than the first."""
    if medium is Medium.EMAIL:
        return lead.email == address
    return any(each.e164 == address for each in lead.numbers)


def gateway_of(tx: Transaction, medium: Medium) -> Gateway:
    """The gateway of a medium with its secret, or one that says nothing."""
    return outbox.gateway(tx, medium) or Gateway(medium)


def hindrance(tx: Transaction, lead: Lead, medium: Medium, gateway: Gateway) -> Problem | None:
    """Why a customer is not written to by a medium now; None where they are. The hour is `quiet_until`'s to say."""
    if not address_of(lead, medium):
        return Problem.NO_ADDRESS
    if lead.do_not_call:
        return Problem.FORBIDDEN
    said = outbox.consents(tx, lead.id).get(medium)
    if said is Consent.REFUSED:
        return Problem.CONSENT_REFUSED
    return Problem.CONSENT_MISSING if gateway.asks_consent and said is None else None


def quiet_until(tx: Transaction, lead: Lead, gateway: Gateway) -> datetime | None:
    """When the customer may be written to, who is not to be disturbed now; None where they may be now."""
    if gateway.any_hour:
        return None
    outside = outside_window(tx.workspace, zone_of_customer(lead.phone, lead.city, tx.workspace), tx.now)
    # Where it does not open in over a year somebody has closed the desk: looked at again tomorrow costs nothing.
    return None if outside is None else outside.opens or tx.now + _A_DAY


def _not_sendable(problem: Problem, medium: Medium) -> str:
    match problem:
        case Problem.NO_ADDRESS if medium is Medium.EMAIL:
            return _("This customer has no e-mail address; enter it first.")
        case Problem.NO_ADDRESS:
            return _("This customer has no number; enter it first.")
        case Problem.CONSENT_REFUSED:
            return _("This customer does not want to be written to by that; ring them, or take another text.")
        case Problem.CONSENT_MISSING:
            return _(
                "This customer has not agreed to be written to by that; ask them, and note that they agree."
            )
        case _:
            return _("This customer must not be written to; somebody must allow calls first.")


# Taking back


def put_back(tx: Transaction, step: Step) -> None:
    """Withdraw the message that the step queued. Raises Refused where it is sent, or is being sent."""
    for each in outbox.of_lead(tx, step.lead_id):
        if each.activity_id != step.activity_id:
            continue
        if each.state in (MessageState.SENT, MessageState.CLAIMED, MessageState.UNSURE):
            raise Refused(_("The message has gone out already; it cannot be taken back."))
        _withdraw(tx, each)


def withdraw_caused(tx: Transaction, step: Step) -> None:
    """Withdraw what the step caused and nobody is sending yet; what went out is a fact and stays."""
    for each in outbox.of_lead(tx, step.lead_id):
        if each.cause_id == step.activity_id:
            _withdraw(tx, each)


def _withdraw(tx: Transaction, message: Message) -> None:
    if message.state in (MessageState.QUEUED, MessageState.FAILED):
        outbox.write(tx, kept_back(message, Problem.TAKEN_BACK, tx.now))


# Consent


def set_consent(session: Session, lead_id: int, medium: Medium, consent: Consent) -> Lead:
    """Note what a customer said to being written to by a medium, and return the customer."""
    with session.write(Permission.FOLLOW_UP) as tx:
        lead = tx.lead(lead_id, Permission.FOLLOW_UP)
        if outbox.consents(tx, lead_id).get(medium) is consent:
            return tx.show(lead)
        detail = ActivityDetail(text=consent.value, source=medium.value)
        with journal.record(tx, lead_id, tx.actor.id, tx.now) as step:
            step.more[_CONSENT] = outbox.add_consent(tx, lead_id, medium, consent, tx.now, tx.actor.id)
            step.activity_id = activities.add(tx, lead_id, ActivityKind.CONSENT, tx.now, tx.actor.id, detail)
            leads.change(tx, lead)
        return tx.show(leads.get(tx, lead_id))


def put_consent_back(tx: Transaction, step: Step) -> None:
    """Let it be as though the customer had not said that."""
    outbox.remove_consent(tx, int(step.was[_CONSENT]))


def consents_of(session: Session, lead_id: int) -> Mapping[Medium, Consent]:
    """What a customer has said to being written to, by medium."""
    with session.read(SEE_LEADS) as tx:
        return outbox.consents(tx, tx.lead(lead_id).id)


# Texts


def save_text(session: Session, text: MessageText, before: MessageText | None = None) -> MessageText:
    """Keep a new text (id 0) or a changed one, and return it as kept.

    Raises InvalidAnswers, each problem under the name of the part, and Conflict where somebody changed it since `before`
    was read.
    """
    with session.write(Permission.WRITE_TEXTS) as tx:
        known = tx.definitions
        stored = next((each for each in known.texts if each.id == text.id), None)
        if text.id and stored is None:
            raise NotFound(_("That definition does not exist any more."))
        if stored is not None and before is not None and stored != before:
            words = _("Somebody else changed “{title}” in the meantime; look at it again, then save.")
            raise Conflict(words.format(title=stored.title))
        others = [each for each in known.texts if each.id != text.id]
        cleaned = clean_text(text, others, placeholders(known.open_fields, known.open_case_kinds))
        if stored is None:
            cleaned = replace(cleaned, position=definitions.next_position(tx, MESSAGE_TEXT))
        text_id = outbox.save_text(tx, cleaned)
    return next(each for each in session.reload_definitions().texts if each.id == text_id)
