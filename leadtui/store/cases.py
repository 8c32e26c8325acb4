"""Cases, who is in them, and their timelines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, false, func, insert, or_, select, update

from leadtui.domain.case import Case, CaseAct, CaseDetail, CaseEntry, CaseLead
from leadtui.domain.field import AnswerValue
from leadtui.domain.visibility import Visibility, asks_for_number
from leadtui.errors import Conflict, NotFound
from leadtui.language.text import search_key
from leadtui.language.translate import _
from leadtui.store import changes, tables
from leadtui.store.activities import answers_from_json, answers_to_json
from leadtui.store.column_types import microseconds, moment
from leadtui.store.connection import WorkspaceConnection, insert_row

_case, _in, _entry, _kind = tables.case_record.c, tables.case_lead.c, tables.case_entry.c, tables.case_kind.c

KEPT = ("state", "state_at", "title", "owner_id", "parent_id", "answers", "limits_passed")
"""The columns that a step can change and undoing puts back."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are wanted. Nothing said means all; `states` are pairs of a kind's key and a state's."""

    kind: str = ""
    states: frozenset[tuple[str, str]] | None = None
    owner_id: int | None = None
    lead_id: int | None = None
    parent_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry of a timeline with what its step replaced: `version_after` is how it left the case."""

    id: int
    case_id: int
    actor_id: int | None
    act: CaseAct
    detail: CaseDetail
    was: Mapping[str, Any]
    version_after: int
    undone: bool


def add(
    tx: WorkspaceConnection,
    *,
    kind_id: int,
    state: str,
    at: datetime,
    by: int,
    title: str,
    owner_id: int | None,
    parent_id: int | None,
    answers: Mapping[str, Any],
) -> int:
    """Write a new case and return its id. `at` is aware UTC."""
    case_id = insert_row(
        tx.connection,
        tables.case_record,
        workspace_id=tx.workspace_id,
        kind_id=kind_id,
        state=state,
        state_at=at,
        title=title,
        owner_id=owner_id,
        parent_id=parent_id,
        answers=dict(answers),
        opened_at=at,
        opened_by=by,
        search_key=_found_by(title, answers),
    )
    changes.record(tx, "case_record", [case_id])
    return case_id


def get(tx: WorkspaceConnection, case_id: int) -> Case:
    """The case of that id. Raises NotFound."""
    found = of_ids(tx, [case_id])
    if not found:
        raise no_such_case(case_id)
    return found[0]


def no_such_case(case_id: int) -> NotFound:
    """What is said where there is none, or none that the person sees."""
    return NotFound(_("There is no case {id}.").format(id=case_id))


def of_ids(tx: WorkspaceConnection, ids: Collection[int]) -> list[Case]:
    """The cases of these ids, the oldest first."""
    return _read(tx, _case.id.in_(ids))


def of_leads(tx: WorkspaceConnection, lead_ids: Collection[int]) -> list[Case]:
    """The cases in which any of these leads is, the oldest first."""
    return _read(tx, _with_lead(_in.lead_id.in_(lead_ids)))


def children(tx: WorkspaceConnection, case_id: int) -> list[Case]:
    """The cases beneath one, the oldest first."""
    return _read(tx, _case.parent_id == case_id)


def found(
    tx: WorkspaceConnection, wanted: CaseFilter, visibility: Visibility, limit: int | None = None
) -> list[Case]:
    """The cases that fit and that the person may see, the last moved first."""
    return _read(tx, *_conditions(tx, wanted, visibility), limit=limit)


def count(tx: WorkspaceConnection, wanted: CaseFilter, visibility: Visibility) -> int:
    """How many cases fit that the person may see."""
    query = (
        select(func.count())
        .select_from(tables.case_record)
        .join(tables.case_kind, _kind.id == _case.kind_id)
        .where(_case.workspace_id == tx.workspace_id, *_conditions(tx, wanted, visibility))
    )
    return tx.connection.execute(query).scalar_one()


def counts(tx: WorkspaceConnection, kind_id: int) -> dict[str, int]:
    """How many cases of a kind are in each state."""
    rows = tx.connection.execute(
        select(_case.state, func.count())
        .where(_case.workspace_id == tx.workspace_id, _case.kind_id == kind_id)
        .group_by(_case.state)
    )
    return {row[0]: row[1] for row in rows}


def responsible(tx: WorkspaceConnection, people: Collection[int]) -> dict[int, int]:
    """For how many cases each of these people is responsible."""
    rows = tx.connection.execute(
        select(_case.owner_id, func.count())
        .where(_case.workspace_id == tx.workspace_id, _case.owner_id.in_(people))
        .group_by(_case.owner_id)
    )
    return {row[0]: row[1] for row in rows}


def held(
    tx: WorkspaceConnection, person_id: int, over: Collection[tuple[str, str]], limit: int
) -> list[Case]:
    """Cases for which a person is responsible and that are in none of these states of kinds, the last moved first."""
    return _read(tx, _case.owner_id == person_id, ~_in_states(over), limit=limit)


def count_held(tx: WorkspaceConnection, person_id: int, over: Collection[tuple[str, str]]) -> int:
    """How many cases `held` would give without a limit."""
    query = (
        select(func.count())
        .select_from(tables.case_record)
        .join(tables.case_kind, _kind.id == _case.kind_id)
        .where(_case.workspace_id == tx.workspace_id, _case.owner_id == person_id, ~_in_states(over))
    )
    return tx.connection.execute(query).scalar_one()


def answered(tx: WorkspaceConnection, kind_id: int) -> dict[str, int]:
    """How many cases of a kind have an answer in each field, by its key."""
    rows = tx.connection.execute(
        select(_case.answers).where(_case.workspace_id == tx.workspace_id, _case.kind_id == kind_id)
    )
    found_: dict[str, int] = {}
    for answers in rows.scalars():
        for key in answers:
            found_[key] = found_.get(key, 0) + 1
    return found_


def over_time(
    tx: WorkspaceConnection, kind_id: int, state: str, passed: int, before: datetime, limit: int
) -> list[Case]:
    """Cases that came into a state at that aware moment or earlier, of whose limits so many were reached."""
    return _read(
        tx,
        _case.kind_id == kind_id,
        _case.state == state,
        _case.limits_passed == passed,
        _case.state_at <= before,
        limit=limit,
    )


def change(tx: WorkspaceConnection, case: Case, **values: Any) -> int:
    """Write `values` over the case, as it was read, and return its new version. Raises Conflict."""
    title, answers = values.get("title", case.title), values.get("answers", case.answers)
    result = tx.connection.execute(
        update(tables.case_record)
        .where(_case.workspace_id == tx.workspace_id, _case.id == case.id, _case.version == case.version)
        .values(version=case.version + 1, search_key=_found_by(title, answers), **values)
    )
    if result.rowcount != 1:
        raise changed_meanwhile()
    changes.record(tx, "case_record", [case.id])
    return case.version + 1


def changed_meanwhile() -> Conflict:
    """The sentence for a case that somebody else has changed."""
    return Conflict(_("Somebody else changed this case in the meantime; look at it again, then save."))


def set_leads(tx: WorkspaceConnection, case_id: int, leads: Iterable[CaseLead]) -> None:
    """Let exactly these leads be in the case."""
    wanted = list(dict.fromkeys(leads))
    present = _leads_of(tx, [case_id]).get(case_id, ())
    # Rows that stay keep their ids, by which a merge that is taken back knows whose they were.
    for each in present:
        if each not in wanted:
            here = (_in.workspace_id == tx.workspace_id, _in.case_id == case_id)
            gone = delete(tables.case_lead).where(*here, _in.role == each.role, _in.lead_id == each.lead_id)
            tx.connection.execute(gone)
    rows = [
        {"workspace_id": tx.workspace_id, "case_id": case_id, "lead_id": each.lead_id, "role": each.role}
        for each in wanted
        if each not in present
    ]
    if rows:
        tx.connection.execute(insert(tables.case_lead), rows)


def remove(tx: WorkspaceConnection, case_ids: Collection[int]) -> None:
    """Delete cases with their timelines."""
    tx.connection.execute(
        delete(tables.case_record).where(_case.workspace_id == tx.workspace_id, _case.id.in_(case_ids))
    )
    changes.record(tx, "case_record", case_ids)


def kept_values(case: Case) -> dict[str, Any]:
    """What the case's row and its leads hold, as JSON keeps it."""
    values = {name: getattr(case, name) for name in KEPT}
    return {
        **values,
        "state_at": microseconds(case.state_at),
        "answers": dict(case.answers),
        "leads": [[each.role, each.lead_id] for each in case.leads],
    }


def put_back(tx: WorkspaceConnection, case: Case, was: Mapping[str, Any]) -> int:
    """Give the case the values of `kept_values`; return its new version. Raises Conflict."""
    values = {name: was[name] for name in KEPT} | {"state_at": moment(was["state_at"])}
    set_leads(tx, case.id, [CaseLead(role, lead_id) for role, lead_id in was["leads"]])
    return change(tx, case, **values)


def add_entry(
    tx: WorkspaceConnection,
    case_id: int,
    act: CaseAct,
    at: datetime,
    actor_id: int | None,
    detail: CaseDetail,
    *,
    was: Mapping[str, Any] | None = None,
    version_after: int = 0,
) -> int:
    """Write an entry of the timeline and return its id; `was` is what its step replaced."""
    return insert_row(
        tx.connection,
        tables.case_entry,
        workspace_id=tx.workspace_id,
        case_id=case_id,
        act=act.value,
        at=at,
        actor_id=actor_id,
        detail=_detail_to_json(detail),
        was=dict(was or {}),
        version_after=version_after,
    )


def note_steps(tx: WorkspaceConnection, entry_id: int, was: Mapping[str, Any], steps: Sequence[int]) -> None:
    """Keep beside what a step replaced which steps on leads were taken with it."""
    tx.connection.execute(
        update(tables.case_entry)
        .where(_entry.workspace_id == tx.workspace_id, _entry.id == entry_id)
        .values(was={**was, "steps": list(steps)})
    )


def timeline(tx: WorkspaceConnection, case_id: int) -> tuple[CaseEntry, ...]:
    """What happened to the case, the newest first."""
    return tuple(
        CaseEntry(
            row.id, CaseAct(row.act), row.at, row.actor_id, _detail_of(row.detail), row.undone_at is not None
        )
        for row in tx.connection.execute(
            select(tables.case_entry)
            .where(_entry.workspace_id == tx.workspace_id, _entry.case_id == case_id)
            .order_by(_entry.id.desc())
        )
    )


def entry(tx: WorkspaceConnection, entry_id: int) -> KeptEntry | None:
    """One entry with what its step replaced."""
    return _kept_entry(tx, _entry.id == entry_id)


def latest_step(tx: WorkspaceConnection, case_id: int, actor_id: int) -> KeptEntry | None:
    """The newest step of a person on the case that was not taken back."""
    return _kept_entry(
        tx,
        _entry.case_id == case_id,
        _entry.actor_id == actor_id,
        _entry.undone_at.is_(None),
        _entry.version_after > 0,
    )


def mark_undone(tx: WorkspaceConnection, step: KeptEntry, version: int, at: datetime) -> None:
    """Note that a step was taken back, which left the case at `version`; the step before it left it so, too."""
    here = _entry.workspace_id == tx.workspace_id
    tx.connection.execute(update(tables.case_entry).where(here, _entry.id == step.id).values(undone_at=at))
    tx.connection.execute(
        update(tables.case_entry)
        .where(
            here,
            _entry.case_id == step.case_id,
            _entry.undone_at.is_(None),
            _entry.version_after == int(step.was.get("version", 0)),
        )
        .values(version_after=version)
    )


def _kept_entry(tx: WorkspaceConnection, *wanted: ColumnElement[bool]) -> KeptEntry | None:
    row = tx.connection.execute(
        select(tables.case_entry)
        .where(_entry.workspace_id == tx.workspace_id, *wanted)
        .order_by(_entry.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return KeptEntry(
        row.id,
        row.case_id,
        row.actor_id,
        CaseAct(row.act),
        _detail_of(row.detail),
        row.was,
        row.version_after,
        row.undone_at is not None,
    )


def _read(tx: WorkspaceConnection, *wanted: ColumnElement[bool], limit: int | None = None) -> list[Case]:
    here = _case.workspace_id == tx.workspace_id
    query = (
        select(tables.case_record, _kind.key.label("kind"))
        .join(tables.case_kind, _kind.id == _case.kind_id)
        .where(here, *wanted)
        .order_by(_case.id)
    )
    if limit is not None:
        query = query.order_by(None).order_by(_case.state_at.desc(), _case.id.desc()).limit(limit)
    rows = tx.connection.execute(query).all()
    people = _leads_of(tx, [row.id for row in rows])
    return [_case_from(row, people.get(row.id, ())) for row in rows]


_AT_ONCE = 5_000


def _leads_of(tx: WorkspaceConnection, case_ids: Sequence[int]) -> dict[int, tuple[CaseLead, ...]]:
    people: dict[int, dict[CaseLead, None]] = {}
    for start in range(0, len(case_ids), _AT_ONCE):
        rows = tx.connection.execute(
            select(_in.case_id, _in.role, _in.lead_id)
            .where(_in.workspace_id == tx.workspace_id, _in.case_id.in_(case_ids[start : start + _AT_ONCE]))
            .order_by(_in.id)
        )
        for row in rows:
            people.setdefault(row.case_id, {})[CaseLead(row.role, row.lead_id)] = None
    return {case_id: tuple(each) for case_id, each in people.items()}


def _case_from(row: Row[Any], leads: tuple[CaseLead, ...]) -> Case:
    return Case(
        id=row.id,
        version=row.version,
        kind=row.kind,
        state=row.state,
        state_at=row.state_at,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        title=row.title,
        owner_id=row.owner_id,
        parent_id=row.parent_id,
        answers=row.answers,
        leads=leads,
        limits_passed=row.limits_passed,
    )


def _with_lead(*wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(_in.workspace_id == _case.workspace_id, _in.case_id == _case.id, *wanted)


def _in_states(states: Collection[tuple[str, str]]) -> ColumnElement[bool]:
    """Whether a case is in one of these states, each with the key of its kind."""
    return or_(false(), *(and_(_kind.key == kind, _case.state == state) for kind, state in sorted(states)))


def _conditions(
    tx: WorkspaceConnection, wanted: CaseFilter, visibility: Visibility
) -> list[ColumnElement[bool]]:
    conditions = [*_seen(visibility)]
    if wanted.kind:
        conditions.append(_kind.key == wanted.kind)
    if wanted.states is not None:
        conditions.append(_in_states(wanted.states))
    if wanted.owner_id is not None:
        conditions.append(_case.owner_id == wanted.owner_id)
    if wanted.lead_id is not None:
        conditions.append(_with_lead(_in.lead_id == wanted.lead_id))
    if wanted.parent_id is not None:
        conditions.append(_case.parent_id == wanted.parent_id)
    lead = tables.lead.c
    for word in search_key(wanted.text).split():
        named = [lead.search_key.contains(word, autoescape=True)]
        if visibility.customers is not None:
            named.append(lead.owner_id.in_(visibility.customers))
        # What a number says is found by whom the person sees the numbers of alone.
        tells = visibility.numbers is not None and asks_for_number(word)
        if tells:
            named.append(lead.owner_id.in_(visibility.numbers or ()))
        of_lead = exists().where(
            lead.workspace_id == tx.workspace_id, lead.id == _in.lead_id, _in.case_id == _case.id, *named
        )
        own = _case.search_key.contains(word, autoescape=True)
        conditions.append(of_lead if tells else or_(own, of_lead))
    return conditions


def _seen(visibility: Visibility) -> list[ColumnElement[bool]]:
    """Cases about nobody, about a lead whom the person sees, and those that the person is responsible for."""
    if visibility.customers is None:
        return []
    lead = tables.lead.c
    of_seen = exists().where(
        _in.workspace_id == _case.workspace_id,
        _in.case_id == _case.id,
        lead.workspace_id == _in.workspace_id,
        lead.id == _in.lead_id,
        lead.owner_id.in_(visibility.customers),
    )
    return [or_(~_with_lead(), of_seen, _case.owner_id == visibility.person_id)]


def _found_by(title: str, answers: Mapping[str, AnswerValue]) -> str:
    texts = [title]
    for value in answers.values():
        texts += value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return search_key(" ".join(texts))


_UNSET = CaseDetail()


def _detail_to_json(detail: CaseDetail) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for each in fields(CaseDetail):
        value = getattr(detail, each.name)
        if value != getattr(_UNSET, each.name):
            kept[each.name] = answers_to_json(value) if each.name == "answers" else value
    return kept


def _detail_of(kept: Mapping[str, Any]) -> CaseDetail:
    known = {each.name for each in fields(CaseDetail)}
    values = {name: value for name, value in kept.items() if name in known}
    answers = answers_from_json(values.pop("answers", []))
    return CaseDetail(answers=answers, **values)
