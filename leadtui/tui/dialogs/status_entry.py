"""What is typed into the status dialog: how it is kept as a draft, what it means, what is wrong, what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leadtui.domain import follow_up
from leadtui.domain.draft import FormDraft
from leadtui.domain.field import AnswerValue, Field, FieldKind, FormatContext, read_answer, show_answer
from leadtui.domain.follow_up import (
    NO_NEXT_STEP_FIELD,
    NOTE_FIELD,
    OWNER_FIELD,
    REMINDER_FIELD,
    FollowUp,
    StatusChange,
)
from leadtui.domain.lead import ActivityDetail, Lead
from leadtui.domain.reminder import Reminder
from leadtui.domain.spreading import span_to_come
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.domain.workspace import Colleague, Definitions
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language import calendar
from leadtui.language.text import clean, clean_multiline
from leadtui.language.translate import _, pgettext
from leadtui.presentation.input_feedback import moment_reading, why_no_moment
from leadtui.presentation.repetition import ReminderTime, read_reminder_time, why_no_reminder_time
from leadtui.services.do_not_call import lifting_problem
from leadtui.services.follow_up import SetStatus

OWNER = "owner"
REMIND = "remind"
UNTIL = "until"
PROMISED = "promised"
NO_NEXT_STEP = "no-next-step"
MOST_REASONS = 5
NOTE = "note"
"""The form keys of what is no field of a status. `owner` is an e-mail address once somebody is chosen.

Between `remind` and `until` the reminders of several customers are spread.
"""

YES = "yes"
"""What is typed under `PROMISED` where the time was promised to the customer."""

_STATUS = "status"
_ANSWER = "answer."


def answer_key(asked: Field) -> str:
    """The form key of a status's field. Fields of one key and kind share what is typed when the status changes."""
    return f"{_ANSWER}{asked.kind.value}.{asked.key}"


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """What is typed, by form key, and for which status; `at` is the form key that the cursor stands in."""

    status_id: int | None = None
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    at: str = ""

    def text(self, key: str) -> str:
        """What is typed under a form key."""
        return self.typed.get(key, "")

    def answers(self, status: Status) -> dict[str, str]:
        """What is typed into the fields of `status`, by field key; blank ones are left out."""
        typed = {each.key: self.text(answer_key(each)) for each in status.open_fields}
        return {key: text for key, text in typed.items() if text.strip()}

    @property
    def blank(self) -> bool:
        """Whether there is nothing that would be missed."""
        return not any(text.strip() for text in self.typed.values())

    def to_draft(self, about: FormDraft, now: datetime) -> FormDraft:
        """The entry as the draft of `now`, an aware moment; blank where nothing would be missed."""
        texts = {key: text for key, text in self.typed.items() if text.strip()}
        if texts and self.status_id is not None:
            texts[_STATUS] = str(self.status_id)
        return replace(about, texts=texts, focus=self.at if texts else "", saved_at=now.astimezone(UTC))


def entry_of(draft: FormDraft) -> StatusEntry:
    """The entry that a draft holds; what the draft holds beyond that is left out."""
    status = draft.texts.get(_STATUS, "")
    return StatusEntry(
        status_id=int(status) if status.isdecimal() else None,
        typed={
            key: text
            for key, text in draft.texts.items()
            if key in (OWNER, REMIND, UNTIL, PROMISED, NO_NEXT_STEP, NOTE) or key.startswith(_ANSWER)
        },
        at=draft.focus,
    )


def with_note(draft: FormDraft, noted: FormDraft) -> FormDraft:
    """What a draft holds, with the note of another where that has one."""
    note = noted.texts.get(NOTE, "")
    return replace(draft, texts={**draft.texts, NOTE: note}) if note.strip() else draft


def entry_of_step(detail: ActivityDetail, status: Status, context: FormatContext) -> StatusEntry:
    """What was typed for a step of `status`, as far as the timeline tells; a reminder that has passed is left out.

    `context` names the colleagues, of whom one takes the customer on.
    """
    given = {(each.key, each.kind): each for each in detail.answers}
    typed = {
        answer_key(each): show_answer(each.kind, given[each.key, each.kind].value, context)
        for each in status.open_fields
        if (each.key, each.kind) in given
    }
    owner = next((each for each in context.people if each.id == detail.owner_to_id), None)
    if status.cartable is CartableRule.NEXT and owner is not None:
        typed[OWNER] = owner.email
    if detail.reminder_at is not None:
        typed[REMIND] = _typed_moment(detail.reminder_at, context)
    return StatusEntry(status.id, {**typed, NO_NEXT_STEP: detail.no_next_step, NOTE: detail.text})


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
    several: int = 0
    """How many customers it is about, where these are several; `lead` then stands for any of them."""
    reasons: tuple[tuple[int, str], ...] = ()
    """Why the person left customers without a next step lately, each with the id of its status, the latest first."""

    def reasons_for(self, status_id: int) -> tuple[str, ...]:
        """What is offered as the reason with a status: what was said with it first, then what was said with others."""
        nearest = sorted(self.reasons, key=lambda each: each[0] != status_id)
        return tuple(dict.fromkeys(reason for _status_id, reason in nearest))[:MOST_REASONS]


@dataclass(frozen=True, slots=True)
class StatusReading:
    """`command` may be saved where there are no `problems`, which are sentences by form key.

    `values` are the answers that could be read, by form key; `plan` is what the command does as far as it is usable,
    None while nobody is named who takes the customer on. `remind_at` is aware UTC and may have passed; until then the
    reminders of several are spread, where it is said.
    """

    command: SetStatus
    plan: FollowUp | None
    values: Mapping[str, AnswerValue]
    remind_at: datetime | None
    problems: Mapping[str, str]
    until: datetime | None = None


def read_entry(entry: StatusEntry, status: Status, snapshot: StatusSnapshot, now: datetime) -> StatusReading:
    """Read everything that is typed for `status`, as of `now` (aware)."""
    context = replace(snapshot.context, now=now, people=snapshot.definitions.active_colleagues)
    problems: dict[str, str] = {}
    values: dict[str, AnswerValue] = {}
    for each in status.open_fields:
        _read(each, answer_key(each), entry, context, values, problems)
    owner_id = _read_owner(status, entry, context, problems)
    time = _read_reminder(status, entry, context, problems)
    remind_at = time.due if time else None
    command = SetStatus(
        lead_id=snapshot.lead.id,
        version=snapshot.lead.version,
        status_id=status.id,
        answers=entry.answers(status),
        owner_id=owner_id,
        remind_at=remind_at,
        promised=remind_at is not None and entry.text(PROMISED) == YES,
        repeats=time.repeats if time else None,
        note=clean_multiline(entry.text(NOTE)),
        seen=snapshot.lead,
        no_next_step=clean(entry.text(NO_NEXT_STEP)),
    )
    then = snapshot.definitions.status_of_key(status.retry.then_status)
    step = StatusChange(status, {}, owner_id, remind_at, command.note, then, command.no_next_step)
    for key, sentence in _problems_of(step, snapshot, context).items():
        problems.setdefault(key, sentence)
    if status.reminder is not ReminderRule.NO and clean(entry.text(REMIND)):
        problems.pop(NO_NEXT_STEP, None)  # what is wrong with the time is said beside it
    problem = lifting_problem(snapshot.lead, status, command.note, snapshot.actor, snapshot.definitions)
    if problem is not None:
        problems.setdefault(NOTE if isinstance(problem, Invalid) else "", str(problem))
    plan = follow_up.foresee(
        snapshot.lead, step, snapshot.actor, context, snapshot.definitions.colleagues, snapshot.pending
    )
    spreads = bool(snapshot.several) and status.reminder is not ReminderRule.NO
    until = _read_until(entry, command, context, problems) if spreads else None
    return StatusReading(command, plan, values, remind_at, problems, until)


def form_key(problem: Invalid, status: Status) -> str:
    """The form key beside which a problem of `status` stands."""
    for each in status.open_fields:
        if each.key == problem.field:
            return answer_key(each)
    return _FORM_KEYS.get(problem.field, "")


_FORM_KEYS = {
    OWNER_FIELD: OWNER,
    REMINDER_FIELD: REMIND,
    NO_NEXT_STEP_FIELD: NO_NEXT_STEP,
    NOTE_FIELD: NOTE,
}


def owner_title(status: Status) -> str:
    """What the form calls the person who takes the customer on."""
    return status.owner_title or pgettext("field", "Next owner")


BEFORE_A_MEETING = timedelta(minutes=30)
"""How long before a meeting the reminder is proposed."""


def weekday_of_date(
    status: Status, values: Mapping[str, AnswerValue]
) -> tuple[Field, Field, int | None] | None:
    """A status's day of the week and its date, and the weekday of that date as far as it is filled in.

    None where the status does not ask for both.
    """
    weekday = _first(status, FieldKind.WEEKDAY)
    day = _first(status, FieldKind.DATE)
    if weekday is None or day is None:
        return None
    answer = values.get(answer_key(day))
    return weekday, day, None if answer is None else date.fromisoformat(str(answer)).weekday()


def proposed_date(weekday: int, context: FormatContext) -> str:
    """The next such day (Monday 0) from tomorrow on, as one would type it."""
    today = calendar.local_date(context.now, context.zone)
    day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return calendar.typed_date(day, context.calendar, context.language)


def proposed_reminder(status: Status, values: Mapping[str, AnswerValue], context: FormatContext) -> str:
    """A while before the date and time that are filled in, as one would type it; empty where they are not both."""
    asked = (_first(status, FieldKind.DATE), _first(status, FieldKind.TIME))
    answers = [values.get(answer_key(each)) if each else None for each in asked]
    if None in answers:
        return ""
    day, clock = date.fromisoformat(str(answers[0])), time.fromisoformat(str(answers[1]))
    zone = ZoneInfo(context.zone)
    moment = datetime.combine(day, clock, zone).astimezone(UTC) - BEFORE_A_MEETING
    return _typed_moment(moment, context)


PROPOSED_HOUR = time(10)
"""At which hour of the next working day somebody is proposed to be rung again."""


def proposed_next_day(context: FormatContext) -> str:
    """The next working day at an hour at which customers are rung, as one would type it; empty where there is none soon."""
    today = calendar.local_date(context.now, context.zone)
    days = (today + timedelta(days=each) for each in range(1, 15))
    day = next((each for each in days if context.working_days.works_on(each)), None)
    if day is None:
        return ""
    moment = datetime.combine(day, PROPOSED_HOUR, ZoneInfo(context.zone)).astimezone(UTC)
    if context.calls.week:
        moment = context.calls.next_open(moment, context.their_zone or context.zone) or moment
    return _typed_moment(moment, context)


def _typed_moment(moment: datetime, context: FormatContext) -> str:
    """A moment to come as one would type it; empty where it has passed, or would be read otherwise."""
    if moment <= context.now:
        return ""
    text = calendar.show_moment(moment, context.calendar, context.language, context.zone, context.now)
    return text if moment_reading(text, context).said == moment else ""


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
) -> ReminderTime | None:
    typed = clean(entry.text(REMIND))
    if status.reminder is ReminderRule.NO or not typed:
        return None
    time = read_reminder_time(typed, context)
    if time is None:
        problems[REMIND] = why_no_reminder_time(typed, context)
    return time


def _read_until(
    entry: StatusEntry, command: SetStatus, context: FormatContext, problems: dict[str, str]
) -> datetime | None:
    """Until when the reminders are spread; it can begin before now, but not end."""
    typed = clean(entry.text(UNTIL))
    if not typed:
        return None
    reading = moment_reading(typed, context)
    if reading.said is None:
        problems[UNTIL] = why_no_moment(typed, reading, context)
    elif command.repeats is not None:
        problems[UNTIL] = _("A reminder that comes again is not spread; leave one of the two out.")
    elif command.remind_at is None:
        problems.setdefault(REMIND, _("Say from when the reminders are spread, such as tomorrow 9."))
    else:
        try:
            span_to_come(command.remind_at, reading.said, context.now)
        except Invalid as problem:
            problems[UNTIL] = str(problem)
        else:
            problems.pop(REMIND, None)
            return reading.said
    return None


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


def _first(status: Status, kind: FieldKind) -> Field | None:
    return next((each for each in status.open_fields if each.kind is kind), None)
