"""`leadtui follow-up`: set a customer's status, with the same rules and refusals as on screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.leads import write_lead
from leadtui.cli.matching import chosen_person, chosen_status, matching, read_moment, read_reminder_time
from leadtui.cli.options import (
    AnywayOption,
    CommandOptions,
    JsonOption,
    LeadArgument,
    lines,
    session_for,
    text_option,
    told_of_anyway,
    words,
)
from leadtui.cli.output import tell
from leadtui.cli.reminders import PromisedOption
from leadtui.domain.field import FieldKind
from leadtui.domain.follow_up import OWNER_FIELD, REMINDER_FIELD, STATUS_FIELD, FollowUp
from leadtui.domain.status import Status
from leadtui.errors import Invalid, InvalidAnswers, NotFound
from leadtui.language.translate import N_, _, format_list, pgettext
from leadtui.presentation.formatter import Formatter
from leadtui.presentation.repetition import ReminderTime, rule_words

if TYPE_CHECKING:
    from leadtui.services.follow_up import SetStatus
    from leadtui.services.leads import OpenLead
    from leadtui.services.session import Session

ANSWER_OPTION = "answer"


StatusOption = Annotated[
    str, text_option("STATUS", N_("The status to give, by key or title; its beginning is enough."))
]
AnswerOption = Annotated[
    list[str],
    text_option(
        "FIELD=VALUE",
        N_("What the status asks for, by the field's key or title. Several times."),
        parser=lines,
    ),
]
OwnerOption = Annotated[str, text_option("PERSON", N_("Who is next, by e-mail or name."))]
RemindOption = Annotated[
    str, text_option("WHEN", N_("When to be reminded: “tomorrow 10”, “+2d”, “1403/07/08 16:00”."))
]
NoteOption = Annotated[str, text_option("TEXT", N_("A note for the timeline."), parser=lines)]
NoNextStepOption = Annotated[
    str,
    text_option("REASON", N_("Leave the customer without a next step, and why."), "--no-next-step"),
]
VersionOption = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        show_default=False,
        help=N_(
            "Save only if the customer is still at this version, as --json shows it; else the newest is taken."
        ),
    ),
]


def follow_up_command(
    common: CommandOptions,
    lead: LeadArgument,
    status: StatusOption,
    answer: AnswerOption = [],  # noqa: B006  # Typer copies it
    owner: OwnerOption = "",
    remind: RemindOption = "",
    note: NoteOption = "",
    promised: PromisedOption = False,
    no_next_step: NoNextStepOption = "",
    version: VersionOption = None,
    anyway: AnywayOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.outcome import outcome_sentences
    from leadtui.services.follow_up import SetStatus, set_status
    from leadtui.services.leads import find_lead, open_lead

    with session_for(common) as session:
        opened = open_lead(session, find_lead(session, lead).id)
        problems: list[Invalid] = []
        chosen = typed_status(session, status, answer, owner, remind)
        answers, owner_id = typed_answers(chosen, answer, problems), typed_owner(session, owner, problems)
        time = typed_reminder_time(session, remind, problems)
        command = SetStatus(
            lead_id=opened.lead.id,
            version=version,
            status_id=chosen.id,
            answers=answers,
            owner_id=owner_id,
            remind_at=time.due if time else None,
            repeats=time.repeats if time else None,
            promised=promised,
            note=note,
            asked=anyway,
            no_next_step=no_next_step,
        )
        plan = _planned(session, opened, command, problems)
        with told_of_anyway():
            set_status(session, command)
        tell(
            outcome_sentences(
                plan, session.definitions, session.format_context(), session.actor, promised=promised
            )
        )
        write_lead(session, open_lead(session, opened.lead.id), as_json=as_json)


def typed_status(session: Session, typed: str, answers: list[str], owner: str, remind: str) -> Status:
    """The status that is meant. Raises InvalidAnswers with whatever else is wrong, as far as that shows without it."""
    try:
        return chosen_status(session, typed, session.definitions.open_statuses)
    except NotFound as error:
        problems = [Invalid(str(error), STATUS_FIELD)]
        problems += [_no_answer(each) for each in answers if "=" not in each]
        typed_owner(session, owner, problems)
        typed_reminder_time(session, remind, problems)
        raise InvalidAnswers(tuple(problems)) from None


def _planned(session: Session, opened: OpenLead, command: SetStatus, problems: list[Invalid]) -> FollowUp:
    """What the step will do. Raises InvalidAnswers with everything that is wrong: with words, then with rules."""
    from leadtui.services.follow_up import plan_step

    try:
        plan = plan_step(session, opened.lead, command, opened.pending)
    except InvalidAnswers as error:
        refused = {problem.field for problem in problems}
        others = [each for each in error.problems if each.field not in refused]
        raise InvalidAnswers((*problems, *others)) from None
    if problems:
        raise InvalidAnswers(tuple(problems))
    return plan


def typed_answers(status: Status, given: list[str], problems: list[Invalid]) -> dict[str, str]:
    """The answers as typed, by field key."""
    answers: dict[str, str] = {}
    for each in given:
        name, sign, value = each.partition("=")
        found = matching(words(name), status.open_fields)
        if not sign:
            problems.append(_no_answer(each))
        elif len(found) != 1:
            problems.append(_no_field(status, name))
        elif found[0].key not in answers:
            answers[found[0].key] = value.strip()
        elif found[0].kind is FieldKind.CHOICES:
            answers[found[0].key] += f", {value.strip()}"
        else:
            problems.append(
                Invalid(_("{field} is answered twice.").format(field=found[0].title), found[0].key)
            )
    return answers


def _no_answer(given: str) -> Invalid:
    return Invalid(
        _("“{given}” is no answer; write --answer field=value.").format(given=given), ANSWER_OPTION
    )


def _no_field(status: Status, name: str) -> Invalid:
    if not status.open_fields:
        return Invalid(_("“{status}” asks for no answers.").format(status=status.title), name)
    known = format_list(f"{each.key} ({each.title})" for each in status.open_fields)
    return Invalid(
        _("“{status}” has no field “{field}”. It asks for: {known}.").format(
            status=status.title, field=name, known=known
        ),
        name,
    )


def typed_owner(session: Session, typed: str, problems: list[Invalid]) -> int | None:
    if not typed:
        return None
    try:
        return chosen_person(session, typed).id
    except NotFound as error:
        problems.append(Invalid(str(error), OWNER_FIELD))
        return None


def typed_reminder(session: Session, typed: str, problems: list[Invalid]) -> datetime | None:
    """The moment that was typed for many, told in full so that it can be checked."""
    if not typed:
        return None
    try:
        when = read_moment(session, typed, REMINDER_FIELD)
    except Invalid as problem:
        problems.append(problem)
        return None
    _tell_reminder(session, ReminderTime(when))
    return when


def typed_reminder_time(session: Session, typed: str, problems: list[Invalid]) -> ReminderTime | None:
    """The moment or rule that was typed, told in full so that it can be checked."""
    if not typed:
        return None
    try:
        time = read_reminder_time(session, typed, REMINDER_FIELD)
    except Invalid as problem:
        problems.append(problem)
        return None
    _tell_reminder(session, time)
    return time


def _tell_reminder(session: Session, time: ReminderTime) -> None:
    when = Formatter(session).full_moment(time.due)
    if time.repeats:
        rule = rule_words(time.repeats, session.format_context())
        tell(pgettext("notice", "Reminder: {rule}, first {when}").format(rule=rule, when=when))
    else:
        tell(pgettext("notice", "Reminder: {when}").format(when=when))
