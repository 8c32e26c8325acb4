"""What the status dialog's texts mean: the command that they make, what it would do, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from leadtui.domain import follow_up
from leadtui.domain.draft import FormDraft
from leadtui.domain.field import AnswerValue, Field, FieldKind, FormatContext, read_answer
from leadtui.domain.follow_up import NOTE_FIELD, OWNER_FIELD, REMINDER_FIELD, FollowUp, StatusChange
from leadtui.domain.lead import Lead
from leadtui.domain.reminder import Reminder
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.moment import parse_moment
from leadtui.language.text import clean, clean_multiline
from leadtui.language.translate import _, pgettext
from leadtui.services.do_not_call import lifting_problem
from leadtui.services.follow_up import SetStatus
from leadtui.tui.dialogs.status_entry import NOTE, OWNER, PROMISED, REMIND, YES, StatusEntry, answer_key


@dataclass(frozen=True, slots=True)
class StatusSnapshot:
    """What the status dialog is opened with; it reads nothing else.

    `leads_per_colleague` counts by user id, `pending` are the lead's pending reminders. `draft` is what `keep`
    was given before, `problems` and `reason` say why the last save was refused, `called_for` is a few words about
    the call that ended in the dialog.
    """

    lead: Lead
    definitions: Definitions
    context: FormatContext
    actor: Colleague
    leads_per_colleague: Mapping[int, int]
    pending: tuple[Reminder, ...]
    draft: FormDraft | None = None
    problems: tuple[Invalid, ...] = ()
    reason: str = ""
    called_for: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`command` may be saved where there are no `problems`, which are sentences by form key.

    `values` are the answers that could be read, by form key; `plan` is what the command does as far as it is usable,
    None while nobody is named who takes the customer on. `remind_at` is aware UTC and may have passed.
    """

    command: SetStatus
    plan: FollowUp | None
    values: Mapping[str, AnswerValue]
    remind_at: datetime | None
    problems: Mapping[str, str]


def read_entry(entry: StatusEntry, status: Status, snapshot: StatusSnapshot, now: datetime) -> Reading:
    """Read everything that is typed for `status`, as of `now` (aware)."""
    context = replace(snapshot.context, now=now, people=snapshot.definitions.active_colleagues)
    problems: dict[str, str] = {}
    values: dict[str, AnswerValue] = {}
    for each in status.open_fields:
        _read(each, answer_key(each), entry, context, values, problems)
    owner_id = _read_owner(status, entry, context, problems)
    remind_at = _read_reminder(status, entry, context, problems)
    command = SetStatus(
        lead_id=snapshot.lead.id,
        version=snapshot.lead.version,
        status_id=status.id,
        answers=entry.answers(status),
        owner_id=owner_id,
        remind_at=remind_at,
        promised=remind_at is not None and entry.text(PROMISED) == YES,
        note=clean_multiline(entry.text(NOTE)),
        seen=snapshot.lead,
    )
    step = StatusChange(status, {}, owner_id, remind_at, command.note)
    for key, sentence in _problems_of(step, snapshot, context).items():
        problems.setdefault(key, sentence)
    problem = lifting_problem(snapshot.lead, status, command.note, snapshot.actor, snapshot.definitions)
    if problem is not None:
        problems.setdefault(NOTE if isinstance(problem, Invalid) else "", str(problem))
    plan = follow_up.foresee(
        snapshot.lead, step, snapshot.actor, context, snapshot.definitions.colleagues, snapshot.pending
    )
    return Reading(command, plan, values, remind_at, problems)


def form_key(problem: Invalid, status: Status) -> str:
    """The form key beside which a problem of `status` stands."""
    for each in status.open_fields:
        if each.key == problem.field:
            return answer_key(each)
    return _FORM_KEYS.get(problem.field, "")


_FORM_KEYS = {OWNER_FIELD: OWNER, REMINDER_FIELD: REMIND, NOTE_FIELD: NOTE}


def _read(
    asked: Field,
    key: str,
    entry: StatusEntry,
    context: FormatContext,
    values: dict[str, AnswerValue],
    problems: dict[str, str],
) -> None:
    try:
        value = read_answer(asked, entry.text(key), context)
    except Invalid as problem:
        problems[key] = str(problem)
    else:
        if value is not None:
            values[key] = value


def owner_title(status: Status) -> str:
    """What the form calls the person who takes the customer on."""
    return status.owner_title or pgettext("field", "Next owner")


def _read_owner(
    status: Status, entry: StatusEntry, context: FormatContext, problems: dict[str, str]
) -> int | None:
    if status.cartable is not CartableRule.NEXT:
        return None
    asked = Field(0, OWNER_FIELD, owner_title(status), FieldKind.PERSON, required=True)
    values: dict[str, AnswerValue] = {}
    _read(asked, OWNER, entry, context, values, problems)
    owner = values.get(OWNER)
    return owner if isinstance(owner, int) else None


def _read_reminder(
    status: Status, entry: StatusEntry, context: FormatContext, problems: dict[str, str]
) -> datetime | None:
    typed = clean(entry.text(REMIND))
    if status.reminder is ReminderRule.NO or not typed:
        return None
    moment = parse_moment(typed, now=context.now, zone=context.zone, calendar=context.calendar)
    if moment is None:
        problems[REMIND] = _("That is no time that is understood; type one such as tomorrow 10.")
    return moment


def _problems_of(step: StatusChange, snapshot: StatusSnapshot, context: FormatContext) -> dict[str, str]:
    """What the domain finds wrong with all but the status's own fields, by form key."""
    # Without its fields, a field whose key is "owner" cannot be taken for the owner.
    bare = replace(step, status=replace(step.status, fields=()))
    try:
        follow_up.plan(
            snapshot.lead,
            bare,
            snapshot.actor,
            context,
            snapshot.definitions.colleagues,
            snapshot.pending,
        )
    except InvalidAnswers as invalid:
        return {form_key(problem, bare.status): str(problem) for problem in invalid.problems}
    return {}
