"""How two customers become one: what differs, which value stays, and what the one is then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from leadtui.domain.difference import Difference, Side
from leadtui.domain.field import FormatContext
from leadtui.domain.lead import Lead, LeadNumber
from leadtui.domain.lead_entry import entry_titles, shown_texts
from leadtui.domain.lead_fields import BUILT_IN, OWNER, PHONE, PHONE_OTHER, STATUS
from leadtui.domain.view import custom_key, custom_sort
from leadtui.domain.workspace import Definitions
from leadtui.language.translate import pgettext


def differences(
    kept: Lead, lost: Lead, definitions: Definitions, context: FormatContext
) -> tuple[Difference, ...]:
    """The fields that both have and in which they differ, in the order of the form, then status and owner.

    Numbers are joined, so that of them only the rung one is a choice. Fields out of use are not asked about.
    """
    sides = [shown_texts(each, definitions, context) for each in (kept, lost)]
    found = [
        Difference(key, title, sides[0].get(key, ""), sides[1].get(key, ""))
        for key, title in entry_titles(definitions).items()
        if key != PHONE_OTHER
    ]
    worked = Side.LOST if _worked_at(lost) > _worked_at(kept) else Side.KEPT
    statuses = [definitions.status(each.status_id) for each in (kept, lost)]
    titles = [each.title if each else "" for each in statuses]
    found.append(Difference(STATUS, pgettext("field", "Status"), titles[0], titles[1], worked))
    owners = [definitions.colleague(each.owner_id) for each in (kept, lost)]
    names = [each.name if each else "" for each in owners]
    found.append(Difference(OWNER, pgettext("field", "Cartable"), names[0], names[1], worked))
    return tuple(each for each in found if each.left and each.right and each.left != each.right)


def merge(kept: Lead, lost: Lead, choices: Mapping[str, Side], found: tuple[Difference, ...]) -> Lead:
    """The one customer: numbers joined, gaps filled, `choices` by key for the differences that were `found`."""
    sides = {each.key: choices.get(each.key, each.usual) for each in found}

    def takes_lost(key: str, mine: object, theirs: object) -> bool:
        if not mine or not theirs:
            return not mine
        return sides.get(key, Side.KEPT) is Side.LOST

    typed = [each for each in BUILT_IN if each.form is not None and each.key not in (PHONE, PHONE_OTHER)]
    values: dict[str, Any] = {
        each.column: each.value(lost if takes_lost(each.key, each.value(kept), each.value(lost)) else kept)
        for each in typed
    }
    lost_rung = takes_lost(PHONE, kept.numbers, lost.numbers)
    numbers = _joined(lost.numbers, kept.numbers) if lost_rung else _joined(kept.numbers, lost.numbers)
    own = {
        key: lost.custom[key]
        if takes_lost(custom_sort(key), key in kept.custom, key in lost.custom)
        else kept.custom[key]
        for key in (*kept.custom, *(key for key in lost.custom if key not in kept.custom))
    }
    status = lost if takes_lost(STATUS, kept.status_id, lost.status_id) else kept
    owner = lost if takes_lost(OWNER, kept.owner_id, lost.owner_id) else kept
    earlier = lost if lost.entered_at < kept.entered_at else kept
    contacted = [each for each in (kept.contacted_at, lost.contacted_at) if each is not None]
    return replace(
        kept,
        **values,
        phone=numbers[0].e164 if numbers else "",
        numbers=numbers,
        custom=own,
        entered_at=earlier.entered_at,
        channel_first_id=earlier.channel_first_id or kept.channel_first_id or lost.channel_first_id,
        status_id=status.status_id,
        status_at=status.status_at,
        attempts=status.attempts,
        owner_id=owner.owner_id,
        owner_at=owner.owner_at,
        contacted_at=max(contacted, default=None),
    )


def _joined(first: Sequence[LeadNumber], then: Sequence[LeadNumber]) -> tuple[LeadNumber, ...]:
    """All numbers, each once: one that the two shared is shared still only where a third one is left whose it is."""
    joined = {each.e164: each for each in first}
    for each in then:
        twin = joined.setdefault(each.e164, each)
        joined[each.e164] = replace(twin, shared=twin.shared and each.shared)
    return tuple(joined.values())


def told_changes(
    kept: Lead,
    lost: Lead,
    choices: Mapping[str, Side],
    found: tuple[Difference, ...],
    definitions: Definitions,
    context: FormatContext,
) -> tuple[tuple[str, str, str], ...]:
    """Each value that gives way and the one that stays, by the key that a timeline names the field by."""
    changes: list[tuple[str, str, str]] = []
    for each in found:
        side = choices.get(each.key, each.usual)
        changes.append((custom_key(each.key) or each.key, each.text(side.other), each.text(side)))
    asked = {each.key for each in found}
    mine, theirs = (shown_texts(each, definitions, context) for each in (kept, lost))
    for key in theirs:
        own = custom_key(key)
        if own is not None and key not in asked and mine.get(key) and mine[key] != theirs[key]:
            changes.append((own, theirs[key], mine[key]))
    return tuple(changes)


def _worked_at(lead: Lead) -> datetime:
    """When somebody last did something about the lead."""
    moments = [each for each in (lead.contacted_at, lead.status_at, lead.owner_at) if each is not None]
    return max(moments, default=datetime.min.replace(tzinfo=UTC))
