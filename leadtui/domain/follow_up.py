"""One step of the work on a lead: from a chosen status to everything that it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from leadtui.domain.field import Answer, FormatContext, answer_from, read_answer
from leadtui.domain.lead import ActivityDetail, Lead
from leadtui.domain.reminder import Reminder, ReminderKind
from leadtui.domain.status import CartableRule, ReminderRule, Status
from leadtui.domain.workspace import Colleague
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.translate import _, counted

STATUS_FIELD = "status"
OWNER_FIELD = "owner"
REMINDER_FIELD = "remind"
NOTE_FIELD = "note"
NO_NEXT_STEP_FIELD = "no-next-step"
"""The names under which errors of the step's own parts are reported."""

NOTE_LIMIT = 10_000
REASON_FIELD = "reason"
"""The name under which errors of a reason are reported."""

REASON_LIMIT = 500
"""The longest reason, in letters."""

NO_NEXT_STEP_LIMIT = 200
"""The longest note, and the longest reason for leaving somebody without a next step, in letters."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """What a person decided: a status, its answers as typed by field key, and what it asked for.

    `remind_at` is aware UTC.
    """

    status: Status
    answers: Mapping[str, str]
    owner_id: int | None = None
    remind_at: datetime | None = None
    note: str = ""
    then: Status | None = None
    """The status that the retry rule of `status` names for after the last attempt."""
    no_next_step: str = ""
    """Why nothing is planned for the customer; without a reason a step that would leave them so is refused."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """A reminder that repeats is done by the step, and comes again when it is `due` (aware UTC)."""

    ended: Reminder
    due: datetime
    owner_id: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Everything that one step changes.

    Of the pending reminders it `acknowledges` those that had come due, and `renews` of them those that repeat unless the
    status is final; then it `cancels` all others. It `replaces` those of earlier steps where it sets one, and `moves` the
    rest to the new owner with the lead.
    """

    lead_id: int
    actor_id: int
    at: datetime
    status_from_id: int | None
    status_to: Status
    answers: tuple[Answer, ...]
    note: str
    owner_from_id: int | None
    owner_to_id: int | None
    remind_at: datetime | None
    reminder_owner_id: int | None
    acknowledges: tuple[int, ...] = ()
    cancels: tuple[int, ...] = ()
    replaces: tuple[int, ...] = ()
    moves: tuple[int, ...] = ()
    renews: tuple[Renewal, ...] = ()
    attempts: int = 0
    """Which attempt in a row did not reach the customer; 0 where somebody did, or nobody tried."""
    planned: bool = False
    """Whether `remind_at` is the next attempt, which the status planned and no person."""
    most_attempts: int = 0
    """How many attempts the rule of the status allows; 0 where it was no attempt."""
    unplanned: bool = False
    """Whether the customer, still open, is left in a cartable with nothing planned."""
    no_next_step: str = ""
    """Why they are left so."""

    @property
    def used_up(self) -> bool:
        """Whether it was the last attempt that the rule allows."""
        return 0 < self.most_attempts <= self.attempts and not self.remind_at

    @property
    def transferred(self) -> bool:
        """Whether the customer changes hands."""
        return self.owner_from_id != self.owner_to_id

    def detail(self, before: Status | None) -> ActivityDetail:
        """What the timeline keeps of it; `before` is the status that the lead had."""
        return ActivityDetail(
            text=self.note,
            status_from=before.title if before else "",
            status_to=self.status_to.title,
            status_to_id=self.status_to.id,
            answers=self.answers,
            reminder_at=self.remind_at,
            attempt=self.attempts or None,
            most_attempts=self.most_attempts or None,
            no_next_step=self.no_next_step,
            owner_from_id=self.owner_from_id if self.transferred else None,
            owner_to_id=self.owner_to_id if self.transferred else None,
        )


def plan(
    lead: Lead,
    step: StatusChange,
    actor: Colleague,
    context: FormatContext,
    colleagues: tuple[Colleague, ...],
    pending: tuple[Reminder, ...],
) -> FollowUp:
    """Work out what `step` does to `lead`, whose pending reminders are `pending`.

    Raises InvalidAnswers with one problem for each field, owner or reminder that is missing or wrong, and where the
    customer would be left without a next step and no reason is given.
    """
    step_planned = _work_out(lead, step, actor, context, colleagues, pending)
    if step_planned.unplanned and not step_planned.no_next_step:
        raise InvalidAnswers((_no_next_step(step.status),))
    return step_planned


def _attempts(lead: Lead, status: Status) -> int:
    """Which attempt in a row the step is, 0 where it is none.

    Whoever was given up after the last one, and is taken up again, is tried from anew.
    """
    if not status.retry:
        return 0
    given_up = lead.attempts >= status.retry.most and lead.next_at is None
    return 1 if given_up else lead.attempts + 1


def _work_out(
    lead: Lead,
    step: StatusChange,
    actor: Colleague,
    context: FormatContext,
    colleagues: tuple[Colleague, ...],
    pending: tuple[Reminder, ...],
) -> FollowUp:
    """As `plan`, but a step that leaves nothing planned is worked out without a reason too."""
    status = step.status
    answers, owner_to, remind_at = _read_step(lead, step, actor, context, colleagues)
    attempts = _attempts(lead, status)
    planned = remind_at is None and not status.final
    if planned:
        zone = (context.their_zone if context.calls.week else "") or context.zone
        remind_at = status.retry.next_attempt(attempts, context.now, zone, context.calls)
        planned = remind_at is not None
    if status.retry and attempts >= status.retry.most and remind_at is None:
        status, owner_to = _given_up(status, owner_to, step.then, actor)
    due = tuple(each.id for each in pending if each.is_due(context.now))
    later = tuple(each for each in pending if each.id not in due)
    reminded = (owner_to or actor.id) if remind_at else None
    replaced = () if status.final else _replaced(later, reminded, owner_to)
    cancelled = _cancelled(later, replaced, status)
    renewed = () if status.final else _renewed(pending, context, owner_to)
    unplanned = (
        not status.final
        and owner_to is not None
        and owner_to in (lead.owner_id, actor.id)
        and remind_at is None
        and not renewed
        and len(cancelled) == len(later)
    )
    return FollowUp(
        lead_id=lead.id,
        actor_id=actor.id,
        at=context.now,
        status_from_id=lead.status_id,
        status_to=status,
        answers=answers,
        note=step.note,
        owner_from_id=lead.owner_id,
        owner_to_id=owner_to,
        remind_at=remind_at,
        reminder_owner_id=reminded,
        acknowledges=due,
        cancels=cancelled,
        replaces=replaced,
        moves=() if status.final else _moved(later, replaced, owner_to),
        renews=renewed,
        attempts=attempts,
        planned=planned,
        most_attempts=step.status.retry.most if step.status.retry else 0,
        unplanned=unplanned,
        no_next_step=step.no_next_step if unplanned else "",
    )


def _read_step(
    lead: Lead,
    step: StatusChange,
    actor: Colleague,
    context: FormatContext,
    colleagues: tuple[Colleague, ...],
) -> tuple[tuple[Answer, ...], int | None, datetime | None]:
    """Answers, next owner and time of the reminder. Raises InvalidAnswers with everything that is wrong with the step."""
    problems: list[Invalid] = []
    if step.status.retired:
        words = _("“{status}” is no longer in use; choose another.").format(status=step.status.title)
        problems.append(Invalid(words, STATUS_FIELD))
    answers = _read_answers(step, context, problems)
    owner_to = _next_owner(lead, step, actor, colleagues, problems)
    remind_at = _reminder_time(step, context.now, problems)
    try:
        check_note(step.note)
    except Invalid as problem:
        problems.append(problem)
    try:
        check_reason(step.no_next_step, NO_NEXT_STEP_FIELD, NO_NEXT_STEP_LIMIT)
    except Invalid as problem:
        problems.append(problem)
    if problems:
        raise InvalidAnswers(tuple(problems))
    return answers, owner_to, remind_at


def _cancelled(later: tuple[Reminder, ...], replaced: tuple[int, ...], status: Status) -> tuple[int, ...]:
    """The reminders to come that end with the step: with a final status all, else the attempts that were planned."""
    return tuple(
        each.id
        for each in later
        if status.final or (each.kind is ReminderKind.ATTEMPT and each.id not in replaced)
    )


def _moved(later: tuple[Reminder, ...], replaced: tuple[int, ...], owner_to: int | None) -> tuple[int, ...]:
    """The reminders to come that go to the new owner with the lead."""
    if owner_to is None:
        return ()
    return tuple(
        each.id
        for each in later
        if each.owner_id != owner_to and each.id not in replaced and each.kind is not ReminderKind.ATTEMPT
    )


def _renewed(
    pending: tuple[Reminder, ...], context: FormatContext, owner_to_id: int | None
) -> tuple[Renewal, ...]:
    now, days = context.now, context.working_days
    due = ((each, each.next_due(now, days)) for each in pending if each.is_due(now))
    return tuple(Renewal(each, again, owner_to_id or each.owner_id) for each, again in due if again)


def _given_up(
    status: Status, owner_id: int | None, then: Status | None, actor: Colleague
) -> tuple[Status, int | None]:
    """Status and owner of a lead whom the last attempt that the rule of `status` allows has not reached."""
    if then is not None and then.asks_nothing:
        owner_id = owner_after(then, owner_id, None, actor.id)
        return then, None if status.retry.releases else owner_id
    return status, None if status.retry.releases else owner_id


def check_note(note: str) -> None:
    """Raises Invalid where a note of any kind is longer than one may be."""
    if len(note) > NOTE_LIMIT:
        raise Invalid(
            _("The note is too long; {limit} letters fit.").format(limit=counted(NOTE_LIMIT)), NOTE_FIELD
        )


def check_reason(reason: str, name: str = REASON_FIELD, limit: int = REASON_LIMIT) -> None:
    """Raises Invalid under that name where a reason has more than so many letters."""
    if len(reason) > limit:
        raise Invalid(_("The reason is too long; {limit} letters fit.").format(limit=counted(limit)), name)


def _no_next_step(status: Status) -> Invalid:
    words = (
        _("Nothing would be planned: say why the customer is left without a next step.")
        if status.reminder is ReminderRule.NO
        else _("Nothing would be planned: give a reminder, or say why there is no next step.")
    )
    return Invalid(words, NO_NEXT_STEP_FIELD)


def foresee(
    lead: Lead,
    step: StatusChange,
    actor: Colleague,
    context: FormatContext,
    colleagues: tuple[Colleague, ...],
    pending: tuple[Reminder, ...],
) -> FollowUp | None:
    """What a half-filled step would do: what is not usable yet counts as not given.

    None while the status hands the customer on and nobody usable is named.
    """
    status = step.status
    bare = replace(
        status,
        fields=(),
        retired=False,
        reminder=ReminderRule.NO if status.reminder is ReminderRule.NO else ReminderRule.ASK,
    )
    to_come = step.remind_at is not None and step.remind_at > context.now
    usable = StatusChange(
        status=bare,
        answers={},
        owner_id=step.owner_id if status.cartable is CartableRule.NEXT else None,
        remind_at=step.remind_at if to_come and status.reminder is not ReminderRule.NO else None,
        then=step.then,
        no_next_step=step.no_next_step,
    )
    try:
        foreseen = _work_out(lead, usable, actor, context, colleagues, pending)
    except InvalidAnswers:
        return None
    return replace(foreseen, status_to=status if foreseen.status_to is bare else foreseen.status_to)


def owner_after(status: Status, owner_id: int | None, chosen_id: int | None, actor_id: int) -> int | None:
    """Whose cartable the lead is in after `status`: rule *stay* on nobody's lead gives it to the actor."""
    match status.cartable:
        case CartableRule.NONE:
            return None
        case CartableRule.NEXT:
            return chosen_id
        case CartableRule.STAY:
            return actor_id if owner_id is None else owner_id


def _replaced(
    later: tuple[Reminder, ...], reminded_id: int | None, owner_to_id: int | None
) -> tuple[int, ...]:
    """The reminders to come that a new one of `reminded_id` takes the place of: theirs, as far as a step set them.

    What a person set by itself stays. With an owner of the lead, the reminders of earlier owners would go to them.
    """
    if reminded_id is None:
        return ()
    return tuple(
        each.id
        for each in later
        if each.follow_up_id is not None and (owner_to_id is not None or each.owner_id == reminded_id)
    )


def _read_answers(step: StatusChange, context: FormatContext, problems: list[Invalid]) -> tuple[Answer, ...]:
    known = {each.key for each in step.status.open_fields}
    for key in step.answers:
        if key not in known:
            problems.append(
                Invalid(
                    _("“{status}” does not ask for “{field}”.").format(status=step.status.title, field=key),
                    key,
                )
            )
    answers: list[Answer] = []
    for each in step.status.open_fields:
        try:
            value = read_answer(each, step.answers.get(each.key, ""), context)
        except Invalid as problem:
            problems.append(problem)
        else:
            if value is not None:
                answers.append(answer_from(each, value))
    return tuple(answers)


def _next_owner(
    lead: Lead,
    step: StatusChange,
    actor: Colleague,
    colleagues: tuple[Colleague, ...],
    problems: list[Invalid],
) -> int | None:
    rule = step.status.cartable
    if rule is CartableRule.NEXT and step.owner_id is None:
        title = step.status.owner_title or _("Next owner")
        problems.append(Invalid(_("{field} is needed.").format(field=title), OWNER_FIELD))
    elif step.owner_id is not None and rule is not CartableRule.NEXT:
        problems.append(
            Invalid(
                _("“{status}” does not hand the customer on.").format(status=step.status.title), OWNER_FIELD
            )
        )
    elif step.owner_id is not None and not any(
        person.id == step.owner_id and person.active for person in colleagues
    ):
        problems.append(Invalid(_("That colleague no longer works here; choose another."), OWNER_FIELD))
    return owner_after(step.status, lead.owner_id, step.owner_id, actor.id)


def _reminder_time(step: StatusChange, now: datetime, problems: list[Invalid]) -> datetime | None:
    rule = step.status.reminder
    if step.remind_at is None:
        if rule is ReminderRule.MUST:
            problems.append(Invalid(_("A reminder is needed, such as tomorrow 10."), REMINDER_FIELD))
        return None
    if rule is ReminderRule.NO:
        problems.append(
            Invalid(
                _("“{status}” sets no reminder.").format(status=step.status.title),
                REMINDER_FIELD,
            )
        )
    elif step.remind_at <= now:
        problems.append(passed())
    return step.remind_at


def passed() -> Invalid:
    """That a reminder was to be set for a time that has passed."""
    return Invalid(_("That time has passed; a reminder needs a time to come."), REMINDER_FIELD)
