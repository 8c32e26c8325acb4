"""The outbox, the texts and the gateways of a workspace, and what customers said to being written to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, or_, select, true, update

from leadtui.domain.gateway import Gateway, Method
from leadtui.domain.message import (
    CLAIM_HOLDS,
    TO_LOOK_AT,
    WAITING,
    Consent,
    FilledText,
    Medium,
    Message,
    MessageState,
    MessageText,
    Problem,
)
from leadtui.domain.visibility import Owners
from leadtui.store import changes, tables
from leadtui.store.connection import WorkspaceConnection, insert_row
from leadtui.store.expressions import in_cartables_of

_message = tables.outbox.c
_COLUMNS = (
    _message.id,
    _message.lead_id,
    _message.actor_id,
    _message.medium,
    _message.title,
    _message.body,
    _message.subject,
    _message.filled_in,
    _message.recipient,
    _message.state,
    _message.queued_at,
    _message.token,
    _message.activity_id,
    _message.cause_id,
    _message.due_at,
    _message.state_at,
    _message.attempts,
    _message.doubted_at,
    _message.problem,
    _message.detail,
)

_DUE = (MessageState.QUEUED.value, MessageState.FAILED.value)


# The outbox


def add(tx: WorkspaceConnection, message: Message) -> Message:
    """Write a new message, whose id is 0, and return it with its id."""
    row_id = insert_row(
        tx.connection,
        tables.outbox,
        workspace_id=tx.workspace_id,
        lead_id=message.lead_id,
        actor_id=message.actor_id,
        medium=message.filled.medium.value,
        title=message.filled.title,
        subject=message.filled.subject,
        body=message.filled.body,
        filled_in=None if message.filled.filled_in is None else sorted(message.filled.filled_in),
        recipient=message.recipient,
        queued_at=message.queued_at,
        token=message.token,
        activity_id=message.activity_id,
        cause_id=message.cause_id,
        **_standing(message),
    )
    changes.record(tx, "outbox", [row_id])
    return replace(message, id=row_id)


def write(tx: WorkspaceConnection, message: Message) -> None:
    """Write where a message stands now; its customer is shown anew. One that is gone by now stays gone."""
    tx.connection.execute(
        update(tables.outbox)
        .where(_message.workspace_id == tx.workspace_id, _message.id == message.id)
        .values(**_standing(message))
    )
    changes.record(tx, "outbox", [message.id])
    changes.record(tx, "lead", [message.lead_id])


def _standing(message: Message) -> dict[str, Any]:
    return {
        "state": message.state.value,
        "due_at": message.due_at,
        "state_at": message.state_at,
        "attempts": message.attempts,
        "doubted_at": message.doubted_at,
        "problem": message.problem.value if message.problem else "",
        "detail": message.detail,
    }


def get(tx: WorkspaceConnection, message_id: int) -> Message | None:
    """The message of that id."""
    row = tx.connection.execute(
        select(*_COLUMNS).where(_message.workspace_id == tx.workspace_id, _message.id == message_id)
    ).one_or_none()
    return None if row is None else _message_from(row)


def next_due(tx: WorkspaceConnection, at: datetime) -> Message | None:
    """The message that is due longest at that moment."""
    row = tx.connection.execute(
        select(*_COLUMNS)
        .where(_message.workspace_id == tx.workspace_id, _message.state.in_(_DUE), _message.due_at <= at)
        .order_by(_message.due_at, _message.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else _message_from(row)


def abandoned(tx: WorkspaceConnection, at: datetime, limit: int) -> tuple[Message, ...]:
    """Messages whose claims are nobody's any more at that moment, the oldest first."""
    rows = tx.connection.execute(
        select(*_COLUMNS)
        .where(
            _message.workspace_id == tx.workspace_id,
            _message.state == MessageState.CLAIMED.value,
            _message.state_at < at - CLAIM_HOLDS,
        )
        .order_by(_message.id)
        .limit(limit)
    )
    return tuple(_message_from(row) for row in rows)


def claimed_as(tx: WorkspaceConnection, message: Message) -> Message | None:
    """The message as it stands, as long as nobody has claimed it since it was claimed as this; None else."""
    now = get(tx, message.id)
    if now is None or now.attempts != message.attempts:
        return None
    another = now.state is MessageState.CLAIMED and now.state_at != message.state_at
    return None if another else now


def listed(
    tx: WorkspaceConnection, states: Collection[MessageState], limit: int, owners: Owners = None
) -> tuple[Message, ...]:
    """Messages in one of these states to customers in the cartables of `owners`, the newest first."""
    rows = tx.connection.execute(
        select(*_COLUMNS)
        .where(
            _message.workspace_id == tx.workspace_id,
            _message.state.in_([each.value for each in states]),
            _is_to_customers_of(tx, owners),
        )
        .order_by(_message.id.desc())
        .limit(limit)
    )
    return tuple(_message_from(row) for row in rows)


def of_lead(tx: WorkspaceConnection, lead_id: int) -> tuple[Message, ...]:
    """All messages to a customer, the oldest first."""
    rows = tx.connection.execute(
        select(*_COLUMNS)
        .where(_message.workspace_id == tx.workspace_id, _message.lead_id == lead_id)
        .order_by(_message.id)
    )
    return tuple(_message_from(row) for row in rows)


def count_to_look_at(tx: WorkspaceConnection, owners: Owners = None) -> int:
    """How many messages to customers in the cartables of `owners` wait for a person."""
    counted = select(func.count()).where(
        _message.workspace_id == tx.workspace_id,
        _message.state.in_([each.value for each in TO_LOOK_AT]),
        _message.due_at.is_(None),
        _is_to_customers_of(tx, owners),
    )
    return tx.connection.execute(counted).scalar_one()


def _is_to_customers_of(tx: WorkspaceConnection, owners: Owners) -> ColumnElement[bool]:
    if owners is None:
        return true()
    theirs = select(tables.lead.c.id).where(
        tables.lead.c.workspace_id == tx.workspace_id, in_cartables_of(tables.lead.c.owner_id, owners)
    )
    return _message.lead_id.in_(theirs)


def is_anything_due(tx: WorkspaceConnection, at: datetime) -> bool:
    """Whether there is something to send at that moment, or a claim that nobody holds any more."""
    due = and_(_message.state.in_(_DUE), _message.due_at <= at)
    left = and_(_message.state == MessageState.CLAIMED.value, _message.state_at < at - CLAIM_HOLDS)
    found = select(_message.id).where(_message.workspace_id == tx.workspace_id, or_(due, left)).limit(1)
    return tx.connection.execute(found).first() is not None


def withdraw_named(tx: WorkspaceConnection, ids: Iterable[int]) -> None:
    """Send none of these any more, which an erasing has changed, as far as they wait."""
    ends_as = case(
        (_message.doubted_at.is_(None), MessageState.WITHDRAWN.value), else_=MessageState.UNSURE.value
    )
    tx.connection.execute(
        update(tables.outbox)
        .where(
            _message.workspace_id == tx.workspace_id,
            _message.id.in_(list(ids)),
            _message.state.in_([each.value for each in WAITING]),
        )
        .values(state=ends_as, due_at=None, problem=Problem.NAMES_ERASED.value)
    )
    changes.record(tx, "outbox", [changes.WHOLE_TABLE])


def _message_from(row: Any) -> Message:
    return Message(
        id=row.id,
        lead_id=row.lead_id,
        actor_id=row.actor_id,
        filled=FilledText(
            Medium(row.medium),
            row.title,
            row.body,
            row.subject,
            None if row.filled_in is None else frozenset(row.filled_in),
        ),
        recipient=row.recipient,
        state=MessageState(row.state),
        queued_at=row.queued_at,
        token=row.token,
        activity_id=row.activity_id,
        cause_id=row.cause_id,
        due_at=row.due_at,
        state_at=row.state_at,
        attempts=row.attempts,
        doubted_at=row.doubted_at,
        problem=Problem(row.problem) if row.problem else None,
        detail=row.detail,
    )


# Consent


def consents(tx: WorkspaceConnection, lead_id: int) -> dict[Medium, Consent]:
    """What a customer has said, by medium."""
    row = tables.consent.c
    rows = tx.connection.execute(
        select(row.medium, row.consent)
        .where(row.workspace_id == tx.workspace_id, row.lead_id == lead_id)
        .order_by(row.at, row.id)
    )
    return {Medium(each.medium): Consent(each.consent) for each in rows}


def add_consent(
    tx: WorkspaceConnection, lead_id: int, medium: Medium, consent: Consent, at: datetime, actor_id: int
) -> int:
    """Keep what a customer said, and return the id of it. `at` is aware UTC."""
    return insert_row(
        tx.connection,
        tables.consent,
        workspace_id=tx.workspace_id,
        lead_id=lead_id,
        medium=medium.value,
        consent=consent.value,
        at=at,
        actor_id=actor_id,
    )


def remove_consent(tx: WorkspaceConnection, row_id: int) -> None:
    """Let it be as though that had not been said."""
    row = tables.consent.c
    tx.connection.execute(delete(tables.consent).where(row.workspace_id == tx.workspace_id, row.id == row_id))


# Gateways


def gateway(tx: WorkspaceConnection, medium: Medium) -> Gateway | None:
    """The gateway of a medium, with its secret; None where none is set."""
    row = tx.connection.execute(
        select(tables.gateway.c.content, tables.gateway.c.secret).where(
            tables.gateway.c.workspace_id == tx.workspace_id, tables.gateway.c.medium == medium.value
        )
    ).one_or_none()
    if row is None:
        return None
    kept = dict(row.content)
    kept["headers"] = tuple((str(name), str(value)) for name, value in kept.get("headers", ()))
    kept["method"] = Method(kept.get("method", Method.POST))
    return Gateway(medium, **kept, secret=row.secret)


def put_gateway(tx: WorkspaceConnection, medium: Medium, wanted: Gateway | None) -> None:
    """Let this be the gateway of the medium from now on; None for none."""
    row = tables.gateway.c
    tx.connection.execute(
        delete(tables.gateway).where(row.workspace_id == tx.workspace_id, row.medium == medium.value)
    )
    if wanted is not None:
        content = asdict(wanted)
        del content["medium"], content["secret"]
        tx.connection.execute(
            insert(tables.gateway).values(
                workspace_id=tx.workspace_id, medium=medium.value, content=content, secret=wanted.secret
            )
        )


# Texts


def texts(tx: WorkspaceConnection) -> tuple[MessageText, ...]:
    """The workspace's texts in their order, those out of use too."""
    row = tables.message_text.c
    rows = tx.connection.execute(
        select(tables.message_text).where(row.workspace_id == tx.workspace_id).order_by(row.position, row.id)
    )
    return tuple(
        MessageText(
            each.id,
            each.key,
            each.title,
            Medium(each.medium),
            each.body,
            each.subject,
            each.position,
            each.retired,
        )
        for each in rows
    )


def save_text(tx: WorkspaceConnection, text: MessageText) -> int:
    """Write a new text (id 0) or a changed one, at its position; return its id."""
    values = {
        "title": text.title,
        "medium": text.medium.value,
        "subject": text.subject,
        "body": text.body,
        "position": text.position,
        "retired": text.retired,
    }
    row, text_id = tables.message_text.c, text.id
    if text_id:
        tx.connection.execute(
            update(tables.message_text)
            .where(row.workspace_id == tx.workspace_id, row.id == text_id)
            .values(**values)
        )
    else:
        text_id = insert_row(
            tx.connection, tables.message_text, workspace_id=tx.workspace_id, key=text.key, **values
        )
    changes.record(tx, "message_text", [text_id])
    return text_id
