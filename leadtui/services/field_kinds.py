"""Changing the kind of a field that customers have answers in: where all of these can be read as the new kind, they become it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from leadtui.domain.field import (
    AnswerValue,
    Field,
    FieldKind,
    FormatContext,
    edit_text,
    read_answer,
    show_answer,
)
from leadtui.domain.lead import ActivityDetail, ActivityKind
from leadtui.domain.lead_fields import REACHING_KINDS
from leadtui.domain.permission import Permission
from leadtui.domain.view import custom_sort
from leadtui.errors import Invalid
from leadtui.language.text import ellipsize, safe
from leadtui.language.translate import counted, format_list, ngettext, pgettext, quoted
from leadtui.services.session import Session
from leadtui.services.transaction import Transaction
from leadtui.store import lead_writing, leads
from leadtui.store.lead_writing import LeadChange, NewActivity
from leadtui.store.leads import CustomAnswer

SHOWN = 3
"""Answers that a refusal names."""

LONGEST_SHOWN = 24


@dataclass(frozen=True, slots=True)
class InTheWay:
    """An answer that is none of the new kind. `name` and `text` are empty where the person does not see them."""

    lead_id: int
    name: str
    text: str


def answers_in_the_way(session: Session, field: Field) -> tuple[InTheWay, ...]:
    """The answers that keep a field of customers from being as `field` says: its kind and options; nothing is written.

    In the order of the customers' ids.
    """
    with session.read(Permission.DEFINE_FIELDS) as tx:
        stored = next((each for each in tx.definitions.fields if each.id == field.id), None)
        return () if stored is None else tuple(_in_the_way(tx, stored, field))


def change_answers(tx: Transaction, before: Field, after: Field) -> None:
    """Make the answers of customers in `before` those of `after`, which is of another kind.

    Who had something that is kept otherwise then has it in the timeline. Raises Invalid where one cannot be read so.
    """
    in_the_way = list(_in_the_way(tx, before, after))
    if in_the_way:
        raise Invalid(_refusal(in_the_way), "kind")
    context = tx.format_context()
    changes: list[LeadChange] = []
    entries: list[NewActivity] = []
    for each in leads.custom_answers(tx, before.key):
        was = each.custom[before.key]
        now = converted(before, after, was, context)
        if now is None or now == was:
            continue
        changes.append(LeadChange(each.lead_id, {"custom": {**each.custom, before.key: now}}))
        shown = (show_answer(before.kind, was, context), show_answer(after.kind, now, context))
        if shown[0] != shown[1]:
            detail = ActivityDetail(changes=((before.key, *shown),))
            entries.append(NewActivity(each.lead_id, ActivityKind.EDITED, tx.now, tx.actor.id, detail))
    lead_writing.change_leads(tx, changes)
    lead_writing.add_activities(tx, entries)


def converted(before: Field, after: Field, value: AnswerValue, context: FormatContext) -> AnswerValue | None:
    """An answer as one of another kind; None where it cannot be read so."""
    if after.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return show_answer(before.kind, value, context)
    try:
        return read_answer(replace(after, required=True), edit_text(before.kind, value, context), context)
    except Invalid:
        return None


def _in_the_way(tx: Transaction, before: Field, after: Field) -> Iterator[InTheWay]:
    context = tx.format_context()
    for each in leads.custom_answers(tx, before.key):
        value = each.custom[before.key]
        if converted(before, after, value, context) is None:
            yield _shown(tx, before, each, show_answer(before.kind, value, context))


def _shown(tx: Transaction, field: Field, answer: CustomAnswer, text: str) -> InTheWay:
    """As the person may see it."""
    seen = tx.visibility.can_see(answer.owner_id)
    reached = field.kind in REACHING_KINDS and not tx.visibility.can_see_numbers(answer.owner_id)
    hidden = reached or custom_sort(field.key) in tx.visibility.hidden
    return InTheWay(answer.lead_id, answer.name if seen else "", text if seen and not hidden else "")


def _refusal(in_the_way: Sequence[InTheWay]) -> str:
    words = ngettext(
        "{count} customer has something in it that is nothing of this kind: {examples}. Correct that first.",
        "{count} customers have something in it that is nothing of this kind: {examples}. Correct that first.",
        len(in_the_way),
    )
    shown = [
        pgettext("pattern", "{text} of {name}").format(
            text=quoted(safe(ellipsize(each.text, LONGEST_SHOWN))),
            name=safe(ellipsize(each.name, LONGEST_SHOWN)),
        )
        for each in in_the_way[:SHOWN]
        if each.text
    ]
    return words.format(count=counted(len(in_the_way)), examples=format_list(shown or ["…"]))
