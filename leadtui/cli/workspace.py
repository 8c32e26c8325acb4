"""`leadtui workspace`: what the workspace is called, where it is, how it writes, and when it works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli import mail
from leadtui.cli.fields import TitleOption
from leadtui.cli.options import CommandOptions, Group, JsonOption, session_for, text_option, words
from leadtui.cli.output import tell, write_fields, write_json, write_json_list, write_line, write_table
from leadtui.cli.records import holiday_record, workspace_record
from leadtui.domain.holiday import Holiday, typed_holiday
from leadtui.domain.week import read_week_start
from leadtui.domain.workspace import Workspace, WorkspaceKind
from leadtui.language.calendar import Calendar, local_date
from leadtui.language.territory import region_of, region_title
from leadtui.language.translate import N_, OWN_NAMES, _, base_language, counted, language, pgettext
from leadtui.presentation.call_words import call_gap_words
from leadtui.presentation.signing_in import idle_lock_words, sign_in_days_words
from leadtui.presentation.table import TextColumn
from leadtui.presentation.week import holiday_sentence, week_sentence, week_start_words
from leadtui.presentation.workspace_words import KIND_WORDS

if TYPE_CHECKING:
    from leadtui.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceOptions:
    """What was typed of a workspace; each name is that of an option, and what was not said stays as it is."""

    speaks: Annotated[
        str, text_option("en|fa|ar", N_("The language of the workspace, by which names are sorted."))
    ] = ""
    country: Annotated[
        str, text_option("COUNTRY", N_("Where it is, by name or code. Else as the machine's zone says."))
    ] = ""
    zone: Annotated[
        str, text_option("ZONE", N_("The time zone, such as Asia/Tehran. Else the country's."))
    ] = ""
    currency: Annotated[
        str, text_option("CODE", N_("The currency of amounts, such as EUR. Else the country's."))
    ] = ""
    calendar: Annotated[
        Calendar | None, typer.Option(show_default=False, help=N_("The calendar. Else the country's."))
    ] = None
    call_gap: Annotated[
        int | None,
        typer.Option(
            metavar="MINUTES",
            show_default=False,
            help=N_("Ask before a number is rung again within so many minutes; 0 never asks."),
        ),
    ] = None
    idle_lock: Annotated[
        int | None,
        typer.Option(
            metavar="MINUTES",
            show_default=False,
            help=N_(
                "Lock a desk after so many minutes without a key, where people have passwords; 0 never, -1 as usual."
            ),
        ),
    ] = None
    sign_in_days: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS", show_default=False, help=N_("For how many days a sign-in lasts, 1 to 366.")
        ),
    ] = None
    week_start: Annotated[
        str,
        text_option("DAY", N_("The day on which weeks begin, such as Saturday; “usual” as in its country.")),
    ] = ""
    kind: Annotated[
        WorkspaceKind | None,
        typer.Option(
            show_default=False,
            help=N_("Whether it is private, or a registered business, which alone has colleagues."),
        ),
    ] = None
    registered_name: Annotated[
        str, text_option("NAME", N_("The name under which the business is registered."))
    ] = ""
    registered_number: Annotated[
        str,
        text_option("NUMBER", N_("Its number there, such as a VAT number or a national id; it is checked.")),
    ] = ""

    @property
    def region_code(self) -> str:
        """The country as ISO 3166 alpha-2 code, or what was typed where it names none."""
        return region_of(self.country) or self.country

    def applied(self, to: Workspace) -> Workspace:
        """The workspace with what was said."""
        return replace(
            to,
            language=self.speaks or to.language,
            region=self.region_code or to.region,
            zone=self.zone or to.zone,
            currency=self.currency or to.currency,
            calendar=self.calendar or to.calendar,
            call_gap=to.call_gap if self.call_gap is None else self.call_gap,
            idle_lock=to.idle_lock if self.idle_lock is None else self.idle_lock,
            sign_in_days=to.sign_in_days if self.sign_in_days is None else self.sign_in_days,
            week_start=read_week_start(self.week_start) if self.week_start else to.week_start,
            kind=self.kind or to.kind,
            registered_name=self.registered_name or to.registered_name,
            registered_number=self.registered_number or to.registered_number,
        )


app = Group(
    no_args_is_help=False,
    invoke_without_command=True,
)
holidays = Group(N_("The holidays: days on which nobody works and no customer is rung."))
app.add_typer(holidays, name="holidays")
app.add_typer(mail.app, name="mail")

WeekArgument = Annotated[
    str | None,
    typer.Argument(
        parser=words,
        metavar="[WEEK]",
        show_default=False,
        help=N_("Days with their hours, in your language; '' for none. Without it they are shown."),
    ),
]
HolidaysArgument = Annotated[
    list[str],
    typer.Argument(parser=words, metavar="DAY…", help=N_("A day and what it is called, in quotes.")),
]


@app.callback()
def workspace_command(
    context: typer.Context,
    common: CommandOptions,
    asked: WorkspaceOptions,
    title: TitleOption = "",
    as_json: JsonOption = False,
) -> None:
    context.obj = common
    if context.invoked_subcommand is not None:
        return
    from leadtui.services.workspace import change_workspace

    with session_for(common) as session:
        before = session.workspace
        wanted = asked.applied(replace(before, title=title or before.title))
        workspace = before if wanted == before else change_workspace(session, wanted, before)
        if as_json:
            write_json(workspace_record(workspace))
        else:
            write_fields(workspace_fields(workspace))


@app.command(
    "hours",
    help=N_("Show or say when one works: a bare hour in a time is one of these."),
    epilog="leadtui workspace hours 'Mon-Thu 9-13, 14-17; Fri 9-13'",
)
def hours_command(common: CommandOptions, week: WeekArgument = None, as_json: JsonOption = False) -> None:
    _show_week(common, "hours", week, as_json=as_json)


@app.command(
    "windows",
    help=N_("Show or say when customers are rung, on their own clock; '=' is in the hours of work."),
    epilog="leadtui workspace windows 'Mon-Fri 9-18; Sat 10-13'",
)
def windows_command(common: CommandOptions, week: WeekArgument = None, as_json: JsonOption = False) -> None:
    _show_week(common, "windows", week, as_json=as_json)


@holidays.command(
    "list",
    help=N_("List the holidays, the next one first."),
    epilog="leadtui workspace holidays list --json",
)
def list_command(common: CommandOptions, as_json: JsonOption = False) -> None:
    from leadtui.services.holidays import list_holidays

    with session_for(common) as session:
        _answer(session, list_holidays(session), as_json=as_json)


@holidays.command(
    "add",
    help=N_("Add holidays in any calendar; a day without its year is one of every year."),
    epilog="leadtui workspace holidays add '25 December Christmas' '1 Farvardin Nowruz' '2027-03-26 Good Friday'",
)
def add_command(common: CommandOptions, day: HolidaysArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.holidays import add_holidays

    with session_for(common) as session:
        _answer(session, add_holidays(session, day), as_json=as_json)


@holidays.command(
    "remove",
    help=N_("Take holidays off, each by its day or by what it is called."),
    epilog="leadtui workspace holidays remove Christmas",
)
def remove_command(common: CommandOptions, day: HolidaysArgument, as_json: JsonOption = False) -> None:
    from leadtui.services.holidays import remove_holidays

    with session_for(common) as session:
        _answer(session, remove_holidays(session, day), as_json=as_json)


@holidays.command(
    "import",
    help=N_("Add the holidays of a calendar file (.ics), as states and firms publish them."),
    epilog="leadtui workspace holidays import austria.ics",
)
def import_command(
    common: CommandOptions,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A calendar file (iCalendar)."))],
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.holiday_file import content_of
    from leadtui.services.holidays import import_holidays

    content = content_of(file)
    with session_for(common) as session:
        done = import_holidays(session, content)
    over, other = done.read.over, done.read.not_whole_days
    if as_json:
        write_json({"added": done.added, "already": done.already, "over": over, "not_whole_days": other})
        return
    sentence = _("{added} added, {already} were there already, {over} are over, {other} are no whole days.")
    tell(
        sentence.format(
            added=counted(done.added), already=counted(done.already), over=counted(over), other=counted(other)
        )
    )


def _show_week(common: CommandOptions, key: str, typed: str | None, *, as_json: bool) -> None:
    """The week of that key, as it is or as it is now said to be."""
    from leadtui.services.workspace import change_workspace

    with session_for(common) as session:
        workspace = session.workspace
        if typed is not None:
            wanted = replace(workspace, hours=typed) if key == "hours" else replace(workspace, windows=typed)
            workspace = change_workspace(session, wanted, workspace)
        kept = workspace.hours if key == "hours" else workspace.windows
        opening = workspace.work if key == "hours" else workspace.calls
        if as_json:
            write_json({key: kept, "week": opening.week.text})
        else:
            nothing = pgettext("week", "nothing is defined")
            write_line(
                week_sentence(opening.week, session.language, workspace.weekdays(session.language)) or nothing
            )


def _answer(session: Session, shown: Sequence[Holiday], *, as_json: bool) -> None:
    """Holidays as a table, or as JSON."""
    context = session.format_context()
    today = local_date(context.now, context.zone)
    if as_json:
        write_json_list(holiday_record(each, today) for each in shown)
        return
    columns = [
        TextColumn(pgettext("column", "Day")),
        TextColumn(pgettext("column", "Title"), yields=1, least=12),
        TextColumn(pgettext("column", "Next"), yields=2, least=12),
    ]
    rows = [
        [typed_holiday(each, session.language), each.title, holiday_sentence(each, today, context)]
        for each in shown
    ]
    write_table(columns, rows)


def workspace_fields(workspace: Workspace) -> list[tuple[str, str]]:
    """The parts of a workspace under their titles."""
    return [
        (pgettext("field", "Title"), workspace.title),
        *_registration_fields(workspace),
        (pgettext("field", "Language"), OWN_NAMES.get(base_language(workspace.language), workspace.language)),
        (pgettext("field", "Country"), region_title(workspace.region, language())),
        (pgettext("field", "Time zone"), workspace.zone),
        (pgettext("field", "Currency"), workspace.currency),
        (pgettext("field", "Calendar"), workspace.calendar.value),
        (
            pgettext("field", "Weeks begin on"),
            week_start_words(workspace.week_start, language(), workspace.region),
        ),
        *_week_fields(workspace),
        (pgettext("field", "Calls to a number"), call_gap_words(workspace.call_gap)),
        (pgettext("field", "Desk"), idle_lock_words(workspace.idle_lock)),
        (pgettext("field", "Sign-in"), sign_in_days_words(workspace.sign_in_days)),
    ]


def _registration_fields(workspace: Workspace) -> list[tuple[str, str]]:
    """Whose it is; of a business also the name and number under which it is registered."""
    kind = (pgettext("field", "Kind"), pgettext("choice", KIND_WORDS[workspace.kind]))
    if workspace.kind is WorkspaceKind.PRIVATE:
        return [kind]
    number = workspace.registered_number or pgettext("workspace", "to be entered")
    return [
        kind,
        (pgettext("field", "Registered name"), workspace.registered_name or "–"),
        (pgettext("field", "Registered number"), number),
    ]


def _week_fields(workspace: Workspace) -> list[tuple[str, str]]:
    """When one works and rings, as far as it is defined, and how many holidays there are."""
    weeks = (
        (pgettext("field", "Hours of work"), workspace.work),
        (pgettext("field", "Call windows"), workspace.calls),
    )
    shown = [
        (title, week_sentence(each.week, language(), workspace.weekdays(language())))
        for title, each in weeks
        if each.week
    ]
    if workspace.holidays:
        shown.append((pgettext("field", "Holidays"), counted(len(workspace.holidays))))
    return shown
