"""Taking an import back: what it did to each customer, whether that can still be undone, and undoing it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Text, cast, delete, exists, or_, select, tuple_, update

from leadtui.domain.importing import Outcome
from leadtui.domain.lead import Lead
from leadtui.store import changes, lead_writing, leads, tables
from leadtui.store.connection import WorkspaceConnection, with_ids
from leadtui.store.expressions import scanned
from leadtui.store.imports import (
    ACTIVITIES,
    ADDED_NUMBERS,
    BANS,
    FATES,
    MADE_CHANNELS,
    REMINDERS,
    VERSION,
    RowCount,
)
from leadtui.store.lead_writing import FoundBy, LeadChange
from leadtui.store.search import answers_found_by
from leadtui.store.search_keys import import_notes

UNDONE = "undone"
"""Stands in `import_row.before` in place of everything else once the row was taken back."""

LEFT_AT = "left_at"
"""The lead's version as the import left it, where that is not the next one: a later import was taken back."""

Place = tuple[int, int]
"""Where a row stands in its batch: its line and its id."""

START: Place = (0, 0)

_row = tables.import_row.c
_CHANGING = (Outcome.NEW.value, Outcome.UPDATED.value)


@dataclass(frozen=True, slots=True)
class Effect:
    """What an import did to one customer.

    `values` are the former ones, as they are stored. `version_after` is the lead's version as the import left it;
    None where that was not kept.
    """

    lead_id: int
    made: bool
    version_before: int
    version_after: int | None
    values: Mapping[str, Any]
    added_numbers: frozenset[str]
    activities: tuple[int, ...]
    bans: frozenset[str] = frozenset()
    """The numbers that it put on the do-not-call list."""
    reminders: tuple[int, ...] = ()
    """Those that it set."""


class LaterHand(NamedTuple):
    """Who changed a customer after an import: a person at a moment (aware UTC), or another import."""

    actor_id: int | None
    at: datetime | None
    batch_id: int | None


def close(tx: WorkspaceConnection, batch_id: int, at: datetime) -> None:
    """Let nobody go on with a batch that was stopped. `at` is aware UTC."""
    batch = tables.import_batch
    tx.connection.execute(
        update(batch)
        .where(batch.c.workspace_id == tx.workspace_id, batch.c.id == batch_id, batch.c.ended_at.is_(None))
        .values(ended_at=at)
    )
    changes.record(tx, "import_batch", [batch_id])


def mark_undone(tx: WorkspaceConnection, batch_id: int, at: datetime) -> None:
    """Note that a batch was taken back. `at` is aware UTC."""
    batch = tables.import_batch
    tx.connection.execute(
        update(batch)
        .where(batch.c.workspace_id == tx.workspace_id, batch.c.id == batch_id)
        .values(undone_at=at)
    )
    changes.record(tx, "import_batch", [batch_id])


def next_effects(
    tx: WorkspaceConnection, batch_id: int, after: Place, limit: int
) -> tuple[list[Effect], Place | None]:
    """What the next `limit` rows of a batch did to customers who are still there, each customer once.

    Also gives the place to go on after; None once there are no more rows.
    """
    rows = tx.connection.execute(
        select(_row.line, _row.id, _row.lead_id)
        .where(
            _row.workspace_id == tx.workspace_id,
            _row.batch_id == batch_id,
            tuple_(_row.line, _row.id) > tuple_(*after),
            _row.lead_id.is_not(None),
            _row.outcome.in_(_CHANGING),
        )
        .order_by(_row.line, _row.id)
        .limit(limit)
    ).all()
    if not rows:
        return [], None
    here = {row.id for row in rows}
    of_leads = _rows_of(tx, {row.lead_id for row in rows})
    effects = [
        effect
        for kept in of_leads.values()
        if (own := [each for each in kept if each.batch_id == batch_id])
        and own[0].id in here
        and (effect := _effect(own)) is not None
    ]
    return effects, (rows[-1].line, rows[-1].id)


def present(tx: WorkspaceConnection, ids: Collection[int]) -> dict[int, Lead]:
    """The leads of these ids with all their numbers."""
    return leads.whole_leads(tx, ids)


def drafted(tx: WorkspaceConnection, ids: Collection[int]) -> set[int]:
    """Those of the leads that somebody has an unfinished dialog about."""
    if not ids:
        return set()
    draft = tables.draft.c
    return set(
        tx.connection.execute(
            select(draft.lead_id).where(draft.workspace_id == tx.workspace_id, draft.lead_id.in_(ids))
        ).scalars()
    )


def later_hands(tx: WorkspaceConnection, batch_id: int, effects: Collection[Effect]) -> dict[int, LaterHand]:
    """Who changed these customers after the import."""
    if not effects:
        return {}
    of_leads = _rows_of(tx, {each.lead_id for each in effects})
    undone = set(
        tx.connection.execute(
            select(tables.import_batch.c.id).where(tables.import_batch.c.undone_at.is_not(None))
        ).scalars()
    )
    hands: dict[int, LaterHand] = {}
    for effect in effects:
        others = {
            row.batch_id
            for row in of_leads.get(effect.lead_id, ())
            if row.batch_id not in {batch_id, *undone}
            and (row.before or {}).get(VERSION, -1) >= (effect.version_after or 0)
        }
        hands[effect.lead_id] = LaterHand(None, None, max(others)) if others else _latest_hand(tx, effect)
    return hands


def remove(tx: WorkspaceConnection, effects: Sequence[Effect]) -> None:
    """Delete customers that an import made."""
    lead_writing.delete_leads(tx, [each.lead_id for each in effects])


def put_back(
    tx: WorkspaceConnection,
    batch_id: int,
    effects: Sequence[Effect],
    leads: Mapping[int, Lead],
) -> None:
    """Give customers that were there before the import their former values back; `leads` are as they stand now.

    What was done to them before the import can then be taken back in its turn.
    """
    if not effects:
        return
    number = tables.lead_number.c
    for effect in effects:
        if effect.added_numbers:
            tx.connection.execute(
                delete(tables.lead_number).where(
                    number.workspace_id == tx.workspace_id,
                    number.lead_id == effect.lead_id,
                    number.e164.in_(effect.added_numbers),
                )
            )
    set_now = [each for effect in effects for each in effect.reminders]
    for start in range(0, len(set_now), _AT_ONCE):
        some = set_now[start : start + _AT_ONCE]
        tx.connection.execute(delete(tables.reminder).where(with_ids(tx, tables.reminder, some)))
        changes.record(tx, "reminder", some)
    activity_ids = [each for effect in effects for each in effect.activities]
    for start in range(0, len(activity_ids), _AT_ONCE):
        some = with_ids(tx, tables.activity, activity_ids[start : start + _AT_ONCE])
        tx.connection.execute(delete(tables.activity).where(some))
    noted = import_notes(tx, [each.lead_id for each in effects])
    changed_back = [
        _change_back(each, leads[each.lead_id], noted.get(each.lead_id, ()), tx.found_by) for each in effects
    ]
    lead_writing.change_leads(tx, changed_back)
    _forget_what_was_before(tx, batch_id, [each.lead_id for each in effects])
    _move_on_what_was_before(tx, batch_id, effects, leads)


def remove_unused_channels(tx: WorkspaceConnection, batch_id: int, *, dry_run: bool) -> int:
    """Delete the entry channels that an import made and that nothing needs any more; those renamed since stay.

    Returns how many. In a dry run the import's own customers still have them, so that it is the most there can be.
    """
    kept = tx.connection.execute(
        select(_row.before[MADE_CHANNELS]).where(
            _row.workspace_id == tx.workspace_id,
            _row.batch_id == batch_id,
            _row.before[MADE_CHANNELS].as_string().is_not(None),
        )
    ).scalars()
    made = {int(each): str(title) for channels in kept for each, title in channels}
    if not made or _another_import_may_need_them(tx, batch_id):
        return 0
    in_steps = _channels_of_steps(tx)
    wanted = {each: title for each, title in made.items() if each not in in_steps}
    if dry_run:
        return len(wanted)
    channel, lead = tables.channel.c, tables.lead.c
    removed: list[int] = []
    for channel_id, title in wanted.items():
        given = or_(lead.channel_first_id == channel_id, lead.channel_latest_id == channel_id)
        deleted = tx.connection.execute(
            delete(tables.channel).where(
                channel.workspace_id == tx.workspace_id,
                channel.id == channel_id,
                channel.title == title,
                ~exists().where(lead.workspace_id == tx.workspace_id, given),
            )
        )
        removed += [channel_id] * deleted.rowcount
    changes.record(tx, "channel", removed)
    return len(removed)


def _another_import_may_need_them(tx: WorkspaceConnection, batch_id: int) -> bool:
    """Whether one runs, or one came later that has kept former values of customers."""
    batch = tables.import_batch.c
    return bool(
        tx.connection.execute(
            select(
                exists().where(
                    batch.workspace_id == tx.workspace_id,
                    batch.id != batch_id,
                    or_(batch.ended_at.is_(None), (batch.id > batch_id) & batch.undone_at.is_(None)),
                )
            )
        ).scalar()
    )


def _channels_of_steps(tx: WorkspaceConnection) -> set[int]:
    """The channels that a step which is taken back would give to a customer."""
    step = tables.step.c
    kept = tx.connection.execute(
        select(step.was).where(
            step.workspace_id == tx.workspace_id, cast(step.was, Text).contains("channel_")
        )
    ).scalars()
    columns = ("channel_first_id", "channel_latest_id")
    return {was["lead"][name] for was in kept for name in columns if name in was.get("lead", {})}


_AT_ONCE = 500


class _Kept(NamedTuple):
    """What an import kept of one of its rows."""

    id: int
    batch_id: int
    line: int
    outcome: str
    lead_id: int
    before: dict[str, Any] | None


def _rows_of(tx: WorkspaceConnection, lead_ids: Collection[int]) -> dict[int, list[_Kept]]:
    """What all imports did to these leads, in the order of their rows."""
    found: dict[int, list[_Kept]] = {}
    wanted = sorted(lead_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = tx.connection.execute(
            select(_row.id, _row.batch_id, _row.line, _row.outcome, _row.lead_id, _row.before)
            .where(
                _row.workspace_id == tx.workspace_id,
                _row.lead_id.in_(wanted[start : start + _AT_ONCE]),
                _row.outcome.in_(_CHANGING),
            )
            .order_by(_row.line, _row.id)
        )
        for row in rows:
            found.setdefault(row.lead_id, []).append(_Kept(*row))
    return found


def _effect(rows: Sequence[_Kept]) -> Effect | None:
    """What the rows of one batch about one lead did together; None where that was taken back already."""
    kept = sorted(
        (row.before for row in rows if row.before and VERSION in row.before), key=lambda was: was[VERSION]
    )
    if any(row.before and UNDONE in row.before for row in rows):
        return None
    made = any(row.outcome == Outcome.NEW for row in rows)
    values: dict[str, Any] = {}
    for was in reversed(kept):
        values |= {name: value for name, value in was.items() if name not in _NO_VALUES}
    return Effect(
        lead_id=rows[0].lead_id,
        made=made,
        version_before=kept[0][VERSION] if kept else 0,
        version_after=_left(rows, kept, made=made),
        values=values,
        added_numbers=frozenset(number for was in kept for number in was.get(ADDED_NUMBERS, ())),
        activities=tuple(each for was in kept for each in was.get(ACTIVITIES, ())),
        bans=frozenset(each for row in rows for each in (row.before or {}).get(BANS, ())),
        reminders=tuple(each for row in rows for each in (row.before or {}).get(REMINDERS, ())),
    )


def _left(rows: Sequence[_Kept], kept: Sequence[Mapping[str, Any]], *, made: bool) -> int | None:
    """At which version the rows left the lead."""
    moved = [int(row.before[LEFT_AT]) for row in rows if row.before and LEFT_AT in row.before]
    if moved:
        return max(moved)
    return int(kept[-1][VERSION]) + 1 if kept else (1 if made else None)


_NO_VALUES = frozenset(
    {
        *(VERSION, ADDED_NUMBERS, ACTIVITIES, MADE_CHANNELS, BANS, REMINDERS),
        *(FATES, *RowCount, UNDONE, LEFT_AT),
    }
)


def _latest_hand(tx: WorkspaceConnection, effect: Effect) -> LaterHand:
    activity = tables.activity.c
    latest = tx.connection.execute(
        select(activity.actor_id, activity.at)
        .where(
            activity.workspace_id == tx.workspace_id,
            activity.lead_id == effect.lead_id,
            activity.id.not_in(effect.activities),
        )
        .order_by(activity.id.desc())
        .limit(1)
    ).one_or_none()
    return LaterHand(None, None, None) if latest is None else LaterHand(latest.actor_id, latest.at, None)


def _forget_what_was_before(tx: WorkspaceConnection, batch_id: int, lead_ids: Sequence[int]) -> None:
    """Note with the rows about these leads that they were taken back; only the channels are still to be looked at."""
    rows = tx.connection.execute(
        select(_row.id, _row.before).where(
            _row.workspace_id == tx.workspace_id,
            _row.lead_id.in_(lead_ids),
            scanned(_row.batch_id) == batch_id,
        )
    ).all()
    by_channels: dict[str, tuple[dict[str, Any], list[int]]] = {}
    for row in rows:
        before: dict[str, Any] = row.before or {}
        kept = {UNDONE: True} | {name: before[name] for name in (MADE_CHANNELS,) if name in before}
        by_channels.setdefault(repr(kept), (kept, []))[1].append(row.id)
    for kept, ids in by_channels.values():
        for start in range(0, len(ids), _AT_ONCE):
            tx.connection.execute(
                update(tables.import_row)
                .where(with_ids(tx, tables.import_row, ids[start : start + _AT_ONCE]))
                .values(before=kept)
            )


def _change_back(effect: Effect, lead: Lead, noted: Sequence[str], keys: Sequence[str]) -> LeadChange:
    numbers = tuple(each.e164 for each in lead.numbers if each.e164 not in effect.added_numbers)
    name, city, email = (str(effect.values.get(each, getattr(lead, each))) for each in _FOUND_BY)
    answers = answers_found_by(effect.values.get("custom", lead.custom), keys)
    found_by = FoundBy(name, city, email, numbers, tuple(noted), answers)
    return LeadChange(lead.id, effect.values, after=found_by)


_FOUND_BY = ("name", "city", "email")


def _move_on_what_was_before(
    tx: WorkspaceConnection,
    batch_id: int,
    effects: Sequence[Effect],
    leads: Mapping[int, Lead],
) -> None:
    """Earlier imports and steps had left the leads at the version before this import: now that is another number."""
    of_leads = _rows_of(tx, {each.lead_id for each in effects})
    for effect in effects:
        version = leads[effect.lead_id].version + 1
        by_batch: dict[int, list[_Kept]] = {}
        for row in of_leads.get(effect.lead_id, ()):
            if row.batch_id != batch_id:
                by_batch.setdefault(row.batch_id, []).append(row)
        for rows in by_batch.values():
            earlier = _effect(rows)
            if earlier is not None and earlier.version_after == effect.version_before:
                _left_at(tx, rows, version)
        step = tables.step.c
        tx.connection.execute(
            update(tables.step)
            .where(
                step.workspace_id == tx.workspace_id,
                step.lead_id == effect.lead_id,
                step.undone_at.is_(None),
                step.version_after == effect.version_before,
            )
            .values(version_after=version)
        )


def _left_at(tx: WorkspaceConnection, rows: Sequence[_Kept], version: int) -> None:
    """Note with one of an import's rows about a lead that it left the lead at `version`."""
    first = rows[0]
    tx.connection.execute(
        update(tables.import_row)
        .where(_row.workspace_id == tx.workspace_id, _row.id == first.id)
        .values(before={**(first.before or {}), LEFT_AT: version})
    )
