"""Take an import back whole: who it brought goes, what it changed is as before, and what people did since stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from leadtui.domain.audit import AuditAct, AuditKind, done
from leadtui.domain.field_rights import FieldRight
from leadtui.domain.importing import ImportBatch
from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import BUILT_IN, PHONE, PHONE_OTHER
from leadtui.domain.permission import Permission
from leadtui.domain.view import custom_sort
from leadtui.services.giving_way import give_way
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import do_not_call, import_undo, imports
from leadtui.store.import_undo import Effect

CHUNK_ROWS = 5_000
"""Rows of the import that are taken back in one transaction."""

FEW_ROWS = 200
"""So many are overwritten in the search index one by one sooner than all of the index is written anew."""

Progress = Callable[[int, int], None]
"""Told how many rows are done, and how many there are."""


class Because(StrEnum):
    """Why a customer stays as the import left them."""

    WORKED_ON = "worked-on"
    """A person changed them since."""
    IMPORTED_AGAIN = "imported-again"
    """A later import changed them; taking that one back first makes way."""
    UNFINISHED = "unfinished"
    """Somebody has typed something about them that is not saved yet."""
    TOO_OLD = "too-old"
    """The import was made by a leadtui that did not keep what an undo needs."""
    UNSEEN = "unseen"
    """They are not the person's to see."""
    NOT_ALLOWED = "not-allowed"
    """The person may not change them, or not each field that the import changed."""


@dataclass(frozen=True, slots=True)
class Stayed:
    """A customer who stays. Where known, who changed them since, at which moment (aware UTC), or which import did.

    `name` is empty where the person does not see the customer.
    """

    lead_id: int
    name: str
    because: Because
    actor_id: int | None = None
    at: datetime | None = None
    batch_id: int | None = None


@dataclass(slots=True)
class UndoReport:
    """What became of the customers that an import had touched."""

    batch: ImportBatch
    dry_run: bool
    removed: int = 0
    """New customers that are gone."""
    restored: int = 0
    """Customers who have their former values again."""
    channels_removed: int = 0
    stayed: list[Stayed] = field(default_factory=list[Stayed])
    already: bool = False
    """Whether it had been taken back before, so that there was nothing to do."""

    @property
    def whole(self) -> bool:
        """Whether nothing is left that could still be taken back, once another import was or by somebody else."""
        return all(each.because not in _FOR_OTHERS for each in self.stayed)


_FOR_OTHERS = frozenset({Because.IMPORTED_AGAIN, Because.UNSEEN, Because.NOT_ALLOWED})
"""What somebody else may be able to take back, or the same person later."""


def undo_import(
    session: Session, batch_id: int, *, dry_run: bool = False, progress: Progress | None = None
) -> UndoReport:
    """Take an import back and tell what became of whom; one that was stopped can be taken back, too.

    Customers whom a person or a later import has changed since stay as they are, and so do those whom the person who
    takes it back does not see, or may not change as the import did, but for whom their own import brought. Each chunk of
    customers is taken back whole or not at all: an undo that was stopped is simply run again. Of many customers the search
    index forgets what it held at the end; an erasing does not wait for that. While customers stay because of a later import,
    or since the person may not, the batch is not marked as undone: once that one was taken back, or somebody who may runs it,
    this does the rest.
    Raises Refused, NotFound, StoreError.
    """
    with session.read(Permission.UNDO_IMPORT) as tx:
        batch = imports.get(tx, batch_id)
    report = UndoReport(batch, dry_run)
    if batch.undone_at is not None:
        report.already = True
        return report
    if not dry_run:
        with session.write(Permission.UNDO_IMPORT) as tx:
            import_undo.close(tx, batch_id, tx.now)
            counts = batch.counts
            tx.audit(
                done(
                    AuditKind.IMPORT,
                    AuditAct.UNDONE,
                    subject_id=batch_id,
                    title=batch.file_name,
                    new=counts.new,
                    updated=counts.updated,
                )
            )
    _each_chunk(session, report, progress)
    if not dry_run:
        _forget(session)
    _finish(session, report)
    return report


def _each_chunk(session: Session, report: UndoReport, progress: Progress | None) -> None:
    total = report.batch.counts.new + report.batch.counts.updated
    done, after = 0, import_undo.START
    begin = session.read if report.dry_run else session.write
    while True:
        with begin(Permission.UNDO_IMPORT) as tx:
            effects, place = import_undo.next_effects(tx, report.batch.id, after, CHUNK_ROWS)
            if total > FEW_ROWS and not report.dry_run:
                tx.backend.only_mark_in_search(tx.connection)
            chunk = _take_back(tx, report, effects)
        report.removed += chunk.removed
        report.restored += chunk.restored
        report.stayed += chunk.stayed
        if place is None:
            return
        after, done = place, min(done + CHUNK_ROWS, total)
        if progress is not None:
            progress(done, total)
        if not report.dry_run:
            give_way()


@dataclass(frozen=True, slots=True)
class _Chunk:
    removed: int
    restored: int
    stayed: Sequence[Stayed]


def _take_back(tx: Transaction, report: UndoReport, effects: Sequence[Effect]) -> _Chunk:
    """Take back what can be, and say of the others why they stay."""
    batch_id = report.batch.id
    leads = import_undo.present(tx, [each.lead_id for each in effects])
    effects = [each for each in effects if each.lead_id in leads]
    as_left = [each for each in effects if leads[each.lead_id].version == each.version_after]
    seen = {one for one, lead in leads.items() if tx.visibility.can_see(lead.owner_id)}
    if report.batch.actor_id == tx.actor.id:
        seen |= {each.lead_id for each in as_left if each.made}
    stayed = [Stayed(each.lead_id, "", Because.UNSEEN) for each in effects if each.lead_id not in seen]
    as_left = [each for each in as_left if each.lead_id in seen]
    moved_on = [
        each for each in effects if each.lead_id in seen and leads[each.lead_id].version != each.version_after
    ]
    names = {one: tx.show(lead).name for one, lead in leads.items()}
    own = report.batch.actor_id == tx.actor.id
    allowed = {
        each.lead_id for each in as_left if (each.made and own) or _may_change(tx, each, leads[each.lead_id])
    }
    stayed += [
        Stayed(each.lead_id, names[each.lead_id], Because.NOT_ALLOWED)
        for each in as_left
        if each.lead_id not in allowed
    ]
    as_left = [each for each in as_left if each.lead_id in allowed]
    stayed += _why(tx, batch_id, moved_on, names)
    made = [each for each in as_left if each.made]
    unfinished = import_undo.drafted(tx, [each.lead_id for each in made])
    stayed += [Stayed(each, names[each], Because.UNFINISHED) for each in sorted(unfinished)]
    made = [each for each in made if each.lead_id not in unfinished]
    changed = [each for each in as_left if not each.made]
    if not report.dry_run:
        import_undo.remove(tx, made)
        import_undo.put_back(tx, batch_id, changed, leads)
        if tx.actor.may(Permission.ALLOW_CALLS):
            do_not_call.remove(tx, [number for each in (*made, *changed) for number in each.bans])
    return _Chunk(len(made), len(changed), stayed)


def _may_change(tx: Transaction, effect: Effect, lead: Lead) -> bool:
    """Whether the person may change the customer as taking the import back does."""
    if not tx.reaches(Permission.IMPORT_OVER, lead.owner_id):
        return False
    return effect.made or all(
        tx.definitions.sight.of(each) is FieldRight.EDITED for each in _changed_fields(effect, lead)
    )


def _changed_fields(effect: Effect, lead: Lead) -> Iterator[str]:
    """The fields that taking the import back changes, by their keys."""
    yield from (each.key for each in BUILT_IN if each.column in effect.values)
    if effect.added_numbers:
        yield from (PHONE, PHONE_OTHER)
    was: Mapping[str, object] = effect.values.get("custom", lead.custom)
    for key in {**was, **lead.custom}:
        if was.get(key) != lead.custom.get(key):
            yield custom_sort(key)


def _why(
    tx: Transaction, batch_id: int, moved_on: Sequence[Effect], names: Mapping[int, str]
) -> list[Stayed]:
    known = [each for each in moved_on if each.version_after is not None]
    hands = import_undo.later_hands(tx, batch_id, known)
    stayed: list[Stayed] = []
    for each in moved_on:
        name = names[each.lead_id]
        hand = hands.get(each.lead_id)
        if hand is None:
            stayed.append(Stayed(each.lead_id, name, Because.TOO_OLD))
        elif hand.batch_id is not None:
            stayed.append(Stayed(each.lead_id, name, Because.IMPORTED_AGAIN, batch_id=hand.batch_id))
        else:
            stayed.append(Stayed(each.lead_id, name, Because.WORKED_ON, hand.actor_id, hand.at))
    return stayed


def _forget(session: Session) -> None:
    """Leave nothing of those who are gone in the search index, in steps between which others can save."""
    begin = more = True
    while more:
        with session.write(Permission.UNDO_IMPORT) as tx:
            more = tx.backend.merge_search(tx.connection, begin=begin)
        begin = False
        give_way()
    with session.write(Permission.UNDO_IMPORT) as tx:
        tx.backend.clean_search(tx.connection)


def _finish(session: Session, report: UndoReport) -> None:
    """Take away the channels that nobody has any more, and note the end."""
    batch_id = report.batch.id
    if report.dry_run:
        if report.stayed:  # they may have the channels
            return
        with session.read(Permission.UNDO_IMPORT) as tx:
            report.channels_removed = import_undo.remove_unused_channels(tx, batch_id, dry_run=True)
        return
    with session.write(Permission.UNDO_IMPORT) as tx:
        report.channels_removed = import_undo.remove_unused_channels(tx, batch_id, dry_run=False)
        if report.whole:
            now = tx.now
            import_undo.mark_undone(tx, batch_id, now)
            report.batch = replace(report.batch, undone_at=now)
    session.reload_definitions()
