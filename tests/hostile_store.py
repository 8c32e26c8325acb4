"""Fills a store with hostile text, past everything that cleans it, as a store of another program or time might hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import cycle
from typing import Any

from hostile_texts import storable
from sqlalchemy import Table, insert, select, update

from leadtui.domain.field import AnswerValue, Field, FieldKind
from leadtui.domain.importing import Outcome
from leadtui.domain.lead import ActivityKind
from leadtui.domain.permission import AGENT_PROFILE
from leadtui.domain.reminder import ReminderKind, ReminderState
from leadtui.domain.retry import NO_RETRY, RetryPace, RetryRule
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.services.drafts import NOTE_DRAFT, STATUS_DRAFT
from leadtui.services.session import Session
from leadtui.store import definitions, reminders, tables
from leadtui.store.column_types import microseconds
from leadtui.store.connection import WorkspaceConnection
from leadtui.store.search import search_text

RICH_LEAD_NUMBER = "+989121234567"
"""The number by which the first customer, who has everything, can be rung."""

PLAIN_STATUS = "hostile"
"""The key of a status that asks nothing."""

SENSIBLE: dict[FieldKind, AnswerValue] = {
    FieldKind.DATE: "2024-10-01",
    FieldKind.TIME: "16:30",
    FieldKind.WEEKDAY: 5,
    FieldKind.NUMBER: "12480.5",
    FieldKind.MONEY: "-0.5",
    FieldKind.YES_NO: True,
    FieldKind.PERSON: 1,
    FieldKind.PHONE: RICH_LEAD_NUMBER,
}
"""Answers of the kinds that are not text."""

REMINDERS = (
    (timedelta(minutes=-1), ReminderKind.REMINDER, ReminderState.PENDING),
    (timedelta(hours=-3), ReminderKind.CALLBACK, ReminderState.PENDING),
    (timedelta(minutes=30), ReminderKind.CALLBACK, ReminderState.PENDING),
    (timedelta(days=3), ReminderKind.REMINDER, ReminderState.PENDING),
    (timedelta(hours=-5), ReminderKind.REMINDER, ReminderState.ACKNOWLEDGED),
    (timedelta(hours=-6), ReminderKind.CALLBACK, ReminderState.RESCHEDULED),
    (timedelta(hours=-7), ReminderKind.REMINDER, ReminderState.CANCELLED),
)
"""One for each group of the list: due, missed, today, later, and the three ways of being done."""


class HostileStore:
    """The store of `session`, each of whose texts is one of `texts` in turn. The first customer has everything."""

    def __init__(self, session: Session, texts: Sequence[str]) -> None:
        self._session = session
        self._workspace_id = session.workspace.id
        self._now = session.now()
        self._texts: Iterator[str] = cycle(texts)
        self.customers = max(len(texts), 2)
        self.rich_lead_id = 0

    def fill(self) -> None:
        """Write everything, and load the definitions again."""
        with self._session.write() as tx:
            self._rename(tx)
            self._add_definitions(tx)
            self._add_colleague(tx)
        defined = self._session.reload_definitions()
        with self._session.write() as tx:
            ids = [self._add_lead(tx, rank, defined.open_fields) for rank in range(self.customers)]
            self.rich_lead_id = ids[0]
            self._add_numbers(tx)
            self._add_timeline(tx, defined.statuses[-1])
            self._give_by_colleague(tx)
            self._add_reminders(tx, ids)
            self._add_drafts(tx, defined.statuses[-1])
            self._add_import(tx)

    def _text(self) -> str:
        """The next text, for a place inside JSON."""
        return next(self._texts)

    def _word(self) -> str:
        """The next text, for a column."""
        return storable(next(self._texts))

    # Definitions

    def _rename(self, tx: WorkspaceConnection) -> None:
        for table, columns in (
            (tables.workspace, ("title",)),
            (tables.user, ("name",)),
            (tables.profile, ("title",)),
            (tables.status, ("title", "owner_title", "glyph")),
            (tables.field, ("title",)),
            (tables.channel, ("title",)),
            (tables.need, ("title",)),
        ):
            for row_id in tx.connection.execute(select(table.c.id)).scalars().all():
                values = {column: self._word() for column in columns}
                tx.connection.execute(update(table).where(table.c.id == row_id).values(values))

    def _add_definitions(self, tx: WorkspaceConnection) -> None:
        for position, kind in enumerate(FieldKind):
            definitions.add_field(tx, self._field(kind, position))
        colours = [self._word(), "blue", "[/b]", "red @click=app.quit"]
        for rank, rule in enumerate((CartableRule.NONE, CartableRule.NEXT, CartableRule.STAY)):
            definitions.add_status(
                tx,
                Status(
                    0,
                    PLAIN_STATUS if rank == 0 else f"hostile_{rank}",
                    self._word(),
                    glyph=self._word(),
                    colour=colours[rank],
                    position=100 + rank,
                    cartable=rule,
                    reminder=list(ReminderRule)[rank],
                    retry=RetryRule(RetryPace.FIXED)
                    if rank == 0
                    else NO_RETRY,  # so that something is planned
                    owner_title=self._word(),
                    fields=tuple(self._field(kind, place) for place, kind in enumerate(FieldKind))
                    if rank
                    else (),
                ),
            )

    def _field(self, kind: FieldKind, position: int) -> Field:
        options = (
            (self._text(), self._text(), "Plain") if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ()
        )
        return Field(0, f"own_{kind.name.lower()}", self._word(), kind, options, position=position)

    def _add_colleague(self, tx: WorkspaceConnection) -> None:
        for rank in range(3):
            email = storable(f"{rank}{self._word()}@example.com")
            definitions.add_colleague(tx, self._word(), email, AGENT_PROFILE, self._now)

    # Customers

    def _add_lead(self, tx: WorkspaceConnection, rank: int, fields: Sequence[Field]) -> int:
        defined = self._session.definitions
        name, city, email = self._word(), self._word(), self._word()
        phone = RICH_LEAD_NUMBER if rank == 0 else self._word()
        return _insert(
            tx,
            tables.lead,
            workspace_id=self._workspace_id,
            name=name,
            name_sort=name,
            city=city,
            city_sort=city,
            city_key=city,
            phone=phone,
            email=email,
            grade=self._word(),
            major=self._word(),
            referrer=self._word(),
            entered_at=self._now - timedelta(days=rank),
            channel_first_id=defined.channels[rank % len(defined.channels)].id,
            channel_latest_id=defined.channels[(rank + 1) % len(defined.channels)].id,
            need_id=defined.needs[rank % len(defined.needs)].id if defined.needs else None,
            status_id=defined.statuses[-1 - rank % len(defined.statuses)].id if rank % 5 else None,
            owner_id=defined.colleagues[rank % 4].id if rank % 2 else self._session.actor.id,
            owner_at=self._now - timedelta(days=1),
            custom={each.key: self._answer(each.kind, rank) for each in fields},
            search_key=storable(search_text(name, city, email, [phone])),
            created_at=self._now,
        )

    def _answer(self, kind: FieldKind, rank: int) -> AnswerValue:
        """A value of that kind, or for every other customer one that is of no kind."""
        if kind is FieldKind.CHOICES:
            return [self._text(), self._text()]
        return SENSIBLE[kind] if kind in SENSIBLE and rank % 2 == 0 else self._text()

    def _add_numbers(self, tx: WorkspaceConnection) -> None:
        numbers = [(RICH_LEAD_NUMBER, self._word(), self._word()), *((self._word(), "", self._word()),) * 2]
        for position, (e164, written, extension) in enumerate(numbers):
            tx.connection.execute(
                insert(tables.lead_number).values(
                    workspace_id=self._workspace_id,
                    lead_id=self.rich_lead_id,
                    e164=e164 if position == 0 else f"{position}{e164}",
                    written=written,
                    extension=extension,
                    position=position,
                )
            )

    def _add_timeline(self, tx: WorkspaceConnection, status: Status) -> None:
        for rank, kind in enumerate(ActivityKind):
            tx.connection.execute(
                insert(tables.activity).values(
                    workspace_id=self._workspace_id,
                    lead_id=self.rich_lead_id,
                    kind=kind.value,
                    actor_id=self._session.definitions.colleagues[rank % 4].id if rank % 5 else None,
                    at=self._now - timedelta(hours=rank),
                    detail=self._detail(status),
                )
            )

    def _give_by_colleague(self, tx: WorkspaceConnection) -> None:
        """The customer who has everything was given by somebody, so that they can be returned."""
        actor_id = self._session.actor.id
        giver_id = next(each.id for each in self._session.definitions.colleagues if each.id != actor_id)
        tx.connection.execute(
            insert(tables.activity).values(
                workspace_id=self._workspace_id,
                lead_id=self.rich_lead_id,
                kind=ActivityKind.TRANSFERRED.value,
                actor_id=giver_id,
                at=self._now - timedelta(minutes=5),
                detail={"owner_from_id": giver_id, "owner_to_id": actor_id, "text": self._text()},
            )
        )

    def _detail(self, status: Status) -> dict[str, Any]:
        """Everything that an activity can tell."""
        answers = [
            {
                "field": each.id,
                "key": self._text(),
                "title": self._text(),
                "kind": each.kind.value,
                "value": self._answer(each.kind, rank),
            }
            for rank, each in enumerate(status.fields)
        ]
        return {
            **{key: self._text() for key in ("text", "status_from", "status_to", "channel", "source")},
            "status_to_id": status.id,
            "owner_from_id": self._session.actor.id,
            "owner_to_id": self._session.definitions.colleagues[0].id,
            "answers": answers,
            "reminder_at": microseconds(self._now),
            "reminder_was": microseconds(self._now),
            "changes": [[self._text(), self._text(), self._text()]],
            "seconds": 75,
            "answered": False,
        }

    def _add_reminders(self, tx: WorkspaceConnection, lead_ids: Sequence[int]) -> None:
        for rank, (distance, kind, state) in enumerate(REMINDERS):
            reminder_id = reminders.add(
                tx,
                lead_id=lead_ids[rank % len(lead_ids)],
                owner_id=self._session.actor.id,
                due=self._now + distance,
                zone=self._session.workspace.zone,
                kind=kind,
                note=self._word() if rank else "",
                created_at=self._now,
                created_by=None,
            )
            if state is not ReminderState.PENDING:
                reminders.end(tx, [reminder_id], state, self._now, None)
        reminder, lead = tables.reminder.c, tables.lead.c
        pending = (reminder.lead_id == lead.id, reminder.state == ReminderState.PENDING.value)
        first = select(reminder.due).where(*pending).order_by(reminder.due).limit(1).scalar_subquery()
        tx.connection.execute(update(tables.lead).values(next_at=first))

    def _add_drafts(self, tx: WorkspaceConnection, status: Status) -> None:
        typed = {f"answer.{each.kind.value}.{each.key}": self._text() for each in status.fields}
        contents = {
            NOTE_DRAFT: {NOTE_DRAFT: self._text()},
            STATUS_DRAFT: {
                **typed,
                **{key: self._text() for key in ("owner", "remind", "promised", "note", "at", "kept_at")},
                "status": str(status.id),
            },
        }
        for kind, content in contents.items():
            tx.connection.execute(
                insert(tables.draft).values(
                    workspace_id=self._workspace_id,
                    user_id=self._session.actor.id,
                    kind=kind,
                    lead_id=self.rich_lead_id,
                    content=content,
                    saved_at=self._now,
                )
            )

    def _add_import(self, tx: WorkspaceConnection) -> None:
        batch_id = _insert(
            tx,
            tables.import_batch,
            workspace_id=self._workspace_id,
            actor_id=self._session.actor.id,
            file_name=self._word(),
            file_digest="0" * 64,
            options={"encoding": self._text()},
            started_at=self._now,
            ended_at=self._now,
        )
        tx.connection.execute(
            insert(tables.import_row).values(
                workspace_id=tx.workspace_id,
                batch_id=batch_id,
                line=1,
                outcome=Outcome.REJECTED.value,
                reason=self._word(),
            )
        )


def _insert(tx: WorkspaceConnection, table: Table, **values: Any) -> int:
    return tx.connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
