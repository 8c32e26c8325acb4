"""Defining what a case can be: each call keeps one kind, whole and without faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from leadtui.domain.case_kind import PROFILE, CaseKind
from leadtui.domain.case_kind_checking import KindSurroundings, kind_problems
from leadtui.domain.defining import OtherDefinition, clean_title, new_key
from leadtui.domain.field import Field
from leadtui.domain.lead_fields import BUILT_IN
from leadtui.domain.message import MessageText
from leadtui.domain.permission import Permission, Profile
from leadtui.domain.status import Status
from leadtui.domain.workspace import Definitions
from leadtui.errors import Conflict, Invalid, InvalidAnswers, NotFound
from leadtui.language.translate import _
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import case_kinds, cases, definitions


def kind_surroundings(
    kinds: Sequence[CaseKind],
    statuses: Iterable[Status],
    profiles: Iterable[Profile],
    fields: Iterable[Field],
    texts: Iterable[MessageText],
) -> KindSurroundings:
    """What a kind can name among definitions in use."""
    return KindSurroundings(
        [each for each in kinds if not each.retired],
        {each.key: each for each in statuses if not each.retired},
        frozenset({*(each.value for each in Permission), *(PROFILE + each.key for each in profiles)}),
        frozenset({*(each.key for each in BUILT_IN), *(each.key for each in fields if not each.retired)}),
        {each.key: each for each in texts if not each.retired},
    )


def surroundings_of(known: Definitions) -> KindSurroundings:
    """As `kind_surroundings`, of a workspace."""
    return kind_surroundings(known.case_kinds, known.statuses, known.profiles, known.fields, known.texts)


def save_case_kind(session: Session, kind: CaseKind, before: CaseKind | None = None) -> CaseKind:
    """Keep a new kind (id 0) or a changed one, and return it as kept; fields that it no longer has stay as retired ones.

    Raises InvalidAnswers with a problem beside each wrong part, and where cases are in a state that it no longer has;
    Conflict where somebody changed it since `before` was read.
    """
    with session.write(Permission.DEFINE_CASES) as tx:
        stored = next((each for each in tx.definitions.case_kinds if each.id == kind.id), None)
        if kind.id and stored is None:
            raise NotFound(_("That definition does not exist any more."))
        if before is not None and stored != before:
            words = _("Somebody else changed “{title}” in the meantime; look at it again, then save.")
            raise Conflict(words.format(title=kind.title))
        if not kind.id and kind.key and tx.definitions.case_kind(kind.key) is not None:
            raise Invalid(_("There is “{title}” already.").format(title=kind.key), "key")
        (kind_id,) = _save(tx, [kind])
    return next(each for each in session.reload_definitions().case_kinds if each.id == kind_id)


def save_case_kinds(session: Session, kinds: Sequence[CaseKind]) -> tuple[CaseKind, ...]:
    """Keep all kinds, which may name one another: those whose key there is already are changed. Raises as `save_case_kind`."""
    with session.write(Permission.DEFINE_CASES) as tx:
        known = {each.key: each.id for each in tx.definitions.case_kinds}
        ids = _save(tx, [replace(each, id=known.get(each.key, 0)) for each in kinds])
    saved = {each.id: each for each in session.reload_definitions().case_kinds}
    return tuple(saved[each] for each in ids)


def _save(tx: Transaction, kinds: Sequence[CaseKind]) -> list[int]:
    """Write the kinds and return their ids. Raises InvalidAnswers with all that is wrong with the first one that is wrong."""
    known = tx.definitions
    stored = {each.id: each for each in known.case_kinds}
    others = [OtherDefinition(each.id, each.key, each.title, each.retired) for each in known.case_kinds]
    named: list[CaseKind] = []
    for place, kind in enumerate(kinds):
        # A new one has no id yet: its place, counted below all ids, tells it from the others.
        title = clean_title(kind.title, kind.id or -place - 1, others)
        others.append(OtherDefinition(kind.id or -place - 1, kind.key, title))
        key = kind.key or new_key(title, "kind", (each.key for each in known.case_kinds))
        named.append(with_kept_parts(tx, replace(kind, key=key, title=title), stored.get(kind.id)))
    keys = {each.key for each in named}
    around = replace(
        surroundings_of(known),
        kinds=[*(each for each in known.open_case_kinds if each.key not in keys), *named],
    )
    for each in named:
        problems = kind_problems(each, around)
        if problems:
            raise InvalidAnswers(problems)
    next_place = definitions.next_position(tx, "case_kind")
    ids: list[int] = []
    for each in named:
        present = stored.get(each.id)
        position = next_place + len(ids) if present is None else present.position
        ids.append(case_kinds.save(tx, replace(each, position=position)))
        if present is not None and present.retired and not each.retired:
            definitions.set_retired(tx, "case_kind", each.id, retired=False)
    return ids


def with_kept_parts(tx: Transaction, kind: CaseKind, stored: CaseKind | None) -> CaseKind:
    """The kind with the fields that it no longer has as retired ones.

    Raises InvalidAnswers where cases are in a state that it no longer has, or have answers of a field that would be of another
    kind.
    """
    if stored is None:
        return kind
    problems: list[Invalid] = []
    states = {each.key for each in kind.states}
    for key, count in cases.counts(tx, stored.id).items():
        if key not in states:
            words = _("{count} cases are at “{state}”; move them on first.")
            problems.append(Invalid(words.format(count=count, state=stored.state_title(key)), "states"))
    answered: Mapping[str, int] = cases.answered(tx, stored.id)
    for place, each in enumerate(kind.fields):
        was = stored.field(each.key)
        if was is not None and was.kind is not each.kind and answered.get(each.key):
            words = _("{count} cases have answers of “{title}” as it is; its kind stays.")
            told = words.format(count=answered[each.key], title=was.title)
            problems.append(Invalid(told, f"fields.{place}.kind"))
    if problems:
        raise InvalidAnswers(tuple(problems))
    named = {each.key for each in kind.fields}
    gone = tuple(
        replace(each, retired=True)
        for each in stored.fields
        if each.key not in named and answered.get(each.key)
    )
    return replace(kind, fields=(*kind.fields, *gone))
