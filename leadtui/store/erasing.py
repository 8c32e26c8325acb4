"""Erasing customers for good: their rows, and what names them elsewhere; nothing of them stays in the file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    delete,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from leadtui.domain.draft import lead_ids_in
from leadtui.domain.lead import Lead
from leadtui.domain.lead_fields import BUILT_IN
from leadtui.language.phone import phone_search_digits
from leadtui.language.text import search_key
from leadtui.store import audit, changes, outbox, tables
from leadtui.store.column_types import OwnJson, forms_in_json
from leadtui.store.connection import WorkspaceConnection, with_ids
from leadtui.store.lead_writing import delete_leads
from leadtui.store.leads import find_by_email, holders_of_numbers
from leadtui.store.search import find_by_name
from leadtui.store.search_keys import refresh

IN_PLACE = "…"
"""What stands where a person was named."""

LEAST_DIGITS = 8
"""Digits of a number that can be nobody else's."""

_LEAD_REFERENCES = (*(each.column for each in BUILT_IN if each.names_another), "custom")
_FREE_TEXTS: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (tables.activity, ("detail",)),
    (tables.follow_up, ("answers", "note", "no_next_step")),
    (tables.reminder, ("note",)),
    (tables.import_row, ("before", "reason")),
    (tables.import_batch, ("options", "file_name")),
    (tables.saved_view, ("title", "content")),
    (tables.desk_state, ("content",)),
    (tables.do_not_call, ("reason",)),
    (tables.erasure, ("reason",)),
    (tables.proposal, ("title", "why", "example", "reason")),
    (tables.message_text, ("title", "subject", "body")),
    (tables.outbox, ("title", "subject", "body", "detail")),
    (tables.case_record, ("title", "answers")),
    (tables.case_entry, ("detail", "was")),
)
"""Where people or imports may have named a person beside that person's own rows."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a customer was erased: when (aware UTC), by whom and why.

    Until `wiped_at` (aware UTC) the store's files may still hold copies of what was deleted.
    """

    id: int
    at: datetime
    actor_id: int
    reason: str
    wiped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Gone:
    """What an erasing did: to how many, the leads whose own values named them, and the texts that must not be found again.

    `named` are the texts that say who it was, `written` what was written about them. `audited` are the digests of the
    texts that went out of the audit.
    """

    count: int
    changed_ids: tuple[int, ...]
    named: frozenset[str]
    written: frozenset[str]
    audited: tuple[str, ...]


def kept_numbers(
    tx: WorkspaceConnection, leads: Collection[Lead], going: Collection[int] = ()
) -> frozenset[str]:
    """Those of the leads' numbers that others have, too, who are not `going` with them: they stay."""
    numbers = [number.e164 for lead in leads for number in lead.numbers]
    gone = {lead.id for lead in leads}.union(going)
    return frozenset(
        e164 for e164, some in holders_of_numbers(tx, numbers).items() if not gone.issuperset(some)
    )


def names_of(tx: WorkspaceConnection, lead: Lead, going: Collection[int]) -> frozenset[str]:
    """The texts that can mean nobody but this person: numbers, e-mail address and a full name.

    What somebody else has, too, who is not `going` with them, means that one as well.
    """
    others_too = kept_numbers(tx, [lead], going)
    found = {lead.email} if lead.email and not _is_written_to(tx, lead, going) else set[str]()
    for number in lead.numbers:
        if number.e164 in others_too:
            continue
        found |= {number.e164, number.e164.removeprefix("+")}
        for each in (number.written, phone_search_digits(number.written) or ""):
            if sum(sign.isdigit() for sign in each) >= LEAST_DIGITS:
                found.add(each)
    if len(lead.name.split()) > 1 and not _is_shared(tx, lead):
        found.add(lead.name)
    return frozenset(found | _former(tx, lead))


def erase(tx: WorkspaceConnection, leads: Collection[Lead]) -> Gone:
    """Delete the leads with all that hangs on them, and what names them anywhere else in the workspace."""
    ids = [lead.id for lead in leads]
    named = frozenset[str]().union(*(names_of(tx, lead, ids) for lead in leads))
    own_names = frozenset(lead.name for lead in leads if lead.name)
    staying = kept_numbers(tx, leads)
    written = _written_about(tx, ids) - staying
    _forget_steps(tx, ids, named)
    _forget_merges(tx, ids, own_names)
    _forget_drafts(tx, ids, named)
    _forget_replaced_reminders(tx, ids)
    _forget_import_rows(tx, ids)
    written |= _forget_cases(tx, ids) - staying
    numbers = {number.e164 for lead in leads for number in lead.numbers} - staying
    tx.connection.execute(
        delete(tables.do_not_call).where(
            tables.do_not_call.c.workspace_id == tx.workspace_id, tables.do_not_call.c.e164.in_(numbers)
        )
    )
    delete_leads(tx, ids)
    for table, columns in _FREE_TEXTS:
        renamed = _replace_names(tx, table, columns, named)
        if table is tables.activity and renamed:
            # What an import noted about others is what they are found by.
            refresh(tx, _told_by(tx, renamed))
            written |= {search_key(each) for each in named}
        if table is tables.outbox:
            outbox.withdraw_named(tx, renamed)
    changed = _replace_names(tx, tables.lead, _LEAD_REFERENCES, named, whole=own_names)
    if tx.found_by and changed:
        refresh(tx, changed)
        written |= {search_key(each) for each in named}
    changes.record(tx, "do_not_call", [changes.WHOLE_TABLE])
    return Gone(len(ids), tuple(changed), named, written, audit.forget(tx, named))


def _told_by(tx: WorkspaceConnection, activity_ids: Collection[int]) -> set[int]:
    """The leads in whose timelines these entries stand."""
    entry = tables.activity.c
    rows = tx.connection.execute(
        select(entry.lead_id).where(with_ids(tx, tables.activity, activity_ids)).distinct()
    )
    return set(rows.scalars())


def note(tx: WorkspaceConnection, count: int, at: datetime, actor_id: int, reason: str) -> None:
    """Keep that so many customers were erased, and are still to be wiped. `at` is aware UTC."""
    row = {"workspace_id": tx.workspace_id, "at": at, "actor_id": actor_id, "reason": reason}
    tx.connection.execute(insert(tables.erasure), [row] * count)
    changes.record(tx, "erasure", [changes.WHOLE_TABLE])


def count_pending(connection: Connection) -> int:
    """How many erasures, of all workspaces, the store's files may still hold copies of."""
    pending = select(func.count()).where(tables.erasure.c.wiped_at.is_(None))
    return connection.execute(pending).scalar_one()


def mark_wiped(connection: Connection, at: datetime) -> None:
    """Keep that the store's files hold nothing of what was erased. `at` is aware UTC."""
    connection.execute(update(tables.erasure).where(tables.erasure.c.wiped_at.is_(None)).values(wiped_at=at))


def listed(tx: WorkspaceConnection) -> tuple[Erasure, ...]:
    """What was erased, the newest first."""
    erasure = tables.erasure.c
    rows = tx.connection.execute(
        select(erasure.id, erasure.at, erasure.actor_id, erasure.reason, erasure.wiped_at)
        .where(erasure.workspace_id == tx.workspace_id)
        .order_by(erasure.at.desc(), erasure.id.desc())
    )
    return tuple(Erasure(*row) for row in rows)


def _former(tx: WorkspaceConnection, lead: Lead) -> set[str]:
    """Numbers and e-mail addresses that the lead, or one that was merged into it, had before, and nobody has now."""
    found: set[str] = set()
    for was in tx.connection.execute(
        select(tables.step.c.was).where(
            tables.step.c.workspace_id == tx.workspace_id, tables.step.c.lead_id == lead.id
        )
    ).scalars():
        lost = was.get("merge", {}).get("lost", {})
        found |= {was.get("lead", {}).get("email", ""), lost.get("email", ""), lost.get("phone", "")}
        found |= {number[0] for number in was.get("numbers", ())}
    number, other = tables.lead_number.c, tables.lead.c
    taken = select(number.e164).where(
        number.workspace_id == tx.workspace_id, number.e164.in_(found), number.lead_id != lead.id
    )
    addressed = select(other.email).where(
        other.workspace_id == tx.workspace_id, other.email.in_(found), other.id != lead.id
    )
    for each in (taken, addressed):
        found -= set(tx.connection.execute(each).scalars())
    return found - {""}


def _is_shared(tx: WorkspaceConnection, lead: Lead) -> bool:
    """Whether another customer or a colleague has the same name, who would be taken for the one that is erased."""
    named = find_by_name(tx, [search_key(lead.name)], 2)
    people = (
        select(tables.user.c.id)
        .join(tables.membership, tables.membership.c.user_id == tables.user.c.id)
        .where(or_(tables.user.c.name == lead.name, tables.membership.c.name == lead.name))
    )
    return any(each != lead.id for each in named) or bool(tx.connection.execute(people.limit(1)).first())


def _is_written_to(tx: WorkspaceConnection, lead: Lead, going: Collection[int]) -> bool:
    """Whether another customer, who stays, has the same e-mail address."""
    return not {lead.id, *going}.issuperset(find_by_email(tx, lead.email))


def _written_about(tx: WorkspaceConnection, ids: Collection[int]) -> frozenset[str]:
    """Every text of the leads' own rows that is long enough to be told from others'."""
    found: set[str] = set()
    for table in tables.metadata.sorted_tables:
        if table is tables.team:
            continue  # led by a colleague
        hanging = table.c.id if table is tables.lead else table.c.get("lead_id")
        texts = [column for column in table.columns if isinstance(column.type, JSON | OwnJson | Text)]
        if hanging is not None and texts:
            theirs = select(*texts).where(table.c.workspace_id == tx.workspace_id, hanging.in_(ids))
            for row in tx.connection.execute(theirs):
                found |= {text for value in row for text in _texts(value) if len(text) >= _LEAST_TOLD}
    return frozenset(found)


_LEAST_TOLD = 12


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in cast("dict[str, Any]", value).values():
                yield from _texts(each)
        case list():
            for each in cast("list[Any]", value):
                yield from _texts(each)
        case _:
            return


def _forget_steps(tx: WorkspaceConnection, ids: Collection[int], named: Collection[str]) -> None:
    """Steps of others that keep something of the person can no longer be taken back: a merge, a referrer."""
    step = tables.step.c
    lost = step.was["merge", "lost", "id"].as_integer()
    tx.connection.execute(
        delete(tables.step).where(
            step.workspace_id == tx.workspace_id,
            not_(step.lead_id.in_(ids)),
            or_(lost.in_(ids), _mentions(tx, step.was, named)),
        )
    )


def _forget_merges(tx: WorkspaceConnection, ids: Collection[int], names: Collection[str]) -> None:
    """A merge that was taken back still tells the name in the other one's timeline."""
    entry = tables.activity.c
    merges = and_(
        entry.workspace_id == tx.workspace_id,
        not_(entry.lead_id.in_(ids)),
        or_(
            entry.detail["lost_name"].as_string().in_(names),
            entry.detail["kept_name"].as_string().in_(names),
        ),
    )
    _rewrite(tx, tables.activity, ("detail",), merges, lambda text: IN_PLACE if text in names else text)


def _forget_drafts(tx: WorkspaceConnection, ids: Collection[int], named: Collection[str]) -> None:
    """A half-filled form of a customer to come, or one about somebody else, may name the person.

    One about several customers, or about two of whom the person is the other, goes whatever it says.
    """
    draft, gone = tables.draft.c, set(ids)
    about = tx.connection.execute(
        select(draft.id, draft.content).where(draft.workspace_id == tx.workspace_id)
    )
    doomed = [row.id for row in about if gone & set(lead_ids_in(row.content))]
    tx.connection.execute(
        delete(tables.draft).where(
            draft.workspace_id == tx.workspace_id,
            or_(draft.id.in_(doomed), _mentions(tx, draft.content, named)),
        )
    )


def _forget_replaced_reminders(tx: WorkspaceConnection, ids: Collection[int]) -> None:
    """A reminder that was set while the two were merged may have taken the place of one that went back with them."""
    reminder = tables.reminder.c
    theirs = select(reminder.id).where(reminder.workspace_id == tx.workspace_id, reminder.lead_id.in_(ids))
    tx.connection.execute(
        update(tables.reminder)
        .where(
            reminder.workspace_id == tx.workspace_id,
            not_(reminder.lead_id.in_(ids)),
            reminder.replaces_id.in_(theirs),
        )
        .values(replaces_id=None)
    )


def _forget_import_rows(tx: WorkspaceConnection, ids: Collection[int]) -> None:
    """That a line was imported stays, so that the import's counts agree; nothing of what it said does."""
    row = tables.import_row
    tx.connection.execute(
        update(row)
        .where(row.c.workspace_id == tx.workspace_id, row.c.lead_id.in_(ids))
        .values(before=None, reason="", lead_id=None)
    )


def _forget_cases(tx: WorkspaceConnection, ids: Collection[int]) -> frozenset[str]:
    """Cases about nobody else go with them; one that others' cases stand beneath stays, empty. What was written in them."""
    case, entry, person = tables.case_record, tables.case_entry, tables.case_lead
    here = case.c.workspace_id == tx.workspace_id
    others = select(person.c.case_id).where(
        person.c.workspace_id == tx.workspace_id, person.c.lead_id.not_in(ids)
    )
    theirs = select(person.c.case_id).where(
        person.c.workspace_id == tx.workspace_id, person.c.lead_id.in_(ids)
    )
    alone = select(case.c.id).where(here, case.c.id.in_(theirs), case.c.id.not_in(others))
    going = set(tx.connection.execute(alone).scalars())
    above = select(case.c.parent_id).where(here, case.c.parent_id.in_(going), case.c.id.not_in(going))
    kept = set(tx.connection.execute(above).scalars())
    written: set[str] = set()
    for table, texts in ((case, (case.c.title, case.c.answers)), (entry, (entry.c.detail, entry.c.was))):
        key = case.c.id if table is case else entry.c.case_id
        for row in tx.connection.execute(
            select(*texts).where(table.c.workspace_id == tx.workspace_id, key.in_(going))
        ):
            written |= {text for value in row for text in _texts(value) if len(text) >= _LEAST_TOLD}
    emptied: dict[str, Any] = {"title": "", "answers": {}, "search_key": ""}
    tx.connection.execute(update(case).where(here, case.c.id.in_(kept)).values(**emptied))
    of_kept = (entry.c.workspace_id == tx.workspace_id, entry.c.case_id.in_(kept))
    tx.connection.execute(update(entry).where(*of_kept).values(detail={}, was={}))
    tx.connection.execute(delete(case).where(here, case.c.id.in_(going - kept)))
    changes.record(tx, "case_record", going)
    return frozenset(written)


def _replace_names(
    tx: WorkspaceConnection,
    table: Table,
    columns: tuple[str, ...],
    named: Collection[str],
    whole: Collection[str] = (),
) -> list[int]:
    """Put IN_PLACE where rows name the person; a text that is nothing but one of `whole` is emptied. The rows' ids."""
    if not (named or whole):
        return []
    longest = sorted(named, key=len, reverse=True)

    def cleaned(text: str) -> str:
        if text in whole:
            return ""
        for each in longest:
            text = text.replace(each, IN_PLACE)
        return text

    wanted = or_(*(_mentions(tx, table.c[name], {*named, *whole}) for name in columns))
    return _rewrite(tx, table, columns, wanted, cleaned)


def _rewrite(
    tx: WorkspaceConnection,
    table: Table,
    columns: tuple[str, ...],
    wanted: ColumnElement[bool],
    cleaned: Callable[[str], str],
) -> list[int]:
    changed: list[int] = []
    here = table.c.workspace_id == tx.workspace_id
    rows = tx.connection.execute(
        select(table.c.id, *(table.c[name] for name in columns)).where(here, wanted)
    ).all()
    for row_id, *values in rows:
        new = {name: _in_texts(value, cleaned) for name, value in zip(columns, values, strict=True)}
        # What cannot be read goes whole.
        new |= {
            name: {}
            for name, value in new.items()
            if value is None and isinstance(table.c[name].type, OwnJson)
        }
        if list(new.values()) != values:
            tx.connection.execute(update(table).where(here, table.c.id == row_id).values(**new))
            changed.append(row_id)
    return changed


def _in_texts(value: Any, cleaned: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, Mapping):
        return {key: _in_texts(each, cleaned) for key, each in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list):
        return [_in_texts(each, cleaned) for each in cast("list[Any]", value)]
    return value


def _mentions(tx: WorkspaceConnection, column: Column[Any], named: Collection[str]) -> ColumnElement[bool]:
    """Whether one of the texts stands in the column, also as JSON writes it."""
    return (
        tx.backend.mentions(tx.connection, column, {form for each in named for form in forms_in_json(each)})
        if named
        else false()
    )
