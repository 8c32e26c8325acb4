"""What undoing reads like: which step would be taken back, and what became of it."""

from __future__ import annotations

from leadtui.domain.lead import Activity, ActivityKind, Lead
from leadtui.domain.lead_entry import change_title
from leadtui.language.text import brief, safe
from leadtui.language.translate import ListStyle, _, counted, format_list, ngettext, pgettext
from leadtui.presentation.activity_sentence import called, whom
from leadtui.presentation.case_words import act_words
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.services.undo import TakenBack, Undone

QUOTED_WIDTH = 40
"""Cells of a note that are quoted."""


def step_words(activity: Activity, lead: Lead, formatter: Formatter) -> str:
    """Which step on whom: `Mina Sadeghi – a note`."""
    kinds = {
        ActivityKind.STATUS_SET: activity.detail.status_to,
        ActivityKind.NOTE: pgettext("step", "a note"),
        ActivityKind.EDITED: pgettext("step", "an edit"),
        ActivityKind.MERGED: pgettext("step", "a merge"),
        ActivityKind.TRANSFERRED: pgettext("step", "a new owner"),
        ActivityKind.RETURNED: pgettext("step", "a return"),
        ActivityKind.REMINDER_SET: pgettext("step", "a reminder"),
        ActivityKind.REMINDER_DONE: pgettext("step", "a reminder done"),
        ActivityKind.REMINDER_MOVED: pgettext("step", "a reminder moved"),
        ActivityKind.REMINDER_CANCELLED: pgettext("step", "a reminder cancelled"),
        ActivityKind.REMINDER_SKIPPED: pgettext("step", "a reminder skipped"),
        ActivityKind.REMINDER_PASSED: pgettext("step", "reminders passed on"),
        ActivityKind.ESCALATED: pgettext("step", "an escalation"),
        ActivityKind.CASE: pgettext("pattern", "{field}: {now}").format(
            field=safe(activity.detail.case_kind),
            now=safe(activity.detail.case_move) or act_words(activity.detail.case_act),
        ),
        ActivityKind.CALLS_FORBIDDEN: pgettext("step", "calls forbidden"),
        ActivityKind.CALLS_ALLOWED: pgettext("step", "calls allowed again"),
    }
    what = kinds.get(activity.kind, pgettext("step", "a change"))
    return pgettext("pattern", "{name} – {what}").format(name=called(lead, formatter), what=what)


def undone_sentence(undone: Undone, formatter: Formatter) -> str:
    """What was taken back, in one line."""
    first, others = _became(undone.taken[0], formatter), len(undone.taken) - 1
    if not others:
        # Translators: {what} says of whom it was, and what became of it.
        return _("Taken back: {what}").format(what=first)
    return ngettext(
        "Taken back: {what}; and the same of {n} other customer.",
        "Taken back: {what}; and the same of {n} other customers.",
        others,
    ).format(what=first, n=counted(others))


def _became(taken: TakenBack, formatter: Formatter) -> str:
    """What became of one: `Mina Sadeghi – Demo booked → New; owner Reza → you; reminder Sat 10:00 cancelled`."""
    if taken.activity.kind is ActivityKind.MERGED:
        parts = [pgettext("taken back", "{name} is a customer of their own again").format(name=_lost(taken))]
    else:
        parts = [*_put_back(taken), *_changes(taken, formatter)]
    return pgettext("pattern", "{name} – {what}").format(
        name=called(taken.lead, formatter),
        what=format_list(parts, ListStyle.CLAUSES) or pgettext("step", "the last step"),
    )


def _lost(taken: TakenBack) -> str:
    return safe(taken.activity.detail.lost_name)


def _put_back(taken: TakenBack) -> list[str]:
    """What the kind of the step says."""
    parts: list[str] = []
    if taken.status_changed:
        before, now = (
            safe(each) or pgettext("status", "New")
            for each in (taken.detail.status_from, taken.detail.status_to)
        )
        parts.append(
            pgettext("pattern", "{before} → {now}").format(before=before, now=now)
            if before != now
            else pgettext("taken back", "{status}, given once more").format(status=before)
        )
    match taken.activity.kind:
        case ActivityKind.NOTE:
            parts.append(
                pgettext("taken back", "note “{text}”").format(
                    text=brief(taken.activity.detail.text, QUOTED_WIDTH)
                )
            )
        case ActivityKind.CALLS_FORBIDDEN:
            parts.append(pgettext("taken back", "calls are allowed again"))
        case ActivityKind.CALLS_ALLOWED:
            parts.append(pgettext("taken back", "calls are forbidden again"))
        case ActivityKind.CASE:
            done = safe(taken.activity.detail.case_move) or act_words(taken.activity.detail.case_act)
            words = pgettext("taken back", "{case}: “{what}”")
            parts.append(words.format(case=safe(taken.activity.detail.case_kind), what=done))
        case _:
            pass
    return parts


def _changes(taken: TakenBack, formatter: Formatter) -> list[str]:
    """The fields, the owner and the reminders that went back."""
    detail = taken.detail
    parts = [
        pgettext("pattern", "{field}: {before} → {now}").format(
            field=safe(change_title(key, formatter.definitions)),
            before=safe(was) or NOTHING,
            now=safe(now) or NOTHING,
        )
        for key, was, now in detail.changes
    ]
    if taken.owner_changed:
        before, now = whom(detail.owner_from_id, formatter), whom(detail.owner_to_id, formatter)
        parts.append(pgettext("taken back", "owner {before} → {now}").format(before=before, now=now))
    for due in taken.gone:
        parts.append(pgettext("taken back", "reminder {when} cancelled").format(when=formatter.moment(due)))
    for due in taken.back:
        parts.append(pgettext("taken back", "reminder {when} is back").format(when=formatter.moment(due)))
    return parts
