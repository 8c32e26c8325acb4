"""`leadtui leads status`: one status with the same answers for many customers, their reminders spread over a span."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.follow_up import (
    AnswerOption,
    NoNextStepOption,
    NoteOption,
    typed_answers,
    typed_owner,
    typed_reminder_time,
    typed_status,
)
from leadtui.cli.lead_work import app
from leadtui.cli.matching import read_moment
from leadtui.cli.options import CommandOptions, JsonOption, session_for, text_option, words
from leadtui.cli.output import progress_bar, tell, write_json
from leadtui.cli.records import moment_text
from leadtui.cli.reminders import PromisedOption
from leadtui.cli.several import LeadsArgument, require_one_way, those_meant
from leadtui.cli.view_options import ViewOptions
from leadtui.domain.follow_up import REMINDER_FIELD
from leadtui.domain.spreading import hours_of, span_to_come, spread
from leadtui.errors import Invalid, InvalidAnswers, Refused
from leadtui.language.repetition import Repetition
from leadtui.language.text import clean
from leadtui.language.translate import N_, _, counted, ngettext, pgettext

if TYPE_CHECKING:
    from leadtui.services.bulk import Result, Selection
    from leadtui.services.follow_up import StatusOfSeveral
    from leadtui.services.session import Session

GivenArgument = Annotated[
    str,
    typer.Argument(
        parser=words,
        metavar="STATUS",
        help=N_("The status to give, by key or title; its beginning is enough."),
    ),
]
NextOption = Annotated[
    str,
    text_option("PERSON", N_("Who takes them on, by e-mail or name, where the status asks it."), "--next"),
]
RemindAllOption = Annotated[
    str, text_option("WHEN", N_("When to be reminded of each: “tomorrow 10”, “+2d”."), "--remind")
]
BetweenOption = Annotated[
    tuple[str, str],
    typer.Option(
        "--remind-between",
        metavar="FROM TO",
        show_default=False,
        help=N_("Spread the reminders evenly over the hours of work between two moments."),
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=N_("Say how many there are and what would be done; change nothing."))
]


@app.command(
    "status",
    help=N_(
        "Give many customers one status with the same answers: those who are named, or all that the options narrow "
        "to. One undo takes it back."
    ),
    epilog="leadtui leads status call_back --owner nobody --city Rome --remind-between 'tomorrow 9' 'thursday 17'",
)
def status_command(
    common: CommandOptions,
    given: GivenArgument,
    asked: ViewOptions,
    lead: LeadsArgument = [],  # noqa: B006  # Typer copies it
    answer: AnswerOption = [],  # noqa: B006  # Typer copies it
    next_: NextOption = "",
    remind: RemindAllOption = "",
    remind_between: BetweenOption = ("", ""),
    promised: PromisedOption = False,
    no_next_step: NoNextStepOption = "",
    note: NoteOption = "",
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.presentation.outcome_of_several import left_words, sentences_of_several
    from leadtui.services.bulk import Result, select
    from leadtui.services.follow_up import StatusOfSeveral

    require_one_way(lead, asked)
    with session_for(common) as session:
        problems: list[Invalid] = []
        status = typed_status(session, given, answer, next_, remind)
        answers = typed_answers(status, answer, problems)
        owner_id = typed_owner(session, next_, problems)
        selection = select(session, those_meant(session, lead, asked))
        times, repeats = _times(session, len(selection.ids), remind, remind_between, problems)
        if problems:
            raise InvalidAnswers(tuple(problems))
        remind_at = dict(zip(selection.ids, times, strict=False))
        wanted = StatusOfSeveral(
            status.id, answers, owner_id, remind_at, promised, note, repeats, no_next_step
        )
        _require_sound(session, selection, wanted)
        tell(
            sentences_of_several(
                status, owner_id, times, session.definitions, session.format_context(), session.actor
            )
        )
        result = Result() if dry_run else _set(session, selection, wanted)
        if as_json:
            write_json(
                {
                    "customers": len(selection.ids),
                    "dry_run": dry_run,
                    **{
                        each: getattr(result, each)
                        for each in ("done", "changed", "banned", "unplanned", "beyond", "gone")
                    },
                    "first_reminder": moment_text(times[0]) if times else None,
                    "last_reminder": moment_text(times[-1]) if times else None,
                }
            )
            return
        count = len(selection.ids) if dry_run else result.done
        sentence = (
            ngettext("{n} customer would get it.", "{n} customers would get it.", count)
            if dry_run
            else ngettext("{n} customer got it.", "{n} customers got it.", count)
        )
        tell(sentence.format(n=counted(count)))
        for each in left_words(result, session.language):
            tell(each)


def _require_sound(session: Session, selection: Selection, wanted: StatusOfSeveral) -> None:
    """Raises InvalidAnswers, Refused for what would be wrong with each, as it is with the first to whom the person may do it."""
    from leadtui.services.bulk import AT_ONCE
    from leadtui.services.follow_up import plan_step
    from leadtui.services.leads import open_lead

    refused: Refused | None = None
    for lead_id in selection.ids[:AT_ONCE]:
        opened = open_lead(session, lead_id)
        if session.definitions.forbids_calls(opened.lead.status_id):
            return
        try:
            plan_step(session, opened.lead, wanted.on(opened.lead, session.now()), opened.pending)
        except Refused as error:
            refused = refused or error  # what the person may not do to one they may do to another
        else:
            return
    if refused is not None:
        raise refused


def _set(session: Session, selection: Selection, wanted: StatusOfSeveral) -> Result:
    from leadtui.services.bulk import AT_ONCE, Result
    from leadtui.services.follow_up import set_status_of

    result = Result()
    with progress_bar(pgettext("progress", "Setting")) as progress:
        for part in selection.parts(AT_ONCE):
            result += set_status_of(session, part, wanted, group_id=result.group_id)
            if progress is not None:
                progress(result.through, len(selection.ids))
    return result


def _times(
    session: Session, count: int, remind: str, between: Sequence[str], problems: list[Invalid]
) -> tuple[list[datetime], Repetition | None]:
    """When to be reminded of each, in their order, and by which rule again; nothing where no time is said."""
    begin, end = (clean(each) for each in between)
    if not begin and not end:
        when = typed_reminder_time(session, remind, problems)
        return ([], None) if when is None else ([when.due] * count, when.repeats)
    if remind:
        problems.append(
            Invalid(
                _("{one} and {other} say both when to be reminded; give one of them.").format(
                    one="--remind", other="--remind-between"
                ),
                REMINDER_FIELD,
            )
        )
        return [], None
    try:
        since, to = (read_moment(session, each, REMINDER_FIELD) for each in (begin, end))
        since, to = span_to_come(since, to, session.now())
    except Invalid as problem:
        problems.append(problem)
        return [], None
    return spread(count, since, to, session.workspace.zone, hours_of(session.workspace)), None
