"""`leadtui leads`: customers as a list, one of them whole, added, edited, merged, erased and exported."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadtui.cli.matching import matching
from leadtui.cli.options import (
    STANDARD_OUTPUT,
    CommandOptions,
    ForceOption,
    Group,
    JsonOption,
    LeadArgument,
    lines,
    session_for,
    text_option,
    words,
)
from leadtui.cli.output import (
    bytes_written,
    note_saved,
    progress_bar,
    tell,
    tell_of_page,
    write_fields,
    write_json,
    write_json_list,
    write_line,
    write_table,
)
from leadtui.cli.records import lead_record, open_lead_record
from leadtui.cli.view_options import ViewOptions, chosen_columns, chosen_view
from leadtui.domain.difference import Difference, Side
from leadtui.domain.lead import Lead
from leadtui.domain.lead_entry import entry_titles, new_lead, read_lead
from leadtui.domain.lead_fields import (
    CHANNEL,
    CITY,
    EMAIL,
    ENTERED_AT,
    NAME,
    NEXT_AT,
    OWNER,
    PHONE,
    PHONE_OTHER,
    STATUS,
    BuiltInKind,
    find_field,
)
from leadtui.domain.permission import Permission, Scope
from leadtui.domain.view import custom_key
from leadtui.domain.visibility import hidden_words
from leadtui.errors import Invalid, InvalidAnswers
from leadtui.language.translate import N_, ListStyle, _, counted, format_list, ngettext, pgettext, quoted
from leadtui.presentation.formatter import DO_NOT_CALL_GLYPH, NOTHING, Formatter
from leadtui.presentation.table import TextColumn

if TYPE_CHECKING:
    from leadtui.services.lead_list import LeadList
    from leadtui.services.leads import OpenLead
    from leadtui.services.session import Session

AT_ONCE = 500
"""Customers that are read in one go."""

MOST = 2**31
"""More customers than a store can hold."""

app = Group()


LimitOption = Annotated[
    int,
    typer.Option(min=0, metavar="N", show_default=False, help=N_("The most to list; 0 for all.")),
]


NameOption = Annotated[str, text_option("NAME", N_("The full name."), "--name")]
PhoneOption = Annotated[
    list[str],
    text_option(
        "NUMBER",
        N_("A phone number in any writing, with its extension. Several times; the first is rung."),
        "--phone",
    ),
]
EmailOption = Annotated[str, text_option("E-MAIL", N_("The e-mail address."), "--email")]
FieldOption = Annotated[
    list[str],
    text_option(
        "FIELD=VALUE",
        N_("Any other field by key or title, one of your own too. Several times."),
        "--field",
        parser=lines,
    ),
]
NobodysOption = Annotated[
    bool, typer.Option("--nobodys", help=N_("Into nobody's cartable; otherwise into yours."))
]
ShareOption = Annotated[
    bool,
    typer.Option("--share", help=N_("Share a number that another customer has, instead of refusing it.")),
]
SetOption = Annotated[
    list[str],
    text_option(
        "FIELD=VALUE",
        N_("A field by key or title and its new value; nothing after = empties it. Several times."),
        "--set",
        parser=lines,
    ),
]
LostArgument = Annotated[
    str,
    typer.Argument(
        parser=words, metavar="LOST", help=N_("Who is merged into the first: an id, a number or an e-mail.")
    ),
]
TakeOption = Annotated[
    list[str],
    text_option(
        "FIELD",
        N_("A field in which they differ and the second one's value is to stay. Several times."),
        "--take",
    ),
]
FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help=N_("Where they go; “-” for standard output, with --format."))
]
FormatOption = Annotated[
    str,
    text_option(
        "csv|xlsx|vcf", N_("Table, workbook or visiting cards. Else as the file's name ends."), "--format"
    ),
]
ExactOption = Annotated[
    bool,
    typer.Option("--exact", help=N_("For another import: nothing is added or shortened for people.")),
]
MarkOption = Annotated[
    bool, typer.Option("--bom", help=N_("Begin a CSV file with the mark that old spreadsheet programs need."))
]
CalendarOption = Annotated[
    bool, typer.Option("--own-calendar", help=N_("Write dates in your calendar. Else in ISO 8601."))
]
ListColumnsOption = Annotated[
    list[str],
    text_option(
        "COLUMN",
        N_(
            "A column to list beside the id, by key or title. Several times, in their order; else the usual ones."
        ),
        "--column",
    ),
]
ColumnsOption = Annotated[
    list[str],
    text_option("KEY", N_("Only this column. Several times, in their order; else all."), "--column"),
]


@app.command(
    "list",
    help=N_("List customers, narrowed and sorted as on screen. Each choice may be given several times."),
    epilog="leadtui leads list --status interested --owner me --sort next_at --limit 20",
)
def list_leads(
    common: CommandOptions,
    asked: ViewOptions,
    limit: LimitOption = 0,
    column: ListColumnsOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.lead_list import PAGE, LeadList

    with session_for(common) as session:
        chosen = chosen_view(session, asked)
        customers = LeadList(session)
        ids = customers.listed(chosen, min(limit, MOST))
        shown = [each.key for each in chosen_columns(session, column) if each.shown]
        if as_json:
            listed = _leads(customers, ids, shown)
            write_json_list(lead_record(lead, session.definitions) for lead in listed)
        else:
            _write_leads(session, _leads(customers, ids, shown), shown)
            _tell_count(len(ids), customers.count())
            if chosen.find and not ids and (near := customers.nearest(chosen.find)):
                tell(_("Near it: {names}.").format(names=format_list(map(quoted, near), ListStyle.OR)))
        if not limit and len(ids) == PAGE and session.actor.scope(Permission.EXPORT) is not Scope.ALL:
            tell_of_page(PAGE)


@app.command(
    "show",
    help=N_("Show one customer whole: all fields and numbers, reminders and timeline."),
    epilog="leadtui leads show 09121234567",
)
def show_lead(
    common: CommandOptions,
    lead: LeadArgument,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.leads import find_lead, open_lead

    with session_for(common) as session:
        write_lead(session, open_lead(session, find_lead(session, lead).id), as_json=as_json)


@app.command(
    "add",
    help=N_(
        "Add a customer by hand; a number that another customer has is refused unless it is to be shared. Prints the customer."
    ),
    epilog="leadtui leads add --name 'Mina Sadeghi' --phone 09121234567 --field city=Shiraz",
)
def add_command(
    common: CommandOptions,
    name: NameOption = "",
    phone: PhoneOption = [],  # noqa: B006  # Typer copies it
    address: EmailOption = "",
    field: FieldOption = [],  # noqa: B006  # Typer copies it
    nobodys: NobodysOption = False,
    share: ShareOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.editing import AddLead, add_lead
    from leadtui.services.leads import open_lead

    with session_for(common) as session:
        typed, problems = _typed(session, field, "--field")
        given = {
            NAME: name,
            PHONE: phone[0] if phone else "",
            PHONE_OTHER: "; ".join(phone[1:]),
            EMAIL: address,
        }
        typed |= {key: text for key, text in given.items() if text}
        if problems:
            raise InvalidAnswers((*problems, *_wrong(session, typed, new_lead(session.now()))))
        lead = add_lead(session, AddLead(typed, mine=not nobodys, share=share))
        _tell_known(session, typed, lead.id)
        write_lead(session, open_lead(session, lead.id), as_json=as_json)


@app.command(
    "edit",
    help=N_("Change fields of a customer; prints the customer after it."),
    epilog="leadtui leads edit 09121234567 --set city=Shiraz --set email=",
)
def edit_command(
    common: CommandOptions,
    lead: LeadArgument,
    change: SetOption = [],  # noqa: B006  # Typer copies it
    share: ShareOption = False,
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.editing import EditLead, edit_lead
    from leadtui.services.leads import find_lead, open_lead

    with session_for(common) as session:
        found = find_lead(session, lead)
        typed, problems = _typed(session, change, "--set")
        if problems:
            raise InvalidAnswers((*problems, *_wrong(session, typed, found)))
        if not typed:
            raise Invalid(_("Nothing is to be changed; write --set field=value."))
        edit_lead(session, EditLead(found.id, found.version, typed, share=share))
        _tell_known(session, typed, found.id)
        write_lead(session, open_lead(session, found.id), as_json=as_json)


@app.command(
    "merge",
    help=N_("Make one customer of two: numbers, timelines and reminders of both stay, gaps are filled."),
    epilog="leadtui leads merge 12 09121234567 --take email",
)
def merge_command(
    common: CommandOptions,
    lead: LeadArgument,
    lost: LostArgument,
    take: TakeOption = [],  # noqa: B006  # Typer copies it
    as_json: JsonOption = False,
) -> None:
    from leadtui.services.lead_merge import compare, merge
    from leadtui.services.leads import find_lead, open_lead

    with session_for(common) as session:
        two = compare(session, find_lead(session, lead).id, find_lead(session, lost).id)
        choices = dict.fromkeys(_taken(take, two.differences), Side.LOST)
        one = merge(session, two.kept.id, two.lost.id, (two.kept.version, two.lost.version), choices)
        tell(_("The two are one customer now; `leadtui undo` takes it back."))
        write_lead(session, open_lead(session, one.id), as_json=as_json)


@app.command(
    "export",
    help=N_("Write customers to a file, narrowed and sorted as in the list: CSV, XLSX or vCard."),
    epilog="leadtui leads export tehran.xlsx --city Tehran",
)
def export_leads_command(
    common: CommandOptions,
    file: FileArgument,
    asked: ViewOptions,
    format_: FormatOption = "",
    exact: ExactOption = False,
    bom: MarkOption = False,
    own_calendar: CalendarOption = False,
    column: ColumnsOption = [],  # noqa: B006  # Typer copies it
    force: ForceOption = False,
) -> None:
    from leadtui.services.exporting import ExportOptions, export, export_file, format_of

    with session_for(common) as session:
        kind = format_of(Path(file), format_)
        options = ExportOptions(exact, bom, own_calendar, tuple(column))
        view = chosen_view(session, asked)
        with progress_bar(pgettext("progress", "Exporting")) as progress:
            if file == STANDARD_OUTPUT:
                with bytes_written() as stream:
                    count = export(session, view, kind, stream, options, progress=progress)
            else:
                count = export_file(
                    session, view, Path(file), options, format_=kind, force=force, progress=progress
                )
                note_saved()
    sentence = ngettext("Exported {n} customer.", "Exported {n} customers.", count)
    tell(sentence.format(n=counted(count)))


def write_lead(session: Session, opened: OpenLead, *, as_json: bool) -> None:
    """One customer whole."""
    if as_json:
        write_json(open_lead_record(opened, session.definitions))
        return
    from leadtui.presentation.lead_details import ban_sentence, lead_details, reminder_words, sharing_sentence
    from leadtui.presentation.timeline import Timeline

    formatter = Formatter(session)
    write_fields(lead_details(opened.lead, formatter))
    if opened.bans:
        write_line()
        for ban in opened.bans:
            write_line(f"{DO_NOT_CALL_GLYPH} {ban_sentence(ban, formatter)}")
    if opened.sharers:
        write_line()
        write_line(sharing_sentence(opened.sharers))
    if opened.pending:
        write_line()
        write_line(pgettext("heading", "Reminders"))
        for reminder in opened.pending:
            write_line("  " + reminder_words(reminder, formatter))
    if opened.timeline:
        write_line()
        write_line(pgettext("heading", "Timeline"))
        timeline = Timeline(formatter, opened.sharers)
        for activity in opened.timeline:
            write_line("  " + timeline.line(activity))


def _leads(customers: LeadList, ids: array[int], columns: Sequence[str]) -> Iterator[Lead]:
    for start in range(0, len(ids), AT_ONCE):
        window = ids[start : start + AT_ONCE]
        found = customers.rows(window, columns)
        yield from (found[each] for each in window if each in found)


def _write_leads(session: Session, leads: Iterator[Lead], shown: Sequence[str]) -> None:
    formatter = Formatter(session)
    if shown:
        _write_columns(formatter, leads, shown)
        return
    columns = {
        "id": TextColumn(pgettext("column", "Id"), right=True),
        NAME: TextColumn(pgettext("column", "Name"), yields=1, least=12),
        PHONE: TextColumn(pgettext("column", "Phone")),
        STATUS: TextColumn(pgettext("column", "Status"), yields=2, least=10),
        OWNER: TextColumn(pgettext("column", "Cartable"), yields=3, least=8),
        NEXT_AT: TextColumn(pgettext("column", "Next"), yields=4, least=12),
        CITY: TextColumn(pgettext("column", "City"), yields=6),
        CHANNEL: TextColumn(pgettext("column", "Entry channel"), yields=7, least=8),
        ENTERED_AT: TextColumn(pgettext("column", "Date"), yields=5, least=10),
        EMAIL: TextColumn(pgettext("column", "E-mail"), yields=8, least=16),
    }
    shown_keys = [key for key in columns if key not in session.definitions.sight.hidden]
    rows = (dict(zip(columns, _row(lead, formatter), strict=True)) for lead in leads)
    write_table([columns[key] for key in shown_keys], ([row[key] for key in shown_keys] for row in rows))


def _write_columns(formatter: Formatter, leads: Iterator[Lead], shown: Sequence[str]) -> None:
    """The id and the columns that are named; the last ones give way first."""
    fields = [each for key in shown if (each := find_field(key, formatter.definitions)) is not None]
    columns = [TextColumn(pgettext("column", "Id"), right=True)]
    for yields, field in enumerate(fields):
        place = field.table
        title = pgettext("column", place.title) if place and place.title else field.title
        is_count = field.kind is BuiltInKind.COUNT
        columns.append(TextColumn(title, yields=len(fields) - yields, least=8, right=is_count))
    write_table(
        columns, ([str(lead.id), *(formatter.value(each, lead) for each in fields)] for lead in leads)
    )


def _row(lead: Lead, formatter: Formatter) -> list[str]:
    return [
        str(lead.id),
        lead.name or NOTHING,
        formatter.marked_phone(lead.phone, do_not_call=lead.do_not_call, hidden=lead.numbers_hidden),
        formatter.status(lead.status_id),
        formatter.person(lead.owner_id),
        formatter.moment(lead.next_at),
        lead.city,
        formatter.channel(lead.channel_latest_id),
        formatter.date(lead.entered_at),
        hidden_words() if lead.numbers_hidden else lead.email,
    ]


def _tell_count(shown: int, everybody: int) -> None:
    sentence = ngettext("{shown} of {n} customer.", "{shown} of {n} customers.", everybody)
    tell(sentence.format(shown=counted(shown), n=counted(everybody)))


@dataclass(frozen=True, slots=True)
class _Named:
    """Something that can be typed, by the key and title that a person names it by."""

    entry_key: str
    key: str
    title: str


def _typed(session: Session, given: Sequence[str], option: str) -> tuple[dict[str, str], list[Invalid]]:
    """What is typed, by entry key, and a problem for each that names no field."""
    titles = entry_titles(session.definitions)
    known = [_Named(key, custom_key(key) or key, title) for key, title in titles.items()]
    typed: dict[str, str] = {}
    problems: list[Invalid] = []
    for each in given:
        name, sign, value = each.partition("=")
        found = matching(words(name), known)
        if not sign:
            sentence = _("“{given}” says nothing; write {option} field=value.")
            problems.append(Invalid(sentence.format(given=each, option=option), name))
        elif len(found) != 1:
            problems.append(_no_field(name, known))
        else:
            typed[found[0].entry_key] = value.strip()
    return typed, problems


def _wrong(session: Session, typed: dict[str, str], before: Lead) -> tuple[Invalid, ...]:
    """What is wrong with that which names a field, so that all of it is told at once."""
    try:
        read_lead(typed, before, session.definitions, session.format_context())
    except InvalidAnswers as error:
        return error.problems
    return ()


def _taken(names: Sequence[str], differences: Sequence[Difference]) -> list[str]:
    """The keys of the differences that are named. Raises InvalidAnswers."""
    known = [_Named(each.key, custom_key(each.key) or each.key, each.title) for each in differences]
    problems: list[Invalid] = []
    keys: list[str] = []
    for name in names:
        found = matching(name, known)
        if len(found) == 1:
            keys.append(found[0].entry_key)
        elif known:
            problems.append(_no_field(name, known))
        else:
            problems.append(Invalid(_("The two differ in nothing."), name))
    if problems:
        raise InvalidAnswers(tuple(problems))
    return keys


def _no_field(name: str, known: Sequence[_Named]) -> Invalid:
    listed = format_list(f"{each.key} ({each.title})" for each in known)
    return Invalid(
        _("There is no field “{name}” here; there are: {known}.").format(name=name, known=listed), name
    )


def _tell_known(session: Session, typed: dict[str, str], lead_id: int) -> None:
    """Who has the same e-mail address or name, and which of the numbers must not be rung."""
    from leadtui.services.editing import look_up

    known = look_up(session, typed, lead_id)
    for each in known.there:
        if each.shared:
            name = each.name or pgettext("customer", "another customer")
            tell(_("{name} has {shown}, too; the number is shared.").format(name=name, shown=each.shown))
            continue
        if each.key == NAME:
            tell(_("There is {name} already; `leadtui leads merge` makes one of two.").format(name=each.name))
            continue
        words = (
            _("{name} has {shown} too; `leadtui leads merge` makes one of two.")
            if each.name
            else pgettext(
                "notice", "another customer has {shown} too; `leadtui leads merge` makes one of two."
            )
        )
        tell(words.format(name=each.name, shown=each.shown))
    for number in known.erased.values():
        tell(_("{number} is of somebody who was erased.").format(number=number))
    for number in known.forbidden.values():
        tell(_("{number} must not be rung.").format(number=number))
