"""`leadtui reminders`: whom to ring and when, and ending a reminder."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.matching import read_moment, read_reminder_time, read_rule
from leadtui.cli.options import (
    AnywayOption,
    CommandOptions,
    Group,
    JsonOption,
    LeadArgument,
    session_for,
    text_option,
    told_of_anyway,
    words,
)
from leadtui.cli.output import at_once, tell, write_json, write_json_list, write_line, write_table
from leadtui.cli.records import listed_reminder_record, reminder_record
from leadtui.errors import Invalid
from leadtui.language.translate import N_, _, pgettext
from leadtui.presentation.formatter import NOTHING, Formatter
from leadtui.presentation.lead_details import reminder_kind
from leadtui.presentation.repetition import marked_rule, rule_words
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.domain.reminder import Reminder
    from leadtui.services.reminders import ListedReminder
    from leadtui.services.session import Session

# Ids of a store fit 64 bits; Typer refuses what does not.
ReminderId = Annotated[
    int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help=N_("The reminder's number in the list."))
]
FirstArgument = Annotated[
    str,
    typer.Argument(
        parser=words,
        metavar="[WHEN]",
        show_default=False,
        help=N_("“15m”, “tomorrow 10”, “1403/07/08 16:00”; “every Saturday 9” comes again."),
    ),
]
EveryOption = Annotated[
    str,
    text_option(
        "RULE",
        N_("Instead of WHEN, that it comes again: “Saturday 9”, “day 10”, “month on day 15”."),
        "--every",
    ),
]
WhenArgument = Annotated[
    str, typer.Argument(parser=words, metavar="WHEN", help=N_("“15m”, “tomorrow 10”, “1403/07/08 16:00”."))
]
NoteOption = Annotated[str, text_option("TEXT", N_("What it is about."), "--note")]
PromisedOption = Annotated[
    bool, typer.Option("--promised", help=N_("The reminder is a call that was promised to the customer."))
]

app = Group(no_args_is_help=False, invoke_without_command=True)


@app.callback()
def list_command(
    context: typer.Context,
    common: CommandOptions,
    as_json: JsonOption = False,
) -> None:
    context.obj = common
    if context.invoked_subcommand is not None:
        return
    from leadtui.services.reminders import list_reminders

    with session_for(common) as session:
        listed = at_once(session, list_reminders(session))
        if as_json:
            write_json_list(listed_reminder_record(each, session.definitions) for each in listed)
        else:
            write_reminders(session, listed)


@app.command(
    "add",
    help=N_("Remind yourself of a customer."),
    epilog="leadtui reminders add 09121234567 'tomorrow 10' --note 'the offer'\n\n"
    "leadtui reminders add 09121234567 --every 'Saturday 9'",
)
def add_command(
    context: typer.Context,
    common: CommandOptions,
    lead: LeadArgument,
    when: FirstArgument = "",
    note: NoteOption = "",
    promised: PromisedOption = False,
    every: EveryOption = "",
    anyway: AnywayOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.leads import find_lead
    from leadtui.services.reminders import set_reminder

    with session_for(common) as session:
        if bool(when) == bool(every):
            raise Invalid(_("Say when: either WHEN, or --every for what comes again."))
        time = read_rule(session, every) if every else read_reminder_time(session, when)
        lead_id = find_lead(session, lead).id
        with told_of_anyway():
            new_id = set_reminder(
                session, lead_id, time.due, note, promised=promised, repeats=time.repeats, asked=anyway
            )
        told = Formatter(session).full_moment(time.due)
        if time.repeats:
            words = _("Reminder {id}: {rule}, first {when}.")
            rule = rule_words(time.repeats, session.format_context())
            tell(words.format(id=new_id, rule=rule, when=told))
        else:
            tell(_("Reminder {id}: {when}.").format(when=told, id=new_id))
        _answer(context, session, new_id, as_json=as_json)


@app.command(
    "done",
    help=N_("End a reminder: what it was for is done."),
    epilog="leadtui reminders done 12",
)
def done_command(
    context: typer.Context,
    common: CommandOptions,
    reminder: ReminderId,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.reminders import acknowledge

    with session_for(common) as session:
        following = acknowledge(session, reminder)
        tell(pgettext("notice", "Done.") if following is None else _next_words(session, following))
        _answer(context, session, reminder, as_json=as_json)


@app.command(
    "skip",
    help=N_("Leave out this time of a reminder that comes again."),
    epilog="leadtui reminders skip 12",
)
def skip_command(
    context: typer.Context,
    common: CommandOptions,
    reminder: ReminderId,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.reminders import skip

    with session_for(common) as session:
        following = skip(session, reminder)
        tell(_next_words(session, following))
        _answer(context, session, following.id, as_json=as_json)


@app.command(
    "cancel",
    help=N_("End a reminder that is no longer wanted, for good where it comes again."),
    epilog="leadtui reminders cancel 12",
)
def cancel_command(
    context: typer.Context,
    common: CommandOptions,
    reminder: ReminderId,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.reminders import cancel

    with session_for(common) as session:
        cancel(session, reminder)
        tell(pgettext("notice", "Cancelled."))
        _answer(context, session, reminder, as_json=as_json)


@app.command(
    "snooze",
    help=N_("Move a reminder to another time."),
    epilog="leadtui reminders snooze 12 'tomorrow 10'",
)
def snooze_command(
    context: typer.Context,
    common: CommandOptions,
    reminder: ReminderId,
    until: WhenArgument,
    anyway: AnywayOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.reminders import snooze

    with session_for(common) as session:
        when = read_moment(session, until)
        with told_of_anyway():
            new_id = snooze(session, reminder, when, asked=anyway)
        tell(
            _("Moved to {when}; it is now reminder {id}.").format(
                when=Formatter(session).full_moment(when), id=new_id
            )
        )
        _answer(context, session, new_id, as_json=as_json)


def _next_words(session: Session, following: Reminder) -> str:
    words = _("It comes again {when}, as reminder {id}.")
    return words.format(when=Formatter(session).full_moment(following.due), id=following.id)


def _answer(context: typer.Context, session: Session, reminder_id: int, *, as_json: bool) -> None:
    """The reminder as it is now, where JSON was asked for, before the command's name or after it."""
    from leadtui.services.reminders import find_reminder

    if as_json or (context.parent is not None and context.parent.params.get("as_json")):
        write_json(reminder_record(find_reminder(session, reminder_id), session.definitions))


def write_reminders(session: Session, listed: Sequence[ListedReminder]) -> None:
    """The reminders under the titles of their groups."""
    from leadtui.services.reminders import ReminderGroup

    titles = {
        ReminderGroup.MISSED: pgettext("heading", "Overdue, came while leadtui was closed"),
        ReminderGroup.DUE: pgettext("heading", "Overdue"),
        ReminderGroup.TODAY: pgettext("heading", "Today"),
        ReminderGroup.LATER: pgettext("heading", "Later"),
        ReminderGroup.DONE: pgettext("heading", "Done"),
    }
    if not listed:
        tell(_("There are no reminders."))
    for number, (group_, members) in enumerate(groupby(listed, key=lambda each: each.group)):
        if number:
            write_line()
        write_line(titles[group_])
        write_table(_columns(), [_row(each, Formatter(session)) for each in members])


def _columns() -> list[TextColumn]:
    return [
        TextColumn(pgettext("column", "Id"), right=True),
        TextColumn(pgettext("column", "When")),
        TextColumn(pgettext("column", "Kind"), yields=4, least=8),
        TextColumn(pgettext("column", "Customer"), yields=1, least=12),
        TextColumn(pgettext("column", "Phone")),
        TextColumn(pgettext("column", "Status"), yields=2, least=10),
        TextColumn(pgettext("column", "Note"), yields=3, least=10),
    ]


def _kind(reminder: Reminder, formatter: Formatter) -> str:
    rule = marked_rule(reminder.repeats, formatter.context)
    return f"{reminder_kind(reminder)} {rule}".rstrip()


def _row(listed: ListedReminder, formatter: Formatter) -> list[str]:
    reminder = listed.reminder
    return [
        str(reminder.id),
        formatter.moment(reminder.due),
        _kind(reminder, formatter),
        listed.lead_name or NOTHING,
        formatter.marked_phone(listed.phone, do_not_call=listed.do_not_call, hidden=listed.numbers_hidden),
        formatter.status(listed.status_id),
        reminder.note,
    ]
